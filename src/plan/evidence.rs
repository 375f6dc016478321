//! What a reader is shown of the check against the sources.
//!
//! Nothing is shown of a site without `evidence.lock`: a state is worked out or it isn't there.

use crate::evidence::{ClaimField, Ledger, RecordClaim, Standing, claims};
use crate::model::{Anchor, Day, Records, Source};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::text_fragment;
use crate::plan::view::{ClaimView, EvidenceTotalsView, EvidenceView};
use crate::plan::{DataFile, records};

/// The state of a record: that of the claim that holds least.
pub(super) fn record(site: &SiteContext<'_>, claims: &[RecordClaim<'_>]) -> Option<EvidenceView> {
    let standings = claims.iter().map(|claim| site.ledger.standing(claim));
    let standings = standings.collect::<Option<Vec<Standing>>>()?;
    let worst = standings.iter().max_by_key(|standing| rank(standing))?;
    // One reason answers for all words of a record.
    let doubt = claims.first().and_then(|claim| claim.doubt);
    let mut found: Vec<&RecordClaim<'_>> = claims
        .iter()
        .zip(&standings)
        .filter(|(_, standing)| is_found(standing))
        .map(|(claim, _)| claim)
        .collect();
    found.sort_by_key(|claim| match claim.field {
        ClaimField::Quote => 0,
        ClaimField::Passage(_) => 1,
        ClaimField::AsPrinted | ClaimField::Point(_) => 2,
    });
    let href = found.iter().find_map(|claim| address(site.ledger, claim));
    Some(view(site, worst, doubt, href))
}

/// The state of one claim.
fn claim(site: &SiteContext<'_>, claim: &RecordClaim<'_>) -> Option<EvidenceView> {
    let standing = site.ledger.standing(claim)?;
    let href = match is_found(&standing) {
        true => address(site.ledger, claim),
        false => None,
    };
    Some(view(site, &standing, claim.doubt, href))
}

fn view(
    site: &SiteContext<'_>,
    standing: &Standing,
    doubt: Option<&str>,
    href: Option<String>,
) -> EvidenceView {
    let on = |key, day: Day| {
        let date = site.phrases().day(day).words;
        site.words.fill(key, &[("date", &date)])
    };
    EvidenceView {
        state: state(standing),
        words: match standing {
            Standing::Verified(day) => on("verified_on", *day),
            Standing::Doubtful(day) => on("doubtful_on", *day),
            Standing::Changed { since, .. } => on("changed_since", *since),
            Standing::Unverified => site.words.get("unverified").to_owned(),
        },
        reason: match standing {
            Standing::Doubtful(_) => doubt.map(str::to_owned),
            Standing::Verified(_) | Standing::Changed { .. } | Standing::Unverified => None,
        },
        href,
    }
}

/// The word for a state, for machines and stylesheets.
pub(super) fn state(standing: &Standing) -> &'static str {
    match standing {
        Standing::Verified(_) => "verified",
        Standing::Doubtful(_) => "doubtful",
        Standing::Changed { .. } => "changed",
        Standing::Unverified => "unverified",
    }
}

/// How little a state holds; of two verified ones, the older one holds less.
fn rank(standing: &Standing) -> (u8, std::cmp::Reverse<Option<Day>>) {
    let older = |day: Day| std::cmp::Reverse(Some(day));
    match standing {
        Standing::Verified(day) => (0, older(*day)),
        Standing::Doubtful(day) => (1, older(*day)),
        Standing::Unverified => (2, std::cmp::Reverse(None)),
        Standing::Changed { since, .. } => (3, older(*since)),
    }
}

pub(super) fn is_found(standing: &Standing) -> bool {
    match standing {
        Standing::Verified(_) | Standing::Doubtful(_) => true,
        Standing::Changed { .. } | Standing::Unverified => false,
    }
}

/// The words of a claim on the source's own page.
pub(super) fn address(ledger: &Ledger, claim: &RecordClaim<'_>) -> Option<String> {
    let url = ledger.source(claim)?.url.as_deref()?;
    text_fragment(url, claim.words)
}

/// Every claim that rests on a source, page by page.
pub(super) fn claims_on(context: &PageContext<'_>, source: &Source) -> Vec<ClaimView> {
    let mut views = Vec::new();
    for page in context.below {
        let records = &page.records;
        for one in claims(records) {
            if !rests_on(context.site.ledger, &one, &source.anchor) {
                continue;
            }
            views.push(ClaimView {
                title: title(context, records, &one).unwrap_or_default(),
                href: context.link_to_record(one.anchor),
                quoted: one.words.split_whitespace().collect::<Vec<_>>().join(" "),
                evidence: claim(context.site, &one),
            });
        }
    }
    views
}

/// Whether a claim was found in a source, or would be looked for there.
fn rests_on(ledger: &Ledger, claim: &RecordClaim<'_>, source: &Anchor) -> bool {
    match ledger.source(claim) {
        Some(pinned) => pinned.anchor == *source,
        None => claim.sources.iter().any(|one| one.anchor == *source),
    }
}

fn title(context: &PageContext<'_>, records: &Records, claim: &RecordClaim<'_>) -> Option<String> {
    let anchor = claim.anchor;
    let event = records.events.iter().find(|event| event.anchor == *anchor);
    let figure = records
        .figures
        .iter()
        .find(|figure| figure.anchor == *anchor);
    let term = records.terms.iter().find(|term| term.anchor == *anchor);
    let reaction = records
        .reactions
        .iter()
        .find(|reaction| reaction.anchor == *anchor);
    let said = reaction.map(|reaction| match claim.field {
        // The quotation itself stands beside it.
        ClaimField::Quote => reaction.speaker.name.clone(),
        _ => format!(
            "{}: {}",
            reaction.speaker.name,
            records::reaction_title(context.site, reaction)
        ),
    });
    event
        .map(|event| event.title.clone())
        .or_else(|| figure.map(|figure| figure.title.clone()))
        .or_else(|| term.map(|term| term.term.clone()))
        .or(said)
}

/// How much of what rests on the sources of a page was found in them; `None` on a page without sources, or if
/// nothing was checked.
pub(super) fn totals(context: &PageContext<'_>) -> Option<EvidenceTotalsView> {
    let ledger = context.site.ledger;
    let sources = &context.page.records.sources;
    let mut totals = EvidenceTotalsView::default();
    for page in context.below {
        for claim in claims(&page.records) {
            let is_here =
                |source: &&std::sync::Arc<Source>| rests_on(ledger, &claim, &source.anchor);
            if !sources.iter().any(|source| is_here(&source)) {
                continue;
            }
            totals.n_checked += 1;
            let standing = ledger.standing(&claim)?;
            totals.n_doubtful += usize::from(matches!(standing, Standing::Doubtful(_)));
            match is_found(&standing) {
                true => totals.n_verified += 1,
                false => totals.n_unverified += 1,
            }
        }
    }
    if totals.n_checked == 0 {
        return None;
    }
    totals.href = context.data_link(DataFile::Verification);
    Some(totals)
}
