//! The pages of words that group pages: tags, authors, series; and links based on them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::address_of_word;
use crate::model::{Grouping, Layout, Outline, Page, PageHead, Person, RecordKind, Taxonomy};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::outputs::{Output, has_feed};
use crate::plan::view::{ChildView, LinkView, ListingView, PageView};
use crate::plan::{feed, languages, menu, page, records};
use crate::project::{OutputPath, Permalink};

/// How many pages are listed on one page of a list: a few screens.
const PAGES: usize = 50;

/// How many related pages are shown: enough for one row.
const RELATED: usize = 3;

/// How many pages of a word are considered when looking for related ones: the newest. Without a limit, a tag on every
/// page would make the cost quadratic.
const LOOKED_AT: usize = 50;

/// The list pages of all words, by path.
pub fn word_pages(outline: &dyn Outline) -> BTreeMap<OutputPath, Output> {
    let mut pages = BTreeMap::new();
    for kind in Taxonomy::ALL {
        let groupings = outline.groupings(kind);
        if !groupings.words.is_empty() {
            let path = kind.permalink(&outline.home()).output_path();
            pages.insert(path, Output::Words(outline.language(), kind));
        }
        for word in &groupings.words {
            for number in 1..=word.pages.len().div_ceil(PAGES) {
                let path = address(word, number).output_path();
                pages.insert(
                    path,
                    Output::Word(outline.language(), kind, word.permalink.clone(), number),
                );
            }
        }
    }
    pages
}

/// Whether a path could be that of such a page.
pub fn may_be_word_page(path: &OutputPath) -> bool {
    // Below the home page of a language there is one folder more.
    let tops = path.as_str().split('/').take(2);
    let mut tops = tops.filter(|top| Taxonomy::ALL.iter().any(|kind| kind.name() == *top));
    tops.next().is_some()
}

/// The address of a page of a word's list, from 1.
fn address(word: &Grouping, number: usize) -> Permalink {
    let first = &word.permalink;
    match number {
        1 => first.clone(),
        n => Permalink::new(format!("{}page/{n}/", first.as_str())),
    }
}

/// The view of the list of all words of a kind.
pub fn words_page(site: &SiteContext<'_>, kind: Taxonomy) -> PageView {
    let permalink = kind.permalink(&site.outline.home());
    let link = |address: &Permalink| address.link_from(&permalink, site.link_style());
    let groupings = site.outline.groupings(kind);
    let mut words: Vec<&Grouping> = groupings.words.iter().collect();
    words.sort_by_cached_key(|word| word.name.to_lowercase());
    let words = words.into_iter().map(|word| LinkView {
        title: word.name.clone(),
        href: link(&word.permalink),
        is_current: false,
    });
    let title = site.words.get(kind.name()).to_owned();
    PageView {
        listing: ListingView {
            words: words.collect(),
            ..ListingView::default()
        },
        ..frame(site, &permalink, title)
    }
}

/// The view of the pages that a word groups; `None` if there is no such page of the list. An `author` among the site's people
/// comes with the page that they are on.
pub fn word_page(
    site: &SiteContext<'_>,
    kind: Taxonomy,
    permalink: &Permalink,
    number: usize,
    author: Option<&(Arc<Page>, Arc<Person>)>,
) -> Option<PageView> {
    let groupings = site.outline.groupings(kind);
    let word = groupings.at(permalink)?;
    let own = address(word, number);
    let link = |address: &Permalink| address.link_from(&own, site.link_style());
    let pages = word.pages.iter().skip(number.checked_sub(1)? * PAGES);
    let children = pages.take(PAGES).map(|head| page::child(site, head, &link));
    let children: Vec<ChildView> = children.collect();
    let n_pages = word.pages.len().div_ceil(PAGES);
    let part = |n: usize| site.words.fill("page_number", &[("n", &n.to_string())]);
    let to = |n: usize| LinkView {
        title: part(n),
        href: link(&address(word, n)),
        is_current: false,
    };
    let title = match number {
        1 => word.name.clone(),
        n => format!("{} – {}", word.name, part(n)),
    };
    let has_feed = has_feed(site) && feed::are_dated(&word.pages);
    let author = author.map(|(page, person)| {
        let context = PageContext::framed(site, page, own.clone());
        records::person(&context, person)
    });
    (!children.is_empty()).then(|| PageView {
        author,
        description: word.description.clone(),
        breadcrumbs: vec![LinkView {
            title: site.words.get(kind.name()).to_owned(),
            href: link(&kind.permalink(&site.outline.home())),
            is_current: false,
        }],
        listing: ListingView {
            number,
            n_pages,
            ..ListingView::default()
        },
        feed: has_feed.then(|| feed_link(&word.name, permalink, &link)),
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < n_pages).then(|| to(number + 1)),
        children,
        ..frame(site, &own, title)
    })
}

/// The link to the feed of the item with this name and address.
pub(super) fn feed_link(
    name: &str,
    permalink: &Permalink,
    link: &dyn Fn(&Permalink) -> String,
) -> LinkView {
    LinkView {
        title: name.to_owned(),
        href: link(&Permalink::new(format!("{}atom.xml", permalink.as_str()))),
        is_current: false,
    }
}

/// What surrounds a list at an address.
fn frame(site: &SiteContext<'_>, permalink: &Permalink, title: String) -> PageView {
    let link = |address: &Permalink| address.link_from(permalink, site.link_style());
    PageView {
        layout: Layout::Section.name(),
        full_title: format!("{title} – {}", site.config.title),
        title,
        canonical: site.absolute(permalink),
        root: permalink.root_prefix(),
        home: link(&site.outline.home()),
        languages: languages::switch(site, None, &link),
        menu: menu::view(&site.links.menu, None, &link),
        footer: menu::footer(&site.links.footer, None, link),
        ..PageView::default()
    }
}

/// Links to the pages of a page's words of a kind.
pub(super) fn links(context: &PageContext<'_>, kind: Taxonomy) -> Vec<LinkView> {
    let home = context.site.outline.home();
    let words = kind.words(&context.page.head).iter();
    let links = words.map(|word| LinkView {
        title: word.clone(),
        href: context.link(&address_of_word(&home, kind, word)),
        is_current: false,
    });
    links.collect()
}

/// The pages with the most in common with a page: shared tags count and, on the page of an explainer, shared people and
/// terms, rare ones most; in a tie, newer pages come first. Pages of its own explainer are excluded.
pub(super) fn related(context: &PageContext<'_>) -> Vec<ChildView> {
    let head = &context.page.head;
    let outline = context.site.outline;
    let explainer = outline.explainer_of(&head.source);
    let mut scores: BTreeMap<Permalink, (usize, Arc<PageHead>)> = BTreeMap::new();
    let mut add = |other: &Arc<PageHead>, n_sharing: usize| {
        let entry = scores.entry(other.permalink.clone());
        entry.or_insert((0, other.clone())).0 += 1_000_000 / n_sharing;
    };
    if !head.tags.is_empty() {
        let groupings = outline.groupings(Taxonomy::Tags);
        let home = outline.home();
        let addresses = head.tags.iter();
        let addresses = addresses.map(|tag| address_of_word(&home, Taxonomy::Tags, tag));
        for word in addresses.filter_map(|address| groupings.at(&address)) {
            for other in word.pages.iter().take(LOOKED_AT) {
                add(other, word.pages.len());
            }
        }
    }
    if let Some(own) = explainer
        .as_ref()
        .filter(|_| head.is_explainer && has_subjects(outline))
    {
        let subjects = outline.shared_subjects();
        let shared = subjects.values().filter(|folders| folders.contains(own));
        for folders in shared {
            let others = folders.iter().filter(|folder| *folder != own);
            for other in others.take(LOOKED_AT) {
                if let Some(front) = outline.index_of(other) {
                    add(&front, folders.len());
                }
            }
        }
    }
    let is_other = |other: &PageHead| {
        other.source != head.source
            && (explainer.is_none() || outline.explainer_of(&other.source) != explainer)
    };
    let mut found: Vec<(usize, Arc<PageHead>)> = scores.into_values().collect();
    found.sort_by(|(one, a), (other, b)| {
        let newer = b.date.cmp(&a.date);
        other
            .cmp(one)
            .then(newer)
            .then_with(|| a.permalink.cmp(&b.permalink))
    });
    let found = found.into_iter().filter(|(_, other)| is_other(other));
    let found = found.take(RELATED);
    found
        .map(|(_, other)| page::child(context.site, &other, &|address| context.link(address)))
        .collect()
}

/// Whether there are people or terms at the top of the site, which explainers can share. If not, nobody has to look at all
/// explainers.
fn has_subjects(outline: &dyn Outline) -> bool {
    let Some(top) = outline.folder("content") else {
        return false;
    };
    let pages = top.index.iter().chain(&top.pages);
    let mut records = pages.flat_map(|page| outline.records(&page.source).to_vec());
    records.any(|(kind, _)| matches!(kind, RecordKind::Person | RecordKind::Term))
}
