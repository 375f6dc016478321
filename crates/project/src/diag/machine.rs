//! Reports for programs: JSON for editors and scripts, and workflow commands for GitHub's checks.
//!
//! Lines and columns start at 1; columns count characters; the end is the first character after the marked words.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::position::LineCache;
use crate::diag::{Diagnostic, Diagnostics, Place, Severity, Texts};

/// A fault in JSON. The names are an interface: add to them, never rename.
#[derive(Serialize)]
struct Fault<'a> {
    code: &'a str,
    severity: &'a str,
    #[serde(flatten)]
    location: Location<'a>,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

/// Another place that matters.
#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    location: Location<'a>,
    message: &'a str,
}

/// A file, and a range in it if that is known.
#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// All faults as one JSON array, sorted by file and offset, with one fault on each line.
///
/// Each has `code`, `severity` (`error`, `warning`, `hint`), `file`, `line`, `column`, `end_line`, `end_column`,
/// `message`, `label`, `help` and `related` (a list of places with `message`). The four numbers are `null` when a fault
/// is about the whole file, as are `label` and `help` when there is none.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use nutgraf_project::diag::{Code, Diagnostic, Diagnostics, Place, Texts, machine};
/// use nutgraf_project::project::SourcePath;
///
/// struct Nothing;
/// impl Texts for Nothing {
///     fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
///         None
///     }
/// }
///
/// let place = Place::file(&SourcePath::new("static/film.mp4"));
/// let mut diagnostics = Diagnostics::new();
/// diagnostics.push(Diagnostic::new(Code::FileTooLarge, place, "the file has 130 MB"));
/// let json = machine::json(&diagnostics, &Nothing);
/// let value: serde_json::Value = serde_json::from_str(&json).unwrap();
/// assert_eq!(value[0]["code"], "file-too-large");
/// assert_eq!(machine::json(&Diagnostics::new(), &Nothing), "[]\n");
/// ```
pub fn json(diagnostics: &Diagnostics, texts: &dyn Texts) -> String {
    let mut cache = LineCache::new(texts);
    let mut lines = Vec::new();
    for diagnostic in &diagnostics.merged() {
        let fault = fault(diagnostic, &mut cache);
        lines.push(serde_json::to_string(&fault).expect("a fault has text keys and no maps"));
    }
    if lines.is_empty() {
        return "[]\n".to_owned();
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// All faults as workflow commands of GitHub Actions, one per line, sorted by file and offset.
///
/// A hint becomes a `notice`. Line breaks, `%`, and in properties `:` and `,` are escaped as the runner expects, so
/// that no source can inject a command of its own.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use nutgraf_project::diag::{Code, Diagnostic, Diagnostics, Place, Span, Texts, machine};
/// use nutgraf_project::project::SourcePath;
///
/// struct One;
/// impl Texts for One {
///     fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
///         Some(Arc::from("see [@nobody]"))
///     }
/// }
///
/// let place = Place::new(&SourcePath::new("content/index.md"), Span::new(4, 13));
/// let mut diagnostics = Diagnostics::new();
/// diagnostics.push(Diagnostic::new(Code::UnknownSource, place, "no source `nobody`").help("add it"));
/// assert_eq!(
///     machine::github(&diagnostics, &One),
///     "::error file=content/index.md,line=1,endLine=1,col=5,endColumn=14,title=unknown-source::\
///      no source `nobody`%0Ahelp: add it\n",
/// );
/// ```
pub fn github(diagnostics: &Diagnostics, texts: &dyn Texts) -> String {
    let mut cache = LineCache::new(texts);
    let mut commands = String::new();
    for diagnostic in &diagnostics.merged() {
        command(&mut commands, diagnostic, &mut cache).expect("a string takes any text");
    }
    commands
}

fn fault<'a>(diagnostic: &'a Diagnostic, cache: &mut LineCache<'_>) -> Fault<'a> {
    Fault {
        code: diagnostic.code.name(),
        severity: diagnostic.code.severity().name(),
        location: location(&diagnostic.place, cache),
        message: &diagnostic.message,
        label: (!diagnostic.label.is_empty()).then_some(&diagnostic.label),
        help: diagnostic.help.as_deref(),
        related: diagnostic
            .related
            .iter()
            .map(|(place, message)| Related {
                location: location(place, cache),
                message,
            })
            .collect(),
    }
}

fn location<'a>(place: &'a Place, cache: &mut LineCache<'_>) -> Location<'a> {
    let positions = cache.positions(place);
    let (start, end) = (positions.map(|p| p.0), positions.map(|p| p.1));
    Location {
        file: place.file.as_str(),
        line: start.map(|position| position.line),
        column: start.map(|position| position.column),
        end_line: end.map(|position| position.line),
        end_column: end.map(|position| position.column),
    }
}

/// Writes one workflow command.
fn command(
    out: &mut String,
    diagnostic: &Diagnostic,
    cache: &mut LineCache<'_>,
) -> std::fmt::Result {
    let kind = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let file = property(diagnostic.place.file.as_str());
    write!(out, "::{kind} file={file}")?;
    if let Some((start, end)) = cache.positions(&diagnostic.place) {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // GitHub rejects columns on a range of several lines.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
    }
    let title = property(diagnostic.code.name());
    write!(out, ",title={title}::{}", data(&diagnostic.message))?;
    if !diagnostic.label.is_empty() {
        write!(out, ": {}", data(&diagnostic.label))?;
    }
    if let Some(help) = &diagnostic.help {
        write!(out, "%0Ahelp: {}", data(help))?;
    }
    out.push('\n');
    Ok(())
}

/// The text of a command, escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a command's property, escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{Code, Span};
    use crate::project::SourcePath;

    struct Text(&'static str);

    impl Texts for Text {
        fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
            Some(Arc::from(self.0))
        }
    }

    fn one(code: Code, span: Span) -> Diagnostics {
        let place = Place::new(&SourcePath::new("content/a,b: c%.md"), span);
        std::iter::once(Diagnostic::new(code, place, "100%\n::error::forged\r")).collect()
    }

    #[test]
    fn a_source_cannot_forge_a_workflow_command() {
        let commands = github(&one(Code::RawHtml, Span::new(0, 1)), &Text("ab"));
        assert_eq!(
            commands,
            "::warning file=content/a%2Cb%3A c%25.md,line=1,endLine=1,col=1,endColumn=2,title=raw-html\
             ::100%25%0A::error::forged%0D\n"
        );
    }

    #[test]
    fn a_range_of_several_lines_has_no_columns_on_github() {
        let commands = github(&one(Code::NoBaseUrl, Span::new(0, 3)), &Text("a\nb"));
        assert!(commands.starts_with("::notice "), "{commands}");
        assert!(commands.contains(",line=1,endLine=2,title="), "{commands}");
    }

    #[test]
    fn json_counts_columns_in_characters_and_names_every_field() {
        let mut diagnostics = one(Code::BadDate, Span::new(4, 6));
        let related = Place::file(&SourcePath::new("site.yaml"));
        let mut fault = diagnostics.iter().next().unwrap().clone();
        fault = fault.label("here").related(related, "first used here");
        diagnostics = std::iter::once(fault).collect();
        let json = json(&diagnostics, &Text("é\nñb"));
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            value,
            serde_json::json!([{
                "code": "bad-date", "severity": "error", "file": "content/a,b: c%.md",
                "line": 2, "column": 1, "end_line": 2, "end_column": 3,
                "message": "100%\n::error::forged\r", "label": "here", "help": null,
                "related": [{
                    "file": "site.yaml", "line": null, "column": null, "end_line": null, "end_column": null,
                    "message": "first used here"
                }]
            }])
        );
    }
}
