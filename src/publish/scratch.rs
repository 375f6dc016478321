//! The repository in which a commit is made. Nothing of it remains unless it is published.

use std::fs::{self, File};
use std::path::PathBuf;

use tempfile::TempDir;

use super::bench::Bench;
use super::git::Git;
use super::handover::{HandedOver, packs};
use super::place::Place;
use crate::error::Error;

/// The only reference of a scratch repository.
pub(super) const REFERENCE: &str = "refs/heads/site";

/// A repository that sees the objects of the writer's, and stores its own elsewhere.
///
/// # Design
///
/// *Why not in the writer's repository?* A run that is killed can't clean up, and what `git fast-import` leaves there
/// is neither seen nor ever removed. This repository is in a folder of ours, and the next publication removes it:
/// nobody holds its lock then.
#[derive(Debug)]
pub(super) struct Scratch<'b> {
    /// Held for as long as the run lives, and released before the folder is removed.
    _lock: File,
    dir: TempDir,
    git: Git,
    bench: &'b Bench,
}

impl<'b> Scratch<'b> {
    /// Creates a scratch repository.
    ///
    /// # Errors
    ///
    /// If it can't be created.
    pub(super) fn new(bench: &'b Bench, place: &Place) -> Result<Self, Error> {
        let objects = bench.repository().join("objects");
        let format = place.git.ask(["rev-parse", "--show-object-format"])?;
        let format = format.unwrap_or_else(|| "sha1".to_owned());
        let (lock, dir) = bench.new_folder()?;
        let git = Git::in_repository(dir.path());
        let mut args = vec!["init", "--quiet", "--bare", "--template="];
        let wanted = format!("--object-format={format}");
        // An older git doesn't know the option.
        if format != "sha1" {
            args.push(&wanted);
        }
        git.demand("make a scratch repository", args)?;
        let info = dir.path().join("objects").join("info");
        let alternates = info.join("alternates");
        fs::create_dir_all(&info)
            .and_then(|()| fs::write(&alternates, format!("{}\n", objects.display())))
            .map_err(|cause| Error::io("write", &alternates, cause))?;
        Ok(Self {
            _lock: lock,
            dir,
            git,
            bench,
        })
    }

    pub(super) fn git(&self) -> &Git {
        &self.git
    }

    /// The folder of its objects.
    pub(super) fn objects(&self) -> PathBuf {
        self.dir.path().join("objects")
    }

    /// The folder of the writer's objects.
    pub(super) fn objects_of_writer(&self) -> PathBuf {
        self.bench.repository().join("objects")
    }

    /// Copies the new objects to the writer's repository, where nothing refers to them yet.
    ///
    /// # Errors
    ///
    /// If they can't be read, or git rejects them.
    pub(super) fn hand_over(&self) -> Result<HandedOver, Error> {
        HandedOver::hand_over(self.bench.repository(), packs(self.dir.path())?)
    }
}
