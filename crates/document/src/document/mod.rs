//! Reads what one file says.
//!
//! A [`Document`] depends on its own bytes alone: no other file is consulted, so a document can be kept for as long as
//! its bytes don't change. Ids, links and dates are kept as written; `check` judges them. The fields of a page are read
//! at once, because its name and address depend on them; its records and its prose are read when they are first needed.
//! A fault invalidates the value that has it, and nothing around it. Start with [`parse`].

mod body;
mod decode;
mod edit;
mod fences;
mod foreign_path;
mod header;
mod highlight;
mod ids;
mod lines;
mod locate;
mod markdown;
mod meant;
mod parts;
mod reader;
pub mod schema;
mod script;
mod syntax;
mod translation;
mod tree;
mod unknown;
mod written;
mod yaml;

#[cfg(test)]
mod parts_tests;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diag::{Diagnostic, Place, Span};
use crate::model::RecordKind;
use crate::project::{ContentHash, SourcePath};

pub use body::{Body, RawCitation, RawNumber, RawSegment, Target};
pub use decode::decode;
pub use edit::{Edit, EditFault, Value, edited, written_values};
pub use ids::{RecordName, record_names};
pub use locate::{Entry, FieldPath, Node, Step, Tree};
pub use markdown::{MarkdownFault, MarkdownOptions, fragment, inline, paragraphs, plain_text};
pub use meant::{
    MeantDate, MeantNumber, dates as meant_dates, numbers as meant_numbers, range as meant_range,
};
pub use reader::{Named, Notes, RawSources, Refs, Switch, Words};
pub use schema::{
    FrontMatter, Lists, RawAccount, RawEvent, RawFigure, RawImage, RawNotice, RawPerson, RawPoint,
    RawQuestion, RawReaction, RawSource, RawSourceRef, RawTerm, RawUnbound,
};
pub use schema::{
    RawColors, RawConfig, RawFooterLink, RawLanguage, RawMenuItem, RawMenuLink, RawPolicy,
};
pub use written::{WrittenPage, as_written};
pub use yaml::{Format, Yaml};

use header::Records;
use translation::Original;

/// One Markdown file, parsed.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// The file that it would be without a language in its name: `content/timeline.md` of `content/timeline.es.md`. A
    /// page and its translations have the same.
    pub key: SourcePath,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// The fields of the page itself; `None` if there is no front matter or it isn't readable as YAML.
    pub front_matter: Option<FrontMatter>,
    /// The names of the lists of records that aren't empty.
    held: Vec<&'static str>,
    /// The records, and what is wrong above the prose.
    records: OnceLock<Records>,
    /// Its bytes, shared with the snapshot; empty if they aren't text.
    bytes: Arc<[u8]>,
    yaml: Range<usize>,
    /// Where the prose starts; `None` if that can't be determined.
    start: Option<usize>,
    options: MarkdownOptions,
    prose: OnceLock<Prose>,
    /// What it is a translation of.
    original: Option<Original>,
    /// The places of everything in the front matter. Computed when a place is first needed, because most documents have
    /// no faults, and then kept, because a document may have thousands.
    tree: OnceLock<Option<Tree>>,
}

/// What is below the front matter.
#[derive(Clone, Debug, Default)]
struct Prose {
    body: Body,
    faults: Vec<Diagnostic>,
}

/// Parses one Markdown file.
///
/// Never fails: [`Document::faults`] lists what is wrong, and what can't be read is left empty.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{MarkdownOptions, parse};
/// use nutgraf_project::project::{ContentHash, SourcePath};
///
/// let bytes = b"---\ntitle: Timeline\ntgas: [border]\n---\n".as_slice().into();
/// let path = SourcePath::new("content/timeline.md");
/// let document = parse(&path, &bytes, ContentHash::of(&bytes), MarkdownOptions::default());
/// let fault = document.faults().next().unwrap();
/// assert_eq!(fault.message, "`tgas` isn't a field of front matter");
/// assert_eq!(fault.help.as_deref(), Some("did you mean `tags`?"));
/// ```
pub fn parse(
    path: &SourcePath,
    bytes: &Arc<[u8]>,
    hash: ContentHash,
    options: MarkdownOptions,
) -> Document {
    let (text, header) = match decode(path, bytes) {
        Ok(text) => (bytes.clone(), header::read(path, text)),
        Err(fault) => (Arc::default(), header::undecoded(*fault)),
    };
    Document {
        key: path.clone(),
        path: path.clone(),
        original: None,
        hash,
        front_matter: header.front_matter,
        held: header.held,
        records: header.records.map(OnceLock::from).unwrap_or_default(),
        bytes: text,
        yaml: header.yaml,
        start: header.body,
        options,
        prose: OnceLock::new(),
        tree: OnceLock::new(),
    }
}

/// The ids of a page's records, which no heading may use as well.
fn record_ids(lists: &Lists) -> Vec<String> {
    let names = record_names(lists).into_iter();
    names
        .map(|name| name.id)
        .filter(|id| !id.is_empty())
        .collect()
}

impl Document {
    /// Its prose; empty if its start can't be determined.
    pub fn body(&self) -> &Body {
        &self.prose().body
    }

    /// The records as written, without values that have faults; `None` if there is no front matter or it isn't readable
    /// as YAML.
    ///
    /// Of a translation they are made whole by those of its original.
    pub fn lists(&self) -> Option<&Lists> {
        let own = self.read_records().lists.as_ref()?;
        match &self.original {
            Some(original) => Some(original.lists(self, own)),
            None => Some(own),
        }
    }

    /// Whether there may be records that [`Document::lists`] omits because they can't be read.
    pub fn may_hide_records(&self) -> bool {
        self.lists().is_none_or(Lists::may_hide_records)
    }

    /// Whether there are records of a kind, valid or not. Doesn't read any of them.
    pub fn holds(&self, kind: RecordKind) -> bool {
        self.held.contains(&kind.list())
    }

    /// Whether there are corrections or updates, valid or not. Doesn't read any of them.
    pub fn holds_notices(&self) -> bool {
        ["corrections", "updates"]
            .iter()
            .any(|list| self.held.contains(list))
    }

    /// Whether there are records of any kind, corrections or updates, valid or not. Doesn't read any of them.
    pub fn holds_any(&self) -> bool {
        !self.held.is_empty()
    }

    /// The faults of the file by itself: those of its front matter, then those of its prose.
    pub fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        let differing = match &self.original {
            Some(original) => original.faults(self),
            None => &[],
        };
        let above = self.read_records().faults.iter();
        let above = above.filter(|fault| !self.is_said_by_original(fault));
        above.chain(differing).chain(&self.prose().faults)
    }

    fn read_records(&self) -> &Records {
        self.records
            .get_or_init(|| header::read_whole(&self.front()).1)
    }

    fn front(&self) -> Yaml<'_> {
        header::page_yaml(&self.path, self.text(), self.yaml.clone())
    }

    /// The whole text; empty if the file isn't text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// Where the prose starts; `None` if that can't be determined.
    pub fn prose_start(&self) -> Option<usize> {
        self.start
    }

    /// The front matter as a tree of values with their places in the file; `None` if it isn't YAML.
    pub fn tree(&self) -> Option<&Tree> {
        self.tree.get_or_init(|| self.front().tree()).as_ref()
    }

    /// The text of the file at a place; empty for the file as a whole.
    pub fn excerpt(&self, place: &Place) -> &str {
        let span = place.span;
        let text = span.and_then(|span| self.text().get(span.start as usize..span.end as usize));
        text.unwrap_or_default()
    }

    fn prose(&self) -> &Prose {
        self.prose
            .get_or_init(|| self.read_prose().unwrap_or_default())
    }

    fn read_prose(&self) -> Option<Prose> {
        let start = self.start?;
        let taken = self.lists().map(record_ids).unwrap_or_default();
        let (mut body, faults) = markdown::page(&self.text()[start..], self.options, &taken);
        body.spans_mut()
            .for_each(|span| *span = span.shifted(start));
        let faults = faults.into_iter().map(|(code, span, message)| {
            Diagnostic::new(code, self.at(span.shifted(start)), message)
        });
        Some(Prose {
            body,
            faults: faults.collect(),
        })
    }

    /// The place of a field in the front matter: its value, or its key if the value is empty.
    ///
    /// Falls back to the nearest existing field around it, then to the first line of the front matter. The first call
    /// parses the YAML again, so use it for faults only.
    pub fn place(&self, path: &FieldPath) -> Place {
        self.find(path, |found| found.value)
    }

    /// The place of a field's key, as opposed to its value. Falls back like [`Document::place`].
    pub fn place_of_key(&self, path: &FieldPath) -> Place {
        self.find(path, |found| found.key)
    }

    fn find(&self, path: &FieldPath, part: fn(locate::Found) -> Range<usize>) -> Place {
        if let Some(original) = &self.original {
            return original.find(self, path, part);
        }
        self.find_here(path, part)
    }

    fn find_here(&self, path: &FieldPath, part: fn(locate::Found) -> Range<usize>) -> Place {
        let found = self.tree().and_then(|tree| tree.find(path)).map(part);
        let yaml = self.front();
        yaml.at(found.unwrap_or_else(|| yaml.first_line()))
    }

    /// The ids in this file that links can lead to: headings, footnotes and records, in that order. Records are missing
    /// if [`Document::lists`] is `None`.
    pub fn anchors(&self) -> Vec<String> {
        let headings = self
            .body()
            .headings
            .iter()
            .map(|heading| heading.id.clone());
        let notes = self.body().anchors.iter().cloned();
        let names = self.lists().map(record_names);
        let records = names.unwrap_or_default().into_iter().map(|name| name.id);
        headings.chain(notes).chain(records).collect()
    }

    /// The records defined in this file, by kind and id.
    pub fn records(&self) -> Vec<(RecordKind, Arc<str>)> {
        let names = self.lists().map(record_names);
        let names = names.unwrap_or_default().into_iter();
        names.map(|name| (name.kind, Arc::from(name.id))).collect()
    }

    /// A place in this file.
    pub fn at(&self, span: Span) -> Place {
        Place::new(&self.path, span)
    }
}
