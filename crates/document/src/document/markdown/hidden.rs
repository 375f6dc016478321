//! Finds invisible characters.

use crate::diag::{Code, Span};
use crate::document::markdown::MarkdownFault;

/// The faults of invisible characters anywhere, code included.
pub(super) fn faults(source: &str) -> Vec<MarkdownFault> {
    let mut faults: Vec<MarkdownFault> = Vec::new();
    let mut last: Option<(char, usize)> = None;
    let mut from = 0;
    while let Some(start) = candidate(source.as_bytes(), from) {
        // This is always the first byte of a character: those searched for never continue one.
        let Some(c) = source[start..].chars().next() else {
            break;
        };
        let end = start + c.len_utf8();
        from = end;
        if !is_hidden(c) {
            continue;
        }
        // A run of the same character is one fault.
        let is_same = last.replace((c, end)) == Some((c, start));
        match faults.last_mut() {
            Some((_, span, _)) if is_same => *span = Span::new(span.start as usize, end),
            _ => faults.push((Code::HiddenCharacter, Span::new(start, end), message(c))),
        }
    }
    faults
}

/// What is wrong with a character reference such as `&#x202E;`, given as text.
pub(super) fn reference_fault(text: &str) -> Option<String> {
    text.chars().find(|c| is_hidden(*c)).map(message)
}

fn message(c: char) -> String {
    let name = match c {
        '\u{200b}' => " (zero width space)",
        '\u{2060}' => " (word joiner)",
        '\u{feff}' => " (byte order mark)",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => " (it changes the direction of text)",
        _ => " (control character)",
    };
    let number = u32::from(c);
    format!("U+{number:04X}{name} can't be seen; expected visible characters only, so delete it")
}

/// The next byte that [`may_be_hidden`].
fn candidate(bytes: &[u8], from: usize) -> Option<usize> {
    // A chunk is searched without a branch for each byte, which compiles to vector instructions.
    const CHUNK: usize = 64;
    let mut start = from;
    for chunk in bytes[from..].chunks(CHUNK) {
        if chunk
            .iter()
            .fold(false, |any, byte| any | may_be_hidden(byte))
        {
            return chunk
                .iter()
                .position(may_be_hidden)
                .map(|index| start + index);
        }
        start += chunk.len();
    }
    None
}

/// Whether a character that starts with this byte may be one of those in [`is_hidden`]. This avoids decoding most
/// characters, which would be much of the work on a page.
fn may_be_hidden(byte: &u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        // U+0080 to U+00BF, U+2000 to U+2FFF, U+F000 to U+FFFF.
        0..0x20 | 0x7f | 0xc2 | 0xe2 | 0xef => true,
        _ => false,
    }
}

/// Characters that change how others look without being visible themselves. U+200C and U+200D join and separate letters
/// in several scripts, and U+200E and U+200F separate runs of different direction, so they are fine.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hidden_character_is_passed_over_by_its_first_byte() {
        let mut buffer = [0; 4];
        for c in '\0'..=char::MAX {
            let first = c.encode_utf8(&mut buffer).as_bytes()[0];
            assert!(!is_hidden(c) || may_be_hidden(&first), "{c:?}");
        }
    }
}
