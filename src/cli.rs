//! What was typed: the command line as types, and one match that runs it.
//!
//! The only user of clap. Results go to standard output, diagnostics to standard error.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::diag::{Diagnostics, Severity, Texts, machine, terminal};
use crate::edition::{Edition, Settings};
use crate::error::Error;
use crate::output::{self, Target};
use crate::site::{self, Site};
use crate::{init, project};

/// How wide faults are printed where there is no terminal.
const USUAL_WIDTH: usize = 100;

/// Builds explainer sites from Markdown: sourced timelines, key figures, reactions.
#[derive(Debug, Parser)]
#[command(
    name = "nutgraf",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(after_help = "Start with `nutgraf init my-site`, then `nutgraf build -r my-site`.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Args)]
struct Global {
    /// The project's folder; otherwise `site.yaml` is looked for here and upwards
    #[arg(short, long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Say nothing but faults
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

/// When to use color.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new site that builds at once
    Init(InitArgs),
    /// Build the site
    Build(BuildArgs),
    /// Check everything that `build` checks, and write nothing
    Check(CheckArgs),
    /// Remove what `build` made
    Clean(OutputArgs),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the JSON Schema of the content format, for editors
    Schema {
        /// Which files it is for
        #[arg(default_value = "page")]
        of: SchemaOf,
    },
}

/// What a schema is for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SchemaOf {
    /// Front matter
    Page,
    /// `site.yaml`
    Site,
}

#[derive(Debug, Args)]
struct InitArgs {
    /// The folder of the new site
    #[arg(default_value = ".")]
    dir: PathBuf,
}

/// What decides how a site is made.
#[derive(Debug, Args)]
struct SiteArgs {
    /// Where the site will stand; replaces `base_url` of `site.yaml`
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Show drafts, and records that still need review
    #[arg(long)]
    drafts: bool,
}

#[derive(Debug, Args)]
struct OutputArgs {
    /// The folder of the finished site
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Take warnings as errors
    #[arg(long)]
    strict: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Take warnings as errors
    #[arg(long)]
    strict: bool,
    /// How to print faults
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// How to print faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With excerpts, to standard error
    Human,
    /// As a JSON array, to standard output
    Json,
    /// As GitHub's annotations, to standard output
    Github,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is fine.
    Fine,
    /// The sources have faults.
    Faults,
}

/// Runs the command that was typed.
///
/// # Errors
///
/// Wrong use, and faults of the environment. Faults of the sources are printed, and are an [`Outcome`].
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let Cli { command, global } = cli;
    match command {
        Command::Init(args) => init(&args, &global),
        Command::Build(args) => build(&args, &global),
        Command::Check(args) => check(&args, &global),
        Command::Clean(args) => clean(&args, &global),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "nutgraf", &mut script);
            print(&script)
        }
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Page => crate::document::schema::page_schema(),
                SchemaOf::Site => crate::document::schema::site_schema(),
            };
            print(format!("{schema:#}\n").as_bytes())
        }
    }
}

fn init(args: &InitArgs, global: &Global) -> Result<Outcome, Error> {
    let made = init::init(&args.dir)?;
    if !global.quiet {
        for file in &made {
            say(&format!("made {}", args.dir.join(file).display()))?;
        }
        let dir = args.dir.display();
        say(&format!(
            "Now run `nutgraf build -r {dir}`, and look at {dir}/public/index.html."
        ))?;
    }
    Ok(Outcome::Fine)
}

fn build(args: &BuildArgs, global: &Global) -> Result<Outcome, Error> {
    let start = Instant::now();
    let root = root(global)?;
    let target = target(&root, &args.output.output)?;
    let (edition, mut faults) = open(&root, &args.site)?;
    let read = start.elapsed();
    faults.extend(edition.check());
    let checked = start.elapsed();
    let outcome = outcome(&faults, args.strict);
    if outcome == Outcome::Faults {
        report(&faults, &edition, Format::Human, global)?;
        return Ok(outcome);
    }
    let written = match site::write(&edition, &target, None)? {
        Site::Written(written) => written,
        Site::Failed(found) => {
            faults.extend(found);
            report(&faults, &edition, Format::Human, global)?;
            return Ok(Outcome::Faults);
        }
    };
    report(&faults, &edition, Format::Human, global)?;
    if args.timings {
        let ms = |time: std::time::Duration| time.as_millis();
        say(&format!("read and parsed in {} ms", ms(read)))?;
        say(&format!("checked in {} ms", ms(checked - read)))?;
        say(&format!(
            "rendered and written in {} ms",
            ms(start.elapsed() - checked)
        ))?;
    }
    if !global.quiet {
        let n_pages = count(edition.outline().heads.len(), "page");
        let n_changed = count(written.changed.len(), "file");
        let n_removed = match written.removed.len() {
            0 => String::new(),
            n => format!(", {n} removed"),
        };
        let time = start.elapsed().as_millis();
        let dir = shown(target.dir());
        say(&format!(
            "Built {n_pages} in {dir}: {n_changed} changed{n_removed}, {time} ms."
        ))?;
    }
    Ok(Outcome::Fine)
}

fn check(args: &CheckArgs, global: &Global) -> Result<Outcome, Error> {
    let root = root(global)?;
    let (edition, mut faults) = open(&root, &args.site)?;
    faults.extend(edition.faults());
    report(&faults, &edition, args.format, global)?;
    let outcome = outcome(&faults, args.strict);
    if args.format == Format::Human && !global.quiet && outcome == Outcome::Fine {
        let n_pages = count(edition.outline().heads.len(), "page");
        say(&format!("Checked {n_pages}: no faults."))?;
    }
    Ok(outcome)
}

fn clean(args: &OutputArgs, global: &Global) -> Result<Outcome, Error> {
    let root = root(global)?;
    let target = target(&root, &args.output)?;
    let removed = output::clean(&target)?;
    if !global.quiet {
        let n_files = count(removed.len(), "file");
        say(&format!("Removed {n_files} from {}.", shown(target.dir())))?;
    }
    Ok(Outcome::Fine)
}

/// The project's folder: the one that was given, or the nearest upwards that holds `site.yaml`.
fn root(global: &Global) -> Result<PathBuf, Error> {
    let start = match &global.root {
        Some(root) if root.is_dir() => return Ok(root.clone()),
        Some(root) => {
            let message = format!("there is no folder `{}`", root.display());
            return Err(Error::usage(message));
        }
        None => std::env::current_dir().map_err(|cause| {
            Error::io("find the current folder, asked as", Path::new("."), cause)
        })?,
    };
    project::find_root(&start).ok_or_else(|| {
        let message = format!("there is no `site.yaml` in `{}` or above", start.display());
        Error::usage(message)
            .help("run `nutgraf init` to make a site here, or name its folder with `--root`")
    })
}

fn target(root: &Path, output: &Option<PathBuf>) -> Result<Target, Error> {
    let dir = output.clone().unwrap_or_else(|| root.join("public"));
    Target::resolve(&dir, root)
}

/// Reads the project, and gives the edition of what was read with the faults of reading.
fn open(root: &Path, args: &SiteArgs) -> Result<(Edition, Diagnostics), Error> {
    let mut faults = Diagnostics::new();
    let settings = Settings {
        base_url: args.base_url.as_deref().map(base_url).transpose()?,
        drafts: args.drafts,
    };
    let snapshot = site::read(root, &mut faults)?;
    Ok((Edition::new(Arc::new(snapshot), settings), faults))
}

/// The address that was given on the command line.
fn base_url(written: &str) -> Result<String, Error> {
    crate::config::base_url(written)
        .map_err(|error| Error::usage(format!("`{written}` can't be `--base-url`: {error}")))
}

fn outcome(faults: &Diagnostics, is_strict: bool) -> Outcome {
    let fails = faults.has_errors() || (is_strict && faults.count(Severity::Warning) > 0);
    if fails {
        Outcome::Faults
    } else {
        Outcome::Fine
    }
}

/// Prints the faults of a run, sorted, and how many there are.
fn report(
    faults: &Diagnostics,
    texts: &dyn Texts,
    format: Format,
    global: &Global,
) -> Result<(), Error> {
    match format {
        Format::Json => return print(machine::json(faults, texts).as_bytes()).map(drop),
        Format::Github => return print(machine::github(faults, texts).as_bytes()).map(drop),
        Format::Human => {}
    }
    let is_terminal = std::io::stderr().is_terminal();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = match global.color {
        Color::Always => terminal::Color::Always,
        Color::Auto if is_terminal && !no_color => terminal::Color::Always,
        Color::Auto | Color::Never => terminal::Color::Never,
    };
    let width = terminal_size::terminal_size().filter(|_| is_terminal);
    let width = width.map_or(USUAL_WIDTH, |(width, _)| width.0.into());
    let shown: Diagnostics = faults
        .iter()
        .filter(|fault| !global.quiet || fault.code.severity() != Severity::Hint)
        .cloned()
        .collect();
    let text = terminal::print(&shown, texts, color, width);
    let mut stderr = std::io::stderr().lock();
    let counts = [Severity::Error, Severity::Warning]
        .map(|severity| (faults.count(severity), severity.name()))
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, name)| count(n, name));
    let counts: Vec<String> = counts.collect();
    let summary = match counts.is_empty() {
        true => String::new(),
        false => format!("{}\n", counts.join(" and ")),
    };
    stderr
        .write_all(format!("{text}{summary}").as_bytes())
        .or_else(ignore_closed)
        .map_err(|cause| Error::io("write to", Path::new("standard error"), cause))
}

/// "1 page", "2 pages".
fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}

/// A folder as a person would name it: from here, if it is below here.
fn shown(dir: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| dir.strip_prefix(here).ok().map(Path::to_owned));
    below.as_deref().unwrap_or(dir).display().to_string()
}

fn say(line: &str) -> Result<(), Error> {
    print(format!("{line}\n").as_bytes()).map(drop)
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    let mut stdout = std::io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .or_else(ignore_closed)
        .map_err(|cause| Error::io("write to", Path::new("standard output"), cause))?;
    Ok(Outcome::Fine)
}

/// A reader that has seen enough (`nutgraf schema | head`) is no fault.
fn ignore_closed(error: std::io::Error) -> std::io::Result<()> {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    }
}
