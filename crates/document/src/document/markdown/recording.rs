//! Sound and film in prose, with their words for those who don't hear them (WCAG 2.2, 1.2.1 to 1.2.3).

use crate::diag::{Code, Span};
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::image::{Image, caption_words, has_caption};
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::{escape, phrases};
use crate::document::{RawSegment, Target};

/// What a recording is, which is also the name of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Audio,
    Video,
}

/// The endings of the files that browsers play.
const ENDINGS: [(Kind, &[&str]); 2] = [
    (
        Kind::Audio,
        &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac"],
    ),
    (Kind::Video, &["mp4", "m4v", "webm", "mov", "ogv"]),
];

/// What a file is by its name; `None` for a picture.
pub(super) fn kind(address: &str) -> Option<Kind> {
    let (_, ending) = address.rsplit_once('.')?;
    let known = |endings: &[&str]| {
        endings
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    };
    let mut kinds = ENDINGS.into_iter();
    kinds
        .find(|(_, endings)| known(endings))
        .map(|(kind, _)| kind)
}

/// Writes a recording in a paragraph of its own.
pub(super) fn write(out: &mut HtmlWriter<'_>, image: &Image, target: Target, kind: Kind) {
    if image.alt.is_empty() {
        let message = format!(
            "a recording without words for what it is; expected `![what one hears or sees]({})`",
            image.address
        );
        out.fault(Code::MissingAlt, image.range.clone(), message);
    }
    if image.subtitles.is_empty() && image.transcript.is_empty() {
        let message = format!(
            "a recording without its words, for those who don't hear it; expected \
             `![…]({0}){{subtitles=\"{1}.vtt\"}}` or `![…]({0}){{transcript=\"{1}.md\"}}`",
            image.address,
            image.address.rsplit_once('.').map_or("", |(name, _)| name)
        );
        out.fault(Code::MissingAlt, image.range.clone(), message);
    }
    let name = match kind {
        Kind::Audio => "audio",
        Kind::Video => "video",
    };
    out.html()
        .push_str(&format!("<figure class=\"recording\">\n<{name} src=\""));
    let span = Span::new(image.range.start, image.range.end);
    out.segment(RawSegment::Address(target, span));
    if !image.poster.is_empty() && kind == Kind::Video {
        out.html().push_str("\" poster=\"");
        address(out, image, &image.poster);
    }
    out.html()
        .push_str("\" controls preload=\"metadata\" aria-label=\"");
    escape::push_attribute(out.html(), &image.alt);
    out.html().push_str("\">");
    if !image.subtitles.is_empty() {
        out.html()
            .push_str("<track kind=\"captions\" default src=\"");
        address(out, image, &image.subtitles);
        out.html().push_str("\">");
    }
    out.html().push_str(&format!("</{name}>\n"));
    if has_caption(image) || !image.transcript.is_empty() {
        out.html().push_str("<figcaption>");
        caption_words(out, image);
        transcript(out, image);
        out.html().push_str("</figcaption>\n");
    }
    out.html().push_str("</figure>\n");
}

/// Writes the link to all words of a recording.
fn transcript(out: &mut HtmlWriter<'_>, image: &Image) {
    if image.transcript.is_empty() {
        return;
    }
    if has_caption(image) {
        out.html().push_str(" · ");
    }
    match link::destination(&image.transcript, false) {
        Ok(Destination::Site(target)) => {
            let span = Span::new(image.range.start, image.range.end);
            out.segment(RawSegment::LinkStart(target, span));
            out.html().push_str(&format!("{}</a>", phrases::TRANSCRIPT));
        }
        _ => refuse(out, image, "transcript", &image.transcript),
    }
}

/// Writes the address of a file that belongs to a recording.
fn address(out: &mut HtmlWriter<'_>, image: &Image, path: &str) {
    match link::destination(path, false) {
        Ok(Destination::Site(target @ Target::File { .. })) => {
            let span = Span::new(image.range.start, image.range.end);
            out.segment(RawSegment::Address(target, span));
        }
        _ => refuse(out, image, "subtitles or poster", path),
    }
}

fn refuse(out: &mut HtmlWriter<'_>, image: &Image, what: &str, path: &str) {
    let message =
        format!("`{path}` can't be the {what} of a recording; expected a file of the project");
    out.fault(Code::BadUrl, image.range.clone(), message);
}
