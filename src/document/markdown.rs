//! Markdown to [`Body`]: the only user of the Markdown parser.

use crate::diag::{Code, Span};
use crate::document::Body;

/// How Markdown is read; from `markdown:` in `site.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct MarkdownOptions {
    /// Whether raw HTML goes through (`markdown.unsafe_html`).
    pub unsafe_html: bool,
}

/// A fault in Markdown, with its range in the text that was parsed.
pub type MarkdownFault = (Code, Span, String);

/// Parses a page's prose. `taken` are ids that headings must not use: those of the page's records.
pub(super) fn page(
    text: &str,
    options: MarkdownOptions,
    taken: &[String],
) -> (Body, Vec<MarkdownFault>) {
    let _ = (text, options, taken);
    todo!()
}

/// Parses the Markdown of a record's field: blocks, but no headings and no embedded records.
pub fn fragment(text: &str, options: MarkdownOptions) -> (Body, Vec<MarkdownFault>) {
    let _ = (text, options);
    todo!()
}

/// Parses one line of Markdown, such as a key point, without a paragraph around it.
pub fn inline(text: &str, options: MarkdownOptions) -> (Body, Vec<MarkdownFault>) {
    let _ = (text, options);
    todo!()
}
