//! Queries about names and addresses, by file and by folder, so that an edit costs only what it touches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::assets;
use super::inputs::{
    Db, Directory, File, Project, directory, directory_in, directory_of, file, files_in,
};
use super::languages::{self, home, languages, twin};
use super::lists::{explainers, folder_of_pages, heads, listed_below, pages_of};
use super::pages::shared_subjects;
use super::shared::{markdown, options};
use crate::check::{self, Checked};
use crate::document::{Document, parse, record_names};
use crate::model::{
    Anchor, Anchors, Asset, Folder, Groupings, Held, Language, Outline, PageHead, RecordKind,
    SortBy, Taxonomy,
};
use crate::project::{Permalink, SourcePath, is_index, is_page};

/// The folder of all pages.
pub(super) const CONTENT: &str = "content";

/// A page as written.
#[salsa::tracked(returns(clone), no_eq)]
pub(super) fn document(db: &dyn Db, file: File) -> Arc<Document> {
    let source = file.source(db);
    let markdown = markdown(db, Project::get(db));
    let document = parse(&source.path, &source.bytes, source.hash, markdown);
    match file.language(db).is_main() && file.key(db) == file.path(db) {
        true => Arc::new(document),
        false => languages::whole(db, file, document),
    }
}

/// What other pages need to know about a page, draft or not, with its faults.
#[salsa::tracked(no_eq)]
pub(super) fn checked_head(db: &dyn Db, file: File) -> Option<Checked<PageHead>> {
    let document = document(db, file);
    let is_explainer = is_index(file.key(db))
        && directory_of(db, file).is_some_and(|folder| is_explainer(db, folder));
    let names_people = |document: &Document| {
        let front_matter = document.front_matter.as_ref();
        front_matter.is_some_and(|front_matter| !front_matter.authors.0.is_empty())
    };
    let nobody = People::new();
    let standing = check::Standing {
        is_explainer,
        is_generated: file.is_generated(db),
        language: file.language(db),
        home: &home(db, file.language(db)),
        people: if names_people(&document) {
            people(db, Project::get(db))
        } else {
            &nobody
        },
    };
    check::head(&document, standing, options(db, Project::get(db)))
}

type People = BTreeMap<String, String>;

/// The names of the people on the pages at the top of the site, by id, as written.
#[salsa::tracked]
fn people(db: &dyn Db, _project: Project) -> People {
    let pages = directory(db, CONTENT).into_iter();
    let pages = pages.flat_map(|folder| pages_in(db, folder));
    let people = pages
        .filter(|page| may_hold_records(db, *page))
        .flat_map(|page| {
            let document = document(db, page);
            let lists = document.lists();
            let names = lists.into_iter().flat_map(|lists| {
                let names = record_names(lists).into_iter();
                let names = names.filter(|name| name.kind == RecordKind::Person);
                names
                    .filter_map(|name| Some((name.id, lists.people.get(name.index)?.name.clone()?)))
            });
            names.collect::<Vec<_>>()
        });
    people.collect()
}

/// The words of a kind by which the site's pages are grouped.
#[salsa::tracked(returns(clone))]
pub(super) fn groupings(
    db: &dyn Db,
    project: Project,
    kind: Taxonomy,
    language: Language,
) -> Arc<Groupings> {
    let home = home(db, language);
    let heads = heads(db, project, language);
    Arc::new(check::groupings((&home, kind), &heads, |_| None))
}

/// What other pages need to know about a published page.
#[salsa::tracked(returns(clone))]
pub(super) fn published(db: &dyn Db, page: File) -> Option<Arc<PageHead>> {
    let head = checked_head(db, page).as_ref()?;
    let is_there = held_back(db, page).is_none() && (!page.is_generated(db) || is_needed(db, page));
    is_there.then(|| head.value.clone())
}

/// Whether a folder without a page of its own needs one: it contains pages, and no page beside it has its address
/// (`border.md` beside `border/`).
fn is_needed(db: &dyn Db, section: File) -> bool {
    let language = section.language(db);
    let path = section.path(db).folder();
    let Some(folder) = directory_in(db, language, path) else {
        return false;
    };
    let mut others = pages_in(db, folder).filter(|page| *page != section);
    let mut below = folder.folders(db).values();
    let holds_pages = others.any(|page| published(db, page).is_some())
        || below.any(|below| has_pages(db, *below));
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    let above = directory_in(db, language, above);
    let address = check::usual_address(&home(db, language), section.key(db));
    holds_pages && above.is_none_or(|above| !addresses_in(db, above).contains(&address))
}

/// The addresses of the pages directly in a folder, except its own.
#[salsa::tracked]
fn addresses_in(db: &dyn Db, folder: Directory) -> BTreeSet<Permalink> {
    let pages = pages_in(db, folder).filter(|page| !is_index(page.key(db)));
    let heads = pages.filter_map(|page| published(db, page));
    heads.map(|head| head.permalink.clone()).collect()
}

#[salsa::tracked(returns(clone))]
fn anchors(db: &dyn Db, file: File) -> Arc<Anchors> {
    let document = document(db, file);
    Arc::new(Anchors {
        ids: document.anchors(),
        is_whole: !document.may_hide_records(),
    })
}

#[salsa::tracked(returns(clone))]
fn records(db: &dyn Db, file: File) -> Arc<[(RecordKind, Arc<str>)]> {
    document(db, file).records().into()
}

/// Whether other pages can refer to records on a page, or could if it had no faults.
#[salsa::tracked(returns(copy))]
pub(super) fn may_hold_records(db: &dyn Db, file: File) -> bool {
    let document = document(db, file);
    check::may_hold_records(&document) || document.may_hide_records()
}

#[salsa::tracked(returns(copy))]
fn makes_explainer(db: &dyn Db, file: File) -> bool {
    check::makes_explainer(&document(db, file))
}

/// Why a page is held back according to its own fields.
#[salsa::tracked(returns(copy))]
fn says_held_back(db: &dyn Db, page: File) -> Option<Held> {
    check::held_back(&document(db, page), options(db, Project::get(db)))
}

/// Why a page is left out for now: because of its own fields, or of the page of a folder above, from the top down.
pub(super) fn held_back(db: &dyn Db, page: File) -> Option<Held> {
    says_held_back(db, page).or_else(|| folder_is_held_back(db, directory_of(db, page)?))
}

/// Why all pages of a folder are left out for now: because of its own page, or of that of a folder above, from the top
/// down.
#[salsa::tracked(returns(copy))]
fn folder_is_held_back(db: &dyn Db, folder: Directory) -> Option<Held> {
    let (path, language) = (folder.path(db), folder.language(db));
    let above = path.rsplit_once('/');
    let above = above.and_then(|(above, _)| directory_in(db, language, above));
    above
        .and_then(|above| folder_is_held_back(db, above))
        .or_else(|| indexes_say(db, folder))
        .or_else(|| {
            let original = directory(db, &path).filter(|_| !language.is_main());
            indexes_say(db, original?)
        })
}

/// Why all pages of a folder are held back, if its own page is.
#[salsa::tracked(returns(copy))]
fn indexes_say(db: &dyn Db, folder: Directory) -> Option<Held> {
    indexes(db, folder).find_map(|page| says_held_back(db, page))
}

/// The pages that claim to be that of a folder, the last by name first.
fn indexes(db: &dyn Db, folder: Directory) -> impl Iterator<Item = File> {
    let pages = folder.files(db).iter().rev();
    let indexes = pages.filter(|(path, page)| is_page(path) && is_index(page.key(db)));
    indexes.map(|(_, page)| *page)
}

/// The page of a folder, if it is published.
pub(super) fn index_of(db: &dyn Db, folder: Directory) -> Option<Arc<PageHead>> {
    indexes(db, folder).find_map(|page| published(db, page))
}

/// Whether a folder is an explainer: its page says so, or it contains a page of events, figures or reactions.
#[salsa::tracked(returns(copy))]
pub(super) fn is_explainer(db: &dyn Db, folder: Directory) -> bool {
    let mut pages = pages_in(db, folder);
    pages.any(|page| makes_explainer(db, page)) || {
        let is_translated = !folder.language(db).is_main();
        let original = is_translated.then(|| directory(db, &folder.path(db)));
        original
            .flatten()
            .is_some_and(|folder| is_explainer(db, folder))
    }
}

/// The pages directly in a folder, including drafts.
pub(super) fn pages_in(db: &dyn Db, folder: Directory) -> impl Iterator<Item = File> {
    let files = folder.files(db).iter();
    files
        .filter(|(path, _)| is_page(path))
        .map(|(_, file)| *file)
}

/// The pages of the site in all languages, drafts too: those of one language after the other, by path.
pub(super) fn all_pages(db: &dyn Db) -> Vec<File> {
    let pages = languages(db).map(|language| pages_below(db, language, CONTENT));
    pages.flatten().collect()
}

/// The pages of a language in a folder and further down, including drafts, by path.
pub(super) fn pages_below(db: &dyn Db, language: Language, folder: &str) -> Vec<File> {
    let files = files_in(db, language, folder).into_iter();
    let pages = files.filter(|(path, _)| is_page(path));
    pages.map(|(_, file)| file).collect()
}

/// Whether there is a published page in a folder or further down.
#[salsa::tracked(returns(copy))]
pub(super) fn has_pages(db: &dyn Db, folder: Directory) -> bool {
    pages_in(db, folder).any(|page| published(db, page).is_some())
        || folder
            .folders(db)
            .values()
            .any(|below| has_pages(db, *below))
}

/// As [`check::may_be_dated`].
#[salsa::tracked(returns(copy))]
fn may_be_dated(db: &dyn Db, page: File) -> bool {
    // A translation takes the days that it doesn't say from its original.
    !page.language(db).is_main() || check::may_be_dated(page.path(db), &page.source(db).bytes)
}

/// Whether there is a page of the site in a language.
pub(super) fn has_pages_in(db: &dyn Db, language: Language) -> bool {
    directory_in(db, language, CONTENT).is_some_and(|content| has_pages(db, content))
}

/// Whether a page in a folder or further down has a date of publication or change.
#[salsa::tracked(returns(copy))]
fn is_dated(db: &dyn Db, folder: Directory) -> bool {
    let pages = pages_in(db, folder).filter(|page| may_be_dated(db, *page));
    let mut heads = pages.filter_map(|page| published(db, page));
    heads.any(|head| head.date.is_some() || head.updated.is_some())
        || folder
            .folders(db)
            .values()
            .any(|below| is_dated(db, *below))
}

/// The pages of a language that have corrections or updates, by file.
#[salsa::tracked(returns(clone))]
fn with_notices(db: &dyn Db, project: Project, language: Language) -> Arc<[SourcePath]> {
    let noticing = project.noticing(db).iter();
    // A translation takes those that it doesn't have from its original.
    let pages = noticing.filter_map(|page| match page.language(db) == language {
        true => Some(*page),
        false => twin(db, *page, language),
    });
    let heads = pages.filter_map(|page| published(db, page));
    let found = heads.filter(|head| head.has_notices);
    let mut found: Vec<SourcePath> = found.map(|head| head.source.clone()).collect();
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// The outline of one language, backed by a database: each answer is a query of its own.
#[derive(Clone, Copy)]
pub(super) struct Names<'db>(pub(super) &'db dyn Db, pub(super) Language);

impl<'db> Names<'db> {
    /// The outline of the main language.
    pub(super) fn main(db: &'db dyn Db) -> Self {
        Self(db, Language::MAIN)
    }

    /// The outline of the language that a page is in.
    pub(super) fn of(db: &'db dyn Db, page: &SourcePath) -> Self {
        Self(db, Project::get(db).languages(db).of(page))
    }

    /// A page by its file or that of its original, in this language if it is there.
    fn page(&self, path: &SourcePath) -> Option<File> {
        let Self(db, language) = *self;
        let page = file(db, path).filter(|_| is_page(path))?;
        match language == page.language(db) {
            true => Some(page),
            false => twin(db, page, language).or(Some(page)),
        }
    }

    /// The folder in this language; that of the main one, if nothing in it is translated.
    fn directory(&self, path: &str) -> Option<Directory> {
        let Self(db, language) = *self;
        let here = directory_in(db, language, path);
        let here = here.filter(|folder| language.is_main() || has_pages(db, *folder));
        here.or_else(|| directory(db, path))
    }
}

impl Outline for Names<'_> {
    fn language(&self) -> Language {
        self.1
    }

    fn home(&self) -> Permalink {
        home(self.0, self.1)
    }

    fn head(&self, page: &SourcePath) -> Option<Arc<PageHead>> {
        let page = self.page(page)?;
        let original = || published(self.0, languages::original(self.0, page)?);
        published(self.0, page).or_else(original)
    }

    fn anchors(&self, page: &SourcePath) -> Option<Arc<Anchors>> {
        Some(anchors(self.0, self.page(page)?))
    }

    fn records(&self, page: &SourcePath) -> Arc<[(RecordKind, Arc<str>)]> {
        let page = self.page(page);
        page.map(|page| records(self.0, page)).unwrap_or_default()
    }

    fn folder(&self, path: &str) -> Option<Arc<Folder>> {
        let folder = self.directory(path)?;
        (path == CONTENT || has_pages(self.0, folder)).then(|| folder_of_pages(self.0, folder))
    }

    fn pages_of(&self, folder: &str) -> Arc<[Arc<PageHead>]> {
        let folder = self.directory(folder);
        folder
            .map(|folder| pages_of(self.0, folder))
            .unwrap_or_default()
    }

    fn listed_below(&self, folder: &str, order: SortBy) -> Arc<[Arc<PageHead>]> {
        let folder = directory_in(self.0, self.1, folder);
        folder
            .map(|folder| listed_below(self.0, folder, order))
            .unwrap_or_default()
    }

    fn groupings(&self, kind: Taxonomy) -> Arc<Groupings> {
        groupings(self.0, Project::get(self.0), kind, self.1)
    }

    fn explainer_of(&self, file: &SourcePath) -> Option<Arc<str>> {
        let mut path = file.folder();
        loop {
            let folder = self.directory(path);
            let folder = folder.filter(|folder| is_explainer(self.0, *folder));
            match folder {
                Some(folder) => return Some(folder.path(self.0)),
                None => path = path.rsplit_once('/')?.0,
            }
        }
    }

    fn asset(&self, file: &SourcePath) -> Option<Asset> {
        assets::asset(self.0, file)
    }

    fn translation(&self, page: &SourcePath, language: Language) -> Option<Arc<PageHead>> {
        let page = file(self.0, page).filter(|_| is_page(page))?;
        published(self.0, twin(self.0, page, language)?)
    }

    fn held_back(&self, page: &SourcePath) -> Option<Held> {
        held_back(self.0, self.page(page)?)
    }

    fn is_unreadable(&self, path: &SourcePath) -> bool {
        let folder = self.directory(path.as_str());
        let indexes = folder
            .into_iter()
            .flat_map(|folder| indexes(self.0, folder));
        let mut pages = self.page(path).into_iter().chain(indexes);
        pages.any(|page| checked_head(self.0, page).is_none())
    }

    fn is_dated(&self) -> bool {
        directory_in(self.0, self.1, CONTENT).is_some_and(|content| is_dated(self.0, content))
    }

    fn with_notices(&self) -> Arc<[SourcePath]> {
        with_notices(self.0, Project::get(self.0), self.1)
    }

    fn heads(&self) -> Arc<[Arc<PageHead>]> {
        heads(self.0, Project::get(self.0), self.1)
    }

    fn shared_subjects(&self) -> Arc<BTreeMap<Anchor, Vec<Arc<str>>>> {
        shared_subjects(self.0, Project::get(self.0), self.1)
    }

    fn explainers(&self) -> Arc<[Arc<str>]> {
        explainers(self.0, Project::get(self.0), self.1)
    }

    fn assets(&self) -> Arc<BTreeMap<SourcePath, Asset>> {
        assets::all_assets(self.0, Project::get(self.0))
    }
}
