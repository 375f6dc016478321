//! Where sentences and paragraphs begin and end.

use nutgraf_language::Language;
use nutgraf_language::marks::Paragraph;
use nutgraf_language::normalise::Char;
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::{Token, TokenKind, is_ideographic};

/// The end (exclusive) of each sentence, ascending. A paragraph ends its last one.
pub(super) fn sentence_ends(
    language: &Language,
    tokens: &[Token],
    paragraphs: &[Paragraph],
) -> Vec<usize> {
    paragraphs
        .iter()
        .flat_map(|paragraph| {
            let last = paragraph.tokens.end.saturating_sub(1);
            paragraph
                .tokens
                .clone()
                .filter(move |index| *index == last || stops_sentence(language, tokens, *index))
                .map(|index| index + 1)
        })
        .collect()
}

/// Whether a token within a paragraph is a stop that ends a sentence.
fn stops_sentence(language: &Language, tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let is_question = token.is_sign("?") || token.is_sign("!");
    if !is_question && !token.is_sign(".") {
        return false;
    }
    let follows_abbreviation = !is_question
        && index > 0
        && token.is_glued
        && language.is_abbreviation(&tokens[index - 1].text);
    let is_ordinal = language.tables.numbers.ordinal_dots
        && !is_question
        && token.is_glued
        && index > 0
        && tokens[index - 1].kind == TokenKind::Number
        && tokens[index - 1].text.len() <= 2
        && tokens.get(index + 1).is_some_and(|next| {
            next.is_word()
                && !language
                    .tables
                    .nouns
                    .function_words
                    .contains(&*lower(&next.text))
        });
    if is_ordinal {
        return false;
    }
    let goes_on = tokens
        .get(index + 1)
        .is_some_and(|next| starts_lower(next) || next.is_soft_stop());
    !follows_abbreviation && !goes_on
}

fn starts_lower(token: &Token) -> bool {
    token.text.chars().next().is_some_and(char::is_lowercase)
}

/// The paragraphs with words, in order.
pub(super) fn paragraphs(text: &str, chars: &[Char], tokens: &[Token]) -> Vec<Paragraph> {
    let mut starts: Vec<usize> = paragraph_starts(text)
        .into_iter()
        .map(|byte| chars.partition_point(|char| (char.start as usize) < byte))
        .map(|char| char + usize::from(chars.get(char).is_some_and(|char| char.value == ' ')))
        .collect();
    starts.dedup();
    let mut paragraphs = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(chars.len());
        let from = tokens.partition_point(|token| token.chars.start < *start);
        let to = tokens.partition_point(|token| token.chars.start < end);
        if from < to {
            paragraphs.push(Paragraph {
                chars: *start..end,
                tokens: from..to,
            });
        }
    }
    paragraphs
}

/// The bytes at which paragraphs begin.
fn paragraph_starts(text: &str) -> Vec<usize> {
    let lines = lines(text);
    let widest = lines
        .iter()
        .map(|(_, line)| line.chars().count())
        .max()
        .unwrap_or(0);
    let may_be_wrapped = (50..=120).contains(&widest);
    let mut starts = Vec::new();
    let mut before: Option<&str> = None;
    for (start, line) in &lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        let is_cjk = |c: Option<char>| c.is_some_and(is_unspaced);
        let goes_on_unspaced = before.is_some_and(|before| {
            is_cjk(before.chars().next_back()) && is_cjk(line.chars().next())
        });
        let is_wrapped = may_be_wrapped
            && before.is_some_and(|before| {
                let next_word = line.split_whitespace().next().unwrap_or_default();
                before.chars().count() + 1 + next_word.chars().count() > widest
            });
        let breaks_word = before.is_some_and(|before| {
            before.ends_with('\u{ad}')
                || (before.ends_with('-') && line.starts_with(char::is_lowercase))
        });
        if !is_wrapped && !goes_on_unspaced && !breaks_word {
            starts.push(*start);
        }
        before = Some(line);
    }
    starts
}

/// Whether a character belongs to a script without spaces, in which a line break between two characters means nothing.
fn is_unspaced(c: char) -> bool {
    is_ideographic(c) || matches!(c, '，' | '、' | '：' | '；' | '（' | '）')
}

/// The trimmed lines, each with the byte at which it begins.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    text.split(['\n', '\u{2029}', '\r'])
        .map(|line| {
            let own = start;
            let separator = text[own + line.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            start = own + line.len() + separator;
            (own + (line.len() - line.trim_start().len()), line.trim())
        })
        .collect()
}
