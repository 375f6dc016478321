//! Turns an article into a draft explainer.
//!
//! ```text
//! file --input--> text --text--> Article --dates, figures, quotes, speakers--> Reading --draft--> records
//!                                                                                  records --story--> changes --write--> disk
//! ```
//!
//! Everything but `command`, `input` and `write` is pure. Nothing is invented: a drafted string is a stretch of the
//! article's text, a date or figure that isn't simply what the words say carries its reason, and whatever isn't clear
//! stays empty. What depends on a language is in the crate [`nutgraf_language`], which `verify` reads too.
//!
//! Start with [`import()`]; `tests/import_scores.rs` and `examples/score_import.rs` show how well it reads.

mod append;
mod begin;
mod command;
mod dates;
mod draft;
mod figures;
mod front_matter;
mod html;
mod input;
mod join;
mod language;
mod lines;
mod lists;
mod notices;
mod numbers;
mod pattern;
mod places;
mod quotes;
mod reading;
mod report;
pub mod sample;
mod speakers;
mod spoken;
mod story;
mod text;
mod write;

use nutgraf_document::{config, document, model};
use nutgraf_language::words as tokens;
use nutgraf_project::{diag, disk, error, project};

pub use begin::begin;
pub use command::{ImportOptions, import};
pub use language::Language;
pub use reading::{FoundDate, FoundFigure, FoundQuotation, Reading};
pub use report::{Joined, Report};
pub use speakers::Confidence;
pub use story::Change;
pub use write::write as write_changes;
