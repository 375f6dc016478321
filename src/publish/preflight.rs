//! Finds out what is in the way of publishing. Each finding says how to fix it.

use std::path::Path;

use super::branch::Branch;
use super::changes::Changes;
use super::place::Place;
use super::remote::Repository;
use crate::config;
use crate::diag::{Code, Diagnostics, Severity};
use crate::diff;
use crate::edition::Edition;
use crate::error::Error;
use crate::import::sample;
use crate::project::SourcePath;

/// How many files are named before the rest is only counted: enough to see which ones are meant.
const NAMED: usize = 3;

/// The most pages that may be removed without confirmation: more suggest a mistake, such as a folder that was moved.
const FEW_PAGES: usize = 3;

/// Evidence that isn't confirmed. Errors among these can't be forced.
const EVIDENCE: [Code; 3] = [
    Code::EvidenceChanged,
    Code::NotInSource,
    Code::EvidenceDoubt,
];

/// A reason not to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub what: String,
    /// How to fix it.
    pub mend: String,
    /// Whether `force` overrides it.
    pub can_be_forced: bool,
    /// Whether the reason is that the sources differ from the commit.
    pub(super) is_about_sources: bool,
}

impl Refusal {
    /// A reason that `force` overrides.
    fn soft(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            mend: mend.into(),
            can_be_forced: true,
            is_about_sources: false,
        }
    }

    /// A reason that can't be overridden.
    pub(super) fn fixed(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            can_be_forced: false,
            ..Self::soft(what, mend)
        }
    }
}

/// Whether readers are told of each published fact that is another now, if `policies:` promise it.
pub(super) fn of_facts(
    root: &Path,
    edition: &Edition,
    branch: &Branch,
) -> Result<Option<Refusal>, Error> {
    let config = edition.config();
    let Some(config) = config.filter(|config| config.requires_corrections) else {
        return Ok(None);
    };
    let Some(source) = &branch.source else {
        return Ok(None);
    };
    let ignore = config::ignored_by(Some(config));
    let Ok(before) = diff::pages_of_revision(root, source, &ignore) else {
        return Ok(Some(Refusal::soft(
            format!(
                "what is published was made from {source}, which isn't in this clone, so what changed since isn't known"
            ),
            "fetch the whole history: `git fetch --unshallow`",
        )));
    };
    let untold = diff::untold(&before, &diff::pages_of_snapshot(edition.snapshot()));
    if untold.is_empty() {
        return Ok(None);
    }
    let names = untold.iter().take(NAMED);
    let names = names.map(|change| format!("{} `{}`", change.kind, change.id));
    let mut names: Vec<String> = names.collect();
    if untold.len() > NAMED {
        names.push(format!("{} more", untold.len() - NAMED));
    }
    Ok(Some(Refusal::soft(
        format!(
            "{} changed since the site was published, and no correction or update says so: {}",
            count(untold.len(), "record"),
            names.join(", ")
        ),
        format!(
            "say it below `corrections:` or `updates:`; `nutgraf diff {} --write` drafts it",
            source.get(..10).unwrap_or(source)
        ),
    )))
}

/// Whether the rendered site is one that readers may see.
///
/// Unconfirmed evidence is among `faults`: what `check --strict` rejects isn't published.
pub(super) fn of_site(place: &Place, edition: &Edition, faults: &Diagnostics) -> Vec<Refusal> {
    let awaiting = faults
        .iter()
        .filter(|fault| fault.code == Code::NeedsReview);
    let n_awaiting = awaiting.count();
    let n_errors = faults.count(Severity::Error) - n_awaiting;
    let unproved = faults.iter().filter(|fault| {
        EVIDENCE.contains(&fault.code) && fault.code.severity() == Severity::Warning
    });
    let n_unproved = unproved.count();
    let is_unverified = faults.iter().any(|fault| fault.code == Code::Unverified);
    let n_warnings = faults.count(Severity::Warning) - n_unproved;
    let mut refusals = Vec::new();
    if n_errors > 0 {
        refusals.push(Refusal::fixed(
            format!("the sources have {}", count(n_errors, "error")),
            "fix what is listed above; `nutgraf check` lists it again",
        ));
    }
    if n_awaiting > 0 {
        let what = match n_awaiting {
            1 => "1 record was drafted and awaits review".to_owned(),
            n => format!("{n} records were drafted and await review"),
        };
        let mend = "compare each with its source, and remove its line `review: true`";
        refusals.push(Refusal::fixed(what, mend));
    }
    if n_unproved > 0 {
        let what = match n_unproved {
            1 => "1 record isn't supported by its source".to_owned(),
            n => format!("{n} records aren't supported by their sources"),
        };
        let mend = "run `nutgraf verify` where the texts of the sources are available, and fix what it finds";
        refusals.push(Refusal::soft(what, mend));
    }
    if is_unverified {
        refusals.push(Refusal::soft(
            "not all words that the site takes from its sources were found there",
            "run `nutgraf verify` where the texts of the sources are available, and commit `evidence.lock`",
        ));
    }
    if n_warnings > 0 {
        refusals.push(Refusal::soft(
            format!("the sources have {}", count(n_warnings, "warning")),
            "fix what is listed above; `nutgraf check --strict` lists it again",
        ));
    }
    if edition.settings().drafts {
        refusals.push(Refusal::soft(
            "drafts would be published",
            "leave out `--drafts`",
        ));
    }
    if edition.settings().future {
        refusals.push(Refusal::soft(
            "pages with a future date would be published",
            "leave out `--future`",
        ));
    }
    refusals.extend(of_sample(edition));
    let has_address = edition
        .config()
        .is_some_and(|config| config.base_url.is_some());
    if n_errors == 0 && !has_address {
        let pages = place.repository.as_ref().and_then(Repository::pages);
        let address = pages.unwrap_or_else(|| "https://…".to_owned());
        refusals.push(Refusal::soft(
            "the site has no address, so it has no feed, no sitemap and no canonical links",
            format!(
                "add `base_url: {address}` to `site.yaml`, or name the address with `--base-url`"
            ),
        ));
    }
    refusals
}

/// What is left of the sample that `init` writes, whose facts are invented.
fn of_sample(edition: &Edition) -> Option<Refusal> {
    let files = edition.snapshot().below("content");
    let mut left: Vec<String> = files
        .filter(|file| sample::is_left_of_sample(file.path.as_str(), &file.bytes))
        .map(|file| file.path.to_string())
        .collect();
    let pages = edition.all_pages();
    let rests_on_it = pages.iter().filter(|page| {
        let mut sources = page.records.sources.iter();
        sources.any(|source| source.text.as_deref().is_some_and(sample::is_sample_text))
    });
    left.extend(rests_on_it.map(|page| page.head.source.to_string()));
    left.sort();
    left.dedup();
    (!left.is_empty()).then(|| {
        Refusal::soft(
            format!(
                "the sample of `nutgraf init`, which is invented, is still in {}",
                named(&left)
            ),
            "write your own in its place, or delete what you don't need",
        )
    })
}

/// Whether pages would be removed that nobody may have meant to remove.
pub(super) fn of_changes(changes: &Changes) -> Option<Refusal> {
    let pages = changes.removed_pages();
    (pages.len() > FEW_PAGES).then(|| {
        let addresses: Vec<String> = pages.iter().map(|page| format!("/{page}")).collect();
        Refusal::fixed(
            format!("{} pages would go away: {}", pages.len(), named(&addresses)),
            "check that all your sources are here; if it is meant, add `--prune`. A page that has moved keeps its old address with `aliases`",
        )
    })
}

/// Whether the sources are those of the commit that the publication will name.
pub(super) fn of_sources(place: &Place, edition: &Edition) -> Result<Vec<Refusal>, Error> {
    let mut refusals = Vec::new();
    if place.head.is_none() {
        let mend = "run `git add --all` and `git commit`";
        refusals.push(Refusal::fixed("nothing is committed yet", mend));
        return Ok(refusals);
    }
    if place.source_branch.as_deref() == Some(place.branch.as_str()) {
        refusals.push(Refusal::fixed(
            format!("the sources are on `{}` themselves, which the finished site would replace", place.branch),
            "move to the branch of the sources with `git switch`, or name another branch with `--branch`",
        ));
    }
    let uncommitted = uncommitted(place, edition)?;
    if !uncommitted.is_empty() {
        let (are, is) = match uncommitted.len() {
            1 => ("isn't", "it is"),
            _ => ("aren't", "they are"),
        };
        let named = named(&uncommitted);
        refusals.push(Refusal {
            is_about_sources: true,
            ..Refusal::soft(
                format!("{named} {are} committed as {is} here"),
                "run `git add` for them and `git commit`, so that what is published can be found again",
            )
        });
    }
    Ok(refusals)
}

/// The site's files that differ from the commit.
fn uncommitted(place: &Place, edition: &Edition) -> Result<Vec<String>, Error> {
    let args = [
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored=matching",
        "--",
        "site.yaml",
        "content",
        "templates",
        "static",
        "data",
        "evidence.lock",
    ];
    let items = place.git.demand("compare the sources", args)?.items();
    let mut files = Vec::new();
    for item in items {
        let Some((status, path)) = item.split_at_checked(3) else {
            continue;
        };
        let path = path.strip_prefix(&place.prefix).unwrap_or(path);
        // Files unknown to git matter only if the site is made from them.
        let is_unknown = matches!(status, "?? " | "!! ");
        if !is_unknown || is_read(edition, path) {
            files.push(path.to_owned());
        }
    }
    Ok(files)
}

/// Whether the site is made from a file, or from a file in a folder (given with a slash at its end).
fn is_read(edition: &Edition, path: &str) -> bool {
    match path.strip_suffix('/') {
        Some(folder) => edition.snapshot().below(folder).next().is_some(),
        None => edition.snapshot().get(&SourcePath::new(path)).is_some(),
    }
}

/// Whether the branch may be replaced.
pub(super) fn of_branch(place: &Place, branch: &Branch) -> Result<Vec<Refusal>, Error> {
    let mut refusals = Vec::new();
    let Some(tip) = &branch.tip else {
        return Ok(refusals);
    };
    let changes = Changes::between(&place.git, branch.ours.as_deref(), tip)?;
    let foreign: Vec<String> = changes
        .iter()
        .map(|(_, path)| path.to_owned())
        .filter(|path| !matches!(path.as_str(), "CNAME" | ".nojekyll"))
        .collect();
    if !foreign.is_empty() {
        let name = &place.branch;
        let named = named(&foreign);
        let what = match branch.ours {
            Some(_) => {
                format!("somebody has changed {named} on `{name}` itself, which would be undone")
            }
            None => format!(
                "`{name}` contains files that nutgraf didn't make, which would be removed: {named}"
            ),
        };
        refusals.push(Refusal::soft(
            what,
            "move what is needed into your sources (`static/` is published as it is), or name another branch with `--branch`",
        ));
    }
    if let Some(source) = &branch.source
        && is_newer(place, source)?
    {
        let short = source.get(..10).unwrap_or(source);
        refusals.push(Refusal::soft(
            format!(
                "what is published now was made from {short}, which your sources don't include"
            ),
            "run `git pull` to get what others have done, and look at the result",
        ));
    }
    Ok(refusals)
}

/// Whether a commit of the sources contains something that the current one doesn't. One that was replaced (`git commit
/// --amend`) isn't on any branch any more, and doesn't count.
fn is_newer(place: &Place, source: &str) -> Result<bool, Error> {
    let git = &place.git;
    let is_id = source.len() >= 40 && source.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_shallow = git.ask(["rev-parse", "--is-shallow-repository"])?;
    if !is_id || is_shallow.as_deref() == Some("true") {
        return Ok(false);
    }
    let is_known = git.run(["cat-file", "-e", &format!("{source}^{{commit}}")])?;
    if !is_known.is_fine() {
        return Ok(true);
    }
    if git
        .run(["merge-base", "--is-ancestor", source, "HEAD"])?
        .is_fine()
    {
        return Ok(false);
    }
    let contains = [
        "for-each-ref",
        "--count=1",
        "--contains",
        source,
        "refs/heads",
        "refs/remotes",
    ];
    let holder = git.demand("look for a commit", contains)?;
    Ok(!holder.line().is_empty())
}

/// The names of the first files, and the number of the rest.
fn named(files: &[String]) -> String {
    let quoted = |files: &[String]| -> Vec<String> {
        files.iter().map(|file| format!("`{file}`")).collect()
    };
    match files {
        [only] => format!("`{only}`"),
        few if few.len() <= NAMED => {
            let (last, first) = few.split_at(few.len() - 1);
            format!("{} and `{}`", quoted(last).join(", "), first.join(""))
        }
        many => format!(
            "{} and {} more",
            quoted(&many[..NAMED]).join(", "),
            many.len() - NAMED
        ),
    }
}

fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}
