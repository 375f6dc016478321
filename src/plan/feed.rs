//! What feeds say: the newest pages, as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Page, PageHead, Published};
use crate::plan::context::SiteContext;
use crate::plan::summary;
use crate::plan::view::{FeedEntryView, FeedView};
use crate::project::SourcePath;

/// How many pages a feed holds.
const ENTRIES: usize = 20;

/// Finds a page by its source; `None` if it has faults.
pub type FindPage<'a> = dyn Fn(&SourcePath) -> Option<Arc<Page>> + 'a;

/// The view of the feed; empty without a `base_url`.
///
/// An entry is never a bare title: a page without a dek gives the start of its prose, or what its records are called.
pub fn feed(site: &SiteContext<'_>, page: &FindPage<'_>) -> FeedView {
    let heads = newest(site);
    let base = site.config.base_url.clone().unwrap_or_default();
    let updated = heads.first().and_then(|head| changed(head)).map(rfc3339);
    FeedView {
        url: format!("{base}atom.xml"),
        home: base,
        updated: updated.unwrap_or_default(),
        entries: heads
            .iter()
            .filter_map(|head| entry(site, head, page))
            .collect(),
    }
}

/// The same feed as JSON; for readers of feeds that have no XML.
pub fn json_feed(site: &SiteContext<'_>, page: &FindPage<'_>) -> String {
    let view = feed(site, page);
    let config = site.config;
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "home_page_url": view.home,
        "feed_url": format!("{}feed.json", view.home),
        "language": config.language,
        "items": view.entries.iter().map(item).collect::<Vec<Value>>(),
    });
    if let Some(description) = &config.description {
        feed["description"] = json!(description);
    }
    if let Some(author) = config.author.as_ref().or(config.publisher.as_ref()) {
        feed["authors"] = json!([{ "name": author }]);
    }
    format!("{feed:#}\n")
}

fn item(entry: &FeedEntryView) -> Value {
    let mut item = json!({
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        // Every item has to say something.
        "content_text": entry.summary.as_ref().unwrap_or(&entry.title),
        "date_modified": entry.updated,
    });
    if let Some(published) = &entry.published {
        item["date_published"] = json!(published);
    }
    if !entry.authors.is_empty() {
        let authors = entry.authors.iter().map(|name| json!({ "name": name }));
        item["authors"] = authors.collect();
    }
    item
}

/// The heads of the pages that changed last, the newest first.
fn newest(site: &SiteContext<'_>) -> Vec<Arc<PageHead>> {
    let heads = site.outline.heads();
    let dated = heads.iter();
    let dated = dated.filter_map(|head| Some((rfc3339(changed(head)?), head.clone())));
    let mut dated: Vec<(String, Arc<PageHead>)> = dated.collect();
    dated.sort_by(|(a, first), (b, second)| {
        b.cmp(a)
            .then_with(|| first.permalink.cmp(&second.permalink))
    });
    dated.truncate(ENTRIES);
    dated.into_iter().map(|(_, head)| head).collect()
}

fn entry(site: &SiteContext<'_>, head: &PageHead, page: &FindPage<'_>) -> Option<FeedEntryView> {
    let summary = match &head.description {
        Some(description) => Some(description.clone()),
        None => page(&head.source).and_then(|page| summary::summary(site, &page)),
    };
    Some(FeedEntryView {
        title: head.title.clone(),
        url: site.absolute(&head.permalink)?,
        published: head.date.as_ref().map(rfc3339),
        updated: rfc3339(changed(head)?),
        authors: head.authors.clone(),
        summary,
    })
}

/// When a page last changed, as far as it says.
pub(super) fn changed(head: &PageHead) -> Option<&Published> {
    head.updated.as_ref().or(head.date.as_ref())
}

/// A moment as RFC 3339 (Atom wants one): a bare day is its first moment in UTC.
fn rfc3339(published: &Published) -> String {
    match &published.time {
        Some(time) => time.clone(),
        None => format!("{}T00:00:00Z", published.day),
    }
}
