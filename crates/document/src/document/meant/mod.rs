//! What did the writer mean with a number or a date that its field can't take?
//!
//! Spreadsheets, other generators and people of each language write them in their own way. Nothing is ever taken in
//! that could be read in two ways: the reader of the fault gets the exact text to write, or both where two are
//! possible.

mod clocks;
mod dates;
mod numbers;

pub use dates::{MeantDate, dates};
pub use numbers::{MeantNumber, numbers};
