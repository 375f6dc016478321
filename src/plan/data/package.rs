//! Describes the data files (Frictionless Data Package 1).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::Page;
use crate::plan::SiteContext;
use crate::plan::data::{self, DataFile, tables};

pub(super) fn package(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let title = pages
        .first()
        .map(|page| page.head.title.as_str())
        .unwrap_or(&site.config.title);
    let sources: Vec<Value> = data::sources(pages)
        .iter()
        .map(|source| {
            // Missing values are left out: in the schema of packages, `null` isn't a valid address.
            let mut origin = json!({ "title": source.title });
            if let Some(url) = &source.url {
                origin["path"] = json!(url);
            }
            origin
        })
        .collect();
    let mut package = json!({
        "name": crate::project::ascii_slug(title),
        "title": title,
        "sources": sources,
        "resources": [
            table("events", DataFile::EventsCsv, &tables::EVENT_COLUMNS),
            table("figures", DataFile::FiguresCsv, &tables::FIGURE_COLUMNS),
        ],
    });
    if let Some(url) = &site.config.base_url {
        package["homepage"] = json!(url);
    }
    package
}

fn table(name: &str, file: DataFile, columns: &[&str]) -> Value {
    let fields: Vec<Value> = columns.iter().map(|column| field(column)).collect();
    json!({
        "name": name,
        "path": file.name(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields },
    })
}

fn field(column: &str) -> Value {
    let kind = match column {
        "earliest" | "latest" => "date",
        "value" | "to" | "sample" | "margin" => "number",
        "expected" => "boolean",
        _ => "string",
    };
    json!({ "name": column, "type": kind })
}
