//! Sources in the form of the Citation Style Language (CSL-JSON), which reference managers write.

use serde_json::Value;

use crate::model::RecordKind;

use super::super::draft::{Draft, Ids, Present, Record, Value as Field};
use super::{date, one_line};

/// The sources of a list that aren't there yet.
///
/// # Errors
///
/// In a sentence that says which item can't be read.
pub(in crate::import) fn sources(value: &Value, present: &Present) -> Result<Draft, String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut ids = Ids::new(present.ids.clone());
    let mut records = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let title = words(item, "title");
        let title = title.ok_or_else(|| format!("item {} has no `title`", index + 1))?;
        let url = words(item, "URL").filter(|url| url.starts_with("http"));
        let is_there = present
            .sources
            .iter()
            .any(|known| known.title == title && (known.url == url || url.is_none()));
        if !is_there {
            records.push(source(item, &title, url, &mut ids));
        }
    }
    Ok(Draft {
        title: None,
        headings: Vec::new(),
        source: "sources".to_owned(),
        records,
    })
}

fn source(item: &Value, title: &str, url: Option<String>, ids: &mut Ids) -> Record {
    let id = words(item, "id").unwrap_or_else(|| title.to_owned());
    let mut record = Record::new(RecordKind::Source, ids.take(&id));
    record.set_words("title", Some(title));
    let publisher = words(item, "container-title").or_else(|| words(item, "publisher"));
    record.set_words("publisher", publisher.as_deref());
    let authors = item.get("author").and_then(Value::as_array);
    let authors: Vec<Field> = authors
        .into_iter()
        .flatten()
        .filter_map(author)
        .map(Field::Words)
        .collect();
    if !authors.is_empty() {
        record.set("authors", Field::List(authors));
    }
    record.set_words("url", url.as_deref());
    let archived = words(item, "archive_location").filter(|url| url.starts_with("http"));
    record.set_words("archived", archived.as_deref());
    record.set_plain("published", item.get("issued").and_then(issued));
    let accessed = item.get("accessed").and_then(issued);
    // Only a whole day can be when something was read.
    record.set_plain("accessed", accessed.filter(|day| day.len() == 10));
    record.set_words(
        "type",
        words(item, "type").map(|kind| kind_of(&kind)).as_deref(),
    );
    record
}

fn words(item: &Value, name: &str) -> Option<String> {
    let value = item.get(name)?;
    let text = match value {
        Value::String(text) => one_line(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn author(name: &Value) -> Option<String> {
    let part = |key: &str| words(name, key);
    part("literal").or_else(|| {
        let parts = [
            part("given"),
            part("non-dropping-particle").or_else(|| part("dropping-particle")),
            part("family"),
            part("suffix"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    })
}

/// A date in parts, or one written out as EDTF has it.
fn issued(value: &Value) -> Option<String> {
    let parts = |index: usize| {
        let parts = value.pointer(&format!("/date-parts/{index}"))?;
        let part = |at: usize| {
            let part = parts.get(at)?;
            part.as_i64().or_else(|| part.as_str()?.trim().parse().ok())
        };
        date(part(0)?, part(1), part(2))
    };
    if let Some(start) = parts(0) {
        return Some(super::stretch(start, parts(1)));
    }
    let written = words(value, "raw").or_else(|| words(value, "literal"))?;
    written
        .parse::<crate::model::PartialDate>()
        .ok()
        .map(|_| written)
}

/// What a CSL type is called here.
fn kind_of(kind: &str) -> String {
    match kind {
        "article-newspaper" => "news article",
        "article-magazine" => "magazine article",
        "article-journal" => "journal article",
        "legislation" => "law",
        "webpage" | "post" | "post-weblog" => "web page",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_becomes_a_source() {
        let json = serde_json::json!([{
            "id": "poole2025", "type": "article-newspaper", "title": "Bridge closes",
            "container-title": "The Paper", "author": [{"given": "Ann", "family": "Poole"}, {"literal": "Desk"}],
            "URL": "https://paper.example/b", "issued": {"date-parts": [[2025, 1, "28"]]}, "accessed": {"date-parts": [[2025, 2]]},
        }]);
        let draft = sources(&json, &Present::default()).unwrap();
        let yaml = super::super::super::draft::items(&[&draft.records[0]], 0);
        assert_eq!(
            yaml,
            "- id: poole2025\n  title: Bridge closes\n  publisher: The Paper\n  authors: [Ann Poole, Desk]\n  url: \"https://paper.example/b\"\n  published: 2025-01-28\n  type: news article\n"
        );
    }

    #[test]
    fn an_item_without_a_title_is_named() {
        let json = serde_json::json!([{"title": "A", "type": "book"}, {"type": "book"}]);
        assert_eq!(
            sources(&json, &Present::default()).unwrap_err(),
            "item 2 has no `title`"
        );
    }
}
