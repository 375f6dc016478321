//! The records of a folder, with those of the folders above in reach.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::records::Reader;
use crate::check::{CheckOptions, Checked, Documents};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, FieldPath, RecordName, record_names};
use crate::model::{
    Anchor, Embed, Figure, Outline, PageHead, Person, Quantity, RecordId, RecordKind, Records,
    Source,
};
use crate::project::SourcePath;

/// The records that pages of a folder can refer to.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    parent: Option<Arc<Scope>>,
    is_explainer: bool,
    /// Some file of the folder has faults in its front matter, so that a name which isn't found may be in it.
    is_broken: bool,
    names: BTreeMap<(RecordKind, String), Name>,
    records: BTreeMap<(RecordKind, String), Embed>,
    pages: BTreeMap<SourcePath, Records>,
}

/// What a reference needs to know of a record before the record itself is checked.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Where it stands.
    pub(super) anchor: Anchor,
    /// Its own words for a reference without any: a title, a name.
    pub(super) title: String,
    /// A figure's number, if it has one.
    pub(super) quantity: Option<Quantity>,
    /// Where it is written; the place in the file is looked for only when there is a fault.
    document: Arc<Document>,
    record: FieldPath,
}

impl Name {
    fn place(&self) -> Place {
        self.document.place(&self.record.key("id"))
    }
}

/// What became of a name that was looked up.
pub(super) enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is there, or may be, in something that has faults: nothing more is to be said.
    Faulty,
    /// It isn't there.
    Unknown,
}

impl Scope {
    /// The scopes from this one up to the topmost.
    fn chain(&self) -> impl Iterator<Item = &Scope> {
        std::iter::successors(Some(self), |scope| scope.parent.as_deref())
    }

    /// The scope of the folder above.
    pub(crate) fn parent(&self) -> Option<&Arc<Scope>> {
        self.parent.as_ref()
    }

    /// Whether some file of the folder has faults in its front matter.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// What is known of the record that a name means from here: the nearest one upwards.
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

    /// The record that a name means from here.
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

    /// The source that an id means from here.
    pub(super) fn source(&self, id: &str) -> Lookup<Arc<Source>> {
        match self.record(RecordKind::Source, id) {
            Lookup::Found(Embed::Source(source)) => Lookup::Found(source.clone()),
            Lookup::Found(_) | Lookup::Faulty => Lookup::Faulty,
            Lookup::Unknown => Lookup::Unknown,
        }
    }

    /// The person that an id means from here.
    pub(super) fn person(&self, id: &str) -> Lookup<Arc<Person>> {
        match self.record(RecordKind::Person, id) {
            Lookup::Found(Embed::Person(person)) => Lookup::Found(person.clone()),
            Lookup::Found(_) | Lookup::Faulty => Lookup::Faulty,
            Lookup::Unknown => Lookup::Unknown,
        }
    }

    /// The ids of one kind in reach, for suggestions; with doubles.
    pub(super) fn ids(&self, kind: RecordKind) -> Vec<&str> {
        self.chain()
            .flat_map(|scope| scope.names.keys())
            .filter(|(other, _)| *other == kind)
            .map(|(_, id)| id.as_str())
            .collect()
    }

    /// The kinds of records that have an id here, for "did you mean `figure:x`?".
    pub(super) fn kinds_of(&self, id: &str) -> Vec<RecordKind> {
        RecordKind::ALL
            .into_iter()
            .filter(|kind| matches!(self.name(*kind, id), Lookup::Found(_)))
            .collect()
    }

    /// The figures in reach, those of this folder first.
    pub(super) fn figures(&self) -> impl Iterator<Item = &Figure> {
        let records = self.chain().flat_map(|scope| scope.records.values());
        records.filter_map(|record| match record {
            Embed::Figure(figure) => Some(&**figure),
            _ => None,
        })
    }

    /// The records that stand on a page.
    pub(super) fn records_of(&self, page: &SourcePath) -> Records {
        self.pages.get(page).cloned().unwrap_or_default()
    }

    pub(super) fn insert(&mut self, record: Embed) {
        let kind = match record {
            Embed::Event(_) => RecordKind::Event,
            Embed::Figure(_) => RecordKind::Figure,
            Embed::Reaction(_) => RecordKind::Reaction,
            Embed::Person(_) => RecordKind::Person,
            Embed::Term(_) => RecordKind::Term,
            Embed::Source(_) => RecordKind::Source,
        };
        let id = record.anchor().id.as_str().to_owned();
        self.records.insert((kind, id), record);
    }

    /// Notes the number of a figure, so that prose can quote it.
    pub(super) fn set_quantity(&mut self, id: &str, quantity: Quantity) {
        let name = self.names.get_mut(&(RecordKind::Figure, id.to_owned()));
        if let Some(name) = name {
            name.quantity = Some(quantity);
        }
    }
}

/// Checks the records of all pages that are directly in `folder`.
///
/// Sources and people first, since all others name them; then figures, whose numbers prose may quote.
pub fn scope(
    folder: &str,
    documents: &Documents,
    outline: &Outline,
    parent: Option<Arc<Scope>>,
    options: &CheckOptions,
) -> Checked<Scope> {
    let mut faults = Vec::new();
    let members: Vec<(&Arc<Document>, &Arc<PageHead>)> = super::outline::below(documents, folder)
        .filter(|document| document.path.folder() == folder)
        .filter_map(|document| Some((document, outline.heads.get(&document.path)?)))
        .collect();
    let mut scope = Scope {
        parent,
        is_explainer: outline.folders.get(folder).is_some_and(|f| f.is_explainer),
        is_broken: super::outline::below(documents, folder)
            .any(|other| other.path.folder() == folder && other.may_hide_records()),
        ..Scope::default()
    };
    let mut names: BTreeMap<SourcePath, Vec<RecordName>> = BTreeMap::new();
    for (document, head) in &members {
        names.insert(
            document.path.clone(),
            enter(&mut scope, document, head, &mut faults),
        );
    }
    let mut reader = Reader::new(scope, outline, options, &mut faults);
    for kind in [
        RecordKind::Source,
        RecordKind::Person,
        RecordKind::Figure,
        RecordKind::Term,
        RecordKind::Event,
        RecordKind::Reaction,
    ] {
        let lists: Vec<_> = members
            .iter()
            .map(|(document, head)| {
                let names = names[&document.path]
                    .iter()
                    .filter(|name| name.kind == kind);
                (&***document, &***head, names.cloned().collect())
            })
            .collect();
        reader.read(kind, &lists);
    }
    for (document, head) in &members {
        reader.corrections(document, head);
    }
    let (mut scope, pages, asked) = reader.finish();
    scope.pages = pages;
    Checked::new(scope, faults).asking(asked)
}

/// Enters the names of a document's records. Gives all of them, without the id where it isn't valid and unique.
fn enter(
    scope: &mut Scope,
    document: &Arc<Document>,
    head: &PageHead,
    faults: &mut Vec<Diagnostic>,
) -> Vec<RecordName> {
    let Some(lists) = document.lists() else {
        return Vec::new();
    };
    let mut on_page: BTreeMap<String, FieldPath> = BTreeMap::new();
    let mut entered = Vec::new();
    for mut name in record_names(lists) {
        let record = FieldPath::item(name.kind.list(), name.index);
        let place = || document.place(&record.key("id"));
        if !super::fields::is_slug(&name.id) {
            if !name.lacks_words {
                faults.push(bad_id(&name, place()));
            }
            name.id.clear();
            entered.push(name);
            continue;
        }
        let key = (name.kind, name.id.clone());
        let here = || Some(document.place(&on_page.get(&name.id)?.key("id")));
        if let Some(first) = taken(scope, &key).or_else(here) {
            let message = format!("the id `{}` is taken", name.id);
            faults.push(
                Diagnostic::new(Code::DuplicateId, place(), message)
                    .related(first, "first used here")
                    .help("give one of them an `id:` of its own"),
            );
            name.id.clear();
            entered.push(name);
            continue;
        }
        on_page.insert(name.id.clone(), record.clone());
        let anchor = Anchor {
            page: head.permalink.clone(),
            id: RecordId::new(&name.id),
            folder: Arc::from(document.path.folder()),
        };
        let title = super::records::title(lists, &name).unwrap_or_default();
        scope.names.insert(
            key,
            Name {
                anchor,
                title,
                quantity: None,
                document: document.clone(),
                record,
            },
        );
        entered.push(name);
    }
    entered
}

/// Where an id of that kind is used already in the same explainer.
fn taken(scope: &Scope, key: &(RecordKind, String)) -> Option<Place> {
    for scope in scope.chain() {
        if let Some(name) = scope.names.get(key) {
            return Some(name.place());
        }
        if scope.is_explainer {
            return None;
        }
    }
    None
}

fn bad_id(name: &RecordName, place: Place) -> Diagnostic {
    let kind = name.kind.name();
    let better = crate::project::slugify(&name.id);
    if name.id.is_empty() {
        return Diagnostic::new(Code::BadId, place, format!("the {kind} has no id"))
            .help("add `id:` with a short name, such as `id: poll-2025`");
    }
    let message = format!("`{}` can't be an id", name.id);
    let fault = Diagnostic::new(Code::BadId, place, message);
    if better.is_empty() {
        fault.help("use letters, digits and hyphens")
    } else {
        fault.help(format!("write `id: {better}`"))
    }
}
