//! Which records does an article hold?
#[expect(dead_code, reason = "drafting reads it next")]
mod dates;
#[expect(dead_code, reason = "drafting reads it next")]
mod figures;
#[expect(dead_code, reason = "drafting reads it next")]
mod language;
mod lines;
mod numbers;
mod pattern;
mod quotes;
#[expect(dead_code, reason = "drafting reads it next")]
mod reading;
mod speakers;
mod text;
mod tokens;

pub use language::Language;
pub use reading::{FoundDate, FoundFigure, FoundQuotation, Reading};
pub use speakers::Confidence;
