//! Headings: levels, ids, and the words for the table of contents.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel, Tag};

use crate::diag::Code;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::ids::Ids;
use crate::document::markdown::pieces::Piece;
use crate::document::markdown::{MarkdownFault, Mode, escape, phrases};
use crate::project::{is_slug_letter, slugify};

/// The level below the page's title.
const FIRST_LEVEL: u8 = 2;

/// A heading without an id so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) level: u8,
    /// Its words, as HTML.
    pub(super) html: String,
    /// Its words, as text.
    text: String,
    /// The id that the writer chose, and its place.
    chosen: Option<(String, Range<usize>)>,
    /// Attributes other than the id, escaped, with a space before each.
    attributes: String,
    range: Range<usize>,
}

type Attributes<'a> = Vec<(CowStr<'a>, Option<CowStr<'a>>)>;

/// The headings so far.
#[derive(Debug, Default)]
pub(super) struct Headings {
    drafts: Vec<Draft>,
    /// The level of the last one; at first, that of the page's title.
    last_level: Option<u8>,
}

impl Headings {
    /// Starts a heading; `is_in_note` if it is part of a footnote.
    pub(super) fn start(
        &mut self,
        out: &mut HtmlWriter<'_>,
        tag: Tag<'_>,
        range: Range<usize>,
        is_in_note: bool,
    ) {
        let Tag::Heading {
            level,
            id,
            classes,
            attrs,
        } = tag
        else {
            return;
        };
        let range = trimmed(out.source(), range);
        out.leave_block();
        if out.mode() == Mode::Inline {
            return;
        }
        if let Some(place) = place_without_headings(out, is_in_note) {
            out.fault(
                Code::HeadingLevel,
                range,
                format!("{place} has no headings; expected plain paragraphs"),
            );
            return out.block("<p><strong>");
        }
        let level = self.level(out, level, range.clone());
        let chosen = id.and_then(|id| chosen_id(out, &id, range.clone()));
        let attributes = attributes(out, &classes, &attrs, range.clone());
        self.drafts.push(Draft {
            level,
            chosen,
            attributes,
            range,
            ..Draft::default()
        });
        out.capture();
        out.start_caption();
    }

    /// Ends it.
    pub(super) fn end(&mut self, out: &mut HtmlWriter<'_>, is_in_note: bool) {
        if out.mode() == Mode::Inline {
            return;
        }
        if place_without_headings(out, is_in_note).is_some() {
            return out.end_block("</strong></p>\n");
        }
        let content = out.captured();
        let caption = out.take_caption();
        out.leave_block();
        let index = self.drafts.len() - 1;
        let draft = &mut self.drafts[index];
        // Where a citation was left out, there are two spaces.
        let words: Vec<&str> = caption.html.split_whitespace().collect();
        draft.html = words.join(" ");
        draft.text = caption.text;
        let (level, attributes) = (draft.level, std::mem::take(&mut draft.attributes));
        if content.is_empty() {
            let range = self.drafts.pop().unwrap_or_default().range;
            return out.fault(
                Code::HeadingLevel,
                range,
                "a heading without words is left out; expected some after it",
            );
        }
        out.start_line();
        out.html().push_str(&format!("<h{level} id=\""));
        out.gap(Piece::HeadingId(index));
        out.html().push_str(&format!("\"{attributes}>"));
        out.append(content);
        out.html().push_str(" <a class=\"anchor\" href=\"#");
        out.gap(Piece::HeadingId(index));
        out.html().push_str(&format!(
            "\" aria-label=\"{}\">#</a></h{level}>\n",
            phrases::ANCHOR
        ));
    }

    /// The level to write, which is never that of the page's title.
    fn level(&mut self, out: &mut HtmlWriter<'_>, level: HeadingLevel, range: Range<usize>) -> u8 {
        let level = level as u8;
        let expected = self.last_level.unwrap_or(FIRST_LEVEL - 1) + 1;
        if level < FIRST_LEVEL {
            out.fault(
                Code::HeadingLevel,
                range,
                "the page's title is already its first-level heading; expected `##` instead of `#`",
            );
        } else if level > expected {
            let (found, expected) = (hashes(level), hashes(expected));
            out.fault(
                Code::HeadingLevel,
                range,
                format!("a heading skips a level; expected `{expected}` or fewer, not `{found}`"),
            );
        }
        let level = level.max(FIRST_LEVEL);
        self.last_level = Some(level);
        level
    }
}

fn chosen_id(
    out: &mut HtmlWriter<'_>,
    id: &str,
    range: Range<usize>,
) -> Option<(String, Range<usize>)> {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || is_slug_letter(c);
    let is_slug =
        id.starts_with(is_letter) && id.chars().all(|c| is_letter(c) || matches!(c, '-' | '_'));
    let range = out.address_range(range, id);
    if is_slug {
        return Some((id.to_owned(), range));
    }
    out.fault(
        Code::BadId,
        range,
        format!("`{id}` isn't an id; expected lowercase letters, digits, `-` and `_`, as in `{{#what-happened}}`"),
    );
    None
}

fn attributes(
    out: &mut HtmlWriter<'_>,
    classes: &[CowStr<'_>],
    attributes: &Attributes<'_>,
    range: Range<usize>,
) -> String {
    let mut html = String::new();
    if classes.is_empty() && attributes.is_empty() {
        return html;
    }
    if !out.unsafe_html() {
        out.fault(
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

/// The part of the text that contains the heading, if headings there don't belong to the page's outline.
fn place_without_headings(out: &HtmlWriter<'_>, is_in_note: bool) -> Option<&'static str> {
    match out.mode() {
        Mode::Fragment => Some("a record's text"),
        _ if is_in_note => Some("a footnote"),
        Mode::Page | Mode::Inline => None,
    }
}

/// The headings, with the ids that writers chose. The first heading that wants an id gets it.
pub(super) fn with_chosen_ids(
    headings: Headings,
    ids: &mut Ids,
    faults: &mut Vec<MarkdownFault>,
) -> Vec<Draft> {
    let mut drafts = headings.drafts;
    for heading in &mut drafts {
        let Some((id, range)) = heading.chosen.take_if(|(id, _)| !ids.take(id)) else {
            continue;
        };
        faults.push((
            Code::DuplicateId,
            crate::diag::Span::new(range.start, range.end),
            format!("the id `{id}` is in use on this page; expected another one"),
        ));
    }
    drafts
}

/// The id of a heading, after [`with_chosen_ids`].
pub(super) fn id(heading: &Draft, ids: &mut Ids) -> String {
    if let Some((chosen, _)) = &heading.chosen {
        return chosen.clone();
    }
    let slug = slugify(&heading.text);
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
