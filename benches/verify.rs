//! How long it takes to check 1,000 quotations against a source of 100,000 words: `cargo bench --bench verify`.
//!
//! The source is made of sentences of 17 frequent and 4,000 rarer words; every third is spoken. A half of the
//! quotations is true (as printed, with an ellipsis, with a bracket); a half is false (a word more, a word less, the
//! halves reversed), so that the closest passage is looked for. It fails if 1,000 take a second or more.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use nutgraf::evidence::{Quote, QuoteVerdict, SourceText, match_quote};

/// What the thousand may take.
const LIMIT: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    println!("   words  quotations       read      check   verified");
    let mut is_in_time = true;
    for (n_words, n_quotations) in [
        (1_000, 1_000),
        (10_000, 1_000),
        (100_000, 100),
        (100_000, 1_000),
        (100_000, 10_000),
        (1_000_000, 1_000),
    ] {
        let text = Text::new(n_words);
        let quotations = text.quotations(n_quotations);
        let start = Instant::now();
        let source = SourceText::new(&text.written());
        let read = start.elapsed();
        let start = Instant::now();
        let n_verified = quotations
            .iter()
            .filter(|quotation| {
                let verdict = match_quote(&source, &Quote::new(quotation), Some("Speaker"));
                matches!(black_box(verdict), QuoteVerdict::Verified(_))
            })
            .count();
        let check = start.elapsed();
        println!("{n_words:>8} {n_quotations:>11} {read:>10.1?} {check:>10.1?} {n_verified:>10}");
        if (n_words, n_quotations) == (100_000, 1_000) {
            is_in_time = read + check < LIMIT;
        }
    }
    if is_in_time {
        ExitCode::SUCCESS
    } else {
        eprintln!("expected 1,000 quotations in less than {LIMIT:?}");
        ExitCode::FAILURE
    }
}

/// Numbers that are the same at every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap_or(1)).unwrap_or(0)
    }
}

/// Sentences of words.
struct Text(Vec<Vec<String>>);

impl Text {
    fn new(n_words: usize) -> Self {
        const COMMON: &[&str] = &[
            "the", "of", "and", "to", "in", "a", "that", "it", "is", "was", "we", "for", "not",
            "on", "he", "with", "but",
        ];
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut sentences = Vec::new();
        let mut n_made = 0;
        while n_made < n_words {
            let length = 8 + dice.below(20);
            let words = (0..length)
                .map(|_| match dice.below(2) {
                    0 => COMMON[dice.below(COMMON.len())].to_owned(),
                    _ => {
                        // Few words are frequent and many are rare.
                        let limit = 1 + dice.below(4_000);
                        format!("word{}", dice.below(limit))
                    }
                })
                .collect();
            n_made += length;
            sentences.push(words);
        }
        Self(sentences)
    }

    fn written(&self) -> String {
        let mut text = String::new();
        for (index, sentence) in self.0.iter().enumerate() {
            let words = sentence.join(" ");
            if index % 3 == 0 {
                text.push_str(&format!("“{words},” said Ana Speaker{index}. "));
            } else {
                text.push_str(&format!("{words}. "));
            }
            if index % 5 == 4 {
                text.push_str("\n\n");
            }
        }
        text
    }

    fn quotations(&self, n_quotations: usize) -> Vec<String> {
        let mut dice = Dice(0x1234_5678_9abc_def1);
        (0..n_quotations)
            .map(|index| {
                let sentence = &self.0[dice.below(self.0.len())];
                let n_words = sentence.len();
                match index % 6 {
                    0 => sentence.join(" "),
                    1 => format!(
                        "{} … {}",
                        sentence[..3].join(" "),
                        sentence[n_words - 3..].join(" ")
                    ),
                    2 => format!(
                        "{} [it] {}",
                        sentence[..3].join(" "),
                        sentence[4..].join(" ")
                    ),
                    3 => format!(
                        "{} never {}",
                        sentence[..3].join(" "),
                        sentence[3..].join(" ")
                    ),
                    4 => format!(
                        "{} … {}",
                        sentence[n_words - 3..].join(" "),
                        sentence[..3].join(" ")
                    ),
                    _ => format!("{} {}", sentence[..4].join(" "), sentence[5..].join(" ")),
                }
            })
            .collect()
    }
}
