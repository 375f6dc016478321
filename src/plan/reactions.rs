//! Reactions: grouped by organization, with a tally of stances, and filters.

use std::sync::Arc;

use crate::model::Reaction;
use crate::plan::context::PageContext;
use crate::plan::records;
use crate::plan::scale::thousandths;
use crate::plan::view::{
    FilterOptionView, FilterView, ReactionGroupView, ReactionView, ReactionsView,
};

/// The most options of a filter; the stylesheet has rules for this many.
const MOST_OPTIONS: usize = 12;

/// With more reactions than this, their groups are folded, as are the years of a timeline.
const MANY: usize = 24;

/// The view of some reactions, in the writer's order; `None` if there are none.
pub(super) fn reactions(
    context: &mut PageContext<'_>,
    reactions: &[Arc<Reaction>],
) -> Option<ReactionsView> {
    if reactions.is_empty() {
        return None;
    }
    let stances = Property::of(reactions, |reaction| reaction.stance.as_deref());
    let organisations = Property::of(reactions, |reaction| {
        reaction.speaker.organisation.as_deref()
    });
    let words = context.site.words;
    let filters = [
        stances.filter("stance", "s", words.get("stance")),
        organisations.filter("organisation", "g", words.get("organisation")),
    ];
    let groups = groups(reactions, !organisations.values.is_empty());
    let groups: Vec<ReactionGroupView> = groups
        .into_iter()
        .map(|(title, reactions)| ReactionGroupView {
            title: title.map(str::to_owned),
            reactions: reactions
                .iter()
                .map(|reaction| ReactionView {
                    filters: [
                        stances.class(reaction, "s"),
                        organisations.class(reaction, "g"),
                    ]
                    .into_iter()
                    .flatten()
                    .collect(),
                    ..records::reaction(context, reaction)
                })
                .collect(),
        })
        .collect();
    Some(ReactionsView {
        filters: filters.into_iter().flatten().collect(),
        n_reactions: reactions.len(),
        is_folded: reactions.len() > MANY && groups.iter().any(|group| group.title.is_some()),
        groups,
    })
}

/// The reactions grouped by organization, if several people speak for the same one: each organization under its name,
/// people without one on their own. Reactions of the same speaker are kept together.
fn groups(
    reactions: &[Arc<Reaction>],
    has_organisations: bool,
) -> Vec<(Option<&str>, Vec<Arc<Reaction>>)> {
    let speaks_for = |reaction: &Arc<Reaction>| {
        let speaker = &reaction.speaker;
        speaker
            .organisation
            .clone()
            .unwrap_or_else(|| speaker.name.clone())
    };
    let mut names: Vec<String> = Vec::new();
    for name in reactions.iter().map(speaks_for) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !has_organisations || names.len() < 2 || names.len() == reactions.len() {
        return vec![(None, reactions.to_vec())];
    }
    let groups = names.iter().map(|name| {
        let group = reactions
            .iter()
            .filter(|reaction| speaks_for(reaction) == *name);
        let group = by_speaker(group.cloned().collect());
        let is_organisation =
            |reaction: &&Arc<Reaction>| reaction.speaker.organisation.as_ref() == Some(name);
        let title = reactions.iter().find(is_organisation);
        (
            title.and_then(|reaction| reaction.speaker.organisation.as_deref()),
            group,
        )
    });
    groups.collect()
}

/// Sorts reactions by speaker, in order of first appearance.
fn by_speaker(mut reactions: Vec<Arc<Reaction>>) -> Vec<Arc<Reaction>> {
    let speakers: Vec<_> = reactions
        .iter()
        .map(|reaction| reaction.speaker.anchor.clone())
        .collect();
    reactions.sort_by_key(|reaction| {
        speakers
            .iter()
            .position(|speaker| *speaker == reaction.speaker.anchor)
    });
    reactions
}

/// A property to filter reactions by: its values in order of first use, and how many reactions have each.
struct Property<'r> {
    values: Vec<(&'r str, usize)>,
    of: fn(&Reaction) -> Option<&str>,
}

impl<'r> Property<'r> {
    fn of(reactions: &'r [Arc<Reaction>], of: fn(&Reaction) -> Option<&str>) -> Self {
        let mut values: Vec<(&str, usize)> = Vec::new();
        for value in reactions.iter().filter_map(|reaction| of(reaction)) {
            match values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, n)) => *n += 1,
                None => values.push((value, 1)),
            }
        }
        Self { values, of }
    }

    fn is_filter(&self) -> bool {
        (2..=MOST_OPTIONS).contains(&self.values.len())
    }

    /// The filter; `None` if there is nothing to choose from, or too much.
    fn filter(&self, name: &'static str, letter: &str, title: &str) -> Option<FilterView> {
        let most = self.values.iter().map(|(_, n)| *n).max()?;
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        let options = self
            .values
            .iter()
            .enumerate()
            .map(|(index, (title, n))| FilterOptionView {
                value: format!("{letter}{}", index + 1),
                title: (*title).to_owned(),
                n_reactions: *n,
                size: thousandths(count(*n), count(most)),
            });
        self.is_filter().then(|| FilterView {
            name,
            title: title.to_owned(),
            options: options.collect(),
        })
    }

    /// The class by which a filter finds a reaction: `s2`.
    fn class(&self, reaction: &Reaction, letter: &str) -> Option<String> {
        let value = (self.of)(reaction)?;
        let index = self.values.iter().position(|(known, _)| *known == value)?;
        self.is_filter().then(|| format!("{letter}{}", index + 1))
    }
}
