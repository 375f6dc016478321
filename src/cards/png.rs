//! Writes a picture of few colors as PNG.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::Pixmap;

/// How many shades of a channel count as one. The edges of letters don't need more; and a card with five colors, each
/// of which fades into the ground, stays well below the 256 that a palette can hold.
const SHADES: u8 = 8;

/// The picture with a palette; `None` if it has more colors than that.
pub(super) fn encode(pixels: &Pixmap) -> Option<Vec<u8>> {
    let mut palette: Vec<u8> = Vec::new();
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let mut indexes: Vec<u8> = Vec::with_capacity(pixels.pixels().len());
    let mut last = None;
    for pixel in pixels.pixels() {
        // Most pixels are like the one before.
        if let Some((_, index)) = last.filter(|(other, _)| other == pixel) {
            indexes.push(index);
            continue;
        }
        let color = [pixel.red(), pixel.green(), pixel.blue()];
        let index = match known.get(&color.map(|channel| channel / SHADES)) {
            Some(index) => *index,
            None => {
                let index = u8::try_from(known.len()).ok()?;
                known.insert(color.map(|channel| channel / SHADES), index);
                palette.extend(color);
                index
            }
        };
        indexes.push(index);
        last = Some((*pixel, index));
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Adaptive);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indexes).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
