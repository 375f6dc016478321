//! Queries about checked pages and their records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::inputs::{Db, Directory, File, Project, directory_in, directory_of, file};
use super::languages::{stand_in, untranslated};
use super::lists::{explainers, pages_of};
use super::names::{
    CONTENT, Names, document, is_explainer, may_hold_records, pages_below, pages_in, published,
};
use super::shared::{ledger, options};
use crate::check::{self, Checked, Member, Scope};
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::evidence;
use crate::model::{Anchor, Language, Page};
use crate::project::{SourcePath, is_page};

/// The records that pages in a folder can refer to.
#[salsa::tracked(no_eq)]
pub(super) fn scope(db: &dyn Db, folder: Directory) -> Checked<Scope> {
    let (language, path) = (folder.language(db), folder.path(db));
    let above = path.rsplit_once('/');
    let above = above.and_then(|(above, _)| directory_in(db, language, above));
    let above = above.map(|above| scope(db, above).value.clone());
    let pages = pages_in(db, folder).filter(|page| may_hold_records(db, *page));
    let pages = pages.map(|page| (page, document(db, page)));
    let mut pages: Vec<(File, Arc<Document>)> = pages.collect();
    let missing = untranslated(db, folder).into_iter();
    let missing = missing.filter(|page| may_hold_records(db, *page));
    pages.extend(missing.map(|page| (page, stand_in(db, page, language))));
    let is_broken = pages.iter().any(|(_, page)| page.may_hide_records());
    let members = pages.into_iter().filter_map(|(page, document)| {
        let head = published(db, page)?;
        Some((document, head))
    });
    let scope = check::scope(
        &members.collect::<Vec<Member>>(),
        (is_explainer(db, folder), is_broken),
        &Names(db, language),
        above,
        options(db, Project::get(db)),
    );
    match language.is_main() {
        true => scope,
        false => Checked {
            faults: own_faults(db, language, &scope.faults),
            ..scope
        },
    }
}

/// The faults in files of a language: those in an original are told there.
fn own_faults(db: &dyn Db, language: Language, faults: &[Diagnostic]) -> Arc<[Diagnostic]> {
    let languages = Project::get(db).languages(db);
    let is_own = |fault: &&Diagnostic| languages.of(&fault.place.file) == language;
    faults.iter().filter(is_own).cloned().collect()
}

/// A page with its faults; `None` for a draft, or if its front matter has faults.
#[salsa::tracked(no_eq)]
pub(super) fn checked_page(db: &dyn Db, page: File) -> Option<Checked<Page>> {
    published(db, page)?;
    let language = page.language(db);
    let scope = &scope(db, directory_of(db, page)?).value;
    let options = options(db, Project::get(db));
    let checked = check::page(&document(db, page), &Names(db, language), scope, options)?;
    Some(match language.is_main() {
        true => checked,
        false => Checked {
            faults: own_faults(db, language, &checked.faults),
            ..checked
        },
    })
}

/// A page; `None` for a draft, or if its front matter has faults.
#[salsa::tracked(returns(clone))]
pub(super) fn page(db: &dyn Db, page: File) -> Option<Arc<Page>> {
    let page = checked_page(db, page).as_ref()?;
    Some(page.value.clone())
}

/// The publishable pages of a language in a folder and further down, by file.
pub(super) fn checked_below(db: &dyn Db, language: Language, folder: &str) -> Vec<Arc<Page>> {
    let files = pages_below(db, language, folder).into_iter();
    files.filter_map(|file| page(db, file)).collect()
}

/// The page of a file.
pub(super) fn page_at(db: &dyn Db, path: &SourcePath) -> Option<Arc<Page>> {
    page(db, file(db, path).filter(|_| is_page(path))?)
}

/// The number of claims on a page that can be compared with sources, for a site that was never verified.
#[salsa::tracked(returns(copy))]
pub(super) fn n_comparable(db: &dyn Db, file: File) -> usize {
    if !file.language(db).is_main() {
        return 0;
    }
    page(db, file).map_or(0, |page| evidence::n_comparable(&page))
}

/// What `evidence.lock` doesn't confirm about a page.
#[salsa::tracked]
pub(super) fn doubts(db: &dyn Db, file: File) -> Vec<Diagnostic> {
    let Some(page) = page(db, file) else {
        return Vec::new();
    };
    let ledger = ledger(db, Project::get(db));
    // What a translation claims of sources is what its original does.
    match ledger.lock().filter(|_| file.language(db).is_main()) {
        Some(_) => evidence::faults(ledger, &page, &document(db, file)),
        None => Vec::new(),
    }
}

/// The people and terms of the pages at the top of the site that a page tells of: who speaks or takes part, and what is
/// explained.
#[salsa::tracked(returns(ref))]
fn subjects(db: &dyn Db, file: File) -> BTreeSet<Anchor> {
    let Some(page) = page(db, file) else {
        return BTreeSet::new();
    };
    let records = &page.records;
    let speakers = records.reactions.iter().map(|reaction| &reaction.speaker);
    let involved = records.events.iter().flat_map(|event| &event.people);
    let people = speakers.chain(involved).map(|person| &person.anchor);
    let all = people.chain(page.mentioned.iter().map(|term| &term.anchor));
    all.filter(|anchor| &*anchor.folder == CONTENT)
        .cloned()
        .collect()
}

/// The people and terms of the pages at the top of the site, each with the explainers that tell of it, by folder.
#[salsa::tracked(returns(clone))]
pub(super) fn shared_subjects(
    db: &dyn Db,
    project: Project,
    language: Language,
) -> Arc<BTreeMap<Anchor, Vec<Arc<str>>>> {
    let mut shared: BTreeMap<Anchor, Vec<Arc<str>>> = BTreeMap::new();
    for folder in &*explainers(db, project, language) {
        let pages = directory_in(db, language, folder).map(|folder| pages_of(db, folder));
        let pages = pages.iter().flat_map(|pages| pages.iter());
        let files = pages.filter_map(|head| file(db, &head.source));
        let told: BTreeSet<&Anchor> = files.flat_map(|file| subjects(db, file)).collect();
        for anchor in told {
            shared
                .entry(anchor.clone())
                .or_default()
                .push(folder.clone());
        }
    }
    Arc::new(shared)
}
