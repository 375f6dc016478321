//! Puts a picture that a writer dropped beside the page, and names it there.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::{self, Refused, page_path};
use crate::document::{Edit, FieldPath, Value, edited};
use crate::project::slugify;

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
        let before = files::read(&self.root, &page)?.ok_or(Refused::Changed(None))?;
        let bytes = nutgraf_pictures::without_notes(&bytes).unwrap_or(bytes);
        let named = text("name");
        let stem = named.rsplit_once('.').map_or(named, |(stem, _)| stem);
        let stem = match slugify(stem) {
            slug if slug.is_empty() => "picture".to_owned(),
            slug => slug,
        };
        let folder = page.folder();
        let name = files::put(&self.root, folder, &stem, ending(&bytes), &bytes)?;
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
