//! Shows what changed between two versions, drafts it for readers, and sees whether they are told.

use crate::cli::args::{DiffArgs, DiffFormat, Global};
use crate::cli::screen::{Screen, count, print};
use crate::cli::{Outcome, root};
use crate::config;
use crate::diag::Diagnostics;
use crate::diff::{self, Change, Range};
use crate::error::Error;
use crate::evidence::command::today;
use crate::import::write_changes;

pub(super) fn diff(args: &DiffArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let range = Range::parse(&args.range);
    if let (true, Some(later)) = (args.write, &range.to) {
        let message = format!("`--write` adds to the files, and `{later}` is a revision");
        let help = format!(
            "compare with the files: `nutgraf diff {} --write`",
            range.from
        );
        return Err(Error::usage(message).help(help));
    }
    let config = config::of_project(&root)?;
    let requires_corrections = config
        .as_ref()
        .is_some_and(|config| config.requires_corrections);
    let ignore = config::ignored_by(config);
    let before = diff::pages_of_revision(&root, &range.from, &ignore)?;
    // Between two revisions, the files don't matter.
    let (after, files) = match &range.to {
        Some(revision) => (diff::pages_of_revision(&root, revision, &ignore)?, None),
        None => {
            let mut told_by_check = Diagnostics::new();
            let files = config::snapshot(&root, &mut told_by_check)?;
            (diff::pages_of_snapshot(&files), Some(files))
        }
    };
    let changes = diff::changes(&before, &after);
    let text = match args.format {
        DiffFormat::Human => diff::human(&changes),
        DiffFormat::Markdown => diff::markdown(&changes),
        DiffFormat::Json => diff::json(&changes),
    };
    print(text.as_bytes())?;
    if changes.is_empty() && matches!(args.format, DiffFormat::Human) {
        screen.say("Nothing that pages and records say has changed.")?;
    }
    if let Some(files) = files.filter(|_| args.write) {
        let untold = diff::untold(&before, &after);
        let drafted = diff::drafted(&files, &untold, today()?)?;
        write_changes(&root, &drafted)?;
        screen.complain(&match &drafted[..] {
            [] => "No fact changed that readers aren't told of.".to_owned(),
            pages => format!(
                "Drafted what changed on {}: read it and put it in words for readers, below `updates:`, or `corrections:` if it was a mistake.",
                count(pages.len(), "page")
            ),
        })?;
        return Ok(Outcome::Fine);
    }
    if args.strict && requires_corrections {
        let untold = diff::untold(&before, &after);
        if !untold.is_empty() {
            screen.complain(&untold_facts(&untold))?;
            return Ok(Outcome::Faults);
        }
    }
    Ok(Outcome::Fine)
}

/// What is wrong with changes that readers aren't told of.
fn untold_facts(untold: &[Change]) -> String {
    format!(
        "error: {} changed, and no correction or update says so, which `policies:` in `site.yaml` require:\n{}help: say what was wrong below `corrections:` on its page, with `records:`; `nutgraf diff --write` drafts what is new",
        count(untold.len(), "published record"),
        diff::human(untold)
    )
}
