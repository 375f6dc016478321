//! Answers requests with pages of the newest edition, and with the last good version of those that have faults.
//!
//! A page is rendered when it is requested, and again when something that it shows has changed. A request interrupted
//! by an edit is answered again. It never touches the disk and knows nothing about HTTP: addresses in, answers out.
//! Start with [`Preview::answer`].

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use crate::diag::Diagnostics;
use crate::edition::Edition;
use crate::output::Content;
use crate::plan::Output;
use crate::project::{OutputPath, Permalink, Snapshot, SourcePath};
use crate::serve::fingerprint::{self, Fingerprint};
use crate::serve::outgoing;
use crate::serve::page_cache::{CachedPage, PageCache};
use crate::serve::state::PreviewState;

/// A preview: a sequence of states, and the pages that were requested.
pub(super) struct Preview {
    state: RwLock<Arc<PreviewState>>,
    /// The last edition without any errors, and its number.
    clean: Mutex<Option<(u64, Arc<Edition>)>>,
    cache: Mutex<PageCache>,
    /// The number of the last edition of which somebody was shown a page.
    seen: Mutex<u64>,
    looked_at: Condvar,
    browser: Browser,
    announce: Box<dyn Fn() + Send + Sync>,
}

/// What a preview tells browsers.
pub(super) struct Browser {
    /// Whether they move to the page being edited.
    pub(super) follows: bool,
    /// Whether pages can be edited in them.
    pub(super) edits: bool,
    /// The nonce that marks what is added to pages.
    pub(super) nonce: String,
}

/// A response to a request.
pub(super) enum Answer {
    /// A file of the site.
    File {
        /// Determines the content type.
        path: OutputPath,
        content: Content,
    },
    /// A page, with the preview's additions.
    Page { status: u16, bytes: Arc<[u8]> },
    /// The page is at this address of the same server.
    Elsewhere(String),
    /// The site is below this address of the same server.
    Outside(String),
}

/// What an address leads to.
enum Target {
    File(OutputPath, Content),
    Page(Arc<CachedPage>),
    Elsewhere(String),
    Outside,
}

/// Where a browser that shows a page should go.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Whereabouts {
    /// The page's new address, if it has moved.
    pub(super) moved: Option<String>,
    /// The page that was edited last.
    pub(super) edited: Option<String>,
}

impl Preview {
    /// A preview of an edition. `announce` is called whenever something may look different.
    pub(super) fn new(
        edition: Arc<Edition>,
        reading: Diagnostics,
        browser: Browser,
        announce: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        Self {
            state: RwLock::new(Arc::new(PreviewState::first(edition, reading))),
            clean: Mutex::default(),
            cache: Mutex::default(),
            seen: Mutex::default(),
            looked_at: Condvar::new(),
            browser,
            announce,
        }
    }

    /// The address of the site's front page.
    pub(super) fn address(&self) -> String {
        encoded(&self.state().base)
    }

    /// The current state.
    pub(super) fn state(&self) -> Arc<PreviewState> {
        self.state
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn write_state(&self) -> RwLockWriteGuard<'_, Arc<PreviewState>> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until somebody was shown a page of the edition with this number or a later one, but no longer than
    /// `limit`.
    pub(super) fn wait_for_a_look(&self, number: u64, limit: Duration) {
        let is_unseen = |seen: &mut u64| *seen < number;
        // Whether it was seen or time ran out, the caller continues.
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

    /// Shows a later edition: that of `snapshot`, in which the files `changed` were added, removed or changed.
    ///
    /// Requests wait for it, and those being answered start over.
    pub(super) fn replace(
        &self,
        snapshot: &Arc<Snapshot>,
        reading: Diagnostics,
        changed: &[SourcePath],
    ) {
        let before = self.state().before();
        {
            let mut state = self.write_state();
            let newest = Arc::new(state.newest.after(snapshot.clone()));
            let next = state.next(newest, reading, changed, &before);
            *state = Arc::new(next);
        }
        (self.announce)();
    }

    /// The result of `ask` for the current state. If an edit comes in meanwhile, it is asked again.
    fn answered<T>(&self, ask: impl Fn(&PreviewState) -> T) -> T {
        loop {
            let state = self.state();
            if let Some(answer) = state.newest.while_current(|| ask(&state)) {
                return answer;
            }
        }
    }

    /// Stores all faults of the edition with this number, and returns those of single files. `None` if a later edition
    /// has replaced it.
    pub(super) fn checked(&self, number: u64, faults: &Diagnostics) -> Option<Diagnostics> {
        let before = self.state();
        let checked = Arc::new(before.checked(faults));
        let reading = before.reading().clone();
        let is_clean = !checked.known().has_errors();
        let clean = is_clean.then(|| (number, checked.newest.clone()));
        {
            let mut state = self.write_state();
            if state.number != number {
                return None;
            }
            *state = checked;
        }
        if clean.is_some() {
            let former = std::mem::replace(&mut *lock(&self.clean), clean);
            drop(former);
        }
        (self.announce)();
        Some(reading)
    }

    /// The response to a GET of an address. `address` is the decoded path of the URL.
    pub(super) fn answer(&self, address: &str) -> Answer {
        self.answered(|state| self.answer_now(state, address))
    }

    fn answer_now(&self, state: &PreviewState, address: &str) -> Answer {
        match self.target(state, address) {
            Target::File(path, content) => Answer::File { path, content },
            Target::Elsewhere(address) => Answer::Elsewhere(address),
            Target::Outside => Answer::Outside(encoded(&state.base)),
            Target::Page(cached) => {
                let report = state.report(&cached.own);
                let fingerprint = self.fingerprint_with(state, address, &cached, &report);
                let bytes = outgoing::dress(&cached.bytes, &fingerprint, &report, &self.browser);
                self.note_a_look(state.number);
                Answer::Page {
                    status: cached.status,
                    bytes: bytes.into(),
                }
            }
        }
    }

    /// What a browser at an address shows.
    pub(super) fn fingerprint(&self, address: &str) -> Fingerprint {
        self.answered(|state| match self.target(state, address) {
            Target::Page(cached) => {
                let report = state.report(&cached.own);
                self.note_a_look(state.number);
                self.fingerprint_with(state, address, &cached, &report)
            }
            Target::File(_, content) => Fingerprint {
                page: content.hash().short(),
                ..Fingerprint::default()
            },
            Target::Elsewhere(_) | Target::Outside => Fingerprint::default(),
        })
    }

    fn fingerprint_with(
        &self,
        state: &PreviewState,
        address: &str,
        cached: &CachedPage,
        report: &str,
    ) -> Fingerprint {
        Fingerprint {
            page: cached.page.clone(),
            styles: cached.styles.clone(),
            faults: fingerprint::hash_of_report(report),
            has_moved: cached.status == 404 && self.moved(state, address).is_some(),
            edit: if self.browser.follows {
                state.edit.0
            } else {
                0
            },
        }
    }

    /// The report of faults for a page, marked so that its styles apply; empty if there are none.
    pub(super) fn report(&self, address: &str) -> String {
        self.answered(|state| match self.target(state, address) {
            Target::Page(cached) => {
                outgoing::marked(&state.report(&cached.own), &self.browser.nonce)
            }
            Target::File(..) | Target::Elsewhere(_) | Target::Outside => String::new(),
        })
    }

    /// The file from which the page at an address is made; `None` if there isn't one.
    pub(super) fn source_of(&self, address: &str) -> Option<SourcePath> {
        self.answered(|state| {
            let rest = address.strip_prefix(&state.base)?;
            match state.newest.output(&file_of(rest))? {
                Output::Page(source) | Output::Section(source) => Some(source),
                _ => None,
            }
        })
    }

    /// Where a browser at an address should go.
    pub(super) fn whereabouts(&self, address: &str) -> Whereabouts {
        self.answered(|state| {
            let absolute = |page: Permalink| format!("{}{}", encoded(&state.base), page.as_str());
            Whereabouts {
                moved: self.moved(state, address).map(absolute),
                edited: state
                    .edit
                    .1
                    .clone()
                    .filter(|_| self.browser.follows)
                    .map(absolute),
            }
        })
    }

    /// What an address leads to. The path is looked up among the outputs, and nowhere else.
    fn target(&self, state: &PreviewState, address: &str) -> Target {
        let Some(rest) = address.strip_prefix(&state.base) else {
            return if format!("{address}/") == state.base {
                Target::Elsewhere(encoded(&state.base))
            } else {
                Target::Outside
            };
        };
        let is_output = |path: &OutputPath| state.served.output(path).is_some();
        let path = file_of(rest);
        if is_output(&path) {
            return self.output(state, path);
        }
        let folder = file_of(&format!("{rest}/"));
        if !rest.is_empty() && !rest.ends_with('/') {
            if is_output(&folder) {
                return Target::Elsewhere(format!("{}{}/", encoded(&state.base), encoded(rest)));
            }
            let with_ending = OutputPath::new(format!("{rest}.html"));
            if is_output(&with_ending) {
                return self.output(state, with_ending);
            }
        }
        if let Some(content) = state.former_file(&path) {
            return Target::File(path, content);
        }
        Target::Page(match self.unborn(state, &path) {
            Some(cached) => Arc::new(cached),
            None => Arc::new(self.not_found(state)),
        })
    }

    fn output(&self, state: &PreviewState, path: OutputPath) -> Target {
        if is_html(&path) {
            return Target::Page(self.page(state, &path));
        }
        // Other files are made regardless of faults in single pages; what can't be made counts as missing.
        match state.served.look_at(&path) {
            Some(Ok(content)) => Target::File(path, content),
            Some(Err(_)) | None => match self.last_good(&path) {
                Some(content) => Target::File(path, content),
                None => Target::Page(Arc::new(self.not_found(state))),
            },
        }
    }

    /// A page of the served edition, or what is shown in its place while it has faults.
    fn page(&self, state: &PreviewState, path: &OutputPath) -> Arc<CachedPage> {
        if let Some(cached) = lock(&self.cache).cached(path, state.number) {
            return cached;
        }
        let mut own = state.served.faults_of(path);
        let can_be_rendered = !own.has_errors();
        own.extend(state.newest.setup_faults());
        let mut rendered = None;
        if can_be_rendered {
            match state.served.look_at(path) {
                Some(Ok(content)) => rendered = Some(content),
                Some(Err(fault)) => own.push(*fault),
                None => {}
            }
        }
        let source = match state.served.output(path) {
            Some(Output::Page(source)) => state.served.snapshot().get(&source),
            _ => None,
        };
        let is_good = rendered.is_some();
        let content = rendered.or_else(|| self.last_good(path));
        let cached = Arc::new(match content {
            Some(content) => cached_page(&state.served, path, &content, own),
            None => fault_page(own),
        });
        let mut cache = lock(&self.cache);
        cache.enter(path, state.number, cached.clone());
        if is_good {
            cache.enter_good(path, state.number, cached.bytes.clone(), source);
        }
        cached
    }

    /// The last good version of an output.
    fn last_good(&self, path: &OutputPath) -> Option<Content> {
        let visited = lock(&self.cache).good(path);
        let clean = lock(&self.clean).clone();
        let clean = clean
            .filter(|(number, _)| visited.as_ref().is_none_or(|(visited, _)| number > visited));
        let rendered = clean.and_then(|(_, edition)| edition.render(path)?.ok());
        rendered.or_else(|| visited.map(|(_, bytes)| Content::from(bytes)))
    }

    /// The response for a page that has faults: the page as it was, or a list of its faults.
    fn unborn(&self, state: &PreviewState, path: &OutputPath) -> Option<CachedPage> {
        let newest = &state.newest;
        let known = lock(&self.cache).source(path);
        let known = known.or_else(|| match lock(&self.clean).as_ref()?.1.output(path)? {
            Output::Page(source) | Output::Section(source) => Some(source),
            _ => None,
        });
        let known = known.filter(|source| newest.is_broken(source));
        let is_here = |source: &SourcePath| newest.usual_address(source).output_path() == *path;
        let source = known.or_else(|| newest.broken().into_iter().find(is_here))?;
        let own = newest.faults_in(&source);
        if !own.has_errors() {
            return None;
        }
        Some(match self.last_good(path) {
            Some(content) => cached_page(&state.served, path, &content, own),
            None => fault_page(own),
        })
    }

    fn not_found(&self, state: &PreviewState) -> CachedPage {
        let path = OutputPath::new("404.html");
        let cached = match state.served.output(&path).is_some() {
            true => CachedPage::clone(&self.page(state, &path)),
            // Without settings or templates, there isn't even a page for the message.
            false if state.newest.setup_faults().has_errors() => {
                return fault_page(state.newest.setup_faults());
            }
            false => cached_page(
                &state.served,
                &path,
                &Content::from(outgoing::NOT_FOUND.to_vec()),
                Diagnostics::new(),
            ),
        };
        CachedPage {
            status: 404,
            page: format!("none-{}", cached.page),
            ..cached
        }
    }

    /// The new address of a page that was visited under another one.
    fn moved(&self, state: &PreviewState, address: &str) -> Option<Permalink> {
        let path = file_of(address.strip_prefix(&state.base)?);
        let (source, hash) = lock(&self.cache).origin(&path)?;
        if let Some(head) = state.served.head(&source) {
            return Some(head.permalink.clone())
                .filter(|permalink| permalink.output_path() != path);
        }
        let mut files = state
            .served
            .snapshot()
            .below("content")
            .filter(|file| file.hash == hash);
        files.find_map(|file| Some(state.served.head(&file.path)?.permalink.clone()))
    }
}

/// The file with which a web server answers an address below the site's root.
fn file_of(rest: &str) -> OutputPath {
    if rest.is_empty() || rest.ends_with('/') {
        OutputPath::new(format!("{rest}index.html"))
    } else {
        OutputPath::new(rest)
    }
}

fn is_html(path: &OutputPath) -> bool {
    path.as_str().ends_with(".html") || path.as_str().ends_with(".htm")
}

fn cached_page(
    edition: &Edition,
    path: &OutputPath,
    content: &Content,
    own: Diagnostics,
) -> CachedPage {
    let (page, styles) = fingerprint::hashes(edition, path, content.bytes());
    CachedPage {
        status: 200,
        bytes: Arc::from(content.bytes()),
        page,
        styles,
        own,
    }
}

fn fault_page(own: Diagnostics) -> CachedPage {
    let bytes = Arc::from(outgoing::FAULT_PAGE);
    CachedPage {
        status: 500,
        bytes,
        page: "faults".to_owned(),
        styles: String::new(),
        own,
    }
}

/// An address encoded for headers and links.
fn encoded(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(path, KEEP).to_string()
}

/// A thread that panicked while holding the lock left a valid value: all of them are replaced as a whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
