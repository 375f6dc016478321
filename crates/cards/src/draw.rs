//! The layout of a card.

use super::canvas::{Area, Canvas, Ink};
use super::fonts::{Fonts, Open};
use super::glyphs::Spot;
use super::lines::{Measured, cut};
use super::shape::runs_left;
use super::{CardWords, WIDTH};

/// Raised when the drawing changes, so that a card that looks different gets a different address.
pub(super) const VERSION: &str = "3";

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

/// The sizes of a headline; the largest that fits is used.
const TITLE_SIZES: [f32; 7] = [88.0, 80.0, 72.0, 64.0, 58.0, 52.0, 46.0];

/// The size of the lines below the headline, which stays legible when a network shows the card at half its size.
const DEK: f32 = 36.0;

/// The size of the lines at the top and at the foot, the smallest that stays legible when a network shows the card at
/// half its size.
const SMALL: f32 = 30.0;

/// The space from the edge of the square before the small line to its words.
const KICKER_INDENT: f32 = 46.0;

/// The baseline of the foot.
const FOOT: f32 = 572.0;

/// A card in pixels. It is mirrored if its headline runs from right to left.
pub(super) fn canvas(words: &CardWords, fonts: &Fonts) -> Option<Canvas> {
    let fonts = fonts.open()?;
    let width = WIDTH as f32 - 2.0 * MARGIN;
    let runs_left = runs_left(&words.title);
    let mut page = Page {
        fonts: &fonts,
        canvas: ground(runs_left),
        runs_left,
    };
    let kicker = cut(&fonts, &words.kicker, SMALL, width - KICKER_INDENT);
    let start = MARGIN + KICKER_INDENT;
    page.write((start, 120.0), SMALL, Ink::Accent, &kicker);
    let (size, lines) = headline(&fonts, &words.title, width);
    let mut y = TITLE_TOP + size;
    for words in &lines {
        page.write((MARGIN, y), size, Ink::Text, words);
        y += size * LINE_HEIGHT;
    }
    let room = DEK_BOTTOM - y;
    y += DEK * 0.2;
    for words in lead(&fonts, &words.dek, (width, room)) {
        page.write((MARGIN, y), DEK, Ink::Muted, &words);
        y += DEK * DEK_LINE_HEIGHT;
    }
    let date_width = fonts.width(&words.date) * SMALL;
    let date_start = MARGIN + width - date_width;
    page.write((date_start, FOOT), SMALL, Ink::Muted, &words.date);
    let site = cut(&fonts, &words.site, SMALL, width - date_width - 40.0);
    page.write((MARGIN, FOOT), SMALL, Ink::Text, &site);
    Some(page.canvas)
}

/// What all cards have in common: a band at the top, a square before the small line, a rule above the foot.
fn ground(runs_left: bool) -> Canvas {
    const SQUARE: usize = 26;
    let margin = MARGIN as usize;
    let width = WIDTH as usize;
    let start = if runs_left {
        width - margin - SQUARE
    } else {
        margin
    };
    let area = |x, y, width, height| Area {
        x,
        y,
        width,
        height,
    };
    let mut canvas = Canvas::new();
    canvas.fill(area(0, 0, width, 20), Ink::Text);
    canvas.fill(area(start, 96, SQUARE, SQUARE), Ink::Accent);
    canvas.rule(area(margin, 520, width - 2 * margin, 2));
    canvas
}

/// A card being written on.
struct Page<'a, 'f> {
    fonts: &'a Open<'f>,
    canvas: Canvas,
    runs_left: bool,
}

impl Page<'_, '_> {
    /// Writes a line whose baseline is so far down; `start` is how far from the edge at which lines begin it begins.
    fn write(&mut self, (start, y): (f32, f32), size: f32, ink: Ink, words: &str) {
        let line = self.fonts.line(words, self.runs_left);
        let left = if self.runs_left {
            WIDTH as f32 - start - line.width * size
        } else {
            start
        };
        for placed in line.glyphs {
            let x = left + placed.x * size;
            let y = y - placed.y * size;
            let (spot, pixel) = Spot::new((placed.font, placed.id), size, x);
            let glyph = self.fonts.glyph(spot);
            self.canvas.draw(&glyph, (pixel, y.round() as i32), ink);
        }
    }
}

/// The headline in the largest size that fits, broken into lines of similar length. One that doesn't fit even in the
/// smallest size is cut.
fn headline(fonts: &Open<'_>, title: &str, width: f32) -> (f32, Vec<String>) {
    let most = |size: f32| (TITLE_HEIGHT / (size * LINE_HEIGHT)) as usize;
    let title = Measured::new(fonts, title);
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
                shorten(fonts, lines.last_mut(), size, width);
            }
            (size, lines)
        }
    }
}

/// As much of the dek as there is room for; nothing if that would be a single line of several.
fn lead(fonts: &Open<'_>, dek: &str, (width, room): (f32, f32)) -> Vec<String> {
    let n_fitting = (room / (DEK * DEK_LINE_HEIGHT) + 1.0).max(0.0) as usize;
    let mut lines = Measured::new(fonts, dek).lines(DEK, width);
    if lines.len() <= n_fitting {
        return lines;
    }
    if n_fitting < 2 {
        return Vec::new();
    }
    lines.truncate(n_fitting);
    shorten(fonts, lines.last_mut(), DEK, width);
    lines
}

/// Ends a line with an ellipsis if there was no room for the words after it.
fn shorten(fonts: &Open<'_>, line: Option<&mut String>, size: f32, width: f32) {
    let Some(line) = line else {
        return;
    };
    let ended = format!("{line}…");
    *line = if fonts.width(&ended) * size <= width {
        ended
    } else {
        cut(fonts, &ended, size, width)
    };
}

/// Rebreaks a text into the same number of lines, as narrow as possible.
fn even(title: &Measured<'_, '_>, size: f32, (width, lines): (f32, Vec<String>)) -> Vec<String> {
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
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        let word = "Council ";
        for n_words in [1, 3, 9, 20, 60, 300] {
            let (size, lines) = headline(fonts, &word.repeat(n_words), 1040.0);
            assert!(
                lines.len() as f32 * size * LINE_HEIGHT <= TITLE_HEIGHT,
                "{n_words}"
            );
            assert!(
                lines.iter().all(|line| fonts.width(line) * size <= 1040.0),
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
