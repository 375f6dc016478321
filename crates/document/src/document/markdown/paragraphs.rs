//! Finds the paragraphs of a page's prose as a writer would edit them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::citation::Brackets;
use super::masked::Masked;
use super::writer::syntax;
use super::{MarkdownOptions, Mode, line_feeds};

/// The paragraphs of a page's prose outside lists, quotations and tables, in order and without their final line breaks:
/// what a reader sees as running text. One that consists of a single picture or record isn't included.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::{MarkdownOptions, paragraphs};
///
/// let prose = "# One\n\nTwo\nlines.\n\n- a list\n\n![](figure:x)\n\nThree.\n";
/// let found = paragraphs(prose, MarkdownOptions::default());
/// let words: Vec<&str> = found.into_iter().map(|range| &prose[range]).collect();
/// assert_eq!(words, ["Two\nlines.", "Three."]);
/// ```
pub fn paragraphs(prose: &str, options: MarkdownOptions) -> Vec<Range<usize>> {
    let text = line_feeds(prose);
    let masked = Masked::new(&text);
    let parser = Parser::new_with_broken_link_callback(
        masked.text(),
        syntax(Mode::Page, options),
        Some(Brackets(&text)),
    );
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut n_inside = 0_usize;
    let mut is_image = false;
    for (event, range) in masked.events(parser) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                depth = 1;
                (n_inside, is_image) = (0, false);
            }
            Event::End(TagEnd::Paragraph) if depth == 1 => {
                depth = 0;
                if !(is_image && n_inside == 1) {
                    let length = prose[range.clone()].trim_end().len();
                    found.push(range.start..range.start + length);
                }
            }
            Event::Start(tag) => {
                if depth == 1 {
                    n_inside += 1;
                    is_image = matches!(tag, Tag::Image { .. });
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ if depth == 1 => n_inside += 1,
            _ => {}
        }
    }
    found
}
