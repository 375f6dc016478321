//! A text with positions as editors count them: lines from 0, and within a line bytes or UTF-16 units.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::diag::Span;

/// The unit of columns. Client and server agree on one at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, which every client supports.
    Utf16,
}

const MARK: &str = "\u{feff}";

/// A text with the offsets at which its lines start.
#[derive(Clone, Debug)]
pub(super) struct Text {
    text: Arc<str>,
    starts: Vec<usize>,
    encoding: Encoding,
    /// Whether editors hide the byte order mark at the start of the text, which they do if they read it from disk.
    hides_mark: bool,
}

impl Text {
    /// A text from an editor.
    pub(super) fn new(text: impl Into<Arc<str>>, encoding: Encoding) -> Self {
        let text = text.into();
        Self {
            starts: starts(&text),
            text,
            encoding,
            hides_mark: false,
        }
    }

    /// A text from disk.
    pub(super) fn on_disk(text: Arc<str>, encoding: Encoding) -> Self {
        Self {
            hides_mark: text.starts_with(MARK),
            ..Self::new(text, encoding)
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Its line ending.
    pub(super) fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// The line of an offset, from 0.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|start| *start <= offset);
        after.saturating_sub(1)
    }

    /// The start of a line in the text, and the line without its end; empty if there is no such line.
    pub(super) fn line(&self, line: usize) -> (usize, &str) {
        let end = self.text.len();
        let start = self.starts.get(line).copied().unwrap_or(end);
        let next = self.starts.get(line + 1).copied().unwrap_or(end);
        let content = self.text[start..next].trim_end_matches(['\n', '\r']);
        (start, content)
    }

    pub(super) fn n_lines(&self) -> usize {
        self.starts.len()
    }

    /// A position of the protocol.
    pub(super) fn position(&self, offset: usize) -> Value {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let (start, content) = self.line(line);
        let end = start + content.len();
        let start = start + self.hidden(line);
        let before = &self.text[start..offset.clamp(start, end.max(start))];
        let character = match self.encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
        };
        json!({ "line": line, "character": character })
    }

    /// A range of the protocol.
    pub(super) fn range(&self, span: Span) -> Value {
        let end = self.text.ceil_char_boundary(span.end as usize);
        json!({ "start": self.position(span.start as usize), "end": self.position(end) })
    }

    /// The offset of a position, or the nearest one if it doesn't exist.
    pub(super) fn offset(&self, position: &Value) -> usize {
        let number = |key: &str| {
            let number = position[key].as_u64().unwrap_or(0);
            usize::try_from(number).unwrap_or(usize::MAX)
        };
        let line = number("line");
        if line >= self.starts.len() {
            return self.text.len();
        }
        let (start, content) = self.line(line);
        let hidden = self.hidden(line);
        let content = &content[hidden..];
        let character = number("character");
        let within = match self.encoding {
            Encoding::Utf8 => content.floor_char_boundary(character),
            Encoding::Utf16 => {
                let mut n_left = character;
                let taken = content.chars().take_while(|c| {
                    let is_taken = c.len_utf16() <= n_left;
                    n_left = n_left.saturating_sub(c.len_utf16());
                    is_taken
                });
                taken.map(char::len_utf8).sum()
            }
        };
        start + hidden + within
    }

    /// The text after a change sent by a client.
    #[must_use]
    pub(super) fn changed(&self, change: &Value) -> Self {
        let new = change["text"].as_str().unwrap_or_default();
        let range = &change["range"];
        if !range.is_object() {
            return Self::new(new, self.encoding);
        }
        let start = self.offset(&range["start"]);
        let end = self.offset(&range["end"]).max(start);
        let parts = [&self.text[..start], new, &self.text[end..]];
        Self::new(parts.concat(), self.encoding)
    }

    /// How many bytes of a line editors don't show.
    fn hidden(&self, line: usize) -> usize {
        if self.hides_mark && line == 0 {
            MARK.len()
        } else {
            0
        }
    }
}

/// Where lines start. They end with `\n`, `\r\n` or `\r`, as the protocol specifies.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (index, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        };
        if ends {
            starts.push(index + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 2] = [Encoding::Utf8, Encoding::Utf16];

    #[test]
    fn every_offset_comes_back_from_its_position() {
        for text in ["", "a\nb", "añ\r\n👩‍🌾b\rc\n", "\u{feff}x\ny"] {
            for encoding in ALL {
                let text = Text::new(text, encoding);
                for (offset, c) in text.text().char_indices() {
                    // There are no positions inside a line ending.
                    if !matches!(c, '\n' | '\r') {
                        assert_eq!(text.offset(&text.position(offset)), offset, "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn columns_are_bytes_or_units() {
        let [bytes, units] = ALL.map(|encoding| Text::new("é👩x", encoding));
        assert_eq!(bytes.position(6)["character"], 6);
        assert_eq!(units.position(6)["character"], 3);
        // A position in the middle of a character is moved before it.
        assert_eq!(units.offset(&json!({ "line": 0, "character": 2 })), 2);
        assert_eq!(units.offset(&json!({ "line": 9, "character": 9 })), 7);
        assert_eq!(units.offset(&json!({ "line": 0, "character": 99 })), 7);
    }

    #[test]
    fn a_byte_order_mark_on_disk_takes_no_column() {
        let text = Text::on_disk(Arc::from("\u{feff}ab"), Encoding::Utf16);
        assert_eq!(text.position(4)["character"], 1);
        assert_eq!(text.offset(&json!({ "line": 0, "character": 1 })), 4);
    }

    #[test]
    fn changes_come_one_after_the_other() {
        let text = Text::new("one\r\ntwo", Encoding::Utf16);
        let range = |line: usize, start: usize, end: usize| json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } });
        let text = text.changed(&json!({ "range": range(1, 0, 3), "text": "2\n3" }));
        let text = text.changed(&json!({ "range": range(2, 1, 9), "text": "!" }));
        assert_eq!(text.text(), "one\r\n2\n3!");
        assert_eq!(text.changed(&json!({ "text": "all" })).text(), "all");
    }
}
