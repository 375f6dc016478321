//! False records of each kind, made by the hundred from true ones, in every language that ships.
//!
//! `tests/evidence/kinds/CODE.yaml` has sentences with blanks and words to fill them with. Each kind fills them in to
//! make a source, a true record and a false one: the true one has to be accepted without a doubt, the false one refused
//! or doubted. A false one that is accepted, or a true one that isn't, is printed with its kind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nutgraf_evidence::{
    Basis, DateClaim, DateVerdict, FigureClaim, FigureVerdict, Language, Outlook, Quote,
    QuoteVerdict, SourceText, Speaker, date_agrees_in, figure_agrees_in, match_speech,
};
use nutgraf_values::Qualifier;
use serde::Deserialize;

use crate::table::{Table, Tally};

/// A kind of record in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    /// What is wrong with the false ones.
    kind: String,
    /// Values for each blank, used in every combination; a value may be a list that fills several blanks at once.
    fill: BTreeMap<String, Vec<Filling>>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(rename = "true")]
    truths: Vec<String>,
    #[serde(rename = "false")]
    falsehoods: Vec<String>,
}

/// What a blank is filled with.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Filling {
    One(String),
    Several(BTreeMap<String, String>),
}

/// How a record came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Doubted,
    Refused,
}

/// Every combination of values for the blanks.
pub(crate) fn filled(blanks: &BTreeMap<String, Vec<Filling>>) -> Vec<BTreeMap<String, String>> {
    let mut all: Vec<BTreeMap<String, String>> = vec![BTreeMap::new()];
    for (blank, values) in blanks {
        all = all
            .iter()
            .flat_map(|one| {
                values.iter().map(move |value| {
                    let mut one = one.clone();
                    match value {
                        Filling::One(value) => {
                            one.insert(blank.clone(), value.clone());
                        }
                        Filling::Several(values) => one.extend(values.clone()),
                    }
                    one
                })
            })
            .collect();
    }
    all
}

/// A template with its blanks filled.
pub(crate) fn fill(template: &str, values: &BTreeMap<String, String>) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

fn of_quote(verdict: &QuoteVerdict) -> Outcome {
    match verdict {
        QuoteVerdict::Verified(found) if found.warnings.is_empty() => Outcome::Clean,
        QuoteVerdict::Verified(_) => Outcome::Doubted,
        _ => Outcome::Refused,
    }
}

/// `WORDS` is quoted; `WORDS => VALUE | UNIT | QUALIFIER` is a figure; `WORDS @ DATE` a date.
fn outcome(
    kind: &Kind,
    record: &str,
    values: &BTreeMap<String, String>,
    language: &'static Language,
) -> Outcome {
    let source = fill(&kind.source, values);
    let record = fill(record, values);
    if let Some((words, figure)) = record.split_once("=>") {
        let parts: Vec<&str> = figure.split('|').map(str::trim).collect();
        let text = SourceText::in_language(&source, language);
        let at = source
            .find(words.trim())
            .map(|at| at..at + words.trim().len());
        let claim = FigureClaim {
            behind: at.map(|at| text.rest_of_sentence(at)),
            unit: parts.get(1).copied().unwrap_or_default(),
            qualifier: Qualifier::ALL
                .into_iter()
                .find(|known| Some(&known.name()) == parts.get(2)),
            ..FigureClaim::new(words.trim(), parts[0].parse().unwrap(), language)
        };
        return match figure_agrees_in(&claim) {
            FigureVerdict::Agrees(_) => Outcome::Clean,
            FigureVerdict::UnitNotSaid { .. } | FigureVerdict::NoNumber => Outcome::Doubted,
            FigureVerdict::Disagrees(_) => Outcome::Refused,
        };
    }
    if let Some((words, date)) = record.split_once('@') {
        let claim = DateClaim {
            as_printed: words.trim(),
            date: &date.trim().parse().unwrap(),
            published: kind.published.as_ref().map(|day| day.parse().unwrap()),
            basis: Basis::AsPrinted,
            outlook: Outlook::Happened,
        };
        return match date_agrees_in(&claim, language) {
            DateVerdict::Agrees => Outcome::Clean,
            DateVerdict::CannotTell(_) => Outcome::Doubted,
            DateVerdict::Contradicts(_) => Outcome::Refused,
        };
    }
    let text = SourceText::in_language(&source, language);
    let speaker = fill(&kind.speaker, values);
    let (words, speaker) = match record.split_once(" -- ") {
        Some((words, speaker)) => (words.to_owned(), speaker.to_owned()),
        None => (record.clone(), speaker),
    };
    let speaker = Speaker::of(&speaker, &source);
    of_quote(&match_speech(&text, &Quote::new(&words), &speaker))
}

#[test]
fn next_to_nothing_false_of_any_kind_is_accepted_and_what_is_true_is() {
    let mut table = Table::default();
    let mut wrong = Vec::new();
    for code in Language::codes() {
        let language = Language::named(code).unwrap();
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/evidence/kinds/{code}.yaml"));
        let kinds: Vec<Kind> = serde_yaml::from_str(&fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{code}: {error}"));
        for kind in &kinds {
            let mut tally = Tally::default();
            for values in filled(&kind.fill) {
                for record in &kind.truths {
                    let outcome = outcome(kind, record, &values, language);
                    tally[0][outcome as usize] += 1;
                    if outcome != Outcome::Clean {
                        wrong.push(format!(
                            "{code} {}: true, {outcome:?}: {}",
                            kind.kind,
                            fill(record, &values)
                        ));
                    }
                }
                for record in &kind.falsehoods {
                    let outcome = outcome(kind, record, &values, language);
                    tally[1][outcome as usize] += 1;
                    if outcome == Outcome::Clean {
                        wrong.push(format!(
                            "{code} {}: FALSE, accepted: {}",
                            kind.kind,
                            fill(record, &values)
                        ));
                    }
                }
            }
            table.add(&format!("{code} kinds: {}", kind.kind), &tally);
        }
    }
    println!("{table}");
    let [n_accepted, _, n_unclean, n_true] = table.counts();
    assert!(
        n_accepted == 0 && n_unclean * 100 <= n_true,
        "{n_accepted} accepted, {n_unclean} of {n_true} true ones not clean\n{}",
        wrong.join("\n")
    );
}
