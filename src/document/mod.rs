//! What does one file say?
//!
//! A [`Document`] depends on its own bytes alone: no other file is looked at, so a document may be kept
//! for as long as its bytes don't change. Ids, links and dates are as they were typed; `check` judges them.
//! Start with [`parse`].

mod body;
mod front_matter;
mod highlight;
mod ids;
mod locate;
mod markdown;
pub mod schema;

use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Span};
use crate::project::{ContentHash, SourcePath};

pub use body::{Body, RawCitation, RawSegment, Target};
pub use front_matter::{
    FrontMatter, RawCorrection, RawEvent, RawFigure, RawPerson, RawPoint, RawReaction, RawSource,
    RawSourceRef, RawSources, RawTerm, Words,
};
pub use ids::{RecordName, record_names};
pub use locate::{FieldPath, Step, Tree};
pub use markdown::{MarkdownFault, MarkdownOptions, fragment, inline};

/// One Markdown file, parsed.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// Its front matter; `None` if that has faults, which are in `faults`.
    pub front_matter: Option<FrontMatter>,
    /// Its prose.
    pub body: Body,
    /// What is wrong with the file by itself.
    pub faults: Vec<Diagnostic>,
    text: Arc<str>,
    yaml: std::ops::Range<usize>,
}

/// Parses one Markdown file.
pub fn parse(
    path: &SourcePath,
    bytes: &[u8],
    hash: ContentHash,
    options: MarkdownOptions,
) -> Document {
    let _ = (path, bytes, hash, options);
    todo!()
}

impl Document {
    /// Where a field of the front matter is. Parses the YAML once more, so it is for faults only.
    ///
    /// Falls back to the nearest field around it that exists, then to the front matter's first line.
    pub fn place(&self, path: &FieldPath) -> Place {
        let _ = path;
        todo!()
    }

    /// Where the key of a field is, as against its value.
    pub fn place_of_key(&self, path: &FieldPath) -> Place {
        let _ = path;
        todo!()
    }

    /// The ids in this file that links can lead to: headings, footnotes and records, in that order.
    pub fn anchors(&self) -> Vec<String> {
        let headings = self.body.headings.iter().map(|heading| heading.id.clone());
        let notes = self.body.anchors.iter().cloned();
        let names = self.front_matter.as_ref().map(record_names);
        let records = names.unwrap_or_default().into_iter().map(|name| name.id);
        headings.chain(notes).chain(records).collect()
    }

    /// A range of this file.
    pub fn at(&self, span: Span) -> Place {
        Place::new(&self.path, span)
    }
}
