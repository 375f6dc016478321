//! Recognizes what kind of file was given, and reads it.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::disk;
use crate::error::Error;
use crate::model::Day;
use crate::project::{FileFormat, SourcePath, file_kind, is_markdown};

use super::front_matter;
use super::html;
use super::lists;
use super::text::About;

mod encoding;
mod mime;
mod pdf;
mod word;

/// How large a file may be: far more than an article or a list needs, and little enough to hold in memory several times
/// over.
const MAX_BYTES: u64 = 16 << 20;

/// How many words a document or a saved page needs to be an article. Fewer are a cover sheet, a caption, or a scan of
/// which a line could be read; whoever means them has them as plain text in no time.
const MIN_WORDS: usize = 20;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// An article.
    Article(Box<ArticleFile>),
    /// A timeline of TimelineJS.
    TimelineJs(serde_json::Value),
    /// Records of ours, as a site publishes them.
    Records(serde_json::Value),
    /// The files of a data package of ours, by their paths beside it.
    Package(Vec<String>),
    /// Sources in the form of the Citation Style Language.
    Csl(serde_json::Value),
    /// Sources in the YAML of hayagriva.
    Hayagriva(String),
    /// Sources in BibTeX.
    BibTex(String),
    /// Sources in RIS.
    Ris(String),
    /// A calendar.
    Calendar(String),
    /// A timeline in Markwhen.
    Markwhen(String),
    /// A table of events.
    Table(String),
}

/// An article's text, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ArticleFile {
    /// The text.
    pub(super) text: String,
    /// What its file says of it.
    pub(super) about: About,
    /// When it was published, by its file.
    pub(super) published: Option<Day>,
    /// The language, by its file.
    pub(super) language: Option<String>,
    /// Why it may not be an article, or not have been read rightly, each a sentence.
    pub(super) doubts: Vec<String>,
    /// What else its file holds, a sentence.
    pub(super) left_out: Option<String>,
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

/// What a file says, and what is to be said of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileRead {
    pub(super) input: Input,
    /// A sentence.
    pub(super) remark: Option<String>,
}

impl Input {
    /// Reads bytes by what they are; where they are text, by the ending of their file's name, and without one that says
    /// enough, by their look.
    ///
    /// # Errors
    ///
    /// In a sentence that names the file and what was expected.
    pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<FileRead, Error> {
        let name = file.display();
        let fails = |reason: String| Error::usage(format!("cannot import `{name}`: {reason}"));
        if let Some(kind) = file_kind(bytes) {
            let article = match kind.format {
                Some(FileFormat::Pdf) => pdf::text(bytes).map(plain),
                Some(FileFormat::Word) => word::read(bytes).map(document),
                Some(FileFormat::Mime) => mime::read(bytes).and_then(message),
                None => {
                    let reason = format!("it is {}, and no words can be read from it", kind.name);
                    return Err(fails(reason).help(kind.way_out));
                }
            };
            let input = article.map_err(fails)?;
            if let Input::Article(article) = &input {
                let n_words = article.text.split_whitespace().count();
                if n_words < MIN_WORDS {
                    let reason =
                        format!("it is {} with {n_words} words, and no article", kind.name);
                    let help =
                        "if these are all the words there are, save them as plain text (.txt)";
                    return Err(fails(reason).help(help));
                }
            }
            return Ok(FileRead {
                input,
                remark: None,
            });
        }
        let encoding::Decoded { text, remark } = encoding::decode(bytes, None).map_err(fails)?;
        if text.trim().is_empty() {
            return Err(fails("it is empty; expected an article".to_owned()));
        }
        let input = Self::of_text(file, &text).map_err(fails)?;
        Ok(FileRead { input, remark })
    }

    fn of_text(file: &Path, text: &str) -> Result<Self, String> {
        let ending = file
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        let name = SourcePath::new(file.display().to_string());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml") => web_page(text),
            Some("json") => json(text),
            Some("csv" | "tsv") => Ok(Self::Table(text.to_owned())),
            Some("yaml" | "yml") => Ok(Self::Hayagriva(text.to_owned())),
            Some("bib" | "bibtex") => Ok(Self::BibTex(text.to_owned())),
            Some("ics" | "ical") => Ok(Self::Calendar(text.to_owned())),
            Some("mw" | "markwhen") => Ok(Self::Markwhen(text.to_owned())),
            Some("ris") => Ok(Self::Ris(text.to_owned())),
            Some(_) if is_markdown(&name) => Ok(markdown(text)),
            Some("txt" | "text") => Ok(plain(text.to_owned())),
            Some(_) | None if looks_like_html(text) => web_page(text),
            Some(_) | None if text.trim_start().starts_with(['{', '[']) => {
                Ok(json(text).unwrap_or_else(|_| plain(text.to_owned())))
            }
            Some(_) | None if lists::looks_like_calendar(text) => {
                Ok(Self::Calendar(text.to_owned()))
            }
            Some(_) | None if lists::looks_like_bibtex(text) => Ok(Self::BibTex(text.to_owned())),
            Some(_) | None if lists::looks_like_ris(text) => Ok(Self::Ris(text.to_owned())),
            Some(_) | None if lists::looks_like_library(text) => {
                Ok(Self::Hayagriva(text.to_owned()))
            }
            // Pasted Markdown has its front matter all the same.
            Some(_) | None if front_matter::divide(text).0.is_some() => Ok(markdown(text)),
            Some(_) | None => Ok(plain(text.to_owned())),
        }
    }
}

fn plain(text: String) -> Input {
    Input::Article(Box::new(ArticleFile {
        text,
        ..ArticleFile::default()
    }))
}

fn web_page(text: &str) -> Result<Input, String> {
    let found = html::article(text)?;
    Ok(Input::Article(Box::new(ArticleFile {
        text: found.text,
        about: found.about,
        published: found.published,
        language: found.language,
        doubts: found.doubt.into_iter().collect(),
        left_out: None,
    })))
}

/// A document of an office program.
fn document(found: word::WordText) -> Input {
    let parts = found.left_out.iter().map(|(n, what)| match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    });
    let parts: Vec<String> = parts.collect();
    Input::Article(Box::new(ArticleFile {
        text: found.text,
        about: About {
            headline: found.title,
            ..About::default()
        },
        left_out: (!parts.is_empty())
            .then(|| format!("Left out of the document: {}.", parts.join(", "))),
        ..ArticleFile::default()
    }))
}

/// A saved page or a letter.
fn message(found: mime::Message) -> Result<Input, String> {
    let input = match found.is_html {
        true => web_page(&found.text)?,
        false => plain(found.text),
    };
    let Input::Article(mut article) = input else {
        return Ok(input);
    };
    article.about.url = article.about.url.or(found.url);
    article.about.headline = article.about.headline.or(found.subject);
    article.left_out = match found.n_attached {
        0 => None,
        1 => Some("Left out of the message: 1 attached file.".to_owned()),
        n => Some(format!("Left out of the message: {n} attached files.")),
    };
    Ok(Input::Article(article))
}

fn json(text: &str) -> Result<Input, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("it isn't JSON: {error}"))?;
    if value.get("events").is_some_and(serde_json::Value::is_array) {
        return Ok(Input::TimelineJs(value));
    }
    if lists::looks_like_ours(&value) {
        return Ok(Input::Records(value));
    }
    if let Some(paths) = package(&value) {
        return Ok(Input::Package(paths));
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

/// The files of a data package (Frictionless) that hold records, those that others name first.
fn package(value: &serde_json::Value) -> Option<Vec<String>> {
    const KNOWN: [&[&str]; 4] = [
        &["sources.csl.json", "sources.bib"],
        &["figures.json", "figures.csv"],
        // They say more of people than events do.
        &["reactions.json"],
        &["events.json", "events.csv"],
    ];
    let resources = value.get("resources")?.as_array()?;
    let paths = resources
        .iter()
        .filter_map(|resource| resource.get("path")?.as_str());
    let paths: Vec<&str> = paths.collect();
    // A path that leads out of the package is none (Data Package, "url-or-path").
    let is_safe = |path: &str| !path.starts_with(['/', '.']) && !path.contains("..");
    let known = KNOWN.into_iter().filter_map(|names| {
        let mut names = names.iter();
        names.find_map(|name| {
            let is_it = |path: &&&str| is_safe(path) && path.rsplit('/').next() == Some(name);
            paths.iter().find(is_it).map(|path| (*path).to_owned())
        })
    });
    let known: Vec<String> = known.collect();
    (!known.is_empty()).then_some(known)
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
    Input::Article(Box::new(ArticleFile {
        text: words,
        about: said.about,
        published: said.published,
        language: said.language,
        ..ArticleFile::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, text: &str) -> Input {
        Input::read(Path::new(file), text.as_bytes()).unwrap().input
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
        assert!(matches!(read("-", "[sic] he left"), Input::Article(_)));
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
        for name in ["a.md", "-"] {
            let Input::Article(found) = read(name, text) else {
                panic!("it is an article");
            };
            assert_eq!(found.text, expected);
            assert_eq!(found.about.headline.as_deref(), Some("T"));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let error = Input::read(Path::new("a.txt"), b"\x7fELF\x02\0\0\x01").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("cannot import `a.txt`: it is no text, but has a NUL byte"),
            "{error}"
        );
        let error = Input::read(Path::new("a.json"), b"{\"a\": 1}").unwrap_err();
        assert!(error.to_string().contains("expected a timeline"), "{error}");
    }
}
