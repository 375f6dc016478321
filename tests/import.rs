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
        for part in words.iter().flat_map(|words| words.split('\n')) {
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
        holds("title", &figure.title);
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
        "---\ntitle: Old Harbor Bridge To Close After Ninety Years\nexplainer: true\nweight: 10\n---\n\n## Why It Matters\n\n## What People Are Saying\n\n## What Happens Next\n"
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
        assert!(both.contains(line), "{line} is gone");
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
            assert!(lines.any(|other| other == line), "{path}: `{line}` is gone");
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
    let added = |path: &str| {
        let new = std::str::from_utf8(&after[path]).unwrap();
        new.matches("notes: \"This may be the same as ").count()
            + new.matches("notes: This may be the same as ").count()
    };
    assert_eq!(added("content/harbor/reactions.md"), 1);
    assert_eq!(added("content/harbor/key-figures.md"), 1);
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
    let cases: [(&str, &[u8], &[&str], &str); 11] = [
        (
            "a.txt",
            b"Caf\xe9",
            &[],
            "the file isn't UTF-8: byte 0xE9 at offset 3",
        ),
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
