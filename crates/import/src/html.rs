//! Extracts the article from a web page.
//!
//! This is the only user of the HTML libraries. The result is plain text: one paragraph per line, headings after `##`.

use std::sync::LazyLock;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use regex::{Captures, Regex};

use crate::model::Day;

use super::notices;
use super::text::About;

/// How deeply elements may be nested: the libraries take time that grows faster than depth. Lighthouse warns at 32.
const DEPTH: usize = 400;
/// How many elements a page may have, so that a page made to be slow is refused. Lighthouse warns at 1,400.
const ELEMENTS: usize = 100_000;

/// Elements that are never closed, or are closed by the next of their kind.
const FLAT: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead",
    "tbody", "tfoot", "colgroup", "html", "head", "body",
];

/// The article of a web page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebArticle {
    /// Its text.
    pub(super) text: String,
    /// What the page says about it.
    pub(super) about: About,
    /// When it was published, according to the page.
    pub(super) published: Option<Day>,
    /// The page's language, as a BCP 47 tag.
    pub(super) language: Option<String>,
    /// Why it may not be the article, or not all of it, in a sentence.
    pub(super) doubt: Option<String>,
}

/// Finds the article of a web page.
///
/// # Errors
///
/// In a sentence, if the page has no article, or is nested more deeply than any real page.
pub(super) fn article(html: &str) -> Result<WebArticle, String> {
    check_size(html)?;
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    let marked = marked(&notices::without_notices(html));
    let found = Readability::new(marked.as_str(), None, Some(config))
        .and_then(|mut page| page.parse())
        .map_err(|error| format!("no article was found in the page ({error})"))?;
    let publisher = found.site_name.filter(|name| !name.trim().is_empty());
    let title = found.title.trim().trim_start_matches('#').trim();
    let title = publisher
        .as_deref()
        .map_or(title, |publisher| without_publisher(title, publisher));
    let about = About {
        headline: (!title.is_empty()).then(|| title.to_owned()),
        publisher: publisher.map(|name| name.trim().to_owned()),
        authors: found
            .byline
            .map(|byline| authors(&byline))
            .unwrap_or_default(),
        url: canonical(html).or(found.url.filter(|url| url.starts_with("http"))),
    };
    let (text, doubt) = notices::judged(&found.text_content)?;
    let doubt = doubt.or_else(|| notices::links(&found.content));
    let published = found
        .published_time
        .and_then(|time| time.get(..10)?.parse().ok())
        .filter(is_plausible)
        .or_else(|| published_by(html));
    Ok(WebArticle {
        text,
        about,
        published,
        language: found.lang,
        doubt,
    })
}

/// Whether a page can date from that day: pages without a date say year 1, or the first day of the computer's clock.
fn is_plausible(day: &Day) -> bool {
    day.year() > 1970
}

/// The day of publication in notations that the article library doesn't know: in a schema.org graph, or in the `meta`
/// elements of Dublin Core and several content systems.
fn published_by(html: &str) -> Option<Day> {
    static SCHEMA: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#""datePublished"\s*:\s*"([0-9-]{10})"#).ok());
    static META: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?is)<meta\s[^>]*>").ok());
    static ATTRIBUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?is)\b(name|property|itemprop|content)\s*=\s*(?:"([^"]*)"|'([^']*)')"#).ok()
    });
    const NAMES: [&str; 13] = [
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dcterms.issued",
        "parsely-pub-date",
        "pubdate",
        "publication_date",
        "publish-date",
        "publishdate",
    ];
    let day = |words: &str| words.trim().get(..10)?.parse().ok().filter(is_plausible);
    let mut in_schema = SCHEMA
        .as_ref()?
        .captures_iter(html)
        .filter_map(|found| day(&found[1]));
    let of_meta = |tag: &str| {
        let attribute = ATTRIBUTE.as_ref()?;
        let (mut name, mut content) = (None, None);
        for found in attribute.captures_iter(tag) {
            let value = found
                .get(2)
                .or_else(|| found.get(3))
                .map(|value| value.as_str());
            if found[1].eq_ignore_ascii_case("content") {
                content = value;
            } else {
                name = value;
            }
        }
        let name = name?.to_lowercase();
        NAMES.contains(&name.as_str()).then(|| day(content?))?
    };
    in_schema.next().or_else(|| {
        META.as_ref()?
            .find_iter(html)
            .find_map(|tag| of_meta(tag.as_str()))
    })
}

/// A piece of HTML as Markdown.
///
/// # Errors
///
/// In a sentence, if it is nested more deeply than any real page.
pub(super) fn markdown(html: &str) -> Result<String, String> {
    check_size(html)?;
    Ok(Document::from(html).md(None).to_string())
}

/// `Bridge closes` of `Bridge closes - The Paper`.
fn without_publisher<'a>(title: &'a str, publisher: &str) -> &'a str {
    let Some(rest) = title.strip_suffix(publisher.trim()) else {
        return title;
    };
    let rest = rest.trim_end();
    match rest.strip_suffix(['-', '|', '–', '—', ':', '·', '»']) {
        Some(rest) if !rest.trim().is_empty() => rest.trim_end(),
        Some(_) | None => title,
    }
}

/// The address that a page gives for itself.
fn canonical(html: &str) -> Option<String> {
    let page = Document::from(html);
    let link = page.select("link[rel~=canonical]").attr("href");
    let meta = || page.select("meta[property=\"og:url\"]").attr("content");
    let url = link.or_else(meta)?;
    let url = url.trim();
    url.starts_with("http").then(|| url.to_owned())
}

/// `By Ann Poole and Ben Hart, staff reporters`, `Von Ann Poole | 5. Mai`: just the names.
fn authors(byline: &str) -> Vec<String> {
    const BY: [&str; 8] = [
        "by ",
        "von ",
        "por ",
        "par ",
        "written by ",
        "text: ",
        "text by ",
        "de ",
    ];
    let lower = byline.trim().to_lowercase();
    let by = BY.iter().find(|by| lower.starts_with(**by));
    let names = byline.trim().get(by.map_or(0, |by| by.len())..);
    let is_name = |name: &String| {
        let letters = name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'));
        let words: Vec<&str> = name.split(' ').collect();
        let named = words
            .iter()
            .any(|word| word.starts_with(char::is_uppercase));
        letters
            && named
            && words.len() <= 6
            && name.chars().count() <= 80
            && words
                .last()
                .is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    names
        .unwrap_or_default()
        .split([',', ';', '\n', '|', '•', '·', '/', '(', ')', '—', '–'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" y "))
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(is_name)
        .collect()
}

/// The page with its headings marked, and with lines joined that are broken only for looks.
fn marked(html: &str) -> String {
    static HEADING: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)<h[2-6](?:\s[^>]*)?>").ok());
    static BREAKS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:<br\s*/?>\s*)+").ok());
    let mut html = html.to_owned();
    if let Some(heading) = &*HEADING {
        html = heading.replace_all(&html, "$0## ").into_owned();
    }
    if let Some(breaks) = &*BREAKS {
        let replaced = breaks.replace_all(&html, |found: &Captures<'_>| {
            let run = &found[0];
            if run.matches('<').count() == 1 {
                " ".to_owned()
            } else {
                run.to_owned()
            }
        });
        html = replaced.into_owned();
    }
    html
}

fn check_size(html: &str) -> Result<(), String> {
    let (depth, elements) = nesting(html);
    if depth > DEPTH {
        return Err(format!(
            "the page nests its elements {depth} deep; up to {DEPTH} can be read"
        ));
    }
    if elements > ELEMENTS {
        return Err(format!(
            "the page has {elements} elements; up to {ELEMENTS} can be read"
        ));
    }
    Ok(())
}

/// How deeply elements are nested and how many there are. Found without a parser, so both are estimates.
fn nesting(html: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut n_elements) = (0_usize, 0, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closes = rest.starts_with('/');
        let name_at = usize::from(closes);
        let length = rest[name_at..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len() - name_at);
        let name = rest[name_at..name_at + length].to_ascii_lowercase();
        if name.is_empty() || FLAT.contains(&name.as_str()) {
            n_elements += usize::from(!name.is_empty());
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        n_elements += 1;
        let end = rest.find('>').unwrap_or(rest.len());
        if !rest[..end].ends_with('/') {
            depth += 1;
            deepest = deepest.max(depth);
        }
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            let close = format!("</{name}");
            let found = rest
                .char_indices()
                .filter(|(_, c)| *c == '<')
                .find(|(at, _)| {
                    rest.get(*at..at + close.len())
                        .is_some_and(|tag| tag.eq_ignore_ascii_case(&close))
                });
            rest = &rest[found.map_or(rest.len(), |(at, _)| at)..];
        }
    }
    (deepest, n_elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-US"><head><title>Bridge closes - The Paper</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ann Poole and Ben Hart">
<meta property="article:published_time" content="2025-01-28T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bridge closes</h1>
<p>The <b>council</b> voted on Monday to close the <a href="/b">old bridge</a>, after a debate that went on for hours, and days.</p>
<h2 class="x">What comes next</h2>
<p>“It is over,”<br>said Mayor Jane Doe, who had asked for the vote. The bridge, built in 1931, will be torn down.</p>
</article><footer>Copyright</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_article_and_what_it_says_of_it() {
        let found = article(PAGE).unwrap();
        assert_eq!(found.about.headline.as_deref(), Some("Bridge closes"));
        assert_eq!(found.about.publisher.as_deref(), Some("The Paper"));
        assert_eq!(found.about.authors, ["Ann Poole", "Ben Hart"]);
        assert_eq!(found.published, "2025-01-28".parse().ok());
        assert_eq!(found.language.as_deref(), Some("en-US"));
        assert!(
            found.text.contains("the old bridge, after"),
            "{}",
            found.text
        );
        assert!(
            found.text.contains("\n## What comes next\n"),
            "{}",
            found.text
        );
        assert!(
            found.text.contains("“It is over,” said Mayor"),
            "{}",
            found.text
        );
        assert!(!found.text.contains("Home") && !found.text.contains("Copyright"));
    }

    #[test]
    fn the_day_of_a_page_is_found_in_every_spelling_and_never_made_up() {
        for (said, expected) in [
            (
                r#"<meta name="DC.date.issued" content="2019-06-01">"#,
                Some("2019-06-01"),
            ),
            (
                "<META content='2019-06-01T08:00' name='pubdate'>",
                Some("2019-06-01"),
            ),
            (
                r#"{"@graph":[{"dateModified":"2020-01-01"},{"datePublished":"2019-06-01T08:00:00Z"}]}"#,
                Some("2019-06-01"),
            ),
            (r#"<meta name="viewport" content="2019-06-01">"#, None),
            (r#"{"datePublished":"0001-01-01T00:00:00Z"}"#, None),
        ] {
            assert_eq!(
                published_by(said),
                expected.map(|day| day.parse().unwrap()),
                "{said}"
            );
        }
    }

    #[test]
    fn what_is_no_page_is_refused_in_a_sentence() {
        assert!(article("").unwrap_err().starts_with("no article was found"));
        let deep = "<div>".repeat(5000);
        assert!(article(&deep).unwrap_err().contains("5000 deep"));
        let wide = "<br>".repeat(200_000);
        assert!(article(&wide).unwrap_err().contains("200000 elements"));
    }

    #[test]
    fn scripts_and_closed_elements_count_for_little() {
        assert_eq!(nesting("<div><span></span><svg/><br><p>a<p>b</div>").0, 2);
        assert_eq!(nesting("<script>'<div><div><div>'</script>").0, 1);
    }
}
