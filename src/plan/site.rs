//! What all pages say about their site.

use std::collections::BTreeMap;

use crate::model::Asset;
use crate::plan::view::SiteView;
use crate::plan::{SiteContext, changes_permalink, colors, content_policy, search_link};
use crate::project::{Permalink, SourcePath};

/// The view of the site that every template gets. `files` are those in `static/` and in the theme.
pub fn site(
    site: &SiteContext<'_>,
    files: &BTreeMap<SourcePath, Asset>,
    has_feed: bool,
) -> SiteView {
    let SiteContext { config, locale, .. } = *site;
    let assets = files.iter().filter_map(|(path, asset)| {
        let name = path.as_str().strip_prefix("static/")?;
        Some((name.to_owned(), asset.permalink.as_str().to_owned()))
    });
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        direction: locale.direction(),
        prefix: site.outline.home().as_str().to_owned(),
        base_url: config.base_url.clone(),
        author: config.author.clone(),
        publisher: config.publisher.clone(),
        repository: config.repository.clone(),
        assets: assets.collect(),
        colors: colors(config).map(|(permalink, _)| permalink.as_str().to_owned()),
        search: search_link(site),
        changes: (!site.outline.with_notices().is_empty()).then(|| {
            let page = changes_permalink(&site.outline.home());
            page.link_from(&Permalink::new(""), site.link_style())
        }),
        has_feed,
        policy: content_policy(config),
        generator: concat!("nutgraf ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
