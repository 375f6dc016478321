//! Finds names in a language that capitalizes every noun.
//!
//! Two capitalized words in a row are a name (`Lena Moos`), and so is a single one on its own (`in Lind`). After an
//! article, an adjective or a number, a capitalized word is a noun (`die alte Brücke`, `12 Boote`), as is one with the
//! ending of a noun.

use nutgraf_language::Language;
use nutgraf_language::sense::lower;

use crate::own_words::Fact;
use crate::own_words::pieces::{Piece, is_acronym, is_capitalized, pieces};

/// The names, in order.
pub(crate) fn names_in(text: &str, language: &Language) -> Vec<Fact> {
    let pieces = pieces(text);
    let mut facts = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let is_part = |piece: &Piece| is_capitalized(&piece.text) && piece.text.chars().count() > 1;
        let length = pieces[at..]
            .iter()
            .take_while(|piece| is_part(piece))
            .count();
        // A punctuation mark separates two names.
        let own = &pieces[at..at + length];
        let end = own
            .iter()
            .position(|piece| piece.is_last)
            .map_or(length, |last| last + 1);
        let run = &pieces[at..at + end];
        facts.extend(name_of(
            run,
            at.checked_sub(1).map(|before| &pieces[before]),
            language,
        ));
        at += end.max(1);
    }
    facts
}

/// The name in a run of capitalized words that follows `before`.
fn name_of(run: &[Piece], before: Option<&Piece>, language: &Language) -> Option<Fact> {
    let is_noun = |piece: &&Piece| {
        !is_acronym(&piece.text)
            && (!language.is_name_word(&piece.text) || language.is_common_noun(&piece.text))
    };
    let (skipped, run) = run.split_at(run.iter().take_while(is_noun).count());
    // `Jedes Jahr` begins a sentence and names nobody.
    let (opening, run) = match run.split_first() {
        Some((first, rest)) if first.is_first && is_function_word(&first.text, language) => {
            (Some(first), rest)
        }
        _ => (None, run),
    };
    let before = opening.or(before);
    let first = run.first()?;
    let is_noun_of_phrase = match skipped.last() {
        // In `Jedes Jahr Geld`, a noun of time is no title.
        Some(skipped) if language.is_time(&skipped.text) => true,
        // `Das Boot`, but `Bürgermeisterin Moos`.
        Some(skipped) => language
            .tables
            .nouns
            .articles
            .contains(&*lower(&skipped.text)),
        None => before.is_some_and(|before| leads_to_noun(&lower(&before.text), language)),
    };
    // Behind an article a word without the looks of a noun is a name: `die Charité`.
    let is_named = skipped.is_empty()
        && before.is_some_and(|before| is_article(&before.text, language))
        && !language.is_noun_by_looks(&first.text);
    let is_noun = (is_noun_of_phrase && !is_named) || language.is_listed_noun(&first.text);
    // The first word of a sentence is capitalized anyway.
    let is_bare = run.len() == 1 && (first.is_first || is_noun);
    if is_bare && !is_acronym(&first.text) {
        return None;
    }
    let words: Vec<&str> = run.iter().map(|piece| piece.text.as_str()).collect();
    Some(Fact::name(words.join(" ")))
}

/// Whether a word is an article, and says nothing else.
fn is_article(word: &str, language: &Language) -> bool {
    let nouns = &language.tables.nouns;
    let word = lower(word);
    nouns.definite.contains(&*word) || language.tables.numbers.articles.contains(&*word)
}

/// Whether a word is capitalized only because it starts the sentence.
fn is_function_word(word: &str, language: &Language) -> bool {
    let nouns = &language.tables.nouns;
    let word = lower(word);
    [
        &nouns.articles,
        &nouns.definite,
        &nouns.determiners,
        &nouns.prepositions,
        &nouns.conjunctions,
    ]
    .iter()
    .any(|words| words.contains(&*word))
}

/// Whether a word introduces a noun: an article, a number, or an adjective by its ending.
fn leads_to_noun(word: &str, language: &Language) -> bool {
    let nouns = &language.tables.nouns;
    let is_adjective = ["e", "en", "er", "es", "em"]
        .iter()
        .any(|ending| word.ends_with(ending))
        && word.chars().count() > 3
        && !nouns.prepositions.contains(word)
        && !nouns.conjunctions.contains(word)
        && !language.is_speech_verb(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        || language.is_number_word(word)
        || nouns.determiners.contains(word)
        || nouns.definite.contains(word)
        || nouns.articles.contains(word)
        || is_adjective
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_nouns() {
        let german = Language::named("de").unwrap();
        for (text, expected) in [
            ("Der Rat schließt die alte Brücke im Sommer", &[][..]),
            (
                "Die Bürgermeisterin Lena Moos zahlt 12 Boote",
                &["Lena Moos"],
            ),
            ("Das Boot fährt von Lind nach Berg", &["Lind", "Berg"]),
            ("Die Verwaltung sagt, die SPD stimmt zu", &["SPD"]),
            ("Nach Angaben der Polizei gab es viele Verletzte", &[]),
            ("Jedes Jahr zahlt die Stadt für ihn", &[]),
            ("Die Brücke kostet jedes Jahr Geld", &[]),
            ("Viele Boote und ihre Lena Moos", &["Lena Moos"]),
            ("In Lind steht ein Turm", &["Lind"]),
        ] {
            let names = names_in(text, german);
            let names: Vec<&str> = names.iter().map(|fact| fact.text.as_str()).collect();
            assert_eq!(names, expected, "{text}");
        }
    }
}
