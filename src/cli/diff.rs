//! Shows what changed between two versions.

use crate::cli::args::{DiffArgs, DiffFormat, Global};
use crate::cli::screen::{Screen, print};
use crate::cli::{Outcome, root};
use crate::config;
use crate::diff::{self, Range};
use crate::error::Error;

pub(super) fn diff(args: &DiffArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let range = Range::parse(&args.range);
    let ignore = config::ignored_by(config::of_project(&root)?);
    let before = diff::pages_of_revision(&root, &range.from, &ignore)?;
    let after = match &range.to {
        Some(revision) => diff::pages_of_revision(&root, revision, &ignore)?,
        None => diff::pages_of_work_tree(&root)?,
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
    Ok(Outcome::Fine)
}
