use super::*;
use crate::document::as_written;

fn version(pages: &[(&str, &str)]) -> Pages {
    let pages = pages.iter().map(|(path, text)| {
        let page = as_written(text.as_bytes()).expect("the page can be read");
        (SourcePath::new(path), page)
    });
    pages.collect()
}

#[track_caller]
fn check(before: &[(&str, &str)], after: &[(&str, &str)], expected: &str) {
    assert_eq!(human(&changes(&version(before), &version(after))), expected);
}

#[test]
fn nothing_is_told_of_what_is_the_same() {
    let a = [(
        "content/a.md",
        "---\ntitle: A\nevents:\n  - {date: 2024, title: T}\n---\nWords.\n",
    )];
    let b = [(
        "content/a.md",
        "---\n# a remark\nevents: [{title: T, date: 2024}]\ntitle: 'A'\n---\n\nWords.\n\n",
    )];
    check(&a, &b, "");
}

#[test]
fn an_event_is_moved_by_a_day() {
    let page = |date: &str| {
        format!("---\ntitle: T\nevents:\n  - {{date: {date}, title: The vote, source: s}}\n---\n")
    };
    check(
        &[("content/t.md", &page("2024-03-04"))],
        &[("content/t.md", &page("2024-03-05"))],
        "content/t.md\n  ~ event `the-vote`, date: “2024-03-04” → “2024-03-05” (1 day later)\n",
    );
}

#[test]
fn a_quotation_is_reworded_and_shown_where_it_differs() {
    let page = |end: &str| {
        format!(
            "---\ntitle: R\nreactions:\n  - id: ada\n    speaker: ada\n    quote: One two three four five six {end}\n---\n"
        )
    };
    check(
        &[("content/r.md", &page("need the quay"))],
        &[("content/r.md", &page("want the quay"))],
        "content/r.md\n  ~ reaction `ada`, quote: “… three four five six need the quay” → “… three four five six want the quay”\n",
    );
}

#[test]
fn a_record_with_a_new_title_is_the_same_record() {
    let page = |title: &str| {
        format!(
            "---\ntitle: T\nevents:\n  - {{date: 2024, title: {title}, text: Nine were for it, source: s}}\n---\n"
        )
    };
    check(
        &[("content/t.md", &page("The vote"))],
        &[("content/t.md", &page("Council votes"))],
        "content/t.md\n  ~ event `council-votes`, id: “the-vote” → “council-votes”\n  ~ event `council-votes`, title: “The vote” → “Council votes”\n",
    );
}

#[test]
fn two_records_of_one_day_and_source_are_not_one() {
    let page = |title: &str| {
        format!("---\ntitle: T\nevents:\n  - {{date: 2024, title: {title}, source: s}}\n---\n")
    };
    let other = "---\ntitle: T\nevents:\n  - {date: 2024, title: A fire, text: Nobody was hurt, source: s}\n---\n";
    check(
        &[("content/t.md", &page("The vote"))],
        &[("content/t.md", other)],
        "content/t.md\n  + event `a-fire` is new: A fire\n  - event `the-vote` is gone: The vote\n",
    );
}

#[test]
fn points_of_a_series_are_told_one_by_one() {
    let page = |last: &str| {
        format!(
            "---\ntitle: F\nfigures:\n  - id: ships\n    title: Ships\n    series:\n      - {{date: 2022, value: 1000, qualifier: over}}\n      - {{date: 2023, value: {last}}}\n---\n"
        )
    };
    check(
        &[("content/f.md", &page("1250"))],
        &[("content/f.md", &page("1270"))],
        "content/f.md\n  ~ figure `ships`, series 2023: “1250” → “1270”\n",
    );
}

#[test]
fn pages_are_new_gone_and_moved() {
    let page = |title: &str, prose: &str| format!("---\ntitle: {title}\n---\n{prose}\n");
    check(
        &[
            ("content/a.md", &page("A", "Some words.")),
            ("content/old.md", &page("Old", "Other words.")),
        ],
        &[
            ("content/b.md", &page("A", "Some words.")),
            ("content/new.md", &page("New", "Words.")),
        ],
        "content/b.md\n  ~ page, file: “content/a.md” → “content/b.md”\n\ncontent/new.md\n  + page is new: “New”\n\ncontent/old.md\n  - page is gone: “Old”\n",
    );
}

#[test]
fn a_comment_shows_what_was_written_as_code() {
    let page = |title: &str| format!("---\ntitle: \"{title}\"\n---\n");
    let before = version(&[("content/a.md", &page("A"))]);
    let after = version(&[("content/a.md", &page("`x` @ada <b>"))]);
    assert_eq!(
        markdown(&changes(&before, &after)),
        "**`content/a.md`**\n\n- page, title: `A` → `` `x` @ada <b> ``\n"
    );
}
