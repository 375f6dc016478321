//! How a figure is drawn: its chart, the figures beside it, and what is said about single numbers.

use rust_decimal::Decimal;

use crate::check::entry::Entry;
use crate::diag::Code;
use crate::document::RawFigure;
use crate::model::{Chart, Compared, FigureValue, Point, RecordKind, has_labels};

/// How many lines can be drawn in one chart: more run into each other on a phone.
const MOST_LINES: usize = 10;
/// How many parts a bar can have: more shades can't be told apart.
const MOST_PARTS: usize = 6;
/// How many small plots there can be: four screens of a phone.
const MOST_PANELS: usize = 24;
/// How many numbers of a chart can have annotations: more leave no room for the chart.
const MOST_ANNOTATIONS: usize = 9;

impl Entry<'_> {
    /// How a figure is drawn. A line between labels would suggest a transition between them.
    pub(super) fn chart(&mut self, raw: &RawFigure, value: Option<&FigureValue>) -> Chart {
        let mut fields = self.fields();
        let chart = fields.one_of("chart", raw.chart.as_ref(), &Chart::ALL, Chart::name);
        let has_labels = match value {
            Some(FigureValue::Series(points)) => has_labels(points),
            _ => false,
        };
        let is_over_time = matches!(chart, Some(Chart::Line | Chart::Range | Chart::Multiples));
        if has_labels && is_over_time {
            let message = "the numbers have labels and no dates, so there is no line between them";
            fields.fault(Code::BadValue, "chart", message, |d| {
                d.help(
                    "write `chart: bar`, `chart: dot` or, for parts of a whole, `chart: stacked`",
                )
            });
        }
        chart.unwrap_or(Chart::None)
    }

    /// The figures in whose company this one is drawn: series over time, in one unit. `others` knows those that are.
    pub(super) fn compared(
        &mut self,
        raw: &RawFigure,
        chart: Chart,
        value: Option<&FigureValue>,
        others: &dyn Fn(&str) -> Option<Compared>,
    ) -> Vec<Compared> {
        let is_dated = |points: &[Point]| points.iter().all(|point| point.key.date().is_some());
        let own = match value {
            Some(FigureValue::Series(points)) if is_dated(points) => Some(points),
            _ => None,
        };
        if raw.with.0.is_empty() {
            return Vec::new();
        }
        let most = match chart {
            Chart::Line => MOST_LINES,
            Chart::Stacked => MOST_PARTS,
            Chart::Multiples => MOST_PANELS,
            Chart::Bar | Chart::Dot | Chart::Range | Chart::None => 0,
        };
        let Some(own) = own.filter(|_| most > 0) else {
            let message = "this figure's chart has no room for others";
            self.fields().fault(Code::BadValue, "with", message, |d| {
                d.help(
                    "write `chart: line`, `chart: stacked` or `chart: multiples`, and give the figure a `series:` of \
                     numbers with dates",
                )
            });
            return Vec::new();
        };
        let unit = own.first().map(|point| point.quantity.unit.clone());
        let mut compared = Vec::new();
        for id in raw.with.0.iter().map(|id| id.trim()) {
            let Some(other) = others(id) else {
                let ids: Vec<String> = self
                    .scope
                    .ids(RecordKind::Figure)
                    .iter()
                    .map(|id| (*id).to_owned())
                    .collect();
                let message = format!("there is no figure `{id}` with a series beside this one");
                self.fields()
                    .fault(Code::UnknownRecord, "with", message, |d| {
                        d.suggest(id, ids.iter().map(String::as_str))
                    });
                continue;
            };
            let other_unit = other
                .points
                .first()
                .map(|point| point.quantity.unit.clone());
            if !is_dated(&other.points) || other_unit != unit {
                let message = format!(
                    "the numbers of `{id}` have another unit, or no dates, so they share no scale"
                );
                self.fields().fault(Code::BadValue, "with", message, |d| {
                    d.help("draw figures of one unit together")
                });
                continue;
            }
            compared.push(other);
        }
        if compared.len() >= most {
            let message = format!(
                "{} figures in one chart can't be told apart",
                compared.len() + 1
            );
            self.fields().fault(Code::BadValue, "with", message, |d| {
                d.help(format!("name up to {} others", most - 1))
            });
            compared.truncate(most - 1);
        }
        compared
    }

    /// At most a few numbers of a series are explained in its chart.
    pub(super) fn annotations(&mut self, raw: &RawFigure, value: Option<&FigureValue>) {
        let Some(FigureValue::Series(points)) = value else {
            return;
        };
        let is_annotated = |point: &&Point| point.annotation.is_some();
        let n_annotations = points.iter().filter(is_annotated).count();
        if n_annotations > MOST_ANNOTATIONS {
            let message = format!("{n_annotations} annotations leave no room for the chart");
            self.fields().fault(Code::BadValue, "series", message, |d| {
                d.help(format!(
                    "keep the {MOST_ANNOTATIONS} that readers need most; the others can go into `text:`"
                ))
            });
        } else if n_annotations > 0 && raw.chart.is_none() && !raw.faulty.has("chart") {
            let message = "the annotations belong to a chart, and the figure has none";
            self.fields().fault(Code::BadValue, "series", message, |d| {
                d.help("add `chart: line` or `chart: bar`, or write what happened into `text:`")
            });
        }
    }

    /// Parts of a whole are no less than nothing, no more than the whole, and there in every bar.
    pub(super) fn parts(&mut self, chart: Chart, value: Option<&FigureValue>, with: &[Compared]) {
        if chart != Chart::Stacked {
            return;
        }
        let points = match value {
            None => return,
            Some(FigureValue::Series(points)) => points,
            Some(FigureValue::Single(_) | FigureValue::Derived(..)) => {
                self.fault_of_chart(
                    "a single number has no parts".to_owned(),
                    "give a `series:` whose numbers have a `label:` each, or write `chart: bar`",
                );
                return;
            }
        };
        let bars: Vec<Vec<Decimal>> = if has_labels(points) {
            if points.len() > MOST_PARTS {
                self.fault_of_chart(
                    format!("{} parts of one bar can't be told apart", points.len()),
                    "join the smallest ones, so that six are left, or write `chart: bar`",
                );
            }
            vec![points.iter().map(number).collect()]
        } else if with.is_empty() {
            self.fault_of_chart(
                "each date has one number alone, so there is nothing to stack".to_owned(),
                "name the figures with the other parts in `with:`, or write `chart: bar`",
            );
            return;
        } else {
            if let Some(other) = with
                .iter()
                .find(|other| dates(&other.points) != dates(points))
            {
                self.fault_of_chart(
                    format!("`{}` has numbers for other dates", other.anchor.id),
                    "a bar of parts needs all of them at each date; write `chart: line` if some are missing",
                );
                return;
            }
            let others = |index: usize| {
                let others = with.iter().filter_map(move |other| other.points.get(index));
                others.map(number)
            };
            let points = points.iter().enumerate();
            points
                .map(|(index, point)| [number(point)].into_iter().chain(others(index)).collect())
                .collect()
        };
        if bars.iter().flatten().any(|part| *part < Decimal::ZERO) {
            self.fault_of_chart(
                "a part of a whole is less than nothing".to_owned(),
                "write `chart: bar` for numbers below zero",
            );
        }
        let is_share = points
            .first()
            .is_some_and(|point| point.quantity.unit == "percent");
        let sums = bars.iter().map(|parts| parts.iter().sum::<Decimal>());
        let most = sums.max().unwrap_or_default();
        // Each of six rounded shares may be half a point too large.
        if is_share && most > Decimal::from(103) {
            self.fault_of_chart(
                format!("the shares add up to {} percent", most.normalize()),
                "shares that overlap, as of an answer with several choices, are `chart: bar`",
            );
        }
    }

    fn fault_of_chart(&mut self, message: String, help: &'static str) {
        self.fields()
            .fault(Code::BadValue, "chart", message, |d| d.help(help));
    }
}

fn number(point: &Point) -> Decimal {
    point.quantity.number.value()
}

fn dates(points: &[Point]) -> Vec<&str> {
    points.iter().map(|point| point.key.written()).collect()
}
