//! Shows the manual, which the program contains, as it would any site.

use std::path::Path;
use std::sync::Arc;

use crate::cli::Outcome;
use crate::cli::args::DocsArgs;
use crate::cli::screen::Screen;
use crate::config::Settings;
use crate::disk::Root;
use crate::error::Error;
use crate::serve;

/// The manual's files, by their paths in its project.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/manual.rs"));

/// Previews the manual from a temporary folder.
pub(super) fn docs(args: &DocsArgs, screen: Screen) -> Result<Outcome, Error> {
    let failed = |cause| Error::io("lay out the manual in", &std::env::temp_dir(), cause);
    let folder = tempfile::Builder::new()
        .prefix("nutgraf-docs-")
        .tempdir()
        .map_err(failed)?;
    let root = Root::open(folder.path()).map_err(failed)?;
    for (path, bytes) in FILES {
        root.create(Path::new(path), bytes).map_err(failed)?;
    }
    let options = serve::ServeOptions {
        root: folder.path().to_owned(),
        settings: Settings::default(),
        port: args.port,
        host: None,
        open: args.open,
        follow: false,
        poll: false,
        read_only: true,
    };
    serve::run(options, Arc::new(screen))?;
    Ok(Outcome::Fine)
}
