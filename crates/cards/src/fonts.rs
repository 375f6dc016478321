//! The fonts of the cards: which letters they have, and the letters that were drawn already.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, Face, ShapePlan, script};
use unicode_normalization::UnicodeNormalization;

use super::glyphs::{Glyph, Spot, drawing};

/// Noto Serif Bold, reduced to its Latin, Greek and Cyrillic letters.
const BUILTIN: &[u8] = include_bytes!("NotoSerif-Bold.ttf");

/// The program's own font, which nearly all cards need.
static OWN: LazyLock<Option<Own>> = LazyLock::new(|| {
    let face = Face::from_slice(BUILTIN, 0)?;
    let latin = ShapePlan::new(
        &face,
        Direction::LeftToRight,
        Some(script::LATIN),
        None,
        &[],
    );
    let em = face.units_per_em() as f32;
    let ascii = std::array::from_fn(|at| {
        let letter = u8::try_from(at).map(char::from).ok()?;
        let advance = face.glyph_hor_advance(face.glyph_index(letter)?)?;
        Some(f32::from(advance) / em)
    });
    Some(Own { face, latin, ascii })
});

struct Own {
    face: Face<'static>,
    latin: ShapePlan,
    /// How far each ASCII letter that it has advances the pen, as a share of the font size.
    ascii: [Option<f32>; 128],
}

/// The font that comes with the program, and those that a site names for other scripts.
///
/// A letter is drawn in the first font that has it, the program's own coming first, and is drawn once, however many cards
/// have it.
#[derive(Debug, Default)]
pub struct Fonts {
    named: Vec<Arc<[u8]>>,
    drawn: RwLock<HashMap<Spot, Arc<Glyph>>>,
}

impl Fonts {
    /// The program's own font, and these files of others (OpenType or TrueType), in order of preference. A file that isn't
    /// a font ([`Fonts::is_font`]) has no letters.
    pub fn new(named: Vec<Arc<[u8]>>) -> Self {
        Self {
            named,
            drawn: RwLock::default(),
        }
    }

    /// Whether a file is a font whose letters can be drawn.
    ///
    /// # Examples
    ///
    /// ```
    /// assert!(!nutgraf_cards::Fonts::is_font(b"not a font"));
    /// ```
    pub fn is_font(bytes: &[u8]) -> bool {
        Face::from_slice(bytes, 0).is_some()
    }

    /// Whether they can show a headline.
    pub fn can_show(&self, title: &str) -> bool {
        self.open().is_some_and(|open| open.has(title))
    }

    /// The fonts, for one card: the named ones are read when a letter needs them. `None` if the program's own can't be read, which its tests exclude.
    pub(super) fn open(&self) -> Option<Open<'_>> {
        let own = OWN.as_ref()?;
        let named = self.named.iter().map(|bytes| Named {
            bytes,
            face: OnceCell::new(),
        });
        Some(Open {
            own,
            named: named.collect(),
            drawn: &self.drawn,
        })
    }
}

/// A font that a site names.
struct Named<'a> {
    bytes: &'a [u8],
    /// What is read of it: reading a large font takes longer than all else that a page needs of its card.
    face: OnceCell<Option<Face<'a>>>,
}

/// Fonts that were opened for one card.
pub(super) struct Open<'a> {
    own: &'static Own,
    named: Vec<Named<'a>>,
    drawn: &'a RwLock<HashMap<Spot, Arc<Glyph>>>,
}

impl<'a> Open<'a> {
    /// A font by its number; the program's own is 0, and stands in for one that can't be read.
    pub(super) fn face(&self, font: usize) -> &Face<'a> {
        let named = font.checked_sub(1).and_then(|named| self.named.get(named));
        let face = named.and_then(|named| {
            let read = || Face::from_slice(named.bytes, 0);
            named.face.get_or_init(read).as_ref()
        });
        face.unwrap_or(&self.own.face)
    }

    /// How the program's own font places Latin letters.
    pub(super) fn latin(&self) -> &'static ShapePlan {
        &self.own.latin
    }

    /// The width of letters that the program's own font has, as a share of the font size, ignoring kerning, which doesn't
    /// make them wider. `None` if some aren't ASCII: most texts are measured far more often than they are placed.
    pub(super) fn plain_width(&self, text: &str) -> Option<f32> {
        let advances = text
            .bytes()
            .map(|byte| *self.own.ascii.get(usize::from(byte))?);
        advances.sum()
    }

    /// The first font that has a letter, preferably that of the letter before.
    pub(super) fn font_of(&self, letter: char, before: Option<usize>) -> Option<usize> {
        let has = |font: &usize| self.face(*font).glyph_index(letter).is_some();
        before
            .filter(has)
            .or_else(|| (0..=self.named.len()).find(has))
    }

    /// Whether the fonts have every letter of a text.
    pub(super) fn has(&self, text: &str) -> bool {
        if self.plain_width(text).is_some() {
            return true;
        }
        let mut letters = text.nfc().filter(|c| !is_blank(*c));
        letters.all(|letter| self.font_of(letter, None).is_some())
    }

    /// The glyph of a font for a position on a line, drawn when it is first requested.
    pub(super) fn glyph(&self, spot: Spot) -> Arc<Glyph> {
        let known = self.drawn.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(glyph) = known.get(&spot) {
            return Arc::clone(glyph);
        }
        drop(known);
        let face = self.face(spot.font);
        let glyph = Arc::new(drawing(face, GlyphId(spot.glyph), &spot));
        let mut known = self.drawn.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(spot).or_insert(glyph))
    }
}

/// Whether a character shows nothing: a space, a control character, a mark of direction or of joining.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
