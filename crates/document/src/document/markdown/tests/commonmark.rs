//! The examples of CommonMark, and of GFM for what it adds, compared by elements and text. Attributes are ignored: headings have their own ids here,
//! and links lead to pages.

use super::{MarkdownOptions, page, shown};

const COMMONMARK: &str = include_str!("commonmark.txt");
const GFM: &str = include_str!("gfm.txt");

/// HTML passed through, and marks as written.
const PLAIN: MarkdownOptions = MarkdownOptions {
    unsafe_html: true,
    smart: false,
};

/// The examples of a standard in order: Markdown and HTML.
fn examples(spec: &str) -> Vec<(String, String)> {
    let fence = format!("{}\n", "`".repeat(32));
    let opening = fence.replace('\n', " example\n");
    let parts = spec.split(&opening).skip(1);
    let examples = parts.map(|part| {
        let (example, _) = part.split_once(&fence).expect("a fence ends it");
        let example = example.replace('→', "\t");
        let (markdown, html) = match example.strip_prefix(".\n") {
            Some(html) => ("", html),
            None => example.split_once("\n.\n").expect("a point parts them"),
        };
        (format!("{markdown}\n"), html.to_owned())
    });
    examples.collect()
}

/// Intentional differences on a page: the reason, and the numbers of the examples. The manual has the list for writers.
const DIFFERENCES: &[(&str, &[usize])] = &[
    ("a heading without words is a fault, and no heading", &[79]),
    (
        "a link without an address or without words is a fault, and no link",
        &[200, 484, 485, 486, 487, 567],
    ),
    ("an address with a backslash is a fault", &[202, 502]),
    ("code is colored", &[142, 143]),
    (
        "comments aren't published",
        &[177, 179, 183, 308, 309, 625, 626],
    ),
    (
        "a picture by itself with a title is a figure with a caption",
        &[572, 573, 576, 577, 584, 585, 586, 588, 589, 591],
    ),
    (
        "a bare address is a link, as in GFM",
        &[602, 606, 608, 611, 612],
    ),
];

/// Intentional differences from what GFM adds.
const OF_GFM: &[(&str, &[usize])] = &[
    (
        "a bare address ends before a parenthesis that nothing in it opened, whatever follows",
        &[19],
    ),
    ("`ftp:` is no link, as browsers don't open it", &[22]),
    (
        "a mail address ends with two letters at least, as every domain does",
        &[25],
    ),
    ("HTML that is passed through is passed through whole", &[26]),
];

/// Elements and text of some HTML, without attributes and without what the theme adds. The first heading of a text is
/// on the second level, below the page's title.
fn elements(html: &str) -> Vec<String> {
    let html = without_anchors(html);
    let html = plain_links(&html)
        .replace("<h1", "<h2")
        .replace("</h1", "</h2");
    let mut found: Vec<String> = Vec::new();
    let mut rest = html.as_str();
    while !rest.is_empty() {
        let is_tag = rest.starts_with('<');
        let end = if is_tag {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if is_tag {
            let name = piece.trim_end_matches(['>', '/']).split([' ', '\n']).next();
            // What a wide table scrolls in.
            if !matches!(name, Some("<section" | "</section")) {
                found.push(name.unwrap_or(piece).to_owned());
            }
            continue;
        }
        let words = piece
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&gt;", ">");
        if !words.is_empty() {
            found.push(words);
        }
    }
    found
}

/// Links to pages, `{link quay.md}`, as elements.
fn plain_links(html: &str) -> String {
    let mut parts = html.split("{link ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.split_once('}').map_or("", |(_, after)| after);
        text + "<a>" + after
    })
}

/// HTML without the links from headings to themselves.
fn without_anchors(html: &str) -> String {
    let mut parts = html.split(" <a class=\"anchor\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once("</a>").map_or("", |(_, after)| after)
    })
}

/// Finds the examples that differ from what a standard says, and expects them to be the intended ones.
#[track_caller]
fn check(spec: &str, differences: &[(&str, &[usize])]) {
    let mut differing = Vec::new();
    for (index, (markdown, html)) in examples(spec).iter().enumerate() {
        let (body, _) = page(markdown, PLAIN, &[]);
        let seen = shown(&body);
        if elements(&seen) != elements(html) {
            differing.push(index + 1);
            println!(
                "== {}\n{markdown}-- expected\n{html}-- seen\n{seen}\n",
                index + 1
            );
        }
    }
    let numbers = differences.iter().flat_map(|(_, numbers)| *numbers);
    let mut expected: Vec<usize> = numbers.copied().collect();
    expected.sort_unstable();
    assert_eq!(differing, expected);
}

#[test]
fn examples_give_what_the_standard_says() {
    check(COMMONMARK, DIFFERENCES);
}

#[test]
fn what_github_adds_gives_what_it_says() {
    assert_eq!(examples(GFM).len(), 26);
    check(GFM, OF_GFM);
}

#[test]
fn nothing_vanishes_without_a_fault() {
    let silent = [
        "code is colored",
        "comments aren't published",
        "a picture by itself",
        "a bare address",
    ];
    for (why, numbers) in DIFFERENCES {
        if silent.iter().any(|silent| why.starts_with(silent)) {
            continue;
        }
        for number in *numbers {
            let (markdown, _) = &examples(COMMONMARK)[number - 1];
            let (_, faults) = page(markdown, PLAIN, &[]);
            assert!(!faults.is_empty(), "{number}: {markdown}");
        }
    }
}
