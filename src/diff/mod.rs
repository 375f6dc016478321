//! Compares two versions of a site in terms of facts: a figure from 24,000 to 24,500, an event moved by a day, a
//! quotation reworded, a source dropped.
//!
//! It compares pages as written, so that a version with faults can be compared, too. A record counts as the same if it
//! has the same id in the same folder, or, after a change of title for example, if it has another id and says almost
//! the same. Nothing here touches the disk except `revision`, which asks git for a version.
//!
//! Start with [`changes`]; `entry` reads what a version says, `pairs` matches records, `show` prints;
//! `told` says which changes readers aren't told of yet, and `draft` writes that down for them.

mod draft;
mod entry;
mod pairs;
mod revision;
mod show;
mod told;

use std::collections::BTreeMap;

use crate::project::SourcePath;

use entry::{Entry, entries};
use pairs::{Pairs, pairs};

pub use draft::drafted;
pub use revision::{Range, pages_of_revision, pages_of_snapshot};
pub use show::{human, json, markdown};
pub use told::untold;

/// The pages of one version, by file, without those whose front matter can't be read.
pub type Pages = BTreeMap<SourcePath, crate::document::WrittenPage>;

/// A difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file that it is in, or was in.
    pub page: SourcePath,
    /// What it is: `page`, `event`, `figure`, `reaction`, `person`, `term`, `question`, `source`,
    /// `correction`, `update`.
    pub kind: &'static str,
    /// Its id or, for a page, its file.
    pub id: String,
    /// Its title, name, or first words.
    pub name: String,
    /// How it differs.
    pub how: How,
}

/// How a record or page differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// These fields have changed, in order of their names.
    Changed(Vec<FieldChange>),
}

/// A field with a different value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field as in front matter; `series 2023` for a point of a series, `prose` for a page's text.
    pub field: String,
    /// Its old value; `None` if it wasn't there.
    pub before: Option<String>,
    /// Its new value; `None` if it isn't there.
    pub after: Option<String>,
}

/// The differences between two versions of a site, ordered by file, kind and id.
///
/// # Examples
///
/// ```
/// use nutgraf::diff::{Change, How, Pages, changes};
/// use nutgraf::document::as_written;
/// use nutgraf::project::SourcePath;
///
/// let version = |value: &str| -> Pages {
///     let page = format!("---\ntitle: Figures\nfigures:\n  - {{id: ships, title: Ships, value: {value}}}\n---\n");
///     [(SourcePath::new("content/figures.md"), as_written(page.as_bytes()).unwrap())].into()
/// };
/// let found = changes(&version("24000"), &version("24500"));
/// let [Change { id, how: How::Changed(fields), .. }] = &found[..] else { panic!("{found:?}") };
/// assert_eq!(id, "ships");
/// assert_eq!(fields[0].field, "value");
/// assert_eq!(fields[0].after.as_deref(), Some("24500"));
/// ```
pub fn changes(before: &Pages, after: &Pages) -> Vec<Change> {
    let (before, after) = (entries(before), entries(after));
    let Pairs {
        same,
        removed,
        added,
    } = pairs(&before, &after);
    let changed = same.into_iter().filter_map(|(old, new)| {
        let fields = field_changes(old, new);
        (!fields.is_empty()).then(|| change(new, How::Changed(fields)))
    });
    let removed = removed.into_iter().map(|old| change(old, How::Removed));
    let added = added.into_iter().map(|new| change(new, How::Added));
    let mut changes: Vec<Change> = changed.chain(removed).chain(added).collect();
    let rank = |change: &Change| entry::KINDS.iter().position(|kind| *kind == change.kind);
    changes.sort_by(|a, b| {
        let key = |change: &Change| (change.page.clone(), rank(change), change.id.clone());
        key(a).cmp(&key(b))
    });
    changes
}

fn change(entry: &Entry, how: How) -> Change {
    Change {
        page: entry.page.clone(),
        kind: entry.kind,
        id: entry.id.clone(),
        name: entry.name.clone(),
        how,
    }
}

fn field_changes(old: &Entry, new: &Entry) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut compare = |field: &str, before: Option<&String>, after: Option<&String>| {
        if before != after {
            changes.push(FieldChange {
                field: field.to_owned(),
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    };
    if old.page != new.page {
        let [before, after] = [old, new].map(|entry| entry.page.as_str().to_owned());
        compare("file", Some(&before), Some(&after));
    }
    if old.kind != entry::PAGE {
        compare("id", Some(&old.id), Some(&new.id));
    }
    let mut fields: Vec<&String> = old.fields.keys().chain(new.fields.keys()).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        compare(field, old.fields.get(field), new.fields.get(field));
    }
    changes
}

#[cfg(test)]
mod tests;
