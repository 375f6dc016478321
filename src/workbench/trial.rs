//! Evaluates an edit before it is written: faults, evidence, and dates in words.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::faults;
use crate::document::schema::{FRONT_MATTER, Group, Kind};
use crate::document::{Value, written_values};
use crate::edition::Edition;
use crate::evidence::{Evidence, EvidenceLock, SourceKey, Text, audit};
use crate::model::{Day, PartialDate};
use crate::project::SourcePath;

/// The inputs of a trial.
pub struct Trial<'a> {
    /// The project as it would be.
    pub edition: &'a Edition,
    /// The file being edited.
    pub file: &'a SourcePath,
    /// The available texts of sources.
    pub texts: &'a BTreeMap<SourceKey, Text>,
    /// Today.
    pub today: Day,
}

/// What is wrong with a file after an edit, field by field; what its sources say about it; and its dates in words, by
/// the path to each (`events/0/date`).
pub fn trial(trial: &Trial<'_>) -> Option<Json> {
    let Trial {
        edition,
        file,
        texts,
        today,
    } = *trial;
    let document = edition.document(file)?;
    let of_file = edition.faults_in(file);
    let mut found: Vec<Json> = of_file
        .sorted()
        .iter()
        .map(|fault| faults::told(&document, fault))
        .collect();
    if let Some(page) = edition.page(file) {
        let ledger = edition.ledger();
        let documents = BTreeMap::from([(file.clone(), document.clone())]);
        let audit = audit(&Evidence {
            pages: &[page],
            documents: &documents,
            texts,
            lock: &EvidenceLock::default(),
            today,
            language: ledger.language(),
        });
        let of_page = audit
            .faults
            .iter()
            .filter(|fault| fault.place.file == *file);
        found.extend(of_page.map(|fault| faults::told(&document, fault)));
    }
    let mut says = BTreeMap::new();
    if let Some(values) = written_values(document.text()) {
        dates(edition, FRONT_MATTER, &values, "", &mut says);
    }
    Some(json!({ "faults": found, "says": says }))
}

/// The dates below a value in words.
fn dates(
    edition: &Edition,
    group: Group,
    value: &Value,
    way: &str,
    says: &mut BTreeMap<String, String>,
) {
    let Value::Map(entries) = value else {
        return;
    };
    for (key, value) in entries {
        let Some(field) = group.field(key) else {
            continue;
        };
        let way = format!("{way}{key}");
        match (value, field.shape.group()) {
            (Value::Text(written), None)
                if matches!(field.about.kind, Kind::Date | Kind::Day | Kind::Moment) =>
            {
                let day = written.get(..10).unwrap_or(written);
                let date: Option<PartialDate> =
                    written.trim().parse().ok().or_else(|| day.parse().ok());
                if let Some(date) = date {
                    says.insert(way, edition.date_in_words(&date));
                }
            }
            (Value::List(items), Some(group)) => {
                for (index, item) in items.iter().enumerate() {
                    dates(edition, group, item, &format!("{way}/{index}/"), says);
                }
            }
            (value, Some(group)) => dates(edition, group, value, &format!("{way}/"), says),
            _ => {}
        }
    }
}
