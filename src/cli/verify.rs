//! `nutgraf verify`.

use std::sync::Arc;

use crate::cli::args::{Format, Global, VerifyArgs};
use crate::cli::screen::{Screen, count};
use crate::cli::{Outcome, outcome, root};
use crate::diag::{Diagnostics, Severity};
use crate::edition::{Edition, Settings};
use crate::error::Error;
use crate::evidence::{Audit, Evidence, LOCK, audit, command};
use crate::site;

/// Compares every claim with the texts at hand, and writes down what was found.
///
/// Drafts are compared too, so that they can be verified before they are published. With faults in the content, or in
/// the lock itself, nothing is written: a record that couldn't be read would lose its pin.
pub(super) fn verify(args: &VerifyArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let screen = screen.strict(args.strict);
    let mut faults = Diagnostics::new();
    let snapshot = site::read(&root, &mut faults)?;
    let settings = Settings {
        drafts: true,
        ..Settings::default()
    };
    let edition = Edition::new(Arc::new(snapshot), settings);
    let content = edition.check_content();
    faults.extend(
        content
            .into_iter()
            .filter(|fault| fault.code.severity() == Severity::Error),
    );
    faults.extend(edition.ledger().fault().cloned());
    let may_write = !faults.has_errors();
    let pages = edition.all_pages();
    let texts = command::read(&root, &pages, &args.source)?;
    let former = edition.ledger().lock().cloned().unwrap_or_default();
    let Audit {
        lock,
        faults: found,
        n_claims,
        n_found,
        n_kept,
    } = audit(&Evidence {
        pages: &pages,
        documents: edition.documents(),
        texts: &texts.found,
        lock: &former,
        today: command::today()?,
        is_english: edition.ledger().is_english(),
    });
    faults.extend(found);
    let is_written = may_write && command::write(&root, &lock)?;
    screen.report(&faults, &edition, args.format)?;
    let outcome = outcome(&faults, args.strict);
    if args.format != Format::Human {
        return Ok(outcome);
    }
    for (key, file) in &texts.missing {
        let id = &key.id;
        screen.say(&match file {
            Some(file) => format!("The text of `{id}` isn't at hand: there is no `{file}`."),
            None => format!("The text of `{id}` isn't at hand: it has no `text:`."),
        })?;
    }
    let kept = match n_kept {
        0 => String::new(),
        n => format!(", {n} verified earlier"),
    };
    let written = match (may_write, is_written) {
        (false, _) => format!("`{LOCK}` was left as it is, because of the faults above"),
        (true, true) => format!("wrote `{LOCK}`"),
        (true, false) => format!("`{LOCK}` needs no change"),
    };
    screen.say(&format!(
        "Compared {} with {}: {n_found} found{kept}; {written}.",
        count(n_claims, "passage"),
        count(texts.found.len(), "text"),
    ))?;
    Ok(outcome)
}
