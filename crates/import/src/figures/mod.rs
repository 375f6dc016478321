//! Finds the numbers that an article gives, what they count, and how they are hedged.
//!
//! Dates, times of day, ages, ordinals, scores, list numbers and numbers in names aren't figures. [`find`] finds the
//! rest; `exclude` holds the reasons to leave a number out; `groups` combines them into series and polls.

mod exclude;
mod groups;

use std::ops::Range;

use crate::model::Qualifier;

use super::dates::DateMention;
use super::language::Language;
use super::numbers::{self, Form, Number};
use super::speakers::Confidence;
use super::text::{Article, Role, Span};

pub(super) use groups::{Poll, Series, date_behind, polls, series};

/// The most words of a figure's title; the chart beside it needs a short one.
const TITLE_WORDS: usize = 10;

/// A number and what it counts.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// The tokens as printed: hedge, currency, number, scale, unit.
    pub(super) tokens: Range<usize>,
    /// Where they are.
    pub(super) span: Span,
    /// The number.
    pub(super) number: Number,
    /// The source's hedge.
    pub(super) qualifier: Option<Qualifier>,
    /// The unit of the number; empty for a bare number.
    pub(super) unit: String,
    /// Whether the unit is percent.
    pub(super) is_percent: bool,
    /// The words that say what is counted.
    pub(super) title: Option<Range<usize>>,
    /// How certain it is that this is a figure.
    pub(super) confidence: Confidence,
}

impl Figure {
    /// The value as written in front matter: digits keep their trailing zeros.
    pub(super) fn value(&self) -> String {
        let value = self.number.value;
        if self.number.is_scaled {
            value.normalize().to_string()
        } else {
            value.to_string()
        }
    }
}

/// Every figure in the article, in order and without overlaps.
pub(super) fn find(article: &Article, language: &Language, dates: &[DateMention]) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut next_date = 0;
    for paragraph in &article.paragraphs {
        if matches!(paragraph.role, Role::Furniture | Role::Dateline) {
            continue;
        }
        let mut at = paragraph.tokens.start;
        while at < paragraph.tokens.end {
            while dates
                .get(next_date)
                .is_some_and(|date| date.tokens.end <= at)
            {
                next_date += 1;
            }
            if let Some(date) = dates
                .get(next_date)
                .filter(|date| date.tokens.contains(&at))
            {
                at = date.tokens.end;
                continue;
            }
            let limit = dates.get(next_date).map_or(paragraph.tokens.end, |date| {
                date.tokens.start.min(paragraph.tokens.end)
            });
            match figure_at(article, language, at, limit, paragraph.tokens.end) {
                Step::Figure(figure) => {
                    at = figure.tokens.end;
                    found.push(*figure);
                }
                Step::Skip(end) => at = end.max(at + 1),
            }
        }
    }
    share_units(article, &mut found);
    found
}

/// `20 to 30 percent`: the lower end of a range has the unit of the upper one.
fn share_units(article: &Article, figures: &mut [Figure]) {
    for index in 1..figures.len() {
        let (before, after) = figures.split_at_mut(index);
        let (first, second) = (&mut before[index - 1], &after[0]);
        let between = first.tokens.end;
        let joined = between + 1 == second.tokens.start && first.unit.is_empty();
        let joint = article
            .tokens
            .get(between)
            .is_some_and(|token| token.is_dash() || token.is_word());
        if joined && joint {
            first.unit.clone_from(&second.unit);
            first.is_percent = second.is_percent;
            first.title.clone_from(&second.title);
        }
    }
}

/// What a token starts.
enum Step {
    Figure(Box<Figure>),
    /// Nothing, up to this token.
    Skip(usize),
}

/// What surrounds a number.
struct Parts {
    start: usize,
    number_at: usize,
    number: Number,
    qualifier: Option<Qualifier>,
    hedged: bool,
    currency: Option<String>,
}

/// The figure that starts at `at` and ends by `limit`, where a date starts.
fn figure_at(article: &Article, language: &Language, at: usize, limit: usize, end: usize) -> Step {
    let tokens = &article.tokens[..limit];
    let keys = |from: usize| {
        move |offset: usize| tokens.get(from + offset).map(|token| token.key.as_str())
    };
    let mut number_at = at;
    let mut qualifier = None;
    let mut hedged = false;
    while let Some((length, hedge)) = tokens
        .get(number_at)
        .and_then(|token| language.qualifiers.find(&token.key, keys(number_at)))
    {
        qualifier = qualifier.or(hedge.first().copied());
        hedged = true;
        number_at += length;
    }
    let currency = currency_before(language, tokens, number_at);
    if let Some((_, length)) = currency {
        number_at += length;
    }
    let Some(number) = numbers::parse(language, tokens, number_at) else {
        return Step::Skip(at + 1);
    };
    let parts = Parts {
        start: at,
        number_at,
        number,
        qualifier,
        hedged,
        currency: currency.map(|(unit, _)| unit),
    };
    if let Some(after) = exclude::reason_past(article, language, &parts, limit, end) {
        return Step::Skip(after);
    }
    complete(article, language, parts, limit)
}

/// `$`, `US$`, `US $`, `USD` before a number: the currency and its length in tokens.
fn currency_before(
    language: &Language,
    tokens: &[super::tokens::Token],
    at: usize,
) -> Option<(String, usize)> {
    let currencies = &language.tables.figures.currencies;
    let first = tokens.get(at)?;
    if let Some(sign) = tokens
        .get(at + 1)
        .filter(|sign| !sign.is_word() && !sign.is_number())
    {
        // `A$5`, `US $5`, and not `a $3 billion loan`.
        let is_country = first.capital && (sign.glued || first.key.chars().count() > 1);
        let both = format!("{}{}", first.key, sign.key);
        if let Some(unit) = currencies.get(&both).filter(|_| is_country) {
            return Some((unit.clone(), 2));
        }
    }
    currencies.get(&first.key).map(|unit| (unit.clone(), 1))
}

/// Reads the unit, the hedge after it and the title, and drops what turns out not to be a figure.
fn complete(article: &Article, language: &Language, parts: Parts, limit: usize) -> Step {
    let tokens = &article.tokens[..limit];
    let mut end = parts.number.end;
    // `4 millones de euros`.
    let of = parts.number.is_scaled
        && tokens
            .get(end)
            .is_some_and(|token| language.tables.numbers.of.contains(&token.key));
    // `half an hour`.
    let divided = parts.number.form == Form::Fraction
        && tokens
            .get(end)
            .is_some_and(|token| language.tables.numbers.articles.contains(&token.key));
    let unit = unit_after(language, tokens, end)
        .or_else(|| unit_after(language, tokens, end + 1).filter(|unit| divided && unit.measure))
        .or_else(|| unit_after(language, tokens, end + 1).filter(|unit| of && !unit.measure));
    let mut qualifier = parts.qualifier;
    let is_percent = unit.as_ref().is_some_and(|unit| unit.percent);
    let measured = unit.as_ref().is_some_and(|unit| unit.measure);
    let mut name = parts.currency.clone().unwrap_or_default();
    let mut printed_end = end;
    if let Some(unit) = unit {
        if name.is_empty() {
            name = unit.name;
        }
        end = unit.end;
        // `a 40-year-contract` is one word.
        let is_glued = |at: usize| tokens.get(at).is_some_and(|token| token.glued);
        while is_glued(end) && tokens[end].is_dash() && is_glued(end + 1) {
            end += 2;
        }
        printed_end = end;
    }
    if let Some((length, hedge)) = tokens.get(end).and_then(|token| {
        language.qualifiers_after.find(&token.key, |offset| {
            tokens.get(end + offset).map(|token| token.key.as_str())
        })
    }) {
        qualifier = qualifier.or(hedge.first().copied());
        end += length;
        printed_end = end;
    }
    if exclude::counts_nothing(article, language, &parts, &name, end) {
        return Step::Skip(parts.number.end);
    }
    let title = title_after(article, language, end);
    if name.is_empty()
        && let Some(noun) = title
            .as_ref()
            .and_then(|title| head_noun(article, language, title))
    {
        name = article.words(&(noun..noun + 1)).to_owned();
    }
    let title = title.or_else(|| title_before(article, language, parts.start));
    let plain =
        is_percent || parts.currency.is_some() || parts.number.form == Form::Digits && !measured;
    let printed = parts.start..printed_end;
    Step::Figure(Box::new(Figure {
        span: article.span_of(&printed),
        tokens: printed,
        number: parts.number,
        qualifier,
        unit: name,
        is_percent,
        title,
        confidence: if plain {
            Confidence::High
        } else {
            Confidence::Medium
        },
    }))
}

/// A unit and where it ends.
struct Unit {
    name: String,
    end: usize,
    percent: bool,
    measure: bool,
}

fn unit_after(language: &Language, tokens: &[super::tokens::Token], at: usize) -> Option<Unit> {
    // `20-minute`.
    let dashed = tokens
        .get(at)
        .is_some_and(|dash| dash.is_dash() && dash.glued)
        && tokens
            .get(at + 1)
            .is_some_and(|word| word.glued && word.is_word());
    let at = if dashed { at + 1 } else { at };
    let first = &tokens.get(at)?.key;
    let keys = |offset: usize| tokens.get(at + offset).map(|token| token.key.as_str());
    let unit = |name: String, length: usize, percent: bool, measure: bool| Unit {
        name,
        end: at + length,
        percent,
        measure,
    };
    if let Some((length, ())) = language.points.find(first, keys) {
        // Bare `points` are a game's, and keep their own name.
        let name = if length > 1 {
            "percentage points"
        } else {
            "points"
        };
        return Some(unit(name.to_owned(), length, false, true));
    }
    if let Some((length, ())) = language.percent.find(first, keys) {
        return Some(unit("percent".to_owned(), length, true, false));
    }
    if let Some((length, name)) = language.currency_words.find(first, keys) {
        return Some(unit(name.clone(), length, false, false));
    }
    let (length, name) = language.measures.find(first, keys)?;
    Some(unit(name.clone(), length, false, true))
}

/// The words after a figure that say what is counted, up to the end of the clause.
fn title_after(article: &Article, language: &Language, at: usize) -> Option<Range<usize>> {
    let tokens = &article.tokens;
    let numbers = &language.tables.numbers;
    // What is counted is in the figure's own paragraph.
    let last = tokens.get(at.checked_sub(1)?)?;
    let paragraph = &article.paragraphs[article.paragraph_at(last.start)];
    let mut start = at;
    while start < paragraph.tokens.end
        && (numbers.of.contains(&tokens[start].key)
            || tokens[start].is_dash() && tokens[start].glued)
    {
        start += 1;
    }
    let limit = paragraph.tokens.end.min(start + TITLE_WORDS);
    let mut end = start;
    while end < limit && !ends_title(article, language, end) {
        end += 1;
    }
    while end > start && trails(language, &tokens[end - 1]) {
        end -= 1;
    }
    // `36,500 in 2024`: what is counted comes before.
    let first = tokens.get(start).filter(|_| start < end)?;
    let nouns = &language.tables.nouns;
    let says_nothing = nouns.prepositions.contains(&first.key)
        || nouns.conjunctions.contains(&first.key)
        || nouns.verbs.contains(&first.key)
        || !first.is_word() && !first.is_number();
    (!says_nothing).then_some(start..end)
}

fn ends_title(article: &Article, language: &Language, at: usize) -> bool {
    let token = &article.tokens[at];
    if token.is_word() {
        return !token.capital
            && language.tables.nouns.conjunctions.contains(&token.key)
            && !language.tables.numbers.connectors.contains(&token.key);
    }
    let goes_on = token.is_number()
        || token.is_dash() && token.glued
        || matches!(token.key.as_str(), "'" | "’" | "/" | "&" | "%" | "$");
    !goes_on
}

/// Words that a title doesn't end with.
pub(super) fn trails(language: &Language, token: &super::tokens::Token) -> bool {
    let nouns = &language.tables.nouns;
    !token.is_word() && !token.is_number()
        || nouns.prepositions.contains(&token.key)
        || nouns.determiners.contains(&token.key)
        || nouns.conjunctions.contains(&token.key)
}

/// The words before a figure in its clause, for cases such as `rose to 36,500`.
fn title_before(article: &Article, language: &Language, at: usize) -> Option<Range<usize>> {
    let sentence = &article.sentences[article.sentence_at(at)];
    let floor = sentence.tokens.start.max(at.saturating_sub(16));
    let mut start = at;
    while start > floor && !ends_title(article, language, start - 1) {
        start -= 1;
    }
    let mut end = at.min(start + 14);
    while end > start && trails(language, &article.tokens[end - 1]) {
        end -= 1;
    }
    while start < end && trails(language, &article.tokens[start]) {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// The noun that is counted: the last word before a verb, a preposition or the end.
fn head_noun(article: &Article, language: &Language, title: &Range<usize>) -> Option<usize> {
    let nouns = &language.tables.nouns;
    let stops = |token: &super::tokens::Token| {
        !token.is_word()
            || nouns.prepositions.contains(&token.key)
            || nouns.conjunctions.contains(&token.key)
            || nouns.verbs.contains(&token.key)
            || language.tables.date_words.past.contains(&token.key)
            || language.tables.speech.verbs.contains(&token.key)
            || language
                .tables
                .date_words
                .past_suffixes
                .iter()
                .any(|suffix| token.key.len() > 4 && token.key.ends_with(suffix.as_str()))
    };
    let mut noun = None;
    for index in title.clone().take(5) {
        let token = &article.tokens[index];
        let opens = index == title.start;
        if stops(token) && !(opens && is_plural_noun(language, token)) {
            break;
        }
        // `240 a decade ago`, `1.3 million last year`: that is when.
        if language.units.contains_key(&token.key) && !opens {
            return None;
        }
        let owner = token.possessive || nouns.determiners.contains(&token.key);
        // `Gemeinden des Landes`, `Stimmen abgelehnt`: German nouns begin with a capital, and what follows one isn't it.
        let is_behind = language.code() == "de" && !token.capital;
        if noun.is_some() && (is_behind || nouns.determiners.contains(&token.key)) {
            break;
        }
        if owner || language.tables.figures.more.contains(&token.key) {
            continue;
        }
        noun = Some(index);
        if language.tables.anybody.contains(&token.key) {
            break;
        }
        // A plural is the noun itself: what follows isn't part of it.
        if token.key.len() > 3 && token.key.ends_with('s') && !token.key.ends_with("ss") {
            break;
        }
    }
    noun
}

/// Whether a word right after a number is a noun although it could be a verb: `412 objects`.
pub(super) fn is_plural_noun(language: &Language, token: &super::tokens::Token) -> bool {
    let speech = &language.tables.speech;
    !token.capital
        && token.key.ends_with('s')
        && speech.verbs.contains(&token.key)
        && !language.tables.nouns.verbs.contains(&token.key)
        && !language.tables.date_words.past.contains(&token.key)
}

#[cfg(test)]
mod tests;
