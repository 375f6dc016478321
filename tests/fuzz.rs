//! What must hold for any bytes at all, tried with a corpus and with what chance makes of it. `.ci/fuzz` looks for more, with
//! libFuzzer.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

#[path = "fuzz/promises.rs"]
mod promises;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

/// A change of bytes; places and lengths are shares of what is there.
#[derive(Clone, Debug)]
enum Change {
    Remove(f64, f64),
    Repeat(f64, f64, usize),
    Put(f64, Vec<u8>),
}

/// Signs that mean something somewhere.
const PIECES: [&str; 32] = [
    "\n",
    "---\n",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "`",
    "*",
    "_",
    "&a ",
    "*a",
    "|\n",
    "\t",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "\u{ad}",
    "“",
    "”",
    "…",
    "9",
    "XX",
    "~",
    "/",
    "%",
    "<b>",
    "![](",
    "\u{1f600}",
];

fn change() -> impl Strategy<Value = Change> {
    let piece = prop::sample::select(&PIECES).prop_map(|piece| piece.as_bytes().to_vec());
    let bytes = prop_oneof![4 => piece, 1 => prop::collection::vec(any::<u8>(), 1..4)];
    prop_oneof![
        2 => (0.0..1.0, 0.0..0.2).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (0.0..1.0, 0.0..0.1, 2..40_usize).prop_map(|(at, length, n)| Change::Repeat(at, length, n)),
        4 => (0.0..=1.0, bytes).prop_map(|(at, bytes)| Change::Put(at, bytes)),
    ]
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a length"
)]
fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |share: f64| (share * bytes.len() as f64) as usize;
    let range = |at: f64, length: f64| place(at)..place((at + length).min(1.0));
    match change {
        Change::Remove(at, length) => {
            let range = range(*at, *length);
            bytes.drain(range);
        }
        Change::Repeat(at, length, n) => {
            let range = range(*at, *length);
            let piece = bytes[range.clone()].repeat(*n);
            bytes.splice(range, piece);
        }
        Change::Put(at, piece) => {
            let at = place(*at);
            bytes.splice(at..at, piece.iter().copied());
        }
    }
}

/// Keeps a promise for each file of its corpus as it is, and for so many that chance has changed.
fn keep(promise: fn(&[u8]), name: &str, n_cases: u32) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for bytes in &corpus {
        promise(bytes);
    }
    let config = ProptestConfig {
        cases: n_cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let input = (
        prop::sample::select(corpus),
        prop::collection::vec(change(), 1..12),
    );
    let kept = TestRunner::new(config).run(&input, |(mut bytes, changes)| {
        for change in &changes {
            apply(&mut bytes, change);
        }
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let kept = std::panic::catch_unwind(|| promise(&bytes));
        kept.map_err(|_| TestCaseError::fail(format!("broken by {shown:?}")))
    });
    if let Err(broken) = kept {
        panic!("{name}: {broken}");
    }
}

macro_rules! promises {
    ($($name:ident: $n_cases:literal,)+) => {
        $(#[test]
        fn $name() {
            keep(promises::$name, stringify!($name), $n_cases);
        })+
    };
}

promises! {
    page: 300,
    settings: 300,
    date: 400,
    number: 400,
    language: 100,
    quotation: 100,
    article: 60,
    site: 24,
}
