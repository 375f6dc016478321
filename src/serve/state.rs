//! One state of a preview: which edition is served, and what is known about its faults. It never changes; a later state
//! replaces it as a whole, so that no request sees half of one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, OnceLock};

use crate::diag::{Diagnostic, Diagnostics, Severity, overlay};
use crate::edition::Edition;
use crate::model::Asset;
use crate::output::Content;
use crate::project::{OutputPath, Permalink, SourcePath};

/// How many stylesheets and scripts of earlier editions to keep for pages that are still open: those of a few edits.
const MAX_FORMER: usize = 16;

/// How many files with known errors are checked before an edit is shown. There are seldom more, and an edit shouldn't
/// wait for them; the check that follows finds the rest.
const MAX_ASKED: usize = 16;

/// One state of a preview.
pub(super) struct PreviewState {
    /// The number of the edition.
    pub(super) number: u64,
    /// The edition of what is on disk.
    pub(super) newest: Arc<Edition>,
    /// The edition from which pages are served: the newest one whose settings and templates can be used.
    pub(super) served: Arc<Edition>,
    /// Whether there is such an edition.
    is_usable: bool,
    /// The path of the site below the server's root: `/`, or `/repo/` as on GitHub Pages.
    pub(super) base: String,
    /// The known errors and warnings: all of them once the edition is checked. Hints are shown only in the terminal; a
    /// large site has more of them than could be carried through every edit.
    known: Diagnostics,
    /// The faults of single files, which editions don't know.
    reading: Diagnostics,
    /// The number of the last edit of a page, and the page's address.
    pub(super) edit: (u64, Option<Permalink>),
    /// The files in `static/` and those of the theme, as served.
    files: Arc<BTreeMap<SourcePath, Asset>>,
    /// Files with hashes in their names that no longer exist under these names, the latest first.
    former: VecDeque<(OutputPath, Content)>,
    report: OnceLock<String>,
}

/// The faults of files with known errors, before an edit.
pub(super) type Before = BTreeMap<SourcePath, Diagnostics>;

impl PreviewState {
    /// The first state.
    pub(super) fn first(edition: Arc<Edition>, reading: Diagnostics) -> Self {
        Self {
            number: 1,
            base: base(&edition),
            files: edition.static_assets(),
            is_usable: edition.is_usable(),
            served: edition.clone(),
            newest: edition,
            known: without_hints(&reading),
            reading,
            edit: (0, None),
            former: VecDeque::new(),
            report: OnceLock::new(),
        }
    }

    /// What has to be known before an edit comes in, to tell afterwards what it has fixed.
    pub(super) fn before(&self) -> Before {
        let errors = self.known.iter().filter(|fault| is_error(fault));
        let files: BTreeSet<&SourcePath> = errors
            .map(|fault| &fault.place.file)
            .take(MAX_ASKED)
            .collect();
        let faults = files
            .into_iter()
            .map(|file| (file.clone(), self.newest.faults_in(file)));
        faults.collect()
    }

    /// The state after an edit of the files `changed`.
    pub(super) fn next(
        &self,
        newest: Arc<Edition>,
        reading: Diagnostics,
        changed: &[SourcePath],
        before: &Before,
    ) -> Self {
        let is_usable = !newest.setup_faults().has_errors() && newest.is_usable();
        let served = if is_usable || !self.is_usable {
            newest.clone()
        } else {
            self.served.clone()
        };
        let mut known = self.still_known(&newest, changed, before);
        known.extend(without_hints(&reading));
        let edit = match edited_page(&newest, changed) {
            Some(page) => (self.edit.0 + 1, Some(page)),
            None => self.edit.clone(),
        };
        let (base, files) = if Arc::ptr_eq(&served, &newest) {
            (base(&newest), newest.static_assets())
        } else {
            (self.base.clone(), self.files.clone())
        };
        Self {
            number: self.number + 1,
            is_usable: is_usable || self.is_usable,
            base,
            former: self.former_after(&files),
            files,
            newest,
            served,
            known,
            reading,
            edit,
            report: OnceLock::new(),
        }
    }

    /// The files that pages may request although they no longer exist, or have another name in `files`.
    fn former_after(
        &self,
        files: &Arc<BTreeMap<SourcePath, Asset>>,
    ) -> VecDeque<(OutputPath, Content)> {
        let mut former = self.former.clone();
        if *files == self.files {
            return former;
        }
        for (source, asset) in &*self.files {
            let is_same = files.get(source).is_some_and(|file| file == asset);
            let has_hash = asset.permalink.as_str().contains(&asset.hash.short());
            if is_same || !has_hash {
                continue;
            }
            if let Some(file) = self.served.snapshot().get(source) {
                former.push_front((asset.permalink.output_path(), Content::from(file)));
            }
        }
        former.truncate(MAX_FORMER);
        former
    }

    /// The known faults that are assumed to remain until the check is complete: those of files that weren't touched,
    /// except those that disappeared from their pages because another file was fixed.
    fn still_known(
        &self,
        newest: &Edition,
        changed: &[SourcePath],
        before: &Before,
    ) -> Diagnostics {
        let untouched = self
            .known
            .iter()
            .filter(|fault| !changed.contains(&fault.place.file));
        let after: BTreeMap<&SourcePath, Diagnostics> = before
            .keys()
            .map(|file| (file, newest.faults_in(file)))
            .collect();
        let is_mended = |fault: &Diagnostic| {
            let file = &fault.place.file;
            let has = |faults: Option<&Diagnostics>| {
                faults.is_some_and(|faults| faults.iter().any(|other| other == fault))
            };
            has(before.get(file)) && !has(after.get(file))
        };
        let left = untouched.filter(|fault| !is_mended(fault));
        left.cloned().collect()
    }

    /// The same state, once everything is checked.
    pub(super) fn checked(&self, faults: &Diagnostics) -> Self {
        let mut known = without_hints(faults);
        known.extend(without_hints(&self.reading));
        Self {
            number: self.number,
            newest: self.newest.clone(),
            served: self.served.clone(),
            is_usable: self.is_usable,
            base: self.base.clone(),
            known,
            reading: self.reading.clone(),
            edit: self.edit.clone(),
            files: self.files.clone(),
            former: self.former.clone(),
            report: OnceLock::new(),
        }
    }

    /// The faults of single files, which editions don't know.
    pub(super) fn reading(&self) -> &Diagnostics {
        &self.reading
    }

    /// The known errors and warnings.
    pub(super) fn known(&self) -> &Diagnostics {
        &self.known
    }

    /// The report on a page with the faults `own`; empty as long as there isn't an error anywhere.
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

    /// A file whose name contains the hash of its bytes, requested by a page of an earlier edition. It can't be stale:
    /// different content has a different name.
    pub(super) fn former_file(&self, path: &OutputPath) -> Option<Content> {
        let mut former = self.former.iter();
        former
            .find(|(other, _)| other == path)
            .map(|(_, content)| content.clone())
    }
}

fn without_hints(faults: &Diagnostics) -> Diagnostics {
    let faults = faults
        .iter()
        .filter(|fault| fault.code.severity() != Severity::Hint);
    faults.cloned().collect()
}

pub(super) fn is_error(fault: &Diagnostic) -> bool {
    fault.code.severity() == Severity::Error
}

/// The path of `base_url`, with a slash at either end.
fn base(edition: &Edition) -> String {
    let url = edition.config().and_then(|config| config.base_url);
    let url = url.and_then(|url| url::Url::parse(&url).ok());
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

/// The page that was edited; `None` if that isn't clear, because many files changed.
fn edited_page(edition: &Edition, changed: &[SourcePath]) -> Option<Permalink> {
    let mut pages = changed.iter().filter_map(|path| edition.head(path));
    let page = pages.next()?;
    pages.next().is_none().then(|| page.permalink.clone())
}
