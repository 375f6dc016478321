//! Timelines in the JSON format of TimelineJS 3.

use serde_json::Value;

use super::super::draft::Present;
use super::{Entry, List, date, draft, in_order, judged, plain_words, prose, stretch};

/// The events of a timeline; `name` is its title if it has none of its own.
///
/// # Errors
///
/// In a sentence that says which event can't be read and why.
pub(crate) fn timeline(value: &Value, name: &str, present: &Present) -> Result<List, String> {
    let events = value.get("events").and_then(Value::as_array);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    let mut n_times = 0;
    let mut n_pictures = 0;
    for (index, event) in events.into_iter().flatten().enumerate() {
        n_pictures += usize::from(event.pointer("/media/url").is_some());
        match entry(event) {
            Ok(entry) => {
                n_times += usize::from(entry.time.is_some());
                entries.push(entry);
            }
            Err(reason) => faults.push(format!("event {} of `events` {reason}", index + 1)),
        }
    }
    let said = judged(entries.len(), &faults, "the timeline holds no events")?;
    let n_eras = value
        .get("eras")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let left_out: Vec<String> = [
        ("times of day", n_times),
        ("media", n_pictures),
        ("eras", n_eras),
    ]
    .iter()
    .filter(|(_, n)| *n > 0)
    .map(|(what, n)| format!("{what} ({n})"))
    .collect();
    let title = value
        .get("title")
        .and_then(|title| headline(title).transpose())
        .transpose()?
        .unwrap_or_else(|| name.to_owned());
    let mut list = List::from(draft(&title, in_order(entries), present));
    list.left_out = said;
    if !left_out.is_empty() {
        let left_out = left_out.join(", ");
        list.left_out.push(format!(
            "Left out, since events have no field for it: {left_out}."
        ));
    }
    Ok(list)
}

fn entry(event: &Value) -> Result<Entry, String> {
    let start = event
        .get("start_date")
        .and_then(moment)
        .ok_or("has no `start_date` that can be read; expected at least a `year`")?;
    let end = match event.get("end_date") {
        Some(end) if !end.is_null() => {
            Some(moment(end).ok_or("has an `end_date` that can't be read")?)
        }
        Some(_) | None => None,
    };
    let title = headline(event)?.ok_or("has no headline; expected `text: {headline: …}`")?;
    let text = event.pointer("/text/text").and_then(Value::as_str);
    let time = event.get("start_date").and_then(time);
    Ok(Entry {
        date: stretch(start, end),
        time,
        title,
        text: text.map(prose).transpose()?.flatten(),
        ..Entry::default()
    })
}

/// A slide's headline without its HTML.
fn headline(slide: &Value) -> Result<Option<String>, String> {
    let words = slide.pointer("/text/headline").and_then(Value::as_str);
    words.map_or(Ok(None), plain_words)
}

/// The time of day from the parts of a date.
fn time(parts: &Value) -> Option<String> {
    let part = |name: &str| number(parts, name);
    let hour = part("hour")?;
    Some(format!("{hour:02}:{:02}", part("minute").unwrap_or(0)))
}

/// A date from the parts that TimelineJS uses, which are numbers or strings.
fn moment(parts: &Value) -> Option<String> {
    let part = |name: &str| number(parts, name);
    date(part("year")?, part("month"), part("day"))
}

fn number(parts: &Value, name: &str) -> Option<i64> {
    let value = parts.get(name)?;
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
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
        let draft = timeline(&json, "events.json", &Present::default())
            .unwrap()
            .draft;
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
