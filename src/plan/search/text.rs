//! Splits a text into words as the search compares them.
//!
//! `static/search.js` splits queries in the same way: change both together.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word, in characters; the rest of a longer one is ignored, because it is an address or a code that nobody
/// types.
const LONGEST: usize = 40;

/// Latin, Greek and Cyrillic letters, whose accents readers may or may not type.
const MARKED: std::ops::RangeInclusive<char> = 'A'..='\u{52f}';

/// A text in which everything that a reader considers the same letter is equal: capitals, accents of Latin, Greek and
/// Cyrillic, vowel points of Hebrew and Arabic, ligatures, wide and narrow forms.
///
/// Marks in other scripts count as letters: without its vowel signs, a word in Hindi, Tamil or Thai is a different
/// word.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let has_capitals = text.bytes().any(|c| c.is_ascii_uppercase());
        return if has_capitals {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    // Most words on a page are ASCII, with typographic quotation marks here and there. No letter or mark affects
    // anything beyond a space.
    let mut folded = String::with_capacity(text.len());
    for piece in text.split_inclusive(' ') {
        if piece.is_ascii() {
            let start = folded.len();
            folded.push_str(piece);
            folded[start..].make_ascii_lowercase();
        } else {
            fold_letters(piece, &mut folded);
        }
    }
    folded.into()
}

fn fold_letters(text: &str, folded: &mut String) {
    let mut letters = String::with_capacity(text.len());
    let mut base = ' ';
    for c in text.to_lowercase().nfkd() {
        if is_combining_mark(c) {
            if MARKED.contains(&base) || is_point(c) {
                continue;
            }
        } else {
            base = c;
        }
        match c {
            'ß' => letters.push_str("ss"),
            'æ' => letters.push_str("ae"),
            'œ' => letters.push_str("oe"),
            'þ' => letters.push_str("th"),
            'ø' => letters.push('o'),
            'đ' | 'ð' => letters.push('d'),
            'ł' => letters.push('l'),
            'ı' => letters.push('i'),
            'ς' => letters.push('σ'),
            // Soft hyphens, joiners and the stretching of Arabic words aren't letters.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{640}' => {}
            c => letters.push(c),
        }
    }
    folded.extend(letters.nfkc());
}

/// The vowel points of Hebrew and Arabic.
fn is_point(mark: char) -> bool {
    matches!(mark, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// Whether a letter belongs to a script without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese and
/// Japanese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Calls `found` with each word of a folded text, from left to right.
///
/// In scripts without spaces, finding words takes a dictionary: there, every letter and every pair of adjacent letters
/// is a word. Spaces and line breaks between them are ignored.
pub(super) fn words(folded: &str, mut found: impl FnMut(&str)) {
    let mut rest = folded;
    while let Some(start) = rest.find(is_word) {
        rest = &rest[start..];
        let is_run = rest.starts_with(is_unspaced);
        if is_run {
            let end = end_of_run(rest);
            grams(&rest[..end], &mut found);
            rest = &rest[end..];
            continue;
        }
        let end = rest
            .find(|c| !is_word(c) || is_unspaced(c))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let longest = word.char_indices().nth(LONGEST);
        found(longest.map_or(word, |(end, _)| &word[..end]));
        rest = &rest[end..];
    }
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c)
    }
}

/// The end of a run of letters without spaces, including any spaces that occur between them anyway.
fn end_of_run(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_unspaced(c) && is_word(c) {
            end = at + c.len_utf8();
        } else if !c.is_whitespace() {
            break;
        }
    }
    end
}

/// Each letter of a run with its marks, and each adjacent pair.
fn grams(run: &str, found: &mut impl FnMut(&str)) {
    let mut before = String::new();
    let mut letter = String::new();
    for c in run
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(Some)
        .chain([None])
    {
        if let Some(mark) = c.filter(|c| is_combining_mark(*c) && !letter.is_empty()) {
            letter.push(mark);
            continue;
        }
        if !letter.is_empty() {
            found(&letter);
            if !before.is_empty() {
                before.push_str(&letter);
                found(&before);
            }
        }
        before = std::mem::take(&mut letter);
        letter.extend(c);
    }
}

/// A text for display, without the spaces that line breaks left between Chinese or Japanese letters.
pub(super) fn joined(text: &str) -> String {
    let has_no_spaces = |c: char| is_unspaced(c) && c >= '\u{3000}';
    let mut joined = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_between = c == ' '
            && joined.ends_with(has_no_spaces)
            && letters.peek().is_some_and(|c| has_no_spaces(*c));
        if !is_between {
            joined.push(c);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(&fold(text), |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn marks_of_latin_greek_and_cyrillic_do_not_count() {
        assert_eq!(split("MÁO Ñandú"), ["mao", "nandu"]);
        assert_eq!(split("Λόγος ΛΌΓΟΣ"), ["λογοσ", "λογοσ"]);
        assert_eq!(split("Ёлка ёлка"), ["елка", "елка"]);
        assert_eq!(
            split("Straße Œuvre Øre Łódź"),
            ["strasse", "oeuvre", "ore", "lodz"]
        );
        assert_eq!(split("İstanbul ﬁn Ｗｉｄｅ"), ["istanbul", "fin", "wide"]);
    }

    #[test]
    fn vowels_of_other_scripts_are_letters() {
        assert_ne!(split("दिल"), split("दाल"));
        assert_eq!(split("दिल"), ["दिल"]);
        assert_eq!(split("கல்"), ["கல்"]);
        assert_ne!(split("ดี"), split("ดา"));
        assert_eq!(split("ดี"), ["ดี"]);
        assert_eq!(split("한국어"), ["한국어"]);
        assert_eq!(split("שָׁלוֹם"), split("שלום"));
        assert_eq!(split("مُحَمَّد"), split("محمد"));
    }

    #[test]
    fn scripts_without_spaces_are_found_by_one_letter_and_by_two_across_line_ends() {
        assert_eq!(split("香港\n法 x"), ["香", "港", "香港", "法", "港法", "x"]);
        assert_eq!(split("abc香港"), ["abc", "香", "港", "香港"]);
        assert_eq!(split("ดีมาก")[..3], ["ดี", "ม", "ดีม"]);
    }

    #[test]
    fn signs_end_words() {
        assert_eq!(
            split("l’Été, well-known e.g. 4.5 %"),
            ["l", "ete", "well", "known", "e", "g", "4", "5"]
        );
        assert_eq!(split(" … "), Vec::<String>::new());
        assert_eq!(split(&"a".repeat(99))[0].len(), LONGEST);
    }

    #[test]
    fn lines_of_chinese_are_joined_and_lines_of_others_are_not() {
        assert_eq!(joined("香港 法院 said 香"), "香港法院 said 香");
        assert_eq!(joined("한국 사람"), "한국 사람");
    }
}
