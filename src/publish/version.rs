//! Versions that stay: copies of the site as it was published on a day, each below an address of its own.

use crate::edition::Edition;
use crate::model::Day;
use crate::plan::Output;
use crate::project::OutputPath;

use super::preflight::Refusal;

/// The folder of all versions.
const FOLDER: &str = "versions/";

/// A version of the site that stays.
pub(super) struct Version {
    /// The site as it is there: it knows its own address.
    pub(super) edition: Edition,
    /// Its folder: `versions/2025-02-03/`.
    folder: String,
}

impl Version {
    /// The version of a day.
    pub(super) fn new(edition: &Edition, day: Day) -> Self {
        let folder = format!("{FOLDER}{day}/");
        let mut settings = edition.settings().clone();
        let base_url = edition.config().and_then(|config| config.base_url);
        settings.base_url = base_url.map(|base| format!("{base}{folder}"));
        Self {
            edition: Edition::new(edition.snapshot().clone(), settings),
            folder,
        }
    }

    /// The path of one of its outputs; `None` for those that only a whole host has.
    pub(super) fn path(&self, path: &OutputPath, output: &Output) -> Option<OutputPath> {
        let is_of_host = matches!(
            output,
            Output::Cname
                | Output::NoJekyll
                | Output::Robots
                | Output::Headers
                | Output::Redirects
                | Output::NotFound
        );
        (!is_of_host).then(|| OutputPath::new(format!("{}{path}", self.folder)))
    }

    /// Whether a file is one of it.
    fn has(&self, path: &str) -> bool {
        path.starts_with(&self.folder)
    }
}

/// Whether a file on the branch stays as it is: those of earlier versions do, whether or not there is a new one.
pub(super) fn stays(path: &str, version: Option<&Version>) -> bool {
    path.starts_with(FOLDER) && version.is_none_or(|version| !version.has(path))
}

/// What keeps a version from being left.
pub(super) fn in_the_way(edition: &Edition, keep: Option<Day>) -> Option<Refusal> {
    keep?;
    let outputs = edition.outputs();
    let taken = outputs
        .keys()
        .find(|path| path.as_str().starts_with(FOLDER))?;
    Some(Refusal::fixed(
        format!("`--keep` leaves versions below `/{FOLDER}`, where the site has `/{taken}`"),
        "give what is there another name or `slug:`",
    ))
}
