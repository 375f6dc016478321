//! Collects the faults of a site, and those that affect a page.

use std::sync::Arc;

use rayon::prelude::*;

use super::Edition;
use super::addresses::{address_faults, faults_of_parts};
use super::inputs::{Database, Db, Directory, File, Project, directory_in, file};
use super::languages::{home, languages};
use super::names::{CONTENT, Names, all_pages, checked_head, document, held_back, pages_in};
use super::outputs::{output, rendered_besides};
use super::pages::{checked_below, checked_page, doubts, n_comparable, page, scope};
use super::produce::{fault_of, faults_in_templates};
use super::shared::{card_fonts, config, config_file, ledger, options, setup_faults};
use crate::assets;
use crate::cards::Fonts;
use crate::check;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::FieldPath;
use crate::evidence;
use crate::model::{Outline as _, Page, PageHead, Taxonomy};
use crate::plan::{self, Output};
use crate::project::{OutputPath, SourcePath, is_page, language_in_name};

/// Whether an answer is still wanted.
type IsWanted<'a> = &'a (dyn Fn() -> bool + Sync);

/// How far to look for faults; each level includes the previous ones.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Depth {
    /// Pages, records, addresses and settings by themselves.
    Content,
    /// Also what `evidence.lock` says about them: everything that shows before rendering.
    Evidence,
    /// Also templates, by rendering every output that one makes. Those of the theme by themselves render whatever there
    /// is, so a site without templates of its own is spared that.
    Templates,
}

impl Edition {
    /// Every fault down to a depth, in no particular order.
    ///
    /// The work is divided among threads, and earlier results are reused.
    pub fn faults(&self, depth: Depth) -> Diagnostics {
        self.faults_while(depth, &|| true).unwrap_or_default()
    }

    /// Like [`Edition::faults`]; `None` if the answer is no longer wanted before everything is checked. Whatever was
    /// checked by then is kept for the next call.
    pub fn faults_while(&self, depth: Depth, is_wanted: IsWanted<'_>) -> Option<Diagnostics> {
        let mut faults = self.faults_of_content(is_wanted)?;
        if depth >= Depth::Evidence {
            faults.extend(self.faults_of_evidence(is_wanted)?);
        }
        if depth >= Depth::Templates {
            faults.extend(self.faults_of_templates(is_wanted)?);
        }
        Some(faults)
    }

    fn faults_of_templates(&self, is_wanted: IsWanted<'_>) -> Option<Diagnostics> {
        let has_own = self.snapshot.below("templates").next().is_some();
        if !has_own || !self.is_usable() {
            return Some(Diagnostics::new());
        }
        let (files, others) = {
            let db = self.database();
            (all_pages(&db), rendered_besides(&db))
        };
        let of_pages = self.each(&files, is_wanted, |db, file| {
            faults_in_templates(db, *file).clone()
        })?;
        let found = self.each(&others, is_wanted, |db, (path, output)| {
            fault_of(db, path.clone(), output.clone()).clone()
        })?;
        let others = found.into_iter().flatten().map(|fault| *fault);
        Some(of_pages.into_iter().flatten().chain(others).collect())
    }

    fn faults_of_evidence(&self, is_wanted: IsWanted<'_>) -> Option<Diagnostics> {
        let db = self.database();
        let ledger = ledger(&db, Project::get(&db));
        let mut faults: Diagnostics = ledger.fault().cloned().into_iter().collect();
        let files = all_pages(&db);
        if ledger.lock().is_some() {
            faults.extend(evidence::old_lock(ledger));
            drop(db);
            let found = self.each(&files, is_wanted, |db, file| doubts(db, *file).clone())?;
            faults.extend(found.into_iter().flatten());
        } else if ledger.fault().is_none() {
            drop(db);
            let counts = self.each(&files, is_wanted, |db, file| n_comparable(db, *file))?;
            let mut claiming = files.iter().zip(&counts).filter(|(_, n)| **n > 0);
            let first = claiming.next().filter(|_| is_wanted());
            faults.extend(first.and_then(|(file, _)| {
                let db = self.database();
                let page = page(&db, *file)?;
                evidence::never_verified(counts.iter().sum(), &page, &document(&db, *file))
            }));
        }
        Some(faults)
    }

    fn faults_of_content(&self, is_wanted: IsWanted<'_>) -> Option<Diagnostics> {
        let (files, folders) = {
            let db = self.database();
            (all_pages(&db), folders_below(&db, CONTENT))
        };
        let of_pages = self.each(&files, is_wanted, |db, file| {
            let mut faults = faults_of_page(db, *file);
            faults.extend(faults_of_parts(db, *file).iter().cloned());
            faults
        })?;
        let of_folders = self.each(&folders, is_wanted, |db, folder| {
            scope(db, *folder).faults.clone()
        })?;
        let mut faults: Diagnostics = of_pages.into_iter().flatten().collect();
        faults.extend(of_folders.iter().flat_map(|faults| faults.iter().cloned()));
        if !is_wanted() {
            return None;
        }
        let db = self.database();
        let project = Project::get(&db);
        faults.extend(setup_faults(&db, project).iter().cloned());
        faults.extend(address_faults(&db, project).iter().cloned());
        let kinds = languages(&db).flat_map(|language| Taxonomy::ALL.map(|kind| (language, kind)));
        for (language, kind) in kinds {
            let place = |head: &PageHead, index| match file(&db, &head.source) {
                Some(file) => document(&db, file).place(&FieldPath::item(kind.name(), index)),
                None => Place::file(&head.source),
            };
            let groupings = Names(&db, language).groupings(kind);
            let home = home(&db, language);
            faults.extend(check::collisions((&home, kind), &groupings, place));
        }
        let kinds = config(&db, project).map(|config| config.files.as_slice());
        faults.extend(assets::faults(&self.snapshot, kinds.unwrap_or_default()));
        if let (Some(config), Some(settings)) = (config(&db, project), config_file(&db)) {
            faults.extend(check::settings::missing_pages(
                config,
                settings.source(&db),
                &Names::main(&db),
            ));
            let is_font = |path: &SourcePath| {
                file(&db, path).map(|font| Fonts::is_font(&font.source(&db).bytes))
            };
            faults.extend(check::settings::card_fonts(
                config,
                settings.source(&db),
                is_font,
            ));
        }
        faults.extend(unknown_languages(&db));
        let files = files.iter().filter(|file| file.language(&db).is_main());
        let pages: Vec<Arc<Page>> = files.filter_map(|file| page(&db, *file)).collect();
        faults.extend(plain_cards(&db, project));
        // What follows needs no database, and an edit shouldn't have to wait for it.
        drop(db);
        let document = |path: &SourcePath| self.document(path).filter(|_| is_wanted());
        faults.extend(check::unused_sources(&pages, &document));
        Some(faults)
    }

    /// The faults that affect one output: those of its page, of the records within the page's reach, and of the pages
    /// that it shows. Faults that only rendering reveals aren't included.
    pub fn faults_of(&self, path: &OutputPath) -> Diagnostics {
        let db: &Database = &self.database();
        let project = Project::get(db);
        let mut faults: Diagnostics = setup_faults(db, project).iter().cloned().collect();
        faults.extend(ledger(db, project).fault().cloned());
        let Some(Output::Page(source) | Output::Section(source)) = output(db, path) else {
            return faults;
        };
        faults.extend(faults_by_itself(db, &source));
        let language = Names::of(db, &source).1;
        let folders = std::iter::successors(Some(source.folder()), |folder| {
            folder.rsplit_once('/').map(|(parent, _)| parent)
        });
        for folder in folders.filter_map(|folder| directory_in(db, language, folder)) {
            let scope = scope(db, folder);
            faults.extend(scope.faults.iter().cloned());
            if scope.value.is_broken() {
                let broken = pages_in(db, folder).map(|page| document(db, page));
                for document in broken.filter(|document| document.may_hide_records()) {
                    faults.extend(document.faults().cloned());
                }
            }
        }
        let page = file(db, &source).and_then(|file| page(db, file));
        if page.is_some_and(|page| plan::looks_around(&page, ledger(db, project))) {
            for page in checked_below(db, language, source.folder()) {
                faults.extend(faults_by_itself(db, &page.head.source));
            }
        }
        faults
    }

    /// The faults of one page and of the records on it, whether or not it could be made: those found without looking at
    /// other pages and without rendering.
    pub fn faults_in(&self, source: &SourcePath) -> Diagnostics {
        let db: &Database = &self.database();
        let mut faults: Diagnostics = faults_by_itself(db, source).into_iter().collect();
        let language = Names::of(db, source).1;
        let folder = directory_in(db, language, source.folder());
        let folder = folder.map(|folder| scope(db, folder));
        let of_records = folder.iter().flat_map(|scope| scope.faults.iter());
        let of_page = of_records.filter(|fault| fault.place.file == *source);
        faults.extend(of_page.cloned());
        faults
    }

    /// Runs a function on many items in parallel; `None` if the answer is no longer wanted.
    pub(super) fn each<K: Sync, T: Send>(
        &self,
        things: &[K],
        is_wanted: IsWanted<'_>,
        ask: impl Fn(&Database, &K) -> T + Sync + Send,
    ) -> Option<Vec<T>> {
        if !is_wanted() {
            return None;
        }
        let things = things.par_iter();
        let asked = things.map_with(self.database(), |db, thing| {
            is_wanted().then(|| ask(db, thing))
        });
        asked.collect()
    }
}

/// One remark for all pages whose headlines can't be drawn.
fn plain_cards(db: &dyn Db, project: Project) -> Option<Diagnostic> {
    let config = config(db, project)?;
    if !config.cards || config.base_url.is_none() {
        return None;
    }
    let heads = Names::main(db).heads();
    let fonts = card_fonts(db, project);
    let plain = heads.iter().filter(|head| !fonts.can_show(&head.title));
    let plain: Vec<&SourcePath> = plain.map(|head| &head.source).collect();
    let first = plain.first()?;
    let message = format!(
        "the pictures of {} of {} pages, for where they are shared, show the site's address instead of the headline: \
         no font has all its letters",
        plain.len(),
        heads.len()
    );
    let fault = Diagnostic::new(Code::PlainCard, Place::file(first), message);
    Some(fault.help(
        "the program's font has Latin, Greek and Cyrillic letters; name another with `card_fonts: [fonts/….ttf]` in `site.yaml`, \
         or leave out all pictures with `cards: false`",
    ))
}

/// Pages whose names are those of translations into a language that the site hasn't: one of a page beside them, if not
/// of `languages:`.
fn unknown_languages(db: &dyn Db) -> Vec<Diagnostic> {
    let pages = all_pages(db).into_iter();
    let pages = pages.filter(|page| page.key(db) == page.path(db));
    let faults = pages.filter_map(|page| {
        let path = page.path(db);
        let (stem, tag) = language_in_name(path)?;
        let (folder, ending) = (path.folder(), path.extension());
        let original = SourcePath::new(format!("{folder}/{stem}.{ending}"));
        file(db, &original)?;
        let message = format!("`{tag}` isn't a language of the site, so this page stands by itself");
        let fault = Diagnostic::new(Code::UnknownLanguage, Place::file(path), message);
        Some(fault.help(format!(
            "if it is a translation of `{original}`, write `languages: {{{tag}: {{title: …}}}}` in `site.yaml`"
        )))
    });
    faults.collect()
}

/// A folder and all folders below it, in all languages.
fn folders_below(db: &dyn Db, top: &str) -> Vec<Directory> {
    let tops = languages(db).filter_map(|language| directory_in(db, language, top));
    let mut found: Vec<Directory> = tops.collect();
    let mut next = 0;
    while let Some(folder) = found.get(next).copied() {
        found.extend(folder.folders(db).values());
        next += 1;
    }
    found
}

/// The faults of a page, except those of its records and of what `evidence.lock` says. For a page that is held back,
/// there is only the remark about that.
///
/// What is wrong in the original of a translation is told of the original.
fn faults_of_page(db: &dyn Db, file: File) -> Vec<Diagnostic> {
    let mut faults = all_faults_of_page(db, file);
    if !file.language(db).is_main() {
        faults.retain(|fault| fault.place.file == *file.path(db) && !file.is_generated(db));
    }
    faults
}

fn all_faults_of_page(db: &dyn Db, file: File) -> Vec<Diagnostic> {
    let document = document(db, file);
    if held_back(db, file).is_some() {
        let remark = check::remark(&document, options(db, Project::get(db)));
        return remark.into_iter().collect();
    }
    let head = checked_head(db, file).iter();
    let page = checked_page(db, file).iter();
    document
        .faults()
        .chain(head.flat_map(|head| head.faults.iter()))
        .chain(page.flat_map(|page| page.faults.iter()))
        .cloned()
        .collect()
}

/// The faults of a page by itself, including what `evidence.lock` says about it.
fn faults_by_itself(db: &dyn Db, source: &SourcePath) -> Vec<Diagnostic> {
    let Some(file) = file(db, source).filter(|_| is_page(source)) else {
        return Vec::new();
    };
    let mut faults = faults_of_page(db, file);
    faults.extend(doubts(db, file).iter().cloned());
    faults
}
