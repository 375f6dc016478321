//! The counts of `--verbose`: how much of a site rests on what.

use crate::cli::screen::{Screen, count};
use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::error::Error;
use crate::evidence::{ClaimCounts, coverage};

/// Says the counts of every page that has something to count, and of every source.
pub(super) fn say(edition: &Edition, faults: &Diagnostics, screen: Screen) -> Result<(), Error> {
    let ledger = &edition.ledger();
    let coverage = coverage(&edition.all_pages(), &edition.documents(), ledger, faults);
    let passages = |claims: ClaimCounts| {
        let passages = count(claims.n_all, "passage");
        match ledger.lock() {
            Some(_) => {
                let n_verified = claims.n_found - claims.n_doubtful;
                let doubtful = match claims.n_doubtful {
                    0 => String::new(),
                    n => format!(", {n} found with a doubt"),
                };
                format!("{passages}, {n_verified} of them verified{doubtful}")
            }
            None => format!("{passages}, none of them ever verified"),
        }
    };
    for page in &coverage.pages {
        screen.say(&format!(
            "{}: {}; {}; in prose {}, {}, {}",
            page.file,
            count(page.n_records, "record"),
            passages(page.claims),
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
            passages(source.claims),
            count(source.n_pages, "page"),
        ))?;
    }
    Ok(())
}
