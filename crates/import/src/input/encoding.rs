//! In which encoding is a text written?
//!
//! As browsers find it (WHATWG, *Encoding* and *HTML*, "determining the character encoding"): by a byte order mark, by
//! what carries the text, by what the page says of itself in its first bytes. Where nothing says so, UTF-8 if the bytes
//! are that, else windows-1252, which programs of old wrote and which holds Latin-1.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::sync::LazyLock;

use regex::bytes::Regex;

/// How much of a page is looked at for what it says of its encoding.
const HEAD: usize = 4096;

/// A text, and what is to be said of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// A sentence, if the encoding was a guess.
    pub(super) remark: Option<String>,
}

/// Reads bytes as text. `label` is the encoding that whatever carried them names.
///
/// # Errors
///
/// In a sentence, if they are no text.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, String> {
    let found = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => Found::Said(encoding),
        None => find(bytes, label),
    };
    let encoding = match found {
        Found::Said(encoding) | Found::Guessed(encoding) => encoding,
    };
    // A byte order mark is taken off here.
    let (text, _, is_broken) = encoding.decode(bytes);
    if is_broken && encoding == UTF_8 {
        return decode_as_guessed(bytes);
    }
    check(&text)?;
    Ok(Decoded {
        remark: matches!(found, Found::Guessed(_)).then(|| guess(encoding)),
        text: text.into_owned(),
    })
}

/// What says that it is UTF-8 and isn't, is what browsers took it for before there was UTF-8.
fn decode_as_guessed(bytes: &[u8]) -> Result<Decoded, String> {
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    check(&text)?;
    Ok(Decoded {
        remark: Some(guess(WINDOWS_1252)),
        text: text.into_owned(),
    })
}

enum Found {
    Said(&'static Encoding),
    Guessed(&'static Encoding),
}

fn find(bytes: &[u8], label: Option<&str>) -> Found {
    let carried = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = carried.or_else(|| by_page(bytes)) {
        return Found::Said(encoding);
    }
    if let Some(encoding) = wide(bytes) {
        return Found::Guessed(encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Found::Said(UTF_8),
        Err(_) => Found::Guessed(WINDOWS_1252),
    }
}

/// What a page says in `<meta charset>`, in `http-equiv`, or in its XML declaration.
fn by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    static SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?is-u)<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([a-z0-9_:.-]+)|^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([a-z0-9_:.-]+)"#,
        )
        .ok()
    });
    let head = &bytes[..bytes.len().min(HEAD)];
    let found = SAYS.as_ref()?.captures(head)?;
    let label = found.get(1).or_else(|| found.get(2))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // What could be read to here isn't in UTF-16, whatever it says.
    Some(match encoding == UTF_16LE || encoding == UTF_16BE {
        true => UTF_8,
        false => encoding,
    })
}

/// UTF-16 without a mark: every other byte of Latin letters is nothing.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(HEAD)];
    let zeros = |from: usize| {
        let bytes = sample.iter().skip(from).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let most = sample.len() / 3;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

/// Fails for what no text has.
fn check(text: &str) -> Result<(), String> {
    let is_odd = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
    };
    let n_odd = text.chars().filter(is_odd).count();
    let what = match text.contains('\0') {
        true => "a NUL byte",
        false if n_odd > 8 && n_odd * 50 > text.chars().count() => "control characters",
        false => return Ok(()),
    };
    Err(format!(
        "it is no text, but has {what}; expected an article, a timeline or a list of sources"
    ))
}

fn guess(encoding: &'static Encoding) -> String {
    format!(
        "The file isn’t UTF-8 and doesn’t say what it is; it was read as {}. See whether accents and quotation marks are right.",
        encoding.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(bytes: &[u8], label: Option<&str>, expected: &str, is_guess: bool) {
        let decoded = decode(bytes, label).unwrap();
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.remark.is_some(), is_guess, "{expected}");
    }

    #[test]
    fn an_encoding_is_found_as_browsers_find_it() {
        check_text(
            "\u{feff}Café".as_bytes(),
            Some("windows-1252"),
            "Café",
            false,
        );
        check_text(b"\xff\xfeC\0a\0f\0\xe9\0", None, "Café", false);
        check_text(b"Caf\xe9 \x93x\x94", None, "Café “x”", true);
        check_text(b"C\0a\0f\0e\0", None, "Cafe", true);
        check_text("Café".as_bytes(), None, "Café", false);
        check_text(
            b"\xcf\xf0\xe8\xe2\xe5\xf2",
            Some("windows-1251"),
            "Привет",
            false,
        );
        let page = |head: &str, byte: &[u8]| [head.as_bytes(), b"<p>", byte].concat();
        for (head, byte, letter) in [
            ("<meta charset=iso-8859-2>", b"\xb1", "ą"),
            (
                "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1250'>",
                b"\xb9",
                "ą",
            ),
            ("<?xml version='1.0' encoding='iso-8859-15'?>", b"\xa4", "€"),
            ("<meta charset=\"latin1\">", b"\x80", "€"),
        ] {
            check_text(
                &page(head, byte),
                None,
                &format!("{head}<p>{letter}"),
                false,
            );
        }
        // A page that calls itself UTF-8, and isn't.
        let head = "<meta charset=utf-8>";
        check_text(&page(head, b"\xe9"), None, &format!("{head}<p>é"), true);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0", None).is_err());
    }
}
