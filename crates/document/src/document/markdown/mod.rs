//! Reads Markdown.
//!
//! This is the only user of the Markdown parser. It turns the parser's events into a [`Body`]: HTML in which places on
//! the site, records and citations are still as written, for `check` to resolve. It looks at nothing but the given
//! text, and never recurses over nesting, so that no text can overflow the stack. Start with [`page`]; `writer` walks
//! over the events and passes each to the part that handles it; the parts write to an `HtmlWriter`. `assembly` fills in
//! what only the whole text tells, such as the numbers of footnotes.
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
//! | several pictures alone in a paragraph | a gallery |
//! | `![alt](film.mp4){subtitles="film.vtt"}` alone in its paragraph | a recording |
//! | `![](line.svg "decorative")` | a decorative picture, which needs no alternative text |
//!
//! # What is refused
//!
//! Raw HTML is shown as text, and HTML comments, which writers use for notes, are dropped. Links lead to `http`,
//! `https`, `mailto` or `tel`, or into the project. A picture from another host is refused, because that host would
//! learn about every reader. With `markdown.unsafe_html`, HTML, heading attributes and all addresses are passed
//! through; comments are dropped even then.
//!
//! # What a theme can rely on
//!
//! Nothing has a `style` attribute. Classes: `table` (the region around a table), `align-left`, `align-center` and
//! `align-right` (its cells), `alert` with `alert-note`, `alert-tip`, `alert-important`, `alert-warning` or
//! `alert-caution`, `alert-title`, `anchor` (a heading's link to itself), `footnotes`, `footnote-ref`,
//! `footnote-back`, `gallery`, `compare` (with `sides`, the choice, and `both`, the two pictures), `recording`, and `code` (a code
//! block; the classes in it are those of `highlight`).
//!
//! # Design
//!
//! *Why not pulldown-cmark's own HTML writer?* Footnotes, tables, images, headings, code and links are all written
//! differently here; the code to hand over the rest would be longer than what is left.
//!
//! *How are citations found?* They have the form of shortcut references (`[label]`), which the parser passes to a
//! callback when no definition matches. So the parser takes care of code, escapes, tables and line breaks.

mod assembly;
mod callout;
mod citation;
mod code;
pub(super) mod escape;
mod gallery;
mod heading;
mod hidden;
mod html_writer;
mod ids;
mod image;
mod leftovers;
mod link;
mod masked;
mod numbers;
mod paragraphs;
mod phrases;
mod pieces;
mod plain;
mod raw_html;
mod recording;
mod reference;
mod shortcode;
mod table;
mod text;
mod words;
mod writer;

use std::borrow::Cow;

use crate::diag::{Code, Span};
use crate::document::Body;

pub use paragraphs::paragraphs;
pub use plain::plain_text;

/// How to read Markdown; from `markdown:` in `site.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Whether raw HTML is passed through (`markdown.unsafe_html`).
    pub unsafe_html: bool,
    /// Whether straight quotation marks, hyphens and dots become typographic ones (`markdown.smart`); true by default.
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

/// Where the Markdown comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// A page's prose.
    Page,
    /// A record's field.
    Fragment,
    /// A single line, parsed as the content of a heading.
    Inline,
}

/// A fault in Markdown, with its range in the text that was parsed.
pub type MarkdownFault = (Code, Span, String);

/// Parses a page's prose. `taken` are ids that headings must not use: those of the page's records.
///
/// Faults are in the order of the text.
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
    // The content of a heading is the only place where CommonMark doesn't look for blocks. We add a closing `#`, so
    // that one by the writer is kept.
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

/// The text with a line feed in place of each lone carriage return, which the parser treats as a line end only in some
/// places. Offsets stay the same.
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
