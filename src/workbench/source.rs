//! Shows what a source says, which of its words are used, and which record other words would make.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::document::{Document, Value, record_names, written_values};
use crate::edition::Edition;
use crate::evidence::{Quote, QuoteVerdict, SourceText, match_passage};
use crate::import::{Language, Reading};
use crate::model::RecordKind;
use crate::project::SourcePath;

/// A longer text isn't a headline, in characters.
const TITLE_CHARS: usize = 90;

/// The fields whose words are the source's own.
const QUOTED: [&str; 3] = ["quote", "as_printed", "passage"];

/// The text of a source as it is shown beside a page, and the words of it that records use: those of a
/// page, and those that it can refer to. Places are in
/// UTF-16 units, which browsers count.
pub fn source(
    edition: &Edition,
    file: &SourcePath,
    id: &str,
    reading: &Reading,
    language: &'static Language,
) -> Option<Json> {
    let text = reading.text();
    let searched = SourceText::in_language(text, language);
    let units = Units::of(text);
    let mut marks = Vec::new();
    for document in documents(edition, file) {
        let Some(values) = written_values(document.text()) else {
            continue;
        };
        let names = document.lists().map(record_names).unwrap_or_default();
        for kind in RecordKind::ALL {
            let Some(Value::List(items)) = values.get(kind.list()) else {
                continue;
            };
            for (index, item) in items.iter().enumerate() {
                let mut names = names.iter();
                let name = names.find(|name| name.kind == kind && name.index == index);
                marks.extend(used(item, id, &searched).into_iter().map(|bytes| {
                    json!({
                        "start": units.at(bytes.start),
                        "end": units.at(bytes.end),
                        "file": document.path,
                        "list": kind.list(),
                        "index": index,
                        "anchor": name.map(|name| &name.id),
                    })
                }));
            }
        }
    }
    Some(json!({ "id": id, "text": text, "marks": marks }))
}

/// The page, and those whose records it can refer to.
fn documents(edition: &Edition, file: &SourcePath) -> Vec<Arc<Document>> {
    let own = edition.document(file);
    let known = edition.reach(file).into_iter().map(|known| known.document);
    let mut seen = BTreeSet::new();
    let all = own.into_iter().chain(known);
    all.filter(|document| seen.insert(document.path.clone()))
        .collect()
}

/// Where a source has the words that a record takes from it.
fn used(record: &Value, id: &str, source: &SourceText) -> Vec<Range<usize>> {
    let Some(passages) = passages_of(record, id) else {
        return Vec::new();
    };
    let quoted = QUOTED
        .iter()
        .filter_map(|field| record.get(field)?.as_text());
    let words = quoted.map(str::to_owned).chain(passages);
    let found = words.filter_map(|words| match match_passage(source, &Quote::new(&words)) {
        QuoteVerdict::Verified(found) => Some(found.segments),
        _ => None,
    });
    found.flatten().map(|segment| segment.bytes).collect()
}

/// The passages that a record takes from a source; `None` if it doesn't rest on it.
fn passages_of(record: &Value, id: &str) -> Option<Vec<String>> {
    let one = std::slice::from_ref(record.get("source")?);
    let all = match record.get("source")? {
        Value::List(items) => items,
        _ => one,
    };
    let mut is_here = false;
    let mut passages = Vec::new();
    for reference in all {
        let named = reference
            .as_text()
            .or_else(|| reference.get("id")?.as_text());
        if named == Some(id) {
            is_here = true;
            passages.extend(
                reference
                    .get("passage")
                    .and_then(Value::as_text)
                    .map(str::to_owned),
            );
        }
    }
    is_here.then_some(passages)
}

/// The fields of a record made from some words of a source: `kind` is that of the record, `range` the words, in UTF-16
/// units. What the words don't say is left to the writer.
pub fn taken(
    edition: &Edition,
    file: &SourcePath,
    id: &str,
    reading: &Reading,
    language: &'static Language,
    kind: RecordKind,
    range: Range<usize>,
) -> Option<Json> {
    let text = reading.text();
    let units = Units::of(text);
    let bytes = trimmed(text, units.byte(range.start)?..units.byte(range.end)?);
    let words = text.get(bytes.clone()).filter(|words| !words.is_empty())?;
    let searched = SourceText::in_language(text, language);
    let sentence = searched.sentence_around(bytes.clone());
    let touches = |other: &Range<usize>| other.start < bytes.end && bytes.start < other.end;
    let is_near = |other: &Range<usize>| sentence.start <= other.start && other.end <= sentence.end;
    let passage = text.get(trimmed(text, sentence.clone())).unwrap_or(words);
    let mut record = Map::new();
    let mut set = |name: &str, value: Json| drop(record.insert(name.to_owned(), value));
    let dates = reading.dates();
    let date = dates
        .iter()
        .find(|date| touches(&date.range))
        .or_else(|| dates.iter().find(|date| is_near(&date.range)));
    match kind {
        RecordKind::Reaction => {
            let quotations = reading.quotations();
            let found = quotations
                .iter()
                .find(|quotation| touches(&quotation.range));
            let quote = found.map_or(words, |found| &text[found.range.clone()]);
            set(
                "quote",
                json!(quote.trim_matches(['“', '”', '"', '«', '»', '„', '‘', '’', ' ', ','])),
            );
            let speaker = found.and_then(|found| found.speaker.as_deref());
            let known = speaker.and_then(|name| person(edition, file, name));
            set("speaker", json!(known));
            set("named", json!(speaker.filter(|_| known.is_none())));
        }
        RecordKind::Figure => {
            let figures = reading.figures();
            let figure = figures.iter().find(|figure| touches(&figure.range))?;
            set("value", json!(figure.value));
            set(
                "unit",
                json!(Some(&figure.unit).filter(|unit| !unit.is_empty())),
            );
            set(
                "qualifier",
                json!(figure.qualifier.map(|qualifier| qualifier.name())),
            );
            set("as_printed", json!(text[figure.range.clone()].trim()));
        }
        RecordKind::Event => {
            let is_short = words.chars().count() <= TITLE_CHARS;
            set("title", json!(Some(words).filter(|_| is_short)));
            set(
                "as_printed",
                json!(date.map(|date| text[date.range.clone()].trim())),
            );
            set(
                "inferred",
                json!(date.and_then(|date| date.inferred.as_deref())),
            );
        }
        RecordKind::Term => set("term", json!(words)),
        RecordKind::Person => set("name", json!(words)),
        RecordKind::Question => set("answer", json!(words)),
        RecordKind::Source => return None,
    }
    if matches!(
        kind,
        RecordKind::Reaction | RecordKind::Figure | RecordKind::Event
    ) {
        let date = date.and_then(|date| date.date.as_ref());
        set("date", json!(date.map(|date| date.written())));
    }
    if kind != RecordKind::Person {
        set("source", json!({ "id": id, "passage": passage }));
    }
    record.retain(|_, value| !value.is_null());
    Some(record.into())
}

/// The id of the person with a name, among those that a page can refer to.
fn person(edition: &Edition, file: &SourcePath, name: &str) -> Option<String> {
    let known = edition.reach(file).into_iter();
    let mut people = known.filter(|known| known.kind == RecordKind::Person);
    let found = people.find(|known| edition.words(&known.words) == name)?;
    Some(found.id)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// The positions in a text as browsers count them.
struct Units {
    /// The byte at which each unit starts; the end of the text is the last.
    bytes: Vec<usize>,
}

impl Units {
    fn of(text: &str) -> Self {
        let starts = text
            .char_indices()
            .flat_map(|(at, c)| std::iter::repeat_n(at, c.len_utf16()));
        Self {
            bytes: starts.chain([text.len()]).collect(),
        }
    }

    fn at(&self, byte: usize) -> usize {
        self.bytes.partition_point(|start| *start < byte)
    }

    fn byte(&self, unit: usize) -> Option<usize> {
        self.bytes.get(unit).copied()
    }
}
