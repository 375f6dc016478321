//! Charts as lengths and places; templates draw them.
//!
//! Bars start at zero, always, also where numbers below zero make them grow the other way. Scales end at round numbers
//! (1, 2 or 5 times a power of ten), but for bars, which have no scale beside them: the longest one is as long as can be.
//! Numbers are exact decimals until the last step, which gives whole thousandths.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Chart, Day, Figure, FigureValue, Number, PartialDate, Quantity};
use crate::plan::Phrases;
use crate::plan::view::{ChartView, MarkView, TickView};

/// About how many steps a scale has.
const N_STEPS: i64 = 4;

/// The chart of a figure; `None` if it asks for none, or if the chart it asks for needs more numbers.
pub(super) fn chart(figure: &Figure, phrases: Phrases<'_>) -> Option<ChartView> {
    let numbers = numbers(figure);
    let is_line = matches!(figure.chart, Chart::Line | Chart::Range);
    if figure.chart == Chart::None || (is_line && numbers.len() < 2) {
        return None;
    }
    let margin = figure.margin.map(Number::value);
    let values = numbers.iter().map(|(_, quantity)| quantity.number.value());
    if !values.chain(margin).all(is_drawable) {
        return None;
    }
    let scale = Scale::of(figure, &numbers);
    let marks = numbers.iter().enumerate().map(|(index, (date, quantity))| {
        let value = quantity.number.value();
        MarkView {
            label: date
                .map(|date| phrases.date(date).words)
                .unwrap_or_else(|| figure.title.clone()),
            value: phrases.quantity(quantity).words,
            size: scale.place(value),
            place: place_in_time(index, &numbers),
            low: margin.map(|margin| scale.place(value - margin)),
            high: margin.map(|margin| scale.place(value + margin)),
        }
    });
    let marks: Vec<MarkView> = marks.collect();
    let path = match figure.chart {
        Chart::Line => path(&marks),
        Chart::Bar | Chart::Dot | Chart::Range | Chart::None => String::new(),
    };
    Some(ChartView {
        kind: figure.chart.name(),
        zero: scale.place(Decimal::ZERO),
        ticks: scale.ticks(&figure.unit, phrases),
        marks,
        path,
    })
}

/// Whether a number leaves room for the arithmetic of a scale: decimals have 28 digits in all.
fn is_drawable(value: Decimal) -> bool {
    let limit = Decimal::from(1_000_000_000_000_000_i64);
    value.abs() < limit && value.normalize().scale() <= 9
}

/// The numbers of a figure with their dates, by date.
fn numbers(figure: &Figure) -> Vec<(Option<&PartialDate>, &Quantity)> {
    match &figure.value {
        FigureValue::Single(quantity) | FigureValue::Derived(quantity, _) => vec![(None, quantity)],
        FigureValue::Series(points) => points
            .iter()
            .map(|point| (Some(&point.date), &point.quantity))
            .collect(),
    }
}

/// Where a number stands along the axis of time, in thousandths; by order if a date is open at its start.
fn place_in_time(index: usize, numbers: &[(Option<&PartialDate>, &Quantity)]) -> u16 {
    let days: Option<Vec<Day>> = numbers
        .iter()
        .map(|(date, _)| date.and_then(|date| date.earliest()))
        .collect();
    let by_order = || thousandths(index, numbers.len().saturating_sub(1));
    let Some(days) = days else {
        return by_order();
    };
    let days_since = |day: Day| {
        let first = days.first().copied().unwrap_or(day);
        usize::try_from(first.until(day).map_or(0, |span| span.get_days())).unwrap_or(0)
    };
    match days.last() {
        Some(last) if days_since(*last) > 0 => {
            thousandths(days_since(days[index]), days_since(*last))
        }
        _ => by_order(),
    }
}

fn thousandths(part: usize, whole: usize) -> u16 {
    let place = (part * 1000).checked_div(whole).unwrap_or(500);
    u16::try_from(place).unwrap_or(1000)
}

/// A scale from one round number to another.
struct Scale {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl Scale {
    /// The scale that holds all numbers with their margins; from zero, and to 100 for shares.
    fn of(figure: &Figure, numbers: &[(Option<&PartialDate>, &Quantity)]) -> Self {
        let margin = figure.margin.map_or(Decimal::ZERO, Number::value);
        let values = || numbers.iter().map(|(_, quantity)| quantity.number.value());
        let mut low = values()
            .map(|value| value - margin)
            .min()
            .unwrap_or_default();
        let mut high = values()
            .map(|value| value + margin)
            .max()
            .unwrap_or_default();
        low = low.min(Decimal::ZERO);
        high = high.max(Decimal::ZERO);
        let is_share = figure.unit == "percent"
            && !matches!(figure.value, FigureValue::Derived(..))
            && low >= Decimal::ZERO
            && high <= Decimal::ONE_HUNDRED;
        if is_share {
            high = Decimal::ONE_HUNDRED;
        }
        let step = step(high - low);
        match figure.chart {
            Chart::Bar => Self { low, high, step },
            Chart::Line | Chart::Dot | Chart::Range | Chart::None => Self {
                low: (low / step).floor() * step,
                high: (high / step).ceil() * step,
                step,
            },
        }
    }

    /// Where a value is, in thousandths from the low end; cut to the scale.
    fn place(&self, value: Decimal) -> u16 {
        let width = self.high - self.low;
        if width.is_zero() {
            return 0;
        }
        let share = (value - self.low) / width * Decimal::ONE_THOUSAND;
        let place = share.round().clamp(Decimal::ZERO, Decimal::ONE_THOUSAND);
        place.to_u16().unwrap_or(0)
    }

    fn ticks(&self, unit: &str, phrases: Phrases<'_>) -> Vec<TickView> {
        let is_tight = unit == "percent";
        let mut ticks = Vec::new();
        let mut value = self.low;
        while value <= self.high && !self.step.is_zero() {
            let quantity = Quantity {
                number: Number::new(value.normalize()),
                unit: if is_tight {
                    unit.to_owned()
                } else {
                    String::new()
                },
                qualifier: None,
            };
            ticks.push(TickView {
                label: phrases.quantity(&quantity).words,
                place: self.place(value),
            });
            value += self.step;
        }
        ticks
    }
}

/// A round step that parts a width into about [`N_STEPS`].
fn step(width: Decimal) -> Decimal {
    if width <= Decimal::ZERO {
        return Decimal::ONE;
    }
    let rough = width / Decimal::from(N_STEPS);
    let mut power = Decimal::ONE;
    while power > rough {
        power /= Decimal::TEN;
    }
    while power * Decimal::TEN <= rough {
        power *= Decimal::TEN;
    }
    [1, 2, 5, 10]
        .into_iter()
        .map(|factor| power * Decimal::from(factor))
        .find(|step| *step >= rough)
        .unwrap_or(power * Decimal::TEN)
}

/// The points of a line, left to right; y grows downwards, as in SVG.
fn path(marks: &[MarkView]) -> String {
    let points: Vec<String> = marks
        .iter()
        .map(|mark| format!("{},{}", mark.place, 1000 - mark.size))
        .collect();
    points.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_or_five_times_a_power_of_ten() {
        for (width, expected) in [
            ("36500", "10000"),
            ("100", "50"),
            ("7", "2"),
            ("0.3", "0.1"),
            ("1", "0.5"),
        ] {
            let width: Decimal = width.parse().unwrap();
            assert_eq!(step(width), expected.parse::<Decimal>().unwrap(), "{width}");
        }
    }
}
