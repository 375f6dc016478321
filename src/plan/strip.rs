//! A timeline as one strip, in which a range is as long as it lasted.

use std::sync::Arc;

use crate::model::{Day, Event};
use crate::plan::context::PageContext;
use crate::plan::view::{StripMarkView, StripView, TickView};

/// How far apart marks of one row are at least, in thousandths of the strip.
const GAP: u16 = 18;

/// How many ticks a strip has at most.
const MAX_TICKS: usize = 8;

/// The strip of some events, which are ordered by date; `None` if fewer than two have known days, or if all
/// fall on one day.
pub(super) fn strip(context: &PageContext<'_>, events: &[Arc<Event>]) -> Option<StripView> {
    let known: Vec<(&Event, Day, Day)> = events
        .iter()
        .filter_map(|event| Some((&**event, event.date.earliest()?, event.date.latest()?)))
        .collect();
    let first = known.iter().map(|(_, earliest, _)| *earliest).min()?;
    let last = known.iter().map(|(_, _, latest)| *latest).max()?;
    if known.len() < 2 || first == last {
        return None;
    }
    let scale = Scale { first, last };
    let phrases = context.site.phrases();
    let mut rows: Vec<u16> = Vec::new();
    let marks = known.into_iter().map(|(event, earliest, latest)| {
        let start = scale.place(earliest);
        let end = if earliest == latest {
            start
        } else {
            scale.place_after(latest)
        };
        StripMarkView {
            href: context.link_to_record(&event.anchor),
            title: event.title.clone(),
            date: phrases.date(&event.date).words,
            start,
            end,
            row: free_row(&mut rows, start, end),
            is_expected: event.expected,
            is_inferred: event.inferred.is_some(),
        }
    });
    let marks = marks.collect();
    Some(StripView {
        n_rows: u16::try_from(rows.len()).unwrap_or(u16::MAX),
        marks,
        ticks: ticks(context, &scale),
    })
}

/// The first row in which a mark touches none before it.
fn free_row(rows: &mut Vec<u16>, start: u16, end: u16) -> u16 {
    let next = end.saturating_add(GAP);
    let free = rows.iter().position(|taken_to| *taken_to <= start);
    let row = free.unwrap_or(rows.len());
    match rows.get_mut(row) {
        Some(taken_to) => *taken_to = next,
        None => rows.push(next),
    }
    u16::try_from(row).unwrap_or(u16::MAX)
}

/// From the start of the first day to the end of the last.
struct Scale {
    first: Day,
    last: Day,
}

impl Scale {
    fn place(&self, day: Day) -> u16 {
        thousandths(days(self.first, day), self.n_days())
    }

    /// Where a day ends.
    fn place_after(&self, day: Day) -> u16 {
        thousandths(days(self.first, day) + 1, self.n_days())
    }

    fn n_days(&self) -> i64 {
        days(self.first, self.last) + 1
    }
}

fn days(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn thousandths(part: i64, whole: i64) -> u16 {
    let place = (part * 1000 / whole.max(1)).clamp(0, 1000);
    u16::try_from(place).unwrap_or(0)
}

/// The starts of months, of years, or of every second, fifth, tenth… year, whichever are the most that aren't too many.
fn ticks(context: &PageContext<'_>, scale: &Scale) -> Vec<TickView> {
    let locale = context.site.locale;
    let label = |day: Day, is_month: bool| match is_month {
        true => locale.month(day.year(), u8::try_from(day.month()).unwrap_or(1)),
        false => locale.year(day.year()),
    };
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
    let years = steps.map(|step| (false, years(scale, step)));
    let candidates = std::iter::once((true, months(scale))).chain(years);
    let mut candidates = candidates;
    let fitting = candidates.find(|(_, days)| (2..=MAX_TICKS).contains(&days.len()));
    let (is_month, days) = fitting.unwrap_or((true, vec![scale.first, scale.last]));
    days.into_iter()
        .map(|day| TickView {
            label: label(day, is_month),
            place: scale.place(day),
        })
        .collect()
}

/// The first days of the months on a scale; one more than fit is enough to see that they are too many.
fn months(scale: &Scale) -> Vec<Day> {
    let mut days = Vec::new();
    let mut day = scale.first.first_of_month();
    while day <= scale.last && days.len() <= MAX_TICKS {
        if day >= scale.first {
            days.push(day);
        }
        match day.checked_add(jiff::Span::new().months(1)) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    days
}

/// The first days of every `step`th year on a scale.
fn years(scale: &Scale, step: i16) -> Vec<Day> {
    let first = scale.first.year();
    let start = first - first.rem_euclid(step);
    (0..)
        .map_while(|index: i16| start.checked_add(step.checked_mul(index)?))
        .map_while(|year| Day::new(year, 1, 1).ok())
        .take_while(|day| *day <= scale.last)
        .filter(|day| *day >= scale.first)
        .take(MAX_TICKS + 1)
        .collect()
}
