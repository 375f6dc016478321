//! Finds the speaker in a clause beside a quotation: `said Mao Ning`, `Jeff Rathke, the spokesperson, said`, `according
//! to Reuters`.
//!
//! It reads only the plain forms that newspapers use; a clause that it doesn't understand names nobody.

use std::ops::Range;

use nutgraf_language::Language;
use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    Behind,
}

/// What a clause says about the speaker.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub(crate) name: String,
    /// The tokens of the clause that name the person spoken to.
    pub(crate) listener: Range<usize>,
    /// Whether nobody else in the clause can be meant.
    pub(crate) is_sure: bool,
    /// Whether the name is that of somebody's relation: `Aas's husband`.
    pub(crate) is_somebodys: bool,
}

impl Saying {
    fn by(name: String) -> Self {
        Self {
            name,
            listener: 0..0,
            is_sure: false,
            is_somebodys: false,
        }
    }
}

/// Who is said to speak: by the last verb of saying before the marks, or the first one after them.
pub(crate) fn saying_in(language: &Language, clause: &[&Token], side: Side) -> Option<Saying> {
    if side == Side::Behind && clause.first().is_some_and(|first| first.is_sign("-")) {
        return name_from(language, clause, 1).map(Saying::by);
    }
    let is_calling = |index: usize| side == Side::Before && is_calling(language, clause, index);
    let mut verbs: Vec<usize> = (0..clause.len())
        .filter(|index| language.is_speech_verb(&clause[*index].text) || is_calling(*index))
        .collect();
    if side == Side::Before {
        verbs.reverse();
    }
    verbs
        .into_iter()
        .find_map(|verb| saying_of(language, clause, verb))
        .or_else(|| according_to(language, clause))
        .or_else(|| before_colon(language, clause).filter(|_| side == Side::Before))
}

/// `it`, `das`, `lo`.
fn is_pronoun(language: &Language, token: &Token) -> bool {
    let word = lower(&token.text);
    language.tables.clauses.pronouns.contains_key(&*word)
        || language.tables.nouns.definite.contains(&*word)
}

/// Whether a word of denial leads in what its subject says: `dismissed as “pure fantasy”`, `disagreed: “We slept”`.
pub(crate) fn is_calling(language: &Language, clause: &[&Token], index: usize) -> bool {
    let prepositions = &language.tables.nouns.prepositions;
    let leads_in = |last: &Token| last.is_sign(":") || prepositions.contains(&*lower(&last.text));
    let calls = |last: &Token| {
        let calling = &language.tables.saying.calling;
        calling.contains(&*lower(&last.text))
    };
    language.is_denial(&clause[index].text)
        && match &clause[index + 1..] {
            [last] => leads_in(last),
            // `denies it: “We heard nothing”`
            [what, last] if last.is_sign(":") => is_pronoun(language, what),
            // `rejected that as “gossip”`
            [words @ .., last] => {
                words.len() <= 3 && words.iter().all(|word| word.is_word()) && calls(last)
            }
            [] => false,
        }
}

/// `the words of her predecessor, Ian Blum:`, where no verb says who speaks.
fn before_colon(language: &Language, clause: &[&Token]) -> Option<Saying> {
    let (colon, before) = clause.split_last()?;
    let has_verb = before
        .iter()
        .any(|token| language.is_speech_verb(&token.text));
    let name = name_up_to(language, before).filter(|name| name.contains(' '))?;
    (colon.is_sign(":") && !has_verb).then(|| Saying {
        is_sure: true,
        ..Saying::by(name)
    })
}

fn saying_of(language: &Language, clause: &[&Token], verb: usize) -> Option<Saying> {
    let subject_end = subject_end(language, clause, verb);
    if let Some(other) = somebody_of(language, &clause[..subject_end]) {
        return Some(other);
    }
    if speaks_for_name(language, &clause[..subject_end]) {
        return None;
    }
    // `In einem Brief an Joan Reid schrieb Conti`: the words before the verb aren't always its subject.
    let is_object = language.tables.clauses.verb_second
        && is_behind_preposition(language, &clause[..subject_end]);
    let before = name_up_to(language, &clause[..subject_end])
        .filter(|_| !is_object)
        .or_else(|| name_with_aside(language, &clause[..subject_end]))
        .or_else(|| {
            stranger(
                language,
                clause,
                usize::from(clause[0].is_soft_stop())..verb,
            )
        });
    if let Some(name) = before {
        let listener = listener_behind(language, clause, verb);
        return Some(Saying {
            listener,
            ..Saying::by(name)
        });
    }
    if !language.may_invert(&clause[verb].text) {
        return None;
    }
    if let Some(mut other) = somebody_of(language, relation_behind(language, &clause[verb + 1..])) {
        other.listener = other.listener.start + verb + 1..other.listener.end + verb + 1;
        return Some(other);
    }
    described(language, clause, verb + 1)
        .or_else(|| {
            let n_words = clause[verb + 1..]
                .iter()
                .take_while(|token| token.is_word() || token.is_sign("-"))
                .count();
            stranger(language, clause, verb + 1..verb + 1 + n_words)
        })
        .map(Saying::by)
}

/// `Aas's husband`, `the husband of Kari Aas`: not the person named but somebody related, who is not named.
fn somebody_of(language: &Language, subject: &[&Token]) -> Option<Saying> {
    let saying = &language.tables.saying;
    let is_relation = |token: &Token| {
        let word = lower(&token.text);
        saying.relations.contains(&*word) && !saying.mouthpieces.contains(&*word)
    };
    let last = subject.len().checked_sub(1)?;
    if is_relation(subject[last]) {
        let owner = last.checked_sub(1)?;
        let is_owned =
            subject[owner].text.ends_with("'s") && language.is_name_word(&subject[owner].text);
        let mut start = owner;
        while start > 0 && is_owned && is_name_part(language, subject, start - 1) {
            start -= 1;
        }
        return is_owned.then(|| Saying {
            listener: start..last + 1,
            is_somebodys: true,
            ..Saying::by(joined(&subject[start..=last]))
        });
    }
    let mut name = subject.len();
    while name > 0 && is_name_part(language, subject, name - 1) {
        name -= 1;
    }
    let of = name.checked_sub(1).filter(|_| name < subject.len())?;
    let relation = of.checked_sub(1)?;
    let is_of = language
        .tables
        .numbers
        .of
        .contains(&*lower(&subject[of].text));
    (is_of && is_relation(subject[relation])).then(|| Saying {
        listener: relation..subject.len(),
        is_somebodys: true,
        ..Saying::by(joined(&subject[relation..]))
    })
}

/// How many words an office before a name has, with its article: `la primera ministra`.
const MOST_OFFICE: usize = 3;

/// Whether a subject speaks for a name: `a spokesman for Adair`.
fn speaks_for_name(language: &Language, subject: &[&Token]) -> bool {
    let saying = &language.tables.saying;
    let mut name = subject.len();
    while name > 0 && is_name_part(language, subject, name - 1) {
        name -= 1;
    }
    let is_voice = |end: usize| mouthpiece_before(language, subject, end).is_some();
    let is_preposition = |at: usize| saying.prepositions.contains(&*lower(&subject[at].text));
    // The name may have an article and an office before it: `portavoz de la ministra Elisa Trenco`.
    let nearest = (1..name)
        .rev()
        .take(MOST_OFFICE + 1)
        .find(|at| is_preposition(*at));
    name < subject.len() && nearest.is_some_and(is_voice)
}

/// Where a word for somebody who speaks for others begins that ends before `end`. `porte-parole` is three tokens.
fn mouthpiece_before(language: &Language, clause: &[&Token], end: usize) -> Option<usize> {
    let start = if end >= 3 && clause[end - 2].is_sign("-") {
        end - 3
    } else {
        end.checked_sub(1)?
    };
    let word: String = clause[start..end]
        .iter()
        .map(|token| lower(&token.text).into_owned())
        .collect();
    language
        .tables
        .saying
        .mouthpieces
        .contains(&*word)
        .then_some(start)
}

/// The words after a verb up to the end of the name among them: `the husband of Kari Aas`.
fn relation_behind<'c, 't>(language: &Language, clause: &'c [&'t Token]) -> &'c [&'t Token] {
    let stop = clause
        .iter()
        .position(|token| !token.is_word() && !token.is_sign("-"))
        .unwrap_or(clause.len());
    let mut end = (0..stop)
        .find(|index| is_name_part(language, clause, *index) && *index > 0)
        .unwrap_or(stop);
    while end < stop && is_name_part(language, clause, end) {
        end += 1;
    }
    // `said Aas's husband`.
    let is_owned = clause[..end.min(stop)]
        .iter()
        .any(|token| token.text.ends_with("'s"));
    if is_owned {
        &clause[..stop]
    } else {
        &clause[..end]
    }
}

/// `Mao` in `told Mao`, `said to Mao`.
fn listener_behind(language: &Language, clause: &[&Token], verb: usize) -> Range<usize> {
    let has_to = clause.get(verb + 1).is_some_and(|word| &*word.text == "to");
    let start = verb + 1 + usize::from(has_to);
    let mut end = start;
    while end < clause.len() && is_name_part(language, clause, end) {
        end += 1;
    }
    start..end
}

/// `according to Mao`, `in the words of the prosecutor, Mark Tedeschi`, `según Ruiz`.
fn according_to(language: &Language, clause: &[&Token]) -> Option<Saying> {
    let keys: Vec<_> = clause.iter().map(|token| lower(&token.text)).collect();
    (0..clause.len())
        .find_map(|index| {
            let word = |offset: usize| keys.get(index + offset).map(|key| &**key);
            let (length, ()) = language.according.find(&keys[index], word)?;
            described(language, clause, index + length)
        })
        .map(Saying::by)
}

/// The name, with or without a description before it: `Mao`, `spokesperson Mao`, `her deputy, Karl Weiss`.
fn described(language: &Language, clause: &[&Token], start: usize) -> Option<String> {
    /// In tokens: a role with an office, such as `the deputy spokesperson of the Ministry of Foreign Affairs, Mao
    /// Ning`.
    const LONGEST: usize = 10;
    let mut is_aside = false;
    for index in start..clause.len().min(start + LONGEST) {
        let token = clause[index];
        if token.is_sign(",") {
            return name_from(language, clause, index + 1);
        }
        if !is_aside && let Some(name) = name_from(language, clause, index) {
            return Some(name);
        }
        if !token.is_word() && !token.is_sign("-") {
            return None;
        }
        // The first word may be an article, which in German is a relative pronoun, too.
        let prepositions = &language.tables.saying.prepositions;
        is_aside |= index > start && prepositions.contains(&*lower(&token.text));
    }
    None
}

/// `a neighbor`, who isn't named.
fn stranger(language: &Language, clause: &[&Token], at: Range<usize>) -> Option<String> {
    /// In tokens: `a neighbor who has lived there since 1950`. A longer phrase is more likely a clause.
    const LONGEST: usize = 8;
    let words = clause.get(at)?;
    let is_phrase = words.len() <= LONGEST
        && words
            .iter()
            .all(|token| token.is_word() || token.is_sign("-"));
    let saying = &language.tables.saying;
    let is_indefinite = words
        .first()
        .is_some_and(|first| saying.indefinite.contains(&*lower(&first.text)));
    let is_mouthpiece = words.iter().any(|word| {
        let word = lower(&word.text);
        saying.mouthpieces.contains(&*word) || saying.texts.contains(&*word)
    });
    (is_phrase && is_indefinite && !is_mouthpiece).then(|| joined(words))
}

/// `a spokesman`, speaking for somebody whom the clause doesn't name.
pub(crate) fn mouthpiece_in(language: &Language, clause: &[&Token]) -> Option<String> {
    let says = clause
        .iter()
        .any(|token| language.is_speech_verb(&token.text));
    let (person, end) = (1..=clause.len())
        .find_map(|end| Some((mouthpiece_before(language, clause, end)?, end)))?;
    // `the spokesman` may be the person named; `the spokesman for Adair` isn't Adair.
    let is_for_name = clause.get(end).is_some_and(|of| {
        let prepositions = &language.tables.saying.prepositions;
        prepositions.contains(&*lower(&of.text))
    }) && (end + 1..clause.len().min(end + 2 + MOST_OFFICE))
        .any(|at| is_name_part(language, clause, at));
    let tables = &language.tables;
    let article = clause[..person].iter().rposition(|token| {
        let word = lower(&token.text);
        tables.numbers.articles.contains(&*word)
            || (is_for_name && tables.nouns.definite.contains(&*word))
    })?;
    says.then(|| joined(&clause[article..end]))
}

/// Where the subject of a verb ends: before adverbs and auxiliaries.
pub(crate) fn subject_end(language: &Language, clause: &[&Token], verb: usize) -> usize {
    let is_adverb = |token: &&Token| {
        let suffixes = &language.tables.speech.adverb_suffixes;
        let is_formed = |suffix: &String| token.text.ends_with(suffix.as_str());
        language.tables.saying.adverbs.contains(&*token.text)
            || (suffixes.iter().any(is_formed) && token.text.starts_with(char::is_lowercase))
    };
    let n_adverbs = clause[..verb]
        .iter()
        .rev()
        .take_while(|token| is_adverb(token))
        .count();
    verb - n_adverbs
}

/// Whether the name that a subject ends with follows a preposition.
fn is_behind_preposition(language: &Language, subject: &[&Token]) -> bool {
    /// How many words may be between them: `an die frühere Ministerin Joan Reid`.
    const REACH: usize = 4;
    let n_parts = (0..subject.len())
        .rev()
        .take_while(|index| is_name_part(language, subject, *index))
        .count();
    let before = subject[..subject.len() - n_parts].iter().rev().take(REACH);
    let nouns = &language.tables.nouns;
    n_parts > 0
        && before
            .take_while(|token| token.is_word())
            .any(|token| nouns.prepositions.contains(&*lower(&token.text)))
}

/// The name that a subject ends with.
fn name_up_to(language: &Language, subject: &[&Token]) -> Option<String> {
    let n_parts = (0..subject.len())
        .rev()
        .take_while(|index| is_name_part(language, subject, *index))
        .count();
    name_from(language, subject, subject.len() - n_parts)
}

/// The name in `Jeff Rathke, the spokesperson,` or `The spokesperson, Jeff Rathke,`.
fn name_with_aside(language: &Language, subject: &[&Token]) -> Option<String> {
    let (last, rest) = subject.split_last()?;
    if !last.is_sign(",") {
        return None;
    }
    let aside = rest.iter().rposition(|token| token.is_sign(","));
    let is_name =
        |start: usize| (start..rest.len()).all(|index| is_name_part(language, rest, index));
    aside
        .filter(|comma| is_name(comma + 1))
        .and_then(|comma| name_from(language, rest, comma + 1))
        .or_else(|| (0..rest.len()).find_map(|start| name_from(language, rest, start)))
}

fn is_name_part(language: &Language, clause: &[&Token], index: usize) -> bool {
    let token = clause[index];
    let is_hyphen = token.is_sign("-") && token.is_glued;
    let is_possessive = token.text.ends_with("'s");
    is_hyphen || (token.is_word() && language.is_name_word(&token.text) && !is_possessive)
}

/// The name that starts at a token.
pub(crate) fn name_from(language: &Language, clause: &[&Token], start: usize) -> Option<String> {
    let mut end = start;
    while end < clause.len() && is_name_part(language, clause, end) {
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

/// The words of a clause without the name of the person spoken to and without names that only say whose somebody is.
pub(crate) fn words_without(clause: &[&Token], saying: Option<&Saying>) -> Vec<String> {
    clause
        .iter()
        .enumerate()
        .filter(|(index, token)| {
            token.is_word()
                && !saying.is_some_and(|saying| saying.listener.contains(index))
                && !(saying.is_some() && token.text.ends_with("'s"))
        })
        .map(|(_, token)| token.text.to_string())
        .collect()
}
