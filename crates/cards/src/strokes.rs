//! Draws lines and dots as pixels.

use super::canvas::SHADES;
use super::glyphs::Glyph;

/// A line through some points in pixels, with round ends and corners; a dot for a single point.
pub(super) fn stroke(points: &[(f32, f32)], width: f32) -> Glyph {
    /// How far outside a line a pixel may be and still be covered a little.
    const EDGE: f32 = 0.5;
    let reach = width / 2.0 + EDGE;
    let least = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).fold(f32::MAX, f32::min);
    let most = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).fold(f32::MIN, f32::max);
    if points.is_empty() {
        return Glyph::default();
    }
    let (left, top) = (
        (least(|p| p.0) - reach).floor(),
        (least(|p| p.1) - reach).floor(),
    );
    let columns = (most(|p| p.0) + reach - left).ceil() as usize + 1;
    let rows = (most(|p| p.1) + reach - top).ceil() as usize + 1;
    let mut shades = vec![0_u8; columns * rows];
    let ends = points.iter().skip(1).chain(points.last());
    for (from, to) in points.iter().zip(ends) {
        let first = |a: f32, b: f32, start: f32| (a.min(b) - reach - start).max(0.0) as usize;
        let last = |a: f32, b: f32, start: f32| (a.max(b) + reach - start).max(0.0) as usize + 1;
        for row in first(from.1, to.1, top)..last(from.1, to.1, top).min(rows) {
            for column in first(from.0, to.0, left)..last(from.0, to.0, left).min(columns) {
                let pixel = (left + column as f32 + EDGE, top + row as f32 + EDGE);
                let covered = (reach - distance(pixel, *from, *to)).clamp(0.0, 1.0);
                let shade = (covered * f32::from(SHADES)).round() as u8;
                if let Some(before) = shades.get_mut(row * columns + column) {
                    *before = shade.max(*before);
                }
            }
        }
    }
    Glyph::new((left as i32, top as i32), columns, shades)
}

/// How far a point is from a line between two others.
fn distance((x, y): (f32, f32), (x1, y1): (f32, f32), (x2, y2): (f32, f32)) -> f32 {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    let along = match length > 0.0 {
        true => (((x - x1) * dx + (y - y1) * dy) / length).clamp(0.0, 1.0),
        false => 0.0,
    };
    (x - x1 - along * dx).hypot(y - y1 - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_wide_as_it_should_be_and_a_point_is_a_dot() {
        let line = stroke(&[(10.0, 10.0), (50.0, 10.0)], 6.0);
        let full = |glyph: &Glyph| -> Vec<usize> {
            glyph
                .rows()
                .map(|row| row.iter().filter(|shade| **shade == SHADES).count())
                .filter(|n| *n > 0)
                .collect()
        };
        assert_eq!(full(&line).len(), 6);
        assert!(full(&line).iter().all(|n| (38..=46).contains(n)));
        let dot = stroke(&[(20.0, 20.0)], 12.0);
        assert!((10..=12).contains(&full(&dot).len()));
        assert_eq!(full(&stroke(&[], 4.0)), [0; 0]);
    }

    #[test]
    fn a_corner_is_no_darker_than_its_sides() {
        let line = stroke(&[(0.0, 0.0), (20.0, 20.0), (40.0, 0.0)], 5.0);
        assert!(line.rows().flatten().all(|shade| *shade <= SHADES));
    }
}
