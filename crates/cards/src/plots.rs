//! The layout of a chart on a card.

use super::canvas::{Area, Ink};
use super::draw::Page;
use super::drawing::{Plot, PlotAxes, PlotLine, PlotRow};
use super::lines::cut;
use super::strokes::stroke;

/// The size of labels: the smallest that stays legible when a network shows the card at half its size.
const LABEL: f32 = 24.0;

/// How far below a label's baseline its letters reach.
const DESCENT: f32 = 8.0;

/// The space between a label and what it belongs to.
const GAP: usize = 12;

/// The height of a bar.
const BAR: usize = 18;

/// The most height that a bar takes with its label.
const MOST_HEIGHT: usize = 84;

/// The share of a chart's width that the names of its lines may take, and its values.
const WORDS: f32 = 0.36;

/// The width of the figure's own line, and of others.
const WIDTHS: (f32, f32) = (7.0, 4.0);

/// Draws a chart into an area.
pub(super) fn plot(page: &mut Page<'_, '_>, plot: &Plot, area: Area) {
    match plot {
        Plot::Rows(rows) => draw_rows(page, rows, area),
        Plot::Axes(axes) => draw_axes(page, axes, area),
    }
}

/// Bars from the side at which lines begin.
fn draw_rows(page: &mut Page<'_, '_>, rows: &[PlotRow], area: Area) {
    let height = (area.height / rows.len().max(1)).min(MOST_HEIGHT);
    let size = LABEL.min(height as f32 - BAR as f32 - DESCENT);
    for (number, row) in rows.iter().enumerate() {
        let top = area.y + number * height;
        let baseline = top as f32 + size;
        let value = page.fonts.line(&row.value, page.runs_left);
        let room = area.width as f32 - value.width * size - GAP as f32 * 2.0;
        let label = cut(page.fonts, &row.label, size, room);
        let label = page.fonts.line(&label, page.runs_left);
        let right = |width: f32| (area.x + area.width) as f32 - width * size;
        let (label_left, value_left) = match page.runs_left {
            true => (right(label.width), area.x as f32),
            false => (area.x as f32, right(value.width)),
        };
        page.put(&label, (label_left, baseline), size, Ink::Muted);
        page.put(&value, (value_left, baseline), size, Ink::Text);
        let y = top + size as usize + DESCENT as usize;
        let bar = |from: u16, to: u16| {
            let (from, to) = match page.runs_left {
                true => (1000 - to.min(1000), 1000 - from.min(1000)),
                false => (from, to),
            };
            let (start, end) = (along(from, area.width), along(to, area.width));
            Area {
                x: area.x + start,
                y,
                width: end.saturating_sub(start).max(2),
                height: BAR,
            }
        };
        let (track, filled) = (bar(0, 1000), bar(row.bar.0, row.bar.1));
        page.canvas.rule(track);
        page.canvas.fill(filled, Ink::Accent);
    }
}

/// A place in thousandths as pixels.
fn along(place: u16, length: usize) -> usize {
    usize::from(place) * length / 1000
}

/// Values upwards and time to the right, in every script.
fn draw_axes(page: &mut Page<'_, '_>, axes: &PlotAxes, area: Area) {
    let width_of = |page: &Page<'_, '_>, words: &str| page.fonts.width(words) * LABEL;
    let ticks = axes.ticks.iter();
    let most = area.width as f32 * WORDS;
    let ticks_width = ticks
        .map(|tick| width_of(page, &tick.words).min(most))
        .fold(0.0, f32::max) as usize;
    let names = axes.lines.iter();
    let names_width = names
        .map(|line| width_of(page, &line.name).min(most))
        .fold(0.0, f32::max) as usize;
    let beside = |width: usize| if width > 0 { width + GAP } else { 0 };
    let half = LABEL as usize / 2;
    let inner = Area {
        x: area.x + beside(ticks_width),
        y: area.y + half,
        width: area.width - beside(ticks_width) - beside(names_width) - 8,
        height: area.height - half - LABEL as usize - GAP - DESCENT as usize,
    };
    for tick in &axes.ticks {
        let (_, y) = at(inner, (0, tick.place));
        page.canvas.rule(Area {
            y: y as usize,
            height: 2,
            ..inner
        });
        let words = cut(page.fonts, &tick.words, LABEL, most);
        let line = page.fonts.line(&words, false);
        let left = (area.x + ticks_width) as f32 - line.width * LABEL;
        page.put(&line, (left, y + LABEL * 0.35), LABEL, Ink::Muted);
    }
    draw_dates(page, axes, (inner, area));
    draw_ranges(page, axes, inner);
    let column = along(axes.column_width, inner.width).max(2);
    for (place, foot, head) in &axes.columns {
        let (x, top) = at(inner, (*place, *head));
        let (_, bottom) = at(inner, (*place, *foot));
        let start = (x as usize).saturating_sub(column / 2).max(inner.x);
        let end = (x as usize + column.div_ceil(2)).min(inner.x + inner.width);
        let area = Area {
            x: start,
            y: top as usize,
            width: end.saturating_sub(start),
            height: (bottom as usize).saturating_sub(top as usize).max(2),
        };
        page.canvas.fill(area, Ink::Accent);
    }
    let n_others = axes.lines.len().saturating_sub(1);
    for (number, line) in axes.lines.iter().enumerate() {
        let places: Vec<(f32, f32)> = line.places.iter().map(|one| at(inner, *one)).collect();
        let (width, ink) = match number == n_others {
            true => (WIDTHS.0, Ink::Accent),
            false => (WIDTHS.1, Ink::Muted),
        };
        page.canvas.draw(&stroke(&places, width), (0, 0), ink);
    }
    for dot in &axes.dots {
        let dot = stroke(&[at(inner, *dot)], 16.0);
        page.canvas.draw(&dot, (0, 0), Ink::Accent);
    }
    draw_names(page, &axes.lines, inner, most);
}

/// Where a place in time and value is.
fn at(area: Area, (place, value): (u16, u16)) -> (f32, f32) {
    let share = |part: u16, whole: usize| f32::from(part) / 1000.0 * whole as f32;
    (
        area.x as f32 + share(place, area.width),
        area.y as f32 + area.height as f32 - share(value, area.height),
    )
}

/// Low and high ends: an area if there are many, or else a stroke each.
fn draw_ranges(page: &mut Page<'_, '_>, axes: &PlotAxes, inner: Area) {
    if !axes.is_band {
        for (place, low, high) in &axes.ranges {
            let ends = [at(inner, (*place, *low)), at(inner, (*place, *high))];
            page.canvas.draw(&stroke(&ends, 4.0), (0, 0), Ink::Muted);
        }
        return;
    }
    for pair in axes.ranges.windows(2) {
        let [(from, low, high), (to, next_low, next_high)] = *pair else {
            continue;
        };
        let ((left, bottom), (right, next_bottom)) =
            (at(inner, (from, low)), at(inner, (to, next_low)));
        let ((_, top), (_, next_top)) = (at(inner, (from, high)), at(inner, (to, next_high)));
        for x in left as usize..right as usize {
            let share = (x as f32 - left) / (right - left);
            let between = |from: f32, to: f32| (from + (to - from) * share) as usize;
            let (top, bottom) = (between(top, next_top), between(bottom, next_bottom));
            page.canvas.rule(Area {
                x,
                y: top,
                width: 1,
                height: bottom.saturating_sub(top).max(2),
            });
        }
    }
}

/// Dates below, as far as there is room: the first and the last, then those between.
fn draw_dates(page: &mut Page<'_, '_>, axes: &PlotAxes, (inner, area): (Area, Area)) {
    let baseline = (inner.y + inner.height + GAP) as f32 + LABEL;
    let mut taken: Vec<(f32, f32)> = Vec::new();
    let n = axes.dates.len();
    let ends = axes.dates.iter().take(1).chain(axes.dates.last());
    let between = axes.dates.iter().take(n.saturating_sub(1)).skip(1);
    for date in ends.chain(between) {
        let line = page.fonts.line(&date.words, page.runs_left);
        let width = line.width * LABEL;
        let (x, _) = at(inner, (date.place, 0));
        let last = (area.x + area.width) as f32 - width;
        let left = (x - width / 2.0).min(last).max(area.x as f32);
        let gap = GAP as f32;
        let is_free = |(start, end): &(f32, f32)| left > end + gap || left + width + gap < *start;
        if taken.iter().all(is_free) {
            page.put(&line, (left, baseline), LABEL, Ink::Muted);
            taken.push((left, left + width));
        }
    }
}

/// The names of lines at their ends, pushed apart where they would overlap; that of the figure's own line comes first, and
/// others are left out where there is no room.
fn draw_names(page: &mut Page<'_, '_>, lines: &[PlotLine], inner: Area, most: f32) {
    const ROW: f32 = LABEL * 1.2;
    let (lowest, highest) = (
        inner.y as f32 + LABEL * 0.35,
        (inner.y + inner.height) as f32 + LABEL * 0.35,
    );
    let mut taken: Vec<f32> = Vec::new();
    for (number, line) in lines.iter().rev().enumerate() {
        let Some(end) = line.places.last().filter(|_| !line.name.is_empty()) else {
            continue;
        };
        let (_, y) = at(inner, *end);
        let wanted = y + LABEL * 0.35;
        let is_free = |y: f32| {
            (lowest..=highest).contains(&y) && taken.iter().all(|other| (other - y).abs() >= ROW)
        };
        let beside = taken.iter().flat_map(|other| [other - ROW, other + ROW]);
        let mut free: Vec<f32> = std::iter::once(wanted.clamp(lowest, highest))
            .chain(beside)
            .filter(|y| is_free(*y))
            .collect();
        free.sort_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()));
        // A name far from its line would be taken for that of another.
        let Some(y) = free.first().filter(|y| (**y - wanted).abs() <= 3.0 * ROW) else {
            continue;
        };
        let name = cut(page.fonts, &line.name, LABEL, most);
        let name = page.fonts.line(&name, page.runs_left);
        let ink = if number == 0 { Ink::Text } else { Ink::Muted };
        let left = (inner.x + inner.width + GAP + 4) as f32;
        page.put(&name, (left, *y), LABEL, ink);
        taken.push(*y);
    }
}
