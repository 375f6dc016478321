//! Words: bare addresses in them, brackets that were meant to be something, invisible characters.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event};

use crate::diag::Code;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::leftovers::Shown;
use crate::document::markdown::masked::Events;
use crate::document::markdown::numbers::{Noticed, Piece};
use crate::document::markdown::reference::{Links, start_link};
use crate::document::markdown::{assembly, citation, hidden, link};

/// How many bytes to search for what a bracket was meant to be: there may be as many brackets as bytes, and no
/// reference is longer.
pub(super) const FAR: usize = 200;

/// How a bare address may start.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// One of several consecutive text events.
struct Part<'a> {
    text: CowStr<'a>,
    /// Where it is in the joined text.
    range: Range<usize>,
    /// Whether it is shown as in the joined text, as opposed to smart punctuation.
    is_verbatim: bool,
}

/// An open plain `[`.
#[derive(Debug)]
struct Bracket {
    /// How many citations precede it.
    n_citations: usize,
    /// Whether it is the start of a picture: `![`.
    is_picture: bool,
}

/// What is known about the words so far.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The open plain brackets in a block, and the block.
    brackets: (usize, Vec<Bracket>),
    noticed: Noticed,
    shown: Shown,
}

impl Words {
    /// Starts a block quotation.
    pub(super) fn start_quotation(&mut self) {
        self.noticed.start_quotation();
    }

    /// Ends it.
    pub(super) fn end_quotation(&mut self) {
        self.noticed.end_quotation();
    }

    /// Reports what readers shouldn't see; returns what was noticed.
    pub(super) fn finish(self, out: &mut HtmlWriter<'_>) -> Noticed {
        self.shown.check(out);
        self.noticed
    }

    /// Writes text.
    pub(super) fn text<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        links: &mut Links,
        text: CowStr<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        self.inspect(out, links, &text, &range);
        if links.is_open() || !may_hold_address(&text) {
            out.text(&text);
        } else {
            self.with_addresses(out, links, text, range, events);
        }
    }

    /// Writes text without looking for addresses.
    pub(super) fn plain(&mut self, out: &mut HtmlWriter<'_>, text: &str, range: Range<usize>) {
        self.inspect(out, &Links::default(), text, &range);
        out.text(text);
    }

    /// Writes text up to the next event of another kind, with bare addresses as links.
    ///
    /// An address can span several events: `--` and quotation marks are separate events with typographic characters,
    /// which must not get into an address.
    fn with_addresses<'a>(
        &mut self,
        out: &mut HtmlWriter<'a>,
        links: &Links,
        text: CowStr<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut joined = String::new();
        let mut parts = Vec::new();
        let mut next = Some((text, range));
        while let Some((text, range)) = next {
            let written = &out.source()[range];
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
                    self.inspect(out, links, &text, &range);
                    Some((text, range))
                }
                _ => None,
            };
        }
        write_addresses(out, &joined, &parts);
    }

    /// Looks for faults in text: at brackets that the parser left, and at character references.
    fn inspect(
        &mut self,
        out: &mut HtmlWriter<'_>,
        links: &Links,
        text: &str,
        range: &Range<usize>,
    ) {
        let source = out.source();
        let block = out.block_number();
        self.shown.add(range);
        let piece = Piece {
            text,
            range,
            block,
            is_bound: links.is_open() || out.has_caption(),
        };
        self.noticed.notice(source, &piece);
        if self.brackets.0 != block {
            self.brackets = (block, Vec::new());
        }
        match text {
            "[" | "![" if !is_escaped(source, range.start) => {
                self.brackets.1.push(Bracket {
                    n_citations: links.n_citations(),
                    is_picture: text == "![" || source[..range.start].ends_with('!'),
                });
                open_bracket(out, range);
            }
            "]" => {
                if let Some(bracket) = self.brackets.1.pop() {
                    close_bracket(out, &bracket, links.n_citations(), range);
                }
            }
            // What is in the source itself has already been found.
            _ if source[range.clone()].starts_with('&') => {
                if let Some(message) = hidden::reference_fault(text) {
                    out.fault(Code::HiddenCharacter, range.clone(), message);
                }
            }
            _ => {}
        }
    }
}

/// Writes text with bare addresses as links: those with a scheme, and those that start with `www.` (GFM).
fn write_addresses(out: &mut HtmlWriter<'_>, joined: &str, parts: &[Part<'_>]) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    finder.url_must_have_scheme(false);
    let mut written = 0;
    let mut part = 0;
    for found in finder.links(joined) {
        let end = found.start()
            + without_reference(&joined[found.start()..], found.end() - found.start());
        let words = &joined[found.start()..end];
        let address = match found.kind() {
            LinkKind::Email => format!("mailto:{words}"),
            _ if starts_with(words, "www.") => format!("https://{words}"),
            _ => words.to_owned(),
        };
        let is_known = SCHEMES.iter().any(|scheme| starts_with(&address, scheme));
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
        write_parts(out, joined, parts, written..start, &mut part);
        start_link(out, &address, "");
        out.text(&joined[start..end]);
        out.html().push_str("</a>");
        written = end;
    }
    write_parts(out, joined, parts, written..joined.len(), &mut part);
}

/// Where an address at the start of a text ends without what looks like a character reference, `&word;`: that of `length`
/// bytes ends before its semicolon (GFM, Extended autolink path validation).
fn without_reference(text: &str, length: usize) -> usize {
    let (address, after) = text.split_at(length);
    let reference = address.rfind('&').filter(|_| after.starts_with(';'));
    let is_word = |at: &usize| {
        let word = &address[at + 1..];
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    reference.filter(is_word).unwrap_or(length)
}

/// Writes a range of the joined text as it is shown. `part` is the first part that may be in it.
fn write_parts(
    out: &mut HtmlWriter<'_>,
    joined: &str,
    parts: &[Part<'_>],
    range: Range<usize>,
    part: &mut usize,
) {
    while let Some(current) = parts.get(*part) {
        let start = current.range.start.max(range.start);
        let end = current.range.end.min(range.end);
        if start < end && current.is_verbatim {
            out.text(&joined[start..end]);
        } else if start < end && start == current.range.start {
            out.text(&current.text);
        }
        if current.range.end > range.end {
            break;
        }
        *part += 1;
    }
}

fn close_bracket(
    out: &mut HtmlWriter<'_>,
    bracket: &Bracket,
    n_citations: usize,
    range: &Range<usize>,
) {
    let Some(after) = out.source()[range.end..].strip_prefix('(') else {
        return;
    };
    if bracket.n_citations < n_citations {
        return out.fault(
            Code::BadValue,
            range.start..range.end + 1,
            "a citation can't be in the words of a link; put it after the link",
        );
    }
    let near = &after[..after.floor_char_boundary(FAR)];
    let address = near.split([')', '\n', '<', '"']).next().unwrap_or_default();
    let trimmed = address.trim();
    if trimmed.contains(' ') && (bracket.is_picture || is_address(trimmed)) {
        out.fault(
            Code::BadUrl,
            range.end + 1..range.end + 1 + address.len(),
            format!(
                "`{trimmed}` makes no {}, because it contains a space; expected `{}`",
                if bracket.is_picture {
                    "picture"
                } else {
                    "link"
                },
                trimmed.replace(' ', "%20")
            ),
        );
    }
}

/// Whether words in parentheses after a bracket are meant as an address: with a scheme, with a folder, or with a file
/// extension.
fn is_address(words: &str) -> bool {
    let path = words.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let has_ending = (2..=8).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic());
    has_ending || words.contains("://") || words.starts_with(['/', '.'])
}

fn open_bracket(out: &mut HtmlWriter<'_>, range: &Range<usize>) {
    let after = &out.source()[range.end..];
    if let Some(label) = after.strip_prefix('^') {
        let near = &label[..label.floor_char_boundary(FAR)];
        let end = near.find(|c: char| c.is_whitespace() || "[]".contains(c));
        if let Some(end) = end.filter(|end| *end > 0 && label[*end..].starts_with(']')) {
            let label = &label[..end];
            assembly::broken_note(out, label, range.end - 1..range.end + label.len() + 2);
        }
    } else if let Some((message, length)) = citation::near_miss(after) {
        out.fault(Code::BadValue, range.end - 1..range.end + length, message);
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    let found = text.as_bytes().get(..start.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether a text may contain a bare address: `://`, `www.` or `@`.
fn may_hold_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut marks = bytes.iter().enumerate();
    marks.any(|(index, byte)| match byte {
        b'@' => true,
        b':' => bytes[index..].starts_with(b"://"),
        b'w' | b'W' => {
            bytes[index..].len() > 4 && bytes[index..index + 4].eq_ignore_ascii_case(b"www.")
        }
        _ => false,
    })
}

/// Whether a backslash escapes the character at `start`.
fn is_escaped(source: &str, start: usize) -> bool {
    let before = source.as_bytes()[..start].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}
