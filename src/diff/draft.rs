//! Drafts what readers are told of changes: an item of `updates:` on each page with facts that changed.

use std::collections::BTreeMap;

use super::show::plainly;
use super::{Change, How};
use crate::document::{Edit, FieldPath, Value, edited};
use crate::error::Error;
use crate::import;
use crate::model::Day;
use crate::project::{Snapshot, SourcePath};

/// The pages with the updates that these changes call for. Nothing is written.
///
/// # Errors
///
/// If a page is written in a way that can't be added to.
pub fn drafted(
    snapshot: &Snapshot,
    changes: &[Change],
    today: Day,
) -> Result<Vec<import::Change>, Error> {
    let mut pages: BTreeMap<&SourcePath, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        pages.entry(&change.page).or_default().push(change);
    }
    let mut drafted = Vec::new();
    for (path, changes) in pages {
        // Of a page that is gone, nobody can be told there.
        let Some(file) = snapshot.get(path) else {
            continue;
        };
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let edit = Edit::Insert {
            list: FieldPath::field("updates"),
            index: 0,
            value: notice(&changes, today),
        };
        let after = edited(&text, &[edit]).map_err(|fault| {
            Error::usage(format!("cannot add an update to `{path}`: {fault}"))
                .help("write it by hand, below `updates:` in the front matter")
        })?;
        drafted.push(import::Change {
            path: path.clone(),
            before: Some(text),
            after: Some(after),
        });
    }
    Ok(drafted)
}

fn notice(changes: &[&Change], today: Day) -> Value {
    let said: Vec<String> = changes.iter().map(|change| plainly(change)).collect();
    let still_there = changes.iter().filter(|change| change.how != How::Removed);
    let records = still_there.map(|change| Value::text(format!("{}:{}", change.kind, change.id)));
    let records: Vec<Value> = records.collect();
    let mut fields = vec![
        ("date".to_owned(), Value::text(today.to_string())),
        ("text".to_owned(), Value::text(said.join(" "))),
    ];
    if !records.is_empty() {
        fields.push(("records".to_owned(), Value::List(records)));
    }
    Value::Map(fields)
}
