//! A sorted map whose copies share what they have in common. This is the only file that names imbl.
//!
//! Copying is free, and editing a copy costs only what the edit touches. So an edition of thirty thousand pages can be
//! followed by another, both complete and immutable, for the price of the edited page.

use imbl::ordmap::DiffItem;

/// A sorted map whose copies share what they have in common.
pub(crate) type SharedMap<K, V> = imbl::OrdMap<K, V>;

/// The keys under which two maps differ, in order. Shared parts aren't compared.
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
