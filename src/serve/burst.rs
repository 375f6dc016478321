//! Decides whether more changes are about to follow: distinguishes a save from a burst of files, such as a copy or a
//! switch of branches.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::project::{SourcePath, is_litter};

/// Files closer together than this belong to one burst. Copies over a network leave gaps of tens of milliseconds; two
/// saves by a writer are farther apart.
const APART: Duration = Duration::from_millis(150);

/// From this many files on, expect more to come: an editor's save touches two at most, the file and its backup.
const FEW: usize = 3;

/// How long it has to be quiet after a few files. A program that writes many has written the next one by then.
const FEW_QUIET: Duration = Duration::from_millis(5);

/// From this many files on, they weren't written by an editor but by a copy, an archive or git.
const STORM: usize = 5;

/// How long it has to be quiet after a storm. Nobody waits for one of its pages, so the gap may be long.
const STORM_QUIET: Duration = Duration::from_millis(50);

/// The files and new folders seen recently, over several batches: a slow copy is a burst as well, though each of its
/// files is processed before the next one arrives.
#[derive(Default)]
pub(super) struct Burst {
    /// When the last one was seen.
    last: Option<Instant>,
    /// The first ones; it isn't necessary to know more than make a storm.
    paths: BTreeSet<SourcePath>,
    /// Whether there is a new folder among them. It is empty when it is created, so nobody waits for it alone.
    has_folder: bool,
    /// Whether they come from git.
    is_checkout: bool,
}

impl Burst {
    pub(super) fn note(&mut self, path: &SourcePath) {
        let now = Instant::now();
        if self
            .last
            .is_some_and(|last| now.duration_since(last) > APART)
        {
            *self = Self::default();
        }
        self.last = Some(now);
        if self.paths.len() < STORM && !is_litter(path.file_name()) {
            self.paths.insert(path.clone());
        }
    }

    pub(super) fn note_folder(&mut self, path: &SourcePath) {
        self.note(path);
        self.has_folder = true;
    }

    pub(super) fn go_on_with_git(&mut self) {
        self.last = Some(Instant::now());
        self.is_checkout = true;
    }

    /// How long it has to be quiet before the changes are processed.
    pub(super) fn quiet(&self) -> Duration {
        match self.paths.len() {
            _ if self.is_checkout => STORM_QUIET,
            STORM.. => STORM_QUIET,
            FEW.. => FEW_QUIET,
            _ if self.has_folder => FEW_QUIET,
            _ => Duration::ZERO,
        }
    }
}
