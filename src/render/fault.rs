//! Turns the engine's errors into diagnostics: in our words, with a place in the template and the nearest valid name.

use tera::{ErrorKind, ReportError};

use super::templates::file_of;
use super::vocabulary;
use crate::diag::{Code, Diagnostic, Place, Span};

/// A template that can't be parsed; `None` for other errors.
pub(super) fn of_syntax(error: &tera::Error, source: &str) -> Option<Diagnostic> {
    let ErrorKind::SyntaxError(report) = error.kind() else {
        return None;
    };
    let fault = at(report, Code::TemplateSyntax);
    if report.message() != "Unexpected end of input" {
        return Some(fault);
    }
    Some(match unclosed_tag(source) {
        Some((tag, span)) => fault
            .related(Place::new(&file_of(report.filename()), span), "opened here")
            .help(format!("close the `{tag}` with `{{% end{tag} %}}`")),
        None => fault.help("close every `{{`, `{%` and `{#`"),
    })
}

/// A template that failed during rendering.
pub(super) fn of_rendering(error: &tera::Error, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            at(report, Code::TemplateFault)
        }
        kind => {
            let place = Place::file(&file_of(template));
            Diagnostic::new(Code::TemplateFault, place, our_words(&kind.to_string()))
        }
    }
}

/// Templates that don't fit together. `names` are those that a template can extend or include.
pub(super) fn of_set(
    error: &tera::Error,
    project: &[(&str, &str)],
    names: &[&str],
) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let place = place_of_words(current, parent, project);
            let message = format!("there is no template `{parent}`");
            let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
            vec![fault.suggest(parent, names.iter().copied())]
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let message = format!("`{tpl}` extends itself");
            let place = Place::file(&file_of(tpl));
            let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
            vec![fault.help(format!(
                "to build on the built-in template, write `{{% extends \"__builtin/{tpl}\" %}}`"
            ))]
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            let message = format!("`{tpl}` includes itself");
            let place = Place::file(&file_of(tpl));
            vec![Diagnostic::new(Code::TemplateSyntax, place, message)]
        }
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![at(report, Code::TemplateSyntax)]
        }
        kind => of_reports(&kind.to_string(), project, names),
    }
}

/// The engine reports unknown names as formatted text, one report after another.
fn of_reports(text: &str, project: &[(&str, &str)], names: &[&str]) -> Vec<Diagnostic> {
    let reports: Vec<Diagnostic> = text
        .split("\n\n")
        .filter_map(|report| of_report(report, project, names))
        .collect();
    if !reports.is_empty() {
        return reports;
    }
    let first = project.first().map_or("", |(name, _)| *name);
    let place = Place::file(&file_of(first));
    vec![Diagnostic::new(
        Code::TemplateSyntax,
        place,
        our_words(text),
    )]
}

/// Parses `error: Unknown filter `x``, ` --> page.html:3:7` and the underline into a diagnostic.
fn of_report(report: &str, project: &[(&str, &str)], names: &[&str]) -> Option<Diagnostic> {
    let message = report.lines().next()?.strip_prefix("error: ")?;
    let (_, locus) = report.split_once("--> ")?;
    let mut parts = locus.lines().next()?.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let template = parts.next()?;
    let width = report.lines().last()?.chars().filter(|c| *c == '^').count();
    let file = file_of(template);
    let span = project
        .iter()
        .find(|(name, _)| *name == template)
        .and_then(|(_, source)| span_at(source, line, column, width));
    let fault = Diagnostic::new(
        Code::TemplateSyntax,
        Place { file, span },
        our_words(message),
    );
    Some(match quoted(message) {
        Some(written) if message.starts_with("Unknown template") => {
            fault.suggest(written, names.iter().copied())
        }
        Some(written) if message.starts_with("Unknown filter") => {
            let names = vocabulary::FILTERS.iter().map(|(name, _)| *name);
            unknown_word(fault, written, names)
        }
        Some(written) if message.starts_with("Unknown function") => {
            let names = vocabulary::FUNCTIONS.iter().map(|(name, _)| *name);
            unknown_word(fault, written, names)
        }
        Some(written) if message.starts_with("Unknown test") => {
            fault.suggest(written, vocabulary::TESTS.iter().copied())
        }
        _ => fault,
    })
}

/// What to write instead of an unknown filter or function: the other program's word for it, or the nearest name.
fn unknown_word<'a>(
    fault: Diagnostic,
    written: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    match vocabulary::instead(written) {
        Some(instead) => fault.help(instead),
        None => fault.suggest(written, names),
    }
}

/// A range given by line and column, both counted from 1 and the latter in characters.
fn span_at(source: &str, line: usize, column: usize, width: usize) -> Option<Span> {
    let before: usize = source
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let text = source[before..].lines().next()?;
    let offset_of = |n_chars: usize| {
        let end = text.char_indices().nth(n_chars);
        before + end.map_or(text.len(), |(offset, _)| offset)
    };
    Some(Span::new(
        offset_of(column.saturating_sub(1)),
        offset_of(column.saturating_sub(1) + width),
    ))
}

fn at(report: &ReportError, code: Code) -> Diagnostic {
    let range = &report.span().range;
    let place = Place::new(
        &file_of(report.filename()),
        Span::new(range.start, range.end),
    );
    let message = report.message();
    let listed = [". Available fields: ", ". Available variables: "]
        .into_iter()
        .find_map(|separator| message.split_once(separator));
    let Some((said, listed)) = listed else {
        return Diagnostic::new(code, place, our_words(message));
    };
    let fault = Diagnostic::new(code, place, our_words(said));
    match quoted(said) {
        Some(written) => fault.suggest(written, listed.split(", ")),
        None => fault,
    }
}

/// The place where a template names another one.
fn place_of_words(template: &str, words: &str, project: &[(&str, &str)]) -> Place {
    let file = file_of(template);
    let source = project.iter().find(|(name, _)| *name == template);
    let start = source.and_then(|(_, source)| source.find(words));
    let span = start.map(|start| Span::new(start, start + words.len()));
    Place { file, span }
}

/// The first words in backquotes.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// The engine's message in the style of diagnostics: lower case, without a full stop.
fn our_words(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "the template failed".to_owned(),
    }
}

/// The innermost tag that is never closed, with its range: the engine only says that the file ends too early.
fn unclosed_tag(source: &str) -> Option<(&str, Span)> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut offset = 0;
    while let Some(start) = source[offset..].find("{%").map(|start| offset + start) {
        let end = source[start..].find("%}").map(|end| start + end + 2)?;
        let inner = source[start + 2..end - 2].trim_matches(['-', ' ', '\n', '\t']);
        let word = inner
            .split(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        match word {
            "if" | "for" | "block" | "component" | "filter" | "raw" => {
                open.push((word, Span::new(start, end)));
            }
            word if word.starts_with("end") => {
                open.pop();
            }
            _ => {}
        }
        offset = end;
    }
    open.pop()
}
