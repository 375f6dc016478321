//! Tells people with the same surname apart: whether the source quotes `Zebulon Lam` or another Lam.

use nutgraf_language::sense::{lower, without_possessive};

use super::attribution::name_words;
use super::source::SourceText;
use super::speaker::surname;

/// A claimed speaker: the full name, and the part of it by which the source refers to them.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{match_speech, Quote, QuoteVerdict, SourceText, Speaker, Warning};
///
/// let source = SourceText::new("Jonah Lam keeps the lock. “I close it at ten,” Lam said.");
/// let words = Quote::new("I close it at ten");
/// let verdict = |name| {
///     let speaker = Speaker::of(name, "Jonah Lam keeps the lock.");
///     let QuoteVerdict::Verified(found) = match_speech(&source, &words, &speaker) else { panic!() };
///     found.warnings
/// };
/// assert_eq!(verdict("Jonah Lam"), []);
/// assert_eq!(verdict("Zebulon Lam"), [Warning::GivenToAnother { name: "Jonah Lam".into() }]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker<'a> {
    name: &'a str,
    called: &'a str,
}

impl<'a> Speaker<'a> {
    /// A speaker by full name, with the part that the text uses: the last name, the first where family names come
    /// first, or the whole name of a body.
    pub fn of(name: &'a str, text: &str) -> Self {
        Self {
            name,
            called: surname(name, text),
        }
    }

    /// The full name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The part that the text uses.
    pub fn called(&self) -> &'a str {
        self.called
    }
}

/// The rest of a speaker's name beside the part that is looked up; empty if no more is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Given<'a> {
    pub(super) speaker: Option<Speaker<'a>>,
}

/// Whether a source calls the speaker by the given name alone: `Yaw`, of Yaw Mensah.
pub(super) fn is_given_name(name: &str, given: &Given<'_>) -> bool {
    let Some(speaker) = given.speaker else {
        return false;
    };
    let own = name_words(speaker.name);
    own.len() > 1
        && own
            .first()
            .is_some_and(|first| name_words(name) == [first.clone()])
}

/// The bearer of the same surname who is named nearest to a token, if it isn't the speaker by given name.
pub(super) fn other(source: &SourceText, at: usize, given: &Given<'_>) -> Option<String> {
    let speaker = given.speaker?;
    let called = name_words(speaker.called);
    let [family] = called.as_slice() else {
        return None;
    };
    let name = name_words(speaker.name);
    let own: Vec<&String> = name.iter().filter(|word| *word != family).collect();
    // After a family name that comes first, the next word is the given name.
    let is_family_first = name.first() == Some(family);
    if own.is_empty() {
        return None;
    }
    let bearers = bearers(source, family, is_family_first);
    let is_own = |bearer: &&Bearer| own.iter().any(|own| is_same_given(own, &bearer.given));
    let before = bearers.iter().rev().find(|bearer| bearer.at <= at);
    let nearest = before.or_else(|| bearers.first())?;
    (!is_own(&nearest)).then(|| nearest.name.clone())
}

/// A person with a certain surname who is named in a text.
struct Bearer {
    at: usize,
    /// In lower case.
    given: String,
    name: String,
}

fn bearers(source: &SourceText, family: &str, is_family_first: bool) -> Vec<Bearer> {
    let language = source.language();
    let tokens = source.tokens();
    let ids = source.ids_where(|text| {
        text.starts_with(char::is_uppercase) && *lower(without_possessive(text)) == *family
    });
    let mut places: Vec<usize> = ids
        .iter()
        .flat_map(|id| source.positions(*id))
        .copied()
        .collect();
    places.sort_unstable();
    let is_given = |at: usize| {
        let token = &tokens[at];
        let word = lower(&token.text);
        let tables = &language.tables;
        let is_initial = token.text.chars().count() == 1;
        token.is_word()
            && language.is_name_word(&token.text)
            && !token.text.ends_with("'s")
            && !is_initial
            && token.text.chars().any(char::is_lowercase)
            && !tables.saying.titles.contains(&*word)
            && !tables.nouns.roles.contains(&*word)
            && !tables.nouns.honorifics.contains_key(&*word)
            && !tables.nouns.bodies.contains(&*word)
            && !tables.nouns.function_words.contains(&*word)
    };
    places
        .into_iter()
        .filter_map(|place| {
            let step = if is_family_first {
                place + 1
            } else {
                // `Jonah B. Lam`, `Anne-Marie Lam`.
                let is_letter =
                    |at: usize| tokens[at].is_word() && tokens[at].text.chars().count() == 1;
                let mut step = place.checked_sub(1)?;
                if tokens[step].is_sign(".") {
                    step = step.checked_sub(1).filter(|at| is_letter(*at))?;
                }
                if is_letter(step) {
                    step = step.checked_sub(1)?;
                }
                step
            };
            let is_one = step < tokens.len()
                && *lower(&tokens[step].text) != *family
                && source.paragraph_of(step) == source.paragraph_of(place)
                && is_given(step);
            is_one.then(|| {
                let given = lower(&tokens[step].text).into_owned();
                let written = &tokens[step].text;
                let family = without_possessive(&tokens[place].text);
                let name = if is_family_first {
                    format!("{family} {written}")
                } else {
                    format!("{written} {family}")
                };
                Bearer {
                    at: place,
                    given,
                    name,
                }
            })
        })
        .collect()
}

/// Whether two given names may be the same person's: equal, or one the beginning of the other (`Rob`, `Robert`; `J`,
/// `Jonah`).
fn is_same_given(own: &str, theirs: &str) -> bool {
    own.starts_with(theirs) || theirs.starts_with(own)
}
