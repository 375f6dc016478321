//! Prose as written: HTML with unresolved references.

use crate::diag::Span;
use crate::model::{Heading, RecordKind};

/// The prose of a page or of one field of a record.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The pieces in reading order. HTML may open in one piece and close in another.
    pub segments: Vec<RawSegment>,
    /// The headings, in order. Their ids are unique in the document and differ from those of its records.
    pub headings: Vec<Heading>,
    /// Ids of other elements that can be linked to: footnotes.
    pub anchors: Vec<String>,
    /// The number of words, for the reading time.
    pub n_words: usize,
    /// Numbers that may be facts and are neither in a link nor in a quotation, in order.
    pub numbers: Vec<RawNumber>,
    /// The number of quotations.
    pub n_quotations: usize,
}

/// A number in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawNumber {
    /// As written, including a percent sign.
    pub words: String,
    /// Its place.
    pub span: Span,
}

impl Body {
    /// All spans, for shifting them, as from a page's prose to its file.
    pub fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let numbers = self.numbers.iter_mut().map(|number| &mut number.span);
        let segments = self.segments.iter_mut();
        segments.flat_map(RawSegment::spans_mut).chain(numbers)
    }
}

/// A piece of a [`Body`]. Spans are in the text that was parsed; for a page, in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawSegment {
    /// HTML that is the same on every page.
    Html(String),
    /// `<a href="…">` to another place on the site; the closing tag is in later HTML.
    LinkStart(Target, Span),
    /// The address of a file, inside a `src` attribute in the HTML around it.
    Address(Target, Span),
    /// The record's own words, for a reference without any: `[](figure:arrests)`. Comes between the link's start and
    /// its closing tag.
    Words(RecordKind, String, Span),
    /// `[@newsweek, para 4; @times]`.
    Cite(Vec<RawCitation>),
    /// `![](figure:arrests)` as a paragraph of its own.
    Embed(RecordKind, String, Span),
}

impl RawSegment {
    fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let (one, cited) = match self {
            Self::Html(_) => (None, None),
            Self::LinkStart(_, span)
            | Self::Address(_, span)
            | Self::Words(_, _, span)
            | Self::Embed(_, _, span) => (Some(span), None),
            Self::Cite(citations) => (None, Some(citations)),
        };
        let cited = cited.into_iter().flatten();
        one.into_iter()
            .chain(cited.map(|citation| &mut citation.span))
    }
}

/// Where a reference leads, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file of the project, relative to this one: `timeline.md`, `../photo.jpg`; percent-decoded.
    File {
        /// The path as written, without the fragment.
        path: String,
        /// What follows `#`.
        fragment: Option<String>,
    },
    /// A place on this page: `#colombia`.
    Fragment(String),
    /// `figure:arrests`.
    Record(RecordKind, String),
}

/// One source of a citation, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCitation {
    /// The source's id.
    pub id: String,
    /// What follows the comma: `para 4`.
    pub locator: Option<String>,
    /// Its place.
    pub span: Span,
}
