//! Edits the quotations of a folder of articles in every way that is allowed and in every way that isn't, and counts
//! what is accepted: `cargo run --release -p nutgraf-evidence --example evidence_edits -- FOLDER`.
//!
//! An article is a plain text file. False quotations that were accepted and true ones that were refused are printed
//! below the table.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

#[path = "../tests/evidence/edits.rs"]
mod edits;

use edits::Counts;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("expected a folder of articles")?;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let mut counts = Counts::default();
    for path in &paths {
        counts.edit_article(&fs::read_to_string(path)?);
    }
    println!("{} articles\n{counts}", paths.len());
    for surprise in counts.false_accepts.iter().chain(&counts.false_rejects) {
        println!("{surprise}");
    }
    Ok(())
}
