//! Works out which day `today` is in a quotation: the day on which it was spoken, if the article says when that was.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Day, PartialDate};

use super::super::language::Language;
use super::super::quotes::Quoted;
use super::super::text::{Article, Role};
use super::DateMention;
use super::outlook::{self, Outlook};

/// An article with more dates than this is about more than one day, and looking through all of them for each quotation
/// would take long.
const MANY: usize = 500;
/// How many days something counts as news: a story appears on the day of the event or the next.
const FRESH_DAYS: i32 = 2;

/// The only day that the prose mentions before a token, if there is exactly one.
pub(super) fn only_day<'d>(
    article: &Article,
    found: &'d [DateMention],
    before: usize,
) -> Option<&'d DateMention> {
    if found.len() > MANY {
        return None;
    }
    let told = found.iter().filter(|date| {
        let role = article.paragraphs[article.paragraph_at(date.span.start)].role;
        date.tokens.end <= before && role == Role::Prose && !date.weak && !date.expected
    });
    let mut days: BTreeSet<Day> = BTreeSet::new();
    let mut first = None;
    for date in told {
        if let Some(day) = date.date.as_ref().and_then(PartialDate::exact_day) {
            days.insert(day);
            first = first.or(Some(date));
        }
    }
    first.filter(|_| days.len() == 1)
}

/// The date on which the words around a token were spoken: the one beside the verb of speech, or else the only day that
/// the article has mentioned so far, if that was news.
pub(super) fn day_of_speech<'d>(
    article: &Article,
    language: &Language,
    quoted: &Quoted,
    found: &'d [DateMention],
    published: Option<Day>,
) -> Option<&'d DateMention> {
    let from = article.sentence_at(quoted.tokens.start);
    let to = article.sentence_at(quoted.tokens.end.saturating_sub(1));
    let around = article.sentences[from].tokens.start..article.sentences[to].tokens.end;
    let first = found.partition_point(|date| date.tokens.start < around.start);
    let beside: Vec<&DateMention> = found[first..]
        .iter()
        .take_while(|date| date.tokens.start < around.end)
        .filter(|date| !date.weak)
        .filter(|date| {
            date.date
                .as_ref()
                .and_then(PartialDate::exact_day)
                .is_some()
        })
        .filter(|date| !quoted.tokens.contains(&date.tokens.start))
        .collect();
    match beside.as_slice() {
        [] => {
            only_day(article, found, quoted.tokens.start).filter(|date| is_fresh(date, published))
        }
        [one] => {
            let between = if one.tokens.start < quoted.tokens.start {
                around.start..quoted.tokens.start
            } else {
                quoted.tokens.end..one.tokens.end
            };
            is_said(article, language, between, &one.tokens).then_some(*one)
        }
        _ => None,
    }
}

/// Whether a day was news when the article came out: people talk about older ones later, too.
fn is_fresh(date: &DateMention, published: Option<Day>) -> bool {
    let day = date.date.as_ref().and_then(PartialDate::exact_day);
    let (Some(day), Some(published)) = (day, published) else {
        return false;
    };
    day.until(published)
        .is_ok_and(|span| (0..=FRESH_DAYS).contains(&span.get_days()))
}

/// Whether a stretch reports speech and nothing else.
fn is_said(
    article: &Article,
    language: &Language,
    stretch: Range<usize>,
    date: &Range<usize>,
) -> bool {
    let mut speaks = false;
    for index in stretch {
        if date.contains(&index) {
            continue;
        }
        let token = &article.tokens[index];
        if !token.capital && language.tables.speech.verbs.contains(&token.key) {
            speaks = true;
        } else if outlook::marker(article, language, index) != Outlook::Open {
            return false;
        }
    }
    speaks
}
