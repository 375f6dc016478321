use super::*;

fn check_headings(source: &str, expected: &[(u8, &str, &str)]) {
    let (body, _) = page(source, SAFE, &["rec".to_owned()]);
    let found: Vec<(u8, &str, &str)> = body
        .headings
        .iter()
        .map(|heading| (heading.level, heading.id.as_str(), heading.html.as_str()))
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn a_heading_links_to_itself() {
    check(
        "## What *now*?",
        "<h2 id=\"what-now\">What <em>now</em>? <a class=\"anchor\" href=\"#what-now\" \
         aria-label=\"Link to this section\">#</a></h2>",
    );
}

#[test]
fn the_contents_have_neither_links_nor_citations() {
    check_headings(
        "## A [b](c.md) [@d] `e` & <https://x.org>[^f] ![g](h.png)\n\n[^f]: i",
        &[(
            2,
            "a-b-e-https-x-org-g",
            "A b <code>e</code> &amp; https://x.org g",
        )],
    );
}

#[test]
fn ids_are_unique_and_leave_those_of_records_alone() {
    check_headings(
        "## A\n\n## A\n\n### A\n\n## Rec\n\n## B {#a}\n\n## 日本\n\n## !\n\n## ?",
        &[
            (2, "a-2", "A"),
            (2, "a-3", "A"),
            (3, "a-4", "A"),
            (2, "rec-2", "Rec"),
            (2, "a", "B"),
            (2, "日本", "日本"),
            (2, "section", "!"),
            (2, "section-2", "?"),
        ],
    );
}

#[test]
fn an_id_that_cannot_be_had_is_reported() {
    check_fault("## A {#x}\n\n## B {#x}", "duplicate-id", "x", "in use");
    check_fault("## A {#No-1}", "bad-id", "No-1", "lowercase letters");
    check_headings("## A {#No-1}", &[(2, "a", "A")]);
}

#[test]
fn levels_are_kept_in_order() {
    check_fault("# A", "heading-level", "# A", "expected `##`");
    check_fault("A\n===\n\nb", "heading-level", "A\n===", "expected `##`");
    check_fault(
        "## A\n\n#### B\n\n##### C",
        "heading-level",
        "#### B",
        "`###` or fewer",
    );
    check_fault("### A", "heading-level", "### A", "expected `##` or fewer");
    check_fault("##\n\na", "heading-level", "##", "without words");
    check_headings(
        "# A\n\n## B\n\n###### C",
        &[(2, "a", "A"), (2, "b", "B"), (6, "c", "C")],
    );
}

#[test]
fn attributes_of_a_heading_are_left_out_with_a_warning() {
    let source = "## A {#b .c onclick=\"d\"}";
    check_fault(source, "raw-html", source, "`\\{`");
    check_headings(source, &[(2, "b", "A")]);
    let (body, faults) = page("## A {#b .c .d x=e&f id=g 1=2}", UNSAFE, &[]);
    assert!(
        shown(&body).starts_with("<h2 id=\"b\" class=\"c d\" x=\"e&amp;f\">A"),
        "{}",
        shown(&body)
    );
    assert!(faults.is_empty());
}

#[test]
fn a_footnote_has_no_headings() {
    let source = "a[^b]\n\n[^b]: ## c";
    check_fault(
        source,
        "heading-level",
        "## c",
        "a footnote has no headings",
    );
    check_headings(source, &[]);
}
