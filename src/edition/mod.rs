//! One state of the site, worked out as far as it is asked for.
//!
//! An [`Edition`] is made from a snapshot and never changes. It chains the stages: parse, check, plan, render.
//! What nobody asks for isn't computed; what was computed stays. [`Edition::after`] takes over from an earlier
//! edition whatever rests on the same input, so that a rebuild costs what the edit touched. An edition without a
//! predecessor is a clean build: there is no second code path.
//!
//! # Design
//!
//! *Why compare inputs by identity?* Every intermediate value is behind an `Arc`, and a value whose inputs are
//! the very same values is the same. So "did anything change" is a comparison of pointers, and nothing has to be
//! hashed but the files.
//!
//! *Why maps that share?* An edition holds every page, and an edit touches one. A [`SharedMap`] is copied at no cost
//! and compared by what isn't shared, so an edit costs the same on sites of ten pages and of ten thousand.
//!
//! *Where do texts of sources come in?* Nowhere: they are on few machines, and an edition is the same on all. What is
//! known of them stands in `evidence.lock`, and another lock is another input of every page that shows a state.
//!
//! `names` tells what there is and where, `outputs` what is made from it, `touched` what an edit can have changed;
//! `produce` makes outputs, `faults` gathers what is wrong, a `shelf` keeps what was computed.

mod addresses;
mod faults;
mod names;
mod outputs;
mod produce;
mod shelf;
mod touched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::check::{self, CheckOptions, Checked, Documents, Scope};
use crate::diag::{Diagnostic, Texts};
use crate::evidence::{LOCK, Ledger};
use crate::model::{Day, Outline, Page, PageHead};
use crate::output::Content;
use crate::plan::{self, Output, SearchIndex};
use crate::project::{OutputPath, Snapshot, SourcePath};
use crate::render::Shared;
use crate::setup::SiteSetup;
use crate::shared_map::SharedMap;
use names::{Names, Turn};
use outputs::Outputs;
use shelf::Shelf;
use touched::Touched;

/// What a command line adds to `site.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Replaces `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts, and records that still need review, are part of the site.
    pub drafts: bool,
    /// The day that it is; `None` holds no page back. Only the edges know it: the same input gives the same bytes.
    pub today: Option<Day>,
    /// Whether pages of a day to come are part of the site.
    pub future: bool,
}

/// One state of the site.
pub struct Edition {
    snapshot: Arc<Snapshot>,
    settings: Settings,
    setup: Arc<SiteSetup>,
    options: Arc<CheckOptions>,
    documents: Documents,
    /// The folders of explainers.
    explainers: Arc<BTreeSet<String>>,
    heads: SharedMap<SourcePath, Checked<PageHead>>,
    outline: Checked<Outline>,
    outputs: Outputs,
    shared: OnceLock<Option<Shared>>,
    scopes: Shelf<Arc<str>, Checked<Scope>>,
    /// The pages, each with the records in its reach.
    pages: Shelf<SourcePath, (Arc<Scope>, Option<Checked<Page>>)>,
    proofs: Shelf<OutputPath, Proof>,
    /// The pictures of pages. Their paths hold the hash of what they show, so whatever has the same path is the same.
    cards: Shelf<OutputPath, Option<Arc<[u8]>>>,
    /// Where words are found, once somebody searches.
    search: OnceLock<SearchIndex>,
    ledger: Arc<Ledger>,
    /// What the ledger doesn't hold up on a page.
    doubts: Shelf<SourcePath, Arc<[Diagnostic]>>,
}

/// What went wrong when an output was rendered, and the page that it was rendered from.
type Proof = (Option<Arc<Page>>, Arc<[Diagnostic]>);

impl Edition {
    /// The edition of a snapshot, from nothing.
    pub fn new(snapshot: Arc<Snapshot>, settings: Settings) -> Self {
        Self::make(snapshot, settings, None)
    }

    /// The edition of a later snapshot, with everything that the change didn't touch.
    #[must_use]
    pub fn after(&self, snapshot: Arc<Snapshot>) -> Self {
        Self::make(snapshot, self.settings.clone(), Some(self))
    }

    fn make(snapshot: Arc<Snapshot>, settings: Settings, earlier: Option<&Self>) -> Self {
        let changed = earlier.map(|earlier| snapshot.differences(&earlier.snapshot));
        let changed = changed.unwrap_or_default();
        let setup = match earlier {
            Some(earlier) if !changed.iter().any(SiteSetup::rests_on) => earlier.setup.clone(),
            _ => {
                let earlier = earlier.map(|earlier| &*earlier.setup);
                Arc::new(SiteSetup::new(&snapshot, &settings, earlier))
            }
        };
        let options = CheckOptions {
            drafts: settings.drafts,
            today: settings.today,
            future: settings.future,
            markdown: setup.markdown(),
            templates: setup.page_templates(),
        };
        let options = match earlier {
            Some(earlier) if *earlier.options == options => earlier.options.clone(),
            _ => Arc::new(options),
        };
        let same_options = earlier.filter(|earlier| Arc::ptr_eq(&earlier.options, &options));
        let parts = match same_options {
            Some(earlier) => names::after(earlier, &snapshot, &changed),
            None => names::of(&snapshot, &options),
        };
        let Names {
            documents,
            explainers,
            heads,
            outline,
            turn,
        } = parts;
        // Where everything stands where it stood, a page rests on its own head, and on the ids of those that it asked.
        let (frame, turned) = match turn {
            Turn::New => (None, Vec::new()),
            Turn::Heads(turned) => (same_options, turned),
        };
        let same_setup = frame.filter(|earlier| Arc::ptr_eq(&earlier.setup, &setup));
        let same_looks = same_setup.filter(|earlier| {
            let before = &earlier.outline.value;
            turned
                .iter()
                .all(|page| before.looks_as(&outline.value, page))
        });
        let touched = frame
            .map(|earlier| Touched::between(&earlier.documents, &documents, &changed))
            .unwrap_or_default();
        let ledger = Ledger::open(
            snapshot.get(&SourcePath::new(LOCK)),
            setup.language(),
            earlier.map(|earlier| &earlier.ledger),
        );
        let has_same_ledger = |earlier: &&Self| Arc::ptr_eq(&earlier.ledger, &ledger);
        let site = setup.context(&outline.value, &ledger);
        let outputs = match (same_looks.filter(has_same_ledger), site) {
            (_, None) => Outputs::default(),
            (Some(earlier), Some(_)) => {
                let before = &earlier.outline.value;
                earlier
                    .outputs
                    .with_records(&turned, before, &outline.value)
            }
            (None, Some(site)) => {
                Outputs::after(earlier.map(|e| (&e.outputs, &*e.outline.value)), &site)
            }
        };
        let shared = match same_looks {
            Some(earlier) => earlier.shared.clone(),
            None => OnceLock::new(),
        };
        let scopes = frame.map(|earlier| {
            let touched = touched.scopes(&outline.value);
            earlier.scopes.without(touched)
        });
        let pages = frame.map(|earlier| {
            let touched = touched.pages(&outline.value);
            earlier.pages.without(touched)
        });
        let doubts = frame.filter(has_same_ledger).map(|earlier| {
            let touched = touched.pages(&outline.value);
            earlier.doubts.without(touched)
        });
        let proofs = same_looks.filter(has_same_ledger).map(|earlier| {
            let heads = &outline.value.heads;
            let touched = touched.looks(&outline.value).into_iter();
            let touched = touched.filter_map(|page| heads.get(&page));
            let touched = touched.flat_map(|head| {
                let embeds = plan::embeds_of(head).into_iter().map(|(path, _)| path);
                embeds.chain([head.permalink.output_path()])
            });
            earlier.proofs.without(touched)
        });
        let cards = earlier.map(|earlier| earlier.cards.without([]));
        Self {
            snapshot,
            settings,
            setup,
            options,
            documents,
            explainers,
            heads,
            outline,
            outputs,
            shared,
            scopes: scopes.unwrap_or_default(),
            pages: pages.unwrap_or_default(),
            proofs: proofs.unwrap_or_default(),
            cards: cards.unwrap_or_default(),
            doubts: doubts.unwrap_or_default(),
            search: OnceLock::new(),
            ledger,
        }
    }

    /// The files that this edition is made from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// What the command line asked for.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The names of everything.
    pub fn outline(&self) -> &Outline {
        &self.outline.value
    }

    /// What is set up for the whole site.
    pub fn setup(&self) -> &SiteSetup {
        &self.setup
    }

    /// Every output by its path; empty if `site.yaml` or a template can't be used.
    pub fn outputs(&self) -> BTreeMap<OutputPath, Output> {
        let site = self.setup.context(&self.outline.value, &self.ledger);
        site.map(|site| self.outputs.all(&site)).unwrap_or_default()
    }

    /// The output of a path.
    pub fn output(&self, path: &OutputPath) -> Option<&Output> {
        let site = self.setup.context(&self.outline.value, &self.ledger)?;
        self.outputs.get(path, &site)
    }

    /// Whether there are outputs: whether `site.yaml` and the templates can be used.
    pub fn is_usable(&self) -> bool {
        self.outputs.is_usable()
    }

    /// The records that pages of a folder can refer to.
    fn scope(&self, folder: &str) -> Option<Checked<Scope>> {
        let (folder, _) = self.outline.value.folders.get_key_value(folder)?;
        let parent = folder.rsplit_once('/');
        let parent = parent.and_then(|(parent, _)| self.scope(parent));
        let parent = parent.map(|scope| scope.value);
        let outline = &self.outline.value;
        let is_current = |scope: &Checked<Scope>| {
            same(scope.value.parent(), parent.as_ref()) && scope.holds_in(outline)
        };
        Some(self.scopes.get_current(folder, is_current, || {
            check::scope(
                folder,
                &self.documents,
                outline,
                parent.clone(),
                &self.options,
            )
        }))
    }

    /// A page after every check; `None` for one that is a draft or has faults in its front matter.
    pub fn page(&self, source: &SourcePath) -> Option<Checked<Page>> {
        let outline = &self.outline.value;
        outline.heads.get(source)?;
        let document = self.documents.get(source)?;
        let scope = self.scope(source.folder())?.value;
        let is_current = |(former, page): &(Arc<Scope>, Option<Checked<Page>>)| {
            Arc::ptr_eq(former, &scope) && page.as_ref().is_none_or(|page| page.holds_in(outline))
        };
        let (_, page) = self.pages.get_current(source, is_current, || {
            let page = check::page(document, outline, &scope, &self.options);
            (scope.clone(), page)
        });
        page
    }

    /// What is committed about what was verified.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The documents, by file.
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// Renders one output. `None` if there is no such output.
    ///
    /// # Errors
    ///
    /// The fault of the template, with the content that asked for it.
    pub fn render(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        self.produce(path, self.output(path)?)
    }
}

fn same<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    a.map(Arc::as_ptr) == b.map(Arc::as_ptr)
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
