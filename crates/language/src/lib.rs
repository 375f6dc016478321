//! Reads the language of newspapers: words and marks, numbers and quantities, dates in words, hedges and negations.
//!
//! A text has one normal form ([`normalise()`]), which [`tokens`] splits into words; [`words`] splits a text as it is,
//! for callers that point into it. Both use the same tables: a [`Language`] is one file, `languages/CODE.yaml`.
//!
//! | what | where |
//! |---|---|
//! | numbers, in digits and in words | [`number`], [`printed`] among tokens |
//! | what a number is counted in | [`units`] |
//! | hedges, and what they mean | [`hedge`] |
//! | dates in words | [`date_words`] |
//! | negations, modals, conditions, opposites | [`sense`], [`Weight`] |
//! | quotation marks | [`marks`] |
//! | which language a text is in | [`recognize()`] |
//!
//! Nothing here decides whether anything is true or worth drafting: the drafter and the check share words, never
//! verdicts.
//!
//! # Examples
//!
//! ```
//! use nutgraf_language::{Language, normalise::normalised_chars, printed::numbers, tokens::tokenise};
//!
//! let german = Language::named("de").unwrap();
//! let (tokens, _) = tokenise(&normalised_chars("rund 46.000 Menschen, anderthalb Milliarden Euro"));
//! let values: Vec<String> = numbers(german, &tokens).iter().map(|n| n.value.normalize().to_string()).collect();
//! assert_eq!(values, ["46000", "1500000000"]);
//! ```

mod date_reader;
mod date_spelled;
pub mod date_words;
pub mod hedge;
pub mod language;
pub mod marks;
pub mod normalise;
pub mod number;
pub mod phrases;
pub mod printed;
mod recognize;
pub mod sense;
mod spelled;
pub mod tables;
pub mod tokens;
pub mod units;
pub mod words;

pub use language::{Language, Weight};
pub use normalise::{NORMALISATION_VERSION, normalise};
pub use recognize::{Recognized, recognize};
