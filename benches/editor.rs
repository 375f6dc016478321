//! How soon does an editor get its answers? `cargo bench --bench editor` prints the 50th and 95th percentile on a site of
//! 6,000 pages: completion of a key, of an id and of a path right after a keystroke, faults of the edited file after a
//! keystroke, and all faults of the site after one.
//!
//! The clock starts when the client writes its message and ends when it has read the answer, so both ends' JSON counts.
//! `EDITOR_EXPLAINERS` says how many explainers of six pages there are.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that can't go on should stop"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../tests/editor/mod.rs"]
mod editor;

use editor::{Editor, cursor};

const EDITS: usize = 100;

fn main() {
    let asked = std::env::var("EDITOR_EXPLAINERS").unwrap_or_else(|_| "1000".to_owned());
    let n_explainers: usize = asked.parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    write_site(dir.path(), n_explainers);
    let start = Instant::now();
    let mut editor = Editor::new(dir.path());
    let page = "content/e1/timeline.md";
    let text = editor.open_saved(page);
    editor.settle();
    println!(
        "{} pages, all checked after {} ms",
        n_explainers * 6,
        start.elapsed().as_millis()
    );
    println!("{:24}     50th       95th", "");
    let record = "  - id: vote-0\n";
    let cases = [
        (
            "completion of a key",
            text.replacen(record, &format!("{record}    pl|\n"), 1),
        ),
        (
            "completion of an id",
            text.replacen("source: paper", "source: pa|", 1),
        ),
        ("completion of a path", format!("{text}See [x](../e7|).\n")),
    ];
    for (name, marked) in cases {
        measure(name, |turn| {
            let (text, position) = cursor(&format!("{marked}{turn}\n"));
            editor.replace(page, &text);
            let about = editor.about(page, position);
            editor.ask("textDocument/completion", about);
        });
    }
    editor.replace(page, &text);
    editor.settle();
    measure("faults of the file", |turn| {
        editor.replace(page, &format!("{text}[x](event:nobody-{turn})\n"));
        editor.wait_for_faults(page, |faults| {
            let name = format!("`nobody-{turn}`");
            let mut messages = faults.iter().filter_map(|fault| fault["message"].as_str());
            messages.any(|message| message.contains(&name))
        });
    });
    measure("all faults of the site", |turn| {
        editor.replace(page, &format!("{text}[x](event:nobody-{turn})\n"));
        editor.settle();
    });
    editor.quit();
}

fn measure(name: &str, mut turn: impl FnMut(usize)) {
    let mut times: Vec<Duration> = (0..EDITS)
        .map(|n| {
            let start = Instant::now();
            turn(n);
            start.elapsed()
        })
        .collect();
    times.sort();
    let [half, most] = [50, 95].map(|percent| times[(EDITS * percent).div_ceil(100) - 1]);
    let shown = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{name:24} {:6.1} ms  {:6.1} ms", shown(half), shown(most));
}

fn write_site(root: &Path, n_explainers: usize) {
    let write = |path: String, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let words = "The council met in the harbor and spoke of ships. ".repeat(20);
    write("site.yaml".to_owned(), "title: Large\n");
    write(
        "content/index.md".to_owned(),
        "---\ntitle: Home\n---\nHello.\n",
    );
    for n in 1..=n_explainers {
        let page = |name: &str, text: String| write(format!("content/e{n}/{name}.md"), &text);
        let front = "explainer: true\nsources:\n  - id: paper\n    title: The paper\n";
        page(
            "index",
            format!("---\ntitle: Explainer {n}\n{front}---\n{words}[@paper]\n"),
        );
        let events: String = (0..20)
            .map(|event| {
                format!("  - id: vote-{event}\n    date: 2024\n    title: Vote {event}\n    source: paper\n")
            })
            .collect();
        page(
            "timeline",
            format!("---\ntitle: Timeline\nevents:\n{events}---\n[](event:vote-1)\n"),
        );
        for name in ["overview", "people", "harbor", "numbers"] {
            page(
                name,
                format!("---\ntitle: {name} {n}\n---\n{words}[x](timeline.md#vote-3)\n"),
            );
        }
    }
}
