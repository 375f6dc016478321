//! The text of a source, read once and queried many times.

mod bounds;
pub(crate) mod hash;
pub(crate) mod persons;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::source::bounds::{paragraphs, sentence_ends};
use crate::source::hash::TextHash;
use nutgraf_language::Language;
use nutgraf_language::marks::{Paragraph, Span, quoted_spans};
use nutgraf_language::normalise::{Char, LineHyphens, normalised_lines};
use nutgraf_language::printed::numbers;
use nutgraf_language::sense::{lower, without_possessive};
use nutgraf_language::tokens::{Token, TokenKind, count_words, tokenise};

/// How many tokens before and behind some words belong to their sentence at most.
const FARTHEST: usize = 200;

/// The text of a source: normalised, in tokens, with its paragraphs and quotation marks and a way back to the original.
///
/// It is plain text: HTML and Markdown have to be converted first. A blank line separates paragraphs; so does a line
/// break, unless the text is visibly wrapped (each line as full as the next word allows, none longer than 120
/// characters).
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
/// *Why is the original kept?* To show a passage as its author wrote it. It lives as long as one run of `verify`, and
/// no part of it is ever written to `evidence.lock`.
#[derive(Clone, Debug)]
pub struct SourceText {
    original: Box<str>,
    chars: Vec<Char>,
    tokens: Vec<Token>,
    /// The id of each token's text.
    ids: Vec<TextId>,
    /// The paragraph of each token.
    paragraph_of: Vec<u32>,
    /// The outermost quotation around each token, if there is one.
    span_of: Vec<Option<u32>>,
    paragraphs: Vec<Paragraph>,
    spans: Vec<Span>,
    /// The end (exclusive) of each sentence, ascending.
    sentence_ends: Vec<usize>,
    index: TextIndex,
    /// The surnames that belong to persons.
    persons: BTreeSet<String>,
    hash: TextHash,
    language: &'static Language,
    /// The numbers of more than one token, ascending.
    numbers: Vec<Range<usize>>,
    /// The text with hyphens at line ends kept, if it has any.
    hyphenated: Option<Box<SourceText>>,
}

/// Equal for tokens with equal text within one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(u32);

/// The positions of each text.
#[derive(Clone, Debug, Default)]
struct TextIndex {
    ids: HashMap<Box<str>, TextId>,
    positions: Vec<Vec<usize>>,
    /// The ids of a word in lower case, however it is written, with a possessive ending or without.
    forms: HashMap<Box<str>, Vec<TextId>>,
}

impl TextIndex {
    fn add(&mut self, text: &str, position: usize) -> TextId {
        if let Some(id) = self.ids.get(text) {
            self.positions[id.0 as usize].push(position);
            return *id;
        }
        let id = TextId(u32::try_from(self.positions.len()).unwrap_or(u32::MAX));
        self.ids.insert(text.into(), id);
        let word = lower(without_possessive(text));
        self.forms.entry(word.as_ref().into()).or_default().push(id);
        self.positions.push(vec![position]);
        id
    }
}

impl SourceText {
    /// Reads plain English text.
    pub fn new(text: &str) -> Self {
        Self::in_language(text, Language::english())
    }

    /// Reads plain text in a language.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_evidence::{match_printed, Language, Quote, QuoteVerdict, SourceText};
    ///
    /// let german = Language::named("de").unwrap();
    /// let source = SourceText::in_language("Rund 46.000 Menschen kamen.", german);
    /// let QuoteVerdict::Verified(found) = match_printed(&source, &Quote::new("46.000 Menschen")) else { panic!() };
    /// assert_eq!(found.warnings.len(), 1, "`rund` is missing");
    /// ```
    pub fn in_language(text: &str, language: &'static Language) -> Self {
        let chars = normalised_lines(text, LineHyphens::Dropped);
        let mut source = Self::read(text, chars, language);
        let has_hyphens = text
            .lines()
            .any(|line| line.trim_end().ends_with(['-', '‐']));
        if has_hyphens {
            let kept = normalised_lines(text, LineHyphens::Kept);
            source.hyphenated = Some(Box::new(Self::read(text, kept, language)));
        }
        source
    }

    fn read(text: &str, chars: Vec<Char>, language: &'static Language) -> Self {
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
            sentence_ends: sentence_ends(language, &tokens, &paragraphs),
            paragraphs,
            spans,
            index,
            persons: persons::persons(language, &tokens),
            hash: TextHash::of_normalised(&normalised),
            chars,
            language,
            numbers: numbers(language, &tokens)
                .into_iter()
                .map(|number| number.tokens)
                .filter(|number| number.len() > 1)
                .collect(),
            hyphenated: None,
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

    /// Whether a surname, in lower case, belongs to a person.
    pub(crate) fn is_person(&self, surname: &str) -> bool {
        self.persons.contains(surname)
    }

    /// The language that the text is read in.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// The text with hyphens at line ends kept, if it has any.
    pub(crate) fn hyphenated(&self) -> Option<&Self> {
        self.hyphenated.as_deref()
    }

    /// Whether a token is inside a number that begins before it.
    pub(crate) fn is_within_number(&self, token: usize) -> bool {
        let after = self.numbers.partition_point(|number| number.end <= token);
        self.numbers
            .get(after)
            .is_some_and(|number| number.start < token)
    }

    /// The hash of the normalised text.
    pub fn hash(&self) -> TextHash {
        self.hash
    }

    /// The text as it was given, for a range that a verdict returned; empty if the range isn't from this source.
    pub fn original(&self, bytes: Range<usize>) -> &str {
        self.original.get(bytes).unwrap_or_default()
    }

    /// The sentence or sentences around a byte range, as a byte range of the text as it was given. Of a longer sentence
    /// than anybody writes, such as the rows of a table without stops, what is near.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_evidence::SourceText;
    ///
    /// let source = SourceText::new("It rained. The bridge was closed in May. It opened in June.");
    /// let sentence = source.sentence_around(22..28);
    /// assert_eq!(source.original(sentence), "The bridge was closed in May.");
    /// ```
    pub fn sentence_around(&self, bytes: Range<usize>) -> Range<usize> {
        let Some(within) = self.tokens_at(&bytes) else {
            return 0..0;
        };
        let near = within.start.saturating_sub(FARTHEST)..within.end + FARTHEST;
        let start = near.start.max(self.sentence_start(within.start));
        let end = near.end.min(self.sentence_end(within.end - 1));
        self.original_range(&(start..end))
    }

    /// What the text says after a byte range, to the end of its sentence.
    pub fn rest_of_sentence(&self, bytes: Range<usize>) -> &str {
        let end = self.sentence_around(bytes.clone()).end;
        self.original(bytes.end.min(end)..end)
    }

    /// A paragraph, counted from 1, as it was given; empty if there is none of this number.
    pub fn paragraph_text(&self, paragraph: usize) -> &str {
        let found = self.paragraphs.get(paragraph.wrapping_sub(1));
        found.map_or("", |found| {
            self.original(self.original_range(&found.tokens))
        })
    }

    /// The tokens that a byte range touches.
    fn tokens_at(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let start_of = |token: &Token| self.chars[token.chars.start].start as usize;
        let end_of = |token: &Token| self.chars[token.chars.end - 1].end as usize;
        let first = self
            .tokens
            .partition_point(|token| end_of(token) <= bytes.start);
        let last = self
            .tokens
            .partition_point(|token| start_of(token) < bytes.end.max(bytes.start + 1));
        (first < last).then_some(first..last)
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    pub(crate) fn paragraph_of(&self, token: usize) -> usize {
        self.paragraph_of
            .get(token)
            .map_or(0, |paragraph| *paragraph as usize)
    }

    /// The tokens of a paragraph; empty if there is none of this number.
    pub(crate) fn paragraph(&self, paragraph: usize) -> Range<usize> {
        self.paragraphs
            .get(paragraph)
            .map_or(0..0, |paragraph| paragraph.tokens.clone())
    }

    /// The outermost quotation around a token.
    pub(crate) fn span_of(&self, token: usize) -> Option<usize> {
        let span = self.span_of.get(token).copied().flatten()?;
        usize::try_from(span).ok()
    }

    pub(crate) fn id_of(&self, text: &str) -> Option<TextId> {
        self.index.ids.get(text).copied()
    }

    /// The ids of the texts that meet a condition, ascending.
    pub(crate) fn ids_where(&self, condition: impl Fn(&str) -> bool) -> Vec<TextId> {
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

    /// The ids of a word in lower case, however the text writes it.
    pub(crate) fn ids_of(&self, word: &str) -> &[TextId] {
        self.index.forms.get(word).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn id_at(&self, token: usize) -> Option<TextId> {
        self.ids.get(token).copied()
    }

    /// The positions of a text, ascending.
    pub(crate) fn positions(&self, id: TextId) -> &[usize] {
        self.index
            .positions
            .get(id.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The bytes of the original that a range of tokens covers.
    pub(crate) fn original_range(&self, tokens: &Range<usize>) -> Range<usize> {
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
    pub(crate) fn ends_sentence(&self, token: usize) -> bool {
        self.sentence_ends.binary_search(&(token + 1)).is_ok()
    }

    /// The end (exclusive) of the sentence around a token.
    pub(crate) fn sentence_end(&self, token: usize) -> usize {
        let index = self.sentence_ends.partition_point(|end| *end <= token);
        self.sentence_ends
            .get(index)
            .copied()
            .unwrap_or(self.tokens.len())
    }

    /// The first token of the sentence around a token.
    pub(crate) fn sentence_start(&self, token: usize) -> usize {
        let index = self.sentence_ends.partition_point(|end| *end <= token);
        index
            .checked_sub(1)
            .map_or(0, |before| self.sentence_ends[before])
    }

    /// Whether a token may directly follow the one before it in one run of quoted words.
    ///
    /// Adjoining quotations of two speakers, or a headline and the sentence below it, don't form a run.
    pub(crate) fn runs_on(&self, token: usize) -> bool {
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

/// For each token, the number of the range that contains it.
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
