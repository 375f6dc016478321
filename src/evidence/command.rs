//! `nutgraf verify`: reads the texts of the sources, and writes `evidence.lock`.
//!
//! The I/O of this module; the rest of it does none.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::audit::Text;
use super::claims::source_key;
use super::ledger::LOCK;
use super::lock::{EvidenceLock, SourceKey};
use super::plain;
use crate::diag::nearest;
use crate::disk::{self, Root};
use crate::error::Error;
use crate::model::{Day, Page, Source};
use crate::project::file_kind;

/// No article or lock is longer than this, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A text given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The source's id, preceded by its folder and a slash if several sources have it.
    pub id: String,
    /// The file.
    pub file: PathBuf,
}

/// The available texts, and the sources without one.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The texts, by source.
    pub found: BTreeMap<SourceKey, Text>,
    /// The sources whose text isn't available, with the file named in `text:`.
    pub missing: Vec<(SourceKey, Option<String>)>,
}

/// Reads the texts of all sources: those given on the command line, or else those named in `text:` below `root`.
/// `language` is the site's.
///
/// # Errors
///
/// If a file from the command line can't be read or belongs to no source; or if a `text:` leads out of the project or
/// names a file that exists but can't be read.
pub fn read(
    root: &Path,
    pages: &[Arc<Page>],
    given: &[Given],
    language: &str,
) -> Result<Texts, Error> {
    let sources: Vec<&Arc<Source>> = pages
        .iter()
        .flat_map(|page| &page.records.sources)
        .collect();
    let mut files: BTreeMap<SourceKey, &Path> = BTreeMap::new();
    for one in given {
        files.insert(named(&one.id, &sources)?, &one.file);
    }
    let mut texts = Texts::default();
    for source in sources {
        let key = source_key(source);
        let text = match (files.get(&key), &source.text) {
            (Some(file), _) => {
                let bytes = disk::read_named(file, MAX_BYTES);
                let bytes = bytes.map_err(|cause| Error::io("read", file, cause))?;
                Some(text_of(file, bytes, source, language)?)
            }
            (None, Some(path)) => below(root, path, source, language)?,
            (None, None) => None,
        };
        match text {
            Some(text) => drop(texts.found.insert(key, text)),
            None if source.because.is_some() => {}
            None => texts.missing.push((key, source.text.clone())),
        }
    }
    Ok(texts)
}

/// The source for an id from the command line.
fn named(id: &str, sources: &[&Arc<Source>]) -> Result<SourceKey, Error> {
    let keys: Vec<SourceKey> = sources.iter().map(|source| source_key(source)).collect();
    let full = |key: &SourceKey| format!("{}/{}", key.folder, key.id);
    let meant: Vec<&SourceKey> = keys
        .iter()
        .filter(|key| key.id == id || full(key) == id)
        .collect();
    match meant.as_slice() {
        [key] => Ok((*key).clone()),
        [] => {
            let ids: Vec<&str> = keys.iter().map(|key| key.id.as_str()).collect();
            let error = Error::usage(format!("there is no source `{id}`"));
            Err(match nearest(id, &ids) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("name it by its `id:`, as in `--source ID=FILE`"),
            })
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|key| format!("`{}`", full(key)))
                .collect();
            let message = format!("there are several sources `{id}`");
            Err(Error::usage(message).help(format!("name one of {}", names.join(", "))))
        }
    }
}

/// The text of the file named in `text:`; `None` if it doesn't exist.
fn below(root: &Path, path: &str, source: &Source, language: &str) -> Result<Option<Text>, Error> {
    let relative = Path::new(path);
    let is_inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let outside = |how: &str| {
        Error::usage(format!("`text: {path}` leads out of the project{how}"))
            .help("name a file below the folder of `site.yaml`, or give it with `--source ID=FILE`")
    };
    if !is_inside {
        return Err(outside(""));
    }
    let file = root.join(relative);
    let failed = |cause| Error::io("read", &file, cause);
    let folder = Root::open(root).map_err(|cause| Error::io("read", root, cause))?;
    match folder.read(relative, MAX_BYTES) {
        Ok(bytes) => text_of(&file, bytes, source, language).map(Some),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) if disk::is_a_link(&cause) => Err(outside(", through a symbolic link")),
        Err(cause) => Err(failed(cause)),
    }
}

/// Decodes a file; `language` is the site's.
fn text_of(file: &Path, bytes: Vec<u8>, source: &Source, language: &str) -> Result<Text, Error> {
    let failed = |cause| Error::io("read", file, cause);
    if let Some(kind) = file_kind(&bytes) {
        let cause = format!("it is {}, and no words can be read from it", kind.name);
        let cause = std::io::Error::new(ErrorKind::InvalidData, cause);
        return Err(failed(cause).help(kind.way_out));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        failed(std::io::Error::new(
            ErrorKind::InvalidData,
            error.utf8_error(),
        ))
        .help("save the text as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let extension = file.extension().and_then(|ending| ending.to_str());
    Ok(Text::new(
        plain::words(extension.unwrap_or_default(), text),
        source,
        language,
    ))
}

/// Writes the lock beside `site.yaml`, completely or not at all. `false` if the file is already the same, or if there
/// is neither a file nor anything to write down.
///
/// # Errors
///
/// If it can't be written.
pub fn write(root: &Path, lock: &EvidenceLock) -> Result<bool, Error> {
    let path = root.join(LOCK);
    let failed = |cause| Error::io("write", &path, cause);
    let text = lock.to_string();
    let folder = Root::open(root).map_err(failed)?;
    match folder.read(Path::new(LOCK), MAX_BYTES) {
        Ok(former) if former == text.as_bytes() => return Ok(false),
        Ok(_) => {}
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            if lock.sources.is_empty() && lock.claims.is_empty() {
                return Ok(false);
            }
        }
        Err(cause) => return Err(failed(cause)),
    }
    folder
        .replace(Path::new(LOCK), text.as_bytes())
        .map_err(failed)?;
    Ok(true)
}

/// The day to record: today in UTC, or that of `SOURCE_DATE_EPOCH`, which makes builds reproducible.
///
/// # Errors
///
/// If `SOURCE_DATE_EPOCH` isn't a number of seconds.
pub fn today() -> Result<Day, Error> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => jiff::Timestamp::now(),
        Ok(seconds) => {
            let seconds = seconds.trim();
            let moment = seconds
                .parse()
                .ok()
                .and_then(|seconds: i64| jiff::Timestamp::from_second(seconds).ok());
            moment.ok_or_else(|| {
                Error::usage(format!(
                    "expected a number of seconds in `SOURCE_DATE_EPOCH`, found `{seconds}`"
                ))
            })?
        }
    };
    Ok(jiff::tz::Offset::UTC.to_datetime(now).date())
}
