//! The words that we add to prose, by their keys in `templates/words/`: their language isn't known here.

use pulldown_cmark::BlockQuoteKind;

use crate::model::Gap;

pub(super) const ANCHOR: Gap<'_> = Gap("link_to_section", "");
pub(super) const FOOTNOTES: Gap<'_> = Gap("footnotes", "");
pub(super) const TABLE: Gap<'_> = Gap("table", "");
pub(super) const DONE: Gap<'_> = Gap("task_done", "");
pub(super) const NOT_DONE: Gap<'_> = Gap("task_open", "");

pub(super) const COMPARE: Gap<'_> = Gap("compare", "");
pub(super) const TRANSCRIPT: Gap<'_> = Gap("transcript", "");

/// The name of a reference to a footnote.
pub(super) fn footnote(number: usize) -> String {
    Gap("footnote", &number.to_string()).to_string()
}

/// The name of the link from a footnote back to its reference.
pub(super) fn back_to(reference: &str) -> String {
    Gap("back_to_reference", reference).to_string()
}

/// The class and the title of an alert.
pub(super) fn alert(kind: BlockQuoteKind) -> (&'static str, Gap<'static>) {
    match kind {
        BlockQuoteKind::Note => ("note", Gap("alert_note", "")),
        BlockQuoteKind::Tip => ("tip", Gap("alert_tip", "")),
        BlockQuoteKind::Important => ("important", Gap("alert_important", "")),
        BlockQuoteKind::Warning => ("warning", Gap("alert_warning", "")),
        BlockQuoteKind::Caution => ("caution", Gap("alert_caution", "")),
    }
}
