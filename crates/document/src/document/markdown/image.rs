//! Pictures, and records embedded in prose.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diag::{Code, Span};
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::masked::Events;
use crate::document::markdown::reference::{Links, is_unknown};
use crate::document::markdown::{Mode, escape};
use crate::document::script;
use crate::document::{RawSegment, Target};

/// The title that marks a picture as decorative.
const DECORATIVE: &str = "decorative";

/// `![alt](address "title")`.
struct Image {
    address: String,
    title: String,
    alt: String,
    credit: String,
    range: Range<usize>,
}

/// Starts a paragraph, and reads all of it if it is a single picture or record.
pub(super) fn paragraph<'a>(out: &mut HtmlWriter<'a>, events: &mut Events<'a>) {
    let image = events.next_if(|(event, _)| match event {
        Event::Start(Tag::Image { link_type, .. }) => !is_unknown(*link_type),
        _ => false,
    });
    let Some((Event::Start(tag), range)) = image else {
        return out.block("<p>");
    };
    let mut image = read(out, tag, range, events);
    if let Some(end) = attributes(out, &mut image) {
        while events
            .next_if(|(_, range)| range.end <= end && !range.is_empty())
            .is_some()
        {}
    }
    let is_alone = events
        .next_if(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)))
        .is_some();
    if is_alone {
        out.leave_block();
        out.start_line();
        block_image(out, image);
    } else {
        out.block("<p>");
        write_image(out, &image);
    }
}

/// Reads an inline picture.
pub(super) fn inline<'a>(
    out: &mut HtmlWriter<'a>,
    links: &mut Links,
    tag: Tag<'a>,
    range: Range<usize>,
    events: &mut Events<'a>,
) {
    match tag {
        Tag::Image { link_type, .. } if is_unknown(link_type) => {
            links.citation(out, range, TagEnd::Image, events);
        }
        tag => {
            let image = read(out, tag, range, events);
            write_image(out, &image);
        }
    }
}

/// Reads the alternative text, up to the picture's end.
fn read<'a>(
    out: &mut HtmlWriter<'a>,
    tag: Tag<'a>,
    range: Range<usize>,
    events: &mut Events<'a>,
) -> Image {
    let (address, title) = match tag {
        Tag::Image {
            dest_url, title, ..
        } => (dest_url.into_string(), title.into_string()),
        _ => (String::new(), String::new()),
    };
    let mut alt = String::new();
    let mut depth = 0usize;
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. })
                if is_unknown(link_type) =>
            {
                depth += 1;
                out.fault(
                    Code::BadValue,
                    range,
                    "a citation can't be in a picture's alternative text; put it after the picture",
                );
            }
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => {
                let after = script::next_char(out.source(), range.end);
                if !script::joins(alt.chars().next_back(), after) {
                    alt.push(' ');
                }
            }
            _ => {}
        }
    }
    Image {
        address,
        title,
        alt: alt.trim().to_owned(),
        credit: String::new(),
        range,
    }
}

/// The names of attributes.
const ATTRIBUTES: [&str; 3] = ["caption", "credit", "license"];

/// Reads `{credit="Cy Falk" license="CC BY 4.0"}` right behind a picture, as in Pandoc, and says where it ends; `None` if
/// there is none.
fn attributes(out: &mut HtmlWriter<'_>, image: &mut Image) -> Option<usize> {
    let start = image.range.end;
    let source = out.source();
    let inside = source.get(start..)?.strip_prefix('{')?;
    let (inside, _) = inside.split_once('}')?;
    let mut at = start + 1;
    let mut rest = inside;
    let (mut credit, mut license) = (None, None);
    while let Some((key, behind)) = rest.split_once("=\"") {
        let (value, behind) = behind.split_once('"')?;
        let name = key.trim();
        match name {
            "caption" => image.title = value.to_owned(),
            "credit" => credit = Some(value),
            "license" => license = Some(value),
            _ => {
                let indent = key.len() - key.trim_start().len();
                let range = at + indent..at + indent + name.len();
                let message = format!(
                    "a picture has no attribute `{name}`; expected one of `{}`",
                    ATTRIBUTES.join("`, `")
                );
                out.fault(Code::BadValue, range, message);
            }
        }
        at += rest.len() - behind.len();
        rest = behind;
    }
    if !rest.trim().is_empty() {
        return None;
    }
    let parts: Vec<&str> = [credit, license].into_iter().flatten().collect();
    image.credit = parts.join(", ");
    Some(start + inside.len() + 2)
}

/// Writes a picture or a record in a paragraph of its own.
fn block_image(out: &mut HtmlWriter<'_>, image: Image) {
    match link::destination(&image.address, out.unsafe_html()) {
        Ok(Destination::Site(Target::Record(kind, id))) if out.mode() == Mode::Page => {
            let span = Span::new(image.range.start, image.range.end);
            out.segment(RawSegment::Embed(kind, id, span));
            out.html().push('\n');
        }
        Ok(Destination::Site(target @ Target::File { .. })) if has_caption(&image) => {
            out.html().push_str("<figure>\n");
            write_file(out, &image, target, "");
            let html = out.html();
            html.push_str("\n<figcaption>");
            let has_words = !image.title.is_empty() && image.title != DECORATIVE;
            if has_words {
                escape::push_text(html, &image.title);
            }
            if !image.credit.is_empty() {
                html.push_str(if has_words { " · " } else { "" });
                html.push_str("<span class=\"credit\">");
                escape::push_text(html, &image.credit);
                html.push_str("</span>");
            }
            html.push_str("</figcaption>\n</figure>\n");
        }
        _ => {
            out.html().push_str("<p>");
            write_image(out, &image);
            out.html().push_str("</p>\n");
        }
    }
}

/// Writes an inline picture. If it is refused, its alternative text remains.
fn write_image(out: &mut HtmlWriter<'_>, image: &Image) {
    let (code, message) = match link::destination(&image.address, out.unsafe_html()) {
        Ok(Destination::Site(target @ Target::File { .. })) => {
            return write_file(out, image, target, &image.title);
        }
        Ok(Destination::Elsewhere(address)) if out.unsafe_html() => {
            return write_foreign(out, image, &address);
        }
        Ok(Destination::Elsewhere(address)) => (
            Code::BadUrl,
            format!(
                "`{address}` is on another host, which would learn about every reader; copy the picture into `static/` \
                 and write its path"
            ),
        ),
        Ok(Destination::Site(Target::Record(..))) => (
            Code::BadValue,
            match out.mode() {
                Mode::Page => {
                    "an embedded record must be a paragraph of its own; leave an empty line before and after it"
                }
                Mode::Fragment | Mode::Inline => {
                    "a record can be embedded in a page's prose only; link to it, without `!`"
                }
            }
            .to_owned(),
        ),
        Ok(Destination::Site(Target::Fragment(_))) => (
            Code::BadUrl,
            format!(
                "`{}` is a place on the page; expected the path of a picture",
                image.address
            ),
        ),
        Err(message) => (Code::BadUrl, message),
    };
    let range = match code {
        Code::BadUrl => out.address_range(image.range.clone(), &image.address),
        _ => image.range.clone(),
    };
    out.fault(code, range, message);
    out.text(&image.alt);
}

/// Writes a picture from the project.
fn write_file(out: &mut HtmlWriter<'_>, image: &Image, target: Target, title: &str) {
    if image.alt.is_empty() && image.title != DECORATIVE {
        out.fault(
            Code::MissingAlt,
            image.range.clone(),
            format!(
                "a picture without alternative text; expected `![what it shows]({0})`, or `![]({0} \"{DECORATIVE}\")` \
                 if it says nothing",
                image.address
            ),
        );
    }
    let span = Span::new(image.range.start, image.range.end);
    out.html().push_str("<img src=\"");
    out.segment(RawSegment::Address(target, span));
    write_attributes(out, image, title);
}

/// Writes a picture from another host.
fn write_foreign(out: &mut HtmlWriter<'_>, image: &Image, address: &str) {
    let html = out.html();
    html.push_str("<img src=\"");
    escape::push_address(html, address);
    html.push_str("\" referrerpolicy=\"no-referrer");
    write_attributes(out, image, &image.title);
}

fn write_attributes(out: &mut HtmlWriter<'_>, image: &Image, title: &str) {
    let html = out.html();
    html.push_str("\" alt=\"");
    escape::push_attribute(html, &image.alt);
    if !title.is_empty() && title != DECORATIVE {
        html.push_str("\" title=\"");
        escape::push_attribute(html, title);
    }
    html.push_str("\" loading=\"lazy\" decoding=\"async\">");
    out.add_to_caption(&image.alt);
}

fn has_caption(image: &Image) -> bool {
    !image.credit.is_empty() || (!image.title.is_empty() && image.title != DECORATIVE)
}
