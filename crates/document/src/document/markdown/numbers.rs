//! Finds numbers in prose that may be facts, and quotations: what a record could support.
//!
//! It ignores dates, times, ordinals, page and paragraph numbers, parts of names (`COVID-19`), and anything in
//! quotation marks, links, headings or code. When in doubt, it leaves a number alone: a remark that is wrong too often
//! gets switched off.

use std::ops::Range;

use crate::diag::Span;
use crate::document::RawNumber;

/// The first letters of the months in the languages of the theme.
const MONTHS: [&str; 26] = [
    "jan", "ene", "feb", "fév", "fev", "mar", "mär", "apr", "avr", "abr", "may", "mai", "jun",
    "jui", "jul", "aug", "ago", "aoû", "sep", "oct", "okt", "nov", "dec", "dez", "déc", "dic",
];
/// Words after which a number is part of a name: `page 4`.
const COUNTED: [&str; 33] = [
    "para",
    "paragraph",
    "page",
    "p",
    "pp",
    "section",
    "chapter",
    "article",
    "no",
    "nr",
    "nos",
    "figure",
    "table",
    "step",
    "part",
    "version",
    "number",
    "line",
    "note",
    "title",
    "room",
    "phase",
    "day",
    "week",
    "seite",
    "absatz",
    "kapitel",
    "artikel",
    "página",
    "capítulo",
    "artículo",
    "chapitre",
    "route",
];
/// Words after a time of day.
const OF_THE_CLOCK: [&str; 7] = ["am", "pm", "a.m", "p.m", "uhr", "o’clock", "h"];
/// What may come between two days of one month.
const BETWEEN_DAYS: [&str; 12] = [
    "to", "and", "or", "–", "-", "bis", "und", "y", "al", "a", "et", "au",
];

/// What was noticed while reading a text.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    pub(super) numbers: Vec<RawNumber>,
    pub(super) n_quotations: usize,
    /// The mark that closes the open quotation in a block, and the block.
    open: Option<(char, usize)>,
    /// How many block quotations are open.
    n_blocks: usize,
}

/// A piece of text and its place.
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) range: &'t Range<usize>,
    /// The number of its block.
    pub(super) block: usize,
    /// Whether it is part of a link or a heading, so that its numbers need no record.
    pub(super) is_bound: bool,
}

impl Noticed {
    /// Starts a block quotation.
    pub(super) fn start_quotation(&mut self) {
        self.n_blocks += 1;
        self.n_quotations += 1;
    }

    /// Ends it.
    pub(super) fn end_quotation(&mut self) {
        self.n_blocks = self.n_blocks.saturating_sub(1);
    }

    /// Notices numbers and quotation marks in a piece of prose.
    pub(super) fn notice(&mut self, source: &str, piece: &Piece<'_>) {
        let Piece {
            text, range, block, ..
        } = *piece;
        let may_matter = |byte: u8| byte.is_ascii_digit() || byte >= 0x80;
        if !text.bytes().any(may_matter) {
            return;
        }
        // A quotation that isn't closed within its block doesn't count.
        self.open = self.open.filter(|(_, opened)| *opened == block);
        let is_verbatim = &source[range.clone()] == text;
        let is_bound = piece.is_bound || self.n_blocks > 0;
        let mut quoted_until = 0;
        for (offset, char) in text.char_indices() {
            if char.is_ascii_digit() && offset >= quoted_until && is_verbatim {
                let number = number_at(source, range.start + offset);
                quoted_until = number.end - range.start;
                if self.open.is_none() && !is_bound {
                    self.numbers.extend(claim(source, number));
                }
            }
            self.mark(char, block);
        }
    }

    fn mark(&mut self, char: char, block: usize) {
        let open = self.open.map(|(closing, _)| closing);
        if open == Some(char) {
            self.open = None;
            self.n_quotations += 1;
            return;
        }
        let closing = match char {
            '“' if open.is_none() => Some('”'),
            '„' => Some('“'),
            '«' if open.is_none() => Some('»'),
            '»' if open.is_none() => Some('«'),
            _ => None,
        };
        self.open = closing.or(open).map(|closing| (closing, block));
    }
}

/// The whole number that starts at a digit: `24,000`, `1.2`.
fn number_at(source: &str, start: usize) -> Range<usize> {
    let bytes = source.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while is_digit(end) || (matches!(bytes.get(end), Some(b',' | b'.')) && is_digit(end + 1)) {
        end += 1;
    }
    start..end
}

/// The number, if it may be a fact.
fn claim(source: &str, number: Range<usize>) -> Option<RawNumber> {
    let words = &source[number.clone()];
    let (before, after) = around(source, &number);
    let is_part_of_word = before.ends_with(|c: char| c.is_alphanumeric() || "_#/:@".contains(c))
        || (before.ends_with(['-', '.', ',']) && is_glued(before))
        || after.starts_with(|c: char| c.is_alphanumeric() || "_@º°ª".contains(c))
        || (after.starts_with(['-', '/', ':'])
            && after[1..].starts_with(|c: char| c.is_ascii_digit()));
    let is_year = words.len() == 4
        && words.bytes().all(|byte| byte.is_ascii_digit())
        && (words.starts_with('1') || words.starts_with("20"))
        && !after.trim_start().starts_with('%')
        && !before.ends_with(['$', '€', '£', '¥']);
    let is_other = is_part_of_word || is_year || is_day(words, before, after, true);
    if is_other || is_counted(before) || is_time(after) {
        return None;
    }
    let end = number.end + usize::from(after.starts_with('%'));
    Some(RawNumber {
        words: source[number.start..end].to_owned(),
        span: Span::new(number.start, end),
    })
}

/// The text before and after a number on its line, as far as it can matter: a line may have as many numbers as bytes.
fn around<'s>(source: &'s str, number: &Range<usize>) -> (&'s str, &'s str) {
    /// In bytes, on each side: the longest date or phrase that matters is far shorter.
    const FAR: usize = 80;
    let start = source.ceil_char_boundary(number.start.saturating_sub(FAR));
    let end = source.floor_char_boundary(source.len().min(number.end + FAR));
    let before = &source[start..number.start];
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = source[number.end..end].lines().next().unwrap_or_default();
    (before, after)
}

/// Whether the sign at the end of a text directly follows a letter or digit.
fn is_glued(before: &str) -> bool {
    let mut chars = before.chars().rev().skip(1);
    chars.next().is_some_and(char::is_alphanumeric)
}

/// Whether a number is a day of the month: `January 27`, `27. Januar`, and the `10` of `January 2 to 10`.
fn is_day(words: &str, before: &str, after: &str, may_be_second: bool) -> bool {
    if !words.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)) {
        return false;
    }
    let behind = after.trim_start_matches(['.', ' ']);
    let behind = behind.strip_prefix("de ").unwrap_or(behind).trim_start();
    if is_month(last_word(before)) || is_month(first_word(behind)) {
        return true;
    }
    // `2 to 10 January`: what applies to one day applies to the other.
    let joint = behind.split_whitespace().next().unwrap_or_default();
    if BETWEEN_DAYS.contains(&joint) && may_be_second {
        let rest = behind[joint.len()..].trim_start();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return digits > 0 && is_day(&rest[..digits], "", &rest[digits..], false);
    }
    let trimmed = before.trim_end();
    let joint = BETWEEN_DAYS.iter().find(|joint| trimmed.ends_with(**joint));
    let Some(joint) = joint.filter(|_| may_be_second) else {
        return false;
    };
    let rest = trimmed[..trimmed.len() - joint.len()].trim_end();
    let start = rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    start < rest.len() && is_day(&rest[start..], &rest[..start], "", false)
}

fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut months = MONTHS.iter();
    word.len() <= 10 && months.any(|month| word.starts_with(month))
}

/// Whether a number names a page, a step, a version.
fn is_counted(before: &str) -> bool {
    let word = last_word(before).to_lowercase();
    COUNTED.contains(&word.as_str())
}

fn is_time(after: &str) -> bool {
    let word = first_word(after.trim_start()).to_lowercase();
    OF_THE_CLOCK.contains(&word.trim_end_matches('.'))
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches('.');
    text.rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '’'))
        .next()
        .unwrap_or_default()
}
