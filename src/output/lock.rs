//! One writer per output folder.
//!
//! The lock is the operating system's, so that it ends with the process that holds it, however that ends.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use fs4::{FileExt, TryLockError};

use crate::error::Error;

/// The right to write to an output folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    place: PathBuf,
    _file: File,
}

/// Why a lock wasn't acquired.
pub(super) enum Refusal {
    /// Another process holds it.
    Busy(Error),
    /// The lock file can't be made.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock with the file at `place`.
    pub(super) fn acquire(place: &Path) -> Result<Self, Refusal> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = options.open(place).map_err(Refusal::Io)?;
            match FileExt::try_lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Refusal::Busy(busy(place))),
                Err(TryLockError::Error(cause)) => return Err(Refusal::Io(cause)),
            }
            // The former holder may have removed the file between our opening and our locking it.
            if is_at(&file, place).map_err(Refusal::Io)? {
                file.set_len(0).map_err(Refusal::Io)?;
                write!(&file, "{}", process::id()).map_err(Refusal::Io)?;
                return Ok(Self {
                    place: place.to_owned(),
                    _file: file,
                });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays is no lock: the next build takes it over.
        let _ = fs::remove_file(&self.place);
    }
}

fn busy(place: &Path) -> Error {
    let holder = fs::read_to_string(place)
        .ok()
        .and_then(|text| text.trim().parse::<u32>().ok())
        .map_or(String::new(), |pid| format!(" (process {pid})"));
    Error::usage(format!(
        "another build{holder} is writing to this output folder"
    ))
    .help("wait for it to end, or choose another folder with `--output`")
}

/// Whether the file at a place is still the one that was opened.
#[cfg(unix)]
fn is_at(file: &File, place: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let opened = file.metadata()?;
    match place.symlink_metadata() {
        Ok(there) => Ok((opened.dev(), opened.ino()) == (there.dev(), there.ino())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(cause),
    }
}

/// Whether the file at a place is still there.
#[cfg(not(unix))]
fn is_at(_file: &File, place: &Path) -> io::Result<bool> {
    place.try_exists()
}
