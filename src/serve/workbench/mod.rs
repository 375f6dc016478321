//! Editing in the preview: answers a browser's requests from the newest edition and from the disk.
//!
//! [`crate::workbench`] decides what can be edited and what an edit means, `http` and `session` who may do so, and
//! `files` what is written. Nothing here is ever part of a built site.

mod commands;
mod files;
mod fresh;
mod picture;
mod session;
mod texts;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use self::files::{Files, Refused, page_path};
use crate::document::{Edit, edited};
use crate::edition::{Edition, Settings};
use crate::error::Error;
use crate::project::{ContentHash, Snapshot, SourcePath};
use crate::serve::preview::Preview;
use crate::workbench;

pub(super) use session::Session;

/// The scripts and styles of the workbench, by name. Only the preview serves them.
pub(super) const ASSETS: [(&str, &str); 11] = [
    ("enter.js", include_str!("enter.js")),
    ("main.js", include_str!("main.js")),
    ("ask.js", include_str!("ask.js")),
    ("places.js", include_str!("places.js")),
    ("form.js", include_str!("form.js")),
    ("merge.js", include_str!("merge.js")),
    ("review.js", include_str!("review.js")),
    ("source.js", include_str!("source.js")),
    ("desk.js", include_str!("desk.js")),
    ("picture.js", include_str!("picture.js")),
    ("workbench.css", include_str!("workbench.css")),
];

/// The page at the address in the terminal.
pub(super) const ENTRANCE: &str = include_str!("enter.html");

/// A preview in which pages can be edited.
pub(super) struct Workbench {
    root: PathBuf,
    preview: Arc<Preview>,
    session: Session,
    files: Mutex<Files>,
    /// The edition in which edits are tried before they are written.
    trial: Mutex<Option<Edition>>,
}

/// A response: its status and its body.
pub(super) type Said = (u16, Json);

impl Workbench {
    /// A workbench for the project at `root`, served at a port.
    ///
    /// # Errors
    ///
    /// If the system provides no random numbers.
    pub(super) fn new(root: PathBuf, preview: Arc<Preview>, port: u16) -> Result<Self, Error> {
        Ok(Self {
            root,
            preview,
            session: Session::new(port)?,
            files: Mutex::default(),
            trial: Mutex::default(),
        })
    }

    /// Decides who may write.
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Answers a request from a writer's browser.
    pub(super) fn answer(&self, question: &str, asked: &Json) -> Said {
        let answer = match question {
            "page" => self.page(asked),
            "fields" => Ok(workbench::fields()),
            "try" => self.attempt(asked),
            "view" => {
                Ok(json!({ "html": workbench::view(asked["words"].as_str().unwrap_or_default()) }))
            }
            "save" => self.save(asked),
            "undo" => self.step(Files::undo),
            "redo" => self.step(Files::redo),
            "source" => self.source(asked),
            "take" => self.take(asked),
            "paste" => self.paste(asked),
            "desk" => Ok(self.desk()),
            "new" => self.begin(asked),
            "picture" => self.picture(asked),
            "check" => Ok(self.check()),
            "verify" => self.verify(),
            "publish" => self.publish(asked),
            _ => return (404, json!({ "error": "there is nothing of that name" })),
        };
        answer.map_or_else(|refused| told(&refused), |answer| (200, answer))
    }

    /// The address of the site's front page.
    pub(super) fn address(&self) -> String {
        self.preview.address()
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn page(&self, asked: &Json) -> Result<Json, Refused> {
        let address = asked["path"].as_str().unwrap_or_default();
        let state = self.preview.state();
        let address = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
        let file = match asked["file"].as_str() {
            Some(file) => Some(page_path(file)?),
            None => self.preview.source_of(&address),
        };
        let page = file.as_ref().and_then(|file| {
            state
                .newest
                .while_current(|| workbench::page(&state.newest, file))
                .flatten()
        });
        let Some(mut page) = page else {
            return Ok(json!({ "file": null }));
        };
        if let Some(text) = file.and_then(|file| text_in(state.newest.snapshot(), &file)) {
            self.files().show(&text);
        }
        let (undo, redo) = self.files().n_steps();
        page["undo"] = json!(undo);
        page["redo"] = json!(redo);
        Ok(page)
    }

    /// The file of a request, its text as the browser was shown it, and its text after the edits.
    fn edits(&self, asked: &Json) -> Result<Edited, Refused> {
        let file = page_path(asked["file"].as_str().unwrap_or_default())?;
        let edits: Option<Vec<Edit>> = workbench::edits(&asked["edits"]);
        let edits = edits.ok_or(Refused::Forbidden("that is no edit"))?;
        let hash = asked["hash"].as_str().unwrap_or_default();
        let before = match self.files().base(hash) {
            Some(base) => base.to_owned(),
            None => {
                let now = files::read(&self.root, &file)?;
                let is_it = |text: &String| ContentHash::of(text.as_bytes()).to_string() == hash;
                match now {
                    Some(now) if is_it(&now) => now,
                    now => return Err(Refused::Changed(now)),
                }
            }
        };
        let after = edited(&before, &edits);
        let after = after.map_err(|fault| Refused::Edit(fault.to_string()))?;
        Ok(Edited {
            file,
            before,
            after,
        })
    }

    /// The result of edits, without writing it.
    fn attempt(&self, asked: &Json) -> Result<Json, Refused> {
        let Edited { file, after, .. } = self.edits(asked)?;
        let state = self.preview.state();
        let mut snapshot: Snapshot = (**state.newest.snapshot()).clone();
        snapshot.put(&file, after.as_bytes());
        let snapshot = Arc::new(snapshot);
        let mut trial = self.trial.lock().unwrap_or_else(PoisonError::into_inner);
        let edition = match trial.take() {
            Some(edition) => edition.after(snapshot),
            None => {
                // Drafts are included.
                let settings = Settings {
                    drafts: true,
                    future: true,
                    ..state.newest.settings().clone()
                };
                Edition::new(snapshot, settings)
            }
        };
        let texts = texts::at_hand(&self.root, &edition, &file);
        let tried = workbench::trial(&workbench::Trial {
            edition: &edition,
            file: &file,
            texts: &texts,
            today: crate::evidence::command::today().map_err(|_| Refused::Nothing)?,
        });
        *trial = Some(edition);
        Ok(tried.unwrap_or_else(|| json!({ "faults": [], "says": {} })))
    }

    fn save(&self, asked: &Json) -> Result<Json, Refused> {
        let Edited {
            file,
            before,
            after,
        } = self.edits(asked)?;
        let mut files = self.files();
        match files.write(&self.root, &file, Some(&before), &after) {
            Ok(()) => {
                let hash = files.show(&after);
                let (undo, redo) = files.n_steps();
                Ok(json!({ "file": file, "hash": hash, "undo": undo, "redo": redo }))
            }
            Err(Refused::Changed(now)) => {
                if let Some(now) = &now {
                    files.show(now);
                }
                Err(Refused::Both { now, yours: after })
            }
            Err(refused) => Err(refused),
        }
    }

    fn step(
        &self,
        step: impl Fn(&mut Files, &std::path::Path) -> Result<SourcePath, Refused>,
    ) -> Result<Json, Refused> {
        let mut files = self.files();
        let file = step(&mut files, &self.root)?;
        let text = files::read(&self.root, &file)?;
        let hash = text.map(|text| files.show(&text));
        let (undo, redo) = files.n_steps();
        Ok(json!({ "file": file, "hash": hash, "undo": undo, "redo": redo }))
    }

    fn desk(&self) -> Json {
        let state = self.preview.state();
        let known = state.known().clone();
        let desk = state
            .newest
            .while_current(|| workbench::desk(&state.newest, &known));
        let mut desk = desk.unwrap_or_else(|| json!({ "pages": [], "all": 0 }));
        desk["base"] = json!(self.preview.address());
        desk
    }
}

/// A file before and after some edits.
struct Edited {
    file: SourcePath,
    before: String,
    after: String,
}

fn text_in(snapshot: &Snapshot, file: &SourcePath) -> Option<String> {
    let bytes = &snapshot.get(file)?.bytes;
    Some(std::str::from_utf8(bytes).ok()?.to_owned())
}

fn told(refused: &Refused) -> Said {
    match refused {
        Refused::Forbidden(why) => (403, json!({ "error": why })),
        Refused::Edit(why) => (422, json!({ "error": why })),
        Refused::Changed(now) => (
            409,
            json!({ "error": "the file was changed outside meanwhile; nothing was written", "now": now }),
        ),
        Refused::Both { now, yours } => (
            409,
            json!({ "error": "the file was changed outside meanwhile; nothing was written", "now": now, "yours": yours }),
        ),
        Refused::Nothing => (409, json!({ "error": "there is nothing to take back" })),
        Refused::Disk(cause) => (
            500,
            json!({ "error": format!("the disk refused: {cause}") }),
        ),
    }
}
