//! Quotations, passages and words as printed against their sources.

use std::collections::BTreeSet;

use nutgraf_evidence::{
    Fidelity, Quote, QuoteVerdict, SourceText, Warning, match_passage, match_printed, match_quote,
};

use crate::cases::{self, Case};

/// What a case expects.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// A true quotation.
    True,
    /// A true quotation, to the letter.
    Exact,
    /// In the source, with exactly these reasons to look again.
    Warned(BTreeSet<String>),
    /// Not what the source says, for whatever reason it is refused.
    False,
    /// An edit reverses what the source says.
    Reverses,
    /// Too few words to say.
    Short,
}

impl Expected {
    fn read(case: &Case, column: &str) -> Self {
        let mut words = column.split_whitespace();
        let expected = match words.next() {
            Some("true") => Self::True,
            Some("exact") => Self::Exact,
            Some("warned") => return Self::Warned(words.map(str::to_owned).collect()),
            Some("false") => Self::False,
            Some("reverses") => Self::Reverses,
            Some("short") => Self::Short,
            other => panic!("{}: unknown expectation {other:?}", case.place),
        };
        assert_eq!(words.next(), None, "{}: too many words", case.place);
        expected
    }

    fn holds(&self, verdict: &QuoteVerdict) -> bool {
        match (self, verdict) {
            (Self::True, verdict) => is_accepted(verdict),
            (Self::Exact, QuoteVerdict::Verified(found)) => {
                found.warnings.is_empty() && found.fidelity == Fidelity::Exact
            }
            (Self::Warned(names), QuoteVerdict::Verified(found)) => {
                let found: BTreeSet<&str> = found.warnings.iter().map(name).collect();
                names.iter().map(String::as_str).eq(found)
            }
            (Self::False, verdict) => !matches!(verdict, QuoteVerdict::Verified(_)),
            (Self::Reverses, verdict) => matches!(verdict, QuoteVerdict::Reverses(_)),
            (Self::Short, QuoteVerdict::TooShort { words }) => !words.is_empty(),
            (Self::Exact | Self::Warned(_) | Self::Short, _) => false,
        }
    }
}

fn name(warning: &Warning) -> &'static str {
    match warning {
        Warning::OutsideQuotationMarks => "outside-marks",
        Warning::GivenToAnother { .. } => "another-speaker",
        Warning::WithinAnotherQuotation => "quoted-within",
        Warning::SpeakerAbsent { .. } => "speaker-absent",
        Warning::GapAcrossSpeaker { .. } => "gap-across-speaker",
        Warning::LongGap { .. } => "long-gap",
        Warning::GapHidesNegation { .. } => "gap-hides-negation",
        Warning::ClippedQualifier { .. } => "clipped-qualifier",
        Warning::ClippedNegation { .. } => "clipped-negation",
        Warning::ClippedQuestion => "clipped-question",
        Warning::ClippedHedge { .. } => "clipped-hedge",
        Warning::ClippedUnit { .. } => "clipped-unit",
        Warning::ClippedCondition { .. } => "clipped-condition",
        Warning::ClippedLead { .. } => "clipped-lead",
        Warning::BracketBringsIn { .. } => "bracket-brings-in",
        Warning::BracketHides { .. } => "bracket-hides",
        Warning::BracketReplaces { .. } => "bracket-replaces",
        Warning::GapHides { .. } => "gap-hides",
        Warning::GapHidesLimit { .. } => "gap-hides-limit",
        Warning::Denied { .. } => "denied",
    }
}

/// Whether words are accepted as what somebody said: found, with no reason to look again.
fn is_accepted(verdict: &QuoteVerdict) -> bool {
    matches!(verdict, QuoteVerdict::Verified(found) if found.warnings.is_empty())
}

/// How many cases had which result.
#[derive(Debug, Default)]
struct Tally {
    n_true: usize,
    n_warned: usize,
    n_false: usize,
    n_short: usize,
    false_accepts: Vec<String>,
    false_rejects: Vec<String>,
    /// Right decisions for a reason other than the expected one.
    other_reasons: Vec<String>,
}

impl Tally {
    fn add(&mut self, case: &Case, expected: &Expected, verdict: &QuoteVerdict) {
        match expected {
            Expected::True | Expected::Exact => self.n_true += 1,
            Expected::Warned(_) => self.n_warned += 1,
            Expected::False | Expected::Reverses => self.n_false += 1,
            Expected::Short => self.n_short += 1,
        }
        let is_true = matches!(expected, Expected::True | Expected::Exact);
        if expected.holds(verdict) {
            return;
        }
        let report = format!("{}: {:?}\n    {verdict:?}", case.place, case.columns);
        match (is_true, is_accepted(verdict)) {
            (false, true) => self.false_accepts.push(report),
            (true, false) => self.false_rejects.push(report),
            (true, true) | (false, false) => self.other_reasons.push(report),
        }
    }

    fn n_cases(&self) -> usize {
        self.n_true + self.n_warned + self.n_false + self.n_short
    }
}

#[test]
fn nothing_false_is_accepted_and_next_to_nothing_true_refused() {
    let mut tally = Tally::default();
    for file in cases::all() {
        let source = SourceText::new(&file.source);
        for case in file.cases("quotations") {
            let [expected, speaker, words] = case.columns();
            let speaker = Some(speaker).filter(|speaker| !speaker.is_empty());
            let verdict = match_quote(&source, &Quote::new(words), speaker);
            tally.add(case, &Expected::read(case, expected), &verdict);
        }
        for case in file.cases("passages") {
            let [expected, words] = case.columns();
            let verdict = match_passage(&source, &Quote::new(words));
            tally.add(case, &Expected::read(case, expected), &verdict);
        }
        for case in file.cases("printed") {
            let [expected, words] = case.columns();
            let verdict = match_printed(&source, &Quote::new(words));
            tally.add(case, &Expected::read(case, expected), &verdict);
        }
    }
    println!(
        "{} cases: {} true, {} to look at again, {} false, {} too short; {} false accepts, {} false rejects",
        tally.n_cases(),
        tally.n_true,
        tally.n_warned,
        tally.n_false,
        tally.n_short,
        tally.false_accepts.len(),
        tally.false_rejects.len(),
    );
    for case in &tally.false_rejects {
        println!("{case}");
    }
    let report = [
        ("accepted, but false", &tally.false_accepts),
        ("refused or doubted, but true", &tally.false_rejects),
        (
            "decided for another reason than expected",
            &tally.other_reasons,
        ),
    ]
    .map(|(title, cases)| format!("{title}:\n{}\n", cases.join("\n")))
    .concat();
    let is_sound = tally.false_accepts.is_empty()
        && tally.false_rejects.len() * 100 <= tally.n_true
        && tally.other_reasons.is_empty();
    assert!(is_sound, "{report}");
    assert!(tally.n_cases() >= 300, "only {} cases", tally.n_cases());
}
