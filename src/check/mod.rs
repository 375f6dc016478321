//! Checks whether the pieces fit together.
//!
//! It turns documents as written into [pages](crate::model::Page) without gaps, in three steps, each of which stays
//! valid while its input is the same:
//! 1. [`head()`] of each page, and the [`folder()`] of pages in reading order: names and addresses;
//! 2. [`scope()`]: the records of a folder, with those of the folders above within reach;
//! 3. [`page()`]: a page, with every reference resolved.
//!
//! It does no input or output. A thing with a fault is dropped, and whatever needs it reports nothing more.

mod card;
mod derive;
mod entry;
mod eras;
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
pub(crate) use markup::named_asset;
pub use outline::{
    Standing, address_of_file, address_of_word, folder, head, makes_explainer, may_be_dated,
    may_have_notices, may_hold_records, place_of_address, place_of_alias, usual_address,
};
pub use page::page;
pub use schedule::{held_back, remark};
pub use scope::{Known, Scope};
pub use taxonomy::{collisions, groupings};

/// All documents of a project, by file.
pub type Documents = BTreeMap<SourcePath, Arc<Document>>;

/// The settings that affect how documents are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CheckOptions {
    /// Whether drafts, and records that still need a review, are part of the site.
    pub drafts: bool,
    /// Today, which decides whether pages with a future date or a past expiry are held back; `None` to hold none back.
    pub today: Option<Day>,
    /// Whether pages with a future date are part of the site.
    pub future: bool,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// The names of the existing page templates, as `name.html`.
    pub templates: BTreeSet<String>,
}

/// A checked value and the faults found in the process.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value, without anything that has a fault.
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
