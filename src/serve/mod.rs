//! Shows the site while it is being written.
//!
//! [`run`] is `nutgraf serve`: a preview in memory, which never writes to the output folder. [`watch()`] is `nutgraf
//! watch`, which keeps the output folder up to date. Both do the same after every edit: reread what changed, update the
//! database of the [edition](crate::edition), and then serve or write the result. A build asks the same queries, so
//! neither can show anything that a clean build wouldn't.
//!
//! No request sees half a site: an edition replaces the previous one as a whole. A page with faults stays as it was,
//! with a report on it.
//!
//! Modules: `watch`, `burst` and `checkout` notice that something changed, `sources` and `intake` reread it; `preview`
//! decides what is answered, from a `state` and a `page_cache`; `checker` looks for faults in the background; only
//! `http` knows sockets; `outgoing` adds to pages what a preview needs, and `fingerprint` tells browsers when to
//! reload.

mod burst;
mod checker;
mod checkout;
mod fingerprint;
mod hosts;
mod http;
mod intake;
mod media;
mod outgoing;
mod page_cache;
mod preview;
mod sources;
mod state;
mod watch;
mod workbench;

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::config;
use crate::diag::{Diagnostic, Diagnostics, Severity, Texts};
use crate::edition::{Depth, Edition, Settings};
use crate::error::Error;
use crate::output::{Target, Written};
use crate::project::Snapshot;
use crate::serve::checker::Checker;
use crate::serve::http::{Listeners, ReloadChannel};
use crate::serve::intake::{Intake, Trouble};
use crate::serve::preview::{Browser, Preview};
use crate::serve::sources::Sources;
use crate::serve::watch::{Mode, Watch};
use crate::serve::workbench::Workbench;
use crate::site::{self, WriteOutcome};

/// Where a preview reports what happens.
pub trait Console: Send + Sync {
    /// Prints one line.
    fn say(&self, line: &str);

    /// Shows faults. Each is passed only once until it is fixed.
    fn report(&self, faults: &Diagnostics, texts: &dyn Texts);
}

/// The options of a preview.
pub struct ServeOptions {
    /// The project's folder.
    pub root: PathBuf,
    /// The settings that the command line adds to `site.yaml`.
    pub settings: Settings,
    /// The port; 0 for any free one, `None` for the default or the next free one.
    pub port: Option<u16>,
    /// An address or name of this machine at which others can reach the preview.
    pub host: Option<String>,
    /// Whether to open the site in a browser.
    pub open: bool,
    /// Whether browsers move to the page being edited.
    pub follow: bool,
    /// Whether to poll for changes, for systems that don't report them.
    pub poll: bool,
    /// Whether editing pages in the browser is disabled. With a `host` other than this machine's own, it always is.
    pub read_only: bool,
}

/// A preview that is ready for requests.
pub struct Server {
    listeners: Listeners,
    preview: Arc<Preview>,
    reload: ReloadChannel,
    workbench: Option<Arc<Workbench>>,
    url: String,
}

/// Previews a project until Ctrl-C.
///
/// # Errors
///
/// As for [`Server::start`].
pub fn run(options: ServeOptions, console: Arc<dyn Console>) -> Result<(), Error> {
    let is_shown = options.open;
    let server = Server::start(options, console.clone())?;
    if is_shown {
        show_in_browser(&server.url, &*console);
    }
    server.run()
}

impl Server {
    /// Opens the ports, reads a project and starts following edits.
    ///
    /// # Errors
    ///
    /// If the project can't be read, or the requested port is taken.
    pub fn start(options: ServeOptions, console: Arc<dyn Console>) -> Result<Self, Error> {
        let start = Instant::now();
        let ServeOptions { root, settings, .. } = options;
        let mode = if options.poll {
            Mode::Polling
        } else {
            Mode::Native
        };
        // The port is opened before the sources are read: a browser that comes early waits instead of being turned
        // away.
        let config = config::of_project(&root)?;
        let usual_port = config.as_ref().and_then(|config| config.preview_port);
        let ignore = config::ignored_by(config);
        let listeners = Listeners::open(options.port, usual_port, options.host.as_deref())?;
        let sources = Sources::open(&root, ignore)?;
        let edition = Arc::new(Edition::new(sources.snapshot().clone(), settings));
        let reload = ReloadChannel::new();
        let announcing = reload.clone();
        let announce = Box::new(move || announcing.announce());
        let reading = sources.faults().clone();
        let nonce = format!("{:016x}", RandomState::new().hash_one(std::process::id()));
        let can_edit = !options.read_only && !listeners.is_open_to_others();
        let preview = Preview::new(
            edition,
            reading,
            Browser {
                follows: options.follow,
                edits: can_edit,
                nonce,
            },
            announce,
        );
        let preview = Arc::new(preview);
        let port = listeners.addresses()[0].port();
        let new_workbench = || Workbench::new(root.clone(), preview.clone(), port).map(Arc::new);
        let workbench = can_edit.then(new_workbench).transpose()?;
        let url = format!("{}{}", listeners.url(), preview.address());
        console.say(&format!(
            "Previewing {url} after {} ms; Ctrl-C ends it.",
            start.elapsed().as_millis()
        ));
        if let Some(workbench) = &workbench {
            let key = workbench.session().key();
            console.say(&format!(
                "Edit it at {}/__nutgraf/edit#{key}",
                listeners.url()
            ));
        }
        if listeners.is_open_to_others() {
            for address in listeners.addresses() {
                console.say(&format!(
                    "warning: anyone who can reach {address} can read this site"
                ));
            }
        }
        let checker = Checker::start(preview.clone(), console.clone());
        let shown = preview.clone();
        spawn("follow edits", move || {
            // Setting up watches takes long in large projects, so it starts after the first page.
            let follower = Follower {
                intake: Intake::new(Watch::start(&root, mode), sources),
                preview: shown,
                checker,
                console,
            };
            follower.run();
        })?;
        Ok(Self {
            listeners,
            preview,
            reload,
            workbench,
            url,
        })
    }

    /// The address of the site's front page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers requests until Ctrl-C.
    ///
    /// # Errors
    ///
    /// If the system doesn't provide threads or signals.
    pub fn run(self) -> Result<(), Error> {
        let hosts = self.listeners.hosts.clone();
        http::run(
            self.listeners,
            hosts,
            self.preview,
            self.reload,
            self.workbench,
        )
    }
}

/// Applies every edit to the preview.
struct Follower {
    intake: Intake,
    preview: Arc<Preview>,
    checker: Checker,
    console: Arc<dyn Console>,
}

impl Follower {
    fn run(mut self) {
        // Changes made after reading and before watching are found by rereading everything.
        let mut first = Some(watch::everything());
        loop {
            let checker = &self.checker;
            let paths = first
                .take()
                .unwrap_or_else(|| self.intake.wait(&|| checker.pause()));
            let Some(edit) = self.intake.read(paths, &*self.console) else {
                self.checker.resume();
                continue;
            };
            let reading = self.intake.sources().faults().clone();
            self.preview.replace(&edit.snapshot, reading, &edit.changed);
            self.console.say(&edit.to_string());
            self.checker.check();
        }
    }
}

/// The options of `nutgraf watch`.
pub struct WatchOptions {
    /// The project's folder.
    pub root: PathBuf,
    /// The settings that the command line adds to `site.yaml`.
    pub settings: Settings,
    /// The folder of the finished site.
    pub target: Target,
    /// Whether to poll for changes, for systems that don't report them.
    pub poll: bool,
}

/// Builds a project, and again after every edit. The output is the same as that of a clean build; nothing is written
/// while there are faults.
///
/// Returns only with an error: Ctrl-C ends the process, and does no harm.
///
/// # Errors
///
/// If the project can't be read or its output can't be written at the start. Later, such errors are reported, and
/// whatever failed is tried again until it succeeds.
pub fn watch(
    options: WatchOptions,
    console: &dyn Console,
) -> Result<std::convert::Infallible, Error> {
    let WatchOptions {
        root,
        settings,
        target,
        poll,
    } = options;
    let watch = Watch::start(&root, if poll { Mode::Polling } else { Mode::Native });
    let sources = Sources::open(&root, config::ignored_by(config::of_project(&root)?))?;
    let mut intake = Intake::new(watch, sources);
    let mut edition = Edition::new(intake.sources().snapshot().clone(), settings);
    let mut writer = Writer {
        target,
        written: None,
        reporter: Reporter::default(),
    };
    writer.write(&edition, intake.sources(), Instant::now(), console)?;
    intake.say_notices(console);
    let mut trouble = Trouble::new("The site can be written again.");
    let mut is_written = true;
    loop {
        let paths = if is_written {
            intake.wait(&|| {})
        } else {
            intake.wait_to_try_again()
        };
        let start = match intake.read(paths, console) {
            Some(edit) => {
                edition = edition.after(edit.snapshot.clone());
                edit.start
            }
            None if is_written => continue,
            None => Instant::now(),
        };
        let written = writer.write(&edition, intake.sources(), start, console);
        is_written = written.is_ok();
        trouble.settle(written.map(Some), console);
    }
}

/// A project on disk, as last read.
pub struct OnDisk {
    /// The files.
    pub snapshot: Arc<Snapshot>,
    /// The faults of single files: links, pipes, names.
    pub faults: Diagnostics,
}

/// Reads a project and passes it to `take`, and again after every change on disk, until `take` wants no more.
///
/// # Errors
///
/// If the project can't be read at the start. Later, such errors are reported.
pub fn follow(
    root: &Path,
    console: &dyn Console,
    take: &dyn Fn(OnDisk) -> bool,
) -> Result<(), Error> {
    let sources = Sources::open(root, config::ignored_by(config::of_project(root)?))?;
    let on_disk = |sources: &Sources| OnDisk {
        snapshot: sources.snapshot().clone(),
        faults: sources.faults().clone(),
    };
    let mut is_wanted = take(on_disk(&sources));
    let mut intake = Intake::new(Watch::start(root, Mode::Native), sources);
    // Changes made after reading and before watching are found by rereading everything.
    let mut paths = watch::everything();
    while is_wanted {
        if intake.read(paths, console).is_some() {
            is_wanted = take(on_disk(intake.sources()));
        }
        paths = intake.wait(&|| {});
    }
    Ok(())
}

/// Writes one edition after another into a folder.
struct Writer {
    target: Target,
    written: Option<Written>,
    reporter: Reporter,
}

impl Writer {
    fn write(
        &mut self,
        edition: &Edition,
        sources: &Sources,
        start: Instant,
        console: &dyn Console,
    ) -> Result<(), Error> {
        let mut faults = edition.faults(Depth::Evidence);
        faults.extend(sources.faults().iter().cloned());
        let site = if faults.has_errors() {
            None
        } else {
            Some(site::write(
                edition,
                &self.target,
                None,
                self.written.as_ref(),
                &site::Silent,
            )?)
        };
        let n_pages = edition.heads().len();
        let mut line = None;
        match site {
            Some(WriteOutcome::Written(written)) => {
                let n_changed = written.changed.len() + written.removed.len();
                line = Some(format!(
                    "Built {n_pages} pages: {n_changed} files changed, {} ms.",
                    start.elapsed().as_millis()
                ));
                self.written = Some(written);
            }
            Some(WriteOutcome::Failed(failed)) => faults.extend(failed),
            None => {}
        }
        self.reporter.report(&faults, edition, console);
        if let Some(line) = line {
            console.say(&line);
        }
        Ok(())
    }
}

/// How many new hints to show at once. A large site has tens of thousands, and they must not scroll an error away.
const MAX_HINTS: usize = 25;

/// Reports faults to the writer, and remembers which it has reported.
#[derive(Default)]
struct Reporter(BTreeSet<Diagnostic>);

impl Reporter {
    /// Shows new faults, and says when there are no errors left.
    fn report(&mut self, faults: &Diagnostics, texts: &dyn Texts, console: &dyn Console) {
        let all: BTreeSet<Diagnostic> = faults.iter().cloned().collect();
        let is_hint = |fault: &&Diagnostic| fault.code.severity() == Severity::Hint;
        let (hints, others): (Vec<_>, Vec<_>) = all.difference(&self.0).partition(is_hint);
        let n_left_out = hints.len().saturating_sub(MAX_HINTS);
        let new: Diagnostics = others
            .into_iter()
            .chain(hints.into_iter().take(MAX_HINTS))
            .cloned()
            .collect();
        let had_errors = self.0.iter().any(state::is_error);
        if !new.is_empty() {
            console.report(&new, texts);
        }
        if n_left_out > 0 {
            console.say(&format!(
                "… and {n_left_out} more hints; `nutgraf check` shows all of them."
            ));
        }
        let n_errors = faults.count(Severity::Error);
        match n_errors {
            0 if had_errors => console.say("All errors are fixed."),
            1.. if !new.has_errors() && all.len() < self.0.len() => {
                console.say(&format!("Errors left: {n_errors}."));
            }
            _ => {}
        }
        self.0 = all;
    }
}

fn spawn(what: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let spawned = std::thread::Builder::new()
        .name(what.to_owned())
        .spawn(work);
    let failed = |cause| Error::io("start the thread to", Path::new(what), cause);
    spawned.map(drop).map_err(failed)
}

/// Opens the site in the writer's browser. No shell is used, and a failure is only mentioned.
fn show_in_browser(url: &str, console: &dyn Console) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    command.args(arguments).arg(url);
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if let Err(cause) = command.spawn() {
        console.say(&format!(
            "note: no browser could be opened ({program}: {cause})"
        ));
    }
}
