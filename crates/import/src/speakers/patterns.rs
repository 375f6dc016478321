//! Attributes each quotation by a pattern: the words beside it, the previous quotation, or the previous sentence.

use super::super::language::Language;
use super::super::quotes::{Look, Quoted};
use super::super::text::{Article, Role};
use super::Confidence;
use super::line::{Item, Line, Reader, lines};
use super::phrases::{Phrase, Who};
use super::roster::Roster;

/// What attributes a quotation to somebody.
#[derive(Clone, Debug)]
pub(super) enum Hit {
    /// A phrase beside it.
    Phrase {
        /// Who.
        phrase: Phrase,
        /// How clearly.
        confidence: Confidence,
        /// Whether the verb is right next to the quotation.
        adjacent: bool,
    },
    /// The speaker of another quotation continues.
    SameAs {
        /// The index of that quotation.
        quote: usize,
        /// How clearly.
        confidence: Confidence,
    },
}

impl Hit {
    pub(super) fn phrase(phrase: Phrase, confidence: Confidence, adjacent: bool) -> Self {
        Self::Phrase {
            phrase,
            confidence,
            adjacent,
        }
    }
}

/// What attributes each quotation to somebody, in the order of `quoted`.
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

/// Every person's name with a role beside it, quoted or not: `Min Zhou, director of the center, told them`.
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

/// The quotations of one paragraph, examined in order.
pub(super) struct Pass<'a> {
    pub(super) article: &'a Article,
    pub(super) language: &'a Language,
    pub(super) quoted: &'a [Quoted],
    pub(super) roster: &'a Roster,
    pub(super) lines: &'a [Line],
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
                // One that continues from the previous paragraph already has its speaker.
                if hits[quote].is_none() {
                    hits[quote] = self
                        .beside(index, position)
                        .or_else(|| self.coordinated(index, position, hits))
                        .or_else(|| self.continued(index, position, last, hits))
                        .or_else(|| self.led_up_to(index, position, hits));
                }
                last = Some(quote);
            }
        }
    }

    pub(super) fn reader<'l>(&'l self, line: &'l [Item]) -> Reader<'l> {
        Reader {
            article: self.article,
            language: self.language,
            roster: self.roster,
            line,
        }
    }

    /// `"It is over." Smith said.`: a short sentence after a quotation that ended one.
    pub(super) fn detached(&self, index: usize, position: usize) -> Option<Hit> {
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
        (rest <= 3).then(|| Hit::phrase(phrase, Confidence::Medium, true))
    }

    /// `"..." - Matthew Ingram`, and pull quotes: `"..." Anonymous blogger`.
    pub(super) fn signed(&self, index: usize, position: usize) -> Option<Hit> {
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
        (spans && named && (dash || role)).then(|| Hit::phrase(phrase, Confidence::Medium, true))
    }

    /// `"dangerous" and "ideological"`: no words of substance between two quotations in one sentence.
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

    /// `"...," she said. "..."`: the second quotation is a sentence of its own.
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

    /// The previous sentence announces a speaker: `Smith was blunt, she said. "..."`, or a paragraph does.
    fn led_up_to(&self, index: usize, position: usize, hits: &[Option<Hit>]) -> Option<Hit> {
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
        sure.then(|| Hit::phrase(phrase, Confidence::Medium, false))
    }

    /// `Rathbun stated,` or `tweeted from the account:` at the end of the previous paragraph.
    fn verb_before_end(&self, line: &[Item]) -> Option<Hit> {
        let mut whole: Line = line.to_vec();
        // A stand-in for the quotation in the next paragraph.
        whole.push(Item::Quote(usize::MAX));
        let position = whole.len() - 1;
        if let Some(hit) = self.verb_before(&whole, position) {
            return Some(hit);
        }
        // The verb comes before a quotation in the same sentence: `called it "dangerous" and "wrong":`.
        let reader = self.reader(line);
        let verb = (0..line.len().min(80))
            .rev()
            .find(|item| reader.is_speech(*item))?;
        let phrase = reader.subject_before(verb)?;
        Some(Hit::phrase(phrase, Confidence::Medium, false))
    }
}
