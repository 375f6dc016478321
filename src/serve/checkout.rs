//! Tells whether git is in the middle of changing the working tree: switching branches touches many files, one after
//! the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::disk;

/// A `.git` file contains one path.
const MAX_BYTES: u64 = 64 * 1024;

/// An older lock was left behind by a git that was killed: even a large checkout finishes within seconds.
const STALE: Duration = Duration::from_secs(5);

/// The lock that git holds while it changes the working tree of a project in a repository.
#[derive(Debug)]
pub(super) struct Checkout {
    lock: Option<PathBuf>,
}

impl Checkout {
    /// Looks for the repository that contains `root`: in a folder `.git` here or further up, or where a file of that
    /// name points to, as in a linked working tree.
    pub(super) fn around(root: &Path) -> Self {
        let found = root.ancestors().find_map(|folder| {
            let git = folder.join(".git");
            if git.is_dir() {
                Some(git)
            } else {
                let bytes = disk::read(&git, MAX_BYTES).ok()?;
                let text = String::from_utf8(bytes).ok()?;
                Some(folder.join(text.strip_prefix("gitdir:")?.trim()))
            }
        });
        Self {
            lock: found.map(|git| git.join("index.lock")),
        }
    }

    /// Whether git holds the lock.
    pub(super) fn is_going_on(&self) -> bool {
        let lock = self.lock.as_ref().and_then(|lock| lock.metadata().ok());
        let made = lock.and_then(|lock| lock.modified().ok());
        // If the time is in the future, the age is unknown.
        made.is_some_and(|made| made.elapsed().is_ok_and(|age| age < STALE))
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn the_lock_is_that_of_the_repository_around() {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("work/docs/site");
        fs::create_dir_all(&site).unwrap();
        assert!(!Checkout::around(&site).is_going_on());
        // A linked working tree: its `.git` is a file.
        let git = dir.path().join("main/.git/worktrees/work");
        fs::create_dir_all(&git).unwrap();
        let link = format!("gitdir: {}\n", git.display());
        fs::write(dir.path().join("work/.git"), link).unwrap();
        let checkout = Checkout::around(&site);
        assert!(!checkout.is_going_on());
        let lock = File::create(git.join("index.lock")).unwrap();
        assert!(checkout.is_going_on());
        // Left behind by a git that was killed.
        lock.set_modified(SystemTime::now() - 2 * STALE).unwrap();
        assert!(!checkout.is_going_on());
        lock.set_modified(SystemTime::now() + 2 * STALE).unwrap();
        assert!(!checkout.is_going_on());
    }
}
