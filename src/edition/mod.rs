//! One state of the site, computed as far as it is asked for.
//!
//! An [`Edition`] chains the stages: parse, check, plan, render. Each stage is a set of *queries*, functions of files
//! and of other queries, whose results are kept by salsa (the engine of rust-analyzer). A query runs again only if
//! something that it read has a different value now; if its own result stays the same, nothing after it runs. Nothing
//! else decides what an edit changes, for a build, a check and a preview alike.
//!
//! # Design
//!
//! *How far does an edit reach?* As far as queries ask. Names and addresses are asked for by file and by folder, so
//! that a page depends on its explainer and on what it links to. Whatever concerns the whole site (the feed, a list of
//! all pages, the nearest name for a broken link) is a query of its own, whose cost falls only on those who ask.
//!
//! *Why is a head separate from its faults?* Faults have places, which move with every line added above. So a
//! `checked_…` query returns both, and another one the value alone: it is the same after most edits, and whatever shows
//! it stays valid.
//!
//! *What is kept?* Documents, names, records, pages and faults, and of the rendered bytes those that a preview looked
//! at recently. A build streams them.
//!
//! *Why does no query use several threads?* A thread that waits for its helpers takes on other work in the meantime,
//! which may wait for the very query that the thread is in the middle of. So a query runs on one thread, and a caller
//! who wants many of them asks on many threads, each with its own handle.
//!
//! *What happens to an edition when the next one arrives?* The database moves on to the next one, and everyone reading
//! it is [cancelled](Edition::while_current). The old edition still gives the same answers, from a database of its own
//! that is created when somebody asks: previews show pages as they were before they had faults.
//!
//! *Where do the texts of sources come in?* They don't: they are on few machines, and an edition is the same on all.
//! What is known about them is in `evidence.lock`, another file that queries read.
//!
//! `inputs` holds files and folders; `languages` tells which pages are one another's translations; `shared` what all pages have in common; `names` and `assets` what exists and
//! where; `lists` which pages belong together; `pages` pages with their records; `outputs` what is published at which path; and `addresses` whether each
//! path is unique. `produce` makes outputs, and `faults` collects what is wrong; `reach` answers what can be referred
//! to where, for editors.

mod addresses;
mod assets;
mod faults;
mod inputs;
mod languages;
mod lists;
mod names;
mod outputs;
mod pages;
mod produce;
mod reach;
mod shared;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::check::Documents;
pub use crate::config::Settings;
use crate::config::{CONFIG, Config};
use crate::diag::{Diagnostic, Diagnostics, Texts};
use crate::evidence::Ledger;
use crate::model::{Asset, Held, Language, Outline as _, Page, PageHead};
use crate::output::Content;
use crate::plan::Output;
use crate::project::{ContentHash, OutputPath, Permalink, Snapshot, SourcePath, is_page};
pub use faults::Depth;
use inputs::{Database, Db, File, Inputs, Project, file};
use languages::Languages;
use names::Names;

/// One state of the site.
pub struct Edition {
    snapshot: Arc<Snapshot>,
    settings: Settings,
    /// The database of this edition and of its successors.
    engine: Arc<Mutex<Engine>>,
    /// The state of the engine that this edition is.
    number: u64,
    /// A database of its own, for an edition that is asked after its successor arrived.
    own: OnceLock<Mutex<Inputs>>,
}

/// Renders outputs of an edition on one thread; clone it for another thread. While one exists, no edit can come in.
#[derive(Clone)]
pub struct Renderer {
    db: Database,
}

impl Renderer {
    /// Renders the output at a path, without keeping it. `None` if something that it needs can't be used.
    ///
    /// # Errors
    ///
    /// As for [`Edition::render`].
    pub fn render(
        &self,
        path: &OutputPath,
        output: &Output,
    ) -> Option<Result<Content, Box<Diagnostic>>> {
        produce::produce(&self.db, path, output)
    }
}

/// A database that moves from edition to edition.
struct Engine {
    inputs: Inputs,
    number: u64,
}

impl Edition {
    /// The edition of a snapshot, built from scratch.
    pub fn new(snapshot: Arc<Snapshot>, settings: Settings) -> Self {
        let inputs = Inputs::new(&snapshot, settings.clone());
        let engine = Engine { inputs, number: 0 };
        Self {
            snapshot,
            settings,
            engine: Arc::new(Mutex::new(engine)),
            number: 0,
            own: OnceLock::new(),
        }
    }

    /// The edition of a later snapshot, which takes over the database.
    #[must_use]
    pub fn after(&self, snapshot: Arc<Snapshot>) -> Self {
        let mut engine = lock(&self.engine);
        if engine.number != self.number {
            return Self::new(snapshot, self.settings.clone());
        }
        let changed = snapshot.differences(&self.snapshot);
        let has_config = changed.iter().any(|path| path.as_str() == CONFIG);
        if has_config && Languages::in_snapshot(&snapshot) != engine.inputs.languages {
            // Every file may be of another language now.
            return Self::new(snapshot, self.settings.clone());
        }
        if !changed.is_empty() {
            engine.inputs.update(&snapshot, &changed);
            engine.number += 1;
        }
        Self {
            snapshot,
            settings: self.settings.clone(),
            number: engine.number,
            engine: self.engine.clone(),
            own: OnceLock::new(),
        }
    }

    /// The result of `ask`; `None` if an edit came in meanwhile, so that another edition is now current.
    ///
    /// # Panics
    ///
    /// If `ask` panics.
    pub fn while_current<T>(&self, ask: impl FnOnce() -> T) -> Option<T> {
        if lock(&self.engine).number != self.number {
            return None;
        }
        salsa::Cancelled::catch(AssertUnwindSafe(ask)).ok()
    }

    /// A handle to the database of this edition. While one exists, no edit can come in, so its holder must not request
    /// another one.
    fn database(&self) -> Database {
        let engine = lock(&self.engine);
        if engine.number == self.number {
            return engine.inputs.db.clone();
        }
        drop(engine);
        let own = || Mutex::new(Inputs::new(&self.snapshot, self.settings.clone()));
        lock(self.own.get_or_init(own)).db.clone()
    }

    /// The files of this edition.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// A hash of everything that determines the outputs: the files, the settings from the command line, and the program.
    /// Editions with the same fingerprint have the same faults, and the same outputs to the byte.
    pub fn fingerprint(&self) -> ContentHash {
        let Settings {
            base_url,
            drafts,
            today,
            future,
        } = &self.settings;
        let settings = format!("{base_url:?} {drafts} {today:?} {future}");
        let about = [env!("NUTGRAF_BUILD").as_bytes(), settings.as_bytes()];
        let files = self.snapshot.iter();
        let files = files.flat_map(|file| [file.path.as_str().as_bytes(), file.hash.as_bytes()]);
        ContentHash::of_parts(about.into_iter().chain(files))
    }

    /// The settings from the command line.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The site's settings; `None` if they or the templates can't be used.
    pub fn config(&self) -> Option<Config> {
        let db = self.database();
        shared::config(&db, Project::get(&db)).cloned()
    }

    /// The faults of `site.yaml`, the words and the templates by themselves.
    pub fn setup_faults(&self) -> Diagnostics {
        let db = self.database();
        let faults = shared::setup_faults(&db, Project::get(&db)).iter();
        faults.cloned().collect()
    }

    /// Whether there are any outputs, that is, whether `site.yaml` and the templates can be used.
    pub fn is_usable(&self) -> bool {
        let db = self.database();
        shared::config(&db, Project::get(&db)).is_some()
    }

    /// The committed results of verification.
    pub fn ledger(&self) -> Arc<Ledger> {
        let db = self.database();
        shared::ledger(&db, Project::get(&db)).clone()
    }

    /// What other pages need to know about a page; `None` if there is no such page.
    pub fn head(&self, page: &SourcePath) -> Option<Arc<PageHead>> {
        Names::of(&self.database(), page).head(page)
    }

    /// Why a page is left out for now; `None` if it isn't.
    pub fn held_back(&self, page: &SourcePath) -> Option<Held> {
        Names::of(&self.database(), page).held_back(page)
    }

    /// Every page of the site: those of its own language by file, then those of each other one.
    pub fn heads(&self) -> Arc<[Arc<PageHead>]> {
        self.prepare(|db, page| drop(names::published(db, page)));
        let db = self.database();
        let mut languages = languages::languages(&db);
        let main = languages.next().unwrap_or_default();
        let main = Names(&db, main).heads();
        let others: Vec<Arc<PageHead>> = languages
            .flat_map(|language| Names(&db, language).heads().to_vec())
            .collect();
        match others.is_empty() {
            true => main,
            false => main.iter().cloned().chain(others).collect(),
        }
    }

    /// Every file that is published unchanged, by file.
    pub fn assets(&self) -> Arc<BTreeMap<SourcePath, Asset>> {
        Names::main(&self.database()).assets()
    }

    /// The files in `static/` and those of the theme, by file.
    pub fn static_assets(&self) -> Arc<BTreeMap<SourcePath, Asset>> {
        let db = self.database();
        assets::static_assets(&db, Project::get(&db))
    }

    /// A file that is published unchanged.
    pub fn asset(&self, file: &SourcePath) -> Option<Asset> {
        Names::main(&self.database()).asset(file)
    }

    /// Every output by its path; empty if `site.yaml` or a template can't be used.
    pub fn outputs(&self) -> BTreeMap<OutputPath, Output> {
        self.prepare(outputs::prepare);
        outputs::outputs(&self.database())
    }

    /// The output at a path.
    pub fn output(&self, path: &OutputPath) -> Option<Output> {
        outputs::output(&self.database(), path)
    }

    /// The source of the unchanged file at a path.
    pub fn file_at(&self, path: &OutputPath) -> Option<SourcePath> {
        outputs::file_at(&self.database(), path)
    }

    /// A checked page; `None` for a draft, or if its front matter has faults.
    pub fn page(&self, source: &SourcePath) -> Option<Arc<Page>> {
        pages::page_at(&self.database(), source)
    }

    /// Every page of the site's own language without disqualifying faults, by file. What translations say of sources is what these
    /// do.
    pub fn all_pages(&self) -> Vec<Arc<Page>> {
        let files = names::pages_below(&self.database(), Language::MAIN, names::CONTENT);
        let pages = self.each(&files, &|| true, |db, file| pages::page(db, *file));
        pages.into_iter().flatten().flatten().collect()
    }

    /// The documents, by file.
    pub fn documents(&self) -> Documents {
        let db = self.database();
        let files = names::all_pages(&db).into_iter();
        let documents = files.map(|file| (file.path(&db).clone(), names::document(&db, file)));
        documents.collect()
    }

    /// The pages whose faults keep them from being published, in order.
    pub fn broken(&self) -> Vec<SourcePath> {
        let db = self.database();
        let files = names::all_pages(&db).into_iter();
        let broken = files.filter(|file| names::checked_head(&db, *file).is_none());
        broken.map(|file| file.path(&db).clone()).collect()
    }

    /// Whether a page has faults that keep it from being published.
    pub fn is_broken(&self, page: &SourcePath) -> bool {
        let db = self.database();
        let file = file(&db, page).filter(|_| is_page(page));
        file.is_some_and(|file| names::checked_head(&db, file).is_none())
    }

    /// The address that a page has unless its front matter says another.
    pub fn usual_address(&self, page: &SourcePath) -> Permalink {
        let db = self.database();
        let (language, key) = Project::get(&db).languages(&db).split(page);
        crate::check::usual_address(&languages::home(&db, language), &key)
    }

    /// Renders one output, without keeping it. `None` if there is no such output.
    ///
    /// # Errors
    ///
    /// The fault of the template, with the content that it was rendering.
    pub fn render(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        let renderer = self.renderer();
        let output = outputs::output(&renderer.db, path)?;
        renderer.render(path, &output)
    }

    /// A renderer of many outputs, for callers who want [all](Edition::outputs) of them.
    pub fn renderer(&self) -> Renderer {
        Renderer {
            db: self.database(),
        }
    }

    /// Like [`Edition::render`], for repeated calls: the result is kept, along with a few hundred others, as long as
    /// everything that it shows stays the same.
    ///
    /// # Errors
    ///
    /// As for [`Edition::render`].
    pub fn look_at(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        let db = self.database();
        produce::kept(&db, path.clone(), outputs::output(&db, path)?)
    }

    /// Asks something of all pages on all threads, for queries that will ask for it on one.
    fn prepare(&self, ask: impl Fn(&dyn Db, File) + Sync + Send) {
        let pages = names::all_pages(&self.database());
        self.each(&pages, &|| true, |db, page| ask(db, *page));
    }
}

impl Texts for Edition {
    fn text(&self, file: &SourcePath) -> Option<Arc<str>> {
        let bytes = match self.snapshot.get(file) {
            Some(file) => file.bytes.clone(),
            None => return crate::render::builtin_text(file).map(Arc::from),
        };
        std::str::from_utf8(&bytes).ok().map(Arc::from)
    }
}

/// A thread that panicked while holding the lock had at most a handle.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
