//! Separates the front matter of a Markdown file from its prose.

use std::ops::Range;

/// How a file is divided. Ranges are offsets in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Division {
    /// Front matter between two lines of `---`.
    Whole {
        /// The YAML, without the lines around it.
        yaml: Range<usize>,
        /// Where the prose starts.
        body: usize,
    },
    /// The first line isn't `---`.
    NoFrontMatter {
        /// Where the text starts: after a byte order mark.
        start: usize,
    },
    /// The first line is `---`, and no other is.
    Unclosed {
        /// The first line.
        opening: Range<usize>,
        /// A line that may have been meant to close it.
        near_miss: Option<Range<usize>>,
    },
}

/// Divides a file. A byte order mark is skipped; lines may end in any way.
pub(super) fn divide(text: &str) -> Division {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut lines = Lines { text, at: start };
    let Some(opening) = lines.next().filter(|line| is_fence(&text[line.clone()])) else {
        return Division::NoFrontMatter { start };
    };
    let yaml_start = lines.at;
    let mut near_miss = None;
    while let Some(line) = lines.next() {
        let words = &text[line.clone()];
        if is_fence(words) {
            return Division::Whole {
                yaml: yaml_start..line.start,
                body: lines.at,
            };
        }
        if near_miss.is_none() && is_near_fence(words) {
            near_miss = Some(line);
        }
    }
    Division::Unclosed { opening, near_miss }
}

/// Whether a line is `---`, ignoring spaces after it.
fn is_fence(line: &str) -> bool {
    line.trim_end_matches([' ', '\t']) == "---"
}

/// Whether a line looks as if it was meant to be `---`.
fn is_near_fence(line: &str) -> bool {
    let words = line.trim();
    words == "..."
        || words.chars().all(|c| "-–—".contains(c)) && words.chars().count() > 1
        || words == "—"
}

/// The lines of a text without their line breaks; `at` is where the next one starts.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let mut bytes = rest.bytes();
        let length = bytes
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let line_break = match &rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let line = self.at..self.at + length;
        self.at += length + line_break;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The YAML and the prose, if the file has both.
    fn parts(text: &str) -> Option<(&str, &str)> {
        match divide(text) {
            Division::Whole { yaml, body } => Some((&text[yaml], &text[body..])),
            Division::NoFrontMatter { .. } | Division::Unclosed { .. } => None,
        }
    }

    #[test]
    fn front_matter_stands_between_two_lines_of_hyphens() {
        let cases = [
            ("---\ntitle: A\n---\nB\n", ("title: A\n", "B\n")),
            ("---\r\ntitle: A\r\n---\r\nB", ("title: A\r\n", "B")),
            ("---\rtitle: A\r---\rB", ("title: A\r", "B")),
            ("\u{feff}--- \ntitle: A\n---\t\n", ("title: A\n", "")),
            ("---\ntitle: A\n---", ("title: A\n", "")),
            ("---\n---\n", ("", "")),
            (
                "---\na: |\n  ---\n ---\n---\n```\n---\n```\n",
                ("a: |\n  ---\n ---\n", "```\n---\n```\n"),
            ),
            ("---\na: 1\n----\n---\nB", ("a: 1\n----\n", "B")),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn a_file_without_front_matter_is_told_from_one_that_is_not_closed() {
        for text in [
            "",
            "\n---\ntitle: A\n---\n",
            "A\n---\n",
            " ---\n---\n",
            "----\n---\n",
        ] {
            assert_eq!(
                divide(text),
                Division::NoFrontMatter { start: 0 },
                "{text:?}"
            );
        }
        assert_eq!(divide("\u{feff}A"), Division::NoFrontMatter { start: 3 });
        let unclosed = |near_miss| Division::Unclosed {
            opening: 0..3,
            near_miss,
        };
        assert_eq!(divide("---"), unclosed(None));
        assert_eq!(divide("---\ntitle: A\n"), unclosed(None));
        assert_eq!(divide("---\ntitle: A\n----\nB"), unclosed(Some(13..17)));
        assert_eq!(divide("---\ntitle: A\n...\n"), unclosed(Some(13..16)));
    }
}
