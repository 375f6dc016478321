//! Looks for faults everywhere, behind the pages that are asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use crate::edition::Edition;
use crate::serve::preview::Preview;
use crate::serve::{Console, Told};

/// For so long, a check leaves the machine to the page that is being looked at.
const FIRST_LOOK: Duration = Duration::from_millis(20);

/// Checks editions on threads of its own. A check is given up when a later edition is there: what it found until
/// then is kept in the cells that both share.
pub(super) struct Checker {
    wanted: Arc<AtomicU64>,
    editions: Sender<(u64, Arc<Edition>)>,
}

impl Checker {
    /// A checker that tells a preview and the terminal of what it finds.
    pub(super) fn start(preview: Arc<Preview>, console: Arc<dyn Console>) -> Self {
        let (editions, waiting) = mpsc::channel::<(u64, Arc<Edition>)>();
        let wanted = Arc::new(AtomicU64::new(0));
        let newest = wanted.clone();
        std::thread::spawn(move || {
            let pool = threads();
            let mut told = Told::default();
            while let Ok((number, edition)) = waiting.recv() {
                preview.wait_for_a_look(number, FIRST_LOOK);
                let is_wanted = || newest.load(Ordering::Relaxed) == number;
                let check = || edition.faults_while(&is_wanted);
                let faults = match &pool {
                    Some(pool) => pool.install(check),
                    None => check(),
                };
                let Some(mut faults) = faults else { continue };
                if let Some(reading) = preview.checked(number, &faults) {
                    faults.extend(reading);
                    told.tell(&faults, &*edition, &*console);
                }
            }
        });
        Self { wanted, editions }
    }

    /// Checks an edition, and gives up those before it.
    pub(super) fn check(&self, number: u64, edition: Arc<Edition>) {
        self.wanted.store(number, Ordering::Relaxed);
        // The thread ends by a fault of ours only; pages are served all the same.
        let _ended = self.editions.send((number, edition));
    }
}

/// Threads for checking: one less than the machine has, so that pages are rendered at once. None of their own if the
/// system gives none.
fn threads() -> Option<rayon::ThreadPool> {
    let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
    let builder = rayon::ThreadPoolBuilder::new().num_threads(n_cores.saturating_sub(1).max(1));
    builder.build().ok()
}
