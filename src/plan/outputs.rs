//! The names of all outputs, and the view of each that isn't a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::model::{Outline, PageHead, Published};
use crate::plan::DataFile;
use crate::plan::addresses::Claim;
use crate::plan::card::{self, card};
use crate::plan::context::SiteContext;
use crate::plan::embed::{self, Part};
use crate::plan::search::{self, SearchFile};
use crate::plan::view::{FeedEntryView, FeedView, RedirectView, SitemapEntryView, SitemapView};
use crate::project::{ContentHash, OutputPath, Permalink, SourcePath};
use crate::shared_map::SharedMap;
use crate::theme;

/// How many pages the feed holds.
const FEED_ENTRIES: usize = 20;

/// One output, by what it is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// A page, by its source.
    Page(SourcePath),
    /// An old address of a page, by the page's source.
    Redirect(SourcePath),
    /// A part of a page on a page of its own, by the page's source.
    Embed(SourcePath, Part),
    /// How that is shown on other sites (oEmbed).
    OEmbed(SourcePath, Part),
    /// The picture of a page for where its address is shared, by the page's source.
    Card(SourcePath),
    /// A file that is published as it is, by its source.
    File(SourcePath),
    /// Records of an explainer, by its folder.
    Data(Arc<str>, DataFile),
    /// The stylesheet of the site's own colors.
    Colors,
    /// The page for unknown addresses.
    NotFound,
    /// The feed of the newest pages.
    Feed,
    /// The page to search the site on.
    Search,
    /// A file that the search looks in, of the whole site.
    SearchFile(SearchFile),
    /// What the search shows of a page, by the page's source.
    SearchPage(SourcePath),
    /// The list of all pages.
    Sitemap,
    /// What robots may read.
    Robots,
    /// Tells GitHub Pages to publish files as they are.
    NoJekyll,
    /// The site's own domain, for GitHub Pages.
    Cname,
    /// What hosts other than GitHub Pages are to say with each file.
    Headers,
    /// Old addresses, for hosts other than GitHub Pages.
    Redirects,
}

/// The outputs that rest on the outline alone, by path: files, pages, redirects and data. Where two would have one
/// path, the first of these counts.
pub fn places(outline: &Outline) -> SharedMap<OutputPath, Output> {
    let mut places = claims(outline);
    // Keeps the order of those that have one path.
    places.sort_by(|(one, _), (other, _)| one.cmp(other));
    places.dedup_by(|(later, _), (first, _)| later == first);
    places.into_iter().collect()
}

/// What is to be where by the outline alone, with all that would have one path.
pub fn claims(outline: &Outline) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut add = |path: OutputPath, output: Output| claims.push((path, output));
    for (source, asset) in outline.files.iter() {
        add(asset.permalink.output_path(), Output::File(source.clone()));
    }
    for head in outline.heads.values() {
        add(
            head.permalink.output_path(),
            Output::Page(head.source.clone()),
        );
    }
    for head in outline.heads.values() {
        for alias in &head.aliases {
            add(alias.output_path(), Output::Redirect(head.source.clone()));
        }
    }
    for (folder, explainer) in explainers(outline) {
        for file in DataFile::ALL {
            let path = file.permalink(explainer.as_str()).output_path();
            add(path, Output::Data(folder.clone(), file));
        }
    }
    claims
}

/// The outputs that `site.yaml` asks for, by path.
pub fn extras(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    let SiteContext {
        config, outline, ..
    } = *site;
    let mut extras = BTreeMap::new();
    let mut add = |path: OutputPath, output: Output| {
        extras.insert(path, output);
    };
    add(OutputPath::new("404.html"), Output::NotFound);
    add(OutputPath::new("robots.txt"), Output::Robots);
    add(OutputPath::new(".nojekyll"), Output::NoJekyll);
    if let Some((permalink, _)) = colors(config) {
        add(permalink.output_path(), Output::Colors);
    }
    if config.search {
        add(search::permalink().output_path(), Output::Search);
        for file in search::files(outline.heads.len()) {
            add(file.path(), Output::SearchFile(file));
        }
        for (number, source) in outline.heads.keys().enumerate() {
            add(
                search::page_path(number),
                Output::SearchPage(source.clone()),
            );
        }
    }
    if config.base_url.is_some() {
        add(OutputPath::new("sitemap.xml"), Output::Sitemap);
    }
    if has_feed(outline, config) {
        add(OutputPath::new("atom.xml"), Output::Feed);
    }
    if config.cname.is_some() {
        add(OutputPath::new("CNAME"), Output::Cname);
    }
    if config.headers {
        add(OutputPath::new("_headers"), Output::Headers);
        if outline.heads.values().any(|head| !head.aliases.is_empty()) {
            add(OutputPath::new("_redirects"), Output::Redirects);
        }
    }
    extras
}

/// The pictures of all pages, by path.
pub fn cards(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    let heads = site.outline.heads.values();
    let cards = heads.filter_map(|head| {
        let card = card(site, head)?;
        let path = card::permalink(head, &card).output_path();
        Some((path, Output::Card(head.source.clone())))
    });
    cards.collect()
}

/// The parts of all pages on pages of their own, by path; none without a `base_url`, since other sites couldn't name
/// them.
pub fn embeds(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    let heads = site.outline.heads.values();
    let heads = heads.filter(|_| site.config.base_url.is_some());
    heads.flat_map(|head| embeds_of(head)).collect()
}

/// The parts of a page on pages of their own, by path: their names rest on the page's records.
pub fn embeds_of(head: &PageHead) -> Vec<(OutputPath, Output)> {
    let parts = embed::parts(head).into_iter();
    let outputs = parts.flat_map(|part| {
        let page = embed::permalink(head, &part).output_path();
        let answer = embed::oembed_permalink(head, &part).output_path();
        let source = &head.source;
        [
            (page, Output::Embed(source.clone(), part.clone())),
            (answer, Output::OEmbed(source.clone(), part)),
        ]
    });
    outputs.collect()
}

/// The stylesheet of the site's own colors and its address; `None` if the site keeps those of the theme.
pub fn colors(config: &Config) -> Option<(Permalink, String)> {
    let css = theme::colors::stylesheet(&config.colors)?;
    let hash = ContentHash::of(css.as_bytes()).short();
    Some((Permalink::new(format!("colors.{hash}.css")), css))
}

/// The explainers: the folder of each, and the address below which it stands.
fn explainers(outline: &Outline) -> impl Iterator<Item = (&Arc<str>, Permalink)> {
    let folders = outline.folders.iter();
    let folders = folders.filter(|(_, folder)| folder.is_explainer);
    folders.filter_map(|(path, _)| Some((path, address_of_folder(outline, path)?)))
}

/// The address of a folder: that of its own page, or what the pages in it have in common.
pub(super) fn address_of_folder(outline: &Outline, folder: &str) -> Option<Permalink> {
    if let Some(index) = outline.index_of(folder) {
        return Some(index.permalink.clone());
    }
    let page = outline.pages_of(folder).into_iter().next()?;
    let address = page.permalink.as_str().trim_end_matches('/');
    let parent = address.rsplit_once('/').map_or("", |(parent, _)| parent);
    Some(Permalink::new(match parent {
        "" => String::new(),
        parent => format!("{parent}/"),
    }))
}

/// Whether there is a feed: it needs absolute addresses, and pages with a date.
fn has_feed(outline: &Outline, config: &Config) -> bool {
    config.feeds
        && config.base_url.is_some()
        && outline.heads.values().any(|head| changed(head).is_some())
}

/// The view of a redirect from an alias to its page.
pub fn redirect(site: &SiteContext<'_>, head: &PageHead, from: &Permalink) -> RedirectView {
    RedirectView {
        href: head.permalink.link_from(from, site.link_style()),
        canonical: site.absolute(&head.permalink),
        title: head.title.clone(),
    }
}

/// The view of the feed; empty without a `base_url`.
pub fn feed(site: &SiteContext<'_>) -> FeedView {
    let mut entries: Vec<(String, FeedEntryView)> = site
        .outline
        .heads
        .values()
        .filter_map(|head| Some((rfc3339(changed(head)?), feed_entry(site, head)?)))
        .collect();
    entries.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.url.cmp(&second.url)));
    entries.truncate(FEED_ENTRIES);
    let base = site.config.base_url.clone().unwrap_or_default();
    FeedView {
        url: format!("{base}atom.xml"),
        home: base,
        updated: entries
            .first()
            .map(|(updated, _)| updated.clone())
            .unwrap_or_default(),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

fn feed_entry(site: &SiteContext<'_>, head: &PageHead) -> Option<FeedEntryView> {
    Some(FeedEntryView {
        title: head.title.clone(),
        url: site.absolute(&head.permalink)?,
        published: head.date.as_ref().map(rfc3339),
        updated: rfc3339(changed(head)?),
        authors: head.authors.clone(),
        summary: head.description.clone(),
    })
}

/// The view of the sitemap.
pub fn sitemap(site: &SiteContext<'_>) -> SitemapView {
    let mut entries: Vec<SitemapEntryView> = site
        .outline
        .heads
        .values()
        .filter_map(|head| {
            Some(SitemapEntryView {
                url: site.absolute(&head.permalink)?,
                updated: changed(head)
                    .map(|date| date.time.clone().unwrap_or_else(|| date.day.to_string())),
            })
        })
        .collect();
    entries.sort_by(|a, b| a.url.cmp(&b.url));
    SitemapView { entries }
}

/// When a page last changed, as far as it says.
fn changed(head: &PageHead) -> Option<&Published> {
    head.updated.as_ref().or(head.date.as_ref())
}

/// A moment as RFC 3339 (Atom wants one): a bare day is its first moment in UTC.
fn rfc3339(published: &Published) -> String {
    match &published.time {
        Some(time) => time.clone(),
        None => format!("{}T00:00:00Z", published.day),
    }
}
