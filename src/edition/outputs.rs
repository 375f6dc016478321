//! Finds what is published at a path, folder by folder, so that finding one page doesn't require listing the whole
//! site.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::assets::{STATIC, asset_of, theme_assets};
use super::inputs::{Db, Directory, File, Project, directory};
use super::names::{CONTENT, Names, pages_below, pages_in, published};
use super::shared::{config, context};
use crate::check;
use crate::model::{Asset, Outline as _};
use crate::plan::{self, Claim, Output};
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
    let others = [
        redirects_and_data(db, project),
        extras(db, project),
        listings(db, project),
        words(db, project),
        feeds(db, project),
        search_files(db, project),
    ];
    let found = others.into_iter().find_map(|others| others.get(path));
    let found = found.or_else(|| match path {
        path if plan::may_be_card(path) => cards(db, project).get(path),
        path if plan::may_be_embed(path) => embeds(db, project).get(path),
        _ => None,
    });
    found.cloned().or(claimed)
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
    let config = config(db, Project::get(db));
    if config.is_some_and(|config| config.base_url.is_some()) {
        card_of(db, page);
        embeds_of(db, page);
    } else {
        published(db, page);
    }
}

/// All claims to paths, including conflicting ones: first what is in the sources, then what nutgraf generates. The
/// latter are missing if `site.yaml` or a template can't be used.
pub(super) fn all_claims(db: &dyn Db) -> Vec<Claim> {
    let project = Project::get(db);
    let mut claims: Vec<Claim> = theme_claims(db, project)
        .values()
        .flatten()
        .cloned()
        .collect();
    let tops = [CONTENT, STATIC].into_iter();
    let mut waiting: Vec<Directory> = tops.filter_map(|top| directory(db, top)).collect();
    while let Some(folder) = waiting.pop() {
        claims.extend(claims_in(db, folder).values().flatten().cloned());
        waiting.extend(folder.folders(db).values());
    }
    claims.sort_by(in_order);
    let is_section = |(_, output): &Claim| matches!(output, Output::Section(_));
    let sections = claims.split_off(claims.partition_point(|claim| !is_section(claim)));
    claims.extend(plan::redirects_and_data(&Names(db)));
    for others in [
        extras(db, project),
        listings(db, project),
        words(db, project),
        feeds(db, project),
        search_files(db, project),
        cards(db, project),
        embeds(db, project),
    ] {
        let others = others.iter();
        claims.extend(others.map(|(path, output)| (path.clone(), output.clone())));
    }
    claims.extend(sections);
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
    let mut folders = published_at(db, CONTENT, folder);
    if folder != above {
        folders.extend(published_at(db, CONTENT, above));
    }
    folders.extend(published_at(db, STATIC, folder));
    let theme = theme_claims(db, Project::get(db));
    let claims = folders.into_iter().map(|folder| claims_in(db, folder));
    let claims = claims.chain([theme]).filter_map(|claims| claims.get(path));
    let first = claims.flatten().min_by(|one, other| in_order(one, other));
    first.map(|(_, output)| output.clone())
}

/// The folders below `top` whose files are published in `address`.
fn published_at(db: &dyn Db, top: &str, address: &str) -> Vec<Directory> {
    let mut folders: Vec<Directory> = directory(db, top).into_iter().collect();
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
    first_ones(plan::redirects_and_data(&Names(db)))
}

/// The outputs requested in `site.yaml`.
#[salsa::tracked]
pub(super) fn extras(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let names = Names(db);
    let site = context(db, &names);
    site.map(|site| plan::extras(&site)).unwrap_or_default()
}

/// The further pages of folders' lists.
#[salsa::tracked]
fn listings(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    plan::listings(&Names(db))
}

/// The pages of words that group pages.
#[salsa::tracked]
fn words(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    plan::word_pages(&Names(db))
}

/// The feeds of sections and of words.
#[salsa::tracked]
fn feeds(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let names = Names(db);
    let site = context(db, &names);
    site.map(|site| plan::feeds(&site)).unwrap_or_default()
}

/// The files of the search index.
#[salsa::tracked]
fn search_files(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let names = Names(db);
    let site = context(db, &names);
    site.map(|site| plan::search_files(&site))
        .unwrap_or_default()
}

/// The pictures of pages.
#[salsa::tracked]
fn cards(db: &dyn Db, _project: Project) -> BTreeMap<OutputPath, Output> {
    let pages = pages_below(db, CONTENT).into_iter();
    pages.filter_map(|page| card_of(db, page).clone()).collect()
}

/// The picture of a page. Its path contains the hash of its contents.
#[salsa::tracked]
fn card_of(db: &dyn Db, page: File) -> Option<Claim> {
    let head = published(db, page)?;
    let names = Names(db);
    plan::card_of(&context(db, &names)?, &head)
}

/// The parts of pages for other sites.
#[salsa::tracked]
fn embeds(db: &dyn Db, project: Project) -> BTreeMap<OutputPath, Output> {
    let config = config(db, project);
    if config.is_none_or(|config| config.base_url.is_none()) {
        return BTreeMap::new();
    }
    let pages = pages_below(db, CONTENT).into_iter();
    pages.flat_map(|page| embeds_of(db, page).clone()).collect()
}

#[salsa::tracked]
fn embeds_of(db: &dyn Db, page: File) -> Vec<Claim> {
    match published(db, page) {
        Some(head) => plan::embeds_of(&head, &Names(db).records(&head.source)),
        None => Vec::new(),
    }
}
