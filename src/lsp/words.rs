//! Describes fields and records in words for editors, as Markdown.

use crate::check::Known;
use crate::document::schema::{Field, Kind, Need, Shape};
use crate::document::{Lists, RawSources};
use crate::edition::Edition;
use crate::model::{PartialDate, RecordKind};

/// What a field accepts, briefly.
pub(super) fn takes(field: &Field) -> String {
    let what = match (field.shape, field.about.kind) {
        (Shape::Map(_), _) => "fields",
        (Shape::Switch(_), _) => "true, false or fields",
        (Shape::Named(_), _) => "names, each with fields",
        (Shape::Records(_), _) => "a list",
        (Shape::Refs(_), _) => "an id, a mapping, or a list of them",
        (Shape::Flag, _) => "true or false",
        (Shape::Any, _) => "anything",
        (Shape::Words, Kind::Ids) => "ids",
        (Shape::Words, Kind::Markdown) => "texts in Markdown",
        (Shape::Words, Kind::Path) => "paths",
        (Shape::Words, _) => "words",
        (Shape::Scalar, kind) => match kind {
            Kind::Markdown => "Markdown",
            Kind::Date => "a date (EDTF)",
            Kind::Day => "a day",
            Kind::Moment => "a day or a moment",
            Kind::Number => "an exact number",
            Kind::Whole => "a whole number",
            Kind::Url => "an address",
            Kind::Path => "a path",
            Kind::Language => "a language (BCP 47)",
            Kind::Ids => "an id",
            Kind::Text | Kind::Flag | Kind::List | Kind::Free => "text",
        },
    };
    match field.about.need {
        Need::Required => format!("{what}, required"),
        Need::Judged | Need::Optional => what.to_owned(),
    }
}

/// What a field is for.
pub(super) fn about(field: &Field) -> String {
    let about = field.about;
    let mut text = about.doc.to_owned();
    if !about.values.is_empty() {
        let names: Vec<String> = about
            .values
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let others = if about.takes_others {
            ", or a template of your own"
        } else {
            ""
        };
        text.push_str(&format!("\n\nOne of {}{others}.", names.join(", ")));
    }
    if !about.example.is_empty() {
        text.push_str(&format!("\n\nExample: `{}: {}`", field.name, about.example));
    }
    text
}

/// A date as readers see it; `None` if it isn't a date.
pub(super) fn date(edition: &Edition, written: &str) -> Option<String> {
    let date: PartialDate = written.trim().parse().ok()?;
    Some(edition.date_in_words(&date))
}

/// A description of a target that isn't a record.
pub(super) fn page(edition: &Edition, file: &crate::project::SourcePath) -> String {
    match edition.head(file) {
        Some(head) => {
            let dek = head.description.as_deref().unwrap_or_default();
            format!("**{}**\n\n{dek}\n\n`{file}`", head.title)
        }
        None => format!("`{file}`"),
    }
}

/// A record as written, with its dates in words.
pub(super) fn record(edition: &Edition, known: &Known) -> String {
    let mut lines = vec![format!("**{} `{}`**", known.kind.name(), known.id)];
    let names = known.document.lists().map(crate::document::record_names);
    let mut names = names.unwrap_or_default().into_iter();
    let index = names.find(|name| name.kind == known.kind && name.id == known.id);
    if let (Some(lists), Some(name)) = (known.document.lists(), index) {
        lines.extend(content(edition, lists, known, name.index));
    }
    lines.push(format!("`{}`", known.document.path));
    lines.join("\n\n")
}

fn content(edition: &Edition, lists: &Lists, known: &Known, index: usize) -> Vec<String> {
    let dated = |date: &Option<String>| {
        let words = date.as_deref().map(|written| self::date(edition, written));
        words.map(|words| words.unwrap_or_else(|| date.clone().unwrap_or_default()))
    };
    let joined = |parts: Vec<Option<String>>| {
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    let quoted = |text: &Option<String>| {
        text.as_ref()
            .map(|text| format!("> {}", text.trim().replace('\n', "\n> ")))
    };
    let cites = |sources: &RawSources| {
        let ids: Vec<String> = sources
            .0
            .iter()
            .map(|source| format!("`{}`", source.id))
            .collect();
        (!ids.is_empty()).then(|| format!("Source: {}", ids.join(", ")))
    };
    let parts: Option<Vec<Option<String>>> = match known.kind {
        RecordKind::Event => lists.events.get(index).map(|event| {
            vec![
                event.title.clone(),
                joined(vec![dated(&event.date), event.place.clone()]),
                event.text.clone(),
                cites(&event.source),
            ]
        }),
        RecordKind::Figure => lists.figures.get(index).map(|figure| {
            vec![
                joined(vec![
                    figure.title.clone(),
                    Some(edition.words(&known.words)),
                ]),
                joined(vec![dated(&figure.date), figure.population.clone()]),
                quoted(&figure.as_printed),
                figure.text.clone(),
                cites(&figure.source),
            ]
        }),
        RecordKind::Reaction => lists.reactions.get(index).map(|reaction| {
            vec![
                joined(vec![
                    reaction.speaker.clone(),
                    dated(&reaction.date),
                    reaction.venue.clone(),
                ]),
                quoted(&reaction.quote),
                reaction.text.clone(),
                cites(&reaction.source),
            ]
        }),
        RecordKind::Person => lists.people.get(index).map(|person| {
            vec![joined(vec![
                person.name.clone(),
                person.role.clone(),
                person.organisation.clone(),
            ])]
        }),
        RecordKind::Term => lists.terms.get(index).map(|term| {
            vec![
                term.term.clone(),
                term.definition.clone(),
                cites(&term.source),
            ]
        }),
        RecordKind::Question => lists.questions.get(index).map(|question| {
            vec![
                question.question.clone(),
                question.answer.clone(),
                cites(&question.source),
            ]
        }),
        RecordKind::Source => lists.sources.get(index).map(|source| {
            vec![
                source.title.clone(),
                joined(vec![source.publisher.clone(), dated(&source.published)]),
                source.url.clone(),
            ]
        }),
    };
    parts.into_iter().flatten().flatten().collect()
}
