//! What a chart shows in words, for people who can't see it.

use rust_decimal::Decimal;

use crate::model::{Figure, Number, Point, PointKey, Quantity};
use crate::plan::Phrases;
use crate::plan::chart::{Numbers, has_labels};

/// The numbers at the ends of a series, the least and the greatest; empty for a single number, which is shown beside its chart.
pub(super) fn description(numbers: &Numbers<'_>, phrases: Phrases<'_>) -> String {
    let by_value =
        |(_, one): &&(Option<&PointKey>, &Quantity),
         (_, other): &&(Option<&PointKey>, &Quantity)| { one.number.cmp(&other.number) };
    let ends = [
        numbers.first(),
        numbers.last(),
        numbers.iter().min_by(by_value),
        numbers.iter().max_by(by_value),
    ];
    let [Some(first), Some(last), Some(low), Some(high)] = ends else {
        return String::new();
    };
    if numbers.len() < 2 {
        return String::new();
    }
    let words = |(key, quantity): &(Option<&PointKey>, &Quantity)| {
        let key = key.map(|key| phrases.point(key));
        (phrases.quantity(quantity).words, key.unwrap_or_default())
    };
    let n = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let n = phrases.number(Number::new(Decimal::from(n)));
    let [first, last, low, high] = [first, last, low, high].map(words);
    phrases.words.fill(
        if has_labels(numbers) {
            "chart_of_labels"
        } else {
            "chart_description"
        },
        &[
            ("n", &n),
            ("first", &first.0),
            ("first_date", &first.1),
            ("last", &last.0),
            ("last_date", &last.1),
            ("low", &low.0),
            ("low_date", &low.1),
            ("high", &high.0),
            ("high_date", &high.1),
        ],
    )
}

/// What the other lines of a chart show, a sentence each.
pub(super) fn of_others(figure: &Figure, phrases: Phrases<'_>) -> String {
    let sentences = figure.with.iter().filter_map(|other| {
        let sentence = of_line(&other.label, &other.points, phrases)?;
        Some(format!(" {sentence}"))
    });
    sentences.collect()
}

/// The numbers at the ends of a line, in a sentence; `None` if there are none.
pub(super) fn of_line(name: &str, points: &[Point], phrases: Phrases<'_>) -> Option<String> {
    let words = |point: &Point| {
        (
            phrases.quantity(&point.quantity).words,
            phrases.point(&point.key),
        )
    };
    let (first, last) = (words(points.first()?), words(points.last()?));
    Some(phrases.words.fill(
        "chart_line",
        &[
            ("name", name),
            ("first", &first.0),
            ("first_date", &first.1),
            ("last", &last.0),
            ("last_date", &last.1),
        ],
    ))
}
