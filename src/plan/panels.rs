//! Small multiples: a figure and those that it is compared with, each in a small plot of its own, all on one scale.

use crate::model::{Figure, FigureValue, Point};
use crate::plan::view::{PanelView, PathView};
use crate::plan::{Phrases, in_words};

/// The plots, that of the figure first. `place` puts a number on the scale that they share.
pub(super) fn panels(
    figure: &Figure,
    place: &dyn Fn(&Point) -> Option<(u16, u16)>,
    phrases: Phrases<'_>,
) -> Vec<PanelView> {
    let FigureValue::Series(own) = &figure.value else {
        return Vec::new();
    };
    let others = figure
        .with
        .iter()
        .map(|other| (&*other.label, &*other.points));
    let own = (figure.name_in_charts(), &**own);
    let all = [own].into_iter().chain(others);
    all.enumerate()
        .filter_map(|(index, (name, points))| {
            let last = points.last()?;
            let places: Vec<(u16, u16)> = points.iter().filter_map(place).collect();
            let (last_place, last_size) = *places.last()?;
            Some(PanelView {
                name: name.to_owned(),
                value: phrases.quantity(&last.quantity).words,
                description: in_words::of_line(name, points, phrases)?,
                path: PathView(places),
                last_place,
                last_size,
                is_own: index == 0,
            })
        })
        .collect()
}
