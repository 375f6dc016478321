//! How much a small site costs, in allocations: unlike times, they are the same on every machine, so that a change that
//! makes everything slower is noticed where it is made. A test in a process of its own, because it counts for all threads.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::alloc::System;
use std::fmt::Write as _;
use std::sync::Arc;

use nutgraf::edition::{Depth, Edition, Settings};
use nutgraf::output::Content;
use nutgraf::project::{OutputPath, Snapshot, SourcePath};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Explainers of five pages.
const EXPLAINERS: usize = 20;

/// By how many percent a count may be off: threads that wait for one another allocate a little more or less.
const SLACK: usize = 4;

fn site() -> Snapshot {
    let mut files = vec![
        (
            "site.yaml".to_owned(),
            "title: A site\nbase_url: https://example.org/\n".to_owned(),
        ),
        (
            "content/index.md".to_owned(),
            "---\ntitle: Home\n---\n".to_owned(),
        ),
    ];
    let prose =
        "A sentence of the prose that explains the matter to those 90 who read it. ".repeat(20);
    for n in 1..=EXPLAINERS {
        let mut page = |name: &str, front: &str| {
            let text =
                format!("---\ntitle: {name} {n}\n{front}---\n\n## Part\n\nThe anchor. {prose}\n");
            files.push((format!("content/e{n}/{name}.md"), text));
        };
        let (mut events, mut figures) = ("events:\n".to_owned(), "figures:\n".to_owned());
        for record in 1..=8 {
            writeln!(
                events,
                "  - {{date: 2025-01-0{record}, title: Event {record}, source: s}}"
            )
            .unwrap();
            writeln!(
                figures,
                "  - {{id: f{record}, title: Figure {record}, value: {record}, source: s}}"
            )
            .unwrap();
        }
        page("overview", "tags: [one, two]\ndate: 2025-01-01\n");
        page("background", "");
        page("timeline", &events);
        page("figures", &figures);
        page("sources", "sources:\n  - {id: s, title: A report}\n");
    }
    Snapshot::from_files(files)
}

/// Allocations while something is done.
fn counted<T>(ask: impl FnOnce() -> T) -> (T, usize) {
    let region = Region::new(COUNTED);
    let answer = ask();
    let change = region.change();
    (answer, change.allocations + change.reallocations)
}

fn rendered(edition: &Edition) -> usize {
    let outputs = edition.outputs();
    let renderer = edition.renderer();
    let made = outputs
        .iter()
        .filter_map(|(path, output)| renderer.render(path, output));
    made.map(|content| Content::bytes(&content.unwrap()).len())
        .sum()
}

#[test]
fn a_check_a_build_and_an_edit_cost_no_more_than_they_did() {
    let mut snapshot = site();
    // What is read once in a process, whatever the site: the font, languages, patterns.
    let first = Edition::new(Arc::new(snapshot.clone()), Settings::default());
    first.faults(Depth::Templates);
    rendered(&first);
    let edition = Edition::new(Arc::new(snapshot.clone()), Settings::default());
    let (_, check) = counted(|| edition.faults(Depth::Templates));
    let (_, build) = counted(|| rendered(&edition));
    let page = OutputPath::new("e7/overview/index.html");
    edition.look_at(&page);
    let source = SourcePath::new("content/e7/overview.md");
    let text = String::from_utf8(snapshot.get(&source).unwrap().bytes.to_vec()).unwrap();
    snapshot.put(&source, text.replace("anchor", "words").as_bytes());
    let (shown, edit) = counted(|| {
        let edition = edition.after(Arc::new(snapshot.clone()));
        edition.look_at(&page)
    });
    let shown = shown.unwrap().unwrap();
    assert!(String::from_utf8_lossy(shown.bytes()).contains("The words."));
    let counts = [
        ("a check", check, 172_000),
        ("a build", build, 369_400),
        ("an edit", edit, 2_200),
    ];
    // Far below, a limit would be of no use any more.
    let is_near = |count: usize, limit: usize| {
        let percent = count * 100 / limit;
        (100 - 3 * SLACK..=100 + SLACK).contains(&percent)
    };
    let others = counts
        .iter()
        .filter(|(_, count, limit)| !is_near(*count, *limit));
    let others: Vec<String> = others
        .map(|(what, count, limit)| format!("{what}: {count}, not about {limit}"))
        .collect();
    assert!(
        others.is_empty(),
        "more or fewer allocations than before; if that is meant, write the new numbers here: {}",
        others.join("; ")
    );
}
