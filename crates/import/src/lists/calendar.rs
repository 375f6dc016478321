//! Events of a calendar (iCalendar, RFC 5545).

use std::collections::BTreeMap;

use super::super::draft::Present;
use super::{Entry, List, draft, in_order, judged, one_line, stretch, without_field};
use crate::model::Day;

/// What an event of a calendar has that ours have no field for, or that says nothing of it.
const TECHNICAL: [&str; 14] = [
    "BEGIN",
    "CLASS",
    "CREATED",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "END",
    "LAST-MODIFIED",
    "PRIORITY",
    "SEQUENCE",
    "STATUS",
    "TRANSP",
    "UID",
    "URL",
];

/// Whether a text is a calendar.
pub(crate) fn looks_like_calendar(text: &str) -> bool {
    text.trim_start().starts_with("BEGIN:VCALENDAR")
}

/// The events of a calendar; `name` is what its source is called if it has no name itself.
///
/// # Errors
///
/// In a sentence that says which events can't be read, and why.
pub(crate) fn calendar(text: &str, name: &str, present: &Present) -> Result<List, String> {
    let unfolded = text
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let is_ours = unfolded.contains("PRODID:-//nutgraf//");
    let mut title = name.to_owned();
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut event: Option<Fields> = None;
    for (number, line) in unfolded.lines().enumerate() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let key = key.split(';').next().unwrap_or_default().to_uppercase();
        match (key.as_str(), value, &mut event) {
            ("BEGIN", "VEVENT", _) => event = Some(Fields::default()),
            ("END", "VEVENT", Some(fields)) => {
                match entry(fields, is_ours) {
                    Ok(entry) => entries.push(entry),
                    Err(reason) => faults.push(format!(
                        "the event that ends in line {}: {reason}",
                        number + 1
                    )),
                }
                event = None;
            }
            ("X-WR-CALNAME", name, None) => title = said(name),
            (key, value, Some(fields)) => {
                let is_read = matches!(key, "SUMMARY" | "DESCRIPTION" | "LOCATION")
                    || TECHNICAL.contains(&key);
                if !is_read {
                    *left_out.entry(key.to_owned()).or_default() += 1;
                }
                fields.insert(key.to_owned(), value.to_owned());
            }
            _ => {}
        }
    }
    let mut said = judged(entries.len(), &faults, "the calendar holds no events")?;
    said.extend(without_field(&left_out));
    Ok(List {
        draft: draft(&title, in_order(entries), present),
        left_out: said,
    })
}

type Fields = BTreeMap<String, String>;

fn entry(fields: &Fields, is_expected: bool) -> Result<Entry, String> {
    let text = |key: &str| {
        fields
            .get(key)
            .map(|text| said(text))
            .filter(|text| !text.is_empty())
    };
    let start = fields.get("DTSTART").ok_or("it has no DTSTART")?;
    let (from, time) = moment(start).ok_or_else(|| format!("`{start}` is no date"))?;
    let end = fields.get("DTEND").and_then(|end| moment(end));
    // The end of whole days is the day after.
    let end = end.and_then(|(day, end_time)| match (time.is_some(), end_time) {
        (true, _) => Some(day),
        (false, _) => day.yesterday().ok(),
    });
    let end = end.filter(|day| *day > from).map(|day| day.to_string());
    Ok(Entry {
        date: stretch(from.to_string(), end),
        time,
        title: one_line(&text("SUMMARY").ok_or("it has no SUMMARY")?),
        text: text("DESCRIPTION"),
        place: text("LOCATION").map(|place| one_line(&place)),
        expected: is_expected,
        ..Entry::default()
    })
}

/// `20240301`, `20240301T093000Z`.
fn moment(text: &str) -> Option<(Day, Option<String>)> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let part = |from: usize, to: usize| day.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let time = time.and_then(|time| Some(format!("{}:{}", time.get(0..2)?, time.get(2..4)?)));
    Some((day.parse().ok()?, time))
}

/// A text without its escapes.
fn said(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => said.push('\n'),
                Some(other) => said.push(other),
                None => {}
            },
            c => said.push(c),
        }
    }
    said.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_gives_its_events_and_names_the_rest() {
        let text = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Harbor\r\nBEGIN:VEVENT\r\nSUMMARY:The council\\, agai\r\n n\r\nDTSTART;VALUE=DATE:20240301\r\nDTEND;VALUE=DATE:20240303\r\nLOCATION:Town hall\r\nORGANIZER:mailto:a@b.example\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Nothing\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert!(looks_like_calendar(text));
        let list = calendar(text, "c", &Present::default()).unwrap();
        let event = list.draft.records.last().unwrap();
        assert_eq!(event.text_of("title"), Some("The council, again"));
        assert_eq!(event.text_of("date"), Some("2024-03-01/2024-03-02"));
        assert_eq!(event.text_of("place"), Some("Town hall"));
        assert!(
            list.left_out[0].contains("it has no DTSTART"),
            "{:?}",
            list.left_out
        );
        assert!(
            list.left_out[1].contains("ORGANIZER (1)"),
            "{:?}",
            list.left_out
        );
    }
}
