//! The records of a translation and those of its original: which are the same, and what do they come to?

use std::collections::BTreeMap;

use super::{Original, Row, Translating, Whole};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::ids::record_names;
use crate::document::locate::{FieldPath, Step};
use crate::document::schema::{Lists, Record, record_fields};
use crate::document::{Document, RawNotice, RawReaction};
use crate::model::RecordKind;

/// The records of a translation, made whole by those of its original.
pub(super) fn join(translated: &Original, document: &Document, own: &Lists) -> Whole {
    let nothing = Lists::default();
    let original = translated.document.lists().unwrap_or(&nothing);
    let mut joining = Joining {
        document,
        original: translated,
        ids: [own, original].map(ids),
        written: written_ids(own),
        whole: Whole {
            lists: Lists::default(),
            rows: BTreeMap::new(),
            faults: Vec::new(),
            own: Vec::new(),
        },
    };
    let mut lists = Lists {
        events: joining.list(RecordKind::Event, &own.events, &original.events),
        figures: joining.list(RecordKind::Figure, &own.figures, &original.figures),
        reactions: joining.reactions(&own.reactions, &original.reactions),
        people: joining.list(RecordKind::Person, &own.people, &original.people),
        terms: joining.list(RecordKind::Term, &own.terms, &original.terms),
        questions: joining.list(RecordKind::Question, &own.questions, &original.questions),
        sources: joining.list(RecordKind::Source, &own.sources, &original.sources),
        corrections: joining.notices("corrections", &own.corrections, &original.corrections),
        updates: joining.notices("updates", &own.updates, &original.updates),
        faulty: own.faulty.clone(),
    };
    lists.faulty.join(&original.faulty);
    let mut whole = joining.whole;
    whole.lists = lists;
    whole
}

type Ids = BTreeMap<(RecordKind, usize), String>;

/// The ids of records, by kind and place.
fn ids(lists: &Lists) -> Ids {
    let names = record_names(lists).into_iter();
    names
        .map(|name| ((name.kind, name.index), name.id))
        .collect()
}

/// Which records have an id that the writer gave them.
fn written_ids(lists: &Lists) -> BTreeMap<RecordKind, Vec<bool>> {
    let mut written = BTreeMap::new();
    let mut add = |kind, ids: Vec<bool>| written.insert(kind, ids);
    macro_rules! add {
        ($($kind:ident: $list:ident),*) => {
            $(add(RecordKind::$kind, lists.$list.iter().map(|r| r.id.is_some()).collect());)*
        };
    }
    add!(
        Event: events,
        Figure: figures,
        Reaction: reactions,
        Person: people,
        Term: terms,
        Question: questions,
        Source: sources
    );
    written
}

/// A record with an id.
trait Identified: Record + Clone {
    fn set_id(&mut self, id: String);
}

macro_rules! identified {
    ($($record:ident),*) => {
        $(impl Identified for crate::document::$record {
            fn set_id(&mut self, id: String) {
                self.id = Some(id);
            }
        })*
    };
}

identified!(
    RawEvent,
    RawFigure,
    RawReaction,
    RawPerson,
    RawTerm,
    RawQuestion,
    RawSource
);

/// The records of a translation and of its original on the way to become one.
struct Joining<'a> {
    document: &'a Document,
    original: &'a Original,
    /// Those of the translation and those of the original.
    ids: [Ids; 2],
    written: BTreeMap<RecordKind, Vec<bool>>,
    whole: Whole,
}

impl Joining<'_> {
    /// The records of a kind: those of the original in its order, then those that the translation has of its own.
    fn list<R: Identified>(&mut self, kind: RecordKind, own: &[R], original: &[R]) -> Vec<R> {
        let twins = self.twins(kind, own, original);
        let mut list = Vec::with_capacity(original.len());
        let mut rows = Vec::with_capacity(original.len());
        for (index, first) in original.iter().enumerate() {
            let twin = twins.iter().position(|twin| *twin == Some(index));
            let mut record = twin.map(|twin| own[twin].clone()).unwrap_or_default();
            let mut translating = Translating::new(&self.original.tags.0, false);
            record.translate(first, &mut translating);
            if let Some(id) = self.ids[1].get(&(kind, index)).filter(|id| !id.is_empty()) {
                record.set_id(id.clone());
            }
            if let Some(twin) = twin {
                let place = FieldPath::item(kind.list(), twin);
                self.differing(&place, &translating.differing);
            }
            list.push(record);
            rows.push(Row {
                own: twin,
                original: Some(index),
            });
        }
        for (index, record) in own.iter().enumerate() {
            if twins[index].is_none() && self.is_own(kind, index) {
                list.push(record.clone());
                rows.push(Row {
                    own: Some(index),
                    original: None,
                });
            }
        }
        self.whole.rows.insert(kind.list(), rows);
        list
    }

    /// For each record of the translation, which one of the original it is: that of its id; without one, the only one
    /// that says the same in all that is shared.
    fn twins<R: Identified>(
        &self,
        kind: RecordKind,
        own: &[R],
        original: &[R],
    ) -> Vec<Option<usize>> {
        let [own_ids, original_ids] = &self.ids;
        let by_id = |index: usize| {
            let id = own_ids.get(&(kind, index)).filter(|id| !id.is_empty())?;
            let is_it = |other: &usize| original_ids.get(&(kind, *other)) == Some(id);
            (0..original.len()).find(is_it)
        };
        let mut twins: Vec<Option<usize>> = (0..own.len()).map(by_id).collect();
        let written = self.written.get(&kind);
        for index in 0..own.len() {
            let has_id = written.is_some_and(|written| written[index]);
            if twins[index].is_some() || has_id {
                continue;
            }
            let says_the_same = |other: &usize| {
                let mut translating = Translating::new(&self.original.tags.0, false);
                own[index]
                    .clone()
                    .translate(&original[*other], &mut translating);
                translating.differing.is_empty() && translating.n_same > 0
            };
            let free = (0..original.len()).filter(|other| !twins.contains(&Some(*other)));
            let mut alike = free.filter(says_the_same);
            if let (Some(twin), None) = (alike.next(), alike.next()) {
                twins[index] = Some(twin);
            }
        }
        twins
    }

    /// Whether a record that the original hasn't is one of the translation's own: it has facts, not only words. Else it
    /// is meant for one of the original's, and a fault.
    fn is_own(&mut self, kind: RecordKind, index: usize) -> bool {
        let record = FieldPath::item(kind.list(), index);
        let tree = self.document.tree();
        let group = record_fields(kind);
        let mut facts = group.fields.iter().filter(|field| {
            let is_about_draft = matches!(field.name, "id" | "review" | "confidence" | "notes");
            field.about.is_shared() && !is_about_draft
        });
        let has_facts =
            facts.any(|field| tree.is_some_and(|tree| tree.has(&record.key(field.name))));
        if has_facts {
            self.whole
                .own
                .push(self.document.find_here(&record, |found| found.value));
            return true;
        }
        let id = self.ids[0].get(&(kind, index)).map_or("", String::as_str);
        let has_id = self
            .written
            .get(&kind)
            .is_some_and(|written| written[index]);
        let name = kind.name();
        let ids = self.ids[1].iter().filter(|((other, _), _)| *other == kind);
        let ids: Vec<&str> = ids.map(|(_, id)| id.as_str()).collect();
        let place = self
            .document
            .find_here(&record.key("id"), |found| found.value);
        let message = format!(
            "there is no {name} `{id}` in the original, `{}`",
            self.original.document.path
        );
        let fault = Diagnostic::new(Code::UnknownRecord, place, message);
        self.whole.faults.push(match (has_id, ids.get(index)) {
            (false, Some(likely)) => fault.help(format!(
                "say which {name} it translates, with the id that this one has there, such as `id: {likely}`"
            )),
            _ => fault.suggest(id, ids),
        });
        false
    }

    fn differing(&mut self, record: &FieldPath, fields: &[FieldPath]) {
        for field in fields {
            let mut path = record.clone();
            path.0.extend(field.0.iter().cloned());
            let name = match field.0.first() {
                Some(Step::Key(name)) => name.as_str(),
                _ => "",
            };
            let place = self.document.find_here(&path, |found| found.value);
            let there = self.original_place(record, field);
            let message = format!("`{name}` isn't what the original says");
            let mut fault = Diagnostic::new(Code::TranslationDiffers, place, message).help(format!(
                "a translation shares `{name}` with its original: take the line out here, or change it there"
            ));
            if let Some(there) = there {
                fault = fault.related(there, "the original");
            }
            self.whole.faults.push(fault);
        }
    }

    /// Where the original says what a record of the translation says otherwise.
    fn original_place(&self, record: &FieldPath, field: &FieldPath) -> Option<Place> {
        let [Step::Key(list), Step::Item(own)] = &record.0[..] else {
            return None;
        };
        let kind = RecordKind::ALL
            .into_iter()
            .find(|kind| kind.list() == list)?;
        let id = self.ids[0].get(&(kind, *own))?;
        let ((_, index), _) = self.ids[1]
            .iter()
            .find(|((other, _), name)| *other == kind && *name == id)?;
        let mut path = FieldPath::item(list, *index);
        path.0.extend(field.0.iter().cloned());
        Some(self.original.document.place(&path))
    }

    /// Reactions. A quotation is shown as it was said: what a translation quotes is the translation of that.
    fn reactions(&mut self, own: &[RawReaction], original: &[RawReaction]) -> Vec<RawReaction> {
        let (from, into) = self.original.tags.clone();
        let plain = |text: &Option<String>| text.as_deref().map(str::trim).map(str::to_owned);
        let quotes: Vec<Option<String>> =
            own.iter().map(|reaction| plain(&reaction.quote)).collect();
        let said = own.iter().map(|reaction| RawReaction {
            quote: None,
            ..reaction.clone()
        });
        let said: Vec<RawReaction> = said.collect();
        let mut list = self.list(RecordKind::Reaction, &said, original);
        let rows = self
            .whole
            .rows
            .get("reactions")
            .cloned()
            .unwrap_or_default();
        for (reaction, row) in list.iter_mut().zip(rows) {
            let quote = row.own.and_then(|own| quotes[own].clone());
            let Some(first) = row.original.map(|index| &original[index]) else {
                reaction.quote = quote;
                continue;
            };
            let written = first.language.as_deref().unwrap_or(&from);
            let has_own = row.own.is_some_and(|own| said[own].translation.is_some());
            if is_same_language(written, &into) {
                // It was said in this language: there is nothing to translate.
                reaction.translation = None;
                reaction.language = None;
                continue;
            }
            if first.quote.is_some() {
                reaction.language = Some(written.to_owned());
            }
            let translated = quote.filter(|quote| Some(quote) != plain(&first.quote).as_ref());
            if let Some(translated) = translated.filter(|_| !has_own) {
                reaction.translation = Some(translated);
            }
        }
        list
    }

    /// Corrections and updates have no ids: they are the same if they are of one day and of the same records.
    fn notices(
        &mut self,
        list: &'static str,
        own: &[RawNotice],
        original: &[RawNotice],
    ) -> Vec<RawNotice> {
        let mut free: Vec<usize> = (0..own.len()).collect();
        let mut notices = Vec::new();
        let mut rows = Vec::new();
        for (index, first) in original.iter().enumerate() {
            let is_it = |own: &RawNotice| {
                let is_of_same = own.records == first.records || own.records.0.is_empty();
                own.date == first.date && is_of_same
            };
            let at = free.iter().position(|at| is_it(&own[*at]));
            let twin = at.map(|at| free.remove(at));
            let mut notice = twin.map(|twin| own[twin].clone()).unwrap_or_default();
            notice.translate(first, &mut Translating::new(&self.original.tags.0, false));
            notices.push(notice);
            rows.push(Row {
                own: twin,
                original: Some(index),
            });
        }
        for at in free {
            notices.push(own[at].clone());
            rows.push(Row {
                own: Some(at),
                original: None,
            });
        }
        self.whole.rows.insert(list, rows);
        notices
    }
}

/// Whether two tags (BCP 47) are of one language: `en`, `en-US`.
fn is_same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    primary(one) == primary(other)
}
