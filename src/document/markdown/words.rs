//! How many words a text has.

use unicode_segmentation::UnicodeSegmentation;

/// Counts words by UAX 29: `don’t`, `4.5` and `U.S` are one each, and a dash is none.
pub(super) fn count(text: &str) -> usize {
    // A word never goes over a space, so that each token can be counted by itself: those in ASCII without the
    // tables of Unicode, which take several times as long as parsing the Markdown.
    text.split_ascii_whitespace()
        .map(|token| {
            if token.is_ascii() {
                count_ascii(token.as_bytes())
            } else {
                token.unicode_words().count()
            }
        })
        .sum()
}

/// The rules of UAX 29 for ASCII: letters, digits and `_` hold together; `.` and `'` also join two letters or
/// two digits, `:` two letters, `,` and `;` two digits. What has neither a letter nor a digit is no word.
fn count_ascii(token: &[u8]) -> usize {
    let mut n_words = 0;
    let mut is_word = false;
    for (index, &byte) in token.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            if !is_word {
                n_words += 1;
                is_word = true;
            }
        } else if byte != b'_' && !joins(token, index) {
            is_word = false;
        }
    }
    n_words
}

/// Whether the punctuation mark at `index` holds what is before and after it together.
fn joins(token: &[u8], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| token.get(before));
    let (Some(before), Some(after)) = (before, token.get(index + 1)) else {
        return false;
    };
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match token[index] {
        b'.' | b'\'' => letters || digits,
        b':' => letters,
        b',' | b';' => digits,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_inside_a_word_do_not_split_it() {
        for (text, expected) in [
            ("", 0),
            ("— … “”", 0),
            ("don't don’t", 2),
            ("4.5 percent, 46,000 people", 4),
            ("well-known", 2),
            ("Zürich, naïve", 2),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn ascii_is_counted_as_unicode_says(text in "[a-c1-3_.':,; \\-\"!@]{0,40}") {
            prop_assert_eq!(count(&text), text.unicode_words().count());
        }
    }
}
