//! Finds a project.

use std::path::{Path, PathBuf};

/// The nearest folder with a `site.yaml`, starting at `start` and going up.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join("site.yaml").is_file())
        .map(Path::to_owned)
}
