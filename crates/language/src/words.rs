//! A text as words, numbers and marks, each with its place in the original.
//!
//! Tokens are in order, never overlap, and cover everything but white space.

use unicode_normalization::char::is_combining_mark;

use super::normalise::digit;
use super::tokens::is_elided;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with digits, inner apostrophes and the dots of `U.S.`.
    Word,
    /// Digits with inner `.` and `,`.
    Number,
    /// Any other character.
    Mark,
}

/// One word, number or mark.
#[derive(Clone, Debug)]
pub struct Token {
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Whether it directly follows the previous token.
    pub glued: bool,
    /// Its text in lower case, with straight apostrophes and without a possessive ending.
    pub key: String,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Whether a possessive ending was removed from the key.
    pub possessive: bool,
}

impl Token {
    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Whether it is the mark `mark`.
    pub fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.key == mark
    }

    /// Whether it is a hyphen or dash of any length.
    pub fn is_dash(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.key.as_str(), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// Whether it ends a sentence.
    pub fn is_stop(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.key.as_str(), "." | "!" | "?" | "…")
    }
}

/// The keys of a phrase's tokens.
pub fn words_of(phrase: &str) -> Vec<String> {
    tokenize(phrase)
        .into_iter()
        .map(|token| token.key)
        .collect()
}

/// Splits a text into tokens.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    let mut last_end = usize::MAX;
    while let Some(first) = text[start..].chars().next() {
        if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        }
        let (kind, length) = measure(&text[start..], first);
        let end = start + length;
        let (key, possessive) = key_of(&text[start..end], kind);
        tokens.push(Token {
            start,
            end,
            kind,
            glued: start == last_end,
            key,
            capital: first.is_uppercase(),
            possessive,
        });
        last_end = end;
        start = end;
    }
    tokens
}

/// The kind and the length in bytes of the first token of `rest`.
fn measure(rest: &str, first: char) -> (Kind, usize) {
    if digit(first).is_some() {
        return (Kind::Number, number_length(rest));
    }
    if !first.is_alphabetic() {
        let kind = if first.is_numeric() {
            Kind::Number
        } else {
            Kind::Mark
        };
        return (kind, first.len_utf8());
    }
    match acronym_length(rest) {
        0 => (Kind::Word, word_length(rest)),
        length => (Kind::Word, length),
    }
}

fn number_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_inner = digit(c).is_some()
            || (is_separator(c) && chars.peek().is_some_and(|(_, next)| digit(*next).is_some()));
        if !is_inner {
            return at;
        }
    }
    rest.len()
}

/// Whether a mark may separate digits, in Latin or Arabic script.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،')
}

/// The length of `U.S.` or `a.m.`: two or more single letters, each with its dot; 0 if there is none.
fn acronym_length(rest: &str) -> usize {
    let mut letters = 0;
    let mut end = 0;
    let mut chars = rest.char_indices();
    while let (Some((_, letter)), Some((dot_at, dot))) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() || dot != '.' {
            break;
        }
        letters += 1;
        end = dot_at + 1;
    }
    let follows_letter = rest[end..]
        .chars()
        .next()
        .is_some_and(char::is_alphanumeric);
    if letters >= 2 && !follows_letter {
        return end;
    }
    // `U.S` without its last dot, as in `U.S-born`, is a word and a mark.
    0
}

fn word_length(rest: &str) -> usize {
    if let Some(length) = elision_length(rest) {
        return length;
    }
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            continue;
        }
        let inner =
            matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !inner {
            return at;
        }
    }
    rest.len()
}

/// The length of the `d’` of `d’euros`.
fn elision_length(rest: &str) -> Option<usize> {
    let (at, mark) = rest
        .char_indices()
        .take(7)
        .find(|(_, c)| matches!(c, '\'' | '’'))?;
    let end = at + mark.len_utf8();
    let goes_on = rest[end..]
        .chars()
        .next()
        .is_some_and(char::is_alphanumeric);
    (is_elided(&rest[..at].to_lowercase()) && goes_on).then_some(end)
}

fn key_of(text: &str, kind: Kind) -> (String, bool) {
    if kind == Kind::Number {
        let ascii = |c: char| match c {
            '٫' => '.',
            '٬' | '،' => ',',
            c => digit(c).unwrap_or(c),
        };
        return (text.chars().map(ascii).collect(), false);
    }
    if kind != Kind::Word {
        return (text.to_owned(), false);
    }
    let mut key: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    let possessive = key.len() > 2 && key.ends_with("'s");
    if possessive {
        key.truncate(key.len() - 2);
    }
    (key, possessive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokenize(text)
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_keep_their_apostrophes_and_acronyms_their_dots() {
        check("Mecca's U.S. don’t", &["Mecca's", "U.S.", "don’t"]);
        check("at 5 p.m. in D.C.", &["at", "5", "p.m.", "in", "D.C."]);
        check("‘the workers’ end", &["‘", "the", "workers", "’", "end"]);
    }

    #[test]
    fn numbers_keep_their_separators_and_leave_the_full_stop() {
        check("1,426.5, in 1994.", &["1,426.5", ",", "in", "1994", "."]);
        check("33rd $3bn 2½", &["33", "rd", "$", "3", "bn", "2", "½"]);
    }

    #[test]
    fn a_possessive_has_the_key_of_its_owner() {
        let tokens = tokenize("Mecca’s");
        assert_eq!(
            (tokens[0].key.as_str(), tokens[0].possessive),
            ("mecca", true)
        );
    }
}
