//! Finds the role, or the thing, that a source says spoke: `the mayor said`, `the report said`.

use std::ops::Range;

use crate::source::SourceText;
use crate::speaker::attribution::{contains, head, is_named, tail};
use crate::speaker::saying::subject_end;
use nutgraf_language::Language;
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;

/// The role that is said to speak (`the mayor said`), or the thing (`the report said`), if nothing ties it to this
/// name.
pub(crate) fn by_role(source: &SourceText, token: usize, surname: &[String]) -> Option<String> {
    let span = source.spans().get(source.span_of(token)?)?;
    let head = head(source, span);
    let tail = tail(source, span);
    let role = role_in(source.language(), &head).or_else(|| role_in(source.language(), &tail))?;
    let clause = [head, tail].concat();
    if contains(clause.iter().map(|token| &*token.text), surname) || surname.contains(&role.noun) {
        return None;
    }
    let sentence =
        source.sentence_start(span.start)..source.sentence_end(span.end.min(source.tokens().len()));
    (!is_tied(source, &role.noun, surname, &sentence)).then_some(role.words)
}

/// `the mayor`, `the report`.
struct Role {
    words: String,
    /// In lower case.
    noun: String,
}

/// The definite noun beside a verb of saying, if no name goes with it.
fn role_in(language: &Language, clause: &[&Token]) -> Option<Role> {
    /// An article, and up to two words before the noun.
    const LONGEST: usize = 4;
    let verb = clause
        .iter()
        .position(|token| language.is_speech_verb(&token.text))?;
    let is_noun = |token: &&Token| {
        let word = token.text.to_lowercase();
        let tables = &language.tables;
        !tables.saying.mouthpieces.contains(&word)
            && (tables.nouns.roles.contains(&word) || tables.saying.texts.contains(&word))
    };
    let is_article = |token: &&Token| {
        let word = token.text.to_lowercase();
        language.tables.nouns.definite.contains(&word)
    };
    let before = clause[..verb]
        .iter()
        .rposition(is_noun)
        .filter(|noun| noun + 1 == subject_end(language, clause, verb));
    let behind = clause
        .iter()
        .skip(verb + 1)
        .take(LONGEST)
        .position(is_noun)
        .map(|step| verb + 1 + step)
        .filter(|noun| {
            let next = clause.get(noun + 1);
            next.is_none_or(|next| !next.text.starts_with(char::is_uppercase) && !next.is_sign(","))
        });
    let noun = before.or(behind)?;
    let floor = noun
        .saturating_sub(LONGEST)
        .max(if before.is_some() { 0 } else { verb + 1 });
    let is_text = language
        .tables
        .saying
        .texts
        .contains(&*lower(&clause[noun].text));
    let leads_in = |token: &&Token| {
        let word = lower(&token.text);
        let tables = &language.tables;
        is_article(token)
            || (is_text
                && (tables.numbers.articles.contains(&*word)
                    || tables.nouns.prepositions.contains(&*word)))
    };
    let article = clause[floor..noun].iter().rposition(leads_in)? + floor;
    let words: Vec<&str> = clause[article..=noun]
        .iter()
        .map(|token| &*token.text)
        .collect();
    let has_name = clause[article + 1..noun]
        .iter()
        .any(|token| language.is_name_word(&token.text));
    (!has_name).then(|| Role {
        words: words.join(" "),
        noun: clause[noun].text.to_lowercase(),
    })
}

/// Whether a noun appears next to a name somewhere else in the text: `Mayor Ana Ruiz`, `Ruiz, the mayor`.
fn is_tied(source: &SourceText, noun: &str, surname: &[String], except: &Range<usize>) -> bool {
    /// In tokens: a role and a name with a title and an apposition between them.
    const NEAR: usize = 10;
    let ids = source.ids_of(noun);
    let mut places = ids.iter().flat_map(|id| source.positions(*id));
    places.any(|place| {
        let near = place.saturating_sub(NEAR)..source.tokens().len().min(place + NEAR);
        !except.contains(place) && is_named(source, &near, surname)
    })
}
