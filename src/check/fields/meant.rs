//! Suggests the exact text to write instead of a number or a date that a field can't accept.

use crate::diag::Diagnostic;
use crate::document::{MeantDate, MeantNumber, meant_dates, meant_numbers, meant_range};
use crate::model::{Day, Number, PartialDate};

/// What to write.
pub(super) struct Advice {
    help: String,
    /// The value, if there is only one answer.
    value: Option<String>,
}

impl Advice {
    /// Several answers, or one that isn't just a value.
    fn vague(help: String) -> Self {
        Self { help, value: None }
    }

    /// A single answer.
    fn exact(field: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            help: format!("write `{field}: {value}`"),
            value: Some(value),
        }
    }

    /// Adds the advice to a fault about a value.
    pub(super) fn give(self, fault: Diagnostic, written: &str) -> Diagnostic {
        let fault = fault.help(self.help);
        // A time of day isn't silently dropped.
        let keeps_time = |value: &String| value.contains('T') || !written.contains(':');
        match self.value.filter(keeps_time) {
            Some(value) => fault.fix(written, value),
            None => fault,
        }
    }
}

/// What to write instead of a number.
pub(super) fn number(field: &str, text: &str) -> Option<Advice> {
    let mut meant = meant_numbers(text);
    meant.retain(|meant| meant.number != text && meant.number.parse::<Number>().is_ok());
    let write = |meant: &MeantNumber| {
        let mut parts = vec![format!("`{field}: {}`", meant.number)];
        // Only a figure's own number has separate fields for unit and hedge.
        if field == "value" {
            if !meant.unit.is_empty() {
                parts.push(format!("`unit: {}`", meant.unit));
            }
            if let Some(qualifier) = meant.qualifier {
                parts.push(format!("`qualifier: {qualifier}`"));
            }
        }
        match parts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        }
    };
    match meant.as_slice() {
        // Only a figure's own number has a field for the upper end.
        [] if field == "value" => range(text),
        [] => None,
        [one] if field == "value" && (!one.unit.is_empty() || one.qualifier.is_some()) => {
            Some(Advice::vague(format!("write {}", write(one))))
        }
        [one] => Some(Advice::exact(field, &*one.number)),
        [first, .., last] => {
            let mark = if last.number.contains('.') && text.contains(',') {
                "comma"
            } else {
                "point"
            };
            Some(Advice::vague(format!(
                "write {} if the {mark} separates thousands, {} if it separates decimals",
                write(first),
                write(last)
            )))
        }
    }
}

/// What to write instead of a number that is really two: the ends of a range.
fn range(text: &str) -> Option<Advice> {
    let (low, high) = meant_range(text)?;
    let unit = match high.unit.as_str() {
        "" => String::new(),
        unit => format!(", and `unit: {unit}`"),
    };
    let (low, high) = (low.number, high.number);
    Some(Advice::vague(format!(
        "write the low end and the high end: `value: {low}` and `to: {high}`{unit}"
    )))
}

/// What to write instead of a whole number.
pub(super) fn whole(field: &str, text: &str) -> Option<Advice> {
    let meant = meant_numbers(text);
    let whole = meant
        .iter()
        .find(|meant| meant.number.parse::<i64>().is_ok())?;
    Some(Advice::exact(field, &*whole.number))
}

/// What to write instead of a date.
pub(super) fn date(field: &str, text: &str) -> Option<Advice> {
    let meant = meant_dates(text);
    either(field, &meant).or_else(|| without_year(field, text))
}

/// What to write instead of a date that can have a time of day.
pub(super) fn date_and_time(field: &str, text: &str) -> Option<Advice> {
    let mut meant = meant_dates(text);
    for meant in &mut meant {
        match meant.clock {
            Some(clock) => meant.date = format!("{}T{clock}", meant.date),
            None if text.contains("24:00") => meant.date = midnight_after(&meant.date)?,
            // Following the advice must not drop a time that wasn't understood.
            None if text.contains(':') => return None,
            None => {}
        }
    }
    either(field, &meant).or_else(|| without_year(field, text))
}

/// The end of a day as the start of the next.
fn midnight_after(day: &str) -> Option<String> {
    let day: Day = day.parse().ok()?;
    Some(format!("{}T00:00", day.tomorrow().ok()?))
}

/// What to write instead of a day.
pub(super) fn day(field: &str, text: &str) -> Option<Advice> {
    let mut meant = meant_dates(text);
    meant.retain(|meant| {
        let date = meant.date.parse::<PartialDate>();
        date.is_ok_and(|date| date.exact_day().is_some())
    });
    either(field, &meant).or_else(|| without_year(field, text))
}

fn either(field: &str, meant: &[MeantDate]) -> Option<Advice> {
    match meant {
        [] => None,
        [one] => Some(Advice::exact(field, &*one.date)),
        [month_first, .., day_first] => Some(Advice::vague(format!(
            "write `{field}: {}` if the month comes first, `{field}: {}` if the day does",
            month_first.date, day_first.date
        ))),
    }
}

/// A day without a year.
fn without_year(field: &str, text: &str) -> Option<Advice> {
    let meant = meant_dates(&format!("{text} 2000"));
    let [one] = meant.as_slice() else {
        return None;
    };
    let day = one.date.strip_prefix("2000-")?;
    Some(Advice::vague(format!(
        "write the year too: `{field}: YYYY-{day}`"
    )))
}
