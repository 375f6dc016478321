//! Every claim of an explainer with what is known of it, for machines.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::evidence::{LOCK, RecordClaim, Standing, claims, source_key};
use crate::model::Page;
use crate::plan::data::{sources, url};
use crate::plan::{SiteContext, evidence};

/// What every claim came to. Without a lock nothing was checked, so that no claim has a state.
pub(super) fn verification(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let lock = site.ledger.lock();
    let claims: Vec<RecordClaim<'_>> = pages
        .iter()
        .flat_map(|page| claims(&page.records))
        .collect();
    let standings = claims.iter().map(|claim| site.ledger.standing(claim));
    let standings: Vec<Option<Standing>> = standings.collect();
    let count = |state: &str| {
        let mut states = standings.iter().flatten().map(evidence::state);
        let n = states.by_ref().filter(|other| *other == state).count();
        lock.map(|_| n)
    };
    let texts = sources(pages).into_iter().filter_map(|source| {
        let pin = lock?.sources.get(&source_key(&source))?;
        Some(json!({
            "id": source.anchor.id.as_str(),
            "title": source.title,
            "url": source.url,
            "text_hash": pin.text.to_string(),
            "words": pin.n_words,
            "read": pin.date.to_string(),
        }))
    });
    json!({
        "note": site.words.get("evidence_note"),
        "lock": lock.map(|_| LOCK),
        "normalisation": lock.map(|lock| lock.normalisation),
        "totals": {
            "claims": claims.len(),
            "verified": count("verified"),
            "doubtful": count("doubtful"),
            "changed": count("changed"),
            "unverified": count("unverified"),
        },
        "texts": texts.collect::<Vec<_>>(),
        "claims": claims
            .iter()
            .zip(&standings)
            .map(|(claim, standing)| row(site, claim, standing.as_ref()))
            .collect::<Vec<_>>(),
    })
}

fn row(site: &SiteContext<'_>, claim: &RecordClaim<'_>, standing: Option<&Standing>) -> Value {
    let date = standing.and_then(|standing| match standing {
        Standing::Verified(day) | Standing::Doubtful(day) => Some(*day),
        Standing::Changed { since, .. } => Some(*since),
        Standing::Unverified => None,
    });
    let changed = standing.and_then(|standing| match standing {
        Standing::Changed { what, .. } => Some(what.as_str()),
        Standing::Verified(_) | Standing::Doubtful(_) | Standing::Unverified => None,
    });
    let is_doubtful = matches!(standing, Some(Standing::Doubtful(_)));
    let doubt = claim.doubt.filter(|_| is_doubtful);
    let is_found = standing.is_some_and(evidence::is_found);
    let address = evidence::address(site.ledger, claim).filter(|_| is_found);
    let ids = claim.sources.iter().map(|source| source.anchor.id.as_str());
    let source = site.ledger.source(claim);
    json!({
        "kind": claim.kind.name(),
        "id": claim.anchor.id.as_str(),
        "url": url(site, claim.anchor),
        "field": claim.key().field,
        "words": claim.words,
        "speaker": claim.speaker,
        "sources": ids.collect::<Vec<_>>(),
        "found_in": source.map(|source| source.anchor.id.as_str()),
        "found_at": address,
        "state": standing.map(evidence::state),
        "date": date.map(|day| day.to_string()),
        "doubt": doubt,
        "changed": changed,
    })
}
