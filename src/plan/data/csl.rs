//! Sources in the form of the Citation Style Language (CSL-JSON 1.0).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::model::{Day, Page, PartialDate, Precision, Source};
use crate::plan::data;

pub(super) fn sources(pages: &[Arc<Page>]) -> Value {
    data::sources(pages)
        .iter()
        .map(|source| item(source))
        .collect()
}

fn item(source: &Source) -> Value {
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    set("id", json!(source.anchor.id.as_str()));
    set("type", json!(kind(source.kind.as_deref())));
    set("title", json!(source.title));
    if let Some(publisher) = &source.publisher {
        set("container-title", json!(publisher));
        set("publisher", json!(publisher));
    }
    if !source.authors.is_empty() {
        let authors = source.authors.iter().map(|name| json!({ "literal": name }));
        set("author", authors.collect());
    }
    if let Some(url) = &source.url {
        set("URL", json!(url));
    }
    if let Some(issued) = source.published.as_ref().and_then(date) {
        set("issued", issued);
    }
    if let Some(accessed) = source.accessed {
        set(
            "accessed",
            json!({ "date-parts": [[accessed.year(), accessed.month(), accessed.day()]] }),
        );
    }
    if let Some(archived) = &source.archived {
        set("archive_location", json!(archived));
    }
    Value::Object(item)
}

/// The CSL type closest to a source's own type.
fn kind(kind: Option<&str>) -> &'static str {
    match kind.map(str::to_lowercase).as_deref() {
        Some("book") => "book",
        Some("report") => "report",
        Some("study" | "paper" | "journal article") => "article-journal",
        Some("law" | "legislation") => "legislation",
        Some("interview") => "interview",
        Some("broadcast" | "video" | "podcast") => "broadcast",
        Some("data" | "dataset" | "statistics") => "dataset",
        Some("web page" | "website") => "webpage",
        Some("press release") => "pamphlet",
        _ => "article-newspaper",
    }
}

/// A date in parts, as precise as is known.
fn date(date: &PartialDate) -> Option<Value> {
    let earliest: Day = date.earliest()?;
    let parts = match date.kind() {
        crate::model::DateKind::At(moment) => match moment.precision {
            Precision::Day(day) => json!([[day.year(), day.month(), day.day()]]),
            Precision::Month(year, month) => json!([[year, month]]),
            Precision::Year(year) | Precision::Season(year, _) => json!([[year]]),
            Precision::Decade(_) | Precision::Century(_) => {
                return Some(json!({ "literal": date.written() }));
            }
        },
        crate::model::DateKind::Between(..) => {
            json!([[earliest.year(), earliest.month(), earliest.day()]])
        }
    };
    Some(json!({ "date-parts": parts }))
}
