//! Writes a picture as PNG, with the palette that its pixels index.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::canvas::Canvas;
use super::{HEIGHT, WIDTH};

/// The bytes of the file; `None` if the encoder refuses the palette.
///
/// Two pixels share a byte, as there are sixteen colors at most. Each row is stored as its difference from the one above:
/// letters consist mostly of vertical strokes, so most of a card becomes zeros, which this compressor handles eight at a
/// time.
pub(super) fn encode(canvas: &Canvas, palette: Vec<u8>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Four);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::Fastest);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&packed(canvas.indexes())).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// Two pixels in each byte, the left one in its upper half. Written for the compiler to do sixteen at a time.
fn packed(indexes: &[u8]) -> Vec<u8> {
    let (pairs, _) = indexes.as_chunks::<2>();
    let pairs = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    pairs.map(|pair| (pair << 4 | pair >> 8) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pixels_share_a_byte() {
        assert_eq!(packed(&[1, 2, 15, 0, 13, 14]), [0x12, 0xf0, 0xde]);
    }
}
