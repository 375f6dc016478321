//! What readers are to know about single numbers of a chart: numbered marks above the plot, with their words below it.
//!
//! Words have no room in a plot that may be as narrow as a phone, so they are a list, and only its numbers are in the plot.

use crate::model::FigureValue;
use crate::plan::Phrases;
use crate::plan::scale::free_row;
use crate::plan::view::{AnnotationView, MarkView};

/// The least distance between the numbers of one row, in thousandths of a plot: their width on a phone with large text.
const GAP: u16 = 170;

/// The annotations of a figure's own numbers, in their order; `marks` are those numbers in the chart.
pub(super) fn annotations(
    value: &FigureValue,
    marks: &[MarkView],
    phrases: Phrases<'_>,
) -> Vec<AnnotationView> {
    let FigureValue::Series(points) = value else {
        return Vec::new();
    };
    let mut rows: Vec<u16> = Vec::new();
    let annotated = points
        .iter()
        .zip(marks)
        .filter_map(|(point, mark)| Some((point, mark, point.annotation.as_ref()?)));
    annotated
        .zip(1..)
        .map(|((point, mark, words), number)| AnnotationView {
            number,
            label: phrases.point(&point.key),
            words: words.clone(),
            place: mark.place,
            size: mark.high.unwrap_or(mark.size),
            row: free_row(&mut rows, mark.place, mark.place, GAP),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_close_are_in_different_rows() {
        let mut rows = Vec::new();
        let found = [0, 100, 180, 260, 1000].map(|place| free_row(&mut rows, place, place, GAP));
        assert_eq!(found, [0, 1, 0, 2, 0]);
    }
}
