//! Turns a reading into records.
//!
//! A [`Draft`] holds the source, the records that cite it, and the article's own headings as an outline. Every string
//! in it that isn't a date, a number, an id or a note is a stretch of [`Reading::text`]: nothing is worded here.

mod checked;
mod claims;
mod clause;
mod counted;
mod figures;
mod people;
mod present;
mod reactions;
mod record;
mod title;
mod yaml;

use std::collections::HashSet;

use crate::model::RecordKind;

use super::reading::Reading;
use super::text::{About, Role};
use people::People;

pub(super) use present::{Present, plain_words};
pub(super) use record::{Record, Value};
pub(super) use yaml::{field, in_line, items, items_of};

/// How long an id may get before it is cut after a word: longer ones are hard to type in a reference.
const ID_LENGTH: usize = 40;

/// What the records of an article are made from, and what they must not collide with.
struct DraftContext<'a> {
    reading: &'a Reading,
    present: &'a Present,
    /// The id of the article's source.
    source: String,
    ids: Ids,
}

/// The records made from an article.
#[derive(Debug)]
pub(super) struct Draft {
    /// The article's title, if it has one.
    pub(super) title: Option<String>,
    /// Its section headings.
    pub(super) headings: Vec<String>,
    /// The id of its source.
    pub(super) source: String,
    /// Its source first, then the records by kind.
    pub(super) records: Vec<Record>,
    /// The periods of a timeline, each with its title and its date.
    pub(super) eras: Vec<(String, String)>,
}

impl Draft {
    /// How many quotations have no speaker.
    pub(super) fn n_unattributed(&self) -> usize {
        let records = self.records.iter();
        records
            .filter(|record| record.fields.contains(&("speaker", Value::Empty)))
            .count()
    }

    /// Leaves out people whom no drafted record names any more.
    pub(super) fn drop_unnamed(&mut self) {
        fn names(value: &Value, id: &str) -> bool {
            match value {
                Value::Plain(text) => text == id,
                Value::List(values) => values.iter().any(|value| names(value, id)),
                _ => false,
            }
        }
        let records = std::mem::take(&mut self.records);
        let is_named = |person: &Record| {
            let mut fields = records.iter().flat_map(|record| &record.fields);
            fields.any(|(field, value)| {
                matches!(*field, "speaker" | "people") && names(value, &person.id)
            })
        };
        let kept = records.iter();
        let kept = kept.filter(|record| record.kind != RecordKind::Person || is_named(record));
        self.records = kept.cloned().collect();
    }

    /// Drafts the records of an article, next to those that are `present`.
    ///
    /// `about` is what is known about the article; `language` is the one it is in, if that isn't the site's.
    pub(super) fn of(
        reading: &Reading,
        about: &About,
        language: Option<&str>,
        present: &Present,
    ) -> Self {
        let mut ids = Ids::new(present.ids.clone());
        let source = ids.take(&source_words(about));
        let mut context = DraftContext {
            reading,
            present,
            source: source.clone(),
            ids,
        };
        let mut people = People::default();
        let mut records = vec![source_record(&context, about, language)];
        if !reading.language.is_known() {
            return Self {
                headings: Vec::new(),
                title: about.headline.clone(),
                source,
                records,
                eras: Vec::new(),
            };
        }
        records.extend(claims::events(&mut context, &mut people));
        records.extend(figures::figures(&mut context));
        records.extend(reactions::reactions(&mut context, &mut people, language));
        records.extend(people.into_records());
        checked::keep_found(
            &mut records,
            reading.text(),
            reading.language,
            reading.published,
        );
        Self {
            headings: headings(reading),
            title: about.headline.clone(),
            source,
            records,
            eras: Vec::new(),
        }
    }
}

/// Words as a value.
pub(super) fn words(text: &str) -> Value {
    Value::Words(text.to_owned())
}

/// Where the text of a source is kept, relative to the project's root.
pub(super) fn text_path(source: &str) -> String {
    format!("sources/private/{source}.txt")
}

/// The words for a source's id: its publisher, or else its title, or else its address.
fn source_words(about: &About) -> String {
    let host = || {
        let url = url::Url::parse(about.url.as_deref()?).ok()?;
        let host = url.host_str()?.to_owned();
        Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
    };
    about
        .publisher
        .clone()
        .or_else(host)
        .or_else(|| about.headline.clone())
        .unwrap_or_else(|| "source".to_owned())
}

fn source_record(context: &DraftContext<'_>, about: &About, language: Option<&str>) -> Record {
    let mut record = Record::new(RecordKind::Source, context.source.clone());
    let title = about.headline.as_deref().or(about.publisher.as_deref());
    record.set_words("title", Some(title.unwrap_or(&context.source)));
    record.set_words("publisher", about.publisher.as_deref());
    if !about.authors.is_empty() {
        let authors = about.authors.iter().cloned().map(Value::Words).collect();
        record.set("authors", Value::List(authors));
    }
    record.set_words("url", about.url.as_deref());
    let published = context.reading.published.map(|day| day.to_string());
    record.set_plain("published", published);
    record.set_plain("language", language.map(str::to_owned));
    record.set_plain("text", Some(text_path(&context.source)));
    record
}

fn headings(reading: &Reading) -> Vec<String> {
    let article = &reading.article;
    article
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role == Role::Heading)
        .map(|paragraph| article.slice(&paragraph.span))
        .map(|line| line.trim_start_matches('#').trim().to_owned())
        .filter(|heading| !heading.is_empty())
        .collect()
}

impl DraftContext<'_> {
    /// A note from the language's table, with the placeholders in braces filled in.
    fn note(&self, key: &str, fill: &[(&str, &str)]) -> String {
        self.reading.language.reason(key, fill)
    }

    /// Notes that a record may duplicate one that exists.
    fn mark_double(&self, record: &mut Record, double: Option<&str>) {
        if let Some(id) = double {
            let note = self.note("double", &[("id", id)]);
            record.set_words("notes", Some(&note));
        }
    }
}

/// The ids of an explainer.
#[derive(Debug)]
pub(super) struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    pub(super) fn new(taken: HashSet<String>) -> Self {
        Self { taken }
    }

    /// An id as it is, if it is free; else one like it.
    pub(super) fn keep(&mut self, id: &str) -> String {
        match self.taken.insert(id.to_owned()) {
            true => id.to_owned(),
            false => self.take(id),
        }
    }

    /// An unused id made from some words.
    pub(super) fn take(&mut self, words: &str) -> String {
        let slug = crate::project::slugify(words);
        let cut = if slug.len() > ID_LENGTH {
            let part = &slug[..slug.floor_char_boundary(ID_LENGTH)];
            part.rsplit_once('-').map_or(part, |(whole, _)| whole)
        } else {
            &slug
        };
        let base = if cut.is_empty() { "record" } else { cut };
        let mut id = base.to_owned();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}
