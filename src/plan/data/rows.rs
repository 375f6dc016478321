//! Events, figures and reactions as JSON.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{
    Account, Event, Figure, FigureValue, Markup, Page, PartialDate, PointKey, Quantity, Reaction,
};
use crate::plan::data::{source_refs, url};
use crate::plan::{SiteContext, markup};

pub(super) fn events(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let events = pages.iter().flat_map(|page| &page.records.events);
    events.map(|item| event(site, item)).collect()
}

pub(super) fn figures(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let figures = pages.iter().flat_map(|page| &page.records.figures);
    figures.map(|item| figure(site, item)).collect()
}

pub(super) fn reactions(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let reactions = pages.iter().flat_map(|page| &page.records.reactions);
    reactions.map(|item| reaction(site, item)).collect()
}

fn event(site: &SiteContext<'_>, event: &Event) -> Value {
    let people = event.people.iter().map(|person| person.name.as_str());
    json!({
        "id": event.anchor.id.as_str(),
        "url": url(site, &event.anchor),
        "title": event.title,
        "date": date(Some(&event.date)),
        "place": event.place,
        "as_printed": event.as_printed,
        "inferred": event.inferred,
        "expected": event.expected,
        "text": text(site, event.text.as_ref()),
        "people": people.collect::<Vec<_>>(),
        "sources": source_refs(&event.sources),
        "accounts": accounts(&event.accounts),
    })
}

fn figure(site: &SiteContext<'_>, figure: &Figure) -> Value {
    let series = match &figure.value {
        FigureValue::Series(points) => points
            .iter()
            .map(|point| {
                let mut value = quantity(&point.quantity);
                match &point.key {
                    PointKey::Date(day) => value["date"] = date(Some(day)),
                    PointKey::Label(label) => value["label"] = json!(label),
                }
                value["as_printed"] = json!(point.as_printed);
                value["annotation"] = json!(point.annotation);
                value
            })
            .collect(),
        FigureValue::Single(_) | FigureValue::Derived(..) => Value::Null,
    };
    let derive = match &figure.value {
        FigureValue::Derived(_, derivation) => Some(&derivation.formula),
        FigureValue::Single(_) | FigureValue::Series(_) => None,
    };
    json!({
        "id": figure.anchor.id.as_str(),
        "url": url(site, &figure.anchor),
        "title": figure.title,
        "value": quantity(figure.value.headline()),
        "series": series,
        "derive": derive,
        "date": date(figure.date.as_ref()),
        "population": figure.population,
        "sample": figure.sample.map(|number| number.to_string()),
        "margin": figure.margin.map(|number| number.to_string()),
        "as_printed": figure.as_printed,
        "inferred": figure.inferred,
        "text": text(site, figure.text.as_ref()),
        "sources": source_refs(&figure.sources),
        "accounts": accounts(&figure.accounts),
    })
}

fn reaction(site: &SiteContext<'_>, reaction: &Reaction) -> Value {
    let speaker = &reaction.speaker;
    json!({
        "id": reaction.anchor.id.as_str(),
        "url": url(site, &reaction.anchor),
        "speaker": {
            "id": speaker.anchor.id.as_str(),
            "name": speaker.name,
            "role": speaker.role,
            "organisation": speaker.organisation,
        },
        "quote": reaction.quote,
        "language": reaction.language,
        "translation": reaction.translation,
        "text": text(site, reaction.text.as_ref()),
        "date": date(reaction.date.as_ref()),
        "as_printed": reaction.as_printed,
        "inferred": reaction.inferred,
        "venue": reaction.venue,
        "stance": reaction.stance,
        "sources": source_refs(&reaction.sources),
        "accounts": accounts(&reaction.accounts),
    })
}

/// What other sources say of the same, each account with its own.
fn accounts(accounts: &[Account]) -> Value {
    let accounts = accounts.iter().map(|account| {
        json!({
            "title": account.title,
            "date": date(account.date.as_ref()),
            "value": account.quantity.as_ref().map(quantity),
            "quote": account.quote,
            "as_printed": account.as_printed,
            "inferred": account.inferred,
            "sources": source_refs(&account.sources),
        })
    });
    accounts.collect()
}

/// A number as text, so that no reader rounds it.
fn quantity(quantity: &Quantity) -> Value {
    json!({
        "number": quantity.number.to_string(),
        "to": quantity.to.map(|to| to.to_string()),
        "unit": quantity.unit,
        "qualifier": quantity.qualifier.map(|qualifier| qualifier.name()),
    })
}

/// A date with the first and last day that it touches; `null` for an end that is open or unknown.
fn date(date: Option<&PartialDate>) -> Value {
    let Some(date) = date else {
        return Value::Null;
    };
    json!({
        "edtf": date.written(),
        "earliest": date.earliest().map(|day| day.to_string()),
        "latest": date.latest().map(|day| day.to_string()),
    })
}

fn text(site: &SiteContext<'_>, text: Option<&Markup>) -> Option<String> {
    text.map(|text| markup::plain(site, text))
}
