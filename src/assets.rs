//! Which files are published as they are, and under which names?
//!
//! Files of `static/`, those of the theme that the project doesn't replace, and what lies beside the pages in
//! `content/`. Stylesheets and scripts get the hash of their content into their name, so that a host may let
//! browsers keep them for ever.

use crate::check::address_of_file;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{Asset, Picture, PictureSize};
use crate::project::{
    ContentHash, Permalink, Snapshot, SourceFile, SourcePath, encode, is_markdown,
};
use crate::theme;
use nutgraf_pictures::{NoPicture, Size};

/// The endings of files that get a name with their hash.
const HASHED: [&str; 3] = ["css", "js", "mjs"];

/// The endings of files that can name other files.
const NAMING: [&str; 7] = ["css", "js", "mjs", "html", "svg", "json", "webmanifest"];

/// The endings of pictures.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp",
];

/// The endings of documents that people work with, and seldom mean to publish by leaving them beside a page.
const DOCUMENTS: [&str; 26] = [
    "doc", "docx", "docm", "dotx", "odt", "rtf", "pages", "xls", "xlsx", "xlsm", "ods", "numbers",
    "ppt", "pptx", "odp", "key", "pdf", "psd", "psb", "xcf", "ai", "indd", "idml", "sketch", "eps",
    "zip",
];

/// The endings of pictures of pixels. Drawings (SVG) have no size of their own.
const PIXELS: [&str; 9] = [
    "avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "webp",
];

/// The files of the theme that are published as they are. One of the project's with the same path takes its place.
pub(crate) fn builtin() -> impl Iterator<Item = (SourcePath, &'static [u8])> {
    theme::STATIC
        .iter()
        .map(|(name, bytes)| (SourcePath::new(format!("static/{name}")), *bytes))
}

/// A file that is published as it is; `None` if files at that path aren't. `names` tells what
/// [can name files](can_name_files).
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
        permalink,
        hash,
        picture: picture(path, bytes),
    })
}

/// Whether a file gets a name with its hash, unless another file names it.
pub(crate) fn has_hash(path: &SourcePath) -> bool {
    path.as_str().starts_with("static/") && HASHED.contains(&path.extension())
}

/// Whether a static file can name others. A stylesheet or script that is named in one of them keeps its name, since
/// nothing would rewrite it there.
pub(crate) fn can_name_files(path: &SourcePath) -> bool {
    path.as_str().starts_with("static/") && NAMING.contains(&path.extension())
}

/// What is in a file that has the name of a picture of pixels; `None` too where [`faults`] has told what it is instead.
fn picture(path: &SourcePath, bytes: &[u8]) -> Option<Picture> {
    if !ends_with_one_of(path, &PIXELS) {
        return None;
    }
    match nutgraf_pictures::size(bytes) {
        Ok(Size { width, height }) => Some(Picture::Sized(PictureSize { width, height })),
        Err(NoPicture::Empty | NoPicture::LfsPointer) => None,
        Err(NoPicture::Unknown) if bytes.trim_ascii_start().starts_with(b"<") => None,
        Err(reason @ (NoPicture::Heic | NoPicture::Unknown)) => {
            Some(Picture::Broken(reason.to_string()))
        }
    }
}

/// What is published of a picture: it without what its camera noted, since the place where it was taken is nobody's
/// business. `None` if a file is published as it is.
pub(crate) fn without_notes(path: &SourcePath, bytes: &[u8]) -> Option<Vec<u8>> {
    if !ends_with_one_of(path, &PIXELS) {
        return None;
    }
    nutgraf_pictures::without_notes(bytes)
}

/// What is wrong with files that are published as they are: those that hold something else than their names say, and
/// documents that no page links to.
pub(crate) fn faults(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let files = snapshot.iter();
    let of_bytes = files.filter_map(|file| not_fetched(file).or_else(|| no_picture(file)));
    let mut faults: Vec<Diagnostic> = of_bytes.collect();
    let content = snapshot.below("content");
    let documents = content.filter(|file| ends_with_one_of(&file.path, &DOCUMENTS));
    let documents: Vec<&SourceFile> = documents.collect();
    if !documents.is_empty() {
        let unlinked = documents
            .into_iter()
            .filter(|file| !is_named(snapshot, file));
        faults.extend(unlinked.map(|file| unlinked_file(&file.path)));
    }
    faults
}

fn ends_with_one_of(path: &SourcePath, endings: &[&str]) -> bool {
    let ending = path.extension();
    endings
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// That git-lfs hasn't fetched a file yet: then it holds where the real one is.
fn not_fetched(file: &SourceFile) -> Option<Diagnostic> {
    const BEGINNING: &[u8] = b"version https://git-lfs.github.com/spec/";
    file.bytes.starts_with(BEGINNING).then(|| {
        let path = &file.path;
        let message = format!("`{path}` isn't the file itself, but a pointer of Git LFS to it");
        Diagnostic::new(Code::NotFetched, Place::file(path), message)
            .help("run `git lfs pull` (in a workflow: `lfs: true` for actions/checkout)")
    })
}

/// That no browser can show a file as the picture that its name promises.
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

/// Whether a page, a template or the settings name a file.
fn is_named(snapshot: &Snapshot, file: &SourceFile) -> bool {
    let name = file.path.file_name();
    let encoded = encode(name);
    let mut texts = snapshot.iter().filter(|other| {
        is_markdown(&other.path) || matches!(other.path.extension(), "yaml" | "html")
    });
    texts.any(|other| {
        let text = String::from_utf8_lossy(&other.bytes);
        text.contains(name) || text.contains(&encoded) || text.contains(&name.replace(' ', "%20"))
    })
}

fn unlinked_file(path: &SourcePath) -> Diagnostic {
    let message = format!("no page links to `{path}`, and it would be published all the same");
    Diagnostic::new(Code::UnlinkedFile, Place::file(path), message).help(
        "link to it, or leave it out with `ignore:` in site.yaml; what is to be published without a link belongs into `static/`",
    )
}
