//! Remembers recent answers in `.nutgraf/links.json`, so that no host is asked the same thing every day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::ask::Answer;
use crate::disk::Root;
use crate::error::Error;

/// Its path below the project's folder.
const FILE: &str = ".nutgraf/links.json";

/// A larger file isn't ours.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The answers of earlier runs.
#[derive(Debug)]
pub(super) struct Memory {
    /// The project's folder.
    root: PathBuf,
    links: BTreeMap<String, Known>,
    is_changed: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Known {
    /// When it was asked, in seconds since 1970.
    asked: u64,
    answer: Answer,
}

impl Memory {
    /// The memory of a project. If the file can't be read, everything is asked again.
    pub(super) fn open(root: &Path) -> Self {
        let root = root.to_owned();
        let bytes = Root::open(&root)
            .and_then(|root| root.read(Path::new(FILE), MAX_BYTES))
            .ok();
        let links = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            root,
            links: links.unwrap_or_default(),
            is_changed: false,
        }
    }

    /// How long ago an address was asked about; `None` if never, or too long ago.
    pub(super) fn age(&self, url: &str, now: SystemTime) -> Option<Duration> {
        let known = self.links.get(url)?;
        let asked = UNIX_EPOCH + Duration::from_secs(known.asked);
        // If the clock went backwards, nothing is known.
        let age = now.duration_since(asked).ok()?;
        let limit = match known.answer {
            Answer::Alive => 7 * DAY,
            Answer::Unanswered(_) => DAY,
            // Somebody may be fixing it right now.
            Answer::Dead(_) => Duration::ZERO,
        };
        (age < limit).then_some(age)
    }

    /// What was answered.
    pub(super) fn answer(&self, url: &str) -> Option<Answer> {
        Some(self.links.get(url)?.answer.clone())
    }

    /// Stores an answer.
    pub(super) fn keep(&mut self, url: &str, answer: &Answer, now: SystemTime) {
        let asked = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let answer = answer.clone();
        self.links.insert(url.to_owned(), Known { asked, answer });
        self.is_changed = true;
    }

    /// Writes it for the next run if anything is new, completely or not at all.
    pub(super) fn save(&self) -> Result<(), Error> {
        if !self.is_changed {
            return Ok(());
        }
        let path = self.root.join(FILE);
        let failed = |cause| Error::io("write", &path, cause);
        let mut text =
            serde_json::to_vec_pretty(&self.links).map_err(|cause| failed(cause.into()))?;
        text.push(b'\n');
        let root = Root::open(&self.root).map_err(failed)?;
        root.replace(Path::new(FILE), &text).map_err(failed)?;
        Ok(())
    }
}
