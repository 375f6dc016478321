//! Timelines in the JSON form of TimelineJS 3.

use serde_json::Value;

use super::super::draft::{Draft, Present};
use super::super::html;
use super::{Entry, date, draft, one_line, stretch};

/// The events of a timeline; `name` is its title if it has none itself.
///
/// # Errors
///
/// In a sentence that says which event can't be read, and why.
pub(in crate::import) fn timeline(
    value: &Value,
    name: &str,
    present: &Present,
) -> Result<Draft, String> {
    let events = value.get("events").and_then(Value::as_array);
    let mut entries = Vec::new();
    for (index, event) in events.into_iter().flatten().enumerate() {
        let entry =
            entry(event).map_err(|reason| format!("event {} of `events` {reason}", index + 1))?;
        entries.push(entry);
    }
    let title = value
        .get("title")
        .and_then(|title| headline(title).transpose())
        .transpose()?
        .unwrap_or_else(|| name.to_owned());
    Ok(draft(&title, entries, present))
}

fn entry(event: &Value) -> Result<Entry, String> {
    let start = event.get("start_date").and_then(moment);
    let start = start.ok_or("has no `start_date` that can be read; expected at least a `year`")?;
    let end = match event.get("end_date") {
        Some(end) if !end.is_null() => {
            Some(moment(end).ok_or("has an `end_date` that can't be read")?)
        }
        Some(_) | None => None,
    };
    let title = headline(event)?.ok_or("has no headline; expected `text: {headline: …}`")?;
    let text = event.pointer("/text/text").and_then(Value::as_str);
    let text = text.map(html::markdown).transpose()?;
    Ok(Entry {
        date: stretch(start, end),
        title,
        text: text
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty()),
        ..Entry::default()
    })
}

/// A slide's headline without its HTML.
fn headline(slide: &Value) -> Result<Option<String>, String> {
    let Some(html) = slide.pointer("/text/headline").and_then(Value::as_str) else {
        return Ok(None);
    };
    let words = if html.contains(['<', '&']) {
        html::markdown(html)?.replace(['*', '_', '\\'], "")
    } else {
        html.to_owned()
    };
    let words = one_line(&words);
    Ok((!words.is_empty()).then_some(words))
}

/// A date in the parts of TimelineJS, which are numbers or texts.
fn moment(parts: &Value) -> Option<String> {
    let part = |name: &str| {
        let value = parts.get(name)?;
        value
            .as_i64()
            .or_else(|| value.as_str()?.trim().parse().ok())
    };
    date(part("year")?, part("month"), part("day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_becomes_events_of_one_source() {
        let json = serde_json::json!({
            "title": {"text": {"headline": "The <b>bridge</b>"}},
            "events": [
                {"start_date": {"year": "2024", "month": "5"}, "text": {"headline": "It opens", "text": "<p>At <em>last</em>.</p>"}},
                {"start_date": {"year": 2025, "month": 1, "day": 2}, "end_date": {"year": 2025, "month": 1, "day": 4}, "text": {"headline": "It closes"}},
            ],
        });
        let draft = timeline(&json, "events.json", &Present::default()).unwrap();
        let yaml = super::super::super::draft::items(&draft.records.iter().collect::<Vec<_>>(), 0);
        let expected = "- id: the-bridge\n  title: The bridge\n- id: it-opens\n  date: 2024-05\n  title: It opens\n  text: \"At *last*.\"\n  source: the-bridge\n  confidence: high\n  review: true\n- id: it-closes\n  date: 2025-01-02/2025-01-04\n  title: It closes\n  source: the-bridge\n  confidence: high\n  review: true\n";
        assert_eq!(yaml, expected);
    }

    #[test]
    fn an_event_without_a_date_is_named() {
        let json = serde_json::json!({"events": [{"text": {"headline": "It opens"}}]});
        let error = timeline(&json, "a", &Present::default()).unwrap_err();
        assert!(
            error.starts_with("event 1 of `events` has no `start_date`"),
            "{error}"
        );
    }
}
