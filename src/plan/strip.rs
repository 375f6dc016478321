//! A timeline as one strip: a mark for each event, with ranges as long as they lasted; if there are too many events for
//! that, a column for each day, month, year, decade or century.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Day, Era, Event, Precision};
use crate::plan::chart::with_room;
use crate::plan::context::PageContext;
use crate::plan::scale::{Finest, TimeScale, free_row, thousandths};
use crate::plan::view::{StripBandView, StripColumnView, StripMarkView, StripView, TickView};

/// The least distance between marks in one row, in thousandths of the strip: about the width of a mark on a phone.
const GAP: u16 = 34;

/// The most rows of marks: with more, columns are easier to read.
const MOST_ROWS: usize = 6;

/// The most marks: more can't be told apart on a phone.
const MOST_MARKS: usize = 72;

/// The most columns: more can't be told apart on a phone.
const MOST_COLUMNS: usize = 72;

/// The most round dates on a strip, which is wider than a chart; those without room for their labels are left out.
const MOST_TICKS: usize = 8;

/// An event and its first and last day.
type Known<'e> = (&'e Event, Day, Day);

/// The strip of some events, which are ordered by date; `None` if fewer than two have known dates, or if all are on the
/// same day. Behind them are the periods that the timeline is divided into, by when they begin.
pub(super) fn strip(
    context: &PageContext<'_>,
    events: &[Arc<Event>],
    eras: &[&Era],
) -> Option<StripView> {
    let known: Vec<Known<'_>> = events
        .iter()
        .filter_map(|event| Some((&**event, event.date.earliest()?, event.date.latest()?)))
        .collect();
    let first = known.iter().map(|(_, earliest, _)| *earliest).min()?;
    let last = known.iter().map(|(_, _, latest)| *latest).max()?;
    if known.len() < 2 || first == last {
        return None;
    }
    let days: Vec<(Day, Day)> = known
        .iter()
        .map(|(_, first, last)| (*first, *last))
        .collect();
    let scale = TimeScale::broken(&days)?;
    let (marks, n_rows) = marks(context, &known, &scale);
    let strip = if n_rows > MOST_ROWS || known.len() > MOST_MARKS {
        columns(context, &known, (first, last), eras)
    } else {
        StripView {
            ticks: ticks(context, &scale),
            breaks: scale.breaks(),
            bands: bands(eras, &scale, (first, last)),
            n_rows,
            marks,
            ..StripView::default()
        }
    };
    Some(StripView {
        has_given: known
            .iter()
            .any(|(event, ..)| !event.expected && event.inferred.is_none()),
        has_inferred: known.iter().any(|(event, ..)| event.inferred.is_some()),
        has_expected: known.iter().any(|(event, ..)| event.expected),
        ..strip
    })
}

/// The marks, and the number of rows.
fn marks(
    context: &PageContext<'_>,
    events: &[Known<'_>],
    scale: &TimeScale,
) -> (Vec<StripMarkView>, usize) {
    let phrases = context.site.phrases();
    let mut rows: Vec<u16> = Vec::new();
    let marks = events
        .iter()
        .map(|(event, earliest, latest)| {
            let start = scale.place(*earliest);
            let end = if earliest == latest {
                start
            } else {
                scale.place_after(*latest)
            };
            StripMarkView {
                href: context.link_to_record(&event.anchor),
                title: event.title.clone(),
                date: phrases.date(&event.date).words,
                start,
                end,
                row: free_row(&mut rows, start, end, GAP),
                is_expected: event.expected,
                is_inferred: event.inferred.is_some(),
            }
        })
        .collect();
    (marks, rows.len())
}

/// The period of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// From fine to coarse.
    const ALL: [Self; 5] = [
        Self::Day,
        Self::Month,
        Self::Year,
        Self::Decade,
        Self::Century,
    ];

    /// The first day of the period that contains a day.
    fn start(self, day: Day) -> Day {
        let of_year = |year: i16| Day::new(year, 1, 1).unwrap_or(day);
        let round = |step: i16| of_year(day.year() - day.year().rem_euclid(step));
        match self {
            Self::Day => day,
            Self::Month => day.first_of_month(),
            Self::Year => of_year(day.year()),
            Self::Decade => round(10),
            Self::Century => round(100),
        }
    }

    /// The first day of the next period.
    fn next(self, start: Day) -> Day {
        let span = jiff::Span::new();
        let span = match self {
            Self::Day => span.days(1),
            Self::Month => span.months(1),
            Self::Year => span.years(1),
            Self::Decade => span.years(10),
            Self::Century => span.years(100),
        };
        start.checked_add(span).unwrap_or(Day::MAX)
    }

    /// How many periods there are from one day to another, counting only to one more than fit.
    fn count(self, first: Day, last: Day) -> usize {
        let starts =
            std::iter::successors(Some(self.start(first)), |start| Some(self.next(*start)));
        starts
            .take_while(|start| *start <= last)
            .take(MOST_COLUMNS + 1)
            .count()
    }

    /// The key of the words for what is counted.
    fn words(self) -> &'static str {
        match self {
            Self::Day => "events_per_day",
            Self::Month => "events_per_month",
            Self::Year => "events_per_year",
            Self::Decade => "events_per_decade",
            Self::Century => "events_per_century",
        }
    }

    /// The precision of a period's date.
    fn precision(self, start: Day) -> Precision {
        match self {
            Self::Day => Precision::Day(start),
            Self::Month => Precision::Month(start.year(), u8::try_from(start.month()).unwrap_or(1)),
            Self::Year => Precision::Year(start.year()),
            Self::Decade => Precision::Decade(start.year()),
            Self::Century => Precision::Century(start.year()),
        }
    }
}

/// The strip as columns: how many events start in each period.
fn columns(
    context: &PageContext<'_>,
    events: &[Known<'_>],
    (first, last): (Day, Day),
    eras: &[&Era],
) -> StripView {
    let units = Unit::ALL.into_iter();
    let fitting = units
        .clone()
        .find(|unit| unit.count(first, last) <= MOST_COLUMNS);
    let unit = fitting.unwrap_or(Unit::Century);
    let mut counted: BTreeMap<Day, Vec<&Event>> = BTreeMap::new();
    for (event, earliest, _) in events {
        counted
            .entry(unit.start(*earliest))
            .or_default()
            .push(event);
    }
    let most = counted.values().map(Vec::len).max().unwrap_or(1);
    let end = unit.next(unit.start(last)).yesterday().unwrap_or(last);
    let scale = TimeScale::whole(unit.start(first), end);
    let phrases = context.site.phrases();
    let height = |n: usize| {
        thousandths(
            i64::try_from(n).unwrap_or(0),
            i64::try_from(most).unwrap_or(1),
        )
    };
    let highest = counted
        .iter()
        .find(|(_, events)| events.len() == most)
        .map(|(start, _)| *start);
    let columns = counted.into_iter().filter_map(|(start, events)| {
        let n_expected = events.iter().filter(|event| event.expected).count();
        let next = unit.next(start).yesterday().unwrap_or(start);
        Some(StripColumnView {
            href: context.link_to_record(&events.first()?.anchor),
            date: phrases.precision(unit.precision(start)),
            n_events: events.len(),
            start: scale.place(start),
            end: scale.place_after(next),
            height: height(events.len()),
            expected_height: height(n_expected),
            is_highest: Some(start) == highest,
        })
    });
    StripView {
        columns: columns.collect(),
        counted: context.site.words.get(unit.words()).to_owned(),
        ticks: ticks(context, &scale),
        bands: bands(eras, &scale, (first, last)),
        ..StripView::default()
    }
}

/// The bands of periods, as far as they are on the strip, whose first and last days are given.
fn bands(eras: &[&Era], scale: &TimeScale, (first, last): (Day, Day)) -> Vec<StripBandView> {
    let mut rows: Vec<u16> = Vec::new();
    let bands = eras.iter().zip(1..).filter_map(|(era, number)| {
        let start = era.date.earliest().unwrap_or(first).max(first);
        let end = era.date.latest().unwrap_or(last).min(last);
        if start > end {
            return None;
        }
        let (start, end) = (scale.place(start), scale.place_after(end));
        let middle = start.midpoint(end);
        Some(StripBandView {
            number,
            start,
            end,
            has_number: free_row(&mut rows, middle, middle, GAP) == 0,
        })
    });
    bands.collect()
}

fn ticks(context: &PageContext<'_>, scale: &TimeScale) -> Vec<TickView> {
    let ticks = scale
        .ticks(MOST_TICKS, Finest::Day)
        .into_iter()
        .map(|tick| {
            let label = context.site.locale.time_name(tick.day, tick.name);
            (
                tick.rank,
                TickView {
                    label,
                    place: tick.place,
                    ..TickView::default()
                },
            )
        });
    with_room(ticks.collect(), 0)
}
