//! The sentence that words stand in.

use std::ops::Range;

/// The bytes of the sentence, or sentences, around a stretch of a text. A line's end ends a sentence only if nothing
/// stands on the next line: texts may be wrapped.
pub fn sentence(text: &str, stretch: Range<usize>) -> Range<usize> {
    let start = text[..stretch.start]
        .char_indices()
        .rev()
        .map(|(index, _)| index)
        .find_map(|index| end_at(text, index).filter(|end| *end <= stretch.start))
        .unwrap_or_default();
    let from = stretch.end.saturating_sub(1).max(stretch.start);
    let end = text[from..]
        .char_indices()
        .find_map(|(index, _)| end_at(text, from + index).filter(|end| *end >= stretch.end))
        .unwrap_or(text.len());
    start..end
}

/// The bytes of the paragraph around a place of a text.
pub fn paragraph(text: &str, place: usize) -> Range<usize> {
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let end = text[place..]
        .find('\n')
        .map_or(text.len(), |end| place + end);
    start..end
}

/// Where a sentence ends, if the character at `index` ends one.
fn end_at(text: &str, index: usize) -> Option<usize> {
    let rest = text.get(index..)?;
    let char = rest.chars().next()?;
    if char == '\n' {
        return rest[1..]
            .trim_start_matches([' ', '\r', '\t'])
            .starts_with('\n')
            .then_some(index);
    }
    if matches!(char, '。' | '！' | '？') {
        return Some(index + char.len_utf8());
    }
    if !matches!(char, '.' | '!' | '?') {
        return None;
    }
    let behind = rest[1..].trim_start_matches(['"', '”', '’', '»', '“', ')']);
    let end = text.len() - behind.len();
    let next = behind.chars().next();
    let is_parted = next.is_none_or(char::is_whitespace);
    let next = behind.trim_start().chars().next();
    let starts = next.is_none_or(|next| !next.is_lowercase());
    (is_parted && starts && !(char == '.' && is_abbreviation(&text[..index]))).then_some(end)
}

/// Whether the word at the end of a text is one that a point shortens: `U.S`, `J`, `Dr`.
fn is_abbreviation(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| c.is_whitespace())
        .next()
        .unwrap_or(text);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial
        || word.contains('.')
        || matches!(
            word,
            "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen" | "Sen" | "Rep" | "Gov" | "No"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        let text = "It rained. The U.S. Army of Dr. Lee counted 12 cows in\n2022. “Rain!” she said.\n\nNo end";
        let around = |words: &str| {
            let start = text.find(words).unwrap();
            text[sentence(text, start..start + words.len())].trim()
        };
        assert_eq!(around("rained"), "It rained.");
        assert_eq!(
            around("12 cows"),
            "The U.S. Army of Dr. Lee counted 12 cows in\n2022."
        );
        assert_eq!(around("she said"), "“Rain!” she said.");
        assert_eq!(around("No end"), "No end");
    }
}
