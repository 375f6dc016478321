//! What does the preview answer? Pages of the newest edition, and the last good ones where it has faults.
//!
//! A page is rendered when it is asked for, once per edition. Never touches the disk and knows nothing of HTTP:
//! addresses in, answers out. Start with [`Preview::answer`].

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use crate::check;
use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::output::Content;
use crate::plan::Output;
use crate::project::{OutputPath, Permalink, SourcePath};
use crate::serve::now::{Now, is_error};
use crate::serve::outgoing;
use crate::serve::shown::{self, Shown};
use crate::serve::visits::{Sight, Visits};

/// A preview: one moment after the other, and the pages that were looked at.
pub(super) struct Preview {
    now: RwLock<Arc<Now>>,
    /// The last edition that had no errors anywhere, with its number.
    clean: Mutex<Option<(u64, Arc<Edition>)>>,
    visits: Mutex<Visits>,
    /// The number of the last edition that somebody was shown a page of.
    seen: Mutex<u64>,
    looked_at: Condvar,
    /// Whether browsers move to the page that is edited.
    follow: bool,
    nonce: String,
    announce: Box<dyn Fn() + Send + Sync>,
}

/// An answer to a request.
pub(super) enum Answer {
    /// A file of the site.
    File {
        /// Decides the content type.
        path: OutputPath,
        content: Content,
    },
    /// A page, with what the preview adds to it.
    Page { status: u16, bytes: Arc<[u8]> },
    /// The page is at this address of the same server.
    Elsewhere(String),
    /// The site is below this address of the same server.
    Outside(String),
}

/// What an address leads to.
enum Target {
    File(OutputPath, Content),
    Page(Arc<Sight>),
    Elsewhere(String),
    Outside,
}

/// Where a browser that shows a page should go.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Whereabouts {
    /// The page's new address, if it has another one.
    pub(super) moved: Option<String>,
    /// The page that was edited last.
    pub(super) edited: Option<String>,
}

impl Preview {
    /// A preview of an edition. `announce` is called whenever something may look different; `nonce` marks what is
    /// added to pages.
    pub(super) fn new(
        edition: Arc<Edition>,
        reading: Diagnostics,
        follow: bool,
        nonce: String,
        announce: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        Self {
            now: RwLock::new(Arc::new(Now::first(edition, reading))),
            clean: Mutex::default(),
            visits: Mutex::default(),
            seen: Mutex::default(),
            looked_at: Condvar::new(),
            follow,
            nonce,
            announce,
        }
    }

    /// The address of the site's front page.
    pub(super) fn address(&self) -> String {
        encoded(&self.now().base)
    }

    /// This moment.
    pub(super) fn now(&self) -> Arc<Now> {
        self.now
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn write_now(&self) -> RwLockWriteGuard<'_, Arc<Now>> {
        self.now.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until somebody was shown a page of the edition with that number or of a later one, but no longer than
    /// `limit`.
    pub(super) fn wait_for_a_look(&self, number: u64, limit: Duration) {
        let is_unseen = |seen: &mut u64| *seen < number;
        // Whether it was seen or time ran out, what waits goes on.
        let _waited = self
            .looked_at
            .wait_timeout_while(lock(&self.seen), limit, is_unseen);
    }

    fn note_a_look(&self, number: u64) {
        let mut seen = lock(&self.seen);
        if *seen < number {
            *seen = number;
            self.looked_at.notify_all();
        }
    }

    /// Shows a later edition, made after an edit of the files `changed`.
    pub(super) fn replace(
        &self,
        edition: Arc<Edition>,
        reading: Diagnostics,
        changed: &[SourcePath],
    ) {
        let next = Arc::new(self.now().next(edition, reading, changed));
        // Letting go of an edition takes time, and nobody should wait for it: it goes after the lock.
        let before = std::mem::replace(&mut *self.write_now(), next);
        drop(before);
        (self.announce)();
    }

    /// Takes note of all faults of the edition with that number, and gives those of single files. `None` if a later
    /// edition has taken its place.
    pub(super) fn checked(&self, number: u64, faults: &Diagnostics) -> Option<Diagnostics> {
        let before = self.now();
        let checked = Arc::new(before.checked(faults));
        let reading = before.reading().clone();
        let is_clean = !checked.known().has_errors();
        let clean = is_clean.then(|| (number, checked.newest.clone()));
        {
            let mut now = self.write_now();
            if now.number != number {
                return None;
            }
            *now = checked;
        }
        if clean.is_some() {
            let former = std::mem::replace(&mut *lock(&self.clean), clean);
            drop(former);
        }
        (self.announce)();
        Some(reading)
    }

    /// What a GET of an address gives. `address` is the path of the URL, decoded.
    pub(super) fn answer(&self, address: &str) -> Answer {
        let now = self.now();
        match self.target(&now, address) {
            Target::File(path, content) => Answer::File { path, content },
            Target::Elsewhere(address) => Answer::Elsewhere(address),
            Target::Outside => Answer::Outside(encoded(&now.base)),
            Target::Page(sight) => {
                let report = now.report(&sight.own);
                let shown = self.shown_with(&now, address, &sight, &report);
                let bytes = outgoing::dress(&sight.bytes, &shown, &report, &self.nonce);
                self.note_a_look(now.number);
                Answer::Page {
                    status: sight.status,
                    bytes: bytes.into(),
                }
            }
        }
    }

    /// What a browser at an address shows.
    pub(super) fn shown(&self, address: &str) -> Shown {
        let now = self.now();
        match self.target(&now, address) {
            Target::Page(sight) => {
                let report = now.report(&sight.own);
                self.note_a_look(now.number);
                self.shown_with(&now, address, &sight, &report)
            }
            Target::File(_, content) => Shown {
                page: content.hash().short(),
                ..Shown::default()
            },
            Target::Elsewhere(_) | Target::Outside => Shown::default(),
        }
    }

    fn shown_with(&self, now: &Now, address: &str, sight: &Sight, report: &str) -> Shown {
        Shown {
            page: sight.page.clone(),
            styles: sight.styles.clone(),
            faults: shown::hash_of_report(report),
            has_moved: sight.status == 404 && self.moved(now, address).is_some(),
            edit: if self.follow { now.edit.0 } else { 0 },
        }
    }

    /// The report of faults that belongs on a page, marked so that its styles apply; empty if there are none.
    pub(super) fn report(&self, address: &str) -> String {
        let now = self.now();
        match self.target(&now, address) {
            Target::Page(sight) => outgoing::marked(&now.report(&sight.own), &self.nonce),
            Target::File(..) | Target::Elsewhere(_) | Target::Outside => String::new(),
        }
    }

    /// Where a browser at an address should go.
    pub(super) fn whereabouts(&self, address: &str) -> Whereabouts {
        let now = self.now();
        let absolute = |page: Permalink| format!("{}{}", encoded(&now.base), page.as_str());
        Whereabouts {
            moved: self.moved(&now, address).map(absolute),
            edited: now.edit.1.clone().filter(|_| self.follow).map(absolute),
        }
    }

    /// What an address leads to. The path is looked up among the outputs, and nowhere else.
    fn target(&self, now: &Now, address: &str) -> Target {
        let Some(rest) = address.strip_prefix(&now.base) else {
            return match format!("{address}/") == now.base {
                true => Target::Elsewhere(encoded(&now.base)),
                false => Target::Outside,
            };
        };
        let is_output = |path: &OutputPath| now.served.output(path).is_some();
        let path = file_of(rest);
        if is_output(&path) {
            return self.output(now, path);
        }
        let folder = file_of(&format!("{rest}/"));
        if !rest.is_empty() && !rest.ends_with('/') {
            if is_output(&folder) {
                return Target::Elsewhere(format!("{}{}/", encoded(&now.base), encoded(rest)));
            }
            let with_ending = OutputPath::new(format!("{rest}.html"));
            if is_output(&with_ending) {
                return self.output(now, with_ending);
            }
        }
        if let Some(content) = now.former_file(&path) {
            return Target::File(path, content);
        }
        Target::Page(match self.unborn(now, &path) {
            Some(sight) => Arc::new(sight),
            None => Arc::new(self.not_found(now)),
        })
    }

    fn output(&self, now: &Now, path: OutputPath) -> Target {
        if is_html(&path) {
            return Target::Page(self.page(now, &path));
        }
        // Other files are made without regard to faults of single pages; what can't be made isn't there.
        match now.served.render(&path) {
            Some(Ok(content)) => Target::File(path, content),
            Some(Err(_)) | None => match self.last_good(&path) {
                Some(content) => Target::File(path, content),
                None => Target::Page(Arc::new(self.not_found(now))),
            },
        }
    }

    /// A page of the served edition, or what stands in for it while it has faults.
    fn page(&self, now: &Now, path: &OutputPath) -> Arc<Sight> {
        if let Some(sight) = lock(&self.visits).sight(path, now.number) {
            return sight;
        }
        let mut own = now.served.faults_of(path);
        own.extend(now.newest.setup().faults().cloned());
        let mut rendered = None;
        if !now.served.faults_of(path).has_errors() {
            match now.served.render(path) {
                Some(Ok(content)) => rendered = Some(content),
                Some(Err(fault)) => own.push(*fault),
                None => {}
            }
        }
        let source = match now.served.output(path) {
            Some(Output::Page(source)) => now.served.snapshot().get(source),
            _ => None,
        };
        let is_good = rendered.is_some();
        let content = rendered.or_else(|| self.last_good(path));
        let sight = Arc::new(match content {
            Some(content) => sight_of(&now.served, path, &content, own),
            None => fault_sight(own),
        });
        let mut visits = lock(&self.visits);
        visits.enter(path, now.number, sight.clone());
        if is_good {
            visits.enter_good(path, now.number, sight.bytes.clone(), source);
        }
        sight
    }

    /// An output as it was when it was good for the last time.
    fn last_good(&self, path: &OutputPath) -> Option<Content> {
        let visited = lock(&self.visits).good(path);
        let clean = lock(&self.clean).clone();
        let clean = clean
            .filter(|(number, _)| visited.as_ref().is_none_or(|(visited, _)| number > visited));
        let rendered = clean.and_then(|(_, edition)| edition.render(path)?.ok());
        rendered.or_else(|| visited.map(|(_, bytes)| Content::from(bytes)))
    }

    /// What stands at the address of a page that is kept from being one by its faults: the page as it was, or its
    /// faults.
    fn unborn(&self, now: &Now, path: &OutputPath) -> Option<Sight> {
        let newest = &now.newest;
        let known = lock(&self.visits).source(path);
        let known = known.or_else(|| match lock(&self.clean).as_ref()?.1.output(path)? {
            Output::Page(source) => Some(source.clone()),
            _ => None,
        });
        let known = known.filter(|source| newest.broken().any(|broken| broken == source));
        let mut waiting = newest.broken();
        let is_here = |source: &&SourcePath| check::usual_address(source).output_path() == *path;
        let source = known.or_else(|| waiting.find(is_here).cloned())?;
        let own = newest.faults_in(&source);
        if !own.has_errors() {
            return None;
        }
        Some(match self.last_good(path) {
            Some(content) => sight_of(&now.served, path, &content, own),
            None => fault_sight(own),
        })
    }

    fn not_found(&self, now: &Now) -> Sight {
        let path = OutputPath::new("404.html");
        let sight = match now.served.output(&path).is_some() {
            true => Sight::clone(&self.page(now, &path)),
            // Without settings or templates there isn't even a page to say so.
            false if now.newest.setup().faults().any(is_error) => {
                return fault_sight(now.newest.setup().faults().cloned().collect());
            }
            false => sight_of(
                &now.served,
                &path,
                &Content::from(outgoing::NOT_FOUND.to_vec()),
                Diagnostics::new(),
            ),
        };
        Sight {
            status: 404,
            page: format!("none-{}", sight.page),
            ..sight
        }
    }

    /// The address of a page that was visited under another one.
    fn moved(&self, now: &Now, address: &str) -> Option<Permalink> {
        let path = file_of(address.strip_prefix(&now.base)?);
        let (source, hash) = lock(&self.visits).origin(&path)?;
        let heads = &now.served.outline().heads;
        if let Some(head) = heads.get(&source) {
            return Some(head.permalink.clone())
                .filter(|permalink| permalink.output_path() != path);
        }
        let mut files = now
            .served
            .snapshot()
            .below("content")
            .filter(|file| file.hash == hash);
        files.find_map(|file| Some(heads.get(&file.path)?.permalink.clone()))
    }
}

/// The file that a web server answers an address below the site's root with.
fn file_of(rest: &str) -> OutputPath {
    match rest.is_empty() || rest.ends_with('/') {
        true => OutputPath::new(format!("{rest}index.html")),
        false => OutputPath::new(rest),
    }
}

fn is_html(path: &OutputPath) -> bool {
    path.as_str().ends_with(".html") || path.as_str().ends_with(".htm")
}

fn sight_of(edition: &Edition, path: &OutputPath, content: &Content, own: Diagnostics) -> Sight {
    let (page, styles) = shown::hashes(edition, path, content.bytes());
    Sight {
        status: 200,
        bytes: Arc::from(content.bytes()),
        page,
        styles,
        own,
    }
}

fn fault_sight(own: Diagnostics) -> Sight {
    let bytes = Arc::from(outgoing::FAULT_PAGE);
    Sight {
        status: 500,
        bytes,
        page: "faults".to_owned(),
        styles: String::new(),
        own,
    }
}

/// An address as it stands in a header or a link.
fn encoded(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(path, KEEP).to_string()
}

/// A thread that panicked with the lock left a whole value behind: all of them are put in place at once.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
