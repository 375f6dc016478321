//! Which records does an article hold?
mod dates;
mod language;
mod lines;
mod numbers;
mod pattern;
mod text;
mod tokens;

pub use language::Language;
