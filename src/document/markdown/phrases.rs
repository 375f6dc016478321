//! The English words that prose gets from us. In one place, for a translation.

use pulldown_cmark::BlockQuoteKind;

pub(super) const ANCHOR: &str = "Link to this section";
pub(super) const FOOTNOTES: &str = "Footnotes";
pub(super) const TABLE: &str = "Table";
pub(super) const DONE: &str = "Done";
pub(super) const NOT_DONE: &str = "Not done";

/// The name of a reference to a footnote.
pub(super) fn footnote(number: usize) -> String {
    format!("Footnote {number}")
}

/// The name of the link from a footnote back to where it is referred to.
pub(super) fn back_to(reference: &str) -> String {
    format!("Back to reference {reference}")
}

/// The class and the title of an alert.
pub(super) fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}
