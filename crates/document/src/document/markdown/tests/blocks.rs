use super::*;

#[test]
fn paragraphs_lists_quotations_and_rules_are_common_mark() {
    check("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>");
    check(
        "- a\n- b\n  - c",
        "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>",
    );
    check(
        "- a\n\n- b",
        "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
    );
    check(
        "3. a\n4. b",
        "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>",
    );
    check("1. a", "<ol>\n<li>a</li>\n</ol>");
    check(
        "> a\n>\n> b",
        "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>",
    );
    check("a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>");
    check("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>");
}

#[test]
fn a_plain_page_is_one_segment() {
    let (body, _) = page(
        "## A\n\nb *c* <https://x.org>\n\n| a |\n|-|\n\n```rust\nd\n```\n",
        SAFE,
        &[],
    );
    assert_eq!(body.segments.len(), 1);
    assert_eq!(page("", SAFE, &[]).0.segments, []);
}

#[test]
fn line_breaks_of_every_system_give_the_same_page() {
    let unix = "a\nb\n\n- c\n\n```\nd\n\ne\n```\n\n<b>\nf\n\n| g |\n|-|\n";
    for other in [unix.replace('\n', "\r\n"), unix.replace('\n', "\r")] {
        let (expected, _) = page(unix, SAFE, &[]);
        let (body, _) = page(&other, SAFE, &[]);
        assert_eq!(shown(&body), shown(&expected), "{other:?}");
    }
}

#[test]
fn a_table_scrolls_by_itself_and_is_named_by_its_first_cell() {
    check(
        "| *Year* \"a\" | N |  |\n|:--|--:|:-:|\n| 1 | 2 | [@a] |\n",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Year “a”\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\" class=\"align-left\"><em>Year</em> “a”</th><th scope=\"col\" class=\"align-right\">N</th>\
         <td class=\"align-center\"></td></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"align-left\">1</td><td class=\"align-right\">2</td><td class=\"align-center\">{cite a}</td></tr>\n\
         </tbody>\n</table>\n</section>",
    );
    check(
        "|  | b |\n|-|-|",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"col\">b</th></tr>\n</thead>\n</table>\n</section>",
    );
}

#[test]
fn a_task_says_whether_it_is_done() {
    check(
        "- [ ] a\n- [x] b",
        "<ul>\n<li><input type=\"checkbox\" disabled aria-label=\"Not done\"> a</li>\n\
         <li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> b</li>\n</ul>",
    );
}

#[test]
fn definitions_make_a_list() {
    check(
        "Term\n: One\n: Two",
        "<dl>\n<dt>Term</dt>\n<dd>One</dd>\n<dd>Two</dd>\n</dl>",
    );
}

#[test]
fn an_alert_has_a_title() {
    for (kind, class, title) in [
        ("NOTE", "note", "Note"),
        ("TIP", "tip", "Tip"),
        ("IMPORTANT", "important", "Important"),
        ("WARNING", "warning", "Warning"),
        ("CAUTION", "caution", "Caution"),
    ] {
        check(
            &format!("> [!{kind}]\n> a\n"),
            &format!(
                "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n<p>a</p>\n</aside>"
            ),
        );
    }
}

#[test]
fn code_is_escaped_and_bears_its_language() {
    let pre = |class: &str, code: &str| {
        format!("<pre class=\"code\" tabindex=\"0\"><code{class}>{code}</code></pre>")
    };
    check("```\n<b>\n```", &pre("", "&lt;b&gt;\n"));
    check("    <b>\n", &pre("", "&lt;b&gt;\n"));
    check("```\n```", &pre("", ""));
    check(
        "```mermaid\na\n```",
        &pre(" class=\"language-mermaid\"", "a\n"),
    );
    check(
        "```rust,ignore\n1\n```",
        &pre(" class=\"language-rust\"", "<span class=\"n\">1\n</span>"),
    );
    check("```\"x<y\n1\n```", &pre("", "1\n"));
}

#[test]
fn a_field_has_blocks_but_no_headings_footnotes_or_records() {
    let (body, faults) = fragment("a [@b]\n\n- c", SAFE);
    assert_eq!(shown(&body), "<p>a {cite b}</p>\n<ul>\n<li>c</li>\n</ul>\n");
    assert!(faults.is_empty());

    let source = "## a\n\n![](figure:b)\n\nc[^d]\n\n[^d]: e";
    let (body, faults) = fragment(source, SAFE);
    assert_eq!(
        shown(&body),
        "<p><strong>a</strong></p>\n<p></p>\n<p>c[^d]</p>\n"
    );
    assert_eq!(
        shown_faults(source, &faults),
        [
            ("heading-level", "## a"),
            ("bad-value", "![](figure:b)"),
            ("broken-footnote", "[^d]"),
            ("broken-footnote", "[^d]: e"),
        ]
    );
    assert!(body.headings.is_empty());
}

#[test]
fn one_line_starts_no_block() {
    for (source, expected) in [
        ("a *b* [@c]", "a <em>b</em> {cite c}"),
        ("1. May", "1. May"),
        ("# 1 #", "# 1 #"),
        ("- x", "- x"),
        ("> [!NOTE] x", "&gt; [!NOTE] x"),
        ("| a | b |", "| a | b |"),
        ("    code", "code"),
        ("a\nb\r\n---", "a b  —"),
        ("end \\", "end \\"),
        ("C# {#x}", "C# {#x}"),
        (
            "[a]: https://x.org",
            "[a]: <a href=\"https://x.org\">https://x.org</a>",
        ),
        ("", ""),
        ("#", "#"),
    ] {
        let (body, faults) = inline(source, SAFE);
        assert_eq!(shown(&body), expected, "{source:?}");
        assert!(faults.is_empty(), "{source:?}: {faults:?}");
    }
}

#[test]
fn spans_of_one_line_are_in_the_line() {
    let source = "é [@ab, p. 1] [x](a.md) [y](javascript:z) <b> [^n] ![](figure:f)";
    let (body, faults) = inline(source, SAFE);
    let mut body = body;
    let marked: Vec<&str> = body
        .spans_mut()
        .map(|span| &source[span.start as usize..span.end as usize])
        .collect();
    assert_eq!(marked, ["@ab, p. 1", "[x](a.md)"]);
    assert_eq!(
        shown_faults(source, &faults),
        [
            ("bad-url", "javascript:z"),
            ("raw-html", "<b>"),
            ("broken-footnote", "[^n]"),
            ("bad-value", "![](figure:f)"),
        ]
    );
}
