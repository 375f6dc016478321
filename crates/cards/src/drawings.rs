//! The layout of a number and of a quotation on a card.

use super::canvas::{Area, Ink};
use super::draw::{DEK, FOOT_TOP, MARGIN, Page, SMALL, Sizes, TITLE_TOP, WHOLE};
use super::drawing::{CardFigure, CardQuotation, Drawing};
use super::lines::cut;
use super::plots::plot;

/// The baseline of the last line above the foot.
const NOTE: f32 = FOOT_TOP - 24.0;

/// How wide the words beside a chart are.
const ASIDE: f32 = 400.0;

/// The space between them and the chart.
const GAP: f32 = 50.0;

/// The space between the line above and what comes below it.
const TOP: f32 = TITLE_TOP - 14.0;

/// The lowest that words may reach, above the note.
const BOTTOM: f32 = NOTE - 46.0;

/// A number without a chart.
const NUMBER: Sizes = Sizes(&[150.0, 130.0, 112.0, 96.0, 82.0, 70.0, 60.0, 52.0], 1.1);

/// A number beside a chart.
const NUMBER_ASIDE: Sizes = Sizes(&[88.0, 76.0, 66.0, 58.0, 50.0, 44.0], 1.1);

/// What it counts.
const COUNTED: Sizes = Sizes(&[48.0, 44.0, 40.0, 36.0], 1.25);

/// The same beside a chart.
const COUNTED_ASIDE: Sizes = Sizes(&[40.0, 36.0, 32.0, 28.0], 1.25);

/// A quotation.
const QUOTED: Sizes = Sizes(&[68.0, 62.0, 56.0, 50.0, 44.0, 40.0, 36.0], 1.25);

/// Draws between the line above and the foot.
pub(super) fn draw(page: &mut Page<'_, '_>, drawing: &Drawing) {
    match drawing {
        Drawing::Figure(figure) => draw_figure(page, figure),
        Drawing::Quotation(quotation) => draw_quotation(page, quotation),
    }
}

fn draw_figure(page: &mut Page<'_, '_>, figure: &CardFigure) {
    let (width, number, counted) = match figure.plot {
        Some(_) => (ASIDE, NUMBER_ASIDE, COUNTED_ASIDE),
        None => (WHOLE, NUMBER, COUNTED),
    };
    let mut y = TOP;
    if !figure.value.is_empty() {
        // More than half of the room is left to what it counts.
        let room = (width, (BOTTOM - TOP) * 0.45);
        let (last, size) = page.fill((y, room), &number, Ink::Accent, (&figure.value, ""));
        y = last + size * 0.36;
    }
    page.fill(
        (y, (width, BOTTOM - y)),
        &counted,
        Ink::Text,
        (&figure.title, ""),
    );
    let note = cut(page.fonts, &figure.note, SMALL, WHOLE);
    page.write((MARGIN, NOTE), SMALL, Ink::Muted, &note);
    if let Some(drawn) = &figure.plot {
        let left = match page.runs_left {
            true => MARGIN,
            false => MARGIN + ASIDE + GAP,
        };
        let area = Area {
            x: left as usize,
            y: TOP as usize,
            width: (WHOLE - ASIDE - GAP) as usize,
            height: (BOTTOM - TOP) as usize,
        };
        plot(page, drawn, area);
    }
}

fn draw_quotation(page: &mut Page<'_, '_>, quotation: &CardQuotation) {
    let CardQuotation {
        open,
        words,
        close,
        speaker,
        note,
    } = quotation;
    let speaker_line = NOTE - SMALL * 1.5;
    let room = (WHOLE, speaker_line - DEK - 20.0 - TOP);
    let words = (&*format!("{open}{words}"), &**close);
    let (last, _) = page.fill((TOP, room), &QUOTED, Ink::Text, words);
    // Who said it is near a short quotation, and always in the same place below a long one.
    let speaker_line = speaker_line.min(last + DEK * 2.2);
    let speaker = cut(page.fonts, speaker, DEK, WHOLE);
    page.write((MARGIN, speaker_line), DEK, Ink::Accent, &speaker);
    let note = cut(page.fonts, note, SMALL, WHOLE);
    page.write(
        (MARGIN, speaker_line + SMALL * 1.5),
        SMALL,
        Ink::Muted,
        &note,
    );
}
