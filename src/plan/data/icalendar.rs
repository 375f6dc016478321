//! Upcoming events as a calendar (RFC 5545).

use std::sync::Arc;

use jiff::ToSpan;

use crate::model::{DateKind, Event, Moment, Page, PageHead, PartialDate, Precision};
use crate::plan::{SiteContext, data, markup};

/// How many bytes a line may have (RFC 5545, 3.1).
const LINE: usize = 75;

/// The calendar; `None` if no upcoming event has a day that a calendar could show.
pub(super) fn calendar(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Option<String> {
    let front = pages.first().map(|page| &*page.head);
    let entries: String = pages
        .iter()
        .flat_map(|page| {
            let expected = page.records.events.iter().filter(|event| event.expected);
            expected.filter_map(|event| entry(site, event, [Some(&*page.head), front]))
        })
        .collect();
    if entries.is_empty() {
        return None;
    }
    let name = front.map_or(site.config.title.as_str(), |head| head.title.as_str());
    let mut calendar = String::new();
    line(&mut calendar, "BEGIN:VCALENDAR");
    line(&mut calendar, "VERSION:2.0");
    line(&mut calendar, "PRODID:-//nutgraf//EN");
    line(&mut calendar, &format!("X-WR-CALNAME:{}", escaped(name)));
    calendar.push_str(&entries);
    line(&mut calendar, "END:VCALENDAR");
    Some(calendar)
}

/// An event that covers all the days on which it can be; `None` if its first or last day isn't known.
fn entry(site: &SiteContext<'_>, event: &Event, heads: [Option<&PageHead>; 2]) -> Option<String> {
    let first = event.date.earliest()?;
    let after = event.date.latest()?.checked_add(1.day()).ok()?;
    // The calendar's stamp has to be a moment, and builds don't know the time: it is that of the page.
    let heads = heads.into_iter().flatten();
    let mut stamps = heads.flat_map(|head| [&head.updated, &head.date]).flatten();
    let stamp = stamps.next().map_or(first, |published| published.day);
    let url = data::url(site, &event.anchor);
    // A month isn't a day: its words are added to the title, where every calendar shows them.
    let times = times(&event.date);
    let title = match (event.date.exact_day(), &times) {
        (Some(_), _) | (None, Some(_)) => event.title.clone(),
        (None, None) => format!(
            "{} ({})",
            event.title,
            site.phrases().date(&event.date).words
        ),
    };
    let mut entry = String::new();
    line(&mut entry, "BEGIN:VEVENT");
    line(&mut entry, &format!("UID:{}", escaped(&url)));
    line(
        &mut entry,
        &format!("DTSTAMP:{}T000000Z", stamp.strftime("%Y%m%d")),
    );
    match times {
        Some((start, end)) => {
            line(&mut entry, &format!("DTSTART:{start}"));
            if let Some(end) = end {
                line(&mut entry, &format!("DTEND:{end}"));
            }
        }
        None => {
            let (first, after) = (first.strftime("%Y%m%d"), after.strftime("%Y%m%d"));
            line(&mut entry, &format!("DTSTART;VALUE=DATE:{first}"));
            line(&mut entry, &format!("DTEND;VALUE=DATE:{after}"));
        }
    }
    line(&mut entry, &format!("SUMMARY:{}", escaped(&title)));
    if let Some(place) = &event.place {
        line(&mut entry, &format!("LOCATION:{}", escaped(place)));
    }
    if let Some(text) = &event.text {
        let text = markup::plain(site, text);
        line(&mut entry, &format!("DESCRIPTION:{}", escaped(&text)));
    }
    if site.config.base_url.is_some() {
        line(&mut entry, &format!("URL:{url}"));
    }
    line(&mut entry, "TRANSP:TRANSPARENT");
    line(&mut entry, "END:VEVENT");
    Some(entry)
}

/// The time at which an event starts and, if known, ends; `None` if its start has no time of day.
fn times(date: &PartialDate) -> Option<(String, Option<String>)> {
    let (start, end) = match date.kind() {
        DateKind::At(moment) => (moment, None),
        DateKind::Between(Some(from), to) => (from, to.as_ref()),
        DateKind::Between(None, _) => return None,
    };
    Some((time(start)?, end.and_then(time)))
}

/// A moment of a calendar (RFC 5545, 3.3.5): in UTC if its zone is known, otherwise in the reader's local time.
fn time(moment: &Moment) -> Option<String> {
    let (Precision::Day(day), Some(clock)) = (moment.precision, moment.clock) else {
        return None;
    };
    let is_utc = clock.offset_minutes().is_some();
    let seconds = i64::from(clock.seconds_utc());
    let time = day.at(0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
    let zone = if is_utc { "Z" } else { "" };
    Some(format!("{}{zone}", time.strftime("%Y%m%dT%H%M%S")))
}

/// Writes a line, folded if it is too long, but never within a character.
fn line(out: &mut String, text: &str) {
    let mut n_bytes = 0;
    for c in text.chars() {
        if n_bytes + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            n_bytes = 1;
        }
        out.push(c);
        n_bytes += c.len_utf8();
    }
    out.push_str("\r\n");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
