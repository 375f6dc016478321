//! A sentence of a source as seen by its numbers: which are amounts, which are dates, and what separates them.

mod clauses;
mod contest;
mod dates;
pub(crate) mod governed;
pub(crate) mod number_dates;
mod opposites;
mod roles;
pub(crate) mod title;
mod together;

use std::borrow::Cow;
use std::ops::Range;

use nutgraf_language::Language;
use nutgraf_language::normalise::normalised_chars;
use nutgraf_language::printed::{PrintedNumber, numbers};
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::{Token, TokenKind, tokenise};
use rust_decimal::Decimal;

use crate::finding::Context;
pub(crate) use crate::sentence::dates::FoundDate;

/// A sentence, or what a record quotes of one.
pub(crate) struct Sentence<'t> {
    text: &'t str,
    pub(crate) language: &'static Language,
    pub(crate) tokens: Vec<Token>,
    /// The bytes of each token in the text.
    bytes: Vec<Range<usize>>,
    /// Its words in lower case.
    keys: Vec<String>,
    /// Its numbers that aren't dates, in order.
    pub(crate) amounts: Vec<PrintedNumber>,
    /// Its dates, in order.
    pub(crate) dates: Vec<FoundDate>,
    /// The part of the sentence that each token belongs to; commas and conjunctions separate parts.
    pub(crate) parts: Vec<usize>,
    /// Whether each token is a year.
    years: Vec<bool>,
}

impl<'t> Sentence<'t> {
    pub(crate) fn new(text: &'t str, language: &'static Language) -> Self {
        let chars = normalised_chars(text);
        let (tokens, _) = tokenise(&chars);
        let bytes = tokens.iter().map(|token| {
            let first = chars[token.chars.start].start as usize;
            first..chars[token.chars.end - 1].end as usize
        });
        let mut sentence = Self {
            text,
            language,
            bytes: bytes.collect(),
            keys: tokens
                .iter()
                .map(|token| lower(&token.text).into_owned())
                .collect(),
            tokens,
            amounts: Vec::new(),
            dates: Vec::new(),
            parts: Vec::new(),
            years: Vec::new(),
        };
        let n_tokens = sentence.tokens.len();
        sentence.years = (0..n_tokens)
            .map(|at| sentence.looks_like_year(at))
            .collect();
        sentence.dates = sentence.find_dates();
        sentence.amounts = sentence.find_amounts();
        sentence.parts = sentence.find_parts();
        sentence
    }

    /// A word in lower case; empty beyond the ends.
    pub(crate) fn key(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", String::as_str)
    }

    /// The words of some tokens as in the text.
    pub(crate) fn text(&self, tokens: &Range<usize>) -> &'t str {
        match (self.bytes.get(tokens.start), self.bytes.get(tokens.end - 1)) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// A word as the text has it.
    pub(crate) fn word(&self, at: usize) -> &'t str {
        self.text(&(at..at + 1))
    }

    /// The words from one number to another, as the text has them.
    pub(crate) fn span(&self, first: usize, last: usize) -> &'t str {
        self.text(&(self.amounts[first].tokens.start..self.amounts[last].tokens.end))
    }

    /// The tokens, of which those of a date right behind a number are no words: `3.90 last year` counts no years.
    pub(crate) fn without_date_behind(&self, index: usize) -> Cow<'_, [Token]> {
        let end = self.amounts[index].tokens.end;
        let Some(date) = self.dates.iter().find(|date| date.tokens.start == end) else {
            return Cow::Borrowed(&self.tokens);
        };
        let mut tokens = self.tokens.clone();
        for token in &mut tokens[date.tokens.clone()] {
            token.kind = TokenKind::Sign;
        }
        Cow::Owned(tokens)
    }

    /// The tokens of a record's words.
    pub(crate) fn tokens_at(&self, context: &Context<'_>) -> Range<usize> {
        let end = context.at + context.words.len();
        let first = self.bytes.partition_point(|bytes| bytes.end <= context.at);
        let last = self.bytes.partition_point(|bytes| bytes.start < end);
        first..last
    }

    /// The part of the sentence that a token belongs to.
    pub(crate) fn part(&self, at: usize) -> usize {
        self.parts.get(at).copied().unwrap_or_default()
    }

    /// The tokens of a part of the sentence.
    pub(crate) fn part_tokens(&self, part: usize) -> Range<usize> {
        let first = self.parts.partition_point(|own| *own < part);
        let last = self.parts.partition_point(|own| *own <= part);
        first..last
    }

    /// Whether a word belongs to a date.
    fn is_date(&self, at: usize) -> bool {
        self.dates.iter().any(|date| date.tokens.contains(&at))
    }

    /// Whether a word belongs to a number that isn't a date.
    fn is_amount(&self, at: usize) -> bool {
        let mut amounts = self.amounts.iter();
        amounts.any(|amount| amount.tokens.contains(&at))
    }

    /// Whether it has so many words in a row that it is a list or a table, and has no clauses.
    fn is_list(&self) -> bool {
        /// Sentences of news have a tenth of that.
        const LONGEST: usize = 500;
        self.tokens.len() > LONGEST
    }

    fn find_amounts(&self) -> Vec<PrintedNumber> {
        let is_amount = |number: &PrintedNumber| {
            let has_digit = self.tokens[number.tokens.clone()]
                .iter()
                .any(|token| token.text.contains(|c: char| c.is_ascii_digit()));
            // `one` often isn't a number.
            let is_telling = has_digit || number.value != Decimal::ONE;
            // `five years later` is a time, not an amount.
            let end = number.tokens.end;
            let offsets = &self.language.tables.when.offsets;
            let is_offset = self.is_unit(end) && offsets.contains(self.key(end + 1));
            // `in the quarter` is a time, too.
            let is_season = number.form.is_part()
                && !has_digit
                && number.tokens.len() == 1
                && number.tokens.start.checked_sub(1).is_some_and(|before| {
                    self.language
                        .tables
                        .nouns
                        .definite
                        .contains(self.key(before))
                })
                && !self.language.tables.numbers.of.contains(self.key(end));
            is_telling
                && !is_offset
                && !is_season
                && !number.tokens.clone().any(|at| self.is_date(at))
        };
        let found = numbers(self.language, &self.tokens).into_iter();
        let found = found.flat_map(|number| self.in_parts(number));
        found.filter(is_amount).collect()
    }

    /// `12 out of 40` is a share, and gives both of its numbers.
    fn in_parts(&self, number: PrintedNumber) -> Vec<PrintedNumber> {
        let is_ratio = number.form.is_part() && number.tokens.len() > 2;
        let mut all = Vec::new();
        for at in number.tokens.clone().filter(|_| is_ratio) {
            let found = numbers(self.language, &self.tokens[at..at + 1]).pop();
            all.extend(
                found
                    .filter(|_| self.language.is_numeral(&self.tokens[at]))
                    .map(|found| PrintedNumber {
                        tokens: at..at + 1,
                        ..found
                    }),
            );
        }
        match all.len() {
            2.. => {
                all.insert(0, number);
                all
            }
            _ => vec![number],
        }
    }

    fn find_parts(&self) -> Vec<usize> {
        let nouns = &self.language.tables.nouns;
        let mut part = 0;
        let mut parts = Vec::with_capacity(self.tokens.len());
        for (at, token) in self.tokens.iter().enumerate() {
            let is_sign = token.kind == TokenKind::Sign
                && (matches!(&*token.text, "," | ";" | ":" | "(" | ")" | "." | "–" | "—")
                    || (token.is_sign("-") && !token.is_glued));
            let is_parting = is_sign || nouns.conjunctions.contains(self.key(at));
            if is_parting && !self.is_date(at) && !self.is_amount(at) {
                part += 1;
            }
            parts.push(part);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_dates_are_told_apart() {
        let read = |code: &str, text: &str| {
            let sentence = Sentence::new(text, Language::named(code).unwrap());
            let dates = sentence
                .dates
                .iter()
                .map(|date| sentence.text(&date.tokens));
            let dates: Vec<String> = dates.map(str::to_owned).collect();
            let amounts = sentence
                .amounts
                .iter()
                .map(|one| sentence.text(&one.tokens));
            let amounts: Vec<String> = amounts.map(str::to_owned).collect();
            format!("{} | {}", amounts.join("; "), dates.join("; "))
        };
        let check = |code: &str, text: &str, expected: &str| {
            assert_eq!(read(code, text), expected, "{text}");
        };
        check(
            "en",
            "It rose from over 40 in 2022 to 67 last year.",
            "40; 67 | in 2022; last year",
        );
        check(
            "en",
            "On March 3, 12 ships may come, two weeks ago 2,000 boats.",
            "12; 2,000 | On March 3; two weeks ago",
        );
        check(
            "de",
            "Am 4. März 2024 kamen 12 Boote, im Mai 15 und 2022 nur 9.",
            "12; 15; 9 | Am 4. März 2024; im Mai; 2022",
        );
        check(
            "es",
            "El 4 de marzo de 2024 llegaron 12 barcos y en 2022, 15.",
            "12; 15 | El 4 de marzo de 2024; en 2022",
        );
        check(
            "fr",
            "Le 4 mars 2024, 12 bateaux ; en 2022, 15.",
            "12; 15 | Le 4 mars 2024; en 2022",
        );
    }
}
