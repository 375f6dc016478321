//! What home and section pages list, and the further pages of such a list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Folder, Layout, Outline, PageHead, SortBy};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::outputs::Output;
use crate::plan::page;
use crate::plan::view::{ChildView, LinkView, ListingView, PageView};
use crate::plan::{languages, menu};
use crate::project::{OutputPath, Permalink};

/// A part of a list with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListingPart {
    /// The second and later pages of the list, from 2.
    Page(usize),
    /// The pages of a year.
    Year(u16),
}

impl ListingPart {
    /// Its address below that of the listing page.
    fn permalink(self, head: &PageHead) -> Permalink {
        let above = head.permalink.as_str();
        Permalink::new(match self {
            Self::Page(n) => format!("{above}page/{n}/"),
            Self::Year(year) => format!("{above}archive/{year}/"),
        })
    }
}

/// The further pages of all lists, by path.
pub fn listings(outline: &dyn Outline) -> BTreeMap<OutputPath, Output> {
    let heads = outline.heads();
    let heads = heads.iter().filter(|head| is_list(head));
    let parts = heads.flat_map(|head| {
        let pages = (2..=n_pages(outline, head)).map(ListingPart::Page);
        let years = years(outline, head).into_iter().map(ListingPart::Year);
        pages.chain(years).map(|part| {
            let output = Output::Listing(head.source.clone(), part);
            (part.permalink(head).output_path(), output)
        })
    });
    parts.collect()
}

/// Whether a path could be that of such a page.
pub fn may_be_listing(path: &OutputPath) -> bool {
    path.as_str().contains("page/") || path.as_str().contains("archive/")
}

/// Whether a page lists the pages below it.
fn is_list(head: &PageHead) -> bool {
    head.is_index && matches!(head.layout, Layout::Home | Layout::Section)
}

/// The pages of the list of everything below; empty if the page has none.
fn all_below(outline: &dyn Outline, head: &PageHead) -> Arc<[Arc<PageHead>]> {
    match head.listing.sort_by {
        Some(order) => outline.listed_below(head.source.folder(), order),
        None => Arc::default(),
    }
}

fn n_pages(outline: &dyn Outline, head: &PageHead) -> usize {
    match head.listing.paginate_by {
        Some(size) => all_below(outline, head).len().div_ceil(size),
        None => 1,
    }
}

/// The years of the pages below, latest first; none without an archive.
fn years(outline: &dyn Outline, head: &PageHead) -> Vec<u16> {
    if !head.listing.has_archive {
        return Vec::new();
    }
    let pages = outline.listed_below(head.source.folder(), SortBy::Date);
    let years: BTreeSet<u16> = pages.iter().filter_map(|page| year(page)).collect();
    years.into_iter().rev().collect()
}

fn year(page: &PageHead) -> Option<u16> {
    let day = page.date.as_ref()?.day.to_string();
    day.split('-').next()?.parse().ok()
}

/// What a home or section page shows of the pages below it: the featured ones, the newest, and its list.
pub(super) fn listing(context: &PageContext<'_>) -> ListingView {
    let head = &context.page.head;
    if !is_list(head) {
        return ListingView::default();
    }
    let site = context.site;
    let outline = site.outline;
    let link = |permalink: &Permalink| context.link(permalink);
    let view = |head: &Arc<PageHead>| page::child(site, head, &link);
    let featured = head.listing.featured.iter();
    let featured = featured.filter_map(|file| outline.head(file));
    let newest = match head.listing.latest {
        0 => Arc::default(),
        _ => outline.listed_below(head.source.folder(), SortBy::Date),
    };
    let newest = newest.iter().filter(|page| page.date.is_some());
    let years = years(outline, head).into_iter();
    ListingView {
        featured: featured.map(|head| view(&head)).collect(),
        latest: newest.take(head.listing.latest).map(view).collect(),
        years: years
            .map(|year| LinkView {
                title: year.to_string(),
                href: link(&ListingPart::Year(year).permalink(head)),
                is_current: false,
            })
            .collect(),
        number: 1,
        n_pages: n_pages(outline, head),
        ..ListingView::default()
    }
}

/// What a home or section page lists: with an order, everything below it, limited to the first page. Without one: the
/// pages directly below it, and the subfolders with pages of their own, which matter most on the front page of a site
/// with several explainers.
pub(super) fn children(context: &PageContext<'_>) -> Vec<ChildView> {
    let head = &context.page.head;
    let outline = context.site.outline;
    let folder = outline.folder(head.source.folder());
    let Some(folder) = folder.filter(|_| is_list(head)) else {
        return Vec::new();
    };
    let child =
        |head: Arc<PageHead>| page::child(context.site, &head, &|address| context.link(address));
    if head.listing.sort_by.is_some() {
        let all = all_below(outline, head);
        let first = head.listing.paginate_by.unwrap_or(all.len());
        return all.iter().take(first).cloned().map(child).collect();
    }
    let pages = folder.pages.iter().cloned();
    let folders = fronts_below(outline, &folder).into_iter();
    if head.is_explainer {
        pages.chain(folders).map(child).collect()
    } else {
        folders.chain(pages).map(child).collect()
    }
}

/// The link to the second page of a list, if there is one.
pub(super) fn second_page(context: &PageContext<'_>) -> Option<LinkView> {
    let head = &context.page.head;
    let goes_on = is_list(head) && n_pages(context.site.outline, head) > 1;
    let link = |permalink: &Permalink| context.link(permalink);
    goes_on.then(|| link_to(context.site, head, 2, &link))
}

/// The link to a page of a list, by its number from 1.
fn link_to(
    site: &SiteContext<'_>,
    head: &PageHead,
    number: usize,
    link: &dyn Fn(&Permalink) -> String,
) -> LinkView {
    let permalink = match number {
        1 => head.permalink.clone(),
        n => ListingPart::Page(n).permalink(head),
    };
    LinkView {
        title: site
            .words
            .fill("page_number", &[("n", &number.to_string())]),
        href: link(&permalink),
        is_current: false,
    }
}

/// The view of a further page of a list; `None` if there is no such page.
pub fn listing_page(
    site: &SiteContext<'_>,
    head: &PageHead,
    part: ListingPart,
) -> Option<PageView> {
    let outline = site.outline;
    let permalink = part.permalink(head);
    let link = |address: &Permalink| address.link_from(&permalink, site.link_style());
    let folder = head.source.folder();
    let all = match part {
        ListingPart::Page(_) => all_below(outline, head),
        ListingPart::Year(_) => outline.listed_below(folder, SortBy::Date),
    };
    let (shown, name): (Vec<&Arc<PageHead>>, String) = match part {
        ListingPart::Page(n) => {
            let size = head.listing.paginate_by?;
            let shown = all.iter().skip(n.checked_sub(1)? * size).take(size);
            let name = site.words.fill("page_number", &[("n", &n.to_string())]);
            (shown.collect(), name)
        }
        ListingPart::Year(wanted) => {
            let shown = all.iter().filter(|page| year(page) == Some(wanted));
            (shown.collect(), wanted.to_string())
        }
    };
    if shown.is_empty() {
        return None;
    }
    let children = shown.into_iter();
    let children = children.map(|head| page::child(site, head, &link));
    let n_all = n_pages(outline, head);
    let (previous, next) = match part {
        ListingPart::Page(n) => (
            Some(link_to(site, head, n - 1, &link)),
            (n < n_all).then(|| link_to(site, head, n + 1, &link)),
        ),
        ListingPart::Year(_) => (None, None),
    };
    let title = format!("{} – {name}", head.title);
    Some(PageView {
        layout: Layout::Section.name(),
        full_title: if head.title == site.config.title {
            title.clone()
        } else {
            format!("{title} – {}", site.config.title)
        },
        title,
        canonical: site.absolute(&permalink),
        root: permalink.root_prefix(),
        home: link(&outline.home()),
        languages: languages::switch(site, None, &link),
        menu: menu::view(&site.links.menu, None, &link),
        footer: menu::footer(&site.links.footer, None, link),
        breadcrumbs: trail(outline, head)
            .iter()
            .map(|head| LinkView {
                title: site.words_of(head, &head.nav_title).into_owned(),
                href: link(&head.permalink),
                is_current: false,
            })
            .collect(),
        listing: ListingView {
            number: match part {
                ListingPart::Page(n) => n,
                ListingPart::Year(_) => 1,
            },
            n_pages: match part {
                ListingPart::Page(_) => n_all,
                ListingPart::Year(_) => 1,
            },
            ..ListingView::default()
        },
        previous,
        next,
        children: children.collect(),
        ..PageView::default()
    })
}

/// A folder's page and those of the folders above, from the top down, without the site's front page.
fn trail(outline: &dyn Outline, head: &PageHead) -> Vec<Arc<PageHead>> {
    let folder = head.source.folder();
    let ends = folder.match_indices('/').map(|(end, _)| end).skip(1);
    let ends = ends.chain((folder.contains('/')).then_some(folder.len()));
    ends.filter_map(|end| outline.index_of(&folder[..end]))
        .collect()
}

/// The pages directly in a folder and the front pages of its subfolders; subfolders without a page are searched too, so
/// that everything in them can be reached.
pub(super) fn heads_below(outline: &dyn Outline, folder: &Folder) -> Vec<Arc<PageHead>> {
    let pages = folder.pages.iter().cloned();
    pages.chain(fronts_below(outline, folder)).collect()
}

/// The front pages of a folder's subfolders.
fn fronts_below(outline: &dyn Outline, folder: &Folder) -> Vec<Arc<PageHead>> {
    let folders = folder.folders.iter();
    let fronts = folders.flat_map(|below| match &below.index {
        Some(index) => vec![index.clone()],
        None => match outline.folder(&below.path) {
            Some(folder) => heads_below(outline, &folder),
            None => Vec::new(),
        },
    });
    fronts.collect()
}
