//! The progress bar of a long build, and the report of `--timings`.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::screen::{Screen, count};
use crate::edition::Edition;
use crate::error::Error;
use crate::plan::Output;
use crate::project::OutputPath;
use crate::site::Progress;

/// A build that is faster than this shows no progress: a bar that flashes by only distracts.
const PATIENCE: Duration = Duration::from_millis(400);

/// The most often that the terminal is redrawn; more is wasted on a person.
const FRAMES_PER_SECOND: u8 = 10;

/// How many pages and templates `--timings` lists: those worth improving first.
const SLOWEST: usize = 5;

/// The progress of a build.
pub(super) struct Waiting {
    start: Instant,
    bar: ProgressBar,
    is_wanted: bool,
    /// Set once the build has taken so long that somebody wants to see its progress.
    is_drawn: OnceLock<()>,
    /// How long each output took; `None` unless that is wanted.
    took: Option<Mutex<Vec<(OutputPath, Duration)>>>,
}

impl Waiting {
    /// Starts tracking a build. If standard error isn't a terminal, nothing is ever drawn.
    pub(super) fn begin(is_wanted: bool, is_timed: bool) -> Self {
        Self {
            start: Instant::now(),
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
                .with_style(style("{msg} …")),
            is_wanted,
            is_drawn: OnceLock::new(),
            took: is_timed.then(Mutex::default),
        }
    }

    /// Sets the name of the current stage.
    pub(super) fn stage(&self, name: &'static str) {
        self.draw();
        self.bar.set_message(name);
    }

    /// Removes the bar from the terminal.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Shows the bar once a build has taken long; without a terminal, nothing is shown.
    fn draw(&self) {
        if self.is_wanted && self.start.elapsed() > PATIENCE {
            self.is_drawn.get_or_init(|| {
                let target = ProgressDrawTarget::stderr_with_hz(FRAMES_PER_SECOND);
                self.bar.set_draw_target(target);
            });
        }
    }

    /// Lists the outputs and templates that took longest.
    pub(super) fn say_slowest(&self, edition: &Edition, screen: Screen) -> Result<(), Error> {
        let Some(took) = &self.took else {
            return Ok(());
        };
        let mut took = took.lock().map(|took| took.clone()).unwrap_or_default();
        if took.is_empty() {
            return Ok(());
        }
        took.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
        let mut kinds: BTreeMap<String, (usize, Duration)> = BTreeMap::new();
        for (path, time) in &took {
            let (n, sum) = kinds.entry(kind(edition, path)).or_default();
            *n += 1;
            *sum += *time;
        }
        let mut kinds: Vec<(String, (usize, Duration))> = kinds.into_iter().collect();
        kinds.sort_by(|(_, (_, one)), (_, (_, other))| other.cmp(one));
        screen.say("slowest, by what makes them:")?;
        for (kind, (n, sum)) in kinds.iter().take(SLOWEST) {
            screen.say(&format!("  {} {kind}, {}", shown(*sum), count(*n, "file")))?;
        }
        screen.say("slowest files:")?;
        for (path, time) in took.iter().take(SLOWEST) {
            screen.say(&format!("  {} {path}", shown(*time)))?;
        }
        Ok(())
    }
}

impl Progress for Waiting {
    fn begin(&self, n_outputs: usize) {
        self.bar.set_length(n_outputs as u64);
        self.bar.set_style(style(
            "{msg} {wide_bar} {human_pos} of {human_len} files, {per_sec}, {eta} left",
        ));
    }

    fn make(&self, path: &OutputPath, make: &mut dyn FnMut()) {
        let start = Instant::now();
        make();
        if let Some(Ok(mut took)) = self.took.as_ref().map(|took| took.lock()) {
            took.push((path.clone(), start.elapsed()));
        }
        self.draw();
        self.bar.inc(1);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// What makes an output: its template, or a short description if it needs none.
fn kind(edition: &Edition, path: &OutputPath) -> String {
    let kind = match edition.output(path) {
        Some(Output::Page(source) | Output::Section(source)) => {
            let head = edition.head(&source);
            return head.map_or_else(String::new, |head| head.template.to_string());
        }
        Some(Output::Listing(..) | Output::Words(..) | Output::Word(..)) => "lists of pages",
        Some(Output::Embed(..)) => "embed.html",
        Some(Output::Redirect(_)) => "redirect.html",
        Some(Output::Handout(..)) => "handout.html",
        Some(Output::Card(_)) => "pictures of pages",
        Some(Output::File(_)) => "copied files",
        Some(Output::Data(..) | Output::OEmbed(..)) => "data files",
        Some(Output::SearchFile(..) | Output::SearchPage(_)) => "the search index",
        Some(_) | None => "other",
    };
    kind.to_owned()
}

fn shown(time: Duration) -> String {
    format!("{:>7.1} ms", time.as_secs_f64() * 1_000.0)
}
