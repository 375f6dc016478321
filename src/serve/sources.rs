//! The project on disk, as it was last read: tells whether a change was one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::config::{CONFIG, Config};
use crate::diag::Diagnostics;
use crate::error::Error;
use crate::project::{Ignore, Snapshot, SourcePath};
use crate::serve::watch::Watch;

/// How long a file may be missing in the middle of a save.
const MISSING: Duration = Duration::from_millis(20);

/// How long a file may be empty in the middle of a save. No empty file is worth a hurry.
const EMPTY: Duration = Duration::from_millis(100);

/// The project on disk, as it was last read.
pub(super) struct Sources {
    root: PathBuf,
    ignore: Ignore,
    snapshot: Arc<Snapshot>,
    faults: Diagnostics,
}

impl Sources {
    /// Reads the project at `root`, but for what is ignored.
    ///
    /// # Errors
    ///
    /// If a folder or file can't be read.
    pub(super) fn open(root: &Path, ignore: Ignore) -> Result<Self, Error> {
        let mut faults = Diagnostics::new();
        let snapshot = Snapshot::read(root, &ignore, &mut faults)?;
        Ok(Self {
            root: root.to_owned(),
            ignore,
            snapshot: Arc::new(snapshot),
            faults,
        })
    }

    /// The files.
    pub(super) fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// What is wrong with single files: links, pipes, names.
    pub(super) fn faults(&self) -> &Diagnostics {
        &self.faults
    }

    /// Reads again what may have changed, and waits for saves that are in the middle. `None` if all is as it was;
    /// else the files that are new, gone or other ones.
    ///
    /// # Errors
    ///
    /// If a folder or file can't be read; then all is as it was, and `paths` are those to try again.
    pub(super) fn refresh(
        &mut self,
        watch: &mut Watch,
        paths: &mut Vec<SourcePath>,
    ) -> Result<Option<Vec<SourcePath>>, Error> {
        let start = Instant::now();
        loop {
            let mut next = self.read_again(paths)?;
            let changed = next.snapshot.differences(&self.snapshot);
            if changed.is_empty() && next.snapshot == self.snapshot {
                // What was read as a whole shares no memory with what the edition has.
                next.snapshot = self.snapshot.clone();
            }
            let pause = pause(&self.snapshot, &next.snapshot, &changed);
            let left = pause.saturating_sub(start.elapsed());
            // If nothing more is noticed, what was read is what is there.
            if !left.is_zero()
                && let Some(more) = watch.next_within(left)
            {
                paths.extend(more);
                continue;
            }
            let is_same = changed.is_empty() && next.faults.sorted() == self.faults.sorted();
            *self = next;
            return Ok((!is_same).then_some(changed));
        }
    }

    fn read_again(&self, paths: &[SourcePath]) -> Result<Self, Error> {
        let mut next = Self {
            root: self.root.clone(),
            ignore: self.ignore.clone(),
            snapshot: self.snapshot.clone(),
            faults: Diagnostics::new(),
        };
        next.read(paths)?;
        let config = SourcePath::new(CONFIG);
        if paths
            .iter()
            .any(|path| path.as_str().is_empty() || *path == config)
        {
            let config = Config::parse(next.snapshot.get(&config), &mut Diagnostics::new());
            // A file of settings that can't be used says nothing; its faults are reported by the edition.
            if let Some(config) = config.filter(|config| config.ignore != next.ignore.patterns) {
                next.ignore = Ignore {
                    patterns: config.ignore,
                };
                next.read(&[SourcePath::new("")])?;
            }
        }
        Ok(next)
    }

    fn read(&mut self, paths: &[SourcePath]) -> Result<(), Error> {
        self.faults = Diagnostics::new();
        let snapshot = Arc::make_mut(&mut self.snapshot);
        snapshot.refresh(&self.root, &self.ignore, paths, &mut self.faults)
    }
}

/// How long to wait for the rest of a save: a file that has become empty or has vanished may be in the middle of one.
/// One whose bytes stand elsewhere now was only renamed, perhaps into the place of another.
fn pause(before: &Snapshot, after: &Snapshot, changed: &[SourcePath]) -> Duration {
    let arrived = changed.iter().filter_map(|path| after.get(path));
    let arrived: BTreeSet<_> = arrived.map(|file| file.hash).collect();
    let pauses = changed
        .iter()
        .map(|path| match (before.get(path), after.get(path)) {
            (_, Some(file)) if file.bytes.is_empty() => EMPTY,
            (Some(file), None) if !arrived.contains(&file.hash) => MISSING,
            (_, Some(_) | None) => Duration::ZERO,
        });
    pauses.max().unwrap_or_default()
}
