//! Figures: one number, or several over time.

use std::sync::Arc;

use crate::check::entry::Entry;
use crate::check::entry::account::Own;
use crate::check::fields::present;
use crate::diag::Code;
use crate::document::{RawFigure, RawPoint};
use crate::model::{
    Compared, Embed, Figure, FigureValue, Point, PointKey, Qualifier, Quantity, RecordKind,
};

impl Entry<'_> {
    /// The number or numbers that a figure states itself; `None` if it is derived or has faults.
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
        if raw.to.is_some() && raw.value.is_none() && !raw.faulty.has("value") {
            let message = "`to` has no `value` to go with";
            self.fields().fault(Code::BadValue, "to", message, |d| {
                d.help("give the low end of the range as `value:`")
            });
        }
        if !raw.series.is_empty() {
            return self.series(raw, &unit).map(FigureValue::Series);
        }
        self.quantity(
            [raw.value.as_ref(), raw.to.as_ref(), raw.qualifier.as_ref()],
            &unit,
        )
        .map(FigureValue::Single)
    }

    /// A number, or the two ends of a range: `value`, `to` and `qualifier` as written.
    fn quantity(
        &mut self,
        [value, to, qualifier]: [Option<&String>; 3],
        unit: &str,
    ) -> Option<Quantity> {
        let qualifier = self.qualifier("qualifier", qualifier);
        let number = self.fields().number("value", value);
        let to = self.fields().number("to", to);
        let number = number?;
        if to.is_some_and(|to| to.value() <= number.value()) {
            let message = "`to` is no more than `value`";
            self.fields().fault(Code::BadValue, "to", message, |d| {
                d.help("`value` is the low end of the range, and `to` the high one")
            });
            return None;
        }
        Some(Quantity {
            number,
            to,
            unit: unit.to_owned(),
            qualifier,
        })
    }

    fn series(&mut self, raw: &RawFigure, unit: &str) -> Option<Vec<Point>> {
        let series = raw.series.iter().enumerate();
        let points: Vec<Option<Point>> = series
            .map(|(index, point)| self.point(index, point, unit))
            .collect();
        let mut points = points.into_iter().collect::<Option<Vec<Point>>>()?;
        let n_dated = points.iter().filter_map(|point| point.key.date()).count();
        if n_dated != 0 && n_dated != points.len() {
            let message = "some numbers of the series have a date, others a label";
            self.fields().fault(Code::BadValue, "series", message, |d| {
                d.help("give all of them a `date:`, or all a `label:`")
            });
            return None;
        }
        // Points with labels stay in the writer's order.
        points.sort_by(|a, b| a.key.date().cmp(&b.key.date()));
        Some(points)
    }

    fn point(&mut self, index: usize, raw: &RawPoint, unit: &str) -> Option<Point> {
        let record = self.path.clone();
        self.path = record.key("series").index(index);
        let key = self.point_key(raw);
        let quantity = self.quantity(
            [raw.value.as_ref(), raw.to.as_ref(), raw.qualifier.as_ref()],
            unit,
        );
        self.path = record;
        Some(Point {
            key: key?,
            quantity: quantity?,
            as_printed: raw.as_printed.clone(),
            annotation: present(raw.annotation.as_ref()),
        })
    }

    /// The date or the label of a point.
    fn point_key(&mut self, raw: &RawPoint) -> Option<PointKey> {
        let label = present(raw.label.as_ref());
        let date = present(raw.date.as_ref());
        match (date, label) {
            (Some(_), None) => {
                let date = self.fields().date("date", raw.date.as_ref());
                date.map(PointKey::Date)
            }
            (None, Some(label)) => Some(PointKey::Label(label)),
            (Some(_), Some(_)) => {
                let message = "the number has both a date and a label";
                self.fields().fault(Code::BadValue, "label", message, |d| {
                    d.help("keep one of them")
                });
                None
            }
            (None, None) => {
                let message = "the number has neither `date` nor `label`";
                if !raw.faulty.has("date") && !raw.faulty.has("label") {
                    self.fields().fault(Code::MissingField, "", message, |d| {
                        d.help(
                            "add `date:` for numbers over time, `label:` for numbers side by side",
                        )
                    });
                }
                None
            }
        }
    }

    /// Checks a figure; all its faults are reported even if it has no number.
    pub(in crate::check) fn figure(
        &mut self,
        raw: &RawFigure,
        value: Option<FigureValue>,
        others: &dyn Fn(&str) -> Option<Compared>,
    ) -> Option<Embed> {
        self.review(raw.review);
        let title = present(raw.title.as_ref());
        let text = self.markup("text", raw.text.as_ref());
        let date = self.fields().date("date", raw.date.as_ref());
        let chart = self.chart(raw, value.as_ref());
        let with = self.compared(raw, chart, value.as_ref(), others);
        self.annotations(raw, value.as_ref());
        self.parts(chart, value.as_ref(), &with);
        let sample = self.fields().number("sample", raw.sample.as_ref());
        let margin = self.fields().number("margin", raw.margin.as_ref());
        let is_derived = raw.derive.is_some() || raw.faulty.has("derive");
        let sources = if is_derived {
            self.sources(&raw.source)
        } else {
            self.required_sources(&raw.source, &raw.faulty)
        };
        let quantity = match &value {
            Some(FigureValue::Single(quantity)) => Some(quantity),
            _ => None,
        };
        if quantity.is_none() && value.is_some() && !raw.accounts.is_empty() {
            let message = "only a figure of one number can have accounts that differ";
            self.fields()
                .fault(Code::BadValue, "accounts", message, |d| {
                    d.help("make a figure of the number in which the sources differ")
                });
        }
        let own = Own {
            kind: RecordKind::Figure,
            title: title.as_deref(),
            date: date.as_ref(),
            quantity,
            quote: None,
            as_printed: raw.as_printed.as_deref(),
            sources: &sources,
        };
        let accounts = self.accounts(&raw.accounts, &own);
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
            label: present(raw.label.as_ref()),
            with,
            review: raw.review,
            sources,
            accounts,
        })))
    }

    fn qualifier(&mut self, field: &str, raw: Option<&String>) -> Option<Qualifier> {
        self.fields()
            .one_of(field, raw, &Qualifier::ALL, Qualifier::name)
    }
}
