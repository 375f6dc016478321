use super::*;

#[test]
fn punctuation_is_typographic() {
    check(
        "\"It's *so*\" -- he said... 'A' --- b",
        "<p>“It’s <em>so</em>” – he said… ‘A’ — b</p>",
    );
    check("`\"a\" -- b...`", "<p><code>\"a\" -- b...</code></p>");
    check(
        "**a** ~~b~~ _c_",
        "<p><strong>a</strong> <del>b</del> <em>c</em></p>",
    );
}

/// Checks that one address is found in a text, and that the text is otherwise unchanged.
fn check_address(text: &str, address: &str) {
    check(
        text,
        &format!(
            "<p>{}</p>",
            text.replace('"', "”")
                .replace(address, &format!("<a href=\"{address}\">{address}</a>"))
        ),
    );
}

#[test]
fn bare_addresses_are_links_without_the_punctuation_after_them() {
    check_address("see https://x.org.", "https://x.org");
    check_address("see (https://x.org/a).", "https://x.org/a");
    check_address("https://x.org/a_(b), c", "https://x.org/a_(b)");
    check_address("https://x.org/a--b...c!", "https://x.org/a--b...c");
    check_address("https://x.org/a_b_c?d=e#f", "https://x.org/a_b_c?d=e#f");
    check_address("http://x.org", "http://x.org");
    check_address("HTTPS://X.org/", "HTTPS://X.org/");
    check(
        "\"https://x.org/?a=b&c=d\" x",
        "<p>“<a href=\"https://x.org/?a=b&amp;c=d\">https://x.org/?a=b&amp;c=d</a>” x</p>",
    );
    check(
        "a -- https://x.org -- b",
        "<p>a – <a href=\"https://x.org\">https://x.org</a> – b</p>",
    );
    check("m@x.org", "<p><a href=\"mailto:m@x.org\">m@x.org</a></p>");
    check_address("write to mailto:m@x.org,", "mailto:m@x.org");
}

#[test]
fn other_schemes_code_and_links_have_no_links_in_them() {
    check(
        "ftp://x.org javascript://x awww.x.org",
        "<p>ftp://x.org javascript://x awww.x.org</p>",
    );
    check("`https://x.org`", "<p><code>https://x.org</code></p>");
    check(
        "[https://x.org](https://y.org)",
        "<p><a href=\"https://y.org\">https://x.org</a></p>",
    );
    check(
        "<https://x.org/a--b>",
        "<p><a href=\"https://x.org/a--b\">https://x.org/a--b</a></p>",
    );
    check("<m@x.org>", "<p><a href=\"mailto:m@x.org\">m@x.org</a></p>");
}

#[test]
fn words_are_counted_without_code_blocks() {
    for (source, expected) in [
        ("", 0),
        ("a b\nc  \nd", 4),
        ("don't \"stop\" -- it's 4.5 *per*cent", 5),
        ("## a b\n\nc\n\n- d\n- e", 5),
        ("a\n\n```\nb c d\n```\n", 1),
        ("`a b` [c](d.md) [@e] <b>", 4),
        ("a[^n]\n\n[^n]: b c", 3),
        ("|a|b|\n|-|-|\n|c|d|", 4),
    ] {
        assert_eq!(page(source, SAFE, &[]).0.n_words, expected, "{source:?}");
    }
}
