//! Which sentences say that something happened on a date?
//!
//! A dated claim becomes an event whose title is a stretch of its clause. What is dated only by the way (the days of a
//! poll, a point of a series, a date within somebody's words) becomes none.

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

/// How many words a title has at least, if its clause has that many.
const FEWEST_WORDS: usize = 4;
/// A clause of fewer words before its date goes on behind it.
const SHORT: usize = 7;
/// How many tokens a title has at most.
const MOST_TOKENS: usize = 18;
/// How many tokens a passage has at most.
const PASSAGE_TOKENS: usize = 30;
/// How many people an event names at most.
const MOST_PEOPLE: usize = 4;

/// The events of an article, in the order of its sentences.
pub(super) fn events(context: &mut DraftContext<'_>, people: &mut People) -> Vec<Record> {
    let reading = context.reading;
    let by_the_way = dated_by_the_way(reading);
    let of_quotations = dates_of_quotations(reading);
    let mut seen: HashSet<(usize, &str)> = HashSet::new();
    let mut events = Vec::new();
    for (index, mention) in reading.dates.iter().enumerate() {
        let Some(date) = mention.date.as_ref() else {
            continue;
        };
        if mention.weak || by_the_way.contains(&index) || !stands_in_prose(reading, mention) {
            continue;
        }
        let sentence = reading.article.sentence_at(mention.tokens.start);
        if !seen.insert((sentence, date.written())) {
            continue;
        }
        let Some(claim) = Claim::around(reading, mention) else {
            continue;
        };
        // That somebody spoke is for the reaction to tell.
        let is_told = of_quotations.contains(&mention.tokens.start) && only_speaks(reading, &claim);
        if !is_told {
            events.push(event(context, people, mention, date, &claim));
        }
    }
    events
}

/// The dates of polls and of points in a series, which date figures and not events.
fn dated_by_the_way(reading: &Reading) -> HashSet<usize> {
    let points = reading
        .series
        .iter()
        .flat_map(|series| [series.from.1, series.to.1]);
    let polls = reading.polls.iter().filter_map(|poll| poll.date);
    points.chain(polls).collect()
}

/// Where the dates are that say when some quoted words were spoken.
fn dates_of_quotations(reading: &Reading) -> HashSet<usize> {
    let quotations = reading.quotations.iter();
    quotations
        .filter_map(|quotation| said_on(reading, quotation))
        .map(|mention| mention.tokens.start)
        .collect()
}

/// Whether nothing but speaking happens in a claim.
fn only_speaks(reading: &Reading, claim: &Claim) -> bool {
    let speech = &reading.language.tables.speech;
    let mut tokens = reading.article.tokens[claim.title.clone()].iter();
    !tokens.any(|token| is_past(reading.language, token) && !speech.verbs.contains(&token.key))
}

/// Whether a date stands in the article's own prose, outside of what somebody says.
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
    claim: &Claim,
) -> Record {
    let article = &context.reading.article;
    let title = article.words(&claim.title);
    let id = context.ids.take(title);
    let mut record = Record::new(RecordKind::Event, id);
    record.set_plain("date", Some(date.written().to_owned()));
    record.set_words("as_printed", Some(article.slice(&mention.span)));
    record.set_words("inferred", mention.inferred.as_deref());
    record.set_words("title", Some(title));
    if mention.expected {
        record.set("expected", Value::Yes);
    }
    let named = people.named_in(context, &claim.sentence);
    if !named.is_empty() {
        let named = named.into_iter().take(MOST_PEOPLE);
        record.set("people", Value::List(named.map(Value::Plain).collect()));
    }
    let double = context.present.event_like(date.written(), title);
    context.mark_double(&mut record, double);
    let passage = passage(article, &claim.passage).or_else(|| passage(article, &claim.title));
    let source = context.source.clone();
    record.rest_on(&source, passage, claim.confidence(mention, date));
    record
}

/// The words of a stretch as a passage. Brackets and ellipses have a meaning in a passage, so that a stretch with one
/// can't be one.
pub(super) fn passage<'a>(article: &'a Article, tokens: &Range<usize>) -> Option<&'a str> {
    let words = article.words(tokens);
    let has_marks = words.contains(['[', ']', '…']) || words.contains("..");
    (!has_marks && !words.is_empty()).then_some(words)
}

/// The part of a sentence that a date belongs to.
struct Claim {
    /// The tokens of the title.
    title: Range<usize>,
    /// The tokens that hold both title and date.
    passage: Range<usize>,
    /// The tokens of the sentence.
    sentence: Range<usize>,
    /// Whether the date qualifies a noun (`the 2008 election`) and not a verb.
    is_attribute: bool,
}

impl Claim {
    /// The claim around a date; `None` if the sentence says nothing else.
    fn around(reading: &Reading, mention: &DateMention) -> Option<Self> {
        let article = &reading.article;
        let language = reading.language;
        let sentence = &article.sentences[article.sentence_at(mention.tokens.start)].tokens;
        let lead = lead(article, language, sentence, mention.tokens.start);
        let left = (sentence.start..lead)
            .rev()
            .find(|at| parts(article, language, *at))
            .map_or(sentence.start, |at| at + 1);
        // A date whose words go on past the sentence's stop is the sentence's last word.
        let sentence_end = sentence.end.max(mention.tokens.end);
        let right = (mention.tokens.end..sentence_end)
            .find(|at| parts(article, language, *at))
            .unwrap_or(sentence_end);
        let before = trimmed(article, language, left..lead);
        let behind = trimmed(article, language, mention.tokens.end..right);
        let whole = trimmed(article, language, left..right);
        let says = |range: &Range<usize>| {
            // `which occurred yesterday`: what occurred stands before.
            n_words(article, range) >= FEWEST_WORDS
                && has_verb(article, language, range)
                && article
                    .tokens
                    .get(range.start)
                    .is_some_and(|first| !is_verb(language, first))
        };
        let leads = n_words(article, &before) == 0;
        let all = unquoted(article, sentence, lead, mention.tokens.end);
        let all = trimmed(article, language, all);
        // `The council voted on Monday to close the bridge`: what was voted stands behind.
        let goes_on =
            n_words(article, &before) < SHORT && n_words(article, &behind) >= FEWEST_WORDS;
        let title = if goes_on && !leads && says(&whole) {
            whole
        } else if says(&before) {
            before
        } else if leads && says(&behind) {
            behind
        } else if says(&whole) {
            whole
        } else {
            all
        };
        let first = title.start.min(lead);
        let last = title.end.max(mention.tokens.end);
        let passage = if last - first <= PASSAGE_TOKENS {
            first..last
        } else {
            title.clone()
        };
        let preceded = lead < mention.tokens.start;
        let follows = article.tokens.get(mention.tokens.end);
        let is_attribute = !preceded
            && follows.is_some_and(|next| next.is_word() && mention.tokens.end < sentence.end)
            && mention.tokens.start > sentence.start;
        // `from 1802` says of nothing that it happened.
        let n_own = title
            .clone()
            .filter(|at| !(lead..mention.tokens.end).contains(at))
            .filter(|at| article.tokens[*at].is_word() || article.tokens[*at].is_number())
            .count();
        let says_something = n_own >= FEWEST_WORDS || has_verb(article, language, &title);
        (n_own > 0 && says_something).then(|| Self {
            title,
            passage,
            sentence: sentence.clone(),
            is_attribute,
        })
    }

    fn confidence(&self, mention: &DateMention, date: &PartialDate) -> Confidence {
        if self.is_attribute || n_years(date) > 0 {
            Confidence::Low
        } else if mention.inferred.is_some() || date.exact_day().is_none() {
            Confidence::Medium
        } else {
            Confidence::High
        }
    }
}

/// How many whole years a date leaves open.
fn n_years(date: &PartialDate) -> i16 {
    match (date.earliest(), date.latest()) {
        (Some(earliest), Some(latest)) if earliest.month() == 1 && latest.month() == 12 => {
            latest.year() - earliest.year() + 1
        }
        (Some(earliest), Some(latest)) => latest.year() - earliest.year(),
        (None, _) | (_, None) => 1,
    }
}

/// The part of a sentence around a date up to the next quotation marks.
fn unquoted(article: &Article, sentence: &Range<usize>, from: usize, to: usize) -> Range<usize> {
    let is_mark = |at: &usize| {
        matches!(
            article.tokens[*at].key.as_str(),
            "\"" | "“" | "”" | "«" | "»" | "„"
        )
    };
    let start = (sentence.start..from).rev().find(is_mark);
    let end = (to..sentence.end).find(is_mark);
    start.map_or(sentence.start, |mark| mark + 1)..end.unwrap_or(sentence.end)
}

/// Where the words that tie a date to its clause start: `on`, `in the`.
fn lead(article: &Article, language: &Language, sentence: &Range<usize>, date: usize) -> usize {
    let nouns = &language.tables.nouns;
    let ties = |at: usize| {
        let key = &article.tokens[at].key;
        nouns.prepositions.contains(key) || nouns.determiners.contains(key)
    };
    let mut start = date;
    while start > sentence.start && date - start < 3 && ties(start - 1) {
        start -= 1;
    }
    start
}

/// Whether a token parts two clauses.
fn parts(article: &Article, language: &Language, at: usize) -> bool {
    let token = &article.tokens[at];
    if matches!(
        token.key.as_str(),
        ";" | ":" | "(" | ")" | "\"" | "“" | "”" | "«" | "»"
    ) {
        return true;
    }
    if token.is_dash() && !token.glued {
        return true;
    }
    let next = article.tokens.get(at + 1);
    let opens_clause = |key: &str| {
        let speech = &language.tables.speech;
        language.tables.nouns.conjunctions.contains(key) || speech.relative.contains(key)
    };
    token.is(",") && next.is_some_and(|next| !next.capital && opens_clause(&next.key))
}

/// A stretch without what a title neither starts nor ends with, and no longer than a title may be.
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
        // Rather a whole part of the sentence than one that breaks off.
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

/// Whether something happens in a stretch: a verb in the past, of the future, or of speech.
fn has_verb(article: &Article, language: &Language, range: &Range<usize>) -> bool {
    let tokens = article.tokens.get(range.clone()).unwrap_or_default();
    tokens.iter().any(|token| is_verb(language, token))
}

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
        let suffixes = &words.past_suffixes;
        let mut suffixes = suffixes.iter();
        token.key.len() > 4 && suffixes.any(|suffix| token.key.ends_with(suffix.as_str()))
    };
    token.is_word() && !token.capital && (words.past.contains(&token.key) || ends())
}

fn n_words(article: &Article, range: &Range<usize>) -> usize {
    let tokens = article.tokens.get(range.clone()).unwrap_or_default();
    tokens
        .iter()
        .filter(|token| token.is_word() || token.is_number())
        .count()
}
