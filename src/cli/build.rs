//! `build`: reads, checks and writes a site, and reports how long that took.

use std::time::Instant;

use super::args::{BuildArgs, Format, Global};
use super::progress::Waiting;
use super::screen::{Screen, count, shown};
use super::{Outcome, coverage, open, outcome, root, target};
use crate::edition::Depth;
use crate::error::Error;
use crate::site::{self, WriteOutcome};

pub(super) fn build(args: &BuildArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let start = Instant::now();
    let root = root(global)?;
    let target = target(&root, &args.output)?;
    let waiting = Waiting::begin(!global.quiet, args.timings);
    waiting.stage("Reading");
    let (edition, mut faults) = open(&root, &args.site)?;
    let read = start.elapsed();
    waiting.stage("Checking");
    faults.extend(edition.faults(Depth::Evidence));
    let checked = start.elapsed();
    let outcome = outcome(&faults, args.strict);
    let screen = screen.strict(args.strict);
    if outcome == Outcome::Faults {
        waiting.end();
        screen.report(&faults, &edition, Format::Human)?;
        return Ok(outcome);
    }
    waiting.stage("Rendering");
    let written = site::write(&edition, &target, None, &waiting);
    waiting.end();
    let written = match written? {
        WriteOutcome::Written(written) => written,
        WriteOutcome::Failed(found) => {
            faults.extend(found);
            screen.report(&faults, &edition, Format::Human)?;
            return Ok(Outcome::Faults);
        }
    };
    screen.report(&faults, &edition, Format::Human)?;
    if global.verbose {
        coverage::say(&edition, &faults, screen)?;
    }
    if args.timings {
        let rendered = start.elapsed();
        let stages = [
            ("read and parsed", read),
            ("checked", checked - read),
            ("rendered and written", rendered - checked),
        ];
        for (stage, time) in stages {
            screen.say(&format!("{stage} in {} ms", time.as_millis()))?;
        }
        waiting.say_slowest(&edition, screen)?;
    }
    let n_pages = count(edition.heads().len(), "page");
    let n_changed = count(written.changed.len(), "file");
    let n_removed = match written.removed.len() {
        0 => String::new(),
        n => format!(", {n} removed"),
    };
    let time = start.elapsed().as_millis();
    let dir = shown(target.dir());
    screen.say(&format!(
        "Built {n_pages} in {dir}: {n_changed} changed{n_removed}, {time} ms."
    ))?;
    Ok(Outcome::Fine)
}
