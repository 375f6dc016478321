//! Finds faults while one types: those in open files, and those that an edit causes elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use serde_json::{Value, json};

use super::view::View;
use super::wire::Outbox;
use crate::committed;
use crate::config::CONFIG;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::edition::Depth;
use crate::project::SourcePath;

/// How long the check of everything waits for another edit. A quick typist strikes a key every hundred milliseconds, so
/// the check starts between two of them.
const PAUSE: Duration = Duration::from_millis(40);

/// Faults by file.
pub(super) type Faults = BTreeMap<SourcePath, Vec<Diagnostic>>;

/// A fault in the form for clients.
pub(super) fn diagnostic(view: &View, fault: &Diagnostic) -> Value {
    let mut message = fault.message.clone();
    if !fault.label.is_empty() {
        message.push_str(&format!(": {}", fault.label));
    }
    if let Some(help) = &fault.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let related = fault
        .related
        .iter()
        .map(|(place, label)| json!({ "location": view.location(place), "message": label }));
    let severity = match fault.code.severity() {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Hint => 3,
    };
    json!({
        "range": view.range(&fault.place),
        "severity": severity,
        "code": fault.code.name(),
        "source": "nutgraf",
        "message": message,
        "relatedInformation": related.collect::<Vec<_>>(),
    })
}

/// The faults that can be found in a file at once, without looking at other pages and without rendering.
pub(super) fn faults_in(view: &View, path: &SourcePath) -> Vec<Diagnostic> {
    let faults = match path.as_str() {
        CONFIG => view.edition.setup_faults(),
        _ => view.edition.faults_in(path),
    };
    let here = faults.merged().into_iter();
    here.filter(|fault| fault.place.file == *path).collect()
}

/// The findings of a checker.
pub(super) struct Found {
    /// The number of the state that was checked.
    pub(super) number: u64,
    /// The files that were checked; `None` for all of them.
    pub(super) only: Option<Vec<SourcePath>>,
    pub(super) faults: Faults,
}

/// A state to check.
pub(super) struct Wanted {
    pub(super) number: u64,
    pub(super) view: View,
    /// The faults of single files on disk.
    pub(super) reading: Diagnostics,
    /// The open files that were edited.
    pub(super) edited: Vec<SourcePath>,
}

/// Looks for faults on a thread of its own: first in edited files, then everywhere. The search is abandoned when an
/// edit comes in.
pub(super) struct Checker {
    newest: Arc<AtomicU64>,
    states: Sender<Wanted>,
}

impl Checker {
    pub(super) fn start(tell: impl Fn(Found) + Send + 'static) -> Self {
        let (states, waiting) = mpsc::channel::<Wanted>();
        let newest = Arc::new(AtomicU64::new(0));
        let number = newest.clone();
        std::thread::spawn(move || {
            let mut next = waiting.recv().ok();
            while let Some(state) = next.take() {
                let is_wanted = || number.load(Ordering::Relaxed) == state.number;
                if let Some(found) = look_at_edited(&state) {
                    tell(found);
                }
                next = match waiting.recv_timeout(PAUSE) {
                    Ok(newer) => Some(newer),
                    Err(RecvTimeoutError::Disconnected) => None,
                    Err(RecvTimeoutError::Timeout) => {
                        if let Some(found) = look_everywhere(&state, &is_wanted) {
                            tell(found);
                        }
                        // Drop the state, because an edit waits for everyone who reads the previous one.
                        drop(state);
                        waiting.recv().ok()
                    }
                };
            }
        });
        Self { newest, states }
    }

    /// Checks a state, and stops checking earlier ones.
    pub(super) fn look_at(&self, state: Wanted) {
        self.newest.store(state.number, Ordering::Relaxed);
        // The thread ends only with the session.
        drop(self.states.send(state));
    }
}

fn look_at_edited(state: &Wanted) -> Option<Found> {
    let view = &state.view;
    let files = state.edited.iter();
    let faults = view.edition.while_current(|| {
        files
            .map(|path| (path.clone(), faults_in(view, path)))
            .collect()
    })?;
    Some(Found {
        number: state.number,
        only: Some(state.edited.clone()),
        faults,
    })
}

/// Every fault that `check` would report.
fn look_everywhere(state: &Wanted, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
    let edition = &state.view.edition;
    let mut all = state.reading.clone();
    let faults = edition.while_current(|| {
        let mut faults = edition.faults_while(Depth::Templates, is_wanted)?;
        faults.extend(committed::faults(&state.view.root, edition, &state.reading));
        Some(faults)
    });
    all.extend(faults.flatten()?);
    let mut faults = Faults::new();
    for fault in all.merged() {
        faults
            .entry(fault.place.file.clone())
            .or_default()
            .push(fault);
    }
    Some(Found {
        number: state.number,
        only: None,
        faults,
    })
}

/// What a client knows, and what it should be told.
#[derive(Default)]
pub(super) struct Published {
    /// All faults known so far.
    known: Faults,
    /// The faults that existed when the session began, minus those fixed since: the client isn't told about these.
    at_first: Option<Faults>,
    /// By file: the address it was reported under, and the report.
    told: BTreeMap<SourcePath, (String, Value)>,
}

impl Published {
    /// Takes over new findings.
    pub(super) fn take(&mut self, found: Found) {
        let Some(only) = found.only else {
            let still = |faults: &Faults| -> Faults {
                let files = faults.iter().map(|(path, faults)| {
                    let now = found.faults.get(path).map_or(&[][..], Vec::as_slice);
                    let left = faults
                        .iter()
                        .filter(|fault| now.iter().any(|other| is_alike(fault, other)));
                    (path.clone(), left.cloned().collect())
                });
                files.collect()
            };
            let at_first = self.at_first.as_ref().map(still);
            self.at_first = Some(at_first.unwrap_or_else(|| found.faults.clone()));
            self.known = found.faults;
            return;
        };
        for path in only {
            let faults = found.faults.get(&path).cloned().unwrap_or_default();
            let known = self.known.remove(&path).unwrap_or_default();
            // Findings about a file as a whole, which only the full check makes, are assumed to be still there.
            let kept = known.into_iter().filter(|fault| fault.place.span.is_none());
            let mut faults: Vec<Diagnostic> = kept.chain(faults).collect();
            faults.sort();
            faults.dedup();
            self.known.insert(path, faults);
        }
    }

    /// Sends the client what it doesn't know yet.
    pub(super) fn tell(&mut self, view: &View, outbox: &Outbox) {
        let mut now: BTreeMap<SourcePath, Value> = BTreeMap::new();
        for path in view.open.keys() {
            let faults = self.known.get(path).map_or(&[][..], Vec::as_slice);
            now.insert(path.clone(), shown(view, faults.iter()));
        }
        for (path, faults) in &self.known {
            if view.open.contains_key(path) {
                continue;
            }
            let old = self
                .at_first
                .as_ref()
                .and_then(|first| first.get(path))
                .map_or(&[][..], Vec::as_slice);
            let new = faults
                .iter()
                .filter(|fault| !old.iter().any(|other| is_alike(fault, other)));
            let new = shown(view, new);
            if new.as_array().is_some_and(|new| !new.is_empty()) {
                now.insert(path.clone(), new);
            }
        }
        let mut told = BTreeMap::new();
        for (path, diagnostics) in now {
            let uri = view.uri(&path);
            let is_known = self
                .told
                .get(&path)
                .is_some_and(|(address, before)| *address == uri && *before == diagnostics);
            if !is_known {
                let version = view.open.get(&path).map(|open| &open.version);
                send(outbox, &uri, &diagnostics, version);
            }
            told.insert(path, (uri, diagnostics));
        }
        for (path, (uri, before)) in &self.told {
            let is_over = told.get(path).is_none_or(|(address, _)| address != uri);
            if is_over && *before != json!([]) {
                send(outbox, uri, &json!([]), None);
            }
        }
        self.told = told;
    }
}

fn send(outbox: &Outbox, uri: &str, diagnostics: &Value, version: Option<&Value>) {
    let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
    if let Some(version) = version {
        params["version"] = version.clone();
    }
    outbox.tell("textDocument/publishDiagnostics", params);
}

fn shown<'f>(view: &View, faults: impl Iterator<Item = &'f Diagnostic>) -> Value {
    faults.map(|fault| diagnostic(view, fault)).collect()
}

/// Whether two faults are the same except for their place, which moves with every line above.
fn is_alike(one: &Diagnostic, other: &Diagnostic) -> bool {
    (one.code, &one.message) == (other.code, &other.message)
}
