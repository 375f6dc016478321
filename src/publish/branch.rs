//! Finds out what the branch already contains.

use std::collections::BTreeMap;

use super::git::Git;
use super::place::{Place, SIGN, SOURCE};
use super::preflight::Refusal;
use crate::error::Error;

/// The state of the branch at the remote; its commits have been fetched.
#[derive(Debug, Default)]
pub(super) struct Branch {
    /// Its last commit; `None` if the branch doesn't exist.
    pub(super) tip: Option<String>,
    /// Whether the last commit has a parent.
    pub(super) has_history: bool,
    /// The domain in its `CNAME`.
    pub(super) cname: Option<String>,
    /// The last commit on it that is ours.
    pub(super) ours: Option<String>,
    /// The files of that commit, each with git's name for its contents.
    pub(super) published: BTreeMap<String, String>,
    /// The commit of the sources from which our last commit was made.
    pub(super) source: Option<String>,
}

impl Branch {
    /// Asks the remote, and fetches the branch without moving any reference.
    pub(super) fn ask(place: &Place) -> Result<Result<Self, Refusal>, Error> {
        let git = &place.git;
        let (remote, reference) = (place.remote.as_str(), place.reference());
        let listed = git.run(["ls-remote", "--quiet", "--", remote, &reference])?;
        if !listed.is_fine() {
            return Ok(Err(Refusal::fixed(
                format!("git can't reach `{remote}`: {}", listed.complaint()),
                format!(
                    "make `git ls-remote {remote}` work: is there a network, the repository, and may you read it?"
                ),
            )));
        }
        let listed = listed.line();
        let found = listed.lines().filter_map(|line| line.split_once('\t'));
        let tip = found
            .filter(|(_, name)| *name == reference)
            .map(|(id, _)| id.to_owned())
            .next();
        let Some(tip) = tip else {
            return Ok(Ok(Self::default()));
        };
        let is_here = git.run(["cat-file", "-e", &format!("{tip}^{{commit}}")])?;
        if !is_here.is_fine() {
            fetch(git, remote, &reference)?;
        }
        let cname = git.ask(["show", &format!("{tip}:CNAME")])?;
        let cname = cname.and_then(|text| Some(text.lines().next()?.trim().to_owned()));
        let ours = log(git, &tip, "%H")?;
        let published = match &ours {
            Some(ours) => files(git, ours)?,
            None => BTreeMap::new(),
        };
        let source = match &ours {
            Some(ours) => log(git, ours, &format!("%(trailers:key={SOURCE},valueonly)"))?,
            None => None,
        };
        let parents = git.demand(
            "read the branch",
            ["rev-list", "--max-count=2", "--first-parent", &tip],
        )?;
        Ok(Ok(Self {
            has_history: parents.line().lines().count() > 1,
            cname: cname.filter(|name| !name.is_empty()),
            ours,
            published,
            source: source.map(|source| source.trim().to_owned()),
            tip: Some(tip),
        }))
    }
}

/// The files of a commit: path, and git's name for the contents.
fn files(git: &Git, commit: &str) -> Result<BTreeMap<String, String>, Error> {
    let args = ["ls-tree", "-r", "-z", "--full-tree", commit];
    let items = git.demand("list the files", args)?.items();
    let file = |item: &String| {
        let (about, path) = item.split_once('\t')?;
        Some((path.to_owned(), about.rsplit(' ').next()?.to_owned()))
    };
    Ok(items.iter().filter_map(file).collect())
}

/// What our last commit says, up to `tip`.
fn log(git: &Git, tip: &str, format: &str) -> Result<Option<String>, Error> {
    let said = git.ask([
        "log",
        "--max-count=1",
        "--first-parent",
        "--no-show-signature",
        &format!("--grep=^{SIGN}: nutgraf "),
        &format!("--format={format}"),
        tip,
    ])?;
    Ok(said.filter(|said| !said.is_empty()))
}

fn fetch(git: &Git, remote: &str, reference: &str) -> Result<(), Error> {
    let args = [
        "-c",
        "gc.auto=0",
        "-c",
        "maintenance.auto=false",
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-prune",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        // No reference of the writer's moves, whatever the settings of the remote.
        "--refmap=",
        "--",
        remote,
        reference,
    ];
    git.demand("fetch the branch", args).map(drop)
}
