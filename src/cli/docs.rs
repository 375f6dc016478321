//! Shows the manual, which the program contains, as it would any site.

use std::path::Path;
use std::sync::Arc;

use crate::cli::Outcome;
use crate::cli::args::DocsArgs;
use crate::cli::screen::{Screen, print};
use crate::config::Settings;
use crate::diag::nearest;
use crate::disk::Root;
use crate::error::Error;
use crate::serve;

/// The manual's files, by their paths in its project.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/manual.rs"));

/// The page that explains every message.
const MESSAGES: &str = "content/reference/messages.md";

/// What the manual says of a message: what it is, why, and how a report looks.
///
/// # Errors
///
/// If there is no such code.
fn explained(code: &str) -> Result<String, Error> {
    let page = FILES.iter().find(|(path, _)| *path == MESSAGES);
    let page = String::from_utf8_lossy(page.map_or(&[], |(_, bytes)| *bytes));
    let sections: Vec<(&str, &str)> = page
        .split("\n## ")
        .skip(1)
        .filter_map(|section| section.split_once('\n'))
        .collect();
    let found = sections.iter().find(|(name, _)| *name == code);
    match found {
        Some((name, text)) => {
            let text = text
                .trim()
                .replace("```text\n", "")
                .replace("```", "")
                .replacen(".*", ":", 1);
            let text = text.trim_start_matches('*');
            Ok(format!("{name}\n\n{}\n", text.trim_end()))
        }
        None => {
            let names: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
            let error = Error::usage(format!("there is no message `{code}`"));
            Err(error.help(match nearest(code, &names) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "messages have their codes in brackets: `error[bad-date]`".to_owned(),
            }))
        }
    }
}

/// Explains a message, or previews the manual from a temporary folder.
pub(super) fn docs(args: &DocsArgs, screen: Screen) -> Result<Outcome, Error> {
    if let Some(code) = &args.code {
        return print(explained(code)?.as_bytes()).map(|()| Outcome::Fine);
    }
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
