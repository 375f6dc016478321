//! Which words of a record claim to be in a source, and what do they have to agree with?
//!
//! A quotation, the words of a number or a date as printed, and a passage that holds a record up are claims. What a
//! paraphrase says isn't: no program can tell whether it is fair.

use std::sync::Arc;

use super::agreement::Value;
use super::lock::{RecordKey, SourceKey};
use super::state::Claim;
use crate::model::{
    Anchor, Event, Figure, FigureValue, PartialDate, Reaction, RecordId, RecordKind, Records,
    Source, SourceRef, Term,
};

/// Words of a record that claim to be in one of its sources.
#[derive(Clone, Debug)]
pub struct RecordClaim<'r> {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Where the record stands.
    pub anchor: &'r Anchor,
    /// The field of the record.
    pub field: ClaimField<'r>,
    /// What tells the field apart from others of its kind in the record; mostly empty.
    detail: String,
    /// The words as written.
    pub words: &'r str,
    /// Who is said to have said them.
    pub speaker: Option<&'r str>,
    /// The sources that may have them; never empty.
    pub sources: Vec<&'r Arc<Source>>,
    /// What the words have to agree with.
    pub value: Option<Value<'r>>,
    /// Why they stand in spite of a doubt, in the writer's words.
    pub doubt: Option<&'r str>,
}

/// The field that holds the words of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimField<'r> {
    /// `quote:`.
    Quote,
    /// `as_printed:` of the record.
    AsPrinted,
    /// `as_printed:` of the point of a series that has this date.
    Point(&'r PartialDate),
    /// `passage:` of the source at this place in the record's list.
    Passage(usize),
}

impl RecordClaim<'_> {
    /// The key in `evidence.lock`.
    pub fn key(&self) -> RecordKey {
        let field = match self.field {
            ClaimField::Quote => "quote",
            ClaimField::AsPrinted | ClaimField::Point(_) => "as_printed",
            ClaimField::Passage(_) => "passage",
        };
        RecordKey {
            folder: folder(self.anchor),
            kind: self.kind.name().to_owned(),
            id: self.anchor.id.to_string(),
            field: format!("{field}{}", self.detail),
        }
    }

    /// The words as they are hashed for `evidence.lock`: with the speaker's whole name.
    pub(super) fn pinned(&self) -> Claim<'_> {
        self.said_by(self.speaker)
    }

    /// The words as they are looked for, with the part of the speaker's name that a source would use.
    pub(super) fn said_by<'c>(&'c self, speaker: Option<&'c str>) -> Claim<'c> {
        let words = self.words;
        match self.field {
            ClaimField::Quote => Claim::Quotation { words, speaker },
            ClaimField::AsPrinted | ClaimField::Point(_) => Claim::AsPrinted(words),
            ClaimField::Passage(_) => Claim::Passage(words),
        }
    }
}

/// The key of a source in `evidence.lock`.
pub fn source_key(source: &Source) -> SourceKey {
    SourceKey {
        folder: folder(&source.anchor),
        id: source.anchor.id.to_string(),
    }
}

/// A folder as `evidence.lock` names it: below `content`, which itself is `.`.
fn folder(anchor: &Anchor) -> String {
    match anchor.folder.split_once('/') {
        Some((_, below)) => below.to_owned(),
        None => ".".to_owned(),
    }
}

/// The claims of a page's records, kind by kind in their order there.
pub fn claims(records: &Records) -> Vec<RecordClaim<'_>> {
    let mut claims = Vec::new();
    claims.extend(records.events.iter().flat_map(|event| of_event(event)));
    claims.extend(records.figures.iter().flat_map(|figure| of_figure(figure)));
    let reactions = records.reactions.iter();
    claims.extend(reactions.flat_map(|reaction| of_reaction(reaction)));
    claims.extend(records.terms.iter().flat_map(|term| of_term(term)));
    claims
}

/// The claims of an event: its date as printed, its passages.
pub fn of_event(event: &Event) -> Vec<RecordClaim<'_>> {
    let record = Record::new(
        RecordKind::Event,
        &event.anchor,
        &event.sources,
        &event.doubt,
    );
    let value = Value::Date {
        date: &event.date,
        is_inferred: event.inferred.is_some(),
        is_expected: event.expected,
    };
    let printed = record.claim(ClaimField::AsPrinted, event.as_printed.as_deref());
    let printed = printed.map(|claim| RecordClaim {
        value: Some(value),
        ..claim
    });
    printed.into_iter().chain(record.passages()).collect()
}

/// The claims of a figure: its numbers as printed, its passages.
pub fn of_figure(figure: &Figure) -> Vec<RecordClaim<'_>> {
    let record = Record::new(
        RecordKind::Figure,
        &figure.anchor,
        &figure.sources,
        &figure.doubt,
    );
    let printed = record.claim(ClaimField::AsPrinted, figure.as_printed.as_deref());
    let value = match &figure.value {
        FigureValue::Single(quantity) | FigureValue::Derived(quantity, _) => {
            Some(Value::Number(quantity))
        }
        FigureValue::Series(_) => None,
    };
    let mut claims: Vec<RecordClaim<'_>> = printed
        .map(|claim| RecordClaim { value, ..claim })
        .into_iter()
        .collect();
    if let FigureValue::Series(points) = &figure.value {
        let dates: Vec<&str> = points.iter().map(|point| point.date.written()).collect();
        claims.extend(points.iter().enumerate().filter_map(|(index, point)| {
            let field = ClaimField::Point(&point.date);
            let claim = record.claim(field, point.as_printed.as_deref())?;
            Some(RecordClaim {
                value: Some(Value::Number(&point.quantity)),
                detail: format!("@{}", nth(&dates, index)),
                ..claim
            })
        }));
    }
    claims.extend(record.passages());
    claims
}

/// The claims of a reaction: its quotation, its date as printed, its passages.
pub fn of_reaction(reaction: &Reaction) -> Vec<RecordClaim<'_>> {
    let record = Record::new(
        RecordKind::Reaction,
        &reaction.anchor,
        &reaction.sources,
        &reaction.doubt,
    );
    let quote = record.claim(ClaimField::Quote, reaction.quote.as_deref());
    let quote = quote.map(|claim| RecordClaim {
        speaker: Some(&reaction.speaker.name),
        ..claim
    });
    let printed = record.claim(ClaimField::AsPrinted, reaction.as_printed.as_deref());
    let printed = printed.map(|claim| RecordClaim {
        value: reaction.date.as_ref().map(|date| Value::Date {
            date,
            is_inferred: reaction.inferred.is_some(),
            is_expected: false,
        }),
        ..claim
    });
    let claims = quote.into_iter().chain(printed);
    claims.chain(record.passages()).collect()
}

/// The claims of a term: its passages.
pub(super) fn of_term(term: &Term) -> Vec<RecordClaim<'_>> {
    Record::new(RecordKind::Term, &term.anchor, &term.sources, &term.doubt).passages()
}

/// A name, with its number if the same one stands before it: `newsweek`, `newsweek.2`.
fn nth(names: &[&str], index: usize) -> String {
    let name = names[index];
    match names[..index]
        .iter()
        .filter(|other| **other == name)
        .count()
    {
        0 => name.to_owned(),
        n_before => format!("{name}.{}", n_before + 1),
    }
}

/// What all claims of a record have in common.
struct Record<'r> {
    kind: RecordKind,
    anchor: &'r Anchor,
    sources: &'r [SourceRef],
    doubt: Option<&'r str>,
}

impl<'r> Record<'r> {
    fn new(
        kind: RecordKind,
        anchor: &'r Anchor,
        sources: &'r [SourceRef],
        doubt: &'r Option<String>,
    ) -> Self {
        Self {
            kind,
            anchor,
            sources,
            doubt: doubt.as_deref().filter(|words| !words.trim().is_empty()),
        }
    }

    /// A claim that any of the record's sources may hold up; `None` without words or without a source.
    fn claim(&self, field: ClaimField<'r>, words: Option<&'r str>) -> Option<RecordClaim<'r>> {
        let sources: Vec<_> = self.sources.iter().map(|named| &named.source).collect();
        self.made(field, words, sources)
    }

    fn passages(&self) -> Vec<RecordClaim<'r>> {
        let ids = self.sources.iter().map(|named| &named.source.anchor.id);
        let ids: Vec<&str> = ids.map(RecordId::as_str).collect();
        let sources = self.sources.iter().enumerate();
        let claims = sources.filter_map(|(index, named)| {
            let field = ClaimField::Passage(index);
            let claim = self.made(field, named.passage.as_deref(), vec![&named.source])?;
            let detail = match ids.len() {
                1 => String::new(),
                _ => format!("/{}", nth(&ids, index)),
            };
            Some(RecordClaim { detail, ..claim })
        });
        claims.collect()
    }

    fn made(
        &self,
        field: ClaimField<'r>,
        words: Option<&'r str>,
        sources: Vec<&'r Arc<Source>>,
    ) -> Option<RecordClaim<'r>> {
        let words = words.filter(|words| !words.trim().is_empty())?;
        if sources.is_empty() {
            return None;
        }
        Some(RecordClaim {
            kind: self.kind,
            anchor: self.anchor,
            field,
            detail: String::new(),
            words,
            speaker: None,
            sources,
            value: None,
            doubt: self.doubt,
        })
    }
}
