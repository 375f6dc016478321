//! The text of a source, read once and asked many times.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::hash::TextHash;
use super::pronoun;
use nutgraf_language::lexicon;
use nutgraf_language::marks::{Paragraph, Span, quoted_spans};
use nutgraf_language::normalise::{Char, normalised_chars};
use nutgraf_language::tokens::{Token, TokenKind, count_words, tokenise};

/// The text of a source: normalised, in tokens, with its paragraphs and quotation marks, and the way back to the
/// original.
///
/// Plain text: HTML and Markdown are to be turned into it first. A blank line parts paragraphs; a line break does
/// unless the text is visibly wrapped (each line as full as the next word allows, none beyond 120 characters).
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::SourceText;
///
/// let source = SourceText::new("“We are ready,” said Mao.\n\nNothing more was said.");
/// assert_eq!(source.n_words(), 9);
/// assert_eq!(source.n_paragraphs(), 2);
/// ```
///
/// # Design
///
/// *Why is the original kept?* To show a passage as its author wrote it. It lives as long as a run of `verify`, and no
/// part of it is ever written to `evidence.lock`.
#[derive(Clone, Debug)]
pub struct SourceText {
    original: Box<str>,
    chars: Vec<Char>,
    tokens: Vec<Token>,
    /// The id of each token's text.
    ids: Vec<TextId>,
    /// The paragraph of each token.
    paragraph_of: Vec<u32>,
    /// The outer span of each token, if it is quoted.
    span_of: Vec<Option<u32>>,
    paragraphs: Vec<Paragraph>,
    spans: Vec<Span>,
    /// The end (exclusive) of each sentence, ascending.
    sentence_ends: Vec<usize>,
    index: TextIndex,
    /// The surnames that are persons'.
    persons: BTreeSet<String>,
    hash: TextHash,
}

/// Equal for tokens of equal text within one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TextId(u32);

/// Where each text stands.
#[derive(Clone, Debug, Default)]
struct TextIndex {
    ids: HashMap<Box<str>, TextId>,
    positions: Vec<Vec<usize>>,
}

impl TextIndex {
    fn add(&mut self, text: &str, position: usize) -> TextId {
        if let Some(id) = self.ids.get(text) {
            self.positions[id.0 as usize].push(position);
            return *id;
        }
        let id = TextId(u32::try_from(self.positions.len()).unwrap_or(u32::MAX));
        self.ids.insert(text.into(), id);
        self.positions.push(vec![position]);
        id
    }
}

impl SourceText {
    /// Reads a plain text.
    pub fn new(text: &str) -> Self {
        let chars = normalised_chars(text);
        let (tokens, marks) = tokenise(&chars);
        let paragraphs = paragraphs(text, &chars, &tokens);
        let spans = quoted_spans(text, &chars, &marks, &paragraphs);
        let mut index = TextIndex::default();
        let ids = tokens
            .iter()
            .enumerate()
            .map(|(position, token)| index.add(&token.text, position))
            .collect();
        let normalised: String = chars.iter().map(|char| char.value).collect();
        Self {
            original: text.into(),
            ids,
            paragraph_of: numbered(
                paragraphs.iter().map(|paragraph| &paragraph.tokens),
                tokens.len(),
            )
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect(),
            span_of: numbered(spans.iter(), tokens.len()),
            sentence_ends: sentence_ends(&tokens, &paragraphs),
            paragraphs,
            spans,
            index,
            persons: pronoun::persons(&tokens),
            hash: TextHash::of_normalised(&normalised),
            chars,
            tokens,
        }
    }

    /// The number of words, hyphenated ones counted once.
    pub fn n_words(&self) -> usize {
        count_words(&self.tokens)
    }

    /// The number of paragraphs.
    pub fn n_paragraphs(&self) -> usize {
        self.paragraphs.len()
    }

    /// Whether a surname, in lower case, is a person's.
    pub(super) fn is_person(&self, surname: &str) -> bool {
        self.persons.contains(surname)
    }

    /// The hash of the normalised text.
    pub fn hash(&self) -> TextHash {
        self.hash
    }

    /// The text as it was given, for a range that a verdict returned; empty if the range isn't from this source.
    pub fn original(&self, bytes: Range<usize>) -> &str {
        self.original.get(bytes).unwrap_or_default()
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    pub(super) fn paragraph_of(&self, token: usize) -> usize {
        self.paragraph_of
            .get(token)
            .map_or(0, |paragraph| *paragraph as usize)
    }

    /// The tokens of a paragraph; empty if there is none of this number.
    pub(super) fn paragraph(&self, paragraph: usize) -> Range<usize> {
        self.paragraphs
            .get(paragraph)
            .map_or(0..0, |paragraph| paragraph.tokens.clone())
    }

    /// The outer quotation that a token stands in.
    pub(super) fn span_of(&self, token: usize) -> Option<usize> {
        let span = self.span_of.get(token).copied().flatten()?;
        usize::try_from(span).ok()
    }

    pub(super) fn id_of(&self, text: &str) -> Option<TextId> {
        self.index.ids.get(text).copied()
    }

    /// The ids of the texts that fulfil a condition, ascending.
    pub(super) fn ids_where(&self, condition: impl Fn(&str) -> bool) -> Vec<TextId> {
        let mut ids: Vec<TextId> = self
            .index
            .positions
            .iter()
            .enumerate()
            .filter(|(_, positions)| {
                let text = positions.first().and_then(|first| self.tokens.get(*first));
                text.is_some_and(|token| condition(&token.text))
            })
            .filter_map(|(id, _)| u32::try_from(id).ok().map(TextId))
            .collect();
        ids.sort_unstable();
        ids
    }

    pub(super) fn id_at(&self, token: usize) -> Option<TextId> {
        self.ids.get(token).copied()
    }

    /// Where a text stands, in ascending order.
    pub(super) fn positions(&self, id: TextId) -> &[usize] {
        self.index
            .positions
            .get(id.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The bytes of the original under a range of tokens.
    pub(super) fn original_range(&self, tokens: &Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) = (
            self.tokens.get(tokens.start),
            tokens
                .end
                .checked_sub(1)
                .and_then(|last| self.tokens.get(last)),
        ) else {
            return 0..0;
        };
        if tokens.is_empty() {
            return 0..0;
        }
        let start = self.chars[first.chars.start].start as usize;
        let end = self.chars[last.chars.end - 1].end as usize;
        start..end
    }

    /// Whether a token is the last of its sentence.
    pub(super) fn ends_sentence(&self, token: usize) -> bool {
        self.sentence_ends.binary_search(&(token + 1)).is_ok()
    }

    /// The end (exclusive) of the sentence that a token stands in.
    pub(super) fn sentence_end(&self, token: usize) -> usize {
        let index = self.sentence_ends.partition_point(|end| *end <= token);
        self.sentence_ends
            .get(index)
            .copied()
            .unwrap_or(self.tokens.len())
    }

    /// The first token of the sentence that a token stands in.
    pub(super) fn sentence_start(&self, token: usize) -> usize {
        let index = self.sentence_ends.partition_point(|end| *end <= token);
        index
            .checked_sub(1)
            .map_or(0, |before| self.sentence_ends[before])
    }

    /// Whether a token may directly follow the one before it in one run of quoted words.
    ///
    /// Two speakers' quotations that touch, or a headline and the sentence below it, are no run.
    pub(super) fn runs_on(&self, token: usize) -> bool {
        let Some(before) = token.checked_sub(1) else {
            return true;
        };
        let (from, to) = (self.span_of(before), self.span_of(token));
        if let (Some(from), Some(to)) = (from, to) {
            return from == to;
        }
        if self.paragraph_of(before) == self.paragraph_of(token) {
            return true;
        }
        let stop = &self.tokens[before];
        stop.kind == TokenKind::Sign && matches!(&*stop.text, "." | "?" | "!" | ":" | ";" | ",")
    }
}

fn sentence_ends(tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<usize> {
    paragraphs
        .iter()
        .flat_map(|paragraph| {
            let last = paragraph.tokens.end.saturating_sub(1);
            paragraph
                .tokens
                .clone()
                .filter(move |index| *index == last || stops_sentence(tokens, *index))
                .map(|index| index + 1)
        })
        .collect()
}

/// Whether a token within a paragraph is a stop that ends a sentence.
fn stops_sentence(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let is_question = token.is_sign("?") || token.is_sign("!");
    if !is_question && !token.is_sign(".") {
        return false;
    }
    let follows_abbreviation = !is_question
        && index > 0
        && token.is_glued
        && lexicon::is_abbreviation(&tokens[index - 1].text);
    let goes_on = tokens
        .get(index + 1)
        .is_some_and(|next| starts_lower(next) || next.is_soft_stop());
    !follows_abbreviation && !goes_on
}

fn starts_lower(token: &Token) -> bool {
    token.text.chars().next().is_some_and(char::is_lowercase)
}

/// For each token the number of the range it is in.
fn numbered<'a>(
    ranges: impl Iterator<Item = &'a Range<usize>>,
    n_tokens: usize,
) -> Vec<Option<u32>> {
    let mut numbers = vec![None; n_tokens];
    for (number, range) in ranges.enumerate() {
        let number = u32::try_from(number).ok();
        if let Some(own) = numbers.get_mut(range.clone()) {
            own.fill(number);
        }
    }
    numbers
}

fn paragraphs(text: &str, chars: &[Char], tokens: &[Token]) -> Vec<Paragraph> {
    let mut starts: Vec<usize> = paragraph_starts(text)
        .into_iter()
        .map(|byte| chars.partition_point(|char| (char.start as usize) < byte))
        .map(|char| char + usize::from(chars.get(char).is_some_and(|char| char.value == ' ')))
        .collect();
    starts.dedup();
    let mut paragraphs = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(chars.len());
        let from = tokens.partition_point(|token| token.chars.start < *start);
        let to = tokens.partition_point(|token| token.chars.start < end);
        if from < to {
            paragraphs.push(Paragraph {
                chars: *start..end,
                tokens: from..to,
            });
        }
    }
    paragraphs
}

/// The bytes at which paragraphs begin.
fn paragraph_starts(text: &str) -> Vec<usize> {
    let lines = lines(text);
    let widest = lines
        .iter()
        .map(|(_, line)| line.chars().count())
        .max()
        .unwrap_or(0);
    let may_be_wrapped = (50..=120).contains(&widest);
    let mut starts = Vec::new();
    let mut before: Option<&str> = None;
    for (start, line) in &lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        let continues = may_be_wrapped
            && before.is_some_and(|before| {
                let next_word = line.split_whitespace().next().unwrap_or_default();
                before.chars().count() + 1 + next_word.chars().count() > widest
            });
        if !continues {
            starts.push(*start);
        }
        before = Some(line);
    }
    starts
}

/// The lines with the byte at which each begins, trimmed.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    text.split(['\n', '\u{2029}', '\r'])
        .map(|line| {
            let own = start;
            let separator = text[own + line.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            start = own + line.len() + separator;
            (own + (line.len() - line.trim_start().len()), line.trim())
        })
        .collect()
}
