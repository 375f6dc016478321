//! Escapes text for HTML.

/// Adds text to the content of an element.
pub(in crate::document) fn push_text(html: &mut String, text: &str) {
    push(html, text, &TEXT);
}

/// Adds text to an attribute value in double quotation marks.
pub(super) fn push_attribute(html: &mut String, text: &str) {
    push(html, text, &ATTRIBUTE);
}

/// Adds an address to an attribute value in double quotation marks. Percent signs are kept, and everything that isn't
/// allowed in an address is percent-encoded.
pub(super) fn push_address(html: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => html.push_str("&amp;"),
            b'\'' => html.push_str("&#39;"),
            byte if is_address_byte(byte) => html.push(char::from(byte)),
            byte => {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
                html.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
}

fn push(html: &mut String, text: &str, is_special: &[bool; 256]) {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (index, &byte) in bytes.iter().enumerate() {
        if !is_special[usize::from(byte)] {
            continue;
        }
        html.push_str(&text[written..index]);
        html.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // Every line ends in a plain `\n`.
            b'\r' if bytes.get(index + 1) == Some(&b'\n') => "",
            b'\r' => "\n",
            // HTML can't represent control characters.
            _ => "\u{fffd}",
        });
        written = index + 1;
    }
    html.push_str(&text[written..]);
}

/// The bytes that must be escaped in text.
static TEXT: [bool; 256] = {
    let mut is_special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        is_special[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    is_special[0x7f] = true;
    is_special[b'&' as usize] = true;
    is_special[b'<' as usize] = true;
    is_special[b'>' as usize] = true;
    is_special
};

/// The bytes that must be escaped in an attribute.
static ATTRIBUTE: [bool; 256] = {
    let mut is_special = TEXT;
    is_special[b'"' as usize] = true;
    is_special
};

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%()*+,-./:;=?@_~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(push: fn(&mut String, &str), input: &str, expected: &str) {
        let mut html = String::new();
        push(&mut html, input);
        assert_eq!(html, expected, "{input:?}");
    }

    #[test]
    fn text_keeps_quotation_marks_and_line_breaks_of_one_kind() {
        check(
            push_text,
            "a < b & \"c\" > d",
            "a &lt; b &amp; \"c\" &gt; d",
        );
        check(push_text, "a\r\nb\rc\td\r", "a\nb\nc\td\n");
        check(push_text, "x\0y\u{7f}", "x\u{fffd}y\u{fffd}");
    }

    #[test]
    fn an_attribute_cannot_be_left() {
        check(push_attribute, "\" onload=\"x", "&quot; onload=&quot;x");
    }

    #[test]
    fn an_address_is_encoded_once() {
        check(
            push_address,
            "https://x.org/a b%20c?d=1&e='\"<ü[\\",
            "https://x.org/a%20b%20c?d=1&amp;e=&#39;%22%3C%C3%BC%5B%5C",
        );
    }
}
