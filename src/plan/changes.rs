//! What changed after publication: corrections and updates, on their pages, at their records, and all together on a page
//! and in a feed of their own.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Anchor, Day, Notice, Page, Records};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::feed::{FindPage, day_as_rfc3339};
use crate::plan::view::{
    ChangedView, ChangesView, FeedEntryView, FeedView, LinkView, NoticeView, PageView,
};
use crate::plan::{languages, markup, menu};
use crate::project::Permalink;

/// How many entries the feed has: those of some months, even where much changes.
const ENTRIES: usize = 50;

/// The two lists of notices of a page, by the name of what is in them.
fn lists(records: &Records) -> [(&'static str, &[Arc<Notice>]); 2] {
    [
        ("correction", &records.corrections),
        ("update", &records.updates),
    ]
}

/// The corrections or the updates of a page.
pub(super) fn of_page(
    context: &mut PageContext<'_>,
    kind: &'static str,
    notices: &[Arc<Notice>],
) -> Vec<NoticeView> {
    let notices = notices.iter();
    notices.map(|item| notice(context, kind, item)).collect()
}

fn notice(context: &mut PageContext<'_>, kind: &'static str, notice: &Notice) -> NoticeView {
    let records = notice.records.iter().map(|(anchor, title)| LinkView {
        title: title.clone(),
        href: context.link_to_record(anchor),
        is_current: false,
    });
    NoticeView {
        id: notice.id.clone(),
        kind,
        date: context.site.phrases().day(notice.date),
        records: records.collect(),
        text_html: markup::html(context, &notice.text),
        page: None,
    }
}

/// The last change of a record that its page tells of; `None` where the record is shown elsewhere.
pub(super) fn of_record(context: &PageContext<'_>, anchor: &Anchor) -> Option<ChangedView> {
    if !context.is_home(anchor) {
        return None;
    }
    let all = lists(&context.page.records).into_iter();
    let all = all.flat_map(|(kind, notices)| notices.iter().map(move |notice| (kind, notice)));
    let concerning =
        all.filter(|(_, notice)| notice.records.iter().any(|(other, _)| other == anchor));
    let (kind, last) =
        concerning.max_by_key(|(kind, notice)| (notice.date, *kind == "correction"))?;
    Some(ChangedView {
        date: context.site.phrases().day(last.date),
        is_correction: kind == "correction",
        href: context.link_here(&last.id),
    })
}

/// The address of the page of all changes of a language.
pub fn changes_permalink(home: &Permalink) -> Permalink {
    Permalink::new(format!("{}changes/", home.as_str()))
}

/// A notice, with its page and what it is: `correction` or `update`.
type Told = (Arc<Page>, &'static str, Arc<Notice>);

/// Notices by day, the newest day first.
type ByDay = BTreeMap<Reverse<Day>, Vec<Told>>;

/// The notices of all pages that have any; those of a day by page.
fn of_site(site: &SiteContext<'_>, find: &FindPage<'_>) -> ByDay {
    let sources = site.outline.with_notices();
    by_day(sources.iter().filter_map(find))
}

/// The notices of some pages; those of a day in the order of the pages.
fn by_day(pages: impl Iterator<Item = Arc<Page>>) -> ByDay {
    let mut days = ByDay::new();
    for page in pages {
        for (kind, notices) in lists(&page.records) {
            for notice in notices {
                let day = days.entry(Reverse(notice.date)).or_default();
                day.push((page.clone(), kind, notice.clone()));
            }
        }
    }
    days
}

/// The page of all changes.
pub fn changes(site: &SiteContext<'_>, find: &FindPage<'_>) -> PageView {
    let permalink = changes_permalink(&site.outline.home());
    let link = |address: &Permalink| address.link_from(&permalink, site.link_style());
    let all = of_site(site, find);
    let title = site.words.get("changes").to_owned();
    PageView {
        layout: "changes",
        full_title: format!("{title} – {}", site.config.title),
        canonical: site.absolute(&permalink),
        root: permalink.root_prefix(),
        home: link(&site.outline.home()),
        languages: languages::switch(site, None, &link),
        menu: menu::view(&site.links.menu, None, &link),
        footer: menu::footer(&site.links.footer, None, link),
        json_ld: json_ld(site, &permalink, &all),
        feed: has_feed(site).then(|| LinkView {
            title: title.clone(),
            href: "atom.xml".to_owned(),
            is_current: false,
        }),
        changes: days(site, &permalink, &all),
        title,
        ..PageView::default()
    }
}

/// The changes of some pages, as told at an address that is none of theirs.
pub(super) fn of_pages(
    site: &SiteContext<'_>,
    from: &Permalink,
    pages: &[Arc<Page>],
) -> Vec<ChangesView> {
    days(site, from, &by_day(pages.iter().cloned()))
}

fn days(site: &SiteContext<'_>, from: &Permalink, all: &ByDay) -> Vec<ChangesView> {
    let days = all.iter().map(|(Reverse(day), notices)| {
        let notices = notices.iter().map(|(page, kind, item)| {
            let mut context = PageContext::framed(site, page, from.clone());
            let view = notice(&mut context, kind, item);
            let to = context.link_to(&page.head.permalink, &item.id);
            NoticeView {
                page: Some(LinkView {
                    title: site.words_of(&page.head, &page.head.title).into_owned(),
                    href: to,
                    is_current: false,
                }),
                ..view
            }
        });
        ChangesView {
            id: day.to_string(),
            date: site.phrases().day(*day),
            notices: notices.collect(),
        }
    });
    days.collect()
}

/// The corrections as data (schema.org/CorrectionComment), each about its page; empty if there are none.
fn json_ld(site: &SiteContext<'_>, permalink: &Permalink, all: &ByDay) -> String {
    let all = all.values().flatten();
    let corrections = all.filter(|(_, kind, _)| *kind == "correction");
    let corrections = corrections.map(|(page, _, notice)| {
        let url = site.absolute(&page.head.permalink);
        json!({
            "@type": "CorrectionComment",
            "text": markup::plain(site, &notice.text),
            "datePublished": notice.date.to_string(),
            "url": url.as_ref().map(|url| format!("{url}#{}", notice.id)),
            "about": { "@type": "WebPage", "name": page.head.title, "url": url },
        })
    });
    let corrections: Vec<Value> = corrections.collect();
    if corrections.is_empty() {
        return String::new();
    }
    let page = json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": site.words.get("changes"),
        "url": site.absolute(permalink),
        "hasPart": corrections,
    });
    page.to_string().replace('<', "\\u003c")
}

/// Whether all changes have a feed: it needs absolute addresses.
pub(super) fn has_feed(site: &SiteContext<'_>) -> bool {
    site.config.feeds && site.config.base_url.is_some()
}

/// The feed of all changes; empty without a `base_url`.
pub fn changes_feed(site: &SiteContext<'_>, find: &FindPage<'_>) -> FeedView {
    let home = site.absolute(&changes_permalink(&site.outline.home()));
    let home = home.unwrap_or_default();
    let mut entries = Vec::new();
    for (Reverse(day), notices) in of_site(site, find) {
        for (page, kind, notice) in notices {
            let Some(address) = site.absolute(&page.head.permalink) else {
                continue;
            };
            let words = [("page", page.head.title.as_str())];
            entries.push(FeedEntryView {
                title: site.words.fill(&format!("{kind}_of"), &words),
                url: format!("{address}#{}", notice.id),
                updated: day_as_rfc3339(day),
                summary: Some(markup::plain(site, &notice.text)),
                ..FeedEntryView::default()
            });
        }
    }
    entries.truncate(ENTRIES);
    FeedView {
        title: format!("{} – {}", site.words.get("changes"), site.config.title),
        description: None,
        url: format!("{home}atom.xml"),
        home,
        updated: entries
            .first()
            .map(|entry| entry.updated.clone())
            .unwrap_or_default(),
        entries,
    }
}
