//! Every claim of an explainer and what is known about it, for machines.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::evidence::{
    ClaimCounts, Claimant, LOCK, RecordClaim, Standing, claims, page_claims, source_key,
};
use crate::model::Page;
use crate::plan::data::{sources, url};
use crate::plan::{SiteContext, evidence};

/// The result for every claim. Without a lock nothing was checked, so no claim has a state.
pub(super) fn verification(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Value {
    let lock = site.ledger.lock();
    let claims = pages.iter().flat_map(|page| {
        let is_pinned = |claim: &RecordClaim<'_>| {
            lock.is_some_and(|lock| lock.claims.contains_key(&claim.key()))
        };
        let own = page_claims(page).into_iter().filter(is_pinned);
        claims(&page.records).into_iter().chain(own)
    });
    let claims: Vec<RecordClaim<'_>> = evidence::of_language(site, claims.collect());
    let standings = claims.iter().map(|claim| site.ledger.standing(claim));
    let standings: Vec<Option<Standing>> = standings.collect();
    let mut counts = ClaimCounts::default();
    for standing in &standings {
        counts.add(standing.as_ref());
    }
    let count = |n: usize| lock.map(|_| n);
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
            "claims": counts.n_all,
            "agree": count(counts.n_agreeing),
            "doubtful": count(counts.n_doubtful),
            "not_compared": count(counts.n_not_compared),
            "declared": counts.n_declared,
            "changed": count(counts.n_changed),
            "unverified": count(counts.n_unverified),
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
        Standing::Compared { on, .. } => Some(*on),
        Standing::Changed { since, .. } => Some(*since),
        Standing::Declared | Standing::Unverified => None,
    });
    let changed = standing.and_then(|standing| match standing {
        Standing::Changed { what, .. } => Some(what.as_str()),
        _ => None,
    });
    let outcome = standing.map(evidence::outcome);
    let doubt = claim.doubt.filter(|_| outcome == Some("doubtful"));
    let sources = claim.sources.iter();
    let because = sources
        .filter_map(|source| source.because.as_deref())
        .find(|_| outcome == Some("declared"));
    let is_found = standing.is_some_and(evidence::is_found);
    let address = evidence::address(site.ledger, claim).filter(|_| is_found);
    let ids = claim.sources.iter().map(|source| source.anchor.id.as_str());
    let source = site.ledger.source(claim);
    let key = claim.key();
    let address_of_claim = match claim.by {
        Claimant::Record(_, anchor) => url(site, anchor),
        Claimant::Page(head) => {
            let address = site.absolute(&head.permalink);
            address.unwrap_or_else(|| head.permalink.as_str().to_owned())
        }
    };
    json!({
        "kind": key.kind,
        "id": key.id,
        "url": address_of_claim,
        "field": key.field,
        "about": claim.says.aspect().name(),
        "claim": claim.says.written(),
        "sources": ids.collect::<Vec<_>>(),
        "compared_with": source.map(|source| source.anchor.id.as_str()),
        "found_at": address,
        "outcome": outcome,
        "date": date.map(|day| day.to_string()),
        "doubt": doubt,
        "changed": changed,
        "because": because,
    })
}
