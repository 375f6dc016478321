//! The folder where a build prepares its files, recognized as ours by a file inside rather than by its name.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::output::disk;

/// The file that marks a folder as ours.
const MARKER: &str = ".nutgraf-staging";

/// A folder that is deleted when dropped.
pub(super) struct StagingFolder {
    dir: TempDir,
    is_kept: bool,
}

impl StagingFolder {
    /// Marks a new folder as ours.
    pub(super) fn mark(dir: TempDir) -> io::Result<Self> {
        disk::create(&dir.path().join(MARKER), b"")?;
        Ok(Self {
            dir,
            is_kept: false,
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Keeps the folder.
    pub(super) fn keep(&mut self) {
        self.is_kept = true;
        self.dir.disable_cleanup(true);
    }

    /// Removes a folder left by a build that died. One without the marker belongs to somebody else, whatever its name,
    /// unless it is empty: the build may have died just then.
    pub(super) fn remove_left(folder: &Path) -> io::Result<()> {
        let marker = disk::look(&folder.join(MARKER))?;
        if marker.is_some_and(|marker| marker.is_file()) {
            remove_all_but_marker(folder)?;
            return fs::remove_dir_all(folder);
        }
        match fs::remove_dir(folder) {
            Err(cause) if cause.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            removed => removed,
        }
    }
}

impl Drop for StagingFolder {
    fn drop(&mut self) {
        if !self.is_kept {
            // What can't be removed is left to the next build.
            drop(remove_all_but_marker(self.path()));
        }
    }
}

/// The marker is removed last, so that if the process dies here, the leftovers can still be recognized.
fn remove_all_but_marker(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == MARKER {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
