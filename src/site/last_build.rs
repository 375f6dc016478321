//! A record of a project's last build: its inputs, its faults and the files that it left. Kept in `.nutgraf/`.
//!
//! If sources, settings and program are the same, and all files are as that build left them, there is nothing to do, and
//! the same faults to report. Any other record (missing, torn, of another version or folder) is ignored.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostics;
use crate::disk::Root;
use crate::edition::Edition;
use crate::output::{Left, Target, Written};
use crate::project::ContentHash;

/// Where it is, below the project's folder.
const FOLDER: &str = ".nutgraf";

/// Keeps the folder out of every repository.
const IGNORE: &str = ".nutgraf/.gitignore";

/// That of a million files is smaller.
const MAX_BYTES: u64 = 512 << 20;

/// The last build of a project into a folder.
#[derive(Debug, Serialize, Deserialize)]
pub struct LastBuild {
    made_from: ContentHash,
    /// How many pages the site has.
    pub n_pages: usize,
    /// What was said of the sources. No errors, or nothing would have been built.
    pub faults: Diagnostics,
    left: Left,
}

impl LastBuild {
    /// A build that has come to its end. `None` if it left less than the whole site: some of its files were there before, and aren't ours.
    pub fn new(edition: &Edition, faults: Diagnostics, written: &Written) -> Option<Self> {
        Some(Self {
            made_from: edition.fingerprint(),
            n_pages: edition.heads().len(),
            faults,
            left: written.left()?,
        })
    }

    /// The last build of the project at `root`, if an edition would be built into the same files now.
    pub fn of(root: &Path, edition: &Edition, target: &Target) -> Option<Self> {
        let folder = Root::open(root).ok()?;
        let file = file(target);
        let record = folder.file(&file).and_then(|file| file.metadata()).ok()?;
        let bytes = folder.read(&file, MAX_BYTES).ok()?;
        let last: Self = serde_json::from_slice(&bytes).ok()?;
        (last.made_from == edition.fingerprint() && last.left.is_in(target, &record))
            .then_some(last)
    }

    /// How many files the site has.
    pub fn n_files(&self) -> usize {
        self.left.n_files()
    }

    /// Notes it for the next build. A project that can't be written to is built anew each time.
    pub fn note(&self, root: &Path, target: &Target) {
        let noted = || {
            let folder = Root::open(root)?;
            if folder.file(Path::new(IGNORE)).is_err() {
                folder.create(Path::new(IGNORE), b"*\n")?;
            }
            folder.replace(&file(target), &serde_json::to_vec(self)?)
        };
        drop(noted());
    }
}

/// The file for builds into a folder.
fn file(target: &Target) -> PathBuf {
    let dir = target.dir().as_os_str().as_encoded_bytes();
    let name = format!("built-{}.json", ContentHash::of(dir).short());
    Path::new(FOLDER).join(name)
}
