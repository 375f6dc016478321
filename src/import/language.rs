//! Which words of a language mean months, numbers, roles, speech?
//!
//! Everything that depends on a language stands in `languages/CODE.yaml`; the rules that use it are the same for all.
//! A new language is a new file and one line in [`Language::named`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Qualifier, RecordKind};

use super::pattern::{Meaning, Template, TemplateIndex};

/// How many words tell which language a text is in.
const SAMPLE: usize = 2000;

/// The words of one language, ready to be looked up.
#[derive(Debug)]
pub struct Language {
    /// Its tables, as in the file.
    pub(super) tables: Tables,
    /// Words to months, 1 to 12.
    pub(super) months: HashMap<String, u8>,
    /// Words to weekdays, 0 for Monday.
    pub(super) weekdays: HashMap<String, u8>,
    /// Words to seasons: 21 spring to 24 winter.
    pub(super) seasons: HashMap<String, u8>,
    /// Words to units of time.
    pub(super) units: HashMap<String, TimeUnit>,
    /// The templates of dates.
    pub(super) dates: TemplateIndex,
    /// Phrases before a number, longest first.
    pub(super) qualifiers: Phrases<Option<Qualifier>>,
    /// Phrases after a number.
    pub(super) qualifiers_after: Phrases<Option<Qualifier>>,
    /// Words and phrases for percent.
    pub(super) percent: Phrases<()>,
    /// Words for percentage points.
    pub(super) points: Phrases<()>,
    /// Words for currencies.
    pub(super) currency_words: Phrases<String>,
    /// Words for measures.
    pub(super) measures: Phrases<String>,
    /// Phrases that credit a speaker without a verb.
    pub(super) credits: Phrases<()>,
    /// Verbs of speech that have more words than one.
    pub(super) speech_phrases: Phrases<()>,
    /// Phrases that make a clause speak of what is to come.
    pub(super) future: Phrases<()>,
    /// Phrases that make a date inexact.
    pub(super) approximate: Phrases<()>,
    /// Words between the two numbers of a share: one in three.
    pub(super) out_of: Phrases<()>,
    /// Words for a poll's margin of error.
    pub(super) margin: Phrases<()>,
}

/// A unit of time that dates are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TimeUnit {
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
}

/// Phrases of one to a few words, found by their first word.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Phrases<T> {
    fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, value) in phrases {
            let words = super::tokens::words_of(&phrase);
            if let Some(first) = words.first() {
                by_first
                    .entry(first.clone())
                    .or_default()
                    .push((words, value));
            }
        }
        let mut phrases = Self { by_first };
        // Longest first, so that `more than` is found before `more`.
        phrases
            .by_first
            .values_mut()
            .for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        phrases
    }

    /// The longest phrase whose words are the first of `words`, with its length in words.
    pub(super) fn find<'w>(
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
}

macro_rules! tables {
    ($($(#[doc = $doc:literal])* $name:ident { $($field:ident: $kind:ty,)+ })+) => {
        $(
            $(#[doc = $doc])*
            #[derive(Debug, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name {
                $(pub(super) $field: $kind,)+
            }
        )+
    };
}

type Words = HashSet<String>;

tables! {
    /// A language file.
    Tables {
        name: String,
        code: String,
        numbers: Numbers,
        calendar: Calendar,
        dates: Vec<DateRule>,
        date_words: DateWords,
        quotes: QuoteWords,
        speech: Speech,
        nouns: Nouns,
        figures: FigureWords,
        lines: Lines,
        pages: Pages,
        reasons: BTreeMap<String, String>,
    }
    /// How numbers are written.
    Numbers {
        decimal: char,
        group: char,
        words: HashMap<String, u64>,
        scales: HashMap<String, u64>,
        short_scales: HashMap<String, u64>,
        connectors: Words,
        articles: Words,
        ordinals: HashMap<String, u8>,
        ordinal_suffixes: Words,
        fractions: HashMap<String, u8>,
        of: Words,
        out_of: Vec<String>,
        not_alone: Words,
    }
    /// Names of months, days and units.
    Calendar {
        capitalized: bool,
        months: Vec<Vec<String>>,
        weekdays: Vec<Vec<String>>,
        seasons: Vec<Vec<String>>,
        weekday_names: Words,
        ambiguous: Words,
        units: BTreeMap<TimeUnit, Vec<String>>,
    }
    /// Words around dates.
    DateWords {
        month_lead: Words,
        approximate: Words,
        approximate_phrases: Vec<String>,
        future: Words,
        future_phrases: Vec<String>,
        future_suffixes: Vec<String>,
        future_weak: Words,
        infinitive: Words,
        past: Words,
        past_suffixes: Vec<String>,
        generic_now: Words,
        day_parts: Words,
        day_ends: Words,
        counted: Words,
        clock: Words,
    }
    /// Words around quotation marks.
    QuoteWords {
        elisions: Words,
        naming: Words,
    }
    /// Words with which somebody speaks.
    Speech {
        verbs: Words,
        nouns: Words,
        weak: Words,
        participles: Words,
        credits: Vec<String>,
        texts: Words,
        pronouns: HashMap<String, Gender>,
        phrases: Vec<String>,
        drops_subject: bool,
        auxiliaries: Words,
        adverb_suffixes: Vec<String>,
        relative: Words,
    }
    /// Words in and around names.
    Nouns {
        personal: Words,
        determiners: Words,
        definite: Words,
        prepositions: Words,
        ties: Words,
        conjunctions: Words,
        verbs: Words,
        particles: Words,
        suffixes: Words,
        honorifics: HashMap<String, Gender>,
        roles: Words,
        gendered: HashMap<String, Gender>,
        bodies: Words,
        place_starts: Words,
        function_words: Words,
    }
    /// Words around figures.
    FigureWords {
        qualifiers: BTreeMap<String, String>,
        after: BTreeMap<String, String>,
        percent: Vec<String>,
        points: Vec<String>,
        currencies: HashMap<String, String>,
        currency_words: BTreeMap<String, String>,
        measures: BTreeMap<String, String>,
        numbered: Words,
        age: Words,
        age_after: Words,
        more: Words,
        series_from: Words,
        series_to: Words,
        series_in: Words,
        polls: Words,
        margin: Vec<String>,
        sample: Words,
        population: Words,
    }
    /// Lines around an article that are not its prose.
    Lines {
        published: Vec<String>,
        by: Words,
        footer: String,
        credits: Words,
        abbreviations: Words,
    }
    /// Titles of the drafted pages.
    Pages {
        timeline: String,
        figures: String,
        reactions: String,
        people: String,
        terms: String,
        sources: String,
    }
}

/// Whom a pronoun or a role can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Gender {
    Male,
    Female,
    Any,
}

impl Gender {
    /// Whether both can be the same person.
    pub(super) fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }
}

/// One line of `dates:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateRule {
    say: String,
    #[serde(default)]
    mean: Meaning,
    #[serde(default)]
    n: i64,
}

impl Language {
    /// The codes of the languages that ship, in order.
    pub const CODES: &'static [&'static str] = &["en", "es"];

    /// The language of a BCP 47 tag such as `en`, `es-MX`; `None` if no file for it ships.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf::import::Language;
    ///
    /// assert_eq!(Language::named("en-US").unwrap().code(), "en");
    /// assert!(Language::named("tlh").is_none());
    /// ```
    pub fn named(tag: &str) -> Option<&'static Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self::english()),
            "es" => Some(Self::spanish()),
            _ => None,
        }
    }

    /// English, for what has no language of its own.
    pub(super) fn english() -> &'static Self {
        static ENGLISH: LazyLock<Language> =
            LazyLock::new(|| Language::load(include_str!("languages/en.yaml")));
        &ENGLISH
    }

    fn spanish() -> &'static Self {
        static SPANISH: LazyLock<Language> =
            LazyLock::new(|| Language::load(include_str!("languages/es.yaml")));
        &SPANISH
    }

    /// The language whose small words a text has most of.
    pub(super) fn of_text(text: &str) -> &'static Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(SAMPLE)
            .map(str::to_lowercase)
            .collect();
        let n_known = |language: &Self| {
            let known = &language.tables.nouns;
            words
                .iter()
                .filter(|word| {
                    known.determiners.contains(*word) || known.prepositions.contains(*word)
                })
                .count()
        };
        // Of two with one count, the first is taken.
        if n_known(Self::spanish()) > n_known(Self::english()) {
            Self::spanish()
        } else {
            Self::english()
        }
    }

    /// The language's code: `en`.
    pub fn code(&self) -> &str {
        &self.tables.code
    }

    /// The language's name for itself: `English`.
    pub fn name(&self) -> &str {
        &self.tables.name
    }

    fn load(yaml: &str) -> Self {
        let tables: Tables =
            serde_yaml::from_str(yaml).expect("the language files that ship are tested to load");
        Self::compile(tables)
    }

    fn compile(tables: Tables) -> Self {
        let calendar = &tables.calendar;
        let figures = &tables.figures;
        let plain = |list: &[String]| Phrases::new(list.iter().map(|word| (word.clone(), ())));
        let named = |map: &BTreeMap<String, String>| {
            Phrases::new(map.iter().map(|(key, value)| (key.clone(), value.clone())))
        };
        let hedges = |map: &BTreeMap<String, String>| {
            Phrases::new(map.iter().map(|(key, name)| {
                let hedge = Qualifier::ALL
                    .into_iter()
                    .find(|hedge| hedge.name() == name);
                (key.clone(), hedge)
            }))
        };
        let units = calendar
            .units
            .iter()
            .flat_map(|(unit, words)| words.iter().map(|word| (word.clone(), *unit)));
        let templates = tables
            .dates
            .iter()
            .map(|rule| Template::new(&rule.say, rule.mean, rule.n))
            .collect();
        Self {
            months: numbered(&calendar.months, 1),
            weekdays: numbered(&calendar.weekdays, 0),
            seasons: numbered(&calendar.seasons, 21),
            units: units.collect(),
            dates: TemplateIndex::new(templates),
            qualifiers: hedges(&figures.qualifiers),
            qualifiers_after: hedges(&figures.after),
            percent: plain(&figures.percent),
            points: plain(&figures.points),
            currency_words: named(&figures.currency_words),
            measures: named(&figures.measures),
            credits: plain(&tables.speech.credits),
            speech_phrases: plain(&tables.speech.phrases),
            future: plain(&tables.date_words.future_phrases),
            approximate: plain(&tables.date_words.approximate_phrases),
            margin: plain(&figures.margin),
            out_of: plain(&tables.numbers.out_of),
            tables,
        }
    }

    /// Whether a unit of time stands in a form other than its first: `years`.
    pub(super) fn is_plural_unit(&self, key: &str) -> bool {
        self.tables
            .calendar
            .units
            .values()
            .any(|words| words.iter().skip(1).any(|word| word == key))
    }

    /// The title of the page that holds a list.
    pub(super) fn page_title(&self, kind: RecordKind) -> &str {
        let pages = &self.tables.pages;
        match kind {
            RecordKind::Event => &pages.timeline,
            RecordKind::Figure => &pages.figures,
            RecordKind::Reaction => &pages.reactions,
            RecordKind::Person => &pages.people,
            RecordKind::Source => &pages.sources,
            RecordKind::Term => &pages.terms,
        }
    }

    /// Why a date is what it is, and other notes for the writer: the sentence named `key` with what stands in braces filled in.
    pub(super) fn reason(&self, key: &str, fill: &[(&str, &str)]) -> String {
        let sentence = self.tables.reasons.get(key).cloned().unwrap_or_default();
        fill.iter().fold(sentence, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }
}

/// Each word with the number of its row, from `first`.
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
    fn every_language_that_is_listed_loads_and_has_twelve_months() {
        for code in Language::CODES {
            let language = Language::named(code).unwrap();
            assert_eq!(language.code(), *code);
            assert_eq!(language.tables.calendar.months.len(), 12, "{code}");
            assert_eq!(language.tables.calendar.weekdays.len(), 7, "{code}");
            for (phrase, name) in &language.tables.figures.qualifiers {
                let known = name == "none" || Qualifier::ALL.iter().any(|q| q.name() == name);
                assert!(known, "{code}: `{phrase}` means `{name}`");
            }
        }
    }
}
