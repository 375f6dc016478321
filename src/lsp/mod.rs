//! `nutgraf lsp`, a server of the Language Server Protocol that helps editors with writing.
//!
//! It asks the same queries as a build and the preview, of an [`Edition`](crate::edition::Edition) in which the texts
//! of open files replace those on disk. So the faults that an editor shows are those that `check` would report for the
//! same texts. It never writes anything: edits are proposed, and the editor makes them.
//!
//! # Design
//!
//! *Who does what?* One thread receives messages in order, and never computes anything but the next state. Requests are
//! answered on a second thread, and a third looks for faults. An edit cancels both through salsa: a request that it has
//! overtaken is answered with "content modified", which makes clients ask again.
//!
//! *Which project?* The nearest folder above each file with a `site.yaml`, so that a workspace may contain several,
//! such as a site and its manual. Files outside any project, and files that aren't on disk, are left alone.
//!
//! `wire` speaks the protocol, `text` counts positions as it does, `project` holds the open files; a `view` is one
//! state, from which `complete`, `look`, `headings`, `rename` and `actions` answer, and in which `faults` finds what is
//! wrong. `cursor` works out what is being typed, `mentions` what a page refers to.

mod actions;
mod answer;
mod complete;
mod cursor;
mod faults;
mod headings;
mod look;
mod mentions;
mod project;
mod rename;
mod text;
mod view;
mod wire;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use serde_json::{Value, json};

use crate::config::Settings;
use crate::diag::{Diagnostics, Texts};
use crate::error::Error;
use crate::project::SourcePath;
use crate::serve::{self, Console, OnDisk};
use faults::Found;
use project::Project;
use view::{Client, file_of, path_in};
use wire::{Asked, Inbox, Incoming, Outbox, Refusal};

/// An input of the server.
enum Event {
    /// A message from the client.
    Said(Incoming),
    /// The session has ended.
    Over,
    /// A project was read.
    Read(Arc<Path>, OnDisk),
    /// A project couldn't be read.
    Unreadable(Arc<Path>, Error),
    /// A check has results.
    Found(Arc<Path>, Found),
}

/// Serves an editor through standard input and output until it ends the session.
///
/// # Errors
///
/// If the editor doesn't speak the protocol.
pub fn run(root: Option<PathBuf>, settings: Settings) -> Result<(), Error> {
    let inbox = Inbox::stdio();
    let params = inbox.greet(|params| answer::capabilities(Client::of(params)))?;
    let (tell, events) = mpsc::channel();
    let mut server = Server {
        settings,
        client: Client::of(&params),
        outbox: inbox.outbox(),
        tell: tell.clone(),
        projects: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    let first = root.or_else(|| workspace(&params));
    if let Some(root) = first.and_then(|root| std::path::absolute(root).ok()) {
        server.project(root.into());
    }
    std::thread::spawn(move || {
        while let Some(incoming) = inbox.next() {
            if tell.send(Event::Said(incoming)).is_err() {
                break;
            }
        }
        // If this can't be sent, nobody is listening any more.
        drop(tell.send(Event::Over));
    });
    server.serve(&events);
    Ok(())
}

/// The project that a client's workspace is, or is in.
fn workspace(params: &Value) -> Option<PathBuf> {
    let folders = params["workspaceFolders"].as_array().into_iter().flatten();
    let mut uris = folders
        .filter_map(|folder| folder["uri"].as_str())
        .chain(params["rootUri"].as_str());
    uris.find_map(|uri| crate::project::find_root(&file_of(uri)?))
}

struct Server {
    settings: Settings,
    client: Client,
    outbox: Outbox,
    tell: Sender<Event>,
    projects: BTreeMap<Arc<Path>, Project>,
    /// The open files of projects, by their addresses.
    files: BTreeMap<String, (Arc<Path>, SourcePath)>,
}

impl Server {
    fn serve(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            let mut next = Some(event);
            // Edits that have piled up become one.
            while let Some(event) = next {
                if matches!(event, Event::Over) {
                    return;
                }
                self.take(event);
                next = events.try_recv().ok();
            }
            for project in self.projects.values_mut() {
                project.settle();
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Said(Incoming::Notification(method, params)) => self.told(&method, &params),
            Event::Said(Incoming::Request(asked)) => self.asked(asked),
            Event::Read(root, disk) => {
                if let Some(project) = self.projects.get_mut(&root) {
                    project.read(disk);
                }
            }
            Event::Unreadable(root, error) => {
                let message = error.to_string();
                let shown = json!({ "type": 1, "message": format!("nutgraf: {message}") });
                self.outbox.tell("window/showMessage", shown);
                if let Some(project) = self.projects.get_mut(&root) {
                    project.give_up(&message);
                }
            }
            Event::Found(root, found) => {
                if let Some(project) = self.projects.get_mut(&root) {
                    project.take(found);
                }
            }
            Event::Over => {}
        }
    }

    fn told(&mut self, method: &str, params: &Value) {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default();
        match method {
            "textDocument/didOpen" => {
                let file = file_of(uri);
                let Some(root) = file.as_deref().and_then(answer::root_of) else {
                    return;
                };
                let root: Arc<Path> = root.into();
                let path = file.and_then(|file| path_in(&root, &file));
                if let Some(path) = path {
                    self.files
                        .insert(uri.to_owned(), (root.clone(), path.clone()));
                    self.project(root).open(path, document);
                }
            }
            "textDocument/didChange" => {
                let changes = params["contentChanges"].as_array();
                if let (Some((root, path)), Some(changes)) = (self.files.get(uri).cloned(), changes)
                {
                    self.project(root)
                        .change(path, &document["version"], changes);
                }
            }
            "textDocument/didClose" => {
                if let Some((root, path)) = self.files.remove(uri) {
                    self.project(root).close(path);
                }
            }
            _ => {}
        }
    }

    fn asked(&mut self, asked: Asked) {
        let uri = asked.params["textDocument"]["uri"]
            .as_str()
            .unwrap_or_default();
        match self.files.get(uri).cloned() {
            _ if !answer::is_known(&asked.method) => {
                self.outbox.answer(asked, Err(Refusal::Unknown));
            }
            Some((root, path)) => self.project(root).ask(asked, path),
            None => self.outbox.answer(asked, Ok(Value::Null)),
        }
    }

    /// The project at a root; reading starts when it is first asked for.
    fn project(&mut self, root: Arc<Path>) -> &mut Project {
        let Self {
            settings,
            client,
            outbox,
            tell,
            projects,
            ..
        } = self;
        projects.entry(root.clone()).or_insert_with(|| {
            follow(root.clone(), tell.clone(), outbox.clone());
            Project::new(
                root,
                settings.clone(),
                *client,
                outbox.clone(),
                tell.clone(),
            )
        })
    }
}

/// Reads a project, and again after every change on disk.
fn follow(root: Arc<Path>, tell: Sender<Event>, outbox: Outbox) {
    std::thread::spawn(move || {
        let take = |disk| tell.send(Event::Read(root.clone(), disk)).is_ok();
        if let Err(error) = serve::follow(&root, &Log(outbox), &take) {
            drop(tell.send(Event::Unreadable(root.clone(), error)));
        }
    });
}

/// The client's log.
struct Log(Outbox);

impl Console for Log {
    fn say(&self, line: &str) {
        let said = json!({ "type": 3, "message": line });
        self.0.tell("window/logMessage", said);
    }

    /// Faults are reported in the files that they are in.
    fn report(&self, _: &Diagnostics, _: &dyn Texts) {}
}
