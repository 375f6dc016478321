//! Judges what brackets, ellipses and cuts do to the weight of what was said: `may`, `about`, `first`, `if`, `people
//! who`.
//!
//! None of these words reverses a statement by itself, so each is only a reason to look again.

use std::ops::Range;

use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;
use nutgraf_language::{Language, Weight};

use crate::forms::are_forms;
use crate::quotation::joint;
use crate::quotation::occurrence::Occurrence;
use crate::quotation::quote::{Bracket, Joint};
use crate::quotation::search::Reading;
use crate::quotation::verdict::Warning;

/// How many tokens from the edge of a quotation the source may have a bracket's words, which is as far as a bracket
/// inside a quotation may reach.
const NEAR: usize = 12;
/// How many tokens before the words a condition is looked for: a long sentence.
const REACH: usize = 40;

impl Occurrence<'_> {
    /// Warns about what brackets add, hide or reverse.
    pub(crate) fn bracket_weights(&self, warnings: &mut Vec<Warning>) {
        let tokens = self.source.tokens();
        let language = self.source.language();
        let runs = &self.found.runs;
        for (index, joint) in self.pattern.joints.iter().enumerate() {
            if let Joint::Bracket(bracket) = joint
                && self.found.joints[index] == Reading::Replaced
            {
                let hidden = &tokens[runs[index].end..runs[index + 1].start];
                warnings.extend(replaced(language, bracket, hidden));
            }
        }
        let near_start = self.start().saturating_sub(NEAR)..self.start();
        let near_end = self.end()..tokens.len().min(self.end() + NEAR);
        let (start, end) = (self.start(), self.end());
        let ends = |token: usize| self.source.ends_sentence(token);
        let is_inside = |at: usize| at > 0 && at < tokens.len() && !ends(at - 1);
        let beside = |at: usize, place: Range<usize>| if is_inside(at) { place } else { at..at };
        let edges = [
            (
                &self.pattern.lead,
                near_start,
                beside(start, start.saturating_sub(1)..start),
            ),
            (&self.pattern.trail, near_end, beside(end, end..end + 1)),
        ];
        for (bracket, near, beside) in edges {
            let Some(bracket) = bracket else {
                continue;
            };
            let near = &tokens[near];
            let brought_in = brought_in(language, bracket, near);
            let beside = tokens.get(beside).unwrap_or_default();
            let turned =
                opposite(language, bracket, near).or_else(|| other_word(language, bracket, beside));
            if brought_in.is_empty()
                && let Some(word) = turned
            {
                warnings.push(Warning::BracketReplaces {
                    bracket: bracket.written.clone(),
                    word,
                });
            }
            warnings.extend(brought_in);
        }
    }

    /// Warns about what an omission takes out of a sentence that otherwise remains.
    pub(crate) fn gap_weights(&self, gap: &Range<usize>, warnings: &mut Vec<Warning>) {
        let source = self.source;
        let tokens = source.tokens();
        let language = source.language();
        let ends_within = gap.clone().find(|token| source.ends_sentence(*token));
        let is_one_speech = source.span_of(gap.start.saturating_sub(1)) == source.span_of(gap.end);
        if ends_within.is_some() && !is_one_speech {
            return;
        }
        let weighing = [
            Weight::Modal,
            Weight::Hedge,
            Weight::Contrast,
            Weight::Condition,
        ];
        // What belongs to the remaining words: the rest of their clause, and the start of the next.
        let opens_clause = opens_noun_clause(language, &tokens[gap.start]);
        let clause_end = joint::clause_end(source, gap.start).min(gap.end);
        let behind = gap.start..if opens_clause { gap.start } else { clause_end };
        let before = joint::clause_start(source, gap.end).max(gap.start)..gap.end;
        let taken_back = || {
            // `They will help, but …`, `They will help if …`.
            let start = gap.start + usize::from(tokens[gap.start].is_soft_stop());
            let is_open = start < gap.end && ends_within.is_none_or(|end| end >= start);
            let weights: &[Weight] = match ends_within {
                None => &[Weight::Contrast, Weight::Condition],
                Some(_) => &[Weight::Condition],
            };
            let is_one = |weight: &Weight| language.has_weight(tokens, start, *weight);
            (is_open && weights.iter().any(is_one)).then(|| tokens[start].text.to_string())
        };
        let first = taken_back()
            .or_else(|| {
                let weighing = match ends_within {
                    None => &weighing[..],
                    Some(_) => &weighing[..2],
                };
                first_of(language, tokens, behind, weighing)
            })
            .or_else(|| first_of(language, tokens, before, &weighing));
        warnings.extend(first.map(|word| Warning::GapHides { word }));
        let sense = &language.tables.sense;
        let has_comma = sense.relatives_have_comma && tokens[gap.start].is_sign(",");
        let opens = &tokens[(gap.start + usize::from(has_comma)).min(tokens.len() - 1)];
        let is_noun_before = gap.start > 0 && tokens[gap.start - 1].is_word();
        let is_ahead = ends_within != Some(gap.start);
        let next = tokens.get(gap.end);
        let goes_on =
            next.is_some_and(|next| is_verb(language, next) || is_base_verb(language, next));
        if is_ahead && is_noun_before && goes_on && sense.relatives.contains(&*lower(&opens.text)) {
            warnings.push(Warning::GapHidesLimit {
                word: opens.text.to_string(),
            });
        }
    }

    /// A condition right after the words, or before them.
    pub(crate) fn clipped_condition(&self) -> Option<Warning> {
        let word = self
            .condition_behind()
            .or_else(|| self.condition_before())?;
        Some(Warning::ClippedCondition { word })
    }

    fn condition_behind(&self) -> Option<String> {
        let source = self.source;
        let tokens = source.tokens();
        let end = self.end();
        if end == 0 || source.ends_sentence(end - 1) || self.pattern.trail.is_some() {
            return None;
        }
        let sentence = source.sentence_end(end);
        let next = (end..sentence).find(|token| tokens[*token].is_word())?;
        let is_apart = (end..next).any(|token| !tokens[token].is_soft_stop());
        let is_same = source.span_of(next) == source.span_of(end - 1);
        let is_condition = source
            .language()
            .has_weight(tokens, next, Weight::Condition);
        (is_condition && !is_apart && is_same).then(|| tokens[next].text.to_string())
    }

    fn condition_before(&self) -> Option<String> {
        let source = self.source;
        let tokens = source.tokens();
        let language = source.language();
        let start = self.start();
        if self.pattern.lead.is_some() {
            return None;
        }
        let floor = source
            .sentence_start(start)
            .max(start.saturating_sub(REACH));
        let is_same = |token: usize| source.span_of(token) == source.span_of(start);
        let opening = (floor..start).find(|token| tokens[*token].is_word() && is_same(*token))?;
        let last = start.checked_sub(1)?;
        // `If it storms, | the quay is lost`, and `if | the quay is lost`.
        let is_clause = tokens[last].is_sign(",") && is_same(last);
        let by_clause = is_clause
            && opening + 1 < last
            && language.has_weight(tokens, opening, Weight::Condition);
        if by_clause {
            return Some(tokens[opening].text.to_string());
        }
        let is_touched = last >= floor && is_same(last);
        (is_touched
            && language.has_weight(tokens, last, Weight::Condition)
            && !language.has_weight(tokens, last, Weight::Contrast))
        .then(|| tokens[last].text.to_string())
    }
}

/// The first word with one of these weights; a hedge on a number says nothing about the words around an omission.
fn first_of(
    language: &Language,
    tokens: &[Token],
    within: Range<usize>,
    weights: &[Weight],
) -> Option<String> {
    let mut within = within;
    within
        .find(|at| {
            let found = language.weights_at(tokens, *at).1;
            let word = lower(&tokens[*at].text);
            let is_of_number = language
                .qualifiers
                .find(&word, |step| (step == 0).then_some(&word));
            found.iter().any(|weight| weights.contains(weight)) && is_of_number.is_none()
        })
        .map(|at| tokens[at].text.to_string())
}

/// Whether a word opens a noun clause: `what it would cost`, `how`, `whether`.
fn opens_noun_clause(language: &Language, token: &Token) -> bool {
    let word = lower(&token.text);
    let nouns = &language.tables.nouns;
    nouns.function_words.contains(&*word)
        && !nouns.determiners.contains(&*word)
        && !nouns.verbs.contains(&*word)
        && !nouns.prepositions.contains(&*word)
        && !language.tables.saying.no_names.contains(&*word)
        && !language.has_weight(std::slice::from_ref(token), 0, Weight::Modal)
        && !language.has_weight(std::slice::from_ref(token), 0, Weight::Hedge)
}

/// Whether a word can go on with a sentence as its verb, as far as its looks tell: it is no small word, and no name.
fn is_base_verb(language: &Language, token: &Token) -> bool {
    let word = lower(&token.text);
    let nouns = &language.tables.nouns;
    token.is_word()
        && token.text.starts_with(char::is_lowercase)
        && !nouns.prepositions.contains(&*word)
        && !nouns.conjunctions.contains(&*word)
        && !nouns.determiners.contains(&*word)
        && !nouns.function_words.contains(&*word)
        && !language
            .tables
            .sense
            .quantifiers
            .contains(&word.to_string())
}

/// Whether a word looks like a verb, so that what precedes it is its subject.
fn is_verb(language: &Language, token: &Token) -> bool {
    let word = lower(&token.text);
    let words = &language.tables.date_words;
    let is_formed = |suffix: &String| word.len() > 4 && word.ends_with(suffix.as_str());
    language.tables.nouns.verbs.contains(&*word)
        || words.past.contains(&*word)
        || words.future.contains(&*word)
        || words.past_suffixes.iter().any(is_formed)
        || language.has_weight(std::slice::from_ref(token), 0, Weight::Modal)
        || language.is_reverser(&word)
}

/// Doubts about a bracket, judged by the words that it replaces.
fn replaced(language: &Language, bracket: &Bracket, hidden: &[Token]) -> Vec<Warning> {
    let mut warnings = brought_in(language, bracket, hidden);
    let lost = [
        Weight::Modal,
        Weight::Hedge,
        Weight::Quantifier,
        Weight::Ordinal,
        Weight::Contrast,
        Weight::Condition,
    ];
    // `[the price]` for `what it would cost`: a noun replaces a clause.
    let is_noun_clause = hidden.len() > 2
        && hidden
            .first()
            .is_some_and(|first| opens_noun_clause(language, first));
    let hides = (0..hidden.len()).filter(|_| !is_noun_clause).find(|at| {
        let found = language.weights_at(hidden, *at).1;
        let is_number = language.is_numeral(&hidden[*at]);
        // The number in a bracket is judged during the search.
        let has_number = bracket
            .tokens
            .iter()
            .any(|token| language.is_numeral(token));
        let weighs = found.iter().any(|weight| lost.contains(weight)) || is_number;
        weighs && !(is_number && has_number) && !has(&bracket.tokens, &hidden[*at])
    });
    if let Some(at) = hides
        && !warnings
            .iter()
            .any(|warning| matches!(warning, Warning::BracketBringsIn { .. }))
    {
        warnings.push(Warning::BracketHides {
            bracket: bracket.written.clone(),
            word: hidden[at].text.to_string(),
        });
    }
    if warnings.is_empty()
        && let Some(word) = turned(language, bracket, hidden)
    {
        warnings.push(Warning::BracketReplaces {
            bracket: bracket.written.clone(),
            word,
        });
    }
    warnings
}

fn has(tokens: &[Token], wanted: &Token) -> bool {
    let wanted = lower(&wanted.text);
    tokens.iter().any(|token| lower(&token.text) == wanted)
}

/// A word of weight that a bracket adds.
fn brought_in(language: &Language, bracket: &Bracket, near: &[Token]) -> Vec<Warning> {
    let weighing = [
        Weight::Modal,
        Weight::Hedge,
        Weight::Certainty,
        Weight::Quantifier,
        Weight::Ordinal,
    ];
    let tokens = &bracket.tokens;
    let found = (0..tokens.len()).find(|at| {
        let weights = language.weights_at(tokens, *at).1;
        weights.iter().any(|weight| weighing.contains(weight)) && !has(near, &tokens[*at])
    });
    let warning = found.map(|at| Warning::BracketBringsIn {
        bracket: bracket.written.clone(),
        word: tokens[at].text.to_string(),
    });
    warning.into_iter().collect()
}

/// The word of the source whose opposite a bracket has, or that a bracket replaces with another single word.
fn turned(language: &Language, bracket: &Bracket, hidden: &[Token]) -> Option<String> {
    opposite(language, bracket, hidden).or_else(|| other_word(language, bracket, hidden))
}

/// The word of the source whose opposite a bracket has.
fn opposite(language: &Language, bracket: &Bracket, hidden: &[Token]) -> Option<String> {
    let opposite = hidden.iter().find(|token| {
        let word = lower(&token.text);
        let theirs = language.opposites(&word);
        bracket.tokens.iter().any(|own| {
            let own = lower(&own.text);
            theirs.iter().any(|opposite| *opposite == *own)
                || are_opposite_forms(language, &word, &own)
        })
    });
    opposite.map(|token| token.text.to_string())
}

/// The word of the source that a bracket replaces with another single word.
fn other_word(language: &Language, bracket: &Bracket, hidden: &[Token]) -> Option<String> {
    let ([own], [theirs]) = (bracket.tokens.as_slice(), hidden) else {
        return None;
    };
    let is_content = |token: &Token| {
        let word = lower(&token.text);
        let nouns = &language.tables.nouns;
        token.is_word()
            && !language.is_reverser(&word)
            && token.text.starts_with(char::is_lowercase)
            && !nouns.function_words.contains(&*word)
            && !nouns.determiners.contains(&*word)
            && !nouns.prepositions.contains(&*word)
            && !nouns.verbs.contains(&*word)
            && !language.tables.saying.no_names.contains(&*word)
    };
    let differ = language.is_known()
        && is_content(own)
        && is_content(theirs)
        && !are_forms(&lower(&own.text), &lower(&theirs.text));
    differ.then(|| theirs.text.to_string())
}

/// Whether two words are forms of a pair of opposites: `supporting`, `opposes`.
fn are_opposite_forms(language: &Language, one: &str, other: &str) -> bool {
    let mut pairs = language.tables.sense.opposites.iter();
    pairs.any(|pair| match pair.as_slice() {
        [first, second] => {
            let is = |word: &str, form: &String| {
                word.len() > 3 && form.len() > 3 && are_forms(word, form)
            };
            (is(one, first) && is(other, second)) || (is(one, second) && is(other, first))
        }
        _ => false,
    })
}
