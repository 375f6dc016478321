//! The project on disk, as last read: tells whether anything has really changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::config::{CONFIG, Config};
use crate::diag::Diagnostics;
use crate::error::Error;
use crate::project::{Ignore, Snapshot, SourcePath};
use crate::serve::watch::Watch;

/// How long a file may be missing in the middle of a save: an editor that deletes and rewrites a file takes a few
/// milliseconds.
const MISSING: Duration = Duration::from_millis(20);

/// How long a file may be empty in the middle of a save. It can be long, because there is no hurry to show an empty
/// file.
const EMPTY: Duration = Duration::from_millis(100);

/// The project on disk, as last read.
pub(super) struct Sources {
    root: PathBuf,
    ignore: Ignore,
    snapshot: Arc<Snapshot>,
    faults: Diagnostics,
}

impl Sources {
    /// Reads the project at `root`, except for what is ignored.
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

    /// The faults of single files: links, pipes, names.
    pub(super) fn faults(&self) -> &Diagnostics {
        &self.faults
    }

    /// Rereads what may have changed, and waits for saves in progress. `None` if everything is the same; otherwise the
    /// files that were added, removed or changed.
    ///
    /// # Errors
    ///
    /// If a folder or file can't be read; then nothing is changed, and `paths` should be tried again.
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
                // A complete rereading shares no memory with the edition.
                next.snapshot = self.snapshot.clone();
            }
            let pause = pause(&self.snapshot, &next.snapshot, &changed);
            let left = pause.saturating_sub(start.elapsed());
            // If nothing more is noticed, what was read is current.
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
            // A settings file that can't be used has no effect; the edition reports its faults.
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

/// How long to wait for the rest of a save: a file that has become empty or has vanished may be in the middle of one. A
/// file whose bytes are now elsewhere was only renamed, perhaps to replace another.
fn pause(before: &Snapshot, after: &Snapshot, changed: &[SourcePath]) -> Duration {
    let arrived: BTreeSet<_> = changed
        .iter()
        .filter_map(|path| after.get(path))
        .map(|file| file.hash)
        .collect();
    let pauses = changed
        .iter()
        .map(|path| match (before.get(path), after.get(path)) {
            (_, Some(file)) if file.bytes.is_empty() => EMPTY,
            (Some(file), None) if !arrived.contains(&file.hash) => MISSING,
            (_, Some(_) | None) => Duration::ZERO,
        });
    pauses.max().unwrap_or_default()
}
