//! What a claim says, and what it is about.

use std::borrow::Cow;

use nutgraf_evidence::Dated;

use super::prose::own_words;
use crate::model::{Markup, PartialDate, Quantity};

/// What a claim says.
#[derive(Clone, Debug)]
pub enum Says<'r> {
    /// These words were said.
    Quotation {
        /// The words.
        words: &'r str,
        /// The full name of the alleged speaker.
        speaker: &'r str,
    },
    /// These words are in the source.
    Passage(&'r str),
    /// The source words a number or a date like this.
    Printed(&'r str),
    /// Who said it.
    Speaker(&'r str),
    /// The number.
    Value(&'r Quantity),
    /// The upper end of a range whose lower end is the number; always present.
    High(&'r Quantity),
    /// Its hedge, or that it has none.
    Qualifier(&'r Quantity),
    /// What it counts; never empty.
    Unit(&'r Quantity),
    /// When it happened.
    Date {
        /// The date.
        date: &'r PartialDate,
        /// Whether it was worked out from more than the words.
        is_inferred: bool,
        /// Whether it is still to come.
        is_expected: bool,
    },
    /// A sentence of the editor's own.
    Sentence(Sentence<'r>),
}

/// A sentence of the editor's own, as written. Its words are extracted only when they are compared, which happens to
/// few of a site's sentences in any one run.
#[derive(Clone, Debug)]
pub enum Sentence<'r> {
    /// Plain text.
    Plain(Cow<'r, str>),
    /// Prose.
    Prose(&'r Markup),
}

impl Sentence<'_> {
    /// Its own words; in prose, separated by single spaces.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(words) => Cow::Borrowed(words),
            Self::Prose(text) => Cow::Owned(own_words(text)),
        }
    }
}

/// What a claim is about, in readers' terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The words of a quotation.
    Quotation,
    /// Who said them.
    Speaker,
    /// Other words of the source.
    Words,
    /// A number with its qualifier and unit.
    Number,
    /// A date.
    Date,
    /// The editor's own sentences.
    OwnWords,
}

impl Aspect {
    /// Every aspect, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Quotation,
        Self::Speaker,
        Self::Number,
        Self::Date,
        Self::Words,
        Self::OwnWords,
    ];

    /// The machine-readable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Speaker => "speaker",
            Self::Words => "words",
            Self::Number => "number",
            Self::Date => "date",
            Self::OwnWords => "own-words",
        }
    }
}

impl Says<'_> {
    /// What it is about.
    pub fn aspect(&self) -> Aspect {
        match self {
            Self::Quotation { .. } => Aspect::Quotation,
            Self::Speaker(_) => Aspect::Speaker,
            Self::Passage(_) | Self::Printed(_) => Aspect::Words,
            Self::Value(_) | Self::High(_) | Self::Qualifier(_) | Self::Unit(_) => Aspect::Number,
            Self::Date { .. } => Aspect::Date,
            Self::Sentence(_) => Aspect::OwnWords,
        }
    }

    /// The date, if it claims one.
    pub fn dated(&self) -> Option<Dated<'_>> {
        match self {
            Self::Date {
                date,
                is_inferred,
                is_expected,
            } => Some(Dated {
                date,
                is_inferred: *is_inferred,
                is_expected: *is_expected,
            }),
            _ => None,
        }
    }

    /// The words that have to be in the source; `None` for a claim that has to agree with such words.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Quotation { words, .. } | Self::Passage(words) | Self::Printed(words) => {
                Some(words)
            }
            Self::Speaker(_)
            | Self::Value(_)
            | Self::High(_)
            | Self::Qualifier(_)
            | Self::Unit(_)
            | Self::Date { .. }
            | Self::Sentence(_) => None,
        }
    }

    /// Whether it must not go without being compared: words of a source, and numbers. Other claims are reported to
    /// readers as not compared.
    pub fn has_to_be_compared(&self) -> bool {
        self.words().is_some() || matches!(self, Self::Value(_) | Self::High(_))
    }

    /// What is claimed, as text: the words, the plain number, the date in EDTF.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Quotation { words, .. } | Self::Passage(words) | Self::Printed(words) => {
                Cow::Borrowed(words)
            }
            Self::Speaker(name) => Cow::Borrowed(name),
            Self::Value(quantity) => Cow::Owned(quantity.number.value().normalize().to_string()),
            Self::High(quantity) => {
                let high = quantity.to.unwrap_or(quantity.number);
                Cow::Owned(high.value().normalize().to_string())
            }
            Self::Qualifier(quantity) => {
                Cow::Borrowed(quantity.qualifier.map_or("", crate::model::Qualifier::name))
            }
            Self::Unit(quantity) => Cow::Borrowed(&quantity.unit),
            Self::Date { date, .. } => Cow::Borrowed(date.written()),
            Self::Sentence(sentence) => sentence.words(),
        }
    }
}
