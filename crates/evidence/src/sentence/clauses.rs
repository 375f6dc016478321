//! What is said in the clause of one number, and not in that of another: of `47 were treated, two of whom died`, nobody may
//! say that 47 died.

use std::ops::Range;

use crate::forms::are_forms;
use crate::sentence::Sentence;

impl Sentence<'_> {
    /// The word of a title that the sentence says of another number than this, in a clause of its own.
    ///
    /// Only what happened or was done tells two numbers apart, as nouns are often meant for both. Of a whole, `of the 320
    /// homes, 145 are built`, nothing is said that is said of its part.
    pub(crate) fn said_of_another(&self, index: usize, title: &[String]) -> Option<&str> {
        if self.is_list() {
            return None;
        }
        let clauses = self.clauses();
        let start = self.amounts[index].tokens.start;
        let own = clauses.iter().find(|clause| clause.contains(&start))?;
        let is_said = |at: usize| self.is_in(title, at);
        let is_whole = self.is_whole(own);
        let mut verbs = own.clone().filter(|at| self.is_verb(*at));
        // `40 homes, 12 barns`: without a verb of its own, a clause goes on with the one before.
        let is_told_apart = is_whole || self.is_behind_stop(own) || verbs.any(|at| !is_said(at));
        if !is_told_apart {
            return None;
        }
        let noun = self.noun_of(index).unwrap_or(0..0);
        let names_it = own
            .clone()
            .any(|at| is_said(at) && !noun.contains(&at) && !self.is_unit_word(at));
        if names_it {
            return None;
        }
        let is_own = |word: usize| {
            own.clone()
                .any(|at| are_forms(self.key(word), self.key(at)))
        };
        let others = clauses
            .iter()
            .filter(|clause| *clause != own && self.is_counted(clause) && !self.is_whole(clause));
        let mut words = others.flat_map(Clone::clone);
        let rest = &self.language.tables.figures.rest;
        let at = words.find(|at| {
            // What costs least comes first: a sentence may have a hundred numbers.
            if !is_said(*at) || is_own(*at) {
                return false;
            }
            // `the others moved`
            let is_of_rest = *at > 0 && rest.contains(self.key(at - 1));
            let tells = self.is_deed(*at) || self.is_predicate(*at) || is_of_rest || is_whole;
            tells && !self.is_unit_word(*at)
        })?;
        Some(self.word(at))
    }

    /// The clauses of the sentence, as far as commas, semicolons and coordinating words part them, and the part of a
    /// whole from the whole.
    fn clauses(&self) -> Vec<Range<usize>> {
        let clauses = &self.language.tables.clauses;
        let apart = &self.language.tables.figures.apart;
        let rest_words = &self.language.tables.figures.rest;
        let is_sign = |at: usize| {
            let between_digits = self.amounts.iter().any(|one| one.tokens.contains(&at));
            (self.tokens[at].is_sign(",") || self.tokens[at].is_sign(";")) && !between_digits
        };
        let is_verb: Vec<bool> = (0..self.tokens.len()).map(|at| self.is_verb(at)).collect();
        let mut ends: Vec<usize> = Vec::new();
        let mut start = 0;
        for at in 1..self.tokens.len() {
            let joins = clauses.coordinators.contains(self.key(at)) || apart.contains(self.key(at));
            let rest = at + 1..self.tokens.len();
            let next = rest.clone().find(|at| is_sign(*at)).unwrap_or(rest.end);
            let goes_on = joins && (at + 1..next).any(|at| is_verb[at]);
            let is_rest =
                joins && (at + 1..next.min(at + 3)).any(|at| rest_words.contains(self.key(at)));
            let is_part = self.is_small_verb(at)
                && self.is_whole(&(start..at))
                && self.has_amount(&(at..next));
            if is_sign(at) || is_rest || goes_on && (start..at).any(|at| is_verb[at]) || is_part {
                ends.push(at);
                start = at;
            }
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ends = ends.iter().copied().chain([self.tokens.len()]);
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Whether a clause counts something, or what is left of it: `and the others were moved`.
    fn is_counted(&self, clause: &Range<usize>) -> bool {
        let rest = &self.language.tables.figures.rest;
        let mut words = clause.clone();
        self.has_amount(clause) || words.any(|at| rest.contains(self.key(at)))
    }

    /// Whether a clause gives the whole of which others give parts: `of the 320 homes`.
    fn is_whole(&self, clause: &Range<usize>) -> bool {
        let whole = &self.language.tables.figures.whole;
        let first = clause.clone().find(|at| self.tokens[*at].is_word());
        let leads = |at: usize| whole.contains(self.key(at));
        // `of the 320 planned homes` says nothing of them.
        let has_verb = clause.clone().any(|at| self.is_small_verb(at));
        first.is_some_and(leads) && !has_verb && self.has_amount(clause)
    }

    /// Whether a semicolon parts a clause from the one before.
    fn is_behind_stop(&self, clause: &Range<usize>) -> bool {
        self.tokens[clause.start].is_sign(";")
    }

    /// Whether a word is a verb, as far as its looks tell.
    fn is_verb(&self, at: usize) -> bool {
        self.is_small_verb(at) || self.is_deed(at)
    }

    /// `is`, `have`, `will`: whether a word is a verb by which others are known.
    fn is_small_verb(&self, at: usize) -> bool {
        self.language.tables.nouns.verbs.contains(self.key(at))
    }

    /// `31 have been rebuilt`, `31 sind wieder aufgebaut`: whether a word is right behind a small verb, or behind an
    /// adverb there.
    fn is_predicate(&self, at: usize) -> bool {
        let nouns = &self.language.tables.nouns;
        let is_between = |at: usize| {
            let key = self.key(at);
            self.tokens[at].is_word()
                && self.tokens[at].text.starts_with(char::is_lowercase)
                && !nouns.determiners.contains(key)
                && !nouns.definite.contains(key)
                && !nouns.prepositions.contains(key)
                && !self.language.is_numeral(&self.tokens[at])
        };
        at > 0 && self.is_small_verb(at - 1)
            || at > 1 && self.is_small_verb(at - 2) && is_between(at - 1)
    }

    /// Whether a word belongs to the unit of a number.
    fn is_unit_word(&self, at: usize) -> bool {
        (0..self.amounts.len()).any(|index| self.unit_tokens(index).contains(&at))
    }
}
