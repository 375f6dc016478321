//! Sites for tests: written to a folder of their own, and handed to the real program.

#![allow(dead_code, reason = "each test file uses its part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A project in a folder that goes away with it.
pub(crate) struct Project {
    dir: TempDir,
}

impl Project {
    /// A project of these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// The smallest project that builds: a site, a source, an event.
    pub(crate) fn small() -> Self {
        Self::new(&[
            ("site.yaml", "title: Test\n"),
            (
                "content/index.md",
                "---\ntitle: Home\nexplainer: true\nsources:\n  - id: paper\n    title: The paper\n---\nHello [@paper].\n",
            ),
            (
                "content/timeline.md",
                "---\ntitle: Timeline\nevents:\n  - id: vote\n    date: 2025-01-27\n    title: The vote\n    source: paper\n---\n",
            ),
        ])
    }

    /// The project's folder.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// A path in the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a file says.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The program, in this project's folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = nutgraf(args);
        command.current_dir(self.root());
        command
    }

    /// Runs the program in this project's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args))
    }

    /// Runs the program for this project on a day: `2025-02-03`.
    #[allow(dead_code, reason = "not all tests depend on the day")]
    pub(crate) fn run_on(&self, day: &str, args: &[&str]) -> Run {
        let day: jiff::civil::Date = day.parse().unwrap();
        let noon = day.at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
        let mut command = self.command(args);
        command.env("SOURCE_DATE_EPOCH", noon.as_second().to_string());
        Run::of(command)
    }

    /// Runs the program in a folder of this project.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> Run {
        let mut command = self.command(args);
        command.current_dir(self.path(folder));
        Run::of(command)
    }
}

/// The program, without color.
pub(crate) fn nutgraf(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nutgraf"));
    command.args(args).env("NO_COLOR", "1");
    command
}

/// What a run of the program gave.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// What went to standard output.
    pub(crate) stdout: String,
    /// What went to standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(mut command: Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        Self {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// The run, if it ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "\n-- stdout\n{}\n-- stderr\n{}",
            self.stdout, self.stderr
        );
        self
    }
}

/// Every file below a folder with its bytes, by path.
pub(crate) fn tree(dir: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            (path.to_str().unwrap().to_owned(), bytes)
        })
        .collect()
}
