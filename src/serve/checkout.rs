//! Is git in the middle of changing the work tree? A switch of branches touches many files, one after the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// A lock that is older was left behind by a git that was killed.
const STALE: Duration = Duration::from_secs(5);

/// The lock that git holds while it changes the work tree of a project, if that is in a repository.
#[derive(Debug)]
pub(super) struct Checkout {
    lock: Option<PathBuf>,
}

impl Checkout {
    /// Looks for the repository that `root` is in: in a folder `.git` here or further up, or where a file of that
    /// name points to, as in a linked work tree.
    pub(super) fn around(root: &Path) -> Self {
        let found = root.ancestors().find_map(|folder| {
            let git = folder.join(".git");
            match git.is_dir() {
                true => Some(git),
                false => {
                    let text = std::fs::read_to_string(git).ok()?;
                    Some(folder.join(text.strip_prefix("gitdir:")?.trim()))
                }
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
        // A time that lies ahead can't be told from a new one.
        made.is_some_and(|made| made.elapsed().unwrap_or_default() < STALE)
    }
}
