//! Which words of the sentence give a quotation to somebody?

use std::ops::Range;

use super::super::language::Language;
use super::super::quotes::{Look, Quoted};
use super::super::text::{Article, Role};
use super::Confidence;
use super::names::Roster;
use super::phrases::{Item, Line, Phrase, Reader, Who};

/// How many items behind a quotation its verb may stand.
const VERB_REACH: usize = 30;

/// What gives a quotation to somebody.
#[derive(Clone, Debug)]
pub(in crate::import) enum Hit {
    /// A phrase beside it.
    Phrase {
        /// Who.
        phrase: Phrase,
        /// How plainly.
        confidence: Confidence,
        /// Whether nothing stands between verb and quotation.
        adjacent: bool,
        /// The tokens of the sentence around it that say so.
        credit: Range<usize>,
    },
    /// The speaker of another quotation goes on.
    SameAs {
        /// Index of that quotation.
        quote: usize,
        /// How plainly.
        confidence: Confidence,
    },
}

/// What gives each quotation to somebody, in the order of `quoted`.
pub(super) fn find(
    article: &Article,
    language: &Language,
    quoted: &[Quoted],
    roster: &Roster,
) -> Vec<Option<Hit>> {
    let mut hits: Vec<Option<Hit>> = vec![None; quoted.len()];
    let mut before: Vec<Line> = Vec::new();
    let mut next_quote = 0;
    for paragraph in &article.paragraphs {
        if matches!(
            paragraph.role,
            Role::Furniture | Role::Headline | Role::Heading
        ) {
            continue;
        }
        let lines = lines(article, quoted, &paragraph.tokens, &mut next_quote);
        let pass = Pass {
            article,
            language,
            quoted,
            roster,
            lines: &lines,
            before: &before,
        };
        pass.run(&mut hits);
        if !lines.is_empty() {
            before = lines;
        }
    }
    hits
}

/// Every name of a person with a role beside it, quoted or not: `Min Zhou, director of the center, told them`.
pub(super) fn introductions(
    article: &Article,
    language: &Language,
    quoted: &[Quoted],
    roster: &Roster,
) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut next_quote = 0;
    for paragraph in &article.paragraphs {
        if matches!(
            paragraph.role,
            Role::Furniture | Role::Headline | Role::Heading
        ) {
            continue;
        }
        for line in lines(article, quoted, &paragraph.tokens, &mut next_quote) {
            let reader = Reader {
                article,
                language,
                roster,
                line: &line,
            };
            found.extend((0..line.len()).filter_map(|item| reader.introduction(item)));
        }
    }
    found
}

/// The sentences of a paragraph with each quotation as one item. A stop within a quotation ends a sentence only if
/// the next word starts one.
fn lines(
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
    // A quotation that runs into the next paragraph stays the next one to look at there.
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

struct Pass<'a> {
    article: &'a Article,
    language: &'a Language,
    quoted: &'a [Quoted],
    roster: &'a Roster,
    lines: &'a [Line],
    before: &'a [Line],
}

impl Pass<'_> {
    fn run(&self, hits: &mut [Option<Hit>]) {
        let mut last: Option<usize> = None;
        for (index, line) in self.lines.iter().enumerate() {
            for (position, item) in line.iter().enumerate() {
                let Item::Quote(quote) = *item else {
                    continue;
                };
                // One that goes on from the paragraph before has its speaker already.
                if hits[quote].is_none() {
                    hits[quote] = self
                        .beside(index, position)
                        .or_else(|| self.coordinated(index, position, hits))
                        .or_else(|| self.continued(index, position, last, hits))
                        .or_else(|| self.from_before(index, position, hits));
                }
                last = Some(quote);
            }
        }
    }

    fn reader<'l>(&'l self, line: &'l [Item]) -> Reader<'l> {
        Reader {
            article: self.article,
            language: self.language,
            roster: self.roster,
            line,
        }
    }

    fn hit(&self, line: &[Item], phrase: Phrase, confidence: Confidence, adjacent: bool) -> Hit {
        let mut tokens = line.iter().filter_map(|item| match item {
            Item::Token(token) => Some(*token),
            Item::Quote(_) => None,
        });
        let first = tokens.next().unwrap_or_default();
        let last = tokens.next_back().unwrap_or(first);
        Hit::Phrase {
            phrase,
            confidence,
            adjacent,
            credit: first..last + 1,
        }
    }

    /// Words of the quotation's own sentence, behind it or before it.
    fn beside(&self, index: usize, position: usize) -> Option<Hit> {
        let line = &self.lines[index];
        let Item::Quote(quote) = line[position] else {
            return None;
        };
        let comma = self.ends_with_comma(quote, line, position);
        let before = self.verb_before(line, position);
        // `NAME said: "...` is plain, unless the quotation ends with a comma and words follow.
        if let Some(hit) = before.as_ref().filter(|_| !comma) {
            return Some(hit.clone());
        }
        self.behind(line, position)
            .or(before)
            .or_else(|| self.detached(index, position))
            .or_else(|| self.signed(index, position))
    }

    /// Whether the quotation leans on the words behind it: `...," she said`, `..."? she asked`.
    fn ends_with_comma(&self, quote: usize, line: &[Item], position: usize) -> bool {
        let inner = self.quoted[quote]
            .parts
            .last()
            .and_then(|part| self.article.tokens[part.clone()].last());
        let leans = inner
            .is_some_and(|last| last.is(",") || last.is("?") || last.is("!") || last.is_dash());
        let reader = self.reader(line);
        let comma_behind = reader
            .token(position + 1)
            .is_some_and(|token| token.is(","));
        let goes_on = line.len() > position + 1
            && reader
                .token(position + 1)
                .is_some_and(|token| !token.is_stop());
        goes_on && (leans || comma_behind && self.verb_soon(line, position + 2))
    }

    fn verb_soon(&self, line: &[Item], from: usize) -> bool {
        let reader = self.reader(line);
        (from..line.len().min(from + 6)).any(|item| reader.is_speech(item))
            || self.credit_at(line, from).is_some()
    }

    /// `according to NAME`, `in the words of NAME`: the length of the credit's words.
    fn credit_at(&self, line: &[Item], at: usize) -> Option<usize> {
        let reader = self.reader(line);
        let found = self.language.credits.find(reader.key(at), |offset| {
            reader.token(at + offset).map(|token| token.key.as_str())
        });
        found.map(|(length, ())| length)
    }

    /// `," said NAME`, `," NAME said`, `", according to NAME`.
    fn behind(&self, line: &[Item], position: usize) -> Option<Hit> {
        let end = line[position + 1..]
            .iter()
            .position(|item| matches!(item, Item::Quote(_)))
            .map_or(line.len(), |offset| position + 1 + offset);
        let line = &line[..end];
        let reader = self.reader(line);
        let mut start = position + 1;
        while reader
            .token(start)
            .is_some_and(|token| token.is(",") || token.is_dash())
        {
            start += 1;
        }
        if let Some(length) = self.credit_at(line, start) {
            let phrase = reader.phrase_from(start + length)?;
            return Some(self.hit(line, phrase, Confidence::High, true));
        }
        let verb =
            (start..line.len().min(start + VERB_REACH)).find(|item| reader.is_speech(*item))?;
        let lead = (start..verb).all(|item| {
            reader
                .token(item)
                .is_some_and(|token| self.language.tables.speech.auxiliaries.contains(&token.key))
        });
        if lead {
            // `," said in a statement` has its subject elsewhere.
            return reader
                .phrase_from(verb + 1)
                .filter(|phrase| phrase.start <= verb + 2)
                .map(|phrase| self.hit(line, phrase, Confidence::High, true));
        }
        let weak = self.language.tables.speech.weak.contains(reader.key(verb));
        let phrase = reader.subject_before(verb)?;
        let whole = phrase.start <= start + 1;
        let confidence = match (whole, weak) {
            (true, false) => Confidence::High,
            (true, true) => Confidence::Medium,
            (false, _) => Confidence::Low,
        };
        (confidence > Confidence::Low).then(|| self.hit(line, phrase, confidence, true))
    }

    /// `NAME said "`, `NAME told them that the "`, `NAME, on X: "`.
    fn verb_before(&self, line: &[Item], position: usize) -> Option<Hit> {
        if position == 0 {
            return None;
        }
        let start = line[..position]
            .iter()
            .rposition(|item| matches!(item, Item::Quote(_)))
            .map_or(0, |quote| quote + 1);
        let head = &line[..position];
        let reader = self.reader(head);
        if let Some(hit) = self.credit_before(head, start, position) {
            return Some(hit);
        }
        let floor = start.max(position.saturating_sub(2 * VERB_REACH));
        let verb = (floor..position).rev().find(|item| reader.is_speech(*item));
        let Some(verb) = verb else {
            return self.colon_before(head, start);
        };
        let phrase = self.subject_of(&reader, verb, start)?;
        let between = position - verb - 1;
        let adjacent = between <= 1
            || reader
                .token(position - 1)
                .is_some_and(|token| token.is(":"));
        let weak = self.language.tables.speech.weak.contains(reader.key(verb));
        let ends_before =
            (verb..position).any(|item| reader.token(item).is_some_and(|token| token.is(";")));
        let confidence = match (adjacent, weak || ends_before) {
            (true, _) => Confidence::High,
            (false, false) => Confidence::Medium,
            (false, true) if between <= 8 => Confidence::Medium,
            (false, true) => Confidence::Low,
        };
        Some(self.hit(head, phrase, confidence, adjacent))
    }

    /// The subject of a verb before the quotation: right before it, or the sentence's for `, saying`.
    fn subject_of(&self, reader: &Reader<'_>, verb: usize, start: usize) -> Option<Phrase> {
        let direct = reader.subject_before(verb);
        if !reader.is_participle(verb) {
            return direct.or_else(|| self.opening_subject(reader, start));
        }
        let loose = verb == 0
            || reader.token(verb - 1).is_none_or(|token| !token.is_word())
            || self
                .language
                .tables
                .nouns
                .prepositions
                .contains(reader.key(verb - 1))
            || self
                .language
                .tables
                .nouns
                .conjunctions
                .contains(reader.key(verb - 1));
        if !loose {
            return direct;
        }
        let earlier = (0..verb)
            .rev()
            .find(|item| reader.is_speech(*item) && !reader.is_participle(*item));
        earlier
            .and_then(|earlier| reader.subject_before(earlier))
            .or_else(|| self.opening_subject(reader, 0))
    }

    /// The phrase that a sentence opens with, behind an opening such as `After the match,`.
    fn opening_subject(&self, reader: &Reader<'_>, start: usize) -> Option<Phrase> {
        let nouns = &self.language.tables.nouns;
        let key = reader.key(start);
        let led = nouns.prepositions.contains(key)
            || nouns.conjunctions.contains(key)
            || reader.is_participle(start);
        let from = if led {
            let comma = (start..reader.line.len().min(start + 30))
                .find(|item| reader.token(*item).is_some_and(|token| token.is(",")))?;
            comma + 1
        } else {
            start
        };
        let phrase = reader.phrase_from(from)?;
        matches!(phrase.who, Who::Named { .. } | Who::Pronoun(..)).then_some(phrase)
    }

    fn credit_before(&self, head: &[Item], start: usize, position: usize) -> Option<Hit> {
        let reader = self.reader(head);
        // `according to NAME, "` and `in the words of NAME, "`; the credit must be what leads up to the quotation.
        let at = (start.max(position.saturating_sub(VERB_REACH))..position)
            .rev()
            .find(|item| self.credit_at(head, *item).is_some())?;
        let length = self.credit_at(head, at)?;
        let speaks = (at..position).any(|item| reader.is_speech(item) && item > at + 1);
        if speaks {
            return None;
        }
        let phrase = reader.phrase_from(at + length)?;
        let near = position.saturating_sub(phrase.end) <= 6;
        Some(self.hit(
            head,
            phrase,
            if near {
                Confidence::High
            } else {
                Confidence::Medium
            },
            near,
        ))
    }

    /// `Senator Jane Doe, Democrat of Ohio, on X: "`: no verb, but a colon, and a name that opens the sentence.
    fn colon_before(&self, head: &[Item], start: usize) -> Option<Hit> {
        let reader = self.reader(head);
        let last = head.len().checked_sub(1)?;
        if !reader.token(last)?.is(":") || start > 0 {
            return None;
        }
        let phrase = reader.phrase_from(0)?;
        let named = matches!(phrase.who, Who::Named { .. });
        named.then(|| self.hit(head, phrase, Confidence::High, true))
    }

    /// `"It is over." Smith said.`: a short sentence behind a quotation that ended one.
    fn detached(&self, index: usize, position: usize) -> Option<Hit> {
        let line = &self.lines[index];
        if position + 1 != line.len() {
            return None;
        }
        let next = self.lines.get(index + 1)?;
        if next.len() > 9 || next.iter().any(|item| matches!(item, Item::Quote(_))) {
            return None;
        }
        let reader = self.reader(next);
        let verb = (0..next.len()).find(|item| reader.is_speech(*item))?;
        let phrase = reader
            .subject_before(verb)
            .filter(|phrase| phrase.start == 0)?;
        let rest = next.len() - verb - 1;
        (rest <= 3).then(|| self.hit(next, phrase, Confidence::Medium, true))
    }

    /// `"..." - Matthew Ingram`, and pull quotes: `"..." Anonymous blogger`.
    fn signed(&self, index: usize, position: usize) -> Option<Hit> {
        let line = &self.lines[index];
        let (line, start) = if position + 1 < line.len() {
            (line, position + 1)
        } else {
            (self.lines.get(index + 1)?, 0)
        };
        let last_line = index + 2 >= self.lines.len() && position == 0;
        let reader = self.reader(line);
        let dash = reader.token(start).is_some_and(|token| token.is_dash());
        let rest = line.len() - start;
        let clause = (start..line.len()).any(|item| reader.is_speech(item));
        if !last_line || rest > 16 || clause || index > 0 {
            return None;
        }
        let phrase = reader.phrase_from(start + usize::from(dash))?;
        let spans = phrase.start <= start + 1;
        let role = (phrase.start..phrase.end).any(|item| reader.is_role(item));
        let named = matches!(phrase.who, Who::Named { .. }) || role;
        (spans && named && (dash || role)).then(|| self.hit(line, phrase, Confidence::Medium, true))
    }

    /// `"dangerous" and "ideological"`: nothing of its own between two quotations of one sentence.
    fn coordinated(&self, index: usize, position: usize, hits: &[Option<Hit>]) -> Option<Hit> {
        let line = &self.lines[index];
        let previous = line[..position]
            .iter()
            .rposition(|item| matches!(item, Item::Quote(_)))?;
        let Item::Quote(quote) = line[previous] else {
            return None;
        };
        hits[quote].as_ref()?;
        let own = position - previous - 1;
        (own <= 25).then_some(Hit::SameAs {
            quote,
            confidence: if own <= 8 {
                Confidence::High
            } else {
                Confidence::Medium
            },
        })
    }

    /// `"...," she said. "..."`: the second quotation stands in a sentence of its own.
    fn continued(
        &self,
        index: usize,
        position: usize,
        last: Option<usize>,
        hits: &[Option<Hit>],
    ) -> Option<Hit> {
        let Item::Quote(quote) = self.lines[index][position] else {
            return None;
        };
        let alone = position == 0 && self.quoted[quote].look == Look::Speech;
        let previous = last.filter(|_| alone && index > 0)?;
        let before_line = &self.lines[index - 1];
        let has_previous = before_line.contains(&Item::Quote(previous));
        let given = hits[previous].is_some();
        (has_previous && given).then_some(Hit::SameAs {
            quote: previous,
            confidence: Confidence::High,
        })
    }

    /// The sentence before says that somebody speaks: `Smith was blunt, she said. "..."`, or a paragraph of its own.
    fn from_before(&self, index: usize, position: usize, hits: &[Option<Hit>]) -> Option<Hit> {
        let Item::Quote(quote) = self.lines[index][position] else {
            return None;
        };
        if position != 0 || self.quoted[quote].look != Look::Speech {
            return None;
        }
        let (line, same_paragraph) = match index.checked_sub(1) {
            Some(previous) => (&self.lines[previous], true),
            None => (self.before.last()?, false),
        };
        let reader = self.reader(line);
        let last = reader.token(line.len() - 1);
        let leads = last.is_some_and(|token| token.is(":") || token.is(","));
        if leads && !same_paragraph {
            return self.verb_before_end(line);
        }
        let previous_quote = line.iter().rev().find_map(|item| match item {
            Item::Quote(quote) => Some(*quote),
            Item::Token(_) => None,
        });
        if let Some(previous) = previous_quote.filter(|previous| hits[*previous].is_some()) {
            return Some(Hit::SameAs {
                quote: previous,
                confidence: Confidence::Medium,
            });
        }
        let verb = (0..line.len().min(60))
            .find(|item| reader.is_speech(*item) && !reader.is_participle(*item))?;
        let phrase = reader.subject_before(verb)?;
        let sure = matches!(phrase.who, Who::Named { .. } | Who::Pronoun(..));
        sure.then(|| self.hit(line, phrase, Confidence::Medium, false))
    }

    /// `Rathbun stated,` or `tweeted from the account:` at the end of the paragraph before.
    fn verb_before_end(&self, line: &[Item]) -> Option<Hit> {
        let mut whole: Line = line.to_vec();
        // A stand-in for the quotation that follows in the next paragraph.
        whole.push(Item::Quote(usize::MAX));
        let position = whole.len() - 1;
        if let Some(hit) = self.verb_before(&whole, position) {
            return Some(hit);
        }
        // The verb stands before a quotation in the same sentence: `called it "dangerous" and "wrong":`.
        let reader = self.reader(line);
        let verb = (0..line.len().min(80))
            .rev()
            .find(|item| reader.is_speech(*item))?;
        let phrase = reader.subject_before(verb)?;
        Some(self.hit(line, phrase, Confidence::Medium, false))
    }
}
