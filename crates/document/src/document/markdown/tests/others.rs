//! What people write who are used to other programs, or to scripts without spaces.

use super::*;

#[test]
fn a_definition_needs_a_space_behind_its_colon() {
    check(
        "Quay\n: A place for ships",
        "<dl>\n<dt>Quay</dt>\n<dd>A place for ships</dd>\n</dl>",
    );
    check(
        "The desk wrote.\n:-) said nobody.\n\n:anchor Ten ships",
        "<p>The desk wrote.\n:-) said nobody.</p>\n<p>:anchor Ten ships</p>",
    );
    check(
        "> Words\n> :x",
        "<blockquote>\n<p>Words\n:x</p>\n</blockquote>",
    );
    check(
        "| a | b |\n|---|:-:|\n| 1 | 2 |",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"a\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th>\
         <th scope=\"col\" class=\"align-center\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td>\
         <td class=\"align-center\">2</td></tr>\n</tbody>\n</table>\n</section>",
    );
    check(
        "```\n:x\n```",
        "<pre class=\"code\" tabindex=\"0\"><code>:x\n</code></pre>",
    );
}

#[test]
fn callouts_are_alerts_with_their_titles() {
    check(
        "> [!TIP] Take the *early* boat\n> It is empty.",
        "<aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Take the <em>early</em> boat</p>\n\
         <p>It is empty.</p>\n</aside>",
    );
    check(
        "> [!bug]- Known\n> One.\n>\n> Two.",
        "<aside class=\"alert alert-caution\" role=\"note\">\n<p class=\"alert-title\">Known</p>\n<p>One.</p>\n<p>Two.</p>\n</aside>",
    );
    check(
        "> [!my-kind]\n> Words",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">My kind</p>\n<p>Words</p>\n</aside>",
    );
    check(
        "> [!info] **Two\n> lines** of it\n> Words",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\"><strong>Two\nlines</strong> of it</p>\n\
         <p>Words</p>\n</aside>",
    );
    check(
        "> [!quote]\n\nAfter",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Quote</p>\n</aside>\n<p>After</p>",
    );
    check(
        "> [!note] A\n> > [!tip] B\n> > c",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">A</p>\n\
         <aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">B</p>\n<p>c</p>\n</aside>\n</aside>",
    );
    check(
        "> [sic] words",
        "<blockquote>\n<p>[sic] words</p>\n</blockquote>",
    );
}

#[test]
fn spaces_in_addresses_are_told_for_pictures_and_files_too() {
    check_fault(
        "![The mole](/img/old mole.jpg)",
        "bad-url",
        "/img/old mole.jpg",
        "makes no picture, because it contains a space; expected `/img/old%20mole.jpg`",
    );
    check_fault(
        "Read [the report](annual report.pdf).",
        "bad-url",
        "annual report.pdf",
        "expected `annual%20report.pdf`",
    );
    check(
        "He [the mayor](as he said later) left.",
        "<p>He [the mayor](as he said later) left.</p>",
    );
}

#[test]
fn lines_of_han_and_kana_are_joined_without_a_space() {
    check(
        "議会は予算を\n決めた。\n次は港だ。",
        "<p>議会は予算を決めた。次は港だ。</p>",
    );
    check(
        "> 港は**閉鎖\n> 中**です",
        "<blockquote>\n<p>港は<strong>閉鎖中</strong>です</p>\n</blockquote>",
    );
    check("항구가\n닫혔다", "<p>항구가\n닫혔다</p>");
    check("港\nport", "<p>港\nport</p>");
    let (body, _) = page("## 港の\n予算\n", SAFE, &[]);
    assert_eq!(body.headings[0].html, "港の");
    assert_eq!(
        super::super::plain_text("市議会は\n決めた"),
        "市議会は決めた"
    );
}

#[test]
fn emphasis_next_to_signs_of_chinese_japanese_and_korean_is_seen() {
    for (source, expected) in [
        (
            "**港は安全か？**市は答えない。",
            "<strong>港は安全か？</strong>市は答えない。",
        ),
        (
            "これが**「最後の便」**です。",
            "これが<strong>「最後の便」</strong>です。",
        ),
        (
            "**부두(pier)**를 닫았다.",
            "<strong>부두(pier)</strong>를 닫았다.",
        ),
        ("是**“新码头”**吗", "是<strong>“新码头”</strong>吗"),
        ("~~港。~~次", "<del>港。</del>次"),
        ("`**港。**次`と", "<code>**港。**次</code>と"),
        (
            "[**港。**次](https://example.org/)",
            "<a href=\"https://example.org/\"><strong>港。</strong>次</a>",
        ),
        ("𠮷**(a)**𠮷", "𠮷<strong>(a)</strong>𠮷"),
    ] {
        check(source, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn asterisks_that_make_nothing_bold_are_told() {
    check_fault(
        "**Note:**the quay",
        "stray-marks",
        "**",
        "makes nothing bold",
    );
    check_fault("a\n\nb ** c** d", "stray-marks", "**", "makes nothing bold");
    check("2\\*\\*3 and `**`", "<p>2**3 and <code>**</code></p>");
}

#[test]
fn marks_of_other_generators_are_told_but_not_in_code() {
    check_fault(
        "See [[The quay]].",
        "foreign-markup",
        "[[The quay]]",
        "`[The quay](the-quay.md)`",
    );
    check_fault(
        "Words.\n{: .lead}",
        "foreign-markup",
        "{: .lead}",
        "code of Kramdown",
    );
    check_fault(
        "[paper](https://example.org){target=\"_blank\"}",
        "foreign-markup",
        "{target=\"_blank\"}",
        "elements have no attributes",
    );
    check_fault(
        "{{< figure src=\"/a.jpg\" caption=\"A quay\" >}}",
        "foreign-markup",
        "{{< figure src=\"/a.jpg\" caption=\"A quay\" >}}",
        "`![what it shows](/a.jpg \"A quay\")`",
    );
    check_fault(
        "<<<<<<< HEAD\n\nOne",
        "merge-conflict",
        "<<<<<<< HEAD",
        "two versions",
    );
    check(
        "`{{ page.title }}` and \\{\\{ x }}\n\n    {% raw %}",
        "<p><code>{{ page.title }}</code> and {{ x }}</p>\n<pre class=\"code\" tabindex=\"0\"><code>{% raw %}</code></pre>",
    );
}

#[test]
fn addresses_that_start_with_www_are_links() {
    check(
        "See www.example.org/a.",
        "<p>See <a href=\"https://www.example.org/a\">www.example.org/a</a>.</p>",
    );
    check("See example.org.", "<p>See example.org.</p>");
}

#[test]
fn typographic_marks_can_be_switched_off() {
    let plain = MarkdownOptions {
        smart: false,
        ..SAFE
    };
    let (body, faults) = page("5'10\" -- \"so\"...", plain, &[]);
    assert_eq!(shown(&body), "<p>5'10\" -- \"so\"...</p>\n");
    assert_eq!(faults, []);
}
