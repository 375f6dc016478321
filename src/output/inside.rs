//! Changes an output folder without ever going through a link, even if somebody puts one in the way meanwhile.
//!
//! Places are given as full paths, as everywhere in this module; each is reached from the handle of the output folder,
//! folder by folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::Root;

/// An output folder that is being changed.
pub(super) struct Inside {
    dir: PathBuf,
    root: Root,
}

impl Inside {
    /// The output folder `dir`, which has to exist.
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            root: Root::open(dir)?,
        })
    }

    /// The path of a place relative to the output folder.
    fn below<'p>(&self, place: &'p Path) -> io::Result<&'p Path> {
        let below = place.strip_prefix(&self.dir);
        below.map_err(|_| io::ErrorKind::InvalidInput.into())
    }

    /// Removes a folder and its parents as long as they are empty, stopping at the output folder.
    ///
    /// `on_removed` is called for each. A folder that stays isn't an error: an empty folder does no harm.
    pub(super) fn remove_empty_folders(&self, folder: &Path, on_removed: &mut dyn FnMut(&Path)) {
        for folder in folder.ancestors().take_while(|folder| *folder != self.dir) {
            if self.remove_folder(folder).is_err() {
                return;
            }
            on_removed(folder);
        }
    }
}

#[cfg(unix)]
impl Inside {
    /// Moves a file from elsewhere to a place, replacing what is there.
    pub(super) fn put(&self, from: &Path, place: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        Ok(rustix::fs::renameat(rustix::fs::CWD, from, &folder, &name)?)
    }

    /// Moves a file from a place to somewhere else.
    pub(super) fn take(&self, place: &Path, to: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        Ok(rustix::fs::renameat(&folder, &name, rustix::fs::CWD, to)?)
    }

    /// Gives a file a second name somewhere else.
    pub(super) fn link(&self, place: &Path, to: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        let flags = rustix::fs::AtFlags::empty();
        Ok(rustix::fs::linkat(
            &folder,
            &name,
            rustix::fs::CWD,
            to,
            flags,
        )?)
    }

    /// Exchanges a file elsewhere with the one at a place in one step, so that neither is ever missing. `false` if the
    /// system can't.
    ///
    /// Besides being safe, this keeps ext4 from flushing every file to disk at once, as it does for a rename that
    /// replaces a file.
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    pub(super) fn exchange(&self, elsewhere: &Path, place: &Path) -> io::Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;

        let (folder, name) = self.root.parent(self.below(place)?)?;
        match renameat_with(CWD, elsewhere, &folder, &name, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
            Err(cause) => Err(cause.into()),
        }
    }

    /// This system can't exchange two files in one step.
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    pub(super) fn exchange(&self, _elsewhere: &Path, _place: &Path) -> io::Result<bool> {
        Ok(false)
    }

    /// Removes a file.
    pub(super) fn remove_file(&self, place: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        let flags = rustix::fs::AtFlags::empty();
        Ok(rustix::fs::unlinkat(&folder, &name, flags)?)
    }

    /// Removes an empty folder.
    pub(super) fn remove_folder(&self, place: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        let flags = rustix::fs::AtFlags::REMOVEDIR;
        Ok(rustix::fs::unlinkat(&folder, &name, flags)?)
    }

    /// Creates a folder and its missing parents, readable by everyone, and reports those created.
    pub(super) fn make_folders(
        &self,
        folder: &Path,
        on_made: &mut dyn FnMut(&Path),
    ) -> io::Result<()> {
        use rustix::fs::Mode;
        use rustix::io::Errno;

        let above = folder
            .ancestors()
            .take_while(|folder| *folder != self.dir)
            .collect::<Vec<_>>();
        for folder in above.into_iter().rev() {
            let below = self.below(folder)?;
            let (parent, name) = self.root.parent(below)?;
            match rustix::fs::mkdirat(&parent, &name, Mode::from_raw_mode(0o777)) {
                Ok(()) => {
                    on_made(folder);
                    // Whatever the umask.
                    let made = self.root.folder(below)?;
                    rustix::fs::fchmod(&made, Mode::from_raw_mode(0o755))?;
                }
                Err(Errno::EXIST) => {}
                Err(cause) => return Err(cause.into()),
            }
        }
        Ok(())
    }
}

/// By path, after checking it: this system has no folder handles.
#[cfg(not(unix))]
impl Inside {
    fn checked<'p>(&self, place: &'p Path) -> io::Result<&'p Path> {
        self.root.check_folders(self.below(place)?)?;
        Ok(place)
    }

    pub(super) fn put(&self, from: &Path, place: &Path) -> io::Result<()> {
        std::fs::rename(from, self.checked(place)?)
    }

    pub(super) fn take(&self, place: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(self.checked(place)?, to)
    }

    pub(super) fn link(&self, place: &Path, to: &Path) -> io::Result<()> {
        std::fs::hard_link(self.checked(place)?, to)
    }

    pub(super) fn exchange(&self, _elsewhere: &Path, _place: &Path) -> io::Result<bool> {
        Ok(false)
    }

    pub(super) fn remove_file(&self, place: &Path) -> io::Result<()> {
        std::fs::remove_file(self.checked(place)?)
    }

    pub(super) fn remove_folder(&self, place: &Path) -> io::Result<()> {
        std::fs::remove_dir(self.checked(place)?)
    }

    pub(super) fn make_folders(
        &self,
        folder: &Path,
        on_made: &mut dyn FnMut(&Path),
    ) -> io::Result<()> {
        crate::output::disk::make_folders(self.checked(folder)?, on_made)
    }
}
