//! Several lines in one chart: that of the figure, and those of others that it is compared with. Each has its name at its end.

use crate::model::{Compared, Day, Point};
use crate::plan::Phrases;
use crate::plan::view::{LineView, PathView};

/// How many letters of a name fit in one row.
const ROW: usize = 16;

/// Up to this many rows of names, a chart is as high as every other one; above, it is higher.
const FEW_ROWS: usize = 11;

/// How high a row is, in thousandths of a chart.
const ROW_HEIGHT: i64 = 86;
/// The same in a higher chart.
const LOW_ROW_HEIGHT: i64 = 48;

/// Where a chart puts a number: along time and along its values.
pub(super) type Place<'a> = dyn Fn(&Point) -> Option<(u16, u16)> + 'a;

/// The name of a line in rows of a few words, the last value in the last one.
fn rows(name: &str, value: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let words = name.split_whitespace().flat_map(parts);
    for word in words.chain([value.to_owned()]) {
        match rows.last_mut() {
            Some(row) if row.chars().count() + word.chars().count() < ROW => {
                row.push(' ');
                row.push_str(&word);
            }
            _ => rows.push(word),
        }
    }
    rows
}

/// A word, or the parts of one that no row has room for.
fn parts(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() <= ROW + 2 {
        return vec![word.to_owned()];
    }
    let parts = letters.chunks(ROW - 1);
    let n_parts = parts.len();
    let parts = parts.enumerate().map(|(index, part)| {
        let hyphen = if index + 1 < n_parts { "-" } else { "" };
        format!("{}{hyphen}", part.iter().collect::<String>())
    });
    parts.collect()
}

/// The lines of other figures, with their names placed so that none covers another; `own` is the figure's own line, which comes
/// last and is drawn above the others.
pub(super) fn lines(
    compared: &[Compared],
    own: (&str, &[Point]),
    place: &Place<'_>,
    phrases: Phrases<'_>,
) -> Vec<LineView> {
    let others = compared
        .iter()
        .map(|other| (other.label.as_str(), &*other.points, false));
    let all = others.chain([(own.0, own.1, true)]);
    let mut lines: Vec<LineView> = all
        .filter_map(|(name, points, is_own)| {
            let places: Vec<(u16, u16)> = points.iter().filter_map(place).collect();
            let (_, end) = *places.last()?;
            let value = phrases.quantity(&points.last()?.quantity);
            let value = format!("{}{}", value.number, value.sign);
            Some(LineView {
                name: name.to_owned(),
                rows: rows(name, &value),
                value,
                path: PathView(places),
                end,
                name_place: end,
                is_own,
            })
        })
        .collect();
    let n_rows: usize = lines.iter().map(|line| line.rows.len()).sum();
    let height = row_height(n_rows);
    let sizes: Vec<(u16, i64)> = lines
        .iter()
        .map(|line| {
            let n = i64::try_from(line.rows.len()).unwrap_or(1);
            (line.end, n * height)
        })
        .collect();
    for (line, place) in lines.iter_mut().zip(apart(&sizes)) {
        line.name_place = place;
    }
    lines
}

/// Whether the names need a higher chart.
pub(super) fn is_high(lines: &[LineView]) -> bool {
    lines.iter().map(|line| line.rows.len()).sum::<usize>() > FEW_ROWS
}

fn row_height(n_rows: usize) -> i64 {
    if n_rows > FEW_ROWS {
        LOW_ROW_HEIGHT
    } else {
        ROW_HEIGHT
    }
}

/// The middles of boxes that are to be at some places along an axis, so near to them that none covers another, and in the axis
/// if there is room for all: each as place and height, in thousandths.
fn apart(boxes: &[(u16, i64)]) -> Vec<u16> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by_key(|index| (boxes[*index].0, *index));
    let mut lows: Vec<i64> = vec![0; boxes.len()];
    // From below, each as low as it may be; then from above, each pushed down as far as it must.
    let mut free = -500;
    for index in &order {
        let (place, height) = boxes[*index];
        let low = (i64::from(place) - height / 2).max(free);
        lows[*index] = low;
        free = low + height;
    }
    let mut free = 1060;
    for index in order.iter().rev() {
        let height = boxes[*index].1;
        lows[*index] = lows[*index].min(free - height);
        free = lows[*index];
    }
    // What was pushed below the axis goes up again, as far as there is room.
    let mut free = -60;
    for index in &order {
        let height = boxes[*index].1;
        lows[*index] = lows[*index].max(free);
        free = lows[*index] + height;
    }
    let middles = lows.iter().zip(boxes);
    middles
        .map(|(low, (_, height))| u16::try_from((low + height / 2).clamp(0, 1000)).unwrap_or(0))
        .collect()
}

/// The first and the last day of numbers over time; `None` if there is one without a day.
pub(super) fn span<'p>(points: impl IntoIterator<Item = &'p Point>) -> Option<(Day, Day)> {
    let days = points.into_iter().map(|point| point.key.date()?.earliest());
    let days: Vec<Day> = days.collect::<Option<_>>()?;
    Some((*days.iter().min()?, *days.iter().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_one_place_stand_one_above_the_other() {
        assert_eq!(apart(&[(500, 80)]), [500]);
        let places = apart(&[(500, 80), (510, 80), (505, 80)]);
        let mut sorted = places.clone();
        sorted.sort_unstable();
        assert!(
            sorted.windows(2).all(|pair| pair[1] - pair[0] >= 80),
            "{places:?}"
        );
        // The order is that of the lines' ends.
        assert!(places[0] < places[2] && places[2] < places[1]);
    }

    #[test]
    fn names_stay_in_the_chart() {
        for places in [
            apart(&[(0, 160), (10, 160), (20, 160)]),
            apart(&[(1000, 160), (990, 160), (980, 160)]),
        ] {
            assert!(
                places.iter().all(|place| (20..=980).contains(place)),
                "{places:?}"
            );
        }
    }

    #[test]
    fn a_long_name_is_cut_at_words() {
        assert_eq!(rows("Germany", "3.4%"), ["Germany 3.4%"]);
        assert_eq!(
            rows("Hafenerweiterungsgesellschaft", "4%"),
            ["Hafenerweiterun-", "gsgesellschaft", "4%"]
        );
        assert_eq!(
            rows("The Federal Republic", "3.4%"),
            ["The Federal", "Republic 3.4%"]
        );
    }
}
