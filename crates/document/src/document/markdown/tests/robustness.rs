use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Pieces of Markdown with a meaning, which random letters seldom produce.
const PIECES: &[&str] = &[
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```rust\n",
    "[",
    "]",
    "(",
    ")",
    "[^a]",
    "[^a]: ",
    "[^b]",
    "[@a]",
    "[@a",
    "; @b]",
    "@",
    "!",
    "![",
    "](",
    "](b.png)",
    "](figure:x)",
    "](#x)",
    "[](",
    " \"t\")",
    "# ",
    "## ",
    "### a\n",
    " {#x}",
    " {.y z=1}",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "[ ] ",
    "|",
    "|-|-|\n",
    "\n: ",
    "---",
    "***",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<div>\n",
    "https://x.org",
    "m@x.org",
    "--",
    "...",
    "\"",
    "'",
    "\\",
    "&amp;",
    "&#x202e;",
    "é",
    "日",
    "\u{202e}",
    "\0",
    "[x]: y\n",
    "[x]",
    "$",
    "^",
    "=",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Describes an error in the nesting of HTML, whose links start in segments of their own.
fn unbalanced(html: &str) -> Option<String> {
    const VOID: [&str; 4] = ["br", "hr", "img", "input"];
    let mut open: Vec<String> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>')?;
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Some(format!("`</{name}>` after {last:?}"));
            }
        } else {
            let name = tag.split(' ').next().unwrap_or_default();
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
        }
    }
    (!open.is_empty()).then(|| format!("{open:?} left open"))
}

fn ids(html: &str) -> Vec<&str> {
    let starts = html.split(" id=\"").skip(1);
    starts.filter_map(|rest| rest.split('"').next()).collect()
}

fn check_any(source: &str) {
    let parsed = [
        page(source, SAFE, &["x".to_owned()]),
        fragment(source, SAFE),
        inline(source, SAFE),
    ];
    for (mut body, faults) in parsed {
        let links = shown(&body).replace("{link ", "<a ");
        // The start of a link becomes a tag; what is in braces has no angle brackets except those around addresses.
        let mut html = String::new();
        for segment in &body.segments {
            match segment {
                RawSegment::Html(part) => html.push_str(part),
                RawSegment::LinkStart(..) => html.push_str("<a href=\"\">"),
                RawSegment::Address(..)
                | RawSegment::Words(..)
                | RawSegment::Cite(_)
                | RawSegment::Embed(..) => {}
            }
        }
        assert_eq!(unbalanced(&html), None, "{source:?} gives {links}");
        let found = ids(&html);
        let unique: HashSet<&str> = found.iter().copied().collect();
        assert_eq!(unique.len(), found.len(), "{source:?}: {found:?}");
        assert!(!unique.contains("x"), "{source:?}");
        for heading in &body.headings {
            assert!(unique.contains(heading.id.as_str()), "{source:?}");
            assert_eq!(unbalanced(&heading.html), None, "{source:?}");
        }
        for anchor in &body.anchors {
            assert!(unique.contains(anchor.as_str()), "{source:?}");
        }
        let neighbours = body.segments.windows(2);
        let is_html = |segment: &RawSegment| matches!(segment, RawSegment::Html(_));
        assert!(
            neighbours.into_iter().all(|pair| !pair.iter().all(is_html)),
            "{source:?}"
        );
        shown_faults(source, &faults);
        for span in body.spans_mut() {
            assert!(
                source.get(span.start as usize..span.end as usize).is_some(),
                "{source:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_markdown_gives_balanced_html_with_unique_ids(source in markdown()) {
        check_any(&source);
    }

    #[test]
    fn any_text_gives_balanced_html_with_unique_ids(source in any::<String>()) {
        check_any(&source);
    }

    #[test]
    fn unsafe_html_never_panics(source in markdown()) {
        page(&source, UNSAFE, &[]);
    }
}

#[test]
fn output_grows_with_input_and_nesting_is_not_recursion() {
    const TIMES: usize = 20_000;
    for piece in [
        ">",
        "> ",
        "[",
        "]",
        "*",
        "`",
        "![",
        "_a* ",
        "<",
        "- ",
        "1. ",
        "|",
        "[^",
        "[^a] ",
        "[@",
        "[@a ",
        "[@a](",
        "[@a]",
        "[x @a]",
        "[a](",
        "[a](<b",
        "[[@a]](b) ",
        "[@a][b",
        "[a][@b]",
        "https://x.org/ ",
        "http://",
        "a@",
        "a@b.",
        "://",
        "x@y.org ",
        "## a\n\n",
        "# {",
        "![a](b.png)\n\n",
        "![](figure:a)\n\n",
        "<b>",
        "<!--",
        "<a ",
        "<?",
        "a\n: b\n\n",
        "> [!NOTE]\n> a\n\n",
        "- [ ] a\n",
        "~~a",
        "\"'a",
        "\u{200b}",
        "&#x202e;",
        "> ```\n",
        "\\[",
        "\0",
        "](a b",
        "[](a b.md",
        "[^a]: ",
        "[^a]: > ",
        "|a|b|\n|-|-|\n\n",
    ] {
        let source = piece.repeat(TIMES);
        let (body, _) = page(&source, SAFE, &[]);
        assert!(shown(&body).len() < 300 * TIMES + 1_000, "{piece:?}");
    }
    let nested = format!("{}[@a]{}", "[".repeat(TIMES), "][@a]".repeat(TIMES));
    page(&nested, SAFE, &[]);
    let wide = format!("|{}\n|{}\n|b|", "a|".repeat(TIMES), "-|".repeat(TIMES));
    page(&wide, SAFE, &[]);
}

#[test]
fn many_references_to_one_note_are_each_led_back_to() {
    let source = format!("{}\n\n[^a]: b\n", "[^a] ".repeat(10_000));
    let (body, faults) = page(&source, SAFE, &[]);
    assert!(shown(&body).contains("href=\"#fnref-a-10000\""));
    assert!(faults.is_empty());
}
