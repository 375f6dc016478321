//! Tells whether the clause around a date is about the past or the future.

use std::ops::Range;

use super::super::language::Language;
use super::super::text::Article;

/// The direction in time of a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// It tells what happened.
    Back,
    /// It tells what is to come.
    Ahead,
    /// It doesn't say.
    #[default]
    Open,
}

/// How many tokens on each side are examined: more than a sentence usually has, so that only a text without full stops
/// is affected.
const REACH: usize = 60;

/// The outlook of the clause around the tokens of a date.
pub(crate) fn of_clause(article: &Article, language: &Language, date: &Range<usize>) -> Outlook {
    let Some(sentence) = article.sentences.get(article.sentence_at(date.start)) else {
        return Outlook::Open;
    };
    let sentence = sentence.tokens.start.max(date.start.saturating_sub(REACH))
        ..sentence.tokens.end.min(date.end + REACH);
    let sentence = between_marks(article, &sentence, date);
    if is_day_of_speech(article, language, &sentence, date) {
        return Outlook::Back;
    }
    let mut clause = clause_around(article, language, &sentence, date);
    let mut outlook = within(article, language, &clause, date);
    // `told reporters on Saturday that he would go`: the verb in the date's own clause is one of speech.
    let speaks = |clause: &Range<usize>| {
        clause.clone().any(|index| {
            let token = &article.tokens[index];
            !token.capital && language.tables.speech.verbs.contains(&token.key)
        })
    };
    if outlook == Outlook::Open && speaks(&(clause.start..date.start)) {
        return Outlook::Back;
    }
    // `On Monday, the council will vote`: the verb comes after the comma.
    while outlook == Outlook::Open && clause != sentence {
        let next = if clause.end < sentence.end {
            clause.start..boundary_after(article, language, clause.end + 1, sentence.end)
        } else {
            boundary_before(
                article,
                language,
                clause.start.saturating_sub(1),
                sentence.start,
            )..clause.end
        };
        if next == clause {
            break;
        }
        clause = next;
        outlook = within(article, language, &clause, date);
    }
    // `NAME said on Monday`: nothing else happens on that day.
    if outlook == Outlook::Open && speaks(&sentence) {
        return Outlook::Back;
    }
    outlook
}

/// `announced on Wednesday a bridge that will cost`: what is announced is in the future, but the announcement isn't.
fn is_day_of_speech(
    article: &Article,
    language: &Language,
    sentence: &Range<usize>,
    date: &Range<usize>,
) -> bool {
    let tables = &language.tables;
    let mut verb = date.start;
    let ties = |at: usize| {
        let key = &article.tokens[at].key;
        tables.nouns.prepositions.contains(key) && !tables.date_words.future_weak.contains(key)
            || tables.nouns.determiners.contains(key)
    };
    while verb > sentence.start && ties(verb - 1) {
        verb -= 1;
    }
    let Some(verb) = verb.checked_sub(1).filter(|verb| *verb >= sentence.start) else {
        return false;
    };
    // `will be observed on Saturday`: the word of speech is governed by what is before it.
    let governed = (sentence.start.max(verb.saturating_sub(3))..verb)
        .any(|before| marker(article, language, before) == Outlook::Ahead);
    let token = &article.tokens[verb];
    let owned = article.tokens[date.end - 1].possessive;
    let goes_on = article.tokens.get(date.end).is_some_and(|_| {
        date.end < sentence.end && marker(article, language, date.end) == Outlook::Ahead
    });
    let speech = &tables.speech;
    let speaks = speech.verbs.contains(&token.key)
        && !speech.participles.contains(&token.key)
        && !speech.nouns.contains(&token.key);
    !token.capital && speaks && !owned && !goes_on && !governed
}

/// The part of a sentence around a date, up to the next quotation marks: what somebody says has an outlook of its own.
fn between_marks(article: &Article, sentence: &Range<usize>, date: &Range<usize>) -> Range<usize> {
    let is_mark = |index: &usize| {
        matches!(
            article.tokens[*index].key.as_str(),
            "“" | "”" | "\"" | "«" | "»"
        )
    };
    let start = (sentence.start..date.start).rev().find(is_mark);
    let end = (date.end..sentence.end).find(is_mark);
    start.map_or(sentence.start, |mark| mark + 1)..end.unwrap_or(sentence.end)
}

/// Whether `today` means "these days": nothing in the clause happens on a day.
pub(super) fn speaks_of_an_age(
    article: &Article,
    language: &Language,
    at: usize,
    outlook: Outlook,
) -> bool {
    let Some(sentence) = article.sentences.get(article.sentence_at(at)) else {
        return false;
    };
    let words = &language.tables.date_words;
    let near = sentence.tokens.start.max(at.saturating_sub(8))..at;
    let still = article.tokens[near]
        .iter()
        .any(|token| words.generic_now.contains(&token.key));
    let opens = at == sentence.tokens.start;
    let comma = article.tokens.get(at + 1).is_some_and(|next| next.is(","));
    let owned = article.tokens[at].possessive;
    still || (!owned && outlook != Outlook::Ahead && opens && comma && outlook != Outlook::Back)
}

fn clause_around(
    article: &Article,
    language: &Language,
    sentence: &Range<usize>,
    date: &Range<usize>,
) -> Range<usize> {
    boundary_before(article, language, date.start, sentence.start)
        ..boundary_after(article, language, date.end, sentence.end)
}

fn boundary_before(article: &Article, language: &Language, from: usize, limit: usize) -> usize {
    (limit..from)
        .rev()
        .find(|index| is_boundary(article, language, *index))
        .map_or(limit, |index| index + 1)
}

fn boundary_after(article: &Article, language: &Language, from: usize, limit: usize) -> usize {
    (from..limit)
        .find(|index| is_boundary(article, language, *index))
        .unwrap_or(limit)
}

fn is_boundary(article: &Article, language: &Language, index: usize) -> bool {
    let token = &article.tokens[index];
    if token.is_word() {
        return !token.capital && language.tables.nouns.conjunctions.contains(&token.key);
    }
    matches!(
        token.key.as_str(),
        "," | ";" | ":" | "“" | "”" | "\"" | "(" | ")" | "—"
    )
}

/// The outlook of the marker nearest to the date within a range.
fn within(
    article: &Article,
    language: &Language,
    range: &Range<usize>,
    date: &Range<usize>,
) -> Outlook {
    let words = &language.tables.date_words;
    let mut nearest = (usize::MAX, Outlook::Open);
    for index in range.clone() {
        if date.contains(&index) {
            continue;
        }
        let distance = if index < date.start {
            date.start - index
        } else {
            index - date.end + 1
        };
        let mut found = marker(article, language, index);
        // `will be held`: the participle belongs to the auxiliary before it.
        let governed = (range.start.max(index.saturating_sub(3))..index)
            .any(|before| marker(article, language, before) == Outlook::Ahead);
        if found == Outlook::Back && governed {
            found = Outlook::Ahead;
        }
        if found != Outlook::Open && distance < nearest.0 {
            nearest = (distance, found);
        }
    }
    let weak = date
        .start
        .checked_sub(1)
        .is_some_and(|index| words.future_weak.contains(&article.tokens[index].key));
    // `ordered it to finish by Friday`: the order is past, the deadline isn't.
    let infinitive = || {
        let from = range.start.max(date.start.saturating_sub(nearest.0));
        (from..date.start.saturating_sub(1)).any(|index| {
            let next = &article.tokens[index + 1];
            words.infinitive.contains(&article.tokens[index].key)
                && next.is_word()
                && !next.capital
                && !language.tables.nouns.determiners.contains(&next.key)
        })
    };
    let starts = date.start.checked_sub(1).is_some_and(|index| {
        let from = &language.tables.figures.series_from;
        from.contains(&article.tokens[index].key)
    }) || language
        .tables
        .figures
        .series_from
        .contains(&article.tokens[date.start].key);
    if weak && nearest.1 == Outlook::Open || (weak || starts) && infinitive() {
        return Outlook::Ahead;
    }
    nearest.1
}

/// The direction that a word indicates on its own.
pub(super) fn marker(article: &Article, language: &Language, index: usize) -> Outlook {
    let token = &article.tokens[index];
    if !token.is_word() {
        return Outlook::Open;
    }
    let words = &language.tables.date_words;
    let phrase = language.future.find(&token.key, |offset| {
        article
            .tokens
            .get(index + offset)
            .map(|token| token.key.as_str())
    });
    // `Asked on Monday, ...`, but not a name such as Mohamed.
    let opens = || article.sentences[article.sentence_at(index)].tokens.start == index;
    let ends_in = |suffixes: &[String]| {
        (!token.capital || opens())
            && token.key.len() > 4
            && suffixes
                .iter()
                .any(|suffix| token.key.ends_with(suffix.as_str()))
    };
    if words.future.contains(&token.key) || phrase.is_some() || ends_in(&words.future_suffixes) {
        return Outlook::Ahead;
    }
    let speech = language.tables.speech.verbs.contains(&token.key);
    let finite = words.past.contains(&token.key);
    if !speech && (finite || ends_in(&words.past_suffixes)) {
        return Outlook::Back;
    }
    Outlook::Open
}
