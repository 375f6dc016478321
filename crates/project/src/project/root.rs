//! Where a project is.

use std::path::{Path, PathBuf};

/// The nearest folder upwards from `start`, itself included, that holds `site.yaml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join("site.yaml").is_file())
        .map(Path::to_owned)
}
