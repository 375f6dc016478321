//! Opens files below a folder without ever leaving it, whatever happens to the folders in between.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Component, Path};

use super::open::NotAFile;

/// A folder below which everything is opened without following links.
///
/// Checking that a folder isn't a link and then entering it are two steps, and between them somebody else can put a
/// link there. So folders are opened one at a time, each relative to the last (on Linux, the kernel does it in one
/// step).
#[derive(Debug)]
pub struct Root {
    #[cfg(not(unix))]
    path: std::path::PathBuf,
    #[cfg(unix)]
    folder: rustix::fd::OwnedFd,
}

impl Root {
    /// Opens the folder at a path, which may itself be reached through links.
    ///
    /// # Errors
    ///
    /// If it doesn't exist or isn't a folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        #[cfg(unix)]
        {
            use rustix::fs::{Mode, OFlags};

            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Self {
                folder: rustix::fs::open(path, flags, Mode::empty())?,
            })
        }
        #[cfg(not(unix))]
        {
            std::fs::read_dir(path)?;
            Ok(Self {
                path: path.to_owned(),
            })
        }
    }

    /// Opens a file below the folder for reading.
    ///
    /// # Errors
    ///
    /// [`NotAFile`] for a link, a pipe and the like, and for anything behind a link; if `below` leads out of the
    /// folder; and if the disk refuses.
    pub fn file(&self, below: &Path) -> io::Result<File> {
        check_is_below(below)?;
        let file = self.opened(below)?;
        NotAFile::check(&file)?;
        Ok(file)
    }

    /// Reads a whole file of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// As for [`Root::file`] and [`read`](super::read).
    pub fn read(&self, below: &Path, limit: u64) -> io::Result<Vec<u8>> {
        super::open::read_at_most(&self.file(below)?, limit)
    }

    /// Creates a file that doesn't exist yet, along with its folders. The file is written completely or not at all.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AlreadyExists`] if the name is taken; [`NotAFile`] if a link is on the way; and if the disk
    /// refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::path::Path;
    /// use nutgraf_project::disk::Root;
    ///
    /// let dir = tempfile::tempdir().unwrap();
    /// let root = Root::open(dir.path()).unwrap();
    /// root.create(Path::new("a/b.txt"), b"text").unwrap();
    /// assert_eq!(root.read(Path::new("a/b.txt"), 10).unwrap(), b"text");
    /// assert!(root.create(Path::new("a/b.txt"), b"other").is_err());
    /// assert!(root.create(Path::new("../c.txt"), b"text").is_err());
    /// ```
    pub fn create(&self, below: &Path, bytes: &[u8]) -> io::Result<()> {
        self.put(below, bytes, false)
    }

    /// Replaces whatever has this name with a file, creating its folders. The file is written completely or not at all.
    /// A link with this name is replaced, not followed.
    ///
    /// # Errors
    ///
    /// [`NotAFile`] if a link is on the way; and if the disk refuses.
    pub fn replace(&self, below: &Path, bytes: &[u8]) -> io::Result<()> {
        self.put(below, bytes, true)
    }

    /// Removes a file. A link with this name is removed, not followed.
    ///
    /// # Errors
    ///
    /// [`NotAFile`] if a link is on the way; and if the disk refuses.
    pub fn remove(&self, below: &Path) -> io::Result<()> {
        check_is_below(below)?;
        self.removed(below)
    }
}

#[cfg(unix)]
mod handles {
    use std::ffi::{OsStr, OsString};

    use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
    use rustix::fs::{AtFlags, Mode, OFlags};
    use rustix::io::Errno;

    use super::*;

    const FOLDER: OFlags = OFlags::RDONLY
        .union(OFlags::DIRECTORY)
        .union(OFlags::NOFOLLOW)
        .union(OFlags::CLOEXEC);

    const FILE: OFlags = OFlags::RDONLY
        .union(OFlags::NOFOLLOW)
        .union(OFlags::NONBLOCK)
        .union(OFlags::NOCTTY)
        .union(OFlags::CLOEXEC);

    impl Root {
        pub(super) fn opened(&self, below: &Path) -> io::Result<File> {
            #[cfg(any(target_os = "linux", target_os = "android"))]
            {
                use rustix::fs::{ResolveFlags, openat2};

                let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
                match openat2(&self.folder, below, FILE, Mode::empty(), resolve) {
                    Ok(file) => return Ok(File::from(file)),
                    // An old kernel, or a sandbox that doesn't know the call.
                    Err(Errno::NOSYS | Errno::PERM | Errno::AGAIN) => {}
                    Err(cause) => return Err(told(cause)),
                }
            }
            let (folder, name) = self.folder_of(below, false)?;
            let file = rustix::fs::openat(&folder, &name, FILE, Mode::empty());
            file.map(File::from).map_err(told)
        }

        pub(super) fn removed(&self, below: &Path) -> io::Result<()> {
            let (folder, name) = self.folder_of(below, false)?;
            Ok(rustix::fs::unlinkat(&folder, &name, AtFlags::empty())?)
        }

        pub(super) fn put(&self, below: &Path, bytes: &[u8], replaces: bool) -> io::Result<()> {
            check_is_below(below)?;
            let (folder, name) = self.folder_of(below, true)?;
            let temporary = Temporary::new(folder.as_fd())?;
            let mut file = &temporary.file;
            file.write_all(bytes)?;
            file.sync_all()?;
            if replaces {
                keep_permissions(&folder, &name, &temporary.file)?;
                rustix::fs::renameat(&folder, &temporary.name, &folder, &name)?;
                temporary.keep();
            } else {
                // A hard link under the new name, then the old name is removed: unlike a rename, that never
                // replaces a file.
                let empty = AtFlags::empty();
                match rustix::fs::linkat(&folder, &temporary.name, &folder, &name, empty) {
                    // A disk without hard links.
                    Err(Errno::PERM | Errno::NOTSUP | Errno::NOSYS) if is_free(&folder, &name) => {
                        rustix::fs::renameat(&folder, &temporary.name, &folder, &name)?;
                        temporary.keep();
                    }
                    linked => linked?,
                }
            }
            Ok(())
        }

        /// The folder that contains a path, and the path's last name, for changing what is there.
        ///
        /// # Errors
        ///
        /// [`NotAFile`] if a link is on the way; if the path leads out of the folder; and if a folder isn't there.
        pub fn parent(&self, below: &Path) -> io::Result<(OwnedFd, OsString)> {
            check_is_below(below)?;
            self.folder_of(below, false)
        }

        /// A folder below this one.
        ///
        /// # Errors
        ///
        /// As for [`Root::parent`].
        pub fn folder(&self, below: &Path) -> io::Result<OwnedFd> {
            let (parent, name) = self.parent(below)?;
            rustix::fs::openat(&parent, &name, FOLDER, Mode::empty()).map_err(told)
        }

        /// The folder that contains a path, and the path's last name.
        fn folder_of(&self, below: &Path, makes: bool) -> io::Result<(OwnedFd, OsString)> {
            let mut names: Vec<&OsStr> = below
                .components()
                .filter_map(|part| match part {
                    Component::Normal(name) => Some(name),
                    _ => None,
                })
                .collect();
            let last = names.pop().ok_or(io::ErrorKind::InvalidInput)?;
            let mut folder = self.folder.try_clone()?;
            for name in names {
                let inner = rustix::fs::openat(&folder, name, FOLDER, Mode::empty());
                folder = match inner {
                    Err(Errno::NOENT) if makes => {
                        match rustix::fs::mkdirat(&folder, name, Mode::from_raw_mode(0o777)) {
                            Ok(()) | Err(Errno::EXIST) => {}
                            Err(cause) => return Err(told(cause)),
                        }
                        rustix::fs::openat(&folder, name, FOLDER, Mode::empty()).map_err(told)?
                    }
                    inner => inner.map_err(|cause| match cause {
                        // On some systems, a link where a folder was expected.
                        Errno::NOTDIR if is_link(&folder, name) => NotAFile::LINK.into(),
                        cause => told(cause),
                    })?,
                };
            }
            Ok((folder, last.to_owned()))
        }
    }

    fn is_link(folder: &OwnedFd, name: &OsStr) -> bool {
        let looked = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW);
        looked.is_ok_and(|there| {
            rustix::fs::FileType::from_raw_mode(there.st_mode) == rustix::fs::FileType::Symlink
        })
    }

    /// Gives a file the permissions of the one that it replaces, if there is one.
    fn keep_permissions(folder: &OwnedFd, name: &OsStr, file: &File) -> io::Result<()> {
        let there = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW);
        if let Ok(there) = there
            && rustix::fs::FileType::from_raw_mode(there.st_mode)
                == rustix::fs::FileType::RegularFile
        {
            rustix::fs::fchmod(file, Mode::from_raw_mode(there.st_mode & 0o777))?;
        }
        Ok(())
    }

    fn is_free(folder: &OwnedFd, name: &OsStr) -> bool {
        let looked = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW);
        looked.is_err_and(|cause| cause == Errno::NOENT)
    }

    fn told(cause: Errno) -> io::Error {
        match cause {
            Errno::LOOP | Errno::MLINK | Errno::XDEV => NotAFile::LINK.into(),
            Errno::NXIO => NotAFile::OTHER.into(),
            cause => cause.into(),
        }
    }

    /// A file that is deleted unless it is kept.
    struct Temporary<'f> {
        folder: BorrowedFd<'f>,
        name: String,
        file: File,
        is_kept: std::cell::Cell<bool>,
    }

    impl<'f> Temporary<'f> {
        fn new(folder: BorrowedFd<'f>) -> io::Result<Self> {
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
            for n in 0..1000_u32 {
                let name = format!(".nutgraf-{}-{n}", std::process::id());
                match rustix::fs::openat(folder, &*name, flags, Mode::from_raw_mode(0o666)) {
                    Ok(file) => {
                        return Ok(Self {
                            folder,
                            name,
                            file: File::from(file),
                            is_kept: false.into(),
                        });
                    }
                    Err(Errno::EXIST) => {}
                    Err(cause) => return Err(cause.into()),
                }
            }
            Err(io::ErrorKind::AlreadyExists.into())
        }

        fn keep(&self) {
            self.is_kept.set(true);
        }
    }

    impl Drop for Temporary<'_> {
        fn drop(&mut self) {
            if !self.is_kept.get() {
                // A leftover is in nobody's way and isn't a source.
                let _ = rustix::fs::unlinkat(self.folder, &*self.name, AtFlags::empty());
            }
        }
    }
}

#[cfg(not(unix))]
impl Root {
    fn opened(&self, below: &Path) -> io::Result<File> {
        self.check_folders(below)?;
        super::open(&self.path.join(below))
    }

    fn removed(&self, below: &Path) -> io::Result<()> {
        self.check_folders(below)?;
        std::fs::remove_file(self.path.join(below))
    }

    fn put(&self, below: &Path, bytes: &[u8], replaces: bool) -> io::Result<()> {
        check_is_below(below)?;
        self.check_folders(below)?;
        let place = self.path.join(below);
        let folder = place.parent().unwrap_or(&self.path);
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".nutgraf-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let moved = if replaces {
            file.persist(&place)
        } else {
            file.persist_noclobber(&place)
        };
        moved.map(drop).map_err(|refused| refused.error)
    }

    pub fn check_folders(&self, below: &Path) -> io::Result<()> {
        let mut folder = self.path.clone();
        for part in below.parent().into_iter().flat_map(Path::components) {
            folder.push(part);
            match folder.symlink_metadata() {
                Ok(there) if there.is_symlink() => return Err(NotAFile::LINK.into()),
                Ok(_) => {}
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(cause) => return Err(cause),
            }
        }
        Ok(())
    }
}

fn check_is_below(below: &Path) -> io::Result<()> {
    let is_plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if below.components().all(is_plain) {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it leads out of the folder",
        ))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::disk::is_not_a_file;

    #[test]
    fn no_link_on_the_way_is_followed_neither_to_read_nor_to_write() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "secret").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let root = Root::open(dir.path()).unwrap();
        fs::create_dir_all(dir.path().join("real/deep")).unwrap();
        fs::write(dir.path().join("real/deep/a.md"), "text").unwrap();
        symlink(outside.path(), dir.path().join("out")).unwrap();
        symlink("real", dir.path().join("alias")).unwrap();
        symlink(outside.path().join("secret.md"), dir.path().join("file.md")).unwrap();
        let deep = Path::new("real/deep/a.md");
        assert_eq!(root.read(deep, 10).unwrap(), b"text");
        for path in ["out/secret.md", "alias/deep/a.md", "file.md"] {
            let cause = root.read(Path::new(path), 10).unwrap_err();
            assert!(is_not_a_file(&cause), "{path}: {cause}");
        }
        for path in ["out/new.md", "alias/new.md"] {
            assert!(is_not_a_file(
                &root.create(Path::new(path), b"x").unwrap_err()
            ));
            assert!(root.replace(Path::new(path), b"x").is_err());
        }
        assert!(root.create(Path::new("file.md"), b"x").is_err());
        root.replace(Path::new("file.md"), b"mine").unwrap();
        assert_eq!(root.read(Path::new("file.md"), 10).unwrap(), b"mine");
        let kept = fs::read(outside.path().join("secret.md")).unwrap();
        assert_eq!(kept, b"secret");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
        for path in ["../x", "/etc/passwd", "a/../../x"] {
            assert!(root.read(Path::new(path), 10).is_err());
        }
    }

    /// While a file is read, its folders are replaced with links, over and over.
    #[test]
    fn a_folder_that_becomes_a_link_meanwhile_leads_nowhere() {
        use std::sync::atomic::{AtomicBool, Ordering};

        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a.md"), "secret").unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("content")).unwrap();
        fs::write(dir.path().join("content/a.md"), "public").unwrap();
        symlink(outside.path(), dir.path().join("link")).unwrap();
        let root = Root::open(dir.path()).unwrap();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let at = |name: &str| dir.path().join(name);
                while !is_over.load(Ordering::Relaxed) {
                    for (from, to) in [
                        ("content", "aside"),
                        ("link", "content"),
                        ("content", "link"),
                        ("aside", "content"),
                    ] {
                        fs::rename(at(from), at(to)).unwrap();
                    }
                }
            });
            let path = Path::new("content/a.md");
            let mut reads = (0..2000).filter_map(|_| root.read(path, 100).ok());
            let is_wrong = reads.any(|bytes| bytes != b"public");
            is_over.store(true, Ordering::Relaxed);
            assert!(!is_wrong, "read from outside");
        });
    }
}
