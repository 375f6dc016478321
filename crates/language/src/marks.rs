//! Finds the words of a text that are inside quotation marks.
//!
//! Marks are paired within a paragraph, by the characters around them or, where those don't tell, by turns. A span that
//! is still open at the end of a paragraph continues into the next if that one opens with a mark (the newspaper
//! convention for one speaker over several paragraphs) or closes a mark that it didn't open.

use std::ops::Range;

use super::normalise::Char;
use super::tokens::{Mark, is_word_char};

/// A stretch of words inside one outer pair of quotation marks, as a range of tokens.
pub type Span = Range<usize>;

/// A paragraph, by its characters and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// In characters of the normalised text.
    pub chars: Range<usize>,
    /// In tokens.
    pub tokens: Range<usize>,
}

/// The outer spans of a text, in order, without overlap. `original` is the text that `chars` came from.
pub fn quoted_spans(
    original: &str,
    chars: &[Char],
    marks: &[Mark],
    paragraphs: &[Paragraph],
) -> Vec<Span> {
    let reader = Reader { original, chars };
    let mut spans = Vec::new();
    let mut open: Option<Open> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut own = within(marks, &paragraph.chars);
        if let Some(unclosed) = open.take() {
            match reader.continuation(unclosed.kind, own, paragraph) {
                Continuation::Reopened => {
                    own = &own[1..];
                    open = Some(unclosed);
                }
                Continuation::Silent => open = Some(unclosed),
                Continuation::Ended => {
                    spans.push(unclosed.start..paragraphs[index - 1].tokens.end);
                }
            }
        }
        open = reader.pair(own, open, &mut spans);
    }
    if let (Some(unclosed), Some(last)) = (open, paragraphs.last()) {
        spans.push(unclosed.start..last.tokens.end);
    }
    spans.retain(|span| !span.is_empty());
    spans
}

fn within<'a>(marks: &'a [Mark], chars: &Range<usize>) -> &'a [Mark] {
    let from = marks.partition_point(|mark| mark.char_index < chars.start);
    let to = marks.partition_point(|mark| mark.char_index < chars.end);
    &marks[from..to]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
}

/// A span whose end hasn't been reached yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: Kind,
    start: usize,
    /// How many marks of the same kind are open inside it.
    depth: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Continuation {
    /// The paragraph repeats the opening mark.
    Reopened,
    /// The paragraph has a closing mark first.
    Silent,
    /// The mark was never closed.
    Ended,
}

/// What a mark looks like, judged by its surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Opening,
    Closing,
    Either,
    /// An apostrophe or an inch.
    Neither,
}

struct Reader<'a> {
    original: &'a str,
    chars: &'a [Char],
}

impl Reader<'_> {
    /// Pairs the marks of one paragraph; returns the span that stays open.
    fn pair(&self, marks: &[Mark], open: Option<Open>, spans: &mut Vec<Span>) -> Option<Open> {
        let mut open = open;
        for (index, mark) in marks.iter().enumerate() {
            let kind = self.kind(mark);
            let look = self.look(mark);
            let Some(current) = &mut open else {
                let begins = matches!(look, Look::Opening | Look::Either)
                    && (kind == Kind::Double || self.closes_later(&marks[index + 1..]));
                if begins {
                    open = Some(Open {
                        kind,
                        start: mark.token_index,
                        depth: 0,
                    });
                }
                continue;
            };
            if current.kind != kind {
                continue;
            }
            match look {
                Look::Neither => {}
                Look::Opening if self.is_curved(mark) => current.depth += 1,
                Look::Opening => {
                    // A straight mark opens while another is open: that one was never closed.
                    spans.push(current.start..mark.token_index);
                    current.start = mark.token_index;
                }
                Look::Closing | Look::Either if current.depth > 0 => current.depth -= 1,
                Look::Closing | Look::Either => {
                    spans.push(current.start..mark.token_index);
                    open = None;
                }
            }
        }
        open
    }

    fn kind(&self, mark: &Mark) -> Kind {
        match self.chars[mark.char_index].value {
            '"' => Kind::Double,
            _ => Kind::Single,
        }
    }

    /// Whether a single mark that looks like an opening one has its partner in the same paragraph.
    fn closes_later(&self, marks: &[Mark]) -> bool {
        marks
            .iter()
            .any(|mark| self.kind(mark) == Kind::Single && self.look(mark) == Look::Closing)
    }

    fn continuation(&self, kind: Kind, own: &[Mark], paragraph: &Paragraph) -> Continuation {
        let mut same_kind = own.iter().filter(|mark| self.kind(mark) == kind);
        let Some(first) = same_kind.next() else {
            return Continuation::Ended;
        };
        if first.char_index == paragraph.chars.start {
            return Continuation::Reopened;
        }
        match self.look(first) {
            Look::Closing => Continuation::Silent,
            Look::Opening | Look::Either | Look::Neither => Continuation::Ended,
        }
    }

    fn look(&self, mark: &Mark) -> Look {
        let before = self.neighbor(self.chars[..mark.char_index].iter().rev());
        let after = self.neighbor(self.chars[mark.char_index + 1..].iter());
        let kind = self.kind(mark);
        let is_free_before = before.is_none_or(|char| matches!(char, ' ' | '(' | '[' | '-' | '/'));
        let is_free_after = after.is_none_or(|char| !is_word_char(char) && char != '$');
        match (is_free_before, is_free_after) {
            _ if kind == Kind::Single && is_elision(before, after) => Look::Neither,
            (true, false) => Look::Opening,
            (false, true) if kind == Kind::Double && before.is_some_and(|c| c.is_ascii_digit()) => {
                self.curve(mark).unwrap_or(Look::Either)
            }
            (false, true) => Look::Closing,
            (true, true) | (false, false) => self.curve(mark).unwrap_or(match after {
                // `"[The` and `"...and` open a quotation: the adjacent character decides.
                Some(after) if is_free_before && after != ' ' => Look::Opening,
                Some(_) | None => Look::Either,
            }),
        }
    }

    /// The nearest character that isn't itself a mark.
    fn neighbor<'c>(&self, mut chars: impl Iterator<Item = &'c Char>) -> Option<char> {
        chars
            .find(|char| !matches!(char.value, '"' | '\''))
            .map(|char| char.value)
    }

    /// What the shape of the original mark says, where it has a direction.
    fn curve(&self, mark: &Mark) -> Option<Look> {
        match self.shape(mark)? {
            '“' | '„' | '«' | '‘' | '‚' | '‹' | '「' | '『' | '〝' => {
                Some(Look::Opening)
            }
            '”' | '»' | '’' | '›' | '」' | '』' | '〞' => Some(Look::Closing),
            _ => None,
        }
    }

    fn is_curved(&self, mark: &Mark) -> bool {
        self.curve(mark) == Some(Look::Opening)
    }

    fn shape(&self, mark: &Mark) -> Option<char> {
        let start = usize::try_from(self.chars[mark.char_index].start).ok()?;
        self.original.get(start..)?.chars().next()
    }
}

/// `'90s`, `'tis`: an apostrophe at the start of a word that begins no quotation.
fn is_elision(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|char| char == ' ') && after.is_some_and(|char| char.is_ascii_digit())
}
