//! The handout: all of an explainer on one page, for paper.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Layout, Page};
use crate::plan::contents::contents;
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::view::{LinkView, PageView, ReactionsView};
use crate::plan::{Output, changes, citations, menu, page, picture};
use crate::project::{OutputPath, Permalink};

/// The name of a handout below its explainer.
const NAME: &str = "handout/";

/// The handouts of all explainers with several pages, by path.
pub fn handouts(site: &SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
    let explainers = site.outline.explainers();
    let handouts = explainers.iter().filter_map(|folder| {
        let path = permalink(site, folder)?.output_path();
        Some((path, Output::Handout(site.language, folder.clone())))
    });
    handouts.collect()
}

/// Whether a path can be that of a handout.
pub fn may_be_handout(path: &OutputPath) -> bool {
    path.as_str().ends_with("handout/index.html")
}

/// The address of an explainer's handout; `None` if it has none, because one page is a handout by itself.
fn permalink(site: &SiteContext<'_>, folder: &str) -> Option<Permalink> {
    let front = site.outline.index_of(folder)?;
    let is_wanted = site.config.handouts && site.outline.pages_of(folder).len() > 1;
    is_wanted.then(|| Permalink::new(format!("{}{NAME}", front.permalink.as_str())))
}

fn title(site: &SiteContext<'_>) -> String {
    site.words.get("handout").to_owned()
}

/// The link from the front page of an explainer to its handout.
pub(super) fn link(context: &PageContext<'_>) -> Option<LinkView> {
    let site = context.site;
    let head = &context.page.head;
    let folder = site.outline.explainer_of(&head.source)?;
    let front = site.outline.index_of(&folder)?;
    let handout = permalink(site, &folder).filter(|_| front.source == head.source)?;
    Some(LinkView {
        title: title(site),
        href: context.link(&handout),
        is_current: false,
    })
}

/// The view of a handout. `pages` are those of the explainer that can be read, in reading order; `None` without its front
/// page.
pub fn handout(site: &SiteContext<'_>, folder: &str, pages: &[Arc<Page>]) -> Option<PageView> {
    let permalink = permalink(site, folder)?;
    let front = site.outline.index_of(folder)?;
    let front = pages.iter().find(|page| page.head.source == front.source)?;
    let head = &front.head;
    let mut context = PageContext::gathered(site, front, pages, permalink.clone());
    let first = contents(&mut context);
    let mut chapters = Vec::new();
    let others = pages.iter().filter(|page| page.head.source != head.source);
    for (number, page) in (2..).zip(others) {
        context = context.next(page);
        let chapter = PageView {
            description: page.head.description.clone(),
            image: picture::view(&context, page.image.as_ref()),
            ..contents(&mut context)
        };
        // Sources are listed at the end, whether they are cited or not.
        let chapter = PageView {
            sources: Vec::new(),
            ..chapter
        };
        for source in &page.records.sources {
            context.number(source);
        }
        if page.head.layout != Layout::Sources || !chapter.body.is_empty() {
            chapters.push(as_chapter(chapter, number));
        }
    }
    let all = std::iter::once(&first).chain(&chapters);
    let has_records = all.clone().any(|page| page.has_records);
    let phrases = site.phrases();
    let link = |address: &Permalink| address.link_from(&permalink, site.link_style());
    Some(PageView {
        layout: "handout",
        full_title: format!("{} – {}", page::full_title(site, head), title(site)),
        canonical: site.absolute(&permalink),
        root: permalink.root_prefix(),
        home: link(&site.outline.home()),
        menu: menu::view(&site.links.menu, None, &link),
        footer: menu::footer(&site.links.footer, None, link),
        explainer: Some(LinkView {
            title: site.words_of(head, &head.title).into_owned(),
            href: link(&head.permalink),
            is_current: true,
        }),
        description: head.description.clone(),
        authors: head.authors.clone(),
        date: head.date.as_ref().map(|date| phrases.published(date)),
        updated: head.updated.as_ref().map(|date| phrases.published(date)),
        as_of: head.as_of.as_ref().map(|date| phrases.published(date)),
        image: picture::view(&context, front.image.as_ref()),
        changes: changes::of_pages(site, &permalink, pages),
        citations: citations::citations(&context),
        has_records,
        chapters,
        ..without_controls(first)
    })
}

/// A page as a part of the handout: its headings are further down, and no anchor is also on another page.
fn as_chapter(page: PageView, number: usize) -> PageView {
    let mut chapter = without_controls(page);
    chapter.level = 3;
    for block in &mut chapter.body {
        if let Some(html) = &mut block.html {
            *html = further_down(html, number);
        }
    }
    if let Some(timeline) = &mut chapter.timeline {
        timeline.expected_id = format!("_{number}{}", timeline.expected_id);
        for period in &mut timeline.periods {
            period.id = format!("_{number}{}", period.id);
        }
    }
    chapter
}

/// Contents with everything in sight: nothing is folded, and there is nothing to choose.
fn without_controls(page: PageView) -> PageView {
    let reactions = page.reactions.map(|reactions| ReactionsView {
        is_folded: false,
        filters: Vec::new(),
        ..reactions
    });
    let timeline = page.timeline.map(|mut timeline| {
        timeline.is_folded = false;
        timeline
    });
    PageView {
        reactions,
        timeline,
        ..page
    }
}

/// HTML of prose with its headings one level down, and with anchors of its own.
fn further_down(html: &str, number: usize) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        out.push('<');
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        out.push_str(&tag_further_down(tag, number));
        out.push('>');
        rest = after;
    }
    out.push_str(rest);
    out
}

fn tag_further_down(tag: &str, number: usize) -> String {
    let (slash, name) = match tag.strip_prefix('/') {
        Some(name) => ("/", name),
        None => ("", tag),
    };
    let level = name.strip_prefix('h').and_then(|rest| {
        let level = rest.chars().next()?.to_digit(10)?;
        Some((level, &rest[1..]))
    });
    let tag = match level {
        Some((level, rest)) => format!("{slash}h{}{rest}", (level + 1).min(6)),
        None => tag.to_owned(),
    };
    // The list of sources, and the marks that lead to it, are of the whole handout.
    let tag = with_own(&tag, " id=\"", "_ref-", number);
    with_own(&tag, " href=\"#", "_cite-", number)
}

/// A tag whose anchor after `start` has the number of its page in it, unless it begins with `shared`.
fn with_own(tag: &str, start: &str, shared: &str, number: usize) -> String {
    let mut parts = tag.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |tag, part| match part.starts_with(shared) {
        true => tag + start + part,
        false => format!("{tag}{start}_{number}-{part}"),
    })
}
