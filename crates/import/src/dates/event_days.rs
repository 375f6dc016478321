//! Resolves days of an event, such as `day five of the fair`.
//!
//! An article that names one such day beside a date (`Sunday, the opening night`) dates every other numbered day of the
//! same event.

use std::ops::{Range, RangeInclusive};

use jiff::ToSpan;

use crate::model::{Day, PartialDate};

use super::super::language::Language;
use super::super::pattern::Match;
use super::super::text::Article;
use super::DateMention;

/// How many tokens after `of` the event's name may have: `the 2025 World Athletics Indoor Championships in Nanjing`.
const NAME: usize = 8;

/// How many anchors are considered. An article names a few; the limit keeps a made-up text from taking long.
const ANCHORS: usize = 30;
/// How many tokens of a sentence are considered, for the same reason.
const SENTENCE: usize = 100;

/// Words that number a day of an event.
#[derive(Clone, Debug)]
pub(super) struct EventDay {
    tokens: Range<usize>,
    /// The day, or the first and last day meant; the opening is day 1.
    numbers: RangeInclusive<i64>,
    /// The words of the event's name; empty if it isn't named.
    event: Range<usize>,
}

/// A day of an event whose date is known.
struct Anchor {
    opening: Day,
    event: Range<usize>,
    sentence: usize,
    printed: Range<usize>,
}

impl EventDay {
    /// The day that a template found at a token.
    pub(super) fn read(
        article: &Article,
        language: &Language,
        at: usize,
        hit: &Match,
    ) -> Option<Self> {
        let captures = &hit.captures;
        let first = captures.ordinal[0]
            .map(i64::from)
            .or(captures.number)
            .unwrap_or(hit.n);
        let last = captures.ordinal[1].map_or(first, i64::from);
        if !(1..=60).contains(&first) || !(first..=60).contains(&last) {
            return None;
        }
        Some(Self {
            tokens: at..hit.end,
            numbers: first..=last,
            event: named_event(article, language, hit.end),
        })
    }

    /// The date beside it that says when it was: `Sunday, the opening night`, `the opening night, Sunday,`.
    fn beside<'d>(
        &self,
        article: &Article,
        language: &Language,
        dates: &'d [DateMention],
    ) -> Option<&'d DateMention> {
        let after = dates.partition_point(|date| date.tokens.start < self.tokens.start);
        let before = after.checked_sub(1).and_then(|index| dates.get(index));
        let before =
            before.filter(|date| apposed(article, language, date.tokens.end..self.tokens.start));
        // A year within the event's name isn't one of its days, so the next date is the one after the name.
        let next = dates.get(dates.partition_point(|date| date.tokens.start < self.event.end));
        let next =
            next.filter(|date| apposed(article, language, self.event.end..date.tokens.start));
        [before, next].into_iter().flatten().find(|date| {
            let same = article.sentence_at(date.tokens.start) == self.sentence(article);
            let is_day = date
                .date
                .as_ref()
                .and_then(PartialDate::exact_day)
                .is_some();
            same && is_day && !date.weak
        })
    }

    fn sentence(&self, article: &Article) -> usize {
        article.sentence_at(self.tokens.start)
    }

    fn anchor(
        &self,
        article: &Article,
        language: &Language,
        dates: &[DateMention],
    ) -> Option<Anchor> {
        let date = self.beside(article, language, dates)?;
        let day = date.date.as_ref()?.exact_day()?;
        if self.numbers.start() != self.numbers.end() {
            return None;
        }
        Some(Anchor {
            opening: day.checked_sub((self.numbers.start() - 1).days()).ok()?,
            event: self.event.clone(),
            sentence: self.sentence(article),
            printed: date.span.clone(),
        })
    }

    /// Whether an anchor belongs to the same event, as far as the words say.
    fn belongs_to(&self, anchor: &Anchor, article: &Article) -> bool {
        let is_shared = |among: Range<usize>| {
            let among = &article.tokens[among];
            let mut mine = article.tokens[self.event.clone()].iter();
            mine.any(|word| {
                let is_name = word.is_word() && word.key.chars().count() > 3;
                is_name && among.iter().any(|other| other.key == word.key)
            })
        };
        let sentence = &article.sentences[anchor.sentence].tokens;
        if self.event.is_empty() {
            return true;
        }
        if anchor.event.is_empty() {
            is_shared(sentence.start..sentence.end.min(sentence.start + SENTENCE))
        } else {
            is_shared(anchor.event.clone())
        }
    }
}

/// The dates of those days that can be worked out.
pub(super) fn dates(
    article: &Article,
    language: &Language,
    days: &[EventDay],
    found: &[DateMention],
    published: Option<Day>,
) -> Vec<DateMention> {
    let anchors: Vec<Anchor> = days
        .iter()
        .filter_map(|day| day.anchor(article, language, found))
        .take(ANCHORS)
        .collect();
    let dated = days.iter().filter_map(|day| {
        let mut of_event = anchors
            .iter()
            .filter(|anchor| day.belongs_to(anchor, article));
        let anchor = of_event.next()?;
        if of_event.any(|other| other.opening != anchor.opening) {
            return None;
        }
        let on = |number: i64| anchor.opening.checked_add((number - 1).days()).ok();
        let (first, last) = (on(*day.numbers.start())?, on(*day.numbers.end())?);
        let edtf = if first == last {
            first.to_string()
        } else {
            format!("{first}/{last}")
        };
        let span = article.span_of(&day.tokens);
        let fill = [
            ("printed", article.slice(&span)),
            ("anchor", article.slice(&anchor.printed)),
        ];
        Some(DateMention {
            inferred: Some(language.reason("event_day", &fill)),
            tokens: day.tokens.clone(),
            span,
            date: edtf.parse().ok(),
            expected: published.is_some_and(|published| first > published),
            weak: true,
        })
    });
    dated.collect()
}

/// Whether only a comma and small words come between a date and what it describes: `Saturday night, the`.
fn apposed(article: &Article, language: &Language, between: Range<usize>) -> bool {
    if between.len() > 4 {
        return false;
    }
    let tokens = &article.tokens[between];
    let is_mark = |key: &str| matches!(key, "," | "—" | "–" | "(");
    let is_small = |key: &String| {
        language.tables.nouns.determiners.contains(key)
            || language.tables.date_words.day_parts.contains(key)
    };
    tokens.iter().any(|token| is_mark(&token.key))
        && tokens
            .iter()
            .all(|token| is_mark(&token.key) || is_small(&token.key))
}

/// The words of the event named after `of`; an empty range if there is none.
fn named_event(article: &Article, language: &Language, at: usize) -> Range<usize> {
    let of = &language.tables.numbers.of;
    if !article
        .tokens
        .get(at)
        .is_some_and(|token| of.contains(&token.key))
    {
        return at..at;
    }
    let nouns = &language.tables.nouns;
    let name = article.tokens[at + 1..]
        .iter()
        .take(NAME)
        .take_while(|token| {
            let ends =
                nouns.prepositions.contains(&token.key) || nouns.conjunctions.contains(&token.key);
            token.is_number() || (token.is_word() && !ends)
        });
    at + 1..at + 1 + name.count()
}
