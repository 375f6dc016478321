//! Translates byte offsets into lines and columns, and finds the text there.
//!
//! Columns count characters, as editors do, and everything starts at 1. Offsets past the end of a text or inside a
//! character are moved to the nearest valid place before: reporting a fault must never fail.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Place, Span, Texts};
use crate::project::SourcePath;

/// A place as editors show it: both numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A text with the offsets at which its lines start.
#[derive(Debug)]
pub(super) struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
    /// How many characters precede each block of bytes. A line may have as many faults as bytes, so columns can't be
    /// counted from the start of the line each time.
    counted: Vec<usize>,
}

/// The block size in bytes: one count per KiB costs no memory to speak of, and counting within a block is fast.
const BLOCK: usize = 1024;

fn n_chars(bytes: &[u8]) -> usize {
    // Every byte starts a character, except those that continue one.
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

impl Lines {
    /// Finds the lines of a text. A line ends with `\n` or `\r\n`.
    pub(super) fn new(text: Arc<str>) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(index, _)| index + 1))
            .collect();
        let mut n_before = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = n_before;
            n_before += n_chars(block);
            before
        });
        let mut counted: Vec<usize> = blocks.collect();
        counted.push(n_before);
        Self {
            text,
            starts,
            counted,
        }
    }

    /// How many characters start before an offset.
    fn chars_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.counted[block] + n_chars(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The range of a span, moved inside the text and to character boundaries.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.ceil_char_boundary(span.end as usize);
        start..end.max(start)
    }

    /// Line and column of an offset. Neither a byte order mark nor a carriage return takes a column.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let content = self.line_range(line);
        let end = offset.min(content.end);
        let before = &self.text[content.start..end];
        let marks = before.len() - before.trim_start_matches('\u{feff}').len();
        let start = content.start + marks;
        Position {
            line: line + 1,
            column: self.chars_before(end) - self.chars_before(start) + 1,
        }
    }

    /// The index (from 0) of the line that contains an offset.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// The range of a line by its index, without the line ending.
    pub(super) fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(self.text.len(), |n| n - 1);
        let content = &self.text[start..end];
        let content = content.strip_suffix('\r').unwrap_or(content);
        start..start + content.len()
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// The texts that a report needs, each split into lines once.
pub(super) struct LineCache<'t> {
    texts: &'t dyn Texts,
    seen: BTreeMap<SourcePath, Option<Arc<Lines>>>,
}

impl<'t> LineCache<'t> {
    /// An empty cache over `texts`.
    pub(super) fn new(texts: &'t dyn Texts) -> Self {
        Self {
            texts,
            seen: BTreeMap::new(),
        }
    }

    /// The lines of a file; `None` if it isn't there or isn't text.
    pub(super) fn lines(&mut self, file: &SourcePath) -> Option<Arc<Lines>> {
        let texts = self.texts;
        self.seen
            .entry(file.clone())
            .or_insert_with(|| texts.text(file).map(|text| Arc::new(Lines::new(text))))
            .clone()
    }

    /// Where a place starts and ends; `None` if it is a whole file or the text isn't known.
    pub(super) fn positions(&mut self, place: &Place) -> Option<(Position, Position)> {
        let span = place.span?;
        let lines = self.lines(&place.file)?;
        let range = lines.range(span);
        Some((lines.position(range.start), lines.position(range.end)))
    }
}

/// A text in which every character is visible, and none controls the terminal or reverses the line.
///
/// Control characters become their pictures (`␛`), direction marks and invisible characters `�`. Each character is
/// replaced by exactly one, so that columns still match. With `keep_tabs`, tabs stay.
pub(super) fn visible(text: &str, keep_tabs: bool) -> Cow<'_, str> {
    let shown = |c: char| -> char {
        match c {
            '\t' if keep_tabs => c,
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            _ => c,
        }
    };
    if text.chars().all(|c| shown(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// The part of a line worth showing around `mark`: up to about `limit` characters on either side.
///
/// Both ranges are offsets in the whole text, and the result lies within `line`.
pub(super) fn window(
    text: &str,
    line: Range<usize>,
    mark: Range<usize>,
    limit: usize,
) -> Range<usize> {
    let mark_start = mark.start.clamp(line.start, line.end);
    let mark_end = mark.end.clamp(mark_start, line.end);
    let shown_end = mark_end.min(text.floor_char_boundary(mark_start + 2 * limit));
    let start = text[line.start..mark_start]
        .char_indices()
        .rev()
        .nth(limit.saturating_sub(1))
        .map_or(line.start, |(index, _)| line.start + index);
    let end = text[shown_end..line.end]
        .char_indices()
        .nth(limit)
        .map_or(line.end, |(index, _)| shown_end + index);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: usize, expected: (usize, usize)) {
        let position = Lines::new(Arc::from(text)).position(offset);
        assert_eq!(
            (position.line, position.column),
            expected,
            "{text:?} {offset}"
        );
    }

    #[test]
    fn lines_and_columns_start_at_one_and_count_characters() {
        check("", 0, (1, 1));
        check("abc", 2, (1, 3));
        check("añb", 3, (1, 3));
        check("a\nb", 2, (2, 1));
        check("a\r\nb", 2, (1, 2));
        check("a\r\nb", 3, (2, 1));
        check("a\n", 2, (2, 1));
        check("日本\n語x", 10, (2, 2));
    }

    #[test]
    fn offsets_outside_the_text_or_inside_a_character_are_moved_back() {
        check("ab", 99, (1, 3));
        check("añb", 2, (1, 2));
        let lines = Lines::new(Arc::from("añb"));
        assert_eq!(lines.range(Span::new(2, 2)), 1..3);
        assert_eq!(lines.range(Span::new(9, 4)), 4..4);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        check("\u{feff}ab", 4, (1, 2));
    }

    #[test]
    fn a_line_has_no_line_end() {
        let lines = Lines::new(Arc::from("one\r\ntwo\nthree"));
        let ranges: Vec<&str> = (0..3)
            .map(|line| &lines.text()[lines.line_range(line)])
            .collect();
        assert_eq!(ranges, ["one", "two", "three"]);
    }

    #[test]
    fn what_steers_a_terminal_becomes_visible() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}b\u{202e}", true), "a␛[31m�b�");
        assert_eq!(visible("a\tb\n", true), "a\tb␊");
        assert_eq!(visible("a\tb", false), "a␉b");
        assert!(matches!(visible("déjà vu 👩‍🌾", false), Cow::Borrowed(_)));
    }

    #[test]
    fn a_window_keeps_the_mark_and_whole_characters() {
        let text = "é".repeat(100);
        let cut = window(&text, 0..200, 100..102, 10);
        assert_eq!(&text[cut.clone()], "é".repeat(21));
        assert!(cut.contains(&100));
        assert_eq!(window("short", 0..5, 1..2, 10), 0..5);
        assert_eq!(window("", 0..0, 0..0, 10), 0..0);
    }
}
