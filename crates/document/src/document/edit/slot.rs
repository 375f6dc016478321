//! Finds where and how a value is written.

use std::ops::Range;

use super::{EditFault, FieldPath, Front, Step};
use crate::document::locate::{Entry, Node, Tree};

/// The style of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotation marks.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|` or `>` with lines below it.
    Block {
        /// `|` or `>` with its digits and signs.
        header: Range<usize>,
        /// The position after any comment and the line break.
        lines: usize,
    },
}

/// A value in a text.
#[derive(Clone, Debug)]
pub(super) struct Slot<'t> {
    /// The value.
    pub(super) tree: &'t Tree,
    /// The position after the colon or hyphen before it, or its start if there is none.
    pub(super) from: usize,
    /// The column of its key or hyphen.
    pub(super) column: usize,
    /// Whether it is inside brackets or braces.
    pub(super) in_flow: bool,
}

/// The path to a value, with the value that contains it.
pub(super) struct Way<'t> {
    /// The value that contains the one at the end.
    pub(super) holder: Slot<'t>,
    /// The one at the end; `None` if only the value around it exists.
    pub(super) slot: Option<Slot<'t>>,
}

impl<'t> Front<'t> {
    /// The front matter as a whole.
    fn root(&'t self) -> Slot<'t> {
        Slot {
            tree: &self.tree,
            from: self.yaml.start,
            column: 0,
            in_flow: false,
        }
    }

    /// The value at a path.
    pub(super) fn slot(&'t self, path: &FieldPath) -> Result<Slot<'t>, EditFault> {
        if path.0.is_empty() {
            Ok(self.root())
        } else {
            self.way(path)?.slot.ok_or(EditFault::NotThere)
        }
    }

    /// The way to the value at a path, whose last step may not exist.
    pub(super) fn way(&'t self, path: &FieldPath) -> Result<Way<'t>, EditFault> {
        let mut holder = self.root();
        let (last, above) = path.0.split_last().ok_or(EditFault::NotThere)?;
        for step in above {
            holder = self.step(&holder, step)?.ok_or(EditFault::NotThere)?;
        }
        let slot = self.step(&holder, last)?;
        Ok(Way { holder, slot })
    }

    fn step(&'t self, holder: &Slot<'t>, step: &Step) -> Result<Option<Slot<'t>>, EditFault> {
        let in_flow = holder.in_flow || self.is_flow(holder.tree);
        match (step, &holder.tree.node) {
            (Step::Key(name), Node::Map(entries)) => {
                let Some(entry) = entries.iter().find(|entry| entry.key == *name) else {
                    return Ok(None);
                };
                Ok(Some(Slot {
                    tree: &entry.value,
                    from: self.behind_colon(entry)?,
                    column: self.column(entry.key_span.start),
                    in_flow,
                }))
            }
            (Step::Item(index), Node::List(items)) => {
                let Some(item) = items.get(*index) else {
                    return Ok(None);
                };
                let hyphen = if in_flow {
                    None
                } else {
                    Some(self.hyphen(item)?)
                };
                Ok(Some(Slot {
                    tree: item,
                    from: hyphen.map_or(item.span.start, |hyphen| hyphen + 1),
                    column: self.column(hyphen.unwrap_or(item.span.start)),
                    in_flow,
                }))
            }
            (Step::Key(_) | Step::Item(_), _) => Ok(None),
        }
    }

    /// Whether a list or mapping is written with brackets or braces.
    pub(super) fn is_flow(&self, tree: &Tree) -> bool {
        matches!(tree.node, Node::List(_) | Node::Map(_))
            && self.text[tree.span.start..].starts_with(['[', '{'])
    }

    /// The position after a key's colon.
    pub(super) fn behind_colon(&self, entry: &Entry) -> Result<usize, EditFault> {
        let rest = &self.text[entry.key_span.end..self.yaml.end];
        let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[colon..].starts_with(':') {
            Ok(entry.key_span.end + colon + 1)
        } else {
            Err(EditFault::NotPlain)
        }
    }

    /// The hyphen of an item.
    pub(super) fn hyphen(&self, item: &Tree) -> Result<usize, EditFault> {
        let start = item.span.start;
        let mut before = self.text[self.yaml.start..start].trim_end();
        // A text of several lines starts after its mark: `- >-`, and then the text.
        let is_below = self.text[self.yaml.start + before.len()..start].contains(['\n', '\r']);
        let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        if let (true, Some(mark)) = (is_below, before[line..].find(['|', '>'])) {
            before = before[..line + mark].trim_end();
        }
        if before.ends_with('-') {
            Ok(self.yaml.start + before.len() - 1)
        } else {
            Err(EditFault::NotPlain)
        }
    }

    /// The column of an offset, in bytes, where only spaces and hyphens precede it.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// The start of the line that contains an offset.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = &self.text[..at];
        before.rfind(['\n', '\r']).map_or(0, |index| index + 1)
    }

    /// The start of the next line.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        match rest.find(['\n', '\r']) {
            Some(index) if rest[index..].starts_with("\r\n") => at + index + 2,
            Some(index) => at + index + 1,
            None => self.text.len(),
        }
    }

    /// The style of a text.
    pub(super) fn style(&self, slot: &Slot<'_>) -> Style {
        let rest = &self.text[slot.from..self.yaml.end];
        let lead = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let start = slot.from + lead;
        if !slot.in_flow && self.text[start..].starts_with(['|', '>']) {
            let header = &self.text[start..self.yaml.end];
            let length = header.find([' ', '\t', '\n', '\r', '#']);
            return Style::Block {
                header: start..start + length.unwrap_or(header.len()),
                lines: self.line_end(start),
            };
        }
        match self.text.as_bytes().get(slot.tree.span.start) {
            Some(b'"') => Style::Double,
            Some(b'\'') => Style::Single,
            _ => Style::Plain,
        }
    }

    /// The byte range of the value itself; for a missing value, an empty range right after its colon.
    pub(super) fn extent(&self, slot: &Slot<'_>) -> Result<Range<usize>, EditFault> {
        if let Style::Block { header, lines } = self.style(slot) {
            return Ok(header.start..self.block_end(slot.column, &header, lines));
        }
        let span = &slot.tree.span;
        if span.is_empty() {
            return Ok(slot.from..slot.from);
        }
        if span.start < slot.from {
            return Err(EditFault::NotPlain);
        }
        Ok(span.start..self.value_end(slot)?)
    }

    /// The end of the last line of a text of several lines, without its line break.
    fn block_end(&self, column: usize, header: &Range<usize>, lines: usize) -> usize {
        let keeps = self.text[header.clone()].contains('+');
        let mut end = lines;
        let mut at = lines;
        while at < self.yaml.end {
            let next = self.line_end(at).min(self.yaml.end);
            let line = self.text[at..next].trim_end_matches(['\n', '\r']);
            let is_blank = line.trim_matches(' ').is_empty();
            let indent = line.len() - line.trim_start_matches(' ').len();
            // Without indentation, a line break may be the only sign of where the text ends.
            if !is_blank && indent <= column {
                break;
            }
            if !is_blank || keeps {
                end = next;
            }
            at = next;
        }
        let text = &self.text[header.start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        header.start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// The end of a value.
    pub(super) fn value_end(&self, slot: &Slot<'_>) -> Result<usize, EditFault> {
        if slot.in_flow || self.is_flow(slot.tree) {
            return Ok(slot.tree.span.end.max(slot.from));
        }
        match &slot.tree.node {
            Node::Map(entries) => match entries.last() {
                Some(last) => self.value_end(&Slot {
                    tree: &last.value,
                    from: self.behind_colon(last)?,
                    column: self.column(last.key_span.start),
                    in_flow: false,
                }),
                None => Ok(slot.from),
            },
            Node::List(items) => match items.last() {
                Some(last) => {
                    let hyphen = self.hyphen(last)?;
                    self.value_end(&Slot {
                        tree: last,
                        from: hyphen + 1,
                        column: self.column(hyphen),
                        in_flow: false,
                    })
                }
                None => Ok(slot.from),
            },
            Node::Null | Node::Scalar(_) | Node::Refused => match self.style(slot) {
                Style::Block { header, lines } => Ok(self.block_end(slot.column, &header, lines)),
                _ if slot.tree.span.is_empty() => Ok(slot.from),
                _ => Ok(slot.tree.span.end.max(slot.from)),
            },
        }
    }

    /// The lines of an item of a list with hyphens.
    pub(super) fn item_lines(&self, slot: &Slot<'_>) -> Result<Range<usize>, EditFault> {
        let hyphen = slot.from.saturating_sub(1);
        let start = self.line_start(hyphen);
        if !self.text[start..hyphen].bytes().all(|byte| byte == b' ') {
            return Err(EditFault::NotPlain);
        }
        Ok(start..self.line_end(self.value_end(slot)?))
    }

    /// The start of a comment directly above a line with the same indentation.
    pub(super) fn comment_above(&self, line: usize, column: usize) -> usize {
        let mut start = line;
        while start > self.yaml.start {
            let end = start - 1;
            let end = if self.text[..start].ends_with("\r\n") {
                end - 1
            } else {
                end
            };
            let above = self.line_start(end);
            let words = &self.text[above..end];
            let indent = words.len() - words.trim_start_matches(' ').len();
            if indent != column || !words[indent..].starts_with('#') || above < self.yaml.start {
                break;
            }
            start = above;
        }
        start
    }

    /// Whether a part of the text may contain a comment.
    pub(super) fn has_comment(&self, range: Range<usize>) -> bool {
        let part = &self.text[range];
        let mut marks = part.match_indices('#');
        marks.any(|(at, _)| part[..at].ends_with([' ', '\t', '\n', '\r']) || at == 0)
    }
}
