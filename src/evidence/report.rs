//! Reports claims that aren't supported, or not quite.

use nutgraf_evidence::compare::WhyNot;
use nutgraf_evidence::own_words::Fact;
use nutgraf_evidence::{Closest, DiffWord, Match, QuoteVerdict, Warning};

use super::audit::Text;
use super::claims::{Claimant, RecordClaim};
use super::ledger::Standing;
use super::outcome::Outcome;
use super::place::{place_of, place_of_record, place_of_words};
use super::says::Says;
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::model::{RecordKind, Source};

/// How many differences are listed one by one; with more, the quotation is simply another one.
const N_DIFFERENCES: usize = 6;
/// How many words of the source are shown with a doubt: a sentence or two, so that the writer can judge it.
const N_SHOWN: usize = 40;

/// The fault of a claim whose words aren't supported by the text of a source. `source` is the one that comes closest.
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

/// The fault of a claim that may still be supported by a source whose text isn't available.
pub(super) fn out_of_reach(
    document: &Document,
    claim: &RecordClaim<'_>,
    missing: &Source,
) -> Diagnostic {
    let id = &missing.anchor.id;
    let message =
        format!("no available text has these words, and the text of `{id}` isn't among them");
    Diagnostic::new(Code::Unverified, place_of(document, claim), message).help(format!(
        "verify on a machine that has it, or name it: `--source {id}=FILE`"
    ))
}

/// A source that states one language while its text is in another.
pub(super) fn other_language(
    document: &Document,
    source: &Source,
    named: &str,
    name: &str,
    code: &str,
) -> Diagnostic {
    let place = place_of_record(
        document,
        RecordKind::Source,
        source.anchor.id.as_str(),
        "language",
    );
    let message =
        format!("the source names the language `{named}`, and its text looks like {name}");
    Diagnostic::new(Code::EvidenceDoubt, place, message).help(format!(
        "write `language: {code}` in the source, or name another text"
    ))
}

/// A doubt about words that were found; `None` if the writer has explained why they are right.
pub(super) fn warning(
    document: &Document,
    claim: &RecordClaim<'_>,
    (source, text, found): (&Source, &Text, &Match),
    warning: &Warning,
) -> Option<Diagnostic> {
    let fault = open_doubt(document, claim, &warning.to_string())?;
    Some(match found.segments.first() {
        Some(first) => fault.help(format!(
            "look at paragraph {} of `{}`: “{}”\nif the words are right all the same, say why in `doubt:`",
            first.paragraph,
            source.anchor.id,
            shortened(text.source.original(first.bytes.clone()))
        )),
        None => fault,
    })
}

/// A doubt about a claim; `None` if the writer has explained why it is right.
pub(super) fn doubt(document: &Document, claim: &RecordClaim<'_>, why: &str) -> Option<Diagnostic> {
    let fault = open_doubt(document, claim, why)?;
    Some(fault.help("fix it, or say in `doubt:` why it is right all the same"))
}

fn open_doubt(document: &Document, claim: &RecordClaim<'_>, why: &str) -> Option<Diagnostic> {
    let place = || place_of(document, claim);
    let is_open = claim.doubt.is_none();
    is_open.then(|| Diagnostic::new(Code::EvidenceDoubt, place(), why))
}

/// A value or a date whose words as printed can't be understood, or not in this sense.
pub(super) fn unclear(
    document: &Document,
    claim: &RecordClaim<'_>,
    why: &str,
) -> Option<Diagnostic> {
    let field = called(claim);
    let fault = open_doubt(
        document,
        claim,
        &format!("the {field} can't be compared with its words: {why}"),
    )?;
    Some(match field {
        "date" => fault.help(
            "add `published:` to the source, or `inferred:` with how the date was worked out",
        ),
        _ => fault.help("print the words with their number"),
    })
}

/// A number or a name in an editor's sentence that none of the record's sources contains.
pub(super) fn missing_fact(
    document: &Document,
    claim: &RecordClaim<'_>,
    fact: &Fact,
) -> Option<Diagnostic> {
    if claim.doubt.is_some() {
        return None;
    }
    let sources = claim.sources.iter();
    let ids: Vec<String> = sources
        .map(|source| format!("`{}`", source.anchor.id))
        .collect();
    let place_sought = match claim.by {
        Claimant::Record(..) => ids.join(" or "),
        Claimant::Page(_) => "any source of the explainer".to_owned(),
    };
    let message = format!(
        "the {} `{}` isn't in {place_sought}",
        fact.kind(),
        fact.text
    );
    let place = place_of_words(document, claim, &fact.text);
    Some(
        Diagnostic::new(Code::EvidenceDoubt, place, message)
            .help("correct it, name the source that has it, or say in `doubt:` how it is known"),
    )
}

/// How a message refers to the field of a claim: "the high end isn't...".
fn called(claim: &RecordClaim<'_>) -> &'static str {
    match claim.says {
        Says::High(_) => "high end",
        _ => claim.field.name,
    }
}

/// The fault of a claim that the words of its source contradict.
pub(super) fn contradiction(
    document: &Document,
    claim: &RecordClaim<'_>,
    words: &str,
    is_printed: bool,
    how: &str,
) -> Diagnostic {
    let field = called(claim);
    let whose = if is_printed {
        "its words as printed say"
    } else {
        "the words of its source say"
    };
    let message = format!(
        "the {field} isn't what {whose}, “{}”: {how}",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    Diagnostic::new(Code::NotInSource, place_of(document, claim), message).help(match field {
        "date" => {
            "correct the date or the words, or say in `inferred:` how the date was worked out"
        }
        "unit" => "correct the unit or the words",
        _ => "correct the value, its `qualifier:` or its `unit:`, or the words",
    })
}

/// Reports a claim without anything to compare it with, if its writer could help that. The upper end of a range has the
/// same words as its value, so only the value is reported.
pub(super) fn not_compared(
    document: &Document,
    claim: &RecordClaim<'_>,
    why: WhyNot,
) -> Option<Diagnostic> {
    let field = claim.field.name;
    let is_value = matches!(claim.says, Says::Value(_));
    let message = match why {
        WhyNot::NoWords
            if is_value || matches!(claim.says, Says::Date { .. } | Says::Speaker(_)) =>
        {
            format!(
                "the {field} was compared with nothing: the record gives no words of its source"
            )
        }
        WhyNot::NotInWords if is_value => {
            "the value was compared with nothing: the words of its source have no number".to_owned()
        }
        _ => return None,
    };
    if claim.doubt.is_some() {
        return None;
    }
    let code = if is_value {
        Code::Unverified
    } else {
        Code::NotCompared
    };
    let fault = Diagnostic::new(code, place_of(document, claim), message);
    Some(fault.help(match (&claim.says, claim.kind()) {
        (Says::Date { .. }, Some(RecordKind::Figure)) => {
            "add `as_printed:` or a `passage:` with the source's words, `inferred:` with how the date was worked out, or `doubt:` with how it is known"
        }
        (Says::Date { .. }, _) => {
            "add `as_printed:` with the source's words, `inferred:` with how the date was worked out, or `doubt:` with how it is known"
        }
        (Says::Speaker(_), _) => "add a `passage:` to the source, the words that name the speaker, or say in `doubt:` how it is known",
        _ => "add `as_printed:` with the source's words for the number",
    }))
}

/// The fault of a claim according to the lock; `None` if it holds. `how` says how a changed value differs from its
/// words.
pub(super) fn of_standing(
    document: &Document,
    claim: &RecordClaim<'_>,
    standing: &Standing,
    how: Option<&str>,
) -> Option<Diagnostic> {
    match standing {
        Standing::Compared { outcome, on } => match outcome {
            Outcome::Agrees | Outcome::NamesAgree => None,
            Outcome::NotCompared(why) => not_compared(document, claim, *why),
            Outcome::Doubtful if claim.doubt.is_some() => None,
            Outcome::Doubtful => {
                let place = place_of(document, claim);
                let message = match claim.says.words() {
                    Some(_) => format!("found in the source on {on}, with a doubt"),
                    None => format!("compared with the source on {on}, with a doubt"),
                };
                Some(Diagnostic::new(Code::EvidenceDoubt, place, message).help(
                    "run `nutgraf verify` where the source's text is available to see which; if it is right all the same, say why in `doubt:`",
                ))
            }
        },
        Standing::Declared => None,
        Standing::Changed { since, what } => {
            let place = place_of(document, claim);
            let how = how.map(|how| format!(" ({how})")).unwrap_or_default();
            let message = format!("verified on {since}, and {what}{how} changed since");
            Some(
                Diagnostic::new(Code::EvidenceChanged, place, message)
                    .help("run `nutgraf verify` where the source's text is available"),
            )
        }
        Standing::Unverified => {
            let place = place_of(document, claim);
            let sources = claim.sources.iter();
            let ids: Vec<String> = sources
                .map(|source| format!("`{}`", source.anchor.id))
                .collect();
            let ids = ids.join(" or ");
            let message = match claim.says.words() {
                Some(_) => format!("these words were never found in their source, {ids}"),
                None => format!(
                    "the {} was never found to agree with its source, {ids}",
                    called(claim)
                ),
            };
            Some(Diagnostic::new(Code::Unverified, place, message).help(
                "run `nutgraf verify` where the source's text is available; if there is none, as of your own interview, \
                 write `text: none` in the source and say why in `because:`",
            ))
        }
    }
}

/// The closest passage and the differences, one per line.
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

/// The differences as sentences; adjacent words belong together.
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
