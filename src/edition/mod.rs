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
//! the very same values is the same. So "did anything change" is a comparison of pointers, nothing has to be
//! hashed but the files, and there is no list of dependencies that could lack one.
//!
//! `produce` makes outputs, `faults` gathers what is wrong, `touched` tells what an edit can have changed.

mod faults;
mod produce;
mod touched;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::assets;
use crate::check::{self, Checked, Documents, Options, Scope};
use crate::diag::{Diagnostic, Texts};
use crate::document::{self, Document};
use crate::model::{Outline, Page, PageHead};
use crate::office::Office;
use crate::output::Content;
use crate::plan::Output;
use crate::project::{OutputPath, Snapshot, SourcePath};
use crate::render::Shared;
use touched::Touched;

/// What a command line adds to `site.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Replaces `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts, and records that still need review, are part of the site.
    pub drafts: bool,
}

/// A value that is computed when it is first asked for. Editions share it as long as its inputs are the same.
type Cell<T> = Arc<OnceLock<T>>;

/// One state of the site.
pub struct Edition {
    snapshot: Arc<Snapshot>,
    settings: Settings,
    office: Arc<Office>,
    options: Arc<Options>,
    documents: Documents,
    heads: BTreeMap<SourcePath, Checked<PageHead>>,
    outline: Checked<Outline>,
    outputs: Arc<BTreeMap<OutputPath, Output>>,
    shared: Option<Shared>,
    scopes: BTreeMap<Arc<str>, Cell<Checked<Scope>>>,
    pages: BTreeMap<SourcePath, Cell<Option<Checked<Page>>>>,
    proofs: BTreeMap<OutputPath, Cell<Vec<Diagnostic>>>,
    /// The pictures of pages. Their paths hold the hash of what they show, so whatever has the same path is the same.
    cards: BTreeMap<OutputPath, Cell<Option<Arc<[u8]>>>>,
}

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
        let office = Office::open(
            &snapshot,
            &settings,
            earlier.map(|e| (&*e.snapshot, &e.office)),
        );
        let options = Options {
            drafts: settings.drafts,
            markdown: office.markdown(),
            templates: office.page_templates(),
        };
        let options = match earlier {
            Some(earlier) if *earlier.options == options => earlier.options.clone(),
            _ => Arc::new(options),
        };
        let same_options = earlier.filter(|earlier| Arc::ptr_eq(&earlier.options, &options));
        let documents = documents(&snapshot, &options, same_options);
        let heads = heads(&documents, &options, same_options);
        let outline = outline(&snapshot, &documents, &heads, &options, same_options);
        let same_outline =
            same_options.filter(|earlier| Arc::ptr_eq(&earlier.outline.value, &outline.value));
        let touched = Touched::between(same_outline.map(|earlier| &earlier.documents), &documents);
        let same_office = same_outline.filter(|earlier| Arc::ptr_eq(&earlier.office, &office));
        let outputs = match same_office {
            Some(earlier) => earlier.outputs.clone(),
            None => Arc::new(office.outputs(&outline.value)),
        };
        let shared = match same_office {
            Some(earlier) => earlier.shared.clone(),
            None => office.shared(&outline.value),
        };
        let scopes = outline.value.folders.keys().map(|folder| {
            let kept = same_outline.filter(|_| !touched.is_reached(folder));
            let kept = kept.and_then(|earlier| earlier.scopes.get(folder).cloned());
            (folder.clone(), kept.unwrap_or_default())
        });
        let pages = outline.value.heads.keys().map(|page| {
            let kept = same_outline.filter(|_| !touched.is_reached(page.folder()));
            let kept = kept.and_then(|earlier| earlier.pages.get(page).cloned());
            (page.clone(), kept.unwrap_or_default())
        });
        let proofs = outputs.iter().map(|(path, output)| {
            let kept = same_office.filter(|_| !touched.shows_in(output));
            let kept = kept.and_then(|earlier| earlier.proofs.get(path).cloned());
            (path.clone(), kept.unwrap_or_default())
        });
        let cards = outputs.iter();
        let cards = cards.filter(|(_, output)| matches!(output, Output::Card(_)));
        let cards = cards.map(|(path, _)| {
            let kept = earlier.and_then(|earlier| earlier.cards.get(path).cloned());
            (path.clone(), kept.unwrap_or_default())
        });
        let cards = cards.collect();
        let (scopes, pages, proofs) = (scopes.collect(), pages.collect(), proofs.collect());
        Self {
            snapshot,
            settings,
            office,
            options,
            documents,
            heads,
            outline,
            outputs,
            shared,
            scopes,
            pages,
            proofs,
            cards,
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
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// Every output by its path; empty if `site.yaml` or a template can't be used.
    pub fn outputs(&self) -> &BTreeMap<OutputPath, Output> {
        &self.outputs
    }

    /// The records that pages of a folder can refer to.
    fn scope(&self, folder: &str) -> Option<&Checked<Scope>> {
        let cell = self.scopes.get(folder)?;
        Some(cell.get_or_init(|| {
            let parent = folder.rsplit_once('/');
            let parent = parent.and_then(|(parent, _)| self.scope(parent));
            let parent = parent.map(|scope| scope.value.clone());
            let outline = &self.outline.value;
            check::scope(folder, &self.documents, outline, parent, &self.options)
        }))
    }

    /// A page after every check; `None` for one that is a draft or has faults in its front matter.
    pub fn page(&self, source: &SourcePath) -> Option<&Checked<Page>> {
        let cell = self.pages.get(source)?;
        let page = cell.get_or_init(|| {
            let document = self.documents.get(source)?;
            let scope = self.scope(source.folder())?;
            check::page(document, &self.outline.value, &scope.value, &self.options)
        });
        page.as_ref()
    }

    /// Renders one output. `None` if there is no such output.
    ///
    /// # Errors
    ///
    /// The fault of the template, with the content that asked for it.
    pub fn render(&self, path: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        let output = self.outputs.get(path)?;
        self.produce(path, output)
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

/// Parses every page, or takes it over if its bytes are the same.
fn documents(snapshot: &Snapshot, options: &Options, earlier: Option<&Edition>) -> Documents {
    let files: Vec<_> = snapshot
        .below("content")
        .filter(|file| file.path.extension() == "md")
        .collect();
    let documents: Vec<(SourcePath, Arc<Document>)> = files
        .par_iter()
        .map(|file| {
            let kept = earlier.and_then(|earlier| earlier.documents.get(&file.path));
            let kept = kept.filter(|document| document.hash == file.hash).cloned();
            let document = kept.unwrap_or_else(|| {
                Arc::new(document::parse(
                    &file.path,
                    &file.bytes,
                    file.hash,
                    options.markdown,
                ))
            });
            (file.path.clone(), document)
        })
        .collect();
    documents.into_iter().collect()
}

/// The heads of all pages; those of documents that are the same are taken over.
fn heads(
    documents: &Documents,
    options: &Options,
    earlier: Option<&Edition>,
) -> BTreeMap<SourcePath, Checked<PageHead>> {
    let explainers = check::explainers(documents);
    let heads = documents.iter().filter_map(|(path, document)| {
        let is_explainer = explainers.contains(path.folder());
        let kept = earlier.and_then(|earlier| {
            let same = Arc::ptr_eq(earlier.documents.get(path)?, document);
            let head = earlier.heads.get(path).filter(|_| same)?;
            let fits = !head.value.is_index || head.value.is_explainer == is_explainer;
            fits.then(|| head.clone())
        });
        let head = kept.or_else(|| check::head(document, is_explainer, options))?;
        Some((path.clone(), head))
    });
    heads.collect()
}

/// The outline; the earlier one, if no head and no file is another one.
fn outline(
    snapshot: &Snapshot,
    documents: &Documents,
    heads: &BTreeMap<SourcePath, Checked<PageHead>>,
    options: &Options,
    earlier: Option<&Edition>,
) -> Checked<Outline> {
    let files = assets::files(snapshot);
    if let Some(earlier) = earlier {
        let same_heads = earlier.heads.len() == heads.len()
            && earlier
                .heads
                .iter()
                .zip(heads)
                .all(|((path, head), (other_path, other))| {
                    path == other_path
                        && (Arc::ptr_eq(&head.value, &other.value) || head.value == other.value)
                });
        let drafts = |documents: &Documents| -> Vec<bool> {
            let documents = documents.values();
            documents
                .map(|d| d.front_matter.as_ref().is_some_and(|f| f.draft))
                .collect()
        };
        let same_folders = check::explainers(&earlier.documents) == check::explainers(documents);
        if same_heads
            && same_folders
            && earlier.outline.value.files == files
            && drafts(&earlier.documents) == drafts(documents)
        {
            return earlier.outline.clone();
        }
    }
    check::outline(documents, heads, files, options)
}
