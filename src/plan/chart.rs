//! Charts as positions and labels; templates draw them.
//!
//! Bars always start at zero, even if negative numbers make some grow the other way; the scales of lines and dots fit
//! their numbers. A single share is drawn on a bar of 100 percent. Numbers are exact decimals until the last step,
//! which yields whole thousandths.

use rust_decimal::Decimal;

use crate::model::{Chart, Day, Figure, FigureValue, Number, Point, PointKey, Quantity};
use crate::plan::scale::{
    Base, Finest, Label, TimeScale, ValueScale, label_width, thin, thousandths,
};
use crate::plan::view::{ChartView, LineView, MarkView, PathView, TickView};
use crate::plan::{Phrases, annotations, in_words, lines, panels, stacked};

/// A series with more bars than this is drawn as columns along time: one row each would fill several screens.
const MOST_BARS: usize = 12;

/// Up to this many points, each has a dot; with more, dots would run together.
const MOST_DOTS: usize = 24;

/// The most round dates on the time axis, which is what fits on a chart in a column of text.
const MOST_DATES: usize = 6;

/// The numbers of a figure and what distinguishes them: by date, or in the writer's order.
pub(super) type Numbers<'f> = Vec<(Option<&'f PointKey>, &'f Quantity)>;

/// The chart of a figure; `None` if it wants none, or if its kind of chart needs more numbers.
pub(super) fn chart(figure: &Figure, phrases: Phrases<'_>) -> Option<ChartView> {
    let numbers = numbers(figure);
    let is_line = matches!(figure.chart, Chart::Line | Chart::Range | Chart::Multiples);
    if figure.chart == Chart::None || (is_line && numbers.len() < 2) {
        return None;
    }
    let margin = figure.margin.map(Number::value);
    let values = numbers.iter().map(|(_, quantity)| quantity.number.value());
    let ends = numbers.iter().filter_map(|(_, quantity)| quantity.to);
    if !values
        .chain(ends.map(Number::value))
        .chain(margin)
        .all(is_drawable)
    {
        return None;
    }
    let kind = kind(figure, &numbers);
    let scale = scale(figure, &numbers, kind);
    let domain = domain(figure, &numbers);
    let places = places_in_time(&numbers, domain);
    let lines = match domain {
        Some(domain) if kind == "line" && !figure.with.is_empty() => {
            several(figure, &scale, domain, phrases)
        }
        _ => Vec::new(),
    };
    let panels = match domain {
        Some(domain) if kind == "multiples" => {
            panels::panels(figure, &placed(&scale, domain), phrases)
        }
        _ => Vec::new(),
    };
    let has_ranges = numbers.iter().any(|(_, quantity)| quantity.to.is_some());
    let has_dots = numbers.len() <= MOST_DOTS && lines.is_empty();
    let mut marks: Vec<MarkView> = numbers
        .iter()
        .zip(&places)
        .enumerate()
        .map(|(index, ((key, quantity), place))| {
            let value = quantity.number.value();
            MarkView {
                label: key.map_or_else(|| figure.title.clone(), |key| phrases.point(key)),
                value: phrases.quantity(quantity).words,
                size: scale.place(value),
                place: *place,
                low: match quantity.to {
                    Some(_) => Some(scale.place(value)),
                    None => margin.map(|margin| scale.place(value - margin)),
                },
                high: match quantity.to {
                    Some(to) => Some(scale.place(to.value())),
                    None => margin.map(|margin| scale.place(value + margin)),
                },
                // A range has two ends, and no number in between.
                has_dot: quantity.to.is_none() && (has_dots || index + 1 == numbers.len()),
            }
        })
        .collect();
    let column_width = match kind {
        "column" => make_room_for_columns(&mut marks),
        _ => 0,
    };
    let axis = domain.zip(finest(figure, &numbers));
    let is_plot = matches!(kind, "line" | "dot" | "range" | "column")
        && numbers.len() > 1
        && !has_labels(&numbers);
    let ticks = if is_plot || kind == "multiples" {
        value_ticks(&scale, figure, phrases)
    } else {
        Vec::new()
    };
    let end = numbers
        .last()
        .filter(|_| is_plot && lines.is_empty())
        .map(|(_, quantity)| short(quantity, phrases));
    let annotations = annotations::annotations(&figure.value, &marks, phrases);
    let n_annotation_rows = match annotations.iter().map(|annotation| annotation.row).max() {
        Some(row) if is_plot => row + 1,
        _ => 0,
    };
    let taken = ticks
        .iter()
        .map(|tick| label_width(&tick.label))
        .max()
        .unwrap_or(0)
        + end.as_deref().map_or(0, label_width)
        + names_width(&lines)
        + 150;
    Some(ChartView {
        kind,
        is_plot,
        description: match &figure.alt {
            Some(alt) => alt.clone(),
            None => {
                in_words::description(&numbers, phrases) + &in_words::of_others(figure, phrases)
            }
        },
        zero: scale.place(Decimal::ZERO),
        crosses_zero: scale.crosses_zero(),
        dates: if is_plot || kind == "multiples" {
            dates(axis, &marks, column_width, taken, phrases)
        } else {
            Vec::new()
        },
        path: if figure.chart == Chart::Line && lines.is_empty() && !has_ranges {
            let places = marks.iter().map(|mark| (mark.place, mark.size));
            PathView(places.collect())
        } else {
            PathView::default()
        },
        band: if has_dots && !(has_ranges && kind == "line") {
            PathView::default()
        } else {
            band(&marks)
        },
        stacks: match kind {
            "stacked" => stacked::stacks(figure, phrases),
            _ => Vec::new(),
        },
        panels,
        annotations,
        n_annotation_rows,
        is_high: lines::is_high(&lines),
        lines,
        ticks,
        end: end.unwrap_or_default(),
        column_width,
        marks,
    })
}

/// How a figure is drawn: as requested, except for a long series of bars.
fn kind(figure: &Figure, numbers: &Numbers<'_>) -> &'static str {
    match figure.chart {
        Chart::Bar if numbers.len() > MOST_BARS && !has_labels(numbers) => "column",
        chart => chart.name(),
    }
}

/// Whether the numbers are shown side by side, each in a row with its label.
pub(super) fn has_labels(numbers: &Numbers<'_>) -> bool {
    let mut keys = numbers.iter().filter_map(|(key, _)| *key);
    keys.any(|key| key.label().is_some())
}

/// Whether a number leaves enough digits for the arithmetic of a scale: decimals have 28 in all.
fn is_drawable(value: Decimal) -> bool {
    let limit = Decimal::from(1_000_000_000_000_000_i64);
    value.abs() < limit && value.normalize().scale() <= 9
}

fn numbers(figure: &Figure) -> Numbers<'_> {
    match &figure.value {
        FigureValue::Single(quantity) | FigureValue::Derived(quantity, _) => vec![(None, quantity)],
        FigureValue::Series(points) => points
            .iter()
            .map(|point| (Some(&point.key), &point.quantity))
            .collect(),
    }
}

/// The scale that contains all numbers with their margins.
fn scale(figure: &Figure, numbers: &Numbers<'_>, kind: &str) -> ValueScale {
    let margin = figure.margin.map_or(Decimal::ZERO, Number::value);
    let others = || figure.with.iter().flat_map(|other| &other.points);
    let others = || others().map(|point| point.quantity.number.value());
    let own = || numbers.iter().map(|(_, quantity)| quantity.number.value());
    let values = || own().chain(others());
    let low = values()
        .map(|value| value - margin)
        .min()
        .unwrap_or_default();
    let ends = numbers.iter().filter_map(|(_, quantity)| quantity.to);
    let high = values()
        .map(|value| value + margin)
        .chain(ends.map(Number::value))
        .max()
        .unwrap_or_default();
    let (from_zero, to_zero) = (low.min(Decimal::ZERO), high.max(Decimal::ZERO));
    let is_share = figure.unit == "percent"
        && matches!(figure.value, FigureValue::Single(_))
        && low >= Decimal::ZERO
        && high <= Decimal::ONE_HUNDRED;
    let decimals = values().map(|value| value.normalize().scale());
    let n_decimals = decimals.max().unwrap_or(0);
    match kind {
        _ if is_share => ValueScale::bare(Decimal::ZERO, Decimal::ONE_HUNDRED),
        "bar" => ValueScale::bare(from_zero, to_zero),
        "column" => ValueScale::round(low, high, Base::Zero, n_decimals),
        _ if numbers.len() == 1 || has_labels(numbers) => {
            ValueScale::round(low, high, Base::Zero, n_decimals)
        }
        _ => ValueScale::round(low, high, Base::Fit, n_decimals),
    }
}

/// The first days of all numbers; `None` if one has no date, or an open start.
fn days(numbers: &Numbers<'_>) -> Option<Vec<Day>> {
    numbers
        .iter()
        .map(|(key, _)| key.and_then(|key| key.date()?.earliest()))
        .collect()
}

/// The first and the last day of a chart, its own numbers and those of others; `None` if numbers are drawn by their order.
fn domain(figure: &Figure, numbers: &Numbers<'_>) -> Option<(Day, Day)> {
    let days = days(numbers)?;
    let (mut first, mut last) = (*days.first()?, *days.last()?);
    for other in &figure.with {
        let (from, to) = lines::span(&other.points)?;
        (first, last) = (first.min(from), last.max(to));
    }
    (first < last).then_some((first, last))
}

/// How fine the dates of a chart are, its own numbers and those of others; `None` without a date.
fn finest(figure: &Figure, numbers: &Numbers<'_>) -> Option<Finest> {
    let own = numbers.iter().filter_map(|(key, _)| *key);
    let others = figure.with.iter().flat_map(|other| &other.points);
    let keys = own.chain(others.map(|point| &point.key));
    keys.filter_map(PointKey::date).map(Finest::of).min()
}

/// Where a day is along the axis of time, in thousandths: the last one at the very end.
fn place_in_time(day: Day, (first, last): (Day, Day)) -> u16 {
    let until = |day: Day| {
        first
            .until(day)
            .map_or(0, |span| i64::from(span.get_days()))
    };
    thousandths(until(day), until(last))
}

/// Where each number is along the axis of time, or by its order.
fn places_in_time(numbers: &Numbers<'_>, domain: Option<(Day, Day)>) -> Vec<u16> {
    let n = i64::try_from(numbers.len()).unwrap_or(1);
    match (days(numbers), domain) {
        (Some(days), Some(domain)) => {
            let days = days.into_iter();
            days.map(|day| place_in_time(day, domain)).collect()
        }
        _ => (0..n).map(|index| thousandths(index, n - 1)).collect(),
    }
}

/// The lines of a figure and of those that it is compared with.
fn several(
    figure: &Figure,
    scale: &ValueScale,
    domain: (Day, Day),
    phrases: Phrases<'_>,
) -> Vec<LineView> {
    let FigureValue::Series(own) = &figure.value else {
        return Vec::new();
    };
    let own = (figure.name_in_charts(), &**own);
    lines::lines(&figure.with, own, &placed(scale, domain), phrases)
}

/// Puts a number where it is along time and on the scale.
fn placed(scale: &ValueScale, domain: (Day, Day)) -> impl Fn(&Point) -> Option<(u16, u16)> {
    move |point| {
        let day = point.key.date()?.earliest()?;
        let value = point.quantity.number.value();
        Some((place_in_time(day, domain), scale.place(value)))
    }
}

/// The width of the longest row of names, in hundredths of an em.
fn names_width(lines: &[LineView]) -> i64 {
    let rows = lines.iter().flat_map(|line| &line.rows);
    rows.map(|row| label_width(row)).max().unwrap_or(0)
}

/// Shifts columns so that those at the ends are complete, and returns how wide they are.
fn make_room_for_columns(marks: &mut [MarkView]) -> u16 {
    let distances = marks.windows(2).map(|pair| pair[1].place - pair[0].place);
    let least = distances.min().unwrap_or(0).max(4);
    let width = u32::from(least) * 1000 / u32::from(least + 1000) * 4 / 5;
    let width = u16::try_from(width).unwrap_or(0).max(2);
    for mark in marks {
        let place = u32::from(mark.place) * u32::from(1000 - width) / 1000;
        mark.place = width / 2 + u16::try_from(place).unwrap_or(0);
    }
    width
}

/// The round values of a scale, with the sign of a share or a currency but without other units.
fn value_ticks(scale: &ValueScale, figure: &Figure, phrases: Phrases<'_>) -> Vec<TickView> {
    let values = scale.ticks().into_iter();
    let ticks = values.map(|value| {
        let quantity = Quantity {
            number: Number::new(value),
            to: None,
            unit: figure.unit.clone(),
            qualifier: None,
        };
        TickView {
            label: short(&quantity, phrases),
            place: scale.place(value),
            ..TickView::default()
        }
    });
    ticks.collect()
}

/// "24,000", "12.5%": a number without its hedge and unit.
fn short(quantity: &Quantity, phrases: Phrases<'_>) -> String {
    let view = phrases.quantity(quantity);
    format!("{}{}", view.number, view.sign)
}

/// The labels of the time axis: round dates, or those of the numbers at its ends. `taken` is the space used beside the
/// axis, in hundredths of an em.
fn dates(
    axis: Option<((Day, Day), Finest)>,
    marks: &[MarkView],
    column_width: u16,
    taken: i64,
    phrases: Phrases<'_>,
) -> Vec<TickView> {
    let round = axis
        .map(|((first, last), finest)| TimeScale::whole(first, last).ticks(MOST_DATES, finest))
        .unwrap_or_default();
    let shift = column_width / 2;
    let on_axis = |place: u16| {
        let width = u32::from(1000 - 2 * shift);
        shift + u16::try_from(u32::from(place) * width / 1000).unwrap_or(0)
    };
    let mut ticks: Vec<(u32, TickView)> = round
        .iter()
        .map(|tick| {
            let label = phrases.locale.time_name(tick.day, tick.name);
            (
                tick.rank,
                TickView {
                    label,
                    place: on_axis(tick.place),
                    ..TickView::default()
                },
            )
        })
        .collect();
    if ticks.len() < 2 {
        let ends = [marks.first(), marks.last()]
            .into_iter()
            .flatten()
            .map(|mark| TickView {
                label: mark.label.clone(),
                place: mark.place,
                ..TickView::default()
            });
        ticks = ends.map(|tick| (0, tick)).collect();
    }
    with_room(ticks, taken)
}

/// Labels with the width from which each is shown, together with their rank; those that never fit are left out.
pub(super) fn with_room(mut ticks: Vec<(u32, TickView)>, taken: i64) -> Vec<TickView> {
    ticks.sort_by_key(|(rank, tick)| (*rank, tick.place));
    let labels: Vec<Label> = ticks
        .iter()
        .map(|(_, tick)| Label {
            place: tick.place,
            width: label_width(&tick.label),
        })
        .collect();
    let shown = thin(&labels, taken);
    let shown = ticks.into_iter().zip(labels).zip(shown);
    let mut ticks: Vec<TickView> = shown
        .filter_map(|(((_, tick), label), from)| {
            Some(TickView {
                anchor: label.anchor(),
                from: from?.class(),
                ..tick
            })
        })
        .collect();
    ticks.sort_by_key(|tick| tick.place);
    ticks
}

/// The margins of many points as one shape: the upper ends, then the lower ones in reverse; empty without margins.
fn band(marks: &[MarkView]) -> PathView {
    let highs = marks
        .iter()
        .filter_map(|mark| Some((mark.place, mark.high?)));
    let lows = marks.iter().rev();
    let lows = lows.filter_map(|mark| Some((mark.place, mark.low?)));
    PathView(highs.chain(lows).collect())
}
