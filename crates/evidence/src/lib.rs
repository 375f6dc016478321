//! Checks whether a source says what somebody claims it says.
//!
//! *Found means that the source says this, not that it is true.* Words that claim to be quoted are looked for in the
//! source's text: in order, whole, with the changes that an editor may make (typography, a bracket, an ellipsis) and no
//! others. Numbers and dates are compared with the words that print them. Words are never accepted for being similar.
//!
//! Nothing here does I/O; every result is a function of the texts alone.
//!
//! - [`SourceText`] and [`Quote`] read the two sides; [`match_quote`], [`match_passage`] and [`match_printed`] compare
//!   them. Start reading at `matching`, then `search`; `joint` says what brackets and ellipses may do, and `doubts`
//!   what there is to warn about.
//! - [`figure_agrees`] and [`date_agrees`] compare a value with its words without the source; [`compare`] also takes
//!   the sentence around them into account, and [`own_words`] looks for the numbers and names of an editor's own
//!   sentence.
//!
//! # Examples
//!
//! ```
//! use nutgraf_evidence::{match_quote, Quote, QuoteVerdict, SourceText};
//!
//! let source = SourceText::new("“Farmers do not need another study,” said Ana Ruiz. “They need rain.”");
//! let quote = Quote::new("[F]armers do not need another study … They need rain");
//! let QuoteVerdict::Verified(found) = match_quote(&source, &quote, Some("Ruiz")) else { panic!() };
//! assert_eq!(found.gaps, [3]);
//! assert_eq!(found.warnings, []);
//! ```

mod attribution;
mod capitals;
mod clauses;
mod closest;
pub mod compare;
mod contest;
mod date;
mod date_reading;
pub mod dated;
mod denial;
mod digits;
mod doubts;
mod figure;
mod forms;
mod governed;
mod hash;
mod joint;
mod lead;
mod matching;
mod namesake;
mod nested;
mod number_dates;
mod numbered;
mod occurrence;
pub mod own_words;
mod pronoun;
mod quote;
mod role;
mod saying;
mod search;
mod sentence;
mod source;
mod speaker;
mod subjects;
mod together;
mod unit;
mod verdict;
mod weighing;

pub use closest::{Closest, DiffWord};
pub use date::{
    Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees, date_agrees_in,
};
pub use digits::{date_fits, number_fits};
pub use figure::{
    FigureClaim, FigureFault, FigureVerdict, Rounding, figure_agrees, figure_agrees_in,
};
pub use hash::{TextHash, WordsHash};
pub use matching::{match_passage, match_printed, match_quote, match_speech};
pub use namesake::Speaker;
pub use nutgraf_language::{Language, NORMALISATION_VERSION, normalise};
pub use quote::Quote;
pub use source::SourceText;
pub use speaker::surname;
pub use verdict::{Fidelity, Match, QuoteVerdict, Replaced, Reversal, Segment, Warning};
