//! The language server, as an editor meets it: the real program over its standard input and output.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod editor;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use editor::{Editor, cursor, edited};
use serde_json::{Value, json};
use support::Project;
use walkdir::WalkDir;

const INDEX: &str = "\
---
title: The harbor
explainer: true
sources:
  - id: gazette
    title: Council backs the harbor
    publisher: The Gazette
people:
  - id: ada-moreno
    name: Ada Moreno
    role: mayor
---
Ships came [](figure:ships) times [@gazette].

## What was said

See [the day](timeline.md#vote) and [the mayor](person:ada-moreno).
";

const TIMELINE: &str = "\
---
title: Timeline
events:
  - id: vote
    date: 2025-01-27
    title: The vote
    people: [ada-moreno]
    source: gazette
figures:
  - id: ships
    title: Ships a year
    value: 2400
    unit: ships
    source: {id: gazette, passage: \"about 2,400 ships\"}
---
It was [the vote](event:vote).
";

fn harbor() -> Project {
    Project::new(&[
        ("site.yaml", "title: Harbor\nlanguage: en\n"),
        ("content/index.md", INDEX),
        ("content/timeline.md", TIMELINE),
        ("content/quay.jpg", "no picture"),
        (
            "static/map.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
    ])
}

/// The files of a folder with their bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap();
            (
                path.to_str().unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// A fault, however it was told: file, code, words, and its four numbers, from 0.
type Told = (String, String, String, [u64; 4]);

/// What `check` says of a project.
fn checked(project: &Project) -> Vec<Told> {
    let run = project.run(&["check", "--format", "json", "--today", "2025-06-01"]);
    let faults: Value = serde_json::from_str(&run.stdout).unwrap();
    let word = |fault: &Value, key: &str| fault[key].as_str().map(str::to_owned);
    let mut told: Vec<Told> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            let mut message = word(fault, "message").unwrap();
            if let Some(label) = word(fault, "label") {
                message.push_str(&format!(": {label}"));
            }
            if let Some(help) = word(fault, "help") {
                message.push_str(&format!("\nhelp: {help}"));
            }
            let number = |key: &str| fault[key].as_u64().map_or(0, |n| n - 1);
            let place = ["line", "column", "end_line", "end_column"].map(number);
            (
                word(fault, "file").unwrap(),
                word(fault, "code").unwrap(),
                message,
                place,
            )
        })
        .collect();
    told.sort();
    told
}

/// What the server says of a project whose files are all open.
fn told(editor: &Editor, paths: &[&str]) -> Vec<Told> {
    let mut all = Vec::new();
    for path in paths {
        let faults = editor
            .faults
            .get(&editor.uri(path))
            .and_then(Value::as_array);
        for fault in faults.into_iter().flatten() {
            let number = |end: &str, key: &str| fault["range"][end][key].as_u64().unwrap();
            let place = [
                number("start", "line"),
                number("start", "character"),
                number("end", "line"),
                number("end", "character"),
            ];
            let word = |key: &str| fault[key].as_str().unwrap().to_owned();
            all.push(((*path).to_owned(), word("code"), word("message"), place));
        }
    }
    all.sort();
    all
}

#[test]
fn faults_are_those_of_check_after_any_edits() {
    const PATHS: [&str; 4] = [
        "site.yaml",
        "content/index.md",
        "content/timeline.md",
        "content/story/index.md",
    ];
    // What is written anywhere, one after the other.
    const PIECES: [&str; 14] = [
        "x",
        "\n",
        ": ",
        "  - ",
        "é",
        "[](figure:nobody)",
        "[@gazette]",
        "\"",
        "\t",
        "---\n",
        "`",
        "#",
        "title: ",
        "\r\n",
    ];
    let edited = harbor();
    let saved = harbor();
    // What `check` says of files that aren't open is no business of the server's.
    for project in [&edited, &saved] {
        fs::remove_file(project.path("content/quay.jpg")).unwrap();
    }
    edited.write("content/story/index.md", "---\ntitle: A story\n---\n");
    let mut editor = Editor::new(edited.root());
    let mut texts: Vec<String> = PATHS.iter().map(|path| editor.open_saved(path)).collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % n as u64).unwrap()
    };
    for round in 0..24 {
        for _ in 0..=random(3) {
            let file = random(PATHS.len());
            let text = &texts[file];
            let start = text.floor_char_boundary(random(text.len() + 1));
            let end = text.ceil_char_boundary((start + random(9)).min(text.len()));
            let (start, end) = match round % 4 {
                // Now and then all is as it was.
                3 => (0, text.len()),
                _ => (start, end),
            };
            let new = match round % 4 {
                3 => edited.read(PATHS[file]),
                _ => PIECES[random(PIECES.len())].to_owned(),
            };
            let position = |offset: usize| {
                let (_, position) = cursor(&format!("{}|", &text[..offset]));
                position
            };
            let range = json!({ "start": position(start), "end": position(end) });
            editor.change(PATHS[file], &json!([{ "range": range, "text": new }]));
            texts[file].replace_range(start..end, &new);
        }
        editor.settle();
        for (path, text) in PATHS.iter().zip(&texts) {
            saved.write(path, text);
        }
        assert_eq!(
            told(&editor, &PATHS),
            checked(&saved),
            "round {round}: {texts:#?}"
        );
    }
    editor.quit();
}

#[test]
fn keys_words_ids_and_paths_are_proposed() {
    let project = harbor();
    let before = files(project.root());
    let mut editor = Editor::new(project.root());
    let page = "content/timeline.md";
    editor.open_saved(page);

    let keys = editor.proposals(page, "---\ntitle: Timeline\n|\n---\n");
    assert!(keys.contains(&"description".to_owned()) && keys.contains(&"events".to_owned()));
    assert!(!keys.contains(&"title".to_owned()), "it already exists");

    let keys = editor.proposals(
        page,
        &TIMELINE.replace("    source: gazette\n", "    |\n    source: gazette\n"),
    );
    assert!(keys.contains(&"place".to_owned()), "{keys:?}");
    for absent in ["date", "people", "source", "value"] {
        assert!(!keys.contains(&absent.to_owned()), "{absent}: {keys:?}");
    }
    let list = editor.at(
        "textDocument/completion",
        page,
        "---\ntitle: T\nevents:\n  - d|\n---\n",
    );
    let first = &list["items"][0];
    assert_eq!(
        (&first["label"], &first["textEdit"]["newText"]),
        (&json!("date"), &json!("date: "))
    );
    let doc = first["documentation"]["value"].as_str().unwrap();
    assert!(doc.contains("When it happened (EDTF)"), "{doc}");

    let with =
        |line: &str| TIMELINE.replace("    people: [ada-moreno]\n", &format!("    {line}\n"));
    assert_eq!(editor.proposals(page, &with("people: [|]")), ["ada-moreno"]);
    assert_eq!(
        editor.proposals(page, &with("people:\n      - a|")),
        ["ada-moreno"]
    );
    assert_eq!(
        editor.proposals(page, &with("expected: |")),
        ["true", "false"]
    );
    let source = TIMELINE.replace("    source: gazette\n", "    source: gaz|\n");
    assert_eq!(editor.proposals(page, &source), ["gazette"]);
    let layouts = editor.proposals(page, "---\ntitle: T\nlayout: |\n---\n");
    assert!(layouts.contains(&"timeline".to_owned()));
    assert_eq!(
        editor.proposals(page, "---\ntitle: T\ndate: |\n---\n"),
        ["2025-06-01"]
    );

    let links = editor.proposals(page, &format!("{TIMELINE}See [x](|).\n"));
    for expected in [
        "figure:ships",
        "person:ada-moreno",
        "event:vote",
        "index.md",
        "quay.jpg",
        "map.svg",
    ] {
        assert!(
            links.contains(&expected.to_owned()),
            "{expected}: {links:?}"
        );
    }
    assert_eq!(
        editor.proposals(page, &format!("{TIMELINE}See [x](figure:|).\n")),
        ["figure:ships"]
    );
    let anchors = editor.proposals(page, &format!("{TIMELINE}See [x](index.md#|).\n"));
    assert_eq!(anchors, ["#what-was-said", "#ada-moreno", "#gazette"]);
    let pictures = editor.proposals(page, &format!("{TIMELINE}![x](|)\n"));
    assert!(
        pictures.contains(&"quay.jpg".to_owned()) && !pictures.contains(&"index.md".to_owned())
    );
    assert_eq!(
        editor.proposals(page, &format!("{TIMELINE}So it is [@|].\n")),
        ["gazette"]
    );

    editor.open_saved("site.yaml");
    let keys = editor.proposals("site.yaml", "title: Harbor\nba|\n");
    assert_eq!(keys, ["base_url"]);
    assert_eq!(
        editor.proposals("site.yaml", "title: T\ncolors:\n  acc|\n"),
        ["accent"]
    );

    editor.open("content/new.md", "");
    assert_eq!(editor.proposals("content/new.md", "|"), ["---"]);
    editor.quit();
    assert_eq!(files(project.root()), before, "nothing is written");
}

#[test]
fn things_say_what_they_are_and_where() {
    let project = harbor();
    let mut editor = Editor::new(project.root());
    let (index, timeline) = ("content/index.md", "content/timeline.md");
    editor.open_saved(index);
    editor.open_saved(timeline);
    let words = |answer: Value| {
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .replace('\u{a0}', " ")
    };

    let hover = |editor: &mut Editor, path: &str, text: &str| {
        words(editor.at("textDocument/hover", path, text))
    };
    let text = TIMELINE
        .replace("    da|te", "    date")
        .replacen("date:", "da|te:", 1);
    assert!(hover(&mut editor, timeline, &text).starts_with("When it happened"));
    let text = TIMELINE.replacen("2025-01-27", "2025-|01-27", 1);
    assert_eq!(hover(&mut editor, timeline, &text), "January 27, 2025");
    let text = TIMELINE.replacen("[ada-moreno]", "[ada|-moreno]", 1);
    assert!(hover(&mut editor, timeline, &text).contains("Ada Moreno · mayor"));
    let text = INDEX.replacen("figure:ships", "figure:sh|ips", 1);
    let figure = hover(&mut editor, index, &text);
    assert!(figure.contains("Ships a year · 2,400 ships"), "{figure}");
    let text = INDEX.replacen("[@gazette]", "[@gaz|ette]", 1);
    assert!(hover(&mut editor, index, &text).contains("Council backs the harbor"));
    assert_eq!(
        hover(
            &mut editor,
            index,
            &INDEX.replacen("Ships came", "Sh|ips came", 1)
        ),
        ""
    );
    editor.replace(index, INDEX);
    editor.replace(timeline, TIMELINE);

    let place = |editor: &mut Editor, path: &str, text: &str| {
        let found = editor.at("textDocument/definition", path, text);
        let uri = found["uri"].as_str().unwrap_or_default();
        let name = uri.rsplit('/').next().unwrap().to_owned();
        (name, found["range"]["start"]["line"].as_u64().unwrap_or(99))
    };
    let text = INDEX.replacen("figure:ships", "figure:sh|ips", 1);
    assert_eq!(
        place(&mut editor, index, &text),
        ("timeline.md".to_owned(), 9)
    );
    let text = INDEX.replacen("timeline.md#vote", "timeline.md#vo|te", 1);
    assert_eq!(
        place(&mut editor, index, &text),
        ("timeline.md".to_owned(), 3)
    );
    editor.replace(index, INDEX);
    let text = TIMELINE.replacen("source: gazette", "source: gaz|ette", 1);
    assert_eq!(
        place(&mut editor, timeline, &text),
        ("index.md".to_owned(), 4)
    );
    let text = format!("{TIMELINE}[x](index.md#what-was-|said)\n");
    assert_eq!(
        place(&mut editor, timeline, &text),
        ("index.md".to_owned(), 14)
    );

    let (text, position) = cursor(&INDEX.replacen("id: gazette", "id: gaz|ette", 1));
    editor.replace(index, &text);
    editor.replace(timeline, TIMELINE);
    let mut params = editor.about(index, position);
    params["context"] = json!({ "includeDeclaration": true });
    let found = editor.ask("textDocument/references", params);
    let places: Vec<(String, u64)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            let uri = place["uri"].as_str().unwrap();
            (
                uri.rsplit('/').next().unwrap().to_owned(),
                place["range"]["start"]["line"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("index.md", 4),
        ("index.md", 12),
        ("timeline.md", 7),
        ("timeline.md", 13),
    ];
    assert_eq!(places, expected.map(|(file, line)| (file.to_owned(), line)));

    let document = json!({ "uri": editor.uri(index) });
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = editor.ask(
        "textDocument/inlayHint",
        json!({ "textDocument": document, "range": whole }),
    );
    assert_eq!(hints.as_array().unwrap().len(), 1);
    assert_eq!(
        (&hints[0]["label"], &hints[0]["position"]),
        (
            &json!("2,400\u{a0}ships"),
            &json!({ "line": 12, "character": 12 })
        )
    );
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": document }),
    );
    let names = |symbols: &Value| -> Vec<String> {
        let symbols = symbols.as_array().unwrap().iter();
        symbols
            .map(|symbol| symbol["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&symbols), ["people", "sources", "What was said"]);
    assert_eq!(names(&symbols[1]["children"]), ["gazette"]);
    editor.quit();
}

/// The edits of a file in an answer.
fn edits_of(answer: &Value, uri: &str) -> Value {
    let files = answer["documentChanges"].as_array().unwrap().iter();
    let mut files = files.filter(|file| file["textDocument"]["uri"] == uri);
    files.next().map_or(json!([]), |file| file["edits"].clone())
}

#[test]
fn an_id_is_renamed_everywhere_or_not_at_all() {
    let project = harbor();
    project.write("content/index.md", &INDEX.replace('\n', "\r\n"));
    let mut editor = Editor::new(project.root());
    let index = editor.open_saved("content/index.md");
    let (text, position) = cursor(&TIMELINE.replacen("id: vote", "id: vo|te", 1));
    editor.open("content/timeline.md", &text);
    let about = editor.about("content/timeline.md", position);
    let prepared = editor.ask("textDocument/prepareRename", about.clone());
    assert_eq!(prepared["placeholder"], "vote");
    let rename = |editor: &mut Editor, new: &str| {
        let mut params = about.clone();
        params["newName"] = json!(new);
        editor.try_ask("textDocument/rename", params)
    };
    let answer = rename(&mut editor, "ballot").unwrap();
    let (index_uri, timeline_uri) = (
        editor.uri("content/index.md"),
        editor.uri("content/timeline.md"),
    );
    let new_index = edited(&index, &edits_of(&answer, &index_uri));
    let new_timeline = edited(&text, &edits_of(&answer, &timeline_uri));
    assert_eq!(new_index, index.replace("#vote", "#ballot"));
    let expected = TIMELINE
        .replace("id: vote", "id: ballot")
        .replace("event:vote", "event:ballot");
    assert_eq!(new_timeline, expected);

    let refused = rename(&mut editor, "The ballot").unwrap_err();
    assert_eq!(
        refused["message"],
        "`The ballot` can't be an id; `the-ballot` can"
    );
    let refused = rename(&mut editor, "ships").unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("`ships` is taken"),
        "{refused}"
    );

    // A record without an id gets one.
    let text = TIMELINE
        .replace("  - id: vote\n    date", "  - date")
        .replace("event:vote", "event:the-vo|te");
    let (text, position) = cursor(&text);
    editor.replace("content/timeline.md", &text);
    editor.replace("content/index.md", &INDEX.replace("#vote", "#the-vote"));
    let mut params = editor.about("content/timeline.md", position);
    params["newName"] = json!("ballot");
    let answer = editor.ask("textDocument/rename", params);
    let new = edited(&text, &edits_of(&answer, &timeline_uri));
    let expected = text
        .replace(
            "  - date: 2025-01-27",
            "  - id: ballot\n    date: 2025-01-27",
        )
        .replace("event:the-vote", "event:ballot");
    assert_eq!(new, expected);
    editor.quit();
}

#[test]
fn what_has_one_answer_is_mended_by_it() {
    let project = harbor();
    let mut editor = Editor::new(project.root());
    editor.open_saved("site.yaml");
    let path = "content/timeline.md";
    let text = TIMELINE
        .replace("title: Timeline", "title: Timeline\ntgas: [é]")
        .replace("2025-01-27", "\"January 27, 2025\" # as told")
        .replace("[ada-moreno]", "[ada-morenos]")
        .replace("source: gazette", "source: 'gazete'")
        .replace("event:vote", "event:votes");
    editor.open(path, &text);
    editor.settle();
    let codes = |editor: &Editor| {
        let codes = editor.codes(path).into_iter();
        codes.filter(|code| code != "unverified").count()
    };
    assert_eq!(codes(&editor), 5, "{:?}", editor.faults);
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": editor.uri(path) }, "range": whole, "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", params);
    let actions = actions.as_array().unwrap();
    let titles: Vec<&str> = actions
        .iter()
        .map(|action| action["title"].as_str().unwrap())
        .collect();
    assert!(titles.contains(&"Write `tags` for `tgas`"), "{titles:?}");
    let all = actions.last().unwrap();
    assert_eq!(all["kind"], "source.fixAll.nutgraf");
    let mended = edited(&text, &edits_of(&all["edit"], &editor.uri(path)));
    let expected = TIMELINE
        .replace("title: Timeline", "title: Timeline\ntags: [é]")
        .replace("2025-01-27", "\"2025-01-27\" # as told")
        .replace("source: gazette", "source: 'gazette'");
    assert_eq!(mended, expected);
    editor.replace(path, &mended);
    editor.settle();
    assert_eq!(codes(&editor), 0, "{:?}", editor.faults);
    editor.quit();
}

#[test]
fn columns_count_what_client_and_server_agreed_on() {
    let project = harbor();
    let page =
        "\u{feff}---\r\ntitle: \"é👩\"\r\ndate: 2025-13-01\r\n---\r\né👩 [x](person:nobody)\r\n";
    project.write("content/index.md", page);
    for (encodings, name, column) in [
        (&["utf-16"][..], "utf-16", 4),
        (&["utf-8", "utf-16"], "utf-8", 7),
    ] {
        let mut editor = Editor::with(project.root(), encodings, &[]);
        assert_eq!(editor.capabilities["positionEncoding"], name);
        editor.open_saved("content/index.md");
        editor.settle();
        let faults = editor.faults[&editor.uri("content/index.md")]
            .as_array()
            .unwrap()
            .clone();
        let range = |code: &str| {
            let fault = faults.iter().find(|fault| fault["code"] == code).unwrap();
            (
                fault["range"]["start"].clone(),
                fault["range"]["end"]["line"].clone(),
            )
        };
        assert_eq!(
            range("bad-date"),
            (json!({ "line": 2, "character": 6 }), json!(2))
        );
        assert_eq!(
            range("unknown-person"),
            (json!({ "line": 4, "character": column }), json!(4))
        );
        editor.quit();
    }
}

#[test]
fn files_come_and_go_in_any_way() {
    let project = harbor();
    project.write("site.yaml", "title: Harbor\nignore: [\"*.draft.md\"]\n");
    project.write("README.md", "Not a page.\n");
    let before = files(project.root());
    let mut editor = Editor::new(project.root());
    editor.open_saved("content/index.md");
    editor.settle();
    let at_first = editor.codes("content/index.md");

    // What is no part of the site has no faults, and nothing breaks.
    editor.open_saved("README.md");
    editor.open("content/a.draft.md", "no front matter");
    editor.open("content/.hidden.md", "no front matter");
    editor.open_uri("untitled:Untitled-1", "no front matter");
    let nowhere = json!({ "textDocument": { "uri": "untitled:Untitled-1" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", nowhere), Value::Null);
    editor.settle();
    for path in ["README.md", "content/a.draft.md", "content/.hidden.md"] {
        assert_eq!(editor.codes(path), Vec::<String>::new(), "{path}");
    }

    // A file that was never saved is part of the site while it is open.
    editor.open(
        "content/new/page.md",
        "---\ntitle: New\n---\n[x](../index.md) [y](event:nobody)\n",
    );
    editor.settle();
    assert_eq!(editor.codes("content/new/page.md"), ["unknown-record"]);
    editor.replace("content/index.md", &format!("{INDEX}[new](new/page.md)\n"));
    editor.settle();
    assert_eq!(editor.codes("content/index.md"), at_first);
    editor.close("content/new/page.md");
    editor.settle_after_close("content/index.md");
    assert_eq!(editor.codes("content/new/page.md"), Vec::<String>::new());
    assert_eq!(editor.codes("content/index.md"), ["broken-link"]);
    editor.replace("content/index.md", INDEX);

    // A fault that an edit causes in a file that isn't open is told, and taken back.
    editor.replace(
        "content/index.md",
        &INDEX.replace("id: ada-moreno", "id: ada"),
    );
    editor.settle();
    assert!(
        editor
            .codes("content/timeline.md")
            .contains(&"unknown-person".to_owned())
    );
    editor.replace("content/index.md", INDEX);
    editor.settle();
    assert_eq!(editor.codes("content/timeline.md"), Vec::<String>::new());
    assert_eq!(files(project.root()), before, "nothing is written");

    // A file that goes from disk stays as long as it is open.
    fs::remove_file(project.path("content/index.md")).unwrap();
    project.write("content/other.md", "---\ntitle: Other\ntgas: []\n---\n");
    editor.wait_for_faults("content/other.md", |faults| !faults.is_empty());
    assert_eq!(editor.codes("content/other.md"), ["unknown-field"]);
    assert_eq!(editor.codes("content/index.md"), at_first);
    editor.quit();
}

#[test]
fn large_files_and_strange_questions_are_answered() {
    let project = harbor();
    let mut editor = Editor::new(project.root());
    let events: String = (0..2000)
        .map(|n| {
            format!("  - id: e{n}\n    date: 2024\n    title: Event {n}\n    source: gazette\n")
        })
        .collect();
    let path = "content/timeline.md";
    let page = format!(
        "---\ntitle: Long\nevents:\n{events}---\n{}",
        "Words. ".repeat(100_000)
    );
    editor.open(path, &page);
    let far = json!({ "line": 8000, "character": 9 });
    let about = editor.about(path, far);
    editor.ask("textDocument/hover", about);
    let beyond = editor.about(path, json!({ "line": 1_000_000, "character": 1_000_000 }));
    editor.ask("textDocument/completion", beyond);
    let no_position = json!({ "textDocument": { "uri": editor.uri(path) } });
    editor.ask("textDocument/definition", no_position);
    let unknown = editor
        .try_ask("workspace/noSuchThing", json!({}))
        .unwrap_err();
    assert_eq!(unknown["code"], -32601);
    let no_uri = editor.ask("textDocument/hover", json!({}));
    assert_eq!(no_uri, Value::Null);
    // A question that nobody waits for any more is told so, or was answered before.
    let about = editor.about(path, json!({ "line": 5, "character": 5 }));
    let id = editor.begin("textDocument/hover", &about);
    editor.tell("$/cancelRequest", json!({ "id": id }));
    if let Err(error) = editor.end(id) {
        assert_eq!(error["code"], -32800);
    }
    editor.quit();
}

#[test]
fn the_demonstration_is_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut editor = Editor::new(root);
    let pages: Vec<String> = WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "md")
        })
        .map(|entry| {
            entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert!(!pages.is_empty());
    for page in &pages {
        editor.open_saved(page);
    }
    editor.settle();
    for page in &pages {
        let faults = editor.faults[&editor.uri(page)].as_array().unwrap().clone();
        assert!(
            faults.iter().all(|fault| fault["severity"] == 3),
            "{page}: {faults:#?}"
        );
    }
    // Another project in the same workspace.
    editor.open_saved("docs/content/index.md");
    editor.settle();
    assert_eq!(editor.codes("docs/content/index.md"), Vec::<String>::new());
    editor.quit();
}

// The same fixes, without an editor.

#[test]
fn check_mends_what_has_one_answer_and_nothing_else() {
    let project = harbor();
    let page = "---\r\n# Who wrote this?\r\ntitle: What: a day\r\ntgas:   [ 'a', b ]   # kept\r\ndate: May 3, 2021\r\ndraft: no\r\n---\r\n\
        [x](event:votes)  and [@gazete]\r\n[y](event:nothing-like-it)\r\n";
    project.write("content/a.md", page);
    project.write(
        "content/b.md",
        "---\ntitle: B\nevents:\n\t- date: 2024\n\t  title: T\n\t  source: gazette\n---\n",
    );
    let before = files(project.root());
    let run = project.run(&["check", "--fix", "--today", "2025-06-01"]);
    assert_eq!(run.code, 1, "one fault has no answer: {}", run.stdout);
    let expected = page
        .replace("What: a day", "\"What: a day\"")
        .replace("tgas", "tags")
        .replace("May 3, 2021", "2021-05-03")
        .replace("draft: no", "draft: false")
        .replace("event:votes", "event:vote")
        .replace("gazete", "gazette");
    assert_eq!(project.read("content/a.md"), expected);
    let mended = project.read("content/b.md");
    assert_eq!(
        mended,
        "---\ntitle: B\nevents:\n  - date: 2024\n    title: T\n    source: gazette\n---\n"
    );
    for line in [
        "content/a.md:4: `tgas` is `tags` now",
        "content/a.md:5: `May 3, 2021` is `2021-05-03` now",
        "content/a.md:8: `votes` is `vote` now",
        "in 2 files.",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    assert!(run.stderr.contains("nothing-like-it"), "{}", run.stderr);
    let after = files(project.root());
    for (path, bytes) in &before {
        let is_mended = path.ends_with("content/a.md") || path.ends_with("content/b.md");
        assert!(is_mended || after[path] == *bytes, "{path}");
    }
    let again = project.run(&["check", "--fix", "--today", "2025-06-01"]);
    assert!(again.stdout.contains("nothing to fix"), "{}", again.stdout);
    assert_eq!(files(project.root()), after);
}
