//! The front matter of a file: found, read, or missing.

use std::ops::Range;

use super::fences::{Division, divide};
use super::schema::{FrontMatter, Lists, Whole};
use super::yaml::{Format, Yaml};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::project::SourcePath;

/// What is above the prose.
#[derive(Debug)]
pub(super) struct Header {
    /// The fields of the page itself; `None` if nothing could be read.
    pub(super) front_matter: Option<FrontMatter>,
    /// The names of the lists of records that aren't empty; none without front matter.
    pub(super) held: Vec<&'static str>,
    /// The lists; `None` if they weren't read, because the page's own fields can be read without them.
    pub(super) records: Option<Records>,
    /// Where its YAML is.
    pub(super) yaml: Range<usize>,
    /// Where the prose starts; `None` if that can't be determined.
    pub(super) body: Option<usize>,
}

/// The lists of records, and what is wrong above the prose.
#[derive(Clone, Debug)]
pub(super) struct Records {
    /// The lists; `None` if nothing could be read.
    pub(super) lists: Option<Lists>,
    /// The faults of all front matter, those of the page's own fields included.
    pub(super) faults: Vec<Diagnostic>,
}

impl Header {
    fn unreadable(yaml: Range<usize>, body: Option<usize>, faults: Vec<Diagnostic>) -> Self {
        Self {
            front_matter: None,
            held: Vec::new(),
            records: Some(Records {
                lists: None,
                faults,
            }),
            yaml,
            body,
        }
    }
}

/// Reads the front matter of a file's text: the fields of the page, and the lists of records only if the two can't be
/// separated.
pub(super) fn read(path: &SourcePath, text: &str) -> Header {
    match divide(text) {
        Division::Whole { yaml, body } => {
            let source = page_yaml(path, text, yaml.clone());
            if let Some((front_matter, held)) = source.read_page() {
                return Header {
                    front_matter: Some(front_matter),
                    held,
                    records: None,
                    yaml,
                    body: Some(body),
                };
            }
            let (front_matter, records) = read_whole(&source);
            Header {
                front_matter,
                held: records.lists.as_ref().map_or_else(Vec::new, Lists::held),
                records: Some(records),
                yaml,
                body: Some(body),
            }
        }
        Division::NoFrontMatter { start } => {
            let fault = missing(path, text, start);
            Header::unreadable(start..start, Some(start), vec![fault])
        }
        Division::Unclosed { opening, near_miss } => {
            let fault = unclosed(path, opening.clone(), near_miss);
            Header::unreadable(opening, None, vec![fault])
        }
    }
}

/// Reads all front matter of a page.
pub(super) fn read_whole(yaml: &Yaml<'_>) -> (Option<FrontMatter>, Records) {
    let (whole, faults) = yaml.read::<Whole>();
    let (front_matter, lists) = whole.map(|whole| (whole.front_matter, whole.lists)).unzip();
    (front_matter, Records { lists, faults })
}

/// The header of a file that isn't text.
pub(super) fn undecoded(fault: Diagnostic) -> Header {
    Header::unreadable(0..0, None, vec![fault])
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
        return fault(message).help("remove the empty lines or spaces above `---`");
    }
    if first.trim_end() == "+++" {
        let message = "front matter between `+++` (TOML) isn't read";
        return fault(message).help("write it as YAML between two lines of `---`: `title: …`");
    }
    if first.starts_with('{') {
        let message = "front matter in JSON isn't read";
        return fault(message).help("write it as YAML between two lines of `---`: `title: …`");
    }
    // Word processors turn three hyphens into one dash or a line.
    if matches!(
        first.trim_end(),
        "—" | "–" | "–-" | "-–" | "—-" | "--" | "----" | "***" | "___"
    ) {
        let message = format!(
            "front matter starts with three hyphens, not with `{}`",
            first.trim_end()
        );
        return fault(&message).help("write a line `---` before the fields, and one after them");
    }
    let begins_with_field = first
        .split_once(':')
        .is_some_and(|(name, _)| Format::Page.has_key(name.trim()));
    if begins_with_field {
        let message = "the fields at the top of the page aren't marked as such";
        return fault(message).help("write a line `---` before the fields, and one after them");
    }
    let title = first_heading(rest).unwrap_or_else(|| title_of(path));
    let help = format!("start the file with three lines: `---`, then `title: {title}`, then `---`");
    if rest.trim().is_empty() {
        return fault("the file is empty; a page needs front matter with a title").help(help);
    }
    fault("the page has no front matter, and so no title").help(help)
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

/// The words of the first heading, if they can be put into YAML unchanged.
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

/// Makes a title from a file's name: `what-to-know.md` becomes "What to know".
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
