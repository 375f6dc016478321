//! Any sequence of edits: what was set is there, and nothing else has changed.

use proptest::prelude::*;

use super::tests::{event, map, set};
use super::*;
use crate::document::as_written;

/// Words that YAML interprets in its own way, and any others.
fn words() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "",
        " ",
        "null",
        "~",
        "yes",
        "No",
        "true",
        "2025",
        "1e3",
        "0x1F",
        "- a",
        "? b",
        ": c",
        "a: b",
        "a #b",
        "#c",
        "'",
        "\"",
        "a\\",
        "'q'",
        "\n",
        "a\n",
        "a\n\nb",
        "  a\n b",
        "a\n  b\nc",
        "tab\there",
        "[x]",
        "{y}",
        "a, b",
        "&x",
        "*x",
        "!x",
        "|",
        ">",
        "%",
        "@",
        "`",
        "---",
        "...",
        "😀",
        "e\u{301}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\r",
        "\u{0}",
        "<<",
        "=",
        "2025-01-02/2025-01-10",
        "a:",
        "://",
        "C:\\x",
    ]);
    prop_oneof![
        hostile.prop_map(str::to_owned),
        "[ -~\n]{0,40}",
        "\\PC{0,20}",
        "([a-z]{1,12} ){20,60}[a-z]",
    ]
}

const PAGE: &str = "---
# the head
title: 'A title'   # one
description: >-
  Words that are
  folded.
key_points:
  - One
  # between
  - \"two\"
tags: [a, 'b',
  c]
events: # all
  # first
  - date: 2025-01-27  # day
    title: The vote
    text: |
      Line one.

      Line two.
    source: gazette
  - {date: 2025, title: Flow, source: {id: gazette, passage: 'words'}}

  # third
  - title:
    date:   2024
    people: [ada]
    source:
      id: gazette
      passage: \"a: b\"
figures: []
extra: {any: [1, {b: c}]}
---
# Prose

Words.
";

fn edit() -> impl Strategy<Value = Edit> {
    let field = prop::sample::select(vec!["title", "description", "date", "nav_title"]);
    let of_event = prop::sample::select(vec!["title", "date", "text", "place", "doubt"]);
    let index = 0_usize..4;
    let list = || FieldPath::field("events");
    prop_oneof![
        (field.clone(), words()).prop_map(|(name, words)| set(FieldPath::field(name), words)),
        (index.clone(), of_event.clone(), words())
            .prop_map(|(index, name, words)| set(event(index).key(name), words)),
        (index.clone(), words()).prop_map(|(index, words)| {
            let value = map(&[
                ("id", Value::text("gazette")),
                ("passage", Value::text(words)),
            ]);
            Edit::Set {
                at: event(index).key("source"),
                value,
            }
        }),
        (
            prop::sample::select(vec!["key_points", "tags"]),
            prop::collection::vec(words(), 0..4)
        )
            .prop_map(|(name, items)| Edit::Set {
                at: FieldPath::field(name),
                value: Value::List(items.into_iter().map(Value::Text).collect()),
            }),
        field.prop_map(|name| Edit::Remove {
            at: FieldPath::field(name)
        }),
        (index.clone(), of_event).prop_map(|(index, name)| Edit::Remove {
            at: event(index).key(name)
        }),
        index
            .clone()
            .prop_map(|index| Edit::Remove { at: event(index) }),
        (index.clone(), words()).prop_map(move |(index, words)| Edit::Insert {
            list: list(),
            index,
            value: map(&[("date", Value::text("2025")), ("title", Value::Text(words))]),
        }),
        (index.clone(), index.clone()).prop_map(move |(from, to)| Edit::Move {
            list: list(),
            from,
            to
        }),
        index.prop_map(move |index| Edit::Duplicate {
            list: list(),
            index
        }),
    ]
}

/// The lines that contain only a comment.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    let mut comments: Vec<&str> = lines
        .filter(|line| ["# the head", "# between", "# first", "# third"].contains(line))
        .collect();
    comments.sort_unstable();
    comments
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_edits_says_what_was_set_and_keeps_the_rest(edits in prop::collection::vec(edit(), 1..6), crlf in any::<bool>()) {
        let mut text = if crlf { PAGE.replace('\n', "\r\n") } else { PAGE.to_owned() };
        for edit in edits {
            let before = written_values(&text).unwrap();
            let Ok(expected) = value::after(&before, &edit) else {
                prop_assert!(edited(&text, std::slice::from_ref(&edit)).is_err());
                continue;
            };
            let now = edited(&text, std::slice::from_ref(&edit));
            prop_assert!(now.is_ok(), "{edit:?} is refused in\n{text}");
            let now = now.unwrap();
            prop_assert_eq!(written_values(&now).unwrap().sorted(), expected.sorted());
            // Only a value that replaces a list can contain a comment from it; then the edit is refused.
            prop_assert_eq!(comments(&now), comments(&text), "{:?}\n{}\n{}", edit, &text, &now);
            let prose = |text: &str| text[text.find("# Prose").unwrap()..].to_owned();
            prop_assert_eq!(prose(&now), prose(&text));
            // Another YAML parser agrees.
            let agreed = as_written(now.as_bytes());
            prop_assert!(agreed.is_some(), "{edit:?}\n{now}");
            if let Edit::Set { at, value: Value::Text(words) } = &edit {
                // Every byte around the value is unchanged.
                let front = Front::read(&text).ok().unwrap();
                if let Ok(slot) = front.slot(at) {
                    let extent = front.extent(&slot).unwrap();
                    prop_assert!(now.starts_with(&text[..extent.start]), "{edit:?}\n{text}\n{now}");
                    prop_assert!(now.ends_with(&text[extent.end..]), "{edit:?}\n{text}\n{now}");
                }
                if let [Step::Key(name)] = at.0.as_slice() && name != "date" {
                    let page = agreed.unwrap();
                    prop_assert_eq!(page.front_matter[name.as_str()].as_str(), Some(words.as_str()));
                }
            }
            text = now;
        }
    }
}
