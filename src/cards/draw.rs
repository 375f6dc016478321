//! Draws a card: first as SVG, then as pixels.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::face::{BYTES, FAMILY, Face};
use super::{CardColors, CardWords, HEIGHT, WIDTH};

/// Changes with the drawing, so that a card that looks otherwise has another address.
pub(super) const VERSION: &str = "1";

/// The space to the left and right of the words.
const MARGIN: f32 = 80.0;

/// The sizes that a headline can have, the largest that fits first.
const TITLE_SIZES: [f32; 7] = [88.0, 80.0, 72.0, 64.0, 58.0, 52.0, 46.0];

/// The height that a headline may take.
const TITLE_HEIGHT: f32 = 310.0;

/// The distance between the lines of a headline, in its size.
const LINE_HEIGHT: f32 = 1.16;

/// The top of the headline.
const TITLE_TOP: f32 = 168.0;

/// The size of what stands below the headline.
const DEK: f32 = 36.0;

/// The distance between its lines, in its size.
const DEK_LINE_HEIGHT: f32 = 1.35;

/// The lowest that it may stand.
const DEK_BOTTOM: f32 = 490.0;

/// The size of the lines at the top and at the foot.
const SMALL: f32 = 30.0;

/// A card as pixels.
pub(super) fn pixels(words: &CardWords, colors: &CardColors) -> Option<Pixmap> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(BYTES)));
    let options = Options {
        fontdb: Arc::new(fonts),
        font_family: FAMILY.to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(&svg(words, colors)?, &options).ok()?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    Some(pixels)
}

fn svg(words: &CardWords, colors: &CardColors) -> Option<String> {
    let face = Face::new()?;
    let width = WIDTH as f32 - 2.0 * MARGIN;
    let CardColors {
        background,
        text,
        muted,
        border,
        accent,
    } = colors;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"{FAMILY}\" font-weight=\"700\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{background}\"/>\
         <rect width=\"100%\" height=\"20\" fill=\"{text}\"/>\
         <rect x=\"{MARGIN}\" y=\"96\" width=\"26\" height=\"26\" fill=\"{accent}\"/>\
         <rect x=\"{MARGIN}\" y=\"520\" width=\"{width}\" height=\"2\" fill=\"{border}\"/>"
    );
    let kicker = face.cut(&words.kicker, SMALL, width - 46.0);
    line(&mut svg, (MARGIN + 46.0, 120.0), SMALL, accent, &kicker);
    let (size, lines) = headline(&face, &words.title, width);
    let mut y = TITLE_TOP + size;
    for words in &lines {
        line(&mut svg, (MARGIN, y), size, text, words);
        y += size * LINE_HEIGHT;
    }
    let room = DEK_BOTTOM - y;
    y += DEK * 0.2;
    for words in lead(&face, &words.dek, (width, room)) {
        line(&mut svg, (MARGIN, y), DEK, muted, &words);
        y += DEK * DEK_LINE_HEIGHT;
    }
    let date_width = face.width(&words.date, SMALL);
    let right = MARGIN + width - date_width;
    line(&mut svg, (right, 572.0), SMALL, muted, &words.date);
    let site = face.cut(&words.site, SMALL, width - date_width - 40.0);
    line(&mut svg, (MARGIN, 572.0), SMALL, text, &site);
    svg.push_str("</svg>");
    Some(svg)
}

/// The headline in the largest size that fits, on lines of about the same length. One that doesn't fit in the
/// smallest size is cut.
fn headline(face: &Face, title: &str, width: f32) -> (f32, Vec<String>) {
    let most = |size: f32| (TITLE_HEIGHT / (size * LINE_HEIGHT)) as usize;
    let fitting = TITLE_SIZES.into_iter().find_map(|size| {
        let is_broken = longest_word(face, title, size) > width;
        let lines = face.wrap(title, size, width);
        (lines.len() <= most(size) && !is_broken).then_some((size, lines.len()))
    });
    match fitting {
        Some((size, n_lines)) => (size, even(face, title, size, (width, n_lines))),
        None => {
            let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
            let mut lines = face.wrap(title, size, width);
            if lines.len() > most(size) {
                lines.truncate(most(size));
                shorten(face, lines.last_mut(), size, width);
            }
            (size, lines)
        }
    }
}

fn longest_word(face: &Face, text: &str, size: f32) -> f32 {
    let words = text.split_whitespace().map(|word| face.width(word, size));
    words.fold(0.0, f32::max)
}

/// As much of the dek as there is room for; nothing, if that would be less than two lines of several.
fn lead(face: &Face, dek: &str, (width, room): (f32, f32)) -> Vec<String> {
    let n_fitting = (room / (DEK * DEK_LINE_HEIGHT) + 1.0).max(0.0) as usize;
    let mut lines = face.wrap(dek, DEK, width);
    if lines.len() <= n_fitting {
        return lines;
    }
    if n_fitting < 2 {
        return Vec::new();
    }
    lines.truncate(n_fitting);
    shorten(face, lines.last_mut(), DEK, width);
    lines
}

/// Ends a line with an ellipsis, for words that come after it and have no room.
fn shorten(face: &Face, line: Option<&mut String>, size: f32, width: f32) {
    let Some(line) = line else {
        return;
    };
    let ended = format!("{line}…");
    *line = match face.width(&ended, size) <= width {
        true => ended,
        false => face.cut(&ended, size, width),
    };
}

/// The same number of lines, made as narrow as it takes.
fn even(face: &Face, title: &str, size: f32, (width, n_lines): (f32, usize)) -> Vec<String> {
    const STEP: f32 = 20.0;
    let mut lines = face.wrap(title, size, width);
    let longest = longest_word(face, title, size);
    let mut narrower = width - STEP;
    while narrower > STEP {
        let other = face.wrap(title, size, narrower);
        let is_too_wide = longest > narrower;
        if other.len() > n_lines || is_too_wide {
            break;
        }
        lines = other;
        narrower -= STEP;
    }
    lines
}

fn line(svg: &mut String, (x, y): (f32, f32), size: f32, color: &str, words: &str) {
    svg.push_str(&format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{color}\">"
    ));
    for c in words.chars() {
        match c {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            c if c.is_control() => svg.push(' '),
            c => svg.push(c),
        }
    }
    svg.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_stays_within_its_place_whatever_its_length() {
        let face = Face::new().unwrap();
        let word = "Council ";
        for n_words in [1, 3, 9, 20, 60, 300] {
            let (size, lines) = headline(&face, &word.repeat(n_words), 1040.0);
            assert!(
                lines.len() as f32 * size * LINE_HEIGHT <= TITLE_HEIGHT,
                "{n_words}"
            );
            assert!(
                lines.iter().all(|line| face.width(line, size) <= 1040.0),
                "{n_words}"
            );
            assert_eq!(
                lines.last().unwrap().ends_with('…'),
                n_words > 59,
                "{lines:?}"
            );
        }
    }
}
