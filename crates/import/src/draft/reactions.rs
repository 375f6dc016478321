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

/// How many words a quotation has at least.
const FEWEST_WORDS: usize = 3;
/// How many words of a quotation go into its id, after the speaker's name.
const WORDS_IN_ID: usize = 4;

/// The quotations, in the order of the article. `language` is theirs, if it isn't the site's. What somebody says around
/// the words that tell who speaks is one quotation.
pub(super) fn reactions(
    context: &mut DraftContext<'_>,
    people: &mut People,
    language: Option<&str>,
) -> Vec<Record> {
    let reading = context.reading;
    let mut said: HashSet<Vec<String>> = HashSet::new();
    let mut records = Vec::new();
    let quotations = &reading.quotations;
    let mut at = 0;
    while at < quotations.len() {
        let mut end = at + 1;
        while end < quotations.len() && is_broken(reading, &quotations[end - 1], &quotations[end]) {
            end += 1;
        }
        let parts = &quotations[at..end];
        at = end;
        let quote = quote(reading, parts);
        // A word or two is a term, and nothing that `verify` could find for certain.
        let is_short = plain_words(&quote).len() < FEWEST_WORDS;
        // What a pull quote prints once more is there already.
        if is_short || names_a_work(reading, &parts[0]) || !said.insert(plain_words(&quote)) {
            continue;
        }
        records.push(reaction(context, people, &parts[0], &quote, language));
    }
    records
}

/// Whether a quotation goes on in the next one, behind the words that tell who speaks: `“A,” she said, “B.”`
fn is_broken(reading: &Reading, first: &Quotation, next: &Quotation) -> bool {
    /// How many tokens tell who speaks.
    const LONGEST: usize = 16;
    let article = &reading.article;
    let tokens = &article.tokens;
    let between = first.quoted.tokens.end..next.quoted.tokens.start;
    let is_near = between.start < between.end && between.len() <= LONGEST;
    let paragraph = |quotation: &Quotation| article.paragraph_at(quotation.quoted.span.start);
    if !is_near || paragraph(first) != paragraph(next) {
        return false;
    }
    let is_of_one = next.speaker.is_none() || next.speaker == first.speaker;
    // The comma or the stop is within the marks or right after them.
    let is_end = |at: usize| tokens[at].is(",") || tokens[at].is_stop();
    let last = first.quoted.tokens.end.saturating_sub(2);
    let breaks_off = is_end(last) || tokens[between.start].is(",");
    let speech = &reading.language.tables.speech;
    let tells_who = tokens[between.clone()]
        .iter()
        .any(|token| speech.verbs.contains(&token.key));
    let n_stops = between.clone().filter(|at| tokens[*at].is_stop()).count();
    let goes_on = is_end(between.end - 1) || tokens[between.end - 1].is(":");
    first.speaker.is_some() && is_of_one && breaks_off && tells_who && goes_on && n_stops <= 1
}

/// Whether the words are those of a headline, a book or a song, by the word before them.
fn names_a_work(reading: &Reading, quotation: &Quotation) -> bool {
    const WORKS: [&str; 22] = [
        "headline",
        "headlined",
        "titled",
        "entitled",
        "title",
        "song",
        "book",
        "film",
        "novel",
        "titular",
        "titulado",
        "titulada",
        "libro",
        "canción",
        "schlagzeile",
        "titel",
        "buch",
        "film",
        "titre",
        "intitulé",
        "intitulée",
        "livre",
    ];
    let before = quotation.quoted.tokens.start.checked_sub(1);
    let before = before.map(|at| reading.article.tokens[at].key.as_str());
    quotation.speaker.is_none() && before.is_some_and(|key| WORKS.contains(&key))
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

/// The words between the marks, one line per paragraph, without a comma that belongs to the sentence around them. Where
/// the words that tell who speaks are left out, there is an ellipsis.
fn quote(reading: &Reading, parts: &[Quotation]) -> String {
    let article = &reading.article;
    let parts = parts.iter().map(|quotation| {
        let lines = quotation.quoted.parts.iter();
        let lines = lines.map(|part| article.words(part));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let words = lines.join("\n");
        words.trim_end_matches([',', ' ']).to_owned()
    });
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" … ")
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
