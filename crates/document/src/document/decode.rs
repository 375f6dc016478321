//! Decodes bytes to text without guessing.

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::project::SourcePath;

/// The largest page. A page is read whole, and takes many times its size in memory: one of 100 MB took 3 GB. The
/// longest novels have 7 MB.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The text of a file.
///
/// # Errors
///
/// If there are more than 16 MB; or if the bytes aren't UTF-8 or contain a NUL, which no text does: the fault marks the
/// byte.
pub fn decode<'a>(file: &SourcePath, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let fault = |at: usize, length: usize, message: String| {
        let place = Place::new(file, Span::new(at, at + length));
        Box::new(Diagnostic::new(Code::NotUtf8, place, message).help(remedy(bytes)))
    };
    if bytes.len() > MAX_BYTES {
        return Err(Box::new(too_large(file, bytes.len())));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let length = error.error_len().unwrap_or(bytes.len() - at);
        let line = line_of(bytes, at);
        let byte = bytes[at];
        fault(
            at,
            length,
            format!("the file isn't UTF-8: byte 0x{byte:02X} at offset {at}, line {line}"),
        )
    })?;
    match text.find('\0') {
        Some(at) => {
            let line = line_of(bytes, at);
            let message =
                format!("the file isn't plain text: a NUL byte at offset {at}, line {line}");
            Err(fault(at, 1, message))
        }
        None => Ok(text),
    }
}

fn too_large(file: &SourcePath, n_bytes: usize) -> Diagnostic {
    let n_megabytes = n_bytes.div_ceil(1024 * 1024);
    let message = format!("`{file}` has {n_megabytes} MB, and a text may have at most 16 MB");
    Diagnostic::new(Code::FileTooLarge, Place::file(file), message).help("make several pages of it")
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count()
}

fn remedy(bytes: &[u8]) -> &'static str {
    let has_mark = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if has_mark || bytes.contains(&0) {
        "the file looks like UTF-16: save it as UTF-8 in your editor"
    } else {
        "the file may be in an older encoding (Windows-1252, Latin-1): save it as UTF-8 in your editor"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> (String, Option<Span>) {
        let fault = decode(&SourcePath::new("content/a.md"), bytes).unwrap_err();
        (fault.message, fault.place.span)
    }

    #[test]
    fn what_is_not_utf_8_is_reported_at_its_byte() {
        assert_eq!(
            message(b"---\ntitle: Caf\xE9\n---\n"),
            (
                "the file isn't UTF-8: byte 0xE9 at offset 14, line 2".to_owned(),
                Some(Span::new(14, 15)),
            )
        );
        let (utf_16, _) = message(b"\xFF\xFE-\0-\0");
        assert_eq!(
            utf_16,
            "the file isn't UTF-8: byte 0xFF at offset 0, line 1"
        );
        let (cut, span) = message(b"a\xE2\x80");
        assert_eq!(cut, "the file isn't UTF-8: byte 0xE2 at offset 1, line 1");
        assert_eq!(span, Some(Span::new(1, 3)));
    }

    #[test]
    fn a_text_has_an_end() {
        let text = vec![b' '; MAX_BYTES];
        let file = SourcePath::new("content/a.md");
        assert!(decode(&file, &text).is_ok());
        assert_eq!(
            message(&[text.as_slice(), b"\n"].concat()).0,
            "`content/a.md` has 17 MB, and a text may have at most 16 MB"
        );
    }

    #[test]
    fn a_nul_is_no_text() {
        let (nul, span) = message(b"a\nb\0");
        assert_eq!(
            nul,
            "the file isn't plain text: a NUL byte at offset 3, line 2"
        );
        assert_eq!(span, Some(Span::new(3, 4)));
    }
}
