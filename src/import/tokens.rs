//! A text as words, numbers and marks, each with its place.
//!
//! Tokens never overlap, follow one another, and cover everything but white space.

use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with digits, inner apostrophes and the dots of `U.S.`.
    Word,
    /// Digits with inner `.` and `,`.
    Number,
    /// Any other character.
    Mark,
}

/// One word, number or mark.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset after its last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
    /// Its text in lower case, with straight apostrophes and without a possessive ending.
    pub(super) key: String,
    /// Whether it starts with a capital.
    pub(super) capital: bool,
    /// Whether a possessive ending was taken off the key.
    pub(super) possessive: bool,
}

impl Token {
    /// Whether it is a word.
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Whether it is the mark `mark`.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.key == mark
    }

    /// Whether it is a hyphen or dash of any length.
    pub(super) fn is_dash(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.key.as_str(), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// Whether it ends a sentence.
    pub(super) fn is_stop(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.key.as_str(), "." | "!" | "?" | "…")
    }
}

/// The keys of a phrase's tokens.
pub(super) fn words_of(phrase: &str) -> Vec<String> {
    tokenize(phrase)
        .into_iter()
        .map(|token| token.key)
        .collect()
}

/// Splits a text into tokens.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
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

/// The kind and length in bytes of the token that `rest` starts with.
fn measure(rest: &str, first: char) -> (Kind, usize) {
    if first.is_ascii_digit() {
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
    let bytes = rest.as_bytes();
    let mut end = 1;
    while end < bytes.len() {
        let inner =
            matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !inner {
            break;
        }
        end += 1;
    }
    end
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

fn key_of(text: &str, kind: Kind) -> (String, bool) {
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
