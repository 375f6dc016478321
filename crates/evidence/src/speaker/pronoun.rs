//! Works out whom a source means by `he said` or `a spokesman said`.
//!
//! It takes the nearest candidate before the words: whoever spoke there, or whom the sentence is about. A careful
//! reader might find somebody else, so the result is a reason to look again and nothing more.

use std::ops::Range;

use crate::source::SourceText;
use crate::source::persons::is_title;
use crate::speaker::attribution::{self, Speaker, name_words};
use crate::speaker::saying::{Side, name_from, saying_in};
use nutgraf_language::Language;
use nutgraf_language::marks::Span;
use nutgraf_language::tokens::Token;

/// How many paragraphs before a quotation `he` or `she` may have been named. News repeats the name after two or three
/// short paragraphs.
pub(crate) const REACH: usize = 3;

/// The speaker of the quotation around a token, if the source doesn't name them and seems to mean somebody other than
/// the person with this surname.
pub(crate) fn another(source: &SourceText, token: usize, surname: &[String]) -> Option<String> {
    match attribution::speaker_of(source, token) {
        Speaker::Pronoun(span) => antecedent(source, span, surname),
        // A person's spokesman is somebody else; a body's is its voice.
        Speaker::Mouthpiece(of) => match surname {
            [one] if source.is_person(one) => Some(of.name),
            _ => None,
        },
        Speaker::Named(_) | Speaker::Unknown => None,
    }
}

/// The person who spoke or acted last before a quotation, if that isn't the speaker.
fn antecedent(source: &SourceText, span: &Span, surname: &[String]) -> Option<String> {
    let paragraph = source.paragraph_of(span.start);
    let first = source.paragraph(paragraph.saturating_sub(REACH)).start;
    let mut end = source.sentence_start(span.start);
    if attribution::is_named(source, &(end..source.sentence_end(span.start)), surname) {
        return None;
    }
    while end > first {
        let start = source.sentence_start(end - 1);
        let sentence = start..end;
        if let Some(name) = attribution::contrasted(source, &sentence)
            && may_be_person(source, &name)
            && !name_words(&name).iter().all(|word| surname.contains(word))
            && !name_words(&name).ends_with(surname)
        {
            return Some(name);
        }
        if attribution::is_named(source, &sentence, surname) {
            return None;
        }
        if let Some(name) = subject(source, &sentence) {
            let is_speaker = name_words(&name).iter().all(|word| surname.contains(word));
            return (!is_speaker).then_some(name);
        }
        end = start;
    }
    None
}

/// Who speaks in a sentence, or whom it is about: `Kerry said so`, `Adair shook his head`.
fn subject(source: &SourceText, sentence: &Range<usize>) -> Option<String> {
    let clause: Vec<&Token> = sentence
        .clone()
        .filter(|token| source.span_of(*token).is_none())
        .filter_map(|token| source.tokens().get(token))
        .collect();
    if let Some(saying) = saying_in(source.language(), &clause, Side::Behind) {
        return Some(saying.name);
    }
    acting(source.language(), &clause)
        .into_iter()
        .chain(attribution::in_apposition(source.language(), &clause))
        .find(|name| may_be_person(source, name))
}

fn may_be_person(source: &SourceText, name: &str) -> bool {
    match name_words(name).as_slice() {
        [one] => source.is_person(one),
        several => several
            .last()
            .is_some_and(|last| !source.language().tables.saying.bodies.contains(last)),
    }
}

/// The name at the start of a sentence, before its verb: `Adair shook`, `Mr. Adair shook`.
fn acting(language: &Language, clause: &[&Token]) -> Option<String> {
    let has_title = clause
        .first()
        .is_some_and(|first| is_title(language, first));
    let has_stop = has_title && clause.get(1).is_some_and(|stop| stop.is_sign("."));
    let start = usize::from(has_title) + usize::from(has_stop);
    let name = name_from(language, clause, start)?;
    let behind = clause.get(start + name_words(&name).len())?;
    behind.text.starts_with(char::is_lowercase).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` marks the word of the quotation that is asked about.
    fn check(text: &str, speaker: &str, expected: Option<&str>) {
        let source = SourceText::new(&text.replace('@', ""));
        let before = SourceText::new(text.split('@').next().unwrap());
        let found = another(&source, before.tokens().len(), &name_words(speaker));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_pronoun_stands_for_who_spoke_or_acted_last() {
        let met = "Ana Ruiz met Tom Adair and Ivo Lind.";
        for (text, speaker, expected) in [
            (
                "Adair shook his head. “@Not that one,” he replied.",
                "Ruiz",
                Some("Adair"),
            ),
            (
                "Adair shook his head. “@Not that one,” he replied.",
                "Adair",
                None,
            ),
            (
                "Adair shook his head.\n\n“@Not that one,” he replied. Ruiz laughed.",
                "Ruiz",
                Some("Adair"),
            ),
            (
                "“No,” said Lind. It rained. She asked: “@Why?”",
                "Ruiz",
                Some("Lind"),
            ),
            // The pronoun may refer to somebody named in the same sentence.
            (
                "Adair looked at Ruiz. “@Not that one,” she replied.",
                "Ruiz",
                None,
            ),
            // A name that isn't a person's says nothing.
            (
                "Congress refused. “@Not that one,” he replied.",
                "Ruiz",
                None,
            ),
        ] {
            check(&format!("{met}\n\n{text}"), speaker, expected);
        }
    }

    #[test]
    fn a_spokesman_is_not_a_person_who_is_named_elsewhere() {
        let text = "Tom Adair of the works council came. “@We look into it,” a spokesman said.";
        check(text, "Adair", Some("a spokesman"));
        check(text, "council", None);
        let text = "“@We look into it,” a spokesman for Adair said. Tom Adair came.";
        check(text, "Adair", Some("a spokesman"));
    }
}
