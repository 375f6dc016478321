//! Who speaks, by a clause beside a quotation: `said Mao Ning`, `Jeff Rathke, the spokesperson, said`, `according to
//! Reuters`.
//!
//! Only the plain forms of newspapers are read; what isn't understood names nobody.

use std::ops::Range;

use nutgraf_language::lexicon;
use nutgraf_language::tokens::Token;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// What a clause says of who speaks.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub(super) name: String,
    /// The tokens of the clause that name whom is spoken to.
    pub(super) listener: Range<usize>,
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
pub(super) fn saying_in(clause: &[&Token], side: Side) -> Option<Saying> {
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

/// `a spokesman`, who says something for somebody that the clause doesn't name.
pub(super) fn mouthpiece_in(clause: &[&Token]) -> Option<String> {
    /// Words that a person may be called by, unlike `a statement`.
    const PERSONS: &[&str] = &["spokesman", "spokeswoman", "spokesperson", "representative"];
    let is_article = |word: &str| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an");
    let says = clause
        .iter()
        .any(|token| lexicon::is_speech_verb(&token.text));
    let person = clause
        .iter()
        .position(|token| PERSONS.contains(&&*token.text))?;
    let article = clause[..person]
        .iter()
        .rposition(|token| is_article(&token.text))?;
    says.then(|| joined(&clause[article..=person]))
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
pub(super) fn name_from(clause: &[&Token], start: usize) -> Option<String> {
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
