//! Reads the language of newspapers: words and marks, numbers and quantities, dates in words, hedges and negations.
//!
//! One text has one normal form ([`normalise`]), and everything else reads that form: [`tokens`] parts it into words,
//! [`number`] finds numbers among them, [`date_words`] reads dates, [`marks`] pairs quotation marks, [`lexicon`] and
//! [`hedge`] know words that change what a sentence says.
//!
//! Nothing here decides whether anything is true, or what is worth drafting: those who compare and those who draft
//! share words, never verdicts.

pub mod date_words;
pub mod hedge;
pub mod lexicon;
pub mod marks;
pub mod normalise;
pub mod number;
pub mod numeral;
pub mod tokens;

pub use normalise::{NORMALISATION_VERSION, normalise};
