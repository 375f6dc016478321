//! Words that decide what a quotation or a number means: negations, modals, hedges, conditions, opposites.

use std::borrow::Cow;

use super::language::{Language, Weight};
use super::number::separated;
use super::tokens::{Token, TokenKind};

/// A word in lower case.
pub fn lower(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// What a noun in lower case may be a form of: `stürme`, `sturm`.
fn noun_stems(word: &str) -> Vec<String> {
    const INFLECTIONS: [&str; 8] = ["", "s", "n", "e", "en", "es", "er", "ern"];
    let plain: String = word.chars().map(without_umlaut).collect();
    let stems = |form: &str| {
        let stems = INFLECTIONS.iter().filter_map(|end| form.strip_suffix(end));
        stems.map(str::to_owned).collect::<Vec<String>>()
    };
    [stems(word), stems(&plain)].concat()
}

/// A vowel as it is in the singular: `Stürme`, `Sturm`.
fn without_umlaut(c: char) -> char {
    match c {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        c => c,
    }
}

/// `Trump's` without its `'s`.
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

impl Language {
    /// Whether a word negates: `not`, `never`, `don't`.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// assert!(Language::named("en").unwrap().is_negation("Don't"));
    /// assert!(Language::named("de").unwrap().is_negation("keine"));
    /// ```
    pub fn is_negation(&self, word: &str) -> bool {
        let sense = &self.tables.sense;
        let word = lower(word);
        let ends = |suffix: &String| word.len() > suffix.len() && word.ends_with(suffix.as_str());
        sense.negations.contains(&*word) || sense.negation_suffixes.iter().any(ends)
    }

    /// Whether adding or dropping a word reverses a statement.
    pub fn is_reverser(&self, word: &str) -> bool {
        self.is_negation(word) || self.tables.sense.reversers.contains(&*lower(word))
    }

    /// Whether a word after a negation takes it back: `not only`.
    pub fn is_only(&self, word: &str) -> bool {
        self.tables.sense.only.contains(&*lower(word))
    }

    /// The weights of what begins at a token, and how many words it takes; none for most words.
    pub fn weights_at(&self, tokens: &[Token], at: usize) -> (usize, &[Weight]) {
        let key = |index: usize| tokens.get(index).map(|token| lower(&token.text));
        let Some(first) = key(at) else {
            return (1, &[]);
        };
        // Few phrases have more than one word, so the rest is lowercased only if the first fits.
        let rest: Vec<Cow<'_, str>> = (at..at + 4).map_while(key).collect();
        self.weights
            .find(&first, |offset| rest.get(offset).map(|word| &**word))
            .map_or((1, &[]), |(length, weights)| (length, weights.as_slice()))
    }

    /// Whether the phrase at a token has this weight.
    pub fn has_weight(&self, tokens: &[Token], at: usize, weight: Weight) -> bool {
        self.weights_at(tokens, at).1.contains(&weight)
    }

    /// Whether a word is a verb that reports speech, in a form that newspapers print.
    pub fn is_speech_verb(&self, word: &str) -> bool {
        self.tables.saying.plain.contains(&*lower(word))
    }

    /// Whether a word says that somebody didn't say something, or that it isn't so.
    pub fn is_denial(&self, word: &str) -> bool {
        self.tables.saying.denying.contains(&*lower(word))
    }

    /// Whether the speaker's name may follow a verb.
    pub fn may_invert(&self, verb: &str) -> bool {
        let inverting = &self.tables.saying.inverting;
        inverting.is_empty() || inverting.contains(&*lower(verb))
    }

    /// Whether a word may be part of somebody's name.
    pub fn is_name_word(&self, word: &str) -> bool {
        if !word.chars().next().is_some_and(char::is_uppercase) {
            return false;
        }
        let word = lower(without_possessive(word));
        let is_date = |names: &Vec<Vec<String>>| names.iter().any(|names| names[0] == *word);
        let calendar = &self.tables.calendar;
        let tables = &self.tables;
        let is_noun = tables.nouns.are_capitalized
            && (tables.nouns.roles.contains(&*word)
                || tables.saying.relations.contains(&*word)
                || tables.saying.texts.contains(&*word)
                || tables.saying.mouthpieces.contains(&*word)
                || tables.nouns.bodies.contains(&*word));
        !is_noun
            && !tables.saying.no_names.contains(&*word)
            && !is_date(&calendar.months)
            && !is_date(&calendar.weekdays)
    }

    /// Whether a full stop after the word doesn't have to end a sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        is_initial || self.tables.lines.abbreviations.contains(&*lower(word))
    }

    /// Whether a bracket may add this ending to a word, or remove it: `walk[ed]`.
    pub fn is_inflection(&self, ending: &str) -> bool {
        self.tables.sense.inflections.contains(ending) || (ending.is_empty() && !self.is_known())
    }

    /// Whether a word means that something decreased.
    pub fn is_fall(&self, word: &str) -> bool {
        self.tables.sense.falls.contains(&*lower(word))
    }

    /// Whether the day may follow the month: `May 4`.
    pub fn has_day_behind_month(&self) -> bool {
        let rules = &self.tables.dates;
        rules.iter().any(|rule| rule.say.contains("{month} {day}"))
    }

    /// Whether a word looks like the plural of a noun.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// let english = Language::named("en").unwrap();
    /// assert!(english.is_plural("boats") && english.is_plural("women"));
    /// assert!(!english.is_plural("sank"));
    /// ```
    pub fn is_plural(&self, word: &str) -> bool {
        let nouns = &self.tables.nouns;
        let ends =
            |ending: &String| word.len() > ending.len() + 1 && word.ends_with(ending.as_str());
        nouns.plurals.contains(word)
            || (nouns.plural_endings.iter().any(ends) && !nouns.prepositions.contains(word))
    }

    /// Whether a word is a unit of time: `year`, `Wochen`.
    pub fn is_time(&self, word: &str) -> bool {
        let word = lower(word);
        let mut units = self.tables.calendar.units.values().flatten();
        units.any(|unit| *unit == word)
    }

    /// Whether a word has an ending that only common nouns have: `Verwaltung`, `Freiheit`.
    pub fn is_common_noun(&self, word: &str) -> bool {
        let nouns = &self.tables.nouns;
        let word = lower(word);
        let ends = |ending: &String| {
            word == ending.as_str()
                || (word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
        };
        nouns.common_endings.iter().any(ends) || self.is_person(&word)
    }

    /// Whether a word is a common noun that the file lists, inflected or not.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// let german = Language::named("de").unwrap();
    /// assert!(german.is_listed_noun("Stürme") && german.is_listed_noun("Kosten"));
    /// assert!(!german.is_listed_noun("Berlin") && !german.is_listed_noun("Mannheim"));
    /// ```
    pub fn is_listed_noun(&self, word: &str) -> bool {
        let common = &self.tables.nouns.common;
        noun_stems(&lower(word))
            .iter()
            .any(|stem| common.contains(stem))
    }

    /// Whether a word ends with a common noun that the file lists: `Baukosten`, and many a place.
    fn ends_with_listed_noun(&self, word: &str) -> bool {
        /// A shorter noun ends many a name: `Rat`, `Konrat`.
        const SHORTEST: usize = 4;
        let common = &self.tables.nouns.common;
        noun_stems(&lower(word)).iter().any(|stem| {
            let mut starts = stem.char_indices().skip(3).map(|(at, _)| at);
            starts.any(|at| stem.len() - at >= SHORTEST && common.contains(&stem[at..]))
        })
    }

    /// Whether a word is a noun and no name by its looks, in a language that writes every noun with a capital.
    pub fn is_noun_by_looks(&self, word: &str) -> bool {
        let key = lower(word);
        let ends = |ending: &String| key.ends_with(ending.as_str());
        self.is_common_noun(word)
            || self.is_listed_noun(word)
            || self.ends_with_listed_noun(word)
            || self.tables.nouns.noun_endings.iter().any(ends)
    }

    /// Whether a noun means persons, as far as its ending or the language file tells: `workers` is recognized,
    /// `pilgrims` isn't.
    pub fn is_person(&self, word: &str) -> bool {
        let word = lower(word);
        let tables = &self.tables;
        let ends =
            |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
        tables.anybody.iter().any(|known| *known == *word)
            || tables.figures.population.contains(&*word)
            || tables.figures.ages_of.contains(&*word)
            || tables.nouns.persons.contains(&*word)
            || tables.nouns.person_endings.iter().any(ends)
    }

    /// Whether a word by itself is a number: `eighty`, `million`.
    pub fn is_number_word(&self, word: &str) -> bool {
        self.number_kind(word).is_some()
    }

    /// Whether a token is a numeral: digits, or a number word beyond `one` (which is often a pronoun).
    pub fn is_numeral(&self, token: &Token) -> bool {
        if token.kind == TokenKind::Number || token.text.starts_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        if token.kind != TokenKind::Word {
            return false;
        }
        let numbers = &self.tables.numbers;
        let word = lower(&token.text);
        let is_part =
            numbers.fractions.contains_key(&*word) && !numbers.ordinals.contains_key(&*word);
        is_part || numbers.words.get(&*word) != Some(&1) && self.number_kind(&word).is_some()
    }

    pub(crate) fn number_kind(&self, word: &str) -> Option<NumberKind> {
        let numbers = &self.tables.numbers;
        let word = lower(word);
        if let Some(value) = numbers.words.get(&*word) {
            return Some(match value {
                0..20 => NumberKind::Unit,
                20..100 => NumberKind::Tens,
                _ => NumberKind::Multiple,
            });
        }
        let scale = numbers
            .scales
            .get(&*word)
            .or_else(|| numbers.rough.get(&*word))?;
        Some(if *scale < 1000 {
            NumberKind::Multiple
        } else {
            NumberKind::Scale
        })
    }

    /// What a word such as `million` multiplies by.
    pub fn scale_of(&self, word: &str) -> Option<rust_decimal::Decimal> {
        let scale = self.tables.numbers.scales.get(&*lower(word))?;
        (*scale >= 1000).then(|| rust_decimal::Decimal::from(*scale))
    }

    /// Whether digits have a certain reading in this language.
    pub fn reads_digits(&self, text: &str) -> bool {
        separated(self, text).is_some()
    }
}

/// What a number word does to those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `zero` to `nineteen`.
    Unit,
    /// `twenty` to `ninety`.
    Tens,
    /// `dozen`, `hundred`.
    Multiple,
    /// `thousand` and up.
    Scale,
}
