//! Checks whether links to other sites still lead somewhere.
//!
//! [`check`] collects the addresses that readers can follow, asks the hosts that weren't asked recently, and reports
//! what leads nowhere. It distinguishes three answers: *dead* (gone, or never there), *unanswered* (the host refuses
//! programs or is out of order, so a person has to look), and *alive*. Every failure is an answer: a link never stops a
//! run.
//!
//! It promises to be polite: one request at a time per host with a pause in between, `HEAD` before `GET`, no body read,
//! `Retry-After` obeyed, and a living link isn't asked about again for a week.
//!
//! Start with [`ask()`], which knows nothing about sites; `collect` knows nothing about the network.

mod ask;
mod authorities;
mod collect;
mod memory;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use url::Url;

use crate::diag::{Code, Diagnostic};
use crate::edition::Edition;
use crate::error::Error;

pub use ask::{Answer, Manners, ask};
pub use authorities::Authorities;

use collect::Link;
use memory::Memory;

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// Links that lead nowhere, and links whose state couldn't be determined.
    pub faults: Vec<Diagnostic>,
    /// How many addresses there are.
    pub n_links: usize,
    /// How many of them were asked about now. The other answers are from recent days.
    pub n_asked: usize,
}

/// Checks the links to other sites in an edition of the project at `root`. Before the first request, `tell` receives
/// the number of addresses that will be asked about.
///
/// # Errors
///
/// If the results can't be stored for the next run.
pub fn check(
    root: &Path,
    edition: &Edition,
    manners: &Manners,
    tell: impl FnOnce(usize),
) -> Result<Report, Error> {
    let links = collect::links(edition);
    let now = SystemTime::now();
    let mut memory = Memory::open(root);
    let unknown: Vec<Url> = links
        .iter()
        .filter(|link| memory.age(link.url.as_str(), now).is_none())
        .map(|link| link.url.clone())
        .collect();
    if !unknown.is_empty() {
        tell(unknown.len());
    }
    let answers = ask(&unknown, manners);
    for (url, answer) in &answers {
        memory.keep(url, answer, now);
    }
    memory.save()?;
    let faults = links
        .iter()
        .filter_map(|link| fault(link, &answers, &memory, now));
    Ok(Report {
        faults: faults.collect(),
        n_links: links.len(),
        n_asked: unknown.len(),
    })
}

fn fault(
    link: &Link,
    answers: &BTreeMap<String, Answer>,
    memory: &Memory,
    now: SystemTime,
) -> Option<Diagnostic> {
    let url = link.url.as_str();
    let (answer, when) = match answers.get(url) {
        Some(answer) => (answer.clone(), String::new()),
        None => (memory.answer(url)?, memory.age(url, now).map(asked)?),
    };
    let (code, message) = match answer {
        Answer::Alive => return None,
        Answer::Dead(why) => (
            Code::DeadLink,
            format!("`{url}` leads nowhere: {why}{when}"),
        ),
        Answer::Unanswered(why) => (
            Code::UnansweredLink,
            format!("whether `{url}` leads anywhere can't be told: {why}{when}"),
        ),
    };
    let help = match (code, &link.archived) {
        (Code::DeadLink, Some(archived)) => {
            format!("link to the archived copy, `{archived}`, or to where the page has moved")
        }
        (Code::DeadLink, None) => format!(
            "look for a copy at https://web.archive.org/web/{url} and name it in `archived:`, or link to where the page has moved"
        ),
        (_, _) => "open it in a browser".to_owned(),
    };
    let mut fault = Diagnostic::new(code, link.place.clone(), message).help(help);
    fault.related = link
        .others
        .iter()
        .map(|place| (place.clone(), "and here".to_owned()))
        .collect();
    Some(fault)
}

/// ", as asked 3 days ago".
fn asked(age: Duration) -> String {
    let hours = age.as_secs() / 3600;
    let (n, unit) = match hours {
        0 => return ", as asked within the last hour".to_owned(),
        1..48 => (hours, "hour"),
        _ => (hours / 24, "day"),
    };
    let plural = if n == 1 { "" } else { "s" };
    format!(", as asked {n} {unit}{plural} ago")
}
