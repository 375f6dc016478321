//! `nutgraf import`: articles and lists, through the program, onto disk.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Stdio;

use nutgraf::document::{Lists, MarkdownOptions, parse};
use nutgraf::evidence::{
    Basis, DateClaim, DateVerdict, FigureVerdict, Outlook, Quote, QuoteVerdict, SourceText,
    date_agrees, figure_agrees, match_passage, match_printed, match_quote,
};
use nutgraf::model::{Number, PartialDate, Qualifier};
use nutgraf::project::{ContentHash, SourcePath};
use proptest::prelude::*;
use support::{Project, Run, tree};

/// An article that never was, with what articles have.
const ARTICLE: &str = include_str!("import/article.txt");
/// Another on the same matter.
const SECOND: &str = include_str!("import/second.txt");

fn project() -> Project {
    Project::new(&[
        ("site.yaml", "title: Test\nbase_url: https://example.org\n"),
        ("content/index.md", "---\ntitle: Home\n---\n"),
    ])
}

fn import(project: &Project, name: &str, text: &str, args: &[&str]) -> Run {
    project.write(name, text);
    let mut all = vec!["import", name, "--into", "content/harbor"];
    all.extend(args);
    let run = project.run(&all);
    fs::remove_file(project.path(name)).unwrap();
    run
}

fn import_article(project: &Project) -> Run {
    let args = ["--published", "2025-01-28", "--publisher", "Harbor Gazette"];
    import(project, "article.txt", ARTICLE, &args).expect(0)
}

fn lists(text: &str) -> Lists {
    let path = SourcePath::new("content/page.md");
    let hash = ContentHash::of(text.as_bytes());
    let document = parse(
        &path,
        &text.as_bytes().into(),
        hash,
        MarkdownOptions::default(),
    );
    assert_eq!(document.faults().next(), None, "{text}");
    document.lists().unwrap().clone()
}

/// All records of the imported explainer, as if they stood on one page.
fn records(project: &Project) -> Lists {
    let mut all = Lists::default();
    for (path, bytes) in tree(&project.path("content")) {
        if path.ends_with(".md") {
            let page = lists(std::str::from_utf8(&bytes).unwrap());
            all.events.extend(page.events);
            all.figures.extend(page.figures);
            all.reactions.extend(page.reactions);
            all.people.extend(page.people);
            all.sources.extend(page.sources);
        }
    }
    all
}

/// The texts that the sources keep, by their ids.
fn texts(project: &Project, records: &Lists) -> BTreeMap<String, String> {
    let sources = records.sources.iter();
    sources
        .filter_map(|source| {
            let text = project.read(source.text.as_ref()?);
            Some((source.id.clone().unwrap(), text))
        })
        .collect()
}

/// Fails unless a title is its passage with words left out, from the first word of a sentence on or with a capital of
/// its own; a pronoun may have become the name that it means.
#[track_caller]
fn assert_is_part_of(title: &str, passage: &str, text: &str) {
    let mut rest = passage.to_lowercase();
    let mut missing = Vec::new();
    for word in title.split_whitespace() {
        let word = word.to_lowercase();
        match rest.find(&word) {
            Some(at) => rest = rest.split_off(at + word.len()),
            None => missing.push(word),
        }
    }
    let missing = missing.join(" ");
    assert!(
        text.to_lowercase().contains(&missing),
        "title: `{missing}` of `{title}` isn't in the source"
    );
}

/// Fails unless every string of every record is in its source, word for word.
#[track_caller]
fn assert_nothing_is_invented(records: &Lists, text: &str) {
    let holds = |what: &str, words: &Option<String>| {
        // Where the words that tell who speaks are left out, there is an ellipsis.
        let lines = words.iter().flat_map(|words| words.split('\n'));
        for part in lines.flat_map(|line| line.split(" … ")) {
            assert!(text.contains(part), "{what}: `{part}` isn't in the source");
        }
    };
    for event in &records.events {
        let passage = event.source.0[0].passage.as_deref().unwrap_or(text);
        assert_is_part_of(event.title.as_deref().unwrap_or_default(), passage, text);
        holds("as_printed", &event.as_printed);
        holds("text", &event.text);
        holds("passage", &event.source.0[0].passage);
        assert!(event.review && event.confidence.is_some());
    }
    for figure in &records.figures {
        assert_is_part_of(figure.title.as_deref().unwrap_or_default(), text, text);
        holds("as_printed", &figure.as_printed);
        holds("population", &figure.population);
        holds("text", &figure.text);
        holds("passage", &figure.source.0[0].passage);
        figure
            .series
            .iter()
            .for_each(|point| holds("as_printed", &point.as_printed));
        assert!(figure.review && figure.confidence.is_some());
    }
    for reaction in &records.reactions {
        holds("quote", &reaction.quote);
        holds("as_printed", &reaction.as_printed);
        assert_eq!(reaction.text, None);
        assert!(reaction.review && reaction.confidence.is_some());
    }
    for person in &records.people {
        holds("name", &person.name);
        holds("role", &person.role);
        assert!(person.review && person.confidence.is_some());
    }
}

/// A PDF with lines of text, one below the other; without any, a scanned page.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let show = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td "));
    let stream = format!("BT /F 12 Tf 72 700 Td {}ET", show.collect::<String>());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let start = file.len();
    let n = objects.len() + 1;
    file.push_str(&format!(
        "xref\n0 {n}\n{places}trailer<</Root 1 0 R/Size {n}>>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

/// A sentence in every form in which articles come on a disk, with what is said of each.
#[test]
fn an_article_comes_in_whatever_it_was_saved_as() {
    let mail = b"From: <Saved>\r\nSubject: Quay\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/quay\r\n\r\n<html><meta charset=3Diso-8859-1><body><article><h1>The quay</h1><p>The caf=E9 on the quay closed on March 5, 2024, after a long debate in the council of the town.</p></article></body></html>\r\n--b--\r\n";
    let lines = [
        "The quay",
        "",
        "The caf\\351 on the quay closed on March 5, 2024, after a",
        "long debate in the council of the town.",
    ];
    let latin = b"The quay\n\nThe caf\xe9 on the quay closed on March 5, 2024, after a long debate in the council of the town.\n";
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("latin.txt", latin.to_vec(), "it was read as windows-1252"),
        ("saved.mhtml", mail.to_vec(), "made content/harbor/index.md"),
        ("printed.pdf", pdf(&lines), "made content/harbor/index.md"),
        ("wide.txt", "\u{feff}The quay\n\nThe café on the quay closed on March 5, 2024, after a long debate in the council of the town.\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), "made content/harbor/index.md"),
    ];
    for (name, bytes, says) in cases {
        let project = project();
        fs::write(project.path(name), bytes).unwrap();
        let run = project.run(&["import", name, "--into", "harbor"]).expect(0);
        assert!(run.stdout.contains(says), "{name}: {}", run.stdout);
        let timeline = project.read("content/harbor/timeline.md");
        assert!(timeline.contains("date: 2024-03-05"), "{name}: {timeline}");
        assert!(
            timeline.contains("The café on the quay closed"),
            "{name}: {timeline}"
        );
    }
    let project = project();
    fs::write(project.path("scan.pdf"), pdf(&[])).unwrap();
    let run = project.run(&["import", "scan.pdf"]).expect(2);
    assert!(
        run.stderr.contains("pictures without text"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

/// What two newspapers print of one night: four differences, three things that they agree on, and a report of an agency
/// in both.
#[test]
fn a_second_outlet_agrees_differs_or_prints_the_same_report() {
    let project = project();
    for (name, publisher, text) in [
        (
            "gazette.txt",
            "Harbor Gazette",
            include_str!("import/outlets/gazette.txt"),
        ),
        (
            "courier.txt",
            "Daily Courier",
            include_str!("import/outlets/courier.txt"),
        ),
    ] {
        let args = ["--published", "2025-01-28", "--publisher", publisher];
        import(&project, name, text, &args).expect(0);
    }
    let all = records(&project);
    let mut differing: Vec<String> = Vec::new();
    for event in &all.events {
        differing.extend(event.accounts.iter().map(|account| {
            let words = account.title.as_ref().or(account.date.as_ref());
            format!("{}: {}", event.title.as_deref().unwrap(), words.unwrap())
        }));
    }
    for figure in &all.figures {
        differing.extend(figure.accounts.iter().map(|account| {
            format!(
                "{}: {}",
                figure.value.as_deref().unwrap(),
                account.value.as_deref().unwrap()
            )
        }));
    }
    for reaction in &all.reactions {
        differing.extend(reaction.accounts.iter().map(|account| {
            format!(
                "{}: {}",
                reaction.quote.as_deref().unwrap(),
                account.quote.as_deref().unwrap()
            )
        }));
    }
    differing.sort();
    assert_eq!(
        differing,
        [
            "48500000: 52000000",
            "The council of Stormvik voted 7-2 for a second quay, after a debate of five hours: Stormvik’s council voted 6-3 for a second quay, after a debate that went on past midnight",
            "The old bridge beside it was built: 1908",
            "We need this quay, and we need it now: We need that quay, and we need it right now",
        ]
    );
    let references = all.events.iter().map(|event| &event.source);
    let references = references.chain(all.figures.iter().map(|figure| &figure.source));
    let references = references.chain(all.reactions.iter().map(|reaction| &reaction.source));
    let shared: Vec<_> = references.filter(|source| source.0.len() == 2).collect();
    let is_copy = |one: &&&nutgraf::document::RawSources| one.0[1].copy_of.is_some();
    assert_eq!(
        (shared.len(), shared.iter().filter(is_copy).count()),
        (5, 2)
    );

    // All of it is found in its own source, listed, and shown.
    project.run(&["verify"]).expect(0);
    let check = project.run(&["check", "--drafts", "-v"]).expect(0);
    let listed = check.stderr.matches("hint[accounts-differ]").count();
    assert_eq!(listed, 4, "{}", check.stderr);
    project.run(&["build", "--drafts", "-o", "shown"]).expect(0);
    let page = project.read("shown/harbor/differences/index.html");
    for words in [
        "$48,500,000",
        "$52,000,000",
        "<mark>7-2</mark>",
        "<mark>6-3</mark>",
        "1908",
        "<mark>right</mark>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }

    // The same once more changes nothing.
    let before = tree(project.root());
    let args = ["--published", "2025-01-28", "--publisher", "Daily Courier"];
    import(
        &project,
        "courier.txt",
        include_str!("import/outlets/courier.txt"),
        &args,
    )
    .expect(0);
    assert_eq!(tree(&project.path("content")), {
        let content = before.into_iter();
        let content = content
            .filter_map(|(path, bytes)| Some((path.strip_prefix("content/")?.to_owned(), bytes)));
        content.collect::<BTreeMap<_, _>>()
    });
}

/// Words that are parted by who says them are one quotation; a term, a word or two and a headline are none.
#[test]
fn a_quotation_that_its_attribution_breaks_is_one() {
    for (language, text, expected) in [
        (
            "en",
            "“We need the quay,” said Ada Lind, the harbor master, “and we need it now.”\n\n“It is over,” she said. “We lost the vote, and we will not try again.”",
            &[
                "We need the quay … and we need it now.",
                "It is over … We lost the vote, and we will not try again.",
            ][..],
        ),
        (
            "en",
            "Jon Rask called the plan “late” and said that critics were “wrong about nearly everything that matters here.”\n\nThe so-called “fjord fee” will rise, the paper wrote under the headline “Quay wins at last today.”",
            &["wrong about nearly everything that matters here."],
        ),
        (
            "es",
            "«Necesitamos el muelle», dijo Ada Lind, jefa del puerto, «y lo necesitamos ahora mismo».",
            &["Necesitamos el muelle … y lo necesitamos ahora mismo"],
        ),
        (
            "de",
            "„Wir brauchen den Kai“, sagte Ada Lind, die Hafenmeisterin, „und wir brauchen ihn jetzt.“",
            &["Wir brauchen den Kai … und wir brauchen ihn jetzt."],
        ),
    ] {
        let project = project();
        let article = format!("The harbor is to grow\n\n{text}\n");
        import(&project, "quay.txt", &article, &["--language", language]).expect(0);
        let all = records(&project);
        let quotes = all.reactions.iter();
        let quotes: Vec<&str> = quotes
            .filter_map(|reaction| reaction.quote.as_deref())
            .collect();
        assert_eq!(quotes, expected, "{text}");
        project.run(&["verify"]).expect(0);
    }
}

/// What a site publishes of its records makes the same records again, whether as JSON, as a data package or as tables.
#[test]
fn what_a_site_exports_comes_back_as_it_was() {
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    // The records without where they stood: another site has other addresses.
    let told = |text: &str| -> serde_json::Value {
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
        for record in value.as_array_mut().unwrap() {
            record.as_object_mut().unwrap().remove("url");
        }
        value
    };
    for (case, folder) in [("newsroom", "harbor"), ("two-outlets", "harbor")] {
        let data = golden.join(case).join("out").join(folder).join("data");
        let read = |name: &str| fs::read_to_string(data.join(name)).unwrap();
        for files in [
            &["datapackage.json"][..],
            &[
                "sources.csl.json",
                "figures.json",
                "reactions.json",
                "events.json",
            ],
            &["sources.bib", "figures.csv", "events.csv"],
        ] {
            let project = project();
            for entry in fs::read_dir(&data).unwrap() {
                let entry = entry.unwrap();
                fs::create_dir_all(project.path("data")).unwrap();
                let to = project.path("data").join(entry.file_name());
                fs::copy(entry.path(), to).unwrap();
            }
            for file in files {
                let file = format!("data/{file}");
                project
                    .run(&["import", &file, "--into", "harbor"])
                    .expect(0);
            }
            fs::remove_dir_all(project.path("data")).unwrap();
            project.run(&["build", "--drafts", "-o", "shown"]).expect(0);
            let again = |name: &str| project.read(&format!("shown/harbor/data/{name}"));
            // The package has the tables.
            if !files.contains(&"events.json") {
                assert_eq!(again("events.csv"), read("events.csv"), "{case}");
                assert_eq!(again("figures.csv"), read("figures.csv"), "{case}");
                continue;
            }
            for name in ["events.json", "figures.json", "reactions.json"] {
                assert_eq!(told(&again(name)), told(&read(name)), "{case}: {name}");
            }
        }
    }
}

/// In a new site the draft is the site, and the sample goes; once somebody has written, nothing of theirs does.
#[test]
fn the_sample_makes_way_for_a_draft_and_nothing_of_the_writers_does() {
    for is_touched in [false, true] {
        let project = Project::new(&[]);
        project.run(&["init"]).expect(0);
        if is_touched {
            let own = project
                .read("content/timeline.md")
                .replace("weight:", "nav_title: Ours\nweight:");
            project.write("content/timeline.md", &own);
        }
        let before = tree(&project.path("content"));
        project.write("article.txt", ARTICLE);
        let run = project
            .run(&["import", "article.txt", "--published", "2025-01-28"])
            .expect(0);
        assert_eq!(
            run.stdout.contains("The sample made way: content/index.md"),
            !is_touched
        );
        assert_eq!(
            project.path("sources/sample-notice.txt").exists(),
            is_touched
        );
        if is_touched {
            let after = tree(&project.path("content"));
            assert!(
                before
                    .iter()
                    .all(|(path, bytes)| after.get(path) == Some(bytes))
            );
            continue;
        }
        let index = project.read("content/index.md");
        assert!(
            index.starts_with("---\ntitle: Old Harbor Bridge"),
            "{index}"
        );
        let sources = project.read("content/sources.md");
        assert!(!sources.contains("notice"), "{sources}");
        project.run(&["check", "--drafts"]).expect(0);
        project.run(&["build", "--drafts"]).expect(0);
    }
}

/// Numbers on both sides of `to` or `between` are one figure; those of a change are two.
#[test]
fn a_range_is_one_figure_with_two_ends() {
    for (text, expected) in [
        (
            "Police counted between 300 and 400 people on the quay.",
            ("300", Some("400")),
        ),
        (
            "The organizers counted 300 to 400 people on the quay.",
            ("300", Some("400")),
        ),
        (
            "There were 300 and 400 people on the two quays.",
            ("300", None),
        ),
    ] {
        let project = project();
        import(
            &project,
            "quay.txt",
            &format!("A crowd on the quay\n\n{text}\n"),
            &[],
        )
        .expect(0);
        let tree = tree(&project.path("content/harbor"));
        let figures: Vec<_> = tree
            .values()
            .flat_map(|page| lists(std::str::from_utf8(page).unwrap()).figures)
            .collect();
        let first = figures.first().expect(text);
        let ends = (
            first.value.as_deref().unwrap_or_default(),
            first.to.as_deref(),
        );
        assert_eq!(ends, expected, "{text}");
        project.run(&["verify"]).expect(0);
    }
}

/// "2 to 3 million" says nowhere that it is 2.
#[test]
fn a_number_that_may_share_the_scale_of_the_next_is_no_figure() {
    for text in [
        "The new harbor will cost between 2 and 3 million dollars, the council said.",
        "The new harbor will cost $2 to $3 million, the council said.",
        "The new harbor will cost 2-3 million dollars, the council said.",
    ] {
        let project = project();
        let article = format!("A harbor for the quay\n\n{text}\n");
        import(&project, "quay.txt", &article, &[]).expect(0);
        let tree = tree(&project.path("content/harbor"));
        let mut pages = tree.values();
        let figure = pages.find_map(|page| {
            let mut figures = lists(std::str::from_utf8(page).unwrap())
                .figures
                .into_iter();
            figures.find(|figure| figure.value.as_deref() == Some("2"))
        });
        assert!(figure.is_none(), "{text}");
        project.run(&["verify"]).expect(0);
    }
}

#[test]
fn an_article_becomes_an_explainer_that_the_preview_shows_at_once() {
    let project = project();
    let run = import_article(&project);
    assert!(run.stdout.contains("Drafted "), "{}", run.stderr);
    let files: Vec<String> = tree(project.root()).into_keys().collect();
    assert_eq!(
        files,
        [
            ".gitignore",
            "content/harbor/index.md",
            "content/harbor/key-figures.md",
            "content/harbor/people.md",
            "content/harbor/reactions.md",
            "content/harbor/sources.md",
            "content/harbor/timeline.md",
            "content/index.md",
            "evidence.lock",
            "site.yaml",
            "sources/private/harbor-gazette.txt",
        ]
    );
    assert!(project.read(".gitignore").contains("\n/sources/private/\n"));
    let index = project.read("content/harbor/index.md");
    assert_eq!(
        index,
        "---\ntitle: Old Harbor Bridge To Close After Ninety Years\nnav_title: Old Harbor Bridge To Close\ndescription: # the dek: one or two sentences under the headline\nauthors: # who writes this: [Ada Moreno]\nexplainer: true\nweight: 10\n---\n\n## Why It Matters\n\n## What People Are Saying\n\n## What Happens Next\n"
    );
    insta::assert_snapshot!("timeline", project.read("content/harbor/timeline.md"));
    insta::assert_snapshot!("key-figures", project.read("content/harbor/key-figures.md"));
    insta::assert_snapshot!("reactions", project.read("content/harbor/reactions.md"));
    insta::assert_snapshot!("people", project.read("content/harbor/people.md"));
    insta::assert_snapshot!("sources", project.read("content/harbor/sources.md"));

    project.run(&["check", "--drafts"]).expect(0);
    project.run(&["build", "--drafts", "-o", "shown"]).expect(0);
    assert!(project.path("shown/harbor/timeline/index.html").exists());
}

#[test]
fn a_build_without_drafts_refuses_and_lists_what_is_left() {
    let project = project();
    import_article(&project);
    let run = project.run(&["build"]).expect(1);
    let all = records(&project);
    let n_records = all.events.len() + all.figures.len() + all.reactions.len() + all.people.len();
    // One list, with the place of each.
    assert_eq!(run.stderr.matches("error[needs-review]").count(), 1);
    let lists = run
        .stderr
        .lines()
        .filter_map(|line| line.split_once(", lines "));
    let others: usize = lists.map(|(_, lines)| lines.split(", ").count()).sum();
    assert_eq!(1 + others, n_records, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{n_records} errors")));
    assert!(!project.path("public").exists());

    // What was looked at is refused no more.
    for name in ["timeline", "key-figures", "reactions", "people"] {
        let path = format!("content/harbor/{name}.md");
        let reviewed = project.read(&path).replace("    review: true\n", "");
        project.write(
            &path,
            &reviewed.replace("    speaker:\n", "    speaker: dana-wells\n"),
        );
    }
    project.run(&["build"]).expect(0);
}

#[test]
fn every_drafted_string_is_in_the_source_and_verifies_against_it() {
    let project = project();
    import_article(&project);
    let records = records(&project);
    let text = texts(&project, &records).remove("harbor-gazette").unwrap();
    assert_nothing_is_invented(&records, &text);

    let source = SourceText::new(&text);
    let published = "2025-01-28".parse().ok();
    for event in &records.events {
        let date: PartialDate = event.date.as_ref().unwrap().parse().unwrap();
        let verdict = date_agrees(&DateClaim {
            as_printed: event.as_printed.as_ref().unwrap(),
            date: &date,
            published,
            basis: event
                .inferred
                .as_ref()
                .map_or(Basis::AsPrinted, |_| Basis::Inferred),
            outlook: if event.expected {
                Outlook::Expected
            } else {
                Outlook::Happened
            },
        });
        assert_eq!(
            verdict,
            DateVerdict::Agrees,
            "{:?} {:?}",
            event.as_printed,
            event.date
        );
        let passage = event.source.0[0].passage.as_ref().unwrap();
        let verdict = match_passage(&source, &Quote::new(passage));
        assert!(
            matches!(verdict, QuoteVerdict::Verified(_)),
            "{passage}: {verdict:?}"
        );
    }
    for figure in records
        .figures
        .iter()
        .filter(|figure| figure.series.is_empty())
    {
        let printed = figure.as_printed.as_ref().unwrap();
        let verdict = match_printed(&source, &Quote::new(printed));
        assert!(
            matches!(verdict, QuoteVerdict::Verified(_)),
            "{printed}: {verdict:?}"
        );
        let value: Number = figure.value.as_ref().unwrap().parse().unwrap();
        let hedge = figure.qualifier.as_ref().map(|name| {
            let known = Qualifier::ALL
                .into_iter()
                .find(|hedge| hedge.name() == name);
            known.unwrap()
        });
        let unit = figure.unit.as_deref().unwrap_or_default();
        let verdict = figure_agrees(printed, value.value(), hedge, unit);
        assert!(
            matches!(verdict, FigureVerdict::Agrees(_)),
            "{printed}: {verdict:?}"
        );
    }
    for reaction in &records.reactions {
        let quote = reaction.quote.as_ref().unwrap();
        let verdict = match_quote(&source, &Quote::new(quote), None);
        assert!(
            matches!(verdict, QuoteVerdict::Verified(_)),
            "{quote}: {verdict:?}"
        );
    }
}

#[test]
fn a_draft_is_verified_from_its_first_minute() {
    let project = project();
    let run = import_article(&project);
    assert!(
        run.stdout.contains("wrote `evidence.lock`"),
        "{}",
        run.stdout
    );
    let lock = project.read("evidence.lock");
    let records = records(&project);
    let n_claims = records.events.len() + records.figures.len() + records.reactions.len();
    assert!(lock.matches("outcome=agrees").count() >= n_claims, "{lock}");
    assert_eq!(
        lock.matches("outcome=").count(),
        lock.matches("\nclaim ").count()
    );
    let checked = project.run(&["check", "--drafts"]).expect(0);
    assert!(checked.stdout.contains("no faults"), "{}", checked.stderr);
    // The command for it finds nothing to do.
    let verified = project.run(&["verify"]).expect(0);
    assert!(
        verified.stdout.contains("needs no change"),
        "{}",
        verified.stdout
    );
    assert_eq!(project.read("evidence.lock"), lock);

    // A second article joins it in the lock.
    let args = ["--published", "2025-02-04", "--publisher", "Coast Post"];
    import(&project, "second.txt", SECOND, &args).expect(0);
    let both = project.read("evidence.lock");
    for line in lock.lines() {
        // The passage of a record that gained a source is known by the source that it is of.
        let of_two = line.replace(" passage source=", " passage/harbor-gazette source=");
        assert!(
            both.contains(line) || both.contains(&of_two),
            "{line} is gone"
        );
    }
    assert!(both.contains("source harbor coast-post "), "{both}");
    project.run(&["verify"]).expect(0);
    assert_eq!(project.read("evidence.lock"), both);
}

#[test]
fn faults_elsewhere_keep_a_draft_unverified_and_are_told() {
    let project = project();
    project.write("content/other.md", "---\ntitle: [\n---\n");
    let run = import_article(&project);
    assert!(
        run.stdout
            .contains("`evidence.lock` was left as it is: the project has faults"),
        "{}",
        run.stdout
    );
    assert!(!project.path("evidence.lock").exists());
}

#[test]
fn the_same_article_again_changes_nothing() {
    let project = project();
    import_article(&project);
    // Not even if the writer has deleted, reordered and reworded.
    let timeline = project.read("content/harbor/timeline.md");
    let kept: String = timeline
        .split("  - id: ")
        .take(2)
        .collect::<Vec<_>>()
        .join("  - id: ");
    project.write(
        "content/harbor/timeline.md",
        &format!("{kept}---\nMy own words.\n"),
    );
    let before = tree(project.root());
    let run = import_article(&project);
    assert!(run.stdout.contains("nothing changed"), "{}", run.stderr);
    assert_eq!(tree(project.root()), before);

    // In a fresh clone, only the text comes back.
    fs::remove_dir_all(project.path("sources")).unwrap();
    import_article(&project);
    assert_eq!(tree(project.root()), before);
}

#[test]
fn a_second_article_adds_its_records_and_overwrites_nothing() {
    let project = project();
    import_article(&project);
    let path = "content/harbor/timeline.md";
    let edited = project
        .read(path)
        .replace("events:\n", "events:\n  # Checked by Ann.\n")
        + "\nMy own words.\n";
    project.write(path, &edited);
    let before = tree(project.root());
    let args = ["--published", "2025-02-04", "--publisher", "Coast Post"];
    import(&project, "second.txt", SECOND, &args).expect(0);

    let after = tree(project.root());
    for (path, bytes) in &before {
        let old = std::str::from_utf8(bytes).unwrap();
        let new = std::str::from_utf8(&after[path]).unwrap();
        // Every line is still there, in its order.
        let mut lines = new.lines();
        for line in old.lines() {
            // The source of a record that the second article agrees with is the first of two.
            let source = line.trim_start().strip_prefix("source: ");
            let of_two = source.map(|source| format!("      - {source}"));
            let in_lock = line.replace(" passage source=", " passage/harbor-gazette source=");
            let is_kept =
                |other: &str| other == line || other == in_lock || Some(other) == of_two.as_deref();
            assert!(lines.any(is_kept), "{path}: `{line}` is gone");
        }
    }
    let records = records(&project);
    assert_eq!(records.sources.len(), 2);
    let texts = texts(&project, &records);
    let of = |source: &nutgraf::document::RawSources| source.0[0].id.clone();
    assert!(
        records
            .events
            .iter()
            .any(|event| of(&event.source) == "coast-post")
    );
    assert_nothing_is_invented(
        &records,
        &texts.values().cloned().collect::<Vec<_>>().join("\n"),
    );
    // Dana Wells is in both articles, and one person.
    let named = records
        .people
        .iter()
        .filter(|person| person.name.as_deref() == Some("Dana Wells"));
    assert_eq!(named.count(), 1);
    // What both say is one record with two sources.
    let joined = |path: &str| {
        let new = std::str::from_utf8(&after[path]).unwrap();
        let lines = new.lines().filter(|line| line.starts_with("      - "));
        lines.filter(|line| line.contains("coast-post")).count()
    };
    assert_eq!(joined("content/harbor/reactions.md"), 1);
    assert_eq!(joined("content/harbor/key-figures.md"), 1);
    project.run(&["check", "--drafts"]).expect(0);
}

#[test]
fn an_article_can_come_from_standard_input() {
    let project = project();
    let mut command = project.command(&[
        "import",
        "-",
        "--published",
        "2025-01-28",
        "--title",
        "From a pipe",
        "--into",
        "content/harbor",
    ]);
    let mut child = command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(ARTICLE.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(
        project
            .read("content/harbor/index.md")
            .starts_with("---\ntitle: From a pipe\n")
    );
}

#[test]
fn a_web_page_brings_its_own_title_date_and_byline() {
    let project = project();
    let html = include_str!("import/page.html");
    import(&project, "page.html", html, &[]).expect(0);
    let records = records(&project);
    let source = &records.sources[0];
    assert_eq!(source.id.as_deref(), Some("harbor-gazette"));
    assert_eq!(
        source.title.as_deref(),
        Some("Old Harbor Bridge To Close After Ninety Years")
    );
    assert_eq!(source.authors.0, ["Ann Poole", "Ben Hart"]);
    assert_eq!(source.published.as_deref(), Some("2025-01-28"));
    // What the page says in text, it says in HTML.
    assert!(
        records
            .events
            .iter()
            .any(|event| event.date.as_deref() == Some("2025-01-27"))
    );
    let text = texts(&project, &records).remove("harbor-gazette").unwrap();
    assert_nothing_is_invented(&records, &text);
    assert!(!text.contains("Subscribe") && !text.contains("cookies"));
    project.run(&["check", "--drafts"]).expect(0);
}

#[test]
fn without_a_day_of_publication_relative_dates_stay_out_and_say_so() {
    let project = project();
    let run = import(
        &project,
        "a.txt",
        "The mayor resigned on Monday.\n\nThe bridge was closed on May 3, 2024.\n",
        &[],
    )
    .expect(0);
    assert!(
        run.stdout.contains("1 date, such as “Monday”"),
        "{}",
        run.stderr
    );
    let dates: Vec<_> = records(&project)
        .events
        .iter()
        .map(|event| event.date.clone())
        .collect();
    assert_eq!(dates, [Some("2024-05-03".to_owned())]);
}

#[test]
fn an_article_in_spanish_is_told_by_its_words() {
    let project = project();
    let text = "El puente se cerró el lunes y costó 1.250 euros; al menos 12 barcos esperan.\n\n«No podemos esperar más», dijo la alcaldesa Ana Ruiz.\n";
    import(&project, "a.txt", text, &["--published", "2025-01-28"]).expect(0);
    let records = records(&project);
    assert_eq!(records.events[0].date.as_deref(), Some("2025-01-27"));
    // The site is in English; numbers of a Spanish source aren't compared as English ones.
    assert_eq!(records.sources[0].language.as_deref(), Some("es"));
    assert_eq!(records.figures.len(), 2);
    let lock = project.read("evidence.lock");
    assert_eq!(
        lock.matches("outcome=agrees").count(),
        lock.matches("\nclaim ").count()
    );
    let run = project.run(&["verify"]).expect(0);
    assert!(run.stdout.contains("needs no change"), "{}", run.stdout);
    let reaction = &records.reactions[0];
    assert_eq!(reaction.speaker.as_deref(), Some("ana-ruiz"));
    assert_eq!(reaction.language.as_deref(), Some("es"));
    project.run(&["check", "--drafts"]).expect(0);
}

#[test]
fn lists_of_others_become_records_and_only_once() {
    let lists = [
        (
            "line.json",
            r#"{"events": [{"start_date": {"year": 2024, "month": 5}, "text": {"headline": "It opens"}}]}"#,
        ),
        ("line.csv", "date,title,text\n2024-05,It opens,At last\n"),
        (
            "refs.json",
            r#"[{"id": "p", "type": "book", "title": "On Bridges", "issued": {"date-parts": [[2001]]}}]"#,
        ),
        (
            "refs.yaml",
            "p:\n  type: article\n  title: On Bridges\n  author: Poole, Ann\n  date: 2001-05\n  parent: {type: newspaper, title: The Paper}\n",
        ),
    ];
    for (name, text) in lists {
        let project = project();
        import(&project, name, text, &[]).expect(0);
        project.run(&["check", "--drafts"]).expect(0);
        let before = tree(project.root());
        import(&project, name, text, &[]).expect(0);
        assert_eq!(tree(project.root()), before, "{name}");
    }
}

#[test]
fn an_explainer_that_was_begun_by_hand_takes_records() {
    let project = project();
    project.run(&["new", "explainer", "Harbor"]).expect(0);
    import_article(&project);
    project.run(&["check", "--drafts"]).expect(0);
    assert!(!records(&project).events.is_empty());
    assert!(
        !project
            .path("content/harbor/timeline-harbor-gazette.md")
            .exists()
    );
}

#[test]
fn what_cannot_be_imported_is_told_and_nothing_is_written() {
    let cases: [(&str, &[u8], &[&str], &str); 13] = [
        (
            "a.docx",
            b"PK\x03\x04word/document.xml",
            &[],
            "can't be opened",
        ),
        (
            "a.xlsx",
            b"PK\x03\x04xl/workbook.xml",
            &[],
            "it is an Excel workbook",
        ),
        ("a.pdf", b"%PDF-1.7", &[], "its text can't be taken out"),
        ("a.txt", b"a\0b", &[], "a NUL byte"),
        ("a.txt", b" \n", &[], "it is empty"),
        // A control character is no space, and no word either.
        ("a.txt", b"\x01", &[], "it has no words"),
        ("a.html", b"<p></p>", &[], "no article was found"),
        ("a.json", b"{", &[], "it isn't JSON"),
        (
            "a.yml",
            b"poole:\n  title: On Bridges\n  date: spring\n",
            &[],
            "cannot import `a.yml`: line 3, column 9: poole.date: expected a date",
        ),
        (
            "a.yaml",
            b"poole:\n  type: book\n",
            &[],
            "line 1: `poole` has no `title`",
        ),
        ("a.csv", b"a,b\n1,2\n", &[], "columns `date` and `title`"),
        (
            "a.txt",
            b"He left.",
            &["--language", "tlh"],
            "articles in `tlh` can't be read yet",
        ),
        (
            "a.txt",
            b"He left.",
            &["--into", "../elsewhere"],
            "isn't a folder below `content/`",
        ),
    ];
    for (name, bytes, args, message) in cases {
        let project = project();
        fs::write(project.path(name), bytes).unwrap();
        let before = tree(project.root());
        let mut all = vec!["import", name];
        all.extend(args);
        let run = project.run(&all).expect(2);
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
        assert_eq!(tree(project.root()), before, "{name}");
    }
}

#[test]
fn a_page_with_faults_stops_an_import() {
    let project = project();
    project.write(
        "content/harbor/timeline.md",
        "---\ntitle: T\nevents: [\n---\n",
    );
    let before = tree(project.root());
    let run = import(&project, "a.txt", ARTICLE, &[]).expect(2);
    assert!(
        run.stderr
            .contains("`content/harbor/timeline.md` has faults"),
        "{}",
        run.stderr
    );
    assert_eq!(tree(project.root()), before);
}

/// Pieces that articles are made of, and pieces that they are broken by.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "“It is over,” ",
        "said Mayor Dana Wells",
        "\"",
        "“",
        "’",
        "—",
        "… ",
        "[sic] ",
        "\n\n",
        "\n",
        ". ",
        ", ",
        ": ",
        "on Monday ",
        "January 2 to 10",
        "in 2023 ",
        "from 52,000 in 2021 to 67,500 in 2022",
        "88 percent ",
        "$4.5 million",
        "at least three groups ",
        "according to ",
        "The Harbor Council",
        "<b>",
        "{x}",
        "- id: a\n",
        "---\n",
        "# Head\n",
        "a poll of 1,004 adults, with a margin of error of 3 points",
        "true",
        "\u{202e}",
        "\u{fffe}",
        "\u{1f600}",
        "%",
        "&",
        "yesterday",
        "two weeks ago ",
        "closed last January ",
        "a quarter million people ",
        "C$10,000 ",
        "at least about two million visitors ",
        "as many as 32 boats ",
        "poised to meet at the end of November ",
        "half a dozen ",
        "he said",
        "null",
        "'",
        "`",
        "\\",
        "\t",
        "*",
        "@",
        "!",
    ];
    prop_oneof![
        8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

#[test]
fn eras_of_a_timeline_go_to_the_page_of_its_events_unless_it_has_some() {
    let project = project();
    let json = |headline: &str, era: &str| {
        format!(
            r#"{{"events": [{{"start_date": {{"year": 2024}}, "text": {{"headline": "{headline}"}}}}], "eras": [{{"start_date": {{"year": 2023}}, "end_date": {{"year": 2025}}, "text": {{"headline": "{era}"}}}}]}}"#
        )
    };

    let run = import(&project, "works.json", &json("It opens", "The works"), &[]);
    let run = run.expect(0);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(
        said.contains("1 era went to `content/harbor/timeline.md`."),
        "{said}"
    );
    let page = project.read("content/harbor/timeline.md");
    let eras = "eras:\n  - title: The works\n    date: 2023/2025\n";
    assert!(page.contains(eras), "{page}");
    project.run(&["check", "--drafts"]);
    // What is there stays, and what isn't added is told in the form to write it in.
    let run = import(
        &project,
        "later.json",
        &json("It closes", "The repairs"),
        &[],
    )
    .expect(0);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("1 era was not added. Write it on the page of the timeline: `eras: [{title: The repairs, date: 2023/2025}]`."), "{said}");
    let page = project.read("content/harbor/timeline.md");
    assert!(
        page.contains("It closes") && !page.contains("The repairs"),
        "{page}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an article says, what is drafted is in it, and the program reads back what it wrote.
    #[test]
    fn any_text_gives_a_draft_without_faults(pieces in prop::collection::vec(piece(), 1..60)) {
        let project = project();
        let text = pieces.concat();
        let run = import(&project, "a.txt", &text, &["--published", "2025-01-28"]);
        if run.code == 0 {
            let run = project.run(&["check", "--drafts"]);
            prop_assert_eq!(run.code, 0, "{}\n{}", run.stderr, text);
            // What is drafted, `verify` finds.
            let run = project.run(&["verify"]);
            prop_assert!(!run.stderr.contains("not-in-source"), "{}\n{}", run.stderr, text);
            let records = records(&project);
            let kept = texts(&project, &records);
            if let Some(kept) = kept.values().next() {
                assert_nothing_is_invented(&records, kept);
            }
            let before = tree(project.root());
            import(&project, "a.txt", &text, &["--published", "2025-01-28"]).expect(0);
            prop_assert_eq!(tree(project.root()), before);
        } else {
            prop_assert_eq!(run.code, 2, "{}", run.stderr);
        }
    }

    /// Any bytes at all give a draft or a clear error.
    #[test]
    fn any_bytes_give_a_draft_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in "(txt|md|html|json|csv)") {
        let project = project();
        let name = format!("a.{ending}");
        fs::write(project.path(&name), &bytes).unwrap();
        let run = project.run(&["import", &name, "--into", "content/harbor"]);
        prop_assert!(run.code == 0 || run.code == 2 && run.stderr.contains("import"), "{} {}", run.code, run.stderr);
    }
}
