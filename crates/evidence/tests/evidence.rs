//! What the check of quotations, figures and dates accepts and refuses, shown by examples.
//!
//! A file in `tests/evidence/cases` is a short passage of a source and what is claimed about it, one case a line:
//!
//! ```text
//! -- source --
//! "We are ready," said Ana Ruiz.
//! -- quotations --
//! exact                  | Ruiz | We are ready
//! false                  | Ruiz | We are not ready
//! warned another-speaker | Mao  | We are ready
//! -- printed --
//! exact | some 300 farms
//! ```
//!
//! `true` quotations have to be accepted, `exact` ones to the letter; `warned` ones are in the source, with exactly
//! these reasons to look again; `false` ones have to be refused, and `reverses` and `short` for that reason. `\u{a0}`
//! and `\n` represent invisible characters. A file without a source has `-- figures --` or `-- dates --`.
//! `tests/evidence/NOTICE.md` says where the passages are from.
//!
//! In addition, every passage is edited in every way that leaves it true and in every way that doesn't (`generated`);
//! `properties` says what holds for any text.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

#[path = "evidence/cases.rs"]
mod cases;
#[path = "evidence/dates.rs"]
mod dates;
#[path = "evidence/edits.rs"]
mod edits;
#[path = "evidence/figures.rs"]
mod figures;
#[path = "evidence/generated.rs"]
mod generated;
#[path = "evidence/kinds.rs"]
mod kinds;
#[path = "evidence/properties.rs"]
mod properties;
#[path = "evidence/quotations.rs"]
mod quotations;
#[path = "evidence/records.rs"]
mod records;
#[path = "evidence/table.rs"]
mod table;
#[path = "evidence/told.rs"]
mod told;
