//! Queries about pages of a folder, of an explainer or of the whole site, in an order.

use std::sync::Arc;

use super::inputs::{Db, Directory, Project, directory_in};
use super::languages::untranslated;
use super::names::{CONTENT, has_pages, index_of, is_explainer, pages_in, published};
use crate::check;
use crate::model::{Folder, Language, PageHead, SortBy, Subfolder};

/// A folder that contains pages.
#[salsa::tracked(returns(clone))]
pub(super) fn folder_of_pages(db: &dyn Db, folder: Directory) -> Arc<Folder> {
    // Of an explainer the chapters that nobody has translated are there all the same.
    let missing = match is_explainer(db, folder) {
        true => untranslated(db, folder),
        false => Vec::new(),
    };
    let pages = pages_in(db, folder).chain(missing);
    let heads = pages.filter_map(|page| published(db, page));
    let (indexes, pages): (Vec<_>, Vec<_>) = heads.partition(|head| head.is_index);
    let below = folder.folders(db).iter();
    let below = below.filter(|(_, below)| has_pages(db, **below));
    let folders = below.map(|(path, below)| Subfolder {
        path: path.clone(),
        index: index_of(db, *below),
        is_explainer: is_explainer(db, *below),
    });
    // If two pages claim to be the index, the last by name wins; the other is reported.
    let index = indexes.into_iter().next_back();
    Arc::new(check::folder(
        is_explainer(db, folder),
        index,
        pages,
        folders.collect(),
    ))
}

/// The pages of a folder in reading order.
#[salsa::tracked(returns(clone))]
pub(super) fn pages_of(db: &dyn Db, folder: Directory) -> Arc<[Arc<PageHead>]> {
    let here = folder_of_pages(db, folder);
    let mut pages: Vec<Arc<PageHead>> = here.index.iter().chain(&here.pages).cloned().collect();
    let language = folder.language(db);
    for below in here.folders.iter().filter(|below| !below.is_explainer) {
        let below = directory_in(db, language, &below.path).map(|below| pages_of(db, below));
        pages.extend(below.iter().flat_map(|pages| pages.iter().cloned()));
    }
    pages.into()
}

/// The pages below a folder's own, at any depth, in an order.
#[salsa::tracked(returns(clone))]
pub(super) fn listed_below(db: &dyn Db, folder: Directory, order: SortBy) -> Arc<[Arc<PageHead>]> {
    let here = folder_of_pages(db, folder);
    let below = |path: &str| {
        let folder = directory_in(db, folder.language(db), path);
        folder
            .map(|folder| listed_below(db, folder, order))
            .unwrap_or_default()
    };
    check::listed(&here, order, below).into()
}

/// Every page of the site in a language, by file.
#[salsa::tracked(returns(clone))]
pub(super) fn heads(db: &dyn Db, _project: Project, language: Language) -> Arc<[Arc<PageHead>]> {
    let content = directory_in(db, language, CONTENT);
    let heads = content.map(|content| heads_below(db, content));
    let mut heads = heads.unwrap_or_default().to_vec();
    heads.sort_unstable_by(|one, other| one.source.cmp(&other.source));
    heads.into()
}

/// How many subfolders share a query about their pages.
///
/// After an edit, salsa looks at everything that a value was made from, unless none of it has ever been edited. With
/// groups of about the root of a thousand, that is a few dozen values for the pages of a large site.
const GROUP: usize = 32;

/// The pages in a folder and further down, in no particular order.
#[salsa::tracked(returns(clone))]
fn heads_below(db: &dyn Db, folder: Directory) -> Arc<[Arc<PageHead>]> {
    let here = pages_in(db, folder).filter_map(|page| published(db, page));
    let n_groups = folder.folders(db).len().div_ceil(GROUP);
    let below = (0..n_groups).flat_map(|group| heads_of_group(db, folder, group).to_vec());
    here.chain(below).collect()
}

/// The pages in some of the subfolders of a folder and further down.
#[salsa::tracked(returns(clone))]
fn heads_of_group(db: &dyn Db, folder: Directory, group: usize) -> Arc<[Arc<PageHead>]> {
    let below = folder.folders(db).values().skip(group * GROUP).take(GROUP);
    below
        .flat_map(|below| heads_below(db, *below).to_vec())
        .collect()
}

/// The folders of all explainers that have pages, by path.
#[salsa::tracked(returns(clone))]
pub(super) fn explainers(db: &dyn Db, _project: Project, language: Language) -> Arc<[Arc<str>]> {
    let mut found: Vec<Arc<str>> = Vec::new();
    let content = directory_in(db, language, CONTENT);
    let mut waiting: Vec<Directory> = content.into_iter().collect();
    while let Some(folder) = waiting.pop() {
        if is_explainer(db, folder) && has_pages(db, folder) {
            found.push(folder.path(db));
        }
        waiting.extend(folder.folders(db).values());
    }
    found.sort();
    found.into()
}
