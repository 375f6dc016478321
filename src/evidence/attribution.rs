//! Whom a source gives a quotation to.
//!
//! Only what stands in the sentence around the marks is read, and only the plain forms of newspapers: `"…," said
//! Mao Ning`, `Trump said: "…"`, `Jeff Rathke, the spokesperson, said, "…"`, `"…" - Matthew Ingram`. A pronoun names
//! nobody. What isn't understood gives no name, so that no warning rests on a guess.

use std::ops::Range;

use super::lexicon;
use super::source::SourceText;
use super::tokens::Token;

/// Verbs that may stand before the speaker's name; after the others stands who is spoken to or of.
const INVERTING: &[&str] = &[
    "said",
    "says",
    "added",
    "adds",
    "wrote",
    "writes",
    "explained",
    "explains",
    "argued",
    "argues",
    "noted",
    "notes",
    "warned",
    "warns",
    "insisted",
    "replied",
    "continued",
    "asserted",
    "declared",
    "concluded",
    "recalled",
    "remarked",
    "stated",
    "asked",
];

/// The sentence around a quotation: what it says outside the marks, and whom it names.
#[derive(Clone, Debug)]
pub(super) struct Attribution {
    /// The name as the source has it.
    pub(super) name: String,
    /// All words of the sentence outside the marks.
    words: Vec<String>,
}

impl Attribution {
    /// Whether the sentence names somebody of this surname.
    pub(super) fn mentions(&self, surname: &[String]) -> bool {
        contains(self.words.iter().map(String::as_str), surname)
    }
}

/// The words of a name, for looking it up.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let chars = super::normalise::normalised_chars(name);
    super::tokens::tokenise(&chars)
        .0
        .iter()
        .filter(|token| token.is_word())
        .map(|token| lexicon::without_possessive(&token.text).to_lowercase())
        .collect()
}

/// Whether words hold a name, whole and in order; case doesn't count.
fn contains<'a>(words: impl Iterator<Item = &'a str>, name: &[String]) -> bool {
    if name.is_empty() {
        return false;
    }
    let words: Vec<String> = words
        .map(|word| lexicon::without_possessive(word).to_lowercase())
        .collect();
    words.windows(name.len()).any(|window| window == name)
}

/// Whether a name stands in a range of tokens.
pub(super) fn is_named(source: &SourceText, tokens: &Range<usize>, name: &[String]) -> bool {
    let tokens = source.tokens().get(tokens.clone()).unwrap_or_default();
    contains(
        tokens
            .iter()
            .filter(|token| token.is_word())
            .map(|token| &*token.text),
        name,
    )
}

/// Whom the source gives the quotation to in which a token stands.
pub(super) fn of_quotation(source: &SourceText, token: usize) -> Option<Attribution> {
    let span = source.spans().get(source.span_of(token)?)?.clone();
    let head = head(source, &span);
    let tail = tail(source, &span);
    let name = name_in(&tail, Side::Behind).or_else(|| name_in(&head, Side::Before))?;
    let words = head
        .iter()
        .chain(&tail)
        .filter(|token| token.is_word())
        .map(|token| token.text.to_string())
        .collect();
    Some(Attribution { name, words })
}

/// The first speaker whom the words between two quotations name.
pub(super) fn between(source: &SourceText, tokens: &Range<usize>) -> Option<Attribution> {
    let outside = outside(source, tokens.clone());
    let name = name_in(&outside, Side::Behind)?;
    let words = outside
        .iter()
        .filter(|token| token.is_word())
        .map(|token| token.text.to_string())
        .collect();
    Some(Attribution { name, words })
}

fn outside(source: &SourceText, tokens: Range<usize>) -> Vec<&Token> {
    tokens
        .filter(|token| source.span_of(*token).is_none())
        .filter_map(|token| source.tokens().get(token))
        .collect()
}

/// What the sentence says before the marks; that of the paragraph before, if it ends with a colon or comma.
fn head<'a>(source: &'a SourceText, span: &Range<usize>) -> Vec<&'a Token> {
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

/// What the sentence says behind the marks; a short next sentence, if the quotation is a question.
fn tail<'a>(source: &'a SourceText, span: &Range<usize>) -> Vec<&'a Token> {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// The name that a verb of saying belongs to: the last one before the marks, the first one behind.
fn name_in(clause: &[&Token], side: Side) -> Option<String> {
    if side == Side::Behind && clause.first().is_some_and(|first| first.is_sign("-")) {
        return name_from(clause, 1);
    }
    let mut verbs: Vec<usize> = (0..clause.len())
        .filter(|index| lexicon::is_speech_verb(&clause[*index].text))
        .collect();
    if side == Side::Before {
        verbs.reverse();
    }
    verbs
        .into_iter()
        .find_map(|verb| name_of_verb(clause, verb))
}

fn name_of_verb(clause: &[&Token], verb: usize) -> Option<String> {
    let may_invert = INVERTING
        .iter()
        .any(|inverting| inverting.eq_ignore_ascii_case(&clause[verb].text));
    if let Some(name) = name_up_to(clause, verb) {
        return Some(name);
    }
    let is_apposition = verb > 0 && clause[verb - 1].is_sign(",");
    if is_apposition && let Some(name) = (0..verb).find_map(|start| name_from(clause, start)) {
        return Some(name);
    }
    if may_invert {
        return name_from(clause, verb + 1);
    }
    None
}

/// The name that ends right before a verb, an adverb aside.
fn name_up_to(clause: &[&Token], verb: usize) -> Option<String> {
    let mut end = verb;
    let is_adverb = |token: &Token| {
        matches!(
            &*token.text,
            "also" | "later" | "previously" | "had" | "has" | "then"
        ) || (token.text.ends_with("ly") && token.text.starts_with(char::is_lowercase))
    };
    while end > 0 && is_adverb(clause[end - 1]) {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && is_name_part(clause, start - 1) {
        start -= 1;
    }
    name_from(&clause[..end], start)
}

fn is_name_part(clause: &[&Token], index: usize) -> bool {
    let token = clause[index];
    let is_hyphen = token.is_sign("-") && token.is_glued;
    let is_possessive = token.text.ends_with("'s");
    is_hyphen || (token.is_word() && lexicon::is_name_word(&token.text) && !is_possessive)
}

/// The name that starts at a token.
fn name_from(clause: &[&Token], start: usize) -> Option<String> {
    let mut end = start;
    while end < clause.len() && is_name_part(clause, end) {
        end += 1;
    }
    while end > start && !clause[end - 1].is_word() {
        end -= 1;
    }
    if end == start || !clause[start].is_word() {
        return None;
    }
    let mut name = String::new();
    for token in &clause[start..end] {
        if !name.is_empty() && !token.is_sign("-") && !name.ends_with('-') {
            name.push(' ');
        }
        name.push_str(&token.text);
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` marks a word of the quotation that is asked about.
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
    }

    #[test]
    fn pronouns_and_strangers_name_nobody() {
        check("He said, \"@Yes\".", None);
        check("“@Yes,” the spokesperson said on Monday.", None);
        check("It is \"@over\". Trump said nothing.", None);
    }
}
