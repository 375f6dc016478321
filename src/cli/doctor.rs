//! `nutgraf doctor`: whether everything that a site needs is here.

use crate::cli::args::{Global, SiteArgs};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, root, settings};
use crate::doctor::{self, State};
use crate::error::Error;

pub(super) fn doctor(args: &SiteArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    // A folder that was named has to exist; without one, that there is no site here is a finding.
    let root = match (root(global), &global.root) {
        (Err(error), Some(_)) => return Err(error),
        (root, _) => root.ok(),
    };
    let findings = doctor::examine(root.as_deref(), settings(args)?)?;
    for finding in &findings {
        match finding.state {
            State::Fine | State::Note => screen.say(&finding.to_string())?,
            State::Unpublishable | State::Broken => screen.complain(&finding.to_string())?,
        }
    }
    let worst = findings.iter().map(|finding| finding.state).max();
    Ok(match worst.unwrap_or(State::Fine) {
        State::Fine | State::Note => {
            screen.say("The site can be built and published.")?;
            Outcome::Fine
        }
        State::Unpublishable => {
            screen.say("The site can be built; before it is published, see to the faults.")?;
            Outcome::Fine
        }
        State::Broken => Outcome::Faults,
    })
}
