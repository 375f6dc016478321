//! Queries about checked pages and their records.

use std::sync::Arc;

use super::inputs::{Db, Directory, File, Project, directory, file};
use super::names::{
    Names, document, is_explainer, may_hold_records, pages_below, pages_in, published,
};
use super::shared::{ledger, options};
use crate::check::{self, Checked, Member, Scope};
use crate::diag::{Diagnostic, Place};
use crate::evidence;
use crate::model::Page;
use crate::project::{SourcePath, is_page};

/// The records that pages in a folder can refer to.
#[salsa::tracked(no_eq)]
pub(super) fn scope(db: &dyn Db, folder: Directory) -> Checked<Scope> {
    let path = folder.path(db);
    let above = path.rsplit_once('/');
    let above = above.and_then(|(above, _)| directory(db, above));
    let above = above.map(|above| scope(db, above).value.clone());
    let pages = pages_in(db, folder).filter(|page| may_hold_records(db, *page));
    let pages: Vec<File> = pages.collect();
    let is_broken = pages
        .iter()
        .any(|page| document(db, *page).may_hide_records());
    let members = pages.into_iter().filter_map(|page| {
        let head = published(db, page)?;
        Some((document(db, page), head))
    });
    check::scope(
        &members.collect::<Vec<Member>>(),
        (is_explainer(db, folder), is_broken),
        &Names(db),
        above,
        options(db, Project::get(db)),
    )
}

/// A page with its faults; `None` for a draft, or if its front matter has faults.
#[salsa::tracked(no_eq)]
pub(super) fn checked_page(db: &dyn Db, page: File) -> Option<Checked<Page>> {
    published(db, page)?;
    let folder = directory(db, page.path(db).folder())?;
    let scope = &scope(db, folder).value;
    let options = options(db, Project::get(db));
    check::page(&document(db, page), &Names(db), scope, options)
}

/// A page; `None` for a draft, or if its front matter has faults.
#[salsa::tracked(returns(clone))]
pub(super) fn page(db: &dyn Db, page: File) -> Option<Arc<Page>> {
    let page = checked_page(db, page).as_ref()?;
    Some(page.value.clone())
}

/// The publishable pages in a folder and further down, by file.
pub(super) fn checked_below(db: &dyn Db, folder: &str) -> Vec<Arc<Page>> {
    let files = pages_below(db, folder).into_iter();
    files.filter_map(|file| page(db, file)).collect()
}

/// The page of a file.
pub(super) fn page_at(db: &dyn Db, path: &SourcePath) -> Option<Arc<Page>> {
    page(db, file(db, path).filter(|_| is_page(path))?)
}

/// The claims of a page that can be compared with sources, for a site that was never verified.
#[salsa::tracked]
pub(super) fn comparable(db: &dyn Db, file: File) -> Option<(Place, usize)> {
    evidence::comparable(&*page(db, file)?, &document(db, file))
}

/// What `evidence.lock` doesn't confirm about a page.
#[salsa::tracked]
pub(super) fn doubts(db: &dyn Db, file: File) -> Vec<Diagnostic> {
    let Some(page) = page(db, file) else {
        return Vec::new();
    };
    let ledger = ledger(db, Project::get(db));
    match ledger.lock() {
        Some(_) => evidence::faults(ledger, &page, &document(db, file)),
        None => Vec::new(),
    }
}
