//! Which faults does an edition have, as a whole and output by output?

use std::sync::Arc;

use rayon::prelude::*;

use super::Edition;
use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Diagnostics};
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

    fn check_while(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let sources: Vec<&SourcePath> = self.outline.value.heads.keys().collect();
        let pages: Option<Vec<Option<Checked<Page>>>> = sources
            .par_iter()
            .map(|source| is_wanted().then(|| self.page(source)))
            .collect();
        let pages: Vec<Checked<Page>> = pages?.into_iter().flatten().collect();
        let drafts = &self.outline.value.drafts;
        let heads = self.heads.iter().filter(|(path, _)| !drafts.contains(path));
        let scopes = self.scopes.computed();
        let documents = self.documents.values();
        let documents = documents.filter(|document| !drafts.contains(&document.path));
        let mut faults: Diagnostics = self.office.faults().cloned().collect();
        faults.extend(documents.flat_map(|document| document.faults.iter().cloned()));
        faults.extend(heads.flat_map(|(_, head)| head.faults.iter().cloned()));
        faults.extend(self.outline.faults.iter().cloned());
        faults.extend(self.office.faults_with(&self.snapshot, &self.outline.value));
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
        Some(faults)
    }

    /// The faults that bear on one output: those of its page, of the records in the page's reach, and of the pages
    /// that it shows. Faults that only show in rendering aren't among them.
    pub fn faults_of(&self, path: &OutputPath) -> Diagnostics {
        let mut faults: Diagnostics = self.office.faults().cloned().collect();
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

    /// What goes wrong when an output is rendered; nothing does for those that no template makes.
    fn proof(&self, path: &OutputPath, output: &Output) -> Arc<[Diagnostic]> {
        let is_template = match output {
            Output::Page(_)
            | Output::Redirect(_)
            | Output::NotFound
            | Output::Feed
            | Output::Sitemap
            | Output::Robots => true,
            Output::Card(_)
            | Output::Data(..)
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
        self.proofs.get(path, || match self.produce(path, output) {
            Some(Err(fault)) => Arc::new([*fault]),
            Some(Ok(_)) | None => Arc::default(),
        })
    }
}
