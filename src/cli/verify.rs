//! `nutgraf verify`.

use std::path::Path;
use std::sync::Arc;

use crate::cli::args::{Format, Global, VerifyArgs};
use crate::cli::screen::{Screen, count};
use crate::cli::{Outcome, outcome, root};
use crate::config;
use crate::diag::{Diagnostics, Severity};
use crate::edition::{Depth, Edition, Settings};
use crate::error::Error;
use crate::evidence::command::{self, Given, Texts};
use crate::evidence::{Audit, AuditCounts, Evidence, LOCK, Text, audit};

/// Every claim of a project, compared with the available texts.
///
/// Drafts are compared too, so that they can be verified before they are published.
pub(super) struct Comparison {
    /// The project.
    pub(super) edition: Edition,
    /// Faults of the content, of the lock, and of claims that aren't supported.
    pub(super) faults: Diagnostics,
    /// The texts, and the sources without one.
    pub(super) texts: Texts,
    /// What should be written to the lock.
    pub(super) audit: Audit,
    may_write: bool,
}

impl Comparison {
    /// Reads the project below `root`, and the texts of its sources, of which those in `given` come from elsewhere.
    ///
    /// # Errors
    ///
    /// If a text that was named can't be read.
    pub(super) fn of(root: &Path, given: &[Given]) -> Result<Self, Error> {
        let mut faults = Diagnostics::new();
        let snapshot = config::snapshot(root, &mut faults)?;
        let settings = Settings {
            drafts: true,
            future: true,
            ..Settings::default()
        };
        let edition = Edition::new(Arc::new(snapshot), settings);
        let content = edition.faults(Depth::Content);
        faults.extend(
            content
                .into_iter()
                .filter(|fault| fault.code.severity() == Severity::Error),
        );
        faults.extend(edition.ledger().fault().cloned());
        let may_write = !faults.has_errors();
        let pages = edition.all_pages();
        let ledger = edition.ledger();
        let texts = command::read(root, &pages, given, ledger.language())?;
        let former = ledger.lock().cloned().unwrap_or_default();
        let mut audit = audit(&Evidence {
            pages: &pages,
            documents: &edition.documents(),
            texts: &texts.found,
            lock: &former,
            today: command::today()?,
            language: ledger.language(),
        });
        faults.extend(std::mem::take(&mut audit.faults));
        Ok(Self {
            edition,
            faults,
            texts,
            audit,
            may_write,
        })
    }

    /// Writes `evidence.lock`, and tells what became of it. With faults in the content, or in the lock itself, nothing
    /// is written: a record that couldn't be read would lose its pin.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub(super) fn write(&self, root: &Path) -> Result<Written, Error> {
        if !self.may_write {
            return Ok(Written::Refused);
        }
        if command::write(root, &self.audit.lock)? {
            Ok(Written::Now)
        } else {
            Ok(Written::Before)
        }
    }
}

/// What happened to `evidence.lock`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It was left unchanged because of faults.
    Refused,
    /// It was written.
    Now,
    /// It was already up to date.
    Before,
}

/// Compares every claim with the available texts, and writes down the results.
pub(super) fn verify(args: &VerifyArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let screen = screen.strict(args.strict);
    let comparison = Comparison::of(&root, &args.source)?;
    let written = comparison.write(&root)?;
    let Comparison {
        edition,
        faults,
        texts,
        audit,
        ..
    } = comparison;
    screen.report(&faults, &edition, args.format)?;
    let outcome = outcome(&faults, args.strict);
    if args.format != Format::Human {
        return Ok(outcome);
    }
    for (key, file) in &texts.missing {
        let id = &key.id;
        screen.say(&match file {
            Some(file) => format!("The text of `{id}` isn't available: there is no `{file}`."),
            None => format!(
                "The text of `{id}` isn't available: it has no `text:` (write `text: none` and `because:` if there is none)."
            ),
        })?;
    }
    for (key, text) in &texts.found {
        if !text.source.language().is_known() {
            screen.say(&not_read(&key.id, text))?;
        }
    }
    let written = match written {
        Written::Refused => format!("`{LOCK}` was left as it is, because of the faults above"),
        Written::Now => format!("wrote `{LOCK}`"),
        Written::Before => format!("`{LOCK}` needs no change"),
    };
    screen.say(&format!(
        "Compared {} with {}: {}; {written}.",
        count(audit.counts.n_claims, "claim"),
        count(texts.found.len(), "text"),
        came_to(&audit.counts),
    ))?;
    Ok(outcome)
}

/// Explains what isn't compared in a language without a file.
fn not_read(id: &str, text: &Text) -> String {
    let language = match text.recognized {
        Some(seen) => format!("is in {}, which isn't read", seen.name),
        None => "is in a language that isn't read".to_owned(),
    };
    format!(
        "The text of `{id}` {language}: its words were looked for and its digits compared; number words, units, dates \
         and hedges were not compared in this language."
    )
}

/// Summarizes the results for all claims.
pub(super) fn came_to(counts: &AuditCounts) -> String {
    let agree = match counts.n_agreeing {
        1 => "agrees",
        _ => "agree",
    };
    let rest = [
        (counts.n_contradicted, "contradicted or not found"),
        (counts.n_doubtful, "with a doubt"),
        (counts.n_not_compared, "with nothing to compare"),
        (counts.n_kept, "compared earlier"),
        (counts.n_declared, "declared without a text"),
        (counts.n_unknown, "whose text isn't available"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, what)| format!(", {n} {what}"));
    format!("{} {agree}{}", counts.n_agreeing, rest.collect::<String>())
}
