//! The place for scratch repositories: a folder of their own inside the writer's repository, where nobody else can
//! plant one.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use tempfile::TempDir;

use super::handover::{HandedOver, packs};
use super::place::Place;
use crate::error::Error;

/// The folder inside the repository.
const NAME: &str = "nutgraf";

/// The prefix of each scratch repository's name.
const PREFIX: &str = "publish-";

/// The file in a scratch repository that is locked while its run is alive.
const HELD: &str = "held";

/// How often to recreate a folder that another run has just removed; each attempt means that another publication has
/// ended just then.
const N_TRIES: usize = 8;

/// Our folder inside the writer's repository. It is removed once it is empty.
///
/// # Design
///
/// *Why not in the system's folder for temporary files?* Any user of a machine can write there: one of them could plant
/// a scratch repository, and what we then mistake for the leftovers of a killed run would name files of the writer's to
/// remove. Inside the repository, only those can write who may write to it anyway, and even so, what isn't ours is left
/// alone.
#[derive(Debug)]
pub(super) struct Bench {
    /// The writer's repository.
    repository: PathBuf,
    dir: PathBuf,
}

impl Bench {
    /// Finds the folder, which doesn't have to exist, and removes what killed runs left in it.
    ///
    /// # Errors
    ///
    /// If the repository can't be found, or the folder isn't the writer's own.
    pub(super) fn find(place: &Place) -> Result<Self, Error> {
        let asked = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let found = place.git.demand("find its repository", asked)?.line();
        let repository = PathBuf::from(found);
        let dir = repository.join(NAME);
        let is_there = is_there(&dir)?;
        let bench = Self { repository, dir };
        if is_there {
            bench.remove_orphans();
        }
        Ok(bench)
    }

    /// The writer's repository.
    pub(super) fn repository(&self) -> &Path {
        &self.repository
    }

    /// A new folder with a lock that is held as long as the file is open.
    ///
    /// # Errors
    ///
    /// If it can't be created.
    pub(super) fn new_folder(&self) -> Result<(File, TempDir), Error> {
        for _ in 0..N_TRIES {
            match private_folder(&self.dir) {
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                made => made.map_err(|cause| Error::io("make the folder", &self.dir, cause))?,
            }
            is_there(&self.dir)?;
            match tempfile::Builder::new()
                .prefix(PREFIX)
                .tempdir_in(&self.dir)
            {
                // Another run has just ended and removed the folder.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Error::io("make a folder in", &self.dir, cause)),
                Ok(folder) => return Ok((locked(folder.path())?, folder)),
            }
        }
        let cause = io::ErrorKind::NotFound.into();
        Err(Error::io("make a folder in", &self.dir, cause))
    }

    /// Removes what killed runs left: their scratch repositories, and what they had handed over. It is in nobody's way,
    /// so if something can't be removed, it stays and the run continues.
    fn remove_orphans(&self) {
        let Ok(entries) = fs::read_dir(&self.dir) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_ours = name.as_encoded_bytes().starts_with(PREFIX.as_bytes());
            let is_folder = entry
                .metadata()
                .is_ok_and(|there| there.is_dir() && is_own(&there));
            if !is_ours || !is_folder {
                continue;
            }
            // A living run holds the lock, or is about to create it.
            let lock = open_lock(OpenOptions::new().write(true), &entry.path().join(HELD));
            if let Ok(lock) = lock
                && FileExt::try_lock(&lock).is_ok()
            {
                self.take_back_from(&entry.path());
                drop(fs::remove_dir_all(entry.path()));
            }
        }
    }

    /// Removes what a killed run had handed over and not published.
    fn take_back_from(&self, scratch: &Path) {
        if let Ok(packs) = packs(scratch) {
            HandedOver::of(&self.repository, packs).take_back();
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // Fails if another run is working there.
        drop(fs::remove_dir(&self.dir));
    }
}

/// Whether the folder exists and is the writer's own.
fn is_there(dir: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(dir) {
        Ok(there) if there.is_dir() && is_own(&there) => Ok(true),
        Ok(_) => Err(Error::usage(format!(
            "`{}` isn't a folder of yours, so that nothing is done there",
            dir.display()
        ))
        .help("find out who put it into the repository, and remove it")),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(Error::io("read", dir, cause)),
    }
}

fn locked(dir: &Path) -> Result<File, Error> {
    let path = dir.join(HELD);
    let failed = |cause| Error::io("lock", &path, cause);
    let file = open_lock(OpenOptions::new().write(true).create_new(true), &path).map_err(failed)?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(failed(io::ErrorKind::WouldBlock.into())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

/// Opens a lock file without following a link and without waiting for the other end of a pipe.
#[cfg(unix)]
fn open_lock(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_lock(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.open(path)
}

/// Creates a folder that nobody else can look into.
#[cfg(unix)]
fn private_folder(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn private_folder(dir: &Path) -> io::Result<()> {
    fs::create_dir(dir)
}

/// Whether a folder belongs to the current user and nobody else can write to it.
#[cfg(unix)]
fn is_own(folder: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    folder.uid() == rustix::process::geteuid().as_raw() && folder.mode() & 0o022 == 0
}

/// Folders have no owner that could be checked on this system.
#[cfg(not(unix))]
fn is_own(_folder: &fs::Metadata) -> bool {
    true
}
