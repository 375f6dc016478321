//! Shares of a whole: the numbers of a series in one bar, or those of several figures in a bar for each date.
//!
//! The figure's own share comes first, so that all of them start at one place and can be compared.

use rust_decimal::Decimal;

use crate::model::{Figure, FigureValue, Point, Quantity, has_labels};
use crate::plan::Phrases;
use crate::plan::scale::ValueScale;
use crate::plan::view::{PartView, StackView};

/// The bars of a figure, each with its parts in one order; empty if it isn't a series.
pub(super) fn stacks(figure: &Figure, phrases: Phrases<'_>) -> Vec<StackView> {
    let FigureValue::Series(points) = &figure.value else {
        return Vec::new();
    };
    let bars = bars(figure, points, phrases);
    let sum = |parts: &[(String, &Quantity)]| -> Decimal {
        parts.iter().map(|(_, part)| part.number.value()).sum()
    };
    let longest = bars.iter().map(|(_, parts)| sum(parts)).max();
    let longest = longest.unwrap_or_default();
    // Rounded shares add up to a little less or more than a hundred.
    let whole = if figure.unit == "percent" {
        longest.max(Decimal::ONE_HUNDRED)
    } else {
        longest
    };
    let scale = ValueScale::bare(Decimal::ZERO, whole);
    bars.into_iter()
        .map(|(label, parts)| {
            let mut end = Decimal::ZERO;
            let parts = parts.into_iter().map(|(name, quantity)| {
                let start = scale.place(end);
                end += quantity.number.value();
                PartView {
                    name,
                    value: phrases.quantity(quantity).words,
                    start,
                    size: scale.place(end) - start,
                }
            });
            StackView {
                label,
                parts: parts.collect(),
            }
        })
        .collect()
}

/// A bar: its label, and its parts by name.
type Bar<'f> = (String, Vec<(String, &'f Quantity)>);

fn bars<'f>(figure: &'f Figure, points: &'f [Point], phrases: Phrases<'_>) -> Vec<Bar<'f>> {
    if has_labels(points) {
        let parts = points
            .iter()
            .map(|point| (phrases.point(&point.key), &point.quantity));
        return vec![(String::new(), parts.collect())];
    }
    let others = |index: usize| {
        figure.with.iter().filter_map(move |other| {
            Some((other.label.clone(), &other.points.get(index)?.quantity))
        })
    };
    points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let own = [(figure.name_in_charts().to_owned(), &point.quantity)].into_iter();
            (
                phrases.point(&point.key),
                own.chain(others(index)).collect(),
            )
        })
        .collect()
}
