//! Whole records of numbers against sentences with several numbers: which noun, year and name go with which number.
//!
//! `tests/evidence/records/CODE.yaml` has kinds of falsehood; each has sentences with blanks and words to fill them
//! with. A record is `VALUE | UNIT | QUALIFIER | DATE | TITLE`; all but the value may be empty. A true one has to agree
//! in everything that it says; a false one has to be refused, doubted or not compared in at least one point.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;

use nutgraf_evidence::Dated;
use nutgraf_evidence::compare::{Context, Finding, NumberFinding, Numbered, number};
use nutgraf_evidence::{Language, SourceText};
use nutgraf_values::{PartialDate, Qualifier, Quantity};
use serde::Deserialize;

use crate::kinds::{Filling, fill, filled};
use crate::table::{Table, Tally};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    kind: String,
    fill: BTreeMap<String, Vec<Filling>>,
    /// Sentences with the same meaning.
    sources: Vec<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(rename = "true")]
    truths: Vec<String>,
    #[serde(rename = "false")]
    falsehoods: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Doubted,
    Refused,
}

fn found(source: &str, record: &str, kind: &Kind, language: &'static Language) -> NumberFinding {
    let columns: Vec<&str> = record.split('|').map(str::trim).collect();
    let column = |at: usize| columns.get(at).copied().unwrap_or_default();
    let quantity = Quantity {
        number: column(0).parse().unwrap(),
        to: None,
        unit: column(1).to_owned(),
        qualifier: Qualifier::ALL
            .into_iter()
            .find(|known| known.name() == column(2)),
    };
    let date: Option<PartialDate> = column(3).parse().ok();
    let date = date.as_ref().map(|date| Dated {
        date,
        is_inferred: false,
        is_expected: false,
    });
    // The sentence is one of several, as in an article.
    let text = SourceText::in_language(source, language);
    let stretch = 0..source.len();
    let context = Context {
        words: source,
        sentence: text.original(text.sentence_around(stretch)),
        is_printed: false,
        at: 0,
        language,
        published: kind.published.as_ref().map(|day| day.parse().unwrap()),
    };
    let numbered = Numbered {
        quantity: &quantity,
        date,
        title: column(4),
        is_high_end: false,
    };
    let mut found = number(&[context], &numbered, true);
    if column(1).is_empty() {
        found.unit = Finding::Agrees;
    }
    if column(3).is_empty() {
        found.date = Finding::Agrees;
    }
    found
}

fn outcome(found: &NumberFinding) -> Outcome {
    let findings = [&found.value, &found.qualifier, &found.unit, &found.date];
    if findings
        .iter()
        .any(|one| matches!(one, Finding::Contradicted(_)))
    {
        return Outcome::Refused;
    }
    if findings.iter().all(|one| **one == Finding::Agrees) {
        Outcome::Clean
    } else {
        Outcome::Doubted
    }
}

/// The kinds of a language with their results, and what came out wrong: one example of each form is enough.
struct Results {
    tallies: Vec<(String, Tally)>,
    wrong: BTreeMap<String, (usize, String)>,
}

fn results(code: &str) -> Results {
    let language = Language::named(code).unwrap();
    let path = format!("tests/evidence/records/{code}.yaml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kinds: Vec<Kind> = serde_yaml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{code}: {error}"));
    let mut results = Results {
        tallies: Vec::new(),
        wrong: BTreeMap::new(),
    };
    for kind in &kinds {
        let mut tally = [[0; 3]; 2];
        let forms = kind.truths.iter().map(|one| (0, one));
        let forms: Vec<(usize, &String)> = forms
            .chain(kind.falsehoods.iter().map(|one| (1, one)))
            .collect();
        for values in filled(&kind.fill) {
            for template in &kind.sources {
                let source = fill(template, &values);
                for (is_false, form) in &forms {
                    let record = fill(form, &values);
                    let found = found(&source, &record, kind, language);
                    let outcome = outcome(&found);
                    tally[*is_false][outcome as usize] += 1;
                    if (*is_false == 1) == (outcome == Outcome::Clean) {
                        let what = ["true", "FALSE"][*is_false];
                        let place = format!("{code} {}: {what}, {form}: {template}", kind.kind);
                        let one = || (0, format!("{record}: {source}\n    {found:?}"));
                        results.wrong.entry(place).or_insert_with(one).0 += 1;
                    }
                }
            }
        }
        results
            .tallies
            .push((format!("{code} records: {}", kind.kind), tally));
    }
    results
}

/// Prints a table of the kinds; see it with `--nocapture`.
#[test]
fn a_number_is_what_the_source_says_with_its_own_noun_year_and_name() {
    let all: Vec<Results> = thread::scope(|scope| {
        let threads = ["de", "en", "es", "fr"].map(|code| scope.spawn(move || results(code)));
        threads.map(|thread| thread.join().unwrap()).into()
    });
    let mut table = Table::default();
    for (name, tally) in all.iter().flat_map(|results| &results.tallies) {
        table.add(name, tally);
    }
    println!("{table}");
    let [n_accepted, n_false, n_unclean, n_true] = table.counts();
    let wrong = all.iter().flat_map(|results| &results.wrong);
    let wrong = wrong.map(|(place, (n, one))| format!("{place} ({n})\n    {one}"));
    let wrong: Vec<String> = wrong.collect();
    assert!(n_false > 6000, "only {n_false} false records");
    assert!(
        n_accepted * 1000 <= n_false && n_unclean * 100 <= n_true,
        "{n_accepted} of {n_false} false ones accepted, {n_unclean} of {n_true} true ones not clean\n{table}\n{}",
        wrong.join("\n")
    );
}
