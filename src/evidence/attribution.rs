//! Whom a source gives a quotation to.
//!
//! Only what stands in the sentence around the marks is read, and only the plain forms of newspapers: `"…," said
//! Mao Ning`, `Trump said: "…"`, `Jeff Rathke, the spokesperson, said, "…"`, `"…" - Matthew Ingram`. A pronoun names
//! nobody. What isn't understood gives no name, so that no warning rests on a guess.

use std::ops::Range;

use super::lexicon;
use super::marks::Span;
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

/// Words that stand for a person of whom nothing more is said.
const INDEFINITE: &[&str] = &["a", "an", "another", "one", "some", "many", "others"];

/// Who or what speaks for somebody else: `a spokesman` is no other speaker than the body that is named.
const MOUTHPIECES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "representative",
    "statement",
    "letter",
    "report",
    "post",
    "tweet",
    "email",
];

/// Words behind which a description goes on to something else than the speaker's name.
const PREPOSITIONS: &[&str] = &[
    "of", "by", "in", "for", "from", "to", "at", "on", "with", "who", "that", "which", "about",
];

/// Who says a quotation, and what the sentence around it says outside the marks.
#[derive(Clone, Debug)]
pub(super) struct Attribution {
    /// The name as the source has it; `a neighbor` if it gives none.
    pub(super) name: String,
    /// The words of the sentence outside the marks, but for the name of whom the speaker talks to.
    words: Vec<String>,
}

impl Attribution {
    /// Whether the speaker may be meant: by the name, or anywhere in the sentence.
    pub(super) fn may_mean(&self, speaker: &[String]) -> bool {
        let name = name_words(&self.name);
        contains(self.words.iter().map(String::as_str), speaker)
            || name.iter().all(|word| speaker.contains(word))
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
    of_span(source, source.span_of(token)?)
}

fn of_span(source: &SourceText, index: usize) -> Option<Attribution> {
    let span = source.spans().get(index)?;
    let head = head(source, span);
    let tail = tail(source, span);
    if head.is_empty() && tail.is_empty() {
        return continued(source, index);
    }
    let behind = saying_in(&tail, Side::Behind);
    let before = saying_in(&head, Side::Before).filter(|_| behind.is_none());
    let Some(name) = behind
        .as_ref()
        .or(before.as_ref())
        .map(|it| it.name.clone())
    else {
        return by_pronoun(source, span, &head, &tail);
    };
    let mut words = words_without(&head, before.as_ref());
    words.extend(words_without(&tail, behind.as_ref()));
    Some(Attribution { name, words })
}

/// The speaker of `"…," said Mao. "…"`: a quotation of whole sentences behind one that ends with its attribution.
fn continued(source: &SourceText, index: usize) -> Option<Attribution> {
    let before = index.checked_sub(1)?;
    let (former, span) = (&source.spans()[before], &source.spans()[index]);
    let is_same_paragraph = source.paragraph_of(former.start) == source.paragraph_of(span.start);
    let is_next = former.end < span.start && source.sentence_end(former.end) == span.start;
    (is_same_paragraph && is_next).then(|| of_span(source, before))?
}

/// The speaker of `Harry Kane won the award. He said, "…"`: the subject of the sentence before.
///
/// Only a name of several words counts: `Congress refused. "…," he said` is no person's name.
fn by_pronoun(
    source: &SourceText,
    span: &Span,
    head: &[&Token],
    tail: &[&Token],
) -> Option<Attribution> {
    let is_pronoun = |clause: &[&Token]| {
        clause.first().is_some_and(|first| {
            first.text.eq_ignore_ascii_case("he") || first.text.eq_ignore_ascii_case("she")
        }) && clause
            .get(1)
            .is_some_and(|verb| lexicon::is_speech_verb(&verb.text))
    };
    if !is_pronoun(head) && !is_pronoun(tail) {
        return None;
    }
    let end = source.sentence_start(span.start);
    let start = source.sentence_start(end.checked_sub(1)?);
    if source.paragraph_of(start) != source.paragraph_of(span.start) {
        return None;
    }
    let before = outside(source, start..end);
    let name = name_from(&before, 0).filter(|name| name.contains(' '))?;
    let n_tokens = name_words(&name).len();
    let has_verb = before
        .get(n_tokens)
        .is_some_and(|verb| verb.text.starts_with(char::is_lowercase));
    let words = words_without(&before, None);
    (before.len() == end - start && has_verb).then_some(Attribution { name, words })
}

/// The first speaker whom the words between two quotations name.
pub(super) fn between(source: &SourceText, tokens: &Range<usize>) -> Option<Attribution> {
    let outside = outside(source, tokens.clone());
    let saying = saying_in(&outside, Side::Behind)?;
    let words = words_without(&outside, Some(&saying));
    Some(Attribution {
        name: saying.name,
        words,
    })
}

/// The words of a clause, but for the name of whom is spoken to.
fn words_without(clause: &[&Token], saying: Option<&Saying>) -> Vec<String> {
    clause
        .iter()
        .enumerate()
        .filter(|(index, token)| {
            token.is_word() && !saying.is_some_and(|saying| saying.listener.contains(index))
        })
        .map(|(_, token)| token.text.to_string())
        .collect()
}

fn outside(source: &SourceText, tokens: Range<usize>) -> Vec<&Token> {
    tokens
        .filter(|token| source.span_of(*token).is_none())
        .filter_map(|token| source.tokens().get(token))
        .collect()
}

/// What the sentence says before the marks; that of the paragraph before, if it ends with a colon or comma.
fn head<'a>(source: &'a SourceText, span: &Span) -> Vec<&'a Token> {
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
fn tail<'a>(source: &'a SourceText, span: &Span) -> Vec<&'a Token> {
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

/// What a clause says of who speaks.
#[derive(Clone, Debug)]
struct Saying {
    name: String,
    /// The tokens of the clause that name whom is spoken to.
    listener: Range<usize>,
}

impl Saying {
    fn by(name: String) -> Self {
        Self {
            name,
            listener: 0..0,
        }
    }
}

/// Who is said to speak: by the last verb of saying before the marks, by the first one behind.
fn saying_in(clause: &[&Token], side: Side) -> Option<Saying> {
    if side == Side::Behind && clause.first().is_some_and(|first| first.is_sign("-")) {
        return name_from(clause, 1).map(Saying::by);
    }
    let mut verbs: Vec<usize> = (0..clause.len())
        .filter(|index| lexicon::is_speech_verb(&clause[*index].text))
        .collect();
    if side == Side::Before {
        verbs.reverse();
    }
    verbs
        .into_iter()
        .find_map(|verb| saying_of(clause, verb))
        .or_else(|| according_to(clause))
}

fn saying_of(clause: &[&Token], verb: usize) -> Option<Saying> {
    let subject_end = subject_end(clause, verb);
    let before = name_up_to(&clause[..subject_end])
        .or_else(|| name_with_aside(&clause[..subject_end]))
        .or_else(|| stranger(clause, usize::from(clause[0].is_soft_stop())..verb));
    if let Some(name) = before {
        let listener = listener_behind(clause, verb);
        return Some(Saying { name, listener });
    }
    let may_invert = INVERTING
        .iter()
        .any(|inverting| inverting.eq_ignore_ascii_case(&clause[verb].text));
    if !may_invert {
        return None;
    }
    described(clause, verb + 1)
        .or_else(|| {
            let n_words = clause[verb + 1..]
                .iter()
                .take_while(|token| token.is_word() || token.is_sign("-"))
                .count();
            stranger(clause, verb + 1..verb + 1 + n_words)
        })
        .map(Saying::by)
}

/// `Mao` in `told Mao`, `said to Mao`.
fn listener_behind(clause: &[&Token], verb: usize) -> Range<usize> {
    let has_to = clause.get(verb + 1).is_some_and(|word| &*word.text == "to");
    let start = verb + 1 + usize::from(has_to);
    let mut end = start;
    while end < clause.len() && is_name_part(clause, end) {
        end += 1;
    }
    start..end
}

/// `according to Mao`, `in the words of the prosecutor, Mark Tedeschi`.
fn according_to(clause: &[&Token]) -> Option<Saying> {
    (1..clause.len())
        .find_map(|index| {
            let pair = (&*clause[index - 1].text, &*clause[index].text);
            let introduces = matches!(pair, ("according" | "According", "to") | ("words", "of"));
            introduces.then(|| described(clause, index + 1))?
        })
        .map(Saying::by)
}

/// The name behind a description, or at once: `Mao`, `spokesperson Mao`, `her deputy, Karl Weiss`.
fn described(clause: &[&Token], start: usize) -> Option<String> {
    const LONGEST: usize = 10;
    let mut is_aside = false;
    for index in start..clause.len().min(start + LONGEST) {
        let token = clause[index];
        if token.is_sign(",") {
            return name_from(clause, index + 1);
        }
        if !is_aside && let Some(name) = name_from(clause, index) {
            return Some(name);
        }
        if !token.is_word() && !token.is_sign("-") {
            return None;
        }
        is_aside |= PREPOSITIONS.contains(&&*token.text);
    }
    None
}

/// `a neighbor`, of whom no name is given.
fn stranger(clause: &[&Token], at: Range<usize>) -> Option<String> {
    const LONGEST: usize = 8;
    let words = clause.get(at)?;
    let is_phrase = words.len() <= LONGEST
        && words
            .iter()
            .all(|token| token.is_word() || token.is_sign("-"));
    let is_indefinite = words.first().is_some_and(|first| {
        INDEFINITE
            .iter()
            .any(|word| word.eq_ignore_ascii_case(&first.text))
    });
    let is_mouthpiece = words.iter().any(|word| MOUTHPIECES.contains(&&*word.text));
    (is_phrase && is_indefinite && !is_mouthpiece).then(|| joined(words))
}

/// Where the subject of a verb ends: before adverbs and auxiliaries.
fn subject_end(clause: &[&Token], verb: usize) -> usize {
    let is_adverb = |token: &&Token| {
        matches!(
            &*token.text,
            "also" | "later" | "previously" | "had" | "has" | "then"
        ) || (token.text.ends_with("ly") && token.text.starts_with(char::is_lowercase))
    };
    let n_adverbs = clause[..verb]
        .iter()
        .rev()
        .take_while(|token| is_adverb(token))
        .count();
    verb - n_adverbs
}

/// The name that a subject ends with.
fn name_up_to(subject: &[&Token]) -> Option<String> {
    let n_parts = (0..subject.len())
        .rev()
        .take_while(|index| is_name_part(subject, *index))
        .count();
    name_from(subject, subject.len() - n_parts)
}

/// The name in `Jeff Rathke, the spokesperson,` or `The spokesperson, Jeff Rathke,`.
fn name_with_aside(subject: &[&Token]) -> Option<String> {
    let (last, rest) = subject.split_last()?;
    if !last.is_sign(",") {
        return None;
    }
    let aside = rest.iter().rposition(|token| token.is_sign(","));
    let is_name = |start: usize| (start..rest.len()).all(|index| is_name_part(rest, index));
    aside
        .filter(|comma| is_name(comma + 1))
        .and_then(|comma| name_from(rest, comma + 1))
        .or_else(|| (0..rest.len()).find_map(|start| name_from(rest, start)))
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
    Some(joined(&clause[start..end]))
}

fn joined(tokens: &[&Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() && !token.is_sign("-") && !text.ends_with('-') {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    text
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
