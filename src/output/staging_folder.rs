//! The folder where a build prepares its files: known as ours by a file in it, not by its name.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::output::disk;

/// The file that marks a folder as ours.
const MARKER: &str = ".nutgraf-staging";

/// A folder that goes when it is dropped.
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

    /// Lets it stay.
    pub(super) fn keep(&mut self) {
        self.is_kept = true;
        self.dir.disable_cleanup(true);
    }

    /// Removes a folder that a build which died has left. One without the marker is somebody else's, whatever its name,
    /// unless nothing is in it: the build may have died just then.
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

/// The marker goes last, so that what a process that dies here leaves can still be told.
fn remove_all_but_marker(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == MARKER {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}
