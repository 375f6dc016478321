//! Figures against their words as printed.

use nutgraf_evidence::{FigureFault, FigureVerdict, Rounding, figure_agrees};
use nutgraf_values::Qualifier;

use crate::cases;

fn name(verdict: &FigureVerdict) -> &'static str {
    match verdict {
        FigureVerdict::Agrees(Rounding::Exact) => "exact",
        FigureVerdict::Agrees(Rounding::Rounded) => "rounded",
        FigureVerdict::Disagrees(FigureFault::OtherNumber { .. }) => "other-number",
        FigureVerdict::Disagrees(FigureFault::MorePrecise { .. }) => "more-precise",
        FigureVerdict::Disagrees(FigureFault::Hedged { .. }) => "hedged",
        FigureVerdict::Disagrees(FigureFault::NotHedged { .. }) => "not-hedged",
        FigureVerdict::Disagrees(FigureFault::OtherUnit { .. }) => "other-unit",
        FigureVerdict::Disagrees(FigureFault::NoFall) => "no-fall",
        FigureVerdict::UnitNotSaid { .. } => "unit-not-said",
        FigureVerdict::NoNumber => "no-number",
    }
}

#[test]
fn a_figure_says_what_its_words_say() {
    let mut n_cases = 0;
    let mut failed = Vec::new();
    for file in cases::all() {
        for case in file.cases("figures") {
            let [expected, as_printed, qualifier, value, unit] = case.columns();
            let qualifier = Qualifier::ALL
                .into_iter()
                .find(|known| known.name() == qualifier);
            let value = value.parse().expect("the value is a number");
            let verdict = figure_agrees(as_printed, value, qualifier, unit);
            n_cases += 1;
            if name(&verdict) != expected {
                failed.push(format!(
                    "{}: {:?}\n    {verdict:?}",
                    case.place, case.columns
                ));
            }
        }
    }
    println!("{n_cases} figures");
    assert!(n_cases >= 50, "only {n_cases} figures");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
