//! Turns quotations into records.

use std::collections::HashSet;

use crate::model::RecordKind;

use super::super::dates::DateMention;
use super::super::reading::Reading;
use super::super::speakers::Quotation;
use super::DraftContext;
use super::people::People;
use super::present::plain_words;
use super::record::{Record, Value};

/// How many words of a quotation go into its id, after the speaker's name.
const WORDS_IN_ID: usize = 4;

/// The quotations, in the order of the article. `language` is the language they are in, if that isn't the site's.
pub(super) fn reactions(
    context: &mut DraftContext<'_>,
    people: &mut People,
    language: Option<&str>,
) -> Vec<Record> {
    let reading = context.reading;
    let mut said: HashSet<Vec<String>> = HashSet::new();
    let mut records = Vec::new();
    for quotation in &reading.quotations {
        let quote = quote(reading, quotation);
        // A pull quote repeats words that are already there.
        if quote.is_empty() || !said.insert(plain_words(&quote)) {
            continue;
        }
        records.push(reaction(context, people, quotation, &quote, language));
    }
    records
}

fn reaction(
    context: &mut DraftContext<'_>,
    people: &mut People,
    quotation: &Quotation,
    quote: &str,
    language: Option<&str>,
) -> Record {
    let reading = context.reading;
    let speaker = quotation
        .speaker
        .as_ref()
        .map(|speaker| people.id_of(context, speaker, quotation.confidence));
    let first: Vec<&str> = quote.split_whitespace().take(WORDS_IN_ID).collect();
    let first = first.join(" ");
    let words = match &speaker {
        Some(speaker) => format!("{} {first}", speaker.rsplit('-').next().unwrap_or_default()),
        None => first,
    };
    let mut record = Record::new(RecordKind::Reaction, context.ids.take(&words));
    let is_named = speaker.is_some();
    record.set("speaker", speaker.map_or(Value::Empty, Value::Plain));
    record.set_words("quote", Some(quote));
    if let Some(mention) = said_on(reading, quotation) {
        let date = mention.date.as_ref();
        record.set_plain("date", date.map(|date| date.written().to_owned()));
        record.set_words("as_printed", Some(reading.article.slice(&mention.span)));
        record.set_words("inferred", mention.inferred.as_deref());
    }
    record.set_words("language", language);
    let mut notes = Vec::new();
    if !is_named {
        notes.push(context.note("no_speaker", &[]));
    }
    if let Some(id) = context.present.quotation_like(quote) {
        notes.push(context.note("double", &[("id", id)]));
    }
    record.set_words("notes", Some(&notes.join(" ")));
    let source = context.source.clone();
    record.rest_on(&source, None, quotation.confidence);
    record
}

/// The words between the marks, one line per paragraph, without a comma that belongs to the surrounding sentence.
fn quote(reading: &Reading, quotation: &Quotation) -> String {
    let article = &reading.article;
    let parts: Vec<&str> = quotation
        .quoted
        .parts
        .iter()
        .map(|part| article.words(part))
        .filter(|part| !part.is_empty())
        .collect();
    let quote = parts.join("\n");
    quote.trim_end_matches([',', ' ']).to_owned()
}

/// The date beside a quotation in its own sentence: the only one outside its marks.
pub(super) fn said_on<'a>(reading: &'a Reading, quotation: &Quotation) -> Option<&'a DateMention> {
    let article = &reading.article;
    let quoted = &quotation.quoted.tokens;
    let first = article.sentence_at(quoted.start);
    let last = article.sentence_at(quoted.end);
    let paragraph = article.paragraph_at(quotation.quoted.span.end.saturating_sub(1));
    let start = article.sentences[first].tokens.start;
    let end = article.sentences[last]
        .tokens
        .end
        .min(article.paragraphs[paragraph].tokens.end);
    let inside = |mention: &DateMention| {
        reading
            .quotations
            .iter()
            .any(|other| other.quoted.tokens.contains(&mention.tokens.start))
    };
    let from = reading
        .dates
        .partition_point(|mention| mention.tokens.start < start);
    let mut beside = reading.dates[from..]
        .iter()
        .take_while(|mention| mention.tokens.start < end)
        .filter(|mention| mention.date.is_some() && !mention.weak && !inside(mention));
    let only = beside.next()?;
    beside.next().is_none().then_some(only)
}
