//! Decides which files are published unchanged, and under which names.
//!
//! These are the files in `static/`, those of the theme that the project doesn't replace, and whatever is beside the
//! pages in `content/`. Stylesheets and scripts get the hash of their content in their names, so that a host may let
//! browsers keep them forever.

use aho_corasick::AhoCorasick;

use std::sync::Arc;

use crate::check::address_of_file;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Asset, Picture, PictureSize, Pixels, Rendition};
use crate::project::{
    ContentHash, Permalink, Snapshot, SourceFile, SourcePath, copied_from, encode, is_markdown,
};
use crate::theme;
use nutgraf_pictures::{NoPicture, Size};

/// The extensions of files that get a hash in their names.
const HASHED: [&str; 3] = ["css", "js", "mjs"];

/// The extensions of files that can refer to other files.
const NAMING: [&str; 7] = ["css", "js", "mjs", "html", "svg", "json", "webmanifest"];

/// The extensions of pictures.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp",
];

/// The extensions of raster pictures. Drawings (SVG) have no size of their own.
const PIXELS: [&str; 9] = [
    "avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "webp",
];

/// The files of the theme that are published unchanged. A project file with the same path replaces one.
pub(crate) fn builtin() -> impl Iterator<Item = (SourcePath, &'static [u8])> {
    theme::STATIC
        .iter()
        .map(|(name, bytes)| (SourcePath::new(format!("static/{name}")), *bytes))
}

/// A file that is published unchanged; `None` if files at this path aren't. `names` is the text of the files that [can
/// name files](can_name_files).
pub(crate) fn asset(
    path: &SourcePath,
    hash: ContentHash,
    bytes: &[u8],
    names: &str,
) -> Option<Asset> {
    let plain = address_of_file(path)?;
    let is_hashed = has_hash(path) && !names.contains(path.file_name());
    let permalink = match plain.as_str().rsplit_once('.') {
        Some((stem, ending)) if is_hashed => {
            Permalink::new(format!("{stem}.{}.{ending}", hash.short()))
        }
        _ => plain,
    };
    Some(Asset {
        picture: picture(path, hash, &permalink, bytes),
        permalink,
        hash,
    })
}

/// Whether a file gets a name with its hash, unless another file refers to it.
pub(crate) fn has_hash(path: &SourcePath) -> bool {
    path.as_str().starts_with("static/") && HASHED.contains(&path.extension())
}

/// Whether a static file can refer to others. A stylesheet or script mentioned in one of them keeps its name, because
/// nothing would rewrite the reference.
pub(crate) fn can_name_files(path: &SourcePath) -> bool {
    path.as_str().starts_with("static/") && NAMING.contains(&path.extension())
}

/// The contents of a file with the name of a raster picture; `None` also if [`faults`] has reported what it is instead.
fn picture(
    path: &SourcePath,
    hash: ContentHash,
    permalink: &Permalink,
    bytes: &[u8],
) -> Option<Picture> {
    if !ends_with_one_of(path, &PIXELS) {
        return None;
    }
    match nutgraf_pictures::size(bytes) {
        Ok(size) => Some(Picture::Sized(Pixels {
            size: pixels(size),
            smaller: smaller(path, hash, permalink, bytes),
            can_be_shared: nutgraf_pictures::can_be_shared(bytes),
        })),
        Err(NoPicture::Empty | NoPicture::LfsPointer) => None,
        Err(NoPicture::Unknown) if bytes.trim_ascii_start().starts_with(b"<") => None,
        Err(reason @ (NoPicture::Heic | NoPicture::BrokenOff | NoPicture::Unknown)) => {
            Some(Picture::Broken(reason.to_string()))
        }
    }
}

fn pixels(size: Size) -> PictureSize {
    PictureSize {
        width: size.width,
        height: size.height,
    }
}

/// How smaller pictures are made, as a number that goes up with each change of it: it is in their names, by which those
/// of the last build are known.
const MAKING: &[u8] = b"pictures 1";

/// The smaller sizes of a picture, beside it: `quay.5f0c2a-640.webp`. The name tells one content from another, so that a
/// host may let browsers keep them for ever, and the next build needn't make them again.
fn smaller(
    path: &SourcePath,
    hash: ContentHash,
    permalink: &Permalink,
    bytes: &[u8],
) -> Arc<[Rendition]> {
    let sizes = nutgraf_pictures::smaller_sizes(bytes);
    let plain = permalink.as_str();
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    let parts = [hash.as_bytes(), path.file_name().as_bytes(), MAKING];
    let hash = ContentHash::of_parts(parts).short();
    let renditions = sizes.into_iter().map(|size| Rendition {
        permalink: Permalink::new(format!("{stem}.{hash}-{}.webp", size.width)),
        size: pixels(size),
    });
    renditions.collect()
}

/// What is published of a picture: the picture without what its camera recorded, because the place where it was taken
/// is nobody's business. `None` if a file is published unchanged.
pub(crate) fn without_notes(path: &SourcePath, bytes: &[u8]) -> Option<Vec<u8>> {
    if !ends_with_one_of(path, &PIXELS) {
        return None;
    }
    nutgraf_pictures::without_notes(bytes)
}

/// Faults of files that are published unchanged: those whose contents don't match their names, private keys, and files
/// beside the pages that no page links to. `kinds` are the extensions of files that are published without a link.
pub(crate) fn faults(snapshot: &Snapshot, kinds: &[String]) -> Vec<Diagnostic> {
    let of_bytes = snapshot.iter().filter_map(|file| {
        not_fetched(file)
            .or_else(|| no_picture(file))
            .or_else(|| private_key(file))
    });
    let mut faults: Vec<Diagnostic> = of_bytes.collect();
    faults.extend(snapshot.iter().filter_map(|file| copy(snapshot, file)));
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let beside_pages: Vec<&SourceFile> = snapshot
        .below("content")
        .filter(|file| !is_markdown(&file.path) && !ends_with_one_of(&file.path, &kinds))
        .collect();
    let unlinked = unnamed(snapshot, beside_pages);
    faults.extend(unlinked.map(|file| unlinked_file(&file.path)));
    faults
}

fn ends_with_one_of(path: &SourcePath, endings: &[&str]) -> bool {
    let ending = path.extension();
    endings
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// Reports a file that git-lfs hasn't fetched yet, and which only says where the real one is.
fn not_fetched(file: &SourceFile) -> Option<Diagnostic> {
    const BEGINNING: &[u8] = b"version https://git-lfs.github.com/spec/";
    file.bytes.starts_with(BEGINNING).then(|| {
        let path = &file.path;
        let message = format!("`{path}` isn't the file itself, but a pointer of Git LFS to it");
        Diagnostic::new(Code::NotFetched, Place::file(path), message)
            .help("run `git lfs pull` (in a workflow: `lfs: true` for actions/checkout)")
    })
}

/// Reports a file that no browser can show as the picture that its name promises.
fn no_picture(file: &SourceFile) -> Option<Diagnostic> {
    let path = &file.path;
    let is_published = ["static/", "content/"]
        .iter()
        .any(|folder| path.as_str().starts_with(folder));
    if !is_published || !ends_with_one_of(path, &PICTURES) {
        return None;
    }
    let beginning = file.bytes.trim_ascii_start();
    let beginning = &beginning[..beginning.len().min(9)];
    let what = match beginning.to_ascii_lowercase().as_slice() {
        [] => "is empty",
        html if html.starts_with(b"<!doctype") || html.starts_with(b"<html") => "is a web page",
        _ => return None,
    };
    let message = format!("`{path}` {what}, not a picture");
    let fault = Diagnostic::new(Code::NotAPicture, Place::file(path), message);
    Some(fault.help("put the picture there, or remove the file"))
}

/// Reports a file that is a copy of the one beside it, made while working.
fn copy(snapshot: &Snapshot, file: &SourceFile) -> Option<Diagnostic> {
    let path = &file.path;
    let name = copied_from(path.file_name())?;
    let folder = path.folder();
    let original = snapshot.get(&SourcePath::new(format!("{folder}/{name}")))?;
    let message = format!(
        "`{path}` looks like a copy of `{}`, and both are published",
        original.path
    );
    let fault = Diagnostic::new(Code::MergeConflict, Place::file(path), message);
    Some(fault.help("delete the one that isn't meant for readers, or give it a name of its own"))
}

/// Reports a private key, which opens a server or signs in somebody's name.
fn private_key(file: &SourceFile) -> Option<Diagnostic> {
    let path = &file.path;
    if is_markdown(path) || address_of_file(path).is_none() {
        return None;
    }
    let beginning = String::from_utf8_lossy(&file.bytes[..file.bytes.len().min(200)]);
    let is_key =
        beginning.trim_start().starts_with("-----BEGIN ") && beginning.contains("PRIVATE KEY");
    is_key.then(|| {
        let message = format!("`{path}` is a private key, and it would be published");
        Diagnostic::new(Code::PrivateKey, Place::file(path), message).help(
            "move it out of the project; if it was ever committed or published, make a new key and withdraw this one",
        )
    })
}

/// The files among some that no page, template or setting refers to.
fn unnamed<'s>(
    snapshot: &'s Snapshot,
    files: Vec<&'s SourceFile>,
) -> impl Iterator<Item = &'s SourceFile> {
    let spellings: Vec<(usize, String)> = files
        .iter()
        .enumerate()
        .flat_map(|(index, file)| {
            let name = file.path.file_name();
            let spellings = [name.to_owned(), encode(name), name.replace(' ', "%20")];
            spellings.map(|spelling| (index, spelling))
        })
        .collect();
    let mut is_named = vec![false; files.len()];
    // One pass over each text for all names: a site may have thousands of both.
    let names = AhoCorasick::new(spellings.iter().map(|(_, spelling)| spelling));
    if let Some(names) = names.ok().filter(|_| !files.is_empty()) {
        let texts = snapshot.iter().filter(|other| {
            is_markdown(&other.path) || matches!(other.path.extension(), "yaml" | "html")
        });
        for text in texts {
            for found in names.find_overlapping_iter(&*text.bytes) {
                is_named[spellings[found.pattern().as_usize()].0] = true;
            }
        }
    }
    let named = is_named.into_iter();
    files
        .into_iter()
        .zip(named)
        .filter_map(|(file, is_named)| (!is_named).then_some(file))
}

fn unlinked_file(path: &SourcePath) -> Diagnostic {
    let message = format!("no page links to `{path}`, and it would be published all the same");
    Diagnostic::new(Code::UnlinkedFile, Place::file(path), message).help(
        "link to it, or leave it out with `ignore:` in site.yaml; what is to be published without a link belongs in \
         `static/`, or its kind into `files:`",
    )
}
