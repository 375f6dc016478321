//! The records of a folder, with those of the folders above within reach.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Place;
use crate::document::{Document, FieldPath};
use crate::model::{Anchor, Embed, Figure, Person, Quantity, RecordKind, Records, Source, Words};
use crate::project::SourcePath;

/// The records that pages in a folder can refer to.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    parent: Option<Arc<Scope>>,
    is_explainer: bool,
    /// Whether the front matter of any file in the folder has faults, so that a missing name may be in it.
    is_broken: bool,
    names: BTreeMap<(RecordKind, String), Name>,
    records: BTreeMap<(RecordKind, String), Embed>,
    pages: BTreeMap<SourcePath, Records>,
}

/// What a reference needs to know about a record before the record itself is checked.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Where readers find it.
    pub(super) anchor: Anchor,
    /// The words for a reference that has none: a title, a name.
    pub(super) title: String,
    /// A figure's number, if it has one.
    pub(super) quantity: Option<Quantity>,
    /// The document that contains it; the place in the file is looked up only for a fault.
    pub(super) document: Arc<Document>,
    pub(super) record: FieldPath,
}

impl Name {
    pub(super) fn place(&self) -> Place {
        self.document.place(&self.record.key("id"))
    }
}

/// A record that can be referred to, and its location.
#[derive(Clone, Debug)]
pub struct Known {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its id.
    pub id: String,
    /// What a reference without words of its own shows.
    pub words: Words,
    /// The file.
    pub document: Arc<Document>,
    /// The record in its front matter.
    pub record: FieldPath,
}

impl Known {
    fn new((kind, id): &(RecordKind, String), name: &Name) -> Self {
        let quantity = name.quantity.clone().map(Words::Quantity);
        Self {
            kind: *kind,
            id: id.clone(),
            words: quantity.unwrap_or_else(|| Words::Text(name.title.clone())),
            document: name.document.clone(),
            record: name.record.clone(),
        }
    }
}

/// The result of looking up a name.
pub(super) enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It exists, or may exist, in something with faults: there is nothing more to report.
    Faulty,
    /// It isn't there.
    Unknown,
}

impl Scope {
    /// The scopes from this one up to the topmost.
    fn chain(&self) -> impl Iterator<Item = &Scope> {
        std::iter::successors(Some(self), |scope| scope.parent.as_deref())
    }

    /// An empty scope for a folder, with everything within reach from above.
    pub(super) fn below(parent: Option<Arc<Scope>>, is_explainer: bool, is_broken: bool) -> Self {
        Self {
            parent,
            is_explainer,
            is_broken,
            ..Self::default()
        }
    }

    /// Whether the front matter of any file in the folder has faults.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// What is known about the record with a name: the nearest one, looking upwards.
    pub(super) fn name(&self, kind: RecordKind, id: &str) -> Lookup<&Name> {
        let key = (kind, id.to_owned());
        for scope in self.chain() {
            match scope.names.get(&key) {
                Some(name) => return Lookup::Found(name),
                None if scope.is_broken => return Lookup::Faulty,
                None => {}
            }
        }
        Lookup::Unknown
    }

    /// The record with a name, as seen from here.
    pub(super) fn record(&self, kind: RecordKind, id: &str) -> Lookup<&Embed> {
        let key = (kind, id.to_owned());
        for scope in self.chain() {
            match scope.records.get(&key) {
                Some(record) => return Lookup::Found(record),
                None if scope.names.contains_key(&key) || scope.is_broken => return Lookup::Faulty,
                None => {}
            }
        }
        Lookup::Unknown
    }

    /// The source with an id, as seen from here.
    pub(super) fn source(&self, id: &str) -> Lookup<Arc<Source>> {
        match self.record(RecordKind::Source, id) {
            Lookup::Found(Embed::Source(source)) => Lookup::Found(source.clone()),
            Lookup::Found(_) | Lookup::Faulty => Lookup::Faulty,
            Lookup::Unknown => Lookup::Unknown,
        }
    }

    /// The person with an id, as seen from here.
    pub(super) fn person(&self, id: &str) -> Lookup<Arc<Person>> {
        match self.record(RecordKind::Person, id) {
            Lookup::Found(Embed::Person(person)) => Lookup::Found(person.clone()),
            Lookup::Found(_) | Lookup::Faulty => Lookup::Faulty,
            Lookup::Unknown => Lookup::Unknown,
        }
    }

    /// The ids of one kind within reach, for suggestions; may contain duplicates.
    pub(super) fn ids(&self, kind: RecordKind) -> Vec<&str> {
        self.chain()
            .flat_map(|scope| scope.names.keys())
            .filter(|(other, _)| *other == kind)
            .map(|(_, id)| id.as_str())
            .collect()
    }

    /// Every record that can be referred to from here, the nearest first. If several have the same name, only the
    /// nearest is included.
    pub fn reach(&self) -> Vec<Known> {
        let mut known: Vec<Known> = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, name) in self.chain().flat_map(|scope| &scope.names) {
            if seen.insert(key) {
                known.push(Known::new(key, name));
            }
        }
        known
    }

    /// The record with a name, as seen from here.
    pub fn known(&self, kind: RecordKind, id: &str) -> Option<Known> {
        match self.name(kind, id) {
            Lookup::Found(name) => Some(Known::new(&(kind, id.to_owned()), name)),
            Lookup::Faulty | Lookup::Unknown => None,
        }
    }

    /// The kinds of records with this id, for "did you mean `figure:x`?".
    pub(super) fn kinds_of(&self, id: &str) -> Vec<RecordKind> {
        RecordKind::ALL
            .into_iter()
            .filter(|kind| matches!(self.name(*kind, id), Lookup::Found(_)))
            .collect()
    }

    /// The figures within reach, those of this folder first.
    pub(super) fn figures(&self) -> impl Iterator<Item = &Figure> {
        let records = self.chain().flat_map(|scope| scope.records.values());
        records.filter_map(|record| match record {
            Embed::Figure(figure) => Some(&**figure),
            _ => None,
        })
    }

    /// The records on a page.
    pub(super) fn records_of(&self, page: &SourcePath) -> Records {
        self.pages.get(page).cloned().unwrap_or_default()
    }

    /// The place where an id of this kind is already used in the same explainer.
    pub(super) fn taken(&self, key: &(RecordKind, String)) -> Option<Place> {
        for scope in self.chain() {
            if let Some(name) = scope.names.get(key) {
                return Some(name.place());
            }
            if scope.is_explainer {
                return None;
            }
        }
        None
    }

    /// Makes a record known to references before it is checked.
    pub(super) fn declare(&mut self, key: (RecordKind, String), name: Name) {
        self.names.insert(key, name);
    }

    pub(super) fn set_records_of_pages(&mut self, pages: BTreeMap<SourcePath, Records>) {
        self.pages = pages;
    }

    pub(super) fn insert(&mut self, record: Embed) {
        let kind = match record {
            Embed::Event(_) => RecordKind::Event,
            Embed::Figure(_) => RecordKind::Figure,
            Embed::Reaction(_) => RecordKind::Reaction,
            Embed::Person(_) => RecordKind::Person,
            Embed::Term(_) => RecordKind::Term,
            Embed::Question(_) => RecordKind::Question,
            Embed::Source(_) => RecordKind::Source,
        };
        let id = record.anchor().id.as_str().to_owned();
        self.records.insert((kind, id), record);
    }

    /// Stores the number of a figure, so that prose can quote it.
    pub(super) fn set_quantity(&mut self, id: &str, quantity: Quantity) {
        let name = self.names.get_mut(&(RecordKind::Figure, id.to_owned()));
        if let Some(name) = name {
            name.quantity = Some(quantity);
        }
    }
}
