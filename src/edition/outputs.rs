//! The names of all outputs, kept apart by what they rest on, so that an edit makes few of them anew.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::model::Outline;
use crate::plan::{self, Output};
use crate::project::{OutputPath, SourcePath};
use crate::shared_map::SharedMap;

/// Every output by its path; empty if `site.yaml` or a template can't be used.
#[derive(Clone, Default)]
pub(super) struct Outputs {
    /// Pages, redirects, files and data: they rest on the outline's addresses alone.
    places: Arc<SharedMap<OutputPath, Output>>,
    /// What `site.yaml` asks for.
    extras: Arc<BTreeMap<OutputPath, Output>>,
    /// The pictures of pages: their paths rest on titles and colors. Looked for only by builds and by who asks for a
    /// picture.
    cards: Arc<OnceLock<BTreeMap<OutputPath, Output>>>,
    /// Parts of pages for other sites: their paths rest on records. Looked for as pictures are.
    embeds: Arc<OnceLock<BTreeMap<OutputPath, Output>>>,
    is_usable: bool,
}

impl Outputs {
    /// The outputs of an outline; `earlier` are those of another outline, with that one.
    pub(super) fn after(earlier: Option<(&Self, &Outline)>, site: &plan::SiteContext<'_>) -> Self {
        let kept = earlier
            .filter(|(outputs, before)| outputs.is_usable && before.has_places_of(site.outline));
        Self {
            places: match kept {
                Some((outputs, _)) => outputs.places.clone(),
                None => Arc::new(plan::places(site.outline)),
            },
            extras: Arc::new(plan::extras(site)),
            cards: Arc::default(),
            embeds: Arc::default(),
            is_usable: true,
        }
    }

    /// The outputs of an outline in which the pages `turned` have other records and ids than `before`, and all else is
    /// as it was.
    pub(super) fn with_records(
        &self,
        turned: &[SourcePath],
        before: &Outline,
        outline: &Outline,
    ) -> Self {
        let has_same_records = turned.iter().all(|page| {
            let records = |outline: &Outline| Some(outline.heads.get(page)?.records.clone());
            records(before) == records(outline)
        });
        Self {
            embeds: match has_same_records {
                true => self.embeds.clone(),
                false => Arc::default(),
            },
            ..self.clone()
        }
    }

    /// The output of a path. `site` is what pictures are named with.
    pub(super) fn get(&self, path: &OutputPath, site: &plan::SiteContext<'_>) -> Option<&Output> {
        let output = self.places.get(path).or_else(|| self.extras.get(path));
        output.or_else(|| match path {
            path if plan::may_be_card(path) => self.cards(site).get(path),
            path if plan::may_be_embed(path) => self.embeds(site).get(path),
            _ => None,
        })
    }

    /// Every output, by what it rests on; a path that comes twice counts where it comes first.
    pub(super) fn all(&self, site: &plan::SiteContext<'_>) -> BTreeMap<OutputPath, Output> {
        let mut all = BTreeMap::new();
        let drawn = self.cards(site).iter().chain(self.embeds(site));
        for (path, output) in self.places.iter().chain(&*self.extras).chain(drawn) {
            all.entry(path.clone()).or_insert_with(|| output.clone());
        }
        all
    }

    /// Every output that doesn't rest on the outline alone.
    pub(super) fn beside_places(&self, site: &plan::SiteContext<'_>) -> Vec<plan::Claim> {
        let drawn = self.cards(site).iter().chain(self.embeds(site));
        let beside = self.extras.iter().chain(drawn);
        beside
            .map(|(path, output)| (path.clone(), output.clone()))
            .collect()
    }

    /// Whether there is a feed. To find that out takes a look at every page.
    pub(super) fn has_feed(&self) -> bool {
        let mut extras = self.extras.values();
        extras.any(|output| matches!(output, Output::Feed))
    }

    pub(super) fn is_usable(&self) -> bool {
        self.is_usable
    }

    pub(super) fn cards(&self, site: &plan::SiteContext<'_>) -> &BTreeMap<OutputPath, Output> {
        self.cards.get_or_init(|| plan::cards(site))
    }

    fn embeds(&self, site: &plan::SiteContext<'_>) -> &BTreeMap<OutputPath, Output> {
        self.embeds.get_or_init(|| plan::embeds(site))
    }
}
