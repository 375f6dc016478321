//! Checks the periods that a page's timeline is divided into.

use crate::check::fields::{Fields, present};
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::Era;

const FIELD: &str = "eras";

/// The periods of a page; those with faults are left out.
pub(super) fn eras(
    document: &Document,
    front_matter: &FrontMatter,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Era> {
    if front_matter.eras.is_empty() {
        return Vec::new();
    }
    if document
        .lists()
        .is_some_and(|lists| lists.events.is_empty())
    {
        let message = "the page has `eras` and no events";
        let mut page = Fields::new(document, FieldPath::default(), faults);
        page.fault(Code::BadValue, FIELD, message, |d| {
            d.help("write them on the page with the timeline")
        });
    }
    let eras = front_matter.eras.iter().enumerate();
    let eras = eras.filter_map(|(index, raw)| {
        let mut fields = Fields::new(document, FieldPath::item(FIELD, index), faults);
        let date = fields.date("date", raw.date.as_ref())?;
        if date.earliest().or(date.latest()).is_none() {
            let message = "the era has neither a start nor an end that is known";
            fields.fault(Code::BadDate, "date", message, |d| {
                d.help("write when it began and when it ended: `2024-05/2025-01`")
            });
            return None;
        }
        let title = present(raw.title.as_ref())?;
        Some(Era { title, date })
    });
    eras.collect()
}
