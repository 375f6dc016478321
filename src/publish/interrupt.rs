//! Handles Ctrl-C: git receives it too and ends; we clean up and report what was left undone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::error::Error;

/// Whether the run should end.
#[derive(Clone, Debug)]
pub(super) struct Interrupt {
    is_wanted: Arc<AtomicBool>,
}

impl Interrupt {
    /// From now on, Ctrl-C is recorded instead of ending the process at once.
    ///
    /// # Errors
    ///
    /// If the system doesn't provide a thread or signals.
    pub(super) fn watch() -> Result<Self, Error> {
        let failed = |cause| Error::usage(format!("Ctrl-C can't be watched: {cause}"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let interrupt = Self {
            is_wanted: Arc::default(),
        };
        let is_wanted = interrupt.is_wanted.clone();
        let (listening, ready) = mpsc::channel();
        let wait = async move {
            let signal = tokio::signal::ctrl_c();
            tokio::pin!(signal);
            // Once requested, signals are delivered from then on, with or without further requests.
            let is_failed = tokio::select! {
                biased;
                ended = &mut signal => ended.is_err(),
                () = std::future::ready(()) => listening.send(()).is_err() || signal.await.is_err(),
            };
            is_wanted.store(!is_failed, Ordering::SeqCst);
        };
        thread::Builder::new()
            .name("interrupt".to_owned())
            .spawn(move || runtime.block_on(wait))
            .map_err(failed)?;
        ready
            .recv()
            .map_err(|_| Error::usage("Ctrl-C can't be watched here"))?;
        Ok(interrupt)
    }

    /// Whether the run should end.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::SeqCst)
    }

    /// # Errors
    ///
    /// If the run should end.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.is_wanted() {
            Err(interrupted())
        } else {
            Ok(())
        }
    }
}

/// Reports that the run was interrupted.
pub(super) fn interrupted() -> Error {
    Error::usage("interrupted; nothing was published")
}
