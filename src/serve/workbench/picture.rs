//! Puts a picture that a writer dropped beside the page, and names it there.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::{Refused, page_path};
use crate::disk::Root;
use crate::document::{Edit, FieldPath, Value, edited};
use crate::project::{SourcePath, slugify};

/// How many names are tried where other pictures have them.
const MAX_NAMES: usize = 100;

/// What a writer says of a picture.
struct Said<'a> {
    alt: &'a str,
    caption: &'a str,
    credit: &'a str,
    license: &'a str,
}

impl Workbench {
    /// Saves a picture beside a page, without what its camera noted, and shows it there: as the page's own picture or at
    /// the end of its prose. Undoing that leaves the file.
    pub(super) fn picture(&self, asked: &Json) -> Result<Json, Refused> {
        let page = page_path(asked["file"].as_str().unwrap_or_default())?;
        let text = |name: &str| asked[name].as_str().unwrap_or_default().trim();
        let bytes = BASE64_STANDARD.decode(text("data"));
        let bytes = bytes.map_err(|_| Refused::Edit("the picture arrived damaged".to_owned()))?;
        let shown = nutgraf_pictures::size(&bytes);
        shown.map_err(|cause| {
            Refused::Edit(format!(
                "this is no picture that browsers show: {cause}; expected JPEG, PNG, WebP, GIF or AVIF"
            ))
        })?;
        let said = Said {
            alt: text("alt"),
            caption: text("caption"),
            credit: text("credit"),
            license: text("license"),
        };
        let is_silent = asked["silent"].as_bool() == Some(true);
        if said.alt.is_empty() && !is_silent {
            let why = "say what the picture shows, for people who can't see it";
            return Err(Refused::Edit(why.to_owned()));
        }
        let before = super::files::read(&self.root, &page)?.ok_or(Refused::Changed(None))?;
        let bytes = nutgraf_pictures::without_notes(&bytes).unwrap_or(bytes);
        let name = self.put_beside(&page, text("name"), &bytes)?;
        let after = match text("place") {
            "page" => edited(&before, &[as_own(&name, &said)]),
            _ => edited(&before, &[at_end(&before, &name, &said)]),
        };
        let after = after.map_err(|fault| Refused::Edit(fault.to_string()))?;
        let mut files = self.files();
        files.write(&self.root, &page, Some(&before), &after)?;
        let hash = files.show(&after);
        let (undo, redo) = files.n_steps();
        Ok(json!({ "file": page, "picture": name, "hash": hash, "undo": undo, "redo": redo }))
    }

    /// Writes a picture into the folder of a page, under a name that no other one has, and returns the name.
    fn put_beside(&self, page: &SourcePath, named: &str, bytes: &[u8]) -> Result<String, Refused> {
        let root = Root::open(&self.root).map_err(Refused::Disk)?;
        let stem = named.rsplit_once('.').map_or(named, |(stem, _)| stem);
        let stem = match slugify(stem) {
            slug if slug.is_empty() => "picture".to_owned(),
            slug => slug,
        };
        let ending = ending(bytes);
        for number in 1..=MAX_NAMES {
            let name = match number {
                1 => format!("{stem}.{ending}"),
                n => format!("{stem}-{n}.{ending}"),
            };
            let path = format!("{}/{name}", page.folder());
            match root.read(Path::new(&path), bytes.len() as u64 + 1) {
                // The same picture, dropped once more.
                Ok(there) if there == bytes => return Ok(name),
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                    root.create(Path::new(&path), bytes)
                        .map_err(Refused::Disk)?;
                    return Ok(name);
                }
                // Another one has the name.
                Ok(_) | Err(_) => {}
            }
        }
        Err(Refused::Edit(format!(
            "there are many pictures called `{stem}` already; give this one another name"
        )))
    }
}

/// The ending of a picture's name, by its first bytes.
fn ending(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpg",
        [b'G', b'I', b'F', ..] => "gif",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        _ => "avif",
    }
}

/// `image:` of the page.
fn as_own(name: &str, said: &Said<'_>) -> Edit {
    let fields = [
        ("file", name),
        ("caption", said.caption),
        ("credit", said.credit),
        ("license", said.license),
    ];
    let fields = fields.into_iter().filter(|(_, words)| !words.is_empty());
    let mut fields: Vec<(String, Value)> = fields
        .map(|(field, words)| (field.to_owned(), Value::text(words)))
        .collect();
    fields.insert(1, ("alt".to_owned(), Value::text(said.alt)));
    Edit::Set {
        at: FieldPath::field("image"),
        value: Value::Map(fields),
    }
}

/// A picture in Markdown, after everything else: `![alt](name "caption"){credit="…"}`.
fn at_end(before: &str, name: &str, said: &Said<'_>) -> Edit {
    let mut words = format!("![{}]({name}", escaped(said.alt, &['[', ']', '\\']));
    if !said.caption.is_empty() {
        words.push_str(&format!(" \"{}\"", escaped(said.caption, &['"', '\\'])));
    }
    words.push(')');
    let signed = [("credit", said.credit), ("license", said.license)];
    let signed = signed.into_iter().filter(|(_, words)| !words.is_empty());
    let signed: Vec<String> = signed
        .map(|(name, words)| format!("{name}=\"{}\"", words.replace('"', "”")))
        .collect();
    if !signed.is_empty() {
        words.push_str(&format!("{{{}}}", signed.join(" ")));
    }
    let gap = if before.ends_with("\n\n") { "" } else { "\n" };
    let line = if before.ends_with('\n') { "" } else { "\n" };
    Edit::Prose {
        span: before.len()..before.len(),
        words: format!("{line}{gap}{words}\n"),
    }
}

/// Words on one line, with a backslash before each of some characters.
fn escaped(words: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if special.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
