//! Publishes the site to the branch that a host serves.
//!
//! [`publish`] first checks whether the site is fit to be published ([`Refusal`] lists what can be in the way), then
//! makes a commit of the rendered outputs on top of what the branch contains, and pushes it. The commit is made in a
//! scratch repository, so that an interrupted run leaves nothing in the writer's: the index, the working tree, the
//! current branch and a local branch of the same name are never touched, and only a successful push moves a reference.
//!
//! Git is run the way the writer has configured it: credentials, hooks and proxies are left to git. Nothing that the
//! *content* of a project says is ever run.

mod bench;
mod branch;
mod changes;
mod commit;
mod git;
mod handover;
mod interrupt;
mod place;
mod preflight;
mod push;
mod remote;
mod scratch;
mod signature;
mod version;

use std::path::Path;

use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::error::Error;
use crate::model::Day;

pub use changes::{Change, Changes};
pub(crate) use git::Git;
pub use preflight::Refusal;
pub use remote::{Repository, without_secrets};

use bench::Bench;
use branch::Branch;
use interrupt::Interrupt;
use place::Place;
use scratch::Scratch;
use version::Version;

/// The branch that is published unless another one is given.
pub const BRANCH: &str = "gh-pages";

/// What was requested.
#[derive(Clone, Debug)]
pub struct PublishOptions {
    /// The branch to publish.
    pub branch: String,
    /// The name of the git remote; by default `origin`, or the only one there is.
    pub remote: Option<String>,
    /// The site's own domain, if it differs from that in the settings or on the branch.
    pub cname: Option<String>,
    /// Whether to discard the branch's history.
    pub orphan: bool,
    /// Whether to report only what would be done.
    pub dry_run: bool,
    /// Whether to continue where a [`Refusal`] allows it.
    pub force: bool,
    /// Whether many pages may be removed.
    pub prune: bool,
    /// Leaves a copy of the site at an address of its own, named after this day.
    pub keep: Option<Day>,
}

impl Default for PublishOptions {
    fn default() -> Self {
        Self {
            branch: BRANCH.to_owned(),
            remote: None,
            cname: None,
            orphan: false,
            dry_run: false,
            force: false,
            prune: false,
            keep: None,
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The site isn't fit to be published, for these reasons. Nothing was changed anywhere.
    Refused(Vec<Refusal>),
    /// Nothing was in the way, or it was overridden.
    Ready(Report),
}

/// What was done, or would be done by a run without `dry_run`.
#[derive(Clone, Debug)]
pub struct Report {
    /// What `force` has overridden or, in a dry run, would have to.
    pub overridden: Vec<Refusal>,
    /// The name of the remote.
    pub remote: String,
    /// The branch.
    pub branch: String,
    /// Whether the branch is new.
    pub is_new: bool,
    /// The files that differ from those on the branch.
    pub changes: Changes,
    /// The commit that was pushed; `None` if nothing was pushed, because it was a dry run or the branch already
    /// contains this site.
    pub commit: Option<String>,
    /// The repository's web page, if the remote is on a host with such pages.
    pub repository: Option<Repository>,
}

/// Publishes an edition of the project at `root`. `faults` are all of its faults.
///
/// # Errors
///
/// If the project isn't in a git repository, the remote or the branch can't be used, git fails, or the push is
/// rejected.
pub fn publish(
    root: &Path,
    edition: &Edition,
    faults: &Diagnostics,
    options: &PublishOptions,
) -> Result<Outcome, Error> {
    let place = Place::find(root, options)?;
    // First, because the leftovers of a killed run may look like a state of the branch.
    let bench = Bench::find(&place)?;
    let mut refusals = preflight::of_site(&place, edition, faults);
    refusals.extend(preflight::of_sources(&place, edition)?);
    refusals.extend(version::in_the_way(edition, options.keep));
    let author = match place.author()? {
        Ok(author) => Some(author),
        Err(refusal) => {
            refusals.push(refusal);
            None
        }
    };
    let branch = match Branch::ask(&place)? {
        Ok(branch) => {
            refusals.extend(preflight::of_branch(&place, &branch)?);
            refusals.extend(preflight::of_facts(root, edition, &branch)?);
            Some(branch)
        }
        Err(refusal) => {
            refusals.push(refusal);
            None
        }
    };
    let (Some(author), Some(branch)) = (author, branch) else {
        return Ok(Outcome::Refused(refusals));
    };
    // A dry run changes nothing, and reports what it can in spite of any obstacles.
    let goes_on = options.force || options.dry_run;
    let is_final = |refusal: &Refusal| !goes_on || !refusal.can_be_forced;
    if refusals.iter().any(is_final) {
        return Ok(Outcome::Refused(refusals));
    }
    let interrupt = Interrupt::watch()?;
    let scratch = Scratch::new(&bench, &place)?;
    let has_changed_sources = refusals.iter().any(|refusal| refusal.is_about_sources);
    let commit = commit::Plan {
        parent: branch.tip.as_deref().filter(|_| !options.orphan),
        author: &author,
        message: place.message(has_changed_sources),
        cname: options.cname.clone().or(branch.cname.clone()),
        is_cname_given: options.cname.is_some(),
        published: &branch.published,
        version: options.keep.map(|day| Version::new(edition, day)),
    };
    let mut made = scratch.import(edition, &commit, &interrupt)?;
    let changes = Changes::between(scratch.git(), branch.tip.as_deref(), &made)?;
    // Files by others that will be removed have been reported.
    let ours = branch.ours.as_deref();
    let of_ours = Changes::between(scratch.git(), ours, &made)?;
    if !options.prune
        && ours.is_some()
        && let Some(refusal) = preflight::of_changes(&of_ours)
    {
        refusals.push(refusal);
        if !options.dry_run {
            return Ok(Outcome::Refused(refusals));
        }
    }
    let loses_history = options.orphan && branch.has_history;
    let mut report = Report {
        overridden: refusals,
        remote: place.remote.clone(),
        branch: place.branch.clone(),
        is_new: branch.tip.is_none(),
        changes,
        commit: None,
        repository: place.repository.clone(),
    };
    if options.dry_run || (report.changes.is_empty() && !loses_history && !report.is_new) {
        return Ok(Outcome::Ready(report));
    }
    if signature::is_wanted(&place)? {
        made = scratch.sign(&place, &made)?;
    }
    let handed_over = scratch.hand_over()?;
    let pushed = interrupt
        .check()
        .and_then(|()| push::push(&place, &branch, &made, options.orphan, &interrupt));
    if pushed.is_err() {
        handed_over.take_back();
    }
    pushed?;
    report.commit = Some(made);
    Ok(Outcome::Ready(report))
}
