//! Phrases of one or more words, each with its meaning, indexed by their first word.

use std::collections::HashMap;

use super::words::words_of;

/// Phrases with their meanings.
#[derive(Debug)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
    longest: usize,
}

impl<T> Phrases<T> {
    /// Indexes phrases with their meanings.
    pub fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        let mut longest = 0;
        for (phrase, value) in phrases {
            let words = words_of(&phrase);
            longest = longest.max(words.len());
            if let Some(first) = words.first() {
                by_first
                    .entry(first.clone())
                    .or_default()
                    .push((words, value));
            }
        }
        // Longest first, so that `more than` is found before `more`.
        by_first
            .values_mut()
            .for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        Self { by_first, longest }
    }

    /// The longest phrase that begins with the word `first`, with its meaning and its length in words.
    ///
    /// `word` returns the words from `first` on, by their distance from it.
    pub fn find<'w>(
        &self,
        first: &str,
        word: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, &T)> {
        self.by_first
            .get(first)?
            .iter()
            .find(|(phrase, _)| {
                phrase
                    .iter()
                    .enumerate()
                    .all(|(index, expected)| word(index) == Some(expected.as_str()))
            })
            .map(|(phrase, value)| (phrase.len(), value))
    }

    /// The longest phrase that ends before the word `end`, with its meaning and its length in words.
    pub fn find_before<'w>(
        &self,
        end: usize,
        word: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, &T)> {
        (1..=self.longest.min(end)).rev().find_map(|length| {
            let start = end - length;
            let list = self.by_first.get(word(start)?)?;
            list.iter()
                .find(|(phrase, _)| {
                    phrase.len() == length
                        && phrase
                            .iter()
                            .enumerate()
                            .all(|(index, expected)| word(start + index) == Some(expected.as_str()))
                })
                .map(|(_, value)| (length, value))
        })
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}
