//! Writes a picture as PNG, with the palette that its pixels index.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::canvas::Canvas;
use super::{HEIGHT, WIDTH};

/// The bytes of the file; `None` if the encoder refuses the palette.
///
/// Two pixels share a byte, as there are sixteen colors at most. Each row is stored as its difference from the one above: letters consist mostly of vertical strokes, so most of a
/// card becomes zeros, which this compressor handles eight at a time.
pub(super) fn encode(canvas: &Canvas, palette: Vec<u8>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Four);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::Fastest);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header().ok()?;
    let pairs = canvas.indexes().chunks_exact(2);
    let packed: Vec<u8> = pairs.map(|pair| pair[0] << 4 | pair[1]).collect();
    writer.write_image_data(&packed).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
