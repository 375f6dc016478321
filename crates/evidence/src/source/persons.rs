//! Which names of a text are persons'.

use std::collections::BTreeSet;

use nutgraf_language::Language;
use nutgraf_language::sense::without_possessive;
use nutgraf_language::tokens::Token;

/// Surnames, in lower case, that a text shows to be persons': they follow a given name or a title.
pub(crate) fn persons(language: &Language, tokens: &[Token]) -> BTreeSet<String> {
    let is_given = |token: &Token| {
        language.is_name_word(&token.text)
            && token.text.chars().any(char::is_lowercase)
            && !token.text.ends_with("'s")
    };
    let is_surname = |index: &usize| {
        tokens[*index].text.starts_with(char::is_uppercase)
            && match &tokens[index - 1] {
                stop if stop.is_sign(".") => *index > 1 && is_title(language, &tokens[index - 2]),
                before => is_given(before) || is_title(language, before),
            }
    };
    (1..tokens.len())
        .filter(is_surname)
        .map(|index| without_possessive(&tokens[index].text).to_lowercase())
        .filter(|surname| !language.tables.saying.bodies.contains(surname))
        .collect()
}

/// Whether a word is a title before a name: `Mr`, `Doña`.
pub(crate) fn is_title(language: &Language, token: &Token) -> bool {
    language
        .tables
        .saying
        .titles
        .contains(token.text.to_lowercase().trim_end_matches('.'))
}
