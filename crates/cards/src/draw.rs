//! The layout of a card.

use super::canvas::{Area, Canvas, Ink};
use super::fonts::{Fonts, Open};
use super::glyphs::Spot;
use super::lines::{Measured, cut};
use super::shape::{Line, runs_left};
use super::{Card, CardWords, WIDTH, drawings};

/// Raised when the drawing changes, so that a card that looks different gets a different address.
pub(super) const VERSION: &str = "3";

/// The space to the left and right of the words, in pixels.
pub(super) const MARGIN: f32 = 80.0;

/// The height available to a headline, down to the lines below it.
const TITLE_HEIGHT: f32 = 310.0;

/// The top of the headline, below the small line.
pub(super) const TITLE_TOP: f32 = 168.0;

/// The distance between the lines below the headline, as a multiple of the font size: more than in the headline,
/// because smaller text needs more room between lines.
const DEK_LINE_HEIGHT: f32 = 1.35;

/// The lowest baseline available to them, which leaves room for the foot.
const DEK_BOTTOM: f32 = 490.0;

/// The top of the foot, where the rule is.
pub(super) const FOOT_TOP: f32 = 520.0;

/// Sizes of words, of which the largest that fits is used, and the distance of their lines as a multiple of the size.
pub(super) struct Sizes(pub(super) &'static [f32], pub(super) f32);

/// A headline. Short lines in large letters look best set tightly.
const TITLE: Sizes = Sizes(&[88.0, 80.0, 72.0, 64.0, 58.0, 52.0, 46.0], 1.16);

/// The size of the lines below the headline, which stays legible when a network shows the card at half its size.
pub(super) const DEK: f32 = 36.0;

/// The size of the lines at the top and at the foot, the smallest that stays legible when a network shows the card at
/// half its size.
pub(super) const SMALL: f32 = 30.0;

/// The space from the edge of the square before the small line to its words.
const KICKER_INDENT: f32 = 46.0;

/// The baseline of the foot.
const FOOT: f32 = 572.0;

/// A card in pixels. It is mirrored if its headline runs from right to left.
pub(super) fn canvas(card: &Card, fonts: &Fonts) -> Option<Canvas> {
    let fonts = fonts.open()?;
    let words = &card.words;
    let runs_left = runs_left(&words.title);
    let mut page = Page {
        fonts: &fonts,
        canvas: ground(runs_left),
        runs_left,
    };
    match &card.drawing {
        Some(drawing) => {
            page.kicker(&words.title);
            drawings::draw(&mut page, drawing);
        }
        None => {
            page.kicker(&words.kicker);
            page.headline(words);
        }
    }
    page.foot(words);
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
    canvas.rule(area(margin, FOOT_TOP as usize, width - 2 * margin, 2));
    canvas
}

/// A card being written on.
pub(super) struct Page<'a, 'f> {
    pub(super) fonts: &'a Open<'f>,
    pub(super) canvas: Canvas,
    pub(super) runs_left: bool,
}

/// The width of a card without its margins.
pub(super) const WHOLE: f32 = WIDTH as f32 - 2.0 * MARGIN;

impl Page<'_, '_> {
    /// Writes a line whose baseline is so far down; `start` is how far from the edge at which lines begin it begins.
    pub(super) fn write(&mut self, (start, y): (f32, f32), size: f32, ink: Ink, words: &str) {
        let line = self.fonts.line(words, self.runs_left);
        let left = if self.runs_left {
            WIDTH as f32 - start - line.width * size
        } else {
            start
        };
        self.put(&line, (left, y), size, ink);
    }

    /// Puts a line where it is seen: its left end and its baseline.
    pub(super) fn put(&mut self, line: &Line, (left, y): (f32, f32), size: f32, ink: Ink) {
        for placed in &line.glyphs {
            let x = left + placed.x * size;
            let y = y - placed.y * size;
            let (spot, pixel) = Spot::new((placed.font, placed.id), size, x);
            let glyph = self.fonts.glyph(spot);
            self.canvas.draw(&glyph, (pixel, y.round() as i32), ink);
        }
    }

    /// Writes lines from a height down, in the largest size in which they fit into a width and a height; `end` is put
    /// after them even if they have to be cut. Returns the last baseline, and the size.
    pub(super) fn fill(
        &mut self,
        (top, room): (f32, (f32, f32)),
        sizes: &Sizes,
        ink: Ink,
        (words, end): (&str, &str),
    ) -> (f32, f32) {
        let (size, lines) = fitting(self.fonts, (words, end), sizes, room);
        let mut y = top + size - size * sizes.1;
        for line in &lines {
            y += size * sizes.1;
            self.write((MARGIN, y), size, ink, line);
        }
        (y, size)
    }

    /// The small line at the top.
    fn kicker(&mut self, words: &str) {
        let words = cut(self.fonts, words, SMALL, WHOLE - KICKER_INDENT);
        self.write((MARGIN + KICKER_INDENT, 120.0), SMALL, Ink::Accent, &words);
    }

    /// The headline, and as much of the dek as there is room for.
    fn headline(&mut self, words: &CardWords) {
        let room = (WHOLE, TITLE_HEIGHT);
        let (last, size) = self.fill((TITLE_TOP, room), &TITLE, Ink::Text, (&words.title, ""));
        let mut y = last + size * TITLE.1;
        let room = DEK_BOTTOM - y;
        y += DEK * 0.2;
        for words in lead(self.fonts, &words.dek, (WHOLE, room)) {
            self.write((MARGIN, y), DEK, Ink::Muted, &words);
            y += DEK * DEK_LINE_HEIGHT;
        }
    }

    /// The site's name and the date.
    fn foot(&mut self, words: &CardWords) {
        let date_width = self.fonts.width(&words.date) * SMALL;
        let date_start = MARGIN + WHOLE - date_width;
        self.write((date_start, FOOT), SMALL, Ink::Muted, &words.date);
        let site = cut(self.fonts, &words.site, SMALL, WHOLE - date_width - 40.0);
        self.write((MARGIN, FOOT), SMALL, Ink::Text, &site);
    }
}

/// Words in the largest size in which they fit into a width and a height, broken into lines of similar length. What
/// doesn't fit even in the smallest size is cut, and `end` comes after the cut.
fn fitting(
    fonts: &Open<'_>,
    (words, end): (&str, &str),
    sizes: &Sizes,
    (width, height): (f32, f32),
) -> (f32, Vec<String>) {
    let Sizes(sizes, line_height) = sizes;
    let most = |size: f32| (height / (size * line_height)) as usize;
    let whole = format!("{words}{end}");
    let text = Measured::new(fonts, &whole);
    let fitting = sizes.iter().copied().find_map(|size| {
        let is_broken = text.longest(size) > width;
        let lines = text.lines(size, width);
        (lines.len() <= most(size) && !is_broken).then_some((size, lines))
    });
    match fitting {
        Some((size, lines)) => (size, even(&text, size, (width, lines))),
        None => {
            let size = sizes.last().copied().unwrap_or(SMALL);
            let mut lines = text.lines(size, width);
            if lines.len() > most(size) {
                lines.truncate(most(size));
                shorten(fonts, (lines.last_mut(), end), size, width);
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
    shorten(fonts, (lines.last_mut(), ""), DEK, width);
    lines
}

/// Ends a line with an ellipsis, as there was no room for the words after it, and with what comes after them.
fn shorten(fonts: &Open<'_>, (line, end): (Option<&mut String>, &str), size: f32, width: f32) {
    let Some(line) = line else {
        return;
    };
    let width = width - fonts.width(end) * size;
    let ended = format!("{line}…");
    *line = if fonts.width(&ended) * size <= width {
        ended
    } else {
        cut(fonts, &ended, size, width)
    };
    line.push_str(end);
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
    fn a_quotation_that_is_cut_ends_with_its_mark() {
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        let sizes = Sizes(&[60.0, 40.0], 1.2);
        for n_words in [1, 7, 20, 60, 300] {
            let words = format!("“{}", "Council ".repeat(n_words).trim_end());
            let (size, lines) = fitting(fonts, (&words, "”"), &sizes, (900.0, 200.0));
            let said = lines.join(" ");
            assert!(said.ends_with('”'), "{said}");
            assert_eq!(said.ends_with("…”"), n_words > 20, "{said}");
            assert!(lines.iter().all(|line| fonts.width(line) * size <= 900.0));
        }
    }

    #[test]
    fn a_headline_stays_within_its_place_whatever_its_length() {
        let fonts = Fonts::default();
        let fonts = &fonts.open().unwrap();
        let word = "Council ";
        for n_words in [1, 3, 9, 20, 60, 300] {
            let words = word.repeat(n_words);
            let (size, lines) = fitting(fonts, (&words, ""), &TITLE, (1040.0, TITLE_HEIGHT));
            assert!(
                lines.len() as f32 * size * TITLE.1 <= TITLE_HEIGHT,
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
