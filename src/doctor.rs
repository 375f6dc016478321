//! `nutgraf doctor`: checks that everything is here that a site needs to be built and published.
//!
//! It changes nothing, and asks no other machine.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::config::{self, Settings};
use crate::diag::{Code, Diagnostics, Severity};
use crate::edition::{Depth, Edition};
use crate::error::Error;
use crate::evidence::LOCK;
use crate::project::SourcePath;
use crate::publish::{Git, Repository};

/// Environment variables that affect what is built or printed.
const VARIABLES: [&str; 4] = ["SOURCE_DATE_EPOCH", "NO_COLOR", "HTTPS_PROXY", "GIT_DIR"];

/// The state of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Fine,
    /// Good to know.
    Note,
    /// An obstacle to publishing.
    Unpublishable,
    /// An obstacle to building.
    Broken,
}

/// A finding about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its state.
    pub state: State,
    /// What was examined, in a word or two.
    pub what: &'static str,
    /// What was found.
    pub says: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// "ok    git: git version 2.47.1".
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.state {
            State::Fine => "ok",
            State::Note => "note",
            State::Unpublishable | State::Broken => "fault",
        };
        write!(f, "{mark:<6}{}: {}", self.what, self.says)?;
        match &self.help {
            Some(help) => write!(f, "\n      help: {help}"),
            None => Ok(()),
        }
    }
}

fn finding(state: State, what: &'static str, says: impl Into<String>) -> Finding {
    Finding {
        state,
        what,
        says: says.into(),
        help: None,
    }
}

impl Finding {
    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Examines the program, its surroundings, and the project at `root` if there is one.
///
/// # Errors
///
/// If a file or folder of the project can't be read.
pub fn examine(root: Option<&Path>, settings: Settings) -> Result<Vec<Finding>, Error> {
    let version = concat!(env!("CARGO_PKG_VERSION"), env!("NUTGRAF_COMMIT"));
    let system = format!("{} on {}", std::env::consts::ARCH, std::env::consts::OS);
    let mut findings = vec![finding(
        State::Fine,
        "nutgraf",
        format!("{version}, {system}"),
    )];
    findings.extend(environment());
    let Some(root) = root else {
        let none = finding(
            State::Broken,
            "project",
            "there is no `site.yaml` here or above",
        );
        findings.push(none.help("run `nutgraf init` to make a site here"));
        findings.extend(git(Path::new(".")).1);
        return Ok(findings);
    };
    findings.extend(project(root, settings)?);
    let (has_git, of_git) = git(root);
    findings.extend(of_git);
    if has_git {
        findings.extend(repository(root)?);
    }
    Ok(findings)
}

fn environment() -> Vec<Finding> {
    let set = VARIABLES.into_iter().filter_map(|name| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
        // A proxy's address may contain a password.
        let shown = match name {
            "HTTPS_PROXY" => String::new(),
            _ => format!(" to `{value}`"),
        };
        let says = format!("`{name}` is set{shown}");
        Some(finding(State::Note, "environment", says))
    });
    set.collect()
}

fn project(root: &Path, settings: Settings) -> Result<Vec<Finding>, Error> {
    let mut faults = Diagnostics::new();
    let snapshot = config::snapshot(root, &mut faults)?;
    let has_lock = snapshot.get(&SourcePath::new(LOCK)).is_some();
    let edition = Edition::new(Arc::new(snapshot), settings);
    faults.extend(edition.faults(Depth::Evidence));
    let n_pages = edition.heads().len();
    let of_pages = match faults.count(Severity::Error) {
        0 => finding(
            State::Fine,
            "project",
            format!("{} in {}", pages(n_pages), root.display()),
        ),
        n => finding(
            State::Broken,
            "project",
            format!("{} in {}, and errors: {n}", pages(n_pages), root.display()),
        )
        .help("`nutgraf check` names them, and `nutgraf check --fix` fixes what has one answer"),
    };
    let config = edition.config();
    let address = config.as_ref().and_then(|config| config.base_url.clone());
    let address = match address {
        Some(url) => finding(State::Fine, "address", url),
        None => finding(State::Note, "address", "`site.yaml` has no `base_url`").help(
            "without it, a site has no feed, no sitemap and no pictures for where it is shared",
        ),
    };
    let evidence = if has_lock {
        finding(
            State::Fine,
            "evidence",
            "`evidence.lock` says what was verified",
        )
    } else {
        finding(State::Note, "evidence", "nothing was verified yet")
            .help("run `nutgraf verify` where the texts of the sources are")
    };
    let plain = faults.iter().find(|fault| fault.code == Code::PlainCard);
    let fonts = plain.map(|plain| {
        let found = finding(State::Note, "fonts", &*plain.message);
        match &plain.help {
            Some(help) => found.help(help),
            None => found,
        }
    });
    Ok([of_pages, address, evidence]
        .into_iter()
        .chain(fonts)
        .collect())
}

fn pages(n: usize) -> String {
    match n {
        1 => "1 page".to_owned(),
        n => format!("{n} pages"),
    }
}

/// Whether there is git, and the findings about it.
fn git(dir: &Path) -> (bool, Vec<Finding>) {
    match Git::new(dir).ask(["--version"]) {
        Ok(Some(version)) => (true, vec![finding(State::Fine, "git", version)]),
        Ok(None) | Err(_) => {
            let none = finding(State::Unpublishable, "git", "git can't be started");
            let help = "install git; only `publish` and `diff` need it";
            (false, vec![none.help(help)])
        }
    }
}

/// What publishing needs from the repository.
fn repository(root: &Path) -> Result<Vec<Finding>, Error> {
    let git = Git::new(root);
    let inside = git.ask(["rev-parse", "--is-inside-work-tree"])?;
    if inside.as_deref() != Some("true") {
        let none = finding(
            State::Unpublishable,
            "repository",
            "the project isn't in a git repository",
        );
        return Ok(vec![none.help("run `git init`, and commit the files")]);
    }
    let head = git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
    let changed = git
        .ask(["status", "--porcelain", "--", "."])?
        .unwrap_or_default();
    let n_changed = changed.lines().filter(|line| !line.is_empty()).count();
    let mut findings = vec![match (head, n_changed) {
        (None, _) => finding(State::Unpublishable, "repository", "there is no commit yet")
            .help("run `git add .` and `git commit`"),
        (Some(_), 0) => finding(State::Fine, "repository", "everything is committed"),
        (Some(_), n) => finding(
            State::Note,
            "repository",
            format!("files with changes that aren't committed: {n}"),
        )
        .help("`publish` wants them committed, or `--force`"),
    }];
    let identity = ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"];
    if git.ask(identity)?.is_none() {
        let none = finding(
            State::Unpublishable,
            "author",
            "git doesn't know who you are",
        );
        findings.push(none.help(
            "run `git config --global user.name \"Your Name\"` and `git config --global user.email you@example.org`",
        ));
    }
    findings.push(remote(&git)?);
    findings.extend(large_files(&git)?);
    Ok(findings)
}

fn remote(git: &Git) -> Result<Finding, Error> {
    let remotes = git.ask(["remote"])?.unwrap_or_default();
    let names: Vec<&str> = remotes.lines().filter(|name| !name.is_empty()).collect();
    let name = match names.as_slice() {
        [] => {
            let none = finding(
                State::Unpublishable,
                "remote",
                "the repository has no remote",
            );
            return Ok(none.help("run `git remote add origin ADDRESS`"));
        }
        [one] => *one,
        several => {
            if several.contains(&"origin") {
                "origin"
            } else {
                let says = format!("there are several remotes: {}", several.join(", "));
                let many = finding(State::Note, "remote", says);
                return Ok(many.help("say which with `nutgraf publish --remote NAME`"));
            }
        }
    };
    let url = git.ask(["remote", "get-url", "--push", "--", name])?;
    let repository = url.as_deref().and_then(Repository::of);
    let says = match repository.as_ref().and_then(Repository::pages) {
        Some(pages) => format!("`{name}`, whose host publishes at {pages}"),
        None => format!("`{name}`"),
    };
    Ok(finding(State::Fine, "remote", says))
}

/// Reports files kept by git-lfs if it isn't installed.
fn large_files(git: &Git) -> Result<Option<Finding>, Error> {
    let attributes = [
        "grep",
        "--quiet",
        "--untracked",
        "filter=lfs",
        "--",
        ":(top,glob)**/.gitattributes",
    ];
    if git.ask(attributes)?.is_none() {
        return Ok(None);
    }
    Ok(Some(match git.ask(["lfs", "version"])? {
        Some(version) => finding(State::Fine, "git-lfs", version),
        None => finding(
            State::Broken,
            "git-lfs",
            "files are kept by git-lfs, which isn't installed",
        )
        .help("install git-lfs, then run `git lfs install` and `git lfs pull`"),
    }))
}
