//! Ids that are unique in a document.

use std::collections::{HashMap, HashSet};

/// The ids in use.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: HashSet<String>,
    /// The number to try next for an id that was requested before, so that a thousand equal headings don't need a
    /// million attempts.
    next: HashMap<String, usize>,
}

impl Ids {
    /// Starts with the ids that are already taken.
    pub(super) fn new(taken: &[String]) -> Self {
        Self {
            used: taken.iter().cloned().collect(),
            next: HashMap::new(),
        }
    }

    /// Takes exactly this id; `false` if it is in use.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }

    /// Takes this id, or the first of `id-2`, `id-3`... that is unused.
    pub(super) fn claim(&mut self, id: &str) -> String {
        if self.take(id) {
            return id.to_owned();
        }
        let number = self.next.entry(id.to_owned()).or_insert(2);
        loop {
            let candidate = format!("{id}-{number}");
            *number += 1;
            if self.used.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_in_use_gets_the_next_free_number() {
        let mut ids = Ids::new(&["a".to_owned(), "a-2".to_owned()]);
        assert_eq!(ids.claim("a"), "a-3");
        assert_eq!(ids.claim("a"), "a-4");
        assert_eq!(ids.claim("a-3"), "a-3-2");
        assert_eq!(ids.claim("b"), "b");
        assert!(!ids.take("b"));
    }
}
