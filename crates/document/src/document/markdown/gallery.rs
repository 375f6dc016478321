//! Several pictures in a paragraph of their own: a gallery, or two to compare.

use crate::diag::Code;
use crate::document::Target;
use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::image::{Image, figure};
use crate::document::markdown::link::{self, Destination};
use crate::document::markdown::{escape, phrases, recording};

/// Whether all of these are pictures of the project.
pub(super) fn is_gallery(out: &HtmlWriter<'_>, images: &[Image]) -> bool {
    images.iter().all(|image| file(out, image).is_some())
}

/// The file of a picture; `None` if it is something else.
fn file(out: &HtmlWriter<'_>, image: &Image) -> Option<Target> {
    match link::destination(&image.address, out.unsafe_html()) {
        Ok(Destination::Site(target @ Target::File { .. })) => {
            recording::kind(&image.address).is_none().then_some(target)
        }
        _ => None,
    }
}

/// Writes a gallery. Two pictures that say what they are compared by lie on top of each other; readers choose which one they
/// see.
pub(super) fn write(out: &mut HtmlWriter<'_>, images: &[Image]) {
    match images {
        [one, other] if !one.compare.is_empty() && !other.compare.is_empty() => {
            out.html().push_str("<div class=\"compare\">\n");
            choice(out, one, other);
            out.html().push_str("<div class=\"both\">\n");
            figures(out, images);
            out.html().push_str("</div>\n</div>\n");
        }
        images => {
            if let Some(image) = images.iter().find(|image| !image.compare.is_empty()) {
                let message =
                    "two pictures are compared; expected a paragraph of two, each with `compare`";
                out.fault(Code::BadValue, image.range.clone(), message);
            }
            out.html().push_str("<div class=\"gallery\">\n");
            figures(out, images);
            out.html().push_str("</div>\n");
        }
    }
}

fn figures(out: &mut HtmlWriter<'_>, images: &[Image]) {
    for image in images {
        if let Some(target) = file(out, image) {
            figure(out, image, target);
        }
    }
}

/// The choice between two pictures. Its name is made from theirs, so that each on a page is a choice of its own.
fn choice(out: &mut HtmlWriter<'_>, one: &Image, other: &Image) {
    out.html().push_str(&format!(
        "<fieldset class=\"sides\">\n<legend class=\"hidden\">{}</legend>\n",
        phrases::COMPARE
    ));
    for (image, more) in [(one, " class=\"first\" checked"), (other, "")] {
        let html = out.html();
        html.push_str("<label><input type=\"radio\" name=\"_compare-");
        escape::push_attribute(html, &one.address);
        html.push('-');
        escape::push_attribute(html, &other.address);
        html.push_str(&format!("\"{more}> <bdi>"));
        escape::push_text(html, &image.compare);
        html.push_str("</bdi></label>\n");
    }
    out.html().push_str("</fieldset>\n");
}
