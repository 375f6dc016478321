//! Records as typed to records of the model.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::fields::Fields;
use crate::check::markup;
use crate::check::scope::{Lookup, Scope};
use crate::check::{Options, derive};
use crate::diag::{Code, Diagnostic};
use crate::document::{
    Document, FieldPath, FrontMatter, RawEvent, RawFigure, RawPerson, RawPoint, RawReaction,
    RawSource, RawSources, RawTerm, RecordName,
};
use crate::model::{
    Anchor, Chart, Correction, Embed, Event, Figure, FigureValue, Markup, Outline, PageHead,
    Person, Point, Qualifier, Quantity, Reaction, RecordId, RecordKind, Records, Source, SourceRef,
    Term,
};
use crate::project::SourcePath;

/// The title, name or first words of a record.
pub(super) fn title(front_matter: &FrontMatter, name: &RecordName) -> Option<String> {
    let index = name.index;
    match name.kind {
        RecordKind::Event => front_matter.events.get(index)?.title.clone(),
        RecordKind::Figure => front_matter.figures.get(index)?.title.clone(),
        RecordKind::Reaction => {
            let reaction = front_matter.reactions.get(index)?;
            reaction.quote.clone().or_else(|| reaction.text.clone())
        }
        RecordKind::Person => front_matter.people.get(index)?.name.clone(),
        RecordKind::Term => front_matter.terms.get(index)?.term.clone(),
        RecordKind::Source => front_matter.sources.get(index)?.title.clone(),
    }
}

/// The records of one kind on one page: the document, its page, the names that are valid.
pub(super) type List<'a> = (&'a Document, &'a PageHead, Vec<RecordName>);

/// Reads the records of a folder, kind by kind.
pub(super) struct Reader<'a> {
    scope: Scope,
    outline: &'a Outline,
    options: &'a Options,
    faults: &'a mut Vec<Diagnostic>,
    pages: BTreeMap<SourcePath, Records>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        scope: Scope,
        outline: &'a Outline,
        options: &'a Options,
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

    /// The scope with all records, and the records of each page.
    pub(super) fn finish(mut self) -> (Scope, BTreeMap<SourcePath, Records>) {
        for records in self.pages.values_mut() {
            records.events.sort_by(|a, b| a.date.cmp(&b.date));
            records
                .corrections
                .sort_by_key(|correction| std::cmp::Reverse(correction.date));
        }
        (self.scope, self.pages)
    }

    /// Reads all records of one kind.
    pub(super) fn read(&mut self, kind: RecordKind, lists: &[List<'_>]) {
        if kind == RecordKind::Figure {
            return self.figures(lists);
        }
        for (document, head, names) in lists {
            let Some(front_matter) = &document.front_matter else {
                continue;
            };
            for name in names {
                let mut entry = self.entry(document, head, name);
                let record = match kind {
                    RecordKind::Event => entry.event(&front_matter.events[name.index]),
                    RecordKind::Reaction => entry.reaction(&front_matter.reactions[name.index]),
                    RecordKind::Person => entry.person(&front_matter.people[name.index]),
                    RecordKind::Term => entry.term(&front_matter.terms[name.index]),
                    RecordKind::Source => entry.source(&front_matter.sources[name.index]),
                    RecordKind::Figure => None,
                };
                if let Some(record) = record {
                    self.keep(&document.path, record);
                }
            }
        }
    }

    /// Reads all figures: first the numbers from sources, then those computed from them, then the rest,
    /// so that the text of one figure can quote the number of another.
    fn figures(&mut self, lists: &[List<'_>]) {
        let mut raw: Vec<(&Document, &PageHead, &RecordName, &RawFigure)> = Vec::new();
        for (document, head, names) in lists {
            let Some(front_matter) = &document.front_matter else {
                continue;
            };
            for name in names {
                raw.push((document, head, name, &front_matter.figures[name.index]));
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
        for ((document, head, name, figure), value) in raw.into_iter().zip(values) {
            let Some(value) = value else { continue };
            if let Some(figure) = self.entry(document, head, name).figure(figure, value) {
                self.keep(&document.path, figure);
            }
        }
    }

    /// Reads the corrections of a page.
    pub(super) fn corrections(&mut self, document: &Document, head: &PageHead) {
        let Some(front_matter) = &document.front_matter else {
            return;
        };
        for (index, raw) in front_matter.corrections.iter().enumerate() {
            let path = FieldPath::item("corrections", index);
            let anchor = Anchor {
                page: head.permalink.clone(),
                id: RecordId::new(format!("correction-{}", index + 1)),
            };
            let mut entry = Entry::new(self, document, head, path, anchor);
            let required = entry.fields().required("date", raw.date.as_ref());
            let date = required.and_then(|date| entry.fields().day("date", Some(&date)));
            let text = entry.required_markup("text", raw.text.as_ref());
            let record = raw
                .record
                .as_ref()
                .and_then(|id| entry.any_record("record", id));
            if let (Some(date), Some(text)) = (date, text) {
                let correction = Correction { date, text, record };
                let records = self.pages.entry(document.path.clone()).or_default();
                records.corrections.push(Arc::new(correction));
            }
        }
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
        };
        Entry::new(self, document, head, path, anchor)
    }

    fn keep(&mut self, page: &SourcePath, record: Embed) {
        let records = self.pages.entry(page.clone()).or_default();
        match &record {
            Embed::Event(event) => records.events.push(event.clone()),
            Embed::Figure(figure) => records.figures.push(figure.clone()),
            Embed::Reaction(reaction) => records.reactions.push(reaction.clone()),
            Embed::Person(person) => records.people.push(person.clone()),
            Embed::Term(term) => records.terms.push(term.clone()),
            Embed::Source(source) => records.sources.push(source.clone()),
        }
        self.scope.insert(record);
    }
}

/// One record that is being read.
struct Entry<'a> {
    document: &'a Document,
    head: &'a PageHead,
    path: FieldPath,
    anchor: Anchor,
    scope: &'a Scope,
    outline: &'a Outline,
    options: &'a Options,
    faults: &'a mut Vec<Diagnostic>,
}

impl<'a> Entry<'a> {
    fn new(
        reader: &'a mut Reader<'_>,
        document: &'a Document,
        head: &'a PageHead,
        path: FieldPath,
        anchor: Anchor,
    ) -> Self {
        Self {
            document,
            head,
            path,
            anchor,
            scope: &reader.scope,
            outline: reader.outline,
            options: reader.options,
            faults: reader.faults,
        }
    }

    fn fields(&mut self) -> Fields<'_> {
        Fields::new(self.document, self.path.clone(), self.faults)
    }

    fn source(&mut self, raw: &RawSource) -> Option<Embed> {
        let title = self.fields().required("title", raw.title.as_ref());
        let source = Source {
            anchor: self.anchor.clone(),
            publisher: raw.publisher.clone(),
            authors: raw.authors.0.clone(),
            url: self.fields().url("url", raw.url.as_ref()),
            archived: self.fields().url("archived", raw.archived.as_ref()),
            published: self.fields().date("published", raw.published.as_ref()),
            accessed: self.fields().day("accessed", raw.accessed.as_ref()),
            kind: raw.kind.clone(),
            rights: raw.rights.clone(),
            text: raw.text.clone(),
            title: title?,
        };
        Some(Embed::Source(Arc::new(source)))
    }

    fn person(&mut self, raw: &RawPerson) -> Option<Embed> {
        self.review(raw.review);
        let name = self.fields().required("name", raw.name.as_ref());
        let person = Person {
            anchor: self.anchor.clone(),
            role: raw.role.clone(),
            organisation: raw.organisation.clone(),
            url: self.fields().url("url", raw.url.as_ref()),
            name: name?,
        };
        Some(Embed::Person(Arc::new(person)))
    }

    fn term(&mut self, raw: &RawTerm) -> Option<Embed> {
        self.review(raw.review);
        let term = self.fields().required("term", raw.term.as_ref());
        let definition = self.required_markup("definition", raw.definition.as_ref());
        let sources = self.sources(&raw.source);
        Some(Embed::Term(Arc::new(Term {
            anchor: self.anchor.clone(),
            term: term?,
            definition: definition?,
            sources,
        })))
    }

    fn event(&mut self, raw: &RawEvent) -> Option<Embed> {
        self.review(raw.review);
        let title = self.fields().required("title", raw.title.as_ref());
        let date = self.fields().required("date", raw.date.as_ref());
        let date = date.and_then(|date| self.fields().date("date", Some(&date)));
        let text = self.markup("text", raw.text.as_ref());
        let people = raw.people.0.iter().enumerate();
        let people = people
            .filter_map(|(index, id)| self.person_at(&self.path.key("people").index(index), id))
            .collect();
        let sources = self.required_sources(&raw.source);
        Some(Embed::Event(Arc::new(Event {
            anchor: self.anchor.clone(),
            title: title?,
            date: date?,
            text,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            expected: raw.expected,
            people,
            sources,
        })))
    }

    fn reaction(&mut self, raw: &RawReaction) -> Option<Embed> {
        self.review(raw.review);
        let speaker = self.fields().required("speaker", raw.speaker.as_ref());
        let speaker = speaker.and_then(|id| self.person_at(&self.path.key("speaker"), &id));
        let quote = raw.quote.as_ref().map(|quote| quote.trim().to_owned());
        let quote = quote.filter(|quote| !quote.is_empty());
        let text = self.markup("text", raw.text.as_ref());
        if quote.is_none() && raw.text.is_none() {
            let message = "the reaction has neither `quote` nor `text`";
            self.fields().fault(Code::MissingField, "", message, |d| {
                d.help("add `quote:` with the very words, or `text:` with a paraphrase")
            });
        }
        let date = self.fields().date("date", raw.date.as_ref());
        let sources = self.required_sources(&raw.source);
        Some(Embed::Reaction(Arc::new(Reaction {
            anchor: self.anchor.clone(),
            speaker: speaker?,
            quote,
            text,
            date,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            venue: raw.venue.clone(),
            stance: raw.stance.clone(),
            language: raw.language.clone(),
            translation: raw.translation.clone(),
            sources,
        })))
    }

    /// The number or numbers that a figure gives itself; `None` for one that is derived or has faults.
    fn given_value(&mut self, raw: &RawFigure) -> Option<FigureValue> {
        let given = [
            raw.value.is_some(),
            !raw.series.is_empty(),
            raw.derive.is_some(),
        ];
        match given.iter().filter(|is_there| **is_there).count() {
            0 => {
                let message = "the figure has no number";
                self.fields().fault(Code::MissingField, "", message, |d| {
                    d.help("add one of `value:`, `series:` and `derive:`")
                });
                return None;
            }
            1 => {}
            _ => {
                let message = "the figure has more than one of `value`, `series` and `derive`";
                self.fields()
                    .fault(Code::BadValue, "", message, |d| d.help("keep one of them"));
                return None;
            }
        }
        let unit = raw.unit.clone().unwrap_or_default();
        if !raw.series.is_empty() {
            return self.series(raw, &unit).map(FigureValue::Series);
        }
        let qualifier = self.qualifier("qualifier", raw.qualifier.as_ref());
        let number = self.fields().number("value", raw.value.as_ref())?;
        Some(FigureValue::Single(Quantity {
            number,
            unit,
            qualifier,
        }))
    }

    fn series(&mut self, raw: &RawFigure, unit: &str) -> Option<Vec<Point>> {
        let series = raw.series.iter().enumerate();
        let points: Vec<Option<Point>> = series
            .map(|(index, point)| self.point(index, point, unit))
            .collect();
        let mut points = points.into_iter().collect::<Option<Vec<Point>>>()?;
        points.sort_by(|a, b| a.date.cmp(&b.date));
        Some(points)
    }

    fn point(&mut self, index: usize, raw: &RawPoint, unit: &str) -> Option<Point> {
        let record = self.path.clone();
        self.path = record.key("series").index(index);
        let date = self.fields().required("date", raw.date.as_ref());
        let date = date.and_then(|date| self.fields().date("date", Some(&date)));
        let number = self.fields().required("value", raw.value.as_ref());
        let number = number.and_then(|number| self.fields().number("value", Some(&number)));
        let qualifier = self.qualifier("qualifier", raw.qualifier.as_ref());
        self.path = record;
        Some(Point {
            date: date?,
            quantity: Quantity {
                number: number?,
                unit: unit.to_owned(),
                qualifier,
            },
            as_printed: raw.as_printed.clone(),
        })
    }

    fn figure(&mut self, raw: &RawFigure, value: FigureValue) -> Option<Embed> {
        self.review(raw.review);
        let title = self.fields().required("title", raw.title.as_ref());
        let text = self.markup("text", raw.text.as_ref());
        let date = self.fields().date("date", raw.date.as_ref());
        let chart = self
            .fields()
            .one_of("chart", raw.chart.as_ref(), &Chart::ALL, Chart::name)
            .unwrap_or(Chart::None);
        let sample = self.fields().number("sample", raw.sample.as_ref());
        let margin = self.fields().number("margin", raw.margin.as_ref());
        let sources = match value {
            FigureValue::Derived(..) => self.sources(&raw.source),
            FigureValue::Single(_) | FigureValue::Series(_) => self.required_sources(&raw.source),
        };
        Some(Embed::Figure(Arc::new(Figure {
            anchor: self.anchor.clone(),
            title: title?,
            unit: value.headline().unit.clone(),
            value,
            date,
            population: raw.population.clone(),
            sample,
            margin,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            text,
            chart,
            sources,
        })))
    }

    fn qualifier(&mut self, field: &str, raw: Option<&String>) -> Option<Qualifier> {
        self.fields()
            .one_of(field, raw, &Qualifier::ALL, Qualifier::name)
    }

    /// Refuses a drafted record that nobody has looked at, unless drafts are asked for.
    fn review(&mut self, needs_review: bool) {
        if needs_review && !self.options.drafts {
            let message = "the record was drafted and nobody has reviewed it yet";
            self.fields().fault(Code::NeedsReview, "review", message, |d| {
                d.help("compare it with its source, then remove `review: true`; `--drafts` shows it as it is")
            });
        }
    }

    fn person_at(&mut self, path: &FieldPath, id: &str) -> Option<Arc<Person>> {
        match self.scope.person(id) {
            Lookup::Found(person) => Some(person),
            Lookup::Faulty => None,
            Lookup::Unknown => {
                let message = format!("there is no person `{id}`");
                let place = self.document.place(path);
                let fault = Diagnostic::new(Code::UnknownPerson, place, message)
                    .suggest(id, self.scope.ids(RecordKind::Person));
                self.faults.push(fault);
                None
            }
        }
    }

    fn required_sources(&mut self, raw: &RawSources) -> Vec<SourceRef> {
        if raw.0.is_empty() {
            let ids = self.scope.ids(RecordKind::Source);
            let example = ids.first().map_or("ID", |id| id).to_owned();
            let message = "the record names no source";
            self.fields().fault(Code::MissingSource, "", message, |d| {
                d.help(format!("add `source: {example}`"))
            });
        }
        self.sources(raw)
    }

    fn sources(&mut self, raw: &RawSources) -> Vec<SourceRef> {
        let mut sources = Vec::new();
        for raw in &raw.0 {
            match self.scope.source(&raw.id) {
                Lookup::Found(source) => sources.push(SourceRef {
                    source,
                    passage: raw.passage.clone(),
                }),
                Lookup::Faulty => {}
                Lookup::Unknown => {
                    let ids = self.scope.ids(RecordKind::Source);
                    let message = format!("there is no source `{}`", raw.id);
                    let place = self.document.place(&self.path.key("source"));
                    let fault =
                        Diagnostic::new(Code::UnknownSource, place, message).suggest(&raw.id, ids);
                    self.faults.push(fault);
                }
            }
        }
        sources
    }

    /// The record of any kind that an id means, for `record:` of a correction.
    fn any_record(&mut self, field: &str, id: &str) -> Option<Anchor> {
        let (kind, id) = id.split_once(':').map_or((None, id), |(kind, id)| {
            let kind = RecordKind::ALL
                .into_iter()
                .find(|known| known.name() == kind);
            (kind, id)
        });
        let kinds = match kind {
            Some(kind) => vec![kind],
            None => self.scope.kinds_of(id),
        };
        let found = kinds
            .into_iter()
            .find_map(|kind| match self.scope.name(kind, id) {
                Lookup::Found(name) => Some(name.anchor.clone()),
                Lookup::Faulty | Lookup::Unknown => None,
            });
        if found.is_none() {
            let ids: Vec<String> = RecordKind::ALL
                .into_iter()
                .flat_map(|kind| self.scope.ids(kind))
                .map(str::to_owned)
                .collect();
            let message = format!("there is no record `{id}`");
            self.fields()
                .fault(Code::UnknownRecord, field, message, |d| {
                    d.suggest(id, ids.iter().map(String::as_str))
                });
        }
        found
    }

    fn required_markup(&mut self, field: &str, text: Option<&String>) -> Option<Markup> {
        let text = self.fields().required(field, text)?;
        self.markup(field, Some(&text))
    }

    fn markup(&mut self, field: &str, text: Option<&String>) -> Option<Markup> {
        let text = text?;
        let (body, faults) = crate::document::fragment(text, self.options.markdown);
        let place = |_| self.document.place(&self.path.key(field));
        for (code, span, message) in faults {
            self.faults
                .push(Diagnostic::new(code, place(span), message));
        }
        let resolver = markup::Resolver {
            scope: self.scope,
            page: self.head,
            outline: self.outline,
        };
        Some(resolver.resolve(&body, &place, self.faults))
    }
}
