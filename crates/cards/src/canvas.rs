//! A picture of few colors, stored as indexes into its palette.

use super::glyphs::Glyph;
use super::{CardColors, HEIGHT, WIDTH};

/// The number of shades of a color between the background and full strength. Three colors of four shades, the background
/// and the border are fewer than sixteen, which takes half the space and time of more; and a network shows a card at half
/// its size.
pub(super) const SHADES: u8 = 4;

/// A color for words, which selects its shades in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// That of the headline.
    Text,
    /// That of the lines below it.
    Muted,
    /// That of the line above it.
    Accent,
}

impl Ink {
    const ALL: [Self; 3] = [Self::Text, Self::Muted, Self::Accent];

    /// The index of its faintest shade; index 0 is the background.
    fn first(self) -> u8 {
        match self {
            Self::Text => 1,
            Self::Muted => 1 + SHADES,
            Self::Accent => 1 + 2 * SHADES,
        }
    }

    /// The index of the color itself.
    fn full(self) -> u8 {
        self.first() + SHADES - 1
    }
}

/// The index of the border's color, which has no shades.
const BORDER: u8 = 1 + 3 * SHADES;

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// Its left edge.
    pub(super) x: usize,
    /// Its upper edge.
    pub(super) y: usize,
    /// Its width.
    pub(super) width: usize,
    /// Its height.
    pub(super) height: usize,
}

/// A picture, row by row.
#[derive(Clone, Debug)]
pub(super) struct Canvas(Vec<u8>);

impl Canvas {
    /// A picture that is all background.
    pub(super) fn new() -> Self {
        Self(vec![0; WIDTH as usize * HEIGHT as usize])
    }

    /// The indexes, one byte for each pixel.
    pub(super) fn indexes(&self) -> &[u8] {
        &self.0
    }

    /// Fills a rectangle with a color.
    pub(super) fn fill(&mut self, area: Area, ink: Ink) {
        self.fill_with(area, ink.full());
    }

    /// Draws a line in the color of borders.
    pub(super) fn rule(&mut self, area: Area) {
        self.fill_with(area, BORDER);
    }

    fn fill_with(&mut self, area: Area, index: u8) {
        for y in area.y..area.y + area.height {
            if let Some(pixels) = self.row(y, area.x, area.width) {
                pixels.fill(index);
            }
        }
    }

    /// Draws a glyph with its origin at a pixel, clipped to the picture.
    pub(super) fn draw(&mut self, glyph: &Glyph, (x, y): (i32, i32), ink: Ink) {
        let (left, top) = (x + glyph.left, y + glyph.top);
        let skipped = usize::try_from(-left).unwrap_or(0);
        for (row, shades) in (top..).zip(glyph.rows()) {
            let Ok(row) = usize::try_from(row) else {
                continue;
            };
            let shades = shades.get(skipped..).unwrap_or_default();
            let x = usize::try_from(left).unwrap_or(0);
            let Some(pixels) = self.row(row, x, shades.len()) else {
                continue;
            };
            for (pixel, shade) in pixels.iter_mut().zip(shades) {
                *pixel = inked(*pixel, *shade, ink);
            }
        }
    }

    /// Up to `width` pixels of a row, starting at `x`; `None` outside the picture, below or to the right.
    fn row(&mut self, y: usize, x: usize, width: usize) -> Option<&mut [u8]> {
        let row = self.0.chunks_exact_mut(WIDTH as usize).nth(y)?;
        let end = (x + width).min(row.len());
        row.get_mut(x..end)
    }
}

/// The index of a pixel after ink was put on it.
///
/// Where letters of one color meet, their shades add up; where two colors meet, the one that covers more wins.
fn inked(index: u8, shade: u8, ink: Ink) -> u8 {
    if shade == 0 {
        return index;
    }
    let first = ink.first();
    let before = index.saturating_sub(first - 1);
    if index >= first && before <= SHADES {
        return first - 1 + (before + shade).min(SHADES);
    }
    let other = match index {
        0 => 0,
        BORDER => SHADES,
        index => (index - 1) % SHADES + 1,
    };
    if shade >= other {
        first - 1 + shade
    } else {
        index
    }
}

/// The colors of all indexes as red, green and blue; `None` if one isn't in the form `#rgb` or `#rrggbb`.
pub(super) fn palette(colors: &CardColors) -> Option<Vec<u8>> {
    let background = rgb(&colors.background)?;
    let mut palette = background.to_vec();
    for ink in Ink::ALL {
        let color = rgb(match ink {
            Ink::Text => &colors.text,
            Ink::Muted => &colors.muted,
            Ink::Accent => &colors.accent,
        })?;
        for shade in 1..=SHADES {
            palette
                .extend([0, 1, 2].map(|channel| mixed(background[channel], color[channel], shade)));
        }
    }
    palette.extend(rgb(&colors.border)?);
    Some(palette)
}

fn mixed(background: u8, color: u8, shade: u8) -> u8 {
    let (shade, all) = (u16::from(shade), u16::from(SHADES));
    let sum = u16::from(background) * (all - shade) + u16::from(color) * shade;
    u8::try_from((sum + all / 2) / all).unwrap_or(u8::MAX)
}

/// Parses a CSS color in hexadecimal digits.
fn rgb(written: &str) -> Option<[u8; 3]> {
    let digits = written.strip_prefix('#')?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    match digits.len() {
        6 => Some([r, g, b]),
        3 => Some([g & 15, b >> 4, b & 15].map(|digit| digit * 17)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_read_as_css_reads_them() {
        assert_eq!(rgb("#0b5a60"), Some([0x0b, 0x5a, 0x60]));
        assert_eq!(rgb("#0Bc"), Some([0x00, 0xbb, 0xcc]));
        for wrong in [
            "",
            "#",
            "0b5a60",
            "#0b5a6",
            "#+b5",
            "#gggggg",
            "\"/><",
            "#0b5a60ff",
        ] {
            assert_eq!(rgb(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_shade_lies_between_the_background_and_its_color() {
        let colors = CardColors {
            background: "#fff".to_owned(),
            text: "#000".to_owned(),
            muted: "#555".to_owned(),
            border: "#ccc".to_owned(),
            accent: "#0b5a60".to_owned(),
        };
        let palette = palette(&colors).unwrap();
        let color = |index: u8| palette[usize::from(index) * 3..][..3].to_vec();
        assert_eq!(palette.len(), (usize::from(BORDER) + 1) * 3);
        assert!(palette.len() <= 16 * 3, "an index has four bits");
        assert_eq!(color(0), [255, 255, 255]);
        assert_eq!(color(Ink::Text.full()), [0, 0, 0]);
        assert_eq!(color(Ink::Muted.full()), [0x55, 0x55, 0x55]);
        assert_eq!(color(Ink::Accent.full()), [0x0b, 0x5a, 0x60]);
        assert_eq!(color(BORDER), [0xcc, 0xcc, 0xcc]);
        let reds: Vec<u8> = (Ink::Text.first()..=Ink::Text.full())
            .map(|i| color(i)[0])
            .collect();
        assert!(reds.is_sorted_by(|a, b| a > b), "{reds:?}");
    }

    #[test]
    fn shades_of_one_color_add_up_and_those_of_two_never_mix() {
        let half = inked(0, 2, Ink::Text);
        assert_eq!(half, 2);
        assert_eq!(inked(half, 1, Ink::Text), 3);
        assert_eq!(inked(half, SHADES, Ink::Text), Ink::Text.full());
        assert_eq!(inked(half, 0, Ink::Muted), half);
        assert_eq!(inked(half, 1, Ink::Muted), half, "the text covers more");
        assert_eq!(inked(half, SHADES, Ink::Muted), Ink::Muted.full());
        assert_eq!(inked(BORDER, 2, Ink::Accent), BORDER);
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let glyph = Glyph::test(3, 3);
        let mut canvas = Canvas::new();
        for place in [
            (-2, -2),
            (1199, 629),
            (5000, 1),
            (1, 5000),
            (-9, 0),
            (0, -9),
        ] {
            canvas.draw(&glyph, place, Ink::Text);
        }
        let n_inked = canvas.indexes().iter().filter(|index| **index != 0).count();
        assert_eq!(n_inked, 2);
        assert_eq!(canvas.indexes().first(), canvas.indexes().last());
    }
}
