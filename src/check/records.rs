//! Turns records as written into records of the model.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::entry::Entry;
use crate::check::fields::present;
use crate::check::scope::{Lookup, Scope};
use crate::check::{CheckOptions, derive};
use crate::diag::Diagnostic;
use crate::document::{Document, FieldPath, Lists, RawFigure, RawNotice, RecordName};
use crate::model::{
    Anchor, Compared, Embed, FigureValue, Notice, Outline, PageHead, RecordId, RecordKind, Records,
};
use crate::project::SourcePath;

/// The title, name or first words of a record.
pub(super) fn title(lists: &Lists, name: &RecordName) -> Option<String> {
    let index = name.index;
    match name.kind {
        RecordKind::Event => lists.events.get(index)?.title.clone(),
        RecordKind::Figure => lists.figures.get(index)?.title.clone(),
        RecordKind::Reaction => {
            let reaction = lists.reactions.get(index)?;
            reaction.quote.clone().or_else(|| reaction.text.clone())
        }
        RecordKind::Person => lists.people.get(index)?.name.clone(),
        RecordKind::Term => lists.terms.get(index)?.term.clone(),
        RecordKind::Question => lists.questions.get(index)?.question.clone(),
        RecordKind::Source => lists.sources.get(index)?.title.clone(),
    }
}

/// The records of one kind on one page: the document, its page, and their names, which are empty for those that can't
/// be kept.
pub(super) type List<'a> = (&'a Document, &'a PageHead, Vec<RecordName>);

/// Reads the records of a folder, kind by kind.
pub(super) struct Reader<'a> {
    pub(super) scope: Scope,
    pub(super) outline: &'a dyn Outline,
    pub(super) options: &'a CheckOptions,
    pub(super) faults: &'a mut Vec<Diagnostic>,
    pages: BTreeMap<SourcePath, Records>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        scope: Scope,
        outline: &'a dyn Outline,
        options: &'a CheckOptions,
        faults: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            scope,
            outline,
            options,
            faults,
            pages: BTreeMap::new(),
        }
    }

    /// The scope with all its records.
    pub(super) fn finish(mut self) -> Scope {
        for records in self.pages.values_mut() {
            records.events.sort_by(|a, b| a.date.cmp(&b.date));
            for notices in [&mut records.corrections, &mut records.updates] {
                notices.sort_by_key(|notice| std::cmp::Reverse(notice.date));
            }
        }
        self.scope.set_records_of_pages(self.pages);
        self.scope
    }

    /// Reads all records of one kind.
    pub(super) fn read(&mut self, kind: RecordKind, pages: &[List<'_>]) {
        if kind == RecordKind::Figure {
            return self.figures(pages);
        }
        for (document, head, names) in pages {
            let Some(lists) = document.lists() else {
                continue;
            };
            for name in names {
                let mut entry = self.entry(document, head, name);
                let record = match kind {
                    RecordKind::Event => entry.event(&lists.events[name.index]),
                    RecordKind::Reaction => entry.reaction(&lists.reactions[name.index]),
                    RecordKind::Person => entry.person(&lists.people[name.index]),
                    RecordKind::Term => entry.term(&lists.terms[name.index]),
                    RecordKind::Question => entry.question(&lists.questions[name.index]),
                    RecordKind::Source => entry.source(&lists.sources[name.index]),
                    RecordKind::Figure => None,
                };
                if let Some(record) = record {
                    self.keep(&document.path, name, record);
                }
            }
        }
    }

    /// Reads all figures: first those with numbers from sources, then those calculated from them, then the rest of
    /// each, so that the text of one figure can quote the number of another.
    fn figures(&mut self, pages: &[List<'_>]) {
        let mut raw: Vec<(&Document, &PageHead, &RecordName, &RawFigure)> = Vec::new();
        for (document, head, names) in pages {
            let Some(lists) = document.lists() else {
                continue;
            };
            for name in names {
                raw.push((document, head, name, &lists.figures[name.index]));
            }
        }
        let mut values: Vec<Option<FigureValue>> = Vec::new();
        for (document, head, name, figure) in &raw {
            let value = self.entry(document, head, name).given_value(figure);
            if let Some(value) = &value {
                self.scope.set_quantity(&name.id, value.headline().clone());
            }
            values.push(value);
        }
        let formulas = raw
            .iter()
            .map(|(document, _, name, figure)| derive::Formula {
                document,
                id: &name.id,
                index: name.index,
                text: figure.derive.as_deref(),
                unit: figure.unit.as_deref(),
            });
        derive::compute(
            &formulas.collect::<Vec<_>>(),
            &mut values,
            &mut self.scope,
            self.faults,
        );
        let series: BTreeMap<String, Compared> = raw
            .iter()
            .zip(&values)
            .filter_map(|((_, _, name, figure), value)| {
                let points = match value {
                    Some(FigureValue::Series(points)) => points.clone(),
                    _ => return None,
                };
                let label = present(figure.label.as_ref()).or(present(figure.title.as_ref()))?;
                let anchor = match self.scope.name(RecordKind::Figure, &name.id) {
                    Lookup::Found(name) => name.anchor.clone(),
                    Lookup::Faulty | Lookup::Unknown => return None,
                };
                let compared = Compared {
                    anchor,
                    label,
                    points,
                };
                Some((name.id.to_string(), compared))
            })
            .collect();
        let others = |id: &str| series.get(id).cloned();
        for ((document, head, name, figure), value) in raw.into_iter().zip(values) {
            let mut entry = self.entry(document, head, name);
            if let Some(figure) = entry.figure(figure, value, &others) {
                self.keep(&document.path, name, figure);
            }
        }
    }

    /// Reads the corrections and updates of a page.
    pub(super) fn notices(&mut self, document: &Document, head: &PageHead) {
        let Some(lists) = document.lists() else {
            return;
        };
        let corrections = self.list_of_notices(document, head, "correction", &lists.corrections);
        let updates = self.list_of_notices(document, head, "update", &lists.updates);
        if !corrections.is_empty() || !updates.is_empty() {
            let records = self.pages.entry(document.path.clone()).or_default();
            records.corrections = corrections;
            records.updates = updates;
        }
    }

    fn list_of_notices(
        &mut self,
        document: &Document,
        head: &PageHead,
        kind: &str,
        list: &[RawNotice],
    ) -> Vec<Arc<Notice>> {
        let mut notices: Vec<Arc<Notice>> = Vec::new();
        for (index, raw) in list.iter().enumerate() {
            let path = FieldPath::item(&format!("{kind}s"), index);
            let anchor = Anchor {
                page: head.permalink.clone(),
                id: RecordId::new(format!("{kind}-{}", index + 1)),
                folder: Arc::from(document.path.folder()),
            };
            let mut entry = Entry::new(self, document, head, path, anchor);
            let date = entry.fields().day("date", raw.date.as_ref());
            let text = entry.markup("text", raw.text.as_ref());
            let records = raw.records.0.iter();
            let records = records.filter_map(|id| entry.any_record("records", id));
            let records: Vec<(Anchor, String)> = records.collect();
            if let (Some(date), Some(text)) = (date, text) {
                let n_before = notices.iter().filter(|other| other.date == date).count();
                let id = match n_before {
                    0 => format!("_{kind}-{date}"),
                    n => format!("_{kind}-{date}-{}", n + 1),
                };
                notices.push(Arc::new(Notice {
                    id,
                    date,
                    text,
                    records,
                }));
            }
        }
        notices
    }

    fn entry<'b>(
        &'b mut self,
        document: &'b Document,
        head: &'b PageHead,
        name: &RecordName,
    ) -> Entry<'b> {
        let path = FieldPath::item(name.kind.list(), name.index);
        let anchor = Anchor {
            page: head.permalink.clone(),
            id: RecordId::new(&name.id),
            folder: Arc::from(document.path.folder()),
        };
        Entry::new(self, document, head, path, anchor)
    }

    /// Keeps a record that has a name; one without was read only for its faults.
    fn keep(&mut self, page: &SourcePath, name: &RecordName, record: Embed) {
        if name.id.is_empty() {
            return;
        }
        let records = self.pages.entry(page.clone()).or_default();
        match &record {
            Embed::Event(event) => records.events.push(event.clone()),
            Embed::Figure(figure) => records.figures.push(figure.clone()),
            Embed::Reaction(reaction) => records.reactions.push(reaction.clone()),
            Embed::Person(person) => records.people.push(person.clone()),
            Embed::Term(term) => records.terms.push(term.clone()),
            Embed::Question(question) => records.questions.push(question.clone()),
            Embed::Source(source) => records.sources.push(source.clone()),
        }
        self.scope.insert(record);
    }
}
