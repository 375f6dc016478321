//! Which records of two versions are the same ones?

use std::collections::BTreeMap;

use super::entry::{Entry, PAGE};

/// The records of two versions, put together.
pub(super) struct Pairs<'e> {
    /// Those of both: as they were, and as they are.
    pub(super) same: Vec<(&'e Entry, &'e Entry)>,
    /// Those of the earlier version alone.
    pub(super) removed: Vec<&'e Entry>,
    /// Those of the later version alone.
    pub(super) added: Vec<&'e Entry>,
}

/// At least this share of what two records say has to be the same for one to be the other under a new name: an event
/// that keeps its date and its source and has another title is the same one, and one with another text besides isn't.
const LIKENESS: (usize, usize) = (2, 3);

/// Puts the records of two versions together: by kind, folder and id; then what is left by kind and id, as after a
/// move; then by what they say.
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

/// Moves those with one key from `removed` and `added` to `same`; a key that several have takes them in order.
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

/// Moves those that say almost the same, the most alike first.
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
    // Stable: of two pairs with one likeness, the first in the files is taken.
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

/// How many fields of two records say the same, if enough do.
fn likeness(old: &Entry, new: &Entry) -> Option<usize> {
    // A page that went to another file has its prose or its title still; whatever it shares besides says little.
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
