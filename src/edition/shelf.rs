//! Values that are computed when they are first asked for, and kept for later editions.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::shared_map::SharedMap;

/// Values by key, each computed once, by the first who asks. Copies share the values that both have.
pub(super) struct Shelf<K, V>(RwLock<SharedMap<K, Arc<OnceLock<V>>>>);

impl<K: Ord + Clone, V: Clone> Shelf<K, V> {
    /// The value of a key. `compute` may ask for other keys, but not for its own.
    pub(super) fn get(&self, key: &K, compute: impl FnOnce() -> V) -> V {
        self.cell(key).get_or_init(compute).clone()
    }

    /// The values that were computed, by key.
    pub(super) fn computed(&self) -> Vec<V> {
        let values = self.values();
        values
            .values()
            .filter_map(|cell| cell.get().cloned())
            .collect()
    }

    /// A shelf with the same values, but those of some keys.
    pub(super) fn without(&self, dropped: impl IntoIterator<Item = K>) -> Self {
        let mut values = self.values();
        for key in dropped {
            values.remove(&key);
        }
        Self(RwLock::new(values))
    }

    fn cell(&self, key: &K) -> Arc<OnceLock<V>> {
        if let Some(cell) = self.read().get(key) {
            return cell.clone();
        }
        let mut values = self.0.write().unwrap_or_else(PoisonError::into_inner);
        values.entry(key.clone()).or_default().clone()
    }

    fn values(&self) -> SharedMap<K, Arc<OnceLock<V>>> {
        self.read().clone()
    }

    /// A thread that panicked with the lock left a whole map behind.
    fn read(&self) -> std::sync::RwLockReadGuard<'_, SharedMap<K, Arc<OnceLock<V>>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(RwLock::new(SharedMap::new()))
    }
}
