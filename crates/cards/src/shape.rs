//! Places the glyphs of a line.
//!
//! It does what the scripts of this font need from OpenType's `GPOS` table: it kerns pairs of letters, and attaches
//! marks to the letter before them or to a mark that is already there.
//! (<https://learn.microsoft.com/typography/opentype/spec/gpos>)

use ttf_parser::gpos::{AnchorMatrix, MarkArray, PairAdjustment, PositioningSubtable as Subtable};
use ttf_parser::opentype_layout::Coverage;
use ttf_parser::{GlyphId, gdef::GlyphClass};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The combining class of marks above their letter, from the Unicode Standard, table 4-3.
const ABOVE: u8 = 230;

/// A glyph of a line and the position of its origin, in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The glyph.
    pub(super) id: GlyphId,
    /// How far right of the start of the line.
    pub(super) x: i32,
    /// How far above the baseline.
    pub(super) y: i32,
}

/// The rules by which a font positions its glyphs.
pub(super) struct Shaper {
    font: ttf_parser::Face<'static>,
    /// The subtables of each lookup: the first that covers a glyph decides.
    lookups: Vec<Vec<Subtable<'static>>>,
}

impl Shaper {
    pub(super) fn new(font: ttf_parser::Face<'static>) -> Self {
        let lookups = font
            .tables()
            .gpos
            .map(|table| table.lookups)
            .into_iter()
            .flatten()
            .map(|lookup| lookup.subtables.into_iter().collect());
        Self {
            lookups: lookups.collect(),
            font,
        }
    }

    /// The glyphs of a line from left to right; control characters, and spaces that the font lacks, become spaces.
    pub(super) fn shape(&self, line: &str) -> Vec<Placed> {
        let letters = self.letters(line);
        let mut placed: Vec<Placed> = Vec::with_capacity(letters.len());
        let mut pen = 0;
        // The last glyph that isn't a mark, by its position in the line.
        let mut base: Option<usize> = None;
        for id in letters {
            let before = base.and_then(|at| placed.get(at).copied());
            if self.is_mark(id) {
                let mark = self.attached(id, before, placed.last().copied());
                placed.push(mark.unwrap_or(Placed { id, x: pen, y: 0 }));
                continue;
            }
            pen += before.map_or(0, |before| self.kerning(before.id, id));
            base = Some(placed.len());
            placed.push(Placed { id, x: pen, y: 0 });
            pen += i32::from(self.font.glyph_hor_advance(id).unwrap_or(0));
        }
        placed
    }

    /// The glyphs of a text whose letters are composed as far as possible (NFC).
    fn letters(&self, text: &str) -> Vec<GlyphId> {
        let mut letters = Vec::with_capacity(text.len());
        let mut rest = text.nfc().peekable();
        while let Some(c) = rest.next() {
            let next = rest.peek().copied();
            if next.is_some_and(|mark| canonical_combining_class(mark) == ABOVE) {
                letters.extend(undotted(c).map(|c| self.glyph(c)));
            } else {
                letters.push(self.glyph(c));
            }
        }
        letters
    }

    fn glyph(&self, c: char) -> GlyphId {
        let glyph = self.font.glyph_index(c);
        let is_blank = c.is_control() || c.is_whitespace() && glyph.is_none();
        let glyph = if is_blank {
            self.font.glyph_index(' ')
        } else {
            glyph
        };
        glyph.unwrap_or_default()
    }

    fn is_mark(&self, id: GlyphId) -> bool {
        let classes = self.font.tables().gdef;
        classes.is_some_and(|classes| classes.glyph_class(id) == Some(GlyphClass::Mark))
    }

    /// How much farther apart two glyphs are than their widths imply; usually negative.
    fn kerning(&self, left: GlyphId, right: GlyphId) -> i32 {
        let pairs = self.lookups.iter().filter_map(|lookup| {
            lookup.iter().find_map(|subtable| match subtable {
                Subtable::Pair(pairs) => pair(pairs, left, right),
                _ => None,
            })
        });
        pairs.sum()
    }

    /// A mark in its place: on the previous mark, or on the letter. `None` if the font gives no place for it.
    fn attached(&self, id: GlyphId, base: Option<Placed>, last: Option<Placed>) -> Option<Placed> {
        let subtables = || self.lookups.iter().flatten();
        let last = last.filter(|last| self.is_mark(last.id));
        let on_mark = last.and_then(|last| {
            let offset = subtables().find_map(|subtable| match subtable {
                Subtable::MarkToMark(table) => offset(
                    (table.mark1_coverage, id, table.marks),
                    (table.mark2_coverage, last.id, table.mark2_matrix),
                ),
                _ => None,
            });
            Some((last, offset?))
        });
        let on_base = base.and_then(|base| {
            let offset = subtables().find_map(|subtable| match subtable {
                Subtable::MarkToBase(table) => offset(
                    (table.mark_coverage, id, table.marks),
                    (table.base_coverage, base.id, table.anchors),
                ),
                _ => None,
            });
            Some((base, offset?))
        });
        let (to, (x, y)) = on_mark.or(on_base)?;
        Some(Placed {
            id,
            x: to.x + x,
            y: to.y + y,
        })
    }
}

/// A letter under a mark above it, for which an i loses its dot.
fn undotted(c: char) -> impl Iterator<Item = char> {
    let (letter, below) = match c {
        'i' => ('ı', None),
        'j' => ('ȷ', None),
        'į' => ('ı', Some('\u{328}')),
        'ị' => ('ı', Some('\u{323}')),
        c => (c, None),
    };
    std::iter::once(letter).chain(below)
}

/// What a table adds between two glyphs; `None` if it doesn't mention them.
fn pair(pairs: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i32> {
    let index = pairs.coverage().get(left)?;
    let (value, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(index)?.get(right)?,
        PairAdjustment::Format2 {
            classes, matrix, ..
        } => matrix.get((classes.0.get(left), classes.1.get(right)))?,
    };
    Some(i32::from(value.x_advance))
}

/// The distance from a glyph's origin to that of a mark attached to it, so that their anchors meet.
fn offset(
    (marks, mark, classes): (Coverage<'_>, GlyphId, MarkArray<'_>),
    (bases, base, matrix): (Coverage<'_>, GlyphId, AnchorMatrix<'_>),
) -> Option<(i32, i32)> {
    let (class, point) = classes.get(marks.get(mark)?)?;
    let anchor = matrix.get(bases.get(base)?, class)?;
    let apart = |to: i16, from: i16| i32::from(to) - i32::from(from);
    Some((apart(anchor.x, point.x), apart(anchor.y, point.y)))
}

#[cfg(test)]
mod tests {
    use super::super::face::Face;

    /// Expects the glyphs of a line to be where HarfBuzz puts them (`hb-shape --no-glyph-names`, in font units).
    #[track_caller]
    fn check(line: &str, expected: &[(i32, i32)]) {
        let placed = Face::get().unwrap().shape(line);
        let placed: Vec<(i32, i32)> = placed.iter().map(|glyph| (glyph.x, glyph.y)).collect();
        assert_eq!(placed, expected, "{line}");
    }

    #[test]
    fn letters_are_kerned() {
        check(
            "AVATAR To Wx. fi fl “Ta” Yo, P. 1,000",
            &[
                (0, 0),
                (673, 0),
                (1291, 0),
                (1984, 0),
                (2577, 0),
                (3330, 0),
                (4042, 0),
                (4302, 0),
                (4917, 0),
                (5531, 0),
                (5791, 0),
                (6858, 0),
                (7504, 0),
                (7798, 0),
                (8058, 0),
                (8465, 0),
                (8817, 0),
                (9077, 0),
                (9484, 0),
                (9836, 0),
                (10096, 0),
                (10585, 0),
                (11208, 0),
                (11808, 0),
                (12297, 0),
                (12557, 0),
                (13180, 0),
                (13794, 0),
                (14088, 0),
                (14348, 0),
                (14866, 0),
                (15160, 0),
                (15420, 0),
                (15985, 0),
                (16279, 0),
                (16844, 0),
                (17409, 0),
            ],
        );
        check(
            "L’Été à Paris: Œuvre, São Tomé",
            &[
                (0, 0),
                (574, 0),
                (854, 0),
                (1507, 0),
                (1912, 0),
                (2484, 0),
                (2744, 0),
                (3344, 0),
                (3604, 0),
                (4242, 0),
                (4842, 0),
                (5365, 0),
                (5717, 0),
                (6198, 0),
                (6502, 0),
                (6762, 0),
                (7781, 0),
                (8448, 0),
                (9054, 0),
                (9577, 0),
                (10149, 0),
                (10443, 0),
                (10703, 0),
                (11282, 0),
                (11882, 0),
                (12496, 0),
                (12756, 0),
                (13371, 0),
                (13985, 0),
                (14971, 0),
            ],
        );
        check(
            "ГОУ Тату Ў",
            &[
                (0, 0),
                (596, 0),
                (1368, 0),
                (2068, 0),
                (2328, 0),
                (3000, 0),
                (3593, 0),
                (4149, 0),
                (4754, 0),
                (5014, 0),
            ],
        );
    }

    #[test]
    fn marks_stand_at_their_letters() {
        check(
            "Хо\u{301}лодно в за\u{301}ле Ж\u{301}",
            &[
                (0, 0),
                (732, 0),
                (1280, 0),
                (1338, 0),
                (1963, 0),
                (2569, 0),
                (3194, 0),
                (3868, 0),
                (4474, 0),
                (4734, 0),
                (5339, 0),
                (5599, 0),
                (6106, 0),
                (6634, 0),
                (6699, 0),
                (7324, 0),
                (7888, 0),
                (8148, 0),
                (8909, 178),
            ],
        );
    }

    #[test]
    fn marks_that_a_letter_can_be_composed_with_are_no_glyphs_of_their_own() {
        let face = Face::get().unwrap();
        assert_eq!(face.shape("e\u{301}"), face.shape("é"));
        assert_eq!(
            face.shape("i\u{323}\u{301}").len(),
            3,
            "ı, the dot below, the acute"
        );
        assert_eq!(face.shape("a\u{3000}\tb"), face.shape("a  b"));
    }
}
