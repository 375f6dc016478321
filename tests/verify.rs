//! `nutgraf verify`, `evidence.lock`, and what builds make of it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeSet;

use nutgraf::evidence::{EvidenceLock, WordsHash};
use support::{Project, Run};

const PAPER: &str = "\
“Farmers do not need another study,” said Ana Ruiz on Monday. “They need rain, and they need it soon.”

She counted nearly 46,000 farms, of which 12 percent lie dry. Tom Adair, a farmer, said: “We sold the last cow in May.”
";

/// A site whose source's text is at hand.
fn site() -> Project {
    Project::new(&[
        ("site.yaml", "title: Test\nbase_url: https://example.org/\n"),
        (
            "content/index.md",
            "---\ntitle: Home\nexplainer: true\n---\nHello [@paper].\n",
        ),
        (
            "content/sources.md",
            "---\ntitle: Sources\nsources:\n  - id: paper\n    title: The paper\n    url: https://paper.example/rain\n    published: 2025-01-28\n    text: sources/private/paper.txt\npeople:\n  - {id: ruiz, name: Ana Ruiz}\n  - {id: adair, name: Tom Adair}\n---\n",
        ),
        (
            "content/reactions.md",
            "---\ntitle: Reactions\nreactions:\n  - {id: rain, speaker: ruiz, quote: \"They need rain, and they need it soon\", source: paper}\n  - {id: cow, speaker: adair, quote: We sold the last cow, source: paper}\n---\n",
        ),
        (
            "content/figures.md",
            "---\ntitle: Figures\nfigures:\n  - {id: farms, title: Farms, value: 46000, qualifier: about, as_printed: \"nearly 46,000\", source: paper}\n---\n",
        ),
        (
            "content/timeline.md",
            "---\ntitle: Timeline\nevents:\n  - {id: talk, title: The talk, date: 2025-01-27, as_printed: on Monday, source: {id: paper, passage: \"She counted nearly 46,000 farms\"}}\n---\n",
        ),
        ("sources/private/paper.txt", PAPER),
    ])
}

/// Runs `verify` on a given day, so that what it writes is known.
fn verify_on(project: &Project, seconds: &str, args: &[&str]) -> Run {
    let mut command = project.command(&[&["verify"], args].concat());
    command.env("SOURCE_DATE_EPOCH", seconds);
    Run::of(command)
}

/// February 1, 2025.
const FIRST: &str = "1738368000";
/// February 2, 2025.
const NEXT: &str = "1738454400";

fn verify(project: &Project) -> Run {
    verify_on(project, FIRST, &[])
}

fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "{path} has no {from}");
    project.write(path, &text.replace(from, to));
}

fn forget_text(project: &Project) {
    std::fs::remove_file(project.path("sources/private/paper.txt")).unwrap();
}

#[test]
fn what_was_verified_stays_so_without_the_text() {
    let project = site();
    let run = verify(&project).expect(0);
    assert_eq!(
        run.stdout,
        "Compared 12 claims with 1 text: 10 agree, 2 with nothing to compare; wrote `evidence.lock`.\n"
    );
    assert_eq!(run.stderr, "");
    let lock = project.read("evidence.lock");
    assert_eq!(
        lock.lines()
            .filter(|line| line.starts_with("claim"))
            .count(),
        12
    );
    project.run(&["check", "--strict"]).expect(0);
    let built = project.run(&["build", "--strict"]).expect(0);
    assert_eq!(built.stderr, "");
    let with_text = support::tree(&project.path("public"));
    forget_text(&project);
    project.run(&["check", "--strict"]).expect(0);
    project.run(&["clean"]).expect(0);
    project.run(&["build", "--strict"]).expect(0);
    assert_eq!(support::tree(&project.path("public")), with_text);
    let run = verify_on(&project, NEXT, &["--strict"]).expect(0);
    assert_eq!(
        run.stdout,
        "The text of `paper` isn't available: there is no `sources/private/paper.txt`.\n\
         Compared 12 claims with 0 texts: 0 agree, 12 compared earlier; `evidence.lock` needs no change.\n"
    );
    assert_eq!(project.read("evidence.lock"), lock);
}

#[test]
fn verifying_again_changes_nothing() {
    let project = site();
    verify(&project).expect(0);
    let lock = project.read("evidence.lock");
    let run = verify_on(&project, NEXT, &[]).expect(0);
    assert!(run.stdout.contains("`evidence.lock` needs no change"));
    assert_eq!(project.read("evidence.lock"), lock);
    edit(
        &project,
        "content/reactions.md",
        "the last cow",
        "the last cow in May",
    );
    verify_on(&project, NEXT, &[]).expect(0);
    let changed: Vec<String> = project
        .read("evidence.lock")
        .lines()
        .filter(|line| !lock.contains(line))
        .map(str::to_owned)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(
        changed[0].starts_with("claim . reaction cow quote "),
        "{changed:?}"
    );
    assert!(changed[0].ends_with(" date=2025-02-02"), "{changed:?}");
}

#[test]
fn an_edit_of_what_was_verified_is_noticed_without_the_text() {
    let edits = [
        (
            "content/reactions.md",
            "They need rain",
            "They want rain",
            "the words changed since",
        ),
        (
            "content/reactions.md",
            "speaker: adair",
            "speaker: ruiz",
            "the speaker changed since",
        ),
        (
            "content/figures.md",
            "value: 46000",
            "value: 47000",
            "the value (the words say `46000`)",
        ),
        (
            "content/figures.md",
            "qualifier: about, ",
            "",
            "the qualifier (the words say `nearly`",
        ),
        (
            "content/figures.md",
            "nearly 46,000",
            "almost 46,000",
            "the words changed since",
        ),
        (
            "content/timeline.md",
            "2025-01-27",
            "2025-01-26",
            "the date (the words mean `2025-01-27`)",
        ),
        (
            "content/timeline.md",
            "She counted",
            "She has counted",
            "the words changed since",
        ),
    ];
    for (file, from, to, what) in edits {
        let project = site();
        verify(&project).expect(0);
        forget_text(&project);
        edit(&project, file, from, to);
        let run = project.run(&["check"]).expect(0);
        let expected = format!("warning[evidence-changed]: verified on 2025-02-01, and {what}");
        assert!(run.stderr.contains(&expected), "{expected}\n{}", run.stderr);
        assert!(run.stderr.ends_with("\n1 warning\n"), "{}", run.stderr);
        project.run(&["check", "--strict"]).expect(1);
        project.run(&["build", "--strict"]).expect(1);
        project.run(&["build"]).expect(0);
        let run = verify_on(&project, NEXT, &[]).expect(0);
        assert!(run.stderr.contains("evidence-changed"), "{}", run.stderr);
        project.write("sources/private/paper.txt", PAPER);
        if from.starts_with("speaker") {
            let run = verify_on(&project, NEXT, &["--strict"]).expect(1);
            let expected = "the source attributes these words to `Tom Adair`";
            assert!(run.stderr.contains(expected), "{}", run.stderr);
            continue;
        }
        verify_on(&project, NEXT, &[]).expect(1);
        // What failed isn't verified by having failed.
        project.run(&["check", "--strict"]).expect(1);
    }
}

#[test]
fn a_new_claim_is_unverified_and_only_strict_minds() {
    let project = site();
    verify(&project).expect(0);
    edit(
        &project,
        "content/reactions.md",
        "  - {id: cow",
        "  - {id: study, speaker: ruiz, quote: Farmers do not need another study, source: paper}\n  - {id: cow",
    );
    let run = project.run(&["build"]).expect(0);
    assert!(run.stderr.contains("hint[unverified]"), "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let run = project.run(&["check", "--strict", "--quiet"]).expect(1);
    assert!(run.stderr.contains("hint[unverified]"), "{}", run.stderr);
    assert_eq!(project.run(&["check", "--quiet"]).expect(0).stderr, "");
    verify(&project).expect(0);
    project.run(&["check", "--strict"]).expect(0);
}

#[test]
fn a_site_without_a_lock_builds_without_warnings() {
    let project = site();
    let run = project.run(&["build"]).expect(0);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("hint[").count(), 1, "{}", run.stderr);
    project.run(&["build", "--strict"]).expect(1);
    let page = project.read("public/reactions/index.html");
    assert!(!page.contains("class=\"evidence"), "{page}");
}

#[test]
fn another_text_of_the_source_is_another_source() {
    let project = site();
    verify(&project).expect(0);
    project.write("sources/private/paper.txt", &PAPER.replace("cow", "ox"));
    let run = verify_on(&project, NEXT, &[]).expect(1);
    assert!(
        run.stderr
            .contains("the source has `ox` for `cow` after `last`"),
        "{}",
        run.stderr
    );
    let run = project.run(&["check"]).expect(0);
    assert!(
        run.stderr
            .contains("verified on 2025-02-01, and the source or its text changed since"),
        "{}",
        run.stderr
    );
}

#[test]
fn texts_come_as_plain_text_markdown_or_web_page() {
    let markdown = format!(
        "---\ntitle: Rain\n---\n\n# Rain\n\n{}",
        PAPER.replace("nearly", "*nearly*")
    );
    let paragraphs = PAPER
        .replace("\n\n", "</p><p>")
        .replace("Ana Ruiz", "<a href=x>Ana&nbsp;Ruiz</a>");
    let page = format!(
        "<!doctype html><html><head><title>x</title><style>p {{}}</style></head><body><nav>Menu</nav><p>{paragraphs}</p><script>x</script></body></html>"
    );
    for (name, text) in [
        ("paper.md", markdown),
        ("paper.html", page.clone()),
        ("paper", page),
    ] {
        let project = site();
        forget_text(&project);
        project.write(name, &text);
        let given = format!("paper={name}");
        let run = verify_on(&project, FIRST, &["--source", &given]).expect(0);
        assert!(
            run.stdout.contains("10 agree, 2 with nothing to compare;"),
            "{name}: {}\n{}",
            run.stdout,
            run.stderr
        );
        assert_eq!(run.stderr, "", "{name}");
    }
}

#[test]
fn a_wrong_use_says_what_to_do() {
    let project = site();
    let run = project
        .run(&["verify", "--source", "papre=sources/private/paper.txt"])
        .expect(2);
    assert_eq!(
        run.stderr,
        "error: there is no source `papre`\nhelp: did you mean `paper`?\n"
    );
    let run = project
        .run(&["verify", "--source", "paper=gone.txt"])
        .expect(2);
    assert!(
        run.stderr.starts_with("error: cannot read `gone.txt`"),
        "{}",
        run.stderr
    );
    project.run(&["verify", "--source", "paper"]).expect(2);
    edit(
        &project,
        "content/sources.md",
        "sources/private/paper.txt",
        "../paper.txt",
    );
    let run = project.run(&["verify"]).expect(2);
    assert!(
        run.stderr
            .starts_with("error: `text: ../paper.txt` leads out of the project"),
        "{}",
        run.stderr
    );
    assert!(!project.path("evidence.lock").exists());
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_no_text() {
    let project = site();
    forget_text(&project);
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), project.path("sources/private/paper.txt")).unwrap();
    let run = project.run(&["verify"]).expect(2);
    assert!(
        run.stderr.contains("leads out of the project"),
        "{}",
        run.stderr
    );
}

#[test]
fn faults_of_the_content_leave_the_lock_as_it_is() {
    let project = site();
    verify(&project).expect(0);
    let lock = project.read("evidence.lock");
    edit(
        &project,
        "content/reactions.md",
        "speaker: adair",
        "speaker: adiar",
    );
    let run = verify_on(&project, NEXT, &[]).expect(1);
    assert!(run.stderr.contains("unknown-person"), "{}", run.stderr);
    assert_eq!(project.read("evidence.lock"), lock);
    edit(
        &project,
        "content/reactions.md",
        "speaker: adiar",
        "speaker: adair",
    );
    project.write(
        "evidence.lock",
        &lock.replace("source . paper", "<<<<<<< ours\nsource . paper"),
    );
    let broken = project.read("evidence.lock");
    verify_on(&project, NEXT, &[]).expect(1);
    assert_eq!(project.read("evidence.lock"), broken);
    project.run(&["build"]).expect(1);
}

#[test]
fn records_that_went_leave_the_lock() {
    let project = site();
    verify(&project).expect(0);
    project.write(
        "content/timeline.md",
        "---\ntitle: Timeline\n---\nNothing happened.\n",
    );
    verify(&project).expect(0);
    assert!(!project.read("evidence.lock").contains(" event "));
}

#[test]
fn one_of_several_sources_is_enough_for_a_quotation_and_each_passage_has_its_own() {
    let project = site();
    edit(
        &project,
        "content/sources.md",
        "people:",
        "  - {id: other, title: Another, text: sources/private/other.txt}\npeople:",
    );
    project.write(
        "sources/private/other.txt",
        "A report that nobody read says otherwise.\n",
    );
    edit(
        &project,
        "content/reactions.md",
        "the last cow, source: paper",
        "the last cow, source: [{id: other, passage: that nobody read}, {id: paper, passage: in Spring}]",
    );
    let run = verify(&project).expect(1);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("in Spring"), "{}", run.stderr);
    let lock = project.read("evidence.lock");
    assert!(
        lock.contains("claim . reaction cow passage/other source=.#other "),
        "{lock}"
    );
    assert!(
        lock.contains("claim . reaction cow quote source=.#paper "),
        "{lock}"
    );
    // Without the text that has them, the words may be there or not.
    std::fs::remove_file(project.path("evidence.lock")).unwrap();
    forget_text(&project);
    let run = verify(&project).expect(0);
    assert!(
        run.stderr.contains("hint[unverified]: no available text has these words, and the text of `paper` isn't among them"),
        "{}",
        run.stderr
    );
}

#[test]
fn faults_come_as_json_too() {
    let project = site();
    edit(&project, "content/reactions.md", "last cow", "first cow");
    let run = verify_on(&project, FIRST, &["--format", "json"]).expect(1);
    let faults: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(faults[0]["code"], "not-in-source");
    assert_eq!(faults[0]["line"], 5);
}

/// Whoever has the lock and a good dictionary learns no word of the source that the site doesn't publish itself.
#[test]
fn the_lock_gives_nothing_away() {
    let project = site();
    verify(&project).expect(0);
    project.run(&["build"]).expect(0);
    let text = project.read("evidence.lock");
    let lock: EvidenceLock = text.parse().unwrap();
    let published: String = support::tree(&project.path("public"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".json"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    // The best dictionary there is: every stretch of the source, up to a whole sentence, and every speaker.
    let words: Vec<&str> = PAPER.split_whitespace().collect();
    let speakers = [
        None,
        Some("Ana Ruiz"),
        Some("Ruiz"),
        Some("Tom Adair"),
        Some("Adair"),
    ];
    let pins: Vec<WordsHash> = lock.claims.values().map(|pin| pin.content).collect();
    let mut guessed = BTreeSet::new();
    for start in 0..words.len() {
        for end in start + 1..=words.len().min(start + 40) {
            let stretch = words[start..end].join(" ");
            let bare = stretch
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_owned();
            for stretch in [stretch, bare] {
                let hits = speakers
                    .iter()
                    .any(|speaker| pins.contains(&WordsHash::of(&stretch, *speaker)));
                if hits {
                    guessed.insert(stretch);
                }
            }
        }
    }
    assert_eq!(
        guessed.len(),
        7,
        "the attack works where it may: {guessed:?}"
    );
    for stretch in &guessed {
        assert!(
            published.contains(stretch.as_str()),
            "`{stretch}` isn't published"
        );
    }
    // No word of the source stands in the file, nor the hash of one.
    let comments_aside: String = text.lines().filter(|line| !line.starts_with('#')).collect();
    for word in words
        .iter()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        let is_telling = word.len() > 4 && word != "farms";
        assert!(
            !is_telling || !comments_aside.contains(word),
            "`{word}` stands in the lock"
        );
        assert!(
            !pins.contains(&WordsHash::of(word, None)),
            "`{word}` is in the lock as a hash"
        );
    }
}

#[test]
fn the_sample_of_a_new_site_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    Run::of(support::nutgraf(&["init", dir])).expect(0);
    let run = Run::of(support::nutgraf(&["verify", "--strict", "-r", dir])).expect(0);
    assert!(
        run.stdout.contains("`evidence.lock` needs no change"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, "");
}

/// The states that a page shows, in order.
fn states(page: &str) -> Vec<&str> {
    let marks = page.split("<span class=\"evidence ").skip(1);
    marks.map(|mark| &mark[..mark.find('"').unwrap()]).collect()
}

#[test]
fn readers_see_what_was_verified_and_are_led_to_it() {
    let project = site();
    verify(&project).expect(0);
    project.run(&["build"]).expect(0);
    let page = project.read("public/reactions/index.html");
    assert_eq!(states(&page), ["verified", "verified"]);
    assert!(
        page.contains("Compared with the text of its sources (1) on February 1, 2025."),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"https:&#x2F;&#x2F;paper.example&#x2F;rain#:~:text=They%20need%20rain%2C%20and%20they%20need%20it%20soon\">Verified</a>")
            || page.contains("<a href=\"https://paper.example/rain#:~:text=They%20need%20rain%2C%20and%20they%20need%20it%20soon\">Verified</a>"),
        "{page}"
    );
    let sources = project.read("public/sources/index.html");
    assert!(
        sources.contains("Claims that agree with their source: 10 of 12."),
        "{sources}"
    );
    assert!(sources.contains("Verified means that the source says this, not that it is true."));
    assert_eq!(states(&sources).len(), 5, "{sources}");
    for place in ["reactions/#rain", "figures/#farms", "timeline/#talk"] {
        assert!(
            sources.contains(&format!("<a href=\"../{place}\">")),
            "{place}"
        );
    }
}

#[test]
fn readers_see_what_has_changed_what_is_new_and_what_is_doubtful() {
    let project = site();
    edit(
        &project,
        "content/reactions.md",
        "speaker: adair",
        "speaker: ruiz",
    );
    verify(&project).expect(0);
    edit(
        &project,
        "content/reactions.md",
        "They need rain",
        "They want rain",
    );
    edit(
        &project,
        "content/figures.md",
        "source: paper}",
        "source: {id: paper, passage: of which 12 percent lie dry}}",
    );
    project.run(&["build"]).expect(0);
    let page = project.read("public/reactions/index.html");
    assert_eq!(states(&page), ["changed", "doubtful"]);
    assert!(
        page.contains("Speaker checked; changed since it was compared: quotation"),
        "{page}"
    );
    assert!(
        page.contains("Quotation checked; with a doubt: speaker"),
        "{page}"
    );
    // What has changed may stand nowhere, so that no link leads to it.
    assert!(!page.contains("They%20want"), "{page}");
    let page = project.read("public/figures/index.html");
    assert_eq!(states(&page), ["unverified"]);
    let sources = project.read("public/sources/index.html");
    assert!(
        sources.contains("Claims that agree with their source: 8 of 13."),
        "{sources}"
    );
}

#[test]
fn a_doubt_stays_until_it_is_mended_or_answered() {
    let project = site();
    edit(
        &project,
        "content/reactions.md",
        "speaker: adair",
        "speaker: ruiz",
    );
    let run = verify(&project).expect(0);
    let doubt = "warning[evidence-doubt]: the source attributes these words to `Tom Adair`";
    assert!(run.stderr.contains(doubt), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("if the words are right all the same, say why in `doubt:`"),
        "{}",
        run.stderr
    );
    verify_on(&project, FIRST, &["--strict"]).expect(1);
    // It is known on every machine, without the text.
    forget_text(&project);
    for command in [["check", "--strict"], ["build", "--strict"]] {
        let run = project.run(&command).expect(1);
        assert!(
            run.stderr.contains(
                "warning[evidence-doubt]: compared with the source on 2025-02-01, with a doubt"
            ),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains("content/reactions.md:5:"),
            "{}",
            run.stderr
        );
    }
    let run = project.run(&["check", "-v"]).expect(0);
    assert!(
        run.stdout
            .contains("content/reactions.md: 2 records; 4 claims, 3 agreeing, 1 with a doubt;"),
        "{}",
        run.stdout
    );
    let words = "Ruiz tells what Adair told her";
    edit(
        &project,
        "content/reactions.md",
        "quote: We sold the last cow,",
        &format!("quote: We sold the last cow, doubt: {words},"),
    );
    let run = project.run(&["check", "--strict"]).expect(0);
    assert_eq!(run.stderr, "");
    project.run(&["build", "--strict"]).expect(0);
    let page = project.read("public/reactions/index.html");
    assert_eq!(states(&page), ["verified", "doubtful"]);
    assert!(
        page.contains(&format!("with a doubt: speaker</a> ({words})</span>")),
        "{page}"
    );
    let sources = project.read("public/sources/index.html");
    assert!(
        sources.contains("Claims that agree with their source: 9 of 12.\nWith a doubt: 1."),
        "{sources}"
    );
    let verdicts = project.read("public/data/verification.json");
    assert!(
        verdicts.contains(&format!("\"doubt\": \"{words}\"")),
        "{verdicts}"
    );
    project.write("sources/private/paper.txt", PAPER);
    let run = verify_on(&project, FIRST, &["--strict"]).expect(0);
    assert_eq!(run.stderr, "");
    // The reason answers a doubt, and nothing else.
    edit(
        &project,
        "content/reactions.md",
        "We sold the last cow,",
        "We sold the first cow,",
    );
    let run = verify(&project).expect(1);
    assert!(
        run.stderr.contains("error[not-in-source]"),
        "{}",
        run.stderr
    );
}

#[test]
fn digits_are_compared_in_every_language() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: Prueba\nlanguage: es\nbase_url: https://example.org/\n",
        ),
        (
            "content/index.md",
            "---\ntitle: Inicio\nexplainer: true\nsources:\n  - {id: aviso, title: Aviso, text: sources/private/aviso.txt}\nfigures:\n  - {id: visitas, title: Visitas, value: 41300, as_printed: \"41.300 visitas\", source: aviso}\nevents:\n  - {id: voto, title: El voto, date: 2024-03-04, as_printed: el 4 de marzo de 2024, source: aviso}\n---\nHola [@aviso].\n",
        ),
        (
            "sources/private/aviso.txt",
            "Contamos 41.300 visitas. Se votó el 4 de marzo de 2024.\n",
        ),
    ]);
    let run = verify(&project).expect(0);
    assert_eq!(run.stderr, "");
    project.run(&["check", "--strict"]).expect(0);
    // What is changed afterwards is known without the text.
    edit(&project, "content/index.md", "value: 41300", "value: 43100");
    edit(
        &project,
        "content/index.md",
        "date: 2024-03-04",
        "date: 2024-03-05",
    );
    let differences = [
        ("value", "the words say `41300`"),
        ("date", "the words mean `2024-03-04`"),
    ];
    let run = project.run(&["check"]).expect(0);
    for (field, how) in differences {
        let words = format!("verified on 2025-02-01, and the {field} ({how})");
        assert!(
            run.stderr.contains(&words),
            "no `{words}` in:\n{}",
            run.stderr
        );
    }
    let run = verify(&project).expect(1);
    for (field, how) in differences {
        assert!(
            run.stderr
                .contains(&format!("error[not-in-source]: the {field} isn't"))
                && run.stderr.contains(how),
            "no `{how}` in:\n{}",
            run.stderr
        );
    }
    project.run(&["check", "--strict"]).expect(1);
}

#[test]
fn machines_get_every_verdict() {
    let project = site();
    let verdicts = || {
        project.run(&["build"]).expect(0);
        let text = project.read("public/data/verification.json");
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let before = verdicts();
    assert_eq!(before["totals"]["claims"], 12);
    assert!(before["totals"]["agree"].is_null(), "{before}");
    assert!(before["claims"][0]["outcome"].is_null(), "{before}");
    verify(&project).expect(0);
    edit(
        &project,
        "content/reactions.md",
        "They need rain",
        "They want rain",
    );
    let after = verdicts();
    assert_eq!(after["totals"]["agree"], 9);
    assert_eq!(after["totals"]["changed"], 1);
    assert_eq!(after["texts"][0]["words"], 42);
    let claims = after["claims"].as_array().unwrap();
    let claim_of = |id: &str, field: &str| {
        let mut claims = claims.iter();
        claims
            .find(|claim| claim["id"] == id && claim["field"] == field)
            .unwrap()
    };
    let rain = claim_of("rain", "quote");
    assert_eq!(rain["outcome"], "changed");
    assert_eq!(rain["date"], "2025-02-01");
    assert!(rain["found_at"].is_null());
    assert_eq!(claim_of("rain", "speaker")["outcome"], "agrees");
    assert_eq!(claim_of("farms", "value")["claim"], "46000");
    let cow = claim_of("cow", "quote");
    assert_eq!(
        cow["found_at"],
        "https://paper.example/rain#:~:text=We%20sold%20the%20last%20cow"
    );
}

#[test]
fn coverage_is_counted_by_page_and_by_source() {
    let project = site();
    verify(&project).expect(0);
    edit(
        &project,
        "content/index.md",
        "Hello [@paper].",
        "She said “so be it” of [12 percent](figure:farms), and 300 others [@paper].",
    );
    edit(&project, "content/reactions.md", "We sold", "They sold");
    let run = project.run(&["check", "-v"]).expect(0);
    assert_eq!(
        run.stdout,
        "\
content/figures.md: 1 record; 4 claims, 3 agreeing, 1 not compared; in prose 0 citations, 0 quotations, 0 unbound numbers
content/index.md: 0 records; 0 claims, 0 agreeing; in prose 1 citation, 1 quotation, 1 unbound number
content/reactions.md: 2 records; 4 claims, 3 agreeing, 1 changed since; in prose 0 citations, 0 quotations, 0 unbound numbers
content/sources.md: 0 records; 0 claims, 0 agreeing; in prose 0 citations, 0 quotations, 0 unbound numbers
content/timeline.md: 1 record; 4 claims, 3 agreeing, 1 not compared; in prose 0 citations, 0 quotations, 0 unbound numbers
source `paper` in content/sources.md: 4 records; 12 claims, 9 agreeing, 2 not compared, 1 changed since; cited on 1 page
Checked 5 pages: 1 warning.
"
    );
    assert!(
        run.stderr
            .contains("hint[unbound-number]: the number `300`"),
        "{}",
        run.stderr
    );
    // A hint never fails a run, but for what was never verified.
    verify(&project).expect(1);
    edit(&project, "content/reactions.md", "They sold", "We sold");
    project.run(&["check", "--strict"]).expect(0);
    project.run(&["build", "-v"]).expect(0);
}

/// A site with one record, about what this text says.
fn told(list: &str, record: &str) -> Project {
    const TEXT: &str = "\
The ferry carried 475,300 passengers in 2022, the port of Berg said. Catches went up from over 31,000 in 2023 and reached 47,200 in 2024.

The council voted on Monday for the bridge. It had waited 25 years, said Ana Ruiz. “We were right to wait,” she said.

The museum will reopen on April 11.

The pilots' union sued the ferry company on Monday.
";
    Project::new(&[
        ("site.yaml", "title: Test\nbase_url: https://example.org/\n"),
        (
            "content/index.md",
            "---\ntitle: Home\nexplainer: true\n---\nHello [@paper].\n",
        ),
        (
            "content/sources.md",
            "---\ntitle: Sources\nsources:\n  - {id: paper, title: The paper, published: 2025-01-28, text: t.txt}\npeople:\n  - {id: ruiz, name: Ana Ruiz}\n  - {id: adair, name: Tom Adair}\n---\n",
        ),
        (
            "content/records.md",
            &format!("---\ntitle: Records\n{list}:\n  - {record}\n---\n"),
        ),
        ("t.txt", TEXT),
    ])
}

/// What the words of a source don't say, field by field: nothing of it is accepted for standing beside them.
#[test]
fn every_claim_of_a_record_is_compared() {
    let ferry = "source: {id: paper, passage: \"carried 475,300 passengers\"}";
    let vote = "source: {id: paper, passage: \"voted on Monday\"}";
    let catches =
        "as_printed: \"from over 31,000 in 2023 and reached 47,200 in 2024\", source: paper";
    let series = |first: &str, last: &str| {
        format!(
            "{{title: Catches, series: [{{date: {first}, value: 31000, qualifier: over}}, {{date: {last}, value: 47200}}], {catches}}}"
        )
    };
    let suit = "source: {id: paper, passage: \"sued the ferry company on Monday\"}";
    let true_ones = [
        ("events", format!("{{title: Pilots' union sues the ferry company, date: 2025-01-27, {suit}}}")),
        ("events", format!("{{title: The ferry company is sued by the union, date: 2025-01-27, {suit}}}")),
        ("figures", format!("{{title: Passengers, value: 475300, unit: passengers, date: 2022, {ferry}}}")),
        ("figures", series("2023", "2024")),
        ("events", format!("{{title: The council of Berg votes, date: 2025-01-27, {vote}}}")),
        ("events", "{title: The museum will reopen, date: 2025-04-11, expected: true, as_printed: on April 11, source: paper}".to_owned()),
        ("reactions", "{speaker: ruiz, text: The council had waited 25 years., source: {id: paper, passage: It had waited}}".to_owned()),
    ];
    for (list, record) in &true_ones {
        let run = verify_on(&told(list, record), FIRST, &["--strict"]).expect(0);
        assert_eq!(run.stderr, "", "{record}");
    }
    let false_ones = [
        ("events", format!("{{title: The ferry company sued the union, date: 2025-01-27, {suit}}}"), "warning[evidence-doubt]: the title seems to turn round who did what: the source has `union` beside `sued` where the title has `ferry`"),
        ("figures", format!("{{title: Passengers, value: 99, {ferry}}}"), "error[not-in-source]: the value isn't what the words of its source say, “carried 475,300 passengers”: the words say `475300`"),
        ("figures", format!("{{title: Passengers, value: 475300, qualifier: over, {ferry}}}"), "error[not-in-source]: the qualifier isn't what"),
        ("figures", format!("{{title: Passengers, value: 475300, date: 2021, {ferry}}}"), "error[not-in-source]: the date isn't what the words of its source say, “carried 475,300 passengers”: the source has `in 2022` beside this number"),
        ("figures", format!("{{title: Passengers, value: 475300, unit: cars, {ferry}}}"), "warning[evidence-doubt]: `cars` isn't among the words around this number"),
        ("figures", format!("{{title: Passengers, value: 475300, population: people of Oslo, {ferry}}}"), "warning[evidence-doubt]: the name `Oslo` isn't in `paper`"),
        ("figures", format!("{{title: Passengers, value: 475300, sample: 1200, {ferry}}}"), "warning[evidence-doubt]: the number `1200` isn't in `paper`"),
        ("figures", series("2024", "2023").replace("2024, value: 31000", "2022, value: 31000"), "error[not-in-source]: the date isn't"),
        ("figures", "{title: Wait, value: 25, unit: months, as_printed: 25 years, source: paper}".to_owned(), "error[not-in-source]: the unit isn't what its words as printed say, “25 years”: the words say `years`"),
        ("figures", format!("{{title: Catches, series: [{{date: 2023, value: 99}}], {catches}}}"), "error[not-in-source]: the value isn't"),
        ("figures", format!("{{title: Catches, series: [{{date: 2022, value: 475300, as_printed: \"475,300\"}}], {catches}}}"), "warning[evidence-doubt]: no point of the series is what these words say"),
        ("events", format!("{{title: The council jailed Tom Adair, date: 2025-01-27, {vote}}}"), "warning[evidence-doubt]: the name `Tom Adair` isn't in `paper`\n --> content/records.md:4:32\n"),
        ("events", format!("{{title: The council votes, text: All 19 were for it., date: 2025-01-27, {vote}}}"), "warning[evidence-doubt]: the number `19` isn't in `paper`"),
        ("events", "{title: The museum will reopen, date: 2025-04-11, as_printed: on April 11, source: paper}".to_owned(), "then the record needs `expected: true`"),
        ("reactions", "{speaker: adair, text: The council had waited 25 years., source: {id: paper, passage: It had waited}}".to_owned(), "warning[evidence-doubt]: `Tom Adair` isn't named in the paragraph"),
        ("figures", "{title: Passengers, value: 475300, source: paper}".to_owned(), "hint[unverified]: the value was compared with nothing"),
    ];
    for (list, record, expected) in &false_ones {
        let project = told(list, record);
        let run = verify_on(&project, FIRST, &["--strict"]).expect(1);
        assert!(
            run.stderr.contains(expected),
            "{record}: no `{expected}` in\n{}",
            run.stderr
        );
        project.run(&["check", "--strict", "-q"]).expect(1);
        project.run(&["build", "-q"]);
        let page = project.path("public/records/index.html");
        let page = std::fs::read_to_string(page).unwrap_or_default();
        assert!(!page.contains(">Verified<"), "{record}: {page}");
    }
}

/// Both ends of a range are claims: neither is taken for true because the other is.
#[test]
fn both_ends_of_a_range_are_compared() {
    let ranges = [
        (
            "en",
            "Police counted between 300 and 400 people.",
            "between 300 and 400",
            "people",
        ),
        (
            "en",
            "It rose by 300–400 percent.",
            "300–400 percent",
            "percent",
        ),
        (
            "de",
            "Die Polizei zählte 300 bis 400 Menschen.",
            "300 bis 400",
            "Menschen",
        ),
        (
            "es",
            "La policía contó entre 300 y 400 personas.",
            "entre 300 y 400",
            "personas",
        ),
        (
            "fr",
            "La police a compté de 300 à 400 personnes.",
            "de 300 à 400",
            "personnes",
        ),
    ];
    for (language, text, words, unit) in ranges {
        for (low, high, fault) in [
            (300, 400, None),
            (300, 450, Some("the high end isn't")),
            (350, 400, Some("the value isn't")),
        ] {
            let figure = format!(
                "{{title: {unit}, value: {low}, to: {high}, unit: {unit}, as_printed: {words}, source: paper}}"
            );
            let project = told("figures", &figure);
            project.write("t.txt", text);
            edit(
                &project,
                "site.yaml",
                "title: Test",
                &format!("title: Test\nlanguage: {language}"),
            );
            let run = verify_on(&project, FIRST, &[]);
            match fault {
                None => assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{figure}"),
                Some(fault) => assert!(
                    run.code == 1
                        && run.stderr.matches("not-in-source").count() == 1
                        && run.stderr.contains(fault),
                    "{figure}: {}",
                    run.stderr
                ),
            }
        }
    }
}

/// What the record gives no words for is told to the writer, and to readers.
#[test]
fn a_date_without_words_is_said_to_be_uncompared() {
    let project = told(
        "events",
        "{title: The council votes, date: 2025-01-27, source: paper}",
    );
    let run = verify_on(&project, FIRST, &["--strict"]).expect(1);
    let expected = "warning[not-compared]: the date was compared with nothing";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    project.run(&["check", "--strict"]).expect(1);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/records/index.html");
    assert!(page.contains("; not compared: date<"), "{page}");
    // Whoever knows it otherwise says so.
    let project = told(
        "events",
        "{title: The council votes, date: 2025-01-27, source: paper, doubt: \"Seen by our reporter\"}",
    );
    verify_on(&project, FIRST, &["--strict"]).expect(0);
    project.run(&["check", "--strict"]).expect(0);
}

/// A source that names no language is read in the one that its text is in.
#[test]
fn the_language_of_a_source_is_recognized() {
    let german = "Der Stadtrat hat am Montag beschlossen, dass die alte Brücke im Sommer geschlossen wird. \
        Nach Angaben der Verwaltung kamen im vergangenen Jahr rund 2,4 Millionen Menschen über den Fluss. \
        Viele von ihnen werden nun einen anderen Weg nehmen, sagte die Bürgermeisterin Lena Moos.\n";
    let italian = "Il consiglio comunale ha deciso lunedì che il vecchio ponte sarà chiuso in estate. \
        Secondo il comune, l'anno scorso circa 2,4 milioni di persone hanno attraversato il fiume. \
        Molti di loro prenderanno ora un'altra strada, ha detto la sindaca Elena Musso.\n";
    let site = |text: &str, passage: &str| {
        let records = format!(
            "---\ntitle: Home\nexplainer: true\nsources:\n  - {{id: paper, title: The paper, text: paper.txt}}\n\
             figures:\n  - {{id: all, title: All, value: 2400000, unit: people, qualifier: about, source: {{id: paper, passage: \"{passage}\"}}}}\n---\nHello [@paper].\n"
        );
        Project::new(&[
            ("site.yaml", "title: Test\nbase_url: https://example.org/\n"),
            ("content/index.md", &records),
            ("paper.txt", text),
        ])
    };
    let project = site(
        german,
        "kamen im vergangenen Jahr rund 2,4 Millionen Menschen",
    );
    let run = verify_on(&project, FIRST, &["--strict"]).expect(0);
    assert!(
        run.stdout.contains("4 agree"),
        "{} {}",
        run.stdout,
        run.stderr
    );
    assert!(project.read("evidence.lock").contains(" language=de date="));
    project.run(&["check", "--strict"]).expect(0);

    let project = site(italian, "circa 2,4 milioni di persone");
    let run = verify(&project);
    assert!(
        run.stdout.contains("is in Italian, which isn't read"),
        "{}",
        run.stdout
    );
    assert!(project.read("evidence.lock").contains(" language=it date="));
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/index.html");
    assert!(
        page.contains("ot compared in this language: number"),
        "{page}"
    );
}

/// A badge says what was compared, and in the site's language.
#[test]
fn a_badge_says_what_was_compared() {
    let speech = "{speaker: ruiz, quote: We were right to wait, source: paper}";
    let undated = "{speaker: ruiz, quote: We were right to wait, date: 2025-01-20, source: paper}";
    let computed =
        "{title: Passengers, value: 475300, source: {id: paper, passage: the port of Berg}}";
    let cases = [
        ("reactions", speech, "en", "Verified"),
        (
            "reactions",
            undated,
            "en",
            "Quotation and speaker checked; not compared: date",
        ),
        (
            "reactions",
            undated,
            "es",
            "Comprobado: cita y atribución; sin comparar: fecha",
        ),
        (
            "reactions",
            undated,
            "de",
            "Geprüft: Zitat und Zuschreibung; nicht verglichen: Datum",
        ),
        (
            "reactions",
            undated,
            "fr",
            "Vérifié : citation et attribution; non comparé : date",
        ),
        (
            "figures",
            &computed.replace("the port of Berg", "the port"),
            "en",
            "Number checked",
        ),
        (
            "figures",
            &computed.replace("the port of Berg", "The museum will reopen"),
            "en",
            "Words found; not compared: number",
        ),
    ];
    for (list, record, language, expected) in cases {
        let project = told(list, record);
        edit(
            &project,
            "content/sources.md",
            "text: t.txt",
            "text: t.txt, language: en",
        );
        edit(
            &project,
            "site.yaml",
            "title: Test",
            &format!("title: Test\nlanguage: {language}"),
        );
        verify(&project).expect(0);
        project.run(&["build", "-q"]);
        let page = project.read("public/records/index.html");
        let badge = format!(">{expected}<");
        assert!(page.contains(&badge), "{record}: no `{expected}` in {page}");
    }
}

/// What has no text to compare with says why, and is published.
#[test]
fn a_source_without_a_text_is_declared() {
    let project = told(
        "reactions",
        "{speaker: ruiz, quote: We were right, source: talk}",
    );
    let sources = "  - {id: talk, title: A talk, type: interview}\npeople:";
    edit(&project, "content/sources.md", "people:", sources);
    let run = project.run(&["check", "--strict", "-q"]).expect(1);
    assert!(
        run.stderr
            .contains("as of your own interview, write `text: none`"),
        "{}",
        run.stderr
    );
    edit(
        &project,
        "content/sources.md",
        "type: interview",
        "type: interview, text: none",
    );
    let run = project.run(&["check", "-q"]).expect(1);
    assert!(
        run.stderr.contains("has to say why in `because`"),
        "{}",
        run.stderr
    );
    edit(
        &project,
        "content/sources.md",
        "text: none",
        "text: none, because: our own interview",
    );
    project.run(&["build", "--strict", "-q"]).expect(0);
    let page = project.read("public/records/index.html");
    assert!(page.contains(">Not compared: our own interview<"), "{page}");
    edit(
        &project,
        "content/sources.md",
        "our own interview",
        "our own interview, checked_by: Bo Dahl",
    );
    verify_on(&project, FIRST, &["--strict"]).expect(0);
    project.run(&["build", "--strict", "-q"]).expect(0);
    let page = project.read("public/records/index.html");
    assert!(
        page.contains("our own interview (checked by Bo Dahl)"),
        "{page}"
    );
    edit(&project, "content/sources.md", "text: none, ", "");
    let run = project.run(&["check", "-q"]).expect(1);
    assert!(
        run.stderr.contains("`because` goes with `text: none`"),
        "{}",
        run.stderr
    );
}

/// A lock of the first version knew of words alone, and says so.
#[test]
fn an_older_lock_is_read_and_said_to_be_old() {
    let project = site();
    verify(&project).expect(0);
    let lock = project.read("evidence.lock");
    let speaker = WordsHash::of("We sold the last cow", Some("Tom Adair"));
    let old: String = lock
        .lines()
        .filter(|line| {
            !line.starts_with("claim")
                || line.contains(" as_printed ")
                || line.contains("cow quote")
        })
        .map(|line| {
            if line.starts_with("claim") && line.contains("cow quote") {
                let (start, rest) = line.split_once(" content=").unwrap();
                format!("{start} content={speaker}{}\n", &rest[64..])
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let old = old
        .replace("evidence 2", "evidence 1")
        .replace("claim ", "record ")
        .replace("content=", "words=")
        .replace("outcome=agrees", "verdict=verified");
    project.write("evidence.lock", &old);
    forget_text(&project);
    let run = project.run(&["check"]).expect(0);
    assert!(
        run.stderr
            .contains("hint[unverified]: `evidence.lock` is of an earlier version"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.matches("hint[").count(), 1, "{}", run.stderr);
    project.run(&["check", "--strict", "-q"]).expect(1);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/reactions/index.html");
    assert!(
        page.contains("Quotation checked; not compared: speaker<"),
        "{page}"
    );
    // What was found holds on, in the new form.
    verify_on(&project, NEXT, &[]);
    let new = project.read("evidence.lock");
    assert!(new.contains("evidence 2 "), "{new}");
    let line = lock
        .lines()
        .find(|line| line.contains("cow quote"))
        .unwrap();
    assert!(new.contains(line), "{new}");
}
