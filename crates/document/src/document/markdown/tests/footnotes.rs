use super::*;

/// A reference to a note.
fn reference(number: usize, note: &str, nth: &str) -> String {
    format!(
        "<sup class=\"footnote-ref\"><a id=\"fnref-{note}{nth}\" href=\"#fn-{note}\" role=\"doc-noteref\" \
         aria-label=\"Footnote {number}\">{number}</a></sup>"
    )
}

/// A link back to a reference.
fn back(number: &str, note: &str, mark: &str) -> String {
    format!(
        "<a class=\"footnote-back\" href=\"#fnref-{note}\" role=\"doc-backlink\" \
         aria-label=\"Back to reference {number}\">↩\u{fe0e}{mark}</a>"
    )
}

fn section(notes: &str) -> String {
    format!(
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n{notes}\n</ol>\n</section>"
    )
}

#[test]
fn notes_stand_at_the_end_in_the_order_of_their_references() {
    check(
        "a[^x]\n\n[^y]: *Y*\n[^x]: X\n\nb[^y] c[^X]",
        &format!(
            "<p>a{}</p>\n<p>b{} c{}</p>\n{}",
            reference(1, "x", ""),
            reference(2, "y", ""),
            reference(1, "x", "-2"),
            section(&format!(
                "<li id=\"fn-x\">\n<p>X {} {}</p>\n</li>\n<li id=\"fn-y\">\n<p><em>Y</em> {}</p>\n</li>",
                back("1", "x", ""),
                back("1-2", "x-2", "<sup>2</sup>"),
                back("2", "y", ""),
            ))
        ),
    );
}

#[test]
fn a_note_that_ends_in_no_paragraph_gets_one_for_the_way_back() {
    check(
        "a[^x]\n\n[^x]: - b",
        &format!(
            "<p>a{}</p>\n{}",
            reference(1, "x", ""),
            section(&format!(
                "<li id=\"fn-x\">\n<ul>\n<li>b</li>\n</ul>\n<p>{}</p>\n</li>",
                back("1", "x", "")
            ))
        ),
    );
}

#[test]
fn notes_may_refer_to_notes_and_to_themselves() {
    let source = "[^a]\n\n[^c]: C [^a]\n[^a]: A [^b] [^a]\n[^b]: B [^c]\n";
    let (body, faults) = page(source, SAFE, &[]);
    assert_eq!(body.anchors, ["fn-a", "fn-b", "fn-c"]);
    assert!(shown(&body).contains(&back("1-3", "a-3", "<sup>3</sup>")));
    assert!(faults.is_empty());
}

#[test]
fn a_note_that_nothing_refers_to_is_left_out() {
    check("a\n\n[^x]: X [^y]\n[^y]: Y", "<p>a</p>");
}

#[test]
fn a_reference_without_a_note_is_reported() {
    check_fault("a[^x] b", "broken-footnote", "[^x]", "`[^x]: …`");
    check(
        "\\[^x] `[^x]` [^x y] [^]",
        "<p>[^x] <code>[^x]</code> [^x y] [^]</p>",
    );
    check_fault(
        "[^x]\n\n[^x]: a\n\n[^x]: b",
        "broken-footnote",
        "[^x]: b",
        "already has a note",
    );
}

#[test]
fn ids_of_notes_differ_from_all_others() {
    let source = "## fn a\n\n[^a] [^A-2] [^a] [^é] [^?] [^e]\n\n[^a]: 1\n[^a-2]: 2\n[^é]: 3\n[^?]: 4\n[^e]: 5\n";
    let (body, faults) = page(source, SAFE, &["fn-e".to_owned()]);
    assert_eq!(
        body.anchors,
        ["fn-a", "fn-a-2", "fn-e-2", "fn-note", "fn-e-3"]
    );
    assert_eq!(body.headings[0].id, "fn-a-3");
    assert!(shown(&body).contains(&reference(1, "a", "-3")));
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_citation_may_stand_in_a_note() {
    let (body, _) = page("a[^x]\n\n[^x]: See [@b, p. 1].\n", SAFE, &[]);
    assert!(shown(&body).contains("<p>See {cite b, p. 1}. <a class=\"footnote-back\""));
}
