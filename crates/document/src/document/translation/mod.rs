//! A page in another language than its original.
//!
//! A translation has words. What isn't words, a value, a date, a source, it shares with its original, record by record:
//! the ids tell which are the same. Words that it lacks are the original's, [marked](Foreign) with their language. A
//! translation may repeat what it shares, as a copy of the original does that was translated in place; if it says
//! something else, that is a fault.
//!
//! [`Document::translated`] makes a document whole in this way, so that `check` and all that follows reads it like any
//! other.

mod joining;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Document;
use super::locate::{FieldPath, Found, Step};
use super::schema::{Field, FrontMatter, Lists, Record};
use crate::diag::{Code, Diagnostic, Place};
use crate::model::Foreign;
use crate::project::SourcePath;
use joining::join;

/// What a document is a translation of.
#[derive(Clone, Debug)]
pub(super) struct Original {
    document: Arc<Document>,
    /// The language of the original, and that of the translation.
    tags: (String, String),
    whole: OnceLock<Whole>,
}

/// The records of a translation, made whole.
#[derive(Clone, Debug)]
struct Whole {
    lists: Lists,
    /// For each list: which record of the translation and which of the original each of its items is.
    rows: BTreeMap<&'static str, Vec<Row>>,
    faults: Vec<Diagnostic>,
    /// Where the translation has records of its own.
    own: Vec<Place>,
}

/// A record: its place in the list of the translation, and in that of the original.
#[derive(Clone, Copy, Debug)]
struct Row {
    own: Option<usize>,
    original: Option<usize>,
}

/// A record of a translation while it is made whole.
pub struct Translating<'a> {
    /// The language of the original.
    tag: &'a str,
    /// Whether nothing is shared: the fields of a page are its own.
    is_page: bool,
    /// The way to the field.
    path: FieldPath,
    /// The fields that say something else than the original, and how many say the same.
    differing: Vec<FieldPath>,
    n_same: usize,
}

impl<'a> Translating<'a> {
    fn new(tag: &'a str, is_page: bool) -> Self {
        Self {
            tag,
            is_page,
            path: FieldPath::default(),
            differing: Vec::new(),
            n_same: 0,
        }
    }

    /// Goes into a field.
    pub(super) fn field(&mut self, field: &Field, go: impl FnOnce(&mut Self)) {
        self.step(Step::Key(field.name.to_owned()), go);
    }

    /// Goes into an item of a list.
    pub(super) fn item(&mut self, index: usize, go: impl FnOnce(&mut Self)) {
        self.step(Step::Item(index), go);
    }

    fn step(&mut self, step: Step, go: impl FnOnce(&mut Self)) {
        self.path.0.push(step);
        go(self);
        self.path.0.pop();
    }

    /// Whether the original decides what a field says.
    pub(super) fn shares(&self, field: &Field) -> bool {
        !self.is_page && field.about.is_shared()
    }

    /// Words of the original, with their language if it matters.
    pub(super) fn words(&self, field: &Field, words: &str) -> String {
        match field.about.is_words() && !words.trim().is_empty() {
            true => {
                let tag = self.tag;
                Foreign { tag, words }.to_string()
            }
            false => words.to_owned(),
        }
    }

    /// Takes what the original says.
    pub(super) fn share<T: Clone + PartialEq>(&mut self, own: &mut T, original: &T) {
        if own == original {
            self.n_same += 1;
        } else {
            self.differs();
            own.clone_from(original);
        }
    }

    /// Notes that the field says something else than the original.
    pub(super) fn differs(&mut self) {
        self.differing.push(self.path.clone());
    }
}

impl Document {
    /// The same document, whose name holds a language: `key` is the file that it would be without.
    #[must_use]
    pub fn named(self, key: SourcePath) -> Self {
        Self { key, ..self }
    }

    /// The same document as the translation of another, from one language into another (BCP 47).
    #[must_use]
    pub fn translated(mut self, original: &Arc<Self>, (from, into): (&str, &str)) -> Self {
        if let (Some(own), Some(first)) = (&mut self.front_matter, &original.front_matter) {
            translate_page(own, first, from);
        }
        let held = original.held.iter().copied();
        let held: Vec<&str> = held.filter(|list| !self.held.contains(list)).collect();
        self.held.extend(held);
        self.original = Some(Original {
            document: original.clone(),
            tags: (from.to_owned(), into.to_owned()),
            whole: OnceLock::new(),
        });
        self
    }

    /// What it is a translation of.
    pub fn original(&self) -> Option<&Arc<Self>> {
        self.original.as_ref().map(|original| &original.document)
    }

    /// Whether a fault is that something is missing which the original has.
    pub(super) fn is_said_by_original(&self, fault: &Diagnostic) -> bool {
        let Some(original) = &self.original else {
            return false;
        };
        let own = original.whole.get().map_or(&[][..], |whole| &whole.own);
        let is_own = |place: &Place| match (place.span, fault.place.span) {
            (Some(around), Some(span)) => around.start <= span.start && span.end <= around.end,
            _ => false,
        };
        fault.code == Code::MissingField && !own.iter().any(is_own)
    }
}

/// The fields of a page: what a translation doesn't say is as in the original.
fn translate_page(own: &mut FrontMatter, original: &FrontMatter, tag: &str) {
    let aliases = own.aliases.clone();
    let unbound = std::mem::take(&mut own.unbound);
    let is_dated = own.date.is_some() || own.updated.is_some();
    let updated = own.updated.take();
    own.translate(original, &mut Translating::new(tag, true));
    // Addresses lead to one page alone.
    own.aliases = aliases;
    own.unbound = unbound;
    own.unbound.extend(original.unbound.iter().cloned());
    // Who says when the translation was written doesn't mean when the original was changed.
    own.updated = match is_dated {
        true => updated,
        false => original.updated.clone(),
    };
}

impl Original {
    pub(super) fn lists<'a>(&'a self, document: &Document, own: &Lists) -> &'a Lists {
        &self.whole(document, own).lists
    }

    /// What the translation says that differs from the original.
    pub(super) fn faults(&self, document: &Document) -> &[Diagnostic] {
        match document.read_records().lists.as_ref() {
            Some(own) => &self.whole(document, own).faults,
            None => &[],
        }
    }

    fn whole(&self, document: &Document, own: &Lists) -> &Whole {
        self.whole.get_or_init(|| join(self, document, own))
    }

    /// Where a field is: in the translation if it is there, else in the original.
    pub(super) fn find(
        &self,
        document: &Document,
        path: &FieldPath,
        part: fn(Found) -> Range<usize>,
    ) -> Place {
        let (own, original) = self.paths(document, path);
        let tree = document.tree();
        let has_own = |own: &FieldPath| tree.is_some_and(|tree| tree.has(own));
        match (own, original) {
            (Some(own), _) if has_own(&own) => document.find_here(&own, part),
            (own, Some(original)) => {
                let tree = self.document.tree();
                match own {
                    Some(own) if !tree.is_some_and(|tree| tree.has(&original)) => {
                        document.find_here(&own, part)
                    }
                    _ => self.document.find(&original, part),
                }
            }
            (Some(own), None) => document.find_here(&own, part),
            (None, None) => document.find_here(path, part),
        }
    }

    /// The way to a field in the translation and in the original.
    fn paths(
        &self,
        document: &Document,
        path: &FieldPath,
    ) -> (Option<FieldPath>, Option<FieldPath>) {
        let [Step::Key(list), Step::Item(index), rest @ ..] = &path.0[..] else {
            return (Some(path.clone()), Some(path.clone()));
        };
        let own = document.read_records().lists.as_ref();
        let row = own.and_then(|own| {
            let rows = self.whole(document, own).rows.get(list.as_str())?;
            rows.get(*index).copied()
        });
        let Some(row) = row else {
            return (Some(path.clone()), Some(path.clone()));
        };
        let at = |index: Option<usize>| {
            let mut path = FieldPath::item(list, index?);
            path.0.extend(rest.iter().cloned());
            Some(path)
        };
        (at(row.own), at(row.original))
    }
}
