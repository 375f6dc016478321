//! One moment of a preview: which edition is served, and what is known of its faults. Never changes; a later moment
//! takes its place as a whole, so that no request sees half of one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, OnceLock};

use crate::diag::{Diagnostic, Diagnostics, Severity, overlay};
use crate::edition::Edition;
use crate::output::Content;
use crate::plan::Output;
use crate::project::{OutputPath, Permalink, SourcePath};

/// As many earlier editions are kept for the stylesheets of pages that are still open.
const MAX_FORMER: usize = 4;

/// Of so many known errors it is asked at once whether they are still there. There are seldom more, and an edit shouldn't
/// wait for them.
const MAX_ASKED: usize = 16;

/// One moment of a preview.
pub(super) struct Now {
    /// The number of the edition.
    pub(super) number: u64,
    /// The edition of what is on disk.
    pub(super) newest: Arc<Edition>,
    /// The edition that pages come from: the newest one whose settings and templates can be used.
    pub(super) served: Arc<Edition>,
    /// Where the site is below the server's root: `/`, or `/repo/` as on GitHub Pages.
    pub(super) base: String,
    /// What is known of errors and warnings: all of them once the edition is checked. Hints are for the terminal; a
    /// large site has more of them than could be carried through every edit.
    known: Diagnostics,
    /// What is wrong with single files, which no edition knows of.
    reading: Diagnostics,
    /// The number of the last edit of a page, and the page's address.
    pub(super) edit: (u64, Option<Permalink>),
    former: VecDeque<Arc<Edition>>,
    report: OnceLock<String>,
}

impl Now {
    /// The first moment.
    pub(super) fn first(edition: Arc<Edition>, reading: Diagnostics) -> Self {
        Self {
            number: 1,
            base: base(&edition),
            served: edition.clone(),
            newest: edition,
            known: without_hints(&reading),
            reading,
            edit: (0, None),
            former: VecDeque::new(),
            report: OnceLock::new(),
        }
    }

    /// The moment after an edit of the files `changed`.
    pub(super) fn next(
        &self,
        newest: Arc<Edition>,
        reading: Diagnostics,
        changed: &[SourcePath],
    ) -> Self {
        let is_usable = !newest.setup().faults().any(is_error) && newest.is_usable();
        let served = match is_usable {
            true => newest.clone(),
            false if !self.served.is_usable() => newest.clone(),
            false => self.served.clone(),
        };
        let mut former = self.former.clone();
        if !Arc::ptr_eq(&served.outline().files, &self.served.outline().files) {
            former.push_front(self.served.clone());
            former.truncate(MAX_FORMER);
        }
        let mut known = self.still_known(&newest, changed);
        known.extend(without_hints(&reading));
        let edit = match edited_page(&newest, changed) {
            Some(page) => (self.edit.0 + 1, Some(page)),
            None => self.edit.clone(),
        };
        Self {
            number: self.number + 1,
            base: base(&served),
            newest,
            served,
            known,
            reading,
            edit,
            former,
            report: OnceLock::new(),
        }
    }

    /// What was known and is taken to be there still, until the check has gone through everything: the faults of files
    /// that weren't touched, but for those that their pages don't have any more, since another file was mended.
    fn still_known(&self, newest: &Edition, changed: &[SourcePath]) -> Diagnostics {
        let untouched = self.known.iter();
        let untouched: Vec<&Diagnostic> = untouched
            .filter(|fault| !changed.contains(&fault.place.file))
            .collect();
        let errors = untouched.iter().filter(|fault| is_error(fault));
        let files: BTreeSet<&SourcePath> = errors
            .map(|fault| &fault.place.file)
            .take(MAX_ASKED)
            .collect();
        let asked = files.into_iter().map(|file| {
            let faults = [&*self.newest, newest].map(|edition| edition.faults_at(file));
            (file, faults)
        });
        let asked: BTreeMap<&SourcePath, [Diagnostics; 2]> = asked.collect();
        let is_mended = |fault: &Diagnostic| {
            let asked = asked.get(&fault.place.file);
            let has = |faults: &Diagnostics| faults.iter().any(|other| other == fault);
            asked.is_some_and(|[before, after]| has(before) && !has(after))
        };
        let left = untouched.into_iter().filter(|fault| !is_mended(fault));
        left.cloned().collect()
    }

    /// The same moment, once everything is checked.
    pub(super) fn checked(&self, faults: &Diagnostics) -> Self {
        let mut known = without_hints(faults);
        known.extend(without_hints(&self.reading));
        Self {
            number: self.number,
            newest: self.newest.clone(),
            served: self.served.clone(),
            base: self.base.clone(),
            known,
            reading: self.reading.clone(),
            edit: self.edit.clone(),
            former: self.former.clone(),
            report: OnceLock::new(),
        }
    }

    /// What is wrong with single files, which no edition knows of.
    pub(super) fn reading(&self) -> &Diagnostics {
        &self.reading
    }

    /// What is known of errors and warnings.
    pub(super) fn known(&self) -> &Diagnostics {
        &self.known
    }

    /// The report that is shown on a page with faults `own`; empty as long as there is no error anywhere.
    pub(super) fn report(&self, own: &Diagnostics) -> String {
        let own = without_hints(own);
        let is_known = |fault: &Diagnostic| self.known.iter().any(|known| known == fault);
        if own.iter().all(is_known) {
            return self
                .report
                .get_or_init(|| self.report_of(&self.known))
                .clone();
        }
        let all = self.known.iter().chain(own.iter()).cloned().collect();
        self.report_of(&all)
    }

    fn report_of(&self, faults: &Diagnostics) -> String {
        if !faults.has_errors() {
            return String::new();
        }
        overlay::html(faults, &*self.newest)
    }

    /// A file whose name holds the hash of its bytes, and which pages of an earlier edition ask for. It can't be
    /// stale: another content has another name.
    pub(super) fn former_file(&self, path: &OutputPath) -> Option<Content> {
        self.former.iter().find_map(|edition| {
            let Output::File(source) = edition.output(path)? else {
                return None;
            };
            let hash = edition.outline().files.get(source)?.hash.short();
            path.as_str()
                .contains(&hash)
                .then(|| edition.render(path)?.ok())?
        })
    }
}

fn without_hints(faults: &Diagnostics) -> Diagnostics {
    let faults = faults.iter();
    let faults = faults.filter(|fault| fault.code.severity() != Severity::Hint);
    faults.cloned().collect()
}

pub(super) fn is_error(fault: &Diagnostic) -> bool {
    fault.code.severity() == Severity::Error
}

/// The path of `base_url`, with a slash at either end.
fn base(edition: &Edition) -> String {
    let config = edition.setup().config();
    let url = config.and_then(|config| config.base_url.as_deref());
    let url = url.and_then(|url| url::Url::parse(url).ok());
    let path = url.map_or_else(|| "/".to_owned(), |url| url.path().to_owned());
    let path = percent_encoding::percent_decode_str(&path)
        .decode_utf8_lossy()
        .into_owned();
    if path.ends_with('/') {
        path
    } else {
        path + "/"
    }
}

/// The page that an edit was made in; `None` if it can't be told, because many files changed.
fn edited_page(edition: &Edition, changed: &[SourcePath]) -> Option<Permalink> {
    let heads = &edition.outline().heads;
    let mut pages = changed.iter().filter_map(|path| heads.get(path));
    let page = pages.next()?;
    pages.next().is_none().then(|| page.permalink.clone())
}
