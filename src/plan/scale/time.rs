//! Time scales: proportional, except for long periods in which nothing happens.

use jiff::Span;

use super::thousandths;
use crate::model::{DateKind, Day, PartialDate, Precision};

/// The width of such a period when cut short, in thousandths: enough to show the cut.
const BREAK: u16 = 60;

/// The least width of a period between two cuts, in thousandths, so that its marks can be told apart.
const LEAST_STRETCH: u16 = 60;

/// The most cuts: with more, distances would stop meaning anything.
const MOST_BREAKS: usize = 2;

/// From the start of the first day to the end of the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan) struct TimeScale {
    /// The periods in which something happens, by date; only one if nothing is cut short.
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    first: Day,
    last: Day,
    /// Its position and width, in thousandths.
    start: u16,
    width: u16,
}

/// A round day of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) struct TimeTick {
    /// The day at whose start it is.
    pub(in crate::plan) day: Day,
    /// Its position, in thousandths.
    pub(in crate::plan) place: u16,
    /// How to name it.
    pub(in crate::plan) name: TimeName,
    /// Its importance: the smaller, the more important.
    pub(in crate::plan) rank: u32,
}

/// How to name a round day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum TimeName {
    /// "January 5".
    Day,
    /// "January 5, 2024".
    DayAndYear,
    /// "January".
    Month,
    /// "January 2024".
    MonthAndYear,
    /// "2024".
    Year,
}

/// The finest distance between round days that dates allow: numbers for years have no months between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) enum Finest {
    Day,
    Month,
    Year,
}

impl Finest {
    /// What a date allows, by how precise its start is.
    pub(in crate::plan) fn of(date: &PartialDate) -> Self {
        let (DateKind::At(moment) | DateKind::Between(Some(moment), _)) = date.kind() else {
            return Self::Day;
        };
        match moment.precision {
            Precision::Day(_) => Self::Day,
            Precision::Month(..) | Precision::Season(..) => Self::Month,
            Precision::Year(_) | Precision::Decade(_) | Precision::Century(_) => Self::Year,
        }
    }
}

impl TimeScale {
    /// The proportional scale from the first day of some events to the last.
    pub(in crate::plan) fn whole(first: Day, last: Day) -> Self {
        Self {
            stretches: vec![Stretch {
                first,
                last,
                start: 0,
                width: 1000,
            }],
        }
    }

    /// The scale of some events, given by their first and last days, by date. An empty period that takes more than half
    /// of the whole is cut short, so that the rest isn't crowded; `None` without events.
    pub(in crate::plan) fn broken(events: &[(Day, Day)]) -> Option<Self> {
        let mut busy: Vec<(Day, Day)> = Vec::new();
        for (first, last) in events {
            match busy.last_mut() {
                Some((_, end)) if *first <= *end => *end = (*end).max(*last),
                _ => busy.push((*first, *last)),
            }
        }
        let (first, last) = (busy.first()?.0, busy.last()?.1);
        let mut gaps: Vec<(i64, usize)> = busy
            .windows(2)
            .enumerate()
            .map(|(index, pair)| (days(pair[0].1, pair[1].0) - 1, index))
            .collect();
        gaps.sort_unstable_by(|one, other| other.cmp(one));
        let mut rest = days(first, last) + 1;
        let mut cuts: Vec<usize> = Vec::new();
        for (length, index) in gaps.into_iter().take(MOST_BREAKS) {
            if events.len() < 4 || length * 2 <= rest || length < 60 {
                break;
            }
            rest -= length;
            cuts.push(index);
        }
        cuts.sort_unstable();
        let starts = std::iter::once(first).chain(cuts.iter().map(|index| busy[index + 1].0));
        let ends = cuts.iter().map(|index| busy[*index].1).chain([last]);
        Some(Self::of_stretches(&starts.zip(ends).collect::<Vec<_>>()))
    }

    /// Distributes the width that cuts leave among the periods, by length.
    fn of_stretches(ends: &[(Day, Day)]) -> Self {
        let n = u16::try_from(ends.len()).unwrap_or(1);
        let breaks = BREAK * n.saturating_sub(1);
        let spare = 1000
            - breaks
            - LEAST_STRETCH * n.saturating_sub(1)
            - if n > 1 { LEAST_STRETCH } else { 0 };
        let base = if n > 1 { LEAST_STRETCH } else { 0 };
        let total: i64 = ends
            .iter()
            .map(|(first, last)| days(*first, *last))
            .sum::<i64>()
            .max(1);
        let mut start = 0;
        let mut stretches: Vec<Stretch> = Vec::new();
        for (first, last) in ends {
            let share = i64::from(spare) * days(*first, *last) / total;
            let width = base + u16::try_from(share).unwrap_or(0);
            stretches.push(Stretch {
                first: *first,
                last: *last,
                start,
                width,
            });
            start += width + BREAK;
        }
        if let Some(last) = stretches.last_mut() {
            last.width = 1000 - last.start;
        }
        Self { stretches }
    }

    /// The position where a day starts.
    pub(in crate::plan) fn place(&self, day: Day) -> u16 {
        self.at(day, 0)
    }

    /// The position where a day ends.
    pub(in crate::plan) fn place_after(&self, day: Day) -> u16 {
        self.at(day, 1)
    }

    fn at(&self, day: Day, more: i64) -> u16 {
        let stretch = self
            .stretches
            .iter()
            .rev()
            .find(|stretch| stretch.first <= day);
        let Some(stretch) = stretch.or(self.stretches.first()) else {
            return 0;
        };
        let n_days = days(stretch.first, stretch.last) + 1;
        let part = (days(stretch.first, day) + more).clamp(0, n_days);
        let place = i64::from(stretch.width) * i64::from(thousandths(part, n_days)) / 1000;
        stretch.start + u16::try_from(place).unwrap_or(0)
    }

    /// The positions of the cuts: the middle of each.
    pub(in crate::plan) fn breaks(&self) -> Vec<u16> {
        let ends = self.stretches.iter().skip(1);
        ends.map(|stretch| stretch.start - BREAK / 2).collect()
    }

    /// The starts of days, months or years at round intervals: the finest interval with at most `most` of them, and at
    /// least two if possible, but none finer than `finest`. The first in each period shows its year; a period without one
    /// shows its own first day.
    pub(in crate::plan) fn ticks(&self, most: usize, finest: Finest) -> Vec<TimeTick> {
        let all = |step: Step| -> Vec<Vec<Day>> {
            self.stretches
                .iter()
                .map(|stretch| step.starts(stretch, most))
                .collect()
        };
        let n_of = |starts: &[Vec<Day>]| starts.iter().map(Vec::len).sum::<usize>();
        let fitting = STEPS
            .into_iter()
            .filter(|step| step.unit() >= finest)
            .find(|step| (2..=most).contains(&n_of(&all(*step))));
        let step = fitting.unwrap_or(match finest {
            Finest::Year => Step::Years(1),
            Finest::Day | Finest::Month => Step::Months(1),
        });
        let mut ticks = Vec::new();
        for (stretch, mut starts) in self.stretches.iter().zip(all(step)) {
            let is_own = starts.is_empty() || fitting.is_none();
            if is_own {
                starts = vec![stretch.first];
            }
            ticks.extend(starts.iter().enumerate().map(|(index, day)| {
                let name = if is_own {
                    step.own_name()
                } else {
                    step.name(*day, index == 0)
                };
                TimeTick {
                    day: *day,
                    place: self.place(*day),
                    name,
                    rank: rank(index, name),
                }
            }));
        }
        ticks
    }
}

/// The first in a period matters most, then those that show their year, then every eighth, fourth, second.
fn rank(index: usize, name: TimeName) -> u32 {
    let says_year = matches!(name, TimeName::DayAndYear | TimeName::MonthAndYear);
    let stride = [8, 4, 2, 1]
        .into_iter()
        .position(|stride| index.is_multiple_of(stride));
    match (index, says_year) {
        (0, _) => 0,
        (_, true) => 1,
        (_, false) => 2 + u32::try_from(stride.unwrap_or(0)).unwrap_or(0),
    }
}

/// An interval between round days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i64),
    Months(i32),
    Years(i32),
}

/// From fine to coarse.
const STEPS: [Step; 16] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1000),
];

impl Step {
    /// The round days of a period, counting only to one more than `most`.
    fn starts(self, stretch: &Stretch, most: usize) -> Vec<Day> {
        let is_here = |day: &Day| *day >= stretch.first && *day <= stretch.last;
        let starts: Box<dyn Iterator<Item = Day>> = match self {
            Self::Days(step) => Box::new((0..).map_while(move |index| {
                stretch
                    .first
                    .checked_add(Span::new().days(step * index))
                    .ok()
            })),
            Self::Months(step) => Box::new(months(stretch.first, step)),
            Self::Years(step) => Box::new(months(stretch.first, step * 12)),
        };
        starts
            .skip_while(|day| *day < stretch.first)
            .take_while(is_here)
            .take(most + 1)
            .collect()
    }

    fn name(self, day: Day, is_first: bool) -> TimeName {
        match self {
            Self::Days(_) if is_first => TimeName::DayAndYear,
            Self::Days(_) => TimeName::Day,
            Self::Months(_) if is_first || day.month() == 1 => TimeName::MonthAndYear,
            Self::Months(_) => TimeName::Month,
            Self::Years(_) => TimeName::Year,
        }
    }

    fn unit(self) -> Finest {
        match self {
            Self::Days(_) => Finest::Day,
            Self::Months(_) => Finest::Month,
            Self::Years(_) => Finest::Year,
        }
    }

    /// The name of a day that isn't round.
    fn own_name(self) -> TimeName {
        match self {
            Self::Days(_) => TimeName::DayAndYear,
            Self::Months(_) => TimeName::MonthAndYear,
            Self::Years(_) => TimeName::Year,
        }
    }
}

/// The first days of months that are multiples of a step, starting before a day.
fn months(from: Day, step: i32) -> impl Iterator<Item = Day> {
    let month = i32::from(from.year()) * 12 + i32::from(from.month()) - 1;
    let first = month - month.rem_euclid(step);
    (0..).map_while(move |index: i32| {
        let month = first.checked_add(step.checked_mul(index)?)?;
        let year = i16::try_from(month.div_euclid(12)).ok()?;
        let of_year = i8::try_from(month.rem_euclid(12) + 1).ok()?;
        Day::new(year, of_year, 1).ok()
    })
}

fn days(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(first: &str, last: &str, most: usize, expected: &[&str]) {
        let ticks = TimeScale::whole(day(first), day(last)).ticks(most, Finest::Day);
        let days: Vec<String> = ticks.iter().map(|tick| tick.day.to_string()).collect();
        assert_eq!(days, expected, "{first} to {last}");
    }

    #[test]
    fn ticks_are_at_round_distances() {
        check(
            "2019-01-01",
            "2024-12-01",
            6,
            &[
                "2019-01-01",
                "2020-01-01",
                "2021-01-01",
                "2022-01-01",
                "2023-01-01",
                "2024-01-01",
            ],
        );
        check(
            "2023-11-01",
            "2024-03-20",
            6,
            &[
                "2023-11-01",
                "2023-12-01",
                "2024-01-01",
                "2024-02-01",
                "2024-03-01",
            ],
        );
        check("2024-03-07", "2024-03-20", 6, &["2024-03-07", "2024-03-14"]);
        check(
            "1998-01-01",
            "2099-12-31",
            8,
            &[
                "2000-01-01",
                "2020-01-01",
                "2040-01-01",
                "2060-01-01",
                "2080-01-01",
            ],
        );
        check(
            "-000044-03-15",
            "0014-08-19",
            8,
            &[
                "-000040-01-01",
                "-000030-01-01",
                "-000020-01-01",
                "-000010-01-01",
                "0000-01-01",
                "0010-01-01",
            ],
        );
    }

    #[test]
    fn ticks_are_never_finer_than_the_dates() {
        let names = |finest| -> Vec<TimeName> {
            let scale = TimeScale::whole(day("2022-01-01"), day("2024-12-31"));
            let ticks = scale.ticks(6, finest);
            ticks.iter().map(|tick| tick.name).collect()
        };
        use TimeName::{Month, MonthAndYear, Year};
        assert_eq!(names(Finest::Year), [Year; 3]);
        let halves = [
            MonthAndYear,
            Month,
            MonthAndYear,
            Month,
            MonthAndYear,
            Month,
        ];
        assert_eq!(names(Finest::Month), halves);
    }

    #[test]
    fn a_long_stretch_without_events_is_cut_short() {
        let single = |text: &str| (day(text), day(text));
        let events = [
            single("1987-05-01"),
            single("2024-01-10"),
            single("2024-02-01"),
            single("2024-03-15"),
        ];
        let scale = TimeScale::broken(&events).unwrap();
        assert_eq!(scale.breaks().len(), 1);
        let places: Vec<u16> = events
            .iter()
            .map(|(first, _)| scale.place(*first))
            .collect();
        assert_eq!(places[0], 0);
        assert!(places[2] - places[1] > 200 && places[3] > 900, "{places:?}");
        let years: Vec<i16> = scale
            .ticks(12, Finest::Day)
            .iter()
            .map(|tick| tick.day.year())
            .collect();
        assert!(years.contains(&1987) && years.contains(&2024), "{years:?}");
    }

    #[test]
    fn a_range_over_a_long_stretch_keeps_it_whole() {
        let events = [
            (day("1987-05-01"), day("2024-03-15")),
            (day("2024-01-10"), day("2024-01-10")),
            (day("2024-02-01"), day("2024-02-01")),
            (day("2024-03-15"), day("2024-03-15")),
        ];
        let scale = TimeScale::broken(&events).unwrap();
        assert_eq!(
            (scale.breaks(), scale.place(day("1987-05-01"))),
            (Vec::new(), 0)
        );
        assert_eq!(scale.place_after(day("2024-03-15")), 1000);
    }
}
