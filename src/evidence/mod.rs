//! Does a source say what a record says it says?
//!
//! *Verified means that the source says this, not that it is true.* Words that a record quotes are looked for in the
//! source's text: in order, whole, with what an editor may change (typography, a bracket, an ellipsis) and nothing
//! else. Numbers and dates are compared with the words that print them. Words are never verified for being similar.
//!
//! The invariants: nothing here but `command` does I/O; the result is a function of the texts alone; and no part of a source's text
//! that isn't published already can be had from what is written down ([`EvidenceLock`]).
//!
//! - [`SourceText`] and [`Quote`] read the two sides; [`match_quote`], [`match_passage`] and [`match_printed`] compare
//!   them. Start reading at `matching`, then `search`; `joint` says what brackets and ellipses may do, `doubts` what
//!   there is to warn of.
//! - [`figure_agrees`] and [`date_agrees`] compare a value with its words, without the source.
//! - [`EvidenceLock`] is what is committed; [`state_of`] says what holds today.
//! - [`claims()`] finds what a page claims; [`audit()`] compares all of it with the texts at hand ([`command`] reads
//!   those and writes the lock); a [`Ledger`] is what an edition knows of it: the lock alone.
//!
//! # Examples
//!
//! ```
//! use nutgraf::evidence::{match_quote, Quote, QuoteVerdict, SourceText};
//!
//! let source = SourceText::new("“Farmers do not need another study,” said Ana Ruiz. “They need rain.”");
//! let quote = Quote::new("[F]armers do not need another study … They need rain");
//! let QuoteVerdict::Verified(found) = match_quote(&source, &quote, Some("Ruiz")) else { panic!() };
//! assert_eq!(found.gaps, [3]);
//! assert_eq!(found.warnings, []);
//! ```

mod agreement;
mod attribution;
mod audit;
mod claims;
mod closest;
pub mod command;
mod coverage;
mod date;
mod date_reading;
mod date_words;
mod digits;
mod doubts;
mod figure;
mod hedge;
mod joint;
mod ledger;
mod lexicon;
mod lock;
mod lock_text;
mod marks;
mod matching;
mod nested;
mod normalise;
mod number;
mod numeral;
mod occurrence;
mod place;
mod plain;
mod pronoun;
mod quote;
mod report;
mod saying;
mod search;
mod source;
mod speaker;
mod state;
mod tokens;
mod verdict;

pub use agreement::{Agreement, Value};
pub use audit::{Audit, Evidence, Text, audit};
pub use claims::{ClaimField, RecordClaim, claims, of_event, of_figure, of_reaction, source_key};
pub use closest::{Closest, DiffWord};
pub use coverage::{ClaimCounts, Coverage, PageCoverage, SourceCoverage, coverage};
pub use date::{Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees};
pub use figure::{FigureFault, FigureVerdict, Rounding, figure_agrees};
pub use ledger::{LOCK, Ledger, Standing, faults, never_verified};
pub use lock::{
    EvidenceLock, PinnedVerdict, RecordKey, RecordPin, SourceKey, SourcePin, TextHash, WordsHash,
};
pub use lock_text::LockError;
pub use matching::{match_passage, match_printed, match_quote};
pub use normalise::{NORMALISATION_VERSION, normalise};
pub use quote::Quote;
pub use source::SourceText;
pub use state::{Claim, State, Unverified, state_of};
pub use verdict::{Fidelity, Match, QuoteVerdict, Replaced, Reversal, Segment, Warning};
