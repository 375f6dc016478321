//! Single disk operations, with the permissions that web servers need, whatever the umask.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// The size, times and identity of a file: enough to tell that nobody has written to it since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    n_bytes: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Self {
            n_bytes: metadata.len(),
            modified: metadata.modified().ok(),
            inode,
        }
    }

    /// The size of the file in bytes.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Whether the file was old enough when another one was written that any later write must have changed its time stamp:
    /// systems tell the time in steps of a few milliseconds, and file systems of memory cards in steps of two seconds.
    pub(super) fn is_settled_before(&self, other: &Self) -> bool {
        const STEP: Duration = Duration::from_millis(100);
        const COARSE_STEP: Duration = Duration::from_secs(3);
        let (Some(modified), Some(moment)) = (self.modified, other.modified) else {
            return false;
        };
        let since_epoch = modified.duration_since(SystemTime::UNIX_EPOCH);
        let is_coarse = since_epoch.is_ok_and(|time| time.subsec_nanos() == 0);
        let step = if is_coarse { COARSE_STEP } else { STEP };
        moment.duration_since(modified).is_ok_and(|age| age > step)
    }
}

/// What is at a place, without following links; `None` if nothing is.
pub(super) fn look(place: &Path) -> io::Result<Option<Metadata>> {
    match place.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(cause)
            if matches!(
                cause.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(cause) => Err(cause),
    }
}

/// Writes a file that doesn't exist yet, readable by everyone.
pub(super) fn create(place: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(place)?;
    file.write_all(bytes)?;
    open_to_readers(&file)?;
    Ok(Stamp::of(&file.metadata()?))
}

/// Creates a folder and its missing parents, readable by everyone, and reports those created.
pub(super) fn make_folders(folder: &Path, on_made: &mut dyn FnMut(&Path)) -> io::Result<()> {
    let made = match fs::create_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            if let Some(parent) = folder.parent() {
                make_folders(parent, on_made)?;
            }
            fs::create_dir(folder)
        }
        made => made,
    };
    match made {
        Ok(()) => {
            on_made(folder);
            open_folder_to_readers(folder)
        }
        // Another thread was faster.
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Whether everyone may read a file, as web servers and GitHub Pages expect.
pub(super) fn is_open_to_readers(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        metadata.permissions().mode() & 0o444 == 0o444
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        true
    }
}

#[cfg(unix)]
fn open_to_readers(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Sets the permissions of a folder to 755.
#[cfg(unix)]
pub(super) fn open_folder_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

/// Folders have no permissions on this system.
#[cfg(not(unix))]
pub(super) fn open_folder_to_readers(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a file could be moved from one folder to the other with a rename.
#[cfg(unix)]
pub(super) fn are_on_one_file_system(a: &Path, b: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    Ok(a.metadata()?.dev() == b.metadata()?.dev())
}

/// Whether a file could be moved from one folder to the other with a rename.
#[cfg(not(unix))]
pub(super) fn are_on_one_file_system(_a: &Path, _b: &Path) -> io::Result<bool> {
    Ok(true)
}
