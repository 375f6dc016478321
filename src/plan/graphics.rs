//! What templates see of pictures and drawings: the strip of a timeline, and charts.
//!
//! This is part of [`view`](super::view), which re-exports it. Positions and lengths are thousandths of the drawing's
//! width or height, as whole numbers.

use serde::{Serialize, Serializer};

/// Points of a drawing, each along and up.
///
/// Templates see them as text, as for SVG's `points` in a box of 1000 by 1000, where the second number grows downwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathView(pub Vec<(u16, u16)>);

impl Serialize for PathView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let points = self.0.iter();
        let points = points.map(|(along, up)| format!("{along},{}", 1000 - up));
        serializer.serialize_str(&points.collect::<Vec<_>>().join(" "))
    }
}

/// A picture of a page, an event or a person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PictureView {
    /// Its address; of one in several sizes, that of a middling one.
    pub src: String,
    /// Its sizes for browsers to choose from, as for HTML's `srcset`; empty if there is one alone.
    pub srcset: String,
    /// Its width in pixels; `null` for a drawing (SVG).
    pub width: Option<u32>,
    /// Its height in pixels; `null` for a drawing.
    pub height: Option<u32>,
    /// What stays in sight where it is cut, from the left, in tenths of its width; `null` for its middle.
    pub focus_x: Option<u8>,
    /// The same from the top, in tenths of its height.
    pub focus_y: Option<u8>,
    /// What it shows; empty if it is decorative.
    pub alt: String,
    /// The text under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The terms under which it may be shown.
    pub license: Option<String>,
}

/// A timeline as one strip: marks, in which a range is as long as it lasted; or, if these would take more than six
/// rows, columns that count events.
///
/// Positions are thousandths of its width, from its first day to its last, as whole numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripView {
    /// Its events, by date; empty if they are counted in columns.
    pub marks: Vec<StripMarkView>,
    /// The number of rows of marks; 0 if there are columns.
    pub n_rows: usize,
    /// The columns, by date; empty if there is room for marks.
    pub columns: Vec<StripColumnView>,
    /// What columns count: "Events per month".
    pub counted: String,
    /// Round dates.
    pub ticks: Vec<TickView>,
    /// Where long periods without events are cut short.
    pub breaks: Vec<u16>,
    /// The periods that the timeline is divided into, as far as they are on the strip, by when they begin.
    pub bands: Vec<StripBandView>,
    /// Whether any event has a date as given and isn't expected.
    pub has_given: bool,
    /// Whether the date of any event was worked out.
    pub has_inferred: bool,
    /// Whether any event is still to come.
    pub has_expected: bool,
}

/// A period of a timeline on its strip: a band behind the events.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripBandView {
    /// Its number in the list of periods, from 1.
    pub number: usize,
    /// Where it starts.
    pub start: u16,
    /// Where it ends.
    pub end: u16,
    /// Whether there is room for its number above it.
    pub has_number: bool,
}

/// The events of a day, month, year, decade or century on a strip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripColumnView {
    /// The link to the first of them.
    pub href: String,
    /// When, in words.
    pub date: String,
    /// The number of events.
    pub n_events: usize,
    /// Where it starts.
    pub start: u16,
    /// Where it ends.
    pub end: u16,
    /// Its height, in thousandths of the highest column.
    pub height: u16,
    /// The height of the part that is still to come.
    pub expected_height: u16,
    /// Whether it is the highest, or the first of several.
    pub is_highest: bool,
}

/// An event on a strip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripMarkView {
    /// The link to the event.
    pub href: String,
    /// What happened.
    pub title: String,
    /// When, in words.
    pub date: String,
    /// Where its earliest day starts.
    pub start: u16,
    /// Where its latest day ends; equal to `start` for a single day.
    pub end: u16,
    /// The row it is drawn in, from 0: events that would touch are in different rows.
    pub row: usize,
    /// Whether it is still to come.
    pub is_expected: bool,
    /// Whether its date was worked out.
    pub is_inferred: bool,
}

/// A chart as lengths and positions. Text stays text: the template writes it.
///
/// Positions and lengths are thousandths of the chart's width or height, as whole numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChartView {
    /// `bar`, `line`, `dot`, `range`, `stacked`, `multiples`, or `column` for a long series of bars.
    pub kind: &'static str,
    /// Whether it has axes for values and time, as opposed to bars in rows.
    pub is_plot: bool,
    /// What it shows, in a sentence, for people who can't see it; empty for a single number.
    pub description: String,
    /// The position of zero on the scale, from the low end: where bars start.
    pub zero: u16,
    /// Whether the scale extends to both sides of zero.
    pub crosses_zero: bool,
    /// Its marks, in order.
    pub marks: Vec<MarkView>,
    /// The four to six values of its scale, evenly spaced from low to high; empty for bars in rows.
    pub ticks: Vec<TickView>,
    /// The round dates of its time axis; empty for bars in rows.
    pub dates: Vec<TickView>,
    /// The last value, shown at the end of the line; empty for bars in rows.
    pub end: String,
    /// The width of a column.
    pub column_width: u16,
    /// The lines of several figures, that of this one last; empty if it is drawn alone.
    pub lines: Vec<LineView>,
    /// Whether their names need a higher chart.
    pub is_high: bool,
    /// For a line: its points in a box of 1000 by 1000, as for SVG's `points`.
    pub path: PathView,
    /// The margins of many points as one shape, in the same box; empty for few points, whose marks have them.
    pub band: PathView,
    /// What readers are to know about single numbers, in order; in a plot, each has a numbered mark above it.
    pub annotations: Vec<AnnotationView>,
    /// The number of rows that these marks take.
    pub n_annotation_rows: usize,
    /// Bars of several parts each; empty unless `kind` is `stacked`.
    pub stacks: Vec<StackView>,
    /// Small plots on one scale, that of the figure first; empty unless `kind` is `multiples`.
    pub panels: Vec<PanelView>,
}

/// What readers are to know about a number of a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnnotationView {
    /// Its number, from 1.
    pub number: usize,
    /// The date or label of what it is about.
    pub label: String,
    /// The words.
    pub words: String,
    /// The position of its mark along the time axis.
    pub place: u16,
    /// The position of the number that it is about on the scale.
    pub size: u16,
    /// The row of its mark, from 0 next to the plot: marks that would touch are in different rows.
    pub row: usize,
}

/// A bar of several parts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StackView {
    /// The text beside it; empty if it is the only one.
    pub label: String,
    /// Its parts, in the same order in every bar.
    pub parts: Vec<PartView>,
}

/// A part of a bar.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartView {
    /// What it is the number of.
    pub name: String,
    /// Its value in words.
    pub value: String,
    /// Where it starts.
    pub start: u16,
    /// How long it is.
    pub size: u16,
}

/// A small plot among several.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PanelView {
    /// What it is the number of.
    pub name: String,
    /// Its last value in words.
    pub value: String,
    /// What it shows, in a sentence, for people who can't see it.
    pub description: String,
    /// Its points, as `path` of the chart.
    pub path: PathView,
    /// The position of the last one along the time axis.
    pub last_place: u16,
    /// Its position on the scale.
    pub last_size: u16,
    /// Whether it is that of the figure itself.
    pub is_own: bool,
}

/// A line among several.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineView {
    /// Its name.
    pub name: String,
    /// Its last value.
    pub value: String,
    /// The name and the last value in short rows.
    pub rows: Vec<String>,
    /// Its points, as `path` of the chart.
    pub path: PathView,
    /// Where its last value is on the scale.
    pub end: u16,
    /// Where the middle of its name is, so that no name covers another.
    pub name_place: u16,
    /// Whether it is that of the figure itself.
    pub is_own: bool,
}

/// A mark of a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MarkView {
    /// The text beside it.
    pub label: String,
    /// Its value in words.
    pub value: String,
    /// The position of its value on the scale, from the low end.
    pub size: u16,
    /// Its position along the other axis: by time, or by order if a date has an open start.
    pub place: u16,
    /// The lower end of its margin or range.
    pub low: Option<u16>,
    /// The upper end of its margin or range.
    pub high: Option<u16>,
    /// Whether it is marked on a line; on a long one, only the last point is.
    pub has_dot: bool,
}

/// A round value or date of a scale.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TickView {
    /// The value or date in words.
    pub label: String,
    /// Its position, in thousandths from the low end.
    pub place: u16,
    /// How its label is aligned, so that it stays within the drawing: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The class that shows it only if the drawing has room for its label: `from-small`, `from-medium`, `from-wide`;
    /// empty if it always has.
    pub from: &'static str,
}
