//! Places the glyphs of a line, in any script and direction.

use std::ops::Range;

use rustybuzz::{Direction, ShapePlan, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level, get_base_direction};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_script::{Script, UnicodeScript};

use super::fonts::{Open, is_blank};

/// The combining class of marks above their letter, from the Unicode Standard, table 4-3.
const ABOVE: u8 = 230;

/// A glyph of a line and the position of its origin, as shares of the font size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// The number of its font.
    pub(super) font: usize,
    /// The number of the glyph in it.
    pub(super) id: u16,
    /// How far right of the start of the line.
    pub(super) x: f32,
    /// How far above the baseline.
    pub(super) y: f32,
}

/// The glyphs of a line from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its glyphs.
    pub(super) glyphs: Vec<Placed>,
    /// Its width as a share of the font size.
    pub(super) width: f32,
}

/// Letters in one font, one script and one direction.
struct Run {
    bytes: Range<usize>,
    font: usize,
    direction: Direction,
}

/// Whether a text runs from right to left, by its first letter with a direction.
pub(super) fn runs_left(text: &str) -> bool {
    !text.is_ascii() && get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// A text whose letters are composed as far as possible (NFC), without the dots that a mark replaces, and with plain
/// spaces.
fn composed(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    let mut rest = text.nfc().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        if c.is_control() || c.is_whitespace() {
            composed.push(' ');
        } else if next.is_some_and(|mark| canonical_combining_class(mark) == ABOVE) {
            composed.extend(undotted(c));
        } else {
            composed.push(c);
        }
    }
    composed
}

/// A letter under a mark above it, for which an i loses its dot: the program's own font has no rule for that.
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

impl Open<'_> {
    /// The glyphs of a line of a text that runs from left to right, or from right to left; control characters become
    /// spaces.
    pub(super) fn line(&self, text: &str, runs_left: bool) -> Line {
        let text = composed(text);
        let mut line = Line::default();
        for run in self.runs(&text, runs_left) {
            self.shape(&text, run, &mut line);
        }
        line
    }

    fn shape(&self, text: &str, run: Run, line: &mut Line) {
        let face = self.face(run.font);
        let scale = 1.0 / face.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[run.bytes]);
        buffer.set_direction(run.direction);
        buffer.guess_segment_properties();
        let script = buffer.script();
        let is_latin = run.font == 0
            && run.direction == Direction::LeftToRight
            && script == rustybuzz::script::LATIN;
        let shaped = if is_latin {
            rustybuzz::shape_with_plan(face, self.latin(), buffer)
        } else {
            let plan = ShapePlan::new(face, run.direction, Some(script), None, &[]);
            rustybuzz::shape_with_plan(face, &plan, buffer)
        };
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        for (glyph, place) in glyphs {
            line.glyphs
                .extend(u16::try_from(glyph.glyph_id).map(|id| Placed {
                    font: run.font,
                    id,
                    x: line.width + place.x_offset as f32 * scale,
                    y: place.y_offset as f32 * scale,
                }));
            line.width += place.x_advance as f32 * scale;
        }
    }

    /// The runs of a line in the order in which they are seen, from left to right.
    fn runs(&self, text: &str, runs_left: bool) -> Vec<Run> {
        let mut runs = Vec::new();
        if text.is_ascii() && !runs_left {
            self.split(text, 0..text.len(), Direction::LeftToRight, &mut runs);
            return runs;
        }
        let base = if runs_left {
            Level::rtl()
        } else {
            Level::ltr()
        };
        let bidi = BidiInfo::new(text, Some(base));
        for paragraph in &bidi.paragraphs {
            let (levels, seen) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for bytes in seen {
                let turns = levels.get(bytes.start).is_some_and(Level::is_rtl);
                let first = runs.len();
                if turns {
                    self.split(text, bytes, Direction::RightToLeft, &mut runs);
                    runs[first..].reverse();
                } else {
                    self.split(text, bytes, Direction::LeftToRight, &mut runs);
                }
            }
        }
        runs
    }

    /// Splits letters of one direction where the font or the script changes. What belongs to no script of its own, such as
    /// a space or a comma, goes with what is around it.
    fn split(&self, text: &str, bytes: Range<usize>, direction: Direction, runs: &mut Vec<Run>) {
        let mut font = None;
        let mut script = Script::Common;
        for (at, letter) in text[bytes.clone()].char_indices() {
            let own = match letter.script() {
                Script::Inherited | Script::Unknown => Script::Common,
                own => own,
            };
            let found = match font {
                Some(font) if is_blank(letter) => font,
                _ => self.font_of(letter, font).or(font).unwrap_or(0),
            };
            let is_alike = own == Script::Common || script == Script::Common || own == script;
            let at = bytes.start + at;
            let end = at + letter.len_utf8();
            match runs.last_mut() {
                Some(run) if font == Some(found) && is_alike => {
                    run.bytes.end = end;
                }
                _ => {
                    runs.push(Run {
                        bytes: at..end,
                        font: found,
                        direction,
                    });
                    script = Script::Common;
                }
            }
            if own != Script::Common {
                script = own;
            }
            font = Some(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Fonts;

    /// Expects the glyphs of a line to be where HarfBuzz puts them (`hb-shape --no-glyph-names`, in font units).
    #[track_caller]
    fn check(line: &str, expected: &[(i32, i32)]) {
        let fonts = Fonts::default();
        let open = fonts.open().unwrap();
        let units = open.face(0).units_per_em() as f32;
        let unit = |share: f32| (share * units).round() as i32;
        let placed = open.line(line, false).glyphs.into_iter();
        let placed: Vec<(i32, i32)> = placed.map(|glyph| (unit(glyph.x), unit(glyph.y))).collect();
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
        let fonts = Fonts::default();
        let open = fonts.open().unwrap();
        let shape = |text: &str| open.line(text, false).glyphs;
        assert_eq!(shape("e\u{301}"), shape("é"));
        assert_eq!(
            shape("i\u{323}\u{301}").len(),
            3,
            "ı, the dot below, the acute"
        );
        assert_eq!(shape("a\u{3000}\tb"), shape("a  b"));
    }

    const ARABIC: &[u8] = include_bytes!("../tests/fonts/arabic.ttf");
    const HEBREW: &[u8] = include_bytes!("../tests/fonts/hebrew.ttf");
    const DEVANAGARI: &[u8] = include_bytes!("../tests/fonts/devanagari.ttf");

    fn with(font: &[u8]) -> Fonts {
        Fonts::new(vec![font.into()])
    }

    #[test]
    fn letters_are_joined_from_right_to_left() {
        let fonts = with(ARABIC);
        let open = fonts.open().unwrap();
        let line = |text: &str| open.line(text, true);
        let alone: Vec<u16> = "ميناء"
            .chars()
            .map(|c| open.face(1).glyph_index(c).unwrap().0)
            .collect();
        let joined: Vec<u16> = line("ميناء").glyphs.iter().map(|glyph| glyph.id).collect();
        // The last letter, hamza, joins none, and comes first from the left.
        assert_eq!(joined.first(), alone.last());
        assert!(
            !joined.contains(&alone[0]),
            "meem has its form of a beginning"
        );
        let letters: f32 = "ميناء".chars().map(|c| line(&c.to_string()).width).sum();
        assert!(line("ميناء").width < letters);
    }

    #[test]
    fn a_bracket_is_mirrored_and_foreign_words_keep_their_direction() {
        let fonts = with(HEBREW);
        let open = fonts.open().unwrap();
        let glyph = |font: usize, c: char| open.face(font).glyph_index(c).unwrap().0;
        let line = open.line("בעד Berg", true);
        let seen: Vec<(usize, u16)> = line.glyphs.iter().map(|one| (one.font, one.id)).collect();
        let expected: Vec<(usize, u16)> = "Berg".chars().map(|c| (0, glyph(0, c))).collect();
        assert_eq!(seen[..4], expected);
        assert_eq!(seen.last(), Some(&(1, glyph(1, 'ב'))));
        let bracketed = open.line("(בעד)", true);
        let first = bracketed.glyphs[0];
        assert_eq!(
            first.id,
            glyph(first.font, '('),
            "the closing one, as it is seen"
        );
        assert!(super::runs_left("(בעד) Berg") && !super::runs_left("Berg (בעד)"));
    }

    #[test]
    fn consonants_are_joined_to_one_sign() {
        let fonts = with(DEVANAGARI);
        let open = fonts.open().unwrap();
        assert_eq!(open.line("क्ष", false).glyphs.len(), 1);
        // The vowel sign that is written behind its consonant and seen before it.
        let seen = open.line("त्रि", false).glyphs;
        let sign = open.face(1).glyph_index('ि').unwrap().0;
        let consonant = open.face(1).glyph_index('त').unwrap().0;
        assert!(seen.len() == 2 && seen[1].id != sign && seen[0].id != consonant);
    }
}
