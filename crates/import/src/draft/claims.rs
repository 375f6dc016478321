//! Finds the sentences that say that something happened on a date.
//!
//! A dated claim becomes an event, whose title is a stretch of its clause. Dates given only in passing (the days of a
//! poll, a point in a series, a date within a quotation) don't become events.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::{PartialDate, RecordKind};

use super::super::dates::DateMention;
use super::super::figures::trails;
use super::super::language::Language;
use super::super::quotes::Look;
use super::super::reading::Reading;
use super::super::speakers::Confidence;
use super::super::text::{Article, Role};
use super::super::tokens::Token;
use super::DraftContext;
use super::people::People;
use super::reactions::said_on;
use super::record::{Record, Value};
use super::title::{Title, title};

/// A clause with fewer words than this isn't cut, because what remains would say too little.
const SHORT: usize = 7;
/// The most tokens of the stretch after a figure: what is counted, and where. After that, a sentence turns to something
/// else.
const MOST_TOKENS: usize = 18;
/// The most tokens of a passage: a long sentence. A longer passage would point at nothing in particular.
const PASSAGE_TOKENS: usize = 60;
/// The most people that an event names; a longer list is a matter for the text.
const MOST_PEOPLE: usize = 4;

/// The events of an article, in the order of its sentences.
pub(super) fn events(context: &mut DraftContext<'_>, people: &mut People) -> Vec<Record> {
    let reading = context.reading;
    let by_the_way = dated_by_the_way(reading);
    let of_quotations = dates_of_quotations(reading);
    let mut events: Vec<Record> = Vec::new();
    let mut told: HashSet<(String, String)> = HashSet::new();
    let mut done: Option<usize> = None;
    for (index, mention) in reading.dates.iter().enumerate() {
        let Some(date) = mention.date.as_ref() else {
            continue;
        };
        if mention.weak || by_the_way.contains(&index) || !stands_in_prose(reading, mention) {
            continue;
        }
        let sentence = reading.article.sentence_at(mention.tokens.start);
        // Each sentence yields one event.
        if done == Some(sentence) {
            continue;
        }
        let Some(title) = title(reading, mention) else {
            continue;
        };
        // That somebody spoke is the subject of a reaction.
        let is_told =
            of_quotations.contains(&mention.tokens.start) && only_speaks(reading, &title.tokens);
        let is_new = told.insert((date.written().to_owned(), title.text.to_lowercase()));
        if !is_told && is_new {
            done = Some(sentence);
            events.push(event(context, people, mention, date, &title));
        }
    }
    events
}

/// The dates of polls and of points in a series, which date figures rather than events.
fn dated_by_the_way(reading: &Reading) -> HashSet<usize> {
    let points = reading
        .series
        .iter()
        .flat_map(|series| [series.from.1, series.to.1]);
    let polls = reading.polls.iter().filter_map(|poll| poll.date);
    points.chain(polls).collect()
}

/// The dates that say when quotations were spoken.
fn dates_of_quotations(reading: &Reading) -> HashSet<usize> {
    let quotations = reading.quotations.iter();
    quotations
        .filter_map(|quotation| said_on(reading, quotation))
        .map(|mention| mention.tokens.start)
        .collect()
}

/// Whether a claim reports speech and nothing else.
fn only_speaks(reading: &Reading, claim: &Range<usize>) -> bool {
    let speech = &reading.language.tables.speech;
    let mut tokens = reading.article.tokens[claim.clone()].iter();
    !tokens.any(|token| is_past(reading.language, token) && !speech.verbs.contains(&token.key))
}

/// Whether a date is in the article's own prose, outside any quotation.
fn stands_in_prose(reading: &Reading, mention: &DateMention) -> bool {
    let article = &reading.article;
    let paragraph = &article.paragraphs[article.paragraph_at(mention.span.start)];
    let at = mention.tokens.start;
    let quoted = reading.quotations.iter().any(|quotation| {
        quotation.quoted.tokens.contains(&at) && quotation.quoted.look != Look::Title
    });
    paragraph.role == Role::Prose && !quoted
}

fn event(
    context: &mut DraftContext<'_>,
    people: &mut People,
    mention: &DateMention,
    date: &PartialDate,
    title: &Title,
) -> Record {
    let article = &context.reading.article;
    let id = context.ids.take(&title.text);
    let mut record = Record::new(RecordKind::Event, id);
    record.set_plain("date", Some(date.written().to_owned()));
    record.set_words("as_printed", Some(article.slice(&mention.span)));
    record.set_words("inferred", mention.inferred.as_deref());
    record.set_words("title", Some(&title.text));
    if mention.expected {
        record.set("expected", Value::Yes);
    }
    let sentence = &article.sentences[article.sentence_at(mention.tokens.start)].tokens;
    let named = people.named_in(context, &title.tokens);
    if !named.is_empty() {
        let named = named.into_iter().take(MOST_PEOPLE);
        record.set("people", Value::List(named.map(Value::Plain).collect()));
    }
    let double = context.present.event_like(date.written(), &title.text);
    context.mark_double(&mut record, double);
    let from = title.tokens.start.min(mention.tokens.start);
    let to = title.tokens.end.max(mention.tokens.end);
    let whole = sentence.start..sentence.end.max(to);
    let near = if whole.len() <= PASSAGE_TOKENS {
        whole
    } else {
        from..to
    };
    let passage = passage(article, &near).or_else(|| passage(article, &title.tokens));
    let source = context.source.clone();
    record.rest_on(&source, passage, confidence(mention, date, title));
    record
}

fn confidence(mention: &DateMention, date: &PartialDate, title: &Title) -> Confidence {
    if n_years(date) > 0 {
        Confidence::Low
    } else if mention.inferred.is_some() || date.exact_day().is_none() || title.is_resolved {
        Confidence::Medium
    } else {
        Confidence::High
    }
}

/// The words of a stretch as a passage. Brackets and ellipses have a meaning in passages, so a stretch with one can't
/// be used.
pub(super) fn passage<'a>(article: &'a Article, tokens: &Range<usize>) -> Option<&'a str> {
    let words = article.words(tokens);
    let has_marks = words.contains(['[', ']', '…']) || words.contains("..");
    (!has_marks && !words.is_empty()).then_some(words)
}

/// How many whole years a date spans.
fn n_years(date: &PartialDate) -> i16 {
    match (date.earliest(), date.latest()) {
        (Some(earliest), Some(latest)) if earliest.month() == 1 && latest.month() == 12 => {
            latest.year() - earliest.year() + 1
        }
        (Some(earliest), Some(latest)) => latest.year() - earliest.year(),
        (None, _) | (_, None) => 1,
    }
}

/// A stretch without words that a title neither starts nor ends with, and no longer than a title may be.
pub(super) fn trimmed(article: &Article, language: &Language, range: Range<usize>) -> Range<usize> {
    let nouns = &language.tables.nouns;
    let mut range = range;
    while range.start < range.end {
        let first = &article.tokens[range.start];
        let word = first.is_word() || first.is_number() || first.is("$") || first.is("€");
        if word && !nouns.conjunctions.contains(&first.key) {
            break;
        }
        range.start += 1;
    }
    if range.len() > MOST_TOKENS {
        range.end = range.start + MOST_TOKENS;
        // A complete part of the sentence is better than one that breaks off.
        let comma = (range.start + SHORT..range.end)
            .rev()
            .find(|at| article.tokens[*at].is(","));
        range.end = comma.unwrap_or(range.end);
    }
    while range.start < range.end && trails(language, &article.tokens[range.end - 1]) {
        range.end -= 1;
    }
    range
}

/// Whether a word is a past, future or speech verb.
pub(super) fn is_verb(language: &Language, token: &Token) -> bool {
    let tables = &language.tables;
    let known = tables.date_words.future.contains(&token.key)
        || tables.nouns.verbs.contains(&token.key)
        || tables.speech.verbs.contains(&token.key);
    is_past(language, token) || known && !token.capital
}

fn is_past(language: &Language, token: &Token) -> bool {
    let words = &language.tables.date_words;
    let ends = || {
        let mut suffixes = words.past_suffixes.iter();
        token.key.len() > 4 && suffixes.any(|suffix| token.key.ends_with(suffix.as_str()))
    };
    token.is_word() && !token.capital && (words.past.contains(&token.key) || ends())
}
