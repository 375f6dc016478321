//! Runs git. This is the only place that does, and it never uses a shell or the caller's `GIT_DIR`, and never shows a
//! secret.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::remote::without_secrets;
use crate::error::Error;

/// The transports that a remote may use. `ext` and `fd` run what the address says, and are left out.
const PROTOCOLS: [&str; 5] = ["file", "git", "http", "https", "ssh"];

/// Environment variables that would make git work on a different repository. Hooks, which may start us, set some of
/// them.
const FOREIGN: [&str; 9] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The repository that contains a folder.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    dir: PathBuf,
    /// Whether the folder is the repository itself, so that git shouldn't search for it.
    is_repository: bool,
}

impl Git {
    /// Git as run in a folder, which has to exist.
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            is_repository: false,
        }
    }

    /// Git in a repository without a working tree.
    pub(super) fn in_repository(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            is_repository: true,
        }
    }

    /// The folder that it runs in.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// A git command that hasn't been started; it gets no input, and its messages are in English.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new("git");
        // A file system monitor is a program that the repository's own settings may name.
        command.args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]);
        command
            .args(args)
            .current_dir(&self.dir)
            .stdin(Stdio::null());
        for name in FOREIGN {
            command.env_remove(name);
        }
        if self.is_repository {
            command.env("GIT_DIR", &self.dir);
        }
        command.env("GIT_ALLOW_PROTOCOL", protocols());
        command.env("LC_ALL", "C").env_remove("LANGUAGE");
        // Optional locks would touch the user's index.
        command.env("GIT_OPTIONAL_LOCKS", "0");
        command
    }

    /// Runs git to completion, whatever its exit code.
    pub(super) fn run<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Run, Error> {
        let output = self.command(args).output().map_err(not_started)?;
        Ok(Run(output))
    }

    /// The output of git if the exit code is 0; `None` otherwise.
    pub(crate) fn ask<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Option<String>, Error> {
        let run = self.run(args)?;
        Ok(run.is_fine().then(|| run.line()))
    }

    /// The output of git; if it fails, the error says `action`.
    pub(crate) fn demand<S: AsRef<OsStr>>(
        &self,
        action: &str,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Run, Error> {
        let run = self.run(args)?;
        if run.is_fine() {
            Ok(run)
        } else {
            Err(Error::usage(format!(
                "git could not {action}: {}",
                run.complaint()
            )))
        }
    }
}

/// The transports that git may use. The caller's environment can remove some, but not add any.
fn protocols() -> String {
    let narrowed = std::env::var("GIT_ALLOW_PROTOCOL").ok();
    let is_wanted = |name: &&str| match &narrowed {
        Some(names) => names.split(':').any(|wanted| wanted == *name),
        None => true,
    };
    let wanted: Vec<&str> = PROTOCOLS.into_iter().filter(is_wanted).collect();
    wanted.join(":")
}

impl Git {
    /// Runs a git command to completion, and returns its output; if it fails, the error says `action`.
    pub(crate) fn finish(&self, action: &str, command: &mut Command) -> Result<Vec<u8>, Error> {
        let run = Run(command.output().map_err(not_started)?);
        if run.is_fine() {
            Ok(run.0.stdout)
        } else {
            Err(Error::usage(format!(
                "git could not {action}: {}",
                run.complaint()
            )))
        }
    }
}

/// Reports that git couldn't be started at all.
pub(super) fn not_started(cause: io::Error) -> Error {
    if cause.kind() == io::ErrorKind::NotFound {
        return Error::usage("git isn't installed, or isn't on the `PATH`")
            .help("install it from https://git-scm.com/ and open a new terminal");
    }
    Error::usage(format!("git could not be started: {cause}"))
}

/// A completed run of git.
#[derive(Debug)]
pub(crate) struct Run(Output);

impl Run {
    /// Wraps the output of a completed run.
    pub(super) fn new(output: Output) -> Self {
        Self(output)
    }

    /// Whether its exit code is 0.
    pub(super) fn is_fine(&self) -> bool {
        self.0.status.success()
    }

    /// Whether it was terminated from outside, for example by Ctrl-C.
    pub(super) fn is_cut_short(&self) -> bool {
        self.0.status.code().is_none()
    }

    /// Its output, without the end of the last line.
    pub(super) fn line(&self) -> String {
        let text = String::from_utf8_lossy(&self.0.stdout);
        text.trim_end_matches(['\n', '\r']).to_owned()
    }

    /// Its output, split at zero bytes.
    pub(crate) fn items(&self) -> Vec<String> {
        let items = self.0.stdout.split(|byte| *byte == 0);
        let texts = items.map(|item| String::from_utf8_lossy(item).into_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The remarks of the other side, on one line and without secrets.
    pub(super) fn remarks(&self) -> String {
        let text = without_secrets(&String::from_utf8_lossy(&self.0.stderr));
        let lines: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("remote:"))
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        lines.join(" / ")
    }

    /// Whether any line of its error output starts with this.
    pub(super) fn complains_of(&self, beginning: &str) -> bool {
        let text = String::from_utf8_lossy(&self.0.stderr);
        text.lines().any(|line| line.starts_with(beginning))
    }

    /// Its error output without lines that start with this, on one line and without secrets; empty if nothing remains.
    pub(super) fn complaint_without(&self, beginning: &str) -> String {
        let text = without_secrets(&String::from_utf8_lossy(&self.0.stderr));
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with(beginning))
            .collect();
        lines.join(" / ")
    }

    /// Its error output, on one line and without secrets.
    pub(super) fn complaint(&self) -> String {
        let text = without_secrets(&String::from_utf8_lossy(&self.0.stderr));
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| {
                !line.is_empty() && !line.starts_with("hint:") && !line.starts_with("warning:")
            })
            .map(|line| line.trim_start_matches("fatal: "))
            .collect();
        if lines.is_empty() {
            return format!("it ended with {}", self.0.status);
        }
        lines.join(" / ")
    }
}
