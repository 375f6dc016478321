//! What other sources say of something that a record tells.

use crate::model::{PartialDate, Quantity, SourceRef};

/// What some sources say of an event, a figure or a quotation, where they differ from those that the record is based on.
/// It says at least one thing; what it doesn't say is as in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The sources that have it so; never empty.
    pub sources: Vec<SourceRef>,
    /// What happened, or what is counted.
    pub title: Option<String>,
    /// When it was.
    pub date: Option<PartialDate>,
    /// Of a figure: the number, in the figure's unit.
    pub quantity: Option<Quantity>,
    /// Of a reaction: the very words.
    pub quote: Option<String>,
    /// How these sources word the date or the number.
    pub as_printed: Option<String>,
    /// Why the date is what it is, if it was worked out.
    pub inferred: Option<String>,
    /// What the writer says to a doubt about its words in the source.
    pub doubt: Option<String>,
    /// Whether nobody has compared it with its source yet: such a record is shown in drafts alone.
    pub review: bool,
}
