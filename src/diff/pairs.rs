//! Matches the records of two versions.

use std::collections::BTreeMap;

use super::entry::{Entry, PAGE};

/// The records of two versions, matched.
pub(super) struct Pairs<'e> {
    /// Those in both: the old one and the new one.
    pub(super) same: Vec<(&'e Entry, &'e Entry)>,
    /// Those only in the earlier version.
    pub(super) removed: Vec<&'e Entry>,
    /// Those only in the later version.
    pub(super) added: Vec<&'e Entry>,
}

/// The share of two records' contents that has to be equal for one to be the other under a new name: an event that
/// keeps its date and its source but has another title is the same one; with another text as well, it isn't.
const LIKENESS: (usize, usize) = (2, 3);

/// Matches the records of two versions: first by kind, folder and id; then the rest by kind and id, for those that
/// moved; then by their contents.
pub(super) fn pairs<'e>(before: &'e [Entry], after: &'e [Entry]) -> Pairs<'e> {
    let mut same = Vec::new();
    let mut removed: Vec<&Entry> = before.iter().collect();
    let mut added: Vec<&Entry> = after.iter().collect();
    take_by(&mut same, &mut removed, &mut added, |entry| {
        (entry.kind, entry.page.folder(), &*entry.id)
    });
    take_by(&mut same, &mut removed, &mut added, |entry| {
        (entry.kind, "", &*entry.id)
    });
    take_alike(&mut same, &mut removed, &mut added);
    Pairs {
        same,
        removed,
        added,
    }
}

/// Moves those with the same key from `removed` and `added` to `same`; if several share a key, they are matched in
/// order.
fn take_by<'e>(
    same: &mut Vec<(&'e Entry, &'e Entry)>,
    removed: &mut Vec<&'e Entry>,
    added: &mut Vec<&'e Entry>,
    key: impl Fn(&'e Entry) -> (&'static str, &'e str, &'e str),
) {
    let mut by_key: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for old in removed.drain(..).rev() {
        by_key.entry(key(old)).or_default().push(old);
    }
    added.retain(|new| match by_key.get_mut(&key(new)).and_then(Vec::pop) {
        Some(old) => {
            same.push((old, new));
            false
        }
        None => true,
    });
    *removed = by_key.into_values().flatten().collect();
}

/// Moves those with almost the same contents, the most similar first.
fn take_alike<'e>(
    same: &mut Vec<(&'e Entry, &'e Entry)>,
    removed: &mut Vec<&'e Entry>,
    added: &mut Vec<&'e Entry>,
) {
    let mut alike: Vec<(usize, &Entry, &Entry)> = Vec::new();
    for old in removed.iter().copied() {
        for new in added.iter().copied() {
            if let Some(n_same) = likeness(old, new) {
                alike.push((n_same, old, new));
            }
        }
    }
    // The sort is stable: in a tie, the first pair in the files wins.
    alike.sort_by_key(|(n_same, ..)| std::cmp::Reverse(*n_same));
    for (_, old, new) in alike {
        let position =
            |of: &[&Entry], entry: &Entry| of.iter().position(|e| std::ptr::eq(*e, entry));
        if let (Some(i), Some(j)) = (position(removed, old), position(added, new)) {
            removed.remove(i);
            added.remove(j);
            same.push((old, new));
        }
    }
}

/// How many fields of two records are equal, if enough are.
fn likeness(old: &Entry, new: &Entry) -> Option<usize> {
    // A page that moved to another file still has its prose or its title; other equal fields mean little.
    let telling = ["prose", "title"];
    if old.kind != new.kind {
        return None;
    }
    if old.kind == PAGE {
        let is_same = |field: &&str| {
            old.fields.contains_key(*field) && old.fields.get(*field) == new.fields.get(*field)
        };
        return telling.iter().any(is_same).then_some(1);
    }
    let n_same = old
        .fields
        .iter()
        .filter(|(field, said)| new.fields.get(*field) == Some(said))
        .count();
    let n_all = old.fields.len().max(new.fields.len());
    let (part, whole) = LIKENESS;
    (n_same > 0 && n_same * whole >= n_all * part).then_some(n_same)
}
