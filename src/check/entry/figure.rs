//! Figures: one number, or several over time.

use std::sync::Arc;

use crate::check::entry::Entry;
use crate::check::fields::present;
use crate::diag::Code;
use crate::document::{RawFigure, RawPoint};
use crate::model::{Chart, Embed, Figure, FigureValue, Point, Qualifier, Quantity};

impl Entry<'_> {
    /// The number or numbers that a figure gives itself; `None` for one that is derived or has faults.
    pub(in crate::check) fn given_value(&mut self, raw: &RawFigure) -> Option<FigureValue> {
        let given = [
            raw.value.is_some() || raw.faulty.has("value"),
            !raw.series.is_empty() || raw.faulty.has("series"),
            raw.derive.is_some() || raw.faulty.has("derive"),
        ];
        match given.iter().filter(|is_there| **is_there).count() {
            0 => {
                let message = "the figure has no number";
                self.fields().fault(Code::MissingField, "", message, |d| {
                    d.help("add one of `value:`, `series:` and `derive:`")
                });
                return None;
            }
            1 => {}
            _ => {
                let message = "the figure has more than one of `value`, `series` and `derive`";
                self.fields()
                    .fault(Code::BadValue, "", message, |d| d.help("keep one of them"));
                return None;
            }
        }
        let unit = raw.unit.clone().unwrap_or_default();
        if !raw.series.is_empty() {
            return self.series(raw, &unit).map(FigureValue::Series);
        }
        let qualifier = self.qualifier("qualifier", raw.qualifier.as_ref());
        let number = self.fields().number("value", raw.value.as_ref())?;
        Some(FigureValue::Single(Quantity {
            number,
            unit,
            qualifier,
        }))
    }

    fn series(&mut self, raw: &RawFigure, unit: &str) -> Option<Vec<Point>> {
        let series = raw.series.iter().enumerate();
        let points: Vec<Option<Point>> = series
            .map(|(index, point)| self.point(index, point, unit))
            .collect();
        let mut points = points.into_iter().collect::<Option<Vec<Point>>>()?;
        points.sort_by(|a, b| a.date.cmp(&b.date));
        Some(points)
    }

    fn point(&mut self, index: usize, raw: &RawPoint, unit: &str) -> Option<Point> {
        let record = self.path.clone();
        self.path = record.key("series").index(index);
        let date = self.fields().date("date", raw.date.as_ref());
        let number = self.fields().number("value", raw.value.as_ref());
        let qualifier = self.qualifier("qualifier", raw.qualifier.as_ref());
        self.path = record;
        Some(Point {
            date: date?,
            quantity: Quantity {
                number: number?,
                unit: unit.to_owned(),
                qualifier,
            },
            as_printed: raw.as_printed.clone(),
        })
    }

    /// A figure; every fault of it is told, though it has no number.
    pub(in crate::check) fn figure(
        &mut self,
        raw: &RawFigure,
        value: Option<FigureValue>,
    ) -> Option<Embed> {
        self.review(raw.review);
        let title = present(raw.title.as_ref());
        let text = self.markup("text", raw.text.as_ref());
        let date = self.fields().date("date", raw.date.as_ref());
        let chart = self
            .fields()
            .one_of("chart", raw.chart.as_ref(), &Chart::ALL, Chart::name)
            .unwrap_or(Chart::None);
        let sample = self.fields().number("sample", raw.sample.as_ref());
        let margin = self.fields().number("margin", raw.margin.as_ref());
        let is_derived = raw.derive.is_some() || raw.faulty.has("derive");
        let sources = if is_derived {
            self.sources(&raw.source)
        } else {
            self.required_sources(&raw.source, &raw.faulty)
        };
        let value = value?;
        Some(Embed::Figure(Arc::new(Figure {
            anchor: self.anchor.clone(),
            title: title?,
            unit: value.headline().unit.clone(),
            value,
            date,
            population: raw.population.clone(),
            sample,
            margin,
            as_printed: raw.as_printed.clone(),
            inferred: raw.inferred.clone(),
            doubt: raw.doubt.clone(),
            text,
            chart,
            alt: raw.alt.clone(),
            review: raw.review,
            sources,
        })))
    }

    fn qualifier(&mut self, field: &str, raw: Option<&String>) -> Option<Qualifier> {
        self.fields()
            .one_of(field, raw, &Qualifier::ALL, Qualifier::name)
    }
}
