//! A second article on the same: what agrees gains a source, and what differs becomes an account.
//!
//! ```text
//! drafted records + known records --alike--> pairs --differ--> amendments of the known ones
//!                                                  \--> the rest stay records of their own
//! ```
//!
//! Two records are taken for one only where their words say so, since a difference that isn't there does more harm than
//! one that an editor has to find: whatever is joined waits for review.

mod alike;
mod amend;
mod copies;
mod known;

use crate::model::RecordKind;
use crate::project::SourcePath;

use super::draft::{Draft, Record, Value};
use super::language::Language;
use alike::{Words, numbers};
use copies::Copies;

pub(super) use amend::amended;
pub(super) use known::{Known, KnownSource};

/// What is added to a record that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amendment {
    /// The page that holds it.
    pub(super) path: SourcePath,
    /// Its kind.
    pub(super) kind: RecordKind,
    /// Its place among those of its kind on the page.
    pub(super) index: usize,
    /// Its id.
    pub(super) id: String,
    /// What is added.
    pub(super) adds: Adds,
}

/// What is added to a record: a source, or an account with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Adds {
    /// Another source that says the same.
    Source(KnownSource),
    /// What another source says instead.
    Account(KnownSource, Vec<(&'static str, Value)>),
}

/// A text that is there already.
#[derive(Clone, Debug)]
pub(super) struct KnownText {
    /// The id of its source.
    pub(super) source: String,
    /// Its words.
    pub(super) text: String,
}

/// Takes out of a draft what is known already, and says what that adds to what is known. Every amendment comes with the
/// drafted record, which stays one of its own if it can't be made.
pub(super) fn join(
    draft: &mut Draft,
    text: &str,
    known: &[Known],
    texts: &[KnownText],
    language: &Language,
) -> Vec<(Amendment, Record)> {
    let copies = Copies::of(text, texts);
    let words = Words { language };
    let source = draft.source.clone();
    let mut taken = vec![false; known.len()];
    let mut joined: Vec<(usize, Amendment, Record)> = Vec::new();
    let records = std::mem::take(&mut draft.records);
    // What agrees is found first: what differs from that is another thing.
    let mut rest: Vec<(usize, Record)> = Vec::new();
    for (place, record) in records.into_iter().enumerate() {
        let found = known.iter().zip(&taken).position(|(known, taken)| {
            !taken && known.kind == record.kind && agrees(&words, &record, known)
        });
        match found.filter(|at| !known[*at].rests_on(&source)) {
            Some(at) => {
                taken[at] = true;
                let adds = Adds::Source(reference(&source, &record, &known[at], &copies));
                joined.push((place, known[at].amendment(adds), record));
            }
            None => rest.push((place, record)),
        }
    }
    let others: Vec<Record> = rest.iter().map(|(_, record)| record.clone()).collect();
    let mut kept: Vec<(usize, Record)> = Vec::new();
    for (place, record) in rest {
        let candidates = known.iter().enumerate().filter(|(at, known)| {
            !taken[*at] && known.kind == record.kind && !known.rests_on(&source)
        });
        let best = candidates
            .filter_map(|(at, known)| Some((at, difference(&words, &record, known, &others)?)))
            .max_by_key(|(_, (score, _))| *score);
        match best {
            Some((at, (_, says))) => {
                taken[at] = true;
                let adds = Adds::Account(reference(&source, &record, &known[at], &copies), says);
                joined.push((place, known[at].amendment(adds), record));
            }
            None => kept.push((place, record)),
        }
    }
    draft.records = kept.into_iter().map(|(_, record)| record).collect();
    joined.sort_by_key(|(place, ..)| *place);
    joined
        .into_iter()
        .map(|(_, amendment, record)| (amendment, record))
        .collect()
}

/// The new source as the record names it, with its own words.
fn reference(source: &str, record: &Record, known: &Known, copies: &Copies) -> KnownSource {
    let passage = record.passage();
    let words = passage.or_else(|| record.text_of("quote"));
    let originals = known.sources.iter().map(|known| known.id.as_str());
    let copy_of = words.and_then(|words| copies.original(words, originals));
    KnownSource {
        id: source.to_owned(),
        passage: passage.map(str::to_owned),
        copy_of,
    }
}

/// Whether a drafted record says what a known one does.
fn agrees(words: &Words<'_>, record: &Record, known: &Known) -> bool {
    match record.kind {
        RecordKind::Event => {
            let title = record.text_of("title").unwrap_or_default();
            record.text_of("date") == Some(&known.date)
                && words.alike(title, &known.title) >= 50
                && words.shared(title, &known.title) >= 2
                && !conflict(&numbers(title), &numbers(&known.title))
        }
        RecordKind::Figure => {
            let is_same = record.text_of("value") == Some(&known.value)
                && record.text_of("to").unwrap_or_default() == known.to
                && is_one_unit(record.text_of("unit").unwrap_or_default(), &known.unit)
                && !known.value.is_empty();
            let date = record.text_of("date").unwrap_or_default();
            let is_other_day = !date.is_empty() && !known.date.is_empty() && date != known.date;
            is_same && !is_other_day && words.of_figures(record, known) >= 34
        }
        RecordKind::Reaction => {
            let quote = record.text_of("quote").unwrap_or_default();
            is_one_speaker(record, known) && alike::holds(quote, &known.quote)
        }
        _ => false,
    }
}

fn is_one_speaker(record: &Record, known: &Known) -> bool {
    let speaker = record.text_of("speaker").unwrap_or_default();
    speaker == known.speaker || speaker.is_empty() || known.speaker.is_empty()
}

/// How a drafted record differs from a known one that tells the same, and how sure it is that it does; `None` if it is
/// another thing. `others` are the drafted records that agree with nothing.
fn difference(
    words: &Words<'_>,
    record: &Record,
    known: &Known,
    others: &[Record],
) -> Option<(usize, Vec<(&'static str, Value)>)> {
    match record.kind {
        RecordKind::Event => event(words, record, known, others),
        RecordKind::Figure => figure(words, record, known, others),
        RecordKind::Reaction => {
            let quote = record.text_of("quote")?;
            let score = alike::in_order(quote, &known.quote);
            // People say much in the same turns: what they speak of has to be the same, too.
            let is_of_one =
                words.alike(quote, &known.quote) >= 60 && words.shared(quote, &known.quote) >= 2;
            let is_like = is_one_speaker(record, known) && is_of_one && score >= 55;
            is_like.then(|| (score, taken(record, &["quote"])))
        }
        _ => None,
    }
}

fn event(
    words: &Words<'_>,
    record: &Record,
    known: &Known,
    others: &[Record],
) -> Option<(usize, Vec<(&'static str, Value)>)> {
    let title = record.text_of("title")?;
    let date = record.text_of("date")?;
    let score = words.alike(title, &known.title);
    let n_shared = words.shared(title, &known.title);
    let is_counted_otherwise = conflict(&numbers(title), &numbers(&known.title));
    if date == known.date {
        let is_like = score >= 50 && n_shared >= 2 && is_counted_otherwise;
        return is_like.then(|| (score, taken(record, &["title"])));
    }
    // What happened again on another day isn't told differently.
    let is_like = score >= 75 && n_shared >= 3 && !is_counted_otherwise;
    let same_length = date.len() == known.date.len();
    let has_both = others.iter().any(|other| {
        other.kind == RecordKind::Event
            && other.id != record.id
            && words.alike(other.text_of("title").unwrap_or_default(), &known.title) >= 50
            && words.shared(other.text_of("title").unwrap_or_default(), &known.title) >= 2
    });
    let is_near = alike::is_near(date, &known.date);
    (is_like && same_length && is_near && !has_both)
        .then(|| (score, taken(record, &["date", "as_printed", "inferred"])))
}

fn figure(
    words: &Words<'_>,
    record: &Record,
    known: &Known,
    others: &[Record],
) -> Option<(usize, Vec<(&'static str, Value)>)> {
    let value = record
        .text_of("value")
        .filter(|_| !known.value.is_empty())?;
    let unit = record.text_of("unit").unwrap_or_default();
    let date = record.text_of("date").unwrap_or_default();
    let is_other_day = !date.is_empty() && !known.date.is_empty() && date != known.date;
    if value == known.value || is_other_day || !is_one_unit(unit, &known.unit) {
        return None;
    }
    // Who prints both numbers counts two things.
    let has_both = others.iter().any(|other| {
        other.kind == RecordKind::Figure && other.text_of("value") == Some(&known.value)
    });
    let score = words.of_figures(record, known);
    let is_like = score >= 60 && alike::is_of_one_size(value, &known.value) && !has_both;
    let says = ["value", "to", "qualifier", "as_printed"];
    // Of two numbers in one sentence, the nearer is meant.
    let score = score * 100 + alike::nearness(value, &known.value);
    is_like.then(|| (score, taken(record, &says)))
}

/// Whether two sets of numbers can't both be of one thing: each has one that the other lacks.
fn conflict(a: &[String], b: &[String]) -> bool {
    a.iter().any(|number| !b.contains(number)) && b.iter().any(|number| !a.contains(number))
}

fn is_one_unit(a: &str, b: &str) -> bool {
    let stem = |unit: &str| unit.trim().to_lowercase().trim_end_matches('s').to_owned();
    stem(a) == stem(b)
}

/// Some of a record's fields.
fn taken(record: &Record, names: &[&str]) -> Vec<(&'static str, Value)> {
    let fields = record.fields.iter();
    fields
        .filter(|(name, _)| names.contains(name))
        .cloned()
        .collect()
}
