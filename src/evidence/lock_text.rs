//! The file format of `evidence.lock`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use nutgraf_evidence::{TextHash, WordsHash};

use super::lock::{ClaimPin, EvidenceLock, RecordKey, SourceKey, SourcePin};
use super::outcome::Outcome;

const COMMENT: &str = "\
# Written by `nutgraf verify`; commit it. It says what was compared with which text, when, and what came of it.
# Hashes only: no word of a source can be read from it.
";

/// A line of `evidence.lock` that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockError {
    line: usize,
    message: String,
}

impl LockError {
    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What was expected, without the line.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for LockError {}

impl fmt::Display for EvidenceLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(COMMENT)?;
        writeln!(f, "evidence 2 normalisation {}", self.normalisation)?;
        for (key, pin) in &self.sources {
            writeln!(
                f,
                "source {} {} text={} words={}{} date={}",
                escape(&key.folder),
                escape(&key.id),
                pin.text,
                pin.n_words,
                pin.language
                    .as_deref()
                    .map(|language| format!(" language={}", escape(language)))
                    .unwrap_or_default(),
                pin.date
            )?;
        }
        for (key, pin) in &self.claims {
            writeln!(
                f,
                "claim {} {} {} {} source={}#{} text={} content={} at={} gaps={} outcome={} date={}",
                escape(&key.folder),
                escape(&key.kind),
                escape(&key.id),
                escape(&key.field),
                escape(&pin.source.folder),
                escape(&pin.source.id),
                pin.text,
                pin.content,
                list(
                    pin.segments
                        .iter()
                        .map(|(start, end)| format!("{start}-{end}"))
                ),
                list(pin.gaps.iter().map(ToString::to_string)),
                pin.outcome.name(),
                pin.date
            )?;
        }
        Ok(())
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return "-".to_owned();
    }
    items.join(",")
}

/// A name as one word in a line: white space, `%`, `#` and `=` are percent-encoded, and an empty name is `%`.
fn escape(name: &str) -> String {
    if name.is_empty() {
        return "%".to_owned();
    }
    let mut escaped = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_whitespace() || char.is_control() || matches!(char, '%' | '#' | '=') {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        } else {
            escaped.push(char);
        }
    }
    escaped
}

fn unescape(word: &str) -> Option<String> {
    if word == "%" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let hex = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(hex, 16).ok()?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

impl FromStr for EvidenceLock {
    type Err = LockError;

    fn from_str(text: &str) -> Result<Self, LockError> {
        Self::parse(text)
    }
}

impl EvidenceLock {
    /// Parses the file format: `#` comments, a line `evidence 2 normalisation N`, then `source` and `claim` lines in
    /// any order. An empty text is an empty lock. Version 1, with its `record` lines, can be read as well.
    ///
    /// # Errors
    ///
    /// The first unexpected line; conflict markers of a merge and duplicate lines for a record are among them.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let mut lock = Self::default();
        let mut is_headed = false;
        // Editors on Windows put a mark before the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            let at = Line {
                number: index + 1,
                text: line,
            };
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
                .iter()
                .any(|marker| line.starts_with(marker))
            {
                return Err(at.error(
                    "found a merge conflict: keep the lines of both sides, then run `nutgraf verify`",
                ));
            }
            if !is_headed {
                (lock.is_old, lock.normalisation) = at.header()?;
                is_headed = true;
                continue;
            }
            at.read_into(&mut lock)?;
        }
        Ok(lock)
    }
}

struct Line<'a> {
    number: usize,
    text: &'a str,
}

impl Line<'_> {
    fn error(&self, message: impl Into<String>) -> LockError {
        LockError {
            line: self.number,
            message: message.into(),
        }
    }

    /// Whether the format is an older one, and the version of normalisation.
    fn header(&self) -> Result<(bool, u32), LockError> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        match words.as_slice() {
            ["evidence", version @ ("1" | "2"), "normalisation", normalisation] => {
                let normalisation = normalisation.parse().map_err(|_| {
                    self.error(format!("expected a version number, found `{normalisation}`"))
                })?;
                Ok((*version == "1", normalisation))
            }
            ["evidence", version, ..] if !matches!(*version, "1" | "2") => {
                Err(self.error(format!(
                    "expected version 1 or 2 of `evidence.lock`, found `{version}`: a newer nutgraf wrote it"
                )))
            }
            _ => Err(self.error("expected the line `evidence 2 normalisation 2` before any other")),
        }
    }

    fn read_into(&self, lock: &mut EvidenceLock) -> Result<(), LockError> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        match words.as_slice() {
            ["source", folder, id, fields @ ..] => {
                let key = SourceKey {
                    folder: self.name(folder)?,
                    id: self.name(id)?,
                };
                let pin = self.source(&self.fields(fields)?)?;
                self.insert(&mut lock.sources, key, pin)
            }
            [word @ ("claim" | "record"), folder, kind, id, field, fields @ ..]
                if lock.is_old == (*word == "record") =>
            {
                let key = RecordKey {
                    folder: self.name(folder)?,
                    kind: self.name(kind)?,
                    id: self.name(id)?,
                    field: self.name(field)?,
                };
                let pin = self.claim(&self.fields(fields)?, lock.is_old)?;
                self.insert(&mut lock.claims, key, pin)
            }
            [first, ..] => Err(self.error(format!(
                "expected a line `source FOLDER ID ...` or `claim FOLDER KIND ID FIELD ...`, found `{first}`"
            ))),
            [] => Ok(()),
        }
    }

    fn insert<K: Ord, V>(
        &self,
        map: &mut BTreeMap<K, V>,
        key: K,
        value: V,
    ) -> Result<(), LockError> {
        match map.insert(key, value) {
            None => Ok(()),
            Some(_) => Err(self.error(
                "expected one line for each source and claim, found a second: keep either, then run `nutgraf verify`",
            )),
        }
    }

    fn name(&self, word: &str) -> Result<String, LockError> {
        unescape(word).ok_or_else(|| {
            self.error(format!(
                "expected a name with `%25` for `%` and `%20` for a space, found `{word}`"
            ))
        })
    }

    fn fields<'w>(&self, words: &[&'w str]) -> Result<BTreeMap<&'w str, &'w str>, LockError> {
        let mut fields = BTreeMap::new();
        for word in words {
            let (key, value) = word
                .split_once('=')
                .ok_or_else(|| self.error(format!("expected `KEY=VALUE`, found `{word}`")))?;
            fields.insert(key, value);
        }
        Ok(fields)
    }

    /// The value of a field, read.
    fn field<T>(
        &self,
        fields: &BTreeMap<&str, &str>,
        key: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, LockError> {
        let value = fields
            .get(key)
            .ok_or_else(|| self.error(format!("expected `{key}=` with {expected}")))?;
        read(value)
            .ok_or_else(|| self.error(format!("expected {expected} in `{key}=`, found `{value}`")))
    }

    fn source(&self, fields: &BTreeMap<&str, &str>) -> Result<SourcePin, LockError> {
        Ok(SourcePin {
            text: self.field(fields, "text", HASH, TextHash::from_hex)?,
            n_words: self.field(fields, "words", "a number of words", |value| {
                value.parse().ok()
            })?,
            language: if fields.contains_key("language") {
                Some(self.field(fields, "language", "the code of a language", unescape)?)
            } else {
                None
            },
            date: self.field(fields, "date", DAY, |value| value.parse().ok())?,
        })
    }

    fn claim(&self, fields: &BTreeMap<&str, &str>, is_old: bool) -> Result<ClaimPin, LockError> {
        let content = if is_old { "words" } else { "content" };
        let outcome = if is_old {
            self.field(
                fields,
                "verdict",
                "`verified` or `doubtful`",
                |value| match value {
                    "verified" => Some(Outcome::Agrees),
                    "doubtful" => Some(Outcome::Doubtful),
                    _ => None,
                },
            )?
        } else {
            self.field(
                fields,
                "outcome",
                "`agrees`, `doubtful` or the like",
                |value| {
                    Outcome::ALL
                        .into_iter()
                        .find(|outcome| outcome.name() == value)
                },
            )?
        };
        Ok(ClaimPin {
            source: self.field(fields, "source", "`FOLDER#ID`", source_key)?,
            text: self.field(fields, "text", HASH, TextHash::from_hex)?,
            content: self.field(fields, content, HASH, WordsHash::from_hex)?,
            segments: self.field(
                fields,
                "at",
                "ranges such as `12-34,50-60`, or `-`",
                |value| {
                    items(value, |item| {
                        let (start, end) = item.split_once('-')?;
                        Some((start.parse().ok()?, end.parse().ok()?))
                    })
                },
            )?,
            gaps: self.field(fields, "gaps", "numbers such as `3,9`, or `-`", |value| {
                items(value, |item| item.parse().ok())
            })?,
            outcome,
            date: self.field(fields, "date", DAY, |value| value.parse().ok())?,
        })
    }
}

const HASH: &str = "a hash of 64 hexadecimal digits";
const DAY: &str = "a day such as `2025-01-27`";

fn source_key(value: &str) -> Option<SourceKey> {
    let (folder, id) = value.split_once('#')?;
    Some(SourceKey {
        folder: unescape(folder)?,
        id: unescape(id)?,
    })
}

fn items<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if value == "-" {
        return Some(Vec::new());
    }
    value.split(',').map(read).collect()
}
