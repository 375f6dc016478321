//! The font of the cards: which letters it has, how wide they are, and where those of a line go.

use std::sync::LazyLock;

use super::glyphs::{Glyph, Glyphs};
use super::shape::{Placed, Shaper};

/// Noto Serif Bold with its Latin, Greek and Cyrillic letters.
const BYTES: &[u8] = include_bytes!("NotoSerif-Bold.ttf");

/// The sizes that a headline can have, the largest that fits first.
pub(super) const TITLE_SIZES: [f32; 7] = [88.0, 80.0, 72.0, 64.0, 58.0, 52.0, 46.0];

/// The size of what stands below the headline.
pub(super) const DEK: f32 = 36.0;

/// The size of the lines at the top and at the foot.
pub(super) const SMALL: f32 = 30.0;

/// The font, and what is worked out of it once.
pub(super) struct Face {
    font: ttf_parser::Face<'static>,
    shaper: Shaper,
    sizes: Vec<Glyphs>,
    units_per_em: f32,
    /// Which letters of ASCII it has: nearly all that is asked for, and a look into the font takes longer.
    has_ascii: [bool; 128],
}

impl Face {
    /// The font that comes with the program.
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

    /// The glyphs of a line, in units of the font.
    pub(super) fn shape(&self, line: &str) -> Vec<Placed> {
        self.shaper.shape(line)
    }

    /// The glyphs of a line that starts at a point of its baseline, in one of the sizes of cards: each with the pixel
    /// that its origin lies in.
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

    /// The width of a text in pixels, without kerning, which makes it no wider.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.pixels(text.chars().map(|c| self.advance(c)).sum(), size)
    }

    /// How far a letter moves the pen, in units of the font; nothing if the font doesn't have it.
    pub(super) fn advance(&self, letter: char) -> u32 {
        let glyph = self.font.glyph_index(letter);
        let advance = glyph.and_then(|glyph| self.font.glyph_hor_advance(glyph));
        advance.map_or(0, u32::from)
    }

    /// A length in units of the font as pixels.
    pub(super) fn pixels(&self, units: u32, size: f32) -> f32 {
        units as f32 * size / self.units_per_em
    }
}
