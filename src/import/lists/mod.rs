//! Records that somebody keeps in another form: timelines, tables, lists of sources.

mod csl;
mod hayagriva;
mod references;
mod table;
mod timelinejs;

use crate::model::{PartialDate, RecordKind};

use super::draft::{Draft, Ids, Present, Record};
use super::speakers::Confidence;

pub(super) use csl::sources;
pub(super) use hayagriva::{library, looks_like_library};
pub(super) use table::table;
pub(super) use timelinejs::timeline;

/// An event as another program has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    date: String,
    title: String,
    text: Option<String>,
    as_printed: Option<String>,
    inferred: Option<String>,
    expected: bool,
}

/// The events that aren't there yet, resting on one source with the list's own title.
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
        record.set_words("text", entry.text.as_deref());
        if entry.expected {
            record.set("expected", super::draft::Value::Yes);
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
    }
}

/// A date in parts as EDTF; `None` if it is none.
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

/// Words on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
