//! Finds the numbers and names in an editor's sentence, and whether a source has them.
//!
//! That a source has them doesn't prove the sentence, and nothing here claims so. A missing one is a reason to look
//! again.

mod capitals;
mod pieces;

use std::collections::{BTreeSet, HashSet};

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::forms::is_inflected;
use crate::own_words::pieces::{Piece, is_acronym, is_capitalized, pieces, without_possessive};
use nutgraf_language::Language;
use nutgraf_language::printed::numbers_in;
use nutgraf_language::sense::lower;

/// A number or a name in an editor's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// As written.
    pub text: String,
    kind: FactKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum FactKind {
    /// Its value.
    Number(Decimal),
    /// A name of one or more words.
    Name,
}

impl Fact {
    pub(crate) fn name(text: String) -> Self {
        Self {
            text,
            kind: FactKind::Name,
        }
    }

    /// Whether it is a number with these digits.
    pub fn is_number(&self, digits: &str) -> bool {
        let number = digits.parse::<Decimal>();
        match (&self.kind, number) {
            (FactKind::Number(value), Ok(number)) => *value == number,
            _ => false,
        }
    }

    /// `number` or `name`.
    pub fn kind(&self) -> &'static str {
        match self.kind {
            FactKind::Number(_) => "number",
            FactKind::Name => "name",
        }
    }
}

/// What a source offers: its words, its numbers and the initials of its names.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: BTreeSet<String>,
    initials: HashSet<String>,
    numbers: BTreeSet<Decimal>,
    /// Whether its language capitalizes nouns and forms compounds.
    has_compounds: bool,
}

impl Vocabulary {
    /// The vocabulary of a whole text in a language.
    pub fn of(text: &str, language: &Language) -> Self {
        let mut vocabulary = Self {
            has_compounds: language.tables.nouns.are_capitalized,
            ..Self::default()
        };
        for word in pieces(text) {
            vocabulary.words.extend(parts(&word.text).map(fold));
            vocabulary.words.insert(fold(&word.text));
        }
        let mut run = String::new();
        for word in pieces(text) {
            for part in parts(&word.text) {
                match part.chars().next().filter(|first| first.is_uppercase()) {
                    Some(first) => run.extend(first.to_lowercase()),
                    None if JOINERS.contains(&part) => {}
                    None => vocabulary.keep_initials(&mut run),
                }
            }
            if word.is_last {
                vocabulary.keep_initials(&mut run);
            }
        }
        vocabulary.keep_initials(&mut run);
        let numbers = numbers_in(text, language).into_iter();
        vocabulary
            .numbers
            .extend(numbers.map(|number| number.value.abs().normalize()));
        vocabulary
    }

    /// Keeps the initials of every stretch of a run of names.
    fn keep_initials(&mut self, run: &mut String) {
        let letters: Vec<char> = run.drain(..).collect();
        for start in 0..letters.len() {
            for end in start + 2..=letters.len().min(start + 8) {
                self.initials.insert(letters[start..end].iter().collect());
            }
        }
    }

    /// Whether it contains a number or a name, inflected or not.
    pub fn has(&self, fact: &Fact) -> bool {
        match &fact.kind {
            FactKind::Number(value) => self.has_number(*value),
            FactKind::Name => self.has_name(&fact.text),
        }
    }

    fn has_number(&self, value: Decimal) -> bool {
        let value = value.abs();
        self.numbers.contains(&value)
            || self
                .numbers
                .iter()
                .any(|precise| crate::figure::rounds_to(*precise, value))
    }

    fn has_name(&self, name: &str) -> bool {
        let words: Vec<String> = pieces(name)
            .iter()
            .flat_map(|word| parts(&word.text))
            .filter(|part| !JOINERS.contains(part))
            .map(fold)
            .collect();
        if words.iter().all(|word| self.has_word(word)) {
            return true;
        }
        let initials: String = words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        match words.as_slice() {
            [short] => is_acronym(name) && self.initials.contains(short),
            _ => self.words.contains(&initials),
        }
    }

    /// Whether it contains every word of a name.
    pub fn has_all(&self, name: &str) -> bool {
        self.has_name(name)
    }

    /// Whether it contains a word that isn't a name, inflected or not.
    pub fn has_common(&self, word: &str) -> bool {
        parts(word).map(fold).all(|word| self.has_word(&word))
    }

    /// Whether one of a word and a known word is a compound of the other: `Rat`, `Stadtrat`.
    fn has_compound(&self, word: &str) -> bool {
        /// Shorter words are the endings of too many others, so they would be found in words that have nothing to do
        /// with them.
        const SHORTEST: usize = 5;
        let is_end = |long: &str, short: &str| {
            short.len() >= SHORTEST && long.len() > short.len() + 2 && long.ends_with(short)
        };
        self.words
            .iter()
            .any(|own| is_end(own, word) || is_end(word, own))
    }

    fn has_word(&self, word: &str) -> bool {
        if self.words.contains(word) {
            return true;
        }
        let start: String = word.chars().take(3).collect();
        if start.chars().count() < 3 {
            return false;
        }
        if self.has_compounds && self.has_compound(word) {
            return true;
        }
        let from = self.words.range(start.clone()..);
        from.take_while(|other| other.starts_with(&start))
            .any(|other| is_inflected(word, other))
    }
}

/// The numbers and names of a sentence, in order.
pub fn facts_in(text: &str, language: &Language) -> Vec<Fact> {
    let mut facts = numbers_of(text, language);
    facts.extend(if language.tables.nouns.are_capitalized {
        capitals::names_in(text, language)
    } else {
        names_in(text, language)
    });
    facts
}

/// What an edit of a sentence must not change unnoticed: its numbers and names, joined into one text.
pub fn facts(text: &str) -> String {
    let facts = facts_in(text, Language::english());
    let facts: Vec<&str> = facts.iter().map(|fact| fact.text.as_str()).collect();
    facts.join("\n")
}

fn numbers_of(text: &str, language: &Language) -> Vec<Fact> {
    let found = numbers_in(text, language).into_iter();
    found
        .filter_map(|number| {
            let written = text.get(number.bytes.clone())?;
            let is_digits = written.contains(|c: char| c.is_numeric());
            // `one` and `a third` often aren't numbers.
            let is_telling = is_digits || number.value > Decimal::ONE;
            // The `19` of `COVID-19`.
            let before = text.get(..number.bytes.start)?;
            let is_part = before
                .strip_suffix(['-', '‐', '‑'])
                .is_some_and(|before| before.ends_with(char::is_alphabetic));
            (is_telling && !is_part).then(|| Fact {
                text: written.to_owned(),
                kind: FactKind::Number(number.value.abs().normalize()),
            })
        })
        .collect()
}

/// Small words within names.
const JOINERS: [&str; 18] = [
    "of", "the", "and", "for", "de", "del", "la", "las", "los", "el", "du", "des", "le", "von",
    "van", "der", "den", "y",
];

/// Capitalized words that name nobody: days, months, titles.
const NO_NAMES: &str = " i january february march april may june july august september october november december \
 monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr sir president mayor minister professor senator \
 judge chancellor governor king queen prince princess montag dienstag mittwoch donnerstag freitag samstag sonntag ";

/// The parts of a word with hyphens or slashes, without the `s` of a possessive.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '‐', '‑', '–', '/'])
        .map(without_possessive)
        .filter(|part| !part.is_empty())
}

/// A word in lower case, without accents and points.
fn fold(word: &str) -> String {
    let word = without_possessive(word);
    let bare = word.nfkd().filter(|c| !is_combining_mark(*c) && *c != '.');
    bare.flat_map(char::to_lowercase).collect()
}

/// Finds runs of capitalized words. The first word of a sentence is capitalized anyway and doesn't count by itself.
fn names_in(text: &str, language: &Language) -> Vec<Fact> {
    let pieces = pieces(text);
    if is_title_case(&pieces, language) {
        return acronyms(&pieces);
    }
    let mut facts = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut keep = |run: &mut Vec<&str>| {
        while run.last().is_some_and(|word| JOINERS.contains(word)) {
            run.pop();
        }
        if !run.is_empty() {
            facts.push(Fact {
                text: run.join(" "),
                kind: FactKind::Name,
            });
        }
        run.clear();
    };
    for (at, piece) in pieces.iter().enumerate() {
        let word = without_possessive(&piece.text);
        let opens_name = || {
            let next = pieces.get(at + 1).filter(|_| !piece.is_last);
            next.is_some_and(|next| may_open_name(word, &next.text, language))
        };
        let tells = !piece.is_first || is_acronym(word) || opens_name();
        let is_name = is_capitalized(word)
            && word.chars().count() > 1
            && tells
            && !NO_NAMES.contains(&format!(" {} ", fold(word)));
        if is_name || (!run.is_empty() && JOINERS.contains(&word)) {
            run.push(word);
        } else {
            keep(&mut run);
        }
        if piece.is_last || word.len() < piece.text.len() {
            keep(&mut run);
        }
    }
    keep(&mut run);
    facts
}

/// Whether the first word of a sentence, which is capitalized anyway, is part of the name that the next belongs to:
/// `Nora Brandt resigns`, but not `Yesterday Brandt resigned`, nor `Mayor Brandt`.
fn may_open_name(word: &str, next: &str, language: &Language) -> bool {
    let key = lower(word);
    let nouns = &language.tables.nouns;
    let is_small = nouns.function_words.contains(&*key)
        || nouns.prepositions.contains(&*key)
        || nouns.determiners.contains(&*key)
        || nouns.conjunctions.contains(&*key)
        || nouns.roles.contains(&*key)
        || nouns.honorifics.contains_key(&*key)
        || language.tables.saying.no_names.contains(&*key)
        || language
            .tables
            .sense
            .quantifiers
            .iter()
            .any(|known| *known == *key)
        || language.is_plural(&key);
    let is_name = |word: &str| {
        is_capitalized(word)
            && word.chars().count() > 1
            && !NO_NAMES.contains(&format!(" {} ", fold(word)))
    };
    !is_small && is_name(word) && is_name(next) && !is_acronym(next)
}

/// Whether all words but small ones are capitalized, as in many headlines, and nearly so in German.
fn is_title_case(pieces: &[Piece], language: &Language) -> bool {
    let nouns = &language.tables.nouns;
    let is_small = |word: &str| {
        let word = lower(word);
        nouns.prepositions.contains(&*word) || nouns.conjunctions.contains(&*word)
    };
    let mut long = pieces
        .iter()
        .filter(|piece| piece.text.chars().count() > 3 && !is_small(&piece.text));
    let n_long = long.clone().count();
    n_long > 3 && long.all(|piece| is_capitalized(&piece.text))
}

fn acronyms(pieces: &[Piece]) -> Vec<Fact> {
    let words = pieces.iter().map(|piece| without_possessive(&piece.text));
    let words = words.filter(|word| is_acronym(word));
    words
        .map(|word| Fact {
            text: word.to_owned(),
            kind: FactKind::Name,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "The harbor council of Lind voted 12 to 3 on Monday. Chinese officials of the \
        U.S.-Mexico border, the Department of Homeland Security and Ana Ruiz’s office counted nearly 46,000 farms.";

    fn missing(text: &str) -> Vec<String> {
        let vocabulary = Vocabulary::of(SOURCE, Language::english());
        let facts = facts_in(text, Language::english()).into_iter();
        let missing = facts.filter(|fact| !vocabulary.has(fact));
        missing.map(|fact| fact.text).collect()
    }

    #[test]
    fn numbers_and_names_are_found_in_figures_or_words_inflected_or_not() {
        for text in [
            "The council votes twelve to three",
            "Farms in China: about 46,000, says Ruiz",
            "Mexico’s border and the DHS",
            "Rain falls on Lind’s 46 thousand farms",
            "For the first time, one of them spoke",
            "Officials of the United States",
        ] {
            assert_eq!(missing(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_the_source_lacks_is_named() {
        for (text, expected) in [
            ("The council voted 13 to 3", &["13"][..]),
            ("The council jailed Mayor Tom Adair", &["Tom Adair"]),
            ("Farms in Colombia and Peru", &["Colombia and Peru"]),
            ("It costs 47,000 in four towns", &["47,000", "four"]),
            ("The FBI came", &["FBI"]),
        ] {
            assert_eq!(missing(text), expected, "{text}");
        }
    }

    #[test]
    fn other_words_may_change_unnoticed() {
        let text = "The council of Lind voted 12 to 3";
        assert_eq!(facts(text), facts("In Lind the council has voted, 12 to 3"));
        assert_ne!(facts(text), facts("The council of Lind voted 11 to 3"));
        assert_ne!(facts(text), facts("The council of Berg voted 12 to 3"));
    }
}
