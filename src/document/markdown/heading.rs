//! Headings: levels, ids, and the words for the table of contents.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel, Tag};

use crate::diag::Code;
use crate::document::markdown::ids::Ids;
use crate::document::markdown::pieces::Piece;
use crate::document::markdown::writer::{Caption, Mode, Writer};
use crate::document::markdown::{MarkdownFault, escape, phrases};

/// The level below the page's title.
const FIRST_LEVEL: u8 = 2;

/// A heading that has no id yet.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) level: u8,
    /// Its words, as HTML.
    pub(super) html: String,
    /// Its words, as text.
    text: String,
    /// The id that the writer chose, and where.
    chosen: Option<(String, Range<usize>)>,
    /// Attributes beside the id, escaped, with a space before each.
    attributes: String,
    range: Range<usize>,
}

type Attributes<'a> = Vec<(CowStr<'a>, Option<CowStr<'a>>)>;

impl<'a> Writer<'a> {
    pub(super) fn start_heading(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let Tag::Heading {
            level,
            id,
            classes,
            attrs,
        } = tag
        else {
            return;
        };
        let range = trimmed(self.source, range);
        self.leave_block();
        if self.mode == Mode::Inline {
            return;
        }
        if let Some(place) = self.place_without_headings() {
            self.fault(
                Code::HeadingLevel,
                range,
                format!("{place} has no headings; expected plain paragraphs"),
            );
            return self.block("<p><strong>");
        }
        let level = self.heading_level(level, range.clone());
        let chosen = id.and_then(|id| self.chosen_id(&id, range.clone()));
        let attributes = self.heading_attributes(&classes, &attrs, range.clone());
        self.headings.push(Draft {
            level,
            chosen,
            attributes,
            range,
            ..Draft::default()
        });
        self.capture();
        self.caption = Some(Caption::default());
    }

    pub(super) fn end_heading(&mut self) {
        if self.mode == Mode::Inline {
            return;
        }
        if self.place_without_headings().is_some() {
            return self.end_block("</strong></p>\n");
        }
        let content = self.captured();
        let caption = self.caption.take().unwrap_or_default();
        self.leave_block();
        let index = self.headings.len() - 1;
        let draft = &mut self.headings[index];
        // Where a citation was left out, two spaces meet.
        let words: Vec<&str> = caption.html.split_whitespace().collect();
        draft.html = words.join(" ");
        draft.text = caption.text;
        let (level, attributes) = (draft.level, std::mem::take(&mut draft.attributes));
        if content.is_empty() {
            let range = self.headings.pop().unwrap_or_default().range;
            return self.fault(
                Code::HeadingLevel,
                range,
                "a heading without words is left out; expected some after it",
            );
        }
        self.output().start_line();
        self.output().html().push_str(&format!("<h{level} id=\""));
        self.gap(Piece::HeadingId(index));
        self.output().html().push_str(&format!("\"{attributes}>"));
        self.output().append(content);
        self.output()
            .html()
            .push_str(" <a class=\"anchor\" href=\"#");
        self.gap(Piece::HeadingId(index));
        self.output().html().push_str(&format!(
            "\" aria-label=\"{}\">#</a></h{level}>\n",
            phrases::ANCHOR
        ));
    }

    /// What this is part of, if that is no part of a page's outline.
    fn place_without_headings(&self) -> Option<&'static str> {
        match self.mode {
            Mode::Fragment => Some("a record's text"),
            _ if self.notes.is_open() => Some("a footnote"),
            Mode::Page | Mode::Inline => None,
        }
    }

    /// The level to write: never that of the page's title.
    fn heading_level(&mut self, level: HeadingLevel, range: Range<usize>) -> u8 {
        let level = level as u8;
        let expected = self.last_level + 1;
        if level < FIRST_LEVEL {
            self.fault(
                Code::HeadingLevel,
                range,
                "the page's title is its first-level heading already; expected `##` instead of `#`",
            );
        } else if level > expected {
            let (found, expected) = (hashes(level), hashes(expected));
            self.fault(
                Code::HeadingLevel,
                range,
                format!("a heading skips a level; expected `{expected}` or fewer, not `{found}`"),
            );
        }
        self.last_level = level.max(FIRST_LEVEL);
        self.last_level
    }

    fn chosen_id(&mut self, id: &str, range: Range<usize>) -> Option<(String, Range<usize>)> {
        let is_slug = id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        let range = self.address_range(range, id);
        if is_slug {
            return Some((id.to_owned(), range));
        }
        self.fault(
            Code::BadId,
            range,
            format!("`{id}` is no id; expected small letters, digits, `-` and `_`, as in `{{#what-happened}}`"),
        );
        None
    }

    fn heading_attributes(
        &mut self,
        classes: &[CowStr<'_>],
        attributes: &Attributes<'_>,
        range: Range<usize>,
    ) -> String {
        let mut html = String::new();
        if classes.is_empty() && attributes.is_empty() {
            return html;
        }
        if !self.unsafe_html {
            self.fault(
                Code::RawHtml,
                range,
                "the words in braces are read as attributes of the heading and left out; expected an id alone, \
                 as in `{#what-happened}`, or `\\{` for a plain brace",
            );
            return html;
        }
        if !classes.is_empty() {
            html.push_str(" class=\"");
            escape::push_attribute(&mut html, &classes.join(" "));
            html.push('"');
        }
        let mut names = vec!["id", "class"];
        for (name, value) in attributes {
            if is_attribute_name(name) && !names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                names.push(name);
                html.push_str(&format!(" {name}=\""));
                escape::push_attribute(&mut html, value.as_deref().unwrap_or_default());
                html.push('"');
            }
        }
        html
    }
}

/// Gives the ids that writers chose. The first who asks for one gets it.
pub(super) fn take_chosen_ids(
    headings: &mut [Draft],
    ids: &mut Ids,
    faults: &mut Vec<MarkdownFault>,
) {
    for heading in headings {
        let Some((id, range)) = heading.chosen.take_if(|(id, _)| !ids.take(id)) else {
            continue;
        };
        faults.push((
            Code::DuplicateId,
            crate::diag::Span::new(range.start, range.end),
            format!("the id `{id}` is in use on this page; expected another one"),
        ));
    }
}

/// The id of a heading, after [`take_chosen_ids`].
pub(super) fn id(heading: &Draft, ids: &mut Ids) -> String {
    if let Some((chosen, _)) = &heading.chosen {
        return chosen.clone();
    }
    let slug = crate::project::slugify(&heading.text);
    ids.claim(if slug.is_empty() { "section" } else { &slug })
}

fn hashes(level: u8) -> String {
    "#".repeat(usize::from(level))
}

fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

/// The range without the line break at its end.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + source[range.clone()].trim_end().len();
    range.start..end
}
