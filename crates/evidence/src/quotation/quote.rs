//! A quotation as a pattern: runs of words, and what may come between them.

use nutgraf_language::Language;
use nutgraf_language::normalise::{Char, normalised_chars};
use nutgraf_language::tokens::{Token, TokenKind, count_words, is_word_char, tokenise};

/// A quotation, read for matching.
///
/// Quotation marks around or within it don't count. `…`, `...`, `[…]` and `(…)` leave words out; `[words]` replaces up
/// to twelve words of the source; `[T]he` changes a letter's case, `walk[ed]` an ending; `[sic]` matches nothing.
/// Everything else has to be in the source, word for word and stop for stop.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::Quote;
///
/// assert_eq!(Quote::new("“[W]e are … ready [to go],” said").n_words(), 4);
/// ```
#[derive(Clone, Debug)]
pub struct Quote {
    written: String,
    pub(crate) pattern: Pattern,
    /// The reading in which brackets are the source's own; `None` if there are none.
    pub(crate) verbatim: Option<Pattern>,
}

/// Runs of words and the joints between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    /// A bracket before the first word.
    pub(crate) lead: Option<Bracket>,
    /// One more than there are joints. All but the first and last may be empty.
    pub(crate) runs: Vec<Run>,
    pub(crate) joints: Vec<Joint>,
    /// A bracket after the last word.
    pub(crate) trail: Option<Bracket>,
}

/// Words that have to follow one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    pub(crate) words: Vec<PatternWord>,
    /// The stops at the end, which writers change to fit their own sentence.
    pub(crate) soft_stops: Vec<Box<str>>,
}

/// What may come between two runs.
#[derive(Clone, Debug)]
pub(crate) enum Joint {
    /// `...`: the source's own ellipsis, or an omission.
    Ellipsis,
    /// `[...]`: an omission.
    Omission,
    Bracket(Bracket),
}

/// The words of a bracket.
#[derive(Clone, Debug)]
pub(crate) struct Bracket {
    pub(crate) written: String,
    pub(crate) tokens: Vec<Token>,
}

/// A word or other token that has to be in the source.
#[derive(Clone, Debug)]
pub(crate) enum PatternWord {
    Exact(Token),
    /// `[T]he`, `walk[ed]`.
    Edited {
        before: String,
        bracket: String,
        after: String,
    },
}

impl PatternWord {
    /// The word without its brackets.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Exact(token) => token.text.to_string(),
            Self::Edited {
                before,
                bracket,
                after,
            } => format!("{before}{bracket}{after}"),
        }
    }
}

impl Run {
    pub(crate) fn n_words(&self) -> usize {
        let exact: Vec<Token> = self
            .words
            .iter()
            .filter_map(|word| match word {
                PatternWord::Exact(token) => Some(token.clone()),
                PatternWord::Edited { .. } => None,
            })
            .collect();
        count_words(&exact) + (self.words.len() - exact.len())
    }

    /// The words joined with spaces, for a message.
    pub(crate) fn text(&self) -> String {
        let words: Vec<String> = self.words.iter().map(PatternWord::text).collect();
        words.join(" ")
    }
}

impl Quote {
    /// Reads a quotation as written.
    pub fn new(written: &str) -> Self {
        let chars = normalised_chars(written);
        let pieces = pieces(&chars);
        let has_brackets = pieces
            .iter()
            .any(|piece| !matches!(piece, Piece::Text(_) | Piece::Omission));
        let mut builder = Builder::default();
        for piece in pieces {
            builder.piece(piece);
        }
        Self {
            written: written.to_owned(),
            pattern: builder.finish(),
            verbatim: has_brackets.then(|| verbatim(&chars)),
        }
    }

    /// The quotation as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The number of words that have to be in the source: those outside brackets.
    pub fn n_words(&self) -> usize {
        self.pattern.n_words()
    }
}

impl Pattern {
    pub(crate) fn n_words(&self) -> usize {
        self.runs.iter().map(Run::n_words).sum()
    }

    /// The pattern's words in order, for showing differences.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.runs
            .iter()
            .flat_map(|run| {
                let stops = run.soft_stops.iter().map(|stop| stop.to_string());
                run.words.iter().map(PatternWord::text).chain(stops)
            })
            .collect()
    }
}

fn verbatim(chars: &[Char]) -> Pattern {
    let mut builder = Builder::default();
    builder.piece(Piece::Text(chars.to_vec()));
    builder.finish()
}

/// A stretch of a quotation, by what brackets make of it.
enum Piece {
    Text(Vec<Char>),
    Omission,
    Bracket(Vec<Char>),
    Edited {
        before: Vec<Char>,
        bracket: Vec<Char>,
        after: Vec<Char>,
    },
}

fn pieces(chars: &[Char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text: Vec<Char> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((inner, mut end)) = bracket_at(chars, at) else {
            text.push(chars[at]);
            at += 1;
            continue;
        };
        if is_omission(inner) {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(Piece::Omission);
        } else if is_case_or_ending(inner)
            && !is_elided(inner)
            && (touches_word(text.last()) || touches_word(chars.get(end)))
        {
            let n_before = text
                .iter()
                .rev()
                .take_while(|char| is_in_word(char))
                .count();
            let before = text.split_off(text.len() - n_before);
            let after: Vec<Char> = chars[end..]
                .iter()
                .take_while(|char| is_in_word(char))
                .copied()
                .collect();
            end += after.len();
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(Piece::Edited {
                before,
                bracket: inner.to_vec(),
                after,
            });
        } else {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(Piece::Bracket(inner.to_vec()));
        }
        at = end;
    }
    pieces.push(Piece::Text(text));
    pieces
}

/// The inside of a bracket that opens here, and its end; parentheses count only around an ellipsis.
///
/// `[sic]` is left to the tokenizer, which recognizes it in sources too.
fn bracket_at(chars: &[Char], start: usize) -> Option<(&[Char], usize)> {
    let close = match chars[start].value {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let length = chars[start + 1..]
        .iter()
        .position(|char| char.value == close || char.value == '[')?;
    let end = start + 1 + length;
    let inner = &chars[start + 1..end];
    let text: String = inner
        .iter()
        .map(|char| char.value.to_ascii_lowercase())
        .collect();
    let is_sic = matches!(text.trim(), "sic" | "sic!");
    let is_read = chars[end].value == close
        && !is_sic
        && (close == ']' || (is_omission(inner) && !inner.is_empty()));
    is_read.then_some((inner, end + 1))
}

fn is_omission(inner: &[Char]) -> bool {
    inner.iter().all(|char| matches!(char.value, '.' | ' '))
}

fn is_case_or_ending(inner: &[Char]) -> bool {
    !inner.is_empty() && inner.iter().all(is_in_word)
}

/// `[l']histoire` has a word of its own in the bracket.
fn is_elided(inner: &[Char]) -> bool {
    inner.len() > 1 && inner.last().is_some_and(|last| last.value == '\'')
}

fn is_in_word(char: &Char) -> bool {
    is_word_char(char.value) || char.value == '\''
}

fn touches_word(char: Option<&Char>) -> bool {
    char.is_some_and(|char| is_word_char(char.value))
}

/// Assembles pieces into runs and joints.
#[derive(Default)]
struct Builder {
    pattern: Pattern,
    run: Run,
}

impl Builder {
    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Text(chars) => {
                for token in tokenise(&chars).0 {
                    if token.kind == TokenKind::Ellipsis {
                        self.joint(Joint::Ellipsis);
                    } else {
                        self.run.words.push(PatternWord::Exact(token));
                    }
                }
            }
            Piece::Omission => self.joint(Joint::Omission),
            Piece::Bracket(chars) => self.joint(Joint::Bracket(Bracket {
                written: text(&chars),
                tokens: tokenise(&chars).0,
            })),
            Piece::Edited {
                before,
                bracket,
                after,
            } => self.run.words.push(PatternWord::Edited {
                before: text(&before),
                bracket: text(&bracket),
                after: text(&after),
            }),
        }
    }

    fn joint(&mut self, joint: Joint) {
        let is_first = self.pattern.joints.is_empty() && self.run.words.is_empty();
        if !is_first {
            self.end_run(matches!(joint, Joint::Ellipsis | Joint::Omission));
            self.pattern.joints.push(joint);
            return;
        }
        // An ellipsis before the first word says nothing that could be checked.
        if let Joint::Bracket(bracket) = joint {
            self.pattern.lead = Some(match self.pattern.lead.take() {
                Some(earlier) => earlier.and(bracket),
                None => bracket,
            });
        }
    }

    fn end_run(&mut self, is_segment_end: bool) {
        let mut run = std::mem::take(&mut self.run);
        let is_soft =
            |word: &PatternWord| matches!(word, PatternWord::Exact(token) if token.is_soft_stop());
        while is_segment_end && run.words.len() > 1 && run.words.last().is_some_and(is_soft) {
            if let Some(stop) = run.words.pop() {
                run.soft_stops.insert(0, stop.text().into());
            }
        }
        self.pattern.runs.push(run);
    }

    fn finish(mut self) -> Pattern {
        let is_stop_only = self
            .run
            .words
            .iter()
            .all(|word| matches!(word, PatternWord::Exact(token) if token.is_soft_stop()));
        if is_stop_only && !self.pattern.joints.is_empty() {
            // `... [the plan].`: the last words come before the joints.
            self.run.words.clear();
        }
        self.end_run(true);
        while self.pattern.runs.len() > 1
            && self
                .pattern
                .runs
                .last()
                .is_some_and(|run| run.words.is_empty())
        {
            self.pattern.runs.pop();
            if let Some(Joint::Bracket(bracket)) = self.pattern.joints.pop() {
                self.pattern.trail = Some(match self.pattern.trail.take() {
                    Some(later) => bracket.and(later),
                    None => bracket,
                });
            }
        }
        self.pattern
    }
}

impl Bracket {
    fn and(mut self, other: Self) -> Self {
        self.written = format!("{} {}", self.written, other.written);
        self.tokens.extend(other.tokens);
        self
    }
}

fn text(chars: &[Char]) -> String {
    chars.iter().map(|char| char.value).collect()
}

/// Whether a word of the source is what an edited word replaces.
pub(crate) fn is_edit_of(
    language: &Language,
    before: &str,
    bracket: &str,
    after: &str,
    word: &str,
) -> bool {
    let whole = format!("{before}{bracket}{after}");
    let changes_case = word.len() == whole.len()
        && word.starts_with(before)
        && word.ends_with(after)
        && word.to_lowercase() == whole.to_lowercase();
    let changes_ending = after.is_empty()
        && before.chars().count() > 1
        && language.is_inflection(bracket)
        && word
            .strip_prefix(before)
            .is_some_and(|ending| language.is_inflection(ending));
    // `not[ed]` isn't a form of `not`.
    let negates_alike = language.is_negation(word) == language.is_negation(&whole);
    (changes_case || changes_ending) && negates_alike
}
