//! Adjusts the text for the parser where its rules differ from those that writers know.
//!
//! Some characters are shown to the parser as others of the same length, so that all offsets stay valid; whatever comes
//! out of the parser is restored before anyone reads it. Two rules need this:
//!
//! - In other dialects (Pandoc, markdown-it), a definition starts with `: `; this parser accepts any line that starts
//!   with a colon, such as `:tada:` or `:::`.
//! - Next to `*`, CommonMark treats Chinese, Japanese and Korean punctuation and letters like those of languages with
//!   spaces, so that in `**…？**专` the bold text doesn't end. The rule here is that of *markdown-cjk-friendly*: such
//!   signs don't count as punctuation, and a letter counts as the space that these scripts don't write.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Parser, Tag};

use crate::document::markdown::citation::Brackets;
use crate::document::script::{is_cjk_letter, is_wide_sign};

/// The parser's events with their ranges.
pub(super) type Events<'a> = Peekable<Unmasked<'a>>;

/// A character that the parser takes for a letter, as long as the wide signs.
const LETTER: &str = "一";
/// Characters that the parser takes for punctuation: one as long as most letters of Chinese, Japanese and Korean, and
/// one as long as the rest.
const SIGNS: [&str; 2] = ["、", "\u{10100}"];

/// A text, and its form for the parser.
pub(super) struct Masked<'s> {
    source: &'s str,
    text: Cow<'s, str>,
}

impl<'s> Masked<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let mut bytes = Vec::new();
        let mut mask = |at: usize, other: &str| {
            if bytes.is_empty() {
                bytes = source.as_bytes().to_vec();
            }
            bytes[at..at + other.len()].copy_from_slice(other.as_bytes());
        };
        for colon in loose_colons(source) {
            mask(colon, ";");
        }
        if !source.is_ascii() {
            runs(source, |run| mask_run(source, &run, &mut mask));
        }
        let text = String::from_utf8(bytes).unwrap_or_default();
        Self {
            source,
            text: if text.is_empty() {
                Cow::Borrowed(source)
            } else {
                Cow::Owned(text)
            },
        }
    }

    /// The text for the parser to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The parser's events, restored.
    pub(super) fn events<'a>(&'a self, parser: Parser<'a, Brackets<'a>>) -> Events<'a> {
        let masked = matches!(self.text, Cow::Owned(_)).then_some(&*self.text);
        let unmasked = Unmasked {
            events: parser.into_offset_iter(),
            source: self.source,
            masked,
        };
        unmasked.peekable()
    }
}

/// The parser's events, with the text that the writer typed.
pub(super) struct Unmasked<'a> {
    events: OffsetIter<'a, Brackets<'a>>,
    source: &'a str,
    /// `None` if the parser sees the original text.
    masked: Option<&'a str>,
}

impl<'a> Iterator for Unmasked<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.events.next()?;
        let Some(masked) = self.masked else {
            return Some((event, range));
        };
        if masked[range.clone()] == self.source[range.clone()] {
            return Some((event, range));
        }
        let source = self.source;
        let unmask = |text: CowStr<'a>| unmasked(source, masked, &range, text);
        let event = match event {
            Event::Text(text) => Event::Text(unmask(text)),
            Event::Code(code) => Event::Code(unmask(code)),
            Event::Html(html) => Event::Html(unmask(html)),
            Event::InlineHtml(html) => Event::InlineHtml(unmask(html)),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Link {
                link_type,
                dest_url: unmask(dest_url),
                title: unmask(title),
                id,
            }),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Image {
                link_type,
                dest_url: unmask(dest_url),
                title: unmask(title),
                id,
            }),
            other => other,
        };
        Some((event, range))
    }
}

/// The original text for a range of the masked text. Text that the parser has assembled from several lines is left as
/// it is.
fn unmasked<'a>(
    source: &'a str,
    masked: &str,
    range: &Range<usize>,
    text: CowStr<'a>,
) -> CowStr<'a> {
    match masked[range.clone()].find(&*text) {
        Some(at) => source[range.start + at..range.start + at + text.len()].into(),
        None => text,
    }
}

/// The positions where lines start with a colon that doesn't start a definition, also in quotations and lists.
fn loose_colons(source: &str) -> impl Iterator<Item = usize> {
    let bytes = source.as_bytes();
    let colons = source.match_indices(':').map(|(at, _)| at);
    colons.filter(move |at| {
        let line_start = bytes[..*at].iter().rposition(|byte| {
            *byte == b'\n' || !(b" \t>*+-.)".contains(byte) || byte.is_ascii_digit())
        });
        let starts_line = line_start.is_none_or(|at| bytes[at] == b'\n');
        let rest = &source[at + 1..];
        let is_definition = rest.starts_with([' ', '\t']);
        starts_line && !is_definition && !is_table_row(rest)
    })
}

/// Whether the rest of a line is the row below a table's header: `---|:---:`.
fn is_table_row(rest: &str) -> bool {
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    line.starts_with('-') && line.bytes().all(|byte| b"-|: \t".contains(&byte))
}

/// A run of `*` or `~`, with the characters next to it.
struct Run {
    range: Range<usize>,
    before: Option<char>,
    after: Option<char>,
}

/// Passes on each run that isn't escaped and has a non-ASCII character next to it.
fn runs(source: &str, mut take: impl FnMut(Run)) {
    let bytes = source.as_bytes();
    let mut from = 0;
    while let Some(found) = bytes[from..]
        .iter()
        .position(|byte| matches!(byte, b'*' | b'~'))
    {
        let start = from + found;
        let mark = bytes[start];
        let length = bytes[start..]
            .iter()
            .take_while(|byte| **byte == mark)
            .count();
        let range = start..start + length;
        from = range.end;
        let run = Run {
            before: source[..range.start].chars().next_back(),
            after: source[range.end..].chars().next(),
            range,
        };
        let is_beyond_ascii = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        if run.before != Some('\\') && (is_beyond_ascii(run.before) || is_beyond_ascii(run.after)) {
            take(run);
        }
    }
}

fn mask_run(source: &str, run: &Run, mask: &mut impl FnMut(usize, &str)) {
    let (Some(before), Some(after)) = (run.before, run.after) else {
        return;
    };
    let before_at = run.range.start - before.len_utf8();
    let after_at = run.range.end;
    debug_assert!(source.is_char_boundary(before_at));
    for (c, at) in [(before, before_at), (after, after_at)] {
        if is_wide_sign(c) && c.len_utf8() == LETTER.len() {
            mask(at, LETTER);
        }
    }
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !is_wide_sign(c);
    for (sign, letter, at) in [(before, after, after_at), (after, before, before_at)] {
        let same = SIGNS.iter().find(|sign| sign.len() == letter.len_utf8());
        if let Some(same) = same.filter(|_| is_sign(sign) && is_cjk_letter(letter)) {
            mask(at, same);
        }
    }
}
