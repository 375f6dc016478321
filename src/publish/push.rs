//! How does the commit get to the remote, and what does it mean if the remote doesn't take it?

use super::branch::Branch;
use super::git::Run;
use super::interrupt::{Interrupt, interrupted};
use super::place::Place;
use crate::error::Error;

/// What hosts and git say when the branch isn't where it was a moment ago.
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

/// Pushes a commit, which is in the repository, to the branch.
///
/// # Errors
///
/// If the remote doesn't take it. The branch is then as it was.
pub(super) fn push(
    place: &Place,
    branch: &Branch,
    commit: &str,
    replaces: bool,
    interrupt: &Interrupt,
) -> Result<(), Error> {
    let reference = place.reference();
    let refspec = format!("{commit}:{reference}");
    // The history goes only if the branch is still what was looked at.
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

fn refused(place: &Place, run: &Run) -> Error {
    let (remote, branch) = (&place.remote, &place.branch);
    let said = run.line();
    let answer = said
        .lines()
        .find_map(|line| line.strip_prefix("!\t")?.rsplit('\t').next());
    match answer {
        Some(answer) if MOVED.iter().any(|words| answer.contains(words)) => Error::usage(format!(
            "somebody else has published to `{branch}` on `{remote}` in the meantime, so nothing was changed"
        ))
        .help("run the same command again: it starts from what is there now"),
        Some(answer) => {
            let reason = answer.trim_start_matches("[remote rejected] ").trim_matches(['(', ')']);
            let remarks = run.remarks();
            let remarks = if remarks.is_empty() { String::new() } else { format!(" ({remarks})") };
            Error::usage(format!("`{remote}` refused `{branch}`: {reason}{remarks}; nothing was changed")).help(
                "may you push there, and is the branch protected? See the repository's settings, or name another one with `--branch`",
            )
        }
        None => Error::usage(format!("git could not push to `{remote}`: {}; nothing was changed", run.complaint()))
            .help("is there a network, and may you push there? `git push` has to work for any other branch, too"),
    }
}
