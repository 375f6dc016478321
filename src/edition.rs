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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::assets;
use crate::check::{self, Checked, Documents, Options, Scope};
use crate::diag::{Diagnostic, Diagnostics, Place, Texts};
use crate::document::{self, Document};
use crate::model::{Outline, Page, PageHead};
use crate::office::{CONFIG, Office};
use crate::output::Content;
use crate::plan::{self, Desk, Output};
use crate::project::{OutputPath, Snapshot, SourcePath};
use crate::render::{Shared, Templates, View};

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
        }
    }

    /// The files that this edition is made from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
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

    fn produce(
        &self,
        path: &OutputPath,
        output: &Output,
    ) -> Option<Result<Content, Box<Diagnostic>>> {
        let (desk, templates) = self.desk()?;
        let shared = self.shared.as_ref()?;
        let made = |template: &str, view: View<'_>, source: &SourcePath| {
            let bytes = templates.render(template, shared, view, &Place::file(source));
            Some(bytes.map(Content::from))
        };
        let config = SourcePath::new(CONFIG);
        match output {
            Output::Page(source) => {
                let page = &self.page(source)?.value;
                let below = match plan::looks_around(page) {
                    true => self.below(source.folder()),
                    false => Vec::new(),
                };
                let view = plan::page(&desk, page, &below);
                made(&page.head.template, View::Page(&view), source)
            }
            Output::Redirect(source) => {
                let head = self.outline.value.heads.get(source)?;
                let from = head
                    .aliases
                    .iter()
                    .find(|alias| alias.output_path() == *path)?;
                let view = plan::redirect(&desk, head, from);
                made("redirect.html", View::Redirect(&view), source)
            }
            Output::NotFound => {
                let view = plan::not_found(&desk);
                made("404.html", View::Page(&view), &config)
            }
            Output::Feed => made("atom.xml", View::Feed(&plan::feed(&desk)), &config),
            Output::Sitemap => made("sitemap.xml", View::Sitemap(&plan::sitemap(&desk)), &config),
            Output::Robots => made("robots.txt", View::Nothing, &config),
            Output::NoJekyll => Some(Ok(Content::from(Vec::new()))),
            Output::Cname => {
                let cname = desk.config.cname.as_ref()?;
                Some(Ok(Content::from(format!("{cname}\n"))))
            }
            Output::File(source) => assets::content(&self.snapshot, source).map(Ok),
            Output::Colors => {
                let (_, css) = plan::colors(desk.config)?;
                Some(Ok(Content::from(css)))
            }
            Output::Data(folder, file) => {
                let heads = self.outline.value.pages_of(folder).into_iter();
                let pages = heads.filter_map(|head| self.page(&head.source));
                let pages: Vec<Arc<Page>> = pages.map(|page| page.value.clone()).collect();
                Some(Ok(Content::from(plan::data(&desk, *file, &pages))))
            }
        }
    }

    /// The pages in a folder and further down, in the order of their files.
    fn below(&self, folder: &str) -> Vec<Arc<Page>> {
        let prefix = format!("{folder}/");
        self.pages
            .range(SourcePath::new(&prefix)..)
            .take_while(|(source, _)| source.as_str().starts_with(&prefix))
            .filter_map(|(source, _)| self.page(source))
            .map(|page| page.value.clone())
            .collect()
    }

    fn desk(&self) -> Option<(Desk<'_>, &Templates)> {
        let (config, locale, words, templates) = self.office.tools()?;
        let desk = Desk {
            config,
            outline: &self.outline.value,
            locale,
            words,
        };
        Some((desk, templates))
    }

    /// Every fault of the sources that shows before anything is rendered.
    ///
    /// Checks every page; the work is shared between threads, and what an earlier edition found is kept.
    pub fn check(&self) -> Diagnostics {
        self.check_while(&|| true).unwrap_or_default()
    }

    fn check_while(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let sources: Vec<&SourcePath> = self.pages.keys().collect();
        let pages: Option<Vec<Option<&Checked<Page>>>> = sources
            .par_iter()
            .map(|source| is_wanted().then(|| self.page(source)))
            .collect();
        let pages: Vec<&Checked<Page>> = pages?.into_iter().flatten().collect();
        let drafts = &self.outline.value.drafts;
        let heads = self.heads.iter().filter(|(path, _)| !drafts.contains(path));
        let scopes = self.scopes.values().filter_map(|cell| cell.get());
        let documents = self.documents.values();
        let documents = documents.filter(|document| !drafts.contains(&document.path));
        let mut faults: Diagnostics = self.office.faults().cloned().collect();
        faults.extend(documents.flat_map(|document| document.faults.iter().cloned()));
        faults.extend(heads.flat_map(|(_, head)| head.faults.iter().cloned()));
        faults.extend(self.outline.faults.iter().cloned());
        faults.extend(self.office.faults_with(&self.snapshot, &self.outline.value));
        faults.extend(scopes.flat_map(|scope| scope.faults.iter().cloned()));
        faults.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
        let pages: Vec<Arc<Page>> = pages.iter().map(|page| page.value.clone()).collect();
        faults.extend(check::unused_sources(&pages, &self.documents));
        Some(faults)
    }

    /// Every fault: those of [`Edition::check`], and those of templates, found by rendering every output.
    pub fn faults(&self) -> Diagnostics {
        self.faults_while(&|| true).unwrap_or_default()
    }

    /// As [`Edition::faults`]; `None` if the answer isn't wanted any more before all is checked. What was checked
    /// until then is kept for the next question.
    pub fn faults_while(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let mut faults = self.check_while(is_wanted)?;
        let outputs: Vec<(&OutputPath, &Output)> = self.outputs.iter().collect();
        let found: Option<Vec<Option<&Vec<Diagnostic>>>> = outputs
            .par_iter()
            .map(|(path, output)| is_wanted().then(|| self.proof(path, output)))
            .collect();
        faults.extend(found?.into_iter().flatten().flatten().cloned());
        Some(faults)
    }

    /// The faults that bear on one output: those of its page, of the records in the page's reach, and of the pages
    /// that it shows. Faults that only show in rendering aren't among them.
    pub fn faults_of(&self, path: &OutputPath) -> Diagnostics {
        let mut faults: Diagnostics = self.office.faults().cloned().collect();
        let Some(Output::Page(source)) = self.outputs.get(path) else {
            return faults;
        };
        faults.extend(self.faults_in(source));
        let folders = std::iter::successors(Some(source.folder()), |folder| {
            folder.rsplit_once('/').map(|(parent, _)| parent)
        });
        for folder in folders {
            let Some(scope) = self.scope(folder) else {
                continue;
            };
            faults.extend(scope.faults.iter().cloned());
            if scope.value.is_broken() {
                let broken = self.documents.values().filter(|document| {
                    document.front_matter.is_none() && document.path.folder() == folder
                });
                faults.extend(broken.flat_map(|document| document.faults.iter().cloned()));
            }
        }
        let page = self.page(source);
        if page.is_some_and(|page| plan::looks_around(&page.value)) {
            for page in self.below(source.folder()) {
                faults.extend(self.faults_in(&page.head.source));
            }
        }
        faults
    }

    /// The faults of one page by itself, whether it could be made or not.
    pub fn faults_in(&self, source: &SourcePath) -> Diagnostics {
        let document = self.documents.get(source);
        let head = self.heads.get(source);
        let page = self.page(source);
        let of_document = document.map(|document| document.faults.iter());
        let of_outline = self.outline.faults.iter();
        let of_document = of_document.into_iter().flatten();
        of_document
            .chain(head.iter().flat_map(|head| head.faults.iter()))
            .chain(page.iter().flat_map(|page| page.faults.iter()))
            .chain(of_outline.filter(|fault| fault.place.file == *source))
            .cloned()
            .collect()
    }

    /// Pages that have faults which keep them from being pages, in order.
    pub fn broken(&self) -> impl Iterator<Item = &SourcePath> {
        let broken = self.documents.iter().filter(|(path, document)| {
            document.front_matter.is_none() || !self.heads.contains_key(*path)
        });
        broken.map(|(path, _)| path)
    }

    /// What goes wrong when an output is rendered; `None` for those that no template makes.
    fn proof(&self, path: &OutputPath, output: &Output) -> Option<&Vec<Diagnostic>> {
        let is_template = match output {
            Output::Page(_)
            | Output::Redirect(_)
            | Output::NotFound
            | Output::Feed
            | Output::Sitemap
            | Output::Robots => true,
            Output::Data(..)
            | Output::Colors
            | Output::File(_)
            | Output::NoJekyll
            | Output::Cname => false,
        };
        if !is_template {
            return None;
        }
        let cell = self.proofs.get(path)?;
        Some(cell.get_or_init(|| match self.produce(path, output) {
            Some(Err(fault)) => vec![*fault],
            Some(Ok(_)) | None => Vec::new(),
        }))
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

/// Which folders an edit touched.
#[derive(Default)]
struct Touched {
    folders: BTreeSet<String>,
    /// The folders above those.
    above: BTreeSet<String>,
}

impl Touched {
    /// The folders of the documents that aren't the same ones. With nothing to compare to, nothing is kept
    /// anyway.
    fn between(earlier: Option<&Documents>, documents: &Documents) -> Self {
        let mut touched = Self::default();
        let Some(earlier) = earlier else {
            return touched;
        };
        let is_same = |path: &SourcePath| match (earlier.get(path), documents.get(path)) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            _ => false,
        };
        let paths = earlier.keys().chain(documents.keys());
        for path in paths.filter(|path| !is_same(path)) {
            touched.folders.insert(path.folder().to_owned());
            let mut folder = path.folder();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                touched.above.insert(parent.to_owned());
                folder = parent;
            }
        }
        touched
    }

    /// Whether a folder's records can have changed: it was touched, or one above it, whose records are in reach.
    fn is_reached(&self, folder: &str) -> bool {
        let above = std::iter::successors(Some(folder), |folder| {
            folder.rsplit_once('/').map(|(parent, _)| parent)
        });
        !self.folders.is_empty()
            && above
                .into_iter()
                .any(|folder| self.folders.contains(folder))
    }

    /// Whether an output can show something of what was touched. The outline is the same.
    fn shows_in(&self, output: &Output) -> bool {
        match output {
            Output::Page(source) => {
                self.is_reached(source.folder()) || self.above.contains(source.folder())
            }
            Output::Data(folder, _) => {
                self.is_reached(folder)
                    || self.folders.contains(&**folder)
                    || self.above.contains(&**folder)
            }
            Output::Redirect(_)
            | Output::Colors
            | Output::File(_)
            | Output::NotFound
            | Output::Feed
            | Output::Sitemap
            | Output::Robots
            | Output::NoJekyll
            | Output::Cname => false,
        }
    }
}
