//! `build`: reads, checks and writes a site, and reports how long that took.

use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{BuildArgs, Format, Global, MergeArgs};
use super::progress::Waiting;
use super::screen::{Screen, count, shown};
use super::{Outcome, coverage, here, outcome, read, root, target};
use crate::committed;
use crate::diag::Diagnostics;
use crate::edition::{Depth, Edition};
use crate::error::Error;
use crate::output::{self, Share, Target};
use crate::site::{self, LastBuild, WriteOutcome};

/// The result of a build.
struct Built {
    faults: Diagnostics,
    n_pages: usize,
    n_changed: usize,
    n_removed: usize,
}

/// The result of an attempt to build.
enum Attempt {
    Built(Built),
    /// Nothing was written, because of these faults.
    Failed(Diagnostics),
}

pub(super) fn build(args: &BuildArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let start = Instant::now();
    let root = root(global)?;
    let target = target(&root, &args.output)?;
    let waiting = Waiting::begin(!global.quiet, args.timings);
    waiting.stage("Reading");
    let (edition, mut faults) = read(&root, &args.site)?;
    faults.extend(committed::missing(&root, &faults));
    let mut stages = Stages::begin(start);
    stages.end("read");
    let last = (faults.is_empty() && args.shard.is_none())
        .then(|| LastBuild::of(&root, &edition, &target));
    let attempt = match last.flatten() {
        Some(last) => {
            stages.end("found everything as the last build left it");
            let faults = last.faults;
            match outcome(&faults, args.strict) {
                Outcome::Fine => Attempt::Built(Built {
                    faults,
                    n_pages: last.n_pages,
                    n_changed: 0,
                    n_removed: 0,
                }),
                Outcome::Faults => Attempt::Failed(faults),
            }
        }
        None => {
            faults.extend(committed::no_home_page(&edition, &faults));
            let places = (root.as_path(), &target, args.shard);
            attempt(
                &edition,
                faults,
                places,
                args.strict,
                (&waiting, &mut stages),
            )?
        }
    };
    waiting.end();
    let screen = screen.strict(args.strict);
    let built = match attempt {
        Attempt::Built(built) => built,
        Attempt::Failed(faults) => {
            screen.report(&faults, &edition, Format::Human)?;
            return Ok(Outcome::Faults);
        }
    };
    screen.report(&built.faults, &edition, Format::Human)?;
    if global.verbose {
        coverage::say(&edition, &built.faults, screen)?;
    }
    if args.timings {
        stages.say(screen)?;
        waiting.say_slowest(&edition, screen)?;
    }
    let n_pages = count(built.n_pages, "page");
    let n_changed = count(built.n_changed, "file");
    let n_removed = match built.n_removed {
        0 => String::new(),
        n => format!(", {n} removed"),
    };
    let time = start.elapsed().as_millis();
    let dir = shown(target.dir());
    let what = match args.shard {
        Some(share) => format!("Built share {share} of {n_pages}"),
        None => format!("Built {n_pages}"),
    };
    screen.say(&format!(
        "{what} in {dir}: {n_changed} changed{n_removed}, {time} ms."
    ))?;
    Ok(Outcome::Fine)
}

/// Puts the shares of a site together.
pub(super) fn merge(args: &MergeArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let start = Instant::now();
    let here = here()?;
    // On a machine that only merges, there may be no project.
    let root = root(global).unwrap_or(here);
    let target = target(&root, &args.output)?;
    let written = output::merge(&args.dirs, &target)?;
    let n_shares = count(args.dirs.len(), "share");
    let n_changed = count(written.changed.len(), "file");
    let dir = shown(target.dir());
    let time = start.elapsed().as_millis();
    screen.say(&format!(
        "Merged {n_shares} in {dir}: {n_changed} changed, {time} ms."
    ))?;
    Ok(Outcome::Fine)
}

/// Checks a site and writes it. `of_files` are the faults of single files, which an edition doesn't know.
fn attempt(
    edition: &Edition,
    of_files: Diagnostics,
    (root, target, share): (&Path, &Target, Option<Share>),
    is_strict: bool,
    (waiting, stages): (&Waiting, &mut Stages),
) -> Result<Attempt, Error> {
    waiting.stage("Checking");
    let found = edition.faults(Depth::Evidence);
    let mut faults = of_files.clone();
    faults.extend(found.iter().cloned());
    stages.end("parsed and checked");
    if outcome(&faults, is_strict) == Outcome::Faults {
        return Ok(Attempt::Failed(faults));
    }
    waiting.stage("Rendering");
    let written = match site::write(edition, target, share, None, waiting)? {
        WriteOutcome::Written(written) => written,
        WriteOutcome::Failed(failed) => {
            faults.extend(failed);
            return Ok(Attempt::Failed(faults));
        }
    };
    stages.end("rendered and written");
    let n_pages = edition.heads().len();
    if of_files.is_empty()
        && share.is_none()
        && let Some(last) = LastBuild::new(edition, found, &written)
    {
        last.note(root, target);
        stages.end("noted for the next build");
    }
    Ok(Attempt::Built(Built {
        faults,
        n_pages,
        n_changed: written.changed.len(),
        n_removed: written.removed.len(),
    }))
}

/// The time that each stage of a build took.
struct Stages {
    last: Instant,
    took: Vec<(&'static str, Duration)>,
}

impl Stages {
    fn begin(start: Instant) -> Self {
        Self {
            last: start,
            took: Vec::new(),
        }
    }

    /// Ends the current stage.
    fn end(&mut self, name: &'static str) {
        let now = Instant::now();
        self.took.push((name, now - self.last));
        self.last = now;
    }

    fn say(&self, screen: Screen) -> Result<(), Error> {
        let mut stages = self.took.iter();
        stages
            .try_for_each(|(name, time)| screen.say(&format!("{name} in {} ms", time.as_millis())))
    }
}
