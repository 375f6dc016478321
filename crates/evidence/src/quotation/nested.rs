//! Detects a quotation within a quotation, whose words are somebody else's in the speaker's mouth.
//!
//! `“He said: ‘Never again’ to me,” Adair told reporters`: it isn't Adair who said *never again*. Only speech
//! introduced by a colon or comma counts; when a speaker calls something ‘a disgrace’, the words are the speaker's own.

use std::ops::Range;

use crate::source::SourceText;

/// Whether words inside quotation marks are also inside a second pair within the first.
pub(crate) fn is_speech_within(source: &SourceText, words: &Range<usize>) -> bool {
    let span = source
        .span_of(words.start)
        .and_then(|index| source.spans().get(index));
    let Some(span) = span.filter(|span| words.end <= span.end) else {
        return false;
    };
    let outer = source.original_range(span);
    let at = source.original_range(words);
    let mark = source.original(0..outer.start).chars().next_back();
    let (opening, closing) = match mark {
        Some('“' | '"' | '„' | '«') => (['‘', '\''], ['’', '\'']),
        Some('‘' | '\'') => (['“', '"'], ['”', '"']),
        Some(_) | None => return false,
    };
    let start = source.original(outer.start..at.start);
    // The mark that closes the inner quotation may directly precede the one that closes the outer.
    let behind = source.original(at.end..outer.end + MARK);
    let behind = match behind {
        "" => source.original(at.end..outer.end),
        behind => behind,
    };
    is_open(start, opening, closing) && places(behind, closing, is_closing).next().is_some()
}

/// The bytes of a closing mark in its longest form.
const MARK: usize = '’'.len_utf8();

/// Whether a text leaves open a quotation that a colon or comma introduced.
fn is_open(text: &str, opening: [char; 2], closing: [char; 2]) -> bool {
    let opened = places(text, opening, is_opening)
        .filter(|place| text[..*place].trim_end().ends_with([':', ',']))
        .last();
    let closed = places(text, closing, is_closing).last();
    opened.is_some_and(|opened| closed.is_none_or(|closed| closed < opened))
}

/// Positions of those marks that can be opening or closing, as judged by the characters on both sides.
fn places(
    text: &str,
    marks: [char; 2],
    looks: fn(Option<char>, Option<char>) -> bool,
) -> impl Iterator<Item = usize> {
    text.match_indices(marks)
        .filter(move |(place, mark)| {
            let before = text[..*place].chars().next_back();
            let behind = text[place + mark.len()..].chars().next();
            looks(before, behind)
        })
        .map(|(place, _)| place)
}

fn is_opening(before: Option<char>, behind: Option<char>) -> bool {
    // At the end of a text, what follows is the words themselves.
    before.is_some_and(char::is_whitespace) && behind.is_none_or(char::is_alphanumeric)
}

fn is_closing(before: Option<char>, behind: Option<char>) -> bool {
    before.is_none_or(|before| !before.is_whitespace())
        && behind.is_none_or(|behind| !behind.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` encloses the words.
    fn check(text: &str, expected: bool) {
        let parts: Vec<&str> = text.split('@').collect();
        let [before, words, _] = parts.as_slice() else {
            panic!("{text}")
        };
        let n_tokens = |text: &str| SourceText::new(text).tokens().len();
        let start = n_tokens(before);
        let source = SourceText::new(&text.replace('@', ""));
        let found = is_speech_within(&source, &(start..start + n_tokens(words)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn speech_within_speech_is_somebody_elses() {
        check(
            "“He said: ‘@Never again@’ to me,” Adair told reporters.",
            true,
        );
        check("\"He said, '@Never again@' to me,\" Adair said.", true);
        check("“He told me, ‘@Never again@’,” Adair said.", true);
        check("“He told me, ‘@Never again@’”, Adair said.", true);
        check("‘He said: “@Never again@” to me,’ Adair said.", true);
        check("“He said: ‘Never.’ @I went home@ then,” Adair said.", false);
        check("“@He said: ‘Never again’@ to me,” Adair said.", false);
        check("“It is ‘@a disgrace@’ to all,” Adair said.", false);
        check("“We said, ’twas @late in the year@,” Adair said.", false);
        check("“@Never again@,” Adair said.", false);
    }
}
