//! Do the pieces fit together?
//!
//! From documents as typed to [pages](crate::model::Page) without holes, in three steps that can each be
//! kept while their input stays the same:
//! 1. [`head()`] of each page, and the [`folder()`] of pages in reading order: names and addresses;
//! 2. [`scope()`]: the records of a folder, with those of the folders above in reach;
//! 3. [`page()`]: a page, with every reference resolved.
//!
//! Does no input or output. A fault drops the thing that has it, and whatever needs that thing says nothing more.

mod derive;
mod entry;
mod fields;
mod folder;
mod image;
mod lint;
mod listing;
mod markup;
mod numbers;
mod outline;
mod page;
mod records;
mod schedule;
mod scope;
pub mod settings;
mod taxonomy;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::{Document, MarkdownOptions};
use crate::model::Day;
use crate::project::SourcePath;

pub use folder::{Member, scope};
pub use lint::unused_sources;
pub use listing::{listed, sort};
pub use outline::{
    Standing, address_of_file, address_of_word, folder, head, makes_explainer, may_hold_records,
    place_of_address, place_of_alias, usual_address,
};
pub use page::page;
pub use schedule::{held_back, remark};
pub use scope::{Known, Scope};
pub use taxonomy::{collisions, groupings};

/// All documents of a project, by file.
pub type Documents = BTreeMap<SourcePath, Arc<Document>>;

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
}

impl<T> Checked<T> {
    fn new(value: T, faults: Vec<Diagnostic>) -> Self {
        Self {
            value: Arc::new(value),
            faults: Arc::from(faults),
        }
    }
}
