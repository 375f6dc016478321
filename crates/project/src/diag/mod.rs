//! Faults of the sources: what is wrong, and where.
//!
//! Every stage takes `&mut Diagnostics`, drops what it can't make, records why, and goes on, so that one run shows
//! every fault. Nothing here prints; [`terminal`], [`machine`] and [`overlay`] turn the faults of a run into text.
//! Start with [`Diagnostic`].

mod code;
pub mod digest;
mod fix;
pub mod machine;
pub mod overlay;
mod position;
pub mod terminal;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::project::SourcePath;

pub use code::{Code, Severity};
pub use fix::Fix;

/// A range of bytes in a file, counted from its start (front matter included).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`. Offsets past 4 GiB are clamped: no source file is that large.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: cut(start),
            end: cut(end),
        }
    }

    /// The same range, moved `by` bytes forward.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A file, and a range in it if that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// The range; `None` means the file as a whole.
    pub span: Option<Span>,
}

impl Place {
    /// A range in a file.
    pub fn new(file: &SourcePath, span: Span) -> Self {
        Self {
            file: file.clone(),
            span: Some(span),
        }
    }

    /// A file as a whole.
    pub fn file(file: &SourcePath) -> Self {
        Self {
            file: file.clone(),
            span: None,
        }
    }
}

/// A fault of the writer's.
///
/// A message starts in lower case, has no full stop, and names the thing in backquotes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where it is. This field comes first so that diagnostics sort by file and offset.
    pub place: Place,
    /// Which rule is broken.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What the marked words are, briefly; may be empty.
    pub label: String,
    /// Other relevant places: "first used here".
    pub related: Vec<(Place, String)>,
    /// What to do, specific enough to follow blindly.
    pub help: Option<String>,
    /// What to write, if there is only one answer.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Creates a fault without label and help.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            code,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says what the marked words are.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest of the valid names, or lists them if none is near and there are only a few.
    #[must_use]
    pub fn suggest<'a>(self, written: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        let mut valid: Vec<&str> = valid.into_iter().collect();
        valid.sort_unstable();
        valid.dedup();
        match nearest(written, &valid) {
            Some(name) => self
                .help(format!("did you mean `{name}`?"))
                .fix(written, name),
            None if valid.len() == 1 => self.help(format!("expected `{}`", valid[0])),
            None if !valid.is_empty() && valid.len() <= 24 => {
                let names: Vec<String> = valid.iter().map(|name| format!("`{name}`")).collect();
                self.help(format!("expected one of {}", names.join(", ")))
            }
            None => self,
        }
    }

    /// Whether another fault is the same except for the page that ran into it, which is the last of the related places.
    fn differs_in_page(&self, other: &Self) -> bool {
        let without_page = |fault: &Self| {
            let (page, others) = fault.related.split_last()?;
            (page.0.file != fault.place.file).then(|| (others.to_vec(), page.1.clone()))
        };
        (
            self.code,
            &self.place,
            &self.message,
            &self.label,
            &self.help,
        ) == (
            other.code,
            &other.place,
            &other.message,
            &other.label,
            &other.help,
        ) && without_page(self).is_some_and(|rest| Some(rest) == without_page(other))
    }

    /// Adds another relevant place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}

/// The valid name nearest to what was written, if it is near enough to be a typo.
pub fn nearest<'a>(written: &str, valid: &[&'a str]) -> Option<&'a str> {
    let limit = written.chars().count() / 3;
    valid
        .iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), *name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The faults of a run. They are only ever added to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Records several faults.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Whether there is an error, as against warnings and hints.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many faults have a certain severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0
            .iter()
            .filter(|diagnostic| diagnostic.code.severity() == severity)
            .count()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in the order in which they were recorded.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// The faults by file and offset, without duplicates.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.0.iter().collect();
        sorted.sort();
        sorted.dedup();
        sorted
    }

    /// The faults by file and offset, counted as a person would: if several pages run into a fault at one place, such
    /// as a slip in a template, that is one fault. It names the first page and says how many others there are.
    pub fn merged(&self) -> Vec<Diagnostic> {
        let mut merged: Vec<Diagnostic> = Vec::new();
        let mut n_others = 0;
        let end = |merged: &mut Vec<Diagnostic>, n_others: &mut usize| {
            let related = merged.last_mut().and_then(|fault| fault.related.last_mut());
            let noun = if *n_others == 1 { "other" } else { "others" };
            if let Some((_, label)) = related.filter(|_| *n_others > 0) {
                label.push_str(&format!(", and {n_others} {noun}"));
            }
            *n_others = 0;
        };
        for fault in self.sorted() {
            if merged
                .last()
                .is_some_and(|first| fault.differs_in_page(first))
            {
                n_others += 1;
                continue;
            }
            end(&mut merged, &mut n_others);
            merged.push(fault.clone());
        }
        end(&mut merged, &mut n_others);
        merged
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(diagnostics: T) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

/// Provides the text of a file that a diagnostic points into; `None` if the file isn't there or isn't text.
///
/// It is a trait rather than the snapshot itself, because built-in templates aren't files of the project.
pub trait Texts {
    /// The text of `file`.
    fn text(&self, file: &SourcePath) -> Option<Arc<str>>;
}
