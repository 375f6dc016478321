//! What readers see of the check against the sources: what was compared and what wasn't.
//!
//! Without `evidence.lock`, nothing is shown except what the sources declare: a state is either computed or absent.
//! *Verified* alone is said only of a record whose every claim was compared and agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::evidence::{
    Aspect, ClaimCounts, Ledger, Outcome, RecordClaim, Standing, WhyNot, claims,
};
use crate::model::{Anchor, Page, RecordKind, Records};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::text_fragment;
use crate::plan::uses::Uses;
use crate::plan::view::{ClaimView, EvidenceTotalsView, EvidenceView};
use crate::plan::{DataFile, Words, records};

/// How little is known about something; later states mean less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// Compared, and it agrees.
    Agrees,
    /// Nothing more to compare: names and numbers in the editor's own words, a date that was worked out.
    Told,
    Declared,
    NotCompared,
    /// Not compared, because nutgraf doesn't read the source's language.
    NotRead,
    Doubtful,
    Unverified,
    Changed,
}

impl State {
    fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Compared { outcome, .. } => match outcome {
                Outcome::Agrees => Self::Agrees,
                Outcome::NamesAgree => Self::Told,
                Outcome::Doubtful => Self::Doubtful,
                Outcome::NotCompared(WhyNot::WorkedOut | WhyNot::OwnWords) => Self::Told,
                Outcome::NotCompared(WhyNot::Language) => Self::NotRead,
                Outcome::NotCompared(_) => Self::NotCompared,
            },
            Standing::Changed { .. } => Self::Changed,
            Standing::Declared => Self::Declared,
            Standing::Unverified => Self::Unverified,
        }
    }
}

/// The badge of a record. A draft has none that says that all is well: nobody has looked at it yet.
pub(super) fn of_record(
    site: &SiteContext<'_>,
    is_draft: bool,
    claims: Vec<RecordClaim<'_>>,
) -> Option<EvidenceView> {
    record(site, claims).filter(|badge| !is_draft || !matches!(badge.state, "verified" | "checked"))
}

/// What is known about a record: what was compared and what wasn't.
///
/// A translation shares it with its original, but for its own words: they are of the original, and nobody compares them.
fn record(site: &SiteContext<'_>, claims: Vec<RecordClaim<'_>>) -> Option<EvidenceView> {
    let claims: &[RecordClaim<'_>] = &of_language(site, claims);
    let standings = claims.iter().map(|claim| site.ledger.standing(claim));
    let standings = standings.collect::<Option<Vec<Standing>>>()?;
    let states: Vec<State> = standings.iter().map(State::of).collect();
    let worst = states.iter().max()?;
    let badge = Badge {
        site,
        claims,
        states: &states,
    };
    let (state, words) = match worst {
        State::Agrees => ("verified", site.words.get("verified").to_owned()),
        State::Told => ("checked", badge.words()),
        State::Declared if badge.is_all(State::Declared) => ("declared", badge.declared()),
        State::Declared | State::NotCompared | State::NotRead => ("partly", badge.words()),
        State::Doubtful => ("doubtful", badge.words()),
        State::Unverified => ("unverified", badge.words()),
        State::Changed => ("changed", badge.words()),
    };
    // One reason answers all doubts about a record.
    let doubt = claims.first().and_then(|claim| claim.doubt);
    Some(EvidenceView {
        state,
        words,
        reason: doubt
            .filter(|_| states.contains(&State::Doubtful))
            .map(str::to_owned),
        href: badge.href(),
    })
}

/// Those of some claims that a translation shares with its original. A name may be written in another way there, which is
/// no other claim, though what was compared doesn't hold it up.
pub(super) fn of_language<'r>(
    site: &SiteContext<'_>,
    mut claims: Vec<RecordClaim<'r>>,
) -> Vec<RecordClaim<'r>> {
    if !site.language.is_main() {
        let is_changed = |claim: &RecordClaim<'_>| {
            matches!(site.ledger.standing(claim), Some(Standing::Changed { .. }))
        };
        claims.retain(|claim| claim.is_shared() && !is_changed(claim));
    }
    claims
}

/// The words of a badge.
struct Badge<'a> {
    site: &'a SiteContext<'a>,
    claims: &'a [RecordClaim<'a>],
    states: &'a [State],
}

impl Badge<'_> {
    fn is_all(&self, state: State) -> bool {
        self.states.iter().all(|other| *other == state)
    }

    /// The worst state of an aspect; `None` if the record makes no claim of that kind.
    fn state_of(&self, aspect: Aspect) -> Option<State> {
        let claims = self.claims.iter().zip(self.states);
        claims
            .filter(|(claim, _)| claim.says.aspect() == aspect)
            .map(|(_, state)| *state)
            .max()
    }

    /// The names of the aspects that are in one of these states.
    fn named(&self, states: &[State]) -> Vec<Aspect> {
        let aspects = Aspect::ALL.into_iter();
        aspects
            .filter(|aspect| {
                let state = self.state_of(*aspect);
                state.is_some_and(|state| states.contains(&state))
            })
            .collect()
    }

    fn part(&self, key: &str, aspects: &[Aspect]) -> Option<String> {
        let words = self.site.words;
        let names = aspects.iter().map(|aspect| words.get(name_of(*aspect)));
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then(|| words.fill(key, &[("claims", &listed(words, &names))]))
    }

    /// "Quotation and speaker checked; not compared: date".
    fn words(&self) -> String {
        let words = self.site.words;
        if self.is_all(State::Unverified) {
            return words.get("unverified").to_owned();
        }
        let mut checked = self.named(&[State::Agrees]);
        let has_words = checked.contains(&Aspect::Words);
        // The words that were found are the basis of the other comparisons.
        checked.retain(|aspect| !matches!(aspect, Aspect::Words | Aspect::OwnWords));
        let own = self.state_of(Aspect::OwnWords);
        let first = match (self.part("evidence_checked", &checked), has_words) {
            (Some(checked), _) => Some(checked),
            (None, true) => Some(words.get("evidence_words_found").to_owned()),
            (None, false) if matches!(own, Some(State::Agrees | State::Told)) => {
                Some(words.get("evidence_names_found").to_owned())
            }
            (None, false) => None,
        };
        let parts = [
            first,
            self.part(
                "evidence_uncompared",
                &self.named(&[State::NotCompared, State::Unverified]),
            ),
            self.part("evidence_language", &self.named(&[State::NotRead])),
            self.part("evidence_doubtful_claims", &self.named(&[State::Doubtful])),
            self.part("evidence_changed_claims", &self.named(&[State::Changed])),
            (!self.named(&[State::Declared]).is_empty()).then(|| self.declared()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        capitalized(&parts.join("; "))
    }

    /// Why there is no text to compare with, as the sources declare.
    fn declared(&self) -> String {
        let words = self.site.words;
        let sources = self.claims.iter().flat_map(|claim| &claim.sources);
        let mut reasons: Vec<String> = Vec::new();
        for source in sources {
            let Some(because) = &source.because else {
                continue;
            };
            let reason = match &source.checked_by {
                Some(name) => words.fill(
                    "evidence_declared_by",
                    &[("because", because), ("name", name)],
                ),
                None => words.fill("evidence_declared", &[("because", because)]),
            };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        capitalized(&reasons.join("; "))
    }

    /// The place in the source's own page of the most telling words.
    fn href(&self) -> Option<String> {
        let claims = self.claims.iter().zip(self.states);
        let mut found: Vec<&RecordClaim<'_>> = claims
            .filter(|(_, state)| matches!(state, State::Agrees | State::Doubtful))
            .map(|(claim, _)| claim)
            .collect();
        found.sort_by_key(|claim| match claim.says.aspect() {
            Aspect::Quotation => 0,
            _ if claim.field.name == "passage" => 1,
            _ => 2,
        });
        let mut found = found.into_iter();
        found.find_map(|claim| address(self.site.ledger, claim))
    }
}

fn name_of(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Quotation => "claim_quotation",
        Aspect::Speaker => "claim_speaker",
        Aspect::Words => "claim_words",
        Aspect::Number => "claim_number",
        Aspect::Date => "claim_date",
        Aspect::OwnWords => "claim_own_words",
    }
}

/// "quotation, speaker and date".
pub(super) fn listed(words: &Words, names: &[&str]) -> String {
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => {
            words.fill("list_last", &[("list", &first.join(", ")), ("last", last)])
        }
        Some((only, _)) => (*only).to_owned(),
        None => String::new(),
    }
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The machine-readable word for what is known about a claim.
pub(super) fn outcome(standing: &Standing) -> &'static str {
    match standing {
        Standing::Compared { outcome, .. } => outcome.name(),
        Standing::Changed { .. } => "changed",
        Standing::Declared => "declared",
        Standing::Unverified => "unverified",
    }
}

pub(super) fn is_found(standing: &Standing) -> bool {
    matches!(State::of(standing), State::Agrees | State::Doubtful)
}

/// The words of a claim on the source's own page.
pub(super) fn address(ledger: &Ledger, claim: &RecordClaim<'_>) -> Option<String> {
    let url = ledger.source(claim)?.url.as_deref()?;
    text_fragment(url, claim.says.words()?)
}

/// Adds every passage that a page takes from a source to that source's uses.
pub(super) fn add_words(context: &PageContext<'_>, page: &Page, uses: &mut BTreeMap<Anchor, Uses>) {
    let records = &page.records;
    for claim in of_language(context.site, claims(records)) {
        let (Some(words), Some(anchor)) = (claim.says.words(), claim.anchor()) else {
            continue;
        };
        for source in bases(context.site.ledger, &claim) {
            let Some(uses) = uses.get_mut(source) else {
                continue;
            };
            uses.words.push(ClaimView {
                title: title(context, records, &claim).unwrap_or_default(),
                href: context.link_to_record(anchor),
                quoted: words.split_whitespace().collect::<Vec<_>>().join(" "),
                evidence: of_words(context.site, &claim),
            });
        }
    }
}

/// What is known about words taken from a source.
fn of_words(site: &SiteContext<'_>, claim: &RecordClaim<'_>) -> Option<EvidenceView> {
    let standing = site.ledger.standing(claim)?;
    let (state, key) = match State::of(&standing) {
        State::Agrees | State::Told => ("verified", "words_found"),
        State::Doubtful => ("doubtful", "words_doubtful"),
        State::Changed => ("changed", "words_changed"),
        State::Declared => ("declared", "unverified"),
        State::NotCompared | State::NotRead | State::Unverified => ("unverified", "unverified"),
    };
    Some(EvidenceView {
        state,
        words: site.words.get(key).to_owned(),
        reason: claim
            .doubt
            .filter(|_| state == "doubtful")
            .map(str::to_owned),
        href: if is_found(&standing) {
            address(site.ledger, claim)
        } else {
            None
        },
    })
}

/// The source that a claim was compared with, or those that it would be compared with.
fn bases<'c>(ledger: &Ledger, claim: &'c RecordClaim<'_>) -> BTreeSet<&'c Anchor> {
    match ledger.source(claim) {
        Some(pinned) => BTreeSet::from([&pinned.anchor]),
        None => claim.sources.iter().map(|source| &source.anchor).collect(),
    }
}

fn title(context: &PageContext<'_>, records: &Records, claim: &RecordClaim<'_>) -> Option<String> {
    fn at<'r, T>(
        records: &'r [Arc<T>],
        anchor: &Anchor,
        anchor_of: impl Fn(&T) -> &Anchor,
    ) -> Option<&'r Arc<T>> {
        records.iter().find(|record| anchor_of(record) == anchor)
    }
    let anchor = claim.anchor()?;
    match claim.kind()? {
        RecordKind::Event => {
            let event = at(&records.events, anchor, |event| &event.anchor);
            event.map(|event| event.title.clone())
        }
        RecordKind::Figure => {
            let figure = at(&records.figures, anchor, |figure| &figure.anchor);
            figure.map(|figure| figure.title.clone())
        }
        RecordKind::Term => {
            let term = at(&records.terms, anchor, |term| &term.anchor);
            term.map(|term| term.term.clone())
        }
        RecordKind::Question => {
            let question = at(&records.questions, anchor, |question| &question.anchor);
            question.map(|question| question.question.clone())
        }
        RecordKind::Reaction => {
            let reaction = at(&records.reactions, anchor, |reaction| &reaction.anchor)?;
            let speaker = &reaction.speaker.name;
            Some(match claim.says.aspect() {
                // The quotation itself is shown beside it.
                Aspect::Quotation => speaker.clone(),
                _ => format!(
                    "{speaker}: {}",
                    records::reaction_title(context.site, reaction)
                ),
            })
        }
        RecordKind::Person | RecordKind::Source => None,
    }
}

/// One line about the records on a page: when they were compared, with how many sources, and how many sentences are in
/// the editor's own words. `None` if none was compared.
pub(super) fn line(site: &SiteContext<'_>, page: &Page) -> Option<String> {
    let (line, has_own_words) = compared(site, std::iter::once(page))?;
    Some(if has_own_words {
        format!("{line} {}", site.words.get("own_words_note"))
    } else {
        line
    })
}

/// The same about the records on all pages of an explainer, for its front page; it says nothing of whose words they are.
pub(super) fn line_of_all(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Option<String> {
    let (line, _) = compared(site, pages.iter().map(|page| &**page))?;
    // It stands in a list, whose items have no stop.
    Some(line.trim_end_matches(['.', '。', '।']).to_owned())
}

/// When the records on some pages were compared, and with how many sources, in one line; and whether some of them are in the
/// editor's own words. `None` if none was compared, or one of them wasn't yet.
fn compared<'p>(
    site: &SiteContext<'_>,
    pages: impl Iterator<Item = &'p Page>,
) -> Option<(String, bool)> {
    site.ledger.lock()?;
    let mut counts = ClaimCounts::default();
    let mut sources = BTreeSet::new();
    let mut has_own_words = false;
    for page in pages {
        for claim in of_language(site, claims(&page.records)) {
            let standing = site.ledger.standing(&claim)?;
            counts.add(Some(&standing));
            if let Standing::Compared { .. } = standing {
                let source = site.ledger.source(&claim);
                sources.extend(source.map(|source| source.anchor.clone()));
                has_own_words |= claim.says.aspect() == Aspect::OwnWords;
            }
        }
    }
    let date = site.phrases().day(counts.last?).words;
    let n = sources.len().to_string();
    let fill = [("date", date.as_str()), ("n", n.as_str())];
    Some((site.words.fill("compared_on", &fill), has_own_words))
}

/// What is known about the claims based on a page's sources; `None` for a page without sources, or if nothing was
/// compared.
pub(super) fn totals(context: &PageContext<'_>) -> Option<EvidenceTotalsView> {
    let ledger = context.site.ledger;
    ledger.lock()?;
    let sources = context.page.records.sources.iter();
    let here: BTreeSet<&Anchor> = sources.map(|source| &source.anchor).collect();
    if here.is_empty() {
        return None;
    }
    let mut counts = ClaimCounts::default();
    for page in context.below {
        for claim in of_language(context.site, claims(&page.records)) {
            if !bases(ledger, &claim).is_disjoint(&here) {
                counts.add(ledger.standing(&claim).as_ref());
            }
        }
    }
    if counts.n_all == 0 {
        return None;
    }
    Some(EvidenceTotalsView {
        n_claims: counts.n_all,
        n_agreeing: counts.n_agreeing,
        n_doubtful: counts.n_doubtful,
        n_not_compared: counts.n_not_compared + counts.n_declared,
        n_unverified: counts.n_unverified + counts.n_changed,
        href: context.data_link(DataFile::Verification),
    })
}
