//! One record being checked: its fields, and what it refers to.

mod account;
mod chart;
mod figure;
mod kinds;

use std::sync::Arc;

use crate::check::fields::Fields;
use crate::check::records::Reader;
use crate::check::scope::{Lookup, Scope};
use crate::check::{CheckOptions, image, markup, numbers};
use crate::diag::{Code, Diagnostic};
use crate::document::schema::Faulty;
use crate::document::{Document, FieldPath, RawImage, RawNumber, RawSources, Step};
use crate::model::{
    Anchor, Foreign, Image, Markup, Outline, PageHead, Person, RecordKind, Source, SourceRef,
};

/// One record being checked.
pub(super) struct Entry<'a> {
    document: &'a Document,
    head: &'a PageHead,
    path: FieldPath,
    anchor: Anchor,
    scope: &'a Scope,
    outline: &'a dyn Outline,
    options: &'a CheckOptions,
    faults: &'a mut Vec<Diagnostic>,
}

impl<'a> Entry<'a> {
    pub(super) fn new(
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

    pub(super) fn fields(&mut self) -> Fields<'_> {
        Fields::new(self.document, self.path.clone(), self.faults)
    }

    /// Refuses a drafted record that hasn't been reviewed, unless drafts are requested.
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
                let mut fault = Diagnostic::new(Code::UnknownPerson, place, message)
                    .suggest(id, self.scope.ids(RecordKind::Person));
                if fault.help.is_none() {
                    fault =
                        fault.help(format!("add the person: `people: [{{id: {id}, name: …}}]`"));
                }
                self.faults.push(fault);
                None
            }
        }
    }

    fn required_sources(&mut self, raw: &RawSources, faulty: &Faulty) -> Vec<SourceRef> {
        if raw.0.is_empty() && !faulty.has("source") {
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
            let id = &raw.id;
            // One that can't be read was reported when it was read.
            if id.is_empty() {
                continue;
            }
            match self.scope.source(id) {
                Lookup::Found(source) => sources.push(SourceRef {
                    source,
                    passage: raw.passage.clone(),
                    copy_of: None,
                }),
                Lookup::Faulty => {}
                Lookup::Unknown => {
                    let ids = self.scope.ids(RecordKind::Source);
                    let message = format!("there is no source `{id}`");
                    let place = self.document.place(&self.path.key("source"));
                    let fault =
                        Diagnostic::new(Code::UnknownSource, place, message).suggest(id, ids);
                    self.faults.push(fault);
                }
            }
        }
        self.copies(raw, &mut sources);
        sources
    }

    /// Says of sources which of those beside them they print word for word.
    fn copies(&mut self, raw: &RawSources, sources: &mut [SourceRef]) {
        let known: Vec<Arc<Source>> = sources.iter().map(|one| one.source.clone()).collect();
        for raw in &raw.0 {
            let Some(id) = raw.copy_of.as_deref() else {
                continue;
            };
            let original = known.iter().find(|source| source.anchor.id.as_str() == id);
            let original = original.filter(|_| raw.id != id);
            if original.is_none() {
                let message = format!("`{id}` isn't another source of this record");
                let others = known.iter().map(|source| source.anchor.id.as_str());
                let others = others.filter(|other| *other != raw.id).map(str::to_owned);
                let others: Vec<String> = others.collect();
                self.fields()
                    .fault(Code::UnknownSource, "source", message, |d| {
                        d.suggest(id, others.iter().map(String::as_str))
                    });
            }
            let copies = sources
                .iter_mut()
                .filter(|one| one.source.anchor.id.as_str() == raw.id);
            for copy in copies {
                copy.copy_of = original.cloned();
            }
        }
    }

    /// The record of any kind with an id, and its title or name, for `records:` of a correction or an update.
    pub(super) fn any_record(&mut self, field: &str, id: &str) -> Option<(Anchor, String)> {
        let (kind, id) = match id.split_once(':') {
            Some((kind, id)) => (RecordKind::of_name(kind), id),
            None => (None, id),
        };
        let kinds = match kind {
            Some(kind) => vec![kind],
            None => self.scope.kinds_of(id),
        };
        let found = kinds
            .into_iter()
            .find_map(|kind| match self.scope.name(kind, id) {
                Lookup::Found(name) => Some((name.anchor.clone(), name.title.clone())),
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

    pub(super) fn markup(&mut self, field: &str, text: Option<&String>) -> Option<Markup> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let foreign = Foreign::of(text);
        let text = foreign.map_or(text.as_str(), |foreign| foreign.words);
        let (body, faults) = crate::document::fragment(text, self.options.markdown);
        let place = |_| self.document.place(&self.path.key(field));
        for (code, span, message) in faults {
            self.faults
                .push(Diagnostic::new(code, place(span), message));
        }
        // A figure's own text mentions its own number.
        let is_figure = self.path.0.first() == Some(&Step::Key("figures".to_owned()));
        if !is_figure && self.outline.explainer_of(&self.document.path).is_some() {
            let place = |_: &RawNumber| self.document.place(&self.path.key(field));
            let found = numbers::unbound(&body.numbers, self.document, self.scope, place);
            self.faults.extend(found);
        }
        let markup = self.resolver().resolve(&body, &place, self.faults);
        Some(match foreign {
            Some(foreign) => markup.in_language(foreign.tag, "div"),
            None => markup,
        })
    }

    fn image(&mut self, raw: &RawImage) -> Option<Image> {
        let path = self.path.key("image");
        image::image(&self.resolver(), self.document, &path, raw, self.faults)
    }

    fn resolver(&self) -> markup::Resolver<'a> {
        markup::Resolver {
            scope: self.scope,
            page: self.head,
            outline: self.outline,
        }
    }
}
