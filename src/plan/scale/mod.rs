//! Where do values, days and labels go on a drawing?
//!
//! Places are thousandths of the drawing's width or height, as whole numbers, so that a drawing fits any width. Text keeps
//! its size, and its width is measured in ems: which labels have room is therefore a question of how many ems wide the
//! drawing is, whatever the reader's screen and size of text. Nothing here draws.

mod labels;
mod time;
mod value;

pub(super) use labels::{Label, label_width, thin};
pub(super) use time::{TimeName, TimeScale};
pub(super) use value::{Base, ValueScale};

/// A part of a whole in thousandths; in the middle if there is no whole.
pub(super) fn thousandths(part: i64, whole: i64) -> u16 {
    let place = (part * 1000).checked_div(whole).unwrap_or(500);
    u16::try_from(place.clamp(0, 1000)).unwrap_or(0)
}
