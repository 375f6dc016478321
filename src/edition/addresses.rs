//! Have all outputs a place of their own? The validator is `plan`'s; here it learns what there is, and where the sources
//! say so.

use super::Edition;
use crate::check::{self, Checked, Documents};
use crate::diag::{Diagnostic, Place};
use crate::model::Outline;
use crate::plan::{self, Claim, Output};
use crate::project::{Permalink, SourcePath};
use crate::setup::CONFIG;

/// An outline with the faults of its addresses: what can be told without looking into any page.
pub(super) fn checked(outline: Checked<Outline>, documents: &Documents) -> Checked<Outline> {
    let claims = plan::claims(&outline.value);
    let place = |claim: &Claim| place(claim, documents, &outline.value);
    let faults = plan::address_faults(&claims, &place);
    outline.and(faults)
}

impl Edition {
    /// What is wrong with the addresses of outputs that don't rest on the outline alone.
    pub(super) fn address_faults(&self) -> Vec<Diagnostic> {
        let outline = &self.outline.value;
        let Some(site) = self.setup.context(outline, &self.ledger) else {
            return Vec::new();
        };
        let mut claims = plan::claims(outline);
        claims.extend(self.outputs.beside_places(&site));
        let place = |claim: &Claim| place(claim, &self.documents, outline);
        let faults = plan::address_faults(&claims, &place).into_iter();
        let is_known = |fault: &Diagnostic| self.outline.faults.contains(fault);
        faults.filter(|fault| !is_known(fault)).collect()
    }
}

/// Where in the sources it is said that an output is to be at its path.
fn place((path, output): &Claim, documents: &Documents, outline: &Outline) -> Place {
    let document = |source| documents.get(source);
    match output {
        Output::Page(source) => match document(source) {
            Some(document) => check::place_of_address(document),
            None => Place::file(source),
        },
        Output::Redirect(source) => {
            let aliases = outline.heads.get(source).map(|head| &head.aliases);
            let is_here = |alias: &&Permalink| alias.output_path() == *path;
            let alias = aliases.and_then(|aliases| aliases.iter().find(is_here));
            match document(source).zip(alias) {
                Some((document, alias)) => check::place_of_alias(document, alias),
                None => Place::file(source),
            }
        }
        Output::File(source)
        | Output::Card(source)
        | Output::Embed(source, _)
        | Output::OEmbed(source, _) => Place::file(source),
        Output::Data(folder, _) => match outline.index_of(folder) {
            Some(head) => Place::file(&head.source),
            None => Place::file(&SourcePath::new(&**folder)),
        },
        Output::Colors
        | Output::NotFound
        | Output::Feed
        | Output::Search
        | Output::SearchFile(_)
        | Output::SearchPage(_)
        | Output::Sitemap
        | Output::Robots
        | Output::NoJekyll
        | Output::Cname
        | Output::Headers
        | Output::Redirects => Place::file(&SourcePath::new(CONFIG)),
    }
}
