use super::*;

pub(super) fn set(at: FieldPath, value: impl Into<String>) -> Edit {
    Edit::Set {
        at,
        value: Value::text(value),
    }
}

pub(super) fn event(index: usize) -> FieldPath {
    FieldPath::item("events", index)
}

pub(super) fn map(entries: &[(&str, Value)]) -> Value {
    let entries = entries.iter();
    Value::Map(
        entries
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
    )
}

#[track_caller]
fn check(before: &str, edit: Edit, after: &str) {
    let page = |yaml: &str| format!("---\n{yaml}---\nProse.\n");
    assert_eq!(
        edited(&page(before), &[edit]).as_deref(),
        Ok(page(after).as_str())
    );
}

#[test]
fn one_value_is_replaced_in_the_marks_that_it_has() {
    let cases = [
        ("title: Old # why\n", "New", "title: New # why\n"),
        ("title: 'Old'\n", "It's new", "title: 'It''s new'\n"),
        ("title: \"Old\"  \n", "New", "title: \"New\"  \n"),
        ("title: Old\n", "New: a guide", "title: \"New: a guide\"\n"),
        ("title: Old\n", "2025", "title: \"2025\"\n"),
        ("title: Old\n", "yes", "title: \"yes\"\n"),
        ("title: Old\n", " null ", "title: \" null \"\n"),
        ("title: Old\n", "null", "title: \"null\"\n"),
        (
            "title: Old\n",
            "😀 \"no\" #1",
            "title: \"😀 \\\"no\\\" #1\"\n",
        ),
        ("title:   # to do\n", "New", "title: New   # to do\n"),
        ("title:\n  Old\n  words\n", "New", "title:\n  New\n"),
        ("title: |\n  Old\n", "A\nB", "title: |-\n  A\n  B\n"),
        (
            "title: >- # folded\n   Old\n   words\n",
            "New",
            "title: >- # folded\n   New\n",
        ),
        ("title: |\n  Old\n", " indented", "title: \" indented\"\n"),
        ("title: 'a'\n", "a\nb", "title: \"a\\nb\"\n"),
    ];
    for (before, new, after) in cases {
        check(before, set(FieldPath::field("title"), new), after);
    }
    check(
        "title: A\ndate: 2025-01-02\n",
        set(FieldPath::field("date"), "2025-02-03"),
        "title: A\ndate: 2025-02-03\n",
    );
    check(
        "title: A\nkey_points: [a, 'b'] # two\n",
        set(FieldPath::field("key_points").index(1), "c, d"),
        "title: A\nkey_points: [a, 'c, d'] # two\n",
    );
}

#[test]
fn a_field_is_added_where_the_manual_has_it_and_taken_out_again() {
    let before = "title: A\n# later\nevents:\n  - date: 2025\n    # why\n    title: T\n";
    check(
        before,
        set(FieldPath::field("description"), "D"),
        "title: A\ndescription: D\n# later\nevents:\n  - date: 2025\n    # why\n    title: T\n",
    );
    check(
        before,
        set(event(0).key("place"), "Here"),
        "title: A\n# later\nevents:\n  - date: 2025\n    # why\n    title: T\n    place: Here\n",
    );
    check(
        before,
        Edit::Remove {
            at: event(0).key("date"),
        },
        "title: A\n# later\nevents:\n  - # why\n    title: T\n",
    );
    check(
        "events:\n  - {date: 2025, title: T}\n",
        set(event(0).key("place"), "a, b"),
        "events:\n  - {date: 2025, title: T, place: \"a, b\"}\n",
    );
    check(
        "events:\n  - {date: 2025, title: T}\n",
        Edit::Remove {
            at: event(0).key("title"),
        },
        "events:\n  - {date: 2025}\n",
    );
    let source = event(0).key("source");
    let with_passage = map(&[("id", Value::text("x")), ("passage", Value::text("so: it"))]);
    check(
        "events:\n  - title: T\n    source: x # seen\n",
        Edit::Set {
            at: source.clone(),
            value: with_passage,
        },
        "events:\n  - title: T\n    source: {id: x, passage: \"so: it\"} # seen\n",
    );
    check(
        "events:\n  - title: T\n    source: {id: x, passage: y}\n",
        set(source.key("passage"), "z"),
        "events:\n  - title: T\n    source: {id: x, passage: z}\n",
    );
}

#[test]
fn records_are_added_moved_copied_and_deleted() {
    let new = map(&[("title", Value::text("New")), ("date", Value::text("2026"))]);
    let insert = |index| Edit::Insert {
        list: FieldPath::field("events"),
        index,
        value: new.clone(),
    };
    let two = "events: # all\n  # one\n  - title: A\n    text: |+\n      T\n\n  # two\n  - title: B\n# end\n";
    check(
        two,
        insert(2),
        "events: # all\n  # one\n  - title: A\n    text: |+\n      T\n\n  # two\n  - title: B\n  - date: 2026\n    title: New\n# end\n",
    );
    check(
        two,
        insert(1),
        "events: # all\n  # one\n  - title: A\n    text: |+\n      T\n\n  - date: 2026\n    title: New\n  # two\n  - title: B\n# end\n",
    );
    let moved = Edit::Move {
        list: FieldPath::field("events"),
        from: 1,
        to: 0,
    };
    check(
        two,
        moved,
        "events: # all\n  # one\n  # two\n  - title: B\n  - title: A\n    text: |+\n      T\n\n# end\n",
    );
    let copied = Edit::Duplicate {
        list: FieldPath::field("events"),
        index: 1,
    };
    check(
        two,
        copied,
        "events: # all\n  # one\n  - title: A\n    text: |+\n      T\n\n  # two\n  - title: B\n  - title: B\n# end\n",
    );
    check(
        two,
        Edit::Remove { at: event(0) },
        "events: # all\n  # one\n  # two\n  - title: B\n# end\n",
    );
    check(
        "events: # all\n- title: A\n",
        Edit::Remove { at: event(0) },
        "events: [] # all\n",
    );
    check(
        "title: A\nevents: [] # none\n",
        insert(0),
        "title: A\nevents:  # none\n  - date: 2026\n    title: New\n",
    );
    check(
        "title: A\n",
        insert(0),
        "title: A\nevents:\n  - date: 2026\n    title: New\n",
    );
    check(
        "title: A\nevents:\n",
        insert(0),
        "title: A\nevents:\n  - date: 2026\n    title: New\n",
    );
    check(
        "events: [{title: A}, {title: B}]\n",
        Edit::Move {
            list: FieldPath::field("events"),
            from: 0,
            to: 1,
        },
        "events: [{title: B}, {title: A}]\n",
    );
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    for line_break in ["\r\n", "\r"] {
        let page =
            "\u{feff}---\ntitle: A\nevents:\n- title: B\n---\nProse.\n".replace('\n', line_break);
        let new = map(&[
            ("title", Value::text("C")),
            ("text", Value::text("one\ntwo")),
        ]);
        let edits = [
            set(FieldPath::field("title"), "D"),
            Edit::Insert {
                list: FieldPath::field("events"),
                index: 1,
                value: new,
            },
        ];
        let expected = "\u{feff}---\ntitle: D\nevents:\n- title: B\n- title: C\n  text: |-\n    one\n    two\n---\nProse.\n".replace('\n', line_break);
        assert_eq!(edited(&page, &edits), Ok(expected));
    }
}

#[test]
fn what_cannot_be_edited_alone_is_refused() {
    let refused = |yaml: &str, edit: Edit, fault: EditFault| {
        assert_eq!(
            edited(&format!("---\n{yaml}---\n"), &[edit]),
            Err(fault),
            "{yaml}"
        );
    };
    refused(
        "title: [a, # why\n  b]\n",
        set(FieldPath::field("title"), "A"),
        EditFault::NotPlain,
    );
    refused(
        "? title\n: A\n",
        set(FieldPath::field("title"), "B"),
        EditFault::NotPlain,
    );
    refused(
        "title: A\n",
        Edit::Remove {
            at: FieldPath::field("date"),
        },
        EditFault::NotThere,
    );
    refused(
        "title: A\n",
        set(event(3).key("date"), "2025"),
        EditFault::NotThere,
    );
    refused(
        "title: {\n",
        set(FieldPath::field("title"), "B"),
        EditFault::NoFrontMatter,
    );
    assert_eq!(
        edited("No front matter", &[set(FieldPath::field("title"), "B")]),
        Err(EditFault::NoFrontMatter)
    );
    let all_or_none = [
        set(FieldPath::field("title"), "B"),
        Edit::Remove {
            at: FieldPath::field("date"),
        },
    ];
    assert!(edited("---\ntitle: A\n---\n", &all_or_none).is_err());
}

#[test]
fn prose_is_replaced_in_the_line_ends_of_the_file() {
    let page = "---\ntitle: A\n---\nOne.\r\n\r\nTwo.\r\n";
    let start = page.find("Two").unwrap();
    let edit = Edit::Prose {
        span: start..start + 4,
        words: "Three.\n\nFour 😀.".to_owned(),
    };
    assert_eq!(
        edited(page, &[edit]),
        Ok("---\ntitle: A\n---\nOne.\r\n\r\nThree.\r\n\r\nFour 😀.\r\n".to_owned())
    );
    let above = Edit::Prose {
        span: 4..9,
        words: String::new(),
    };
    assert_eq!(edited(page, &[above]), Err(EditFault::NotThere));
}
