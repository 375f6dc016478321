//! Scores `nutgraf import` against annotated texts.
//!
//! ```text
//! cargo run --release --example score_import -- CORPUS [ANNOTATIONS] [-v]
//! ```
//!
//! `CORPUS` holds `NAME.txt` and `gold/NAME.tsv` (dates as in the GUM corpus: `date`, attributes, words); `ANNOTATIONS`
//! holds `NAME.tsv` with this project's own lines, see `tests/import/gold/README.md`. `-v` lists every error.

#[path = "../tests/import/score/mod.rs"]
mod score;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut folders = Vec::new();
    let mut verbose = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "-v" | "--verbose" => verbose = true,
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let Some(corpus) = folders.first() else {
        eprintln!("usage: score_import CORPUS [ANNOTATIONS] [-v]");
        return ExitCode::from(2);
    };
    let own = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/gold"));
    let annotations = folders.get(1).unwrap_or(&own);
    match score::run(corpus, annotations) {
        Ok(report) => {
            if verbose {
                for error in &report.errors {
                    println!("{error}");
                }
            }
            print!("{}", report.summary());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
