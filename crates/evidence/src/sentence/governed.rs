//! Which date of a sentence is that of what a title says?
//!
//! `The bridge, which opened in 1931, was closed on March 4`: a title that says `closed` has the date that is
//! beside that word. Where nothing in a title tells several dates apart, nobody can say that one of them agrees.

use nutgraf_language::Language;
use nutgraf_language::normalise::normalise;
use nutgraf_language::sense::lower;

use crate::forms::are_forms;
use crate::sentence::{FoundDate, Sentence};

/// A word of another part of the sentence is as far away as so many words more.
const APART: usize = 6;

/// What an action, a second one, the first word of a title, and any other word of it weigh when they are beside a
/// date: `A judge rules that the law is void` is said of the ruling.
const ACTION: usize = 6;
const SECOND_ACTION: usize = 3;
const FIRST: usize = 1;
const OTHER: usize = 2;

/// What a title says of the dates of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Governed<'s> {
    /// One of these dates is the title's.
    This,
    /// Another is, by a word of the title beside it.
    Another(&'s FoundDate, &'s str),
    /// It may be any.
    Any,
}

/// The words of a title that could tell one thing from another, in lower case.
pub(crate) fn title_words(title: &str, language: &Language) -> Vec<String> {
    let nouns = &language.tables.nouns;
    let is_telling = |word: &String| {
        word.chars().count() > 2
            && !nouns.prepositions.contains(word)
            && !nouns.determiners.contains(word)
            && !nouns.conjunctions.contains(word)
    };
    let title = normalise(title);
    let words = title.split(|c: char| !c.is_alphanumeric());
    words
        .map(|word| lower(word).into_owned())
        .filter(is_telling)
        .collect()
}

impl Sentence<'_> {
    /// Whether a title has one of its dates, of which some are those that a record gives.
    pub(crate) fn governed(
        &self,
        title: &[String],
        is_claimed: impl Fn(&FoundDate) -> bool,
    ) -> Governed<'_> {
        let mut scores = vec![(0, None); self.dates.len()];
        let mut has_acted = false;
        for (place, word) in title.iter().enumerate() {
            let nouns = &self.language.tables.nouns;
            if nouns.verbs.contains(word) {
                continue;
            }
            for (at, index, weight) in self.best_of(place, word) {
                let weight = match weight {
                    ACTION if has_acted => SECOND_ACTION,
                    weight => weight,
                };
                has_acted |= weight == ACTION;
                let (score, beside): &mut (usize, Option<(usize, usize)>) = &mut scores[index];
                *score += weight;
                if beside.is_none_or(|(_, best)| weight > best) {
                    *beside = Some((at, weight));
                }
            }
        }
        let (mut own, mut other) = (0, (0, None));
        for (date, (score, beside)) in self.dates.iter().zip(&scores) {
            if is_claimed(date) {
                own = own.max(*score);
            } else if *score > other.0 {
                other = (*score, beside.map(|(at, _)| (date, at)));
            }
        }
        match other {
            (score, _) if score < own => Governed::This,
            (score, Some((date, at))) if score > own => Governed::Another(date, self.word(at)),
            _ => Governed::Any,
        }
    }

    /// Where a word of a title is, the date there and what it weighs. Beside several dates it tells nothing.
    fn best_of(&self, place: usize, word: &str) -> Vec<(usize, usize, usize)> {
        let found = (0..self.tokens.len()).filter(|at| {
            self.tokens[*at].is_word()
                && !self.is_date(*at)
                && self.may_be_forms(word, self.key(*at))
        });
        let mut best: Vec<(usize, usize, usize)> = Vec::new();
        for at in found {
            let weight = match (self.is_deed(at), place) {
                (true, _) => ACTION,
                (false, _) if self.is_subject(at) => continue,
                (false, 0) => FIRST,
                (false, _) => OTHER,
            };
            let Some(index) = self.date_near(at) else {
                continue;
            };
            match best.iter_mut().find(|(_, known, _)| *known == index) {
                Some(known) if known.2 < weight => *known = (at, index, weight),
                Some(_) => {}
                None => best.push((at, index, weight)),
            }
        }
        if best.len() > 1 {
            // A verb says more than a noun of its stem.
            best.retain(|(_, _, weight)| *weight == ACTION);
        }
        if best.len() > 1 { Vec::new() } else { best }
    }

    /// The date of the clause of a word, else the nearest.
    fn date_near(&self, at: usize) -> Option<usize> {
        let own = self.part(at);
        let distance = |date: &FoundDate| {
            let words = &date.tokens;
            let between = if words.start > at {
                at..words.start
            } else {
                (words.end - 1).min(at)..at
            };
            let n_stops = between
                .clone()
                .filter(|at| self.tokens[*at].is_sign(";"))
                .count();
            // `In 1989, the wall fell`: a date by itself is that of the clause behind it.
            let is_fronted = self.stands_alone(date)
                && self
                    .tokens
                    .get(words.end)
                    .is_some_and(|sign| sign.is_sign(","));
            let part = self.part(words.start) + usize::from(is_fronted);
            // A word has rather the date behind it: `signed in 1992 expired on December 31`.
            let is_behind = usize::from(words.start < at);
            2 * (between.len() + (own.abs_diff(part) + 2 * n_stops) * APART) + is_behind
        };
        let dates = self.dates.iter().enumerate();
        dates
            .min_by_key(|(_, date)| distance(date))
            .map(|(index, _)| index)
    }

    /// Whether a word says what happened: a verb of the past, or the participle of one.
    pub(crate) fn is_deed(&self, at: usize) -> bool {
        let key = self.key(at);
        let clauses = &self.language.tables.clauses;
        let is_strong = || {
            let mut verbs = clauses.strong.iter();
            verbs.any(|forms| forms.iter().any(|form| form == key))
        };
        self.is_action(at) || clauses.participles.contains(key) || is_strong()
    }

    /// Whether a word comes before all that its sentence says: its subject is that of all its dates.
    fn is_subject(&self, at: usize) -> bool {
        let part = self.part_tokens(self.part(0));
        let has_date = self
            .dates
            .iter()
            .any(|date| part.contains(&date.tokens.start));
        let is_before_deed = (at + 1..part.end).any(|later| self.is_deed(later));
        let has_begun =
            (part.start..at).any(|earlier| self.is_deed(earlier) || self.is_date(earlier));
        // `firmado en 1992` says what has that date.
        let is_dated = self.dates.iter().any(|date| date.tokens.start == at + 1);
        part.contains(&at) && !is_dated && !has_begun && (!has_date || is_before_deed)
    }

    /// Whether two words may be forms of one, regular or not.
    pub(super) fn may_be_forms(&self, one: &str, other: &str) -> bool {
        /// Forms have so many letters in common at their start.
        const SHARED: usize = 3;
        let strong = &self.language.tables.clauses.strong;
        let are_strong = || {
            let has = |forms: &Vec<String>, word: &str| forms.iter().any(|form| form == word);
            strong
                .iter()
                .any(|forms| has(forms, one) && has(forms, other))
        };
        let n_shared = one
            .chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let longest = one.chars().count().max(other.chars().count());
        let are_short = n_shared >= SHARED && longest <= n_shared + 2 && longest <= 6;
        are_forms(one, other) || are_short || are_strong()
    }

    /// Whether a clause speaks of what is to come when a source was written, as far as its words tell.
    pub(crate) fn is_ahead(&self, date: &FoundDate) -> Ahead {
        let part = self.part_tokens(self.part(date.tokens.start));
        let words = &self.language.tables.date_words;
        let is_future = |at: usize| {
            let word = |offset: usize| {
                let at = at + offset;
                part.contains(&at)
                    .then(|| self.key(at))
                    .filter(|key| !key.is_empty())
            };
            let key = self.key(at);
            let ends =
                |suffix: &String| key.len() > suffix.len() + 2 && key.ends_with(suffix.as_str());
            words.future.contains(key)
                || words.future_suffixes.iter().any(ends)
                || self.language.future.find(key, word).is_some()
        };
        let is_past = |at: usize| words.past.contains(self.key(at)) || self.is_action(at);
        let is_open = |at: &usize| !date.tokens.contains(at);
        match (
            part.clone().filter(is_open).any(is_future),
            part.clone().filter(is_open).any(is_past),
        ) {
            (true, false) => Ahead::Yes,
            (_, true) => Ahead::No,
            (false, false) => Ahead::Maybe,
        }
    }
}

/// Whether a clause looks ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// `will reopen`.
    Yes,
    /// `reopened`.
    No,
    /// `reopens`.
    Maybe,
}
