//! Finds a pattern in a source: ordered runs, with backtracking, within a budget.
//!
//! A run is found where all its words follow one another. Between two runs is a joint: an ellipsis may skip any number
//! of words, a bracket replaces up to twelve. What a joint hides is judged during the search, so that a reading in
//! which it hides nothing important is still found.
//!
//! Whether the rest of the pattern can follow a token depends only on the joint and the token, so each failure is
//! remembered and never tried again: the work is bounded by joints times tokens, whatever the text.

use std::collections::HashSet;
use std::ops::Range;

use crate::quotation::joint;
use crate::quotation::quote::{Bracket, Joint, Pattern, PatternWord, Run, is_edit_of};
use crate::quotation::verdict::Reversal;
use crate::source::{SourceText, TextId};
use nutgraf_language::printed::{is_cut, is_minus};
use nutgraf_language::tokens::{TokenKind, joins_before};

/// How many words of the source a bracket may replace: a long noun phrase or a short clause, not a sentence.
const MAX_REPLACED: usize = 12;
/// A text with more joints than this isn't a quotation; real ones have one or two.
const MAX_JOINTS: usize = 64;
/// Places to try before giving up: a second's work, and ten thousand times what a news article needs.
const MAX_STEPS: usize = 20_000_000;
/// How many occurrences are told apart. The one with the fewest warnings is shown, and this many give enough choice.
const MAX_FOUND: usize = 64;

/// A place where a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The tokens of each run.
    pub(crate) runs: Vec<Range<usize>>,
    /// How each joint was read.
    pub(crate) joints: Vec<Reading>,
}

/// How a joint was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The source itself has the ellipsis.
    Literal,
    Gap,
    Replaced,
}

/// What a search comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every place, in order; never empty.
    Found(Vec<Found>),
    /// No place; a reversal ruled one out, or there was none.
    Nowhere(Option<Reversal>),
    /// The budget ran out.
    Exhausted,
}

/// Finds every place where a pattern matches.
pub(crate) fn search(source: &SourceText, pattern: &Pattern) -> Outcome {
    if pattern.joints.len() > MAX_JOINTS {
        return Outcome::Exhausted;
    }
    let Some(runs) = compile(source, pattern) else {
        return Outcome::Nowhere(None);
    };
    let mut search = Search {
        source,
        pattern,
        gap_failed: vec![usize::MAX; pattern.joints.len()],
        gap_found: vec![0..0; pattern.joints.len()],
        runs,
        failed: HashSet::new(),
        path: Vec::new(),
        steps: 0,
        reversal: None,
    };
    let found = search.everywhere();
    if search.steps >= MAX_STEPS {
        return Outcome::Exhausted;
    }
    if found.is_empty() {
        return Outcome::Nowhere(search.reversal);
    }
    Outcome::Found(found)
}

/// A run whose words were looked up.
struct CompiledRun {
    /// For each word, the texts that it may match in the source.
    words: Vec<Vec<TextId>>,
    soft_stops: Vec<Box<str>>,
    /// Where the run could begin, by its rarest word, ascending.
    starts: Vec<usize>,
}

/// `None` if a word isn't in the source at all.
fn compile(source: &SourceText, pattern: &Pattern) -> Option<Vec<CompiledRun>> {
    let opens_segment = |index: usize| {
        index == 0 || matches!(pattern.joints[index - 1], Joint::Ellipsis | Joint::Omission)
    };
    pattern
        .runs
        .iter()
        .enumerate()
        .map(|(index, run)| compile_run(source, run, opens_segment(index)))
        .collect()
}

fn compile_run(source: &SourceText, run: &Run, opens_segment: bool) -> Option<CompiledRun> {
    let mut words = Vec::with_capacity(run.words.len());
    for (index, word) in run.words.iter().enumerate() {
        let ids = texts_of(source, word, opens_segment && index == 0);
        if ids.is_empty() {
            return None;
        }
        words.push(ids);
    }
    let n_places = |ids: &Vec<TextId>| {
        ids.iter()
            .map(|id| source.positions(*id).len())
            .sum::<usize>()
    };
    let rarest = words
        .iter()
        .enumerate()
        .min_by_key(|(_, ids)| n_places(ids));
    let mut starts: Vec<usize> = rarest
        .map(|(offset, ids)| {
            ids.iter()
                .flat_map(|id| source.positions(*id))
                .filter_map(|position| position.checked_sub(offset))
                .collect()
        })
        .unwrap_or_default();
    starts.sort_unstable();
    Some(CompiledRun {
        words,
        soft_stops: run.soft_stops.clone(),
        starts,
    })
}

fn texts_of(source: &SourceText, word: &PatternWord, may_change_case: bool) -> Vec<TextId> {
    match word {
        PatternWord::Exact(token) => {
            let mut ids: Vec<TextId> = source.id_of(&token.text).into_iter().collect();
            if may_change_case && token.kind == TokenKind::Word {
                ids.extend(other_case(&token.text).and_then(|text| source.id_of(&text)));
            }
            ids
        }
        PatternWord::Edited {
            before,
            bracket,
            after,
        } => {
            let language = source.language();
            source.ids_where(|text| is_edit_of(language, before, bracket, after, text))
        }
    }
}

/// The word with the other case of its first letter.
fn other_case(word: &str) -> Option<String> {
    let mut chars = word.chars();
    let first = chars.next()?;
    let other: String = if first.is_uppercase() {
        first.to_lowercase().collect()
    } else {
        first.to_uppercase().collect()
    };
    (other != first.to_string()).then(|| other + chars.as_str())
}

struct Search<'a> {
    source: &'a SourceText,
    pattern: &'a Pattern,
    runs: Vec<CompiledRun>,
    /// Pairs of joint and token after which the rest can't follow.
    failed: HashSet<(usize, usize)>,
    /// For each joint, the first token after which no later run was found.
    gap_failed: Vec<usize>,
    /// For each joint, a range of tokens from anywhere in which the next run is the one that starts at its end.
    gap_found: Vec<Range<usize>>,
    path: Vec<(Range<usize>, Reading)>,
    steps: usize,
    reversal: Option<Reversal>,
}

impl Search<'_> {
    fn everywhere(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        let starts = self
            .runs
            .first()
            .map(|run| run.starts.clone())
            .unwrap_or_default();
        for start in starts {
            if found.len() >= MAX_FOUND || self.steps >= MAX_STEPS {
                break;
            }
            let Some(first) = self.first_run(start) else {
                continue;
            };
            self.path.clear();
            if self.rest(0, first.end) {
                let mut runs = vec![first];
                runs.extend(self.path.iter().map(|(run, _)| run.clone()));
                found.push(Found {
                    runs,
                    joints: self.path.iter().map(|(_, reading)| *reading).collect(),
                });
            }
        }
        found
    }

    fn first_run(&mut self, start: usize) -> Option<Range<usize>> {
        let end = self.run_at(0, start)?;
        if !self.may_part(start) {
            return None;
        }
        let is_whole = match &self.pattern.lead {
            None => !self.cuts_number(start),
            Some(bracket) => {
                self.may_cut(bracket, start)
                    && self.is_honest(joint::edge_before(self.source, bracket, start))
            }
        };
        is_whole.then_some(start..end)
    }

    /// The end of a run, if it matches at a token. Its last stop may differ, but a question stays a question.
    fn run_at(&mut self, run: usize, start: usize) -> Option<usize> {
        let source = self.source;
        self.steps += 1;
        let compiled = &self.runs[run];
        for (offset, ids) in compiled.words.iter().enumerate() {
            let token = start + offset;
            self.steps += 1;
            let is_there = source.id_at(token).is_some_and(|id| ids.contains(&id));
            if !is_there || (offset > 0 && !source.runs_on(token)) {
                return None;
            }
        }
        let end = start + compiled.words.len();
        let stops = &compiled.soft_stops;
        if stops.is_empty() {
            return Some(end);
        }
        let tokens = source.tokens();
        let are_same = stops.iter().enumerate().all(|(offset, stop)| {
            tokens
                .get(end + offset)
                .is_some_and(|token| token.text == *stop)
        });
        if are_same {
            return Some(end + stops.len());
        }
        let next = tokens.get(end);
        let says_otherwise = next.is_some_and(|next| next.is_sign("?") || next.is_sign("!"));
        (!says_otherwise).then_some(end)
    }

    /// Whether the text may be split before a token: not inside a hyphenated word, nor after a minus sign.
    fn may_part(&self, token: usize) -> bool {
        let tokens = self.source.tokens();
        let is_before_hyphen =
            token + 1 < tokens.len() && token > 0 && joins_before(tokens, token + 1);
        token >= tokens.len()
            || (!joins_before(tokens, token) && !is_before_hyphen && !is_minus(tokens, token))
    }

    /// Whether splitting the text before a token splits a number.
    fn cuts_number(&self, token: usize) -> bool {
        let tokens = self.source.tokens();
        let Some(before) = token.checked_sub(1) else {
            return false;
        };
        self.source.paragraph_of(before) == self.source.paragraph_of(token)
            && tokens.get(token).is_some_and(|after| {
                is_cut(self.source.language(), &tokens[before], after)
                    || self.source.is_within_number(token)
            })
    }

    /// A bracket may split a number only if it contains the rest: `[six] million`.
    fn may_cut(&self, bracket: &Bracket, token: usize) -> bool {
        !self.cuts_number(token) || {
            let language = self.source.language();
            bracket
                .tokens
                .iter()
                .any(|token| language.is_numeral(token))
        }
    }

    /// Whether the joint and everything after it can follow a token.
    fn rest(&mut self, joint: usize, end: usize) -> bool {
        let Some(kind) = self.pattern.joints.get(joint) else {
            return self.may_end(end);
        };
        if self.steps >= MAX_STEPS || self.failed.contains(&(joint, end)) {
            return false;
        }
        let is_found = match kind {
            Joint::Bracket(bracket) => (0..=MAX_REPLACED).any(|n_hidden| {
                let hidden = end..end + n_hidden;
                self.may_hide(&hidden)
                    && self.may_cut(bracket, hidden.start)
                    && self.may_cut(bracket, hidden.end)
                    && self.is_honest(joint::replaced(self.source, bracket, &hidden))
                    && self.next_run(joint, hidden.end, Reading::Replaced)
            }),
            Joint::Ellipsis => self.literal_ellipsis(joint, end) || self.gap(joint, end),
            Joint::Omission => self.gap(joint, end),
        };
        if !is_found {
            self.failed.insert((joint, end));
        }
        is_found
    }

    fn may_end(&mut self, end: usize) -> bool {
        if !self.may_part(end) {
            return false;
        }
        match &self.pattern.trail {
            None => !self.cuts_number(end),
            Some(bracket) => {
                self.may_cut(bracket, end)
                    && self.is_honest(joint::edge_after(self.source, bracket, end))
            }
        }
    }

    fn is_honest(&mut self, judged: Result<(), Reversal>) -> bool {
        match judged {
            Ok(()) => true,
            Err(reversal) => {
                self.reversal.get_or_insert(reversal);
                false
            }
        }
    }

    /// A bracket replaces words of one sentence and one speaker.
    fn may_hide(&mut self, hidden: &Range<usize>) -> bool {
        self.steps += 1;
        let is_whole = hidden.end <= self.source.tokens().len();
        is_whole
            && hidden
                .clone()
                .all(|token| self.source.runs_on(token) && !self.source.ends_sentence(token))
            && self.may_part(hidden.end)
    }

    fn literal_ellipsis(&mut self, joint: usize, end: usize) -> bool {
        let is_there = self
            .source
            .tokens()
            .get(end)
            .is_some_and(|token| token.kind == TokenKind::Ellipsis);
        is_there && self.next_run(joint, end + 1, Reading::Literal)
    }

    fn gap(&mut self, joint: usize, end: usize) -> bool {
        if self.next_run(joint, end, Reading::Gap) {
            return true;
        }
        if self.runs[joint + 1].words.is_empty() || !self.may_part(end) || self.cuts_number(end) {
            return false;
        }
        let from = match joint::negation_at_start(self.source, end) {
            None => end + 1,
            Some(negation) => {
                self.reversal
                    .get_or_insert(Reversal::EllipsisHidesNegation { negation });
                self.source.sentence_end(end)
            }
        };
        let known = &self.gap_found[joint];
        let first = if known.contains(&from) {
            known.end
        } else {
            from
        };
        let starts = &self.runs[joint + 1].starts;
        let mut index = starts.partition_point(|start| *start < first);
        while let Some(start) = self.runs[joint + 1].starts.get(index).copied() {
            if start >= self.gap_failed[joint] || self.steps >= MAX_STEPS {
                break;
            }
            if self.may_resume(start) && self.next_run(joint, start, Reading::Gap) {
                self.gap_found[joint] = from..start;
                return true;
            }
            index += 1;
        }
        self.gap_failed[joint] = self.gap_failed[joint].min(from);
        false
    }

    /// Whether a quotation may continue here after an omission.
    fn may_resume(&mut self, start: usize) -> bool {
        self.steps += 1;
        if !self.may_part(start) || self.cuts_number(start) {
            return false;
        }
        match joint::negation_before(self.source, start) {
            None => true,
            Some(negation) => {
                self.reversal
                    .get_or_insert(Reversal::EllipsisHidesNegation { negation });
                false
            }
        }
    }

    fn next_run(&mut self, joint: usize, start: usize, reading: Reading) -> bool {
        let Some(end) = self.run_at(joint + 1, start) else {
            return false;
        };
        self.path.push((start..end, reading));
        if self.rest(joint + 1, end) {
            return true;
        }
        self.path.pop();
        false
    }
}
