//! One consistent, sorted read of the project's files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::error::Error;
use crate::project::{ContentHash, SourcePath};

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it is in the project.
    pub path: SourcePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// The hash of `bytes`.
    pub hash: ContentHash,
}

/// Which files of the source folders are left out, by `ignore:` in `site.yaml` and by custom
/// (dot files, editors' litter).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignore {
    /// Glob patterns, relative to the project's root.
    pub patterns: Vec<String>,
}

/// Every source file of a project: `site.yaml`, `evidence.lock` and what is below `content/`, `templates/` and `static/`.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    files: BTreeMap<SourcePath, SourceFile>,
}

impl Snapshot {
    /// Reads the project at `root`.
    ///
    /// Symbolic links, sockets and the like are reported and left out; so are files that are too large.
    ///
    /// # Errors
    ///
    /// If a folder or a file can't be read.
    pub fn read(
        root: &Path,
        ignore: &Ignore,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let _ = (root, ignore, diagnostics);
        todo!()
    }

    /// Reads again what may have changed: files and whole folders, whether they exist or not.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::read`].
    pub fn refresh(
        &mut self,
        root: &Path,
        ignore: &Ignore,
        paths: &[SourcePath],
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let _ = (root, ignore, paths, diagnostics);
        todo!()
    }

    /// The file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// All files below `folder`, ordered by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let prefix = format!("{folder}/");
        self.files
            .range(SourcePath::new(&prefix)..)
            .map(|(_, file)| file)
            .take_while(move |file| file.path.as_str().starts_with(&prefix))
    }
}
