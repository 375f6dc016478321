//! Edits one value of a file, and nothing else.
//!
//! A file is edited as text: the bytes of one value, record or paragraph are replaced, and comments, order, quotation
//! marks, line endings and all other values stay byte for byte. The result is read again, and has to say exactly what
//! was asked for; an edit for which that isn't possible is refused.
//!
//! Pure: text in, text out. Start with [`edited`]. `value` says what an edit means, `slot` finds where it goes, `patch`
//! says which bytes change, and `words` how a value is written.
//!
//! # Design
//!
//! *Why not write the YAML from scratch?* Comments, quotation marks and line breaks wouldn't survive. *Why not a
//! library?* Those that keep comments don't handle byte order marks, CR line endings, or what this format refuses; and
//! the places of all values are already known here.

mod patch;
mod slot;
mod value;
mod words;

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use super::fences::{Division, divide};
use super::locate::{FieldPath, Tree};
use super::schema::{FRONT_MATTER, Field};
use super::{locate::Step, tree};

pub use value::Value;

/// One edit of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Gives a field or an item a value. A missing field is added where the manual lists it.
    Set {
        /// The field.
        at: FieldPath,
        /// Its new value.
        value: Value,
    },
    /// Removes a field or an item.
    Remove {
        /// The field or item.
        at: FieldPath,
    },
    /// Adds an item to a list.
    Insert {
        /// The list, which doesn't have to exist.
        list: FieldPath,
        /// The index of the item to insert before; the number of items to append.
        index: usize,
        /// The item.
        value: Value,
    },
    /// Moves an item of a list, along with the comment above it.
    Move {
        /// The list.
        list: FieldPath,
        /// The item's index.
        from: usize,
        /// Its index afterwards.
        to: usize,
    },
    /// Inserts a copy of an item after it.
    Duplicate {
        /// The list.
        list: FieldPath,
        /// The item's index.
        index: usize,
    },
    /// Replaces a part of the prose.
    Prose {
        /// The part, as a byte range of the file.
        span: Range<usize>,
        /// The new text.
        words: String,
    },
}

/// Why an edit wasn't made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditFault {
    /// The file has no readable front matter.
    NoFrontMatter,
    /// There is nothing at this path.
    NotThere,
    /// It is written in a way that can't be changed on its own.
    NotPlain,
}

impl fmt::Display for EditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFrontMatter => "the front matter of this file can't be read; fix it in an editor first",
            Self::NotThere => "what was to be edited isn't in the file any more",
            Self::NotPlain => {
                "this is written in a way that can't be changed without touching what is around it; edit the file itself"
            }
        })
    }
}

impl std::error::Error for EditFault {}

/// A file's text after some edits, applied one after the other.
///
/// # Errors
///
/// If one of them can't be made; then none is.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{Edit, FieldPath, Value, edited};
///
/// let page = "---\ntitle: 'Old'   # ours\n---\nProse.\n";
/// let edit = Edit::Set { at: FieldPath::field("title"), value: Value::text("It's new") };
/// assert_eq!(edited(page, &[edit]).unwrap(), "---\ntitle: 'It''s new'   # ours\n---\nProse.\n");
/// ```
pub fn edited(text: &str, edits: &[Edit]) -> Result<String, EditFault> {
    let mut text = text.to_owned();
    for edit in edits {
        text = match edit {
            Edit::Prose { span, words } => with_prose(&text, span, words)?,
            edit => with_front_matter(&text, edit)?,
        };
    }
    Ok(text)
}

/// The contents of a text's front matter; `None` if it can't be read.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{Value, written_values};
///
/// let values = written_values("---\ntitle: A\n---\n").unwrap();
/// assert_eq!(values, Value::Map(vec![("title".to_owned(), Value::text("A"))]));
/// ```
pub fn written_values(text: &str) -> Option<Value> {
    Some(Value::of(&Front::read(text).ok()?.tree))
}

/// A text with readable front matter.
struct Front<'t> {
    text: &'t str,
    yaml: Range<usize>,
    body: usize,
    tree: Tree,
    n_refusals: usize,
}

impl<'t> Front<'t> {
    fn read(text: &'t str) -> Result<Self, EditFault> {
        let Division::Whole { yaml, body } = divide(text) else {
            return Err(EditFault::NoFrontMatter);
        };
        let reading = tree::read(text, yaml.clone()).map_err(|_| EditFault::NoFrontMatter)?;
        Ok(Self {
            text,
            yaml,
            body,
            tree: reading.tree,
            n_refusals: reading.refusals.len(),
        })
    }

    /// The line break that the file uses.
    fn line_break(&self) -> &'static str {
        let first = self.text.find(['\n', '\r']).map(|at| &self.text[at..]);
        match first {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        }
    }
}

fn with_front_matter(text: &str, edit: &Edit) -> Result<String, EditFault> {
    let front = Front::read(text)?;
    let before = Value::of(&front.tree);
    let expected = value::after(&before, edit)?;
    if expected == before {
        return Ok(text.to_owned());
    }
    let mut now = text.to_owned();
    for step in value::steps(&before, edit)? {
        now = patched(&now, &step)?;
    }
    let after = Front::read(&now).map_err(|_| EditFault::NotPlain)?;
    let is_as_asked = Value::of(&after.tree).sorted() == expected.sorted()
        && after.n_refusals == front.n_refusals
        && now[after.body..] == text[front.body..];
    if is_as_asked {
        Ok(now)
    } else {
        Err(EditFault::NotPlain)
    }
}

/// The text after an edit that touches one place.
fn patched(text: &str, edit: &Edit) -> Result<String, EditFault> {
    let front = Front::read(text).map_err(|_| EditFault::NotPlain)?;
    let mut patches = patch::patches(&front, edit)?;
    patches.sort_by_key(|(range, _)| std::cmp::Reverse((range.start, range.end)));
    let mut text = text.to_owned();
    for (range, new) in patches {
        text.replace_range(range, &new);
    }
    Ok(text)
}

fn with_prose(text: &str, span: &Range<usize>, words: &str) -> Result<String, EditFault> {
    let start = match divide(text) {
        Division::Whole { body, .. } => body,
        Division::NoFrontMatter { start } => start,
        Division::Unclosed { .. } => return Err(EditFault::NoFrontMatter),
    };
    let is_prose = start <= span.start && text.get(span.clone()).is_some();
    if !is_prose {
        return Err(EditFault::NotThere);
    }
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let line_break = match text[start..].find(['\n', '\r']) {
        Some(at) if text[start + at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[start + at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    let words = words.replace('\n', line_break);
    Ok([&text[..span.start], &words, &text[span.end..]].concat())
}

/// The declared field at a path; `None` below fields that accept anything.
fn declared(path: &FieldPath) -> Option<&'static Field> {
    let mut group = Some(FRONT_MATTER);
    let mut found = None;
    for step in &path.0 {
        if let Step::Key(name) = step {
            found = group?.field(name);
            group = found?.shape.group();
        }
    }
    found
}
