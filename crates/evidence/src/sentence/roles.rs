//! Who did what to whom, as far as the order of words tells: a title that says `The superintendent fired the board` has
//! every word of a source that says the opposite.
//!
//! Only what two sentences say with the same verb is compared, and only where the words on both sides of it are found in
//! the source. A title in other words than the source's is neither confirmed nor doubted.

use std::ops::Range;

use nutgraf_language::tables::Words;

use crate::sentence::Sentence;
use crate::sentence::governed::title_words;

/// Adverbs and pronouns between an auxiliary and its participle are no more than this.
const AUXILIARY_REACH: usize = 3;

/// How a title turns round who does what in a source's sentence.
pub(crate) fn turned(title: &Sentence<'_>, source: &Sentence<'_>) -> Option<String> {
    title.deeds_in(source).find_map(|pair| pair.turned())
}

/// Whether the subject of a verb acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    Active,
    Passive,
    Unknown,
}

/// A verb in its sentence.
#[derive(Clone, Copy)]
struct Deed<'s, 't> {
    sentence: &'s Sentence<'t>,
    at: usize,
    /// What the words before and behind it are told by: the auxiliary in a language that parts the two.
    pivot: usize,
    voice: Voice,
}

/// On which side of the verb the words of a title are in the source.
#[derive(Clone, Copy, Debug, Default)]
struct Sides {
    before: Option<usize>,
    behind: Option<usize>,
    /// Whether the source lacks some of the words.
    lacks: bool,
}

/// The same verb in a title and in a source.
struct Pair<'s, 't> {
    title: Deed<'s, 't>,
    source: Deed<'s, 't>,
}

impl<'t> Sentence<'t> {
    /// The verbs of a title that a source's sentence has, too.
    fn deeds_in<'s>(&'s self, source: &'s Sentence<'t>) -> impl Iterator<Item = Pair<'s, 't>> {
        let words = (1..self.tokens.len()).filter(|at| self.tokens[*at].is_word());
        words.filter_map(|own| {
            let mut same = (0..source.tokens.len()).filter(|at| {
                source.may_tell_deed(*at) && source.may_be_forms(self.key(own), source.key(*at))
            });
            // Of a verb that the source has twice, nobody can say which one is meant.
            let (Some(at), None) = (same.next(), same.next()) else {
                return None;
            };
            let mutual = &source.language.tables.clauses.mutual;
            (!mutual.contains(source.key(at))).then(|| Pair {
                title: self.deed(own),
                source: source.deed(at),
            })
        })
    }

    fn deed<'s>(&'s self, at: usize) -> Deed<'s, 't> {
        let clauses = &self.language.tables.clauses;
        let part = self.part_tokens(self.part(at));
        let start = if clauses.verb_second {
            part.start
        } else {
            at.saturating_sub(AUXILIARY_REACH).max(part.start)
        };
        let is_running = clauses
            .infinite_suffixes
            .iter()
            .any(|suffix| self.key(at).ends_with(suffix.as_str()));
        let passive = (start..at).find(|at| clauses.passive.contains(self.key(*at)));
        let perfect = (start..at).find(|at| clauses.perfect.contains(self.key(*at)));
        let (pivot, voice) = match (passive.filter(|_| !is_running), perfect) {
            (Some(passive), _) => (perfect.unwrap_or(passive).min(passive), Voice::Passive),
            (None, Some(perfect)) => (perfect, Voice::Active),
            (None, None) if is_running || self.has_object(at) => (at, Voice::Active),
            (None, None) => (at, Voice::Unknown),
        };
        Deed {
            sentence: self,
            at,
            pivot: if clauses.verb_second { pivot } else { at },
            voice,
        }
    }

    /// Whether what a verb is done to is named right behind it.
    fn has_object(&self, at: usize) -> bool {
        let nouns = &self.language.tables.nouns;
        let clauses = &self.language.tables.clauses;
        // `cleared on Tuesday the former mayor`
        let Some(next) = (at + 1..self.tokens.len()).find(|at| !self.is_date(*at)) else {
            return false;
        };
        let key = self.key(next);
        let begins = nouns.determiners.contains(key)
            || nouns.definite.contains(key)
            || clauses.objective.contains(key)
            || self.tokens[next].text.starts_with(char::is_uppercase);
        // `his deputy`, but not `her on Tuesday`
        let has_noun = || {
            self.tokens.get(next + 1).is_some_and(|noun| {
                noun.is_word()
                    && !self.is_date(next + 1)
                    && !nouns.prepositions.contains(self.key(next + 1))
            })
        };
        begins && (!clauses.pronouns.contains_key(key) || has_noun())
    }

    /// Whether a word is a verb, in a form that by itself could be something else, too: `sued`, `defeating`, `a rejeté`,
    /// `hat … entlassen`.
    fn may_tell_deed(&self, at: usize) -> bool {
        let clauses = &self.language.tables.clauses;
        let ends_in = |suffixes: &[String]| {
            let key = self.key(at);
            suffixes.iter().any(|suffix| key.ends_with(suffix.as_str()))
        };
        let part = self.part_tokens(self.part(at));
        let is_participle = || {
            let mut near = at.saturating_sub(AUXILIARY_REACH).max(part.start)..at;
            let is_behind = |words: &Words| at > 0 && words.contains(self.key(at - 1));
            // `a relaxé le maire mais condamné son adjointe`
            let is_second = || {
                let has_perfect = (0..at).any(|at| clauses.perfect.contains(self.key(at)));
                is_behind(&clauses.coordinators) && has_perfect
            };
            is_behind(&clauses.perfect)
                || (ends_in(&clauses.participle_suffixes)
                    && (near.any(|at| self.is_auxiliary(at)) || is_second()))
        };
        // In German, the participle is at the end.
        let is_framed = || {
            let is_last = !(at + 1..part.end).any(|at| self.tokens[at].is_word());
            clauses.verb_second && is_last && (part.start..at).any(|at| self.is_auxiliary(at))
        };
        self.is_deed(at)
            || (self.tokens[at].text.starts_with(char::is_lowercase)
                && !clauses.not_verbs.contains(self.key(at))
                && (ends_in(&clauses.past_suffixes)
                    || ends_in(&clauses.infinite_suffixes)
                    || is_participle()
                    || is_framed()))
    }

    /// The words before or behind a verb that could be somebody or something, each with its place.
    fn parties(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        tokens.filter(|at| {
            self.tokens[*at].is_word()
                && !self.is_date(*at)
                && !self.is_amount(*at)
                && !self.is_auxiliary(*at)
                && !self.is_deed(*at)
                && !title_words(self.key(*at), self.language).is_empty()
        })
    }

    fn is_auxiliary(&self, at: usize) -> bool {
        let clauses = &self.language.tables.clauses;
        let key = self.key(at);
        clauses.passive.contains(key) || clauses.perfect.contains(key)
    }
}

impl Deed<'_, '_> {
    /// Where the source has the words of some tokens of a title.
    fn sides(&self, title: &Sentence<'_>, tokens: Range<usize>) -> Sides {
        let mut sides = Sides::default();
        for own in title.parties(tokens) {
            let is_same = |at: &usize| {
                *at != self.at && title.may_be_forms(title.key(own), self.sentence.key(*at))
            };
            let before = (0..self.pivot).rev().find(is_same);
            let behind = (self.pivot + 1..self.sentence.tokens.len()).find(is_same);
            match (before, behind) {
                (Some(at), None) => sides.before = sides.before.or(Some(at)),
                (None, Some(at)) => sides.behind = sides.behind.or(Some(at)),
                (None, None) => sides.lacks = true,
                (Some(_), Some(_)) => {}
            }
        }
        sides
    }

    /// Whether a word before the verb could be its subject: neither marked as what is acted upon, wherever it is (`den Rat
    /// entließ der Minister`), nor behind a preposition (`in Vell`).
    fn is_subject(&self, at: usize) -> bool {
        const REACH: usize = 3;
        let tables = &self.sentence.language.tables;
        let start = self.sentence.part_tokens(self.sentence.part(at)).start;
        !(at.saturating_sub(REACH).max(start)..at).any(|at| {
            let key = self.sentence.key(at);
            tables.clauses.objective.contains(key) || tables.nouns.prepositions.contains(key)
        })
    }
}

impl Pair<'_, '_> {
    fn turned(&self) -> Option<String> {
        let title = self.title.sentence;
        let end = title.tokens.len();
        let left = self.source.sides(title, 0..self.title.pivot);
        let right = self.source.sides(title, self.title.pivot + 1..end);
        let is_other_voice = matches!(
            (self.title.voice, self.source.voice),
            (Voice::Active, Voice::Passive) | (Voice::Passive, Voice::Active)
        );
        match (left.before, left.behind, right.before, right.behind) {
            (None, Some(own), Some(other), _) if !is_other_voice => self
                .source
                .is_subject(other)
                .then(|| self.has_other(other, own)),
            (Some(own), None, None, Some(_)) if is_other_voice => self
                .source
                .is_subject(own)
                .then(|| self.has_other_voice(own)),
            // Where the verb comes second, the subject is as often behind it as before.
            _ if title.language.tables.clauses.verb_second => None,
            (Some(own), None, Some(other), None) if self.is_in_relative(own, other) => {
                Some(self.has_other(other, own))
            }
            _ if !self.are_active() => None,
            (None, Some(own), None, Some(_)) if self.has_subject() && !left.lacks => {
                Some(self.isnt_subject(own))
            }
            (Some(own), None, None, Some(_)) if self.is_in_aside(own) => {
                Some(self.isnt_subject(own))
            }
            (Some(own), None, before, behind) if before.is_some() != behind.is_some() => {
                self.beside_another(own, before.or(behind)?)
            }
            _ => None,
        }
    }

    /// Whether both say who acts.
    fn are_active(&self) -> bool {
        [self.title.voice, self.source.voice] == [Voice::Active; 2]
    }

    /// Whether the source says of somebody in a relative clause what another did: `the union, which the company sued`.
    fn is_in_relative(&self, own: usize, other: usize) -> bool {
        let sentence = self.source.sentence;
        let clauses = &sentence.language.tables.clauses;
        let voices = [self.title.voice, self.source.voice];
        let is_relative = |at: usize| clauses.relatives.contains(sentence.key(at));
        // `the union, which the company sued`
        let is_of_object = (own..other).any(is_relative);
        // `dismissed twelve sailors who had denounced`
        let near = self
            .source
            .at
            .saturating_sub(AUXILIARY_REACH)
            .max(other + 1)..self.source.at;
        let is_of_subject =
            near.clone().any(is_relative) && sentence.parties(near).next().is_none();
        own < other
            && !voices.contains(&Voice::Passive)
            && (is_of_object || is_of_subject)
            && !(other..self.source.at).any(|at| sentence.tokens[at].is_soft_stop())
    }

    /// Whether the source says who acts before the verb, in the verb's own clause.
    fn has_subject(&self) -> bool {
        let Deed { sentence, at, .. } = self.source;
        let start = sentence.part_tokens(sentence.part(at)).start;
        let mut parties = sentence.parties(start..at);
        parties.any(|at| self.source.is_subject(at))
    }

    /// Whether somebody before the verb belongs to a clause that is closed before it: `Quist, whom the party expelled,
    /// founded`.
    fn is_in_aside(&self, own: usize) -> bool {
        let Deed { sentence, at, .. } = self.source;
        let relatives = &sentence.language.tables.clauses.relatives;
        let opening = (0..own).rev().find(|at| sentence.tokens[*at].is_sign(","));
        let is_relative = opening
            .is_some_and(|comma| (comma + 1..own).any(|at| relatives.contains(sentence.key(at))));
        is_relative && (own..at).any(|at| sentence.tokens[at].is_sign(","))
    }

    fn isnt_subject(&self, own: usize) -> String {
        let Deed { sentence, at, .. } = self.source;
        format!(
            "the title seems to turn round who did what: in the source, it isn't `{}` that `{}`",
            sentence.word(own),
            sentence.word(at)
        )
    }

    fn has_other(&self, in_source: usize, in_title: usize) -> String {
        let Deed { sentence, at, .. } = self.source;
        format!(
            "the title seems to turn round who did what: the source has `{}` beside `{}` where the title has `{}`",
            sentence.word(in_source),
            sentence.word(at),
            sentence.word(in_title)
        )
    }

    fn has_other_voice(&self, subject: usize) -> String {
        let subject = self.source.sentence.word(subject);
        let (title, source) = match self.source.voice {
            Voice::Passive => ("did", "was done to it"),
            Voice::Active | Voice::Unknown => ("had done to it", "it did"),
        };
        format!(
            "the title seems to turn round who did what: it says what `{subject}` {title}, and the source what {source}"
        )
    }

    /// Of `cleared the mayor but convicted his deputy`, a title mustn't say that the mayor was convicted.
    fn beside_another(&self, subject: usize, object: usize) -> Option<String> {
        let Deed { sentence, at, .. } = self.source;
        let clauses = &sentence.language.tables.clauses;
        let other = (subject + 1..object)
            .rev()
            .find(|at| sentence.may_tell_deed(*at))?;
        let is_linked = (object.min(at)..object.max(at)).any(|at| {
            clauses.relatives.contains(sentence.key(at))
                || clauses.complements.contains(sentence.key(at))
        });
        // `elected Holm; she had lost to Dahl`
        let is_apart_by_stop = at < other && (at..other).any(|at| sentence.tokens[at].is_sign(";"));
        let is_apart = other != at
            && sentence.has_object(at)
            && (object < at || sentence.has_object(other) || is_apart_by_stop)
            && !is_linked;
        let title = self.title.sentence;
        let is_told = (0..title.tokens.len())
            .any(|own| title.may_be_forms(title.key(own), sentence.key(other)));
        let is_name = sentence.tokens[object].text.starts_with(char::is_uppercase);
        (is_apart && is_name && !is_told).then(|| {
            format!(
                "the source has `{}` beside `{}`",
                sentence.word(object),
                sentence.word(other)
            )
        })
    }
}
