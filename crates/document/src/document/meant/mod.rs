//! Works out what a writer meant by a number or a date that its field can't accept.
//!
//! Spreadsheets, other generators and people of different languages each write them differently. Nothing ambiguous is
//! ever accepted: the report of the fault gives the exact text to write, or both texts if two are possible.

mod clocks;
mod dates;
mod numbers;

pub use dates::{MeantDate, dates};
pub use numbers::{MeantNumber, numbers, range};
