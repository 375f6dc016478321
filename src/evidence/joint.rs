//! What a bracket or an ellipsis may do to what was said.
//!
//! A bracket explains, an ellipsis shortens; neither may turn a statement around or bring in a number. Both could:
//! `I [do not] support it`, `we do … support it` where the source has `do not`.

use std::ops::Range;

use super::lexicon;
use super::number::{is_numeral, numbers};
use super::quote::Bracket;
use super::source::SourceText;
use super::tokens::Token;
use super::verdict::Reversal;

/// How far from an edge a bracket's number may stand in the source.
const NEAR: usize = 12;

/// Judges a bracket by the words it stands for.
///
/// # Errors
///
/// The reversal, if it brings in or hides a negation, or brings in a number.
pub(super) fn replaced(
    source: &SourceText,
    bracket: &Bracket,
    hidden: &Range<usize>,
) -> Result<(), Reversal> {
    let hidden = source.tokens().get(hidden.clone()).unwrap_or_default();
    judge(bracket, hidden, hidden)
}

/// Judges a bracket before the first word.
///
/// # Errors
///
/// As [`replaced`].
pub(super) fn edge_before(
    source: &SourceText,
    bracket: &Bracket,
    start: usize,
) -> Result<(), Reversal> {
    let sentence = source.sentence_start(start.min(source.tokens().len()));
    let near = start.saturating_sub(NEAR).max(sentence.min(start))..start;
    let next = start.saturating_sub(1).max(near.start)..start;
    let tokens = source.tokens();
    judge(
        bracket,
        tokens.get(next).unwrap_or_default(),
        tokens.get(near).unwrap_or_default(),
    )
}

/// Judges a bracket after the last word.
///
/// # Errors
///
/// As [`replaced`].
pub(super) fn edge_after(
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
    let next = end..near.end.min(end + 1);
    judge(
        bracket,
        tokens.get(next).unwrap_or_default(),
        tokens.get(near).unwrap_or_default(),
    )
}

/// `place` is where a negation would have to stand, `near` where a number would.
fn judge(bracket: &Bracket, place: &[Token], near: &[Token]) -> Result<(), Reversal> {
    let written = || bracket.written.clone();
    let brings_in = bracket
        .tokens
        .iter()
        .any(|token| lexicon::is_reverser(&token.text));
    let has_there = place.iter().any(|token| lexicon::is_reverser(&token.text));
    if brings_in && !has_there {
        return Err(Reversal::BracketNegates { bracket: written() });
    }
    let negation = place.iter().find(|token| lexicon::is_negation(&token.text));
    if let Some(negation) = negation
        && !brings_in
    {
        return Err(Reversal::BracketHidesNegation {
            bracket: written(),
            negation: negation.text.to_string(),
        });
    }
    if brings_in_number(&bracket.tokens, near) {
        return Err(Reversal::BracketNumber { bracket: written() });
    }
    Ok(())
}

fn brings_in_number(bracket: &[Token], near: &[Token]) -> bool {
    if !bracket.iter().any(is_numeral) {
        return false;
    }
    let is_word_for_word = bracket
        .iter()
        .filter(|token| is_numeral(token))
        .all(|numeral| {
            near.iter()
                .any(|token| token.text.eq_ignore_ascii_case(&numeral.text))
        });
    let near_values: Vec<_> = numbers(near)
        .into_iter()
        .map(|number| number.value)
        .collect();
    let values = numbers(bracket);
    let is_same_value = !values.is_empty()
        && values
            .iter()
            .all(|number| near_values.contains(&number.value));
    !is_word_for_word && !is_same_value
}

/// A negation that an omission beginning here would leave out of the sentence.
pub(super) fn negation_at_start(source: &SourceText, start: usize) -> Option<String> {
    let token = source.tokens().get(start)?;
    if start > 0 && source.ends_sentence(start - 1) {
        return None;
    }
    let is_not_only = source
        .tokens()
        .get(start + 1)
        .is_some_and(|next| matches!(&*next.text, "only" | "just" | "merely" | "simply"));
    (lexicon::is_negation(&token.text) && !is_not_only).then(|| token.text.to_string())
}

/// A negation right before the words that an omission leads to.
pub(super) fn negation_before(source: &SourceText, start: usize) -> Option<String> {
    let before = start.checked_sub(1)?;
    let token = source.tokens().get(before)?;
    let is_apart = source.ends_sentence(before) || !lexicon::is_negation(&token.text);
    (!is_apart).then(|| token.text.to_string())
}

/// A negation within one sentence that an omission leaves out, and that stands beside none of the quoted words.
pub(super) fn negation_within(source: &SourceText, hidden: &Range<usize>) -> Option<String> {
    let crosses_sentence = hidden.clone().any(|token| source.ends_sentence(token));
    if crosses_sentence {
        return None;
    }
    source
        .tokens()
        .get(hidden.clone())?
        .iter()
        .find(|token| lexicon::is_negation(&token.text))
        .map(|token| token.text.to_string())
}
