//! The lines of a YAML text as a writer sees them: indentation, hyphens, a key, a value.
//!
//! Used only if a text isn't YAML, to say which line to change and how.

use std::ops::Range;

/// One line of a YAML text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Where it starts in the file.
    pub(super) start: usize,
    /// The line, without its line break.
    pub(super) text: &'a str,
}

/// The parts of a line, as ranges in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Indentation and hyphens.
    pub(super) lead: usize,
    /// The key, if it is followed by a colon and a space (or nothing).
    pub(super) key: Option<Range<usize>>,
    /// What follows the key; without a key, everything after the hyphens.
    pub(super) value: Range<usize>,
}

/// The lines of the part `yaml` of `text`, in order.
pub(super) fn lines(text: &str, yaml: Range<usize>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = yaml.start;
    while start < yaml.end {
        let rest = &text[start..yaml.end];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push(Line {
            start,
            text: &rest[..length],
        });
        let line_break = if rest[length..].starts_with("\r\n") {
            2
        } else {
            1
        };
        start += length + line_break;
    }
    lines
}

impl<'a> Line<'a> {
    /// The number of leading spaces.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Whether it is empty or only a comment.
    pub(super) fn is_blank(&self) -> bool {
        let text = self.text.trim_start();
        text.is_empty() || text.starts_with('#')
    }

    /// Whether it starts an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.lead() > self.indent()
    }

    /// The leading tabs and unusual spaces, if there are any.
    pub(super) fn odd_indent(&self) -> Option<Range<usize>> {
        let content = self.text.len() - self.text.trim_start().len();
        let first = self.text[..content].find(|c| c != ' ')?;
        let start = self.start + first;
        Some(start..self.start + content)
    }

    /// Indentation and hyphens.
    fn lead(&self) -> usize {
        let mut lead = self.indent();
        while let Some(rest) = self.text[lead..].strip_prefix('-') {
            if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
                break;
            }
            lead = self.text.len() - rest.trim_start().len();
        }
        lead
    }

    pub(super) fn parts(&self) -> Parts {
        let lead = self.lead();
        let content = &self.text[lead..];
        let end = lead + content.trim_end().len();
        let colon = content
            .match_indices(':')
            .map(|(index, _)| index)
            .find(|index| {
                let behind = &content[index + 1..];
                behind.is_empty() || behind.starts_with([' ', '\t'])
            });
        let is_bare = !content.starts_with(['"', '\'', '[', '{', '#']);
        match colon.filter(|_| is_bare) {
            Some(colon) => {
                let behind = lead + colon + 1;
                let start = (self.text.len() - self.text[behind..].trim_start().len()).min(end);
                Parts {
                    lead,
                    key: Some(lead..lead + colon),
                    value: start.max(behind.min(end))..end,
                }
            }
            None => Parts {
                lead,
                key: None,
                value: lead.min(end)..end,
            },
        }
    }

    /// The key, if there is one.
    pub(super) fn key(&self) -> Option<&'a str> {
        self.parts().key.map(|key| &self.text[key])
    }

    /// The place of the value in the file.
    pub(super) fn value_span(&self) -> Range<usize> {
        let value = self.parts().value;
        self.start + value.start..self.start + value.end
    }

    /// The place of everything after the indentation in the file.
    pub(super) fn span(&self) -> Range<usize> {
        let text = self.text.trim_end();
        let start = text.len() - text.trim_start().len();
        self.start + start..self.start + text.len()
    }

    /// Everything after the indentation.
    pub(super) fn content(&self) -> &'a str {
        self.text.trim()
    }

    /// Like [`Line::quoted`], but only if that is wanted: quoting a long line means copying it.
    pub(super) fn quoted_if(&self, is_wanted: bool) -> Option<String> {
        if is_wanted { self.quoted() } else { None }
    }

    /// The corrected line, with its value in quotation marks; `None` if there is no value.
    pub(super) fn quoted(&self) -> Option<String> {
        let parts = self.parts();
        let value = &self.text[parts.value.clone()];
        (!value.is_empty()).then(|| {
            let head = self.text[..parts.value.start].trim_start();
            format!("{head}{}", quoted(value))
        })
    }

    /// The corrected line, if the space after its first colon is missing: `title:Brexit`.
    pub(super) fn with_space(&self, is_key: impl Fn(&str) -> bool) -> Option<String> {
        let parts = self.parts();
        if parts.key.is_some() {
            return None;
        }
        let (key, value) = self.text[parts.value.clone()].split_once(':')?;
        let is_word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
        (is_key(key) || is_word && !value.starts_with("//")).then(|| {
            let head = self.text[..parts.lead].trim_start();
            format!("{head}{key}: {}", value.trim_start())
        })
    }

    /// The corrected line, if the colon after its key is missing: `title Brexit`.
    pub(super) fn with_colon(&self, is_key: impl Fn(&str) -> bool) -> Option<String> {
        let parts = self.parts();
        if parts.key.is_some() {
            return None;
        }
        let content = &self.text[parts.value.clone()];
        let word = content.split([' ', '\t', '=', ';']).next()?;
        let value = content[word.len()..].trim_start_matches([' ', '\t', '=', ';']);
        let head = self.text[..parts.lead].trim_start();
        let fixed = if value.is_empty() {
            format!("{head}{word}:")
        } else {
            format!("{head}{word}: {value}")
        };
        is_key(word).then_some(fixed)
    }
}

/// Quotes a text so that every character of it is kept.
///
/// Marks that the writer put around the whole text count as an attempt at quoting, and are replaced.
pub(super) fn quoted(value: &str) -> String {
    let text = unwrapped(value).unwrap_or(value);
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The text inside its outer marks: `"He said "no" twice"` has such marks, `"Yes" and "no"` hasn't.
fn unwrapped(value: &str) -> Option<&str> {
    let marks = ['"', '\''].into_iter();
    let (mark, inner) = marks
        .filter_map(|mark| Some((mark, value.strip_prefix(mark)?.strip_suffix(mark)?)))
        .next()?;
    let next = inner.find(mark)?;
    let before = inner[..next].chars().next_back().unwrap_or(' ');
    let after = inner[next + 1..].chars().next().unwrap_or(' ');
    let closes = !before.is_whitespace() && !after.is_alphanumeric();
    (!closes).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line { start: 0, text }
    }

    #[test]
    fn a_line_has_a_lead_a_key_and_a_value() {
        let cases = [
            ("title: Brexit: a guide", Some("title"), "Brexit: a guide"),
            ("  - - title:  A ", Some("title"), "A"),
            ("text:", Some("text"), ""),
            ("- a", None, "a"),
            ("-5", None, "-5"),
            ("-", None, ""),
            ("", None, ""),
            ("title:Foo", None, "title:Foo"),
            ("http://x.org", None, "http://x.org"),
            ("\"a: b\": c", None, "\"a: b\": c"),
        ];
        for (text, key, value) in cases {
            let line = line(text);
            assert_eq!(
                (line.key(), &text[line.value_span()]),
                (key, value),
                "{text}"
            );
        }
    }

    #[test]
    fn quotation_marks_keep_the_text() {
        let cases = [
            ("Brexit: a guide", r#""Brexit: a guide""#),
            (r#""Quoted" rest"#, r#"'"Quoted" rest'"#),
            ("'It's here'", r#""It's here""#),
            (r#""He said "no" twice""#, r#"'He said "no" twice'"#),
            (r#""Yes" and "no""#, r#"'"Yes" and "no"'"#),
            ("'b' 'c'", r#""'b' 'c'""#),
            (r"C:\new", r"'C:\new'"),
            (r#"it's "so""#, r#"'it''s "so"'"#),
            ("\"", "'\"'"),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn a_missing_space_or_colon_is_put_in() {
        let is_key = |word: &str| word == "title";
        let with_space = |text| line(text).with_space(is_key);
        let with_colon = |text| line(text).with_colon(is_key);
        assert_eq!(with_space("  - title:Foo").as_deref(), Some("- title: Foo"));
        assert_eq!(with_space("http://x.org"), None);
        assert_eq!(with_space("title: Foo"), None);
        assert_eq!(
            with_colon("title Foo bar").as_deref(),
            Some("title: Foo bar")
        );
        assert_eq!(with_colon("title = Foo").as_deref(), Some("title: Foo"));
        assert_eq!(with_colon("The title"), None);
    }
}
