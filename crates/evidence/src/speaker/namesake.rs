//! Tells people with the same surname apart: whether the source quotes `Zebulon Lam` or another Lam.

use nutgraf_language::sense::{lower, without_possessive};

use crate::source::SourceText;
use crate::speaker::attribution::name_words;
use crate::speaker::surname;

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
pub(crate) struct Given<'a> {
    pub(crate) speaker: Option<Speaker<'a>>,
}

/// Whether a source calls the speaker by the given name alone: `Yaw`, of Yaw Mensah.
pub(crate) fn is_given_name(name: &str, given: &Given<'_>) -> bool {
    let Some(speaker) = given.speaker else {
        return false;
    };
    let own = name_words(speaker.name);
    own.len() > 1
        && own
            .first()
            .is_some_and(|first| name_words(name) == [first.clone()])
}

/// Whether a full name with the speaker's surname is the speaker's, by the given name; `None` if it is no such name.
pub(crate) fn is_in_full(name: &str, given: &Given<'_>) -> Option<bool> {
    let speaker = given.speaker?;
    let (own, theirs) = (name_words(speaker.name), name_words(name));
    let family = name_words(speaker.called).pop()?;
    let is_full = own.len() > 1 && theirs.len() > 1 && theirs.last() == Some(&family);
    let has_given = |word: &String| {
        *word != family
            && own
                .iter()
                .any(|own| *own != family && is_same_given(own, word))
    };
    is_full.then(|| theirs.iter().any(has_given))
}

/// The bearer of the same surname who is named nearest to a token, if it isn't the speaker by given name.
pub(crate) fn other(source: &SourceText, at: usize, given: &Given<'_>) -> Option<String> {
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
    let bearers = Bearers {
        source,
        family,
        is_family_first,
    };
    let nearest = bearers.nearest(at)?;
    let is_own = own.iter().any(|own| is_same_given(own, &nearest.given));
    (!is_own).then_some(nearest.name)
}

/// A person with a certain surname who is named in a text.
struct Bearer {
    at: usize,
    /// In lower case.
    given: String,
    name: String,
}

/// The people with a certain surname who are named in a text.
struct Bearers<'a> {
    source: &'a SourceText,
    family: &'a str,
    is_family_first: bool,
}

impl Bearers<'_> {
    /// The last one up to a token, else the first behind it. A text may name somebody thousands of times, so that no
    /// more of them are looked at than it takes.
    fn nearest(&self, at: usize) -> Option<Bearer> {
        let ids = self.source.ids_of(self.family);
        let split = |places: &[usize]| places.partition_point(|place| *place <= at);
        let before = ids.iter().filter_map(|id| {
            let places = self.source.positions(*id);
            let mut before = places[..split(places)].iter().rev();
            before.find_map(|place| self.at(*place))
        });
        before.max_by_key(|bearer| bearer.at).or_else(|| {
            let behind = ids.iter().filter_map(|id| {
                let places = self.source.positions(*id);
                let mut behind = places[split(places)..].iter();
                behind.find_map(|place| self.at(*place))
            });
            behind.min_by_key(|bearer| bearer.at)
        })
    }

    /// The bearer whose surname is at a token; `None` if no given name goes with it.
    fn at(&self, place: usize) -> Option<Bearer> {
        let tokens = self.source.tokens();
        if !tokens[place].text.starts_with(char::is_uppercase) {
            return None;
        }
        let step = self.given_beside(place)?;
        let is_one = step < tokens.len()
            && *lower(&tokens[step].text) != *self.family
            && self.source.paragraph_of(step) == self.source.paragraph_of(place)
            && self.is_given(step);
        is_one.then(|| {
            let written = &tokens[step].text;
            let family = without_possessive(&tokens[place].text);
            Bearer {
                at: place,
                given: lower(written).into_owned(),
                name: if self.is_family_first {
                    format!("{family} {written}")
                } else {
                    format!("{written} {family}")
                },
            }
        })
    }

    /// Where the given name would be: `Jonah B. Lam`, `Anne-Marie Lam`.
    fn given_beside(&self, place: usize) -> Option<usize> {
        if self.is_family_first {
            return Some(place + 1);
        }
        let tokens = self.source.tokens();
        let is_letter = |at: usize| tokens[at].is_word() && tokens[at].text.chars().count() == 1;
        let mut step = place.checked_sub(1)?;
        if tokens[step].is_sign(".") {
            step = step.checked_sub(1).filter(|at| is_letter(*at))?;
        }
        if is_letter(step) {
            step.checked_sub(1)
        } else {
            Some(step)
        }
    }

    fn is_given(&self, at: usize) -> bool {
        let language = self.source.language();
        let token = &self.source.tokens()[at];
        let word = lower(&token.text);
        let tables = &language.tables;
        token.is_word()
            && language.is_name_word(&token.text)
            && !token.text.ends_with("'s")
            && token.text.chars().count() > 1
            && token.text.chars().any(char::is_lowercase)
            && !tables.saying.titles.contains(&*word)
            && !tables.nouns.roles.contains(&*word)
            && !tables.nouns.honorifics.contains_key(&*word)
            && !tables.nouns.bodies.contains(&*word)
            && !tables.nouns.function_words.contains(&*word)
    }
}

/// Whether two given names may be the same person's: equal, or one the beginning of the other (`Rob`, `Robert`; `J`,
/// `Jonah`).
fn is_same_given(own: &str, theirs: &str) -> bool {
    own.starts_with(theirs) || theirs.starts_with(own)
}
