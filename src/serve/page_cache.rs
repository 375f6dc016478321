//! The pages that were requested: as they are in the newest edition, and in their last good version.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::project::{ContentHash, OutputPath, SourceFile, SourcePath};

/// How many pages to remember: more than a writer has open. A forgotten one is rendered again or, if it has faults now,
/// taken from the last edition without errors.
const MAX_PAGES: usize = 256;

/// A page as sent, before the preview's additions.
#[derive(Clone, Debug)]
pub(super) struct CachedPage {
    /// The status of the response: 200, 404, or 500 for a page that has had faults from the start.
    pub(super) status: u16,
    /// The page.
    pub(super) bytes: Arc<[u8]>,
    /// The hash of its text and pictures.
    pub(super) page: String,
    /// The hash of its styles.
    pub(super) styles: String,
    /// The faults that affect it.
    pub(super) own: Diagnostics,
}

/// The pages that were requested, by path.
#[derive(Default)]
pub(super) struct PageCache {
    pages: BTreeMap<OutputPath, Entry>,
    clock: u64,
}

#[derive(Default)]
struct Entry {
    /// With the number of its edition.
    cached: Option<(u64, Arc<CachedPage>)>,
    /// With the number of its edition.
    good: Option<(u64, Arc<[u8]>)>,
    /// The page's file, and its hash when the page was good.
    origin: Option<(SourcePath, ContentHash)>,
    last_used: u64,
}

impl PageCache {
    /// A page in the edition with this number, if it was requested.
    pub(super) fn cached(&mut self, path: &OutputPath, number: u64) -> Option<Arc<CachedPage>> {
        self.clock += 1;
        let entry = self.pages.get_mut(path)?;
        entry.last_used = self.clock;
        let (of, cached) = entry.cached.as_ref()?;
        (*of == number).then(|| cached.clone())
    }

    /// Stores a page of an edition.
    pub(super) fn enter(&mut self, path: &OutputPath, number: u64, cached: Arc<CachedPage>) {
        let entry = self.entry(path);
        if entry.cached.as_ref().is_none_or(|(of, _)| *of <= number) {
            entry.cached = Some((number, cached));
        }
    }

    /// Stores that a page was good in an edition, and its file.
    pub(super) fn enter_good(
        &mut self,
        path: &OutputPath,
        number: u64,
        bytes: Arc<[u8]>,
        source: Option<&SourceFile>,
    ) {
        let entry = self.entry(path);
        if entry.good.as_ref().is_none_or(|(of, _)| *of <= number) {
            entry.good = Some((number, bytes));
            entry.origin = source.map(|file| (file.path.clone(), file.hash));
        }
    }

    /// The last good version of a page, with the number of its edition.
    pub(super) fn good(&self, path: &OutputPath) -> Option<(u64, Arc<[u8]>)> {
        self.pages.get(path)?.good.clone()
    }

    /// The page's file, and its hash when the page was good.
    pub(super) fn origin(&self, path: &OutputPath) -> Option<(SourcePath, ContentHash)> {
        self.pages.get(path)?.origin.clone()
    }

    /// The page's file.
    pub(super) fn source(&self, path: &OutputPath) -> Option<SourcePath> {
        self.origin(path).map(|(source, _)| source)
    }

    /// The entry of a page; the least recently used one makes room for a new one.
    fn entry(&mut self, path: &OutputPath) -> &mut Entry {
        self.clock += 1;
        if !self.pages.contains_key(path) && self.pages.len() >= MAX_PAGES {
            let oldest = self.pages.iter().min_by_key(|(_, entry)| entry.last_used);
            if let Some(oldest) = oldest.map(|(path, _)| path.clone()) {
                self.pages.remove(&oldest);
            }
        }
        let entry = self.pages.entry(path.clone()).or_default();
        entry.last_used = self.clock;
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cached(text: &str) -> Arc<CachedPage> {
        Arc::new(CachedPage {
            status: 200,
            bytes: Arc::from(text.as_bytes()),
            page: text.to_owned(),
            styles: String::new(),
            own: Diagnostics::new(),
        })
    }

    #[test]
    fn a_page_of_an_earlier_edition_is_not_given_for_a_later_one() {
        let mut cache = PageCache::default();
        let path = OutputPath::new("index.html");
        cache.enter(&path, 2, cached("two"));
        assert!(cache.cached(&path, 1).is_none() && cache.cached(&path, 3).is_none());
        // A slow request for an earlier edition comes in late.
        cache.enter(&path, 1, cached("one"));
        assert_eq!(cache.cached(&path, 2).unwrap().page, "two");
    }

    #[test]
    fn memory_is_bounded_and_what_is_used_stays() {
        let mut cache = PageCache::default();
        let used = OutputPath::new("used.html");
        cache.enter(&used, 1, cached("used"));
        for n in 0..MAX_PAGES * 2 {
            cache.enter(&OutputPath::new(format!("{n}.html")), 1, cached("x"));
            assert!(cache.cached(&used, 1).is_some());
        }
        assert_eq!(cache.pages.len(), MAX_PAGES);
    }
}
