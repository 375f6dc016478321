//! Lists what is on a page, and where it is written.

use serde_json::{Value as Json, json};

use super::faults;
use crate::document::schema::{FRONT_MATTER, Lists, Shape};
use crate::document::{Document, FieldPath, Value, paragraphs, record_names, written_values};
use crate::edition::Edition;
use crate::model::RecordKind;
use crate::project::SourcePath;

/// How many records are offered for choosing one: more than anybody scrolls through, and no more than a browser lists
/// quickly.
const MAX_OFFERED: usize = 2000;

/// Everything that can be edited on a page, by its file: its own fields, its records with their anchors, its paragraphs
/// with their places, its faults, and the records that it can refer to. `None` if there is no such page.
pub fn page(edition: &Edition, source: &SourcePath) -> Option<Json> {
    let document = edition.document(source)?;
    let values = written_values(document.text());
    let of_file = edition.faults_in(source);
    let sorted = of_file.sorted();
    let faults: Vec<Json> = sorted
        .iter()
        .map(|fault| faults::told(&document, fault))
        .collect();
    let known = edition.reach(source).into_iter().take(MAX_OFFERED);
    let known = known.map(|known| {
        json!({ "kind": known.kind.name(), "id": known.id, "words": edition.words(&known.words) })
    });
    Some(json!({
        "file": source,
        "hash": document.hash,
        "head": values.as_ref().map(head),
        "records": values.as_ref().map(|values| records(&document, values)),
        "paragraphs": document.prose_start().map(|start| prose(&document, start)),
        "faults": faults,
        "known": known.collect::<Vec<_>>(),
    }))
}

/// The page's own fields.
fn head(values: &Value) -> Json {
    let own = FRONT_MATTER
        .fields
        .iter()
        .filter(|field| !Lists::has(field.name))
        .filter_map(|field| Some((field.name.to_owned(), self::values(values.get(field.name)?))));
    Json::Object(own.collect())
}

/// The records defined on the page, in the order of their lists.
fn records(document: &Document, values: &Value) -> Json {
    let names = document.lists().map(record_names).unwrap_or_default();
    let lists = FRONT_MATTER
        .fields
        .iter()
        .filter(|field| matches!(field.shape, Shape::Records(_)));
    let mut records = Vec::new();
    for list in lists {
        let Some(Value::List(items)) = values.get(list.name) else {
            continue;
        };
        let kind = RecordKind::of_list(list.name);
        for (index, item) in items.iter().enumerate() {
            let mut names = names.iter();
            let name = names.find(|name| Some(name.kind) == kind && name.index == index);
            let place = document.place(&FieldPath::item(list.name, index));
            let start = place.span.map_or(0, |span| span.start as usize);
            records.push(json!({
                "list": list.name,
                "kind": kind.map(RecordKind::name),
                "index": index,
                "anchor": name.map(|name| &name.id),
                "line": faults::line(document.text(), start),
                "review": item.get("review").and_then(Value::as_text) == Some("true"),
                "confidence": item.get("confidence").and_then(Value::as_text),
                "values": self::values(item),
            }));
        }
    }
    records.into()
}

fn prose(document: &Document, start: usize) -> Json {
    let text = document.text();
    let found = paragraphs(&text[start..], Default::default()).into_iter().map(|range| {
        let range = range.start + start..range.end + start;
        json!({ "start": range.start, "end": range.end, "line": faults::line(text, range.start), "words": text[range] })
    });
    found.collect()
}

/// A value as JSON; scalars stay text.
pub fn values(value: &Value) -> Json {
    match value {
        Value::Null | Value::Refused => Json::Null,
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(values).collect(),
        Value::Map(entries) => {
            let entries = entries.iter();
            Json::Object(
                entries
                    .map(|(key, value)| (key.clone(), values(value)))
                    .collect(),
            )
        }
    }
}
