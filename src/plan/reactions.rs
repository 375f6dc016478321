//! Reactions: grouped by organization, with a tally of stances, and filters.

use std::sync::Arc;

use crate::model::Reaction;
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
    let found = groups(reactions, !organisations.is_empty());
    let groups: Vec<ReactionGroupView> = found
        .iter()
        .map(|(title, reactions)| ReactionGroupView {
            title: title.map(str::to_owned),
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
