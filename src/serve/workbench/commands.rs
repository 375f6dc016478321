//! Shows what commands would say, without changing anything, and publishes once that was seen.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::Refused;
use crate::diag::{Diagnostics, Severity, machine};
use crate::edition::{Depth, Edition, Settings};
use crate::evidence::{Evidence, audit, command};
use crate::publish::{self, Change, Outcome, PublishOptions};
use crate::{committed, config};

impl Workbench {
    /// What `nutgraf check` would say.
    pub(super) fn check(&self) -> Json {
        let state = self.preview.state();
        let edition = &state.newest;
        let faults = edition.while_current(|| edition.faults(Depth::Templates));
        let faults = faults.unwrap_or_default();
        let n = |severity| faults.count(severity);
        let says = format!(
            "Errors: {}. Warnings: {}. Hints: {}.",
            n(Severity::Error),
            n(Severity::Warning),
            n(Severity::Hint)
        );
        json!({ "says": says, "faults": told(&faults, edition) })
    }

    /// What `nutgraf verify` would say. Nothing is written.
    pub(super) fn verify(&self) -> Result<Json, Refused> {
        let state = self.preview.state();
        let settings = Settings {
            drafts: true,
            future: true,
            ..state.newest.settings().clone()
        };
        // An edition of its own, because it includes drafts, and so that no edit has to wait for it.
        let edition = Edition::new(state.newest.snapshot().clone(), settings);
        let pages = edition.all_pages();
        let ledger = edition.ledger();
        let failed = |error: crate::error::Error| Refused::Edit(error.to_string());
        let texts = command::read(&self.root, &pages, &[], ledger.language()).map_err(failed)?;
        let former = ledger.lock().cloned().unwrap_or_default();
        let audit = audit(&Evidence {
            pages: &pages,
            documents: &edition.documents(),
            texts: &texts.found,
            lock: &former,
            today: command::today().map_err(failed)?,
            language: ledger.language(),
        });
        let says = format!(
            "Claims: {}. Agreeing: {}. Contradicted or not found: {}. With a doubt: {}. Texts at hand: {}. Nothing was written; `nutgraf verify` does that.",
            audit.counts.n_claims,
            audit.counts.n_agreeing,
            audit.counts.n_contradicted,
            audit.counts.n_doubtful,
            texts.found.len(),
        );
        let faults: Diagnostics = audit.faults.into_iter().collect();
        Ok(json!({ "says": says, "faults": told(&faults, &edition) }))
    }
}

impl Workbench {
    /// What `nutgraf publish` would do or, if it is `asked` to really do it, what it did. Nothing is forced here.
    pub(super) fn publish(&self, asked: &Json) -> Result<Json, Refused> {
        let is_trial = asked["really"].as_bool() != Some(true);
        let failed = |error: crate::error::Error| Refused::Edit(error.to_string());
        let mut faults = Diagnostics::new();
        let snapshot = config::snapshot(&self.root, &mut faults).map_err(failed)?;
        let settings = Settings {
            drafts: false,
            future: false,
            today: Some(command::today().map_err(failed)?),
            ..self.preview.state().newest.settings().clone()
        };
        let edition = Edition::new(Arc::new(snapshot), settings);
        faults.extend(committed::faults(&self.root, &edition, &faults));
        faults.extend(edition.faults(Depth::Templates));
        let options = PublishOptions {
            dry_run: is_trial,
            ..PublishOptions::default()
        };
        let outcome = publish::publish(&self.root, &edition, &faults, &options).map_err(failed)?;
        let (refusals, report) = match outcome {
            Outcome::Refused(refusals) => (refusals, None),
            Outcome::Ready(report) => (report.overridden.clone(), Some(report)),
        };
        let reasons = refusals.iter().map(|refusal| {
            json!({ "severity": "error", "message": format!("{}: {}", refusal.what, refusal.mend) })
        });
        let reasons: Vec<Json> = reasons.collect();
        let Some(report) = report.filter(|_| reasons.is_empty()) else {
            return Ok(json!({ "says": "Not published:", "faults": reasons }));
        };
        let n = |change| report.changes.count(change);
        let changes = format!(
            "New files: {}. Changed: {}. Removed: {}.",
            n(Change::New),
            n(Change::Changed),
            n(Change::Removed)
        );
        let (branch, remote) = (&report.branch, &report.remote);
        let says = match &report.commit {
            Some(commit) => format!(
                "Published to `{branch}` on `{remote}` as {}. {changes}",
                commit.get(..10).unwrap_or(commit)
            ),
            None if report.changes.is_empty() => {
                format!("`{branch}` on `{remote}` already contains this site.")
            }
            None => format!("This would be published to `{branch}` on `{remote}`. {changes}"),
        };
        let is_possible = is_trial && !report.changes.is_empty();
        Ok(json!({ "says": says, "faults": [], "is_possible": is_possible }))
    }
}

fn told(faults: &Diagnostics, edition: &Edition) -> Json {
    serde_json::from_str(&machine::json(faults, edition)).unwrap_or_else(|_| json!([]))
}
