//! Which records does an article hold?
mod append;
mod begin;
mod dates;
mod draft;
mod figures;
mod html;
mod input;
mod language;
mod lines;
mod lists;
mod numbers;
mod pattern;
mod quotes;
mod reading;
mod speakers;
mod story;
mod text;
mod tokens;
mod write;

pub use begin::begin;
pub use language::Language;
pub use reading::{FoundDate, FoundFigure, FoundQuotation, Reading};
pub use speakers::Confidence;
