//! Do the pieces fit together?
//!
//! From documents as typed to [pages](crate::model::Page) without holes, in three steps that can each be
//! kept while their input stays the same:
//! 1. [`head()`] of each page, and the [`outline()`] that they make: the names and addresses of everything;
//! 2. [`scope()`]: the records of a folder, with those of the folders above in reach;
//! 3. [`page()`]: a page, with every reference resolved.
//!
//! Does no input or output. A fault drops the thing that has it; what rests on that thing says nothing more.

mod derive;
mod entry;
mod fields;
mod lint;
mod markup;
mod numbers;
mod outline;
mod page;
mod records;
mod schedule;
mod scope;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::{Document, MarkdownOptions};
use crate::model::{Anchors, Day, Later, Outline, PageHead};
use crate::project::SourcePath;
use crate::shared_map::SharedMap;

pub use lint::unused_sources;
pub use outline::{
    address_of_file, explainers, head, is_in_order, makes_explainer, may_hold_records, outline,
    place_of_address, place_of_alias, usual_address,
};
pub use page::page;
pub use schedule::held_back;
pub use scope::{Scope, scope};

/// All documents of a project, by file.
pub type Documents = SharedMap<SourcePath, Arc<Document>>;

/// What decides how documents are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CheckOptions {
    /// Whether drafts, and records that still need review, are part of the site.
    pub drafts: bool,
    /// The day that it is, by which pages of a day to come are held back, and pages whose time is over; `None` to hold
    /// none back.
    pub today: Option<Day>,
    /// Whether pages of a day to come are part of the site.
    pub future: bool,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// The page templates there are, as `name.html`.
    pub templates: BTreeSet<String>,
}

/// A checked value with the faults that were found on the way.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value, without what has a fault.
    pub value: Arc<T>,
    /// The faults.
    pub faults: Arc<[Diagnostic]>,
    /// The ids of other pages that links were compared with.
    asked: Arc<[(SourcePath, Later<Anchors>)]>,
}

impl<T> Checked<T> {
    fn new(value: T, faults: Vec<Diagnostic>) -> Self {
        Self {
            value: Arc::new(value),
            faults: Arc::from(faults),
            asked: Arc::default(),
        }
    }

    /// The same value, found by asking other pages for their ids.
    fn asking(self, asked: Asked) -> Self {
        Self {
            asked: asked.0.into_inner().into_iter().collect(),
            ..self
        }
    }

    /// The same value with faults that it has beside others.
    #[must_use]
    pub fn and(self, more: Vec<Diagnostic>) -> Self {
        let faults = self.faults.iter().cloned().chain(more);
        Self {
            faults: faults.collect(),
            ..self
        }
    }

    /// Another value with the same faults.
    pub fn with(&self, change: impl FnOnce(&mut T)) -> Self
    where
        T: Clone,
    {
        let mut value = T::clone(&self.value);
        change(&mut value);
        Self {
            value: Arc::new(value),
            ..self.clone()
        }
    }

    /// Whether the pages that were asked for their ids would answer the same in another outline of the same addresses.
    pub fn holds_in(&self, outline: &Outline) -> bool {
        self.asked.iter().all(|(page, anchors)| {
            let head = outline.heads.get(page);
            head.is_some_and(|head| head.anchors == *anchors)
        })
    }
}

/// Takes note of which other pages are asked for their ids, since a page rests on nothing else of theirs.
#[derive(Default)]
struct Asked(RefCell<BTreeMap<SourcePath, Later<Anchors>>>);

impl Asked {
    fn note(&self, head: &PageHead) {
        let anchors = head.anchors.clone();
        self.0.borrow_mut().insert(head.source.clone(), anchors);
    }
}
