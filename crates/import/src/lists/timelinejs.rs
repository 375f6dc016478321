//! Timelines in the JSON format of TimelineJS 3.

use serde_json::Value;

use super::super::draft::Present;
use super::{
    Entry, List, date, draft, in_order, judged, media, plain_words, prose, stretch, with_media,
};

/// The events of a timeline; `name` is its title if it has none of its own. Groups become tags; eras are told in the form
/// in which a page has them.
///
/// # Errors
///
/// In a sentence that says which event can't be read and why.
pub(crate) fn timeline(value: &Value, name: &str, present: &Present) -> Result<List, String> {
    let events = value.get("events").and_then(Value::as_array);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    for (index, event) in events.into_iter().flatten().enumerate() {
        match entry(event) {
            Ok(entry) => entries.push(entry),
            Err(reason) => faults.push(format!("event {} of `events` {reason}", index + 1)),
        }
    }
    let eras = value.get("eras").and_then(Value::as_array);
    let mut periods = Vec::new();
    for (index, era) in eras.into_iter().flatten().enumerate() {
        match entry(era) {
            Ok(entry) => periods.push((entry.title, entry.date)),
            Err(reason) => faults.push(format!("era {} of `eras` {reason}", index + 1)),
        }
    }
    let said = judged(entries.len(), &faults, "the timeline holds no events")?;
    let has = |pointer: &str| {
        let title = value.get("title").into_iter();
        let slides = title.chain(events.into_iter().flatten());
        let found =
            slides.filter(|slide| slide.pointer(pointer).is_some_and(|part| !part.is_null()));
        found.count()
    };
    let kept = |event: &&Value| media_of(event).is_some();
    let n_kept = events.into_iter().flatten().filter(kept).count();
    let left_out: Vec<String> = [
        ("media", has("/media/url") - n_kept),
        ("backgrounds", has("/background")),
        ("dates in other words", has("/display_date")),
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
    list.draft.eras = periods;
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
    // A time of day belongs to a day; a stretch of time has none.
    let clock = event.get("start_date").and_then(time);
    let is_day = start.len() == "2024-05-03".len();
    let date = match clock {
        Some(clock) if is_day && (end.is_none() || end.as_ref() == Some(&start)) => {
            format!("{start}T{clock}")
        }
        _ => stretch(start, end),
    };
    let group = event.get("group").and_then(Value::as_str);
    let group = group.map(plain_words).transpose()?.flatten();
    Ok(Entry {
        date,
        tags: group.into_iter().collect(),
        title,
        text: with_media(text.map(prose).transpose()?.flatten(), media_of(event)),
        ..Entry::default()
    })
}

/// The media of an event, with the words below it and its credit.
fn media_of(event: &Value) -> Option<String> {
    let part = |name: &str| {
        let words = event.get("media")?.get(name)?.as_str()?;
        plain_words(words).ok()?
    };
    let url = event.pointer("/media/url")?.as_str()?;
    media(url, part("caption"), part("credit"))
}

/// A slide's headline without its HTML.
fn headline(slide: &Value) -> Result<Option<String>, String> {
    let words = slide.pointer("/text/headline").and_then(Value::as_str);
    words.map_or(Ok(None), plain_words)
}

/// The time of day from the parts of a date.
fn time(parts: &Value) -> Option<String> {
    let part = |name: &str| number(parts, name);
    let hour = part("hour").filter(|hour| (0..24).contains(hour))?;
    let minute = part("minute").filter(|minute| (0..60).contains(minute));
    Some(format!("{hour:02}:{:02}", minute.unwrap_or(0)))
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
    fn times_groups_media_and_eras_are_kept_and_the_rest_is_counted() {
        let json = serde_json::json!({
            "events": [
                {"start_date": {"year": 2024, "month": 5, "day": 3, "hour": 14, "minute": "5"}, "group": "Court",
                 "text": {"headline": "It opens"}, "media": {"url": "https://example.org/a.jpg"}, "display_date": "In May"},
            ],
            "eras": [{"start_date": {"year": 2023}, "end_date": {"year": 2025}, "text": {"headline": "The works"}}],
        });
        let list = timeline(&json, "a", &Present::default()).unwrap();
        let records: Vec<_> = list.draft.records.iter().collect();
        let yaml = super::super::super::draft::items(&records, 0);
        for words in [
            "  date: \"2024-05-03T14:05\"\n",
            "  tags: [Court]\n",
            "  text: \"[example.org](https://example.org/a.jpg)\"\n",
        ] {
            assert!(yaml.contains(words), "no {words} in {yaml}");
        }
        assert_eq!(
            list.left_out,
            ["Left out, since events have no field for it: dates in other words (1)."]
        );
        assert_eq!(
            list.draft.eras,
            [("The works".to_owned(), "2023/2025".to_owned())]
        );
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
