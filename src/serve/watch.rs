//! Watches for files that may have changed, through the system or by polling, and groups changes that belong together.
//!
//! A change is a hint to look again, never a statement of what happened: what changed is decided by content. So nothing
//! here needs to be exact except that no change may be missed. Start with [`Watch::next`].
//!
//! # Design
//!
//! *Why no fixed delay?* An editor's save is complete when the file is closed, and the system reports that. Waiting is
//! only for what can't be known: a file that is still open, or a storm of changes such as an archive being unpacked.
//! Git announces a switch of branches by its lock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::config::CONFIG;
use crate::error::Error;
use crate::project::{Snapshot, SourcePath, Stamps};
use crate::serve::burst::Burst;
use crate::serve::checkout::Checkout;

/// How long a file may stay open before it is read as it is; an editor has closed it by then.
const GRACE: Duration = Duration::from_millis(3);

/// The longest that a storm of files is waited out: a copy may take minutes, and a writer wants to see something before
/// that.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest that a switch of branches is waited out, unless git says earlier that it is over. It matches the age
/// from which its lock counts as left behind.
const CHECKOUT_PATIENCE: Duration = Duration::from_secs(5);

/// When to look at a new folder again, because nothing reports what is created in it before it is watched. Watching
/// starts within milliseconds.
const SECOND_LOOK: Duration = Duration::from_millis(60);

/// How often a project is polled: soon enough for a writer who looks up from the keyboard, and seldom enough for a
/// network folder.
const POLL: Duration = Duration::from_millis(300);

/// Source files at the root.
const ROOT_FILES: [&str; 2] = [CONFIG, "evidence.lock"];

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The system reports them.
    Native,
    /// Nobody reports them: sizes and times are compared repeatedly.
    Polling,
}

/// A change that was noticed.
#[derive(Debug)]
enum Seen {
    /// A file or folder, which may still be open for writing.
    Path { path: SourcePath, is_open: bool },
    /// A new folder.
    NewFolder(SourcePath),
    /// One of the source folders itself was created or removed.
    Top(&'static str),
    /// The system has lost track.
    Everything,
    /// The root itself was moved or deleted.
    RootGone,
    /// The system can't watch any more folders.
    LimitReached,
}

/// What reports changes.
enum Watcher {
    Native(RecommendedWatcher),
    /// A thread that ends when this is dropped.
    Polling(#[expect(dead_code, reason = "it is there to be dropped")] Arc<()>),
}

/// A watched project.
pub(super) struct Watch {
    root: PathBuf,
    seen: Receiver<Seen>,
    watcher: Option<Watcher>,
    mode: Mode,
    checkout: Checkout,
    /// New folders, and when to look at them again.
    second_look: Option<(Instant, BTreeSet<SourcePath>)>,
    burst: Burst,
    notices: Vec<String>,
}

/// Changes that belong together.
#[derive(Default)]
struct Batch {
    /// The paths, and whether each is still open.
    paths: BTreeMap<SourcePath, bool>,
    tops: BTreeSet<&'static str>,
    is_everything: bool,
}

impl Watch {
    /// Watches the project at `root` from now on. Falls back to polling if the system can't watch, and says so in
    /// [`Watch::notices`].
    pub(super) fn start(root: &Path, mode: Mode) -> Self {
        // macOS reports real paths, whatever path was requested.
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (_, seen) = mpsc::channel();
        let mut watch = Self {
            checkout: Checkout::around(&root),
            root,
            seen,
            watcher: None,
            mode,
            second_look: None,
            burst: Burst::default(),
            notices: Vec::new(),
        };
        watch.open_watcher();
        watch
    }

    /// What the writer should know about how changes are noticed; each notice is returned once.
    pub(super) fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Waits for something to look at, and calls `notice` at the first sign of it. The empty path means the whole
    /// project.
    pub(super) fn next(&mut self, notice: &dyn Fn()) -> Vec<SourcePath> {
        loop {
            if let Some(paths) = self.next_until(None, notice) {
                return paths;
            }
        }
    }

    /// Like [`Watch::next`], but waits no longer than `limit`.
    pub(super) fn next_within(&mut self, limit: Duration) -> Option<Vec<SourcePath>> {
        self.next_until(Some(Instant::now() + limit), &|| {})
    }

    fn next_until(&mut self, end: Option<Instant>, notice: &dyn Fn()) -> Option<Vec<SourcePath>> {
        if self.watcher.is_none() {
            return self.wait_for_root(end);
        }
        let due = self.second_look.as_ref().map(|(due, _)| *due);
        let first = match [due, end].into_iter().flatten().min() {
            None => self.seen.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(time) => {
                let wait = time.saturating_duration_since(Instant::now());
                self.seen.recv_timeout(wait)
            }
        };
        match first {
            Ok(first) => {
                notice();
                Some(self.gather(first))
            }
            Err(RecvTimeoutError::Timeout) => self.take_second_look(),
            Err(RecvTimeoutError::Disconnected) => {
                // The watcher's thread has ended: start over.
                self.watcher = None;
                Some(everything())
            }
        }
    }

    /// Collects what belongs to the first change.
    fn gather(&mut self, first: Seen) -> Vec<SourcePath> {
        let start = Instant::now();
        let mut batch = Batch::default();
        self.take(first, &mut batch);
        loop {
            while let Ok(seen) = self.seen.try_recv() {
                self.take(seen, &mut batch);
            }
            let is_checkout = self.checkout.is_going_on();
            if is_checkout {
                self.burst.go_on_with_git();
            }
            let patience = if is_checkout {
                CHECKOUT_PATIENCE
            } else {
                PATIENCE
            };
            let grace = if batch.has_open() {
                GRACE.saturating_sub(start.elapsed())
            } else {
                Duration::ZERO
            };
            let wait = grace.max(self.burst.quiet());
            if wait.is_zero() || start.elapsed() >= patience {
                break;
            }
            match self.seen.recv_timeout(wait) {
                Ok(seen) => self.take(seen, &mut batch),
                Err(RecvTimeoutError::Timeout) if is_checkout => {}
                Err(_) => break,
            }
        }
        self.watch_tops(&batch.tops);
        if batch.is_everything {
            everything()
        } else {
            batch.paths.into_keys().collect()
        }
    }

    fn take(&mut self, seen: Seen, batch: &mut Batch) {
        match seen {
            Seen::Path { path, is_open } => {
                self.burst.note(&path);
                batch.paths.insert(path, is_open);
            }
            Seen::NewFolder(path) => {
                let due = Instant::now() + SECOND_LOOK;
                let look = self.second_look.get_or_insert((due, BTreeSet::new()));
                look.0 = due;
                look.1.insert(path.clone());
                self.burst.note_folder(&path);
                batch.paths.insert(path, false);
            }
            Seen::Top(folder) => {
                batch.tops.insert(folder);
                batch.paths.insert(SourcePath::new(folder), false);
            }
            Seen::Everything => batch.is_everything = true,
            Seen::RootGone => {
                self.watcher = None;
                batch.is_everything = true;
            }
            Seen::LimitReached => {
                self.notices.push(limit_notice());
                self.mode = Mode::Polling;
                self.open_watcher();
                batch.is_everything = true;
            }
        }
    }

    /// Watches source folders again that were created or came back: a watch stays with the folder that was moved away.
    fn watch_tops(&mut self, tops: &BTreeSet<&'static str>) {
        let Some(Watcher::Native(watcher)) = &mut self.watcher else {
            return;
        };
        let mut is_limited = false;
        for top in tops {
            let folder = self.root.join(top);
            // There is no watch if the folder was deleted or never existed.
            let _not_watched = watcher.unwatch(&folder);
            if folder.is_dir() {
                let watched = watcher.watch(&folder, RecursiveMode::Recursive);
                is_limited |= watched.is_err_and(|error| is_limit(&error));
            }
        }
        if is_limited {
            self.notices.push(limit_notice());
            self.mode = Mode::Polling;
            self.open_watcher();
        }
    }

    /// The new folders that are due for a second look.
    fn take_second_look(&mut self) -> Option<Vec<SourcePath>> {
        let (due, _) = self.second_look.as_ref()?;
        if *due > Instant::now() {
            return None;
        }
        let (_, folders) = self.second_look.take()?;
        if let Some(Watcher::Native(watcher)) = &mut self.watcher {
            for folder in &folders {
                // The system's own watch may have come upon the folder while it was being moved. If it is gone now,
                // there is nothing to watch.
                let _gone =
                    watcher.watch(&self.root.join(folder.as_str()), RecursiveMode::Recursive);
            }
        }
        Some(folders.into_iter().collect())
    }

    /// Waits until the root exists again, then starts over.
    fn wait_for_root(&mut self, end: Option<Instant>) -> Option<Vec<SourcePath>> {
        while !self.root.is_dir() {
            if end.is_some_and(|end| Instant::now() >= end) {
                return None;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        self.open_watcher();
        Some(everything())
    }

    fn open_watcher(&mut self) {
        let (sender, seen) = mpsc::channel();
        self.seen = seen;
        let watcher = match self.mode {
            Mode::Native => native(&self.root, sender.clone()),
            Mode::Polling => Ok(poll(&self.root, sender.clone())),
        };
        self.watcher = Some(match watcher {
            Ok(watcher) => watcher,
            Err(error) => {
                self.notices.push(if is_limit(&error) { limit_notice() } else { format!("the system can't watch this folder ({error}), so it is checked every {} ms", POLL.as_millis()) });
                self.mode = Mode::Polling;
                poll(&self.root, sender)
            }
        });
    }
}

impl Batch {
    fn has_open(&self) -> bool {
        self.paths.values().any(|is_open| *is_open)
    }
}

/// The path that means the whole project.
pub(super) fn everything() -> Vec<SourcePath> {
    vec![SourcePath::new("")]
}

fn limit_notice() -> String {
    format!(
        "the system's limit of watched folders is reached, so the project is checked every {} ms instead; \
         raise `fs.inotify.max_user_watches` for immediate updates",
        POLL.as_millis()
    )
}

fn is_limit(error: &notify::Error) -> bool {
    const NO_MORE_INSTANCES: i32 = 24; // EMFILE
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => true,
        notify::ErrorKind::Io(cause) => {
            cfg!(target_os = "linux") && cause.raw_os_error() == Some(NO_MORE_INSTANCES)
        }
        _ => false,
    }
}

/// Lets the system report changes: of the root's own entries, and of everything below the source folders.
fn native(root: &Path, sender: Sender<Seen>) -> Result<Watcher, notify::Error> {
    let from = root.to_owned();
    let tell = move |event: notify::Result<Event>| {
        for seen in understand(&from, event) {
            // Nobody is listening any more once the preview ends or starts over.
            let _ended = sender.send(seen);
        }
    };
    let mut watcher = notify::recommended_watcher(tell)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in Snapshot::FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(Watcher::Native(watcher))
}

/// What an event means to us. Of read accesses, only the end of writing counts: otherwise our own reading would wake us
/// forever.
fn understand(root: &Path, event: notify::Result<Event>) -> Vec<Seen> {
    let event = match event {
        Ok(event) => event,
        Err(error) if is_limit(&error) => return vec![Seen::LimitReached],
        Err(_) => return vec![Seen::Everything],
    };
    if event.need_rescan() {
        return vec![Seen::Everything];
    }
    let is_open = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::File) => true,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => true,
        _ => false,
    };
    let comes_or_goes = matches!(
        event.kind,
        EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Any
    );
    let mut found = Vec::new();
    for place in &event.paths {
        let Ok(relative) = place.strip_prefix(root) else {
            continue;
        };
        let Some(path) = source_path(relative) else {
            if comes_or_goes && relative.as_os_str().is_empty() {
                found.push(Seen::RootGone);
            }
            continue;
        };
        let top = Snapshot::FOLDERS
            .into_iter()
            .find(|top| path.as_str() == *top);
        found.push(match top {
            Some(top) if comes_or_goes => Seen::Top(top),
            Some(_) => continue,
            None if comes_or_goes && place.is_dir() => Seen::NewFolder(path),
            None => Seen::Path { path, is_open },
        });
    }
    found
}

/// The path of a source, or of its folder if its name isn't text. `None` for anything else.
fn source_path(relative: &Path) -> Option<SourcePath> {
    let mut parts = Vec::new();
    for part in relative.components() {
        match part.as_os_str().to_str() {
            Some(part) => parts.push(part),
            None => break,
        }
    }
    let top = parts.first()?;
    let is_source =
        Snapshot::FOLDERS.contains(top) || (parts.len() == 1 && ROOT_FILES.contains(top));
    is_source.then(|| SourcePath::new(parts.join("/")))
}

/// Compares sizes and times repeatedly, on a thread of its own.
fn poll(root: &Path, sender: Sender<Seen>) -> Watcher {
    let root = root.to_owned();
    let mut known: Result<Stamps, Error> = Stamps::read(&root);
    let listener = Arc::new(());
    let alive = Arc::downgrade(&listener);
    std::thread::spawn(move || {
        while alive.strong_count() > 0 {
            std::thread::sleep(POLL);
            let now = Stamps::read(&root);
            let seen: Vec<Seen> = match (&known, &now) {
                (Ok(known), Ok(now)) => {
                    let paths = known.differences(now).into_iter();
                    paths
                        .map(|path| Seen::Path {
                            path,
                            is_open: false,
                        })
                        .collect()
                }
                (Err(_), Err(_)) => Vec::new(),
                (Ok(_), Err(_)) | (Err(_), Ok(_)) => vec![Seen::Everything],
            };
            known = now;
            for seen in seen {
                // Nobody is listening any more once the preview ends or starts over.
                let _ended = sender.send(seen);
            }
        }
    });
    Watcher::Polling(listener)
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    fn seen(kind: EventKind, path: &str) -> String {
        let event = Event::new(kind).add_path(Path::new("/site").join(path));
        format!("{:?}", understand(Path::new("/site"), Ok(event)))
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

    #[test]
    fn reading_wakes_nobody_and_the_end_of_writing_does() {
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(seen(read, "content/a.md"), "[]");
        assert_eq!(seen(opened, "content/a.md"), "[]");
        assert!(seen(closed, "content/a.md").contains("is_open: false"));
        assert!(seen(WRITTEN, "content/a.md").contains("is_open: true"));
    }

    #[test]
    fn only_sources_count() {
        for path in [
            "public/index.html",
            "Cargo.toml",
            "site.yaml.swp",
            "content.md",
            "site.yaml/x",
        ] {
            assert_eq!(seen(WRITTEN, path), "[]", "{path}");
        }
        for path in [
            "site.yaml",
            "evidence.lock",
            "content/CNAME",
            "templates/partials/a.html",
            "static/a",
        ] {
            assert!(seen(WRITTEN, path).contains(path), "{path}");
        }
    }

    #[test]
    fn a_source_folder_that_comes_or_goes_and_the_root_are_told_apart() {
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert_eq!(seen(moved, "content"), "[Top(\"content\")]");
        assert_eq!(
            seen(EventKind::Remove(RemoveKind::Folder), "static"),
            "[Top(\"static\")]"
        );
        assert_eq!(seen(moved, ""), "[RootGone]");
        assert_eq!(seen(WRITTEN, ""), "[]");
    }

    #[test]
    fn a_queue_that_ran_over_means_a_look_at_everything() {
        let event = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        let seen = understand(Path::new("/site"), Ok(event));
        assert!(matches!(seen[..], [Seen::Everything]));
    }

    #[test]
    fn the_limits_of_the_system_are_told_from_other_errors() {
        let full = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        assert!(matches!(
            understand(Path::new("/"), Err(full))[..],
            [Seen::LimitReached]
        ));
        let other = notify::Error::generic("?");
        assert!(matches!(
            understand(Path::new("/"), Err(other))[..],
            [Seen::Everything]
        ));
    }
}
