//! Splits a text into paragraphs and sentences, and separates the prose from the lines around it.
//!
//! An [`Article`] owns the cleaned text. All later stages refer to it by byte ranges, so that whatever is drafted is a
//! stretch of this text and can be shown to be one. The cleaned text is also what is kept for `verify`. Start with
//! [`Article::read`].

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::language::Language;
use super::lines;
use super::tokens::{Token, tokenize};

/// A stretch of the text, in bytes.
pub(super) type Span = Range<usize>;

/// A cleaned text and its parts.
#[derive(Debug)]
pub(super) struct Article {
    /// The text: one line per paragraph, blank lines between them, single spaces within.
    pub(super) text: String,
    /// Its words.
    pub(super) tokens: Vec<Token>,
    /// Its paragraphs, in order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Its sentences, in order.
    pub(super) sentences: Vec<Sentence>,
    /// What the lines around the prose say about it.
    pub(super) about: About,
}

/// What the lines around the prose, or the caller, say about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// The headline, as printed.
    pub(super) headline: Option<String>,
    /// Who published it.
    pub(super) publisher: Option<String>,
    /// Who wrote it.
    pub(super) authors: Vec<String>,
    /// Its address.
    pub(super) url: Option<String>,
}

impl About {
    /// Fills in what this doesn't say from another.
    pub(super) fn or(self, other: &Self) -> Self {
        let authors = if self.authors.is_empty() {
            other.authors.clone()
        } else {
            self.authors
        };
        Self {
            headline: self.headline.or_else(|| other.headline.clone()),
            publisher: self.publisher.or_else(|| other.publisher.clone()),
            authors,
            url: self.url.or_else(|| other.url.clone()),
        }
    }
}

/// The role of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The article's title.
    Headline,
    /// The date or place above the prose, on a line of its own.
    Dateline,
    /// A heading within the article.
    Heading,
    /// A picture's caption.
    Caption,
    /// Addresses, bylines and other lines that aren't part of the article.
    Furniture,
    /// Prose.
    Prose,
}

/// A line of the cleaned text.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Where it is.
    pub(super) span: Span,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its sentences.
    pub(super) sentences: Range<usize>,
    /// Its role.
    pub(super) role: Role,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its tokens; never empty.
    pub(super) tokens: Range<usize>,
    /// The index of its paragraph.
    pub(super) paragraph: usize,
}

impl Article {
    /// Cleans a text and finds its parts.
    pub(super) fn read(raw: &str, language: &Language) -> Self {
        let text = clean(raw);
        let tokens = tokenize(&text);
        let mut article = Self {
            paragraphs: paragraphs(&text, &tokens),
            text,
            tokens,
            sentences: Vec::new(),
            about: About::default(),
        };
        for index in 0..article.paragraphs.len() {
            let first = article.sentences.len();
            let range = article.paragraphs[index].tokens.clone();
            for tokens in sentences(&article.tokens, range, language) {
                article.sentences.push(Sentence {
                    tokens,
                    paragraph: index,
                });
            }
            article.paragraphs[index].sentences = first..article.sentences.len();
        }
        lines::assign_roles(&mut article, language);
        article
    }

    /// The words of a stretch.
    pub(super) fn slice(&self, span: &Span) -> &str {
        &self.text[span.clone()]
    }

    /// The stretch that tokens cover; empty for an empty range.
    pub(super) fn span_of(&self, tokens: &Range<usize>) -> Span {
        if tokens.is_empty() {
            return 0..0;
        }
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }

    /// The words that tokens cover.
    pub(super) fn words(&self, tokens: &Range<usize>) -> &str {
        self.slice(&self.span_of(tokens))
    }

    /// The index of the paragraph around an offset.
    pub(super) fn paragraph_at(&self, offset: usize) -> usize {
        self.paragraphs
            .partition_point(|paragraph| paragraph.span.end <= offset)
            .min(self.paragraphs.len().saturating_sub(1))
    }

    /// The index of the sentence around a token.
    pub(super) fn sentence_at(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.tokens.end <= token)
            .min(self.sentences.len().saturating_sub(1))
    }
}

/// Normalizes line ends and spaces, removes invisible characters, composes letters, and puts each paragraph on one
/// line.
///
/// `verify` does the same folding before it compares, so nothing that it could see changes.
fn clean(raw: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in raw.replace("\r\n", "\n").split([
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ]) {
        let visible = line.nfc().filter(|c| !is_invisible(*c));
        let mut words = String::with_capacity(line.len());
        let mut gap = false;
        for c in visible {
            if c.is_whitespace() || c.is_control() {
                gap = !words.is_empty();
                continue;
            }
            if gap {
                words.push(' ');
                gap = false;
            }
            words.push(c);
        }
        lines.push(words);
    }
    let wrapped = is_wrapped(&lines);
    let mut text = String::with_capacity(raw.len());
    let mut open = false;
    for line in &lines {
        if line.is_empty() {
            open = false;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if open { " " } else { "\n\n" });
        }
        text.push_str(line);
        open = wrapped;
    }
    text
}

/// Zero-width characters, soft hyphens, byte order marks, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
}

/// Whether lines were broken at a fixed width, as in mail and plain-text wires, so that only blank lines separate
/// paragraphs.
///
/// They were if no line is long, and most lines with a successor are nearly as long as the longest.
fn is_wrapped(lines: &[String]) -> bool {
    let width = |line: &String| line.chars().count();
    let longest = lines.iter().map(width).max().unwrap_or_default();
    if !(40..=110).contains(&longest) {
        return false;
    }
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| width(&pair[0]))
        .collect();
    let full = followed
        .iter()
        .filter(|length| **length * 10 >= longest * 7)
        .count();
    followed.len() >= 2 && full * 10 >= followed.len() * 7
}

fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut token = 0;
    for line in text.split_inclusive('\n') {
        let span = start..start + line.trim_end().len();
        start += line.len();
        if span.is_empty() {
            continue;
        }
        let first = token;
        while tokens.get(token).is_some_and(|next| next.start < span.end) {
            token += 1;
        }
        found.push(Paragraph {
            span,
            tokens: first..token,
            sentences: 0..0,
            role: Role::Prose,
        });
    }
    found
}

/// Splits the tokens of a paragraph into sentences.
fn sentences(tokens: &[Token], range: Range<usize>, language: &Language) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut index = range.start;
    while index < range.end {
        if !ends_sentence(tokens, index, &range, language) {
            index += 1;
            continue;
        }
        index += 1;
        while index < range.end && tokens[index].glued && is_closing(&tokens[index]) {
            index += 1;
        }
        let goes_on = tokens[index.min(range.end - 1)..range.end]
            .first()
            .is_some_and(|next| index < range.end && !starts_sentence(next));
        if goes_on {
            continue;
        }
        found.push(start..index);
        start = index;
    }
    if start < range.end {
        found.push(start..range.end);
    }
    found
}

/// Whether a mark belongs to the sentence that it follows.
fn is_closing(token: &Token) -> bool {
    token.is_stop()
        || matches!(
            token.key.as_str(),
            "\"" | "”" | "’" | "'" | "»" | "›" | ")" | "]" | "“"
        )
}

/// Whether a token can be the first of a sentence.
fn starts_sentence(token: &Token) -> bool {
    if token.is_word() {
        return token.capital || !token.key.chars().all(char::is_lowercase);
    }
    token.is_number()
        || matches!(
            token.key.as_str(),
            "\"" | "“"
                | "‘"
                | "'"
                | "«"
                | "‹"
                | "„"
                | "("
                | "["
                | "¿"
                | "¡"
                | "#"
                | "@"
                | "$"
                | "€"
                | "£"
        )
}

fn ends_sentence(
    tokens: &[Token],
    index: usize,
    range: &Range<usize>,
    language: &Language,
) -> bool {
    let token = &tokens[index];
    let next = (index + 1 < range.end).then(|| &tokens[index + 1]);
    if acronym_ends_sentence(token, next, language) {
        return true;
    }
    if !token.is_stop() {
        return false;
    }
    // `Gawker.com`, `4.5`.
    if next.is_some_and(|next| next.glued && !is_closing(next)) {
        return false;
    }
    if !token.is(".") || index == range.start {
        return true;
    }
    let before = &tokens[index - 1];
    let is_ordinal = language.tables.numbers.ordinal_dots
        && token.glued
        && before.is_number()
        && before.key.len() <= 2
        && next.is_some_and(|next| next.is_word() && !is_function_word(next, language));
    if is_ordinal {
        return false;
    }
    if !before.is_word() || !token.glued {
        return true;
    }
    let initial = before.capital && before.key.chars().count() == 1;
    let short = language.tables.lines.abbreviations.contains(&before.key);
    !(initial || short)
        || next.is_some_and(|next| next.capital && is_function_word(next, language) && !initial)
}

/// The dot of `U.S.` is part of the word; a sentence ends there if the next word can't be the start of a name.
fn acronym_ends_sentence(token: &Token, next: Option<&Token>, language: &Language) -> bool {
    token.is_word()
        && token.key.ends_with('.')
        && next.is_some_and(|next| next.capital && is_function_word(next, language))
}

fn is_function_word(token: &Token, language: &Language) -> bool {
    language.tables.nouns.function_words.contains(&token.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let language = Language::named("en").unwrap();
        let article = Article::read(text, language);
        let found: Vec<&str> = article
            .sentences
            .iter()
            .map(|sentence| article.words(&sentence.tokens))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        check(
            "Mr. Smith met J. R. Hart in the U.S. on Jan. 5. He left.",
            &[
                "Mr. Smith met J. R. Hart in the U.S. on Jan. 5.",
                "He left.",
            ],
        );
        check(
            "They live in the U.S. The others left.",
            &["They live in the U.S.", "The others left."],
        );
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        check(
            "“It is over.” She left. “Really?” he asked.",
            &["“It is over.”", "She left.", "“Really?” he asked."],
        );
        check(
            "See Gawker.com for 4.5 points.",
            &["See Gawker.com for 4.5 points."],
        );
    }

    #[test]
    fn lines_broken_at_a_width_are_joined_and_others_are_not() {
        let wrapped = "The council met on Monday to talk about the new\nbridge over the river, which has been planned for\nmany years and is still not built by anyone at all.\n\nNothing was decided.";
        let language = Language::named("en").unwrap();
        assert_eq!(Article::read(wrapped, language).paragraphs.len(), 2);
        let lines = "One line that stands alone here.\nAnother, quite a bit longer than the first one was, stands here.\nShort.\nThe end.";
        assert_eq!(Article::read(lines, language).paragraphs.len(), 4);
    }

    #[test]
    fn invisible_characters_and_runs_of_space_go_and_everything_else_stays() {
        let language = Language::named("en").unwrap();
        let article = Article::read("\u{feff}A\u{a0} b\u{200b}c\u{ad}d\te.\r\nNew", language);
        assert_eq!(article.text, "A bcd e.\n\nNew");
    }
}
