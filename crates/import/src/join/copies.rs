//! What do two articles print word for word alike, as they took it from one agency?
//!
//! A long run of the same words in both, in which more is said than quotations: those are alike wherever they are true.

use std::collections::HashMap;

use super::KnownText;

/// How many words in a row are one report.
const RUN: usize = 25;
/// How many of them are the article's own, outside of quotations.
const OWN: usize = 12;
/// How many words a run is found by.
const SEED: usize = 8;

/// The runs of words that an article has in common with others.
pub(super) struct Copies {
    runs: Vec<Run>,
}

struct Run {
    /// The source of the other article.
    source: String,
    /// The words, with one space around each.
    words: String,
}

/// A word, and whether it is part of a quotation.
type Word = (String, bool);

impl Copies {
    pub(super) fn of(text: &str, others: &[KnownText]) -> Self {
        let here = words(text);
        let mut runs = Vec::new();
        for other in others {
            let there = words(&other.text);
            let mut places: HashMap<Vec<&str>, usize> = HashMap::new();
            for at in (0..there.len().saturating_sub(SEED - 1)).rev() {
                places.insert(keys(&there[at..at + SEED]), at);
            }
            let mut at = 0;
            while at + SEED <= here.len() {
                let Some(start) = places.get(&keys(&here[at..at + SEED])) else {
                    at += 1;
                    continue;
                };
                let pairs = here[at..].iter().zip(&there[*start..]);
                let length = pairs.take_while(|(one, other)| one.0 == other.0).count();
                let run = &here[at..at + length];
                let n_own = run.iter().filter(|(_, is_quoted)| !is_quoted).count();
                if length >= RUN && n_own >= OWN {
                    runs.push(Run {
                        source: other.source.clone(),
                        words: spaced(run.iter().map(|(word, _)| word.as_str())),
                    });
                }
                at += length;
            }
        }
        Self { runs }
    }

    /// The source, one of some, that prints these words in the same report.
    pub(super) fn original<'s>(
        &self,
        passage: &str,
        mut among: impl Iterator<Item = &'s str>,
    ) -> Option<String> {
        let passage = words(passage);
        let passage = spaced(passage.iter().map(|(word, _)| word.as_str()));
        among
            .find(|source| {
                let mut runs = self.runs.iter().filter(|run| run.source == *source);
                runs.any(|run| run.words.contains(&passage))
            })
            .map(str::to_owned)
    }
}

fn keys(words: &[Word]) -> Vec<&str> {
    words.iter().map(|(word, _)| word.as_str()).collect()
}

fn spaced<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.fold(" ".to_owned(), |text, word| text + word + " ")
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push((std::mem::take(&mut word), is_quoted));
        }
        match c {
            '“' | '«' | '„' => is_quoted = true,
            '”' | '»' => is_quoted = false,
            '"' => is_quoted = !is_quoted,
            '\n' => is_quoted = false,
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_of_own_words_is_one_report_and_a_quotation_is_none() {
        let report = "A freighter ran aground off the lighthouse before dawn on Tuesday with nineteen people on board, all of whom were brought ashore unharmed by two lifeboats, the coast guard said.";
        let quoted = "“We have waited for this quay for thirty years, through four mayors and two floods, and nobody in this town will believe it until the first ship has tied up there,” she said.";
        let others = [KnownText {
            source: "gazette".to_owned(),
            text: format!("Here it begins.\n\n{report}\n\n{quoted}"),
        }];
        let copies = Copies::of(
            &format!("Another beginning.\n\n{quoted}\n\n{report} The end."),
            &others,
        );
        let found = |words: &str| copies.original(words, ["gazette"].into_iter());
        assert_eq!(
            found("nineteen people on board, all").as_deref(),
            Some("gazette")
        );
        assert_eq!(found("We have waited for this quay"), None);
        assert_eq!(
            copies.original("nineteen people", ["other"].into_iter()),
            None
        );
    }
}
