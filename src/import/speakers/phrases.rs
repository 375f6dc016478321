//! Who stands before or after this verb?
//!
//! Works on a [`Line`]: the tokens of one sentence with each quotation in it as one item. A phrase is found by
//! walking from the verb to the next boundary; what the walk can't make sense of is no phrase, never a guess.

use std::ops::Range;

use super::super::language::{Gender, Language};
use super::super::text::Article;
use super::super::tokens::Token;
use super::names::{Roster, is_body};

/// How far a phrase may reach, in items.
const REACH: usize = 40;

/// A token outside quotations, or a quotation as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token, by index.
    Token(usize),
    /// A quotation, by index.
    Quote(usize),
}

/// A sentence, with its quotations as single items.
pub(super) type Line = Vec<Item>;

/// Who is said to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A name, with its role if one stands beside it.
    Named {
        /// The name without roles.
        name: Range<usize>,
        /// The words that give the role.
        role: Option<Range<usize>>,
    },
    /// Words such as `the spokesperson`, `one resident`.
    Described(Range<usize>),
    /// `he`, `she`, `they`, by gender and token.
    Pronoun(Gender, usize),
}

/// A phrase and the item it starts (before a verb) or ends (after one) at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Who it means.
    pub(super) who: Who,
    /// The first item of the phrase, apposition and role included.
    pub(super) start: usize,
    /// The item after its last.
    pub(super) end: usize,
}

/// What phrases are read from.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) article: &'a Article,
    pub(super) language: &'a Language,
    pub(super) roster: &'a Roster,
    pub(super) line: &'a [Item],
}

impl<'a> Reader<'a> {
    /// The token of an item; `None` for quotations and past the ends.
    pub(super) fn token(&self, item: usize) -> Option<&'a Token> {
        match self.line.get(item)? {
            Item::Token(token) => Some(&self.article.tokens[*token]),
            Item::Quote(_) => None,
        }
    }

    /// The key of an item; empty for quotations.
    pub(super) fn key(&self, item: usize) -> &'a str {
        self.token(item).map_or("", |token| token.key.as_str())
    }

    fn index(&self, item: usize) -> Option<usize> {
        match self.line.get(item)? {
            Item::Token(token) => Some(*token),
            Item::Quote(_) => None,
        }
    }

    fn is_mark(&self, item: usize, mark: &str) -> bool {
        self.token(item).is_some_and(|token| token.is(mark))
    }

    /// Whether the item is a verb of speech here.
    pub(super) fn is_speech(&self, item: usize) -> bool {
        let Some(token) = self.token(item) else {
            return false;
        };
        let speech = &self.language.tables.speech;
        if token.capital && item > 0 || token.possessive {
            return false;
        }
        if speech.nouns.contains(&token.key) {
            // `the report notes`, `she claims`, but not `the claims`.
            return item > 0
                && self.token(item - 1).is_some_and(|before| {
                    before.capital || speech.pronouns.contains_key(&before.key)
                });
        }
        speech.verbs.contains(&token.key)
    }

    /// Whether the item is a form such as `saying`, whose subject stands elsewhere.
    pub(super) fn is_participle(&self, item: usize) -> bool {
        self.language
            .tables
            .speech
            .participles
            .contains(self.key(item))
    }

    /// Whether something may stand here between subject and verb.
    fn is_filler(&self, item: usize) -> bool {
        let Some(token) = self.token(item) else {
            return false;
        };
        let speech = &self.language.tables.speech;
        token.is_word()
            && !token.capital
            && (speech.auxiliaries.contains(&token.key)
                || token.key.len() > 4
                    && speech
                        .adverb_suffixes
                        .iter()
                        .any(|suffix| token.key.ends_with(suffix.as_str())))
    }

    fn is_boundary(&self, item: usize) -> bool {
        let Some(token) = self.token(item) else {
            return true;
        };
        let nouns = &self.language.tables.nouns;
        if token.is_word() {
            return !token.capital
                && (nouns.conjunctions.contains(&token.key) || nouns.verbs.contains(&token.key));
        }
        !token.is_number()
            && !token.is_dash()
            && !matches!(token.key.as_str(), "." | "&" | "'" | "’" | "/" | "%" | "$")
    }

    fn is_preposition(&self, item: usize) -> bool {
        self.language
            .tables
            .nouns
            .prepositions
            .contains(self.key(item))
    }

    fn is_determiner(&self, item: usize) -> bool {
        self.language
            .tables
            .nouns
            .determiners
            .contains(self.key(item))
    }

    pub(super) fn is_role(&self, item: usize) -> bool {
        let key = self.key(item);
        let singular = key.strip_suffix('s').unwrap_or(key);
        let roles = &self.language.tables.nouns.roles;
        roles.contains(key) || roles.contains(singular)
    }

    /// The items that the run at `item` covers, within the line.
    fn run_items(&self, item: usize) -> Option<(Range<usize>, &'a super::names::Run)> {
        let token = self.index(item)?;
        let run = self.roster.run_at(token)?;
        let start = item.checked_sub(token - run.tokens.start)?;
        let end = start + run.tokens.len();
        let whole = self.index(start) == Some(run.tokens.start)
            && self.index(end - 1) == Some(run.tokens.end - 1);
        whole.then_some((start..end, run))
    }

    fn tokens(&self, items: &Range<usize>) -> Option<Range<usize>> {
        let first = self.index(items.start)?;
        let last = self.index(items.end.checked_sub(1)?)?;
        (last + 1 - first == items.len()).then_some(first..last + 1)
    }

    /// The subject of the verb at `verb`, read backwards.
    pub(super) fn subject_before(&self, verb: usize) -> Option<Phrase> {
        let mut end = verb;
        let mut relative = false;
        while end > 0 && self.is_filler(end - 1) {
            end -= 1;
            relative |= self.language.tables.speech.relative.contains(self.key(end))
                && self
                    .language
                    .tables
                    .nouns
                    .conjunctions
                    .contains(self.key(end));
        }
        if end > 0 && self.is_mark(end - 1, ")") {
            end = self.before_brackets(end)?;
        }
        if end > 0 && self.is_mark(end - 1, ",") {
            return if relative {
                self.phrase_ending(end - 1)
            } else {
                self.around_apposition(end - 1)
            };
        }
        self.phrase_ending(end)
    }

    fn before_brackets(&self, end: usize) -> Option<usize> {
        (end.saturating_sub(REACH)..end)
            .rev()
            .find(|item| self.is_mark(*item, "("))
    }

    /// `NAME, role,`: the phrase before the apposition that ends at the comma `comma`, or `role, NAME,`.
    fn around_apposition(&self, comma: usize) -> Option<Phrase> {
        let floor = comma.saturating_sub(REACH);
        let commas: Vec<usize> = (floor..comma)
            .rev()
            .filter(|item| self.is_mark(*item, ","))
            .collect();
        for earlier in commas {
            let inner = earlier + 1..comma;
            if inner.is_empty() || (inner.clone()).any(|item| self.token(item).is_none()) {
                return None;
            }
            if let Some(phrase) = self.name_as_apposition(&inner, earlier) {
                return Some(phrase);
            }
            let Some(mut outer) = self.phrase_ending(earlier) else {
                continue;
            };
            let Who::Named { role, .. } = &mut outer.who else {
                continue;
            };
            // `a Democrat from Dayton, Ohio, said`: Dayton is no subject.
            if outer.start > 0 && self.is_preposition(outer.start - 1) {
                continue;
            }
            if role.is_none() {
                *role = self.role_within(&inner);
            }
            outer.end = comma;
            return Some(outer);
        }
        None
    }

    /// `Malaysia's Prime Minister, Najib Razak,`.
    fn name_as_apposition(&self, inner: &Range<usize>, earlier: usize) -> Option<Phrase> {
        let (items, run) = self.run_items(inner.start)?;
        if items != *inner || run.name.is_empty() || run.possessive {
            return None;
        }
        let mut end = earlier;
        if end > 0 && self.is_mark(end - 1, ")") {
            end = self.before_brackets(end)?;
        }
        let role = self.role_ending(end)?;
        Some(Phrase {
            who: Who::Named {
                name: run.name.clone(),
                role: self.tokens(&role),
            },
            start: role.start,
            end: inner.end + 1,
        })
    }

    /// The words of an apposition, if they are a role: `spokesman for the ministry`.
    pub(super) fn role_within(&self, inner: &Range<usize>) -> Option<Range<usize>> {
        let mut start = inner.start;
        if self
            .language
            .tables
            .speech
            .relative
            .contains(self.key(start))
        {
            return None;
        }
        let determined = self.is_determiner(start);
        if determined {
            start += 1;
        }
        let words = inner.end.saturating_sub(start);
        let has_role = (start..inner.end).any(|item| self.is_role(item));
        let clause = (start..inner.end).any(|item| self.is_speech(item) && !self.is_role(item));
        let fits = (1..=14).contains(&words) && has_role && !clause;
        fits.then(|| self.tokens(&(start..inner.end))).flatten()
    }

    /// The role phrase that ends before `end`: `Tunisia's coach`.
    fn role_ending(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        let mut has_role = false;
        while start > 0 && end - start < 14 {
            let item = start - 1;
            let tied =
                self.language.tables.nouns.ties.contains(self.key(item)) || self.key(item) == "and";
            if self.is_boundary(item) && !tied || (self.is_preposition(item) && !tied) {
                break;
            }
            if self.is_determiner(item) {
                // `of the club` goes on; `the director` starts here.
                let within =
                    item > 0 && self.language.tables.nouns.ties.contains(self.key(item - 1));
                if !within {
                    break;
                }
            }
            has_role |= self.is_role(item);
            start = item;
        }
        while start < end
            && (self.is_preposition(start) || self.is_boundary(start) || self.is_determiner(start))
        {
            start += 1;
        }
        (has_role && start < end).then_some(start..end)
    }

    /// The phrase whose last item is before `end`.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Phrase> {
        let last = end.checked_sub(1)?;
        let token = self.token(last)?;
        if let Some(gender) = self.language.tables.speech.pronouns.get(&token.key) {
            return Some(Phrase {
                who: Who::Pronoun(*gender, self.index(last)?),
                start: last,
                end,
            });
        }
        if let Some((items, run)) = self.run_items(last)
            && items.end == end
            && !run.possessive
        {
            return self.name_ending(&items, &run.name, run.personal);
        }
        self.description_ending(end)
    }

    /// A phrase that ends with a capitalized run.
    fn name_ending(
        &self,
        items: &Range<usize>,
        name: &Range<usize>,
        personal: bool,
    ) -> Option<Phrase> {
        let end = items.end;
        // `the Prime Minister said`.
        if name.is_empty() {
            let start =
                items.start - usize::from(items.start > 0 && self.is_determiner(items.start - 1));
            return Some(Phrase {
                who: Who::Described(self.tokens(&(start..end))?),
                start,
                end,
            });
        }
        let body = if personal {
            None
        } else {
            self.body_ending(items)
        };
        let before = body
            .as_ref()
            .map_or(items.start, |body| body.start)
            .checked_sub(1);
        let tie = before.filter(|item| self.language.tables.nouns.ties.contains(self.key(*item)));
        let the = before.filter(|item| {
            self.is_determiner(*item)
                && self
                    .language
                    .tables
                    .nouns
                    .ties
                    .contains(self.key(item.wrapping_sub(1)))
        });
        let tie = tie.or_else(|| the.and_then(|item| item.checked_sub(1)));
        if let Some(tie) = tie {
            if let Some(phrase) = self.name_before_tie(tie, items, name) {
                return Some(phrase);
            }
        }
        let n_title = items.len() - name.len();
        let role_end = items.start + n_title;
        let role = self.role_ending(role_end);
        let known = self
            .roster
            .person_named(self.article, name, name.start)
            .is_some();
        if role.is_none() && !personal && !known {
            return body;
        }
        let start = role
            .as_ref()
            .map_or(items.start, |role| role.start.min(items.start));
        Some(Phrase {
            who: Who::Named {
                name: name.clone(),
                role: role.and_then(|role| self.tokens(&role)),
            },
            start,
            end,
        })
    }

    /// `Matthew Ingram of The Globe and Mail`, `Minister of Education Stefania Giannini`.
    fn name_before_tie(
        &self,
        tie: usize,
        items: &Range<usize>,
        name: &Range<usize>,
    ) -> Option<Phrase> {
        if let Some((before, run)) = tie.checked_sub(1).and_then(|item| self.run_items(item))
            && run.personal
            && before.end == tie
            && !run.possessive
        {
            let mut phrase = self.name_ending(&before, &run.name, true)?;
            phrase.end = items.end;
            return Some(phrase);
        }
        if tie == 0 || !self.is_role(tie - 1) {
            return None;
        }
        if items.len() == name.len() {
            // Nothing parts a name from the department: `the mayor of Dayton`.
            return self.described_by_role(tie, items);
        }
        let role_start = self.role_ending(tie).map_or(tie - 1, |role| role.start);
        let first = self.index(role_start)?;
        let mut role_end = name.start;
        while role_end > first && self.is_honorific(role_end - 1) {
            role_end -= 1;
        }
        Some(Phrase {
            who: Who::Named {
                name: name.clone(),
                role: (first < role_end).then_some(first..role_end),
            },
            start: role_start,
            end: items.end,
        })
    }

    fn is_honorific(&self, token: usize) -> bool {
        let token = &self.article.tokens[token];
        !token.is_word()
            || self
                .language
                .tables
                .nouns
                .honorifics
                .contains_key(&token.key)
    }

    /// `the mayor of Dayton`: a role without a name.
    fn described_by_role(&self, tie: usize, items: &Range<usize>) -> Option<Phrase> {
        let role = self.role_ending(tie)?;
        let start = role.start - usize::from(role.start > 0 && self.is_determiner(role.start - 1));
        Some(Phrase {
            who: Who::Described(self.tokens(&(start..items.end))?),
            start,
            end: items.end,
        })
    }

    /// A body's name with what `of` and `and` tie to it: `the Department of Homeland Security`.
    fn body_ending(&self, items: &Range<usize>) -> Option<Phrase> {
        let mut start = items.start;
        loop {
            let mut tie = start.checked_sub(1);
            if let Some(item) = tie.filter(|item| self.is_determiner(*item)) {
                let over = item
                    .checked_sub(1)
                    .filter(|item| self.is_preposition(*item));
                match over {
                    Some(over) => tie = Some(over),
                    None => break,
                }
            }
            let Some(tie) = tie else { break };
            let joins = matches!(
                self.key(tie),
                "of" | "and" | "for" | "on" | "de" | "del" | "y" | "&"
            );
            let before = tie.checked_sub(1).and_then(|item| self.run_items(item));
            match before {
                Some((before, run))
                    if joins
                        && before.end == tie
                        && !run.possessive
                        && self.is_body_part(&before, run) =>
                {
                    start = before.start
                }
                _ => break,
            }
        }
        let end = items.end;
        if start > 0
            && self.is_determiner(start - 1)
            && self.token(start - 1).is_some_and(|token| token.capital)
        {
            start -= 1;
        }
        Some(Phrase {
            who: Who::Named {
                name: self.tokens(&(start..end))?,
                role: None,
            },
            start,
            end,
        })
    }

    /// Whether a run before `of` or `and` belongs to a body's name: `Department`, or `Globe` after a capital `The`.
    fn is_body_part(&self, items: &Range<usize>, run: &super::names::Run) -> bool {
        let capital_the = items.start.checked_sub(1).is_some_and(|item| {
            item > 0
                && self.is_determiner(item)
                && self.token(item).is_some_and(|token| token.capital)
        });
        capital_the || is_body(self.article, self.language, &run.tokens)
    }

    /// `one poster`, `officials`, `a spokesman for the ministry`: from its determiner or from the line's start.
    fn description_ending(&self, end: usize) -> Option<Phrase> {
        let mut start = end;
        while start > 0 && end - start < 10 {
            let item = start - 1;
            let tied = self.language.tables.nouns.ties.contains(self.key(item));
            if self.is_boundary(item)
                || (self.is_preposition(item) && !tied)
                || self.is_speech(item)
            {
                break;
            }
            start = item;
            if self.is_determiner(item)
                && !(item > 0 && self.language.tables.nouns.ties.contains(self.key(item - 1)))
            {
                break;
            }
        }
        while start < end
            && (self.is_preposition(start)
                || self.token(start).is_some_and(|token| !token.is_word()))
        {
            start += 1;
        }
        let determined = start < end && self.is_determiner(start);
        let opens = start == 0 || !self.token(start - 1).is_some_and(Token::is_word);
        let words = end - start;
        let fits = words > 0 && (determined && words > 1 || opens && words <= 5);
        fits.then(|| {
            Some(Phrase {
                who: Who::Described(self.tokens(&(start..end))?),
                start,
                end,
            })
        })?
    }

    /// Who stands from `start` on: `Mao Ning, spokesperson for the ministry`, `spokesman John Smith`, `he`.
    pub(super) fn phrase_from(&self, start: usize) -> Option<Phrase> {
        let mut at = start;
        while self.is_filler(at) {
            at += 1;
        }
        if let Some(gender) = self.language.tables.speech.pronouns.get(self.key(at)) {
            return Some(Phrase {
                who: Who::Pronoun(*gender, self.index(at)?),
                start: at,
                end: at + 1,
            });
        }
        let first = at;
        let mut last_run: Option<(Range<usize>, Range<usize>, bool)> = None;
        while at < self.line.len() && at - first < 14 {
            if let Some((items, run)) = self.run_items(at) {
                at = items.end;
                if !run.possessive {
                    last_run = Some((items, run.name.clone(), run.personal));
                }
                continue;
            }
            let tied = self.language.tables.nouns.ties.contains(self.key(at)) && at > first;
            let stops = self.is_boundary(at) && self.key(at) != "and"
                || self.is_preposition(at) && !tied
                || self.is_speech(at);
            let ended = last_run
                .as_ref()
                .is_some_and(|(items, _, personal)| items.end == at && *personal);
            let stop_mark = self.token(at).is_none_or(|token| token.is_stop());
            if stops
                || ended
                || stop_mark
                || self
                    .token(at)
                    .is_some_and(|token| is_date_word(self.language, token))
            {
                break;
            }
            at += 1;
        }
        if at == first {
            return None;
        }
        let named = last_run.filter(|(items, name, _)| items.end == at && !name.is_empty());
        let mut phrase = match named {
            Some((items, name, personal)) => {
                let mut phrase = self.name_ending(&items, &name, personal)?;
                phrase.start = phrase.start.min(first).max(start);
                phrase
            }
            None => Phrase {
                who: Who::Described(self.tokens(&(first..at))?),
                start: first,
                end: at,
            },
        };
        self.add_apposition(&mut phrase, at);
        Some(phrase)
    }

    /// A person's name that starts at `item` with a role before it or behind its comma.
    pub(super) fn introduction(&self, item: usize) -> Option<Phrase> {
        let (items, run) = self.run_items(item)?;
        if items.start != item || !run.personal || run.possessive || run.name.is_empty() {
            return None;
        }
        let mut phrase = self.name_ending(&items, &run.name, true)?;
        self.add_apposition(&mut phrase, items.end);
        matches!(phrase.who, Who::Named { role: Some(_), .. }).then_some(phrase)
    }

    /// Reads on behind the comma after a phrase: a role after a name, or a name after a role.
    fn add_apposition(&self, phrase: &mut Phrase, comma: usize) {
        if !self.is_mark(comma, ",") {
            return;
        }
        let end = (comma + 1..self.line.len().min(comma + 20))
            .find(|item| {
                self.is_mark(*item, ",")
                    || self.token(*item).is_none_or(|token| {
                        token.is_stop() && !self.is_inner_dot(*item)
                            || matches!(token.key.as_str(), ":" | ";" | "(")
                    })
                    || self.is_speech(*item)
                    || self
                        .language
                        .tables
                        .nouns
                        .conjunctions
                        .contains(self.key(*item))
                        && self.key(*item) != "and"
            })
            .unwrap_or(self.line.len().min(comma + 20));
        let inner = comma + 1..end;
        match &mut phrase.who {
            Who::Named { role, .. } => {
                if let Some(found) = self.role_within(&inner) {
                    role.get_or_insert(found);
                    phrase.end = end;
                }
            }
            Who::Described(words) => {
                let described_role = (phrase.start..phrase.end).any(|item| self.is_role(item));
                let Some((items, run)) = self.run_items(inner.start) else {
                    return;
                };
                if described_role && items == inner && run.personal && !run.possessive {
                    let determined = self.is_determiner(phrase.start);
                    let role = words.start + usize::from(determined)..words.end;
                    phrase.who = Who::Named {
                        name: run.name.clone(),
                        role: Some(role),
                    };
                    phrase.end = end;
                }
            }
            Who::Pronoun(..) => {}
        }
    }

    /// Whether the dot is an abbreviation's or an initial's, within a run.
    fn is_inner_dot(&self, item: usize) -> bool {
        self.index(item).is_some_and(|token| {
            self.roster
                .run_at(token)
                .is_some_and(|run| run.tokens.end > token + 1)
        })
    }
}

fn is_date_word(language: &Language, token: &Token) -> bool {
    !language.tables.calendar.ambiguous.contains(&token.key)
        && (language.weekdays.contains_key(&token.key) || language.months.contains_key(&token.key))
}
