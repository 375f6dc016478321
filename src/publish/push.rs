//! Pushes the commit to the remote, and explains a rejection.

use super::branch::Branch;
use super::git::Run;
use super::interrupt::{Interrupt, interrupted};
use super::place::Place;
use crate::error::Error;

/// What hosts and git say when the branch has moved in the meantime.
const MOVED: [&str; 8] = [
    "fetch first",
    "non-fast-forward",
    "stale info",
    "incorrect old value",
    "failed to update ref",
    "cannot lock ref",
    "reference already exists",
    "failed to lock",
];

/// Pushes a commit, which is already in the repository, to the branch.
///
/// # Errors
///
/// If the remote rejects it. The branch is then unchanged.
pub(super) fn push(
    place: &Place,
    branch: &Branch,
    commit: &str,
    replaces: bool,
    interrupt: &Interrupt,
) -> Result<(), Error> {
    let reference = place.reference();
    let refspec = format!("{commit}:{reference}");
    // The history is discarded only if the branch is still what was looked at.
    let lease = format!(
        "--force-with-lease={reference}:{}",
        branch.tip.as_deref().unwrap_or_default()
    );
    let mut args = vec![
        "push",
        "--porcelain",
        "--no-follow-tags",
        "--recurse-submodules=no",
    ];
    if replaces {
        args.push(&lease);
    }
    args.extend(["--", &place.remote, &refspec]);
    let run = place.git.run(args)?;
    if run.is_fine() {
        return Ok(());
    }
    interrupt.check()?;
    if run.is_cut_short() {
        return Err(interrupted());
    }
    Err(refused(place, &run))
}

/// What git says after any failed push.
const FAILED: &str = "error: failed to push some refs to";

/// The hook that kept git from pushing, if there was one: then git has only said that it failed.
fn refusing_hook(place: &Place, run: &Run) -> Option<String> {
    let args = ["rev-parse", "--git-path", "hooks/pre-push"];
    let hook = place.git.ask(args).ok()??;
    let is_there = place.git.dir().join(&hook).is_file();
    let is_cause = run.complains_of(FAILED) && !run.complains_of("fatal: ");
    (is_there && is_cause).then_some(hook)
}

fn refused(place: &Place, run: &Run) -> Error {
    let (remote, branch) = (&place.remote, &place.branch);
    let said = run.line();
    let answer = said
        .lines()
        .find_map(|line| line.strip_prefix("!\t")?.rsplit('\t').next());
    let hook = refusing_hook(place, run);
    match answer {
        Some(answer) if MOVED.iter().any(|words| answer.contains(words)) => Error::usage(format!(
            "somebody else has published to `{branch}` on `{remote}` in the meantime, so nothing was changed"
        ))
        .help("run the same command again: it starts from what is there now"),
        Some(answer) => {
            let reason = answer.trim_start_matches("[remote rejected] ").trim_matches(['(', ')']);
            let remarks = run.remarks();
            if format!("{reason} {remarks}").to_lowercase().contains("signature") {
                return Error::usage(format!(
                    "`{remote}` takes only signed commits to `{branch}` ({remarks}); nothing was changed"
                ))
                .help(
                    "set git to sign with `git config commit.gpgSign true`, or let GitHub Actions publish: `nutgraf init --github-pages` writes the workflow",
                );
            }
            let remarks = if remarks.is_empty() { String::new() } else { format!(" ({remarks})") };
            Error::usage(format!("`{remote}` refused `{branch}`: {reason}{remarks}; nothing was changed")).help(
                "may you push there, and is the branch protected? See the repository's settings, or name another one with `--branch`",
            )
        }
        None if hook.is_some() => {
            let hook = hook.unwrap_or_default();
            let words = run.complaint_without(FAILED);
            let words = if words.is_empty() { String::new() } else { format!(": {words}") };
            Error::usage(format!("the hook `{hook}` refused the push{words}; nothing was changed"))
                .help("see what it wants; git runs it before every push")
        }
        None => Error::usage(format!("git could not push to `{remote}`: {}; nothing was changed", run.complaint()))
            .help("is there a network, and may you push there? `git push` has to work for any other branch, too"),
    }
}
