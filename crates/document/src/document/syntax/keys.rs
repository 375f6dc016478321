//! Mistakes around keys: colons, hyphens, indentation.

use super::Slip;
use crate::diag::Diagnostic;
use crate::document::lines::Line;
use crate::document::yaml::Format;

impl Slip<'_> {
    /// A colon where no key can be.
    pub(super) fn colon(&self) -> Diagnostic {
        let line = self.line();
        let key = line.key().unwrap_or_default();
        let key_end = line.start + line.parts().key.map_or(0, |key| key.end);
        if self.at > key_end {
            let message = format!(
                "a colon with a space inside the value of `{key}` needs quotation marks around the value"
            );
            let fixed = line.quoted().unwrap_or_default();
            return self
                .fault(self.at..self.at + 1, message)
                .label("this colon would start another key")
                .help(format!("write `{fixed}`"))
                .fix_at(self.place(line.span()), line.content(), fixed);
        }
        let Some((above_index, above)) = self.above(self.index) else {
            return self.other();
        };
        match above.key() {
            None if !above.is_item() && !self.continues(above_index) => self.no_key(&above),
            None if above
                .with_space(|word| self.yaml.format.has_key(word))
                .is_some() =>
            {
                self.no_key(&above)
            }
            Some(_) if self.yaml.format.has_key(key) => self.too_far(&line, &above),
            Some(_) | None => self.long_text(&line, above_index),
        }
    }

    /// Whether a line continues the text of a field further up.
    pub(super) fn continues(&self, index: usize) -> bool {
        let indent = self.lines[index].indent();
        let mut above = self.lines[..index].iter().rev();
        above.any(|line| line.key().is_some() && line.indent() < indent)
    }

    /// A field that is indented more than the one above, so that it seems to continue its text.
    pub(super) fn too_far(&self, line: &Line<'_>, above: &Line<'_>) -> Diagnostic {
        let key = line.key().unwrap_or_default();
        let name = above.key().unwrap_or_default();
        let lead = above.parts().lead;
        let message = format!("`{key}` is indented further than `{name}` above it");
        let help = format!("put {} in front of `{key}`, as for `{name}`", spaces(lead));
        self.fault(line.span(), message).help(help)
    }

    /// A text over several lines that contains a colon.
    pub(super) fn long_text(&self, line: &Line<'_>, above_index: usize) -> Diagnostic {
        let indent = line.indent();
        let mut above = self.lines[..=above_index].iter().rev();
        let owner = above.find(|line| line.key().is_some() && line.indent() < indent);
        let name = owner.and_then(Line::key).unwrap_or("text");
        let message = format!(
            "the text of `{name}` goes on here, and a colon with a space in it would start a key"
        );
        let help = format!(
            "write `{name}: >-`, and put the whole text on the lines below it, indented by two more spaces"
        );
        self.fault(self.at..self.at + 1, message).help(help)
    }

    /// A line that should be `key: value` but isn't.
    pub(super) fn no_key(&self, line: &Line<'_>) -> Diagnostic {
        let is_key = |word: &str| self.yaml.format.has_key(word);
        if let Some(fixed) = line.with_space(is_key) {
            // Word processors and web pages have spaces that only look like ordinary ones.
            let message = match line.content().split_once(':') {
                Some((_, value)) if value.starts_with(char::is_whitespace) => {
                    "the space after the colon is a hard one (U+00A0 or the like), which YAML doesn't take for a space"
                }
                _ => "a space is missing after the colon",
            };
            return self
                .fault(line.span(), message)
                .help(format!("write `{fixed}`"))
                .fix(line.content(), fixed);
        }
        if let Some(fixed) = line.with_colon(is_key) {
            let message = "a colon is missing after the name of the field";
            return self
                .fault(line.span(), message)
                .help(format!("write `{fixed}`"))
                .fix(line.content(), fixed);
        }
        let message = "this line should be a field, `key: value`";
        let help = match self.yaml.format {
            Format::Page => {
                "write the name of a field and a colon in front; if it is text for readers, move it below the second `---`"
            }
            Format::Site => "write the name of a field and a colon in front",
        };
        self.fault(line.span(), message).help(help)
    }

    /// Text in place of a key, noticed only on the next line.
    pub(super) fn unfinished_key(&self) -> Diagnostic {
        let end = if self.at >= self.yaml.range.end {
            self.lines.len()
        } else {
            self.index
        };
        let Some((index, line)) = self.above(end) else {
            return self.other();
        };
        let is_key = |word: &str| self.yaml.format.has_key(word);
        if line.with_space(is_key).is_some() || line.with_colon(is_key).is_some() {
            return self.no_key(&line);
        }
        let Some((_, above)) = self.above(index) else {
            return self.no_key(&line);
        };
        if above.is_item() && above.indent() == line.indent() {
            let text = line.text.trim();
            let message = "a hyphen is missing in front of this item";
            let help = format!(
                "write `- {text}`; if it goes on with the item above, put {} in front",
                spaces(above.parts().lead)
            );
            return self.fault(line.span(), message).help(help);
        }
        let name = self.owner(index).unwrap_or("the field");
        let message = "this line should be a field, `key: value`";
        let help = format!(
            "if it goes on with `{name}` above, indent it by two more spaces than `{name}`"
        );
        self.fault(line.span(), message).help(help)
    }

    /// A field or item in the middle of a list.
    pub(super) fn no_hyphen(&self) -> Diagnostic {
        let line = self.line();
        let indent = line.indent();
        let mut above = self.lines[..self.index].iter().rev();
        let Some(item) = above.find(|above| above.is_item() && above.indent() <= indent) else {
            return self.other();
        };
        let lead = item.parts().lead;
        let text = line.text.trim();
        let key = line.key();
        if item.key().is_none() || key.is_none() {
            let message = "a hyphen is missing in front of this item";
            return self
                .fault(line.span(), message)
                .help(format!("write `- {text}`"));
        }
        let key = key.unwrap_or_default();
        let name = item.key().unwrap_or_default();
        let message = format!("`{key}` is neither in the item above it nor in a new one");
        let inside = format!(
            "put {} in front of `{key}` to make it a field of the item above, as `{name}`",
            spaces(lead)
        );
        let help = if indent == item.indent() {
            format!("{inside}; to start a new item, write `- {text}`")
        } else {
            inside
        };
        self.fault(line.span(), message).help(help)
    }

    /// The first field is indented, but another one isn't.
    pub(super) fn indented_start(&self) -> Diagnostic {
        let first = self
            .lines
            .iter()
            .find(|line| !line.is_blank() && line.indent() > 0);
        let Some(first) = first.filter(|first| first.start < self.at) else {
            return self.reserved().unwrap_or_else(|| self.other());
        };
        let name = first.key().unwrap_or("the first field");
        let message = format!("`{name}` is indented, and the fields below it aren't");
        self.fault(first.span(), message)
            .help(format!("remove the spaces in front of `{name}`"))
    }

    /// Something in place of a key.
    pub(super) fn misplaced(&self) -> Diagnostic {
        let line = self.line();
        let value = line.value_span();
        if line.key().is_some() && self.at > value.start {
            if let Some(reserved) = self.reserved() {
                return reserved;
            }
            let fixed = line.quoted().unwrap_or_default();
            let message = "the value ends here, and more text follows";
            return self
                .fault(self.at..line.span().end.max(self.at), message)
                .help(format!("put the whole value in quotation marks: `{fixed}`"));
        }
        if line.is_item() {
            let message = "there is an item of a list where a field should be";
            let help =
                "write the name of the list and a colon on a line above it, such as `key_points:`";
            return self.fault(line.span(), message).help(help);
        }
        let Some(key) = line.key() else {
            let name = self.owner(self.index).unwrap_or("the field");
            let above = self
                .above(self.index)
                .map_or(2, |(_, above)| above.indent());
            let message =
                format!("this line goes on with `{name}`, and isn't indented as it should be");
            let help = format!("put {} in front, as for the line above", spaces(above));
            return self.fault(line.span(), message).help(help);
        };
        let mut levels: Vec<(usize, &str)> = Vec::new();
        let mut least = usize::MAX;
        for above in self.lines[..self.index].iter().rev() {
            let Some(name) = above.key() else { continue };
            let lead = above.parts().lead;
            if lead < least {
                levels.push((lead, name));
                least = lead.min(above.indent());
            }
        }
        let fits: Vec<String> = levels
            .iter()
            .rev()
            .map(|(lead, name)| format!("{} as for `{name}`", spaces(*lead)))
            .collect();
        let message = format!("`{key}` is indented like none of the fields above it");
        self.fault(line.span(), message)
            .help(format!("put in front of it {}", fits.join(", or ")))
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    }
}
