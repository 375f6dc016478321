//! Which parts of an edition can an edit have changed?

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::Documents;
use crate::plan::Output;
use crate::project::SourcePath;

/// Which folders an edit touched.
#[derive(Default)]
pub(super) struct Touched {
    folders: BTreeSet<String>,
    /// The folders above those.
    above: BTreeSet<String>,
}

impl Touched {
    /// The folders of the documents that aren't the same ones. With nothing to compare to, nothing is kept
    /// anyway.
    pub(super) fn between(earlier: Option<&Documents>, documents: &Documents) -> Self {
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
    pub(super) fn is_reached(&self, folder: &str) -> bool {
        let above = std::iter::successors(Some(folder), |folder| {
            folder.rsplit_once('/').map(|(parent, _)| parent)
        });
        !self.folders.is_empty()
            && above
                .into_iter()
                .any(|folder| self.folders.contains(folder))
    }

    /// Whether an output can show something of what was touched. The outline is the same.
    pub(super) fn shows_in(&self, output: &Output) -> bool {
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
            | Output::Card(_)
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
