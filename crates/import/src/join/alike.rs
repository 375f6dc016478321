//! Are two texts about the same? By the words that both have.

use std::collections::BTreeSet;

use super::Known;
use crate::draft::{Record, plain_words};
use crate::language::Language;

/// How the words of a language are compared.
pub(super) struct Words<'l> {
    pub(super) language: &'l Language,
}

impl Words<'_> {
    /// The words of a text that mean something, without their endings.
    fn content(&self, text: &str) -> BTreeSet<String> {
        let nouns = &self.language.tables.nouns;
        let date_words = &self.language.tables.date_words;
        plain_words(text)
            .into_iter()
            .filter(|word| {
                let is_small = nouns.function_words.contains(word)
                    || nouns.determiners.contains(word)
                    || nouns.prepositions.contains(word)
                    || nouns.conjunctions.contains(word)
                    || date_words.future.contains(word);
                word.chars().count() > 2
                    && word.chars().all(char::is_alphabetic)
                    && !is_small
                    && !is_auxiliary(word)
            })
            .map(|word| stem(&word))
            .collect()
    }

    /// How many words two texts share.
    pub(super) fn shared(&self, a: &str, b: &str) -> usize {
        self.content(a).intersection(&self.content(b)).count()
    }

    /// How many in a hundred of the words of the shorter text the other has.
    pub(super) fn alike(&self, a: &str, b: &str) -> usize {
        share(&self.content(a), &self.content(b))
    }

    /// How much two figures count the same: by their titles, or by the sentences that they are in.
    pub(super) fn of_figures(&self, record: &Record, known: &Known) -> usize {
        let title = record.text_of("title").unwrap_or_default();
        let passage = record.passage().unwrap_or_default();
        let (own, theirs) = (self.content(title), self.content(&known.title));
        let shared = own.intersection(&theirs).count();
        let by_title = match shared {
            0 => 0,
            1 if own.len().max(theirs.len()) > 2 => share(&own, &theirs) / 2,
            _ => share(&own, &theirs),
        };
        let (own, theirs) = (self.content(passage), self.content(&known.passage()));
        let by_passage = match own.intersection(&theirs).count() {
            0..3 => 0,
            _ => share(&own, &theirs),
        };
        by_title.max(by_passage)
    }
}

fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    match a.len().min(b.len()) {
        0 => 0,
        fewer => a.intersection(b).count() * 100 / fewer,
    }
}

/// Forms of "be" and "have", which say nothing of what happened.
fn is_auxiliary(word: &str) -> bool {
    const AUXILIARIES: [&str; 34] = [
        "was", "were", "had", "has", "have", "been", "are", "did", "does", "that", "which", "who",
        "fue", "fueron", "había", "ha", "han", "son", "está", "wurde", "wurden", "war", "waren",
        "hat", "haben", "ist", "sind", "été", "était", "étaient", "ont", "est", "foi", "foram",
    ];
    AUXILIARIES.contains(&word)
}

/// A word without its ending: `votes`, `voted` and `voting` are one.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 12] = [
        "ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "en", "er", "s", "e",
    ];
    let ending = ENDINGS.iter().find(|ending| {
        word.strip_suffix(**ending)
            .is_some_and(|rest| rest.chars().count() >= 3)
    });
    match ending {
        Some(ending) => word[..word.len() - ending.len()].to_owned(),
        None => word.to_owned(),
    }
}

/// The numbers in a text: `7-2`, `48.5`.
pub(super) fn numbers(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(|word| word.replace(['–', '—', '‑'], "-"))
        .collect()
}

/// Whether one quotation is a stretch of the other.
pub(super) fn holds(a: &str, b: &str) -> bool {
    let (a, b) = (plain_words(a), plain_words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || short.len() >= 3 && long.windows(short.len()).any(|window| window == short)
}

/// How many in a hundred words of the longer text both have in the same order; nothing for a few words.
pub(super) fn in_order(a: &str, b: &str) -> usize {
    let (a, b) = (plain_words(a), plain_words(b));
    let longer = a.len().max(b.len());
    if a.len().min(b.len()) < 4 || longer > 400 {
        return 0;
    }
    let mut before = vec![0; b.len() + 1];
    for word in &a {
        let mut row = vec![0; b.len() + 1];
        for (at, other) in b.iter().enumerate() {
            row[at + 1] = match word == other {
                true => before[at] + 1,
                false => before[at + 1].max(row[at]),
            };
        }
        before = row;
    }
    before[b.len()] * 100 / longer
}

/// Whether two dates may be of one day that somebody got wrong: days within a week, months within three, years within
/// three. What is further apart is another event.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let parts = |date: &str| -> Option<Vec<i64>> {
        date.split('-').map(|part| part.parse().ok()).collect()
    };
    let (Some(a), Some(b)) = (parts(a), parts(b)) else {
        return false;
    };
    match (a.as_slice(), b.as_slice()) {
        ([a], [b]) => (a - b).abs() <= 3,
        ([year_a, a], [year_b, b]) => ((year_a * 12 + a) - (year_b * 12 + b)).abs() <= 3,
        ([year_a, month_a, a], [year_b, month_b, b]) => {
            let day = |year: i64, month: i64, day: i64| year * 372 + month * 31 + day;
            let is_year = (month_a, a) == (month_b, b) && (year_a - year_b).abs() <= 1;
            is_year || (day(*year_a, *month_a, *a) - day(*year_b, *month_b, *b)).abs() <= 7
        }
        _ => false,
    }
}

/// Whether two numbers may be counts of one thing: neither is three times the other.
pub(super) fn is_of_one_size(a: &str, b: &str) -> bool {
    let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) else {
        return false;
    };
    let (low, high) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    a.signum() == b.signum() && high <= low * 3.0
}

/// How near two numbers are: the smaller in hundredths of the larger.
pub(super) fn nearness(a: &str, b: &str) -> usize {
    let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) else {
        return 0;
    };
    let (low, high) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    match high > 0.0 {
        true => (low / high * 100.0) as usize,
        false => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_whether_two_texts_are_about_the_same() {
        let words = Words {
            language: Language::english(),
        };
        let vote = "The council voted 7-2 for a second quay";
        assert!(words.alike(vote, "Councilors voted 6-3 to build the second quay") >= 60);
        assert!(words.alike(vote, "The bridge was torn down") < 20);
        assert_eq!(numbers("voted 7–2, for $48.5 million."), ["7-2", "48.5"]);
    }

    #[test]
    fn quotations_are_compared_in_order() {
        assert!(holds(
            "We need the quay.",
            "“We need the quay, and soon,” he said"
        ));
        assert!(in_order("We need the quay now.", "We need that quay right now.") >= 60);
        assert!(in_order("We need the quay now.", "Nobody wants it here at all.") < 20);
    }

    #[test]
    fn only_dates_and_numbers_that_are_near_can_be_of_one_thing() {
        assert!(is_near("1907", "1908") && !is_near("1907", "1931"));
        assert!(is_near("2024-03-04", "2024-03-05") && !is_near("2024-03-04", "2024-04-20"));
        assert!(!is_near("2024", "2024-03"));
        assert!(is_of_one_size("48500000", "52000000") && !is_of_one_size("3", "40"));
    }
}
