use super::*;

#[test]
fn links_into_the_project_are_left_to_be_resolved() {
    check(
        "[a *b*](timeline.md#c)",
        "<p>{link timeline.md#c}a <em>b</em></a></p>",
    );
    check("[a](../b%20c.jpg \"t\")", "<p>{link ../b c.jpg}a</a></p>");
    check("[a](<b c/>)", "<p>{link b c/}a</a></p>");
    check("[a](#b)", "<p>{link #b}a</a></p>");
    check("[a][b]\n\n[b]: figure:c", "<p>{link figure:c}a</a></p>");
    check("[a](figure:b)", "<p>{link figure:b}a</a></p>");
    check("[](figure:b)", "<p>{link figure:b}{words figure:b}</a></p>");
    check("<event:b>", "<p>{link event:b}{words event:b}</a></p>");
    check(
        "[![a](b.png)](c.md)",
        "<p>{link c.md}<img src=\"{b.png}\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></a></p>",
    );
}

#[test]
fn links_that_lead_nowhere_keep_their_words() {
    check_fault("[](a.md)", "bad-value", "[](a.md)", "`[words](a.md)`");
    check_fault("[a]()", "bad-url", "[a]()", "without an address");
    check_fault(
        "[a](figures:b)",
        "bad-url",
        "figures:b",
        "did you mean `figure:`",
    );
    check_fault("[a](b c.md)", "bad-url", "b c.md", "`b%20c.md`");
    check("[a](see b)", "<p>[a](see b)</p>");
    check_despite_faults("[a *b*](x:y) c", "<p>a <em>b</em> c</p>");
}

#[test]
fn citations_stand_wherever_words_do() {
    check("a [@b].", "<p>a {cite b}.</p>");
    check(
        "*a [@b, para 4; @c]*",
        "<p><em>a {cite b, para 4; c}</em></p>",
    );
    check("- a [@b]", "<ul>\n<li>a {cite b}</li>\n</ul>");
    check("[@a]: b c d", "<p>{cite a}: b c d</p>");
    check(
        "[@a][@b] [@c] [@d]",
        "<p>{cite a}{cite b} {cite c} {cite d}</p>",
    );
    check(
        "\"a [sic]\"[sic *b*][@c][d]",
        "<p>“a [sic]”[sic <em>b</em>]{cite c}[d]</p>",
    );
    check("[@a][sic]", "<p>{cite a}[sic]</p>");
    check("wow![@a]", "<p>wow!{cite a}</p>");
    check("![@a] ![sic][@b]", "<p>!{cite a} ![sic]{cite b}</p>");
    check(
        "> [@a,\n> p. 1]",
        "<blockquote>\n<p>{cite a, p. 1}</p>\n</blockquote>",
    );
    let (body, _) = page("[@a][^n]\n\n[^n]: b", SAFE, &[]);
    assert!(shown(&body).starts_with("<p>{cite a}<sup class=\"footnote-ref\">"));
}

#[test]
fn what_is_escaped_code_or_a_link_is_no_citation() {
    check("\\[@a\\] \\[@a] [\\@a]", "<p>[@a] [@a] [@a]</p>");
    check("`[@a]`", "<p><code>[@a]</code></p>");
    check("[@a](b.md)", "<p>{link b.md}@a</a></p>");
    check("[a@b] [a @ b]", "<p>[a@b] [a @ b]</p>");
}

#[test]
fn a_broken_citation_stays_text_and_is_reported() {
    check_fault("[@]", "bad-value", "@", "as in `[@newsweek]`");
    check_fault("[@a @b]", "bad-value", "@a @b", "`[@a; @…]`");
    check_fault("[@a; b]", "bad-value", "b", "isn't a citation");
    check_fault(
        "[see @a, p. 1]",
        "bad-value",
        "[see @a, p. 1]",
        "at its start",
    );
    check_fault("[@a", "bad-value", "[@a", "`]`");
    check_fault("[@a][]", "bad-value", "[@a]", "no `(` or `[`");
    check_fault("[@a](b c)", "bad-value", "[@a]", "no `(` or `[`");
    check_fault("[see [@a]](b.md)", "bad-value", "](", "after the link");
    check_fault("![a [@b]](c.png)", "bad-value", "[@b]", "after the picture");
    check_fault(
        "[@a]: https://x.org",
        "bad-value",
        "[@a]: https://x.org",
        "`sources:`",
    );
    check_despite_faults("x [@a @b] y", "<p>x [@a @b] y</p>");
}

#[test]
fn a_record_alone_in_its_paragraph_is_embedded() {
    check(
        "a\n\n![](figure:b)\n\nc",
        "<p>a</p>\n{embed figure:b}\n<p>c</p>",
    );
    check("![words](person:b)", "{embed person:b}");
    check(
        "> ![](event:b)",
        "<blockquote>\n{embed event:b}\n</blockquote>",
    );
    for source in [
        "a ![](figure:b)",
        "![](figure:b) a",
        "- ![](figure:b)",
        "## a ![](figure:b)",
    ] {
        check_fault(source, "bad-value", "![](figure:b)", "empty line");
    }
}

#[test]
fn a_picture_says_what_it_shows() {
    let rest = "loading=\"lazy\" decoding=\"async\">";
    check(
        "![a](b.png)",
        &format!("<p><img src=\"{{b.png}}\" alt=\"a\" {rest}</p>"),
    );
    check(
        "a ![*b* [c](d)](e.png \"f\")",
        &format!("<p>a <img src=\"{{e.png}}\" alt=\"b c\" title=\"f\" {rest}</p>"),
    );
    check(
        "![a](b.png \"c & d\")",
        &format!(
            "<figure>\n<img src=\"{{b.png}}\" alt=\"a\" {rest}\n<figcaption>c &amp; d</figcaption>\n</figure>"
        ),
    );
    check(
        "![](b.png \"decorative\")",
        &format!("<p><img src=\"{{b.png}}\" alt=\"\" {rest}</p>"),
    );
    check_fault("![](b.png)", "missing-alt", "![](b.png)", "\"decorative\"");
    check_fault(
        "![](b.png \"c\")",
        "missing-alt",
        "![](b.png \"c\")",
        "what it shows",
    );
}

#[test]
fn several_pictures_in_a_paragraph_are_a_gallery() {
    let rest = "loading=\"lazy\" decoding=\"async\">";
    let figure = |file: &str, caption: &str| {
        format!("<figure>\n<img src=\"{{{file}}}\" alt=\"a\" {rest}\n{caption}</figure>\n")
    };
    let captioned = "<figcaption>b · <span class=\"credit\">C</span></figcaption>\n";
    let first = figure("b.png", captioned);
    let second = figure("d.png", "");
    check(
        "![a](b.png \"b\"){credit=\"C\"}\n![a](d.png)",
        &format!("<div class=\"gallery\">\n{first}{second}</div>"),
    );
    check(
        "![a](b.png \"b\"){credit=\"C\" compare=\"2019\"} ![a](d.png){compare=\"2024\"}",
        &format!(
            "<div class=\"compare\">\n<fieldset class=\"sides\">\n<legend class=\"hidden\">Compare</legend>\n\
             <label><input type=\"radio\" name=\"_compare-b.png-d.png\" class=\"first\" checked> <bdi>2019</bdi></label>\n\
             <label><input type=\"radio\" name=\"_compare-b.png-d.png\"> <bdi>2024</bdi></label>\n\
             </fieldset>\n<div class=\"both\">\n{first}{second}</div>\n</div>"
        ),
    );
    check_fault(
        "![a](b.png){compare=\"1\"}\n![a](d.png)",
        "bad-value",
        "![a](b.png){compare=\"1\"}",
        "paragraph of two",
    );
    check(
        "![a](b.png)\n![a](d.png)\nword",
        &format!(
            "<p><img src=\"{{b.png}}\" alt=\"a\" {rest}\n<img src=\"{{d.png}}\" alt=\"a\" {rest}\nword</p>"
        ),
    );
}

#[test]
fn words_and_line_breaks_behind_a_picture_with_attributes_are_kept() {
    let rest = "loading=\"lazy\" decoding=\"async\">";
    let image = |file: &str| format!("<img src=\"{{{file}}}\" alt=\"a\" {rest}");
    let first = image("b.png");
    let credit = |who: &str| format!(" <small class=\"credit\">{who}</small>");
    check(
        "See ![a](b.png){credit=\"C\"}, *and* ![a](d.png){license=\"CC0\"}.",
        &format!(
            "<p>See {first}{}, <em>and</em> {}{}.</p>",
            credit("C"),
            image("d.png"),
            credit("CC0")
        ),
    );
    check(
        "See [![a](b.png){credit=\"C\"} there](https://a.example).",
        &format!(
            "<p>See <a href=\"https://a.example\">{first}{} there</a>.</p>",
            credit("C")
        ),
    );
    check(
        "![a](b.png){credit=\"C\"} words\nmore",
        &format!("<p>{first}{} words\nmore</p>", credit("C")),
    );
    check(
        "![a](b.png){credit=\"C\"} \\\nwords",
        &format!("<p>{first}{}<br>\nwords</p>", credit("C")),
    );
}

#[test]
fn a_recording_comes_with_its_words() {
    check(
        "![The siren](s.mp3){transcript=\"s.md\" credit=\"C\"}",
        "<figure class=\"recording\">\n<audio src=\"{s.mp3}\" controls preload=\"metadata\" aria-label=\"The siren\"></audio>\n\
         <figcaption><span class=\"credit\">C</span> · {link s.md}Transcript</a></figcaption>\n</figure>",
    );
    check(
        "![Quay](q.mp4 \"At night\"){subtitles=\"q.vtt\" poster=\"q.jpg\"}",
        "<figure class=\"recording\">\n<video src=\"{q.mp4}\" poster=\"{q.jpg}\" controls preload=\"metadata\" aria-label=\"Quay\">\
         <track kind=\"captions\" default src=\"{q.vtt}\"></video>\n<figcaption>At night</figcaption>\n</figure>",
    );
    check_fault(
        "![Quay](q.mp4)",
        "missing-alt",
        "![Quay](q.mp4)",
        "subtitles=\"q.vtt\"",
    );
    check_fault(
        "![](q.mp4){subtitles=\"q.vtt\"}",
        "missing-alt",
        "![](q.mp4){subtitles=\"q.vtt\"}",
        "what one hears or sees",
    );
    check_fault(
        "See ![Quay](q.mp4)",
        "bad-value",
        "![Quay](q.mp4)",
        "paragraph of its own",
    );
    check_fault(
        "![Quay](q.mp4){subtitles=\"https://x.org/q.vtt\"}",
        "bad-url",
        "![Quay](q.mp4){subtitles=\"https://x.org/q.vtt\"}",
        "file of the project",
    );
}

#[test]
fn a_picture_from_another_host_is_refused() {
    check_fault(
        "![a](https://x.org/b.png)",
        "bad-url",
        "https://x.org/b.png",
        "`static/`",
    );
    check_fault("![a](#b)", "bad-url", "#b", "path of a picture");
    check_despite_faults("![a](https://x.org/b.png) c", "<p>a c</p>");
}

#[test]
fn spans_mark_what_was_typed() {
    let source = "é [a](b.md) [@c; @d, p. 1]\n\n![](figure:e)\n\n![f](g.png) [](term:h)";
    let (mut body, _) = page(source, SAFE, &[]);
    let marked: Vec<&str> = body
        .spans_mut()
        .map(|span| &source[span.start as usize..span.end as usize])
        .collect();
    assert_eq!(
        marked,
        [
            "[a](b.md)",
            "@c",
            "@d, p. 1",
            "![](figure:e)",
            "![f](g.png)",
            "[](term:h)",
            "[](term:h)"
        ]
    );
}
