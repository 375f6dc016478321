//! What templates see of pictures and drawings: the strip of a timeline, and charts.
//!
//! A part of [`view`](super::view), which has it under its own name. Places and lengths are thousandths of the drawing's
//! width or height, as whole numbers.

use serde::Serialize;

/// A picture of a page, an event or a person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PictureView {
    /// Its address.
    pub src: String,
    /// Its width in pixels; `null` for a drawing (SVG).
    pub width: Option<u32>,
    /// Its height in pixels; `null` for a drawing.
    pub height: Option<u32>,
    /// What it shows; empty if it says nothing.
    pub alt: String,
    /// What stands under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// On which terms it may be shown.
    pub license: Option<String>,
}

/// A timeline as one strip: marks, in which a range is as long as it lasted, or, where they would fill more than six
/// rows, columns that count events.
///
/// Places are thousandths of its width, from its first day to its last, as whole numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripView {
    /// Its events, by date; empty if they are counted in columns.
    pub marks: Vec<StripMarkView>,
    /// How many rows of marks there are; 0 for columns.
    pub n_rows: usize,
    /// The columns, by date; empty if there is room for marks.
    pub columns: Vec<StripColumnView>,
    /// What columns count: "Events per month".
    pub counted: String,
    /// Round dates.
    pub ticks: Vec<TickView>,
    /// Where long stretches without events are cut short.
    pub breaks: Vec<u16>,
    /// Whether there are events with a date as given, and not expected.
    pub has_given: bool,
    /// Whether there are events whose date was worked out.
    pub has_inferred: bool,
    /// Whether there are events still to come.
    pub has_expected: bool,
}

/// The events of a day, month, year, decade or century on a strip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripColumnView {
    /// The link to the first of them.
    pub href: String,
    /// When, in words.
    pub date: String,
    /// How many there are.
    pub n_events: usize,
    /// Where it starts.
    pub start: u16,
    /// Where it ends.
    pub end: u16,
    /// Its height, in thousandths of the highest.
    pub height: u16,
    /// The height of the part that is still to come.
    pub expected_height: u16,
    /// Whether it is the highest, or the first of those.
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
    /// Where its latest day ends; the same as `start` for a single day.
    pub end: u16,
    /// The row it is drawn in, from 0: events that would touch are in different ones.
    pub row: usize,
    /// Whether it is still to come.
    pub is_expected: bool,
    /// Whether its date was worked out.
    pub is_inferred: bool,
}

/// A chart, as lengths and places. Text stays text: the template writes it.
///
/// Places and lengths are thousandths of the chart's width or height, as whole numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChartView {
    /// `bar`, `line`, `dot`, `range`, or `column` for a long series of bars.
    pub kind: &'static str,
    /// Whether it has axes of values and time, as against bars in rows.
    pub is_plot: bool,
    /// What it shows, in a sentence, for those who don't see it; empty for a single number.
    pub description: String,
    /// Where zero is on the scale, from the low end: where bars start.
    pub zero: u16,
    /// Whether the scale goes to both sides of zero.
    pub crosses_zero: bool,
    /// Its marks, in order.
    pub marks: Vec<MarkView>,
    /// The four to six values of its scale, at even distances from low to high; empty for bars in rows.
    pub ticks: Vec<TickView>,
    /// The round dates of its axis of time; empty for bars in rows.
    pub dates: Vec<TickView>,
    /// The last value, to stand at the end of the line; empty for bars in rows.
    pub end: String,
    /// How wide a column is.
    pub column_width: u16,
    /// For a line: its points, in a box 1000 wide and 1000 high, as for SVG's `points`.
    pub path: String,
    /// The margins of many points as one shape, in the same box; empty for few, whose marks have them.
    pub band: String,
}

/// A mark of a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MarkView {
    /// What stands beside it.
    pub label: String,
    /// Its value in words.
    pub value: String,
    /// Where its value is on the scale, from the low end.
    pub size: u16,
    /// Where it is along the other direction: by time, or by order if a date is open at its start.
    pub place: u16,
    /// The low end of its margin or range.
    pub low: Option<u16>,
    /// The high end of its margin or range.
    pub high: Option<u16>,
    /// Whether it is marked on a line: on a long one, the last point alone.
    pub has_dot: bool,
}

/// A round value or date of a scale.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TickView {
    /// It in words.
    pub label: String,
    /// Where it is, in thousandths from the low end.
    pub place: u16,
    /// How its label is tied to its place, so that it stays in the drawing: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The class by which it is shown only if the drawing has room for its label: `from-small`, `from-medium`,
    /// `from-wide`; empty for one that always has.
    pub from: &'static str,
}
