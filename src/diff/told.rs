//! Which changes of facts readers are told of: in corrections and updates that are new since.

use std::collections::BTreeSet;

use super::entry::{Entry, entries};
use super::pairs::pairs;
use super::{Change, How, Pages, changes};
use crate::document::schema::record_fields;
use crate::model::RecordKind;
use crate::project::SourcePath;

/// The changes of facts that no correction and no update tells of, of those that are new since `before`: fields with
/// another value, and records that are gone. What is new is none.
///
/// A notice tells of a record that it names, on its own page or one of a folder below. Of a record that is gone it tells
/// without naming it.
///
/// # Examples
///
/// ```
/// use nutgraf::diff::{Pages, untold};
/// use nutgraf::document::as_written;
/// use nutgraf::project::SourcePath;
///
/// let version = |value: &str, more: &str| -> Pages {
///     let page = format!("---\ntitle: Figures\nfigures:\n  - {{id: ships, title: Ships, value: {value}}}\n{more}---\n");
///     [(SourcePath::new("content/figures.md"), as_written(page.as_bytes()).unwrap())].into()
/// };
/// let before = version("24000", "");
/// assert_eq!(untold(&before, &version("24500", "")).len(), 1);
/// let told = "corrections: [{date: 2025-02-03, text: We had 24,000., records: [figure:ships]}]\n";
/// assert!(untold(&before, &version("24500", told)).is_empty());
/// ```
pub fn untold(before: &Pages, after: &Pages) -> Vec<Change> {
    let notices = new_notices(before, after);
    let facts = changes(before, after).into_iter().filter_map(of_facts);
    let untold = facts.filter(|change| {
        let is_gone = change.how == How::Removed;
        let mut notices = notices
            .iter()
            .filter(|notice| reaches(&notice.page, &change.page));
        !notices.any(|notice| match notice.records.is_empty() {
            true => is_gone,
            false => names_of(change)
                .iter()
                .any(|id| notice.records.contains(*id)),
        })
    });
    untold.collect()
}

/// A correction or an update.
struct Notice {
    page: SourcePath,
    /// The ids of the records that it names.
    records: BTreeSet<String>,
}

fn new_notices(before: &Pages, after: &Pages) -> Vec<Notice> {
    let (before, after) = (entries(before), entries(after));
    let is_notice = |entry: &&Entry| matches!(entry.kind, "correction" | "update");
    let paired = pairs(&before, &after);
    let said_before = |entry: &Entry| {
        let same = paired.same.iter();
        same.filter(|(_, new)| std::ptr::eq(*new, entry))
            .any(|(old, new)| old.fields.get("text") == new.fields.get("text"))
    };
    let new = after
        .iter()
        .filter(is_notice)
        .filter(|entry| !said_before(entry));
    let notices = new.map(|entry| {
        let records = entry.fields.get("records").map_or("", String::as_str);
        let records = records.split("; ").filter(|id| !id.is_empty());
        let records = records.map(|id| id.split_once(':').map_or(id, |(_, id)| id).to_owned());
        Notice {
            page: entry.page.clone(),
            records: records.collect(),
        }
    });
    notices.collect()
}

/// The same change as far as it is one of facts. A record has facts if any of its fields states one; a source is one.
fn of_facts(change: Change) -> Option<Change> {
    let mut kinds = RecordKind::ALL.into_iter();
    let kind = kinds.find(|kind| kind.name() == change.kind)?;
    let facts = record_fields(kind).fields.iter();
    let facts: Vec<&str> = facts
        .filter(|field| field.about.is_fact)
        .map(|field| field.name)
        .collect();
    let states_any = !facts.is_empty() || kind == RecordKind::Source;
    let how = match change.how {
        How::Removed if states_any => How::Removed,
        How::Added | How::Removed => return None,
        How::Changed(mut fields) => {
            fields.retain(|field| facts.contains(&fact_of(&field.field)));
            if fields.is_empty() {
                return None;
            }
            How::Changed(fields)
        }
    };
    Some(Change { how, ..change })
}

/// The field of which a difference is one: `series 2023` is of `series`, `account 1` of `accounts`.
fn fact_of(difference: &str) -> &str {
    match difference.split_once(' ') {
        Some(("account", _)) => "accounts",
        Some((field, _)) => field,
        None => difference,
    }
}

/// The ids by which a notice may name a record: what it is called now and what it was called.
fn names_of(change: &Change) -> Vec<&str> {
    let mut names = vec![change.id.as_str()];
    if let How::Changed(fields) = &change.how {
        let ids = fields.iter().filter(|field| field.field == "id");
        names.extend(ids.filter_map(|field| field.before.as_deref()));
    }
    names
}

/// Whether a notice on one page can name the records of another.
fn reaches(notice: &SourcePath, page: &SourcePath) -> bool {
    let folder = format!("{}/", notice.folder());
    page.as_str().starts_with(&folder)
}
