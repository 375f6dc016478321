//! Shows what commands would say, without changing anything.

use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::Refused;
use crate::diag::{Diagnostics, Severity, machine};
use crate::edition::{Depth, Edition, Settings};
use crate::evidence::{Evidence, audit, command};

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

fn told(faults: &Diagnostics, edition: &Edition) -> Json {
    serde_json::from_str(&machine::json(faults, edition)).unwrap_or_else(|_| json!([]))
}
