//! A project as editors see it: the files on disk, overlaid with those they have open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use serde_json::{Value, json};

use super::faults::{Checker, Found, Published, Wanted};
use super::text::Text;
use super::view::{Client, Open, View};
use super::wire::{Asked, Outbox, Refusal};
use super::{Event, answer};
use crate::config::{Config, Settings, ignored_by};
use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::project::{Snapshot, SourcePath};
use crate::serve::OnDisk;

/// A request, and the state to answer it from.
type Job = (Asked, View);

/// A project with files open in an editor.
pub(super) struct Project {
    root: Arc<Path>,
    settings: Settings,
    client: Client,
    outbox: Outbox,
    /// `None` until it has been read.
    disk: Option<OnDisk>,
    open: BTreeMap<SourcePath, Open>,
    edition: Option<Arc<Edition>>,
    /// Counts states.
    number: u64,
    /// The files opened, edited or closed since the last state.
    edited: BTreeSet<SourcePath>,
    is_stale: bool,
    /// Requests that arrived before the project was read.
    waiting: Vec<(Asked, SourcePath)>,
    jobs: Sender<Job>,
    checker: Checker,
    published: Published,
}

impl Project {
    /// A project that is still to be read. `tell` receives the results of other threads.
    pub(super) fn new(
        root: Arc<Path>,
        settings: Settings,
        client: Client,
        outbox: Outbox,
        tell: Sender<Event>,
    ) -> Self {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let answers = outbox.clone();
        std::thread::spawn(move || {
            while let Ok((asked, view)) = waiting.recv() {
                let answered = if answers.is_canceled(&asked) {
                    Err(Refusal::Canceled)
                } else {
                    answer::answer(&view, &asked.method, &asked.params)
                };
                drop(view);
                answers.answer(asked, answered);
            }
        });
        let of = root.clone();
        let checker = Checker::start(move |found| drop(tell.send(Event::Found(of.clone(), found))));
        Self {
            root,
            settings,
            client,
            outbox,
            disk: None,
            open: BTreeMap::new(),
            edition: None,
            number: 0,
            edited: BTreeSet::new(),
            is_stale: false,
            waiting: Vec::new(),
            jobs,
            checker,
            published: Published::default(),
        }
    }

    /// Takes over the current state of the disk.
    pub(super) fn read(&mut self, disk: OnDisk) {
        self.disk = Some(disk);
        self.is_stale = true;
    }

    /// Takes over a file that was opened.
    pub(super) fn open(&mut self, path: SourcePath, document: &Value) {
        let text = document["text"].as_str().unwrap_or_default();
        let open = Open {
            uri: document["uri"].as_str().unwrap_or_default().to_owned(),
            version: document["version"].clone(),
            text: Arc::new(Text::new(text, self.client.encoding)),
        };
        self.open.insert(path.clone(), open);
        self.touch(path);
    }

    /// Applies changes to an open file.
    pub(super) fn change(&mut self, path: SourcePath, version: &Value, changes: &[Value]) {
        let Some(open) = self.open.get_mut(&path) else {
            return;
        };
        for change in changes {
            open.text = Arc::new(open.text.changed(change));
        }
        open.version = version.clone();
        self.touch(path);
    }

    /// Goes back to the file on disk.
    pub(super) fn close(&mut self, path: SourcePath) {
        self.open.remove(&path);
        self.touch(path);
    }

    fn touch(&mut self, path: SourcePath) {
        self.edited.insert(path);
        self.is_stale = true;
    }

    /// Answers a request from the state that the client sees.
    pub(super) fn ask(&mut self, asked: Asked, path: SourcePath) {
        self.settle();
        match self.view() {
            // The thread ends only with the session.
            Some(view) => drop(self.jobs.send((asked, view))),
            None => self.waiting.push((asked, path)),
        }
    }

    /// Rejects requests that wait for a project which can't be read.
    pub(super) fn give_up(&mut self, why: &str) {
        for (asked, _) in self.waiting.drain(..) {
            self.outbox
                .answer(asked, Err(Refusal::Failed(why.to_owned())));
        }
    }

    fn view(&self) -> Option<View> {
        Some(View {
            root: self.root.clone(),
            edition: self.edition.clone()?,
            open: Arc::new(self.open.clone()),
            client: self.client,
        })
    }

    /// Makes the next state, if anything has changed.
    pub(super) fn settle(&mut self) {
        if !self.is_stale {
            return;
        }
        let Some(disk) = &self.disk else {
            return;
        };
        let snapshot = Arc::new(self.with_open(disk));
        let reading = disk.faults.clone();
        self.is_stale = false;
        let edition = match &self.edition {
            Some(edition) => edition.after(snapshot),
            None => Edition::new(snapshot, self.settings.clone()),
        };
        self.edition = Some(Arc::new(edition));
        self.number += 1;
        self.say_status(false);
        let edited = std::mem::take(&mut self.edited)
            .into_iter()
            .filter(|path| self.open.contains_key(path))
            .collect();
        if let Some(view) = self.view() {
            self.checker.look_at(Wanted {
                number: self.number,
                view,
                reading,
                edited,
            });
        }
        for (asked, path) in std::mem::take(&mut self.waiting) {
            self.ask(asked, path);
        }
    }

    /// The files on disk, with the texts of open files in place of theirs.
    fn with_open(&self, disk: &OnDisk) -> Snapshot {
        let mut snapshot = (*disk.snapshot).clone();
        if self.open.is_empty() {
            return snapshot;
        }
        let settings = SourcePath::new(crate::config::CONFIG);
        let config = Config::parse(snapshot.get(&settings), &mut Diagnostics::new());
        let ignore = ignored_by(config);
        let leaves_out = ignore.leaves_out().ok();
        for (path, open) in &self.open {
            let is_left_out = leaves_out
                .as_ref()
                .is_some_and(|leaves_out| leaves_out(path));
            let text = open.text.text().as_bytes();
            if Snapshot::may_hold(path) && !is_left_out {
                snapshot.put(path, text);
            }
        }
        snapshot
    }

    /// Takes over findings, unless there is a newer state.
    pub(super) fn take(&mut self, found: Found) {
        if found.number != self.number {
            return;
        }
        let is_all = found.only.is_none();
        self.published.take(found);
        if let Some(view) = self.view() {
            self.published.tell(&view, &self.outbox);
        }
        if is_all {
            self.say_status(true);
        }
    }

    /// Reports whether everything is checked, to clients that ask for this as they do with rust-analyzer.
    fn say_status(&self, is_checked: bool) {
        if self.client.wants_status {
            let status = json!({ "health": "ok", "quiescent": is_checked });
            self.outbox.tell("experimental/serverStatus", status);
        }
    }
}
