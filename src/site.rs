//! From an edition to a folder: renders every output and hands it to the writer.

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::edition::{Edition, Rendered};
use crate::error::Error;
use crate::output::{self, Target, Written};
use crate::project::OutputPath;

/// Renders an edition into a folder. Nothing there changes unless all of it could be rendered.
///
/// # Errors
///
/// If the folder can't be written. Faults of templates are given back; then nothing was written.
pub fn write(edition: &Edition, target: &Target) -> Result<(Option<Written>, Vec<Diagnostic>), Error> {
    let _ = (edition, target);
    todo!()
}
