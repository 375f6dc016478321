//! Events and figures as CSV (RFC 4180).

use std::sync::Arc;

use crate::model::{Figure, FigureValue, Page, PartialDate, Quantity, SourceRef};
use crate::plan::{SiteContext, markup};

/// The columns of `events.csv`.
pub(super) const EVENT_COLUMNS: [&str; 12] = [
    "id",
    "date",
    "earliest",
    "latest",
    "title",
    "place",
    "text",
    "as_printed",
    "inferred",
    "expected",
    "people",
    "sources",
];

/// The columns of `figures.csv`, which has one row per number.
pub(super) const FIGURE_COLUMNS: [&str; 14] = [
    "id",
    "title",
    "date",
    "label",
    "qualifier",
    "value",
    "to",
    "unit",
    "population",
    "sample",
    "margin",
    "as_printed",
    "derive",
    "sources",
];

pub(super) fn events(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Vec<u8> {
    let events = pages.iter().flat_map(|page| &page.records.events);
    let rows = events.map(|event| {
        let people: Vec<&str> = event
            .people
            .iter()
            .map(|person| person.name.as_str())
            .collect();
        let text = event.text.as_ref().map(|text| markup::plain(site, text));
        [
            event.anchor.id.to_string(),
            event.date.written().to_owned(),
            day(event.date.earliest()),
            day(event.date.latest()),
            words(&event.title),
            words(event.place.as_deref().unwrap_or_default()),
            words(&text.unwrap_or_default()),
            words(event.as_printed.as_deref().unwrap_or_default()),
            words(event.inferred.as_deref().unwrap_or_default()),
            event.expected.to_string(),
            words(&people.join("; ")),
            sources(&event.sources),
        ]
    });
    table(EVENT_COLUMNS, rows)
}

pub(super) fn figures(_: &SiteContext<'_>, pages: &[Arc<Page>]) -> Vec<u8> {
    let figures = pages.iter().flat_map(|page| &page.records.figures);
    let rows = figures.flat_map(|figure| match &figure.value {
        FigureValue::Single(quantity) | FigureValue::Derived(quantity, _) => {
            vec![row(
                figure,
                figure.date.as_ref(),
                None,
                quantity,
                figure.as_printed.as_deref(),
            )]
        }
        FigureValue::Series(points) => points
            .iter()
            .map(|point| {
                row(
                    figure,
                    point.key.date().or(figure.date.as_ref()),
                    point.key.label(),
                    &point.quantity,
                    point.as_printed.as_deref(),
                )
            })
            .collect(),
    });
    table(FIGURE_COLUMNS, rows)
}

fn row(
    figure: &Figure,
    date: Option<&PartialDate>,
    label: Option<&str>,
    quantity: &Quantity,
    as_printed: Option<&str>,
) -> [String; 14] {
    let derive = match &figure.value {
        FigureValue::Derived(_, derivation) => derivation.formula.as_str(),
        FigureValue::Single(_) | FigureValue::Series(_) => "",
    };
    let number =
        |number: Option<crate::model::Number>| number.map(|n| n.to_string()).unwrap_or_default();
    [
        figure.anchor.id.to_string(),
        words(&figure.title),
        date.map(|date| date.written().to_owned())
            .unwrap_or_default(),
        words(label.unwrap_or_default()),
        quantity
            .qualifier
            .map_or("", |qualifier| qualifier.name())
            .to_owned(),
        quantity.number.to_string(),
        number(quantity.to),
        words(&quantity.unit),
        words(figure.population.as_deref().unwrap_or_default()),
        number(figure.sample),
        number(figure.margin),
        words(as_printed.unwrap_or_default()),
        derive.to_owned(),
        sources(&figure.sources),
    ]
}

fn sources(sources: &[SourceRef]) -> String {
    let ids: Vec<&str> = sources
        .iter()
        .map(|reference| reference.source.anchor.id.as_str())
        .collect();
    ids.join("; ")
}

/// A day in the format of `date` columns (Table Schema, `YYYY-MM-DD`); empty before year 1, which that format can't
/// express. The column `date` has it anyway.
fn day(day: Option<crate::model::Day>) -> String {
    let day = day.filter(|day| day.year() > 0);
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Text that a spreadsheet would read as a formula gets an apostrophe before it, as in spreadsheets themselves.
fn words(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn table<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let wrote = writer.write_record(columns).and_then(|()| {
        rows.into_iter()
            .try_for_each(|row| writer.write_record(row))
    });
    wrote.expect(
        "writing to memory can't fail, and all rows have as many cells as there are columns",
    );
    writer.into_inner().expect("flushing to memory can't fail")
}
