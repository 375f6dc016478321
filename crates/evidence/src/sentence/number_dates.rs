//! Finds the date that goes with one number of a sentence that has several.
//!
//! `52,000 visitors in 2021 and 67,500 in 2022`: the source says a number only together with its own year. Where nobody
//! can tell, nothing counts as agreeing.

use std::ops::Range;

use crate::sentence::{FoundDate, Sentence};

/// A date more than this many words after a number doesn't belong to it: the number, its noun and a preposition take
/// fewer.
const CLOSE: usize = 6;

/// The date that goes with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bound<'s> {
    /// This one, beside it.
    Close(&'s FoundDate),
    /// This one, as the only one that could be meant.
    Likely(&'s FoundDate),
    /// This one is near, but may belong to another number or clause.
    Unsure(&'s FoundDate),
    /// None.
    Nowhere,
}

impl Sentence<'_> {
    /// The date that goes with one of the amounts.
    pub(crate) fn date_of(&self, index: usize) -> Bound<'_> {
        if let Some(date) = self.date_in_turn(index) {
            return Bound::Close(date);
        }
        let next = self.next_date(index);
        // `38 percent, three points lower than in 2021`
        if let Some(next) = next.filter(|next| self.is_compared(index, next)) {
            return Bound::Unsure(next);
        }
        if let Some(next) = next.filter(|next| self.is_close(index, next)) {
            return Bound::Close(next);
        }
        let own = &self.amounts[index].tokens;
        let previous = self.previous_date(index);
        // `in 2015 (475,300 passengers)`
        let opens = |date: &&FoundDate| {
            date.tokens.end + 1 == own.start && self.tokens[date.tokens.end].is_sign("(")
        };
        if let Some(date) = previous.filter(opens) {
            return Bound::Close(date);
        }
        match (previous, next) {
            (Some(date), next) => {
                // The date belongs to another number, which this one follows.
                let is_taken = self.amounts.iter().enumerate().any(|(other, amount)| {
                    amount.tokens.end <= date.tokens.start
                        && self.next_date(other) == Some(date)
                        && self.is_close(other, date)
                });
                let between = date.tokens.end..own.start;
                let from = &self.language.tables.figures.series_from;
                let is_from = from.contains(self.key(own.start.saturating_sub(1)));
                if is_taken && (is_from || between.clone().any(|at| self.leads_on(at))) {
                    return Bound::Unsure(date);
                }
                if between.clone().any(|at| self.is_offset(at)) {
                    return Bound::Unsure(date);
                }
                let is_same_part = self.part(date.tokens.start) == self.part(own.start)
                    || self.is_in_relative(date, own.start);
                match self.stands_alone(date) || is_same_part || is_taken {
                    true => Bound::Likely(date),
                    false if next.is_some_and(|next| self.is_same_part(index, next)) => {
                        next.map_or(Bound::Nowhere, Bound::Likely)
                    }
                    false => Bound::Unsure(date),
                }
            }
            (None, Some(date)) => {
                let may_be = self.is_same_part(index, date)
                    || self.stands_alone(date)
                    || self.is_shared(index, date);
                if may_be {
                    Bound::Likely(date)
                } else {
                    Bound::Unsure(date)
                }
            }
            (None, None) => Bound::Nowhere,
        }
    }

    /// `12 and 15 boats in 2021 and 2022`: the same number of dates as numbers, in the same order.
    fn date_in_turn(&self, index: usize) -> Option<&FoundDate> {
        let amounts = self.run(index, self.amounts.len(), |one, other| {
            let between = self.amounts[one].tokens.end..self.amounts[other].tokens.start;
            between.len() < 4
                && !self.has_date(&between)
                && !between.clone().any(|at| self.leads_on(at))
        });
        if amounts.len() < 2 {
            return None;
        }
        let near = |first: usize| {
            self.run(first, self.dates.len(), |one, other| {
                let between = self.dates[one].tokens.end..self.dates[other].tokens.start;
                between.len() < 3 && !self.has_amount(&between)
            })
        };
        let end = self.amounts[amounts.end - 1].tokens.end;
        let start = self.amounts[amounts.start].tokens.start;
        let behind = self.dates.iter().position(|date| date.tokens.start >= end);
        let before = self.dates.iter().rposition(|date| date.tokens.end <= start);
        let is_near = |between: Range<usize>| !self.has_amount(&between);
        let dates = [behind, before]
            .into_iter()
            .flatten()
            .map(near)
            .find(|dates| {
                let first = &self.dates[dates.start].tokens;
                let last = &self.dates[dates.end - 1].tokens;
                let between = if first.start >= end {
                    end..first.start
                } else {
                    last.end..start
                };
                dates.len() == amounts.len() && is_near(between)
            })?;
        self.dates.get(dates.start + index - amounts.start)
    }

    /// The neighbors of an item that belong together with it.
    fn run(&self, index: usize, n: usize, joined: impl Fn(usize, usize) -> bool) -> Range<usize> {
        let mut run = index..index + 1;
        while run.start > 0 && joined(run.start - 1, run.start) {
            run.start -= 1;
        }
        while run.end < n && joined(run.end - 1, run.end) {
            run.end += 1;
        }
        run
    }

    pub(crate) fn has_amount(&self, words: &Range<usize>) -> bool {
        self.amounts
            .iter()
            .any(|amount| words.contains(&amount.tokens.start))
    }

    /// Whether another date is right beside one: `in 2023 two weeks ago`.
    pub(crate) fn has_date_beside(&self, date: &FoundDate) -> bool {
        let near = |one: &Range<usize>, other: &Range<usize>| {
            one.end <= other.start && one.end + 1 >= other.start
        };
        self.dates
            .iter()
            .any(|other| near(&date.tokens, &other.tokens) || near(&other.tokens, &date.tokens))
    }

    fn has_date(&self, words: &Range<usize>) -> bool {
        self.dates
            .iter()
            .any(|date| words.contains(&date.tokens.start))
    }

    /// The date after a number and those counted with it: `12 boats and 15 cars in 2021`.
    fn next_date(&self, index: usize) -> Option<&FoundDate> {
        let end = self.amounts[index].tokens.end;
        let next = self.dates.iter().find(|date| date.tokens.start >= end)?;
        // `(2021: 11)` is the date of what follows it.
        let heads = self
            .tokens
            .get(next.tokens.end)
            .is_some_and(|sign| sign.is_sign(":"));
        if heads {
            return None;
        }
        (!self.has_amount(&(end..next.tokens.start)) || self.is_shared(index, next)).then_some(next)
    }

    /// Whether the numbers between a number and a date share the date.
    fn is_shared(&self, index: usize, date: &FoundDate) -> bool {
        let end = self.amounts[index].tokens.end;
        let between = end..date.tokens.start;
        self.has_amount(&between)
            && !between.clone().any(|at| self.leads_on(at))
            && !self
                .dates
                .iter()
                .any(|other| other.tokens.end <= self.amounts[index].tokens.start)
    }

    /// The date before a number and those counted with it.
    fn previous_date(&self, index: usize) -> Option<&FoundDate> {
        let start = self.amounts[index].tokens.start;
        let previous = self
            .dates
            .iter()
            .rev()
            .find(|date| date.tokens.end <= start)?;
        let between = previous.tokens.end..start;
        let is_free = !between.clone().any(|at| self.leads_on(at)) || !self.has_amount(&between);
        is_free.then_some(previous)
    }

    /// Whether a date follows a number with nothing between them that separates the two.
    fn is_close(&self, index: usize, date: &FoundDate) -> bool {
        let end = self.amounts[index].tokens.end;
        let between = end..date.tokens.start;
        let is_in_brackets = !between.is_empty() && self.tokens[date.tokens.start - 1].is_sign("(");
        let is_same_part = if is_in_brackets {
            self.part(end - 1) == self.part(date.tokens.start.saturating_sub(2))
        } else {
            self.is_same_part(index, date)
        };
        between.len() <= CLOSE
            && !self.has_amount(&between)
            && is_same_part
            && !between.clone().any(|at| self.leads_on(at))
    }

    /// Whether a date is only what something is compared with: `than in 2021`.
    fn is_compared(&self, index: usize, date: &FoundDate) -> bool {
        let comparisons = &self.language.tables.clauses.comparisons;
        let start = date.tokens.start.saturating_sub(2);
        let mut before = self.amounts[index].tokens.end.max(start)..date.tokens.start;
        before.any(|at| comparisons.contains(self.key(at)))
    }

    fn is_same_part(&self, index: usize, date: &FoundDate) -> bool {
        self.part(self.amounts[index].tokens.end - 1) == self.part(date.tokens.start)
    }

    /// `two years after`: what follows has another date than the one before.
    fn is_offset(&self, at: usize) -> bool {
        let offsets = &self.language.tables.when.offsets;
        self.is_unit(at) && offsets.contains(self.key(at + 1))
    }

    /// `the flood of 1997, which killed 12 people`: a relative clause goes on with its date.
    fn is_in_relative(&self, date: &FoundDate, at: usize) -> bool {
        let end = date.tokens.end;
        let relatives = &self.language.tables.sense.relatives;
        self.tokens.get(end).is_some_and(|comma| comma.is_sign(","))
            && relatives.contains(self.key(end + 1))
            && self.part(end + 1) == self.part(at)
    }

    /// Whether a date is a separate part of the sentence, as `In 2022,` is.
    pub(crate) fn stands_alone(&self, date: &FoundDate) -> bool {
        let part = self.part_tokens(self.part(date.tokens.start));
        let nouns = &self.language.tables.nouns;
        let is_small = |at: usize| {
            !self.tokens[at].is_word()
                || nouns.conjunctions.contains(self.key(at))
                || nouns.prepositions.contains(self.key(at))
                || self.language.tables.when.passed_over.contains(self.key(at))
        };
        let before = part.start..date.tokens.start.max(part.start);
        before.clone().all(is_small)
    }

    /// Whether a word links one number to another: `to`, `than`, `from`.
    pub(crate) fn leads_on(&self, at: usize) -> bool {
        let figures = &self.language.tables.figures;
        let key = self.key(at);
        let is_before_amount = self
            .amounts
            .iter()
            .any(|amount| (1..=4).any(|step| amount.tokens.start == at + step));
        is_before_amount && (figures.series_to.contains(key) || figures.than.contains(key))
    }
}
