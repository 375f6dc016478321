//! What a writer is told of a claim that doesn't hold, or not quite.

use nutgraf_evidence::{Closest, DiffWord, Match, QuoteVerdict, SourceText};

use super::agreement::Agreement;
use super::claims::RecordClaim;
use super::ledger::Standing;
use super::place::{place_of, place_of_value};
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::model::Source;

/// How many differences are named one by one.
const N_DIFFERENCES: usize = 6;
/// How many words of the source are shown with a doubt.
const N_SHOWN: usize = 40;

/// The fault of a claim whose words the text of a source doesn't hold up. `source` is the one that comes closest.
pub(super) fn failure(
    document: &Document,
    claim: &RecordClaim<'_>,
    source: &Source,
    verdict: &QuoteVerdict,
) -> Diagnostic {
    let id = &source.anchor.id;
    let fault = |code, message: String| Diagnostic::new(code, place_of(document, claim), message);
    match verdict {
        QuoteVerdict::NotFound { closest } => {
            let fault = fault(
                Code::NotInSource,
                format!("the source `{id}` doesn't have these words"),
            );
            match closest {
                Some(closest) => fault.help(differences(closest)),
                None => fault.help("no passage of the source comes close"),
            }
        }
        QuoteVerdict::Reverses(reversal) => fault(
            Code::NotInSource,
            format!("the source `{id}` says something else: {reversal}"),
        )
        .help("quote the words that the edit leaves out"),
        QuoteVerdict::TooShort { words } => fault(
            Code::EvidenceDoubt,
            format!("`{words}` is too short to mean anything when it is found in `{id}`"),
        )
        .help("quote three words or more, or put what was said in your own words in `text:`"),
        QuoteVerdict::GaveUp | QuoteVerdict::Verified(_) => fault(
            Code::EvidenceDoubt,
            format!("there are too many ways to read these words, so they weren't found in `{id}`"),
        )
        .help("quote it in two records, or with fewer ellipses and brackets"),
    }
}

/// The fault of a claim that a source with no text at hand may still hold up.
pub(super) fn out_of_reach(
    document: &Document,
    claim: &RecordClaim<'_>,
    missing: &Source,
) -> Diagnostic {
    let id = &missing.anchor.id;
    let message =
        format!("no text at hand has these words, and the text of `{id}` isn't among them");
    Diagnostic::new(Code::Unverified, place_of(document, claim), message).help(format!(
        "verify on a machine that has it, or name it: `--source {id}=FILE`"
    ))
}

/// The doubts about words that were found; none if the writer has said why they stand.
pub(super) fn doubts(
    document: &Document,
    claim: &RecordClaim<'_>,
    source: (&Source, &SourceText),
    found: &Match,
) -> Vec<Diagnostic> {
    let warnings = found.warnings.iter();
    let open = warnings.filter(|_| claim.doubt.is_none());
    let doubts = open.map(|warning| {
        let fault = Diagnostic::new(
            Code::EvidenceDoubt,
            place_of(document, claim),
            warning.to_string(),
        );
        match found.segments.first() {
            Some(first) => fault.help(format!(
                "look at paragraph {} of `{}`: “{}”\nif the words stand all the same, say why in `doubt:`",
                first.paragraph,
                source.0.anchor.id,
                shortened(source.1.original(first.bytes.clone()))
            )),
            None => fault,
        }
    });
    doubts.collect()
}

/// What is wrong with a value whose words were found.
pub(super) fn disagreement(
    document: &Document,
    claim: &RecordClaim<'_>,
    agreement: &Agreement,
) -> Option<Diagnostic> {
    let value = claim.value?;
    let field = value.field();
    match agreement {
        Agreement::Agrees => None,
        Agreement::Unclear(_) if claim.doubt.is_some() => None,
        Agreement::Differs(how) => {
            let place = place_of_value(document, claim, field);
            let message = format!(
                "the {field} isn't what its words as printed say, “{}”: {how}",
                claim.words
            );
            Some(Diagnostic::new(Code::NotInSource, place, message).help(match field {
                "date" => "correct the date or the words, or say in `inferred:` how the date was worked out",
                _ => "correct the value, its `qualifier:` or its `unit:`, or the words",
            }))
        }
        Agreement::Unclear(why) => {
            let message = format!("the {field} can't be compared with its words: {why}");
            let fault = Diagnostic::new(Code::EvidenceDoubt, place_of(document, claim), message);
            Some(match field {
                "date" => fault.help(
                    "add `published:` to the source, or `inferred:` with how the date was worked out",
                ),
                _ => fault.help("print the words with their number"),
            })
        }
    }
}

/// The fault of a claim by what the lock says of it; `None` for one that is verified.
pub(super) fn of_standing(
    document: &Document,
    claim: &RecordClaim<'_>,
    standing: &Standing,
) -> Option<Diagnostic> {
    match standing {
        Standing::Verified(_) => None,
        Standing::Doubtful(_) if claim.doubt.is_some() => None,
        Standing::Doubtful(day) => {
            let place = place_of(document, claim);
            let message = format!("found in the source on {day}, with a doubt");
            Some(Diagnostic::new(Code::EvidenceDoubt, place, message).help(
                "run `nutgraf verify` where the source's text is at hand to see which; if the words stand all the same, say why in `doubt:`",
            ))
        }
        Standing::Changed { since, what } => {
            let place = place_of(document, claim);
            let message = format!("verified on {since}, and {what} changed since");
            Some(
                Diagnostic::new(Code::EvidenceChanged, place, message)
                    .help("run `nutgraf verify` where the source's text is at hand"),
            )
        }
        Standing::Unverified => {
            let place = place_of(document, claim);
            let sources = claim.sources.iter();
            let ids: Vec<String> = sources
                .map(|source| format!("`{}`", source.anchor.id))
                .collect();
            let message = format!(
                "these words were never found in their source, {}",
                ids.join(" or ")
            );
            Some(
                Diagnostic::new(Code::Unverified, place, message)
                    .help("run `nutgraf verify` where the source's text is at hand"),
            )
        }
    }
}

/// The closest passage, and what differs, a line each.
fn differences(closest: &Closest) -> String {
    let mut lines = vec![format!(
        "the closest passage, in paragraph {}: “{}”",
        closest.paragraph,
        closest
            .excerpt
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    )];
    let found = grouped(&closest.words);
    let n_more = found.len().saturating_sub(N_DIFFERENCES);
    lines.extend(found.into_iter().take(N_DIFFERENCES));
    if n_more > 0 {
        lines.push(format!("and {n_more} more differences"));
    }
    lines.join("\n")
}

/// What differs, in sentences: words that follow one another belong together.
fn grouped(words: &[DiffWord]) -> Vec<String> {
    let mut sentences = Vec::new();
    let (mut ours, mut theirs): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut before = "";
    let mut tell = |ours: &mut Vec<&str>, theirs: &mut Vec<&str>, before: &str| {
        let after = match before {
            "" => String::new(),
            word => format!(" after `{word}`"),
        };
        match (ours.join(" "), theirs.join(" ")) {
            (ours, theirs) if ours.is_empty() && theirs.is_empty() => {}
            (ours, theirs) if theirs.is_empty() => {
                sentences.push(format!("the source doesn't have `{ours}`{after}"));
            }
            (ours, theirs) if ours.is_empty() => {
                sentences.push(format!("the record leaves out `{theirs}`{after}"));
            }
            (ours, theirs) => {
                sentences.push(format!("the source has `{theirs}` for `{ours}`{after}"));
            }
        }
        ours.clear();
        theirs.clear();
    };
    for word in words {
        match word {
            DiffWord::OnlyQuoted(word) => ours.push(word),
            DiffWord::OnlyInSource(word) => theirs.push(word),
            DiffWord::Same(word) => {
                tell(&mut ours, &mut theirs, before);
                before = word;
            }
        }
    }
    tell(&mut ours, &mut theirs, before);
    sentences
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..N_SHOWN) {
        Some(first) => format!("{} …", first.join(" ")),
        None => words.join(" "),
    }
}
