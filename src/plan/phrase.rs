//! Dates and quantities in words.

use crate::model::{
    DateKind, Day, Moment, Number, PartialDate, PointKey, Precision, Published, Qualifier, Quantity,
};
use crate::plan::numbers::Placed;
use crate::plan::view::{DateView, QuantityView};
use crate::plan::{Locale, Words};

/// The units that are written as a sign: percent and per mille.
const SHARES: [(&str, &str); 3] = [("percent", "%"), ("%", "%"), ("permille", "‰")];

/// Puts values into words in one language.
#[derive(Clone, Copy)]
pub struct Phrases<'a> {
    /// How the language writes numbers and dates.
    pub locale: &'a Locale,
    /// The interface's words.
    pub words: &'a Words,
}

impl Phrases<'_> {
    /// A date in words and for machines.
    pub fn date(&self, date: &PartialDate) -> DateView {
        let words = match date.kind() {
            DateKind::At(moment) => self.moment(moment),
            DateKind::Between(Some(from), Some(to)) if from == to => self.moment(from),
            DateKind::Between(Some(from), Some(to)) => {
                let start = self.start_of_range(from, to);
                let end = self.end_of_range(from, to);
                let key = match is_plain_day(from) && is_plain_day(to) {
                    true => "date_range_days",
                    false => "date_range",
                };
                self.words.fill(key, &[("from", &start), ("to", &end)])
            }
            DateKind::Between(Some(from), None) => {
                let key = match is_plain_day(from) {
                    true => "date_since_day",
                    false => "date_since",
                };
                self.words.fill(key, &[("date", &self.moment(from))])
            }
            DateKind::Between(None, Some(to)) => {
                let key = match is_plain_day(to) {
                    true => "date_until_day",
                    false => "date_until",
                };
                self.words.fill(key, &[("date", &self.moment(to))])
            }
            DateKind::Between(None, None) => date.written().to_owned(),
        };
        DateView {
            words,
            datetime: date.html_datetime(),
            edtf: date.written().to_owned(),
        }
    }

    /// The day in words even if the time is known; else the date in words.
    pub(super) fn without_time(&self, date: &PartialDate) -> String {
        match date.kind() {
            DateKind::At(Moment {
                precision: Precision::Day(day),
                clock: Some(_),
                approximate: false,
                uncertain: false,
            }) => self.locale.day(*day),
            _ => self.date(date).words,
        }
    }

    /// The date of a number in words, or its label.
    pub(super) fn point(&self, key: &PointKey) -> String {
        match key {
            PointKey::Date(date) => self.date(date).words,
            PointKey::Label(label) => label.clone(),
        }
    }

    /// The period that a date is filed under: its year, or the decade or century if nothing more is known. Empty if
    /// nothing is.
    pub fn year(&self, date: &PartialDate) -> String {
        match date.kind() {
            DateKind::At(Moment {
                precision: precision @ (Precision::Decade(_) | Precision::Century(_)),
                ..
            }) => self.moment(&Moment {
                precision: *precision,
                approximate: false,
                uncertain: false,
                clock: None,
            }),
            _ => date
                .year()
                .map(|year| self.locale.year(year))
                .unwrap_or_default(),
        }
    }

    /// A day in words and for machines.
    pub fn day(&self, day: Day) -> DateView {
        DateView {
            words: self.locale.day(day),
            datetime: Some(day.to_string()),
            edtf: day.to_string(),
        }
    }

    /// When a page was published or changed.
    pub fn published(&self, published: &Published) -> DateView {
        let mut view = self.day(published.day);
        if let Some(time) = &published.time {
            view.datetime = Some(time.clone());
        }
        view
    }

    /// The first day of a range omits the year if the last one has it.
    fn start_of_range(&self, from: &Moment, to: &Moment) -> String {
        match (from.precision, to.precision) {
            (Precision::Day(first), Precision::Day(last))
                if first.year() == last.year() && from.clock.is_none() && is_certain(from) =>
            {
                self.locale.day_of_year(first)
            }
            _ => self.moment(from),
        }
    }

    /// The last time of a range within one day omits the day, which the first one has.
    fn end_of_range(&self, from: &Moment, to: &Moment) -> String {
        match (from.clock, to.clock) {
            (Some(_), Some(clock)) if from.precision == to.precision && is_certain(to) => {
                self.locale.time(clock)
            }
            _ => self.moment(to),
        }
    }

    /// A day, month, year… in words, ignoring uncertainty.
    pub(super) fn precision(&self, precision: Precision) -> String {
        match precision {
            Precision::Day(day) => self.locale.day(day),
            Precision::Month(year, month) => self.locale.month(year, month),
            Precision::Season(year, season) => {
                let key = match season {
                    21 => "date_spring",
                    22 => "date_summer",
                    23 => "date_autumn",
                    _ => "date_winter",
                };
                self.words.fill(key, &[("year", &self.locale.year(year))])
            }
            Precision::Year(year) => self.locale.year(year),
            Precision::Decade(year) => self
                .words
                .fill("date_decade", &[("year", &self.locale.year(year))]),
            Precision::Century(year) => {
                let (first, last) = (self.locale.year(year), self.locale.year(year + 99));
                self.words
                    .fill("date_century", &[("from", &first), ("to", &last)])
            }
        }
    }

    fn moment(&self, moment: &Moment) -> String {
        let plain = match (moment.precision, moment.clock) {
            (Precision::Day(day), Some(clock)) => self.locale.day_and_time(day, clock),
            (precision, _) => self.precision(precision),
        };
        let about = match (moment.approximate, moment.precision) {
            (true, Precision::Day(_)) => self.words.fill("date_about_day", &[("date", &plain)]),
            (true, _) => self.words.fill("date_about", &[("date", &plain)]),
            (false, _) => plain,
        };
        if moment.uncertain {
            self.words.fill("date_possibly", &[("date", &about)])
        } else {
            about
        }
    }

    /// A number with its unit and hedge.
    pub fn quantity(&self, quantity: &Quantity) -> QuantityView {
        let placed = |number: Number| match self.with_sign(number, &quantity.unit) {
            Some(Placed { number, sign }) => (number, sign, String::new()),
            None => {
                let number = self.locale.number(number);
                (number, String::new(), quantity.unit.clone())
            }
        };
        let (mut number, sign, unit) = placed(quantity.number);
        let mut exact = quantity.number.to_string();
        if let Some(to) = quantity.to {
            number = format!("{number}–{}", placed(to).0);
            exact = format!("{exact}/{to}");
        }
        let mut words = format!("{number}{sign}");
        if !unit.is_empty() {
            words = format!("{words}\u{a0}{unit}");
        }
        let mut qualifiers = [None, None];
        if let Some(qualifier) = quantity.qualifier {
            qualifiers = self.qualifier(qualifier).map(Some);
        }
        let [qualifier, qualifier_after] =
            qualifiers.map(|words| words.filter(|words| !words.is_empty()));
        if let Some(qualifier) = &qualifier {
            words = format!("{qualifier} {words}");
        }
        if let Some(qualifier) = &qualifier_after {
            words = format!("{words} {qualifier}");
        }
        QuantityView {
            words,
            number,
            sign,
            unit,
            qualifier,
            qualifier_after,
            exact,
        }
    }

    /// A share or an amount of money with its sign; `None` if the unit has no sign.
    fn with_sign(&self, number: Number, unit: &str) -> Option<Placed> {
        let Some((_, sign)) = SHARES.iter().find(|(name, _)| *name == unit) else {
            return self.locale.money(unit, number);
        };
        let mut placed = self.locale.percent(number);
        for part in [&mut placed.number, &mut placed.sign] {
            if *sign != "%" {
                *part = part.replace(['%', '٪'], sign);
            }
        }
        Some(placed)
    }

    /// "over" and nothing, or nothing and "से अधिक": the words before a number and those after it.
    fn qualifier(&self, qualifier: Qualifier) -> [String; 2] {
        let words = self.words.get(match qualifier {
            Qualifier::About => "figure_about",
            Qualifier::Over => "figure_over",
            Qualifier::AtLeast => "figure_at_least",
            Qualifier::Under => "figure_under",
            Qualifier::UpTo => "figure_up_to",
        });
        let (before, behind) = words.split_once("{value}").unwrap_or((words, ""));
        [before, behind].map(|words| words.trim().to_owned())
    }

    /// A bare number.
    pub fn number(&self, number: Number) -> String {
        self.locale.number(number)
    }
}

/// Whether it is written as a bare day, which some languages join to others by words of its own: "del 3 al 5 de mayo".
fn is_plain_day(moment: &Moment) -> bool {
    matches!(moment.precision, Precision::Day(_)) && is_certain(moment)
}

fn is_certain(moment: &Moment) -> bool {
    !moment.approximate && !moment.uncertain
}
