//! Reactions: grouped by organization, with a tally of stances, and filters.

use std::sync::Arc;

use crate::model::{GroupBy, Reaction};
use crate::plan::context::PageContext;
use crate::plan::filter::Property;
use crate::plan::records;
use crate::plan::view::{ReactionGroupView, ReactionView, ReactionsView};

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
    let all = || reactions.iter().map(|reaction| &**reaction);
    let stances = Property::of(all(), "s", |reaction: &Reaction| {
        reaction.stance.as_deref().into_iter().collect()
    });
    let organisations = Property::of(all(), "g", |reaction: &Reaction| {
        let organisation = reaction.speaker.organisation.as_deref();
        organisation.into_iter().collect()
    });
    let words = context.site.words;
    let filters = [
        stances.filter("stance", words.get("stance")),
        organisations.filter("organisation", words.get("organisation")),
    ];
    let reactions_filters = |reaction: &Arc<Reaction>| {
        // The records that the properties were taken from outlive the groups that share them.
        let own = reactions.iter().find(|own| Arc::ptr_eq(own, reaction));
        own.map_or_else(Vec::new, |own| {
            [stances.classes(own), organisations.classes(own)].concat()
        })
    };
    let found = match context.page.group_by {
        GroupBy::Organisation => by_organisation(reactions, !organisations.is_empty()),
        GroupBy::Speaker => together(reactions, |reaction| Some(reaction.speaker.name.clone())),
        GroupBy::Date => by_date(context, reactions),
    };
    let groups: Vec<ReactionGroupView> = found
        .into_iter()
        .map(|(title, reactions)| ReactionGroupView {
            title,
            reactions: reactions
                .iter()
                .map(|reaction| ReactionView {
                    filters: reactions_filters(reaction),
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

/// A group of reactions with its title.
type Group = (Option<String>, Vec<Arc<Reaction>>);

/// The reactions grouped by what they have in common, in the order in which that appears first. Those without it come last.
fn together(
    reactions: &[Arc<Reaction>],
    common: impl Fn(&Reaction) -> Option<String>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut others = Vec::new();
    for reaction in reactions {
        let Some(title) = common(reaction) else {
            others.push(reaction.clone());
            continue;
        };
        match groups
            .iter_mut()
            .find(|(own, _)| own.as_ref() == Some(&title))
        {
            Some((_, group)) => group.push(reaction.clone()),
            None => groups.push((Some(title), vec![reaction.clone()])),
        }
    }
    if !others.is_empty() {
        groups.push((None, others));
    }
    groups
}

/// The reactions by day or period, the earliest first.
fn by_date(context: &PageContext<'_>, reactions: &[Arc<Reaction>]) -> Vec<Group> {
    let mut ordered = reactions.to_vec();
    ordered.sort_by(|one, other| one.date.cmp(&other.date));
    together(&ordered, |reaction| {
        let date = reaction.date.as_ref()?;
        Some(context.site.phrases().without_time(date))
    })
}

/// The reactions grouped by organization, if several people speak for the same one: each organization under its name,
/// people without one on their own. Reactions of the same speaker are kept together.
fn by_organisation(reactions: &[Arc<Reaction>], has_organisations: bool) -> Vec<Group> {
    let speaks_for = |reaction: &Reaction| {
        let speaker = &reaction.speaker;
        let organisation = speaker.organisation.clone();
        Some(organisation.unwrap_or_else(|| speaker.name.clone()))
    };
    let groups = together(reactions, speaks_for);
    if !has_organisations || groups.len() < 2 || groups.len() == reactions.len() {
        return vec![(None, reactions.to_vec())];
    }
    let groups = groups.into_iter().map(|(name, group)| {
        let is_organisation = |reaction: &Arc<Reaction>| reaction.speaker.organisation == name;
        let title = name.clone().filter(|_| group.iter().any(is_organisation));
        (title, by_speaker(group))
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
