//! Hashes of what a browser shows: a page's text and pictures, its styles, and the report of faults.
//!
//! A browser reloads only if what it shows has changed. Styles are separate, because they can be replaced without a
//! reload; and since the names of stylesheets contain hashes, a page's bytes change whenever they do.

use std::fmt::Write as _;

use crate::edition::Edition;
use crate::project::{ContentHash, OutputPath, SourcePath};

/// What a browser shows at one address. Contains only hashes and numbers: nothing that another site could learn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The page with its pictures, without its styles.
    pub(super) page: String,
    /// The styles.
    pub(super) styles: String,
    /// The report of faults.
    pub(super) faults: String,
    /// Whether the page has moved to another address.
    pub(super) has_moved: bool,
    /// The number of the last edit to follow.
    pub(super) edit: u64,
}

impl Fingerprint {
    /// The values as JSON. They need no escaping, not even in an attribute.
    pub(super) fn json(&self) -> String {
        let Self {
            page,
            styles,
            faults,
            has_moved,
            edit,
        } = self;
        format!(
            "{{\"page\":\"{page}\",\"styles\":\"{styles}\",\"faults\":\"{faults}\",\"moved\":{has_moved},\"edit\":{edit}}}"
        )
    }
}

/// The hashes of a page's text with its pictures, and of its styles.
pub(super) fn hashes(edition: &Edition, path: &OutputPath, page: &[u8]) -> (String, String) {
    let mut text: Vec<u8> = Vec::with_capacity(page.len());
    let mut styles = all_styles(edition);
    let mut copied = 0;
    for reference in references(page) {
        let address = &page[reference.clone()];
        let Some((source, hash)) = file(edition, path, address) else {
            continue;
        };
        if source.extension() == "css" {
            text.extend_from_slice(&page[copied..reference.start]);
            copied = reference.end;
            styles.extend_from_slice(address);
        } else {
            text.extend_from_slice(hash.as_bytes());
        }
    }
    text.extend_from_slice(&page[copied..]);
    (
        ContentHash::of(&text).short(),
        ContentHash::of(&styles).short(),
    )
}

/// The hashes of all stylesheets: one can import another that no page names.
fn all_styles(edition: &Edition) -> Vec<u8> {
    let files = edition.assets();
    let styles = files
        .iter()
        .filter(|(source, _)| source.extension() == "css");
    styles
        .flat_map(|(_, asset)| asset.hash.as_bytes().to_vec())
        .collect()
}

/// The file of the site that an address on a page leads to.
fn file(edition: &Edition, page: &OutputPath, address: &[u8]) -> Option<(SourcePath, ContentHash)> {
    let address = std::str::from_utf8(address).ok()?;
    let address = address.split(['?', '#']).next()?;
    if address.is_empty() || address.starts_with('/') || address.contains(':') {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(address)
        .decode_utf8()
        .ok()?;
    // Addresses are resolved against the page as sources are against a file.
    let place = SourcePath::new(page.as_str()).join(&decoded)?;
    let source = edition.file_at(&OutputPath::new(place.as_str()))?;
    let hash = edition.asset(&source)?.hash;
    Some((source, hash))
}

/// The places of addresses that a page loads: pictures, media, scripts, stylesheets. Links to other pages don't count.
fn references(page: &[u8]) -> Vec<std::ops::Range<usize>> {
    const TAGS: [&str; 11] = [
        "audio", "embed", "iframe", "image", "img", "input", "link", "script", "source", "track",
        "video",
    ];
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(start) = next(page, position, b'<') {
        position = start + 1;
        let name_end = page[position..]
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .map_or(page.len(), |length| position + length);
        let name = &page[position..name_end];
        if TAGS
            .iter()
            .any(|tag| name.eq_ignore_ascii_case(tag.as_bytes()))
        {
            position = attributes(page, name_end, &mut found);
        }
    }
    found
}

/// Reads the attributes of a tag, and returns its end.
fn attributes(page: &[u8], mut position: usize, found: &mut Vec<std::ops::Range<usize>>) -> usize {
    const ADDRESSES: [&str; 6] = ["src", "href", "xlink:href", "poster", "data", "srcset"];
    let is_name_end = |byte: &u8| byte.is_ascii_whitespace() || b"=>/\"'".contains(byte);
    while let Some(byte) = page.get(position) {
        if *byte == b'>' {
            break;
        }
        let length = page[position..]
            .iter()
            .position(is_name_end)
            .unwrap_or(page.len() - position);
        let name = &page[position..position + length];
        if length == 0 {
            // A space, or a stray character.
            position += 1;
            continue;
        }
        position += length;
        if page.get(position) != Some(&b'=') {
            continue;
        }
        let value = position + 1;
        let Some(quote @ (b'"' | b'\'')) = page.get(value).copied() else {
            continue;
        };
        let Some(end) = next(page, value + 1, quote) else {
            return page.len();
        };
        position = end + 1;
        if name.eq_ignore_ascii_case(b"srcset") {
            candidates(page, value + 1..end, found);
        } else if ADDRESSES
            .iter()
            .any(|address| name.eq_ignore_ascii_case(address.as_bytes()))
        {
            found.push(value + 1..end);
        }
    }
    position
}

/// The addresses in a `srcset`: the first word after each comma.
fn candidates(page: &[u8], range: std::ops::Range<usize>, found: &mut Vec<std::ops::Range<usize>>) {
    let mut start = range.start;
    for candidate in page[range].split(|byte| *byte == b',') {
        let blank = candidate
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let word = candidate[blank..]
            .iter()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .count();
        found.push(start + blank..start + blank + word);
        start += candidate.len() + 1;
    }
}

fn next(page: &[u8], from: usize, byte: u8) -> Option<usize> {
    page.get(from..)?
        .iter()
        .position(|other| *other == byte)
        .map(|length| from + length)
}

/// A short hash of a report; empty if there is none.
pub(super) fn hash_of_report(report: &str) -> String {
    let mut hash = String::new();
    if !report.is_empty() {
        write!(hash, "{}", ContentHash::of(report.as_bytes()).short())
            .expect("a string takes any text");
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<&str> {
        references(page.as_bytes())
            .into_iter()
            .map(|range| &page[range])
            .collect()
    }

    #[test]
    fn what_a_page_shows_is_found_and_what_it_links_to_is_not() {
        let page = "<link rel=stylesheet href=\"../style.css\"><a href='other/'>x</a>\
                    <IMG alt=\"a > b\" SRC='p.png'/><img srcset=\"a.png 1x, b.png 2x\" src=\"a.png\">\
                    <video poster=\"v.jpg\" controls><source src=\"v.mp4\"></video>";
        assert_eq!(
            found(page),
            [
                "../style.css",
                "p.png",
                "a.png",
                "b.png",
                "a.png",
                "v.jpg",
                "v.mp4"
            ]
        );
    }

    #[test]
    fn broken_markup_is_no_reason_to_fail() {
        for page in [
            "<img src=",
            "<img src=\"",
            "<img",
            "<",
            "<img =\"x\">",
            "<img src=a.png>",
            "<img 'x' src=\"y\"",
            "<img srcset=\"\">",
        ] {
            found(page);
        }
        assert_eq!(found("<img\nsrc=\"y\""), ["y"]);
        assert_eq!(found("<img hidden src=\"y\">"), ["y"]);
    }
}
