//! Checks whether a source says what a record says it says.
//!
//! *Verified means that the source says this, not that it is true.* Words that a record quotes are looked for in the
//! source's text: in order, whole, with the changes that an editor may make (typography, a bracket, an ellipsis) and no
//! others. Numbers, dates and speakers are compared with the words that print them. Words are never verified for being
//! similar.
//!
//! The invariants: nothing here but `command` does I/O; results are a function of the texts alone; and no part of a
//! source's text that isn't already published can be recovered from what is written down ([`EvidenceLock`]).
//!
//! - The comparison itself is in the crate [`nutgraf_evidence`], which knows about texts and values, but not about
//!   records, files or faults. Its items are re-exported here.
//! - [`EvidenceLock`] is what gets committed; a [`Standing`] is what currently holds for a claim.
//! - [`claims()`] lists what a page claims: words, numbers, dates, speakers, sentences; [`audit()`] compares all of
//!   that with the available texts ([`command`] reads those and writes the lock); a [`Ledger`] is what an edition knows
//!   about it: the lock alone.
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

pub mod accounts;
mod audit;
mod claims;
pub mod command;
mod coverage;
mod inquiry;
mod ledger;
mod lock;
mod lock_text;
mod meaning;
mod outcome;
mod page_claims;
mod place;
mod plain;
mod prose;
mod report;
mod says;

pub use audit::{Audit, AuditCounts, Evidence, Text, audit};
pub use claims::{
    ClaimField, Claimant, RecordClaim, Within, claims, of_event, of_figure, of_question,
    of_reaction, source_key,
};
pub use coverage::{ClaimCounts, Coverage, PageCoverage, SourceCoverage, coverage};
pub use ledger::{LOCK, Ledger, Standing, faults, n_comparable, never_verified, old_lock};
pub use lock::{ClaimPin, EvidenceLock, RecordKey, SourceKey, SourcePin};
pub use lock_text::LockError;
pub use nutgraf_evidence::{
    Basis, Closest, DateClaim, DateDoubt, DateFault, DateVerdict, DiffWord, Fidelity, FigureFault,
    FigureVerdict, Match, NORMALISATION_VERSION, Outlook, Quote, QuoteVerdict, Replaced, Reversal,
    Rounding, Segment, SourceText, TextHash, Warning, WordsHash, date_agrees, figure_agrees,
    match_passage, match_printed, match_quote, normalise,
};
pub use outcome::{Outcome, WhyNot};
pub use page_claims::page_claims;
pub use says::{Aspect, Says, Sentence};
