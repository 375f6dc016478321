//! Faults of the environment: a full disk, a folder that can't be read.
//!
//! Faults of the writer are [`Diagnostic`](crate::diag::Diagnostic)s; faults of ours are panics, and there are none.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong outside the sources: the action, the path it applied to, and the cause.
///
/// # Examples
///
/// ```
/// use std::io;
/// use std::path::Path;
/// use nutgraf_project::error::Error;
///
/// let cause = io::Error::new(io::ErrorKind::StorageFull, "no space left");
/// let error = Error::io("write", Path::new("public/index.html"), cause).help("free some space");
/// assert_eq!(error.to_string(), "cannot write `public/index.html`: no space left");
/// assert_eq!(error.help_line(), Some("free some space"));
/// ```
#[derive(Debug)]
pub struct Error {
    action: String,
    path: Option<PathBuf>,
    cause: Option<io::Error>,
    help: Option<String>,
}

impl Error {
    /// An action that failed at a path: `Error::io("read", path, cause)`.
    pub fn io(action: &str, path: &Path, cause: io::Error) -> Self {
        Self {
            action: action.to_owned(),
            path: Some(path.to_owned()),
            cause: Some(cause),
            help: None,
        }
    }

    /// A wrong use of the program, described in a full sentence.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            action: message.into(),
            path: None,
            cause: None,
            help: None,
        }
    }

    /// Adds a line that says how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The line that says how to fix it, if there is one.
    pub fn help_line(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "cannot {} `{}`", self.action, path.display())?,
            None => f.write_str(&self.action)?,
        }
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause
            .as_ref()
            .map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}
