//! Words: bare addresses in them, brackets that were meant to be something, characters that nobody sees.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, Parser};

use crate::diag::Code;
use crate::document::markdown::citation::{self, Brackets};
use crate::document::markdown::link;
use crate::document::markdown::writer::{Events, Writer};

/// How far to look for what a bracket was meant to be: there may be as many brackets as bytes.
pub(super) const FAR: usize = 200;

/// One text event among several that follow one another.
struct Part<'a> {
    text: CowStr<'a>,
    /// Where it is in the joined text.
    range: Range<usize>,
    /// Whether the joined text has it as it is to be shown, as against smart punctuation.
    is_verbatim: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn text(&mut self, text: CowStr<'a>, range: Range<usize>, events: &mut Events<'a>) {
        self.inspect(&text, &range);
        if self.is_in_link() || !may_hold_address(&text) {
            self.write_text(&text);
        } else {
            self.text_with_addresses(text, range, events);
        }
    }

    /// Writes text up to the next event of another kind, with links where bare addresses are.
    ///
    /// An address goes over several events: `--` and quotation marks have one of their own, as typographic
    /// characters, which an address must not have.
    fn text_with_addresses(
        &mut self,
        text: CowStr<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut joined = String::new();
        let mut parts = Vec::new();
        let mut next = Some((text, range));
        while let Some((text, range)) = next {
            let written = &self.source[range];
            let is_typographic = written != text.as_ref() && !written.starts_with('&');
            let start = joined.len();
            joined.push_str(if is_typographic { written } else { &text });
            parts.push(Part {
                text,
                range: start..joined.len(),
                is_verbatim: !is_typographic,
            });
            next = match events.next_if(|(event, _)| matches!(event, Event::Text(_))) {
                Some((Event::Text(text), range)) => {
                    self.inspect(&text, &range);
                    Some((text, range))
                }
                _ => None,
            };
        }
        self.write_addresses(&joined, &parts);
    }

    fn write_addresses(&mut self, joined: &str, parts: &[Part<'a>]) {
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url, LinkKind::Email]);
        let mut written = 0;
        let mut part = 0;
        for found in finder.links(joined) {
            let words = &joined[found.start()..found.end()];
            let address = match found.kind() {
                LinkKind::Email => format!("mailto:{words}"),
                _ => words.to_owned(),
            };
            let is_known = ["http://", "https://", "mailto:"].iter().any(|scheme| {
                let start = address.as_bytes().get(..scheme.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
            });
            if !is_known || link::destination(&address, false).is_err() {
                continue;
            }
            let scheme_before = match found.kind() {
                LinkKind::Email if joined[written..found.start()].ends_with("mailto:") => {
                    "mailto:".len()
                }
                _ => 0,
            };
            let start = found.start() - scheme_before;
            self.write_parts(joined, parts, written..start, &mut part);
            self.start_link(&address, "");
            self.write_text(&joined[start..found.end()]);
            self.output().html().push_str("</a>");
            written = found.end();
        }
        self.write_parts(joined, parts, written..joined.len(), &mut part);
    }

    /// Writes a range of the joined text as it is to be shown. `part` is the first one that may be in it.
    fn write_parts(
        &mut self,
        joined: &str,
        parts: &[Part<'a>],
        range: Range<usize>,
        part: &mut usize,
    ) {
        while let Some(current) = parts.get(*part) {
            let start = current.range.start.max(range.start);
            let end = current.range.end.min(range.end);
            if start < end && current.is_verbatim {
                self.write_text(&joined[start..end]);
            } else if start < end && start == current.range.start {
                self.write_text(&current.text);
            }
            if current.range.end > range.end {
                break;
            }
            *part += 1;
        }
    }

    /// Looks for faults in text: at brackets that the parser left there, and at character references.
    fn inspect(&mut self, text: &str, range: &Range<usize>) {
        let source = self.source;
        self.notice(text, range);
        match text {
            "[" | "![" if !is_escaped(source, range.start) => {
                self.brackets.push(self.n_citations);
                self.open_bracket(range);
            }
            "]" => self.close_bracket(range),
            // What the source itself holds has been found already.
            _ if source[range.clone()].starts_with('&') => self.check_reference(text, range),
            _ => {}
        }
    }

    fn close_bracket(&mut self, range: &Range<usize>) {
        let n_before = self.brackets.pop();
        let after = self.source[range.end..].strip_prefix('(');
        let (Some(n_before), Some(after)) = (n_before, after) else {
            return;
        };
        if n_before < self.n_citations {
            return self.fault(
                Code::BadValue,
                range.start..range.end + 1,
                "a citation can't stand in the words of a link; put it after the link",
            );
        }
        let near = &after[..after.floor_char_boundary(FAR)];
        let address = near.split([')', '\n', '<', '"']).next().unwrap_or_default();
        let is_meant = address.contains(".md") || address.contains("://");
        if is_meant && address.trim().contains(' ') {
            self.fault(
                Code::BadUrl,
                range.end + 1..range.end + 1 + address.len(),
                format!(
                    "`{address}` makes no link, since it holds a space; expected `{}`",
                    address.trim().replace(' ', "%20")
                ),
            );
        }
    }

    fn open_bracket(&mut self, range: &Range<usize>) {
        let after = &self.source[range.end..];
        if let Some(label) = after.strip_prefix('^') {
            let end = label.find(|c: char| c.is_whitespace() || "[]".contains(c));
            if let Some(end) = end.filter(|end| *end > 0 && label[*end..].starts_with(']')) {
                let label = &label[..end];
                self.broken_note(label, range.end - 1..range.end + label.len() + 2);
            }
        } else if let Some((message, length)) = citation::near_miss(after) {
            self.fault(Code::BadValue, range.end - 1..range.end + length, message);
        }
    }

    /// Refuses definitions of links that look like citations: they would make a link of every such citation.
    pub(super) fn check_definitions(&mut self, parser: &Parser<'a, Brackets<'a>>) {
        let mut definitions: Vec<(Range<usize>, String)> = parser
            .reference_definitions()
            .iter()
            .filter(|(label, _)| label.starts_with('@'))
            .map(|(label, definition)| (definition.span.clone(), label.to_owned()))
            .collect();
        definitions.sort_by_key(|(span, _)| span.start);
        for (span, label) in definitions {
            self.fault(
                Code::BadValue,
                span,
                format!(
                    "`[{label}]:` makes a link of what looks like a citation; expected a source in `sources:`, \
                     or words before the bracket"
                ),
            );
        }
    }
}

/// Whether there may be a bare address: `://` or `@`.
fn may_hold_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut marks = bytes.iter().enumerate();
    marks.any(|(index, byte)| match byte {
        b'@' => true,
        b':' => bytes[index..].starts_with(b"://"),
        _ => false,
    })
}

/// Whether a backslash makes the character at `start` plain.
fn is_escaped(source: &str, start: usize) -> bool {
    let before = source.as_bytes()[..start].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}
