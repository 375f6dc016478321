//! Checks that every output has a path of its own. The check itself is in `plan`; this file supplies the outputs and
//! their places in the sources.

use super::inputs::{Db, File, Project, file};
use super::names::{Names, document, published};
use super::outputs::{claims_by_name, claims_of_parts, embeds_of};
use crate::check;
use crate::config::CONFIG;
use crate::diag::{Diagnostic, Place};
use crate::model::Outline as _;
use crate::plan::{self, Claim, Output};
use crate::project::{Permalink, SourcePath};

/// The faults of outputs' paths. Only a check of the whole site asks for this, because any path may collide with any
/// other.
///
/// Most outputs are parts of pages, in folders of their own. They are included only if something else claims a path in these
/// folders; otherwise they can't collide with anything but parts of the same page, which [`faults_of_parts`] checks.
#[salsa::tracked]
pub(super) fn address_faults(db: &dyn Db, _project: Project) -> Vec<Diagnostic> {
    let mut claims = claims_by_name(db);
    if claims.iter().any(plan::is_among_parts) {
        claims.extend(claims_of_parts(db));
    }
    plan::address_faults(&claims, &|claim| place(db, claim))
}

/// The faults of the paths of a page's parts. None if the page's own path, on which they are based, has a fault.
#[salsa::tracked]
pub(super) fn faults_of_parts(db: &dyn Db, page: File) -> Vec<Diagnostic> {
    match published(db, page) {
        Some(head) if plan::is_fit(&head.permalink.output_path()) => {
            plan::address_faults(&embeds_of(db, page), &|claim| place(db, claim))
        }
        Some(_) | None => Vec::new(),
    }
}

/// The place in the sources that puts an output at its path.
fn place(db: &dyn Db, (path, output): &Claim) -> Place {
    let document = |source| Some(document(db, file(db, source)?));
    match output {
        Output::Page(source) => match document(source) {
            Some(document) => check::place_of_address(&document),
            None => Place::file(source),
        },
        Output::Redirect(source) => {
            let head = Names::of(db, source).head(source);
            let mut aliases = head.iter().flat_map(|head| &head.aliases);
            let is_here = |alias: &&Permalink| alias.output_path() == *path;
            match document(source).zip(aliases.find(is_here)) {
                Some((document, alias)) => check::place_of_alias(&document, alias),
                None => Place::file(source),
            }
        }
        Output::Section(source) => Place::file(&SourcePath::new(source.folder())),
        Output::File(source)
        | Output::Picture(source, _)
        | Output::Listing(source, _)
        | Output::Card(source)
        | Output::Embed(source, _)
        | Output::OEmbed(source, _) => Place::file(source),
        Output::Data(language, folder, _) | Output::Handout(language, folder) => {
            match Names(db, *language).index_of(folder) {
                Some(head) => Place::file(&head.source),
                None => Place::file(&SourcePath::new(&**folder)),
            }
        }
        Output::Colors
        | Output::NotFound
        | Output::Words(..)
        | Output::Word(..)
        | Output::FeedOf(..)
        | Output::Feed(_)
        | Output::JsonFeed(_)
        | Output::Changes(_)
        | Output::ChangesFeed(..)
        | Output::Search(_)
        | Output::SearchFile(..)
        | Output::SearchPage(_)
        | Output::EmbedScript
        | Output::Sitemap
        | Output::SitemapPart(_)
        | Output::Robots
        | Output::NoJekyll
        | Output::Cname
        | Output::Headers
        | Output::Redirects => Place::file(&SourcePath::new(CONFIG)),
    }
}
