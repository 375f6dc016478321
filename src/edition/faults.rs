//! Which faults does an edition have, as a whole and output by output?

use std::sync::Arc;

use rayon::prelude::*;

use super::{Edition, Proof, same};
use crate::assets;
use crate::cards::Card;
use crate::check::{self, Checked};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::evidence;
use crate::model::Page;
use crate::plan::{self, Output};
use crate::project::{OutputPath, SourcePath};

impl Edition {
    /// Every fault of the sources that shows before anything is rendered.
    ///
    /// Checks every page; the work is shared between threads, and what an earlier edition found is kept.
    pub fn check(&self) -> Diagnostics {
        self.check_while(&|| true).unwrap_or_default()
    }

    /// As [`Edition::check`], but without what `evidence.lock` says.
    pub fn check_content(&self) -> Diagnostics {
        self.check_content_while(&|| true).unwrap_or_default()
    }

    /// Every page that can be made, by its file.
    pub fn all_pages(&self) -> Vec<Arc<Page>> {
        let sources: Vec<&SourcePath> = self.outline.value.heads.keys().collect();
        let pages = sources.par_iter().filter_map(|source| self.page(source));
        pages.map(|page| page.value).collect()
    }

    fn check_while(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let mut faults = self.check_content_while(is_wanted)?;
        faults.extend(self.ledger.fault().cloned());
        let pages = self.all_pages();
        if self.ledger.lock().is_some() {
            let found = pages.par_iter().map(|page| self.doubts(page));
            let found: Vec<Arc<[Diagnostic]>> = found.collect();
            faults.extend(found.iter().flat_map(|found| found.iter().cloned()));
        } else if self.ledger.fault().is_none() {
            let pages = pages.iter().filter_map(|page| {
                let document = self.documents.get(&page.head.source)?;
                Some((&**page, &**document))
            });
            faults.extend(evidence::never_verified(pages));
        }
        Some(faults)
    }

    /// What `evidence.lock` doesn't hold up on a page.
    fn doubts(&self, page: &Page) -> Arc<[Diagnostic]> {
        let source = &page.head.source;
        self.doubts.get(source, || {
            let document = self.documents.get(source);
            let faults = document.map(|document| evidence::faults(&self.ledger, page, document));
            faults.unwrap_or_default().into()
        })
    }

    fn check_content_while(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let sources: Vec<&SourcePath> = self.outline.value.heads.keys().collect();
        let pages: Option<Vec<Option<Checked<Page>>>> = sources
            .par_iter()
            .map(|source| is_wanted().then(|| self.page(source)))
            .collect();
        let pages: Vec<Checked<Page>> = pages?.into_iter().flatten().collect();
        let held_back = &self.outline.value.held_back;
        let heads = self
            .heads
            .iter()
            .filter(|(path, _)| !held_back.contains_key(path));
        let scopes = self.scopes.computed();
        let documents = self.documents.values();
        let documents = documents.filter(|document| !held_back.contains_key(&document.path));
        let mut faults: Diagnostics = self.setup.faults().cloned().collect();
        faults.extend(documents.flat_map(|document| document.faults().cloned()));
        faults.extend(heads.flat_map(|(_, head)| head.faults.iter().cloned()));
        faults.extend(self.outline.faults.iter().cloned());
        faults.extend(self.address_faults());
        faults.extend(assets::faults(&self.snapshot));
        faults.extend(self.setup.faults_with(&self.snapshot, &self.outline.value));
        faults.extend(scopes.iter().flat_map(|scope| scope.faults.iter().cloned()));
        faults.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
        let pages: Vec<Arc<Page>> = pages.into_iter().map(|page| page.value).collect();
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
        let outputs: Vec<(OutputPath, Output)> = self.outputs().into_iter().collect();
        let found: Option<Vec<Arc<[Diagnostic]>>> = outputs
            .par_iter()
            .map(|(path, output)| is_wanted().then(|| self.proof(path, output)))
            .collect();
        faults.extend(found?.iter().flat_map(|faults| faults.iter().cloned()));
        faults.extend(self.plain_cards());
        Some(faults)
    }

    /// What to say of pages whose headlines can't be drawn, once for all of them.
    pub fn plain_cards(&self) -> Option<Diagnostic> {
        let config = self.setup.config()?;
        if !config.cards || config.base_url.is_none() {
            return None;
        }
        let heads = &self.outline.value.heads;
        let plain = heads.values().filter(|head| !Card::can_show(&head.title));
        let plain: Vec<&SourcePath> = plain.map(|head| &head.source).collect();
        let first = plain.first()?;
        let message = format!(
            "the pictures of {} of {} pages, for where they are shared, show the site's address instead of the headline: \
             pictures have Latin, Greek and Cyrillic letters",
            plain.len(),
            heads.len()
        );
        let fault = Diagnostic::new(Code::PlainCard, Place::file(first), message);
        Some(fault.help("`cards: false` in `site.yaml` leaves out all pictures"))
    }

    /// The faults that bear on one output: those of its page, of the records in the page's reach, and of the pages
    /// that it shows. Faults that only show in rendering aren't among them.
    pub fn faults_of(&self, path: &OutputPath) -> Diagnostics {
        let mut faults: Diagnostics = self.setup.faults().cloned().collect();
        faults.extend(self.ledger.fault().cloned());
        let Some(Output::Page(source)) = self.output(path) else {
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
                    document.path.folder() == folder && document.lists().is_none()
                });
                faults.extend(broken.flat_map(|document| document.faults().cloned()));
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
        let doubts = page.as_ref().map(|page| self.doubts(&page.value));
        let of_document = document.map(|document| document.faults());
        let of_outline = self.outline.faults.iter();
        let of_document = of_document.into_iter().flatten();
        of_document
            .chain(head.iter().flat_map(|head| head.faults.iter()))
            .chain(page.iter().flat_map(|page| page.faults.iter()))
            .chain(doubts.iter().flat_map(|doubts| doubts.iter()))
            .chain(of_outline.filter(|fault| fault.place.file == *source))
            .cloned()
            .collect()
    }

    /// The faults of one page and of the records on it: what can be told without looking at other pages and without
    /// rendering anything.
    pub fn faults_at(&self, source: &SourcePath) -> Diagnostics {
        let mut faults = self.faults_in(source);
        let scope = self.scope(source.folder());
        let of_records = scope.iter().flat_map(|scope| scope.faults.iter());
        let of_page = of_records.filter(|fault| fault.place.file == *source);
        faults.extend(of_page.cloned());
        faults
    }

    /// Pages that have faults which keep them from being pages, in order.
    pub fn broken(&self) -> impl Iterator<Item = &SourcePath> {
        let broken = self.documents.iter().filter(|(path, document)| {
            document.front_matter.is_none() || !self.heads.contains_key(*path)
        });
        broken.map(|(path, _)| path)
    }

    /// What goes wrong when an output is rendered; nothing does for those that no template makes.
    fn proof(&self, path: &OutputPath, output: &Output) -> Arc<[Diagnostic]> {
        let is_template = match output {
            Output::Page(_)
            | Output::Embed(..)
            | Output::Redirect(_)
            | Output::NotFound
            | Output::Search
            | Output::Feed
            | Output::Sitemap
            | Output::Robots => true,
            Output::Card(_)
            | Output::OEmbed(..)
            | Output::Data(..)
            | Output::SearchFile(_)
            | Output::SearchPage(_)
            | Output::Colors
            | Output::File(_)
            | Output::NoJekyll
            | Output::Cname
            | Output::Headers
            | Output::Redirects => false,
        };
        if !is_template {
            return Arc::default();
        }
        let page = match output {
            Output::Page(source) | Output::Embed(source, _) => self.page(source),
            _ => None,
        };
        let page = page.map(|page| page.value);
        let is_current = |(former, _): &Proof| same(former.as_ref(), page.as_ref());
        let (_, faults) = self.proofs.get_current(path, is_current, || {
            let faults: Arc<[Diagnostic]> = match self.produce(path, output) {
                Some(Err(fault)) => Arc::new([*fault]),
                Some(Ok(_)) | None => Arc::default(),
            };
            (page.clone(), faults)
        });
        faults
    }
}
