//! Front matter and `site.yaml`: YAML to values, or to every fault at its own place.
//!
//! The values come from serde, and from it alone. Only if it fails, or if the text holds something that
//! serde would pass over in silence, is the text parsed into a [`Tree`] of places and compared with the
//! table in `schema.rs`.

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::front_matter::{FrontMatter, Lists};
use super::locate::{FieldPath, Tree};
use super::parts::{self, Part};
use super::schema::{self, Field, Group};
use super::{conform, syntax, tree};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::project::SourcePath;

/// How long a YAML text may be. Some 4,000 events; what is larger takes too much memory for a preview.
const MAX_BYTES: usize = 1 << 20;

/// Which fields a YAML text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Front matter.
    Page,
    /// `site.yaml`.
    Site,
}

impl Format {
    /// Its mappings, the whole first.
    pub(super) fn groups(self) -> &'static [Group] {
        match self {
            Self::Page => schema::PAGE_GROUPS,
            Self::Site => schema::SITE_GROUPS,
        }
    }

    /// The fields at the top.
    pub(super) fn fields(self) -> &'static [Field] {
        self.groups()[0].fields
    }

    /// What it is called in messages.
    pub(super) fn name(self) -> &'static str {
        self.groups()[0].name
    }

    /// Whether a word is the name of any of its fields.
    pub(super) fn has_key(self, word: &str) -> bool {
        let mut groups = self.groups().iter();
        groups.any(|group| schema::field(group.fields, word).is_some())
    }
}

/// A YAML text in a file.
#[derive(Clone, Debug)]
pub(crate) struct Yaml<'a> {
    /// The file.
    pub(crate) file: &'a SourcePath,
    /// The text of the whole file.
    pub(crate) text: &'a str,
    /// The part of it that is YAML.
    pub(crate) range: Range<usize>,
    /// Which fields it has.
    pub(crate) format: Format,
}

impl<'a> Yaml<'a> {
    /// The YAML itself.
    pub(super) fn slice(&self) -> &'a str {
        &self.text[self.range.clone()]
    }

    /// A place in the file.
    pub(super) fn at(&self, range: Range<usize>) -> Place {
        Place::new(self.file, Span::new(range.start, range.end))
    }

    /// Where everything is; `None` if the text isn't YAML.
    pub(crate) fn tree(&self) -> Option<Tree> {
        let reading = tree::read(self.text, self.range.clone()).ok()?;
        Some(reading.tree)
    }

    /// Reads the values.
    ///
    /// # Errors
    ///
    /// Returns every fault, each at its own key or value; of faults in the syntax, the first.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Vec<Diagnostic>> {
        self.refuse()?;
        self.values()
    }

    /// The faults that serde would pass over in silence, and a text that is too long for it.
    fn refuse(&self) -> Result<(), Vec<Diagnostic>> {
        if self.range.len() > MAX_BYTES {
            return Err(vec![self.too_large()]);
        }
        if may_hide(self.slice()) {
            let reading = tree::read(self.text, self.range.clone())
                .map_err(|failure| vec![syntax::explain(self, &failure)])?;
            if !reading.refusals.is_empty() {
                return Err(conform::faults(self, &reading));
            }
        }
        Ok(())
    }

    fn values<T: DeserializeOwned>(&self) -> Result<T, Vec<Diagnostic>> {
        serde_yaml::from_str(self.slice()).map_err(|error| self.faults(&error))
    }

    /// Reads the fields of a page by themselves, and tells which lists of records hold something. `None` if they
    /// can't be told from the lists, or have faults.
    pub(super) fn read_page(&self) -> Option<(FrontMatter, Vec<&'static str>)> {
        if self.range.len() > MAX_BYTES {
            return None;
        }
        let parts = parts::divide(self.slice())?;
        let page = parts.page.concat();
        if may_hide(&page) {
            return None;
        }
        let front_matter = serde_yaml::from_str(&page).ok()?;
        Some((front_matter, parts.held))
    }

    /// Reads the lists of records of a page whose own fields were read by themselves.
    ///
    /// # Errors
    ///
    /// Returns every fault of the page's front matter.
    pub(super) fn read_lists(&self) -> Result<Lists, Vec<Diagnostic>> {
        let parts = parts::divide(self.slice());
        let lists = parts.map(|parts| parts.lists.concat()).unwrap_or_default();
        if lists.is_empty() {
            return Ok(Lists::default());
        }
        let in_parts = match may_hide(&lists) {
            true => None,
            false => serde_yaml::from_str(&lists).ok(),
        };
        match in_parts {
            Some(lists) => Ok(lists),
            None => self.read_both().map(|(_, lists)| lists),
        }
    }

    /// Reads all front matter of a page.
    ///
    /// # Errors
    ///
    /// As [`Yaml::read`].
    pub(super) fn read_both(&self) -> Result<(FrontMatter, Lists), Vec<Diagnostic>> {
        self.refuse()?;
        let Part(front_matter) = self.values()?;
        let Part(lists) = self.values()?;
        Ok((front_matter, lists))
    }

    /// What serde's error stands for; never empty.
    fn faults(&self, error: &serde_yaml::Error) -> Vec<Diagnostic> {
        if let Some(fault) = syntax::control_character(self) {
            return vec![fault];
        }
        let faults = match tree::read(self.text, self.range.clone()) {
            Ok(reading) => conform::faults(self, &reading),
            // The two parsers differ in a few corners; then the one that gives the values is right.
            Err(_) if serde_yaml::from_str::<IgnoredAny>(self.slice()).is_ok() => Vec::new(),
            Err(failure) => vec![syntax::explain(self, &failure)],
        };
        if faults.is_empty() {
            return vec![self.unexplained(error)];
        }
        faults
    }

    /// Serde's own words, for what the table knows nothing of.
    fn unexplained(&self, error: &serde_yaml::Error) -> Diagnostic {
        let start = error.location().map_or(self.range.start, |location| {
            let (line, column) = (location.line() - 1, location.column() - 1);
            tree::offset(self.text, self.range.clone(), line, column)
        });
        let rest = &self.text[start..self.range.end];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let message = match words.split_once(": ") {
            Some((path, problem)) if !path.contains(char::is_whitespace) => {
                format!("`{path}`: {problem}")
            }
            _ => words.to_owned(),
        };
        let place = self.at(start..start + rest[..line].trim_end().len());
        let fault = Diagnostic::new(Code::WrongType, place, message);
        let fixed = syntax::quoted_line(self, start);
        match fixed.filter(|_| words.contains("quotation marks")) {
            Some(fixed) => fault.help(format!("write `{fixed}`")),
            None => fault,
        }
    }

    fn too_large(&self) -> Diagnostic {
        let name = self.format.name();
        let message = format!("{name} is larger than 1 MB");
        let help = match self.format {
            Format::Page => "spread the records over several files",
            Format::Site => "keep only the fields of the site in it",
        };
        Diagnostic::new(Code::FileTooLarge, Place::file(self.file), message).help(help)
    }

    /// The place of a field's value; of the nearest field around it if it isn't there.
    pub(crate) fn place(&self, path: &FieldPath) -> Place {
        let found = self.tree().and_then(|tree| tree.find(path));
        self.at(found.map_or_else(|| self.first_line(), |found| found.value))
    }

    /// The first line that isn't empty; the file's first line if all are.
    pub(super) fn first_line(&self) -> Range<usize> {
        let (slice, base) = match self.slice() {
            slice if slice.trim().is_empty() => (self.text, 0),
            slice => (slice, self.range.start),
        };
        let start = slice.len()
            - slice
                .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                .len();
        let rest = &slice[start..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        base + start..base + start + rest[..end].trim_end().len()
    }
}

/// Whether a text may hold what serde would pass over in silence: an anchor, an alias or a tag where a
/// value starts, or `#word` behind a space. Most texts don't, and are parsed only once.
fn may_hide(yaml: &str) -> bool {
    let bytes = yaml.as_bytes();
    let before = |at: usize| {
        let blank = |byte: &&u8| matches!(**byte, b' ' | b'\t');
        bytes[..at].iter().rev().find(|byte| !blank(byte)).copied()
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'*' | b'&' | b'!' => matches!(
            before(at),
            None | Some(b'\n' | b'\r' | b':' | b'-' | b'?' | b',' | b'[' | b'{')
        ),
        b'#' => {
            at > 0
                && matches!(bytes[at - 1], b' ' | b'\t')
                && bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii())
                && !matches!(before(at), None | Some(b'\n' | b'\r'))
        }
        _ => false,
    })
}
