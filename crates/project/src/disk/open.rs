//! Opens single files by path.

use std::error;
use std::fmt;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The error for something that can't be opened because it isn't a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAFile {
    /// What it is, with an article.
    kind: &'static str,
}

impl NotAFile {
    pub(super) const LINK: Self = Self {
        kind: "a symbolic link",
    };
    const FOLDER: Self = Self { kind: "a folder" };
    pub(super) const OTHER: Self = Self {
        kind: "a pipe, a socket or a device",
    };

    /// Whether what was opened is a file.
    pub(super) fn check(file: &File) -> io::Result<()> {
        let kind = file.metadata()?.file_type();
        if kind.is_file() {
            return Ok(());
        }
        Err(if kind.is_dir() {
            Self::FOLDER.into()
        } else {
            Self::OTHER.into()
        })
    }
}

impl fmt::Display for NotAFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is {}, not a file", self.kind)
    }
}

impl error::Error for NotAFile {}

impl From<NotAFile> for io::Error {
    fn from(reason: NotAFile) -> Self {
        Self::new(io::ErrorKind::InvalidInput, reason)
    }
}

/// Whether something wasn't opened because it isn't a file.
pub fn is_not_a_file(cause: &io::Error) -> bool {
    cause
        .get_ref()
        .is_some_and(|reason| reason.is::<NotAFile>())
}

/// What the thing that isn't a file is, with an article: `a symbolic link`.
pub fn kind_of(cause: &io::Error) -> Option<&'static str> {
    let reason = cause.get_ref()?.downcast_ref::<NotAFile>()?;
    Some(reason.kind)
}

/// Whether something wasn't opened because it is a symbolic link or lies behind one.
pub fn is_a_link(cause: &io::Error) -> bool {
    kind_of(cause) == Some(NotAFile::LINK.kind)
}

/// Reads a file that the user named on the command line: links are followed and pipes awaited, because that was asked
/// for, but at most `limit` bytes are read.
///
/// # Errors
///
/// If the disk refuses; and [`io::ErrorKind::FileTooLarge`] if there are more bytes.
pub fn read_named(place: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_at_most(&File::open(place)?, limit)
}

/// Opens a file for reading.
///
/// # Errors
///
/// [`NotAFile`] for a link, a folder, a pipe and the like; and if the disk refuses.
pub fn open(place: &Path) -> io::Result<File> {
    checked(place, OpenOptions::new().read(true))
}

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
///
/// As for [`open`]; and [`io::ErrorKind::FileTooLarge`] if the file is larger. Never more than `limit` bytes are held
/// in memory.
///
/// # Examples
///
/// ```
/// use nutgraf_project::disk;
///
/// let dir = tempfile::tempdir().unwrap();
/// let file = dir.path().join("a.txt");
/// std::fs::write(&file, "four").unwrap();
/// assert_eq!(disk::read(&file, 4).unwrap(), b"four");
/// assert!(disk::read(&file, 3).is_err());
/// assert!(disk::is_not_a_file(&disk::read(dir.path(), 3).unwrap_err()));
/// ```
pub fn read(place: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_at_most(&open(place)?, limit)
}

/// The rest of an open file, if that is at most `limit` bytes.
pub(super) fn read_at_most(file: &File, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it has more than {} MB", limit.div_ceil(1024 * 1024)),
        ))
    } else {
        Ok(bytes)
    }
}

/// Opens a file for reading and writing without truncating it, or creates an empty one.
///
/// # Errors
///
/// As for [`open`]. A link is never followed, so nothing is created where it points.
pub fn open_or_create(place: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    checked(
        place,
        options.read(true).write(true).create(true).truncate(false),
    )
}

/// Creates a file that doesn't exist yet.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] if the name is taken, even by a link; and if the disk refuses.
pub fn create_new(place: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(place)
}

/// Whether a file has only this name. If it had others, changing it would change something else, too.
pub fn has_one_name(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata) <= 1;
    #[cfg(not(unix))]
    {
        let _ = metadata;
        true
    }
}

/// Opens a path and then checks what was opened, which may have changed a moment ago.
fn checked(place: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = plainly(place, options)?;
    NotAFile::check(&file)?;
    Ok(file)
}

/// Opens a path without following a link and without waiting for a pipe's other end.
#[cfg(unix)]
fn plainly(place: &Path, options: &mut OpenOptions) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    use rustix::io::Errno;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let opened = options.custom_flags(flags.bits().cast_signed()).open(place);
    opened.map_err(|cause| {
        let is = |errno: Errno| cause.raw_os_error() == Some(errno.raw_os_error());
        // `ELOOP` in POSIX; `EMLINK` on FreeBSD.
        if is(Errno::LOOP) || is(Errno::MLINK) {
            NotAFile::LINK.into()
        } else if is(Errno::ISDIR) {
            NotAFile::FOLDER.into()
        // A socket, or a pipe without a reader.
        } else if is(Errno::NXIO) {
            NotAFile::OTHER.into()
        } else {
            cause
        }
    })
}

/// Opens anything but a link.
#[cfg(not(unix))]
fn plainly(place: &Path, options: &mut OpenOptions) -> io::Result<File> {
    match place.symlink_metadata() {
        Ok(there) if there.is_symlink() => return Err(NotAFile::LINK.into()),
        Ok(there) if there.is_dir() => return Err(NotAFile::FOLDER.into()),
        Ok(_) | Err(_) => {}
    }
    options.open(place)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn nothing_but_a_file_is_opened_and_nothing_is_made_behind_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("file"), "text").unwrap();
        symlink(at("file"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        symlink(at("loop"), at("loop")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        let made = Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        assert_eq!(read(&at("file"), 10).unwrap(), b"text");
        for name in ["link", "dangling", "loop", "folder", "pipe", "socket"] {
            for opened in [open(&at(name)), open_or_create(&at(name))] {
                assert!(is_not_a_file(&opened.unwrap_err()), "{name}");
            }
        }
        assert!(!at("nowhere").exists());
        assert!(create_new(&at("dangling")).is_err());
        let none = open(&at("none")).unwrap_err();
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn no_more_is_read_than_allowed() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("sparse");
        File::create(&place).unwrap().set_len(1 << 40).unwrap();
        let cause = read(&place, 100).unwrap_err();
        assert_eq!(cause.kind(), io::ErrorKind::FileTooLarge);
    }
}
