//! Writes an edition to a folder.

mod last_build;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::edition::{Edition, Renderer};
use crate::error::Error;
use crate::output::{Content, OutputFile, Share, Staged, Staging, Target, Written};
use crate::plan::Output;
use crate::project::OutputPath;

pub use last_build::LastBuild;

/// Receives the progress of a site being written, from many threads at once.
pub trait Progress: Sync {
    /// The number of outputs that will be made.
    fn begin(&self, n_outputs: usize);

    /// Makes one output by calling `make` once.
    fn make(&self, path: &OutputPath, make: &mut dyn FnMut());
}

/// Reports no progress.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}

    fn make(&self, _: &OutputPath, make: &mut dyn FnMut()) {
        make();
    }
}

/// The result of writing a site.
#[derive(Debug)]
pub enum WriteOutcome {
    /// It was written.
    Written(Written),
    /// Templates failed, and nothing was written.
    Failed(Vec<Diagnostic>),
}

/// The result for one output.
enum Made {
    Staged(Staged),
    Failed(Box<Diagnostic>),
    /// Its page can't be made; the faults of the sources say why.
    Nothing,
}

/// Renders an edition into a folder, page by page, so that memory doesn't grow with the output.
///
/// Nothing in the folder changes unless all outputs could be rendered. `previous` is the result of the last call in
/// this process, if there was one; `progress` is told how far it is. With a `share`, only that is made.
///
/// # Errors
///
/// If the folder can't be written.
pub fn write(
    edition: &Edition,
    target: &Target,
    share: Option<Share>,
    previous: Option<&Written>,
    progress: &dyn Progress,
) -> Result<WriteOutcome, Error> {
    let mut staging = Staging::begin(target, previous)?;
    if let Some(share) = share {
        staging = staging.of_share(share, edition.fingerprint());
    }
    if edition.heads().is_empty() && staging.replaces_home_page() {
        let message =
            "nothing was written: the site has no pages now, and the one that is there has some";
        return Err(Error::usage(message).help(
            "find out where the pages are; if they are meant to go, run `nutgraf clean` first",
        ));
    }
    let outputs = edition.outputs().into_iter();
    let outputs = outputs.filter(|output| share.is_none_or(|share| is_in(share, output)));
    let mut outputs: Vec<(OutputPath, Output)> = outputs.collect();
    // The search index takes longer than anything else, and all threads would have to wait for whatever starts last.
    outputs.sort_by_key(|(_, output)| !matches!(output, Output::SearchFile(..)));
    progress.begin(outputs.len());
    let made = outputs
        .par_iter()
        .map_with(edition.renderer(), |renderer, (path, output)| {
            let mut made = Ok(Made::Nothing);
            progress.make(path, &mut || made = make(renderer, &staging, path, output));
            made
        })
        .collect::<Result<Vec<Made>, Error>>()?;
    let mut staged = Vec::with_capacity(made.len());
    let mut faults = Vec::new();
    for made in made {
        match made {
            Made::Staged(file) => staged.push(file),
            Made::Failed(fault) => faults.push(*fault),
            Made::Nothing => {}
        }
    }
    if !faults.is_empty() {
        return Ok(WriteOutcome::Failed(faults));
    }
    staging
        .commit(staged, &mut |_| Ok(()))
        .map(WriteOutcome::Written)
}

/// Whether a share has an output. The files of the search index are in one share: each takes as long as all of them.
fn is_in(share: Share, (path, output): &(OutputPath, Output)) -> bool {
    match output {
        Output::SearchFile(..) => share.has("search"),
        _ => share.has(path.as_str()),
    }
}

fn make(
    renderer: &Renderer,
    staging: &Staging<'_>,
    path: &OutputPath,
    output: &Output,
) -> Result<Made, Error> {
    match rendered(renderer, staging, path, output) {
        Some(Ok(content)) => {
            let file = OutputFile {
                path: path.clone(),
                content,
            };
            staging.put(&file).map(Made::Staged)
        }
        Some(Err(fault)) => Ok(Made::Failed(fault)),
        None => Ok(Made::Nothing),
    }
}

/// An output of an edition. A card or a picture that the last build has made isn't made again: its path says what it shows.
fn rendered(
    renderer: &Renderer,
    staging: &Staging<'_>,
    path: &OutputPath,
    output: &Output,
) -> Option<Result<Content, Box<Diagnostic>>> {
    let is_picture = matches!(output, Output::Card(_) | Output::Picture(..));
    let kept = is_picture.then(|| staging.kept(path)).flatten();
    match kept {
        Some(content) => Some(Ok(content)),
        None => renderer.render(path, output),
    }
}
