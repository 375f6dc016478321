//! The pages that were looked at: as they are in the newest edition, and as they were when they were good.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::project::{ContentHash, OutputPath, SourceFile, SourcePath};

/// As many pages are remembered. A page that was forgotten is rendered anew, from the last edition without errors if
/// it has faults now.
const MAX_PAGES: usize = 256;

/// A page as it is sent, but for what the preview adds.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    /// The status of the answer: 200, 404, or 500 for a page that was never without faults.
    pub(super) status: u16,
    /// The page.
    pub(super) bytes: Arc<[u8]>,
    /// The hash of its text and pictures.
    pub(super) page: String,
    /// The hash of its styles.
    pub(super) styles: String,
    /// The faults that bear on it.
    pub(super) own: Diagnostics,
}

/// The pages that were looked at, by their path.
#[derive(Default)]
pub(super) struct Visits {
    pages: BTreeMap<OutputPath, Visit>,
    clock: u64,
}

#[derive(Default)]
struct Visit {
    /// With the number of its edition.
    sight: Option<(u64, Arc<Sight>)>,
    /// With the number of its edition.
    good: Option<(u64, Arc<[u8]>)>,
    /// The file that the page comes from, and its hash when the page was good.
    origin: Option<(SourcePath, ContentHash)>,
    last_used: u64,
}

impl Visits {
    /// A page of the edition with that number, if it was looked at.
    pub(super) fn sight(&mut self, path: &OutputPath, number: u64) -> Option<Arc<Sight>> {
        self.clock += 1;
        let visit = self.pages.get_mut(path)?;
        visit.last_used = self.clock;
        let (of, sight) = visit.sight.as_ref()?;
        (*of == number).then(|| sight.clone())
    }

    /// Remembers a page of an edition.
    pub(super) fn enter(&mut self, path: &OutputPath, number: u64, sight: Arc<Sight>) {
        let visit = self.visit(path);
        if visit.sight.as_ref().is_none_or(|(of, _)| *of <= number) {
            visit.sight = Some((number, sight));
        }
    }

    /// Remembers that a page was good in an edition, and the file that it comes from.
    pub(super) fn enter_good(
        &mut self,
        path: &OutputPath,
        number: u64,
        bytes: Arc<[u8]>,
        source: Option<&SourceFile>,
    ) {
        let visit = self.visit(path);
        if visit.good.as_ref().is_none_or(|(of, _)| *of <= number) {
            visit.good = Some((number, bytes));
            visit.origin = source.map(|file| (file.path.clone(), file.hash));
        }
    }

    /// A page as it was when it was good for the last time, with the number of its edition.
    pub(super) fn good(&self, path: &OutputPath) -> Option<(u64, Arc<[u8]>)> {
        self.pages.get(path)?.good.clone()
    }

    /// The file that a page comes from, and its hash when the page was good.
    pub(super) fn origin(&self, path: &OutputPath) -> Option<(SourcePath, ContentHash)> {
        self.pages.get(path)?.origin.clone()
    }

    /// The file that a page comes from.
    pub(super) fn source(&self, path: &OutputPath) -> Option<SourcePath> {
        self.origin(path).map(|(source, _)| source)
    }

    /// The visit of a page; the one that wasn't used for longest makes room for a new one.
    fn visit(&mut self, path: &OutputPath) -> &mut Visit {
        self.clock += 1;
        if !self.pages.contains_key(path) && self.pages.len() >= MAX_PAGES {
            let oldest = self.pages.iter().min_by_key(|(_, visit)| visit.last_used);
            if let Some(oldest) = oldest.map(|(path, _)| path.clone()) {
                self.pages.remove(&oldest);
            }
        }
        let visit = self.pages.entry(path.clone()).or_default();
        visit.last_used = self.clock;
        visit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(text: &str) -> Arc<Sight> {
        Arc::new(Sight {
            status: 200,
            bytes: Arc::from(text.as_bytes()),
            page: text.to_owned(),
            styles: String::new(),
            own: Diagnostics::new(),
        })
    }

    #[test]
    fn a_page_of_an_earlier_edition_is_not_given_for_a_later_one() {
        let mut visits = Visits::default();
        let path = OutputPath::new("index.html");
        visits.enter(&path, 2, sight("two"));
        assert!(visits.sight(&path, 1).is_none() && visits.sight(&path, 3).is_none());
        // A slow request of an earlier edition comes in late.
        visits.enter(&path, 1, sight("one"));
        assert_eq!(visits.sight(&path, 2).unwrap().page, "two");
    }

    #[test]
    fn memory_is_bounded_and_what_is_used_stays() {
        let mut visits = Visits::default();
        let used = OutputPath::new("used.html");
        visits.enter(&used, 1, sight("used"));
        for n in 0..MAX_PAGES * 2 {
            visits.enter(&OutputPath::new(format!("{n}.html")), 1, sight("x"));
            assert!(visits.sight(&used, 1).is_some());
        }
        assert_eq!(visits.pages.len(), MAX_PAGES);
    }
}
