//! Editing pages in the preview, over real HTTP: who may write, what is written, and what never is.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod preview;

use std::io::Write as _;

use nutgraf::edition::Settings;
use nutgraf::project::ContentHash;
use nutgraf::serve::ServeOptions;
use preview::{Answer, Preview, Project};
use proptest::prelude::*;
use serde_json::{Value, json};

const TIMELINE: &str = "---
title: Timeline   # ours
explainer: true
sources:
  - id: gazette
    title: Council backs the harbor
    text: sources/private/gazette.txt
    published: 2025-01-28
people:
  - {id: ada, name: Ada Moreno}
events:
  # the first
  - id: vote
    date: 2025-01-27
    title: 'The vote'
    source: gazette
    review: true
---
First.

Second.
";

const GAZETTE: &str = "HARBOR CITY — The council backed the new quay on Monday.\n\n“We will not go back,” Ada Moreno said. Some 24,000 people signed.\n";

fn project() -> Project {
    Project::new(&[
        ("site.yaml", "title: A site\nlanguage: en\n"),
        ("content/index.md", TIMELINE),
        ("content/about.md", "---\ntitle: About\n---\nAbout us.\n"),
        ("sources/private/gazette.txt", GAZETTE),
    ])
}

/// As with `--drafts`: a record that waits for review is shown.
fn drafts() -> Settings {
    Settings {
        drafts: true,
        ..Settings::default()
    }
}

/// A preview, and the browser of a writer.
struct Writer {
    preview: Preview,
    cookie: String,
}

/// The key in the address that the terminal shows.
fn key(preview: &Preview) -> Option<String> {
    let lines = preview.said.lines.lock().unwrap();
    lines.iter().find_map(|line| {
        Some(
            line.strip_prefix("Edit it at ")?
                .split_once("/__nutgraf/edit#")?
                .1
                .to_owned(),
        )
    })
}

fn post(preview: &Preview, question: &str, headers: &str, asked: &Value) -> Answer {
    let body = asked.to_string();
    let host = &preview.address;
    let request = format!(
        "POST /__nutgraf/workbench/{question} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    preview
        .send(request.as_bytes())
        .expect("the server answers")
}

impl Writer {
    fn new(project: Project) -> Self {
        let options = ServeOptions {
            settings: drafts(),
            ..project.options()
        };
        let preview = project.serve_with(options);
        let key = key(&preview).unwrap();
        let headers = own(&preview);
        let entered = post(&preview, "enter", &headers, &json!({ "key": key }));
        assert_eq!(entered.status, 200, "{}", entered.text());
        let cookie = entered.header("set-cookie").unwrap();
        assert!(
            cookie.ends_with("; Path=/__nutgraf/; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
        assert!(!entered.text().contains(&key) && !cookie.contains(&key));
        let cookie = cookie.split_once(';').unwrap().0.to_owned();
        Self { preview, cookie }
    }

    fn headers(&self) -> String {
        format!("{}Cookie: {}\r\n", own(&self.preview), self.cookie)
    }

    fn ask(&self, question: &str, asked: &Value) -> (u16, Value) {
        let answer = post(&self.preview, question, &self.headers(), asked);
        let text = answer.text();
        (
            answer.status,
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}: {text}", answer.status)),
        )
    }

    fn page(&self) -> Value {
        let (status, page) = self.ask("page", &json!({ "path": "/" }));
        assert_eq!(status, 200, "{page}");
        page
    }

    /// Waits until the preview shows a text of the front page.
    fn becomes(&self, text: &str) {
        let hash = ContentHash::of(text.as_bytes()).to_string();
        self.preview
            .wait("/", |_| self.page()["hash"] == hash.as_str());
    }

    fn file(&self, path: &str) -> String {
        std::fs::read_to_string(self.preview.project.at(path)).unwrap()
    }
}

/// What a browser says of a request that a page of the preview makes.
fn own(preview: &Preview) -> String {
    let host = &preview.address;
    format!(
        "Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
    )
}

fn title(words: &str, hash: &Value) -> Value {
    json!({ "file": "content/index.md", "hash": hash, "edits": [{ "set": { "at": ["events", 0, "title"], "value": words } }] })
}

#[test]
fn a_value_is_written_into_its_file_and_shown_and_taken_back() {
    let writer = Writer::new(project());
    let page = writer.page();
    assert_eq!(page["file"], "content/index.md");
    let record = &page["records"]
        .as_array()
        .unwrap()
        .iter()
        .find(|record| record["list"] == "events")
        .unwrap()
        .clone();
    assert_eq!(
        (&record["anchor"], &record["review"], &record["line"]),
        (&json!("vote"), &json!(true), &json!(13))
    );
    let words: Vec<&Value> = page["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["words"])
        .collect();
    assert_eq!(words, [&json!("First."), &json!("Second.")]);
    // Nothing of a private text is in what is told of a page.
    assert!(!page.to_string().contains("backed the new quay"));

    let (status, saved) = writer.ask("save", &title("It's: a #vote", &page["hash"]));
    assert_eq!(status, 200, "{saved}");
    let after = TIMELINE.replace("'The vote'", "'It''s: a #vote'");
    assert_eq!(writer.file("content/index.md"), after);
    writer.preview.wait_for_text("/", "a #vote");

    // The next edit names what is there now; one of another file can be taken back in turn.
    let paragraph = &page["paragraphs"][1];
    let by = after.len() - TIMELINE.len();
    let at = |name: &str| paragraph[name].as_u64().unwrap() + by as u64;
    let prose = json!({ "prose": { "start": at("start"), "end": at("end"), "words": "Third." } });
    let (status, _) = writer.ask(
        "save",
        &json!({ "file": "content/index.md", "hash": saved["hash"], "edits": [prose] }),
    );
    assert_eq!(status, 200);
    let about = ContentHash::of(writer.file("content/about.md").as_bytes()).to_string();
    let edit = json!({ "set": { "at": ["title"], "value": "Us" } });
    let (status, _) = writer.ask(
        "save",
        &json!({ "file": "content/about.md", "hash": about, "edits": [edit] }),
    );
    assert_eq!(status, 200);
    assert_eq!(
        writer.file("content/index.md"),
        after.replace("Second.", "Third.")
    );
    for expected in ["content/about.md", "content/index.md", "content/index.md"] {
        assert_eq!(writer.ask("undo", &json!({})).1["file"], expected);
    }
    assert_eq!(writer.file("content/index.md"), TIMELINE);
    assert_eq!(writer.ask("undo", &json!({})).0, 409);
    writer.ask("redo", &json!({}));
    assert_eq!(writer.file("content/index.md"), after);
}

#[test]
fn an_edit_is_tried_before_it_is_written() {
    let writer = Writer::new(project());
    let page = writer.page();
    let edits = |value: &str| {
        json!({ "file": "content/index.md", "hash": page["hash"], "edits": [
            { "set": { "at": ["events", 0, "date"], "value": value } },
            { "set": { "at": ["events", 0, "source"], "value": { "id": "gazette", "passage": "The council backed the new pier" } } },
        ] })
    };
    let (status, tried) = writer.ask("try", &edits("2025-01-02/2025-01-10"));
    assert_eq!(status, 200, "{tried}");
    let says = tried["says"]["events/0/date"].as_str().unwrap();
    assert!(says.contains("January 2") && says.contains("10"), "{says}");
    let faults = tried["faults"].as_array().unwrap();
    assert!(
        faults.iter().any(
            |fault| fault["at"] == json!(["events", 0, "source", "passage"])
                && fault["code"] == "not-in-source"
        ),
        "{tried}"
    );
    let (_, tried) = writer.ask("try", &edits("2025-13-40"));
    let faults = tried["faults"].as_array().unwrap();
    assert!(
        faults.iter().any(
            |fault| fault["at"] == json!(["events", 0, "date"]) && fault["severity"] == "error"
        ),
        "{tried}"
    );
    assert_eq!(writer.file("content/index.md"), TIMELINE);
}

#[test]
fn a_file_that_was_changed_outside_is_never_overwritten() {
    let writer = Writer::new(project());
    let page = writer.page();
    let theirs = TIMELINE.replace("First.", "Theirs.");
    writer.preview.project.write("content/index.md", &theirs);
    let (status, both) = writer.ask("save", &title("Mine", &page["hash"]));
    assert_eq!(status, 409);
    assert_eq!(both["now"], theirs);
    assert_eq!(both["yours"], TIMELINE.replace("'The vote'", "'Mine'"));
    assert_eq!(writer.file("content/index.md"), theirs);
    let (status, _) = writer.ask("save", &title("Mine", &json!("0123")));
    assert_eq!(status, 409);
    // A file that is gone isn't made anew.
    writer.preview.project.remove("content/index.md");
    assert_eq!(writer.ask("save", &title("Mine", &page["hash"])).0, 409);
    assert!(!writer.preview.project.at("content/index.md").exists());
}

#[test]
fn only_a_page_of_the_preview_with_the_cookie_can_ask() {
    let writer = Writer::new(project());
    let preview = &writer.preview;
    let host = preview.address.clone();
    let port = host.rsplit(':').next().unwrap().to_owned();
    let hash = writer.page()["hash"].clone();
    let cookie = format!("Cookie: {}\r\n", writer.cookie);
    let origin = format!("Origin: http://{host}\r\n");
    let json_type = "Content-Type: application/json\r\n";
    let refused = [
        // No cookie, a wrong one, that of another server of this machine.
        format!("{origin}{json_type}"),
        format!("{origin}{json_type}Cookie: nutgraf-{port}=0\r\n"),
        format!("{origin}{json_type}{}", cookie.replace(&port, "1")),
        // A form or a simple request of another site: CSRF.
        format!("{cookie}{origin}Content-Type: text/plain\r\n"),
        format!("{cookie}{origin}Content-Type: application/x-www-form-urlencoded\r\n"),
        format!("{cookie}{origin}Content-Type: text/plain; application/json\r\n"),
        format!("{cookie}{origin}{json_type}Content-Type: text/plain\r\n"),
        format!("{cookie}{origin}"),
        // Other origins, and none.
        format!("{cookie}{json_type}"),
        format!("{cookie}{json_type}Origin: null\r\n"),
        format!("{cookie}{json_type}Origin: http://evil.test\r\n"),
        format!("{cookie}{json_type}Origin: http://localhost:1\r\n"),
        format!("{cookie}{json_type}Origin: https://{host}\r\n"),
        format!("{cookie}{json_type}{origin}Origin: http://evil.test\r\n"),
        format!("{cookie}{json_type}{origin}Sec-Fetch-Site: cross-site\r\n"),
        format!("{cookie}{json_type}{origin}Sec-Fetch-Site: same-site\r\n"),
        format!("{cookie}{json_type}{origin}Sec-Fetch-Site: none\r\n"),
    ];
    for headers in &refused {
        let answer = post(preview, "save", headers, &title("Theirs", &hash));
        assert_eq!(answer.status, 403, "{headers}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    // DNS rebinding: the name is another site's, the address is ours.
    for name in [
        "evil.test",
        "localhost.evil.test",
        "0.0.0.0",
        "127.0.0.1.evil.test",
    ] {
        let body = title("Theirs", &hash).to_string();
        let request = format!(
            "POST /__nutgraf/workbench/save HTTP/1.1\r\nHost: {name}:{port}\r\nOrigin: http://{name}:{port}\r\nConnection: close\r\n{json_type}{cookie}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = preview.send(request.as_bytes()).unwrap();
        assert!(
            answer.status == 421 || answer.status == 403,
            "{name}: {}",
            answer.status
        );
    }
    // Nothing is written by a GET, and nothing is asked before by another site's page.
    assert_eq!(
        preview
            .ask("GET", "/__nutgraf/workbench/save", &writer.headers())
            .status,
        405
    );
    for method in ["OPTIONS", "PUT", "DELETE"] {
        assert_eq!(
            preview
                .ask(method, "/__nutgraf/workbench/save", &writer.headers())
                .status,
            405,
            "{method}"
        );
    }
    assert_eq!(
        preview
            .ask(
                "POST",
                "/",
                &format!("{}Content-Length: 0\r\n", writer.headers())
            )
            .status,
        405
    );
    assert_eq!(writer.file("content/index.md"), TIMELINE);
    // A wrong key opens nothing.
    let answer = post(preview, "enter", &own(preview), &json!({ "key": "0" }));
    assert_eq!((answer.status, answer.header("set-cookie")), (403, None));
}

#[test]
fn the_key_is_only_in_the_terminal() {
    let writer = Writer::new(project());
    let key = key(&writer.preview).unwrap();
    let own_secret = writer.cookie.split_once('=').unwrap().1;
    for path in [
        "/",
        "/__nutgraf/edit",
        "/__nutgraf/reload.js",
        "/__nutgraf/workbench/is-open",
        "/__nutgraf/assets/enter.js",
    ] {
        let answer = writer
            .preview
            .ask("GET", path, &format!("Cookie: {}\r\n", writer.cookie));
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            !answer.text().contains(&key) && !answer.text().contains(own_secret),
            "{path}"
        );
        assert_eq!(
            answer.header("referrer-policy"),
            Some("same-origin"),
            "{path}"
        );
    }
    let lines = writer.preview.said.lines.lock().unwrap().join("\n");
    assert_eq!(lines.matches(&key).count(), 1);
    assert!(!lines.contains(own_secret));
}

#[test]
fn nothing_but_a_page_below_content_is_read_or_written() {
    let writer = Writer::new(project());
    let text = "---\ntitle: A\n---\n";
    let hash = ContentHash::of(text.as_bytes()).to_string();
    writer.preview.project.write("secret.md", text);
    std::fs::write(
        writer
            .preview
            .project
            .root()
            .parent()
            .unwrap()
            .join("outside.md"),
        text,
    )
    .unwrap();
    #[cfg(unix)]
    {
        let at = |path: &str| writer.preview.project.at(path);
        std::os::unix::fs::symlink(at("secret.md"), at("content/link.md")).unwrap();
        std::os::unix::fs::symlink(writer.preview.project.root(), at("content/folder")).unwrap();
        std::os::unix::fs::symlink("nowhere.md", at("content/dangling.md")).unwrap();
    }
    for file in [
        "secret.md",
        "../outside.md",
        "content/../secret.md",
        "content/../../outside.md",
        "/etc/passwd",
        "content/link.md",
        "content/folder/secret.md",
        "content/dangling.md",
        "site.yaml",
        "sources/private/gazette.txt",
        "evidence.lock",
        "content/%2e%2e/secret.md",
        "content/\u{0}.md",
        "",
    ] {
        let edit = json!({ "file": file, "hash": hash, "edits": [{ "set": { "at": ["title"], "value": "B" } }] });
        let (status, told) = writer.ask("save", &edit);
        assert!(status == 403 || status == 409, "{file}: {status} {told}");
        assert!(!told.to_string().contains("title: A"), "{file}: {told}");
        assert_eq!(
            writer.ask("page", &json!({ "file": file })).1["hash"],
            Value::Null,
            "{file}"
        );
    }
    assert_eq!(writer.file("secret.md"), text);
    for asked in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "file": 1 }),
        json!({ "file": "content/index.md", "hash": {}, "edits": [{ "run": "x" }] }),
    ] {
        for question in ["save", "try", "page", "source", "take", "new"] {
            let (status, told) = writer.ask(question, &asked);
            assert!(status < 500, "{question} {asked}: {told}");
        }
    }
    assert_eq!(writer.file("content/index.md"), TIMELINE);
    // Larger than any page, not JSON, deeper than any value.
    let raw = |body: &str| {
        let head = format!(
            "POST /__nutgraf/workbench/save HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}Content-Length: {}\r\n\r\n",
            writer.preview.address,
            writer.headers(),
            body.len()
        );
        writer
            .preview
            .send((head + body).as_bytes())
            .map(|answer| answer.status)
    };
    assert!(matches!(raw(&"x".repeat(3 << 20)), Some(413) | None));
    assert_eq!(raw("{"), Some(400));
    assert_eq!(raw(&"[".repeat(100_000)), Some(400));
}

#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_meanwhile_leads_nowhere() {
    let writer = Writer::new(project());
    let at = |path: &str| writer.preview.project.at(path);
    let elsewhere = tempfile::tempdir().unwrap();
    let hash = writer.page()["hash"].clone();
    std::fs::write(elsewhere.path().join("index.md"), TIMELINE).unwrap();
    std::fs::rename(at("content"), at("moved")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), at("content")).unwrap();
    let (status, _) = writer.ask("save", &title("Mine", &hash));
    assert!(status == 403 || status == 409, "{status}");
    assert_eq!(
        std::fs::read_to_string(elsewhere.path().join("index.md")).unwrap(),
        TIMELINE
    );
}

#[test]
fn two_edits_of_one_text_at_once_give_one_of_them() {
    let writer = Writer::new(project());
    let hash = writer.page()["hash"].clone();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let (writer, hash) = (&writer, &hash);
                scope.spawn(move || writer.ask("save", &title(&format!("Edit {n}"), hash)).0)
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses
            .iter()
            .all(|status| *status == 200 || *status == 409),
        "{statuses:?}"
    );
}

#[test]
fn a_preview_that_others_reach_or_that_is_read_only_writes_nothing() {
    let opened = |project: &Project| ServeOptions {
        host: Some("0.0.0.0".to_owned()),
        ..project.options()
    };
    let closed = |project: &Project| ServeOptions {
        read_only: true,
        ..project.options()
    };
    for options in [&opened as &dyn Fn(&Project) -> ServeOptions, &closed] {
        let project = project();
        let options = options(&project);
        let mut preview = project.serve_with(options);
        let port = preview.address.rsplit(':').next().unwrap().to_owned();
        preview.address = format!("127.0.0.1:{port}");
        assert_eq!(key(&preview), None);
        let answer = post(&preview, "save", &own(&preview), &json!({}));
        assert_eq!(answer.status, 405);
        assert_eq!(preview.get("/__nutgraf/edit").status, 404);
        assert_eq!(preview.get("/__nutgraf/assets/main.js").status, 404);
        assert!(!preview.get("/").text().contains("data-edits"));
    }
}

#[test]
fn a_slow_question_holds_up_nobody() {
    let writer = Writer::new(project());
    let mut slow = writer.preview.connect();
    let head = format!(
        "POST /__nutgraf/workbench/save HTTP/1.1\r\nHost: {}\r\n{}Content-Length: 100\r\n\r\n{{",
        writer.preview.address,
        writer.headers()
    );
    slow.write_all(head.as_bytes()).unwrap();
    assert_eq!(writer.page()["file"], "content/index.md");
}

#[test]
fn words_of_a_source_become_records() {
    let writer = Writer::new(project());
    let (_, source) = writer.ask(
        "source",
        &json!({ "file": "content/index.md", "id": "gazette" }),
    );
    let text = source["text"].as_str().unwrap();
    let range = |words: &str| {
        let at = text
            .find(words)
            .unwrap_or_else(|| panic!("{words} in {text}"));
        let units = |to: usize| text[..to].encode_utf16().count();
        (units(at), units(at + words.len()))
    };
    let take = |words: &str, kind: &str| {
        let (start, end) = range(words);
        writer.ask("take", &json!({ "file": "content/index.md", "id": "gazette", "kind": kind, "start": start, "end": end }))
    };
    let (status, reaction) = take("We will not go back", "reactions");
    assert_eq!(status, 200, "{reaction}");
    assert_eq!(
        (&reaction["quote"], &reaction["speaker"]),
        (&json!("We will not go back"), &json!("ada"))
    );
    let (_, figure) = take("24,000 people", "figures");
    assert_eq!(
        (&figure["value"], &figure["unit"]),
        (&json!("24000"), &json!("people")),
        "{figure}"
    );
    assert!(
        figure["source"]["passage"]
            .as_str()
            .unwrap()
            .contains("24,000 people signed"),
        "{figure}"
    );
    let (_, event) = take("The council backed the new quay", "events");
    assert_eq!(event["date"], "2025-01-27", "{event}");
    assert_eq!(take("will not", "figures").0, 422);
    // Words that a record uses are marked.
    let (start, end) = range("“We will not go back,”");
    assert!(source["marks"].as_array().unwrap().is_empty());
    let insert = json!({ "insert": { "list": ["reactions"], "index": 0, "value": reaction } });
    let hash = writer.page()["hash"].clone();
    let (status, told) = writer.ask(
        "save",
        &json!({ "file": "content/index.md", "hash": hash, "edits": [insert] }),
    );
    assert_eq!(status, 200, "{told}");
    writer.preview.wait_for_text("/", "We will not go back");
    let (_, source) = writer.ask(
        "source",
        &json!({ "file": "content/index.md", "id": "gazette" }),
    );
    let marks = source["marks"].as_array().unwrap();
    let is_here = |mark: &Value| {
        mark["list"] == "reactions"
            && mark["start"].as_u64().unwrap() >= start as u64
            && mark["end"].as_u64().unwrap() <= end as u64
    };
    assert!(marks.iter().any(is_here), "{source}");
}

#[test]
fn a_pasted_text_is_kept_on_this_machine_and_named_at_its_source() {
    let writer = Writer::new(project());
    let paste = |id: &str, text: &str| {
        writer.ask(
            "paste",
            &json!({ "file": "content/index.md", "id": id, "text": text }),
        )
    };
    assert_eq!(paste("nobody", "Words.").0, 422);
    assert_eq!(paste("../gazette", "Words.").0, 422);
    assert_eq!(paste("gazette", "  \n").0, 422);
    assert_eq!(writer.file("content/index.md"), TIMELINE);
    // The first name is another text's, which stays.
    let (status, kept) = paste("gazette", "\nThe council sat.\r\nIt voted.\n\n");
    assert_eq!(status, 200, "{kept}");
    assert_eq!(writer.file("sources/private/gazette.txt"), GAZETTE);
    assert_eq!(
        writer.file("sources/private/gazette-2.txt"),
        "The council sat.\r\nIt voted.\n"
    );
    let named = TIMELINE.replace("gazette.txt", "gazette-2.txt");
    assert_eq!(writer.file("content/index.md"), named);
    writer.ask("undo", &json!({}));
    assert_eq!(writer.file("content/index.md"), TIMELINE);
    // What is written meanwhile stays, whether or not the preview has noticed it.
    let theirs = TIMELINE.replace("First.", "Theirs.");
    let page = writer.preview.project.at("content/index.md");
    std::fs::write(&page, &theirs).unwrap();
    let expected = match paste("gazette", "Words.").0 {
        200 => theirs.replace("gazette.txt", "gazette-3.txt"),
        409 => theirs,
        status => panic!("{status}"),
    };
    assert_eq!(writer.file("content/index.md"), expected);
}

#[cfg(unix)]
#[test]
fn no_text_is_kept_through_a_link() {
    let writer = Writer::new(project());
    let elsewhere = tempfile::tempdir().unwrap();
    let private = writer.preview.project.at("sources/private");
    std::fs::remove_dir_all(&private).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &private).unwrap();
    let asked = json!({ "file": "content/index.md", "id": "gazette", "text": "Words." });
    let (status, told) = writer.ask("paste", &asked);
    assert!(status == 403 || status == 422, "{status} {told}");
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert_eq!(writer.file("content/index.md"), TIMELINE);
}

/// What a writer may do, with numbers that pick among what is there.
fn asked(kind: u8, pick: usize, page: &Value, text: &str) -> Value {
    const DATES: [&str; 4] = [
        "2025-02",
        "2025-01-02/2025-01-10",
        "2024",
        "2025-03-04T09:30",
    ];
    const WORDS: [&str; 4] = ["It's: a #vote", "  spaces ", "\"quoted\"", "Two\nlines"];
    let records = page["records"].as_array().unwrap();
    let n = records
        .iter()
        .filter(|record| record["list"] == "events")
        .count();
    let index = pick % n.max(1);
    let words = WORDS[pick % WORDS.len()];
    let one = match kind {
        0 => json!({ "set": { "at": ["events", index, "title"], "value": words } }),
        1 => {
            json!({ "set": { "at": ["events", index, "date"], "value": DATES[pick % DATES.len()] } })
        }
        2 => {
            let value =
                json!({ "date": DATES[pick % DATES.len()], "title": words, "source": "gazette" });
            json!({ "insert": { "list": ["events"], "index": index, "value": value } })
        }
        3 => json!({ "remove": { "at": ["events", index] } }),
        4 => json!({ "move": { "list": ["events"], "from": index, "to": pick % 3 } }),
        5 => {
            let id = json!({ "set": { "at": ["events", index + 1, "id"], "value": format!("copy-{pick}") } });
            return json!([{ "duplicate": { "list": ["events"], "index": index } }, id]);
        }
        6 => {
            let value = json!({ "term": format!("term {pick}"), "definition": words });
            json!({ "insert": { "list": ["terms"], "index": 0, "value": value } })
        }
        7 => json!({ "set": { "at": ["title"], "value": words } }),
        8 => json!({ "remove": { "at": ["events", index, "review"] } }),
        _ => {
            json!({ "prose": { "start": text.len(), "end": text.len(), "words": format!("\n{words}\n") } })
        }
    };
    json!([one])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a writer does in the browser, a file is what the edits make of it, and the pages are those of the same
    /// files written by hand.
    #[test]
    fn any_edits_leave_the_files_and_pages_that_a_person_would_have_written(steps in prop::collection::vec((0_u8..12, any::<usize>()), 1..14)) {
        let writer = Writer::new(project());
        for (kind, pick) in steps {
            let before = writer.file("content/index.md");
            writer.becomes(&before);
            if kind > 9 {
                writer.ask(if kind == 10 { "undo" } else { "redo" }, &json!({}));
                continue;
            }
            let page = writer.page();
            let edit = asked(kind, pick, &page, &before);
            let expected = nutgraf::document::edited(&before, &nutgraf::workbench::edits(&edit).unwrap());
            let (status, said) = writer.ask("save", &json!({ "file": "content/index.md", "hash": page["hash"], "edits": edit }));
            match expected {
                Ok(expected) => {
                    prop_assert_eq!(status, 200, "{} {}", edit, said);
                    prop_assert_eq!(writer.file("content/index.md"), expected);
                }
                Err(_) => {
                    prop_assert_eq!(status, 422, "{} {}", edit, said);
                    prop_assert_eq!(writer.file("content/index.md"), before);
                }
            }
        }
        let text = writer.file("content/index.md");
        writer.becomes(&text);
        // A page with an error is shown as it was before.
        let page = writer.page();
        let mut faults = page["faults"].as_array().unwrap().iter();
        if faults.any(|fault| fault["severity"] == "error") {
            return Ok(());
        }
        let by_hand = Writer::new(project());
        by_hand.preview.project.write("content/index.md", &text);
        by_hand.becomes(&text);
        prop_assert_eq!(shown(&writer), shown(&by_hand), "{}", text);
    }
}

/// The main part of the front page.
fn shown(writer: &Writer) -> String {
    let page = writer.preview.get("/").text();
    let start = page.find("<main").unwrap();
    page[start..page.find("</main>").unwrap()].to_owned()
}

#[test]
fn the_desk_lists_what_is_to_do_and_begins_pages() {
    let writer = Writer::new(project());
    let (_, desk) = writer.ask("desk", &json!({}));
    let row = |desk: &Value, file: &str| {
        desk["pages"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["file"] == file)
            .cloned()
    };
    assert_eq!(row(&desk, "content/index.md").unwrap()["drafts"], 1);
    let (status, made) = writer.ask(
        "new",
        &json!({ "title": "What: a \"year\"!", "folder": "content", "what": "page" }),
    );
    assert_eq!(
        (status, &made["file"]),
        (200, &json!("content/what-a-year.md")),
        "{made}"
    );
    assert_eq!(
        writer.file("content/what-a-year.md"),
        "---\ntitle: \"What: a \\\"year\\\"!\"\n---\n"
    );
    assert_eq!(
        writer
            .ask(
                "new",
                &json!({ "title": "What a year", "folder": "content" })
            )
            .0,
        409
    );
    for folder in ["content/..", "static", "content/.git", "../content"] {
        assert_eq!(
            writer
                .ask("new", &json!({ "title": "A", "folder": folder }))
                .0,
            403,
            "{folder}"
        );
    }
    let (_, check) = writer.ask("check", &json!({}));
    assert!(
        check["says"].as_str().unwrap().starts_with("Errors: 0."),
        "{check}"
    );
    let (_, verify) = writer.ask("verify", &json!({}));
    assert!(
        verify["says"]
            .as_str()
            .unwrap()
            .contains("Texts at hand: 1"),
        "{verify}"
    );
    assert!(!writer.preview.project.at("evidence.lock").exists());
    assert_eq!(
        writer.ask("undo", &json!({})).1["file"],
        "content/what-a-year.md"
    );
    assert!(!writer.preview.project.at("content/what-a-year.md").exists());
}

#[test]
fn a_picture_is_put_beside_its_page_and_shown_there_with_what_was_asked() {
    let writer = Writer::new(project());
    let at = |path: &str| writer.preview.project.at(path);
    let png = base64_of(PNG);
    let asked = |more: Value| {
        let mut asked = json!({ "file": "content/index.md", "name": "Old Quay.PNG", "data": png, "alt": "A [small] quay", "place": "prose" });
        for (name, value) in more.as_object().unwrap() {
            asked[name] = value.clone();
        }
        asked
    };
    let answer = writer.ask(
        "picture",
        &asked(
            json!({ "caption": "The \"old\" quay", "credit": "Cy Falk", "license": "CC BY 4.0" }),
        ),
    );
    assert_eq!(answer.0, 200, "{}", answer.1);
    assert_eq!(answer.1["picture"], "old-quay.png");
    assert_eq!(std::fs::read(at("content/old-quay.png")).unwrap(), PNG);
    let page = writer.file("content/index.md");
    assert!(
        page.ends_with("Second.\n\n![A \\[small\\] quay](old-quay.png \"The \\\"old\\\" quay\"){credit=\"Cy Falk\" license=\"CC BY 4.0\"}\n"),
        "{page}"
    );
    // The same picture again has the same name, and another one another.
    let answer = writer.ask("picture", &asked(json!({ "place": "page" })));
    assert_eq!(answer.1["picture"], "old-quay.png");
    let page = writer.file("content/index.md");
    assert!(
        page.contains("\nimage: {file: old-quay.png, alt: \"A [small] quay\"}\n"),
        "{page}"
    );
    let other = [PNG, b"another"].concat();
    let answer = writer.ask("picture", &asked(json!({ "data": base64_of(&other) })));
    assert_eq!(answer.1["picture"], "old-quay-2.png");
    // Undoing it leaves the file.
    let before = writer.file("content/index.md");
    writer.ask("undo", &json!({}));
    assert_ne!(writer.file("content/index.md"), before);
    assert!(at("content/old-quay-2.png").exists());
}

#[test]
fn what_is_no_picture_or_says_nothing_or_goes_elsewhere_is_refused() {
    let writer = Writer::new(project());
    let at = |path: &str| writer.preview.project.at(path);
    let before = writer.file("content/index.md");
    let svg =
        base64_of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    let png = base64_of(PNG);
    for (asked, status, said) in [
        (
            json!({ "file": "content/index.md", "name": "a.svg", "data": svg, "alt": "A" }),
            422,
            "expected JPEG, PNG, WebP, GIF or AVIF",
        ),
        (
            json!({ "file": "content/index.md", "name": "a.png", "data": "%%%", "alt": "A" }),
            422,
            "damaged",
        ),
        (
            json!({ "file": "content/index.md", "name": "a.png", "data": png }),
            422,
            "say what the picture shows",
        ),
        (
            json!({ "file": "site.yaml", "name": "a.png", "data": png, "alt": "A" }),
            403,
            "only pages below",
        ),
        (
            json!({ "file": "content/../site.md", "name": "a.png", "data": png, "alt": "A" }),
            403,
            "only pages below",
        ),
    ] {
        let answer = writer.ask("picture", &asked);
        assert_eq!(answer.0, status, "{}", answer.1);
        assert!(
            answer.1["error"].as_str().unwrap().contains(said),
            "{}",
            answer.1
        );
    }
    assert_eq!(writer.file("content/index.md"), before);
    // A name leads nowhere.
    let answer = writer.ask(
        "picture",
        &json!({ "file": "content/index.md", "name": "../../../etc/x.png", "data": png, "silent": true }),
    );
    assert_eq!(answer.1["picture"], "etc-x.png");
    assert!(at("content/etc-x.png").exists());
    assert!(writer.file("content/index.md").contains("![](etc-x.png)"));
}

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xaeB\x60\x82";

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

#[test]
fn the_desk_says_what_would_be_published_and_publishes_when_it_is_asked_again() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: A site\nbase_url: https://example.org/\n",
        ),
        ("content/index.md", "---\ntitle: Home\n---\nHello.\n"),
    ]);
    let git = |project: &Project, args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(args).current_dir(project.at(""));
        let output = command.output().unwrap();
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    git(&project, &["init", "-q", "--initial-branch=main"]);
    git(&project, &["config", "user.name", "A"]);
    git(&project, &["config", "user.email", "a@example.org"]);
    let host = tempfile::tempdir().unwrap();
    let remote = host.path().join("host.git");
    git(
        &project,
        &["init", "-q", "--bare", remote.to_str().unwrap()],
    );
    git(
        &project,
        &["remote", "add", "origin", remote.to_str().unwrap()],
    );
    let writer = Writer::new(project);
    let branch = || {
        git(
            &writer.preview.project,
            &["ls-remote", "origin", "gh-pages"],
        )
    };
    // What isn't committed is in the way, and said.
    let (status, told) = writer.ask("publish", &json!({}));
    assert_eq!(status, 200, "{told}");
    assert_eq!(told["says"], "Not published:");
    assert!(!told["faults"].as_array().unwrap().is_empty());
    git(&writer.preview.project, &["add", "--all"]);
    git(&writer.preview.project, &["commit", "-q", "-m", "Start"]);
    let (_, told) = writer.ask("publish", &json!({}));
    assert_eq!(told["is_possible"], true, "{told}");
    assert!(
        told["says"]
            .as_str()
            .unwrap()
            .starts_with("This would be published to `gh-pages` on `origin`. New files: ")
    );
    assert_eq!(branch(), "");
    let (_, told) = writer.ask("publish", &json!({ "really": true }));
    assert!(
        told["says"]
            .as_str()
            .unwrap()
            .starts_with("Published to `gh-pages` on `origin` as "),
        "{told}"
    );
    assert_ne!(branch(), "");
    let (_, told) = writer.ask("publish", &json!({}));
    assert_eq!(
        told["says"],
        "`gh-pages` on `origin` already contains this site."
    );
    assert_eq!(told["is_possible"], false);
}

#[test]
fn nothing_of_the_workbench_is_built() {
    let project = project();
    let mut faults = nutgraf::diag::Diagnostics::new();
    let snapshot = nutgraf::config::snapshot(&project.root(), &mut faults).unwrap();
    let edition = nutgraf::edition::Edition::new(snapshot.into(), drafts());
    let mut n_made = 0;
    for path in edition.outputs().into_keys() {
        assert!(!path.as_str().contains("__nutgraf"), "{path}");
        // A download that needs an address of the site isn't there without one.
        let Some(content) = edition.render(&path) else {
            continue;
        };
        let content = content.unwrap();
        n_made += 1;
        let text = String::from_utf8_lossy(content.bytes());
        assert!(
            !text.contains("__nutgraf") && !text.contains("data-edits"),
            "{path}"
        );
    }
    assert!(n_made > 5, "{n_made}");
}
