//! Characters that nobody sees.

use std::ops::Range;

use crate::diag::{Code, Span};
use crate::document::markdown::writer::Writer;

impl Writer<'_> {
    /// Reports characters that nobody sees, wherever they are, code included.
    pub(super) fn check_characters(&mut self) {
        let source = self.source;
        if source.is_ascii() && !source.bytes().any(is_ascii_control) {
            return;
        }
        let mut last: Option<(char, usize)> = None;
        for (start, c) in source.char_indices() {
            if !is_hidden(c) {
                continue;
            }
            let end = start + c.len_utf8();
            // A run of one character is one fault.
            let is_same = last.replace((c, end)) == Some((c, start));
            match self.faults.last_mut() {
                Some((_, span, _)) if is_same => {
                    *span = Span::new(span.start as usize, end);
                }
                _ => self.hidden(c, start..end),
            }
        }
    }

    /// Reports a character reference such as `&#x202E;`, whose text this is.
    pub(super) fn check_reference(&mut self, text: &str, range: &Range<usize>) {
        if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
            self.hidden(c, range.clone());
        }
    }

    fn hidden(&mut self, c: char, range: Range<usize>) {
        let name = match c {
            '\u{200b}' => " (zero width space)",
            '\u{2060}' => " (word joiner)",
            '\u{feff}' => " (byte order mark)",
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                " (it changes the direction of text)"
            }
            _ => " (control character)",
        };
        let number = u32::from(c);
        self.fault(
            Code::HiddenCharacter,
            range,
            format!(
                "U+{number:04X}{name} can't be seen; expected visible characters only, so delete it"
            ),
        );
    }
}

fn is_ascii_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Characters that change how others are shown without being seen. U+200C and U+200D join and part letters in
/// several scripts, U+200E and U+200F part runs of two directions, so they are fine.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}
