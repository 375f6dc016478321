//! Works out whom a source attributes a quotation to.
//!
//! It reads the sentence around the marks (`"…," said Mao Ning`, `Trump said: "…"`), the sentence before a quotation
//! that goes on (`"…," said Mao. "…"`) and the subject that a pronoun refers to. Anything it doesn't understand yields
//! no name, so that no warning is based on a guess.

use std::ops::Range;

use crate::source::SourceText;
use crate::speaker::saying::{Side, mouthpiece_in, name_from, saying_in, words_without};
use crate::speaker::subjects::{name_as_written, subjects};
use nutgraf_language::Language;
use nutgraf_language::marks::Span;
use nutgraf_language::sense::{lower, without_possessive};
use nutgraf_language::tokens::Token;

/// The speaker of a quotation, and what the sentence around it says outside the marks.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    /// The name as the source has it; `a neighbor` if it gives none.
    pub(crate) name: String,
    /// The words of the sentence outside the marks, without the name of the person spoken to.
    words: Vec<String>,
}

impl Attribution {
    /// Whether this may be the given speaker: by the name, or anywhere in the sentence.
    pub(crate) fn may_mean(&self, speaker: &[String]) -> bool {
        let name = name_words(&self.name);
        contains(self.words.iter().map(String::as_str), speaker)
            || name.iter().all(|word| speaker.contains(word))
    }
}

/// Splits a name into words for looking it up.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let chars = nutgraf_language::normalise::normalised_chars(name);
    nutgraf_language::tokens::tokenise(&chars)
        .0
        .iter()
        .filter(|token| token.is_word())
        .map(|token| without_possessive(&token.text).to_lowercase())
        .collect()
}

/// Whether the words contain a name, whole and in order, ignoring case.
pub(crate) fn contains<'a>(words: impl Iterator<Item = &'a str>, name: &[String]) -> bool {
    if name.is_empty() {
        return false;
    }
    let words: Vec<String> = words
        .map(|word| without_possessive(word).to_lowercase())
        .collect();
    words.windows(name.len()).any(|window| window == name)
}

/// Whether a name occurs in a range of tokens.
pub(crate) fn is_named(source: &SourceText, tokens: &Range<usize>, name: &[String]) -> bool {
    let tokens = source.tokens().get(tokens.clone()).unwrap_or_default();
    contains(
        tokens
            .iter()
            .filter(|token| token.is_word())
            .map(|token| &*token.text),
        name,
    )
}

/// Whom the source attributes the quotation around a token to.
pub(crate) fn of_quotation(source: &SourceText, token: usize) -> Option<Attribution> {
    match speaker_of(source, token) {
        Speaker::Named(attribution) => Some(attribution),
        Speaker::Pronoun(span) => by_subject(source, span),
        Speaker::Mouthpiece(_) | Speaker::Unknown => None,
    }
}

/// How the source refers to the speaker.
pub(crate) enum Speaker<'a> {
    Named(Attribution),
    /// `he said` beside this quotation; an earlier sentence says who he is.
    Pronoun(&'a Span),
    /// `a spokesman`, speaking for somebody who isn't named here, with all words of the sentence outside the marks.
    Mouthpiece(Attribution),
    Unknown,
}

/// What the sentence around a quotation says about its speaker.
enum Hint {
    Named(Attribution),
    Pronoun,
    Mouthpiece(Attribution),
    /// There is nothing outside the marks.
    Silent,
    /// It isn't understood.
    Unclear,
}

/// How the source refers to the speaker of the quotation around a token.
pub(crate) fn speaker_of(source: &SourceText, token: usize) -> Speaker<'_> {
    /// How many quotations back the speaker's name is looked for. A longer run of quotations with pronouns alone is too
    /// likely to have changed speakers.
    const FARTHEST: usize = 8;
    let Some(mut index) = source.span_of(token) else {
        return Speaker::Unknown;
    };
    for _ in 0..FARTHEST {
        let Some(span) = source.spans().get(index) else {
            return Speaker::Unknown;
        };
        let is_pronoun = match hint(source, span) {
            Hint::Named(attribution) => return Speaker::Named(attribution),
            Hint::Mouthpiece(attribution) => return Speaker::Mouthpiece(attribution),
            Hint::Unclear => return Speaker::Unknown,
            Hint::Pronoun => true,
            Hint::Silent => false,
        };
        let turned = index.checked_sub(1).and_then(|before| {
            let former = &source.spans()[before];
            turned_to(source, &(former.end.min(span.start)..span.start))
        });
        if let Some(name) = turned {
            let words = name_as_written(&name);
            return Speaker::Named(Attribution { name, words });
        }
        match continued(source, index) {
            Some(before) => index = before,
            None if is_pronoun => return Speaker::Pronoun(span),
            None => return Speaker::Unknown,
        }
    }
    Speaker::Unknown
}

fn hint(source: &SourceText, span: &Span) -> Hint {
    let head = head(source, span);
    let tail = tail(source, span);
    let behind = saying_in(source.language(), &tail, Side::Behind);
    let before = saying_in(source.language(), &head, Side::Before).filter(|_| behind.is_none());
    let saying = behind.as_ref().or(before.as_ref());
    if let Some(saying) = saying {
        let name = saying.name.clone();
        let mut words = if saying.is_somebodys {
            Vec::new()
        } else {
            name_as_written(&name)
        };
        if !saying.is_sure {
            let language = source.language();
            words.extend(subjects(language, &head, before.as_ref()));
            // What is said behind a turn is of somebody else.
            if before.is_none() || !turns(language, &tail) {
                let tail = without_aside(language, &tail, &name);
                words.extend(subjects(language, tail, behind.as_ref()));
            }
        }
        return Hint::Named(Attribution { name, words });
    }
    if let Some(name) =
        mouthpiece_in(source.language(), &head).or_else(|| mouthpiece_in(source.language(), &tail))
    {
        let mut words = words_without(&head, None);
        words.extend(words_without(&tail, None));
        Hint::Mouthpiece(Attribution { name, words })
    } else if says_pronoun(source.language(), &head) || says_pronoun(source.language(), &tail) {
        Hint::Pronoun
    } else if head.is_empty() && tail.is_empty() {
        Hint::Silent
    } else {
        Hint::Unclear
    }
}

/// Who acts between two quotations, if that is another than who speaks in the first: `“…,” but her deputy, Cal Whitby,
/// disputed that`, `“….” Union leader Eva Storch was less sure`.
fn turned_to(source: &SourceText, tokens: &Range<usize>) -> Option<String> {
    let language = source.language();
    contrasted(source, tokens).or_else(|| {
        let words = outside(source, tokens.clone());
        let says =
            saying_in(language, &words, Side::Behind).is_some() || says_pronoun(language, &words);
        if says {
            None
        } else {
            leading(language, &words)
        }
    })
}

/// The full name at the start of a sentence, with its role, before its verb: `Union leader Eva Storch was`.
fn leading(language: &Language, clause: &[&Token]) -> Option<String> {
    /// So many words a role has: `la dirigente sindical`.
    const LONGEST: usize = 4;
    let start = clause.iter().position(|token| token.is_word())?;
    let prepositions = &language.tables.nouns.prepositions;
    let is_of_role = |token: &&Token| {
        token.is_word()
            && !prepositions.contains(&*lower(&token.text))
            && !language.is_speech_verb(&token.text)
    };
    for at in start..clause.len().min(start + LONGEST) {
        let name = name_from(language, clause, at).filter(|name| name.contains(' '));
        if let Some(name) = name {
            let behind = clause.get(at + name_words(&name).len())?;
            return behind.text.starts_with(char::is_lowercase).then_some(name);
        }
        if !is_of_role(&clause[at]) {
            return None;
        }
    }
    None
}

/// Who acts in the last clause among some tokens, where that is another than before: `but her deputy, Cal Whitby, disputed
/// that`.
pub(crate) fn contrasted(source: &SourceText, tokens: &Range<usize>) -> Option<String> {
    let language = source.language();
    let words = outside(source, tokens.clone());
    let contrast = words
        .iter()
        .rposition(|token| is_contrast(language, token))?;
    in_apposition(language, &words[contrast + 1..])
}

fn is_contrast(language: &Language, token: &Token) -> bool {
    let word = lower(&token.text);
    language
        .tables
        .sense
        .contrasts
        .iter()
        .any(|known| *known == *word)
}

/// Whether a clause is about somebody else than the one before it: `but her deputy disputed that`.
pub(crate) fn turns(language: &Language, clause: &[&Token]) -> bool {
    let first = clause.iter().find(|token| token.is_word());
    first.is_some_and(|first| is_contrast(language, first))
}

/// The name in `Its chair, Rosa Feld, opened`.
pub(crate) fn in_apposition(language: &Language, clause: &[&Token]) -> Option<String> {
    let comma = clause.iter().position(|token| token.is_sign(","))?;
    let name = name_from(language, clause, comma + 1).filter(|name| name.contains(' '))?;
    let behind = clause.get(comma + 1 + name_words(&name).len())?;
    behind.is_sign(",").then_some(name)
}

/// A clause up to what it says of somebody whom it has named: `conceded Neil Aske, whose predecessor, Gwen Hart,`.
fn without_aside<'c, 't>(
    language: &Language,
    clause: &'c [&'t Token],
    name: &str,
) -> &'c [&'t Token] {
    let last = name_words(name).pop().unwrap_or_default();
    let named = clause.iter().position(|token| lower(&token.text) == last);
    let relatives = &language.tables.clauses.relatives;
    let is_aside = |at: &usize| {
        clause[at - 1].is_sign(",")
            && relatives
                .iter()
                .any(|word| *word == *lower(&clause[*at].text))
    };
    let start = named.map_or(clause.len(), |named| named + 1);
    let end = (start..clause.len()).find(|at| *at > 0 && is_aside(at));
    &clause[..end.unwrap_or(clause.len())]
}

/// The previous quotation, if this one continues it: `"…," said Mao. "…"`, `"…," said Mao. "…," she added`.
fn continued(source: &SourceText, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let (former, span) = (&source.spans()[before], &source.spans()[index]);
    let is_same_paragraph = source.paragraph_of(former.start) == source.paragraph_of(span.start);
    let is_next = former.end < span.start && source.sentence_end(former.end) == span.start;
    (is_same_paragraph && is_next).then_some(before)
}

/// Whether a clause begins with `he said` or `she said`.
fn says_pronoun(language: &Language, clause: &[&Token]) -> bool {
    /// How near to each other a verb and its pronoun are: `a-t-elle ajouté`.
    const NEAR: usize = 6;
    let start = clause
        .iter()
        .position(|token| !token.is_soft_stop() || token.is_glued)
        .unwrap_or(clause.len());
    let near = &clause[start..clause.len().min(start + NEAR)];
    let near: Vec<&&Token> = near.iter().filter(|token| token.is_word()).collect();
    let is_pronoun = |token: &&&Token| {
        let pronouns = &language.tables.saying.pronouns;
        let word = lower(&token.text);
        let last = word.rsplit('-').next().unwrap_or_default();
        pronouns.contains(last)
    };
    let verb = near.iter().position(|token| {
        language.is_speech_verb(token.text.split('-').next().unwrap_or_default())
    });
    let pronoun = near.iter().position(is_pronoun);
    if pronoun.is_none() && language.tables.speech.drops_subject && verb == Some(0) {
        return near.iter().all(|token| !language.is_name_word(&token.text));
    }
    // Only an auxiliary may come before the two: `a-t-elle ajouté`.
    match (pronoun, verb) {
        (Some(0), Some(verb)) => verb <= 2,
        (Some(pronoun), Some(verb)) => pronoun <= 2 && verb <= 3,
        _ => false,
    }
}

/// The speaker of `Harry Kane won the award. He said, "…"`: the subject of the sentence before.
///
/// Only a name of several words counts: in `Congress refused. "…," he said`, Congress isn't a person.
fn by_subject(source: &SourceText, span: &Span) -> Option<Attribution> {
    let end = source.sentence_start(span.start);
    let start = source.sentence_start(end.checked_sub(1)?);
    if source.paragraph_of(start) != source.paragraph_of(span.start) {
        return None;
    }
    let before = outside(source, start..end);
    let name = name_from(source.language(), &before, 0).filter(|name| name.contains(' '))?;
    let n_tokens = name_words(&name).len();
    let has_verb = before
        .get(n_tokens)
        .is_some_and(|verb| verb.text.starts_with(char::is_lowercase));
    let words = words_without(&before, None);
    (before.len() == end - start && has_verb).then_some(Attribution { name, words })
}

/// The first speaker named between two quotations, unless they are far apart.
pub(crate) fn between(source: &SourceText, tokens: &Range<usize>) -> Option<Attribution> {
    /// In tokens: two or three paragraphs. Farther away, a name has likely nothing to do with either quotation.
    const FARTHEST: usize = 200;
    let near = tokens.start..tokens.end.min(tokens.start + FARTHEST);
    let outside = outside(source, near);
    let saying = saying_in(source.language(), &outside, Side::Behind)?;
    let words = words_without(&outside, Some(&saying));
    Some(Attribution {
        name: saying.name,
        words,
    })
}

fn outside(source: &SourceText, tokens: Range<usize>) -> Vec<&Token> {
    tokens
        .filter(|token| source.span_of(*token).is_none())
        .filter_map(|token| source.tokens().get(token))
        .collect()
}

/// What the sentence says before the marks, or the paragraph before if it ends with a colon or comma.
pub(crate) fn head<'a>(source: &'a SourceText, span: &Span) -> Vec<&'a Token> {
    let mut start = source.sentence_start(span.start);
    let leads_in = span.start > 0
        && start == span.start
        && source
            .tokens()
            .get(span.start - 1)
            .is_some_and(|token| token.is_sign(":") || token.is_sign(","));
    if leads_in {
        start = source.sentence_start(span.start - 1);
    }
    outside(source, start..span.start)
}

/// What the sentence says after the marks, or a short next sentence if the quotation is a question.
pub(crate) fn tail<'a>(source: &'a SourceText, span: &Span) -> Vec<&'a Token> {
    /// In tokens: `asked Ana Ruiz, the mayor of Lind.` A longer sentence after a question makes a statement of its own.
    const SHORT: usize = 12;
    let tokens = source.tokens();
    let Some(last) = span.end.checked_sub(1) else {
        return Vec::new();
    };
    if span.end >= tokens.len() || source.paragraph_of(last) != source.paragraph_of(span.end) {
        return Vec::new();
    }
    let end = source.sentence_end(span.end);
    let has_stop = source.ends_sentence(last);
    let is_question = tokens[last].is_sign("?") || tokens[last].is_sign("!");
    let is_dashed = tokens[span.end].is_sign("-");
    if has_stop && !is_dashed && !(is_question && end - span.end <= SHORT) {
        return Vec::new();
    }
    outside(source, span.end..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` marks the word of the quotation that is asked about.
    fn check(text: &str, expected: Option<&str>) {
        let source = SourceText::new(&text.replace('@', ""));
        let before = SourceText::new(text.split('@').next().unwrap());
        let found = of_quotation(&source, before.tokens().len());
        assert_eq!(found.map(|found| found.name).as_deref(), expected, "{text}");
    }

    #[test]
    fn the_plain_forms_are_read() {
        check(
            "“@Yes, we do,” said Mao Ning, spokesperson, on Monday.",
            Some("Mao Ning"),
        );
        check(
            "President Donald Trump said in an order: “@Yes.”",
            Some("President Donald Trump"),
        );
        check(
            "Jeff Rathke, the State Department Spokesperson, said, \"@Yes\".",
            Some("Jeff Rathke"),
        );
        check(
            "\"@It's a long game.\" - Matthew Ingram",
            Some("Matthew Ingram"),
        );
        check(
            "“@Is it over?” Trump asked. Nobody answered.",
            Some("Trump"),
        );
        check(
            "Rathbun stated,\n\n\"@Daniel was picked up.\"",
            Some("Rathbun"),
        );
        check("Rathke told LA Weekly, \"@Yes\".", Some("Rathke"));
        check("“@Yes,” said her deputy, Karl Weiss.", Some("Karl Weiss"));
        check(
            "“@Yes,” said the mayor of Paris, Anne Hidalgo.",
            Some("Anne Hidalgo"),
        );
        check("“@Yes,” said spokesperson Mao.", Some("Mao"));
        check(
            "The head of CEI (a conference), Nunzio Galantino, has called it “@dangerous”.",
            Some("Nunzio Galantino"),
        );
        check("“No,” said Mao. “@Yes.”", Some("Mao"));
        check("“No,” said Mao. “@Yes,” she added.", Some("Mao"));
        check(
            "“@Yes,” according to the Saudi Gazette.",
            Some("Saudi Gazette"),
        );
        check(
            "“@Yes,” said a neighbor, who asked for tea.",
            Some("a neighbor"),
        );
        check(
            "Harry Kane won the award. He said, “@Yes.”",
            Some("Harry Kane"),
        );
    }

    #[test]
    fn pronouns_and_strangers_name_nobody() {
        check("He said, \"@Yes\".", None);
        check("Congress refused. He said, \"@Yes\".", None);
        check("“@Yes,” the spokesperson said on Monday.", None);
        check("“@Yes,” said the mayor of Paris on Monday.", None);
        check("A spokesman said: “@Yes.”", None);
        check("It is \"@over\". Trump said nothing.", None);
    }
}
