//! Looks for faults everywhere, in the background of page requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use crate::edition::{Depth, Edition};
use crate::serve::preview::Preview;
use crate::serve::{Console, Reporter};

/// How long a check leaves the machine to a browser that is about to request the edited page. Most do so within a few
/// milliseconds; if none is open, nobody is waiting.
const FIRST_LOOK: Duration = Duration::from_millis(20);

/// How long it then leaves the machine to the response: to send it and to load its stylesheet.
const ANSWER: Duration = Duration::from_millis(8);

/// Checks editions on threads of its own. A check is abandoned when an edit comes in: what it has found by then is
/// kept, and the next check continues from there.
pub(super) struct Checker {
    /// The number of the edition to check; `NONE` while an edit is being processed.
    wanted: Arc<AtomicU64>,
    /// The number of the last edition that was checked completely.
    finished: Arc<AtomicU64>,
    editions: Sender<Wanted>,
    preview: Arc<Preview>,
}

/// No edition has this number.
const NONE: u64 = 0;

/// An edition to check.
struct Wanted {
    number: u64,
    edition: Arc<Edition>,
}

impl Checker {
    /// A checker that reports its findings to a preview and the terminal, and starts with the current edition.
    pub(super) fn start(preview: Arc<Preview>, console: Arc<dyn Console>) -> Self {
        let (editions, waiting) = mpsc::channel::<Wanted>();
        let wanted = Arc::new(AtomicU64::new(NONE));
        let finished = Arc::new(AtomicU64::new(NONE));
        let checker = Self {
            wanted: wanted.clone(),
            finished: finished.clone(),
            editions,
            preview: preview.clone(),
        };
        std::thread::spawn(move || {
            let pool = threads();
            let mut reporter = Reporter::default();
            // The first page may list all others, and a query would read them on one thread. An edit that comes in
            // meanwhile interrupts this, and its check goes on from there.
            let first = preview.state().newest.clone();
            first.while_current(|| first.heads());
            while let Ok(next) = waiting.recv() {
                let Wanted { number, edition } = next;
                preview.wait_for_a_look(number, FIRST_LOOK);
                std::thread::sleep(ANSWER);
                if finished.load(Ordering::Relaxed) == number {
                    continue;
                }
                let is_wanted = || wanted.load(Ordering::Relaxed) == number;
                let check = || edition.faults_while(Depth::Templates, &is_wanted);
                let faults = edition.while_current(|| match &pool {
                    Some(pool) => pool.install(check),
                    None => check(),
                });
                let Some(mut faults) = faults.flatten() else {
                    continue;
                };
                finished.store(number, Ordering::Relaxed);
                if let Some(reading) = preview.checked(number, &faults) {
                    faults.extend(reading);
                    reporter.report(&faults, &*edition, &*console);
                }
            }
        });
        checker.check();
        checker
    }

    /// Checks the newest edition, and abandons earlier ones.
    pub(super) fn check(&self) {
        let state = self.preview.state();
        self.wanted.store(state.number, Ordering::Relaxed);
        let next = Wanted {
            number: state.number,
            edition: state.newest.clone(),
        };
        // The thread only ends because of a fault of ours; pages are served all the same.
        let _ended = self.editions.send(next);
    }

    /// Leaves the machine to an incoming edit.
    pub(super) fn pause(&self) {
        self.wanted.store(NONE, Ordering::Relaxed);
    }

    /// Continues with the newest edition if it isn't checked yet, because the edit turned out to be none.
    pub(super) fn resume(&self) {
        if self.finished.load(Ordering::Relaxed) != self.preview.state().number {
            self.check();
        }
    }
}

/// Threads for checking: one fewer than the machine has, so that pages are rendered without delay. `None` if the system
/// doesn't provide any.
fn threads() -> Option<rayon::ThreadPool> {
    let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
    let builder = rayon::ThreadPoolBuilder::new().num_threads(n_cores.saturating_sub(1).max(1));
    builder.build().ok()
}
