//! `publish`: what was requested and what happened, in words.

use super::args::{Format, Global, PublishArgs};
use super::screen::{Screen, count};
use super::{Outcome, open, root};
use crate::edition::{Depth, Edition};
use crate::error::Error;
use crate::evidence::command::today;
use crate::publish::{self, Change, PublishOptions, Refusal, Report};

pub(super) fn publish(
    args: &PublishArgs,
    global: &Global,
    screen: Screen,
) -> Result<Outcome, Error> {
    let options = options(args)?;
    let root = root(global)?;
    let (edition, mut faults) = open(&root, &args.site)?;
    faults.extend(edition.faults(Depth::Templates));
    screen.report(&faults, &edition, Format::Human)?;
    match publish::publish(&root, &edition, &faults, &options)? {
        publish::Outcome::Refused(refusals) => {
            refuse(&refusals, args, screen)?;
            Ok(Outcome::Faults)
        }
        publish::Outcome::Ready(report) => {
            tell(&report, (args, &options), &edition, screen)?;
            let is_refused = !args.force && !report.overridden.is_empty();
            Ok(if is_refused {
                Outcome::Faults
            } else {
                Outcome::Fine
            })
        }
    }
}

fn options(args: &PublishArgs) -> Result<PublishOptions, Error> {
    let domain = |written: &String| {
        crate::config::domain(written.trim()).ok_or_else(|| {
            Error::usage(format!(
                "`{written}` can't be `--cname`: it should be a domain by itself"
            ))
            .help("write `--cname www.example.org`, without `https://` and without slashes")
        })
    };
    Ok(PublishOptions {
        branch: args.branch.clone(),
        remote: args.remote.clone(),
        cname: args.cname.as_ref().map(domain).transpose()?,
        orphan: args.orphan,
        dry_run: args.dry_run,
        force: args.force,
        prune: args.prune,
        keep: match (args.keep, args.site.today) {
            (true, Some(day)) => Some(day),
            (true, None) => Some(today()?),
            (false, _) => None,
        },
    })
}

fn refuse(refusals: &[Refusal], args: &PublishArgs, screen: Screen) -> Result<(), Error> {
    for refusal in refusals {
        let (what, mend) = (&refusal.what, &refusal.mend);
        screen.complain(&format!("not published: {what}"))?;
        screen.complain(&format!("  help: {mend}"))?;
    }
    if refusals.is_empty() {
        return Ok(());
    }
    let n_forced = refusals
        .iter()
        .filter(|refusal| refusal.can_be_forced)
        .count();
    let are_all = n_forced == refusals.len();
    if args.force {
        // Whatever is left can't be overridden, and has been reported.
        return Ok(());
    }
    match (n_forced, are_all) {
        (0, _) => Ok(()),
        (_, true) => screen.complain("`--force` publishes in spite of all this."),
        (_, false) => screen.complain("`--force` helps only against a part of this."),
    }
}

fn tell(
    report: &Report,
    (args, options): (&PublishArgs, &PublishOptions),
    edition: &Edition,
    screen: Screen,
) -> Result<(), Error> {
    if args.force {
        for refusal in &report.overridden {
            screen.complain(&format!("overridden by --force: {}", refusal.what))?;
        }
    } else {
        refuse(&report.overridden, args, screen)?;
    }
    let Report { branch, remote, .. } = report;
    if args.dry_run {
        for (change, path) in report.changes.iter() {
            screen.say(&format!("{:<8}{path}", change.name()))?;
        }
        return screen.say(&format!(
            "`{branch}` on `{remote}` would have {}. Nothing was changed.",
            changes(report)
        ));
    }
    let Some(commit) = &report.commit else {
        return screen.say(&format!(
            "`{branch}` on `{remote}` already contains this site; nothing was pushed."
        ));
    };
    let n_pages = count(edition.heads().len(), "page");
    let commit = commit.get(..10).unwrap_or(commit);
    screen.say(&format!(
        "Published {n_pages} to `{branch}` on `{remote}` as {commit}: {}.",
        changes(report)
    ))?;
    if let Some(base_url) = edition.config().and_then(|config| config.base_url) {
        screen.say(&format!("In a minute or two, it will be at {base_url}"))?;
        if let Some(day) = options.keep {
            screen.say(&format!("This version stays at {base_url}versions/{day}/"))?;
        }
    }
    match &report.repository {
        Some(repository) if report.is_new && repository.pages().is_some() => screen.say(&format!(
            "The first time, switch it on at {}/settings/pages: deploy from the branch `{branch}`, folder / (root).",
            repository.page()
        )),
        Some(_) | None => Ok(()),
    }
}

/// "2 new files, 1 changed, 1 removed".
fn changes(report: &Report) -> String {
    let mut parts = [Change::New, Change::Changed, Change::Removed]
        .map(|change| (change, report.changes.count(change)))
        .into_iter()
        .filter(|(_, n)| *n > 0);
    let Some((first, n)) = parts.next() else {
        return "no other files".to_owned();
    };
    let mut text = count(n, &format!("{} file", first.name()));
    for (change, n) in parts {
        text.push_str(&format!(", {n} {}", change.name()));
    }
    text
}
