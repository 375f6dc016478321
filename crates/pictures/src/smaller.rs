//! Pictures in smaller sizes, as browsers and networks ask for them.
//!
//! # Design
//!
//! *Which sizes?* Those that a page of ours has room for, on screens of one and of two pixels to a point: a portrait, a
//! column on a phone, a column, the wide figure. None is larger than the picture itself.
//!
//! *Why WebP, and not AVIF?* Every browser of the last five years shows it, and it takes a tenth of the time to make.
//!
//! *Why all sizes at once?* Decoding takes as long as the rest; each size is made from the one above it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader};
use imagesize::ImageType;
use img_parts::{Bytes, ImageICC};
use webp::{Encoder, WebPConfig};

use crate::{Size, size};

/// The widths that pictures are made in, in pixels.
const WIDTHS: [u32; 5] = [320, 640, 960, 1280, 1760];

/// Pictures up to this many bytes and [this wide](WIDTHS) are as small as they need to be.
const SMALL: usize = 40_000;

/// Pictures of more pixels aren't decoded: they would take more memory than small machines have.
const MOST_PIXELS: u64 = 200_000_000;

/// The size of a picture for where an address is shared.
pub const SHARED: Size = Size {
    width: 1200,
    height: 630,
};

/// How well photographs are kept, of 100.
const QUALITY: f32 = 78.0;

/// What stays in sight when a picture is cut: a place on it, in percent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Focus {
    /// From the left, 0 to 100.
    pub x: u8,
    /// From the top, 0 to 100.
    pub y: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

/// The sizes in which a picture is to be made, from small to large; none for one that is small as it is, or that
/// wouldn't be the same afterwards: a drawing, something that moves, AVIF.
///
/// # Examples
///
/// ```
/// assert!(nutgraf_pictures::smaller_sizes(b"GIF89a\x02\x00\x01\x00\x00\x00\x00;").is_empty());
/// ```
pub fn smaller_sizes(bytes: &[u8]) -> Vec<Size> {
    let Ok(whole) = size(bytes) else {
        return Vec::new();
    };
    let is_small = bytes.len() <= SMALL && whole.width <= WIDTHS[0];
    if is_small || !can_be_decoded(bytes, whole) {
        return Vec::new();
    }
    let last = whole.width.min(WIDTHS[WIDTHS.len() - 1]);
    let widths = WIDTHS.into_iter().filter(|width| *width < last);
    // A size that is hardly smaller than the largest one is no gain.
    let widths = widths.filter(|width| *width * 5 < last * 4).chain([last]);
    widths.map(|width| scaled(whole, width)).collect()
}

/// Whether a picture can be [cut](shared) for where an address is shared: one that is decoded, and no smaller than that.
pub fn can_be_shared(bytes: &[u8]) -> bool {
    size(bytes).is_ok_and(|whole| {
        whole.width >= SHARED.width / 2
            && whole.height >= SHARED.height / 2
            && can_be_decoded(bytes, whole)
    })
}

fn scaled(whole: Size, width: u32) -> Size {
    let height = u64::from(whole.height) * u64::from(width) + u64::from(whole.width / 2);
    let height = height / u64::from(whole.width.max(1));
    Size {
        width,
        height: u32::try_from(height).unwrap_or(u32::MAX).max(1),
    }
}

fn can_be_decoded(bytes: &[u8], whole: Size) -> bool {
    if u64::from(whole.width) * u64::from(whole.height) > MOST_PIXELS {
        return false;
    }
    let starts_with = |chunk: &[u8], within: usize| {
        let head = &bytes[..bytes.len().min(within)];
        head.windows(chunk.len()).any(|window| window == chunk)
    };
    match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => true,
        // What moves has a chunk that says so before its pixels (APNG; RFC 9649 for WebP).
        Ok(ImageType::Png) => !starts_with(b"acTL", 4096),
        Ok(ImageType::Webp) => !starts_with(b"ANIM", 4096),
        _ => false,
    }
}

/// A picture in its [smaller sizes](smaller_sizes), as WebP: upright, with its colors (ICC) and without all other notes.
///
/// # Errors
///
/// Why it can't be decoded, in the decoder's words.
pub fn smaller(bytes: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let sizes = smaller_sizes(bytes);
    if sizes.is_empty() {
        return Ok(Vec::new());
    }
    let (mut picture, colors) = decode(bytes)?;
    let is_drawn = matches!(imagesize::image_type(bytes), Ok(ImageType::Png));
    let mut made = Vec::with_capacity(sizes.len());
    for size in sizes.into_iter().rev() {
        picture = resized(&picture, size);
        let webp = encode(&picture, is_drawn)?;
        made.push(with_colors(webp, colors.as_ref()));
    }
    made.reverse();
    Ok(made)
}

/// A picture for where an address is shared, as JPEG, which every network shows: cut to [that size](SHARED) around what is to stay
/// in sight.
///
/// # Errors
///
/// As [`smaller`].
pub fn shared(bytes: &[u8], focus: Focus) -> Result<Vec<u8>, String> {
    let (picture, _) = decode(bytes)?;
    let (width, height) = (picture.width(), picture.height());
    let by_width = u64::from(width) * u64::from(SHARED.height);
    let by_height = u64::from(height) * u64::from(SHARED.width);
    let pixels = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    let (cut_width, cut_height) = if by_width > by_height {
        (pixels(by_height / u64::from(SHARED.height)), height)
    } else {
        (width, pixels(by_width / u64::from(SHARED.width)))
    };
    // The focus is in the middle of the cut, as far as the picture goes.
    let start = |whole: u32, cut: u32, percent: u8| {
        let middle = u64::from(whole) * u64::from(percent.min(100)) / 100;
        let start = middle.saturating_sub(u64::from(cut / 2));
        pixels(start.min(u64::from(whole - cut)) + 1) - 1
    };
    let (x, y) = (
        start(width, cut_width, focus.x),
        start(height, cut_height, focus.y),
    );
    let cut = picture.crop_imm(x, y, cut_width, cut_height);
    let cut = resized(&cut, SHARED).to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 82)
        .encode_image(&cut)
        .map_err(|cause| cause.to_string())?;
    Ok(jpeg)
}

/// The pixels of a picture, upright, with eight bits a color; and the colors that they are meant in.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, Option<Bytes>), String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|cause| cause.to_string())?;
    let mut decoder = reader.into_decoder().map_err(|cause| cause.to_string())?;
    // Of a picture for print (CMYK), what the colors were meant in is of no use for those that it is decoded to.
    let colors = decoder.icc_profile().ok().flatten();
    let colors = colors.filter(|profile| profile.get(16..20) == Some(b"RGB "));
    let way_up = decoder.orientation().map_err(|cause| cause.to_string())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|cause| cause.to_string())?;
    picture.apply_orientation(way_up);
    let picture = if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    Ok((picture, colors.map(Bytes::from)))
}

/// A picture in another size. A large one is first brought near to it by means of its pixels, which is quick; the sharper way
/// from there is slow by the pixels that it begins with.
fn resized(picture: &DynamicImage, size: Size) -> DynamicImage {
    let (width, height) = (size.width.saturating_mul(2), size.height.saturating_mul(2));
    if picture.width() > width.saturating_mul(3) / 2
        && picture.height() > height.saturating_mul(3) / 2
    {
        let nearer = picture.thumbnail_exact(width, height);
        return nearer.resize_exact(size.width, size.height, FilterType::CatmullRom);
    }
    picture.resize_exact(size.width, size.height, FilterType::CatmullRom)
}

/// WebP. What is drawn (a map, a screen) is often smaller without losses, and always sharper.
fn encode(picture: &DynamicImage, is_drawn: bool) -> Result<Vec<u8>, String> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => Encoder::from_rgba(pixels.as_raw(), width, height),
        DynamicImage::ImageRgb8(pixels) => Encoder::from_rgb(pixels.as_raw(), width, height),
        _ => return Err("its colors aren't of eight bits".to_owned()),
    };
    let encode = |change: &dyn Fn(&mut WebPConfig)| {
        let mut config = WebPConfig::new().map_err(|()| "the encoder can't begin".to_owned())?;
        change(&mut config);
        let made = encoder.encode_advanced(&config);
        made.map(|webp| webp.to_vec())
            .map_err(|cause| format!("{cause:?}"))
    };
    let lossy = encode(&|config| config.quality = QUALITY)?;
    if !is_drawn {
        return Ok(lossy);
    }
    let whole = encode(&|config| {
        config.lossless = 1;
        config.quality = 60.0;
        config.method = 2;
    })?;
    // Sharp lines are worth half as much again.
    let is_worth_it = whole.len() * 2 <= lossy.len() * 3;
    Ok(if is_worth_it { whole } else { lossy })
}

fn with_colors(webp: Vec<u8>, colors: Option<&Bytes>) -> Vec<u8> {
    let Some(colors) = colors else {
        return webp;
    };
    let bytes = Bytes::from(webp);
    match img_parts::webp::WebP::from_bytes(bytes.clone()) {
        Ok(mut picture) => {
            picture.set_icc_profile(Some(colors.clone()));
            picture.encoder().bytes().to_vec()
        }
        Err(_) => bytes.to_vec(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    /// A photograph: red on the left, blue on the right, with noise that keeps it from being compressed away.
    fn photo(width: u32, height: u32) -> Vec<u8> {
        let pixels = RgbImage::from_fn(width, height, |x, y| {
            let noise = u8::try_from((x * 7 + y * 13) % 64).unwrap_or(0);
            if x < width / 2 {
                Rgb([200, noise, noise])
            } else {
                Rgb([noise, noise, 200])
            }
        });
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 90)
            .encode_image(&pixels)
            .unwrap();
        jpeg
    }

    fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
        let sizes = smaller_sizes(&photo(width, height)).into_iter();
        sizes.map(|size| (size.width, size.height)).collect()
    }

    #[test]
    fn no_size_is_larger_than_the_picture() {
        assert_eq!(
            sizes(3000, 1500),
            [(320, 160), (640, 320), (960, 480), (1280, 640), (1760, 880)]
        );
        assert_eq!(sizes(1000, 500), [(320, 160), (640, 320), (1000, 500)]);
        assert_eq!(sizes(200, 100), []);
    }

    #[test]
    fn each_size_is_a_picture_of_that_size() {
        let photo = photo(1000, 500);
        let made = smaller(&photo).unwrap();
        let found: Vec<_> = made.iter().map(|webp| size(webp).unwrap()).collect();
        assert_eq!(found, smaller_sizes(&photo));
        assert!(made.iter().all(|webp| webp.len() < photo.len()));
    }

    #[test]
    fn a_picture_for_sharing_is_cut_around_its_focus() {
        let photo = photo(3000, 900);
        let reds = |focus| {
            let jpeg = shared(&photo, focus).unwrap();
            assert_eq!(size(&jpeg), Ok(SHARED));
            let pixels = image::load_from_memory(&jpeg).unwrap().to_rgb8();
            let reds = pixels.pixels().filter(|pixel| pixel.0[0] > pixel.0[2]);
            reds.count() * 100 / pixels.pixels().count()
        };
        assert_eq!(reds(Focus { x: 0, y: 50 }), 87);
        assert!((48..=52).contains(&reds(Focus::default())));
        assert!(reds(Focus { x: 100, y: 50 }) < 15);
    }
}
