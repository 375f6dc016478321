//! What does a piece of Markdown say?
//!
//! The only user of the Markdown parser. Turns its events into a [`Body`]: HTML in which places of the site,
//! records and citations are still as they were typed, for `check` to resolve. Looks at nothing but the text
//! it is given, and never recurses over nesting, so that no text can overflow the stack.
//! Start with [`page`]; `writer` walks over the events and hands each to the part that knows what to make of it; the parts
//! write to an `HtmlWriter`. `assembly` numbers what only the whole text tells.
//!
//! # What is read
//!
//! CommonMark with tables, footnotes, task lists, strikethrough, definition lists, alerts (`> [!NOTE]`), smart
//! punctuation, bare addresses as links and `{#id}` after a heading, and:
//!
//! | written | read as |
//! |---|---|
//! | `[@newsweek, para 4; @times]` | a citation; `\[@newsweek]` stays text |
//! | `[words](figure:arrests)`, `[](figure:arrests)` | a link to a record, with its own words if there are none |
//! | `![](figure:arrests)` alone in its paragraph | the record itself |
//! | `[words](timeline.md#colombia)`, `[words](#colombia)` | a link to a file of the project, to a place on the page |
//! | `![alt](photo.jpg "Caption")` alone in its paragraph | a figure with a caption |
//! | `![](line.svg "decorative")` | a picture that says nothing, for which no alternative text is asked |
//!
//! # What is refused
//!
//! Raw HTML is shown as text, and HTML comments, which writers use for notes, are dropped. Links lead to `http`,
//! `https`, `mailto`, `tel`, or into the project. A picture from another host is refused, since that host would
//! learn of every reader. With `markdown.unsafe_html`, HTML, heading attributes and all addresses go through;
//! comments are dropped even then.
//!
//! # What a theme can count on
//!
//! Nothing has a `style` attribute. Classes: `table` (the region around a table), `align-left`, `align-center` and
//! `align-right` (its cells), `alert` with `alert-note`, `alert-tip`, `alert-important`, `alert-warning` or
//! `alert-caution`, `alert-title`, `anchor` (a heading's link to itself), `footnotes`, `footnote-ref`,
//! `footnote-back`, and `code` (a code block; the classes in it are those of `highlight`).
//!
//! # Design
//!
//! *Why not pulldown-cmark's own HTML writer?* Footnotes, tables, images, headings, code and links are all written
//! in another way here; what would be left to it is less than the code that hands it over.
//!
//! *How are citations found?* They have the form of shortcut references (`[label]`), which the parser offers
//! to a callback when no definition fits. So code, escapes, tables and line breaks are its business, not ours.

mod assembly;
mod callout;
mod citation;
mod code;
pub(super) mod escape;
mod heading;
mod hidden;
mod html_writer;
mod ids;
mod image;
mod leftovers;
mod link;
mod masked;
mod numbers;
mod phrases;
mod pieces;
mod plain;
mod raw_html;
mod reference;
mod shortcode;
mod table;
mod text;
mod words;
mod writer;

use std::borrow::Cow;

use crate::diag::{Code, Span};
use crate::document::Body;

pub use plain::plain_text;

/// How Markdown is read; from `markdown:` in `site.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Whether raw HTML goes through (`markdown.unsafe_html`).
    pub unsafe_html: bool,
    /// Whether quotation marks, dashes and dots become typographic ones (`markdown.smart`); by default they do.
    pub smart: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            unsafe_html: false,
            smart: true,
        }
    }
}

/// Where the Markdown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// A page's prose.
    Page,
    /// A record's field.
    Fragment,
    /// One line, given as the content of a heading.
    Inline,
}

/// A fault in Markdown, with its range in the text that was parsed.
pub type MarkdownFault = (Code, Span, String);

/// Parses a page's prose. `taken` are ids that headings must not use: those of the page's records.
///
/// Faults are in the order of their places.
pub(super) fn page(
    text: &str,
    options: MarkdownOptions,
    taken: &[String],
) -> (Body, Vec<MarkdownFault>) {
    let text = line_feeds(text);
    writer::read(&text, options, Mode::Page, taken)
}

/// Parses the Markdown of a record's field: blocks, but no headings, footnotes or embedded records.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{MarkdownOptions, RawSegment, fragment};
///
/// let (body, faults) = fragment("It was *not* expected.", MarkdownOptions::default());
/// assert_eq!(body.segments, [RawSegment::Html("<p>It was <em>not</em> expected.</p>\n".to_owned())]);
/// assert_eq!(body.n_words, 4);
/// assert!(faults.is_empty());
/// ```
pub fn fragment(text: &str, options: MarkdownOptions) -> (Body, Vec<MarkdownFault>) {
    let text = line_feeds(text);
    writer::read(&text, options, Mode::Fragment, &[])
}

/// Parses one line of Markdown, such as a key point, without a paragraph around it.
///
/// Nothing in it starts a block: `1. May` and `# 1` are words. Line breaks count as spaces.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{MarkdownOptions, RawSegment, inline};
///
/// let (body, _) = inline("2025. A year of **firsts**", MarkdownOptions::default());
/// assert_eq!(body.segments, [RawSegment::Html("2025. A year of <strong>firsts</strong>".to_owned())]);
/// ```
pub fn inline(text: &str, options: MarkdownOptions) -> (Body, Vec<MarkdownFault>) {
    // The content of a heading is the one place where CommonMark looks for no blocks. The closing `#` is ours,
    // so that one of the writer's stays.
    let line = format!("{HEADING_START}{} #", text.replace(['\n', '\r'], " "));
    let (mut body, mut faults) = writer::read(&line, options, Mode::Inline, &[]);
    let unshift = |span: &mut Span| {
        let cut = |offset: u32| (offset as usize).saturating_sub(HEADING_START.len());
        *span = Span::new(
            cut(span.start).min(text.len()),
            cut(span.end).min(text.len()),
        );
    };
    body.spans_mut().for_each(unshift);
    faults.iter_mut().map(|(_, span, _)| span).for_each(unshift);
    (body, faults)
}

const HEADING_START: &str = "# ";

/// The text with a line feed for each carriage return that stands alone, which the parser takes for the end
/// of a line in some places only. Offsets stay as they are.
fn line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_alone = text
        .match_indices('\r')
        .any(|(index, _)| bytes.get(index + 1) != Some(&b'\n'));
    if !is_alone {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text
        .split("\r\n")
        .map(|line| line.replace('\r', "\n"))
        .collect();
    Cow::Owned(lines.join("\r\n"))
}

#[cfg(test)]
mod tests;
