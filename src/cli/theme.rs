//! Shows the files of the built-in theme.

use std::fmt::Write as _;

use crate::cli::Outcome;
use crate::cli::args::Theme;
use crate::cli::screen::print;
use crate::diag::nearest;
use crate::error::Error;
use crate::theme::{self, ThemeFile};

/// Prints the names of all files, or one file.
pub(super) fn theme(command: &Theme) -> Result<Outcome, Error> {
    let files = theme::files();
    match command {
        Theme::List => {
            let width = files.iter().map(|file| file.path.len()).max().unwrap_or(0);
            let mut list = String::new();
            for file in &files {
                let line = format!("{:width$}  {}", file.path, file.about());
                writeln!(list, "{}", line.trim_end()).expect("a string takes any text");
            }
            print(list.as_bytes())?;
        }
        Theme::Show { name } => print(find(&files, name)?.bytes)?,
    }
    Ok(Outcome::Fine)
}

/// The file with a name, with or without its folder.
fn find<'f>(files: &'f [ThemeFile], name: &str) -> Result<&'f ThemeFile, Error> {
    let written = name.trim_start_matches("./").replace('\\', "/");
    let exact = files.iter().find(|file| file.path == written);
    let found = exact.or_else(|| files.iter().find(|file| file.is_named(&written)));
    found.ok_or_else(|| {
        let names: Vec<&str> = files.iter().map(|file| file.name()).collect();
        let error = Error::usage(format!("the theme has no file `{name}`"));
        error.help(match nearest(&written, &names) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`nutgraf theme list` names all of them".to_owned(),
        })
    })
}
