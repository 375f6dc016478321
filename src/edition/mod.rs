//! One state of the site, worked out as far as it is asked for.
//!
//! An [`Edition`] chains the stages: parse, check, plan, render. Each stage is a set of *queries*, functions of files
//! and of other queries, and salsa (the engine of rust-analyzer) keeps what they gave. A query runs again only if
//! something that it read is another value now; what comes out the same stops there. Nothing else decides what an edit
//! changes, for a build, a check and a preview alike.
//!
//! # Design
//!
//! *How far does an edit reach?* As far as queries ask. Names and addresses are asked by file and by folder, so that a
//! page depends on its explainer and on what it links to. What is of the whole site (the feed, a list of all pages, the
//! nearest name of a link that leads nowhere) is a query of its own, and costs those who ask it.
//!
//! *Why is a head apart from its faults?* Faults have places, which move with every line that is added above. So a
//! `checked_…` query gives both, and another one the value alone: it is the same after most edits, and whoever shows it
//! stays as it is.
//!
//! *What is kept?* Documents, names, records, pages and faults; of rendered bytes those that a preview looked at
//! lately. A build streams them.
//!
//! *Why does no query use several threads?* A thread that waits for its helpers takes other work meanwhile, which may
//! wait for the very query that it is in the middle of. So queries run on one thread, and whoever wants many of them
//! asks on many threads, each with a handle of its own.
//!
//! *What becomes of an edition when the next one is there?* The database goes on to the next one, and whoever reads it
//! is [cancelled](Edition::while_current). The former one still answers as it did, from a database of its own that is
//! made when somebody asks: previews show pages as they were before they had faults.
//!
//! *Where do texts of sources come in?* Nowhere: they are on few machines, and an edition is the same on all. What is
//! known of them is in `evidence.lock`, another file that queries read.
//!
//! `inputs` holds files and folders; `shared` what all pages have in common, `names` and `assets` what there is and
//! where, `pages` pages with their records, `outputs` what is published at which path and `addresses` whether each has one of its own; `produce` makes outputs, and
//! `faults` gathers what is wrong; `reach` tells whoever writes what can be named where.

mod addresses;
mod assets;
mod faults;
mod inputs;
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
use crate::config::Config;
pub use crate::config::Settings;
use crate::diag::{Diagnostic, Diagnostics, Texts};
use crate::evidence::Ledger;
use crate::model::{Asset, Held, Outline as _, Page, PageHead};
use crate::output::Content;
use crate::plan::Output;
use crate::project::{OutputPath, Snapshot, SourcePath, is_page};
pub use faults::Depth;
use inputs::{Database, Inputs, Project, file};
use names::Names;

/// One state of the site.
pub struct Edition {
    snapshot: Arc<Snapshot>,
    settings: Settings,
    /// The database of this edition and of those that follow it.
    engine: Arc<Mutex<Engine>>,
    /// Which state of the engine is this one.
    number: u64,
    /// The database of an edition that was followed, if it is asked afterwards.
    own: OnceLock<Mutex<Inputs>>,
}

/// Renders outputs of an edition, on one thread; a clone is for another one. As long as there is one, no edit can come
/// in.
#[derive(Clone)]
pub struct Renderer {
    db: Database,
}

impl Renderer {
    /// Renders an output that the edition has at a path, and keeps nothing of it. `None` if something that it needs can't
    /// be used.
    ///
    /// # Errors
    ///
    /// As [`Edition::render`].
    pub fn render(
        &self,
        path: &OutputPath,
        output: &Output,
    ) -> Option<Result<Content, Box<Diagnostic>>> {
        produce::produce(&self.db, path, output)
    }
}

/// A database that goes from edition to edition.
struct Engine {
    inputs: Inputs,
    number: u64,
}

impl Edition {
    /// The edition of a snapshot, from nothing.
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

    /// What `ask` gives; `None` if an edit came in meanwhile, so that another edition is the current one.
    ///
    /// # Panics
    ///
    /// If `ask` does.
    pub fn while_current<T>(&self, ask: impl FnOnce() -> T) -> Option<T> {
        if lock(&self.engine).number != self.number {
            return None;
        }
        salsa::Cancelled::catch(AssertUnwindSafe(ask)).ok()
    }

    /// A handle of the database that holds this edition. As long as there is one, no edit can come in: whoever has one
    /// must not ask for another.
    fn database(&self) -> Database {
        let engine = lock(&self.engine);
        if engine.number == self.number {
            return engine.inputs.db.clone();
        }
        drop(engine);
        let own = || Mutex::new(Inputs::new(&self.snapshot, self.settings.clone()));
        lock(self.own.get_or_init(own)).db.clone()
    }

    /// The files that this edition is made from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// What the command line asked for.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The site's settings; `None` if they can't be used, or the templates can't.
    pub fn config(&self) -> Option<Config> {
        let db = self.database();
        shared::config(&db, Project::get(&db)).cloned()
    }

    /// What is wrong with `site.yaml`, the words and the templates by themselves.
    pub fn setup_faults(&self) -> Diagnostics {
        let db = self.database();
        let faults = shared::setup_faults(&db, Project::get(&db)).iter();
        faults.cloned().collect()
    }

    /// Whether there are outputs: whether `site.yaml` and the templates can be used.
    pub fn is_usable(&self) -> bool {
        let db = self.database();
        shared::config(&db, Project::get(&db)).is_some()
    }

    /// What is committed about what was verified.
    pub fn ledger(&self) -> Arc<Ledger> {
        let db = self.database();
        shared::ledger(&db, Project::get(&db)).clone()
    }

    /// What other pages need to know of a page; `None` if there is no such page.
    pub fn head(&self, page: &SourcePath) -> Option<Arc<PageHead>> {
        Names(&self.database()).head(page)
    }

    /// Why a page is left out for now; `None` if it isn't.
    pub fn held_back(&self, page: &SourcePath) -> Option<Held> {
        Names(&self.database()).held_back(page)
    }

    /// Every page of the site, by file.
    pub fn heads(&self) -> Arc<[Arc<PageHead>]> {
        self.prepare();
        Names(&self.database()).heads()
    }

    /// Every file that is published as it is, by file.
    pub fn assets(&self) -> Arc<BTreeMap<SourcePath, Asset>> {
        Names(&self.database()).assets()
    }

    /// The files of `static/` and of the theme, by file.
    pub fn static_assets(&self) -> Arc<BTreeMap<SourcePath, Asset>> {
        let db = self.database();
        assets::static_assets(&db, Project::get(&db))
    }

    /// A file that is published as it is.
    pub fn asset(&self, file: &SourcePath) -> Option<Asset> {
        Names(&self.database()).asset(file)
    }

    /// Every output by its path; empty if `site.yaml` or a template can't be used.
    pub fn outputs(&self) -> BTreeMap<OutputPath, Output> {
        self.prepare();
        outputs::outputs(&self.database())
    }

    /// The output of a path.
    pub fn output(&self, path: &OutputPath) -> Option<Output> {
        outputs::output(&self.database(), path)
    }

    /// The source of the file that is published as it is at a path.
    pub fn file_at(&self, path: &OutputPath) -> Option<SourcePath> {
        outputs::file_at(&self.database(), path)
    }

    /// A page after every check; `None` for one that is a draft or has faults in its front matter.
    pub fn page(&self, source: &SourcePath) -> Option<Arc<Page>> {
        pages::page_at(&self.database(), source)
    }

    /// Every page that can be made, by its file.
    pub fn all_pages(&self) -> Vec<Arc<Page>> {
        let files = names::pages_below(&self.database(), names::CONTENT);
        let pages = self.each(&files, &|| true, |db, file| pages::page(db, *file));
        pages.into_iter().flatten().flatten().collect()
    }

    /// The documents, by file.
    pub fn documents(&self) -> Documents {
        let db = self.database();
        let files = names::pages_below(&db, names::CONTENT).into_iter();
        let documents = files.map(|file| (file.path(&db).clone(), names::document(&db, file)));
        documents.collect()
    }

    /// Pages that have faults which keep them from being pages, in order.
    pub fn broken(&self) -> Vec<SourcePath> {
        let db = self.database();
        let files = names::pages_below(&db, names::CONTENT).into_iter();
        let broken = files.filter(|file| names::checked_head(&db, *file).is_none());
        broken.map(|file| file.path(&db).clone()).collect()
    }

    /// Whether a page has faults which keep it from being one.
    pub fn is_broken(&self, page: &SourcePath) -> bool {
        let db = self.database();
        let file = file(&db, page).filter(|_| is_page(page));
        file.is_some_and(|file| names::checked_head(&db, file).is_none())
    }

    /// Renders one output, and keeps nothing of it. `None` if there is no such output.
    ///
    /// # Errors
    ///
    /// The fault of the template, with the content that asked for it.
    pub fn render(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        let renderer = self.renderer();
        let output = outputs::output(&renderer.db, path)?;
        renderer.render(path, &output)
    }

    /// What renders one output after the other, for whoever wants [all](Edition::outputs) of them.
    pub fn renderer(&self) -> Renderer {
        Renderer {
            db: self.database(),
        }
    }

    /// As [`Edition::render`], for whoever asks again and again: what was rendered is kept, with a few hundred others,
    /// as long as all that it shows is the same.
    ///
    /// # Errors
    ///
    /// As [`Edition::render`].
    pub fn look_at(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        let db = self.database();
        produce::kept(&db, path.clone(), outputs::output(&db, path)?)
    }

    /// Reads the front matter of all pages on all threads, for queries that will ask for it on one.
    fn prepare(&self) {
        let pages = names::pages_below(&self.database(), names::CONTENT);
        self.each(&pages, &|| true, |db, page| outputs::prepare(db, *page));
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

/// A thread that panicked with the lock held a handle at most.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
