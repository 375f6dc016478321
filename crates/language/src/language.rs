//! A language, ready for lookup: its tables, its phrases by their first word, its words by their meaning.
//!
//! Everything that depends on a language is in `languages/CODE.yaml`; the rules that use it are the same for all. To
//! add a language, add a file and one line in `FILES`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use rust_decimal::Decimal;

use nutgraf_values::Qualifier;

use super::phrases::Phrases;
use super::tables::{Meanings, Tables, TimeUnit};

/// The languages that ship, by code.
const FILES: [(&str, &str); 5] = [
    ("de", include_str!("../languages/de.yaml")),
    ("en", include_str!("../languages/en.yaml")),
    ("es", include_str!("../languages/es.yaml")),
    ("fr", include_str!("../languages/fr.yaml")),
    ("pt", include_str!("../languages/pt.yaml")),
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(_, yaml)| {
            let tables = serde_yaml::from_str(yaml)
                .expect("the language files that ship are tested to load");
            Language::compile(tables)
        })
        .collect()
});

static UNKNOWN: LazyLock<Language> = LazyLock::new(|| {
    let mut tables = Tables::default();
    tables.numbers.decimal = '.';
    tables.numbers.group = ',';
    Language::compile(tables)
});

/// A word's weight: what adding or dropping it does to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// `may`, `should`: whether something is so at all.
    Modal,
    /// `probably`, `about`, `alleged`: how sure or how exact it is.
    Hedge,
    /// `certainly`, `exactly`: that it is sure.
    Certainty,
    /// `some`, `most`: how many.
    Quantifier,
    /// `first`, `second`: which one.
    Ordinal,
    /// `but`: that something is taken back.
    Contrast,
    /// `if`, `until`: on what condition.
    Condition,
}

/// The words of one language, ready for lookup.
#[derive(Debug)]
pub struct Language {
    /// Its tables, as in the file.
    pub tables: Tables,
    /// Words to months, 1 to 12.
    pub months: HashMap<String, u8>,
    /// Words to weekdays, 0 for Monday.
    pub weekdays: HashMap<String, u8>,
    /// Words to seasons: 21 spring to 24 winter.
    pub seasons: HashMap<String, u8>,
    /// Words to units of time.
    pub units: HashMap<String, TimeUnit>,
    /// Phrases before a number, with their meanings; the list is empty for a phrase that means nothing. The first
    /// meaning is what a drafter writes.
    pub qualifiers: Phrases<Vec<Qualifier>>,
    /// Phrases after a number.
    pub qualifiers_after: Phrases<Vec<Qualifier>>,
    /// Words and phrases for percent.
    pub percent: Phrases<()>,
    /// Words for percentage points.
    pub points: Phrases<()>,
    /// Words for currencies.
    pub currency_words: Phrases<String>,
    /// Words for measures, with what a drafter writes.
    pub measures: Phrases<String>,
    /// Words for units, with the one name that they have in all languages.
    pub unit_names: Phrases<String>,
    /// Phrases between a unit and what it is divided by: `per`.
    pub per: Phrases<()>,
    /// Phrases that credit a speaker without a verb.
    pub credits: Phrases<()>,
    /// Verbs of speech with more than one word.
    pub speech_phrases: Phrases<()>,
    /// Phrases that put a clause in the future.
    pub future: Phrases<()>,
    /// Phrases that make a date inexact.
    pub approximate: Phrases<()>,
    /// Words between the two numbers of a share: one in three.
    pub out_of: Phrases<()>,
    /// Words for a poll's margin of error.
    pub margin: Phrases<()>,
    /// Fractions after a number: `and a half`.
    pub halves: Phrases<Decimal>,
    /// Number words of several words.
    pub number_phrases: Phrases<u64>,
    /// Words in dates as printed.
    pub when: Phrases<WhenWord>,
    /// Words that carry weight.
    pub weights: Phrases<Vec<Weight>>,
    /// `according to`.
    pub according: Phrases<()>,
    /// `it is not true`.
    pub untrue: Phrases<()>,
    /// Words for the year before another that a sentence names: `a year earlier`.
    pub year_before: Phrases<()>,
    /// The same of a day: `the day before`.
    pub day_before: Phrases<()>,
    /// Number words that compounds are made of, longest first.
    pub(crate) number_stems: Vec<(String, u64)>,
    /// Pairs of opposites, in both directions.
    opposites: HashMap<String, Vec<String>>,
}

/// What a word means in a date as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenWord {
    /// `since`.
    Since,
    /// `until`.
    Until,
    /// `to` between two dates.
    To,
    /// `about`.
    About,
    /// `last`.
    Last,
    /// `this`.
    This,
    /// `next`.
    Next,
    /// `earlier this`.
    Earlier,
    /// `later this`.
    Later,
    /// This many days from today.
    Days(i64),
}

/// Languages are equal if their codes are: each ships only once.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl Language {
    /// The codes of the languages that ship, in order.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// assert!(Language::codes().any(|code| code == "de"));
    /// ```
    pub fn codes() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(code, _)| *code)
    }

    /// The language of a BCP 47 tag such as `en`, `es-MX`; `None` if no file for it ships.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// assert_eq!(Language::named("en-US").unwrap().code(), "en");
    /// assert!(Language::named("tlh").is_none());
    /// ```
    pub fn named(tag: &str) -> Option<&'static Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES
            .iter()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// English, for texts without a language of their own.
    pub fn english() -> &'static Self {
        Self::named("en").unwrap_or(&UNKNOWN)
    }

    /// A language without words: texts are compared word by word, and only digits are read.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_language::Language;
    ///
    /// assert!(!Language::unknown().is_known());
    /// ```
    pub fn unknown() -> &'static Self {
        &UNKNOWN
    }

    /// Whether a file for it ships.
    pub fn is_known(&self) -> bool {
        !self.tables.code.is_empty()
    }

    /// The language's code: `en`; empty for an unknown one.
    pub fn code(&self) -> &str {
        &self.tables.code
    }

    /// The language's name for itself: `English`.
    pub fn name(&self) -> &str {
        &self.tables.name
    }

    pub(crate) fn decimal(&self) -> char {
        self.tables.numbers.decimal
    }

    pub(crate) fn group(&self) -> char {
        self.tables.numbers.group
    }

    /// Words that are the opposite of another, in lower case.
    pub fn opposites(&self, word: &str) -> &[String] {
        self.opposites.get(word).map_or(&[], Vec::as_slice)
    }

    fn compile(tables: Tables) -> Self {
        let calendar = &tables.calendar;
        let figures = &tables.figures;
        let plain = |list: &[String]| Phrases::new(list.iter().map(|word| (word.clone(), ())));
        let named = |map: &BTreeMap<String, String>| {
            Phrases::new(map.iter().map(|(key, value)| (key.clone(), value.clone())))
        };
        let units = calendar
            .units
            .iter()
            .flat_map(|(unit, words)| words.iter().map(|word| (word.clone(), *unit)));
        let unit_names = tables.units.iter().flat_map(|(name, words)| {
            let words = words.iter().chain([name]);
            words.map(|word| (word.clone(), name.clone()))
        });
        let numbers = &tables.numbers;
        let halves = numbers.halves.iter();
        let phrases = numbers.phrases.iter();
        let mut number_stems: Vec<(String, u64)> = numbers
            .words
            .iter()
            .map(|(word, value)| (word.clone(), *value))
            .collect();
        number_stems.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), word.clone()));
        Self {
            months: numbered(&calendar.months, 1),
            weekdays: numbered(&calendar.weekdays, 0),
            seasons: numbered(&calendar.seasons, 21),
            units: units.collect(),
            qualifiers: hedges(&figures.qualifiers),
            qualifiers_after: hedges(&figures.after),
            percent: plain(&figures.percent),
            points: plain(&figures.points),
            currency_words: named(&figures.currency_words),
            measures: named(&figures.measures),
            unit_names: Phrases::new(unit_names),
            per: plain(&tables.per),
            credits: plain(&tables.speech.credits),
            speech_phrases: plain(&tables.speech.phrases),
            future: plain(&tables.date_words.future_phrases),
            approximate: plain(&tables.date_words.approximate_phrases),
            out_of: plain(&numbers.out_of),
            margin: plain(&figures.margin),
            halves: Phrases::new(
                halves.filter_map(|(phrase, part)| Some((phrase.clone(), part.parse().ok()?))),
            ),
            number_phrases: Phrases::new(phrases.map(|(phrase, value)| (phrase.clone(), *value))),
            when: when(&tables),
            weights: weights(&tables),
            according: plain(&tables.saying.according),
            untrue: plain(&tables.saying.untrue),
            year_before: plain(&tables.when.year_before),
            day_before: plain(&tables.when.day_before),
            number_stems,
            opposites: opposites(&tables.sense.opposites),
            tables,
        }
    }

    /// Whether a unit of time is in a form other than its first: `years`.
    pub fn is_plural_unit(&self, key: &str) -> bool {
        self.tables
            .calendar
            .units
            .values()
            .any(|words| words.iter().skip(1).any(|word| word == key))
    }

    /// An explanation or other note for the writer: the sentence named `key`, with the placeholders in braces filled
    /// in.
    pub fn reason(&self, key: &str, fill: &[(&str, &str)]) -> String {
        let sentence = self.tables.reasons.get(key).cloned().unwrap_or_default();
        fill.iter().fold(sentence, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }
}

fn hedges(map: &BTreeMap<String, Meanings>) -> Phrases<Vec<Qualifier>> {
    Phrases::new(map.iter().map(|(phrase, meanings)| {
        let known = meanings.names().iter().filter_map(|name| {
            let mut all = Qualifier::ALL.into_iter();
            all.find(|qualifier| qualifier.name() == name)
        });
        (phrase.clone(), known.collect())
    }))
}

fn when(tables: &Tables) -> Phrases<WhenWord> {
    let when = &tables.when;
    let lists: [(&[String], WhenWord); 9] = [
        (&when.since, WhenWord::Since),
        (&when.until, WhenWord::Until),
        (&when.to, WhenWord::To),
        (&when.about, WhenWord::About),
        (&when.last, WhenWord::Last),
        (&when.this, WhenWord::This),
        (&when.next, WhenWord::Next),
        (&when.earlier, WhenWord::Earlier),
        (&when.later, WhenWord::Later),
    ];
    let days = when
        .days
        .iter()
        .map(|(phrase, n)| (phrase.clone(), WhenWord::Days(*n)));
    let others = lists
        .into_iter()
        .flat_map(|(phrases, word)| phrases.iter().map(move |phrase| (phrase.clone(), word)));
    Phrases::new(days.chain(others))
}

fn weights(tables: &Tables) -> Phrases<Vec<Weight>> {
    let sense = &tables.sense;
    let lists: [(&[String], Weight); 6] = [
        (&sense.modals, Weight::Modal),
        (&sense.hedges, Weight::Hedge),
        (&sense.certain, Weight::Certainty),
        (&sense.quantifiers, Weight::Quantifier),
        (&sense.contrasts, Weight::Contrast),
        (&sense.conditions, Weight::Condition),
    ];
    let mut weights: BTreeMap<String, Vec<Weight>> = BTreeMap::new();
    for (phrases, weight) in lists {
        for phrase in phrases {
            weights.entry(phrase.clone()).or_default().push(weight);
        }
    }
    let ordinals: BTreeSet<&String> = tables.numbers.ordinals.keys().collect();
    for word in ordinals {
        weights
            .entry(word.clone())
            .or_default()
            .push(Weight::Ordinal);
    }
    Phrases::new(weights)
}

fn opposites(pairs: &[Vec<String>]) -> HashMap<String, Vec<String>> {
    let mut opposites: HashMap<String, Vec<String>> = HashMap::new();
    for pair in pairs {
        if let [one, other] = pair.as_slice() {
            opposites
                .entry(one.clone())
                .or_default()
                .push(other.clone());
            opposites
                .entry(other.clone())
                .or_default()
                .push(one.clone());
        }
    }
    opposites
}

/// Each word with the number of its row, counting from `first`.
fn numbered(rows: &[Vec<String>], first: u8) -> HashMap<String, u8> {
    (first..)
        .zip(rows)
        .flat_map(|(number, words)| words.iter().map(move |word| (word.clone(), number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_ships_is_whole() {
        for (code, yaml) in FILES {
            let tables: Tables =
                serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(tables.code, code);
            assert_eq!(tables.calendar.months.len(), 12, "{code}");
            assert_eq!(tables.calendar.weekdays.len(), 7, "{code}");
            assert_eq!(tables.calendar.seasons.len(), 4, "{code}");
            let hedges = tables
                .figures
                .qualifiers
                .iter()
                .chain(&tables.figures.after);
            for (phrase, meanings) in hedges {
                for name in meanings.names() {
                    let known = name == "none" || Qualifier::ALL.iter().any(|q| q.name() == name);
                    assert!(known, "{code}: `{phrase}` means `{name}`");
                }
            }
            let english = Language::english();
            let names: Vec<&String> = tables.units.keys().collect();
            for name in names {
                assert!(
                    english.tables.units.contains_key(name),
                    "{code}: unit `{name}`"
                );
            }
            for list in [
                &tables.sense.negations,
                &tables.saying.plain,
                &tables.sense.reversers,
            ] {
                assert!(!list.is_empty(), "{code}");
                let is_plain = |word: &String| *word == word.to_lowercase() && !word.contains(' ');
                assert!(list.iter().all(is_plain), "{code}: {list:?}");
            }
        }
    }
}
