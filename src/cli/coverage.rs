//! The counts of `--verbose`: how much of a site is supported by which sources.

use crate::cli::screen::{Screen, count};
use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::error::Error;
use crate::evidence::{ClaimCounts, coverage};

/// Prints the counts of every page with something to count, and of every source.
pub(super) fn say(edition: &Edition, faults: &Diagnostics, screen: Screen) -> Result<(), Error> {
    let ledger = &edition.ledger();
    let coverage = coverage(&edition.all_pages(), &edition.documents(), ledger, faults);
    let claims = |claims: ClaimCounts| {
        let all = count(claims.n_all, "claim");
        if ledger.lock().is_none() {
            return format!("{all}, none of them ever compared");
        }
        let parts = [
            (claims.n_doubtful, "with a doubt"),
            (claims.n_not_compared, "not compared"),
            (claims.n_declared, "declared without a text"),
            (claims.n_changed, "changed since"),
            (claims.n_unverified, "never compared"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!(", {n} {what}"));
        format!(
            "{all}, {} agreeing{}",
            claims.n_agreeing,
            parts.collect::<String>()
        )
    };
    for page in &coverage.pages {
        screen.say(&format!(
            "{}: {}; {}; in prose {}, {}, {}",
            page.file,
            count(page.n_records, "record"),
            claims(page.claims),
            count(page.n_citations, "citation"),
            count(page.n_quotations, "quotation"),
            count(page.n_unbound, "unbound number"),
        ))?;
    }
    for source in &coverage.sources {
        screen.say(&format!(
            "source `{}` in {}: {}; {}; cited on {}",
            source.id,
            source.file,
            count(source.n_records, "record"),
            claims(source.claims),
            count(source.n_pages, "page"),
        ))?;
    }
    Ok(())
}
