//! HTML in Markdown: shown as text, unless the site allows it.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::diag::Code;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::masked::Events;

const COMMENT: &str = "<!--";
const COMMENT_END: &str = "-->";

/// Elements whose content isn't HTML, so that `<!--` doesn't start a comment there.
const TEXT_ELEMENTS: [&str; 4] = ["<script", "<style", "<pre", "<textarea"];

/// The fault for raw HTML in a block of prose, which each further tag extends.
#[derive(Debug, Default)]
pub(super) struct RawHtml {
    /// Its block, and its index among the faults.
    last: Option<(usize, usize)>,
}

impl RawHtml {
    /// Writes an inline tag.
    pub(super) fn inline(&mut self, out: &mut HtmlWriter<'_>, html: &str, range: Range<usize>) {
        if html.starts_with(COMMENT) {
            return;
        }
        if out.unsafe_html() {
            out.html().push_str(html);
        } else {
            self.report(out, range);
            out.text(html);
        }
    }

    /// Reads and writes a block of HTML.
    pub(super) fn block<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut block = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Html(html) | Event::Text(html) => block.push_str(&html),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        let end = range.start + out.source()[range.clone()].trim_end().len();
        let range = range.start..end;
        let (shown, is_closed) = without_comments(&block);
        out.leave_block();
        if !is_closed {
            out.fault(
                Code::RawHtml,
                range,
                "a comment that is never closed hides all that follows; expected `-->` after it",
            );
        } else if shown.trim().is_empty() {
            return;
        } else if out.unsafe_html() {
            out.start_line();
            out.html().push_str(&shown);
            return;
        } else {
            self.report(out, range);
        }
        out.block("<p>");
        out.text(shown.trim());
        out.end_block("</p>\n");
    }

    /// Records raw HTML: one fault per block, from its first tag to its last.
    fn report(&mut self, out: &mut HtmlWriter<'_>, range: Range<usize>) {
        let block = out.block_number();
        match self.last {
            Some((same, index)) if same == block => out.lengthen_fault(index, range.end),
            _ => {
                let message = "raw HTML is shown as text; expected Markdown, or `unsafe_html: true` under `markdown:` in `site.yaml`";
                self.last = Some((block, out.n_faults()));
                out.fault(Code::RawHtml, range, message);
            }
        }
    }
}

/// The block without its comments, and whether the last of them is closed.
fn without_comments(block: &str) -> (Cow<'_, str>, bool) {
    let start = block.trim_start();
    let is_text = TEXT_ELEMENTS.iter().any(|element| {
        let start = start.as_bytes().get(..element.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(element.as_bytes()))
    });
    if is_text || !block.contains(COMMENT) {
        return (Cow::Borrowed(block), true);
    }
    let mut kept = String::new();
    let mut rest = block;
    while let Some((before, comment)) = rest.split_once(COMMENT) {
        kept.push_str(before);
        // `<!-->` and `<!--->` are complete comments.
        let short = ["->", ">"].iter().find_map(|end| comment.strip_prefix(end));
        match short.or(comment.split_once(COMMENT_END).map(|(_, after)| after)) {
            Some(after) => rest = after,
            None => {
                kept.push_str(&rest[before.len()..]);
                return (Cow::Owned(kept), false);
            }
        }
    }
    kept.push_str(rest);
    (Cow::Owned(kept), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_cut_out_where_they_are_comments() {
        for (block, expected, is_closed) in [
            ("<!-- a -->\n", "\n", true),
            ("a<!-- b -->c<!---->d<!-->e", "acde", true),
            ("<b><!-- a", "<b><!-- a", false),
            (
                "<script><!-- a --></script>",
                "<script><!-- a --></script>",
                true,
            ),
            ("<p>\n", "<p>\n", true),
        ] {
            let (shown, closed) = without_comments(block);
            assert_eq!((shown.as_ref(), closed), (expected, is_closed), "{block}");
        }
    }
}
