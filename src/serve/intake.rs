//! Processes edits: waits for one, and reads what it changed.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::project::{Snapshot, SourcePath};
use crate::serve::Console;
use crate::serve::sources::Sources;
use crate::serve::watch::Watch;

/// Changes noticed while an edit is being processed belong to it, if processing began no longer ago than this. So the
/// first file of a burst, for which nobody waits, seldom becomes an update of its own.
const MEANWHILE: Duration = Duration::from_millis(10);

/// After how long a failed read is tried again: soon enough for a writer, and seldom enough for a disk in trouble.
const AGAIN: Duration = Duration::from_millis(500);

/// A project whose edits are followed.
pub(super) struct Intake {
    watch: Watch,
    sources: Sources,
    trouble: Trouble,
    /// What was noticed but couldn't be read.
    missed: Vec<SourcePath>,
}

/// An edit that was read.
pub(super) struct Edit {
    /// The project after it.
    pub(super) snapshot: Arc<Snapshot>,
    /// The files that were added, removed or changed, in order; empty if only the faults of files have changed.
    pub(super) changed: Vec<SourcePath>,
    /// When it was noticed.
    pub(super) start: Instant,
}

impl Intake {
    pub(super) fn new(watch: Watch, sources: Sources) -> Self {
        Self {
            watch,
            sources,
            trouble: Trouble::new("The project can be read again."),
            missed: Vec::new(),
        }
    }

    /// The project as last read.
    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Waits for something to look at, and calls `notice` at the first sign of it. What couldn't be read is soon looked
    /// at again, because nothing reports that a limit was raised.
    pub(super) fn wait(&mut self, notice: &dyn Fn()) -> Vec<SourcePath> {
        if self.missed.is_empty() {
            return self.watch.next(notice);
        }
        self.wait_to_try_again()
    }

    /// Waits for something to look at, but only until what failed should be tried again. Empty if nothing was noticed.
    pub(super) fn wait_to_try_again(&mut self) -> Vec<SourcePath> {
        let noticed = self.watch.next_within(AGAIN).unwrap_or_default();
        let mut paths = std::mem::take(&mut self.missed);
        paths.extend(noticed);
        paths
    }

    /// Reads `paths` again. `None` if nothing has changed, or if they can't be read, which is then reported.
    pub(super) fn read(
        &mut self,
        mut paths: Vec<SourcePath>,
        console: &dyn Console,
    ) -> Option<Edit> {
        if paths.is_empty() {
            return None;
        }
        let start = Instant::now();
        let mut taken: Option<Edit> = None;
        loop {
            self.say_notices(console);
            let refreshed = self.sources.refresh(&mut self.watch, &mut paths);
            if refreshed.is_err() {
                self.missed.append(&mut paths);
            }
            if let Some(mut changed) = self.trouble.settle(refreshed, console) {
                changed.extend(taken.into_iter().flat_map(|edit| edit.changed));
                changed.sort();
                changed.dedup();
                taken = Some(Edit {
                    snapshot: self.sources.snapshot().clone(),
                    changed,
                    start,
                });
            }
            if start.elapsed() >= MEANWHILE {
                return taken;
            }
            match self.watch.next_within(Duration::ZERO) {
                Some(more) => paths = more,
                None => return taken,
            }
        }
    }

    /// Tells the writer what they should know about how changes are noticed.
    pub(super) fn say_notices(&mut self, console: &dyn Console) {
        for notice in self.watch.notices() {
            console.say(&format!("note: {notice}"));
        }
    }
}

/// "content/a.md: updated in 3 ms."
impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.start.elapsed().as_millis();
        match &*self.changed {
            [] => write!(f, "Updated in {time} ms."),
            [path] => write!(f, "{path}: updated in {time} ms."),
            [path, ..] => {
                let n_more = self.changed.len() - 1;
                write!(f, "{path} and {n_more} more: updated in {time} ms.")
            }
        }
    }
}

/// Errors of reading or writing while edits are followed: each is reported once, and the last state stays.
pub(super) struct Trouble {
    said: Option<String>,
    /// What to say when it is over.
    is_over: &'static str,
}

impl Trouble {
    pub(super) fn new(is_over: &'static str) -> Self {
        Self {
            said: None,
            is_over,
        }
    }

    pub(super) fn settle<T>(
        &mut self,
        result: Result<Option<T>, Error>,
        console: &dyn Console,
    ) -> Option<T> {
        match result {
            Ok(value) => {
                if self.said.take().is_some() {
                    console.say(self.is_over);
                }
                value
            }
            Err(error) => {
                let said = format!("error: {error}; the last state stays until that is fixed");
                if self.said.as_ref() != Some(&said) {
                    console.say(&said);
                    self.said = Some(said);
                }
                None
            }
        }
    }
}
