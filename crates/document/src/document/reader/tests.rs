use super::*;
use crate::document::header::page_yaml;
use crate::document::locate::FieldPath;
use crate::document::schema::Whole;
use crate::document::tree;
use crate::project::SourcePath;

/// What a text says according to our reader, as JSON, and the number of its faults.
fn ours(text: &str) -> (Option<serde_json::Value>, usize) {
    let file = SourcePath::new("content/a.md");
    let yaml = page_yaml(&file, text, 0..text.len());
    let Ok(parsed) = tree::read(text, 0..text.len()) else {
        return (None, 1);
    };
    let mut reader = Reader {
        yaml: &yaml,
        faults: Vec::new(),
    };
    let json = reader.free(&parsed.tree);
    (json, reader.faults.len() + parsed.refusals.len())
}

/// Texts with every kind of YAML that the format accepts.
const KINDS: &[&str] = &[
    // Block and flow, and each inside the other.
    "a: b\nc:\n  d: e\n  f:\n    - g\n    - h: i\n      j: k\n",
    "a: {b: c, d: [e, f, {g: h}]}\n",
    "a: [\n  b,\n  c,\n]\nd: {\n  e: f,\n  g: h }\n",
    "a:\n- b\n- c\nd: e\n",
    "a:\n  -\n    b: c\n  - - d\n    - e\n",
    "{a: b, c: d}\n",
    "? a\n: b\n? c\n: - d\n",
    // Plain scalars.
    "a: b c\n  d\n\n  e\n",
    "a: b#c\nd: e:f\ng: http://h.example/i?j#k\n",
    "a: -b\nc: b-\nd: \"\"\n",
    "a: 1\nb: 1.10\nc: 0o17\nd: 0x1F\ne: 1e3\nf: -2\ng: .5\nh: 2025-01-27\ni: 12:30\nj: 1_000\n",
    "a: true\nb: False\nc: yes\nd: null\ne: ~\nf:\ng: .inf x\n",
    // Quoted scalars, also over several lines.
    "a: 'b ''c'' \"d\"'\ne: \"f \\\"g\\\" \\u00e9 \\x41 \\n h\"\n",
    "a: \"b\n  c\n\n  d\\\n  e\"\nf: 'g\n  h'\n",
    "a: \"b: c # d\"\ne: '- f'\n",
    "\"a b\": c\n'd': e\n",
    // Block scalars: literal and folded, with their indentation and chomping.
    "a: |\n  b\n    c\n\n  d\ne: f\n",
    "a: >\n  b\n  c\n\n  d\n    e\nf: g\n",
    "a: |-\n  b\n\nc: >-\n  d\n  e\nf: |+\n  g\n\nh: i\n",
    "a: |2\n    b\n   c\nd: >1\n  e\n f\n",
    "a: |\n  # no comment\n  b: c\n  - d\n",
    "a:\n  - |\n    b\n  - >-\n    c\n    d\n",
    // Comments and empty lines.
    "# a\n\na: b # c\n  # d\nc:\n  # e\n  - f # g\n\n# h\n",
    // Other line endings, and letters of other scripts.
    "a: b\r\nc:\r\n  - d\r\n",
    "a: é 語 🙂\nü: \"\u{1f600}\"\n",
    "a: b\t\nc: d\n",
    // A document between markers.
    "---\na: b\n",
    "a: b\n...\n",
    "",
    "# nothing\n",
];

#[test]
fn every_kind_of_yaml_says_what_serde_yaml_says() {
    for text in KINDS {
        let expected: serde_json::Value = serde_yaml::from_str(text).unwrap();
        assert_eq!(ours(text), (Some(expected), 0), "{text}");
    }
}

#[test]
fn what_one_reader_takes_and_another_does_not_is_a_fault_and_never_another_value() {
    for text in [
        "a: 'b\n\n'\nc: d\n",
        "a: \"b\nc\"\n",
        "a: &b c\nd: *b\n",
        "a: !b c\n",
        "a: !!str 1\n",
        "<<: {a: b}\nc: *d\n",
        "a: b\n---\nc: d\n",
        "? [a]\n: b\n",
        "a: b #c\n",
        "a:\n\tb: c\n",
        "a: b\na: b\n",
        "extra: .nan\n",
    ] {
        let (_, n_faults) = ours(text);
        assert!(n_faults > 0, "{text}");
    }
}

/// The faults of a page's front matter: line and message.
fn faults(text: &str) -> Vec<(usize, String)> {
    let file = SourcePath::new("content/a.md");
    let (_, faults) = page_yaml(&file, text, 0..text.len()).read::<Whole>();
    let line = |at: u32| 1 + text[..at as usize].matches('\n').count();
    let faults = faults.into_iter();
    faults
        .map(|fault| (line(fault.place.span.unwrap().start), fault.message))
        .collect()
}

#[test]
fn all_faults_of_a_record_are_told_at_once_and_none_twice() {
    let text = "title: A\nweight: [1]\nevents:\n  - titel: The vote\n    date: 2025\n    expected: maybe\n    people: {a: b}\n    source: [a, [b]]\n  - just words\n  - date: 2024\n";
    let expected: Vec<(usize, String)> = [
        (2, "`weight` should be text, not a list"),
        (4, "`titel` isn't a field of an item of `events`"),
        (6, "`expected` should be `true` or `false`, not `maybe`"),
        (7, "`people` should be text or a list, not a mapping"),
        (
            8,
            "an item of `source` should be text or fields, not a list",
        ),
        (9, "an item of `events` should be fields, not text"),
        (10, "`title` is missing"),
    ]
    .into_iter()
    .map(|(line, message)| (line, message.to_owned()))
    .collect();
    assert_eq!(faults(text), expected);
}

#[test]
fn a_value_with_a_fault_leaves_the_others_as_they_are() {
    let text = "title: A\ndraft: [x]\nsources:\n  - {id: a, titel: B, url: [c]}\n";
    let file = SourcePath::new("content/a.md");
    let (whole, _) = page_yaml(&file, text, 0..text.len()).read::<Whole>();
    let whole = whole.unwrap();
    assert_eq!(whole.front_matter.title.as_deref(), Some("A"));
    assert!(whole.front_matter.faulty.has("draft"));
    let source = &whole.lists.sources[0];
    assert_eq!(source.id.as_deref(), Some("a"));
    assert_eq!(source.title.as_deref(), Some("B"));
    assert!(source.faulty.has("title") && source.faulty.has("url"));
    assert!(!source.faulty.has("id"));
}

#[test]
fn a_comma_inside_braces_is_named() {
    let cases = [
        (
            "figures:\n  - {title: A, value: 2,500, source: b}\n",
            "write `value: 2500`, or `value: 2.500` if the comma is a decimal one",
        ),
        (
            "figures:\n  - {title: A, value: 2,500,000, source: b}\n",
            "write `value: 2500000`",
        ),
        (
            "events:\n  - {title: A vote, then, a break, date: 2025}\n",
            "put the value in quotation marks: `title: \"A vote, then, a break\"`",
        ),
    ];
    let file = SourcePath::new("content/a.md");
    for (text, help) in cases {
        let text = format!("title: T\n{text}");
        let (_, faults) = page_yaml(&file, &text, 0..text.len()).read::<Whole>();
        let helps: Vec<Option<&str>> = faults.iter().map(|fault| fault.help.as_deref()).collect();
        assert_eq!(helps, [Some(help)], "{text}");
    }
}

#[test]
fn a_value_is_found_where_it_was_read() {
    let text = "title: A\nevents:\n  - date: 2025\n    title: \"B\n      c\"\n    source: {id: d, passage: e}\n";
    let parsed = tree::read(text, 0..text.len()).unwrap();
    let event = FieldPath::item("events", 0);
    let found = |path: &FieldPath| &text[parsed.tree.find(path).unwrap().value];
    assert_eq!(found(&event.key("title")), "\"B\n      c\"");
    assert_eq!(found(&event.key("source").index(0).key("passage")), "e");
}

#[test]
fn control_characters_are_refused_however_they_are_written() {
    assert_eq!(faults("title: \"A\\x07\"\n").len(), 1);
    assert_eq!(faults("title: A\u{7}\n").len(), 1);
    assert_eq!(faults("title: A\ntags: [\"\\u0000\"]\n").len(), 1);
    assert_eq!(faults("title: \"A\\tB\\n\"\n").len(), 0);
}

#[test]
fn very_deep_and_very_many_faults_take_no_time() {
    let deep = format!("title: {}\n", "[".repeat(100_000));
    assert_eq!(faults(&deep).len(), 1);
    let many: String = (0..20_000).map(|index| format!("&a{index} x, ")).collect();
    assert!(!faults(&format!("title: A\ntags: [{many}]\n")).is_empty());
}
