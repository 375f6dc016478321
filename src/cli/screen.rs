//! The output of a run: results to standard output, faults to standard error.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::cli::args::{Color, Format, Global};
use crate::diag::digest::Digest;
use crate::diag::{Code, Diagnostics, Severity, Texts, machine, terminal};
use crate::error::Error;
use crate::project::SourcePath;
use crate::serve::Console;

/// The width of reports without a terminal, in characters: that of most logs.
const USUAL_WIDTH: usize = 100;

/// Where a run prints its messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    color: Color,
    is_quiet: bool,
    is_verbose: bool,
    is_strict: bool,
}

impl Screen {
    pub(super) fn new(global: &Global) -> Self {
        Self {
            color: global.color,
            is_quiet: global.quiet,
            is_verbose: global.verbose,
            is_strict: false,
        }
    }

    /// The same for a run in which warnings, and some hints, are errors.
    pub(super) fn strict(self, is_strict: bool) -> Self {
        Self { is_strict, ..self }
    }

    /// Prints one line, unless only faults are wanted.
    pub(super) fn say(&self, line: &str) -> Result<(), Error> {
        if self.is_quiet {
            Ok(())
        } else {
            print(format!("{line}\n").as_bytes())
        }
    }

    /// Prints one line to standard error in any case.
    pub(super) fn complain(&self, line: &str) -> Result<(), Error> {
        print_faults(format!("{line}\n").as_bytes())
    }

    /// Prints the faults of a run, sorted, and their number.
    pub(super) fn report(
        &self,
        faults: &Diagnostics,
        texts: &dyn Texts,
        format: Format,
    ) -> Result<(), Error> {
        match format {
            Format::Json => print(machine::json(faults, texts).as_bytes()),
            Format::Github => print(machine::github(faults, texts).as_bytes()),
            Format::Human => print_faults(self.human(faults, texts).as_bytes()),
        }
    }

    fn human(&self, faults: &Diagnostics, texts: &dyn Texts) -> String {
        let is_terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match self.color {
            Color::Always => terminal::Color::Always,
            Color::Auto if is_terminal && !no_color => terminal::Color::Always,
            Color::Auto | Color::Never => terminal::Color::Never,
        };
        let width = terminal_size::terminal_size().filter(|_| is_terminal);
        let width = width.map_or(USUAL_WIDTH, |(width, _)| width.0.into());
        let is_failing = |code: Code| self.is_strict && code.fails_strict();
        let is_shown =
            |code: Code| !self.is_quiet || is_failing(code) || code.severity() != Severity::Hint;
        let shown: Diagnostics = faults
            .iter()
            .filter(|fault| is_shown(fault.code))
            .cloned()
            .collect();
        let may_leave_out =
            |code: Code| !self.is_verbose && code.severity() == Severity::Hint && !is_failing(code);
        let digest = Digest::of(&shown, may_leave_out);
        let mut text = terminal::print(&digest.shown, texts, color, width);
        if !digest.rest.is_empty() {
            text.push('\n');
            for rest in &digest.rest {
                text.push_str(&format!("{}\n", rest.line()));
            }
            text.push_str("`--verbose` shows all of them\n");
        }
        let hints = shown
            .iter()
            .filter(|fault| fault.code.severity() == Severity::Hint && is_failing(fault.code));
        let n_hints = hints.count();
        let merged: Diagnostics = faults.merged().into_iter().collect();
        let counts: Vec<String> = [Severity::Error, Severity::Warning]
            .map(|severity| (merged.count(severity), severity.name()))
            .into_iter()
            .chain([(n_hints, "hint that `--strict` takes for an error")])
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| count(n, name))
            .collect();
        if !counts.is_empty() {
            text.push_str(&counts.join(" and "));
            text.push('\n');
            text.push_str(&by_file(&merged));
            let worst = merged.iter().min_by_key(|fault| fault.code.severity());
            if let Some(worst) = worst.filter(|_| is_terminal) {
                let name = worst.code.name();
                text.push_str(&format!("`nutgraf docs {name}` says more about `{name}`\n"));
            }
        }
        text
    }
}

impl Console for Screen {
    fn say(&self, line: &str) {
        // A preview continues even if nobody reads its messages.
        drop(Screen::say(self, line));
    }

    fn report(&self, faults: &Diagnostics, texts: &dyn Texts) {
        if faults.is_empty() {
            drop(Screen::say(self, "All faults are fixed."));
        }
        drop(Screen::report(self, faults, texts, Format::Human));
    }
}

/// From how many files on each is counted by itself. The reports of fewer are seen at a glance.
const MANY_FILES: usize = 4;

/// How many errors and warnings each file has, a line each; empty if they are in few files.
fn by_file(faults: &Diagnostics) -> String {
    let mut files: BTreeMap<&SourcePath, [usize; 2]> = BTreeMap::new();
    for fault in faults.iter() {
        let kind = match fault.code.severity() {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Hint => continue,
        };
        files.entry(&fault.place.file).or_default()[kind] += 1;
    }
    if files.len() < MANY_FILES {
        return String::new();
    }
    let lines = files.into_iter().map(|(file, [errors, warnings])| {
        let counts = [(errors, "error"), (warnings, "warning")].into_iter();
        let counts = counts.filter(|(n, _)| *n > 0);
        let counts: Vec<String> = counts.map(|(n, name)| count(n, name)).collect();
        format!("  {file}: {}\n", counts.join(", "))
    });
    lines.collect()
}

/// "1 page", "2 pages".
pub(super) fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}

/// A folder as a person would name it: relative to the working directory if it is inside.
pub(super) fn shown(dir: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| dir.strip_prefix(here).ok().map(Path::to_owned));
    below.as_deref().unwrap_or(dir).display().to_string()
}

/// Prints results.
pub(super) fn print(bytes: &[u8]) -> Result<(), Error> {
    write(std::io::stdout().lock(), bytes, "standard output")
}

fn print_faults(bytes: &[u8]) -> Result<(), Error> {
    write(std::io::stderr().lock(), bytes, "standard error")
}

/// A reader that has seen enough (`nutgraf schema | head`) isn't an error.
fn write(mut stream: impl Write, bytes: &[u8], name: &str) -> Result<(), Error> {
    let wrote = stream.write_all(bytes).and_then(|()| stream.flush());
    match wrote {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::io("write to", Path::new(name), error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
