//! Explains errors in YAML syntax to a writer who has never heard of YAML.
//!
//! The parser says where it gave up; the line to change is often the one above. Each function here recognizes one
//! mistake, and ends with the corrected line.

mod keys;
mod values;

use std::ops::Range;

use super::lines::{Line, lines};
use super::tree::{Failure, Refusal, RefusalKind};
use super::yaml::Yaml;
use crate::diag::{Code, Diagnostic, Span};

/// The longest line, in bytes, that is written out corrected in a help text; a longer one would fill a terminal.
const MAX_PROPOSAL: usize = 400;

/// The fault that keeps a text from being YAML.
pub(super) fn explain(yaml: &Yaml<'_>, failure: &Failure) -> Diagnostic {
    match failure {
        Failure::Syntax(at, info) => Slip::new(yaml, *at, info).explain(),
        Failure::TooDeep(at) => {
            let message = "lists and mappings are nested too deeply here";
            fault(yaml, *at..*at, message).help("look for brackets or hyphens that were not meant")
        }
    }
}

/// The fault of a text that has only words and no fields.
pub(super) fn no_fields(yaml: &Yaml<'_>) -> Diagnostic {
    let span = yaml.first_line();
    let line = Line {
        start: span.start,
        text: &yaml.text[span],
    };
    Slip::new(yaml, line.start, "").no_key(&line)
}

/// The first character that YAML doesn't allow anywhere.
pub(super) fn control_character(yaml: &Yaml<'_>) -> Option<Diagnostic> {
    // The bytes that such a character is or begins with. Most texts contain none, and many bytes can be searched at
    // once.
    let may_begin = |byte: u8| {
        byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7f | 0xc2 | 0xef)
    };
    if !yaml.slice().bytes().any(may_begin) {
        return None;
    }
    let is_forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let (index, character) = yaml
        .slice()
        .char_indices()
        .find(|(_, c)| is_forbidden(*c) || matches!(c, '\u{fffe}' | '\u{ffff}'))?;
    let at = yaml.range.start + index;
    let message = format!(
        "the invisible character U+{:04X} isn't allowed in YAML",
        u32::from(character)
    );
    let span = at..at + character.len_utf8();
    let written = yaml.text[span.clone()].to_owned();
    let help = "remove the character; it usually comes with pasted text";
    Some(fault(yaml, span, message).help(help).fix(written, ""))
}

/// What YAML allows and the format doesn't.
pub(super) fn refused(yaml: &Yaml<'_>, refusal: &Refusal) -> Diagnostic {
    let Refusal { span, kind } = refusal;
    let written = &yaml.text[span.clone()];
    let line = line_at(yaml, span.start);
    let is_value = line.value_span().start == span.start;
    let is_short = line.text.len() <= MAX_PROPOSAL;
    let quotes = line.quoted_if(is_value && is_short);
    let quotes = quotes.map_or("put the text in quotation marks".to_owned(), |line| {
        format!("put the text in quotation marks: `{line}`")
    });
    let (message, help) = match kind {
        RefusalKind::Alias => (
            format!(
                "`{written}` at the start of a value is read as a YAML alias, which isn't supported"
            ),
            quotes + "; if an alias is meant, write the value out",
        ),
        RefusalKind::Anchor => (
            format!(
                "`{written}` at the start of a value is read as a YAML anchor, which isn't supported"
            ),
            quotes + "; if an anchor is meant, remove it",
        ),
        RefusalKind::Tag => (
            format!(
                "`{written}` at the start of a value is read as a YAML tag, which isn't supported"
            ),
            quotes + "; if a tag is meant, remove it",
        ),
        RefusalKind::Key => (
            "a list or a mapping can't be a key".to_owned(),
            "write a word in front of the colon, or put the value in quotation marks".to_owned(),
        ),
        RefusalKind::Comment => comment(&line, written),
        RefusalKind::Document => (
            "a second YAML document starts here, and only one is read".to_owned(),
            "remove the line above it (`---` or `...`), or what follows it".to_owned(),
        ),
    };
    fault(yaml, span.clone(), message).help(help)
}

/// The line that contains an offset.
fn line_at<'a>(yaml: &Yaml<'a>, at: usize) -> Line<'a> {
    let text: &'a str = &yaml.text[yaml.range.clone()];
    let at = at - yaml.range.start;
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |index| index + 1);
    let length = text[start..].find(['\n', '\r']);
    let end = length.map_or(text.len(), |length| start + length);
    Line {
        start: yaml.range.start + start,
        text: &text[start..end],
    }
}

fn comment(line: &Line<'_>, written: &str) -> (String, String) {
    let word = written.split_whitespace().next().unwrap_or(written);
    let message = format!("`{word}` after a space starts a comment, so this text is left out");
    let is_whole = line.key().is_some() || line.is_item();
    let is_short = line.text.len() <= MAX_PROPOSAL;
    let quotes = match line.quoted_if(is_whole && is_short) {
        Some(fixed) => format!("put the text in quotation marks: `{fixed}`"),
        None => "put the whole text in quotation marks".to_owned(),
    };
    let help = format!("{quotes}; if a comment is meant, put a space after `#`");
    (message, help)
}

fn fault(yaml: &Yaml<'_>, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::YamlSyntax, yaml.at(span), message)
}

/// The lines around the place where the parser gave up.
struct Slip<'a> {
    yaml: &'a Yaml<'a>,
    lines: Vec<Line<'a>>,
    /// The index of the line that contains `at`.
    index: usize,
    at: usize,
    info: &'a str,
}

impl<'a> Slip<'a> {
    fn new(yaml: &'a Yaml<'a>, at: usize, info: &'a str) -> Self {
        let lines = lines(yaml.text, yaml.range.clone());
        let after = lines.partition_point(|line| line.start <= at);
        Self {
            yaml,
            lines,
            index: after.saturating_sub(1),
            at,
            info,
        }
    }

    fn line(&self) -> Line<'a> {
        self.lines.get(self.index).copied().unwrap_or(Line {
            start: self.yaml.range.start,
            text: "",
        })
    }

    /// The character at an offset; `None` at the end.
    fn character(&self, at: usize) -> Option<char> {
        self.yaml.text[at..self.yaml.range.end].chars().next()
    }

    /// The name of the nearest field above the line `index`.
    fn owner(&self, index: usize) -> Option<&'a str> {
        self.lines[..index].iter().rev().find_map(Line::key)
    }

    /// The nearest line above `index` that isn't blank.
    fn above(&self, index: usize) -> Option<(usize, Line<'a>)> {
        let lines = self.lines.iter().copied().enumerate().take(index);
        lines.rev().find(|(_, line)| !line.is_blank())
    }

    fn fault(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        fault(self.yaml, span, message)
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }

    fn explain(&self) -> Diagnostic {
        let says = |words: &str| self.info.contains(words);
        if let Some(tabs) = self.tabs() {
            return tabs;
        }
        if says("mapping values are not allowed") {
            self.colon()
        } else if says("simple key expect") {
            self.unfinished_key()
        } else if says("did not find expected '-'") {
            self.no_hyphen()
        } else if says("trailing content after") {
            self.behind_quote()
        } else if says("escape") || says("hexadecimal") {
            self.escape()
        } else if says("invalid indentation in quoted") {
            self.quote_at_margin()
        } else if says("quoted scalar") {
            self.open_quote()
        } else if says("while scanning a block scalar, did not find") {
            self.block_header()
        } else if says("block sequence entries are not allowed") {
            self.list_behind_key()
        } else if says("<document start>") {
            self.indented_start()
        } else if let Some(open) = self.open_bracket() {
            open
        } else if says("did not find expected key") {
            self.misplaced()
        } else {
            self.reserved().unwrap_or_else(|| self.other())
        }
    }

    /// Tabs and no-break spaces used for indentation.
    fn tabs(&self) -> Option<Diagnostic> {
        let here = self.line().odd_indent();
        let mut below = self.lines.iter().skip(self.index + 1);
        let span = here.or_else(|| {
            let about_tabs = self.info.contains("tab");
            below.find_map(Line::odd_indent).filter(|_| about_tabs)
        })?;
        let is_tab = self.yaml.text[span.clone()].contains('\t');
        let name = if is_tab { "tab" } else { "no-break space" };
        let message = format!("a {name} indents this line, and only spaces can");
        let help = format!(
            "replace each {name} by two spaces, so that the line is level with its neighbors"
        );
        let written = &self.yaml.text[span.clone()];
        let spaces = written.replace(if is_tab { '\t' } else { '\u{a0}' }, "  ");
        Some(self.fault(span, message).help(help).fix(written, spaces))
    }

    /// Anything else: the parser's own words.
    fn other(&self) -> Diagnostic {
        let line = self.line();
        let at = self.at.min(self.yaml.range.end);
        let end = line.span().end.max(at);
        let message = format!("this can't be read as YAML: {}", self.info);
        self.fault(at..end, message)
            .help("put texts with colons, brackets or other marks in quotation marks, and indent fields that belong together by the same number of spaces")
    }
}
