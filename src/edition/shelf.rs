//! Values that are computed when they are first asked for, and kept for later editions.
//!
//! An edition drops from its shelves what an edit can have touched. Where that can't be told without looking at every
//! value, the value is looked at when it is asked for: one that rests on what was is computed again.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::shared_map::SharedMap;

/// Values by key, each computed once, by the first who asks. Copies share the values that both have.
pub(super) struct Shelf<K, V>(RwLock<SharedMap<K, Arc<OnceLock<V>>>>);

impl<K: Ord + Clone, V: Clone> Shelf<K, V> {
    /// The value of a key. `compute` may ask for other keys, but not for its own.
    pub(super) fn get(&self, key: &K, compute: impl FnOnce() -> V) -> V {
        self.cell(key).get_or_init(compute).clone()
    }

    /// As [`Shelf::get`], with a value that is computed again if it isn't current. One that was just computed has to be.
    pub(super) fn get_current(
        &self,
        key: &K,
        is_current: impl Fn(&V) -> bool,
        compute: impl Fn() -> V,
    ) -> V {
        loop {
            let cell = self.cell(key);
            let value = cell.get_or_init(&compute);
            if is_current(value) {
                return value.clone();
            }
            // Another thread may have put a new cell there already.
            let mut values = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if values.get(key).is_some_and(|now| Arc::ptr_eq(now, &cell)) {
                values.insert(key.clone(), Arc::default());
            }
        }
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
