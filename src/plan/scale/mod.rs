//! Positions of values, days and labels in a drawing.
//!
//! Positions are thousandths of the drawing's width or height, as whole numbers, so a drawing fits any width. Text
//! keeps its size, and its width is measured in ems: so which labels fit depends on how many ems wide the drawing is,
//! whatever the reader's screen and text size. Nothing here draws.

mod labels;
mod time;
mod value;

pub(super) use labels::{Label, label_width, thin};
pub(super) use time::{Finest, TimeName, TimeScale};
pub(super) use value::{Base, ValueScale};

/// A part of a whole in thousandths; the middle if there is no whole.
pub(super) fn thousandths(part: i64, whole: i64) -> u16 {
    let place = (part * 1000).checked_div(whole).unwrap_or(500);
    u16::try_from(place.clamp(0, 1000)).unwrap_or(0)
}

/// The first row in which a mark from `start` to `end` is at least `gap` behind every earlier one; `rows` holds where
/// each row is free again. Marks come in order.
pub(super) fn free_row(rows: &mut Vec<u16>, start: u16, end: u16, gap: u16) -> usize {
    let next = end.saturating_add(gap);
    let free = rows.iter().position(|taken_to| *taken_to <= start);
    let row = free.unwrap_or(rows.len());
    match rows.get_mut(row) {
        Some(taken_to) => *taken_to = next,
        None => rows.push(next),
    }
    row
}
