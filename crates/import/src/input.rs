//! Recognizes what kind of file was given, and reads it.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::disk;
use crate::document::decode;
use crate::error::Error;
use crate::model::Day;
use crate::project::{SourcePath, file_kind, is_markdown};

use super::front_matter;
use super::html;
use super::lists;
use super::text::About;

/// How large a file may be: far more than an article or a list needs, and little enough to hold in memory several times
/// over.
const MAX_BYTES: u64 = 16 << 20;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// An article's text, and what is known about it.
    Article {
        /// The text.
        text: String,
        /// What its file says about it.
        about: About,
        /// When it was published, according to its file.
        published: Option<Day>,
        /// The language, according to its file.
        language: Option<String>,
        /// Why it may not be an article, in a sentence.
        doubt: Option<String>,
    },
    /// A timeline of TimelineJS.
    TimelineJs(serde_json::Value),
    /// Sources in the form of the Citation Style Language.
    Csl(serde_json::Value),
    /// Sources in the YAML of hayagriva.
    Hayagriva(String),
    /// Sources in BibTeX.
    BibTex(String),
    /// Sources in RIS.
    Ris(String),
    /// A table of events.
    Table(String),
}

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
///
/// If they can't be read or there are too many.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::io("read", file, cause);
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let input = std::io::stdin().lock();
        let read = input.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(failed)?
    } else {
        match disk::read_named(file, MAX_BYTES) {
            Err(cause) if cause.kind() == ErrorKind::FileTooLarge => return Err(too_large(file)),
            read => read.map_err(failed)?,
        }
    };
    if bytes.len() as u64 > MAX_BYTES {
        Err(too_large(file))
    } else {
        Ok(bytes)
    }
}

fn too_large(file: &Path) -> Error {
    let message = format!(
        "`{}` is larger than 16 MB, which no article is",
        file.display()
    );
    Error::usage(message).help("import a part of it")
}

impl Input {
    /// Reads bytes according to the extension of their file's name or, if that doesn't tell, by what they look like.
    ///
    /// # Errors
    ///
    /// In a sentence that names the file and says what was expected.
    pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let name = file.display();
        let fails = |reason: String| Error::usage(format!("cannot import `{name}`: {reason}"));
        if let Some(kind) = file_kind(bytes) {
            let error = fails(format!(
                "it is {}, and no words can be read from it",
                kind.name
            ));
            return Err(error.help(kind.way_out));
        }
        let text = decode(&SourcePath::new(name.to_string()), bytes).map_err(|fault| {
            let error = fails(fault.message);
            match fault.help {
                Some(help) => error.help(help),
                None => error,
            }
        })?;
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err(fails("it is empty; expected an article".to_owned()));
        }
        let ending = file
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml") => web_page(text).map_err(fails),
            Some("json") => json(text).map_err(fails),
            Some("csv" | "tsv") => Ok(Self::Table(text.to_owned())),
            Some("yaml" | "yml") => Ok(Self::Hayagriva(text.to_owned())),
            Some("bib" | "bibtex") => Ok(Self::BibTex(text.to_owned())),
            Some("ris") => Ok(Self::Ris(text.to_owned())),
            Some(_) if is_markdown(&SourcePath::new(name.to_string())) => Ok(markdown(text)),
            Some("txt" | "text") => Ok(plain(text.to_owned())),
            Some(_) | None if looks_like_html(text) => web_page(text).map_err(fails),
            Some(_) | None if text.trim_start().starts_with(['{', '[']) => {
                Ok(json(text).unwrap_or_else(|_| plain(text.to_owned())))
            }
            Some(_) | None if lists::looks_like_bibtex(text) => Ok(Self::BibTex(text.to_owned())),
            Some(_) | None if lists::looks_like_ris(text) => Ok(Self::Ris(text.to_owned())),
            Some(_) | None if lists::looks_like_library(text) => {
                Ok(Self::Hayagriva(text.to_owned()))
            }
            Some(_) | None => Ok(plain(text.to_owned())),
        }
    }
}

fn plain(text: String) -> Input {
    Input::Article {
        text,
        about: About::default(),
        published: None,
        language: None,
        doubt: None,
    }
}

fn web_page(text: &str) -> Result<Input, String> {
    let found = html::article(text)?;
    Ok(Input::Article {
        text: found.text,
        about: found.about,
        published: found.published,
        language: found.language,
        doubt: found.doubt,
    })
}

fn json(text: &str) -> Result<Input, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("it isn't JSON: {error}"))?;
    if value.get("events").is_some_and(serde_json::Value::is_array) {
        return Ok(Input::TimelineJs(value));
    }
    let is_item = |value: &serde_json::Value| {
        value.get("title").is_some() && (value.get("type").is_some() || value.get("id").is_some())
    };
    let items = value.as_array();
    if is_item(&value) || items.is_some_and(|items| items.iter().any(is_item)) {
        return Ok(Input::Csl(value));
    }
    Err("expected a timeline of TimelineJS (`events`), or sources as CSL-JSON (a list of items with `type` and `title`)".to_owned())
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2000).collect();
    let start = start.to_lowercase();
    start.starts_with('<')
        && [
            "<!doctype html",
            "<html",
            "<body",
            "<article",
            "<p>",
            "<div",
        ]
        .iter()
        .any(|tag| start.contains(tag))
}

/// A Markdown file: its words without emphasis and addresses (headings stay marked), and what its front matter says.
fn markdown(text: &str) -> Input {
    static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"!\[[^\]\n]*\]\([^)\n]*\)|\[([^\]\n]*)\]\([^)\n]*\)|\*\*|__|(?m:^[ \t]*>[ \t]?)",
        )
        .ok()
    });
    let (header, body) = front_matter::divide(text);
    let words = match &*MARKS {
        Some(marks) => marks.replace_all(body, "$1").into_owned(),
        None => body.to_owned(),
    };
    let said = header.map(front_matter::read).unwrap_or_default();
    Input::Article {
        text: words,
        about: said.about,
        published: said.published,
        language: said.language,
        doubt: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, text: &str) -> Input {
        Input::read(Path::new(file), text.as_bytes()).unwrap()
    }

    #[test]
    fn a_file_is_what_its_name_or_else_its_look_says() {
        let article = plain("He left.".to_owned());
        assert_eq!(read("a.txt", "He left."), article);
        assert_eq!(read("-", "He left."), article);
        assert!(matches!(
            read("-", "{\"events\": []}"),
            Input::TimelineJs(_)
        ));
        assert!(matches!(read("-", "[sic] he left"), Input::Article { .. }));
        assert!(matches!(
            read("a.json", "[{\"type\": \"book\", \"title\": \"T\"}]"),
            Input::Csl(_)
        ));
        assert!(matches!(read("a.yml", "a: b"), Input::Hayagriva(_)));
        assert!(matches!(read("-", "a:\n  title: T\n"), Input::Hayagriva(_)));
        assert!(matches!(read("a.csv", "date,title"), Input::Table(_)));
    }

    #[test]
    fn markdown_gives_its_words() {
        let text = "---\ntitle: T\n---\n# Head\n\nThe **old** [bridge](https://b.example) ![x](y.png)closed.\n> He left.\n";
        let expected = "# Head\n\nThe old bridge closed.\nHe left.\n";
        let Input::Article { text, about, .. } = read("a.md", text) else {
            panic!("it is an article");
        };
        assert_eq!(text, expected);
        assert_eq!(about.headline.as_deref(), Some("T"));
    }

    #[test]
    fn what_is_no_text_is_refused_at_its_byte() {
        let error = Input::read(Path::new("a.txt"), b"Caf\xe9").unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot import `a.txt`: the file isn't UTF-8: byte 0xE9 at offset 3, line 1"
        );
        assert!(error.help_line().is_some());
        let error = Input::read(Path::new("a.json"), b"{\"a\": 1}").unwrap_err();
        assert!(error.to_string().contains("expected a timeline"), "{error}");
    }
}
