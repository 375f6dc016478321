//! Finds what is published at a path, folder by folder, so that finding one page doesn't require listing the whole
//! site.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::assets::{STATIC, asset_of, theme_assets};
use super::inputs::{Db, Directory, File, Project, directory, directory_in, file};
use super::languages::{home, in_all_languages, languages};
use super::names::{CONTENT, Names, all_pages, has_pages_in, pages_in, published};
use super::pages::page_at;
use super::shared::{config, context};
use crate::check;
use crate::model::{Asset, Outline as _};
use crate::plan::{self, Claim, Output, Part, SiteContext};
use crate::project::{OutputPath, SourcePath, is_page};

/// The output at a path; `None` also if `site.yaml` or a template can't be used.
pub(super) fn output(db: &dyn Db, path: &OutputPath) -> Option<Output> {
    let project = Project::get(db);
    config(db, project)?;
    // The generated page of a folder gives way to everything else.
    let claimed = claimed(db, path);
    if let Some(claimed) = claimed.as_ref()
        && !matches!(claimed, Output::Section(_))
    {
        return Some(claimed.clone());
    }
    let found = redirects_and_data(db, project).get(path);
    let found = found.or_else(|| extras(db, project).get(path)).cloned();
    found.or_else(|| made(db, path)).or(claimed)
}

/// What nutgraf generates at a path. Queries over the whole site are asked only for paths that could be theirs.
fn made(db: &dyn Db, path: &OutputPath) -> Option<Output> {
    type MayBe = fn(&OutputPath) -> bool;
    type All = fn(&dyn Db, Project) -> &BTreeMap<OutputPath, Output>;
    let project = Project::get(db);
    let kinds: [(MayBe, All); 7] = [
        (plan::may_be_listing, listings),
        (plan::may_be_word_page, words),
        (plan::may_be_handout, handouts),
        (plan::may_be_feed, feeds),
        (plan::may_be_sitemap_part, sitemap_parts),
        (plan::may_be_search_file, search_files),
        (plan::may_be_card, cards),
    ];
    let likely = kinds.into_iter().filter(|(may_be, _)| may_be(path));
    let mut found = likely.filter_map(|(_, all)| all(db, project).get(path).cloned());
    found.next().or_else(|| embed_at(db, path))
}

/// The embed at a path, or its description.
fn embed_at(db: &dyn Db, path: &OutputPath) -> Option<Output> {
    let page = plan::page_of_embed(path)?.output_path();
    let Some(Output::Page(source) | Output::Section(source)) = claimed(db, &page) else {
        return None;
    };
    let mut embeds = embeds_of(db, file(db, &source)?).into_iter();
    embeds
        .find(|(other, _)| other == path)
        .map(|(_, output)| output)
}

/// The file that is published as it is, or in a smaller size, at a path.
pub(super) fn file_at(db: &dyn Db, path: &OutputPath) -> Option<SourcePath> {
    config(db, Project::get(db))?;
    match claimed(db, path)? {
        Output::File(source) | Output::Picture(source, _) => Some(source),
        _ => None,
    }
}

/// Every output by its path; none if `site.yaml` or a template can't be used.
pub(super) fn outputs(db: &dyn Db) -> BTreeMap<OutputPath, Output> {
    match config(db, Project::get(db)) {
        Some(_) => first_ones(all_claims(db)),
        None => BTreeMap::new(),
    }
}

/// Computes what the path of an output depends on for one page, for queries that will ask for it for all pages.
pub(super) fn prepare(db: &dyn Db, page: File) {
    published(db, page);
    card_of(db, page);
    parts_of(db, page);
}

/// The outputs of a page that have a template: the page itself, its redirects and its embeds.
pub(super) fn rendered_of(db: &dyn Db, page: File) -> Vec<Claim> {
    let Some(head) = published(db, page) else {
        return Vec::new();
    };
    let own = plan::claims([], [&head]).into_iter();
    let all = own
        .chain(plan::redirects_to(&head))
        .chain(embeds_of(db, page));
    all.filter(|(_, output)| output.has_template()).collect()
}

/// The outputs with a template that belong to no single page, by path.
pub(super) fn rendered_besides(db: &dyn Db) -> Vec<Claim> {
    let project = Project::get(db);
    let all = [
        extras(db, project),
        listings(db, project),
        words(db, project),
        feeds(db, project),
        handouts(db, project),
        sitemap_parts(db, project),
    ];
    let all = all.into_iter().flatten();
    let rendered = all.filter(|(_, output)| output.has_template());
    rendered
        .map(|(path, output)| (path.clone(), output.clone()))
        .collect()
}

/// All claims to paths, including conflicting ones: first what is in the sources, then what nutgraf generates, and last
/// the generated pages of folders. Only the sources' own if `site.yaml` or a template can't be used.
fn all_claims(db: &dyn Db) -> Vec<Claim> {
    let mut claims = claims_by_name(db);
    claims.extend(claims_of_parts(db));
    sections_last(claims)
}

/// The same without the parts of pages, which have folders of their own.
pub(super) fn claims_by_name(db: &dyn Db) -> Vec<Claim> {
    let project = Project::get(db);
    let mut claims: Vec<Claim> = theme_claims(db, project)
        .values()
        .flatten()
        .cloned()
        .collect();
    let content = languages(db).filter_map(|language| directory_in(db, language, CONTENT));
    let mut waiting: Vec<Directory> = content.chain(directory(db, STATIC)).collect();
    while let Some(folder) = waiting.pop() {
        claims.extend(claims_in(db, folder).values().flatten().cloned());
        waiting.extend(folder.folders(db).values());
    }
    claims.sort_by(in_order);
    for language in languages(db) {
        claims.extend(plan::redirects_and_data(&Names(db, language)));
    }
    let others = [
        extras(db, project),
        listings(db, project),
        words(db, project),
        feeds(db, project),
        handouts(db, project),
        sitemap_parts(db, project),
    ];
    let others = others.into_iter().flatten();
    claims.extend(others.map(|(path, output)| (path.clone(), output.clone())));
    sections_last(claims)
}

/// The parts of pages: files of the search, cards and embeds.
pub(super) fn claims_of_parts(db: &dyn Db) -> Vec<Claim> {
    let project = Project::get(db);
    let files = search_files(db, project).iter().chain(cards(db, project));
    let files = files.map(|(path, output)| (path.clone(), output.clone()));
    let pages = all_pages(db).into_iter();
    files
        .chain(pages.flat_map(|page| embeds_of(db, page)))
        .collect()
}

fn sections_last(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by_key(|(_, output)| matches!(output, Output::Section(_)));
    claims
}

/// What is at each path; if several claim it, the first.
fn first_ones(claims: Vec<Claim>) -> BTreeMap<OutputPath, Output> {
    let mut first = BTreeMap::new();
    for (path, output) in claims {
        first.entry(path).or_insert(output);
    }
    first
}

/// Files come before pages, then smaller pictures, what stands for the page of a folder last, and all by their sources.
fn in_order((_, one): &Claim, (_, other): &Claim) -> Ordering {
    fn key(output: &Output) -> (u8, Option<&SourcePath>) {
        match output {
            Output::File(source) => (0, Some(source)),
            Output::Picture(source, _) => (2, Some(source)),
            Output::Page(source) => (1, Some(source)),
            Output::Section(source) => (3, Some(source)),
            _ => (1, None),
        }
    }
    key(one).cmp(&key(other))
}

/// The file or page at a path.
fn claimed(db: &dyn Db, path: &OutputPath) -> Option<Output> {
    let (folder, _) = path.as_str().rsplit_once('/').unwrap_or_default();
    // A page has a folder to itself, inside the one that it is in.
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let mut folders: Vec<Directory> = Vec::new();
    for language in languages(db) {
        let home = home(db, language);
        let top = directory_in(db, language, CONTENT);
        let below = |address: &str| {
            let address = format!("{address}/");
            let below = address.strip_prefix(home.as_str());
            below.map_or_else(Vec::new, |address| published_at(db, top, address))
        };
        folders.extend(below(folder));
        if folder != above {
            folders.extend(below(above));
        }
    }
    folders.extend(published_at(db, directory(db, STATIC), folder));
    let theme = theme_claims(db, Project::get(db));
    let claims = folders.into_iter().map(|folder| claims_in(db, folder));
    let claims = claims.chain([theme]).filter_map(|claims| claims.get(path));
    let first = claims.flatten().min_by(|one, other| in_order(one, other));
    first.map(|(_, output)| output.clone())
}

/// The folders below `top` whose files are published in `address`.
fn published_at(db: &dyn Db, top: Option<Directory>, address: &str) -> Vec<Directory> {
    let mut folders: Vec<Directory> = top.into_iter().collect();
    for part in address.split('/').filter(|part| !part.is_empty()) {
        let below = folders.into_iter();
        let below = below.filter_map(|folder| folders_by_address(db, folder).get(part));
        folders = below.flatten().copied().collect();
    }
    folders
}

/// The subfolders of a folder, by the last part of their address.
#[salsa::tracked]
fn folders_by_address(db: &dyn Db, folder: Directory) -> BTreeMap<String, Vec<Directory>> {
    let mut found: BTreeMap<String, Vec<Directory>> = BTreeMap::new();
    for (path, below) in folder.folders(db) {
        let any = SourcePath::new(format!("{path}/any"));
        let address = check::address_of_file(&any).map(|address| address.output_path());
        let mut parts = address
            .iter()
            .flat_map(|address| address.as_str().rsplit('/'));
        if let Some(part) = parts.nth(1) {
            found.entry(part.to_owned()).or_default().push(*below);
        }
    }
    found
}

type Claims = BTreeMap<OutputPath, Vec<Claim>>;

/// What is directly in a folder, by path.
#[salsa::tracked]
fn claims_in(db: &dyn Db, folder: Directory) -> Claims {
    let files = folder.files(db).iter().filter(|(path, _)| !is_page(path));
    let files = files.filter_map(|(path, file)| Some((path, asset_of(db, *file)?)));
    let files: Vec<(&SourcePath, Asset)> = files.collect();
    let pages = pages_in(db, folder).filter_map(|page| published(db, page));
    let pages: Vec<_> = pages.collect();
    let files = files.iter().map(|(path, asset)| (*path, asset));
    by_path(plan::claims(files, &pages))
}

/// The files of the theme, by path.
#[salsa::tracked]
fn theme_claims(db: &dyn Db, project: Project) -> Claims {
    by_path(plan::claims(theme_assets(db, project), []))
}

fn by_path(claims: Vec<Claim>) -> Claims {
    let mut by_path = Claims::new();
    for claim in claims {
        by_path.entry(claim.0.clone()).or_default().push(claim);
    }
    by_path
}

/// Old addresses of pages, and the data of explainers.
#[salsa::tracked]
fn redirects_and_data(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let claims = languages(db).flat_map(|language| plan::redirects_and_data(&Names(db, language)));
    first_ones(claims.collect())
}

/// What each language of the site asks for.
fn in_languages(
    db: &dyn Db,
    ask: impl Fn(&SiteContext<'_>) -> BTreeMap<OutputPath, Output>,
) -> BTreeMap<OutputPath, Output> {
    let languages =
        languages(db).filter(|language| language.is_main() || has_pages_in(db, *language));
    let asked = languages.flat_map(|language| {
        let names = Names(db, language);
        let site = context(db, &names);
        site.map(|site| ask(&site)).unwrap_or_default()
    });
    asked.collect()
}

/// The outputs requested in `site.yaml`.
#[salsa::tracked]
pub(super) fn extras(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    in_languages(db, plan::extras)
}

/// The further pages of folders' lists.
#[salsa::tracked]
fn listings(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let listings = languages(db).flat_map(|language| plan::listings(&Names(db, language)));
    listings.collect()
}

/// The pages of words that group pages.
#[salsa::tracked]
fn words(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let pages = languages(db).flat_map(|language| plan::word_pages(&Names(db, language)));
    pages.collect()
}

/// The feeds of sections and of words.
#[salsa::tracked]
fn feeds(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    in_languages(db, plan::feeds)
}

/// The explainers on one page each.
#[salsa::tracked]
fn handouts(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    in_languages(db, plan::handouts)
}

/// The parts of a large sitemap.
#[salsa::tracked]
fn sitemap_parts(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let names = Names::main(db);
    let site = context(db, &names);
    let parts =
        site.map(|site| in_all_languages(db, |outlines| plan::sitemap_parts(&site, outlines)));
    parts.unwrap_or_default()
}

/// The files of the search index.
#[salsa::tracked]
fn search_files(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    in_languages(db, plan::search_files)
}

/// The pictures of pages.
#[salsa::tracked]
fn cards(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let pages = all_pages(db).into_iter();
    pages.filter_map(|page| card_of(db, page).clone()).collect()
}

/// The picture of a page. Its path contains the hash of its contents.
#[salsa::tracked]
fn card_of(db: &dyn Db, page: File) -> Option<Claim> {
    let head = published(db, page)?;
    let names = Names(db, page.language(db));
    plan::card_of(&context(db, &names)?, &head, &|source| page_at(db, source))
}

/// The embeds of a page, and their descriptions. None without a `base_url`, or if the site wants none.
pub(super) fn embeds_of(db: &dyn Db, page: File) -> Vec<Claim> {
    let config = config(db, Project::get(db));
    if !config.is_some_and(|config| config.embeds && config.base_url.is_some()) {
        return Vec::new();
    }
    match published(db, page) {
        Some(head) => plan::embeds_of(&head, parts_of(db, page)).collect(),
        None => Vec::new(),
    }
}

/// What other sites can embed of a page.
#[salsa::tracked(returns(deref))]
fn parts_of(db: &dyn Db, page: File) -> Vec<Part> {
    plan::parts(&Names(db, page.language(db)).records(page.path(db)))
}
