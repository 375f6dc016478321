//! Pictures, and records embedded in prose.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diag::{Code, Span};
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::masked::Events;
use crate::document::markdown::reference::{Links, is_unknown};
use crate::document::markdown::{Mode, escape};
use crate::document::markdown::{gallery, recording};
use crate::document::script;
use crate::document::{RawSegment, Target};

/// The title that marks a picture as decorative.
const DECORATIVE: &str = "decorative";

/// `![alt](address "title"){credit="…"}`.
pub(super) struct Image {
    pub(super) address: String,
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) credit: String,
    /// What to call it in a comparison.
    pub(super) compare: String,
    /// The files of a recording: its words as one hears them, all of them as a text, and a picture to show before.
    pub(super) subtitles: String,
    pub(super) transcript: String,
    pub(super) poster: String,
    pub(super) range: Range<usize>,
}

/// Starts a paragraph, and reads all of it if it has nothing but pictures, or a single record.
pub(super) fn paragraph<'a>(out: &mut HtmlWriter<'a>, events: &mut Events<'a>) {
    let mut images: Vec<Image> = Vec::new();
    // What is between them, and behind the last.
    let mut gaps: Vec<String> = Vec::new();
    while gaps
        .last()
        .is_none_or(|gap| gap.trim().is_empty() || gap == BREAK)
        && let Some((Event::Start(tag), range)) = events.next_if(|(event, _)| is_image(event))
    {
        let mut image = read(out, tag, range, events);
        let behind = attributes(out, &mut image).map(|range| skip(out, events, range));
        images.push(image);
        let behind = behind.unwrap_or_default();
        let gap = match behind.trim() {
            "" => gap(events),
            _ => "",
        };
        gaps.push(match gap {
            "" => behind,
            gap => gap.to_owned(),
        });
    }
    let is_alone = !images.is_empty()
        && events
            .next_if(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)))
            .is_some();
    if is_alone && (images.len() == 1 || gallery::is_gallery(out, &images)) {
        out.leave_block();
        out.start_line();
        match <[Image; 1]>::try_from(images) {
            Ok([image]) => block_image(out, image),
            Err(images) => gallery::write(out, &images),
        }
        return;
    }
    out.block("<p>");
    for (image, gap) in images.iter().zip(gaps) {
        write_among_words(out, image);
        if !gap.trim().is_empty() && gap != BREAK {
            out.text(&gap);
        } else if !gap.is_empty() {
            out.line_break(&gap);
        }
    }
    if is_alone {
        out.end_block("</p>\n");
    }
}

fn is_image(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Image { link_type, .. }) if !is_unknown(*link_type))
}

/// A line break that the writer wants.
const BREAK: &str = "<br>\n";

/// Leaves out what the parser makes of attributes, up to their end, and returns the text behind them that came with it.
fn skip<'a>(out: &HtmlWriter<'a>, events: &mut Events<'a>, attributes: Range<usize>) -> String {
    let end = attributes.end;
    // The end of a link around the picture began before them.
    let is_inside = |(_, range): &(Event<'_>, Range<usize>)| attributes.contains(&range.start);
    let mut behind = "";
    while let Some((_, range)) = events.next_if(is_inside) {
        behind = out.source().get(end..range.end).unwrap_or_default();
    }
    behind.to_owned()
}

/// What is between a picture and the next, as HTML; empty if words follow at once.
fn gap(events: &mut Events<'_>) -> &'static str {
    let gap = events.next_if(|(event, _)| match event {
        Event::SoftBreak | Event::HardBreak => true,
        Event::Text(text) => text.trim().is_empty(),
        _ => false,
    });
    match gap {
        Some((Event::HardBreak, _)) => BREAK,
        Some((Event::SoftBreak, _)) => "\n",
        Some(_) => " ",
        None => "",
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
            let mut image = read(out, tag, range, events);
            let behind = attributes(out, &mut image).map(|range| skip(out, events, range));
            write_among_words(out, &image);
            out.text(&behind.unwrap_or_default());
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
        compare: String::new(),
        subtitles: String::new(),
        transcript: String::new(),
        poster: String::new(),
        range,
    }
}

/// The names of attributes.
const ATTRIBUTES: [&str; 7] = [
    "caption",
    "credit",
    "license",
    "compare",
    "subtitles",
    "transcript",
    "poster",
];

/// Reads `{credit="Cy Falk" license="CC BY 4.0"}` right behind a picture, as in Pandoc, and says where it is; `None` if
/// there is none.
fn attributes(out: &mut HtmlWriter<'_>, image: &mut Image) -> Option<Range<usize>> {
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
            "compare" => image.compare = value.trim().to_owned(),
            "subtitles" => image.subtitles = value.trim().to_owned(),
            "transcript" => image.transcript = value.trim().to_owned(),
            "poster" => image.poster = value.trim().to_owned(),
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
    image.range.end = start + inside.len() + 2;
    Some(start..image.range.end)
}

/// Writes a picture or a record in a paragraph of its own.
fn block_image(out: &mut HtmlWriter<'_>, image: Image) {
    let recording = recording::kind(&image.address);
    match link::destination(&image.address, out.unsafe_html()) {
        Ok(Destination::Site(Target::Record(kind, id))) if out.mode() == Mode::Page => {
            let span = Span::new(image.range.start, image.range.end);
            out.segment(RawSegment::Embed(kind, id, span));
            out.html().push('\n');
        }
        Ok(Destination::Site(target @ Target::File { .. }))
            if recording.is_some() || has_caption(&image) =>
        {
            match recording {
                Some(kind) => recording::write(out, &image, target, kind),
                None => figure(out, &image, target),
            }
        }
        _ => {
            out.html().push_str("<p>");
            write_image(out, &image);
            out.html().push_str("</p>\n");
        }
    }
}

/// Writes a picture with its caption.
pub(super) fn figure(out: &mut HtmlWriter<'_>, image: &Image, target: Target) {
    out.html().push_str("<figure>\n");
    write_file(out, image, target, "");
    out.html().push('\n');
    caption(out, image);
    out.html().push_str("</figure>\n");
}

/// Writes the caption and the credit, if there are any.
fn caption(out: &mut HtmlWriter<'_>, image: &Image) {
    if has_caption(image) {
        out.html().push_str("<figcaption>");
        caption_words(out, image);
        out.html().push_str("</figcaption>\n");
    }
}

/// Writes the words of a caption and the credit.
pub(super) fn caption_words(out: &mut HtmlWriter<'_>, image: &Image) {
    let html = out.html();
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
}

/// Writes a picture among words, with who made it right behind it.
fn write_among_words(out: &mut HtmlWriter<'_>, image: &Image) {
    write_image(out, image);
    if !image.credit.is_empty() {
        let html = out.html();
        html.push_str(" <small class=\"credit\">");
        escape::push_text(html, &image.credit);
        html.push_str("</small>");
    }
}

/// Writes an inline picture. If it is refused, its alternative text remains.
fn write_image(out: &mut HtmlWriter<'_>, image: &Image) {
    let (code, message) = match link::destination(&image.address, out.unsafe_html()) {
        Ok(Destination::Site(Target::File { .. })) if recording::kind(&image.address).is_some() => (
            Code::BadValue,
            "a recording must be a paragraph of its own; leave an empty line before and after it"
                .to_owned(),
        ),
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

pub(super) fn has_caption(image: &Image) -> bool {
    !image.credit.is_empty() || (!image.title.is_empty() && image.title != DECORATIVE)
}
