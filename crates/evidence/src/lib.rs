//! Checks whether a source says what somebody claims it says.
//!
//! *Found means that the source says this, not that it is true.* Words that claim to be quoted are looked for in the
//! source's text: in order, whole, with the changes that an editor may make (typography, a bracket, an ellipsis) and no
//! others. Numbers and dates are compared with the words that print them. Words are never accepted for being similar.
//!
//! Nothing here does I/O; every result is a function of the texts alone.
//!
//! - [`SourceText`] and [`Quote`] read the two sides; [`match_quote`], [`match_passage`] and [`match_printed`] compare
//!   them.
//! - [`figure_agrees`] and [`date_agrees`] compare a value with its words without the source; [`compare`] also takes
//!   the sentence around them into account, and [`own_words`] looks for the numbers and names of an editor's own
//!   sentence.
//!
//! Each folder is a room, and the rooms below don't know those above them:
//!
//! | room | holds |
//! |---|---|
//! | `compare` | a number of a record against the words of a source, with its hedge, unit and date |
//! | `date` | what printed words can mean as a date, by themselves or beside a number |
//! | `sentence` | a sentence as seen by its numbers: which noun, date and clause goes with which |
//! | `own_words` | numbers and names of an editor's sentence |
//! | `figure` | a value and its unit against the words that print them |
//! | `quotation` | quoted words in a source: start at `search`, then `joint` for brackets and ellipses, then `doubts` |
//! | `speaker` | who said something: attributions, pronouns, roles, namesakes, denials |
//! | `source` | the text, read once |
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

pub mod compare;
mod date;
mod digits;
mod figure;
mod finding;
mod forms;
mod lead;
pub mod own_words;
mod quotation;
mod sentence;
mod source;
mod speaker;

pub use date::dated::Dated;
pub use date::{
    Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees, date_agrees_in,
};
pub use digits::{date_fits, number_fits};
pub use figure::{
    FigureClaim, FigureFault, FigureVerdict, Rounding, figure_agrees, figure_agrees_in,
};
pub use nutgraf_language::{Language, NORMALISATION_VERSION, normalise};
pub use quotation::closest::{Closest, DiffWord};
pub use quotation::quote::Quote;
pub use quotation::verdict::{Fidelity, Match, QuoteVerdict, Replaced, Reversal, Segment, Warning};
pub use quotation::{match_passage, match_printed, match_quote, match_speech};
pub use sentence::title::doubt_of_title;
pub use source::SourceText;
pub use source::hash::{TextHash, WordsHash};
pub use speaker::namesake::Speaker;
pub use speaker::surname;
