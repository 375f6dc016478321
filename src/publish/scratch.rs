//! Where does the commit come into being? In a repository of its own, of which nothing stays unless it is published.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use tempfile::TempDir;

use super::git::{Git, Run, not_started};
use super::place::Place;
use crate::error::Error;

/// The only reference of a scratch repository.
pub(super) const REFERENCE: &str = "refs/heads/site";

/// The file of a scratch repository that is locked while its run is alive.
const LOCK: &str = "nutgraf.lock";

/// A repository that sees the objects of the writer's and adds its own elsewhere.
///
/// # Design
///
/// *Why not in the writer's repository?* A run that is killed can't clean up, and what `git fast-import` leaves there
/// is neither seen nor ever removed. This one stands among the system's temporary files, and the next publication of the
/// same repository removes it: nobody holds its lock then.
#[derive(Debug)]
pub(super) struct Scratch {
    /// Held as long as the run lives, and let go before the folder is removed.
    _lock: File,
    dir: TempDir,
    git: Git,
    /// The writer's repository.
    target: PathBuf,
}

impl Scratch {
    /// A new one; what killed runs for the same repository have left is removed.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub(super) fn new(place: &Place) -> Result<Self, Error> {
        let asked = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let found = place.git.demand("find its repository", asked)?.line();
        let target = PathBuf::from(found);
        let objects = target.join("objects");
        let format = place.git.ask(["rev-parse", "--show-object-format"])?;
        let format = format.unwrap_or_else(|| "sha1".to_owned());
        let prefix = prefix(&target);
        let parent = std::env::temp_dir();
        remove_orphans(&parent, &prefix, &target);
        let dir = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(&parent)
            .map_err(|cause| Error::io("make a folder in", &parent, cause))?;
        let lock = locked(dir.path())?;
        let outside = Git::new(dir.path());
        let mut args = vec!["init", "--quiet", "--bare", "--template="];
        let wanted = format!("--object-format={format}");
        // An older git doesn't know the word.
        if format != "sha1" {
            args.push(&wanted);
        }
        outside.demand("make a scratch repository", args)?;
        let info = dir.path().join("objects").join("info");
        let alternates = info.join("alternates");
        fs::create_dir_all(&info)
            .and_then(|()| fs::write(&alternates, format!("{}\n", objects.display())))
            .map_err(|cause| Error::io("write", &alternates, cause))?;
        let git = Git::in_repository(dir.path());
        Ok(Self {
            _lock: lock,
            dir,
            git,
            target,
        })
    }

    pub(super) fn git(&self) -> &Git {
        &self.git
    }

    /// Puts the new objects among those of the writer's repository, where nothing refers to them yet.
    ///
    /// # Errors
    ///
    /// If they can't be read, or git doesn't take them.
    pub(super) fn hand_over(&self) -> Result<HandedOver, Error> {
        // From a folder of the work tree, `git index-pack` would look for the repository in that very folder.
        let git = Git::in_repository(&self.target);
        let mut handed_over = HandedOver {
            git,
            packs: Vec::new(),
        };
        for pack in packs(self.dir.path())? {
            let copy = copy_of(&pack, &self.target);
            // What was there before isn't ours to take back.
            if !copy.exists() {
                handed_over.packs.push(copy);
            }
            let file = File::open(&pack).map_err(|cause| Error::io("read", &pack, cause))?;
            let mut command = handed_over.git.command(["index-pack", "--stdin"]);
            let output = command.stdin(file).output().map_err(not_started)?;
            let run = Run::new(output);
            if !run.is_fine() {
                handed_over.take_back();
                let complaint = run.complaint();
                return Err(Error::usage(format!(
                    "git could not keep the commit: {complaint}"
                )));
            }
        }
        Ok(handed_over)
    }
}

/// The packs of a repository.
fn packs(repository: &Path) -> Result<Vec<PathBuf>, Error> {
    let dir = repository.join("objects").join("pack");
    let read = |cause| Error::io("read the folder", &dir, cause);
    let mut packs = Vec::new();
    for entry in fs::read_dir(&dir).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.extension().is_some_and(|ending| ending == "pack") {
            packs.push(path);
        }
    }
    packs.sort();
    Ok(packs)
}

/// Where a pack stands in another repository: its name says what it holds.
fn copy_of(pack: &Path, repository: &Path) -> PathBuf {
    let dir = repository.join("objects").join("pack");
    dir.join(pack.file_name().unwrap_or_default())
}

/// The packs that a run has put into the writer's repository.
#[derive(Debug)]
pub(super) struct HandedOver {
    git: Git,
    packs: Vec<PathBuf>,
}

impl HandedOver {
    /// Removes what a commit needs that wasn't published, unless a reference has come to hold it nonetheless.
    ///
    /// What can't be removed is left to `git gc`, which removes what nothing refers to.
    pub(super) fn take_back_unless_held(&self, commit: &str) {
        let asked = ["for-each-ref", "--count=1", "--contains", commit];
        if let Ok(Some(holder)) = self.git.ask(asked)
            && holder.is_empty()
        {
            self.take_back();
        }
    }

    fn take_back(&self) {
        for pack in &self.packs {
            // The index goes first: without it, git doesn't look into the pack.
            for ending in ["idx", "rev", "pack"] {
                drop(fs::remove_file(pack.with_extension(ending)));
            }
        }
    }
}

/// What the names of the scratch repositories for one repository begin with.
fn prefix(repository: &Path) -> String {
    let hash = blake3::hash(repository.as_os_str().as_encoded_bytes());
    format!("nutgraf-publish-{}-", &hash.to_hex()[..16])
}

fn locked(dir: &Path) -> Result<File, Error> {
    let path = dir.join(LOCK);
    let failed = |cause| Error::io("lock", &path, cause);
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(failed)?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(failed(io::ErrorKind::WouldBlock.into())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

/// Removes what killed runs have left: their scratch repositories, and what they had handed over. It is in nobody's
/// way, so that what can't be removed stays and the run goes on.
fn remove_orphans(parent: &Path, prefix: &str, target: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.as_encoded_bytes().starts_with(prefix.as_bytes());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_ours || !is_folder {
            continue;
        }
        let dir = entry.path();
        // A run that lives holds the lock, or is about to make it.
        let lock = OpenOptions::new().write(true).open(dir.join(LOCK));
        if let Ok(lock) = lock
            && FileExt::try_lock(&lock).is_ok()
        {
            take_back_orphan(&dir, target);
            drop(fs::remove_dir_all(&dir));
        }
    }
}

/// Removes what a killed run had handed over and not published.
fn take_back_orphan(scratch: &Path, target: &Path) {
    let made = Git::in_repository(scratch).ask(["rev-parse", "--verify", "--quiet", REFERENCE]);
    let (Ok(Some(commit)), Ok(packs)) = (made, packs(scratch)) else {
        return;
    };
    let handed_over = HandedOver {
        git: Git::in_repository(target),
        packs: packs.iter().map(|pack| copy_of(pack, target)).collect(),
    };
    handed_over.take_back_unless_held(&commit);
}
