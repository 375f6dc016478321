//! Which records does an article hold?
mod dates;
mod figures;
mod language;
mod lines;
mod numbers;
mod pattern;
mod quotes;
mod reading;
mod speakers;
mod text;
mod tokens;

pub use language::Language;
pub use reading::{FoundDate, FoundFigure, FoundQuotation, Reading};
pub use speakers::Confidence;
