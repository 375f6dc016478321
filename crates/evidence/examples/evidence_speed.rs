//! Measures how long it takes to check 1,000 quotations against a text: `cargo run --release --example evidence_speed
//! FILE`.
//!
//! Half of the quotations are true (as printed, with an ellipsis, with a bracket) and half are false (a word added, a
//! word dropped, halves swapped); each has a speaker. Without a file, a megabyte of paragraphs is made up.

use std::env;
use std::fs;
use std::time::{Duration, Instant};

use nutgraf_evidence::{Quote, QuoteVerdict, SourceText, Speaker, match_speech};

const N_QUOTATIONS: usize = 1_000;

fn main() -> Result<(), std::io::Error> {
    let text = match env::args().nth(1) {
        Some(file) => fs::read_to_string(file)?,
        None => made_up(1_000_000),
    };
    let start = Instant::now();
    let source = SourceText::new(&text);
    println!("{} bytes read in {:.1?}", text.len(), start.elapsed());
    let sentences: Vec<Vec<&str>> = text
        .split(". ")
        .map(|sentence| sentence.split_whitespace().collect())
        .filter(|words: &Vec<&str>| words.len() > 11 && !words.concat().contains(['[', '…']))
        .collect();
    let speaker = Speaker::of("Ana Ruiz", &text);
    let step = (sentences.len() / N_QUOTATIONS).max(1);
    for (name, edit) in EDITS {
        let quotations: Vec<String> = sentences
            .iter()
            .step_by(step)
            .take(N_QUOTATIONS)
            .map(|words| edit(words))
            .collect();
        let start = Instant::now();
        let mut n_found = 0;
        let mut longest = Duration::ZERO;
        for quotation in &quotations {
            let own = Instant::now();
            let verdict = match_speech(&source, &Quote::new(quotation), &speaker);
            n_found += usize::from(matches!(verdict, QuoteVerdict::Verified(_)));
            longest = longest.max(own.elapsed());
        }
        let n = quotations.len();
        println!(
            "{name:<14} {n:>5} in {:>9.1?}, {n_found:>4} found, longest {longest:.1?}",
            start.elapsed()
        );
    }
    Ok(())
}

type Edit = fn(&[&str]) -> String;

const EDITS: [(&str, Edit); 6] = [
    ("as printed", |words| words.join(" ")),
    ("ellipsis", |words| {
        format!("{} … {}", words[..4].join(" "), words[7..].join(" "))
    }),
    ("bracket", |words| {
        format!("{} [it] {}", words[..4].join(" "), words[6..].join(" "))
    }),
    ("word dropped", |words| {
        format!("{} {}", words[..5].join(" "), words[6..].join(" "))
    }),
    ("word added", |words| {
        format!("{} not {}", words[..5].join(" "), words[5..].join(" "))
    }),
    ("reversed", |words| {
        format!("{} … {}", words[6..].join(" "), words[..6].join(" "))
    }),
];

/// Sentences of a few frequent words and many rare ones, in paragraphs of five; every third sentence is a quotation.
fn made_up(n_bytes: usize) -> String {
    const FREQUENT: [&str; 16] = [
        "the", "of", "and", "to", "in", "a", "that", "it", "was", "we", "for", "not", "on", "with",
        "but", "will",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % limit
    };
    let mut text = String::new();
    for number in 0_u64.. {
        if text.len() >= n_bytes {
            break;
        }
        let words: Vec<String> = (0..8 + below(18))
            .map(|_| match below(2) {
                0 => FREQUENT[usize::try_from(below(16)).unwrap_or(0)].to_owned(),
                _ => {
                    let limit = 1 + below(4_000);
                    format!("word{}", below(limit))
                }
            })
            .collect();
        let words = words.join(" ");
        text.push_str(&match number % 3 {
            0 => format!("“We {words},” said Ana Ruiz. "),
            _ => format!("They {words}. "),
        });
        if number % 5 == 4 {
            text.push_str("\n\n");
        }
    }
    text
}
