//! Changes to an output folder that never go through a link, though somebody puts one in the way meanwhile.
//!
//! Places are named by their whole paths, as everywhere in this module; each is reached from the handle of the output
//! folder, folder by folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::Root;

/// An output folder that is being changed.
pub(super) struct Inside {
    dir: PathBuf,
    root: Root,
}

impl Inside {
    /// The output folder `dir`, which has to be there.
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            root: Root::open(dir)?,
        })
    }

    /// The way to a place from the output folder.
    fn below<'p>(&self, place: &'p Path) -> io::Result<&'p Path> {
        let below = place.strip_prefix(&self.dir);
        below.map_err(|_| io::ErrorKind::InvalidInput.into())
    }

    /// Removes a folder and those above it, up to and without the output folder, as long as they are empty.
    ///
    /// `on_removed` hears of each. A folder that stays is no error: an empty folder does no harm.
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
    /// Moves a file from elsewhere to a place, and replaces what is there.
    pub(super) fn put(&self, from: &Path, place: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        Ok(rustix::fs::renameat(rustix::fs::CWD, from, &folder, &name)?)
    }

    /// Moves a file from a place to elsewhere.
    pub(super) fn take(&self, place: &Path, to: &Path) -> io::Result<()> {
        let (folder, name) = self.root.parent(self.below(place)?)?;
        Ok(rustix::fs::renameat(&folder, &name, rustix::fs::CWD, to)?)
    }

    /// Gives a file a second name elsewhere.
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

    /// Exchanges a file elsewhere with the one at a place in one step, so that there is no moment without either. `false`
    /// if the system can't.
    ///
    /// Besides being safe, it spares ext4 from writing every file to the platter at once, as it does for a rename that
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

    /// Exchanges two files in one step, which the system can't.
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

    /// Makes a folder and those above it that are missing, readable for everyone, and tells which were made.
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

/// By name, after a look: there are no handles of folders here.
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
