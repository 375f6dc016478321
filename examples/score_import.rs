//! Scores `nutgraf import` against annotated texts.
//!
//! ```text
//! cargo run --release --example score_import -- CORPUS [-v]
//! ```
//!
//! `CORPUS` holds `NAME.txt` and `gold/NAME.tsv` with dates; quotations, speakers and figures are annotated in
//! `tests/import/annotations/NAME.tsv`. `-v` lists every error. At the end stands how long 1 MB of prose takes.

#![allow(
    clippy::unwrap_used,
    reason = "a score that can't be taken should stop"
)]

#[path = "../tests/import/score/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod score;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use nutgraf::import::{Language, Reading};
use score::{Score, annotations};

const ANNOTATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/annotations");

fn main() -> ExitCode {
    let mut corpus = None;
    let mut verbose = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "-v" | "--verbose" => verbose = true,
            _ => corpus = Some(PathBuf::from(argument)),
        }
    }
    let Some(corpus) = corpus else {
        eprintln!("usage: score_import CORPUS [-v]");
        return ExitCode::from(2);
    };
    match run(&corpus) {
        Ok(score) => {
            if verbose {
                score.errors.iter().for_each(|error| println!("{error}"));
            }
            print!("{score}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(corpus: &Path) -> Result<Score, String> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let entries = fs::read_dir(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    let mut texts: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    let english = Language::named("en").ok_or("no English")?;
    let mut total = Score::default();
    let mut prose = String::new();
    for path in texts {
        let name = annotations::name_of(&path);
        let text = read(&path)?;
        let reading = Reading::of(&text, None, english);
        let own = read(&Path::new(ANNOTATIONS).join(format!("{name}.tsv")))?;
        let dates = read(&corpus.join(format!("gold/{name}.tsv")))?;
        let gold = annotations::gold(&reading, &own, &dates)
            .map_err(|error| format!("{name}: {error}"))?;
        total.add(Score::of(&name, &reading, &gold));
        prose.push_str(&text);
        prose.push_str("\n\n");
    }
    let mega = prose.repeat(1 + (1 << 20) / prose.len().max(1));
    let start = Instant::now();
    let n_dates = Reading::of(&mega, None, english).dates().len();
    let took = start.elapsed().as_millis();
    println!("1 MB of prose ({n_dates} dates) is read in {took} ms");
    Ok(total)
}
