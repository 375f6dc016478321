//! Copies the objects of a scratch repository to the writer's, and removes them again if they aren't needed there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::git::{Git, Run, not_started};
use crate::error::Error;

/// Packs of a scratch repository, and the writer's repository with copies of them.
#[derive(Debug)]
pub(super) struct HandedOver {
    git: Git,
    packs: Vec<Handed>,
}

/// A pack of a scratch repository, and the place of its copy.
#[derive(Debug)]
struct Handed {
    pack: PathBuf,
    copy: PathBuf,
}

impl HandedOver {
    /// Packs that may already have copies in `repository`.
    pub(super) fn of(repository: &Path, packs: Vec<PathBuf>) -> Self {
        let dir = repository.join("objects").join("pack");
        let handed = |pack: PathBuf| {
            let copy = dir.join(pack.file_name().unwrap_or_default());
            Handed { pack, copy }
        };
        Self {
            // Run from a folder of the working tree, `git index-pack` would expect the repository in that very folder.
            git: Git::in_repository(repository),
            packs: packs.into_iter().map(handed).collect(),
        }
    }

    /// Copies packs into `repository`, where nothing refers to their objects yet. Those that already exist are left
    /// alone, and won't be taken back.
    ///
    /// # Errors
    ///
    /// If they can't be read, or git rejects them. Then none is left there.
    pub(super) fn hand_over(repository: &Path, packs: Vec<PathBuf>) -> Result<Self, Error> {
        let mut handed_over = Self::of(repository, packs);
        handed_over.packs.retain(|handed| !handed.copy.exists());
        for Handed { pack, .. } in &handed_over.packs {
            let file = File::open(pack).map_err(|cause| Error::io("read", pack, cause))?;
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

    /// Removes the copies, unless something in the writer's repository has come to need an object in them: a reference
    /// that contains the commit, or a file added in the meantime with the same bytes as one of the site's.
    ///
    /// They are hidden first, and git is asked whether the repository is complete without them. Whatever stays is left
    /// to `git gc`, which removes what nothing refers to.
    pub(super) fn take_back(&self) {
        for handed in &self.packs {
            handed.show();
        }
        let is_ours = |handed: &&Handed| handed.is_ours().unwrap_or(false);
        let ours: Vec<&Handed> = self.packs.iter().filter(is_ours).collect();
        let are_hidden = ours.iter().all(|handed| handed.hide().is_ok());
        if !ours.is_empty() && are_hidden && self.is_whole() {
            for handed in ours {
                handed.remove();
            }
        } else {
            for handed in ours {
                handed.show();
            }
        }
    }

    /// Whether every object exists that a reference, a reflog or an index leads to.
    fn is_whole(&self) -> bool {
        let run = self.git.run([
            "rev-list",
            "--objects",
            "--quiet",
            "--all",
            "--reflog",
            "--indexed-objects",
            // Objects that a partial clone has left at the remote aren't fetched for this.
            "--exclude-promisor-objects",
        ]);
        run.is_ok_and(|run| run.is_fine())
    }
}

impl Handed {
    /// Whether the copy has the same contents as the pack and nobody wants to keep it. Its name says nothing about
    /// that.
    fn is_ours(&self) -> io::Result<bool> {
        if self.copy.with_extension("keep").exists() || !self.copy.is_file() {
            return Ok(false);
        }
        Ok(hash(&self.pack)? == hash(&self.copy)?)
    }

    /// The index of the copy. Without it, git doesn't look into a pack.
    fn index(&self) -> PathBuf {
        self.copy.with_extension("idx")
    }

    /// Where the index is kept while the copy is hidden.
    fn aside(&self) -> PathBuf {
        self.pack.with_extension("aside")
    }

    fn hide(&self) -> io::Result<()> {
        fs::rename(self.index(), self.aside())
    }

    /// Undoes [`Handed::hide`], even that of a run that was killed.
    fn show(&self) {
        let (aside, index) = (self.aside(), self.index());
        if aside.is_file() && !index.exists() {
            // If it can't be put back, it stays where the next run will look for it.
            drop(fs::rename(aside, index));
        }
    }

    fn remove(&self) {
        for ending in ["rev", "pack"] {
            drop(fs::remove_file(self.copy.with_extension(ending)));
        }
        drop(fs::remove_file(self.aside()));
    }
}

/// The packs of a repository.
pub(super) fn packs(repository: &Path) -> Result<Vec<PathBuf>, Error> {
    let dir = repository.join("objects").join("pack");
    let read = |cause| Error::io("read the folder", &dir, cause);
    let mut packs = Vec::new();
    for entry in fs::read_dir(&dir).map_err(read)? {
        let entry = entry.map_err(read)?;
        let path = entry.path();
        let is_file = entry.file_type().map_err(read)?.is_file();
        if is_file && path.extension().is_some_and(|ending| ending == "pack") {
            packs.push(path);
        }
    }
    packs.sort();
    Ok(packs)
}

fn hash(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}
