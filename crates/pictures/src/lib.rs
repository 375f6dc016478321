//! Reads how large a picture is shown, makes its smaller sizes, and removes what its file reveals about who took it.
//!
//! Only `smaller` decodes pictures. The rest looks at bytes alone: pixels stay as they are.

mod smaller;

use std::fmt;
use std::io::Cursor;

use imagesize::{ImageError, ImageType};
use img_parts::{Bytes, ImageEXIF, jpeg as segments, png as chunks, webp as riff};

pub use smaller::{Focus, SHARED, can_be_shared, shared, smaller, smaller_sizes};

/// The size at which a picture is shown, in pixels, after the rotation that its camera recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Why a file isn't a picture that browsers can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoPicture {
    /// It is empty.
    Empty,
    /// It is a pointer that Git LFS leaves in place of a picture.
    LfsPointer,
    /// It is a picture in a format that browsers don't show: HEIC, which many phones use.
    Heic,
    /// Its end is missing, as after a copy that was cut short.
    BrokenOff,
    /// It is something else.
    Unknown,
}

impl fmt::Display for NoPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::LfsPointer => "it is a pointer of Git LFS, and the picture itself isn't here",
            Self::Heic => "it is HEIC, which most browsers don't show",
            Self::BrokenOff => "it breaks off before its end",
            Self::Unknown => "it doesn't begin as a picture does",
        })
    }
}

impl std::error::Error for NoPicture {}

/// The size of a picture in JPEG, PNG, WebP, GIF or AVIF.
///
/// # Errors
///
/// What the file is instead.
///
/// # Examples
///
/// ```
/// use nutgraf_pictures::{NoPicture, Size, size};
///
/// let gif = b"GIF89a\x02\x00\x01\x00\x00\x00\x00;";
/// assert_eq!(size(gif), Ok(Size { width: 2, height: 1 }));
/// assert_eq!(size(b""), Err(NoPicture::Empty));
/// assert_eq!(size(b"version https://git-lfs.github.com/spec/v1\n"), Err(NoPicture::LfsPointer));
/// ```
pub fn size(bytes: &[u8]) -> Result<Size, NoPicture> {
    if bytes.is_empty() {
        return Err(NoPicture::Empty);
    }
    if bytes.starts_with(b"version https://git-lfs") {
        return Err(NoPicture::LfsPointer);
    }
    let kind = imagesize::image_type(bytes).map_err(|_: ImageError| NoPicture::Unknown)?;
    if let ImageType::Heif(compression) = kind
        && compression != imagesize::Compression::Av1
    {
        return Err(NoPicture::Heic);
    }
    if breaks_off(bytes, kind) {
        return Err(NoPicture::BrokenOff);
    }
    let size = imagesize::blob_size(bytes).map_err(|_: ImageError| NoPicture::Unknown)?;
    let pixels = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (width, height) = (pixels(size.width), pixels(size.height));
    let is_turned = kind == ImageType::Jpeg && matches!(orientation(bytes), Some(5..=8));
    let (width, height) = if is_turned {
        (height, width)
    } else {
        (width, height)
    };
    Ok(Size { width, height })
}

/// Whether the end of a file is missing, as far as that is seen without decoding it: the marker EOI of JPEG (a preview
/// further up has one too), the chunk IEND of PNG, the length that RIFF says.
fn breaks_off(bytes: &[u8], kind: ImageType) -> bool {
    let has_end = |end: &[u8], from: usize| {
        let rest = &bytes[from..];
        rest.windows(end.len()).any(|window| window == end)
    };
    match kind {
        ImageType::Jpeg => !has_end(&[0xff, 0xd9], bytes.len() / 2),
        ImageType::Png => !has_end(b"IEND", bytes.len() / 2),
        ImageType::Webp => {
            let length = bytes.get(4..8).and_then(|length| length.try_into().ok());
            length.is_some_and(|length| {
                let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
                length.saturating_add(8) > bytes.len().saturating_add(1)
            })
        }
        _ => false,
    }
}

/// The orientation of a JPEG file, from 1 (as it is) to 8 (Exif 2.32, tag 0x0112); `None` if its camera recorded none.
fn orientation(bytes: &[u8]) -> Option<u16> {
    let exif = exif::Reader::new()
        .read_from_container(&mut Cursor::new(bytes))
        .ok()?;
    let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let value = u16::try_from(field.value.get_uint(0)?).ok()?;
    (1..=8).contains(&value).then_some(value)
}

/// A picture without the metadata that says where, when, by whom and with what it was taken or edited; `None` if it has
/// none, or if it is in a format that isn't taken apart.
///
/// Pixels, color profile (ICC) and orientation stay as they are.
///
/// # Examples
///
/// ```
/// assert_eq!(nutgraf_pictures::without_notes(b"not a picture"), None);
/// ```
pub fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    let kind = imagesize::image_type(bytes).ok()?;
    let bytes = Bytes::copy_from_slice(bytes);
    match kind {
        ImageType::Jpeg => jpeg(bytes),
        ImageType::Png => png(bytes),
        ImageType::Webp => webp(bytes),
        _ => None,
    }
}

/// Whether a JPEG segment is metadata: a comment or any application data (Exif, XMP, IPTC, previews), except what
/// decoders need: JFIF (APP0), colors (APP2) and Adobe's color transform (APP14). ITU-T T.81, table B.1.
fn is_jpeg_note(segment: &segments::JpegSegment) -> bool {
    match segment.marker() {
        0xe0 | 0xee => false,
        0xe2 => !segment.contents().starts_with(b"ICC_PROFILE\0"),
        0xe1..=0xef | 0xfe => true,
        _ => false,
    }
}

fn jpeg(bytes: Bytes) -> Option<Vec<u8>> {
    let way_up = orientation(&bytes).filter(|way_up| *way_up != 1);
    let mut picture = segments::Jpeg::from_bytes(bytes).ok()?;
    let parts = picture.segments_mut();
    let n_parts = parts.len();
    parts.retain(|part| !is_jpeg_note(part));
    if parts.len() == n_parts {
        return None;
    }
    picture.set_exif(way_up.map(|way_up| Bytes::from(exif_of(way_up))));
    Some(picture.encoder().bytes().to_vec())
}

/// Exif data with the orientation and nothing else: a TIFF header, and a directory with one short number.
fn exif_of(way_up: u16) -> Vec<u8> {
    let [high, low] = way_up.to_be_bytes();
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend([high, low, 0, 0, 0, 0, 0, 0]);
    exif
}

/// PNG chunks with metadata (PNG, third edition, 11.3).
const PNG_NOTES: [&[u8; 4]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];

fn png(bytes: Bytes) -> Option<Vec<u8>> {
    let mut picture = chunks::Png::from_bytes(bytes).ok()?;
    let parts = picture.chunks_mut();
    let n_parts = parts.len();
    parts.retain(|part| !PNG_NOTES.contains(&&part.kind()));
    (parts.len() < n_parts).then(|| picture.encoder().bytes().to_vec())
}

/// WebP chunks with metadata, and the bit that announces each in the header (RFC 9649).
const WEBP_NOTES: [(&[u8; 4], u8); 2] = [(b"EXIF", 0x08), (b"XMP ", 0x04)];

fn webp(bytes: Bytes) -> Option<Vec<u8>> {
    let mut picture = riff::WebP::from_bytes(bytes).ok()?;
    let parts = picture.chunks_mut();
    let n_parts = parts.len();
    parts.retain(|part| !WEBP_NOTES.iter().any(|(id, _)| **id == part.id()));
    if parts.len() == n_parts {
        return None;
    }
    let mut bytes = picture.encoder().bytes().to_vec();
    // The header comes first: 12 bytes of RIFF, then `VP8X`, its length and its flags.
    if bytes.get(12..16) == Some(b"VP8X")
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !WEBP_NOTES.iter().fold(0, |bits, (_, bit)| bits | bit);
    }
    Some(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]
mod tests {
    use super::*;

    /// A black JPEG of 2 by 1 pixels.
    const JPEG: &[u8] = include_bytes!("../tests/black.jpg");

    fn has(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|window| window == words)
    }

    fn with_notes(way_up: u16) -> Vec<u8> {
        let mut picture = segments::Jpeg::from_bytes(Bytes::from_static(JPEG)).unwrap();
        let mut exif = exif_of(way_up);
        exif.extend(b"a camera at 52.5 north");
        picture.set_exif(Some(Bytes::from(exif)));
        picture.encoder().bytes().to_vec()
    }

    #[test]
    fn a_picture_loses_what_its_camera_noted_and_keeps_its_way_up() {
        let noted = with_notes(6);
        assert!(has(&noted, b"52.5 north"));
        assert_eq!(
            size(&noted),
            Ok(Size {
                width: 1,
                height: 2
            })
        );
        let plain = without_notes(&noted).unwrap();
        assert!(!has(&plain, b"52.5 north"));
        assert_eq!((orientation(&plain), size(&plain)), (Some(6), size(&noted)));
        let upright = without_notes(&with_notes(1)).unwrap();
        assert_eq!((orientation(&upright), size(&upright)), (None, size(JPEG)));
    }

    #[test]
    fn a_picture_without_notes_is_as_it_was() {
        assert_eq!(without_notes(JPEG), None);
    }

    #[test]
    fn notes_of_png_are_taken_out() {
        let png = include_bytes!("../tests/noted.png");
        assert!(has(png, b"somebody"));
        let plain = without_notes(png).unwrap();
        assert!(!has(&plain, b"somebody") && !has(&plain, b"tIME"));
        assert_eq!(size(&plain), size(png));
    }

    #[test]
    fn notes_of_webp_are_taken_out() {
        let webp = include_bytes!("../tests/noted.webp");
        assert!(has(webp, b"EXIF"));
        let plain = without_notes(webp).unwrap();
        assert!(!has(&plain, b"EXIF"));
        assert_eq!(plain[20] & 0x0c, 0);
        assert_eq!(size(&plain), size(webp));
    }

    #[test]
    fn what_is_no_picture_says_what_it_is() {
        assert_eq!(size(b"<html>"), Err(NoPicture::Unknown));
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        assert_eq!(size(heic), Err(NoPicture::Heic));
        let jpeg = &JPEG[..JPEG.len() - 2];
        assert_eq!(size(jpeg), Err(NoPicture::BrokenOff));
        let png = include_bytes!("../tests/noted.png");
        assert_eq!(size(&png[..png.len() - 8]), Err(NoPicture::BrokenOff));
    }
}
