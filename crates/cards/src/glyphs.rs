//! Draws letters as pixels.
//!
//! A glyph is drawn from its outline when it is first needed, and kept: even a site with a thousand cards uses few
//! different letters.

use std::sync::OnceLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

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

/// The glyphs of the font in one size, each drawn when it is first requested.
pub(super) struct Glyphs {
    size: f32,
    drawn: Vec<OnceLock<Glyph>>,
}

impl Glyphs {
    pub(super) fn new(font: &Face<'_>, size: f32) -> Self {
        let n_drawn = usize::from(font.number_of_glyphs()) * STEPS;
        Self {
            size,
            drawn: std::iter::repeat_with(OnceLock::new)
                .take(n_drawn)
                .collect(),
        }
    }

    pub(super) fn size(&self) -> f32 {
        self.size
    }

    /// The glyph for a position on a line, and the pixel that its origin falls into. `None` if the font has no such
    /// glyph.
    pub(super) fn at(&self, font: &Face<'_>, id: GlyphId, x: f32) -> Option<(&Glyph, i32)> {
        let steps = (x * STEPS as f32).round() as i32;
        let pixel = steps.div_euclid(STEPS as i32);
        let step = steps.rem_euclid(STEPS as i32) as usize;
        let glyph = self.drawn.get(usize::from(id.0) * STEPS + step)?;
        let shift = step as f32 / STEPS as f32;
        Some((glyph.get_or_init(|| self.drawing(font, id, shift)), pixel))
    }

    /// Draws a glyph, shifted right by a fraction of a pixel.
    fn drawing(&self, font: &Face<'_>, id: GlyphId, shift: f32) -> Glyph {
        let mut outline = Outline {
            scale: self.size / f32::from(font.units_per_em()),
            shift,
            ..Outline::default()
        };
        // A space has no outline.
        match font.outline_glyph(id, &mut outline) {
            Some(_) => outline.rasterized(),
            None => Glyph::default(),
        }
    }
}

/// A segment of an outline: its ends, and the control point if it is a curve.
struct Stroke {
    from: Point,
    control: Option<Point>,
    to: Point,
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

    fn stroke(&mut self, control: Option<Point>, to: Point) {
        let from = std::mem::replace(&mut self.last, to);
        self.strokes.push(Stroke { from, control, to });
    }

    fn rasterized(self) -> Glyph {
        if self.strokes.is_empty() {
            return Glyph::default();
        }
        let ends = self.strokes.iter().map(|stroke| stroke.to);
        let points: Vec<Point> = ends
            .chain(self.strokes.iter().filter_map(|s| s.control))
            .collect();
        let least = |of: fn(&Point) -> f32| points.iter().map(of).fold(f32::MAX, f32::min).floor();
        let most = |of: fn(&Point) -> f32| points.iter().map(of).fold(f32::MIN, f32::max).ceil();
        let (left, top) = (least(|p| p.x), least(|p| p.y));
        let (width, height) = (
            (most(|p| p.x) - left) as usize,
            (most(|p| p.y) - top) as usize,
        );
        let mut rasterizer = Rasterizer::new(width, height);
        let moved = |p: Point| point(p.x - left, p.y - top);
        for Stroke { from, control, to } in &self.strokes {
            match control {
                Some(control) => rasterizer.draw_quad(moved(*from), moved(*control), moved(*to)),
                None => rasterizer.draw_line(moved(*from), moved(*to)),
            }
        }
        let mut shades = Vec::with_capacity(width * height);
        rasterizer.for_each_pixel(|_, covered| {
            shades.push((covered.min(1.0) * f32::from(SHADES)).round() as u8);
        });
        Glyph {
            left: left as i32,
            top: top as i32,
            width,
            shades,
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.pixel(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.pixel(x, y);
        self.stroke(None, to);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (control, to) = (self.pixel(cx, cy), self.pixel(x, y));
        self.stroke(Some(control), to);
    }

    /// This font has TrueType outlines, which have no cubic curves.
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.line_to(x, y);
    }

    fn close(&mut self) {
        self.stroke(None, self.start);
    }
}
