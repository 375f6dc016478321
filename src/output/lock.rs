//! Ensures that only one process writes to an output folder.
//!
//! The lock is the operating system's, so it ends with the process that holds it, however that happens.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

use fs4::{FileExt, TryLockError};

use crate::disk;
use crate::error::Error;

/// How often to reopen a lock file whose previous holder has just removed it. Each attempt means that another build has
/// ended, so even a few are rare.
const N_TRIES: usize = 100;

/// No process id is longer than this, in bytes.
const MAX_BYTES: u64 = 20;

/// The right to write to an output folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    place: PathBuf,
    _file: File,
}

/// Why a lock couldn't be acquired.
pub(super) enum Refusal {
    /// Another process holds it.
    Busy(Error),
    /// The lock file can't be created.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock with the file at `place`.
    pub(super) fn acquire(place: &Path) -> Result<Self, Refusal> {
        for _ in 0..N_TRIES {
            let file = disk::open_or_create(place).map_err(|cause| refusal(place, cause))?;
            match FileExt::try_lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Refusal::Busy(busy(place))),
                Err(TryLockError::Error(cause)) => return Err(Refusal::Io(cause)),
            }
            // The previous holder may have removed the file after we opened it and before we locked it.
            if is_at(&file, place).map_err(Refusal::Io)? {
                if !is_ours(&file).map_err(Refusal::Io)? {
                    return Err(Refusal::Busy(foreign(place)));
                }
                file.set_len(0).map_err(Refusal::Io)?;
                write!(&file, "{}", process::id()).map_err(Refusal::Io)?;
                return Ok(Self {
                    place: place.to_owned(),
                    _file: file,
                });
            }
        }
        Err(Refusal::Busy(busy(place)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A leftover lock file isn't a lock: the next build takes it over.
        let _ = fs::remove_file(&self.place);
    }
}

/// Whether a file is one of our locks, possibly from an earlier run: it contains a process id, or nothing.
fn is_ours(file: &File) -> io::Result<bool> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let is_number = bytes.len() as u64 <= MAX_BYTES && bytes.iter().all(u8::is_ascii_digit);
    let metadata = file.metadata()?;
    Ok(is_number && disk::has_one_name(&metadata))
}

fn foreign(place: &Path) -> Error {
    let place = place.display();
    Error::usage(format!(
        "cannot use the lock `{place}`: it is a file that nutgraf didn't make"
    ))
    .help("move it elsewhere")
}

/// Why there is no lock file. Somebody else put something in its place.
fn refusal(place: &Path, cause: io::Error) -> Refusal {
    if !disk::is_not_a_file(&cause) {
        return Refusal::Io(cause);
    }
    let error = Error::io("use the lock", place, cause);
    Refusal::Busy(error.help("find out who put it there, and remove it"))
}

fn busy(place: &Path) -> Error {
    let holder = disk::read(place, MAX_BYTES)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
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
