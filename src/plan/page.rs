//! The view of a page.

use std::sync::Arc;

use crate::evidence::Ledger;
use crate::model::{Layout, Outline, Page, PageHead, Taxonomy};
use crate::plan::contents::contents;
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::view::{ChildView, HeadingView, LinkView, PageView};
use crate::plan::{
    DataFile, card, changes, citations, cite, evidence, feed, handout, has_feed, json_ld,
    languages, listing, menu, picture, records, summary, taxonomy,
};
use crate::project::Permalink;

/// How many words people read per minute, a little below the 238 measured for English nonfiction (Brysbaert, 2019).
const WORDS_PER_MINUTE: usize = 220;

/// Whether the view of a page shows what other pages say: a source what is based on it, a person what they said, a page of
/// accounts those that differ, the front page of an explainer what was compared, if anything ever was.
pub fn looks_around(page: &Page, ledger: &Ledger) -> bool {
    let has_around = !(page.records.sources.is_empty() && page.records.people.is_empty());
    has_around
        || page.head.layout == Layout::Accounts
        || page.head.is_explainer && ledger.lock().is_some()
}

/// The view of a page. `below` has the pages in its folder and further down, in order, if it [looks
/// around](looks_around); otherwise it may be empty.
pub fn page(site: &SiteContext<'_>, page: &Page, below: &[Arc<Page>]) -> PageView {
    let mut context = PageContext::new(site, page, below);
    let context = &mut context;
    let head = &page.head;
    let phrases = site.phrases();
    let navigation = navigation(context);
    let current = navigation.iter().position(|link| link.is_current);
    let neighbor = |index: Option<usize>| {
        let link = navigation.get(index?)?;
        Some(link.clone())
    };
    // The front page of several explainers isn't the first chapter of anything.
    let is_in_order = head.layout != Layout::Home || explainer(context).is_some();
    let current = current.filter(|_| is_in_order);
    let previous = neighbor(current.and_then(|index| index.checked_sub(1)));
    let next = neighbor(current.map(|index| index + 1));
    // A list with several pages is read in its own order.
    let (previous, next) = match listing::second_page(context) {
        Some(second) => (None, Some(second)),
        None => (previous, next),
    };
    let contents = contents(context);
    let explained = context.explained();
    let explained = explained.iter();
    let explained = explained.map(|term| records::term(context, term)).collect();
    let card = card::of_page(site, &page.head, page.card.as_ref());
    let corrections = changes::of_page(context, "correction", &page.records.corrections);
    let updates = changes::of_page(context, "update", &page.records.updates);
    let view = PageView {
        layout: head.layout.name(),
        full_title: full_title(site, head),
        title: head.title.clone(),
        description: head.description.clone(),
        summary: summary::summary(site, page),
        canonical: site.absolute(&head.permalink),
        root: head.permalink.root_prefix(),
        home: context.link(&site.outline.home()),
        language: None,
        languages: languages::switch(site, Some(head), &|permalink| context.link(permalink)),
        alternates: languages::alternates(site, head),
        outdated: languages::outdated(site, head, &|permalink| context.link(permalink)),
        explainer: explainer(context),
        navigation,
        menu: menu::view(&site.links.menu, Some(head), &|permalink| {
            context.link(permalink)
        }),
        footer: menu::footer(&site.links.footer, Some(head), |permalink| {
            context.link(permalink)
        }),
        breadcrumbs: breadcrumbs(context),
        previous,
        next,
        authors: head.authors.clone(),
        date: head.date.as_ref().map(|date| phrases.published(date)),
        updated: head.updated.as_ref().map(|date| phrases.published(date)),
        as_of: head.as_of.as_ref().map(|date| phrases.published(date)),
        review_due: head.review_due.as_ref().map(|date| phrases.published(date)),
        author_links: taxonomy::links(context, Taxonomy::Authors),
        tags: head.tags.clone(),
        tag_links: taxonomy::links(context, Taxonomy::Tags),
        series: taxonomy::links(context, Taxonomy::Series).pop(),
        related: taxonomy::related(context),
        feed: own_feed(context),
        reading_minutes: page.n_words.div_ceil(WORDS_PER_MINUTE),
        headings: page.headings.iter().map(heading).collect(),
        toc: toc(page),
        explained,
        corrections,
        updates,
        downloads: downloads(context),
        children: listing::children(context),
        listing: listing::listing(context),
        citations: citations::citations(context),
        compared: match head.is_explainer {
            true => evidence::line_of_all(site, below),
            false => evidence::line(site, page),
        },
        evidence: evidence::totals(context),
        json_ld: json_ld::page(context, card.as_ref()),
        image: picture::view(context, page.image.as_ref()),
        card,
        extra: page.extra.clone(),
        ..contents
    };
    PageView {
        cite: cite::cite(context, &view),
        handout: handout::link(context),
        ..view
    }
}

/// The headings to jump to, if there are enough of them.
fn toc(page: &Page) -> Vec<HeadingView> {
    /// Two headings are seen at a glance.
    const FEWEST: usize = 3;
    let headings = page.headings.iter().filter(|heading| heading.level == 2);
    let headings: Vec<HeadingView> = headings.map(heading).collect();
    if headings.len() < FEWEST {
        return Vec::new();
    }
    headings
}

/// The view of the page that a host shows for unknown addresses. It can appear at any depth, so its links start at the
/// host's root: below the path of `base_url` if there is one.
pub fn not_found(site: &SiteContext<'_>) -> PageView {
    let base = site.config.base_path();
    let navigation = top_pages(site.outline).into_iter().map(|head| LinkView {
        title: head.nav_title.clone(),
        href: format!("{base}{}", head.permalink.as_str()),
        is_current: false,
    });
    let title = site.words.get("not_found_title").to_owned();
    PageView {
        layout: "404",
        full_title: format!("{title} – {}", site.config.title),
        title,
        root: base.clone(),
        home: base.clone(),
        navigation: navigation.collect(),
        languages: languages::switch(site, None, &|permalink| {
            format!("{base}{}", permalink.as_str())
        }),
        menu: menu::view(&site.links.menu, None, &|permalink| {
            format!("{base}{}", permalink.as_str())
        }),
        children: top_pages(site.outline)
            .into_iter()
            .map(|head| {
                child(site, &head, &|permalink| {
                    format!("{base}{}", permalink.as_str())
                })
            })
            .collect(),
        footer: menu::footer(&site.links.footer, None, |permalink| {
            format!("{base}{}", permalink.as_str())
        }),
        ..PageView::default()
    }
}

/// The link to the feed of the section whose page this is.
fn own_feed(context: &PageContext<'_>) -> Option<LinkView> {
    let head = &context.page.head;
    let has_feed = has_feed(context.site) && feed::has_own_feed(context.site, head);
    let link = |address: &Permalink| context.link(address);
    has_feed.then(|| taxonomy::feed_link(&head.title, &head.permalink, &link))
}

pub(super) fn full_title(site: &SiteContext<'_>, head: &PageHead) -> String {
    let site_title = &site.config.title;
    if head.permalink == site.outline.home() || head.title == *site_title {
        return head.title.clone();
    }
    // Every explainer has a timeline, and search engines list timelines by their titles.
    let explainer = site.outline.explainer_of(&head.source);
    let explainer = explainer.filter(|folder| **folder != *TOP);
    let explainer = explainer.and_then(|folder| site.outline.index_of(&folder));
    match explainer.filter(|explainer| explainer.permalink != head.permalink) {
        Some(explainer) => format!("{} – {} – {site_title}", head.title, explainer.title),
        None => format!("{} – {site_title}", head.title),
    }
}

fn heading(heading: &crate::model::Heading) -> HeadingView {
    HeadingView {
        level: heading.level,
        id: heading.id.clone(),
        html: heading.html.clone(),
    }
}

fn link(context: &PageContext<'_>, head: &PageHead) -> LinkView {
    LinkView {
        title: context.site.words_of(head, &head.nav_title).into_owned(),
        href: context.link(&head.permalink),
        is_current: head.permalink == context.page.head.permalink,
    }
}

/// The pages of the page's explainer in reading order. Outside an explainer: the pages at the top of the site, and the
/// front pages of the folders there.
fn navigation(context: &PageContext<'_>) -> Vec<LinkView> {
    let site = context.site;
    let explainer = site.outline.explainer_of(&context.page.head.source);
    let pages = match explainer {
        Some(folder) => site.outline.pages_of(&folder),
        None => top_pages(site.outline).into(),
    };
    pages.iter().map(|head| link(context, head)).collect()
}

/// The folder with the site's front page.
const TOP: &str = "content";

/// The pages at the top of the site and the front pages of the folders there, in reading order.
fn top_pages(outline: &dyn Outline) -> Vec<Arc<PageHead>> {
    let Some(top) = outline.folder(TOP) else {
        return Vec::new();
    };
    let index = top.index.iter().cloned();
    index.chain(listing::heads_below(outline, &top)).collect()
}

/// The explainer that a page belongs to.
fn explainer(context: &PageContext<'_>) -> Option<LinkView> {
    let outline = context.site.outline;
    let folder = outline.explainer_of(&context.page.head.source)?;
    let head = outline.index_of(&folder)?;
    Some(LinkView {
        title: context.site.words_of(&head, &head.title).into_owned(),
        ..link(context, &head)
    })
}

/// The pages of the folders above, from the top down, without the site's front page and that of the explainer, which is
/// already in the kicker.
fn breadcrumbs(context: &PageContext<'_>) -> Vec<LinkView> {
    let head = &context.page.head;
    let explainer = context.site.outline.explainer_of(&head.source);
    let mut folder = head.source.folder();
    let mut above = Vec::new();
    loop {
        if let Some(index) = context.site.outline.index_of(folder)
            && folder != TOP
            && Some(folder) != explainer.as_deref()
            && index.permalink != head.permalink
        {
            above.push(link(context, &index));
        }
        match folder.rsplit_once('/') {
            Some((parent, _)) => folder = parent,
            None => break,
        }
    }
    above.reverse();
    above
}

/// The data files about the records on a page.
fn downloads(context: &PageContext<'_>) -> Vec<LinkView> {
    let records = &context.page.records;
    let mut expected = records.events.iter().filter(|event| event.expected);
    let is_dated = expected.any(|event| event.date.earliest().and(event.date.latest()).is_some());
    let files: [(DataFile, bool); 9] = [
        (DataFile::EventsCsv, !records.events.is_empty()),
        (DataFile::EventsJson, !records.events.is_empty()),
        (DataFile::TimelineJs, !records.events.is_empty()),
        (DataFile::FiguresCsv, !records.figures.is_empty()),
        (DataFile::FiguresJson, !records.figures.is_empty()),
        (DataFile::ReactionsJson, !records.reactions.is_empty()),
        (DataFile::ExpectedIcs, is_dated),
        (DataFile::SourcesBib, !records.sources.is_empty()),
        (DataFile::SourcesCsl, !records.sources.is_empty()),
    ];
    let files = files.into_iter().filter(|(_, is_there)| *is_there);
    let links = files.filter_map(|(file, _)| {
        Some(LinkView {
            title: file.name().to_owned(),
            href: context.data_link(file)?,
            is_current: false,
        })
    });
    links.collect()
}

/// The pages at the top of the site, as listed by a page at another address.
pub(super) fn top_children(site: &SiteContext<'_>, from: &Permalink) -> Vec<ChildView> {
    let heads = top_pages(site.outline).into_iter();
    heads
        .map(|head| {
            child(site, &head, &|permalink| {
                permalink.link_from(from, site.link_style())
            })
        })
        .collect()
}

/// A page in a list of pages. `link` leads to addresses from where the list is.
pub(super) fn child(
    site: &SiteContext<'_>,
    head: &PageHead,
    link: &dyn Fn(&Permalink) -> String,
) -> ChildView {
    let date = head.date.as_ref();
    ChildView {
        title: site.words_of(head, &head.title).into_owned(),
        href: link(&head.permalink),
        image: picture::thumbnail(site, head, link),
        description: head
            .description
            .as_ref()
            .map(|dek| site.words_of(head, dek).into_owned()),
        date: date.map(|date| site.phrases().published(date)),
        is_explainer: head.is_explainer,
        layout: head.layout.name(),
    }
}
