//! Mistakes around values: quotation marks, brackets, characters reserved by YAML.

use super::Slip;
use crate::diag::Diagnostic;
use crate::document::lines::{Line, quoted};
use crate::document::schema::Shape;

impl Slip<'_> {
    /// Text after a closing quotation mark.
    pub(super) fn behind_quote(&self) -> Diagnostic {
        let line = self.line();
        let end = line.span().end.max(self.at);
        let value = line.value_span();
        let message = "the quotation marks are closed, and more text follows";
        let fault = self.fault(self.at..end, message);
        let is_whole =
            value.start < self.at && self.yaml.text[value.start..].starts_with(['"', '\'']);
        match line.quoted().filter(|_| is_whole) {
            Some(fixed) => fault.help(format!("write `{fixed}`")).fix_at(
                self.place(line.span()),
                line.content(),
                fixed,
            ),
            None => fault.help("put the whole text in the other kind of quotation marks"),
        }
    }

    pub(super) fn escape(&self) -> Diagnostic {
        let rest = &self.yaml.text[self.at..self.yaml.range.end];
        let known = |c: char| "0abtnvfre \"/\\N_LPxuU\t\n\r".contains(c);
        let mut at = 0;
        let mut last = None;
        while let Some(index) = rest[at..].find('\\').map(|index| at + index) {
            let next = rest[index + 1..].chars().next();
            let length = 1 + next.map_or(0, char::len_utf8);
            last = Some(index..index + length);
            if next.is_none_or(|c| !known(c))
                || !self.info.contains("unknown") && "xuU".contains(next.unwrap_or('x'))
            {
                break;
            }
            at = index + length;
        }
        let span = last.unwrap_or(0..1);
        let span = self.at + span.start..self.at + span.end;
        let written = &self.yaml.text[span.clone()];
        let message =
            format!("`{written}` between double quotation marks isn't a character that YAML knows");
        self.fault(span, message).help(format!(
            "write `\\{written}` for a backslash, or use single quotation marks (`'`)"
        ))
    }

    /// A quotation mark that is never closed.
    pub(super) fn open_quote(&self) -> Diagnostic {
        let line = self.line();
        let mark = self.character(self.at).unwrap_or_default();
        let message = format!("the quotation mark {} is never closed", show(mark));
        let help = format!("put {} at the end of the text", show(mark));
        let fault = self.fault(self.at..line.span().end.max(self.at + 1), message);
        match line.quoted().filter(|_| line.value_span().start == self.at) {
            Some(fixed) => fault.help(format!(
                "{help}; if the mark belongs to the text, write `{fixed}`"
            )),
            None => fault.help(help),
        }
    }

    /// A quoted text that continues without indentation, where the next field would start.
    pub(super) fn quote_at_margin(&self) -> Diagnostic {
        let owner = self.line();
        let name = owner.key().unwrap_or("the field");
        let indent = owner.parts().lead;
        let mut below = self.lines.iter().skip(self.index + 1);
        let Some(line) = below.find(|line| !line.text.is_empty() && line.indent() <= indent) else {
            return self.open_quote();
        };
        let message = format!("the quoted text of `{name}` goes on here, and isn't indented");
        let help = format!(
            "put two spaces in front of each line of it down to the closing {}, so that it is below `{name}`",
            show(self.character(self.at).unwrap_or('"'))
        );
        let place = self.yaml.at(self.at..owner.span().end.max(self.at + 1));
        self.fault(line.start..line.start + line.text.trim_end().len(), message)
            .related(place, "the text starts here")
            .help(help)
    }

    /// Text after `|` or `>`.
    pub(super) fn block_header(&self) -> Diagnostic {
        let line = self.line();
        let mark = self.character(self.at).unwrap_or_default();
        let message = format!("text can't stand on the same line as `{mark}`");
        let fault = self.fault(self.at..line.span().end, message);
        let next = "put it on the next line, indented by two more spaces";
        match line.quoted() {
            Some(fixed) => fault.help(format!(
                "{next}; if `{mark}` belongs to the text, write `{fixed}`"
            )),
            None => fault.help(next),
        }
    }

    pub(super) fn list_behind_key(&self) -> Diagnostic {
        let line = self.line();
        let name = line.key().unwrap_or_default();
        let message = format!("a list can't start on the line of its key `{name}`");
        let fixed = line.quoted().unwrap_or_default();
        let help = format!(
            "put the hyphen on the next line, indented by two more spaces; if it belongs to the text, write `{fixed}`"
        );
        self.fault(self.at..line.span().end.max(self.at), message)
            .help(help)
    }

    /// A bracket or brace that is never closed.
    pub(super) fn open_bracket(&self) -> Option<Diagnostic> {
        let is_flow = [
            "flow",
            "illegal placement",
            "block\"",
            "valid inside a block",
        ];
        if !is_flow.iter().any(|words| self.info.contains(words)) {
            return None;
        }
        let (at, bracket) = unclosed(&self.yaml.text[self.yaml.range.start..self.at])?;
        let at = self.yaml.range.start + at;
        let (closing, name) = if bracket == '[' {
            (']', "bracket")
        } else {
            ('}', "brace")
        };
        let lines_before = self.lines.partition_point(|line| line.start <= at);
        let line = self.lines[lines_before.saturating_sub(1)];
        let is_same_line = line.start == self.line().start;
        let next = self.yaml.text[self.at..].chars().next();
        if is_same_line && next.is_some_and(|c| !c.is_whitespace()) {
            let message = format!("expected a comma or `{closing}` here");
            let end = self.at + next.map_or(0, char::len_utf8);
            let place = self.yaml.at(at..at + 1);
            let help = format!(
                "put a comma between two items, and `{closing}` after the last; text with brackets, commas or colons in it needs quotation marks"
            );
            return Some(
                self.fault(self.at..end, message)
                    .related(place, format!("the {name} is opened here"))
                    .help(help),
            );
        }
        let message = format!("the {name} `{bracket}` is never closed");
        let fault = self.fault(at..line.span().end.max(at + 1), message);
        let help = format!("put `{closing}` after the last item");
        let is_text = line.value_span().start == at && self.takes_text(&line);
        Some(match line.quoted().filter(|_| is_text) {
            Some(fixed) => fault.help(format!(
                "{help}; if the {name} belongs to the text, write `{fixed}`"
            )),
            None => fault.help(help),
        })
    }

    /// Whether the field on a line takes only text.
    pub(super) fn takes_text(&self, line: &Line<'_>) -> bool {
        let key = line.key().unwrap_or_default();
        let groups = self.yaml.format.groups();
        let mut fields = groups.iter().filter_map(|group| group.field(key));
        fields.any(|field| matches!(field.shape, Shape::Scalar))
    }

    /// A value that starts with a character reserved by YAML.
    pub(super) fn reserved(&self) -> Option<Diagnostic> {
        let line = self.line();
        let value = line.value_span();
        let here = self.character(self.at);
        let written = &self.yaml.text[value.clone()];
        let is_inside = self.at > value.start && written.starts_with(['[', '{', '*', '&', '!']);
        if is_inside && matches!(here, Some(']' | '}')) {
            return Some(self.too_many());
        }
        let is_own = matches!(here, Some('%' | '@' | '`'));
        let starts_value = self.at == value.start || is_inside && !is_own;
        let at = if starts_value { value.start } else { self.at };
        let character = self.character(at)?;
        if !"%@`*&!,[]{}|>?-:#\"'".contains(character) {
            return None;
        }
        let name = show(character);
        let fault = self.fault(
            at..at + 1,
            format!("text can't start with {name} unless it is in quotation marks"),
        );
        Some(match line.quoted().filter(|_| starts_value) {
            Some(fixed) => fault.help(format!("write `{fixed}`")).fix_at(
                self.place(line.span()),
                line.content(),
                fixed,
            ),
            None => fault.help(format!(
                "put the text in quotation marks: `{}…`",
                quoted(&character.to_string()).trim_end_matches('"')
            )),
        })
    }

    /// A closing bracket or brace without an opening one.
    pub(super) fn too_many(&self) -> Diagnostic {
        let bracket = self.character(self.at).unwrap_or_default();
        let message = format!("`{bracket}` closes nothing: everything is closed already");
        self.fault(self.at..self.at + bracket.len_utf8(), message)
            .help(format!("remove this `{bracket}`"))
    }
}

/// The last bracket or brace that is still open at the end of a text, ignoring those in quotation marks.
fn unclosed(text: &str) -> Option<(usize, char)> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for (index, character) in text.char_indices() {
        let starts_value = " \t\n\r:,[{".contains(before);
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if starts_value => quote = Some(character),
            (None, '[' | '{') if starts_value => open.push((index, character)),
            (None, ']' | '}') => {
                open.pop();
            }
            (None, _) => {}
        }
        before = character;
    }
    open.pop()
}

/// A mark in a message: in backquotes, unless it is one.
fn show(mark: char) -> String {
    match mark {
        '`' => "a backquote".to_owned(),
        mark => format!("`{mark}`"),
    }
}
