//! Which parts of an edition can an edit have changed?

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{self, Documents};
use crate::model::Outline;
use crate::project::SourcePath;

/// What an edit of documents touched, where the names and addresses of everything stayed as they were.
#[derive(Default)]
pub(super) struct Touched {
    pages: BTreeSet<SourcePath>,
    /// The folders whose records changed: they are in reach of everything in and below them.
    folders: BTreeSet<String>,
    /// The folders above what was edited, whose pages may show it.
    above: BTreeSet<String>,
}

impl Touched {
    /// What differs between the documents of two editions; `changed` are the files that differ.
    pub(super) fn between(
        earlier: &Documents,
        documents: &Documents,
        changed: &[SourcePath],
    ) -> Self {
        let mut touched = Self::default();
        for path in changed {
            let (before, after) = (earlier.get(path), documents.get(path));
            let versions = [before, after].map(Option::into_iter);
            let mut versions = versions.into_iter().flatten();
            if before.is_none() && after.is_none() {
                continue;
            }
            touched.pages.insert(path.clone());
            if versions.any(|document| check::may_hold_records(document)) {
                touched.folders.insert(path.folder().to_owned());
            }
            let mut folder = path.folder();
            touched.above.insert(folder.to_owned());
            while let Some((parent, _)) = folder.rsplit_once('/') {
                touched.above.insert(parent.to_owned());
                folder = parent;
            }
        }
        touched
    }

    /// The folders whose records may be others now.
    pub(super) fn scopes(&self, outline: &Outline) -> Vec<Arc<str>> {
        let reached = self.folders.iter().flat_map(|folder| {
            let from = outline.folders.range(Arc::from(&**folder)..);
            let prefix = format!("{folder}/");
            // Names such as `a-b` stand between `a` and `a/c`.
            from.map(|(path, _)| path)
                .take_while(|path| path.starts_with(&**folder))
                .filter(move |path| ***path == **folder || path.starts_with(&prefix))
                .cloned()
        });
        reached.collect()
    }

    /// The pages that may be others now.
    pub(super) fn pages(&self, outline: &Outline) -> BTreeSet<SourcePath> {
        let reached = self.folders.iter().flat_map(|folder| {
            let prefix = format!("{folder}/");
            let from = outline.heads.range(SourcePath::new(&prefix)..);
            from.map(|(path, _)| path)
                .take_while(move |path| path.as_str().starts_with(&prefix))
                .cloned()
        });
        reached.chain(self.pages.iter().cloned()).collect()
    }

    /// The pages that may look different now: those, and pages above that may show something of them.
    pub(super) fn looks(&self, outline: &Outline) -> BTreeSet<SourcePath> {
        let mut looks = self.pages(outline);
        for folder in &self.above {
            if let Some(folder) = outline.folders.get(&**folder) {
                looks.extend(folder.index.iter().chain(&folder.pages).cloned());
            }
        }
        looks
    }
}
