//! `nutgraf import`: its arguments and its report.

use std::path::Path;

use crate::cli::args::{Global, ImportArgs};
use crate::cli::screen::{Screen, count};
use crate::cli::verify::{Comparison, Written, came_to};
use crate::cli::{Outcome, root};
use crate::error::Error;
use crate::evidence::LOCK;
use crate::import::{self, ImportOptions, Joined, Report};
use crate::model::RecordKind;
use crate::project::SourcePath;

/// Drafts an explainer, and pins the records that cite the article, so that they are verified from the start.
pub(super) fn import(args: ImportArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let options = ImportOptions {
        root: root(global)?,
        file: args.file,
        into: args.into,
        published: args.published,
        publisher: args.publisher,
        title: args.title,
        url: args.url,
        language: args.language,
    };
    let report = import::import(&options)?;
    for line in lines(&report) {
        screen.say(&line)?;
    }
    if let Some(text) = &report.text {
        screen.say(&pinned(&options.root, text)?)?;
    }
    Ok(Outcome::Fine)
}

/// Pins what was drafted, as `verify` does, and reports the result.
fn pinned(root: &Path, text: &SourcePath) -> Result<String, Error> {
    let comparison = Comparison::of(root, &[])?;
    let written = comparison.write(root)?;
    let counts = &comparison.audit.counts;
    let of = count(counts.n_claims, "claim");
    let came_to = came_to(counts);
    Ok(match written {
        Written::Refused => format!(
            "`{LOCK}` was left as it is: the project has faults. Run `nutgraf check --drafts`, fix them, then `nutgraf verify`."
        ),
        Written::Now => {
            format!("Compared {of} with `{text}`: {came_to}; wrote `{LOCK}`.")
        }
        Written::Before => {
            format!("Compared {of} with `{text}`: {came_to}; `{LOCK}` needs no change.")
        }
    })
}

/// What to say of records that another article tells of, too.
fn joined(joined: &Joined) -> Vec<String> {
    let mut lines = Vec::new();
    if !joined.agreeing.is_empty() {
        let n = count(joined.agreeing.len(), "record");
        let ids = joined.agreeing.join(", ");
        lines.push(format!("It agrees with {n}, which gained a source: {ids}."));
    }
    if joined.n_copied > 0 {
        let n = joined.n_copied;
        lines.push(format!(
            "Of these, it prints {n} word for word as a source that was there: one report, marked `copy_of`."
        ));
    }
    if !joined.differing.is_empty() {
        let n = count(joined.differing.len(), "record");
        let ids = joined.differing.join(", ");
        lines.push(format!(
            "It differs from {n}, which gained an account to review: {ids}."
        ));
    }
    lines
}

/// The report of an import.
fn lines(report: &Report) -> Vec<String> {
    if report.made.is_empty() && report.changed.is_empty() {
        return vec!["It was imported before; nothing changed.".to_owned()];
    }
    let mut lines = Vec::new();
    lines.extend(report.remark.clone());
    if !report.made_way.is_empty() {
        let paths = report.made_way.iter().map(ToString::to_string);
        let paths = paths.collect::<Vec<_>>().join(", ");
        lines.push(format!("The sample made way: {paths}."));
    }
    lines.extend(report.made.iter().map(|path| format!("made {path}")));
    lines.extend(report.changed.iter().map(|path| format!("added to {path}")));
    let drafted: Vec<String> = report
        .drafted
        .iter()
        .map(|(kind, n)| match (kind, n) {
            (RecordKind::Person, 1) => "1 person".to_owned(),
            (RecordKind::Person, n) => format!("{n} people"),
            (kind, n) => count(*n, kind.name()),
        })
        .collect();
    if let Some((n, first)) = &report.undated {
        let dates = count(*n, "date");
        lines.push(format!(
            "{dates}, such as “{first}”, can’t be worked out: no day of publication is known. With `--published` it is."
        ));
    }
    if report.n_unattributed > 0 {
        let quotations = count(report.n_unattributed, "quotation");
        lines.push(format!(
            "{quotations}: the article doesn’t say plainly who speaks. Fill in `speaker:`."
        ));
    }
    lines.extend(report.left_out.iter().cloned());
    lines.extend(joined(&report.joined));
    if drafted.is_empty() {
        return lines;
    }
    lines.push(format!("Drafted {}.", drafted.join(", ")));
    lines.push(
        "Compare each with its source, then remove its `review: true`. `nutgraf serve --drafts` shows them meanwhile."
            .to_owned(),
    );
    lines
}
