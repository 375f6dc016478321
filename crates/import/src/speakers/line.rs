//! A sentence as a row of items, in which each quotation counts as one.
//!
//! A [`Reader`] answers simple questions about an item of a [`Line`]: which word it is, and what kind of word.

use std::ops::Range;

use super::super::language::Language;
use super::super::quotes::Quoted;
use super::super::text::Article;
use super::super::tokens::Token;
use super::names::Run;
use super::roster::Roster;

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

/// The sentences of a paragraph, with each quotation as one item. A stop within a quotation ends a sentence only if the
/// next word starts one.
pub(super) fn lines(
    article: &Article,
    quoted: &[Quoted],
    range: &Range<usize>,
    next_quote: &mut usize,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line: Line = Vec::new();
    let mut at = range.start;
    while quoted
        .get(*next_quote)
        .is_some_and(|quote| quote.tokens.end <= at)
    {
        *next_quote += 1;
    }
    while at < range.end {
        let quote = quoted
            .get(*next_quote)
            .filter(|quote| quote.tokens.contains(&at));
        let ends = match quote {
            Some(quote) => {
                line.push(Item::Quote(*next_quote));
                at = quote.tokens.end;
                *next_quote += 1;
                quote_ends_line(article, quote, at, range.end)
            }
            None => {
                line.push(Item::Token(at));
                at += 1;
                let sentence = article.sentence_at(at - 1);
                article.sentences[sentence].tokens.end == at
            }
        };
        if ends {
            lines.push(std::mem::take(&mut line));
        }
    }
    // A quotation that continues into the next paragraph remains the next one to look at there.
    if at > range.end {
        *next_quote -= 1;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn quote_ends_line(article: &Article, quote: &Quoted, at: usize, end: usize) -> bool {
    let inner_stop = quote
        .parts
        .last()
        .and_then(|part| article.tokens[part.clone()].last())
        .is_some_and(|last| last.is_stop());
    let next = article.tokens.get(at).filter(|_| at < end);
    inner_stop
        && next.is_none_or(|next| {
            next.capital
                || !next.is_word()
                    && !next.is(",")
                    && !next.is(".")
                    && !next.is_dash()
                    && !next.is("(")
        })
}

/// The context from which phrases are read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) article: &'a Article,
    pub(super) language: &'a Language,
    pub(super) roster: &'a Roster,
    pub(super) line: &'a [Item],
}

impl<'a> Reader<'a> {
    /// The token of an item; `None` for quotations and out of range.
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

    pub(super) fn index(&self, item: usize) -> Option<usize> {
        match self.line.get(item)? {
            Item::Token(token) => Some(*token),
            Item::Quote(_) => None,
        }
    }

    pub(super) fn is_mark(&self, item: usize, mark: &str) -> bool {
        self.token(item).is_some_and(|token| token.is(mark))
    }

    /// Whether the item is used as a verb of speech.
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
        speech.verbs.contains(&token.key) || self.starts_phrase(item)
    }

    /// Whether a verb of several words starts here: `put it`.
    fn starts_phrase(&self, item: usize) -> bool {
        let phrases = &self.language.speech_phrases;
        let word = |offset: usize| self.token(item + offset).map(|token| token.key.as_str());
        phrases.find(self.key(item), word).is_some()
    }

    /// Whether the item is a form such as `saying`, whose subject is somewhere else.
    pub(super) fn is_participle(&self, item: usize) -> bool {
        self.language
            .tables
            .speech
            .participles
            .contains(self.key(item))
    }

    /// Whether the item may come between subject and verb.
    pub(super) fn is_filler(&self, item: usize) -> bool {
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

    pub(super) fn is_boundary(&self, item: usize) -> bool {
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

    pub(super) fn is_preposition(&self, item: usize) -> bool {
        self.language
            .tables
            .nouns
            .prepositions
            .contains(self.key(item))
    }

    pub(super) fn is_determiner(&self, item: usize) -> bool {
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
        // `Fraktionschef`.
        let is_compound = || {
            let mut ends = roles.iter().filter(|role| role.len() > 3);
            self.language.code() == "de" && ends.any(|role| key.ends_with(role.as_str()))
        };
        roles.contains(key) || roles.contains(singular) || is_compound()
    }

    /// The items of the line that the run at `item` covers.
    pub(super) fn run_items(&self, item: usize) -> Option<(Range<usize>, &'a Run)> {
        let token = self.index(item)?;
        let run = self.roster.run_at(token)?;
        let start = item.checked_sub(token - run.tokens.start)?;
        let end = start + run.tokens.len();
        let whole = self.index(start) == Some(run.tokens.start)
            && self.index(end - 1) == Some(run.tokens.end - 1);
        whole.then_some((start..end, run))
    }

    pub(super) fn tokens(&self, items: &Range<usize>) -> Option<Range<usize>> {
        let first = self.index(items.start)?;
        let last = self.index(items.end.checked_sub(1)?)?;
        (last + 1 - first == items.len()).then_some(first..last + 1)
    }

    pub(super) fn is_honorific(&self, token: usize) -> bool {
        let token = &self.article.tokens[token];
        !token.is_word()
            || self
                .language
                .tables
                .nouns
                .honorifics
                .contains_key(&token.key)
    }

    /// Whether a dot belongs to an abbreviation or initial within a run.
    pub(super) fn is_inner_dot(&self, item: usize) -> bool {
        self.index(item).is_some_and(|token| {
            self.roster
                .run_at(token)
                .is_some_and(|run| run.tokens.end > token + 1)
        })
    }
}

pub(super) fn is_date_word(language: &Language, token: &Token) -> bool {
    !language.tables.calendar.ambiguous.contains(&token.key)
        && (language.weekdays.contains_key(&token.key) || language.months.contains_key(&token.key))
}
