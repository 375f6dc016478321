//! The layout of a card.

use super::canvas::{Area, Canvas, Ink};
use super::face::{DEK, Face, SMALL, TITLE_SIZES};
use super::lines::{Measured, cut};
use super::{CardWords, WIDTH};

/// Raised when the drawing changes, so that a card that looks different gets a different address.
pub(super) const VERSION: &str = "2";

/// The space to the left and right of the words, in pixels.
const MARGIN: f32 = 80.0;

/// The height available to a headline, down to the lines below it.
const TITLE_HEIGHT: f32 = 310.0;

/// The distance between the lines of a headline, as a multiple of the font size. Short lines in large letters look best
/// set tightly.
const LINE_HEIGHT: f32 = 1.16;

/// The top of the headline, below the small line.
const TITLE_TOP: f32 = 168.0;

/// The distance between the lines below the headline, as a multiple of the font size: more than in the headline,
/// because smaller text needs more room between lines.
const DEK_LINE_HEIGHT: f32 = 1.35;

/// The lowest baseline available to them, which leaves room for the foot.
const DEK_BOTTOM: f32 = 490.0;

/// A card in pixels.
pub(super) fn canvas(words: &CardWords) -> Option<Canvas> {
    let face = Face::get()?;
    let width = WIDTH as f32 - 2.0 * MARGIN;
    let mut page = Page {
        face,
        canvas: ground(),
    };
    let kicker = cut(face, &words.kicker, SMALL, width - 46.0);
    page.write((MARGIN + 46.0, 120.0), SMALL, Ink::Accent, &kicker);
    let (size, lines) = headline(face, &words.title, width);
    let mut y = TITLE_TOP + size;
    for words in &lines {
        page.write((MARGIN, y), size, Ink::Text, words);
        y += size * LINE_HEIGHT;
    }
    let room = DEK_BOTTOM - y;
    y += DEK * 0.2;
    for words in lead(face, &words.dek, (width, room)) {
        page.write((MARGIN, y), DEK, Ink::Muted, &words);
        y += DEK * DEK_LINE_HEIGHT;
    }
    let date_width = face.width(&words.date, SMALL);
    let right = MARGIN + width - date_width;
    page.write((right, 572.0), SMALL, Ink::Muted, &words.date);
    let site = cut(face, &words.site, SMALL, width - date_width - 40.0);
    page.write((MARGIN, 572.0), SMALL, Ink::Text, &site);
    Some(page.canvas)
}

/// What all cards have in common: a band at the top, a square before the small line, a rule above the foot.
fn ground() -> Canvas {
    let margin = MARGIN as usize;
    let width = WIDTH as usize;
    let area = |x, y, width, height| Area {
        x,
        y,
        width,
        height,
    };
    let mut canvas = Canvas::new();
    canvas.fill(area(0, 0, width, 20), Ink::Text);
    canvas.fill(area(margin, 96, 26, 26), Ink::Accent);
    canvas.rule(area(margin, 520, width - 2 * margin, 2));
    canvas
}

/// A card being written on.
struct Page {
    face: &'static Face,
    canvas: Canvas,
}

impl Page {
    /// Writes a line from a point on its baseline.
    fn write(&mut self, (x, y): (f32, f32), size: f32, ink: Ink, words: &str) {
        for (glyph, place) in self.face.glyphs(words, size, (x, y)) {
            self.canvas.draw(glyph, place, ink);
        }
    }
}

/// The headline in the largest size that fits, broken into lines of similar length. One that doesn't fit even in the
/// smallest size is cut.
fn headline(face: &Face, title: &str, width: f32) -> (f32, Vec<String>) {
    let most = |size: f32| (TITLE_HEIGHT / (size * LINE_HEIGHT)) as usize;
    let title = Measured::new(face, title);
    let fitting = TITLE_SIZES.into_iter().find_map(|size| {
        let is_broken = title.longest(size) > width;
        let lines = title.lines(size, width);
        (lines.len() <= most(size) && !is_broken).then_some((size, lines))
    });
    match fitting {
        Some((size, lines)) => (size, even(&title, size, (width, lines))),
        None => {
            let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
            let mut lines = title.lines(size, width);
            if lines.len() > most(size) {
                lines.truncate(most(size));
                shorten(face, lines.last_mut(), size, width);
            }
            (size, lines)
        }
    }
}

/// As much of the dek as there is room for; nothing if that would be a single line of several.
fn lead(face: &Face, dek: &str, (width, room): (f32, f32)) -> Vec<String> {
    let n_fitting = (room / (DEK * DEK_LINE_HEIGHT) + 1.0).max(0.0) as usize;
    let mut lines = Measured::new(face, dek).lines(DEK, width);
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

/// Ends a line with an ellipsis if there was no room for the words after it.
fn shorten(face: &Face, line: Option<&mut String>, size: f32, width: f32) {
    let Some(line) = line else {
        return;
    };
    let ended = format!("{line}…");
    *line = if face.width(&ended, size) <= width {
        ended
    } else {
        cut(face, &ended, size, width)
    };
}

/// Rebreaks a text into the same number of lines, as narrow as possible.
fn even(title: &Measured<'_>, size: f32, (width, lines): (f32, Vec<String>)) -> Vec<String> {
    /// How much narrower each attempt is, in pixels: finer steps cost more measuring and aren't seen.
    const STEP: f32 = 20.0;
    let mut lines = lines;
    let longest = title.longest(size);
    let mut narrower = width - STEP;
    while narrower > STEP && longest <= narrower {
        let other = title.lines(size, narrower);
        if other.len() > lines.len() {
            break;
        }
        lines = other;
        narrower -= STEP;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_stays_within_its_place_whatever_its_length() {
        let face = Face::get().unwrap();
        let word = "Council ";
        for n_words in [1, 3, 9, 20, 60, 300] {
            let (size, lines) = headline(face, &word.repeat(n_words), 1040.0);
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
