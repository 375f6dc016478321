//! The words of a normalised text.
//!
//! Comparisons go token by token, so that spaces never decide and no word is found inside another. A token is a word
//! (with its inner apostrophes), a number (with its inner `.` and `,`), an ellipsis, or one other sign. Quotation marks
//! aren't tokens: writers change them when they quote (double to single, English to French), and a second paragraph
//! repeats the mark of the first. [`super::marks`] keeps track of them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::normalise::Char;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, or letters and digits: `don't`, `33rd`.
    Word,
    /// Digits: `24,000`, `4.5`.
    Number,
    /// `...`.
    Ellipsis,
    /// Any other sign, alone.
    Sign,
}

/// A token of a normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its range in the normalised text, in characters.
    pub chars: Range<usize>,
    /// Its text.
    pub text: Box<str>,
    /// Whether it follows the previous token without a space or a quotation mark.
    pub is_glued: bool,
}

impl Token {
    /// Whether it counts as a word: words and numbers do.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }

    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && &*self.text == sign
    }

    /// Whether it is a comma, a full stop or the like, which a writer may put at the end of a quotation.
    pub fn is_soft_stop(&self) -> bool {
        self.kind == TokenKind::Sign && matches!(&*self.text, "." | "," | ";" | ":" | "-")
    }
}

/// A quotation mark, or an apostrophe that may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its position in the normalised text, in characters.
    pub char_index: usize,
    /// How many tokens precede it.
    pub token_index: usize,
}

/// The tokens and marks of a normalised text.
pub fn tokenise(chars: &[Char]) -> (Vec<Token>, Vec<Mark>) {
    let mut tokens: Vec<Token> = Vec::new();
    let mut marks = Vec::new();
    let mut at = 0;
    let mut is_glued = false;
    while at < chars.len() {
        let value = chars[at].value;
        if value == ' ' {
            is_glued = false;
            at += 1;
            continue;
        }
        if value == '"' || value == '\'' {
            marks.push(Mark {
                char_index: at,
                token_index: tokens.len(),
            });
            is_glued = false;
            at += 1;
            continue;
        }
        if let Some(length) = sic_at(chars, at) {
            is_glued = false;
            at += length;
            continue;
        }
        let (kind, end) = token_at(chars, at);
        tokens.push(Token {
            kind,
            chars: at..end,
            text: chars[at..end].iter().map(|char| char.value).collect(),
            is_glued,
        });
        is_glued = true;
        at = end;
    }
    (tokens, marks)
}

/// The length of a `[sic]`, which counts as no word, neither in a source nor in a quotation.
fn sic_at(chars: &[Char], start: usize) -> Option<usize> {
    ["[sic]", "[sic!]", "(sic)"]
        .into_iter()
        .map(str::chars)
        .find_map(|sic| {
            let length = sic.clone().count();
            let found = chars.get(start..start + length)?;
            let is_same = found
                .iter()
                .zip(sic)
                .all(|(char, sic)| char.value.eq_ignore_ascii_case(&sic));
            is_same.then_some(length)
        })
}

fn token_at(chars: &[Char], start: usize) -> (TokenKind, usize) {
    let value = |index: usize| chars.get(index).map(|char| char.value);
    let first = chars[start].value;
    if first == '.' && value(start + 1) == Some('.') && value(start + 2) == Some('.') {
        return (TokenKind::Ellipsis, start + 3);
    }
    if is_ideographic(first) {
        // In a script without spaces, each character is a word; otherwise a whole sentence would be one.
        return (TokenKind::Word, start + 1);
    }
    if !is_word_char(first) {
        return (TokenKind::Sign, start + 1);
    }
    if let Some(end) = elision_at(chars, start) {
        return (TokenKind::Word, end);
    }
    let mut end = start + 1;
    let mut is_number = first.is_ascii_digit();
    while let Some(char) = value(end) {
        let next = value(end + 1);
        let is_inner = match char {
            '\'' => next.is_some_and(|next| next.is_alphabetic()),
            '.' | ',' => {
                chars[end - 1].value.is_ascii_digit()
                    && next.is_some_and(|next| next.is_ascii_digit())
            }
            _ => is_word_char(char) && !is_ideographic(char),
        };
        if !is_inner {
            break;
        }
        is_number &= char.is_ascii_digit() || matches!(char, '.' | ',');
        end += 1;
    }
    let kind = if is_number {
        TokenKind::Number
    } else {
        TokenKind::Word
    };
    (kind, end)
}

/// The end of the elided word that begins here: the `d'` of `d'euros`, the `qu'` of `qu'il`.
fn elision_at(chars: &[Char], start: usize) -> Option<usize> {
    let length = chars[start..]
        .iter()
        .take(7)
        .position(|char| char.value == '\'')?;
    let word: String = chars[start..start + length]
        .iter()
        .flat_map(|char| char.value.to_lowercase())
        .collect();
    let end = start + length + 1;
    let goes_on = chars
        .get(end)
        .is_some_and(|next| next.value.is_alphanumeric());
    (is_elided(&word) && goes_on).then_some(end)
}

/// Whether a word before an apostrophe has lost its vowel, as in French and related languages.
pub(crate) fn is_elided(word: &str) -> bool {
    matches!(
        word,
        "c" | "d"
            | "j"
            | "l"
            | "m"
            | "n"
            | "s"
            | "t"
            | "qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quoiqu"
    )
}

/// Whether a character can be part of a word.
pub fn is_word_char(value: char) -> bool {
    value.is_alphanumeric() || is_combining_mark(value)
}

/// Whether a character belongs to a script without spaces between words.
pub fn is_ideographic(value: char) -> bool {
    matches!(
        u32::from(value),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
            | 0xf900..=0xfaff | 0x20000..=0x3ffff
    ) && value.is_alphanumeric()
}

/// How many words the tokens make up; a hyphenated word counts once.
pub fn count_words(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .enumerate()
        .filter(|(index, token)| token.is_word() && !joins_before(tokens, *index))
        .count()
}

/// Whether a token continues the hyphenated word before it: `known` in `well-known`.
pub fn joins_before(tokens: &[Token], index: usize) -> bool {
    index >= 2
        && tokens[index].is_glued
        && tokens[index].is_word()
        && tokens[index - 1].is_sign("-")
        && tokens[index - 1].is_glued
        && tokens[index - 2].is_word()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::normalised_chars;

    fn check(input: &str, expected: &[&str]) {
        let (tokens, _) = tokenise(&normalised_chars(input));
        let texts: Vec<&str> = tokens.iter().map(|token| &*token.text).collect();
        assert_eq!(texts, expected, "{input}");
    }

    #[test]
    fn numbers_keep_their_inner_signs() {
        check(
            "$1.2 billion, 24,000.",
            &["$", "1.2", "billion", ",", "24,000", "."],
        );
        check("55% of 4 .5", &["55", "%", "of", "4", ".", "5"]);
    }

    #[test]
    fn words_keep_their_inner_apostrophes() {
        check(
            "“Don’t,” the players’ union said",
            &["Don't", ",", "the", "players", "union", "said"],
        );
    }

    #[test]
    fn hyphens_and_ellipses_are_tokens() {
        check(
            "COVID-19 … so-called",
            &["COVID", "-", "19", "...", "so", "-", "called"],
        );
    }

    #[test]
    fn words_without_spaces_are_split_by_sign() {
        check("中国外交部", &["中", "国", "外", "交", "部"]);
    }

    #[test]
    fn a_hyphenated_word_counts_once() {
        let (tokens, _) = tokenise(&normalised_chars("a well-known actor — here"));
        assert_eq!(count_words(&tokens), 4);
    }
}
