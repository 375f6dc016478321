//! The sitemap (sitemaps.org 0.9): one file, or an index with several once the site has more addresses than one may list.

use std::collections::BTreeMap;

use crate::model::{Outline, Taxonomy};
use crate::plan::context::SiteContext;
use crate::plan::feed::changed;
use crate::plan::languages;
use crate::plan::outputs::Output;
use crate::plan::view::{SitemapEntryView, SitemapView};
use crate::project::{OutputPath, Permalink};

/// How many addresses a file may list.
const MOST: usize = 50_000;

/// The parts of the sitemap by path; none if one file is enough. `outlines` are those of all languages.
pub fn sitemap_parts(
    site: &SiteContext<'_>,
    outlines: &[&dyn Outline],
) -> BTreeMap<OutputPath, Output> {
    if site.config.base_url.is_none() || n_addresses(outlines) <= MOST {
        return BTreeMap::new();
    }
    let parts = 1..=n_parts(entries(site, outlines).len());
    parts
        .map(|n| (address(n).output_path(), Output::SitemapPart(n)))
        .collect()
}

/// Whether a path could be that of a part of the sitemap.
pub fn may_be_sitemap_part(path: &OutputPath) -> bool {
    path.as_str().starts_with("sitemap-")
}

/// The view of the sitemap: all addresses, or the parts that list them.
pub fn sitemap(site: &SiteContext<'_>, outlines: &[&dyn Outline]) -> SitemapView {
    let entries = entries(site, outlines);
    if entries.len() <= MOST {
        return view(entries);
    }
    let parts = 1..=n_parts(entries.len());
    SitemapView {
        parts: parts.filter_map(|n| site.absolute(&address(n))).collect(),
        ..SitemapView::default()
    }
}

/// The view of a part of the sitemap, from 1; `None` if there is no such part.
pub fn sitemap_part(
    site: &SiteContext<'_>,
    outlines: &[&dyn Outline],
    number: usize,
) -> Option<SitemapView> {
    let entries = entries(site, outlines);
    let part = entries.chunks(MOST).nth(number.checked_sub(1)?)?;
    Some(view(part.to_vec()))
}

fn n_parts(n_entries: usize) -> usize {
    match n_entries {
        ..=MOST => 0,
        n => n.div_ceil(MOST),
    }
}

fn address(number: usize) -> Permalink {
    Permalink::new(format!("sitemap-{number}.xml"))
}

fn view(entries: Vec<SitemapEntryView>) -> SitemapView {
    SitemapView {
        has_languages: entries.iter().any(|entry| !entry.alternates.is_empty()),
        entries,
        parts: Vec::new(),
    }
}

/// At least as many as there are entries.
fn n_addresses(outlines: &[&dyn Outline]) -> usize {
    let n_words = |outline: &dyn Outline| {
        let kinds = Taxonomy::ALL.iter();
        kinds
            .map(|kind| outline.groupings(*kind).words.len() + 1)
            .sum::<usize>()
    };
    let outlines = outlines.iter();
    outlines
        .map(|outline| outline.heads().len() + n_words(*outline))
        .sum()
}

/// Every page of the site and every list of pages by a word, by address.
fn entries(site: &SiteContext<'_>, outlines: &[&dyn Outline]) -> Vec<SitemapEntryView> {
    let mut entries: Vec<SitemapEntryView> = Vec::new();
    for outline in outlines {
        let heads = outline.heads();
        entries.extend(heads.iter().filter_map(|head| {
            Some(SitemapEntryView {
                url: site.absolute(&head.permalink)?,
                updated: changed(head)
                    .map(|date| date.time.clone().unwrap_or_else(|| date.day.to_string())),
                alternates: languages::alternates(site, head),
            })
        }));
        for kind in Taxonomy::ALL {
            let groupings = outline.groupings(kind);
            let all = (!groupings.words.is_empty()).then(|| kind.permalink(&outline.home()));
            let words = groupings.words.iter().map(|word| word.permalink.clone());
            entries.extend(all.into_iter().chain(words).filter_map(|permalink| {
                Some(SitemapEntryView {
                    url: site.absolute(&permalink)?,
                    ..SitemapEntryView::default()
                })
            }));
        }
    }
    entries.sort_by(|a, b| a.url.cmp(&b.url));
    entries.dedup_by(|later, first| later.url == first.url);
    entries
}
