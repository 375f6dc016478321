//! Who in a clause may speak, and who is only spoken of: `Asked by Rita Moll, Jack Orr said`.

use nutgraf_language::Language;
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;

use crate::speaker::saying::{Saying, words_without};

/// The words of a name, as they are written.
pub(crate) fn name_as_written(name: &str) -> Vec<String> {
    name.split_whitespace().map(str::to_owned).collect()
}

/// The words of a clause without the names after a preposition: `asked by Ana Ruiz`, `in a letter to her`.
pub(crate) fn subjects(
    language: &Language,
    clause: &[&Token],
    saying: Option<&Saying>,
) -> Vec<String> {
    /// So many words may part a preposition from its name: `of the late Ana Ruiz`.
    const REACH: usize = 3;
    let saying_words = &language.tables.saying;
    let is_preposition = |at: usize| {
        let word = lower(&clause[at].text);
        saying_words.prepositions.contains(&*word) && !saying_words.pronouns.contains(&*word)
    };
    let is_name = |at: usize| {
        let token = clause[at];
        (token.is_word() && language.is_name_word(&token.text)) || token.is_sign("-")
    };
    let is_small = |at: usize| {
        let word = lower(&clause[at].text);
        clause[at].is_word() && !language.is_speech_verb(&word)
    };
    let is_object = |at: usize| {
        let first = (0..=at).rev().take_while(|at| is_name(*at)).last();
        let Some(first) = first else {
            return false;
        };
        (first.saturating_sub(REACH + 1)..first)
            .rev()
            .take_while(|at| is_small(*at))
            .any(is_preposition)
    };
    let kept = (0..clause.len()).filter(|at| !is_object(*at));
    let kept: Vec<&Token> = kept.map(|at| clause[at]).collect();
    let listener = |saying: &Saying| Saying {
        listener: 0..0,
        ..saying.clone()
    };
    // Whom the speaker talks to is left out by place, before names behind prepositions are.
    let spoken_to: Vec<&str> = saying.map_or_else(Vec::new, |saying| {
        let listener = clause.get(saying.listener.clone()).unwrap_or_default();
        listener.iter().map(|token| &*token.text).collect()
    });
    let words = words_without(&kept, saying.map(listener).as_ref());
    words
        .into_iter()
        .filter(|word| !spoken_to.contains(&word.as_str()))
        .collect()
}
