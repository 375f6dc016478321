//! The records on a page, in schema.org terms.

use serde_json::{Value, json};

use super::Node;
use crate::evidence::of_reaction;
use crate::model::{
    Anchor, DateKind, Event, Figure, FigureValue, Layout, Number, PartialDate, Person, Point,
    Qualifier, Quantity, Question, Reaction, Term,
};
use crate::plan::context::PageContext;
use crate::plan::{DataFile, evidence, markup, records};

/// The works that are part of a page: quotations, terms, questions with answers, and data.
pub(super) fn parts(context: &PageContext<'_>) -> Vec<Value> {
    let records = &context.page.records;
    let quotations = records
        .reactions
        .iter()
        .filter_map(|item| quotation(context, item));
    let terms = records.terms.iter().map(|item| term(context, item));
    let parts = quotations.chain(terms).chain(asked_beside(context));
    parts.chain(dataset(context)).collect()
}

/// What a page mentions: events dated to the day, and numbers.
pub(super) fn mentions(context: &PageContext<'_>) -> Vec<Value> {
    let records = &context.page.records;
    let events = records
        .events
        .iter()
        .filter_map(|item| event(context, item));
    let figures = records
        .figures
        .iter()
        .flat_map(|item| observations(context, item));
    events.chain(figures).collect()
}

fn address(context: &PageContext<'_>, anchor: &Anchor) -> Option<String> {
    let page = context.site.absolute(&anchor.page)?;
    Some(format!("{page}#{}", anchor.id))
}

/// An event; `None` if its day isn't known.
fn event(context: &PageContext<'_>, event: &Event) -> Option<Value> {
    let day = event.date.exact_day()?;
    let mut node = Node::of("Event");
    node.set("name", json!(event.title));
    let start = certain(&event.date).unwrap_or_else(|| day.to_string());
    node.set("startDate", json!(start));
    let place = event.place.as_deref().map(|name| {
        let mut place = Node::of("Place");
        place.set("name", json!(name));
        place.value()
    });
    node.set_if_any("location", place);
    let text = event.text.as_ref();
    node.set_if_any(
        "description",
        text.map(|text| markup::plain(context.site, text)),
    );
    let worked_out = event.inferred.as_ref().map(|reason| {
        let label = context.site.words.get("worked_out");
        format!("{label}: {reason}")
    });
    node.set_if_any("disambiguatingDescription", worked_out);
    if event.expected {
        node.set("eventStatus", json!("https://schema.org/EventScheduled"));
    }
    node.set_if_any("url", address(context, &event.anchor));
    Some(node.value())
}

/// A quotation, with who said it and where it was found; `None` for a paraphrase.
fn quotation(context: &PageContext<'_>, reaction: &Reaction) -> Option<Value> {
    let mut node = Node::of("Quotation");
    node.set("text", json!(reaction.quote.as_ref()?));
    node.set("creator", speaker(&reaction.speaker));
    let language = reaction.language.as_deref();
    node.set(
        "inLanguage",
        json!(language.unwrap_or(&context.site.config.language)),
    );
    let day = reaction.date.as_ref().and_then(certain);
    node.set_if_any("dateCreated", day);
    node.set_if_any("url", address(context, &reaction.anchor));
    let sources = reaction.sources.iter().map(|reference| {
        let source = &reference.source;
        let mut work = Node::of("CreativeWork");
        work.set("name", json!(source.title));
        work.set_if_any("url", source.url.as_deref());
        work.value()
    });
    let sources: Vec<Value> = sources.collect();
    // What was compared, in the words of the badge: neither a rating nor more than readers are told.
    let checked =
        evidence::of_record(context.site, reaction.review, of_reaction(reaction)).map(|badge| {
            let mut claim = Node::of("Claim");
            // What is claimed is that these are the speaker's words, not that they are right.
            let name = format!(
                "{}: {}",
                reaction.speaker.name,
                records::reaction_title(context.site, reaction)
            );
            claim.set("name", json!(name));
            claim.set("creativeWorkStatus", json!(badge.words));
            claim.set_list("appearance", sources.iter().cloned());
            claim.value()
        });
    node.set_if_any("interpretedAsClaim", checked);
    node.set_list("isBasedOn", sources);
    Some(node.value())
}

/// A speaker with a role or an organization is a person; without them, it may be an organization.
fn speaker(person: &Person) -> Value {
    let is_person = person.role.is_some() || person.organisation.is_some();
    let mut node = Node::of(if is_person { "Person" } else { "Thing" });
    node.set("name", json!(person.name));
    node.set_if_any("jobTitle", person.role.as_deref());
    let organization = |name: &String| json!({ "@type": "Organization", "name": name });
    node.set_if_any(
        "affiliation",
        person.organisation.as_ref().map(organization),
    );
    node.set_if_any("url", person.url.as_deref());
    node.value()
}

fn term(context: &PageContext<'_>, term: &Term) -> Value {
    let mut node = Node::of("DefinedTerm");
    node.set("name", json!(term.term));
    node.set(
        "description",
        json!(markup::plain(context.site, &term.definition)),
    );
    node.set_if_any("url", address(context, &term.anchor));
    node.value()
}

/// The questions of a page with their answers.
pub(super) fn questions(context: &PageContext<'_>) -> Vec<Value> {
    let questions = context.page.records.questions.iter();
    questions.map(|item| question(context, item)).collect()
}

/// The questions on a page with another main subject, as a separate work.
fn asked_beside(context: &PageContext<'_>) -> Option<Value> {
    let questions = questions(context);
    if questions.is_empty() || context.page.head.layout == Layout::Questions {
        return None;
    }
    let mut node = Node::of("FAQPage");
    node.set_list("mainEntity", questions);
    Some(node.value())
}

fn question(context: &PageContext<'_>, question: &Question) -> Value {
    let mut answer = Node::of("Answer");
    answer.set("text", json!(markup::plain(context.site, &question.answer)));
    let mut node = Node::of("Question");
    node.set("name", json!(question.question));
    node.set("acceptedAnswer", answer.value());
    node.set_if_any("url", address(context, &question.anchor));
    node.value()
}

/// One observation for each number of a figure.
fn observations(context: &PageContext<'_>, figure: &Figure) -> Vec<Value> {
    match &figure.value {
        FigureValue::Series(points) => points
            .iter()
            .map(|point| observation_at(context, figure, point))
            .collect(),
        FigureValue::Single(quantity) | FigureValue::Derived(quantity, _) => {
            vec![observation(context, figure, quantity, figure.date.as_ref())]
        }
    }
}

/// A number of a series, with its own date or, in a series with labels, that of the figure.
fn observation_at(context: &PageContext<'_>, figure: &Figure, point: &Point) -> Value {
    let date = point.key.date().or(figure.date.as_ref());
    let mut value = observation(context, figure, &point.quantity, date);
    if let Some(label) = point.key.label() {
        value["name"] = json!(format!("{}: {label}", figure.title));
    }
    value
}

fn observation(
    context: &PageContext<'_>,
    figure: &Figure,
    quantity: &Quantity,
    date: Option<&PartialDate>,
) -> Value {
    let mut node = Node::of("Observation");
    node.set("name", json!(figure.title));
    let number = number(quantity.number);
    let words = || json!(context.site.phrases().quantity(quantity).words);
    // A hedged number is a bound, so its value is given in words: "over 24,000".
    match quantity.qualifier {
        _ if quantity.to.is_some() => {
            node.set("value", words());
            node.set("minValue", number);
            node.set_if_any("maxValue", quantity.to.map(self::number));
        }
        None => node.set("value", number),
        Some(Qualifier::About) => node.set("value", words()),
        Some(Qualifier::Over | Qualifier::AtLeast) => {
            node.set("value", words());
            node.set("minValue", number);
        }
        Some(Qualifier::Under | Qualifier::UpTo) => {
            node.set("value", words());
            node.set("maxValue", number);
        }
    }
    if !quantity.unit.is_empty() {
        node.set("unitText", json!(quantity.unit));
    }
    let margin = |margin| json!({ "@type": "QuantitativeValue", "value": self::number(margin) });
    node.set_if_any("marginOfError", figure.margin.map(margin));
    node.set_if_any("description", asked(context, figure));
    match date.map(|date| (certain(date), date)) {
        Some((Some(moment), _)) => node.set("observationDate", json!(moment)),
        Some((None, date)) => node.set("observationPeriod", json!(date.written())),
        None => {}
    }
    node.set_if_any("url", address(context, &figure.anchor));
    node.value()
}

/// Whom or what it describes, and how many were asked, in words.
fn asked(context: &PageContext<'_>, figure: &Figure) -> Option<String> {
    let words = context.site.words;
    let sample = figure
        .sample
        .map(|sample| context.site.phrases().number(sample));
    let facts = [
        ("population", figure.population.clone()),
        ("sample", sample),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter_map(|(key, fact)| Some(format!("{}: {}", words.get(key), fact?)))
        .collect();
    (!facts.is_empty()).then(|| facts.join("; "))
}

/// A date in ISO 8601; `None` for a range or an approximate date.
fn certain(date: &PartialDate) -> Option<String> {
    match date.kind() {
        DateKind::At(moment) if !moment.approximate && !moment.uncertain => date.html_datetime(),
        DateKind::At(_) | DateKind::Between(..) => None,
    }
}

/// A number as JSON; as text, if JSON parsers would round it.
fn number(number: Number) -> Value {
    let written = number.value().normalize().to_string();
    let value = serde_json::from_str::<Value>(&written).ok();
    let value = value.map(|value| (value.to_string(), value));
    match value {
        Some((read, value)) if read == written => value,
        Some(_) | None => json!(written),
    }
}

/// The data files about the records on the page, as one dataset.
fn dataset(context: &PageContext<'_>) -> Option<Value> {
    let records = &context.page.records;
    let head = &context.page.head;
    let mut files = Vec::new();
    if !records.events.is_empty() {
        files.extend([
            (DataFile::EventsCsv, "text/csv"),
            (DataFile::EventsJson, "application/json"),
        ]);
    }
    if !records.figures.is_empty() {
        files.extend([
            (DataFile::FiguresCsv, "text/csv"),
            (DataFile::FiguresJson, "application/json"),
        ]);
    }
    if !records.reactions.is_empty() {
        files.push((DataFile::ReactionsJson, "application/json"));
    }
    let downloads: Vec<Value> = files
        .into_iter()
        .filter_map(|(file, kind)| {
            let url = context.site.absolute(&context.data_address(file)?)?;
            let download =
                json!({ "@type": "DataDownload", "contentUrl": url, "encodingFormat": kind });
            Some(download)
        })
        .collect();
    if downloads.is_empty() {
        return None;
    }
    let mut node = Node::of("Dataset");
    let label = context.site.words.get("downloads");
    node.set("name", json!(format!("{}: {label}", head.title)));
    node.set(
        "description",
        json!(head.description.as_ref().unwrap_or(&head.title)),
    );
    node.set_list("distribution", downloads);
    node.set("isAccessibleForFree", json!(true));
    Some(node.value())
}
