//! Tells whether a source denies that a quotation was said, or that it is true.

use crate::source::SourceText;
use crate::speaker::attribution::{head, tail, turns};
use crate::speaker::saying::is_calling;
use nutgraf_language::tokens::Token;

/// The word by which the source denies that a quotation was said or is true: `denied saying`, `it is not true that`,
/// `never said`, `rejected the claim that`.
pub(crate) fn denied(source: &SourceText, token: usize) -> Option<String> {
    /// How many words before a verb of saying its negation may be: enough for `did not ever say`, too few to reach the
    /// previous clause.
    const NEAR: usize = 3;
    let language = source.language();
    let span = source.spans().get(source.span_of(token)?)?;
    let head = head(source, span);
    let tail = tail(source, span);
    let says = |clause: &[&Token]| {
        clause
            .iter()
            .rposition(|token| language.is_speech_verb(&token.text))
    };
    let denies = |clause: &[&Token]| {
        clause
            .iter()
            .rposition(|token| language.is_denial(&token.text))
    };
    // `dismissed as “pure fantasy”` and `disagreed: “We slept”` are the words of who does it.
    let is_calling = |denial: usize| is_calling(language, &head, denial);
    if let Some(denial) = denies(&head).filter(|denial| !is_calling(*denial))
        // `nié avoir dit`, `denied ever having said`, but not `denied it all, and said`.
        && says(&head).is_none_or(|says| {
            says < denial || (says - denial <= 4 && head[denial..says].iter().all(|token| token.is_word()))
        })
    {
        return Some(head[denial].text.to_string());
    }
    let negated = |clause: &[&Token], verb: usize| {
        let near = verb.saturating_sub(NEAR)..clause.len().min(verb + 2);
        clause[near]
            .iter()
            .find(|token| language.is_negation(&token.text))
            .map(|token| token.text.to_string())
    };
    let own_verb = says(&head).map(|verb| (&head, verb));
    let own_verb = own_verb.or_else(|| says(&tail).map(|verb| (&tail, verb)));
    // `dijo no tener «nada que lamentar»` is one negation, in two words.
    let is_doubled = source
        .tokens()
        .get(span.start)
        .is_some_and(|first| language.is_negation(&first.text));
    if let Some((clause, verb)) = own_verb
        && !is_doubled
        && let Some(word) = negated(clause, verb)
    {
        return Some(word);
    }
    let keys: Vec<String> = head.iter().map(|token| token.text.to_lowercase()).collect();
    let untrue = (0..keys.len()).find_map(|at| {
        let word = |offset: usize| keys.get(at + offset).map(String::as_str);
        let (length, ()) = language.untrue.find(&keys[at], word)?;
        Some(keys[at..at + length].join(" "))
    });
    if untrue.is_some() {
        return untrue;
    }
    let denial = denies(&tail)?;
    // `said it was “fine,” but her deputy disputed that`: somebody else does, and she said it.
    let is_of_another = says(&head).is_some() && turns(language, &tail);
    (says(&tail).is_none() && !is_of_another).then(|| tail[denial].text.to_string())
}
