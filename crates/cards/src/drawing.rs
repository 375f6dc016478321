//! What a card draws in place of a headline: a number with its chart, or a quotation.
//!
//! Places are in thousandths of the width or height of what they are in, from the left and from below.

use std::borrow::Cow;

use super::fonts::Open;

/// What a card draws.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Drawing {
    /// A number.
    Figure(CardFigure),
    /// What somebody said.
    Quotation(CardQuotation),
}

/// A number, what it counts, and its chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardFigure {
    /// The number with its unit and hedge: "over 24,000 arrests"; empty if the chart alone shows numbers.
    pub value: String,
    /// What is counted.
    pub title: String,
    /// When, and who says so; may be empty.
    pub note: String,
    /// The chart; `None` if there is none to draw.
    pub plot: Option<Plot>,
}

/// What somebody said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardQuotation {
    /// The mark before the words; empty for words that aren't a quotation.
    pub open: String,
    /// The words, which are cut if there are too many.
    pub words: String,
    /// The mark after them.
    pub close: String,
    /// Who said them.
    pub speaker: String,
    /// Who that is, and when it was said; may be empty.
    pub note: String,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Plot {
    /// Bars below each other, each with its label and its value.
    Rows(Vec<PlotRow>),
    /// Lines, dots or columns along time.
    Axes(PlotAxes),
}

/// A bar with its label.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlotRow {
    /// What it is.
    pub label: String,
    /// How much it is.
    pub value: String,
    /// From where to where the bar goes.
    pub bar: (u16, u16),
}

/// A chart with values along one axis and time along the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlotAxes {
    /// The lines; the last one is the figure's own.
    pub lines: Vec<PlotLine>,
    /// Ranges of values, from a low to a high end, each at its place in time.
    pub ranges: Vec<(u16, u16, u16)>,
    /// Whether the ranges are one area rather than a stroke each.
    pub is_band: bool,
    /// Columns, each from its foot to its head at its place in time.
    pub columns: Vec<(u16, u16, u16)>,
    /// How wide a column is.
    pub column_width: u16,
    /// Dots, by place in time and value.
    pub dots: Vec<(u16, u16)>,
    /// The round values.
    pub ticks: Vec<PlotLabel>,
    /// The dates.
    pub dates: Vec<PlotLabel>,
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlotLine {
    /// Its name at its end; empty for the only line.
    pub name: String,
    /// Where it goes, by place in time and value.
    pub places: Vec<(u16, u16)>,
}

/// Words at an axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlotLabel {
    /// Where.
    pub place: u16,
    /// The words.
    pub words: String,
}

impl Drawing {
    /// The drawing without the words that can't be drawn; `None` without those that it makes no sense without: a number
    /// without what it counts, words without who said them.
    pub(super) fn with_letters_of(self, fonts: &Open<'_>) -> Option<Self> {
        let has = |words: &str| !words.trim().is_empty() && fonts.has(words);
        let kept = |words: String| match fonts.has(&words) {
            true => words,
            false => String::new(),
        };
        match self {
            Self::Figure(figure) => {
                let plot = figure.plot.and_then(|plot| plot.with_letters_of(fonts));
                let is_shown = plot.is_some() && figure.value.is_empty();
                let is_whole = has(&figure.title) && (is_shown || has(&figure.value));
                is_whole.then(|| {
                    Self::Figure(CardFigure {
                        note: kept(figure.note),
                        plot,
                        ..figure
                    })
                })
            }
            Self::Quotation(quotation) => {
                let is_whole = has(&quotation.words) && has(&quotation.speaker);
                is_whole.then(|| {
                    Self::Quotation(CardQuotation {
                        open: kept(quotation.open),
                        close: kept(quotation.close),
                        note: kept(quotation.note),
                        ..quotation
                    })
                })
            }
        }
    }

    /// What it says, in one line.
    pub(super) fn alt(&self) -> String {
        match self {
            Self::Figure(CardFigure { value, title, .. }) if value.is_empty() => title.clone(),
            Self::Figure(CardFigure { value, title, .. }) => format!("{title}: {value}"),
            Self::Quotation(quotation) => {
                let CardQuotation {
                    open,
                    words,
                    close,
                    speaker,
                    ..
                } = quotation;
                format!("{speaker}: {open}{words}{close}")
            }
        }
    }

    /// Everything that its look depends on, in a fixed order. Each part says where it ends, so that no two drawings have
    /// the same parts.
    pub(super) fn parts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Figure(figure) => {
                let words = ["figure", &figure.value, &figure.title, &figure.note];
                let words = words.into_iter().map(Cow::Borrowed);
                words
                    .chain(figure.plot.iter().flat_map(Plot::parts))
                    .collect()
            }
            Self::Quotation(quotation) => {
                let words = [
                    "quotation",
                    &quotation.open,
                    &quotation.words,
                    &quotation.close,
                    &quotation.speaker,
                    &quotation.note,
                ];
                words.into_iter().map(Cow::Borrowed).collect()
            }
        }
    }
}

impl Plot {
    /// The chart without the names and labels that can't be drawn; `None` for bars, which would say nothing.
    fn with_letters_of(self, fonts: &Open<'_>) -> Option<Self> {
        match self {
            Self::Rows(rows) => {
                let is_whole = |row: &PlotRow| fonts.has(&row.label) && fonts.has(&row.value);
                rows.iter().all(is_whole).then_some(Self::Rows(rows))
            }
            Self::Axes(mut axes) => {
                let names = axes.lines.iter_mut().map(|line| &mut line.name);
                let labels = axes.ticks.iter_mut().chain(&mut axes.dates);
                let words = names.chain(labels.map(|label| &mut label.words));
                for words in words.filter(|words| !fonts.has(words)) {
                    words.clear();
                }
                Some(Self::Axes(axes))
            }
        }
    }

    fn parts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Rows(rows) => {
                let rows = rows.iter().flat_map(|row| {
                    let bar = Cow::Owned(format!("{:?}", row.bar));
                    [row.label.as_str().into(), row.value.as_str().into(), bar]
                });
                std::iter::once("rows".into()).chain(rows).collect()
            }
            Self::Axes(axes) => {
                let PlotAxes {
                    lines,
                    ranges,
                    is_band,
                    columns,
                    column_width,
                    dots,
                    ticks,
                    dates,
                } = axes;
                let places = format!("{ranges:?} {is_band} {columns:?} {column_width} {dots:?}");
                let mut parts = vec!["axes".into(), Cow::Owned(places)];
                for line in lines {
                    parts.push(line.name.as_str().into());
                    parts.push(Cow::Owned(format!("{:?}", line.places)));
                }
                for (axis, labels) in [("ticks", ticks), ("dates", dates)] {
                    parts.push(axis.into());
                    for label in labels {
                        parts.push(label.words.as_str().into());
                        parts.push(Cow::Owned(label.place.to_string()));
                    }
                }
                parts
            }
        }
    }
}
