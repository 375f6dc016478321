//! `accounts:` of a record: what other sources say of the same.

use super::page::{CONFIDENCE, DATE_AS_PRINTED, DOUBT, INFERRED, NOTES, QUALIFIER, REVIEW, SOURCE};
use super::{date, number, record, text};
use crate::document::reader::{Notes, RawSources};

record! {
    /// An item of `accounts:`, as it was typed.
    pub struct RawAccount: "an item of `accounts`" {
        source: RawSources = SOURCE.judged(),
        title: Option<String> = text("What happened or what is counted, as these sources have it, if that is what they differ in.").example("The council backs the quay 6-3"),
        date: Option<String> = date("When it was, by these sources (EDTF), if that is what they differ in."),
        value: Option<String> = number("Of a figure: the number that these sources have."),
        to: Option<String> = number("Of a figure: the high end of a range, of which `value` is the low one."),
        qualifier: Option<String> = QUALIFIER,
        quote: Option<String> = text("Of a reaction: the words as these sources have them.").example("We will not turn back."),
        as_printed: Option<String> = DATE_AS_PRINTED,
        inferred: Option<String> = INFERRED,
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}
