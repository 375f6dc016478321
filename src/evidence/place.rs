//! Where in a file does a claim stand?

use super::claims::{ClaimField, RecordClaim};
use crate::diag::Place;
use crate::document::{Document, FieldPath, Lists, record_names};

/// The place of a claim's words in the document that holds the record.
pub(super) fn place_of(document: &Document, claim: &RecordClaim<'_>) -> Place {
    document.place(&path_of(document, claim))
}

/// The place of the value that a claim's words have to agree with.
pub(super) fn place_of_value(document: &Document, claim: &RecordClaim<'_>, field: &str) -> Place {
    let words = path_of(document, claim);
    let record = FieldPath(words.0[..words.0.len().saturating_sub(1)].to_vec());
    document.place(&record.key(field))
}

fn path_of(document: &Document, claim: &RecordClaim<'_>) -> FieldPath {
    let Some(lists) = document.lists() else {
        return FieldPath::default();
    };
    let names = record_names(lists);
    let id = claim.anchor.id.as_str();
    let name = names
        .iter()
        .find(|name| name.kind == claim.kind && name.id == id);
    let Some(name) = name else {
        return FieldPath::default();
    };
    let record = FieldPath::item(name.kind.list(), name.index);
    match claim.field {
        ClaimField::Quote => record.key("quote"),
        ClaimField::AsPrinted => record.key("as_printed"),
        ClaimField::Point(date) => match point(lists, name.index, date.written()) {
            Some(point) => record.key("series").index(point).key("as_printed"),
            None => record.key("series"),
        },
        ClaimField::Passage(index) => passage(document, &record, index),
    }
}

fn point(lists: &Lists, figure: usize, date: &str) -> Option<usize> {
    let series = &lists.figures.get(figure)?.series;
    series.iter().position(|point| {
        let written = point.date.as_deref().map(str::trim);
        written == Some(date)
    })
}

/// A passage stands in the one source, or in an item of the list of sources.
fn passage(document: &Document, record: &FieldPath, index: usize) -> FieldPath {
    let source = record.key("source");
    let item = source.index(index);
    if document.place(&item) == document.place(&source) {
        source.key("passage")
    } else {
        item.key("passage")
    }
}
