//! Finds the place of a claim in a file.

use super::claims::{Claimant, RecordClaim, Within};
use crate::diag::{Place, Span};
use crate::document::{Document, FieldPath, Lists, record_names};
use crate::model::{PartialDate, RecordKind};

/// The place of a claim in the record's document: that of its field, or else of the record.
pub(super) fn place_of(document: &Document, claim: &RecordClaim<'_>) -> Place {
    document.place(&path_of(document, claim))
}

/// The place of a record's field, or else of the record.
pub(super) fn place_of_record(
    document: &Document,
    kind: RecordKind,
    id: &str,
    field: &str,
) -> Place {
    let names = document.lists().map(record_names).unwrap_or_default();
    let name = names.iter().find(|name| name.kind == kind && name.id == id);
    let path = name.map(|name| FieldPath::item(name.kind.list(), name.index).key(field));
    document.place(&path.unwrap_or_default())
}

/// The place of words within the field with the claim, or of the field if they are written differently there.
pub(super) fn place_of_words(document: &Document, claim: &RecordClaim<'_>, words: &str) -> Place {
    let place = place_of(document, claim);
    let span = place.span;
    let text = document.excerpt(&place).to_lowercase();
    let first = words
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let found = [words.to_lowercase(), first]
        .into_iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| Some((text.find(&words)?, words.len())));
    match (span, found) {
        (Some(span), Some((at, length))) => {
            let start = span.start as usize + at;
            Place::new(&place.file, Span::new(start, start + length))
        }
        _ => place,
    }
}

fn path_of(document: &Document, claim: &RecordClaim<'_>) -> FieldPath {
    let Some(lists) = document.lists() else {
        return FieldPath::default();
    };
    let Claimant::Record(kind, anchor) = claim.by else {
        let field = FieldPath::field(claim.field.name);
        return match claim.field.within {
            Within::Item(index) => field.index(index),
            _ => field,
        };
    };
    let names = record_names(lists);
    let id = anchor.id.as_str();
    let name = names.iter().find(|name| name.kind == kind && name.id == id);
    let Some(name) = name else {
        return FieldPath::default();
    };
    let record = FieldPath::item(name.kind.list(), name.index);
    let record = match claim.account {
        Some(index) => record.key("accounts").index(index),
        None => record,
    };
    // A missing qualifier is missing from the value.
    let field = if claim.says.written().is_empty() {
        "value"
    } else {
        claim.field.name
    };
    match claim.field.within {
        // All points of a series share the figure's unit.
        Within::Point(_) if field == "unit" => record.key(field),
        Within::Record | Within::Item(_) => record.key(field),
        Within::Point(index) => match point(lists, name.index, index) {
            Some(point) => record.key("series").index(point).key(field),
            None => record.key("series"),
        },
        Within::Source(index) => passage(document, &record, index),
    }
}

/// The index in the file of a point whose index by date is given; in a series with labels the two are the same.
fn point(lists: &Lists, figure: usize, index: usize) -> Option<usize> {
    let series = &lists.figures.get(figure)?.series;
    let mut dated: Vec<(PartialDate, usize)> = series
        .iter()
        .enumerate()
        .filter_map(|(place, point)| Some((point.date.as_deref()?.trim().parse().ok()?, place)))
        .collect();
    // Points with labels are in the writer's order.
    if dated.is_empty() {
        return (index < series.len()).then_some(index);
    }
    dated.sort_by(|(one, _), (other, _)| one.cmp(other));
    dated.get(index).map(|(_, place)| *place)
}

/// A passage is in the only source, or in an item of the list of sources.
fn passage(document: &Document, record: &FieldPath, index: usize) -> FieldPath {
    let source = record.key("source");
    let item = source.index(index);
    if document.place(&item) == document.place(&source) {
        source.key("passage")
    } else {
        item.key("passage")
    }
}
