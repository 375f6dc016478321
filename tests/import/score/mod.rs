//! How much of what articles hold does a [`Reading`] find, and how much of what it finds is right?
//!
//! Gold comes in two forms. Texts of the project's own, in `tests/import/held`, have it in place ([`marked`]).
//! Texts of others stay where they are; of them the project holds annotations only, which say where and what in
//! numbers and short values ([`annotations`]).

pub(crate) mod annotations;
pub(crate) mod marked;

use std::fmt;
use std::ops::Range;

use nutgraf::import::Reading;
use nutgraf::model::PartialDate;

/// What an article is known to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gold {
    /// Its dates.
    pub(crate) dates: Vec<Item<DateValue>>,
    /// Its quotations, each with the names its speaker may be given; none if it names no speaker.
    pub(crate) quotations: Vec<Item<Vec<String>>>,
    /// Its figures, each with its value.
    pub(crate) figures: Vec<Item<String>>,
}

/// Something in a text.
#[derive(Clone, Debug)]
pub(crate) struct Item<T> {
    /// Where it is.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) value: T,
    /// Whether it is as good to leave it out: people differ.
    pub(crate) optional: bool,
}

/// When.
#[derive(Clone, Debug)]
pub(crate) enum DateValue {
    /// This date.
    Is(PartialDate),
    /// Some date between these.
    Within(Option<PartialDate>, Option<PartialDate>),
}

/// Right, wrong and missed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Tally {
    /// The share of what was found that is right.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of what is there that was found.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall)
        }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

/// The scores of one or more articles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    pub(crate) dates: Tally,
    pub(crate) quotations: Tally,
    /// Speakers of quotations that were found: right, wrongly named, left empty though the article names one.
    pub(crate) speakers: Tally,
    pub(crate) figures: Tally,
    /// Every error, by kind, in words.
    pub(crate) errors: Vec<String>,
}

impl Score {
    /// Adds the scores of another article.
    pub(crate) fn add(&mut self, other: Self) {
        self.dates.add(other.dates);
        self.quotations.add(other.quotations);
        self.speakers.add(other.speakers);
        self.figures.add(other.figures);
        self.errors.extend(other.errors);
    }

    /// Compares a reading with what its text is known to hold.
    pub(crate) fn of(name: &str, reading: &Reading, gold: &Gold) -> Self {
        let mut score = Self::default();
        let text = reading.text();
        let mut tell = |what: &str, range: &Range<usize>, more: &str| {
            let words: String = text[range.clone()].chars().take(70).collect();
            score
                .errors
                .push(format!("{name}: {what}: `{words}` {more}"));
        };

        let found: Vec<_> = reading
            .dates()
            .into_iter()
            .filter_map(|date| Some((date.range, date.date?)))
            .collect();
        let mut tally = Tally::default();
        for item in &gold.dates {
            let over: Vec<_> = found
                .iter()
                .filter(|(range, _)| overlap(range, &item.range))
                .collect();
            let right = over.iter().any(|(_, date)| item.value.fits(date));
            match (right, over.first()) {
                (true, _) => tally.right += 1,
                (false, Some(_)) if item.optional => {}
                (false, Some((_, date))) => {
                    tally.wrong += 1;
                    tally.missed += 1;
                    tell(
                        "date wrong",
                        &item.range,
                        &format!("{} not {}", date.written(), item.value),
                    );
                }
                (false, None) if item.optional => {}
                (false, None) => {
                    tally.missed += 1;
                    tell("date missed", &item.range, &item.value.to_string());
                }
            }
        }
        for (range, date) in &found {
            if !gold.dates.iter().any(|item| overlap(range, &item.range)) {
                tally.wrong += 1;
                tell("date invented", range, date.written());
            }
        }
        score_dates(&mut score.dates, tally);

        let mut spans = Tally::default();
        let mut speakers = Tally::default();
        let found = reading.quotations();
        for item in &gold.quotations {
            let same = found.iter().find(|quotation| quotation.range == item.range);
            let Some(quotation) = same else {
                if !item.optional {
                    spans.missed += 1;
                    tell("quotation missed", &item.range, "");
                }
                continue;
            };
            if item.optional {
                continue;
            }
            spans.right += 1;
            match (&quotation.speaker, item.value.as_slice()) {
                (None, []) => {}
                (None, names) => {
                    speakers.missed += 1;
                    tell("speaker left empty", &item.range, &names.join(" or "));
                }
                (Some(speaker), names) if names.iter().any(|name| same_name(name, speaker)) => {
                    speakers.right += 1;
                }
                (Some(speaker), names) => {
                    speakers.wrong += 1;
                    let names = names.join(" or ");
                    tell(
                        "speaker wrong",
                        &item.range,
                        &format!("{speaker} not {names}"),
                    );
                }
            }
        }
        for quotation in &found {
            if !gold
                .quotations
                .iter()
                .any(|item| item.range == quotation.range)
            {
                spans.wrong += 1;
                tell("quotation invented", &quotation.range, "");
            }
        }

        let mut figures = Tally::default();
        let found = reading.figures();
        for item in &gold.figures {
            let over = found
                .iter()
                .find(|figure| overlap(&figure.range, &item.range));
            match over {
                Some(figure) if same_value(&figure.value, &item.value) => figures.right += 1,
                Some(_) if item.optional => {}
                Some(figure) => {
                    figures.wrong += 1;
                    figures.missed += 1;
                    tell(
                        "figure wrong",
                        &item.range,
                        &format!("{} not {}", figure.value, item.value),
                    );
                }
                None if item.optional => {}
                None => {
                    figures.missed += 1;
                    tell("figure missed", &item.range, &item.value);
                }
            }
        }
        for figure in &found {
            if !gold
                .figures
                .iter()
                .any(|item| overlap(&figure.range, &item.range))
            {
                figures.wrong += 1;
                tell("figure invented", &figure.range, &figure.value);
            }
        }
        score.quotations = spans;
        score.speakers = speakers;
        score.figures = figures;
        score
    }

    /// The share of quotations with a speaker in the article whose speaker was named, rightly or not.
    pub(crate) fn named(&self) -> f64 {
        let named = self.speakers.right + self.speakers.wrong;
        share(named, named + self.speakers.missed)
    }
}

fn score_dates(total: &mut Tally, tally: Tally) {
    total.add(tally);
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = [
            ("dates", self.dates),
            ("quotations", self.quotations),
            ("figures", self.figures),
        ];
        for (what, tally) in lines {
            writeln!(
                f,
                "{what:<11} precision {:.3}  recall {:.3}  F1 {:.3}  ({} right, {} wrong, {} missed)",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.right,
                tally.wrong,
                tally.missed
            )?;
        }
        writeln!(
            f,
            "speakers    right {:.3}  named {:.3}  ({} right, {} wrong, {} left empty)",
            self.speakers.precision(),
            self.named(),
            self.speakers.right,
            self.speakers.wrong,
            self.speakers.missed
        )
    }
}

impl DateValue {
    /// Whether a date is the one meant. A stretch is also right for the end of it that is meant.
    fn fits(&self, date: &PartialDate) -> bool {
        match self {
            Self::Is(gold) => {
                let same = date.earliest() == gold.earliest() && date.latest() == gold.latest();
                let ends = date.written().split('/').any(|end| end == gold.written());
                same || ends
            }
            Self::Within(from, to) => {
                let after = from.as_ref().is_none_or(|from| {
                    date.latest().is_none_or(|day| Some(day) >= from.earliest())
                });
                let before = to
                    .as_ref()
                    .is_none_or(|to| date.earliest().is_none_or(|day| Some(day) <= to.latest()));
                after && before
            }
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(date) => f.write_str(date.written()),
            Self::Within(from, to) => {
                let written = |date: &Option<PartialDate>| {
                    date.as_ref().map_or("..", |date| date.written()).to_owned()
                };
                write!(f, "within {}/{}", written(from), written(to))
            }
        }
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether two names are one, whatever article stands before them.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| {
        let name = name.to_lowercase();
        let name = name.trim_end_matches(['.', ',']).to_owned();
        let articles = ["the ", "a ", "an ", "el ", "la ", "los ", "las "];
        articles
            .iter()
            .find_map(|article| name.strip_prefix(article).map(str::to_owned))
            .unwrap_or(name)
    };
    plain(a) == plain(b)
}

fn same_value(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= b.abs() * 0.001,
        _ => a == b,
    }
}
