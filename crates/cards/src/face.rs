//! The font of the cards: the letters that it has, their widths, and their places on a line.

use std::sync::LazyLock;

use super::glyphs::{Glyph, Glyphs};
use super::shape::{Placed, Shaper};

/// Noto Serif Bold, reduced to its Latin, Greek and Cyrillic letters.
const BYTES: &[u8] = include_bytes!("NotoSerif-Bold.ttf");

/// The sizes of a headline; the largest that fits is used.
pub(super) const TITLE_SIZES: [f32; 7] = [88.0, 80.0, 72.0, 64.0, 58.0, 52.0, 46.0];

/// The size of the lines below the headline, which stays legible when a network shows the card at half its size.
pub(super) const DEK: f32 = 36.0;

/// The size of the lines at the top and at the foot, the smallest that stays legible when a network shows the card at
/// half its size.
pub(super) const SMALL: f32 = 30.0;

/// The font, and what is computed from it once.
pub(super) struct Face {
    font: ttf_parser::Face<'static>,
    shaper: Shaper,
    sizes: Vec<Glyphs>,
    units_per_em: f32,
    /// Which ASCII letters it has: nearly all lookups are for these, and asking the font takes longer.
    has_ascii: [bool; 128],
}

impl Face {
    /// The font that ships with the program.
    pub(super) fn get() -> Option<&'static Self> {
        static FACE: LazyLock<Option<Face>> = LazyLock::new(Face::new);
        FACE.as_ref()
    }

    fn new() -> Option<Self> {
        let font = ttf_parser::Face::parse(BYTES, 0).ok()?;
        let sizes = TITLE_SIZES.into_iter().chain([DEK, SMALL]);
        let has_ascii = std::array::from_fn(|at| {
            let letter = u8::try_from(at).map(char::from);
            letter.is_ok_and(|letter| font.glyph_index(letter).is_some())
        });
        Some(Self {
            has_ascii,
            units_per_em: f32::from(font.units_per_em()),
            shaper: Shaper::new(font.clone()),
            sizes: sizes.map(|size| Glyphs::new(&font, size)).collect(),
            font,
        })
    }

    /// The glyphs of a line, in font units.
    pub(super) fn shape(&self, line: &str) -> Vec<Placed> {
        self.shaper.shape(line)
    }

    /// The glyphs of a line that starts at a point on its baseline, in one of the sizes of cards, each with the pixel
    /// that its origin falls into.
    pub(super) fn glyphs(
        &self,
        line: &str,
        size: f32,
        (x, y): (f32, f32),
    ) -> impl Iterator<Item = (&Glyph, (i32, i32))> {
        let glyphs = self.sizes.iter().find(|glyphs| glyphs.size() == size);
        let scale = size / self.units_per_em;
        let placed = self.shape(line).into_iter();
        placed.filter_map(move |placed| {
            let x = x + placed.x as f32 * scale;
            let y = y - placed.y as f32 * scale;
            let (glyph, x) = glyphs?.at(&self.font, placed.id, x)?;
            Some((glyph, (x, y.round() as i32)))
        })
    }

    /// Whether the font has every letter of a text.
    pub(super) fn has(&self, text: &str) -> bool {
        let mut letters = text.chars().filter(|c| !c.is_whitespace());
        letters.all(|c| match self.has_ascii.get(c as usize) {
            Some(has) => *has,
            None => self.font.glyph_index(c).is_some(),
        })
    }

    /// The width of a text in pixels, ignoring kerning, which doesn't make it wider.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.pixels(text.chars().map(|c| self.advance(c)).sum(), size)
    }

    /// How far a letter advances the pen, in font units; 0 if the font doesn't have it.
    pub(super) fn advance(&self, letter: char) -> u32 {
        let glyph = self.font.glyph_index(letter);
        let advance = glyph.and_then(|glyph| self.font.glyph_hor_advance(glyph));
        advance.map_or(0, u32::from)
    }

    /// Converts a length in font units to pixels.
    pub(super) fn pixels(&self, units: u32, size: f32) -> f32 {
        units as f32 * size / self.units_per_em
    }
}
