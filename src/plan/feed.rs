//! Feeds of the newest pages, as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Day, Language, Page, PageHead, Published, SortBy, Taxonomy};
use crate::plan::card::{self, card_subject};
use crate::plan::context::SiteContext;
use crate::plan::outputs::{Output, has_feed};
use crate::plan::view::{FeedEntryView, FeedView};
use crate::plan::{full_text, summary};
use crate::project::{OutputPath, Permalink, SourcePath};

/// How many pages a feed contains: enough for somebody who looks once a week, in a file that stays small.
const ENTRIES: usize = 20;

/// Finds a page by its source; `None` if it has faults.
pub type FindPage<'a> = dyn Fn(&SourcePath) -> Option<Arc<Page>> + 'a;

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
}

impl FeedFormat {
    pub(super) const ALL: [Self; 2] = [Self::Atom, Self::Json];

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }
}

/// The subject of a feed other than the site's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedOwner {
    /// A section, by the source of its page.
    Section(SourcePath),
    /// A word that groups pages in a language, by its address.
    Word(Language, Taxonomy, Permalink),
}

/// The subject of a feed.
pub struct Channel {
    title: String,
    description: Option<String>,
    home: Permalink,
    pages: Arc<[Arc<PageHead>]>,
}

/// The channel of a section or word; `None` if it doesn't exist.
pub fn channel(site: &SiteContext<'_>, owner: &FeedOwner) -> Option<Channel> {
    let title = |name: &str| format!("{name} – {}", site.config.title);
    match owner {
        FeedOwner::Section(source) => {
            let head = site.outline.head(source)?;
            Some(Channel {
                title: title(&head.title),
                description: head.description.clone(),
                home: head.permalink.clone(),
                pages: site.outline.listed_below(source.folder(), SortBy::Date),
            })
        }
        FeedOwner::Word(_, kind, permalink) => {
            let groupings = site.outline.groupings(*kind);
            let word = groupings.at(permalink)?;
            Some(Channel {
                title: title(&word.name),
                description: word.description.clone(),
                home: permalink.clone(),
                pages: word.pages.clone(),
            })
        }
    }
}

/// The feeds of sections and words with dated pages, by path.
pub fn feeds(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    if !has_feed(site) {
        return BTreeMap::new();
    }
    let heads = site.outline.heads();
    let sections = heads.iter().filter(|head| has_own_feed(site, head));
    let sections = sections.map(|head| {
        let owner = FeedOwner::Section(head.source.clone());
        (head.permalink.clone(), owner)
    });
    let words = Taxonomy::ALL.into_iter().flat_map(|kind| {
        let groupings = site.outline.groupings(kind);
        let words = groupings.words.iter().filter(|word| are_dated(&word.pages));
        let owners = words.map(|word| {
            let owner = FeedOwner::Word(site.language, kind, word.permalink.clone());
            (word.permalink.clone(), owner)
        });
        owners.collect::<Vec<_>>()
    });
    let owners = sections.chain(words);
    let outputs = owners.flat_map(|(home, owner)| {
        FeedFormat::ALL.map(|format| {
            let path = Permalink::new(format!("{}{}", home.as_str(), format.file())).output_path();
            (path, Output::FeedOf(owner.clone(), format))
        })
    });
    outputs.collect()
}

/// Whether a path could be that of such a feed.
pub fn may_be_feed(path: &OutputPath) -> bool {
    let mut formats = FeedFormat::ALL.into_iter();
    formats.any(|format| path.as_str().ends_with(format.file()))
}

/// Whether a page is that of a section with a feed of its own.
pub(super) fn has_own_feed(site: &SiteContext<'_>, head: &PageHead) -> bool {
    let is_section = head.is_index && !head.is_explainer && head.permalink != site.outline.home();
    is_section && {
        let pages = site
            .outline
            .listed_below(head.source.folder(), SortBy::Date);
        are_dated(&pages)
    }
}

/// Whether any of these pages has a date of publication or change.
pub(super) fn are_dated(pages: &[Arc<PageHead>]) -> bool {
    pages.iter().any(|page| changed(page).is_some())
}

fn whole_site(site: &SiteContext<'_>) -> Channel {
    Channel {
        title: site.config.title.clone(),
        description: site.config.description.clone(),
        home: site.outline.home(),
        pages: site.outline.heads(),
    }
}

/// The view of the site's feed; empty without a `base_url`.
pub fn feed(site: &SiteContext<'_>, page: &FindPage<'_>) -> FeedView {
    feed_of(site, &whole_site(site), page)
}

/// The same feed as JSON, for feed readers without XML.
pub fn json_feed(site: &SiteContext<'_>, page: &FindPage<'_>) -> String {
    json_feed_of(site, &whole_site(site), page)
}

/// The view of a feed; empty without a `base_url`.
///
/// An entry is never just a title: a page without a dek provides the start of its prose, or the titles of its records.
pub fn feed_of(site: &SiteContext<'_>, channel: &Channel, page: &FindPage<'_>) -> FeedView {
    let heads = newest(&channel.pages);
    let home = site.absolute(&channel.home).unwrap_or_default();
    let updated = heads.first().and_then(|head| changed(head)).map(rfc3339);
    FeedView {
        title: channel.title.clone(),
        description: channel.description.clone(),
        url: format!("{home}atom.xml"),
        home,
        updated: updated.unwrap_or_default(),
        entries: heads
            .iter()
            .filter_map(|head| entry(site, head, page))
            .collect(),
    }
}

/// A feed as JSON.
pub fn json_feed_of(site: &SiteContext<'_>, channel: &Channel, page: &FindPage<'_>) -> String {
    as_json(site, &feed_of(site, channel, page))
}

/// A feed as JSON Feed.
pub fn as_json(site: &SiteContext<'_>, view: &FeedView) -> String {
    let config = site.config;
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.home,
        "feed_url": format!("{}feed.json", view.home),
        "language": config.language,
        "items": view.entries.iter().map(item).collect::<Vec<Value>>(),
    });
    if let Some(description) = &view.description {
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
        "date_modified": entry.updated,
    });
    // Every item must have content.
    let summary = entry.summary.as_ref().unwrap_or(&entry.title);
    match &entry.content_html {
        Some(html) => {
            item["content_html"] = json!(html);
            item["summary"] = json!(summary);
        }
        None => item["content_text"] = json!(summary),
    }
    if let Some(image) = &entry.image {
        item["image"] = json!(image);
    }
    if let Some(published) = &entry.published {
        item["date_published"] = json!(published);
    }
    if !entry.authors.is_empty() {
        let authors = entry.authors.iter().map(|name| json!({ "name": name }));
        item["authors"] = authors.collect();
    }
    item
}

/// The most recently changed pages, newest first.
fn newest(heads: &[Arc<PageHead>]) -> Vec<Arc<PageHead>> {
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
    let whole = |page: Arc<Page>| full_text::whole_text(site, &page);
    let content = site.config.full_text.then(|| page(&head.source));
    let subject = card_subject(head, page);
    Some(FeedEntryView {
        content_html: content.flatten().and_then(whole),
        image: card::of_page(site, head, subject.as_ref()).map(|image| image.href),
        title: head.title.clone(),
        url: site.absolute(&head.permalink)?,
        published: head.date.as_ref().map(rfc3339),
        updated: rfc3339(changed(head)?),
        authors: head.authors.clone(),
        summary,
    })
}

/// When a page last changed, if it says so.
pub(super) fn changed(head: &PageHead) -> Option<&Published> {
    head.updated.as_ref().or(head.date.as_ref())
}

/// A day as RFC 3339.
pub(super) fn day_as_rfc3339(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// A moment as RFC 3339, which Atom requires: a bare day becomes its first moment in UTC.
fn rfc3339(published: &Published) -> String {
    match &published.time {
        Some(time) => time.clone(),
        None => format!("{}T00:00:00Z", published.day),
    }
}
