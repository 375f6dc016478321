//! Dates against their words as printed.

use nutgraf_evidence::{Basis, DateClaim, DateDoubt, DateFault, DateVerdict, Outlook, date_agrees};

use crate::cases::{self, Case};

fn name(verdict: &DateVerdict) -> &'static str {
    match verdict {
        DateVerdict::Agrees => "agrees",
        DateVerdict::Contradicts(DateFault::Elsewhere { .. }) => "elsewhere",
        DateVerdict::Contradicts(DateFault::MorePrecise { .. }) => "more-precise",
        DateVerdict::Contradicts(DateFault::Approximate) => "approximate",
        DateVerdict::CannotTell(DateDoubt::NoPublicationDate) => "no-publication",
        DateVerdict::Contradicts(DateFault::Ahead) => "ahead",
        DateVerdict::CannotTell(DateDoubt::NotUnderstood) => "not-understood",
        DateVerdict::CannotTell(DateDoubt::OtherDigits) => "other-digits",
    }
}

/// `expected | words as printed | date | published | expected? inferred?`
fn verdict(case: &Case) -> DateVerdict {
    let [_, as_printed, date, published, notes] = case.columns();
    let date = date.parse().expect("the date is EDTF");
    date_agrees(&DateClaim {
        as_printed,
        date: &date,
        published: published.parse().ok(),
        basis: if notes.contains("inferred") {
            Basis::Inferred
        } else {
            Basis::AsPrinted
        },
        outlook: if notes.contains("expected") {
            Outlook::Expected
        } else {
            Outlook::Happened
        },
    })
}

#[test]
fn a_date_says_what_its_words_say() {
    let mut n_cases = 0;
    let mut failed = Vec::new();
    for file in cases::all() {
        for case in file.cases("dates") {
            let verdict = verdict(case);
            n_cases += 1;
            if name(&verdict) != case.columns[0] {
                failed.push(format!(
                    "{}: {:?}\n    {verdict:?}",
                    case.place, case.columns
                ));
            }
        }
    }
    println!("{n_cases} dates");
    assert!(n_cases >= 50, "only {n_cases} dates");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
