//! A timeline: what happened by year, or by month in a busy year, and what is expected.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{DateKind, Day, Era, Event, Moment, PartialDate, Precision};
use crate::plan::context::PageContext;
use crate::plan::embed::{self, Part};
use crate::plan::filter::Property;
use crate::plan::view::{EraView, EventView, FilterView, PeriodView, TimelineView};
use crate::plan::{records, strip};

/// With more events than this, the years of a timeline are folded and a year is divided into months: at three events
/// per phone screen, this is eight screens.
const MANY: usize = 24;

/// From this many events on, readers can choose among them.
const FEW: usize = 8;

/// With more years than this, events are filed under decades, because a list of years to jump to wouldn't fit on a
/// screen.
const MANY_YEARS: usize = 36;

/// The events of a period, with its name.
struct Period {
    title: String,
    events: Vec<Arc<Event>>,
}

/// The view of some events, which are ordered by date; `None` if there are none.
pub(super) fn timeline(
    context: &mut PageContext<'_>,
    events: &[Arc<Event>],
) -> Option<TimelineView> {
    if events.is_empty() {
        return None;
    }
    let eras = eras(context);
    let all = || events.iter().map(|event| &**event);
    let people = Property::of(all(), "p", |event: &Event| {
        event.people.iter().map(|person| &*person.name).collect()
    });
    let people = people.most_frequent();
    let tags = Property::of(all(), "t", |event: &Event| {
        event.tags.iter().map(String::as_str).collect()
    });
    let tags = tags.most_frequent();
    let words = context.site.words;
    let is_offered = events.len() >= FEW && !context.is_elsewhere();
    let filters = [
        people.filter("person", words.get("people")),
        tags.filter("tag", words.get("tags")),
    ];
    // With a few events all are in sight, and a frame has no room for more.
    let filters = filters.into_iter().flatten().filter(|_| is_offered);
    let filters: Vec<FilterView> = filters.collect();
    let (expected, past): (Vec<_>, Vec<_>) =
        events.iter().cloned().partition(|event| event.expected);
    let is_folded = past.len() > MANY;
    let years = by_year(context, &past);
    let years = if years.len() > MANY_YEARS {
        by_decade(context, &past)
    } else {
        years
    };
    let periods: Vec<Period> = years
        .into_iter()
        .flat_map(|year| {
            if is_folded && year.events.len() > MANY {
                by_month(context, year)
            } else {
                vec![year]
            }
        })
        .collect();
    let n_periods = periods.len();
    let mut periods: Vec<PeriodView> = periods
        .into_iter()
        .enumerate()
        .map(|(index, period)| PeriodView {
            id: format!("_year-{}", index + 1),
            title: period.title,
            n_events: period.events.len(),
            is_open: index + 1 == n_periods,
            events: period
                .events
                .iter()
                .map(|event| records::event(context, event))
                .collect(),
        })
        .collect();
    let mut expected: Vec<EventView> = expected
        .iter()
        .map(|event| records::event(context, event))
        .collect();
    if !filters.is_empty() {
        let classes: BTreeMap<&str, Vec<String>> = all()
            .map(|event| {
                let classes = [people.classes(event), tags.classes(event)].concat();
                (event.anchor.id.as_str(), classes)
            })
            .collect();
        let in_periods = periods.iter_mut().flat_map(|period| &mut period.events);
        for event in in_periods.chain(&mut expected) {
            event.filters = classes.get(&*event.id).cloned().unwrap_or_default();
        }
    }
    Some(TimelineView {
        is_folded: is_folded && periods.len() > 1,
        periods,
        expected,
        expected_id: "_still-to-come".to_owned(),
        filters,
        n_events: events.len(),
        strip: strip::strip(context, events, &eras),
        eras: eras.iter().map(|era| era_view(context, era)).collect(),
        embed: embed::offer(context, &Part::Timeline),
    })
}

/// The periods of the page's timeline, by when they begin.
fn eras<'c>(context: &PageContext<'c>) -> Vec<&'c Era> {
    let mut eras: Vec<&Era> = context.page.eras.iter().collect();
    eras.sort_by_key(|era| era.date.earliest());
    eras
}

fn era_view(context: &PageContext<'_>, era: &Era) -> EraView {
    EraView {
        title: era.title.clone(),
        date: context.site.phrases().date(&era.date),
    }
}

/// Consecutive events of the same year, decade or century; the title is empty if that isn't known.
fn by_year(context: &PageContext<'_>, events: &[Arc<Event>]) -> Vec<Period> {
    let mut years: Vec<Period> = Vec::new();
    for event in events {
        let title = context.site.phrases().year(&event.date);
        add(&mut years, title, event);
    }
    years
}

/// Consecutive events that start in the same decade.
fn by_decade(context: &PageContext<'_>, events: &[Arc<Event>]) -> Vec<Period> {
    let mut decades: Vec<Period> = Vec::new();
    for event in events {
        let decade = event.date.year().map(|year| year - year.rem_euclid(10));
        let title = decade.map(|year| context.site.phrases().precision(Precision::Decade(year)));
        add(&mut decades, title.unwrap_or_default(), event);
    }
    decades
}

/// The events of a year by month, starting with those of which only the year is known.
fn by_month(context: &PageContext<'_>, year: Period) -> Vec<Period> {
    let (dated, vague): (Vec<_>, Vec<_>) = year
        .events
        .into_iter()
        .partition(|event| month(&event.date).is_some());
    let mut months: Vec<Period> = Vec::new();
    if !vague.is_empty() {
        months.push(Period {
            title: year.title,
            events: vague,
        });
    }
    for event in &dated {
        if let Some(month) = month(&event.date) {
            let title = context.site.phrases().precision(Precision::Month(
                month.year(),
                u8::try_from(month.month()).unwrap_or(1),
            ));
            add(&mut months, title, event);
        }
    }
    months
}

fn add(periods: &mut Vec<Period>, title: String, event: &Arc<Event>) {
    match periods.last_mut() {
        Some(period) if period.title == title => period.events.push(event.clone()),
        _ => periods.push(Period {
            title,
            events: vec![event.clone()],
        }),
    }
}

/// The first day of a date that is known at least to the month.
fn month(date: &PartialDate) -> Option<Day> {
    let is_known =
        |moment: &Moment| matches!(moment.precision, Precision::Day(_) | Precision::Month(..));
    let is_known = match date.kind() {
        DateKind::At(moment) => is_known(moment),
        DateKind::Between(Some(from), _) => is_known(from),
        DateKind::Between(None, _) => false,
    };
    date.earliest().filter(|_| is_known)
}
