//! Judges what a bracket or an ellipsis does to what was said.
//!
//! A bracket explains and an ellipsis shortens; neither may reverse a statement or add a number. Both could: `I [do
//! not] support it`, or `we do … support it` where the source says `do not`.

use std::ops::Range;

use crate::quotation::quote::Bracket;
use crate::quotation::verdict::Reversal;
use crate::source::SourceText;
use nutgraf_language::Language;
use nutgraf_language::printed::numbers;
use nutgraf_language::tokens::Token;

/// How many tokens from the edge of a quotation the source may have a bracket's number, which is as far as a bracket
/// inside a quotation may reach.
const NEAR: usize = 12;

/// Judges a bracket by the words that it replaces.
///
/// # Errors
///
/// The reversal, if the bracket adds or hides a negation, or adds a number.
pub(crate) fn replaced(
    source: &SourceText,
    bracket: &Bracket,
    hidden: &Range<usize>,
) -> Result<(), Reversal> {
    let hidden = source.tokens().get(hidden.clone()).unwrap_or_default();
    let language = source.language();
    let reverser = hidden
        .iter()
        .find(|token| language.is_reverser(&token.text));
    judge(language, bracket, reverser, hidden, hidden)
}

/// Judges a bracket before the first word.
///
/// # Errors
///
/// As [`replaced`].
pub(crate) fn edge_before(
    source: &SourceText,
    bracket: &Bracket,
    start: usize,
) -> Result<(), Reversal> {
    let sentence = source.sentence_start(start.min(source.tokens().len()));
    let near = start.saturating_sub(NEAR).max(sentence.min(start))..start;
    let near = source.tokens().get(near).unwrap_or_default();
    let clause = source
        .tokens()
        .get(clause_start(source, start)..start)
        .unwrap_or_default();
    let language = source.language();
    let last = clause
        .last()
        .filter(|token| language.is_negation(&token.text));
    judge(language, bracket, last, clause, near)
}

/// Judges a bracket after the last word.
///
/// # Errors
///
/// As [`replaced`].
pub(crate) fn edge_after(
    source: &SourceText,
    bracket: &Bracket,
    end: usize,
) -> Result<(), Reversal> {
    let tokens = source.tokens();
    let is_last = end == 0 || source.ends_sentence(end - 1);
    let sentence = if is_last {
        end
    } else {
        source.sentence_end(end)
    };
    let near = end..sentence.min(end + NEAR).min(tokens.len());
    let clause = end..clause_end(source, end).min(near.end);
    let clause = tokens.get(clause).unwrap_or_default();
    let near = tokens.get(near).unwrap_or_default();
    let language = source.language();
    let first = clause
        .first()
        .filter(|token| language.is_negation(&token.text));
    judge(language, bracket, first, clause, near)
}

/// Whether a bracket contains a word that reverses a statement.
pub(crate) fn negates_itself(language: &Language, bracket: &Bracket) -> bool {
    bracket
        .tokens
        .iter()
        .any(|token| language.is_reverser(&token.text))
}

/// Judges a bracket by three things: the reversing word of the source that it hides, if there is one; the words among
/// which a negation that it adds would have to be; and those among which its number would have to be.
fn judge(
    language: &Language,
    bracket: &Bracket,
    hidden: Option<&Token>,
    place: &[Token],
    near: &[Token],
) -> Result<(), Reversal> {
    let written = || bracket.written.clone();
    let brings_in = negates_itself(language, bracket);
    let has_there = place.iter().any(|token| language.is_reverser(&token.text));
    if brings_in && !has_there {
        return Err(Reversal::BracketNegates { bracket: written() });
    }
    if let Some(negation) = hidden
        && !brings_in
    {
        return Err(Reversal::BracketHidesNegation {
            bracket: written(),
            negation: negation.text.to_string(),
        });
    }
    if brings_in_number(language, &bracket.tokens, near) {
        return Err(Reversal::BracketNumber { bracket: written() });
    }
    Ok(())
}

fn brings_in_number(language: &Language, bracket: &[Token], near: &[Token]) -> bool {
    if !bracket.iter().any(|token| language.is_numeral(token)) {
        return false;
    }
    let is_word_for_word = bracket
        .iter()
        .filter(|token| language.is_numeral(token))
        .all(|numeral| {
            near.iter()
                .any(|token| token.text.eq_ignore_ascii_case(&numeral.text))
        });
    let near_values: Vec<_> = numbers(language, near)
        .into_iter()
        .map(|number| number.value)
        .collect();
    let values = numbers(language, bracket);
    let is_same_value = !values.is_empty()
        && values
            .iter()
            .all(|number| near_values.contains(&number.value));
    !is_word_for_word && !is_same_value
}

/// A negation that an omission beginning here would leave out of the sentence.
pub(crate) fn negation_at_start(source: &SourceText, start: usize) -> Option<String> {
    let token = source.tokens().get(start)?;
    if start > 0 && source.ends_sentence(start - 1) {
        return None;
    }
    let language = source.language();
    let next = source.tokens().get(start + 1);
    let is_not_only = next.is_some_and(|next| language.is_only(&next.text));
    (language.is_negation(&token.text) && !is_not_only).then(|| token.text.to_string())
}

/// A negation right before the words that follow an omission.
pub(crate) fn negation_before(source: &SourceText, start: usize) -> Option<String> {
    let before = start.checked_sub(1)?;
    let token = source.tokens().get(before)?;
    let is_apart = source.ends_sentence(before) || !source.language().is_negation(&token.text);
    (!is_apart).then(|| token.text.to_string())
}

/// A negation that an omission drops from a clause of which it keeps other words.
pub(crate) fn negation_within(source: &SourceText, hidden: &Range<usize>) -> Option<String> {
    let ends_within = hidden.clone().any(|token| source.ends_sentence(token));
    if !ends_within {
        return negation_in(source, hidden.clone());
    }
    let behind = clause_end(source, hidden.start).min(hidden.end);
    let before = clause_start(source, hidden.end).max(hidden.start);
    negation_in(source, hidden.start..behind).or_else(|| negation_in(source, before..hidden.end))
}

/// A negation earlier in the same clause, which may reverse the words: `I do not think that`.
pub(crate) fn negation_in_clause_before(source: &SourceText, start: usize) -> Option<String> {
    negation_in(source, clause_start(source, start)..start)
}

fn negation_in(source: &SourceText, within: Range<usize>) -> Option<String> {
    let tokens = source.tokens();
    let language = source.language();
    within
        .filter(|index| {
            let token = tokens.get(*index);
            token.is_some_and(|token| language.is_negation(&token.text))
        })
        .find(|index| {
            let next = tokens.get(index + 1);
            // `not only` negates nothing, and `non-profit` is a word of its own.
            !next.is_some_and(|next| {
                language.is_only(&next.text) || (next.is_sign("-") && next.is_glued)
            })
        })
        .map(|index| tokens[index].text.to_string())
}

fn parts_clauses(token: &Token) -> bool {
    let is_hyphen = token.is_sign("-") && token.is_glued;
    (token.is_soft_stop() && !is_hyphen) || token.is_sign("(") || token.is_sign(")")
}

/// The first token of the clause that ends before a token, within its sentence and quotation.
pub(crate) fn clause_start(source: &SourceText, end: usize) -> usize {
    let is_apart = |token: &usize| {
        source.ends_sentence(*token)
            || parts_clauses(&source.tokens()[*token])
            || source.span_of(*token) != source.span_of(end)
    };
    let reach = end.saturating_sub(NEAR);
    (reach..end.min(source.tokens().len()))
        .rev()
        .find(is_apart)
        .map_or(reach, |token| token + 1)
}

/// The end (exclusive) of the clause around a token, within its sentence and quotation.
pub(crate) fn clause_end(source: &SourceText, start: usize) -> usize {
    let n_tokens = source.tokens().len();
    let is_apart = |token: &usize| {
        parts_clauses(&source.tokens()[*token])
            || start
                .checked_sub(1)
                .is_some_and(|before| source.span_of(*token) != source.span_of(before))
    };
    let reach = source.sentence_end(start).min(start + NEAR).min(n_tokens);
    (start..reach).find(is_apart).unwrap_or(reach)
}
