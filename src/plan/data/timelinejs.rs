//! A timeline in the JSON format of TimelineJS 3, for newsrooms that use it.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::model::{DateKind, Era, Event, Moment, Page, Precision};
use crate::plan::{SiteContext, markup};

/// The events whose date has a start; TimelineJS can't show others.
pub(super) fn timeline(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let events: Vec<Value> = pages
        .iter()
        .flat_map(|page| &page.records.events)
        .filter_map(|item| event(site, item))
        .collect();
    let eras: Vec<Value> = pages
        .iter()
        .flat_map(|page| &page.eras)
        .filter_map(era)
        .collect();
    match eras.is_empty() {
        true => json!({ "events": events }),
        false => json!({ "events": events, "eras": eras }),
    }
}

/// A period with a start and an end, as TimelineJS asks for.
fn era(era: &Era) -> Option<Value> {
    let DateKind::Between(Some(from), Some(to)) = era.date.kind() else {
        return None;
    };
    let text = json!({ "headline": escaped(&era.title) });
    Some(json!({ "start_date": date(from), "end_date": date(to), "text": text }))
}

fn event(site: &SiteContext<'_>, event: &Event) -> Option<Value> {
    let (start, end) = match event.date.kind() {
        DateKind::At(moment) => (Some(moment), None),
        DateKind::Between(from, to) => (from.as_ref(), to.as_ref()),
    };
    let mut slide = Map::new();
    slide.insert("unique_id".to_owned(), json!(event.anchor.id.as_str()));
    slide.insert("start_date".to_owned(), date(start?));
    if let Some(end) = end {
        slide.insert("end_date".to_owned(), date(end));
    }
    let words = site.phrases().date(&event.date).words;
    slide.insert("display_date".to_owned(), json!(words));
    let text = event
        .text
        .as_ref()
        .map(|text| markup::plain(site, text))
        .unwrap_or_default();
    // TimelineJS reads both as HTML.
    let text = json!({ "headline": escaped(&event.title), "text": escaped(&text) });
    slide.insert("text".to_owned(), text);
    Some(Value::Object(slide))
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    markup::escape(text, &mut html);
    html
}

/// A date in its known parts.
fn date(moment: &Moment) -> Value {
    match moment.precision {
        Precision::Day(day) => {
            let mut date = json!({ "year": day.year(), "month": day.month(), "day": day.day() });
            if let Some(clock) = moment.clock {
                let time = clock.time();
                date["hour"] = json!(time.hour());
                date["minute"] = json!(time.minute());
                if clock.has_seconds() {
                    date["second"] = json!(time.second());
                }
            }
            date
        }
        Precision::Month(year, month) => json!({ "year": year, "month": month }),
        Precision::Year(year)
        | Precision::Season(year, _)
        | Precision::Decade(year)
        | Precision::Century(year) => json!({ "year": year }),
    }
}
