//! Sources in the form of the Citation Style Language (CSL-JSON), which reference managers write.

use serde_json::Value;

use super::super::draft::Present;
use super::references::{self, Reference};
use super::{List, date, judged, one_line};

/// The sources of a list that are new to the explainer.
///
/// # Errors
///
/// In a sentence that says which item can't be read.
pub(crate) fn sources(value: &Value, present: &Present) -> Result<List, String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut references = Vec::new();
    let mut faults = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match reference(item) {
            Some(reference) => references.push(reference),
            None => faults.push(untitled(index, item)),
        }
    }
    let left_out = judged(references.len(), &faults, "it holds no sources")?;
    Ok(List {
        draft: references::draft(references, present),
        left_out,
    })
}

fn untitled(index: usize, item: &Value) -> String {
    let name = words(item, "id").map(|id| format!(" (`{id}`)"));
    format!(
        "item {}{} has no `title`",
        index + 1,
        name.unwrap_or_default()
    )
}

/// An item; `None` if it has no title.
fn reference(item: &Value) -> Option<Reference> {
    let authors = item.get("author").and_then(Value::as_array);
    Some(Reference {
        key: words(item, "id"),
        title: words(item, "title")?,
        publisher: words(item, "container-title").or_else(|| words(item, "publisher")),
        authors: authors.into_iter().flatten().filter_map(author).collect(),
        url: words(item, "URL"),
        archived: words(item, "archive_location"),
        published: item.get("issued").and_then(issued),
        accessed: item.get("accessed").and_then(issued),
        kind: words(item, "type").map(|kind| kind_of(&kind)),
    })
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
        let parts: Vec<String> = [
            part("given"),
            part("non-dropping-particle").or_else(|| part("dropping-particle")),
            part("family"),
            part("suffix"),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    })
}

/// A date in parts, or one written out in EDTF.
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

/// What a CSL type is called in nutgraf.
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
        let draft = sources(&json, &Present::default()).unwrap().draft;
        let yaml = super::super::super::draft::items(&[&draft.records[0]], 0);
        assert_eq!(
            yaml,
            "- id: poole2025\n  title: Bridge closes\n  publisher: The Paper\n  authors: [Ann Poole, Desk]\n  url: \"https://paper.example/b\"\n  published: 2025-01-28\n  type: news article\n"
        );
    }

    #[test]
    fn an_item_without_a_title_is_named_and_stops_no_other() {
        let json = serde_json::json!([{"title": "A", "type": "book"}, {"type": "book", "id": "b"}]);
        let list = sources(&json, &Present::default()).unwrap();
        assert_eq!(list.draft.records.len(), 1);
        assert_eq!(list.left_out, ["Not drafted: item 2 (`b`) has no `title`."]);
        let none = serde_json::json!([{"type": "book"}]);
        assert_eq!(
            sources(&none, &Present::default()).unwrap_err(),
            "item 1 has no `title`"
        );
    }
}
