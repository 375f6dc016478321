//! The front matter of a file: found, read, or missed.

use std::borrow::Cow;
use std::ops::Range;

use super::fences::{Division, divide};
use super::front_matter::{FrontMatter, Lists};
use super::script::without_joints;
use super::yaml::{Format, Yaml};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::project::SourcePath;

/// What stands above the prose.
#[derive(Debug)]
pub(super) struct Header {
    /// The fields of the page itself; `None` if they have faults.
    pub(super) front_matter: Option<FrontMatter>,
    /// The names of the lists of records that hold something; empty without front matter.
    pub(super) held: Vec<&'static str>,
    /// The lists, or every fault of the front matter; `None` if they were not read, since `front_matter` stands by
    /// itself.
    pub(super) lists: Option<Result<Lists, Vec<Diagnostic>>>,
    /// Where its YAML is.
    pub(super) yaml: Range<usize>,
    /// Where the prose starts; `None` if nobody can tell.
    pub(super) body: Option<usize>,
}

impl Header {
    pub(super) fn faulty(yaml: Range<usize>, body: Option<usize>, faults: Vec<Diagnostic>) -> Self {
        Self {
            front_matter: None,
            held: Vec::new(),
            lists: Some(Err(faults)),
            yaml,
            body,
        }
    }
}

/// Reads the front matter of a file's text: the fields of the page, and the lists of records only if they can't be
/// told apart.
pub(super) fn read(path: &SourcePath, text: &str) -> Header {
    match divide(text) {
        Division::Whole { yaml, body } => {
            let source = page_yaml(path, text, yaml.clone());
            if let Some((front_matter, held)) = source.read_page() {
                return Header {
                    front_matter: Some(joined(front_matter, &text[yaml.clone()])),
                    held,
                    lists: None,
                    yaml,
                    body: Some(body),
                };
            }
            match source.read_both() {
                Ok((front_matter, lists)) => Header {
                    front_matter: Some(joined(front_matter, &text[yaml.clone()])),
                    held: lists.held(),
                    lists: Some(Ok(lists)),
                    yaml,
                    body: Some(body),
                },
                Err(faults) => Header::faulty(yaml, Some(body), faults),
            }
        }
        Division::NoFrontMatter { start } => {
            let fault = missing(path, text, start);
            Header::faulty(start..start, Some(start), vec![fault])
        }
        Division::Unclosed { opening, near_miss } => {
            let fault = unclosed(path, opening.clone(), near_miss);
            Header::faulty(opening, None, vec![fault])
        }
    }
}

/// The fields with their lines joined as the script asks: YAML puts a space where a line ends, which Han and kana don't
/// have.
fn joined(mut front_matter: FrontMatter, yaml: &str) -> FrontMatter {
    if yaml.is_ascii() {
        return front_matter;
    }
    let texts = [
        &mut front_matter.title,
        &mut front_matter.description,
        &mut front_matter.nav_title,
    ];
    let texts = texts.into_iter().flatten();
    for text in texts.chain(&mut front_matter.key_points.0) {
        if let Cow::Owned(joined) = without_joints(text, yaml) {
            *text = joined;
        }
    }
    front_matter
}

/// The YAML of front matter.
pub(super) fn page_yaml<'a>(file: &'a SourcePath, text: &'a str, range: Range<usize>) -> Yaml<'a> {
    Yaml {
        file,
        text,
        range,
        format: Format::Page,
    }
}

fn missing(path: &SourcePath, text: &str, start: usize) -> Diagnostic {
    let rest = &text[start..];
    let first = rest.split(['\n', '\r']).next().unwrap_or_default();
    let place = Place::new(path, Span::new(start, start + first.trim_end().len()));
    let fault = |message: &str| Diagnostic::new(Code::MissingFrontMatter, place.clone(), message);
    if rest.trim_start().starts_with("---\n") || rest.trim_start().starts_with("---\r") {
        let message = "front matter has to start on the first line";
        return fault(message).help("remove what stands above `---`: empty lines or spaces");
    }
    if first.trim_end() == "+++" {
        let message = "front matter between `+++` (TOML) isn't read";
        return fault(message).help("write it as YAML between two lines of `---`: `title: …`");
    }
    let title = first_heading(rest).unwrap_or_else(|| title_of(path));
    let help = format!("start the file with three lines: `---`, then `title: {title}`, then `---`");
    if rest.trim().is_empty() {
        return fault("the file is empty; a page needs front matter with a title").help(help);
    }
    fault("the page has no front matter, which is where its title stands").help(help)
}

fn unclosed(
    path: &SourcePath,
    opening: Range<usize>,
    near_miss: Option<Range<usize>>,
) -> Diagnostic {
    let place = |range: Range<usize>| Place::new(path, Span::new(range.start, range.end));
    let message = "the front matter that starts here is never closed";
    let fault = Diagnostic::new(Code::UnclosedFrontMatter, place(opening), message);
    match near_miss {
        Some(line) => fault
            .related(place(line), "this line may be meant to close it")
            .help("close it with a line of exactly three hyphens: `---`"),
        None => fault.help("put a line `---` between the last field and the text"),
    }
}

/// The words of the first heading, if they can stand in YAML as they are.
fn first_heading(text: &str) -> Option<String> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let words = heading.trim().trim_end_matches('#').trim_end();
    (!words.is_empty()).then(|| {
        if words.contains([':', '#', '"', '\'', '[', '{', '`', '*', '&', '!', '%', '@']) {
            super::lines::quoted(words)
        } else {
            words.to_owned()
        }
    })
}

/// A title made from a file's name: `what-to-know.md` is "What to know".
fn title_of(path: &SourcePath) -> String {
    let stem = match path.stem() {
        "index" => path.folder().rsplit('/').next().unwrap_or_default(),
        stem => stem,
    };
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "…".to_owned(),
    }
}
