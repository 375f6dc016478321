//! Texts with their gold in place: `⟦d 2025-01-27|Monday⟧`, `⟦q Dana Wells|“Go,”⟧`, `⟦f 12000|at least 12,000⟧`.
//!
//! Marks nest: a figure may stand in a quotation. `?` before the value makes it optional; `-` is a quotation without a
//! speaker; `/` parts names that a speaker may be given.

use nutgraf::import::{Language, Reading};

use super::{DateValue, Gold, Item};

/// A text without its marks, and what they said.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    /// The text.
    pub(crate) text: String,
    marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
struct Mark {
    kind: char,
    value: String,
    start: usize,
    end: usize,
}

impl Marked {
    /// Reads a marked text.
    pub(crate) fn read(written: &str) -> Self {
        let mut text = String::new();
        let mut open: Vec<(char, String, usize)> = Vec::new();
        let mut marks = Vec::new();
        let mut rest = written;
        while let Some(c) = rest.chars().next() {
            match c {
                '⟦' => {
                    let head = rest.split('|').next().unwrap();
                    rest = &rest[head.len() + 1..];
                    let head = head.trim_start_matches('⟦');
                    let (kind, value) = head.split_once(' ').unwrap();
                    open.push((kind.chars().next().unwrap(), value.to_owned(), text.len()));
                }
                '⟧' => {
                    rest = &rest[c.len_utf8()..];
                    let (kind, value, start) = open.pop().unwrap();
                    let end = text.len();
                    marks.push(Mark {
                        kind,
                        value,
                        start,
                        end,
                    });
                }
                c => {
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        assert!(open.is_empty(), "a mark is never closed: {open:?}");
        Self { text, marks }
    }

    /// Reads the text, and gives the gold with its places in the reading.
    pub(crate) fn reading(&self, published: Option<&str>, language: &str) -> (Reading, Gold) {
        let published = published.map(|day| day.parse().unwrap());
        let reading = Reading::of(&self.text, published, Language::named(language).unwrap());
        let places = Places::of(&self.text, reading.text());
        let mut gold = Gold::default();
        for mark in &self.marks {
            let range = places.find(mark.start)..places.find(mark.end);
            let optional = mark.value.starts_with('?');
            let value = mark.value.trim_start_matches('?');
            match mark.kind {
                'd' => gold.dates.push(Item {
                    range,
                    value: DateValue::Is(value.parse().unwrap()),
                    optional,
                }),
                'q' => gold.quotations.push(Item {
                    range,
                    value: names(value),
                    optional,
                }),
                'f' => gold.figures.push(Item {
                    range,
                    value: value.to_owned(),
                    optional,
                }),
                kind => panic!("no mark is called `{kind}`"),
            }
        }
        (reading, gold)
    }
}

/// The names that a speaker may be given.
pub(super) fn names(value: &str) -> Vec<String> {
    match value {
        "-" | "" => Vec::new(),
        names => names.split('/').map(str::to_owned).collect(),
    }
}

/// Places of a text in the same text with other spaces.
pub(super) struct Places {
    /// For each offset into the first text, how many visible characters are before it.
    before: Vec<usize>,
    /// Where each visible character of the second text starts, and the second text's end.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Places {
    pub(super) fn of(text: &str, cleaned: &str) -> Self {
        let mut before = vec![0; text.len() + 1];
        let mut n = 0;
        for (at, c) in text.char_indices() {
            for offset in 0..c.len_utf8() {
                before[at + offset] = n;
            }
            n += usize::from(is_visible(c));
        }
        before[text.len()] = n;
        let visible: Vec<(usize, char)> = cleaned
            .char_indices()
            .filter(|(_, c)| is_visible(*c))
            .collect();
        assert_eq!(
            visible.len(),
            n,
            "the reading has other characters than the text"
        );
        Self {
            before,
            starts: visible.iter().map(|(at, _)| *at).collect(),
            ends: visible.iter().map(|(at, c)| at + c.len_utf8()).collect(),
        }
    }

    /// The place of an offset.
    fn find(&self, offset: usize) -> usize {
        let n = self.before[offset];
        // An end stands right behind the character before it, a start right before its own.
        let is_end = n > 0 && (offset == self.before.len() - 1 || self.before[offset - 1] < n);
        match (is_end, self.starts.get(n)) {
            (true, Some(start)) if *start == self.ends[n - 1] => *start,
            (true, _) => self.ends[n - 1],
            (false, Some(start)) => *start,
            (false, None) => self.ends.last().copied().unwrap_or_default(),
        }
    }

    /// The range of visible characters, by number.
    pub(super) fn range(&self, start: usize, end: usize) -> Option<std::ops::Range<usize>> {
        Some(*self.starts.get(start)?..*self.ends.get(end.checked_sub(1)?)?)
    }
}

pub(super) fn is_visible(c: char) -> bool {
    !c.is_whitespace()
}
