//! Obsidian callouts: alerts with a title of their own, including kinds that GitHub doesn't have.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::masked::Events;
use crate::document::markdown::text::Words;

/// The class of each kind that Obsidian or GitHub defines; others become notes.
const CLASSES: [(&str, &[&str]); 5] = [
    (
        "note",
        &[
            "note", "abstract", "summary", "tldr", "info", "todo", "example", "quote", "cite",
        ],
    ),
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important"]),
    (
        "warning",
        &["warning", "attention", "question", "help", "faq"],
    ),
    (
        "caution",
        &[
            "caution", "danger", "error", "bug", "failure", "fail", "missing",
        ],
    ),
];

/// The open quotations, and the title that is being read.
#[derive(Debug, Default)]
pub(super) struct Callouts {
    /// Whether each open quotation is a callout, from the outermost.
    open: Vec<bool>,
    is_in_title: bool,
    /// How many inline elements are open in the title.
    depth: usize,
}

/// The start of an alert, up to its title.
pub(super) fn start(class: &str) -> String {
    format!("<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">")
}

impl Callouts {
    /// Starts a quotation of a kind that the parser doesn't know. Returns whether it is a callout, which is then
    /// written up to its title.
    pub(super) fn start<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        words: &mut Words,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) -> bool {
        let source = out.source();
        let marker = marker(&source[range.clone()]);
        let is_callout = marker.is_some()
            && events
                .next_if(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)))
                .is_some();
        self.open.push(is_callout);
        let Some((kind, length)) = marker.filter(|_| is_callout) else {
            return false;
        };
        out.block(&start(class(kind)));
        let end = range.start + length;
        while let Some((_, range)) =
            events.next_if(|(event, range)| matches!(event, Event::Text(_)) && range.start < end)
        {
            // The rest of a piece of text that begins with the marker.
            if range.end > end {
                words.plain(out, &source[end..range.end], end..range.end);
            }
        }
        if matches!(
            events.peek(),
            Some((Event::SoftBreak | Event::HardBreak | Event::End(_), _))
        ) && !has_title(source, end)
        {
            out.text(&capitalized(kind));
        }
        self.is_in_title = true;
        self.depth = 0;
        true
    }

    /// Ends a quotation; returns whether it was a callout.
    pub(super) fn end(&mut self) -> bool {
        self.open.pop().unwrap_or_default()
    }

    /// Ends the title at the end of its line, and starts the words below it; `false` if there is no title.
    pub(super) fn ends_title(&mut self, out: &mut HtmlWriter<'_>) -> bool {
        let ends = self.is_in_title && self.depth == 0;
        if ends {
            self.is_in_title = false;
            out.end_block("</p>\n");
            out.block("<p>");
        }
        ends
    }

    /// Records that a paragraph has ended, and the title with it.
    pub(super) fn leave_title(&mut self) {
        self.is_in_title = false;
    }

    pub(super) fn enter_inline(&mut self) {
        self.depth += 1;
    }

    pub(super) fn leave_inline(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// The kind in the marker at the start of a quotation, and where the title after it starts: `> [!tip]- Title`.
fn marker(quotation: &str) -> Option<(&str, usize)> {
    let inside = quotation.strip_prefix('>')?.trim_start_matches(' ');
    let start = quotation.len() - inside.len();
    let (kind, rest) = inside.strip_prefix("[!")?.split_once(']')?;
    let is_kind = !kind.is_empty()
        && kind.len() <= 30
        && kind
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    // `-` and `+` say whether it is folded.
    let title = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    let is_over = title.is_empty() || title.starts_with([' ', '\t', '\n', '\r']);
    let end = start + "[!".len() + kind.len() + "]".len() + (rest.len() - title.len());
    let spaces = title.len() - title.trim_start_matches([' ', '\t']).len();
    (is_kind && is_over).then_some((kind, end + spaces))
}

fn has_title(source: &str, end: usize) -> bool {
    let line = source[end..].lines().next().unwrap_or_default();
    !line.trim().is_empty()
}

fn class(kind: &str) -> &'static str {
    let kind = kind.to_ascii_lowercase();
    let found = CLASSES
        .iter()
        .find(|(_, kinds)| kinds.contains(&kind.as_str()));
    found.map_or("note", |(class, _)| class)
}

fn capitalized(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    format!(
        "{}{}",
        first.to_ascii_uppercase(),
        rest.to_ascii_lowercase().replace(['-', '_'], " ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_ends_where_the_title_starts() {
        for (quotation, expected) in [
            ("> [!tip] Bring water\n> x", Some(("tip", 9))),
            (">[!INFO]-\n> x", Some(("INFO", 9))),
            ("> [!quote]+ Said\n", Some(("quote", 12))),
            ("> [!x]: https://example.org", None),
            ("> [!] x", None),
            ("> [!two words] x", None),
            ("> [sic] x", None),
        ] {
            assert_eq!(marker(quotation), expected, "{quotation}");
        }
    }
}
