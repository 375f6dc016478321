//! A language as the drafter reads it: the shared words, and the templates of dates.

use std::ops::Deref;
use std::sync::LazyLock;

pub(super) use nutgraf_language::tables::{Gender, TimeUnit};

use super::pattern::{Template, TemplateIndex};
use crate::model::RecordKind;

/// A language that articles can be drafted from.
#[derive(Debug)]
pub struct Language {
    words: &'static nutgraf_language::Language,
    /// The templates of dates.
    pub(super) dates: TemplateIndex,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    nutgraf_language::Language::codes()
        .filter_map(nutgraf_language::Language::named)
        .map(|words| {
            let rules = words.tables.dates.iter();
            let templates = rules.map(|rule| Template::new(&rule.say, rule.mean, rule.n));
            Language {
                words,
                dates: TemplateIndex::new(templates.collect()),
            }
        })
        .collect()
});

/// A language from which nothing is drafted, because its words aren't known.
static UNKNOWN: LazyLock<Language> = LazyLock::new(|| Language {
    words: nutgraf_language::Language::unknown(),
    dates: TemplateIndex::new(Vec::new()),
});

impl Deref for Language {
    type Target = nutgraf_language::Language;

    fn deref(&self) -> &Self::Target {
        self.words
    }
}

impl Language {
    /// The codes of the languages that ship, in order.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        nutgraf_language::Language::codes()
    }

    /// The language of a BCP 47 tag such as `en`, `es-MX`; `None` if no file for it ships.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_import::Language;
    ///
    /// assert_eq!(Language::named("en-US").unwrap().code(), "en");
    /// assert!(Language::named("tlh").is_none());
    /// ```
    pub fn named(tag: &str) -> Option<&'static Self> {
        let words = nutgraf_language::Language::named(tag)?;
        LANGUAGES.iter().find(|language| language.words == words)
    }

    /// English, for texts without a language of their own.
    pub(super) fn english() -> &'static Self {
        Self::named("en").unwrap_or(&LANGUAGES[0])
    }

    /// A language without words; only the text is kept.
    pub(super) fn unknown() -> &'static Self {
        &UNKNOWN
    }

    /// The language whose small words are most frequent in a text; `None` if it has none of any.
    pub(super) fn by_small_words(text: &str) -> Option<&'static Self> {
        /// How many words are examined: some pages, after which the shares no longer change.
        const SAMPLE: usize = 2000;
        /// At least one word in so many has to be a small one: a text in a related language has some, too.
        const SHARE: usize = 6;
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(SAMPLE)
            .map(str::to_lowercase)
            .collect();
        let n_known = |language: &&Self| {
            let nouns = &language.tables.nouns;
            let is_known = |word: &&String| {
                nouns.determiners.contains(*word) || nouns.prepositions.contains(*word)
            };
            words.iter().filter(is_known).count()
        };
        let best = LANGUAGES
            .iter()
            .max_by_key(|language| (n_known(language), language.code() == "en"))?;
        (n_known(&best) * SHARE >= words.len().max(1)).then_some(best)
    }

    /// The words, which the check of evidence reads too.
    pub(super) fn words(&self) -> &'static nutgraf_language::Language {
        self.words
    }

    /// The title of the page with a list.
    pub(super) fn page_title(&self, kind: RecordKind) -> &str {
        let pages = &self.tables.pages;
        match kind {
            RecordKind::Event => &pages.timeline,
            RecordKind::Figure => &pages.figures,
            RecordKind::Reaction => &pages.reactions,
            RecordKind::Person => &pages.people,
            RecordKind::Source => &pages.sources,
            RecordKind::Term => &pages.terms,
            RecordKind::Question => &pages.questions,
        }
    }
}
