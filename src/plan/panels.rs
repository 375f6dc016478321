//! Small multiples: a figure and those that it is compared with, each in a small plot of its own, all on one scale.

use crate::model::{Figure, FigureValue, Point};
use crate::plan::Phrases;
use crate::plan::view::PanelView;

/// The plots, that of the figure first. `place` puts a number on the scale that they share.
pub(super) fn panels(
    figure: &Figure,
    place: &dyn Fn(&Point) -> Option<(u16, u16)>,
    phrases: Phrases<'_>,
) -> Vec<PanelView> {
    let FigureValue::Series(own) = &figure.value else {
        return Vec::new();
    };
    let name = figure.label.as_ref().unwrap_or(&figure.title);
    let others = figure
        .with
        .iter()
        .map(|other| (&other.label, &*other.points));
    let all = [(name, &**own)].into_iter().chain(others);
    all.enumerate()
        .filter_map(|(index, (name, points))| {
            let (first, last) = (points.first()?, points.last()?);
            let places: Vec<(u16, u16)> = points.iter().filter_map(place).collect();
            let (last_place, last_size) = *places.last()?;
            let path: Vec<String> = places
                .iter()
                .map(|(along, up)| format!("{along},{}", 1000 - up))
                .collect();
            let words = |point: &Point| phrases.quantity(&point.quantity).words;
            let description = phrases.words.fill(
                "chart_line",
                &[
                    ("name", name),
                    ("first", &words(first)),
                    ("first_date", &phrases.point(&first.key)),
                    ("last", &words(last)),
                    ("last_date", &phrases.point(&last.key)),
                ],
            );
            Some(PanelView {
                name: name.clone(),
                value: words(last),
                description,
                path: path.join(" "),
                last_place,
                last_size,
                is_own: index == 0,
            })
        })
        .collect()
}
