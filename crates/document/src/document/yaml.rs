//! Reads front matter and `site.yaml`: YAML into records as written, with every fault at its own place.

use std::ops::Range;

use super::locate::{FieldPath, Tree};
use super::parts::Parts;
use super::schema::{FRONT_MATTER, FrontMatter, Group, Record, SITE};
use super::{parts, reader, syntax, tree};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::project::SourcePath;

/// The longest YAML text, in bytes. That is some 4,000 events; a larger text takes too much memory in a preview.
const MAX_BYTES: usize = 1 << 20;

/// The set of fields of a YAML text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Front matter.
    Page,
    /// `site.yaml`.
    Site,
}

impl Format {
    /// Its fields.
    pub(super) fn group(self) -> Group {
        match self {
            Self::Page => FRONT_MATTER,
            Self::Site => SITE,
        }
    }

    /// Its mappings, the outermost first.
    pub(super) fn groups(self) -> Vec<Group> {
        self.group().all()
    }

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        self.group().name
    }

    /// Whether a word is the name of any of its fields.
    pub(super) fn has_key(self, word: &str) -> bool {
        let groups = self.groups();
        groups.iter().any(|group| group.field(word).is_some())
    }
}

/// A YAML text in a file.
#[derive(Clone, Debug)]
pub struct Yaml<'a> {
    /// The file.
    pub file: &'a SourcePath,
    /// The text of the whole file.
    pub text: &'a str,
    /// The part of it that is YAML.
    pub range: Range<usize>,
    /// Its set of fields.
    pub format: Format,
}

impl<'a> Yaml<'a> {
    /// The YAML itself.
    pub(super) fn slice(&self) -> &'a str {
        &self.text[self.range.clone()]
    }

    /// The place of a range in the file.
    pub(super) fn at(&self, range: Range<usize>) -> Place {
        Place::new(self.file, Span::new(range.start, range.end))
    }

    /// The tree of values and places; `None` if the text isn't YAML.
    pub fn tree(&self) -> Option<Tree> {
        let reading = tree::read(self.text, self.range.clone()).ok()?;
        Some(reading.tree)
    }

    /// Reads what the text says, and everything that is wrong with it. A value with a fault is left out; `None` if the
    /// text is too long or can't be read as YAML.
    pub fn read<R: Record>(&self) -> (Option<R>, Vec<Diagnostic>) {
        if self.range.len() > MAX_BYTES {
            return (None, vec![self.too_large()]);
        }
        let control = syntax::control_character(self);
        match tree::read(self.text, self.range.clone()) {
            Ok(reading) => {
                let (record, mut faults) = reader::read(self, &reading);
                faults.extend(control);
                (Some(record), faults)
            }
            Err(failure) => {
                let fault = control.unwrap_or_else(|| syntax::explain(self, &failure));
                (None, vec![fault])
            }
        }
    }

    /// Reads only the fields of a page, and tells which lists of records aren't empty. `None` if the fields can't be
    /// separated from the lists, or have faults.
    pub(super) fn read_page(&self) -> Option<(FrontMatter, Vec<&'static str>)> {
        if self.range.len() > MAX_BYTES {
            return None;
        }
        let Parts { page, held } = parts::divide(self.slice())?;
        let page = page.concat();
        let alone = Yaml {
            text: &page,
            range: 0..page.len(),
            ..self.clone()
        };
        match alone.read() {
            (Some(front_matter), faults) if faults.is_empty() => Some((front_matter, held)),
            _ => None,
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

    /// The place of a field's value, or of the nearest field around it if it doesn't exist.
    pub fn place(&self, path: &FieldPath) -> Place {
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
