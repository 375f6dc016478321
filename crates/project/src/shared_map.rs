//! A sorted map whose copies share what they have in common. The only file that names imbl.
//!
//! A copy costs nothing, and an edit of a copy costs what it touches: so an edition of thirty thousand pages can be
//! followed by another one, both whole and neither changing, for the price of the page that was edited.

use imbl::ordmap::DiffItem;

/// A sorted map whose copies share what they have in common.
pub(crate) type SharedMap<K, V> = imbl::OrdMap<K, V>;

/// The keys under which two maps differ, in order. What both share isn't compared.
pub(crate) fn differences<K: Ord + Clone, V: PartialEq>(
    before: &SharedMap<K, V>,
    after: &SharedMap<K, V>,
) -> Vec<K> {
    let keys = before.diff(after).map(|item| match item {
        DiffItem::Add(key, _) | DiffItem::Remove(key, _) => key.clone(),
        DiffItem::Update { new, .. } => new.0.clone(),
    });
    keys.collect()
}
