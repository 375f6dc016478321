//! Draws letters as pixels.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use rustybuzz::Face;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::canvas::SHADES;

/// How many horizontal positions a glyph can have within a pixel. With two, no letter is more than a quarter of a pixel
/// from its place, which nobody notices in letters 30 pixels high.
const STEPS: usize = 2;

/// A glyph in pixels, from its origin on the baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The first column, from the origin to the right.
    pub(super) left: i32,
    /// The first row, from the baseline down.
    pub(super) top: i32,
    width: usize,
    /// How much of each pixel is covered, row by row, from 0 to [`SHADES`].
    shades: Vec<u8>,
}

impl Glyph {
    /// The rows from top to bottom, each as wide as the glyph; none for a space.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.shades.chunks_exact(self.width.max(1))
    }

    /// Pixels from an upper left corner, row by row.
    pub(super) fn new((left, top): (i32, i32), width: usize, shades: Vec<u8>) -> Self {
        Self {
            left,
            top,
            width,
            shades,
        }
    }

    /// A fully covered block, for tests.
    #[cfg(test)]
    pub(super) fn test(width: usize, height: usize) -> Self {
        Self {
            width,
            shades: vec![SHADES; width * height],
            ..Self::default()
        }
    }
}

/// A glyph of a font in one size, at one place within a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// The number of the font.
    pub(super) font: usize,
    /// The number of the glyph in it.
    pub(super) glyph: u16,
    /// The size in pixels.
    size: u16,
    /// How many steps to the right within the pixel.
    step: u8,
}

impl Spot {
    /// The glyph for a position on a line, and the pixel that its origin falls into.
    pub(super) fn new((font, glyph): (usize, u16), size: f32, x: f32) -> (Self, i32) {
        let steps = (x * STEPS as f32).round() as i32;
        let spot = Self {
            font,
            glyph,
            size: size as u16,
            step: steps.rem_euclid(STEPS as i32) as u8,
        };
        (spot, steps.div_euclid(STEPS as i32))
    }
}

/// Draws a glyph, shifted right by a fraction of a pixel.
pub(super) fn drawing(font: &Face<'_>, id: GlyphId, spot: &Spot) -> Glyph {
    let mut outline = Outline {
        scale: f32::from(spot.size) / font.units_per_em() as f32,
        shift: f32::from(spot.step) / STEPS as f32,
        ..Outline::default()
    };
    // A space has no outline.
    match font.outline_glyph(id, &mut outline) {
        Some(_) => outline.rasterized(),
        None => Glyph::default(),
    }
}

/// A segment of an outline: its ends, and what bends it.
struct Stroke {
    from: Point,
    bend: Bend,
    to: Point,
}

/// The control points of a curve, of which TrueType has one and PostScript two.
enum Bend {
    None,
    Quadratic(Point),
    Cubic(Point, Point),
}

impl Bend {
    fn points(&self) -> impl Iterator<Item = Point> {
        let (first, second) = match self {
            Self::None => (None, None),
            Self::Quadratic(control) => (Some(*control), None),
            Self::Cubic(first, second) => (Some(*first), Some(*second)),
        };
        first.into_iter().chain(second)
    }
}

/// An outline in pixels, with y downwards.
#[derive(Default)]
struct Outline {
    scale: f32,
    shift: f32,
    strokes: Vec<Stroke>,
    start: Point,
    last: Point,
}

impl Outline {
    fn pixel(&self, x: f32, y: f32) -> Point {
        point(x * self.scale + self.shift, -y * self.scale)
    }

    fn stroke(&mut self, bend: Bend, to: Point) {
        let from = std::mem::replace(&mut self.last, to);
        self.strokes.push(Stroke { from, bend, to });
    }

    fn rasterized(self) -> Glyph {
        /// A glyph that is larger in either direction is drawn by a damaged font.
        const LARGEST: f32 = 2_000.0;
        if self.strokes.is_empty() {
            return Glyph::default();
        }
        let ends = self.strokes.iter().map(|stroke| stroke.to);
        let points: Vec<Point> = ends
            .chain(self.strokes.iter().flat_map(|stroke| stroke.bend.points()))
            .collect();
        let least = |of: fn(&Point) -> f32| points.iter().map(of).fold(f32::MAX, f32::min).floor();
        let most = |of: fn(&Point) -> f32| points.iter().map(of).fold(f32::MIN, f32::max).ceil();
        let (left, top) = (least(|p| p.x), least(|p| p.y));
        let (width, height) = (most(|p| p.x) - left, most(|p| p.y) - top);
        if !(width <= LARGEST && height <= LARGEST) {
            return Glyph::default();
        }
        let (width, height) = (width as usize, height as usize);
        let mut rasterizer = Rasterizer::new(width, height);
        let moved = |p: Point| point(p.x - left, p.y - top);
        for Stroke { from, bend, to } in &self.strokes {
            let (from, to) = (moved(*from), moved(*to));
            match bend {
                Bend::None => rasterizer.draw_line(from, to),
                Bend::Quadratic(control) => rasterizer.draw_quad(from, moved(*control), to),
                Bend::Cubic(first, second) => {
                    rasterizer.draw_cubic(from, moved(*first), moved(*second), to);
                }
            }
        }
        let mut shades = Vec::with_capacity(width * height);
        rasterizer.for_each_pixel(|_, covered| {
            shades.push((covered.min(1.0) * f32::from(SHADES)).round() as u8);
        });
        Glyph::new((left as i32, top as i32), width, shades)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.pixel(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.pixel(x, y);
        self.stroke(Bend::None, to);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (control, to) = (self.pixel(cx, cy), self.pixel(x, y));
        self.stroke(Bend::Quadratic(control), to);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let bend = Bend::Cubic(self.pixel(x1, y1), self.pixel(x2, y2));
        let to = self.pixel(x, y);
        self.stroke(bend, to);
    }

    fn close(&mut self) {
        self.stroke(Bend::None, self.start);
    }
}
