//! Takes a snapshot of a folder, without what its settings leave out.

use std::path::Path;

use crate::config::{CONFIG, Config};
use crate::diag::Diagnostics;
use crate::error::Error;
use crate::project::{Ignore, Snapshot, SourcePath};

/// The settings in `site.yaml`, before anything else is read; `None` if they can't be used, which the edition will
/// report.
///
/// # Errors
///
/// If the file exists but can't be read.
pub fn of_project(root: &Path) -> Result<Option<Config>, Error> {
    let path = SourcePath::new(CONFIG);
    let mut only_config = Snapshot::default();
    let mut told_later = Diagnostics::new();
    only_config.refresh(
        root,
        &Ignore::default(),
        std::slice::from_ref(&path),
        &mut told_later,
    )?;
    Ok(Config::parse(only_config.get(&path), &mut told_later))
}

/// The files that a project's settings leave out; none if the settings can't be used.
pub fn ignored_by(config: Option<Config>) -> Ignore {
    Ignore {
        patterns: config.map(|config| config.ignore).unwrap_or_default(),
    }
}

/// Reads a project. Faults of single files are recorded.
///
/// # Errors
///
/// If a folder or file can't be read.
pub fn snapshot(root: &Path, diagnostics: &mut Diagnostics) -> Result<Snapshot, Error> {
    Snapshot::read(root, &ignored_by(of_project(root)?), diagnostics)
}
