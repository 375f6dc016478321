//! Words before others in a sentence that take those back: `perhaps`, `I doubt that`, `some people think`,
//! `whether`.

use nutgraf_language::sense::lower;
use nutgraf_language::tokens::Token;
use nutgraf_language::{Language, Weight};

/// Further before the words nothing is looked for, in tokens.
const REACH: usize = 10;

/// How words before others take them back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// By a negation.
    Negation(String),
    /// By a doubt, a question, a hedge.
    Doubt(String),
    /// By saying that others think so.
    Belief(String),
}

/// The words of a sentence, from its first to those that are asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Led<'t> {
    pub(crate) language: &'static Language,
    pub(crate) tokens: &'t [Token],
    /// The first token of the sentence.
    pub(crate) floor: usize,
    /// The first token of the words.
    pub(crate) start: usize,
}

impl Led<'_> {
    /// What takes the words back, if anything does.
    pub(crate) fn lead(&self) -> Option<Lead> {
        let complements = &self.language.tables.clauses.complements;
        let is_complementizer = |at: usize| complements.contains(&*self.key(at));
        let mut has_crossed = is_complementizer(self.start);
        let first = self.floor.max(self.start.saturating_sub(REACH));
        for at in (first..self.start).rev() {
            let token = &self.tokens[at];
            if token.is_sign(",") {
                // `I doubt, that`, and a clause before the words.
                let leads_in = at + 1 == self.start || is_complementizer(at + 1);
                if !leads_in {
                    return None;
                }
                has_crossed = true;
                continue;
            }
            if !token.is_word() {
                if token.is_sign("-") && token.is_glued {
                    continue;
                }
                return None;
            }
            let key = self.key(at);
            if self.language.tables.clauses.coordinators.contains(&*key) && !has_crossed {
                return None;
            }
            if is_complementizer(at) && !self.language.tables.sense.questions.contains(&*key) {
                has_crossed = true;
            } else if let Some(lead) = self.lead_at(at, has_crossed) {
                return Some(lead);
            }
        }
        None
    }

    fn lead_at(&self, at: usize, has_crossed: bool) -> Option<Lead> {
        let sense = &self.language.tables.sense;
        let key = self.key(at);
        let word = || self.tokens[at].text.to_string();
        let is_doubt = sense.doubts.contains(&*key)
            || sense.questions.contains(&*key)
            || (at == self.floor && sense.only.contains(&*key))
            || self.hedges(at);
        if is_doubt {
            return Some(Lead::Doubt(word()));
        }
        if has_crossed && self.language.is_negation(&key) {
            return Some(Lead::Negation(word()));
        }
        let is_belief = sense.beliefs.contains(&*key) && !self.is_own(at);
        is_belief.then(|| Lead::Belief(word()))
    }

    /// Whether a hedge or condition begins here; what hedges a number says nothing of other words.
    fn hedges(&self, at: usize) -> bool {
        let key = self.key(at);
        let word = |step: usize| (step == 0).then_some(&*key);
        self.language.qualifiers.find(&key, word).is_none()
            && (self.language.has_weight(self.tokens, at, Weight::Hedge)
                || (at + 1 == self.start
                    && self.language.has_weight(self.tokens, at, Weight::Condition)
                    && !self.language.has_weight(self.tokens, at, Weight::Contrast)))
    }

    /// Whether a verb has the speaker for its subject: `I think`, `we believe`.
    fn is_own(&self, verb: usize) -> bool {
        let first_person = &self.language.tables.sense.first_person;
        let near = verb.saturating_sub(3).max(self.floor)..self.start.min(verb + 3);
        let mut near = near.into_iter();
        near.any(|at| first_person.contains(&*self.key(at)))
            // `Creemos`: the verb says itself who thinks.
            || first_person.contains(&*self.key(verb))
    }

    fn key(&self, at: usize) -> std::borrow::Cow<'_, str> {
        self.tokens
            .get(at)
            .map(|token| lower(&token.text))
            .unwrap_or_default()
    }
}
