//! Checks what the page of a folder lists.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::check::fields::{Fields, present};
use crate::check::outline::CONTENT;
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::{Folder, Listing, Outline, PageHead, SortBy};
use crate::project::{SourcePath, is_index};

/// What a page says about its list; a fault and the defaults if it isn't the page of a folder.
pub(super) fn listing(
    document: &Document,
    front_matter: &FrontMatter,
    fields: &mut Fields<'_>,
) -> Listing {
    if !is_index(&document.key) {
        let written = [
            ("featured", !front_matter.featured.0.is_empty()),
            ("latest", front_matter.latest.is_some()),
            ("sort_by", front_matter.sort_by.is_some()),
            ("paginate_by", front_matter.paginate_by.is_some()),
            ("archive", front_matter.archive),
        ];
        for (field, _) in written.into_iter().filter(|(_, is_written)| *is_written) {
            let message =
                format!("`{field}` is for the page of a folder, which lists what is in it");
            fields.fault(Code::BadValue, field, message, |d| {
                d.help("move it to the `index.md` of the folder")
            });
        }
        return Listing::default();
    }
    let sort_by = fields.one_of(
        "sort_by",
        front_matter.sort_by.as_ref(),
        &SortBy::ALL,
        SortBy::name,
    );
    let paginate_by = count("paginate_by", front_matter.paginate_by.as_ref(), fields);
    Listing {
        featured: featured(document, front_matter, fields),
        latest: count("latest", front_matter.latest.as_ref(), fields).unwrap_or_default(),
        sort_by: sort_by.or(paginate_by.map(|_| SortBy::Date)),
        paginate_by,
        has_archive: front_matter.archive,
    }
}

/// A number of pages, at least one.
fn count(field: &str, value: Option<&String>, fields: &mut Fields<'_>) -> Option<usize> {
    let number = fields.integer(field, value)?;
    let count = usize::try_from(number).ok().filter(|count| *count > 0);
    if count.is_none() {
        let message = format!("`{field}` should be a number of pages, not `{number}`");
        fields.fault(Code::BadNumber, field, message, |d| {
            d.help("write 1 or more, or remove the line")
        });
    }
    count
}

/// The files named in `featured`.
fn featured(
    document: &Document,
    front_matter: &FrontMatter,
    fields: &mut Fields<'_>,
) -> Vec<SourcePath> {
    let written = front_matter.featured.0.iter();
    let files = written.filter_map(|written| {
        let file = featured_file(document, written);
        if file.is_none() {
            let message = format!("`{written}` isn't the path of a page");
            fields.fault(Code::BadValue, "featured", message, |d| {
                d.help("write a file's path from this one: `border/index.md`")
            });
        }
        file
    });
    files.collect()
}

fn featured_file(document: &Document, written: &str) -> Option<SourcePath> {
    let top = SourcePath::new(format!("{CONTENT}/index.md"));
    match present(Some(&written.to_owned()))?.strip_prefix('/') {
        Some(below) => top.join(below),
        None => document.path.join(written.trim()),
    }
}

/// Faults for pages in `featured` that don't exist.
pub(super) fn missing(document: &Document, outline: &dyn Outline) -> Vec<Diagnostic> {
    let written = document.front_matter.iter().flat_map(|f| &f.featured.0);
    let named = written.enumerate().filter_map(|(index, written)| {
        let file = featured_file(document, written)?;
        let is_there = outline.head(&file).is_some() || outline.is_unreadable(&file);
        (!is_there).then_some((index, file))
    });
    let faults = named.map(|(index, file)| {
        let place = document.place(&FieldPath::field("featured").index(index));
        let message = format!("there is no page `{file}`");
        let fault = Diagnostic::new(Code::BrokenLink, place, message);
        if let Some(held) = outline.held_back(&file) {
            return fault.help(held.help());
        }
        let pages = outline.heads();
        let pages = pages.iter().map(|head| head.source.as_str());
        fault.suggest(file.as_str(), pages)
    });
    faults.collect()
}

/// The pages below a folder's own, in an order; `below` returns those of a subfolder in that order.
pub fn listed(
    folder: &Folder,
    order: SortBy,
    below: impl Fn(&str) -> Arc<[Arc<PageHead>]>,
) -> Vec<Arc<PageHead>> {
    let mut pages = folder.pages.clone();
    for folder in &folder.folders {
        match &folder.index {
            Some(front) if folder.is_explainer => pages.push(front.clone()),
            _ => pages.extend(below(&folder.path).iter().cloned()),
        }
    }
    sort(&mut pages, order);
    pages
}

/// Sorts pages; equal ones are ordered by title and address.
pub fn sort(pages: &mut [Arc<PageHead>], order: SortBy) {
    let date = |page: &PageHead| {
        let date = page.date.as_ref();
        date.map(|date| date.time.clone().unwrap_or_else(|| date.day.to_string()))
    };
    pages.sort_by_cached_key(|page| {
        let first = match order {
            SortBy::Date => (i64::MAX, Reverse(date(page))),
            SortBy::Weight => (page.weight.unwrap_or(i64::MAX), Reverse(date(page))),
            SortBy::Title => (i64::MAX, Reverse(None)),
        };
        (first, page.title.to_lowercase(), page.permalink.clone())
    });
}
