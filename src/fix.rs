//! Fixes faults with only one answer: `check --fix`.
//!
//! Only the wrong value is replaced; every other byte stays. The result is checked before anything is written: a file
//! that still has a fault which should be gone, or that can't be read any more, is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::config::CONFIG;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Texts as _};
use crate::edition::{Depth, Edition};
use crate::error::Error;
use crate::import::{Change, write_changes};
use crate::project::{Snapshot, SourcePath, is_page};

/// How many rounds of fixes are made: one fault can hide others, such as those of a page that can't be read at all. The
/// limit only guards against endless loops.
const MAX_ROUNDS: usize = 100;

/// A value that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The file.
    pub file: SourcePath,
    /// The line, counted from 1.
    pub line: usize,
    /// The old text.
    pub old: String,
    /// The new text; empty if the old one was removed.
    pub new: String,
}

/// "content/index.md:4: `tgas` is `tags` now".
impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            old,
            new,
        } = self;
        let old = old.escape_debug();
        if new.trim().is_empty() {
            write!(f, "{file}:{line}: took out `{old}`")
        } else {
            write!(f, "{file}:{line}: `{old}` is `{new}` now")
        }
    }
}

/// A project after its fixes, none of which has been written yet.
pub struct Plan {
    /// The project as it would be.
    pub edition: Edition,
    /// Its faults.
    pub faults: Diagnostics,
    /// What was replaced, by file and then in order.
    pub fixed: Vec<Fixed>,
    changes: Vec<Change>,
}

impl Plan {
    /// Fixes a project that has these faults, in memory. Faults with more than one answer remain.
    pub fn new(edition: Edition, faults: Diagnostics) -> Self {
        let first = edition.snapshot().clone();
        let mut left_alone: BTreeSet<SourcePath> = BTreeSet::new();
        let mut fixed: BTreeMap<SourcePath, Vec<Fixed>> = BTreeMap::new();
        let (mut edition, mut faults) = (edition, faults);
        for _ in 0..MAX_ROUNDS {
            let mut snapshot: Snapshot = (**edition.snapshot()).clone();
            let mut mended: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
            for (file, of_file) in by_file(&faults) {
                let is_ours = is_page(&file) || file.as_str() == CONFIG;
                if !is_ours || left_alone.contains(&file) {
                    continue;
                }
                let Some((text, now, done)) = mend(&snapshot, &file, &of_file) else {
                    continue;
                };
                fixed.entry(file.clone()).or_default().extend(now);
                snapshot.put(&file, text.as_bytes());
                mended.insert(file, done);
            }
            if mended.is_empty() {
                break;
            }
            let next = edition.after(Arc::new(snapshot.clone()));
            let next_faults = next.faults(Depth::Templates);
            let [before, after] = [(&edition, &faults), (&next, &next_faults)]
                .map(|(edition, faults)| State { edition, faults });
            let worse = worse(&mended, before, after);
            for file in &worse {
                if let Some(source) = first.get(file) {
                    snapshot.put(file, &source.bytes);
                }
                fixed.remove(file);
            }
            (edition, faults) = if worse.is_empty() {
                (next, next_faults)
            } else {
                let next = next.after(Arc::new(snapshot));
                let next_faults = next.faults(Depth::Templates);
                (next, next_faults)
            };
            left_alone.extend(worse);
        }
        let changes = changes(&first, edition.snapshot());
        Self {
            edition,
            faults,
            fixed: fixed.into_values().flatten().collect(),
            changes,
        }
    }

    /// How many files it changes.
    pub fn n_files(&self) -> usize {
        self.changes.len()
    }

    /// Writes all the fixes or none.
    ///
    /// # Errors
    ///
    /// If a file was edited in the meantime, or the disk refuses; then every file is unchanged.
    pub fn write(&self, root: &Path) -> Result<(), Error> {
        write_changes(root, &self.changes)
    }
}

fn by_file(faults: &Diagnostics) -> BTreeMap<SourcePath, Vec<Diagnostic>> {
    let mut files: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    for fault in faults.sorted() {
        let of_file = files.entry(fault.place.file.clone()).or_default();
        of_file.push(fault.clone());
    }
    files
}

/// The text of a file after its fixes, with what was replaced and the faults that this fixes; `None` if there is
/// nothing to fix.
fn mend(
    snapshot: &Snapshot,
    file: &SourcePath,
    faults: &[Diagnostic],
) -> Option<(String, Vec<Fixed>, Vec<Diagnostic>)> {
    let bytes = &snapshot.get(file)?.bytes;
    let text = std::str::from_utf8(bytes).ok()?;
    let mut edits: Vec<(Span, &str)> = Vec::new();
    let mut mended = Vec::new();
    for fault in faults {
        let Some((span, new)) = fault.edit(text) else {
            continue;
        };
        let overlaps = |(other, _): &(Span, &str)| span.start < other.end && other.start < span.end;
        if !edits.iter().any(overlaps) {
            edits.push((span, new));
            mended.push(fault.clone());
        }
    }
    edits.sort_unstable();
    let fixed = edits.iter().map(|(span, new)| Fixed {
        file: file.clone(),
        line: text[..span.start as usize].matches('\n').count() + 1,
        old: text[span.start as usize..span.end as usize].to_owned(),
        new: (*new).to_owned(),
    });
    let fixed: Vec<Fixed> = fixed.collect();
    let mut text = text.to_owned();
    for (span, new) in edits.iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, new);
    }
    (!fixed.is_empty()).then_some((text, fixed, mended))
}

/// The files that still have a fault which should be gone, or that can't be read any more.
fn worse(
    mended: &BTreeMap<SourcePath, Vec<Diagnostic>>,
    before: State<'_>,
    after: State<'_>,
) -> Vec<SourcePath> {
    let stays = |fault: &Diagnostic| {
        let line = before.line(fault);
        let mut others = after.faults.iter();
        others.any(|other| {
            (&other.place.file, other.code, &other.message)
                == (&fault.place.file, fault.code, &fault.message)
                && after.line(other) == line
        })
    };
    let is_lost = |file: &SourcePath| after.is_unreadable(file) && !before.is_unreadable(file);
    let files = mended
        .iter()
        .filter(|(file, faults)| is_lost(file) || faults.iter().any(stays));
    files.map(|(file, _)| file.clone()).collect()
}

/// A project with its faults.
#[derive(Clone, Copy)]
struct State<'a> {
    edition: &'a Edition,
    faults: &'a Diagnostics,
}

impl State<'_> {
    /// The line of a fault, which no fix moves.
    fn line(self, fault: &Diagnostic) -> Option<usize> {
        let start = fault.place.span?.start as usize;
        let text = self.edition.text(&fault.place.file)?;
        Some(text.get(..start)?.matches(['\n', '\r']).count())
    }

    fn is_unreadable(self, file: &SourcePath) -> bool {
        let hides_all = |code: Code| matches!(code, Code::YamlSyntax | Code::UnclosedFrontMatter);
        let mut faults = self.faults.iter();
        faults.any(|fault| fault.place.file == *file && hides_all(fault.code))
    }
}

fn changes(before: &Snapshot, after: &Snapshot) -> Vec<Change> {
    let text = |snapshot: &Snapshot, path: &SourcePath| {
        let file = snapshot.get(path)?;
        Some(String::from_utf8_lossy(&file.bytes).into_owned())
    };
    let paths = after.differences(before).into_iter();
    let changes = paths.filter_map(|path| {
        Some(Change {
            before: text(before, &path),
            after: Some(text(after, &path)?),
            path,
        })
    });
    changes.collect()
}
