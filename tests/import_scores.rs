//! How well `nutgraf import` reads, over articles of our own that were written and marked before the rules were tried
//! on them. `cargo test --test import_scores -- --nocapture` prints the scores and every error.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

#[path = "import/score/mod.rs"]
#[allow(dead_code, reason = "the example scores a corpus with the rest")]
mod score;

use std::fs;
use std::path::Path;

use score::Score;
use score::marked::Marked;

/// The scores of every marked article.
fn scores() -> Score {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/held");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut total = Score::default();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        // `# 2024-03-14 en`: when it was published, and in which language it is.
        let (head, body) = text.split_once('\n').unwrap();
        let mut head = head.trim_start_matches("# ").split(' ');
        let (published, language) = (head.next(), head.next().unwrap());
        let (reading, gold) = Marked::read(body).reading(published, language);
        let name = score::annotations::name_of(&path);
        total.add(Score::of(&name, &reading, &gold));
    }
    total
}

#[test]
fn articles_are_read_as_well_as_promised() {
    let score = scores();
    println!("{}\n{score}", score.errors.join("\n"));
    assert!(score.dates.precision() >= 0.97, "{score}");
    assert!(score.dates.recall() >= 0.90, "{score}");
    assert!(score.quotations.f1() >= 0.97, "{score}");
    assert!(score.speakers.precision() >= 0.95, "{score}");
    assert!(score.named() >= 0.80, "{score}");
    assert!(score.figures.precision() >= 0.90, "{score}");
    assert!(score.figures.recall() >= 0.88, "{score}");
}
