//! The contents of a version: its pages and records, each with a name and fields of text.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::Pages;
use crate::document::WrittenPage;
use crate::project::{SourcePath, slugify};

/// The kind of a page.
pub(super) const PAGE: &str = "page";

/// Every kind, in the order in which changes are listed.
pub(super) const KINDS: [&str; 10] = [
    PAGE,
    "event",
    "figure",
    "reaction",
    "person",
    "term",
    "question",
    "source",
    "correction",
    "update",
];

/// The lists of records in front matter, each with its kind and the fields that name a record.
const LISTS: [(&str, &str, &[&str]); 9] = [
    ("events", "event", &["title"]),
    ("figures", "figure", &["title"]),
    ("reactions", "reaction", &["speaker", "quote", "text"]),
    ("people", "person", &["name"]),
    ("terms", "term", &["term"]),
    ("questions", "question", &["question"]),
    ("sources", "source", &["title"]),
    ("corrections", "correction", &["date", "text"]),
    ("updates", "update", &["date", "text"]),
];

/// Fields that aren't facts of a page: layout, and notes for writers.
const LAYOUT_ONLY: [&str; 7] = [
    "aliases",
    "extra",
    "layout",
    "nav_title",
    "slug",
    "unbound",
    "weight",
];

/// How many words make the name of a record without a title: as many as go into its id.
const WORDS_IN_NAME: usize = 5;

/// A page or a record of one version.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) page: SourcePath,
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) name: String,
    /// What it says, by field.
    pub(super) fields: BTreeMap<String, String>,
}

/// All pages and records of a version.
pub(super) fn entries(pages: &Pages) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (path, page) in pages {
        entries.push(page_entry(path, page));
        for (list, kind, named_by) in LISTS {
            let records = page.front_matter.get(list).and_then(Value::as_sequence);
            let records = records.into_iter().flatten().filter_map(Value::as_mapping);
            entries.extend(records.map(|record| record_entry(path, kind, named_by, record)));
        }
    }
    entries
}

fn page_entry(path: &SourcePath, page: &WrittenPage) -> Entry {
    let mut fields = BTreeMap::new();
    for (key, value) in &page.front_matter {
        let key = words(key);
        let is_list = LISTS.iter().any(|(list, ..)| *list == key);
        if !is_list && !LAYOUT_ONLY.contains(&&*key) {
            put(&mut fields, key, value);
        }
    }
    let prose = page.prose.trim();
    if !prose.is_empty() {
        fields.insert("prose".to_owned(), prose.to_owned());
    }
    Entry {
        page: path.clone(),
        kind: PAGE,
        id: path.as_str().to_owned(),
        name: fields.get("title").cloned().unwrap_or_default(),
        fields,
    }
}

fn record_entry(
    path: &SourcePath,
    kind: &'static str,
    named_by: &[&str],
    record: &Mapping,
) -> Entry {
    let mut fields = BTreeMap::new();
    for (key, value) in record {
        let key = words(key);
        if key != "id" {
            put(&mut fields, key, value);
        }
    }
    let named = named_by.iter().filter_map(|field| fields.get(*field));
    let named: Vec<&str> = named.flat_map(|text| text.split_whitespace()).collect();
    let name = match &named_by {
        [_] => named.join(" "),
        _ => named[..named.len().min(WORDS_IN_NAME + 1)].join(" "),
    };
    let id = record.get("id").map(words);
    Entry {
        page: path.clone(),
        kind,
        id: id.unwrap_or_else(|| slugify(&name)),
        name,
        fields,
    }
}

/// Stores the text of a value under its field; each point of a series under its date or label, each key point under its
/// number.
fn put(fields: &mut BTreeMap<String, String>, key: String, value: &Value) {
    if let (Some(points), "key_points") = (value.as_sequence(), &*key) {
        for (point, number) in points.iter().zip(1..) {
            fields.insert(format!("{key} {number}"), words(point));
        }
        return;
    }
    // What other sources say, each under its own name.
    if let (Some(accounts), "accounts") = (value.as_sequence(), &*key) {
        for (account, number) in accounts.iter().zip(1..) {
            fields.insert(format!("account {number}"), words(account));
        }
        return;
    }
    let points = value.as_sequence().filter(|_| key == "series");
    let Some(points) = points else {
        match (value.as_mapping(), &*key) {
            // `source: {id: a, passage: …}` makes two statements.
            (Some(source), "source") => {
                for (part, value) in source {
                    let part = words(part);
                    let field = if part == "id" { key.clone() } else { part };
                    put(fields, field, value);
                }
            }
            _ => {
                let said = words(value);
                if !said.is_empty() {
                    fields.insert(key, said);
                }
            }
        }
        return;
    };
    for point in points.iter().filter_map(Value::as_mapping) {
        let name = point.get("date").or_else(|| point.get("label"));
        let name = name.map(words).unwrap_or_default();
        let is_name = |part: &Value| matches!(&*words(part), "date" | "label");
        let rest = point.iter().filter(|(part, _)| !is_name(part));
        let said: Vec<String> = rest.map(|(_, value)| words(value)).collect();
        fields.insert(format!("series {name}"), said.join(", "));
    }
}

/// The text of a value, on one line.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(is_so) => is_so.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Sequence(items) => items.iter().map(words).collect::<Vec<_>>().join("; "),
        Value::Mapping(parts) => {
            let parts = parts.iter();
            let parts = parts.map(|(key, value)| format!("{}: {}", words(key), words(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::Tagged(tagged) => words(&tagged.value),
    }
}
