//! Parses YAML text into a [`Tree`]. This is the only YAML reader here; it yields values and places together.
//!
//! It never recurses, so that no depth of nesting can exhaust the stack.

use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::locate::{Entry, Node, Tree};

/// How deeply values may be nested. Front matter needs five levels; `extra` may need a few more.
const MAX_DEPTH: usize = 64;

/// How many refusals are reported in one text: whoever has fixed that many knows what is refused, and will see the rest
/// then.
const MAX_REFUSALS: usize = 100;

/// A text that is YAML.
#[derive(Debug)]
pub(super) struct ParsedTree {
    /// The places of everything.
    pub(super) tree: Tree,
    /// What YAML allows and the format doesn't, in the order of the text.
    pub(super) refusals: Vec<Refusal>,
}

/// Something that YAML allows and the format doesn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Where it is.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) kind: RefusalKind,
}

/// What the format refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusalKind {
    /// `*name`.
    Alias,
    /// `&name`.
    Anchor,
    /// `!name`.
    Tag,
    /// A list or a mapping as a key.
    Key,
    /// `#word` after an unquoted text: YAML drops it, which few writers intend.
    Comment,
    /// A second YAML document.
    Document,
}

/// Why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It isn't YAML: where the parser gave up, and what it reported.
    Syntax(usize, String),
    /// It is nested too deeply, from here on.
    TooDeep(usize),
}

/// Reads the part `yaml` of a file's text. All ranges in the result refer to the file.
pub(super) fn read(text: &str, yaml: Range<usize>) -> Result<ParsedTree, Failure> {
    let slice = &text[yaml.clone()];
    let mut builder = Builder {
        text,
        cursor: Cursor::new(slice, yaml.start),
        open: Vec::new(),
        root: None,
        refusals: Vec::new(),
    };
    for event in Parser::new_from_str(slice) {
        let (event, span) = event.map_err(|error| builder.syntax(&error))?;
        let span = builder.cursor.offset(span.start)..builder.cursor.offset(span.end);
        match event {
            Event::DocumentStart(_) if builder.root.is_some() => {
                builder.refuse(RefusalKind::Document, span);
                break;
            }
            Event::StreamEnd => break,
            event => builder.event(event, span)?,
        }
    }
    let end = yaml.end;
    Ok(ParsedTree {
        tree: builder.root.unwrap_or(Tree {
            span: end..end,
            node: Node::Null,
        }),
        refusals: builder.refusals,
    })
}

/// A list or mapping that isn't closed yet.
struct Open {
    start: usize,
    /// Whether it is written with brackets or braces, and so ends with one.
    is_flow: bool,
    content: Content,
}

enum Content {
    List(Vec<Tree>),
    /// The entries, and the key that is waiting for its value.
    Map(Vec<Entry>, Option<(String, Range<usize>)>),
}

struct Builder<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    open: Vec<Open>,
    root: Option<Tree>,
    refusals: Vec<Refusal>,
}

impl Builder<'_> {
    fn syntax(&mut self, error: &ScanError) -> Failure {
        let at = self.cursor.offset(*error.marker());
        if error.info() == "recursion limit exceeded" {
            return Failure::TooDeep(at);
        }
        Failure::Syntax(at, error.info().to_owned())
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Failure> {
        match event {
            Event::Alias(_) => {
                self.refuse(RefusalKind::Alias, span.clone());
                let node = Node::Refused;
                self.put(Tree { span, node });
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.properties(anchor, tag.as_deref(), span.start);
                let tree = self.scalar(value.into_owned(), style, span);
                self.put(tree);
            }
            Event::SequenceStart(anchor, tag) => {
                self.properties(anchor, tag.as_deref(), span.start);
                let start = self.list_start(span.start);
                self.start(start, '[', Content::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.properties(anchor, tag.as_deref(), span.start);
                self.start(span.start, '{', Content::Map(Vec::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span.start),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn refuse(&mut self, kind: RefusalKind, span: Range<usize>) {
        if self.refusals.len() < MAX_REFUSALS {
            self.refusals.push(Refusal { span, kind });
        }
    }

    /// Refuses an anchor or a tag in front of the node that starts at `start`.
    fn properties(&mut self, anchor: usize, tag: Option<&Tag>, start: usize) {
        if anchor == 0 && tag.is_none() {
            return;
        }
        let before = self.text[..start].trim_end();
        let word = before.len()
            - before
                .chars()
                .rev()
                .take_while(|c| !c.is_whitespace())
                .map(char::len_utf8)
                .sum::<usize>();
        let mark = before[word..].find(['&', '!']).map(|index| word + index);
        let kind = match mark.map(|mark| before.as_bytes()[mark]) {
            Some(b'&') => RefusalKind::Anchor,
            Some(_) => RefusalKind::Tag,
            None if anchor > 0 => RefusalKind::Anchor,
            None => RefusalKind::Tag,
        };
        let span = mark.map_or(start..start, |mark| mark..before.len());
        self.refuse(kind, span);
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, span: Range<usize>) -> Tree {
        let start = span.start;
        match style {
            ScalarStyle::Plain => {
                if !is_null(&value) {
                    let is_cut = self.hidden_comment(span.end);
                    let node = if is_cut {
                        Node::Refused
                    } else {
                        Node::Scalar(value)
                    };
                    return Tree { span, node };
                }
                // Where there is no text at all, the parser reports the place of what comes next.
                let is_written = is_null(&self.text[span.clone()]) && !span.is_empty();
                if !is_written {
                    let colon = usize::from(self.text[start..].starts_with(':'));
                    self.hidden_comment(start + colon);
                }
                let end = if is_written { span.end } else { start };
                Tree {
                    span: start..end,
                    node: Node::Null,
                }
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Tree {
                span: start..quote_end(self.text, start).min(span.end),
                node: Node::Scalar(value),
            },
            ScalarStyle::Literal | ScalarStyle::Folded => Tree {
                span: self.trimmed(span),
                node: Node::Scalar(value),
            },
        }
    }

    /// Refuses `#word` right after a plain scalar: `title: The #metoo years`. Returns whether there is one.
    fn hidden_comment(&mut self, end: usize) -> bool {
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        let mut chars = rest.chars();
        if chars.next() != Some('#') || !chars.next().is_some_and(char::is_alphanumeric) {
            return false;
        }
        let start = self.text.len() - rest.len();
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let span = self.trimmed(start..start + line);
        self.refuse(RefusalKind::Comment, span);
        true
    }

    /// Where a list starts: the parser reports lists that aren't indented after their first hyphen.
    fn list_start(&self, start: usize) -> usize {
        let is_value = matches!(
            self.open.last(),
            Some(Open {
                content: Content::Map(..),
                is_flow: false,
                ..
            })
        );
        let before = self.text[..start].trim_end_matches([' ', '\t']);
        if is_value && before.ends_with('-') {
            before.len() - 1
        } else {
            start
        }
    }

    fn start(&mut self, start: usize, bracket: char, content: Content) -> Result<(), Failure> {
        if self.open.len() == MAX_DEPTH {
            return Err(Failure::TooDeep(start));
        }
        let is_flow = self.text[start..].starts_with(bracket);
        self.open.push(Open {
            start,
            is_flow,
            content,
        });
        Ok(())
    }

    /// Closes the innermost list or mapping; `bracket` is where its closing bracket is, if it has one.
    fn end(&mut self, bracket: usize) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let (node, inner_end) = match open.content {
            Content::List(items) => {
                let end = items.last().map(|item| item.span.end);
                (Node::List(items), end)
            }
            Content::Map(entries, _) => {
                let end = entries.last().map(|e| e.value.span.end.max(e.key_span.end));
                (Node::Map(entries), end)
            }
        };
        let is_closed = open.is_flow && self.text[bracket..].starts_with([']', '}']);
        let end = if is_closed {
            bracket + 1
        } else {
            inner_end.unwrap_or(open.start)
        };
        let span = open.start..end.max(open.start);
        self.put(Tree { span, node });
    }

    fn put(&mut self, tree: Tree) {
        let mut refused_key = None;
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(tree),
            Some(Content::List(items)) => items.push(tree),
            Some(Content::Map(entries, waiting)) => match waiting.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: tree,
                }),
                None => {
                    let key = match tree.node {
                        Node::Scalar(key) => key,
                        Node::Null | Node::Refused => String::new(),
                        Node::List(_) | Node::Map(_) => {
                            refused_key = Some(tree.span.clone());
                            String::new()
                        }
                    };
                    *waiting = Some((key, tree.span));
                }
            },
        }
        if let Some(span) = refused_key {
            self.refuse(RefusalKind::Key, span);
        }
    }

    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        span.start..span.start + self.text[span].trim_end().len()
    }
}

fn is_null(plain: &str) -> bool {
    matches!(plain, "" | "~" | "null" | "Null" | "NULL")
}

/// The end of the quoted scalar that starts at `start`: after its closing quotation mark.
fn quote_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(start).copied();
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == Some(b'"') => at += 2,
            byte if Some(byte) == quote => {
                if byte == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return at + 1;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// Converts the parser's lines and columns (in characters) to offsets.
///
/// Remembers the last position, because marks come nearly in order and a line may be very long.
struct Cursor<'a> {
    text: &'a str,
    /// Where `text` starts in the file.
    base: usize,
    /// Where each line starts in `text`.
    lines: Vec<usize>,
    line: usize,
    column: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        let lines = std::iter::once(0)
            .chain(breaks.map(|(index, _)| index + 1))
            .collect();
        Self {
            text,
            base,
            lines,
            line: 0,
            column: 0,
            at: 0,
        }
    }

    fn offset(&mut self, mark: Marker) -> usize {
        let line = mark.line().saturating_sub(1);
        let Some(start) = self.lines.get(line) else {
            return self.base + self.text.len();
        };
        if line != self.line || mark.col() < self.column {
            (self.line, self.column, self.at) = (line, 0, *start);
        }
        let ahead = mark.col() - self.column;
        let rest = &self.text[self.at..];
        let length = rest
            .char_indices()
            .nth(ahead)
            .map_or(rest.len(), |(index, _)| index);
        self.column = mark.col();
        self.at += length;
        self.base + self.at
    }
}
