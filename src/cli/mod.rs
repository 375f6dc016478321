//! Parses the command line, and runs the command with a single match.
//!
//! This is the only user of clap. Results go to standard output, diagnostics to standard error.

mod args;
mod build;
mod coverage;
mod diff;
mod docs;
mod doctor;
mod examples;
mod import;
mod progress;
mod publish;
mod screen;
mod theme;
mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::cli::args::{
    CheckArgs, Command, Format, Global, InitArgs, New, NewArgs, OutputArgs, SchemaFormat, SchemaOf,
    ServeArgs, SiteArgs, WatchArgs,
};
use crate::cli::screen::{Screen, count, print, shown};
use crate::config;
use crate::diag::{Diagnostics, Severity};
use crate::document::schema;
use crate::edition::{Depth, Edition, Settings};
use crate::error::Error;
use crate::fix::Plan;
use crate::model::{Day, RecordKind};
use crate::output::{self, Target};
use crate::{committed, init, links, lsp, new, project, serve};

pub use args::Cli;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything went well.
    Fine,
    /// The sources have faults.
    Faults,
}

/// Runs a command.
///
/// # Errors
///
/// Wrong use, and faults of the environment. Faults of the sources are printed, and reported as an [`Outcome`].
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let Cli { command, global } = cli;
    let screen = Screen::new(&global);
    match command {
        Command::Init(args) => init(&args, screen),
        Command::Import(args) => import::import(args, &global, screen),
        Command::New(args) => new(&args, &global, screen),
        Command::Build(args) => build::build(&args, &global, screen),
        Command::Watch(args) => watch(&args, &global, screen),
        Command::Serve(args) => serve(args, &global, screen),
        Command::Check(args) => check(&args, &global, screen),
        Command::Doctor { site } => doctor::doctor(&site, &global, screen),
        Command::Lsp { site } => {
            lsp::run(global.root.clone(), settings(&site)?).map(|()| Outcome::Fine)
        }
        Command::Verify(args) => verify::verify(&args, &global, screen),
        Command::Publish(args) => publish::publish(&args, &global, screen),
        Command::Docs(args) => docs::docs(&args, screen),
        Command::Theme(command) => theme::theme(&command),
        Command::Diff(args) => diff::diff(&args, &global, screen),
        Command::Merge(args) => build::merge(&args, &global, screen),
        Command::Clean(args) => clean(&args, &global, screen),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "nutgraf", &mut script);
            print(&script).map(|()| Outcome::Fine)
        }
        Command::Man { dir } => man(dir.as_deref()),
        Command::Schema { of, format } => {
            print(schema_text(of, format).as_bytes()).map(|()| Outcome::Fine)
        }
    }
}

fn schema_text(of: SchemaOf, format: SchemaFormat) -> String {
    match (format, of) {
        (SchemaFormat::Json, SchemaOf::Page) => format!("{:#}\n", schema::page_schema()),
        (SchemaFormat::Json, SchemaOf::Site) => format!("{:#}\n", schema::site_schema()),
        (SchemaFormat::Markdown, SchemaOf::Page) => schema::page_reference(),
        (SchemaFormat::Markdown, SchemaOf::Site) => schema::site_reference(),
    }
}

fn man(dir: Option<&Path>) -> Result<Outcome, Error> {
    let mut command = Cli::command();
    match dir {
        Some(dir) => {
            command.build();
            clap_mangen::generate_to(command, dir)
                .map_err(|cause| Error::io("write to", dir, cause))?;
        }
        None => {
            let mut page = Vec::new();
            let rendered = clap_mangen::Man::new(command).render(&mut page);
            rendered.map_err(|cause| Error::io("write", Path::new("nutgraf.1"), cause))?;
            print(&page)?;
        }
    }
    Ok(Outcome::Fine)
}

fn init(args: &InitArgs, screen: Screen) -> Result<Outcome, Error> {
    let options = init::InitOptions {
        dir: args.dir.clone(),
        title: args.title.clone(),
        github_pages: args.github_pages,
        from: args.from.clone(),
        n_shards: args.shards,
    };
    let report = init::init(&options, &init::Surroundings::of(&args.dir))?;
    for file in &report.made {
        screen.say(&format!("made {}", placed(&args.dir, file).display()))?;
    }
    for file in &report.kept {
        screen.say(&format!(
            "kept {}, which was here before",
            placed(&args.dir, file).display()
        ))?;
    }
    for advice in &report.advice {
        screen.say(advice)?;
    }
    let serve = match args.dir.as_path() {
        dir if dir == Path::new(".") => "nutgraf serve --open".to_owned(),
        dir => format!("nutgraf serve --open -r {}", quoted(dir)),
    };
    screen.say(&format!("Now run `{serve}` to see it in a browser."))?;
    Ok(Outcome::Fine)
}

/// The path of a file in a folder, without a leading `./`.
fn placed(dir: &Path, file: &Path) -> PathBuf {
    if dir == Path::new(".") {
        file.to_owned()
    } else {
        dir.join(file)
    }
}

/// A path quoted for a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains([' ', '\'', '"', '$', '&', '(', ')', ';']) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text
    }
}

fn new(args: &NewArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let folder = new::folder_for(&root, &here()?, args.into.as_deref())?;
    let page = |kind| {
        let made = new::new(&root, kind, &args.title, &folder)?;
        made.iter()
            .try_for_each(|file| screen.say(&format!("made {}", file.display())))
    };
    let record = |kind| {
        for file in crate::import::begin(&root, kind, &args.title, &folder)? {
            screen.say(&format!("added to {file}"))?;
        }
        screen.say("Now fill in what is left empty; `nutgraf check` says what is missing.")
    };
    match args.what {
        New::Explainer => page(new::Kind::Explainer)?,
        New::Page => page(new::Kind::Page)?,
        New::Event => record(RecordKind::Event)?,
        New::Figure => record(RecordKind::Figure)?,
        New::Reaction => record(RecordKind::Reaction)?,
        New::Source => record(RecordKind::Source)?,
    }
    Ok(Outcome::Fine)
}

fn watch(args: &WatchArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let options = serve::WatchOptions {
        target: target(&root, &args.output)?,
        root,
        settings: settings(&args.site)?,
        poll: args.poll,
    };
    match serve::watch(options, &screen)? {}
}

fn serve(args: ServeArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let options = serve::ServeOptions {
        root: root(global)?,
        settings: settings(&args.site)?,
        port: args.port,
        host: args.host,
        open: args.open,
        follow: args.follow,
        poll: args.poll,
        read_only: args.read_only,
    };
    serve::run(options, Arc::new(screen))?;
    Ok(Outcome::Fine)
}

fn check(args: &CheckArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let (mut edition, of_files) = open(&root, &args.site)?;
    let mut faults = edition.faults(Depth::Templates);
    let screen = screen.strict(args.strict);
    if args.fix {
        (edition, faults) = fix(&root, edition, faults, (args.format, screen))?;
    }
    faults.extend(of_files);
    let asked = if args.links {
        let report = outside_links(&root, &edition, args.format, screen)?;
        faults.extend(report.faults);
        let n_links = count(report.n_links, "outside link");
        format!(
            " Of {n_links}, {} asked about now.",
            match report.n_asked {
                1 => "1 was".to_owned(),
                n => format!("{n} were"),
            }
        )
    } else {
        String::new()
    };
    screen.report(&faults, &edition, args.format)?;
    if global.verbose && args.format == Format::Human {
        coverage::say(&edition, &faults, screen)?;
    }
    let outcome = outcome(&faults, args.strict);
    if args.format == Format::Human && outcome == Outcome::Fine {
        let n_pages = count(edition.heads().len(), "page");
        let warnings = match faults.count(Severity::Warning) {
            0 => "no faults".to_owned(),
            n => count(n, "warning"),
        };
        screen.say(&format!("Checked {n_pages}: {warnings}.{asked}"))?;
    }
    Ok(outcome)
}

/// Fixes every fault with only one answer, and reports what was fixed.
fn fix(
    root: &Path,
    edition: Edition,
    faults: Diagnostics,
    (format, screen): (Format, Screen),
) -> Result<(Edition, Diagnostics), Error> {
    let plan = Plan::new(edition, faults);
    plan.write(root)?;
    if format == Format::Human {
        for fixed in &plan.fixed {
            screen.say(&fixed.to_string())?;
        }
        let n_files = count(plan.n_files(), "file");
        let n_values = count(plan.fixed.len(), "value");
        let fixed = if plan.fixed.is_empty() {
            "There is nothing to fix that has one answer.".to_owned()
        } else {
            format!("Fixed {n_values} in {n_files}.")
        };
        screen.say(&fixed)?;
    }
    Ok((plan.edition, plan.faults))
}

fn outside_links(
    root: &Path,
    edition: &Edition,
    format: Format,
    screen: Screen,
) -> Result<links::Report, Error> {
    let manners = links::Manners {
        authorities: links::Authorities::of_environment()?,
        ..links::Manners::default()
    };
    links::check(root, edition, &manners, |n| {
        if format == Format::Human {
            let n_links = count(n, "outside link");
            // This is only for people who are waiting; if nobody reads it, the check goes on.
            drop(screen.say(&format!("Asking about {n_links}. This may take a while.")));
        }
    })
}

fn clean(args: &OutputArgs, global: &Global, screen: Screen) -> Result<Outcome, Error> {
    let root = root(global)?;
    let target = target(&root, args)?;
    let removed = output::clean(&target)?;
    let n_files = count(removed.len(), "file");
    screen.say(&format!("Removed {n_files} from {}.", shown(target.dir())))?;
    Ok(Outcome::Fine)
}

/// The folder that the command is called in.
fn here() -> Result<PathBuf, Error> {
    std::env::current_dir()
        .map_err(|cause| Error::io("find the current folder", Path::new("."), cause))
}

/// The project's folder: the one given, or the nearest one upwards with a `site.yaml`.
fn root(global: &Global) -> Result<PathBuf, Error> {
    match &global.root {
        Some(root) if root.is_dir() => return Ok(root.clone()),
        Some(root) => {
            let message = format!("there is no folder `{}`", root.display());
            return Err(Error::usage(message));
        }
        None => {}
    }
    let here = here()?;
    project::find_root(&here).ok_or_else(|| {
        let message = format!("there is no `site.yaml` in `{}` or above", here.display());
        Error::usage(message)
            .help("run `nutgraf init` to make a site here, or name its folder with `--root`")
    })
}

fn target(root: &Path, args: &OutputArgs) -> Result<Target, Error> {
    let dir = args.output.clone().unwrap_or_else(|| root.join("public"));
    Target::resolve(&dir, root)
}

fn settings(args: &SiteArgs) -> Result<Settings, Error> {
    Ok(Settings {
        base_url: args.base_url.as_deref().map(base_url).transpose()?,
        drafts: args.drafts,
        today: Some(today(args)?),
        future: args.future,
    })
}

/// The day to build for: the one given, that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), or today.
fn today(args: &SiteArgs) -> Result<Day, Error> {
    if let Some(day) = args.today {
        return Ok(day);
    }
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(ZonedDateTime::now().date());
    };
    let moment = epoch.trim().parse().ok();
    let moment = moment.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let moment = moment.ok_or_else(|| {
        Error::usage(format!(
            "`SOURCE_DATE_EPOCH` is `{epoch}`, which isn't a number of seconds since 1970"
        ))
    })?;
    Ok(moment.to_zoned_datetime(TimeZone::UTC).date())
}

/// The address given on the command line.
fn base_url(written: &str) -> Result<String, Error> {
    config::base_url(written)
        .map_err(|error| Error::usage(format!("`{written}` can't be `--base-url`: {error}")))
}

/// Reads the project. Returns its edition, with the faults of reading and of missing files.
fn open(root: &Path, args: &SiteArgs) -> Result<(Edition, Diagnostics), Error> {
    let (edition, mut faults) = read(root, args)?;
    faults.extend(committed::faults(root, &edition, &faults));
    faults.extend(project::foreign_data(root));
    Ok((edition, faults))
}

/// Reads the project, and gives the edition of what was read with the faults of reading.
fn read(root: &Path, args: &SiteArgs) -> Result<(Edition, Diagnostics), Error> {
    let mut faults = Diagnostics::new();
    let snapshot = config::snapshot(root, &mut faults)?;
    Ok((Edition::new(Arc::new(snapshot), settings(args)?), faults))
}

fn outcome(faults: &Diagnostics, is_strict: bool) -> Outcome {
    let fails =
        faults.has_errors() || (is_strict && faults.iter().any(|fault| fault.code.fails_strict()));
    if fails {
        Outcome::Faults
    } else {
        Outcome::Fine
    }
}
