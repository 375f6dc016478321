//! Records that somebody keeps in another format: timelines, tables, lists of sources.

mod bibtex;
mod calendar;
mod csl;
mod days;
mod exports;
mod hayagriva;
mod markwhen;
mod quantities;
mod references;
mod ris;
mod table;
mod timelinejs;

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::model::{PartialDate, RecordKind};

use super::draft::{Draft, Ids, Present, Record, Value, in_line};
use super::html;
use super::speakers::Confidence;

pub(super) use bibtex::{bibliography, looks_like_bibtex};
pub(super) use calendar::{calendar, looks_like_calendar};
pub(super) use csl::sources;
pub(super) use exports::{exports, looks_like_ours};
pub(super) use hayagriva::{library, looks_like_library};
pub(super) use markwhen::markwhen;
pub(super) use ris::{looks_like_ris, tagged};
pub(super) use table::table;
pub(super) use timelinejs::timeline;

/// How many unreadable places are named; somebody with more of them has another problem.
const MOST: usize = 20;

/// The records from a list, and what it contains that they have no room for, one sentence for each kind of thing.
#[derive(Debug)]
pub(super) struct List {
    pub(super) draft: Draft,
    pub(super) left_out: Vec<String>,
}

impl From<Draft> for List {
    fn from(draft: Draft) -> Self {
        Self {
            draft,
            left_out: Vec::new(),
        }
    }
}

/// An event from another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    date: String,
    /// The time of day, which is used only for ordering.
    time: Option<String>,
    title: String,
    place: Option<String>,
    text: Option<String>,
    as_printed: Option<String>,
    inferred: Option<String>,
    expected: bool,
    /// Words to choose events by.
    tags: Vec<String>,
}

/// The events that are new to the explainer, citing one source with the list's own title.
fn draft(title: &str, entries: Vec<Entry>, present: &Present) -> Draft {
    let mut ids = Ids::new(present.ids.clone());
    let mut records = Vec::new();
    let known = present.sources.iter().find(|source| source.title == title);
    let source = match known {
        Some(known) => known.id.clone(),
        None => {
            let id = ids.take(title);
            let mut record = Record::new(RecordKind::Source, id.clone());
            record.set_words("title", Some(title));
            records.push(record);
            id
        }
    };
    let n_before = records.len();
    for entry in entries {
        if present.has_event(&entry.date, &entry.title) {
            continue;
        }
        let mut record = Record::new(RecordKind::Event, ids.take(&entry.title));
        record.set_plain("date", Some(entry.date.clone()));
        record.set_words("as_printed", entry.as_printed.as_deref());
        record.set_words("inferred", entry.inferred.as_deref());
        record.set_words("title", Some(&entry.title));
        record.set_words("place", entry.place.as_deref());
        record.set_words("text", entry.text.as_deref());
        if entry.expected {
            record.set("expected", Value::Yes);
        }
        if !entry.tags.is_empty() {
            let tags = entry.tags.iter().cloned().map(Value::Words);
            record.set("tags", Value::List(tags.collect()));
        }
        if let Some(id) = present.event_like(&entry.date, &entry.title) {
            record.set_words("notes", Some(&format!("This may be the same as `{id}`.")));
        }
        record.rest_on(&source, None, Confidence::High);
        records.push(record);
    }
    if records.len() == n_before {
        records.clear();
    }
    Draft {
        title: Some(title.to_owned()),
        headings: Vec::new(),
        source,
        records,
        eras: Vec::new(),
    }
}

/// Sorts entries of the same day by time; all others keep their places.
fn in_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    let clock = |entry: &Entry| {
        let time = entry.time.as_deref().unwrap_or_default();
        let (hours, rest) = time.split_once(':').unwrap_or((time, ""));
        // A time without a leading zero, as in `9:15`.
        (
            hours.trim().parse::<u8>().unwrap_or(u8::MAX),
            rest.to_owned(),
        )
    };
    let day = |entry: &Entry| entry.date.split('T').next().map(str::to_owned);
    let mut from = 0;
    while from < entries.len() {
        let first = day(&entries[from]);
        let n = entries[from..]
            .iter()
            .take_while(|entry| day(entry) == first)
            .count();
        entries[from..from + n].sort_by_key(clock);
        from += n;
    }
    entries
}

/// Words that may contain HTML, without its tags, on one line; `None` if there are none.
fn plain_words(html: &str) -> Result<Option<String>, String> {
    let words = if html.contains(['<', '&']) {
        html::markdown(html)?.replace(['*', '_', '\\'], "")
    } else {
        html.to_owned()
    };
    let words = one_line(&words);
    Ok((!words.is_empty()).then_some(words))
}

/// Prose that may contain HTML, as Markdown; `None` if there is none.
fn prose(html: &str) -> Result<Option<String>, String> {
    let text = if html.contains(['<', '&']) {
        html::markdown(html)?
    } else {
        html.to_owned()
    };
    let text = text.trim().to_owned();
    Ok((!text.is_empty()).then_some(text))
}

/// What to say about items that can't be read: nothing if there are none, a sentence if others can be read.
///
/// # Errors
///
/// With `empty` or with all faults, if nothing can be read.
fn judged(n_read: usize, faults: &[String], empty: &str) -> Result<Vec<String>, String> {
    match (n_read, faults) {
        (0, []) => Err(empty.to_owned()),
        (0, faults) => Err(listed(faults)),
        (_, []) => Ok(Vec::new()),
        (_, faults) => Ok(vec![format!("Not drafted: {}.", listed(faults))]),
    }
}

/// What events have no field for, with how often it was there; `None` if there is nothing.
fn without_field<K: Display>(left_out: &BTreeMap<K, usize>) -> Option<String> {
    let parts = left_out.iter().map(|(what, n)| format!("{what} ({n})"));
    let parts: Vec<String> = parts.collect();
    let parts = parts.join(", ");
    (!parts.is_empty()).then(|| format!("Left out, since events have no field for it: {parts}."))
}

/// Faults, one per line; only the first ones if there are many.
fn listed(faults: &[String]) -> String {
    let [one] = faults else {
        let mut lines: Vec<String> = vec![format!("{} places can't be read", faults.len())];
        lines.extend(faults.iter().take(MOST).cloned());
        if faults.len() > MOST {
            lines.push(format!("and {} more", faults.len() - MOST));
        }
        return lines.join("\n  ");
    };
    one.clone()
}

/// The day that some words give, if they give a whole one.
pub(super) fn day(words: &str) -> Option<crate::model::Day> {
    let read = days::read(words, None).ok()?;
    // Some give the time, too.
    read.edtf.split('T').next()?.parse().ok()
}

/// A date in parts as EDTF; `None` if it doesn't exist.
fn date(year: i64, month: Option<i64>, day: Option<i64>) -> Option<String> {
    let written = match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    };
    written.parse::<PartialDate>().ok().map(|_| written)
}

/// A start and an end as EDTF.
fn stretch(start: String, end: Option<String>) -> String {
    match end {
        Some(end) if end != start => format!("{start}/{end}"),
        Some(_) | None => start,
    }
}

/// What to say of eras for which there is no page that could take them, in the form to write them in.
pub(super) fn eras_of_page(eras: &[(String, String)]) -> String {
    let (are, them) = match eras.len() {
        1 => ("1 era was not added".to_owned(), "it"),
        n => (format!("{n} eras were not added"), "them"),
    };
    let rows = eras.iter().map(|(title, date)| {
        vec![
            ("title", Value::Words(title.clone())),
            ("date", Value::Plain(date.clone())),
        ]
    });
    let rows = in_line(&Value::Rows(rows.collect()), true);
    format!("{are}. Write {them} on the page of the timeline: `eras: {rows}`.")
}

/// A picture, sound or film of an event, as a paragraph that leads to it; `None` if it has no address.
fn media(url: &str, caption: Option<String>, credit: Option<String>) -> Option<String> {
    let url = url.trim();
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    if !is_address || url.contains(|c: char| c.is_whitespace() || "<>()\"".contains(c)) {
        return None;
    }
    let host = url.split('/').nth(2).unwrap_or(url);
    let words = caption.unwrap_or_else(|| host.to_owned());
    let words = words.replace(['[', ']', '\\'], "");
    let credit = credit.map(|credit| format!(" ({credit})"));
    Some(format!("[{words}]({url}){}", credit.unwrap_or_default()))
}

/// The text of an event with its media behind it.
fn with_media(text: Option<String>, media: Option<String>) -> Option<String> {
    let parts: Vec<String> = text.into_iter().chain(media).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Words on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
