//! Counts the words of a text.

use unicode_segmentation::UnicodeSegmentation;

/// Counts words according to UAX 29: `don’t`, `4.5` and `U.S` are one word each, and a dash is none.
pub(super) fn count(text: &str) -> usize {
    // A word never spans a space, so each token can be counted on its own. ASCII tokens are counted without Unicode
    // tables, which would take longer than the rest of reading Markdown.
    let mut n_words = 0;
    let mut rest = text;
    while let Some(found) = first_beyond_ascii(rest.as_bytes()) {
        let is_space = |byte: &u8| byte.is_ascii_whitespace();
        let bytes = rest.as_bytes();
        let before = bytes[..found].iter().rposition(is_space);
        let start = before.map_or(0, |space| space + 1);
        let after = bytes[found..].iter().position(is_space);
        let end = after.map_or(rest.len(), |length| found + length);
        n_words += count_ascii(&bytes[..start]) + rest[start..end].unicode_words().count();
        rest = &rest[end..];
    }
    n_words + count_ascii(rest.as_bytes())
}

fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    /// A chunk is tested with vector instructions; a smaller one would be mostly overhead.
    const CHUNK: usize = 64;
    let mut chunks = bytes.chunks(CHUNK).enumerate();
    let (index, chunk) = chunks.find(|(_, chunk)| !chunk.is_ascii())?;
    let found = chunk.iter().position(|byte| !byte.is_ascii());
    found.map(|found| index * CHUNK + found)
}

/// The rules of UAX 29 for ASCII: the number of runs of letters and digits, minus the joints between runs that belong
/// together.
fn count_ascii(text: &[u8]) -> usize {
    let starts_word =
        |before: u8, byte: u8| !before.is_ascii_alphanumeric() & byte.is_ascii_alphanumeric();
    let first = text
        .first()
        .map_or(0, |byte| usize::from(byte.is_ascii_alphanumeric()));
    let second = text
        .get(..2)
        .map_or(0, |pair| usize::from(starts_word(pair[0], pair[1])));
    let others = count_threes(text, |_, before, byte| starts_word(before, byte));
    let joints = count_threes(text, joins);
    let is_long = |before: u8, byte: u8, _| (before == b'_') & (byte == b'_');
    let long = match count_threes(text, is_long) {
        0 => 0,
        _ => long_joints(text),
    };
    first + second + others - joints - long
}

/// Counts the positions where three consecutive bytes meet a condition. It adds small numbers without branches, so that
/// it compiles to vector instructions.
fn count_threes(text: &[u8], is_asked_for: impl Fn(u8, u8, u8) -> bool) -> usize {
    /// At most as many as a `u8` can count, so that sums fit into single bytes.
    const CHUNK: usize = 128;
    let n_threes = text.len().saturating_sub(2);
    let [first, second, third] = [0, 1, 2].map(|offset| {
        let bytes = text.get(offset..offset + n_threes);
        bytes.unwrap_or_default().chunks(CHUNK)
    });
    let chunks = first.zip(second).zip(third);
    let counts = chunks.map(|((first, second), third)| {
        let threes = first.iter().zip(second).zip(third);
        let asked_for = threes.map(|((a, b), c)| u8::from(is_asked_for(*a, *b, *c)));
        usize::from(asked_for.sum::<u8>())
    });
    counts.sum()
}

/// Whether `mark` joins what is before and after it: `.` and `'` join two letters or two digits, `:` two letters, `,`
/// and `;` two digits, `_` either.
fn joins(before: u8, mark: u8, after: u8) -> bool {
    let letters = before.is_ascii_alphabetic() & after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() & after.is_ascii_digit();
    let either = before.is_ascii_alphanumeric() & after.is_ascii_alphanumeric();
    ((mark == b'.') | (mark == b'\'')) & (letters | digits)
        | (mark == b':') & letters
        | ((mark == b',') | (mark == b';')) & digits
        | (mark == b'_') & either
}

/// How often several `_` join what is before and after them.
fn long_joints(text: &[u8]) -> usize {
    let mut n_joints = 0;
    let mut from = 0;
    while let Some(found) = text[from..].windows(2).position(|pair| pair == b"__") {
        let start = from + found;
        let length = text[start..]
            .iter()
            .take_while(|byte| **byte == b'_')
            .count();
        let before = start.checked_sub(1).and_then(|before| text.get(before));
        from = start + length;
        let ends = [before, text.get(from)];
        let is_joint = ends
            .iter()
            .all(|end| end.is_some_and(u8::is_ascii_alphanumeric));
        n_joints += usize::from(is_joint);
    }
    n_joints
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
        fn words_are_counted_as_unicode_says(text in "[a-c1-3_.':,; \\-\"!@é’“\n]{0,40}") {
            prop_assert_eq!(count(&text), text.unicode_words().count());
        }
    }
}
