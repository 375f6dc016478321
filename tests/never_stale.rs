//! After any sequence of edits an edition equals a clean build: its outputs byte for byte, and its faults.
//!
//! Edits, faults and repairs are drawn at random, and so is what is looked at in between: what an edition has worked
//! out is what a later one could wrongly take over.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::collections::BTreeMap;
use std::sync::Arc;

use nutgraf::edition::{Depth, Edition, Settings};
use nutgraf::project::{OutputPath, Snapshot};
use proptest::prelude::*;

/// Files that come and go, each with what it may hold. The first variant of each is in order.
const FILES: &[(&str, &[&str])] = &[
    (
        "site.yaml",
        &[
            "title: A site\nbase_url: https://example.org/repo/\ncards: false\n",
            "title: A site\nbase_url: https://example.org/repo/\ncards: false\nlanguages: {es: {title: Un sitio}}\n",
            "title: Another name\nbase_url: https://example.org/\nlanguage: de\nmenu: [b/index.md, {title: More, children: [a/index.md]}]\n",
            "title: A site\npretty_urls: false\n",
            "title: [\n",
            "titel: A site\n",
            "title: A site\nbase_url: https://example.org/\ncards: false\nmenu: [a/index.md]\nlanguages: {fr: {}, es: {title: Otro, description: Uno}}\n",
        ],
    ),
    (
        "content/a/timeline.es.md",
        &[
            "---\ntitle: Cronología\ntags: [ayer]\nevents:\n  - id: first\n    title: El primero\n    text: Así fue.\n---\nVea [](event:first) y [las cifras](figures.md).\n",
            "---\ntitle: Cronología\ndate: 2024-12-01\nevents:\n  - id: first\n    date: 2023-01-01\n    title: El primero\n---\n",
            "---\ntitle: Cronología\nevents:\n  - id: tercero\n    title: El tercero\n---\n[](figure:none)\n",
            "---\nevents: [\n---\n",
        ],
    ),
    (
        "content/shared.es.md",
        &[
            "---\ntitle: Común\npeople:\n  - id: ann\n    role: ministra\n---\n",
            "---\ntitle: Común\nterms:\n  - id: nut\n    term: Nuez\n    definition: Una fruta\n---\n",
        ],
    ),
    (
        "content/index.md",
        &[
            "---\ntitle: Home\n---\nSee [A](a/index.md), [its timeline](a/timeline.md#first) and [@root].\n",
            "---\ntitle: House\ndescription: Another one\n---\nSee [gone](gone.md).\n",
            "---\ntitle: Home\naliases: [old-home]\nlatest: 2\npaginate_by: 1\narchive: true\nfeatured: [b/notes.md]\n---\n![](a/photo.png)\n",
            "---\ntitle: [\n---\n",
        ],
    ),
    (
        "content/shared.md",
        &[
            "---\ntitle: Shared\nsources:\n  - id: root\n    title: The root source\n    publisher: A paper\npeople:\n  - id: ann\n    name: Ann Lee\n---\n",
            "---\ntitle: Shared\nsources:\n  - id: root\n    title: Another title\npeople:\n  - id: ann\n    name: Ann Li\n    role: minister\nterms:\n  - id: nut\n    term: Nut\n    definition: A fruit\n---\n",
            "---\ntitle: Shared\npeople:\n  - id: bob\n    name: Bob\n---\n",
            "---\ntitle: Shared\nsources:\n  - id: root\n    titel: No title\n---\n",
        ],
    ),
    (
        "content/a/index.md",
        &[
            "---\ntitle: Explainer A\nexplainer: true\ndate: 2025-01-02\ncard: count\n---\n[](figure:count) and ![](event:first). [@local]\n",
            "---\ntitle: Explainer A, retold\nweight: 2\n---\nWords by [](person:ann).\n",
            "---\ntitle: Explainer A\ndraft: true\n---\n",
            "---\ntitle: Explainer A\nexplainer: true\ncard: figure:none\n---\n[](figure:none)\n",
        ],
    ),
    (
        "content/a/timeline.md",
        &[
            "---\ntitle: Timeline\nevents:\n  - id: first\n    date: 2025-01-01\n    title: The first\n    source: root\n  - id: second\n    date: 2025-02\n    title: The second\n    people: [ann]\n    source: local\n---\n",
            "---\ntitle: Timeline\nslug: dates\nevents:\n  - id: first\n    date: 2024-12-31\n    title: The very first\n    source: local\n---\n",
            "---\ntitle: Timeline\nevents:\n  - id: first\n    date: 2025-02-30\n    title: On no day\n    source: root\n---\n",
            "---\ntitle: Timeline\n---\nNo events.\n\n## First\n",
            "---\ntitle: Timeline\nevents:\n  - id: first\n    titel: The first\n---\n## Second\n",
            "---\ntitle: Timeline\nevents: [{id: first, date: 2025, title: In brackets, source: root}]\n---\n",
        ],
    ),
    (
        "content/a/figures.md",
        &[
            "---\ntitle: Figures\nfigures:\n  - id: count\n    title: How many\n    value: 12\n    unit: people\n    as_printed: twelve people\n    source: root\n---\n",
            "---\ntitle: Figures\nfigures:\n  - id: count\n    title: How many\n    value: 1300\n    qualifier: about\n    source: local\n---\n",
            "---\ntitle: Figures\nfigures:\n  - id: count\n    title: How many\n    value: many\n    source: root\n---\n",
            "---\ntitle: All figures\nfigures:\n  - id: count\n    title: \"How many\n---\n",
        ],
    ),
    (
        "content/a/changes.md",
        &[
            "---\ntitle: Changes\ncorrections:\n  - date: 2025-01-04\n    text: The figure was wrong.\n---\n",
            "---\ntitle: Changes\ncorrections:\n  - date: 2025-01-05\n    text: The figure was right.\n    records: count\n---\n",
            "---\ntitle: Changes\ncorrections:\n  - date: 2025-01-05\n    test: The figure was right.\n---\n",
            "---\ntitle: Changes\nupdates:\n  - date: 2025-01-06\n    text: The figure is final.\n    records: [count]\n---\n",
        ],
    ),
    (
        "content/a/sources.md",
        &[
            "---\ntitle: Sources\nsources:\n  - id: local\n    title: A local source\n---\n",
            "---\ntitle: Sources\nsources:\n  - id: local\n    title: Another local source\n    url: https://example.com/\n  - id: root\n    title: Nearer than the root's\n---\n",
            "---\ntitle: Sources\nsources:\n  - id: local\n    title: A local source\n  - id: local\n    title: Twice\n---\n",
        ],
    ),
    (
        "content/a/deep/voices.md",
        &[
            "---\ntitle: Voices\ncard: reaction:hers\nreactions:\n  - id: hers\n    speaker: ann\n    quote: It is so\n    date: 2025-01-03\n    source: local\n---\nSee [up](../index.md).\n",
            "---\ntitle: Voices\nweight: 1\nreactions:\n  - id: hers\n    speaker: bob\n    quote: It is not so\n    date: 2025-01-03\n    source: root\n---\n",
        ],
    ),
    (
        "content/a/terms.md",
        &[
            "---\ntitle: Terms\nterms:\n  - id: quay\n    term: Quay\n    definition: \"See [the first](timeline.md#first) and [the end](../b/notes.md#end).\"\n---\n",
            "---\ntitle: A glossary\nterms:\n  - id: quay\n    term: Quay\n    definition: A wall.\n---\n## Second\n",
            "---\ntitle: Zed\nkey_points:\n  - \"Of [terms](../b/notes.md#end) and [](term:quay).\"\nterms:\n  - id: quay\n    term: Quay\n    definition: A wall.\n---\n",
        ],
    ),
    (
        "content/b/notes.md",
        &[
            "---\ntitle: Notes\ntags: [x]\n---\nOf [the figure](figure:count) and [A](../a/timeline.md). [@root, para 2]\n\n## End\n",
            "---\ntitle: All notes\n---\nOf [A](../a/timeline.md#second) and [terms](../a/terms.md#quay).\n\n## The end\n",
            "---\ntitle: Notes\nnav_title: N\ntags: [y]\n---\n## End\n",
            "---\ntitle: Notes\nlayout: own\n---\nIn a template of its own.\n",
            "---\ntitle: Notes\nslug: a\n---\n",
            "no front matter",
        ],
    ),
    (
        "content/a/photo.png",
        &["GIF8 a photo", "GIF8 another photo", "no photo"],
    ),
    (
        "evidence.lock",
        &[
            "evidence 2 normalisation 2\n",
            include_str!("never_stale/evidence.lock"),
            "evidence 2 normalisation 2\n<<<<<<< HEAD\n",
        ],
    ),
    (
        "static/style.css",
        &["body { color: black }", "body { color: navy }"],
    ),
    (
        "static/extra.css",
        &["@import 'style.css';", "p { margin: 0 }"],
    ),
    (
        "templates/own.html",
        &[
            "<p>{{ page.title }}</p>",
            "<b>{{ page.title }}</b>",
            "{{ page.nothing }}",
            "{% if %}",
        ],
    ),
    (
        "templates/partials/footer.html",
        &[
            "<footer>{{ site.title }}</footer>",
            "{% include \"none.html\" %}",
        ],
    ),
];

/// What happens to one file: it gets a variant, or goes.
#[derive(Clone, Debug)]
struct Edit {
    file: usize,
    variant: Option<usize>,
}

/// One save (or a switch of branches, with several), and what is looked at after it.
#[derive(Clone, Debug)]
struct Step {
    edits: Vec<Edit>,
    look: Look,
}

#[derive(Clone, Debug)]
enum Look {
    Nothing,
    /// Every so manieth output.
    Some(usize),
    Faults,
    /// Everything, compared with a clean build.
    Compare,
}

fn edit() -> impl Strategy<Value = Edit> {
    (0..FILES.len()).prop_flat_map(|file| {
        let n_variants = FILES[file].1.len();
        // Most edits leave a file that is in order, so that faults are few and there is a site to compare.
        let variant = prop_oneof![
            5 => Just(Some(0)),
            5 => (0..n_variants).prop_map(Some),
            1 => Just(None),
        ];
        variant.prop_map(move |variant| Edit { file, variant })
    })
}

fn step() -> impl Strategy<Value = Step> {
    let edits = prop_oneof![5 => prop::collection::vec(edit(), 1), 1 => prop::collection::vec(edit(), 2..6)];
    let look = prop_oneof![
        2 => Just(Look::Nothing),
        4 => (1usize..5).prop_map(Look::Some),
        2 => Just(Look::Faults),
        1 => Just(Look::Compare),
    ];
    (edits, look).prop_map(|(edits, look)| Step { edits, look })
}

fn snapshot(files: &BTreeMap<&str, &str>) -> Arc<Snapshot> {
    Arc::new(Snapshot::from_files(
        files.iter().map(|(path, text)| (*path, *text)),
    ))
}

/// All that an edition gives: outputs with their bytes or their fault, and the faults.
fn all(edition: &Edition) -> (BTreeMap<OutputPath, String>, Vec<String>) {
    let outputs = edition.outputs().into_keys().map(|path| {
        let rendered = match edition.render(&path) {
            Some(Ok(content)) => String::from_utf8_lossy(content.bytes()).into_owned(),
            Some(Err(fault)) => format!("fault: {}", fault.message),
            None => "nothing".to_owned(),
        };
        (path.clone(), rendered)
    });
    let outputs = outputs.collect();
    let faults = edition.faults(Depth::Templates);
    let faults = faults
        .sorted()
        .into_iter()
        .map(|fault| format!("{fault:?}"));
    (outputs, faults.collect())
}

fn assert_fresh(edition: &Edition, files: &BTreeMap<&str, &str>, settings: &Settings) {
    let clean = Edition::new(snapshot(files), settings.clone());
    for path in edition.outputs().into_keys() {
        let errors = |edition: &Edition| {
            edition
                .faults_of(&path)
                .sorted()
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(errors(edition), errors(&clean), "the faults of {path}");
    }
    let (outputs, faults) = all(edition);
    let (clean_outputs, clean_faults) = all(&clean);
    for (path, clean) in &clean_outputs {
        assert_eq!(outputs.get(path), Some(clean), "{path}");
    }
    assert_eq!(outputs.len(), clean_outputs.len());
    assert_eq!(faults, clean_faults);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 80,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_sequence_of_edits_an_edition_equals_a_clean_build(
        steps in prop::collection::vec(step(), 40..60),
        drafts in any::<bool>(),
    ) {
        let settings = Settings { drafts, ..Settings::default() };
        let mut files: BTreeMap<&str, &str> = FILES.iter().map(|(path, variants)| (*path, variants[0])).collect();
        let mut edition = Edition::new(snapshot(&files), settings.clone());
        for step in &steps {
            for Edit { file, variant } in &step.edits {
                let (path, variants) = FILES[*file];
                match variant {
                    Some(variant) => drop(files.insert(path, variants[*variant])),
                    None => drop(files.remove(path)),
                }
            }
            edition = edition.after(snapshot(&files));
            match step.look {
                Look::Nothing => {}
                Look::Some(each) => {
                    for path in edition.outputs().into_keys().step_by(each) {
                        edition.render(&path);
                    }
                }
                Look::Faults => drop(edition.faults(Depth::Templates)),
                Look::Compare => assert_fresh(&edition, &files, &settings),
            }
        }
        assert_fresh(&edition, &files, &settings);
    }
}
