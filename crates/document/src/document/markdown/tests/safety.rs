use super::*;

#[test]
fn raw_html_is_shown_as_text_with_one_warning_for_a_block() {
    for (source, marked, expected) in [
        (
            "<script>alert(1)</script>",
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        (
            "a <b>c</b> <i>d</i> e",
            "<b>c</b> <i>d</i>",
            "<p>a &lt;b&gt;c&lt;/b&gt; &lt;i&gt;d&lt;/i&gt; e</p>",
        ),
        (
            "x <img src=x onerror=y>",
            "<img src=x onerror=y>",
            "<p>x &lt;img src=x onerror=y&gt;</p>",
        ),
        (
            "<div>\na\n</div>\n\nb",
            "<div>\na\n</div>",
            "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>\n<p>b</p>",
        ),
    ] {
        check_fault(source, "raw-html", marked, "unsafe_html");
        check_despite_faults(source, expected);
    }
    let (_, faults) = page("<b>a\n\nb <i>c\n", SAFE, &[]);
    assert_eq!(faults.len(), 2);
}

#[test]
fn comments_are_notes_of_the_writer() {
    check("a <!-- b --> c", "<p>a  c</p>");
    check("<!-- a\n\nb -->\n\nc", "<p>c</p>");
    let (body, _) = page("<!-- a -->\n\nb <!-- c -->", UNSAFE, &[]);
    assert_eq!(shown(&body), "<p>b </p>\n");
    check_fault("<!-- a\n\nb", "raw-html", "<!-- a\n\nb", "never closed");
    check_despite_faults("<!-- a\n\nb", "<p>&lt;!-- a\n\nb</p>");
}

#[test]
fn unsafe_html_lets_html_and_addresses_through() {
    for (source, expected) in [
        ("<div a=b>\n<!-- c -->d\n</div>\n", "<div a=b>\nd\n</div>\n"),
        ("a <b>c</b>", "<p>a <b>c</b></p>\n"),
        ("[a](ftp://x.org)", "<p><a href=\"ftp://x.org\">a</a></p>\n"),
        (
            "![a](https://x.org/b.png)",
            "<p><img src=\"https://x.org/b.png\" referrerpolicy=\"no-referrer\" alt=\"a\" loading=\"lazy\" \
             decoding=\"async\"></p>\n",
        ),
    ] {
        let (body, faults) = page(source, UNSAFE, &[]);
        assert_eq!(shown(&body), expected);
        assert!(faults.is_empty(), "{source}: {faults:?}");
    }
}

#[test]
fn links_to_scripts_are_dropped_however_they_are_written() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#x0A;script:alert(1)",
        "&#1;javascript:alert(1)",
        "<  javascript:alert(1)>",
        "data:text/html,x",
        "vbscript:x",
        "//evil.test",
        "/\\\\evil.test",
        "\\\\\\\\evil.test",
    ] {
        for source in [
            format!("[w]({address})"),
            format!("![w]({address})"),
            format!("[w][r]\n\n[r]: {address}"),
        ] {
            let (body, faults) = page(&source, SAFE, &[]);
            assert_eq!(shown(&body), "<p>w</p>\n", "{source}");
            assert_eq!(faults.len(), 1, "{source}: {faults:?}");
            assert_eq!(faults[0].0.name(), "bad-url", "{source}");
        }
    }
    check_despite_faults("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
}

#[test]
fn titles_and_alternative_texts_stay_in_their_attributes() {
    check(
        "[a](https://x.org '\" onload=\"b')",
        "<p><a href=\"https://x.org\" title=\"&quot; onload=&quot;b\">a</a></p>",
    );
    check(
        "x ![\"><b](c.png '\" d')",
        "<p>x <img src=\"{c.png}\" alt=\"“&gt;&lt;b\" title=\"&quot; d\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    check(
        "[a](https://x.org/\"><script>)",
        "<p><a href=\"https://x.org/%22%3E%3Cscript%3E\">a</a></p>",
    );
}

#[test]
fn characters_that_nobody_sees_are_named() {
    for (source, marked, name) in [
        ("a\u{202e}b", "\u{202e}", "U+202E"),
        ("a\u{2066}b", "\u{2066}", "U+2066"),
        ("a\u{200b}\u{200b}b", "\u{200b}\u{200b}", "U+200B"),
        ("a\u{feff}b", "\u{feff}", "U+FEFF"),
        ("`\u{202a}`", "\u{202a}", "U+202A"),
        ("&#x202e;", "&#x202e;", "U+202E"),
        ("a\u{1b}b", "\u{1b}", "U+001B"),
    ] {
        check_fault(source, "hidden-character", marked, name);
    }
    check(
        "क\u{94d}\u{200d}ष می\u{200c}خواهم 👩\u{200d}🚀",
        "<p>क\u{94d}\u{200d}ष می\u{200c}خواهم 👩\u{200d}🚀</p>",
    );
}

#[test]
fn control_characters_do_not_reach_the_page() {
    check_despite_faults("a\0b\u{8}c &#8;", "<p>a\u{fffd}b\u{fffd}c \u{fffd}</p>");
}
