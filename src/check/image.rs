//! Checks the picture of a page or record: that the file exists, that it is a picture, and that it has alternative
//! text.

use crate::check::markup::Resolver;
use crate::diag::{Code, Diagnostic, Span};
use crate::document::{Document, FieldPath, RawImage, Target};
use crate::model::{Focus, Image, NoFocus, Segment};

/// The picture for the `image:` at a path; `None` if there is none or it has faults.
pub(super) fn image(
    resolver: &Resolver<'_>,
    document: &Document,
    path: &FieldPath,
    raw: &RawImage,
    faults: &mut Vec<Diagnostic>,
) -> Option<Image> {
    // An `image:` without a file was reported when it was read.
    let file = raw.file.as_ref()?;
    let place = document.place(&path.key("file"));
    let target = Target::File {
        path: file.clone(),
        fragment: None,
    };
    let (href, pixels) = match resolver.picture(&target, Span::new(0, 0)) {
        Ok(Segment::Address(href, pixels)) => (href, pixels),
        Ok(_) | Err(None) => return None,
        Err(Some((_, mut fault))) => {
            fault.place = place;
            faults.push(fault);
            return None;
        }
    };
    if !has_picture_name(file) {
        let message = format!("expected a picture, found `{file}`");
        let help = "name a JPEG, PNG, WebP, AVIF, GIF or SVG file";
        faults.push(Diagnostic::new(Code::BadValue, place, message).help(help));
        return None;
    }
    let Some(alt) = &raw.alt else {
        let message = "a picture without alternative text";
        let help = "add `alt:` with what it shows, or `alt: \"\"` if it says nothing";
        faults.push(Diagnostic::new(Code::MissingAlt, place, message).help(help));
        return None;
    };
    let focus = raw.focus.as_deref().map(str::parse::<Focus>);
    if let Some(Err(NoFocus)) = focus {
        let place = document.place(&path.key("focus"));
        let message = format!(
            "expected a place on the picture, found `{}`",
            raw.focus.as_deref().unwrap_or_default()
        );
        let help = "write `left`, `right`, `top`, `bottom`, two of them, or percent from the left and from the top: `30% 40%`";
        faults.push(Diagnostic::new(Code::BadValue, place, message).help(help));
    }
    Some(Image {
        permalink: href.permalink?,
        pixels,
        focus: focus.and_then(Result::ok),
        alt: alt.clone(),
        caption: raw.caption.clone(),
        credit: raw.credit.clone(),
        license: raw.license.clone(),
    })
}

/// Whether a file's name says that it is a picture. Whether it really is one was determined from its bytes.
fn has_picture_name(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let endings = [
        "avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "svg", "webp",
    ];
    endings
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}
