//! Does a number or a date agree with its words as printed, whatever the source says?

use nutgraf_evidence::{
    Basis, DateClaim, DateVerdict, FigureVerdict, Outlook, date_agrees, date_fits, figure_agrees,
    number_fits,
};

use crate::model::{PartialDate, Quantity, Source};

/// What the words of a claim have to agree with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'r> {
    /// A figure's number.
    Number(&'r Quantity),
    /// The date of an event or a reaction.
    Date {
        /// The date.
        date: &'r PartialDate,
        /// Whether it was worked out from more than the words.
        is_inferred: bool,
        /// Whether it is still to come.
        is_expected: bool,
    },
}

/// Whether a value agrees with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It does.
    Agrees,
    /// It doesn't, and this is how they differ.
    Differs(String),
    /// It can't be told, and this is why.
    Unclear(String),
}

impl Value<'_> {
    /// Compares the value with its words, as `source` would mean them. The words are read as English.
    pub fn agrees(&self, words: &str, source: &Source) -> Agreement {
        match self {
            Self::Number(quantity) => {
                let value = quantity.number.value();
                match figure_agrees(words, value, quantity.qualifier, &quantity.unit) {
                    FigureVerdict::Agrees(_) => Agreement::Agrees,
                    FigureVerdict::Disagrees(fault) => Agreement::Differs(fault.to_string()),
                    FigureVerdict::UnitNotSaid { .. } => {
                        Agreement::Unclear("the words don't say its unit".to_owned())
                    }
                    FigureVerdict::NoNumber => {
                        Agreement::Unclear("the words have no number that could be read".to_owned())
                    }
                }
            }
            Self::Date {
                date,
                is_inferred,
                is_expected,
            } => {
                let published = source.published.as_ref();
                let claim = DateClaim {
                    as_printed: words,
                    date,
                    published: published.and_then(PartialDate::exact_day),
                    basis: match is_inferred {
                        true => Basis::Inferred,
                        false => Basis::AsPrinted,
                    },
                    outlook: match is_expected {
                        true => Outlook::Expected,
                        false => Outlook::Happened,
                    },
                };
                match date_agrees(&claim) {
                    DateVerdict::Agrees => Agreement::Agrees,
                    DateVerdict::Contradicts(fault) => Agreement::Differs(fault.to_string()),
                    // A date that was worked out says so itself, and its words were found.
                    DateVerdict::CannotTell(_) if *is_inferred => Agreement::Agrees,
                    DateVerdict::CannotTell(doubt) => Agreement::Unclear(doubt.to_string()),
                }
            }
        }
    }

    /// Compares the value with the digits of words in a language that isn't read.
    pub(super) fn agrees_by_digits(&self, words: &str) -> Agreement {
        let fits = match self {
            Self::Number(quantity) => number_fits(words, quantity.number.value()),
            Self::Date {
                is_inferred: true, ..
            } => None,
            Self::Date { date, .. } => date_fits(words, date),
        };
        match fits {
            Some(false) => Agreement::Unclear(
                "their digits say something else, however they are read".to_owned(),
            ),
            Some(true) | None => Agreement::Agrees,
        }
    }

    /// The field that holds the value.
    pub(super) fn field(&self) -> &'static str {
        match self {
            Self::Number(_) => "value",
            Self::Date { .. } => "date",
        }
    }
}
