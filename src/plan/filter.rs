//! What records of a page can be told apart by, without scripts: a stylesheet hides those that haven't what was chosen.

use crate::plan::scale::thousandths;
use crate::plan::view::{FilterOptionView, FilterView};

/// The most options of a filter; the stylesheet has rules for as many.
const MOST_OPTIONS: usize = 12;

/// A property of records: its values in order of first use, and how many records have each.
pub(super) struct Property<'r, R> {
    values: Vec<(&'r str, usize)>,
    of: fn(&'r R) -> Vec<&'r str>,
    letter: &'static str,
}

impl<'r, R> Property<'r, R> {
    /// The property of some records; `letter` tells its values from those of other filters of the page.
    pub(super) fn of(
        records: impl IntoIterator<Item = &'r R>,
        letter: &'static str,
        of: fn(&'r R) -> Vec<&'r str>,
    ) -> Self {
        let mut values: Vec<(&str, usize)> = Vec::new();
        for value in records.into_iter().flat_map(of) {
            match values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, n)) => *n += 1,
                None => values.push((value, 1)),
            }
        }
        Self { values, of, letter }
    }

    /// The same with the values that most records have, if there are more than can be chosen from.
    pub(super) fn most_frequent(mut self) -> Self {
        if self.values.len() > MOST_OPTIONS {
            self.values.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            self.values.truncate(MOST_OPTIONS);
        }
        self
    }

    /// Whether no record has it.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    fn is_filter(&self) -> bool {
        (2..=MOST_OPTIONS).contains(&self.values.len())
    }

    /// The filter; `None` if there is nothing to choose between, or too much.
    pub(super) fn filter(&self, name: &'static str, title: &str) -> Option<FilterView> {
        let most = self.values.iter().map(|(_, n)| *n).max()?;
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        let options = self.values.iter().enumerate();
        let options = options.map(|(index, (title, n))| FilterOptionView {
            value: format!("{}{}", self.letter, index + 1),
            title: (*title).to_owned(),
            n_reactions: *n,
            size: thousandths(count(*n), count(most)),
        });
        self.is_filter().then(|| FilterView {
            name,
            title: title.to_owned(),
            options: options.collect(),
        })
    }

    /// What a filter finds a record by: `s2`; several for a record of several values.
    pub(super) fn classes(&self, record: &'r R) -> Vec<String> {
        if !self.is_filter() {
            return Vec::new();
        }
        let values = (self.of)(record).into_iter();
        let indexes =
            values.filter_map(|value| self.values.iter().position(|(known, _)| *known == value));
        indexes
            .map(|index| format!("{}{}", self.letter, index + 1))
            .collect()
    }
}
