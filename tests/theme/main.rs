//! The built-in theme, rendered from a made-up explainer that fills every field of the views.
//!
//! With `THEME_PREVIEW=DIR`, the pages are written there to be looked at.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use nutgraf::diag::{Diagnostics, Place};
use nutgraf::project::SourcePath;
use nutgraf::render::{BuiltIn, Shared, Templates, View};
use nutgraf::theme;
use regex::Regex;

/// Every page of the sample by its file.
fn rendered() -> BTreeMap<&'static str, String> {
    let words = theme::words("en", [], &mut Diagnostics::new());
    let shared = Shared::new(&sample::site(), &words[0]);
    let templates = Templates::new([], &BuiltIn::new("en")).unwrap();
    let asked_by = Place::file(&SourcePath::new("content/index.md"));
    sample::pages()
        .iter()
        .map(|(file, page)| {
            let template = format!("{}.html", page.layout);
            let bytes = templates.render(&template, &shared, View::Page(page), &asked_by);
            let bytes = bytes.unwrap_or_else(|fault| panic!("{file}: {fault:#?}"));
            (*file, String::from_utf8(bytes).unwrap())
        })
        .collect()
}

fn captures<'a>(pattern: &str, html: &'a str) -> Vec<&'a str> {
    let pattern = Regex::new(pattern).unwrap();
    let found = pattern.captures_iter(html);
    found
        .map(|capture| capture.get(1).unwrap().as_str())
        .collect()
}

#[test]
fn pages_can_be_looked_at() {
    let Some(folder) = std::env::var_os("THEME_PREVIEW") else {
        return;
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    for (file, html) in rendered() {
        std::fs::write(folder.join(file), html).unwrap();
    }
    for (name, bytes) in theme::STATIC {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

#[test]
fn a_strict_content_security_policy_holds() {
    for (file, html) in rendered() {
        assert!(
            captures(r"<[^>]*\s(style|on\w+)=", &html).is_empty(),
            "{file}"
        );
        let scripts = captures(r"<script([^>]*)>", &html);
        assert!(
            scripts
                .iter()
                .all(|script| *script == r#" type="application/ld+json""#),
            "{file}: {scripts:?}"
        );
        assert!(!html.contains("<style"), "{file}");
        let loaded = captures(
            r#"<(?:link rel="(?:stylesheet|icon)"|img|script)[^>]*(?:href|src)="([^"]*)""#,
            &html,
        );
        assert!(
            loaded.iter().all(|address| !address.contains("//")),
            "{file}: {loaded:?}"
        );
    }
}

#[test]
fn ids_are_unique_and_links_lead_to_what_is_there() {
    let pages = rendered();
    let ids: BTreeMap<&str, Vec<&str>> = pages
        .iter()
        .map(|(file, html)| (*file, captures(r#"\sid="([^"]*)""#, html)))
        .collect();
    for (file, html) in &pages {
        let unique: BTreeSet<_> = ids[file].iter().collect();
        assert_eq!(unique.len(), ids[file].len(), "{file}: {:?}", ids[file]);
        for href in captures(r#"<a [^>]*href="([^"]*)""#, html) {
            let (page, fragment) = href.split_once('#').unwrap_or((href, ""));
            if page.starts_with("https:") || page == "./" || page == "atom.xml" {
                continue;
            }
            let page = if page.is_empty() { *file } else { page };
            assert!(pages.contains_key(page), "{file}: {href}");
            assert!(
                fragment.is_empty() || ids[page].contains(&fragment),
                "{file}: {href}"
            );
        }
        for target in captures(r#"aria-labelledby="([^"]*)""#, html) {
            assert!(ids[file].contains(&target), "{file}: {target}");
        }
    }
}

#[test]
fn headings_start_at_one_and_skip_no_level() {
    for (file, html) in rendered() {
        let levels: Vec<u8> = captures(r"<h([1-6])[\s>]", &html)
            .iter()
            .map(|level| level.parse().unwrap())
            .collect();
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{file}"
        );
        assert_eq!(levels[0], 1, "{file}");
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{file}: {levels:?}"
        );
    }
}

#[test]
fn names_are_escaped() {
    let home = &rendered()["index.html"];
    let link = |name: &str| format!("<a href=\"desk.html\">{name}</a>");
    let (ada, bo, hale) = (link("Ada Lind"), link("Bo Öst"), link("C. &lt;Hale&gt;"));
    assert!(
        home.contains(&format!("By {ada}, {bo} and {hale}")),
        "{home}"
    );
}

#[test]
fn a_paraphrase_never_looks_like_a_quotation() {
    let html = &rendered()["reactions.html"];
    let start = html.find(r#"id="dispute""#).unwrap();
    let card = html[start..].split("</figure>").next().unwrap();
    assert!(
        !card.contains("blockquote") && !card.contains('“'),
        "{card}"
    );
    assert!(card.contains("In our words"));
}

#[test]
fn the_attribution_stands_outside_the_quotation_and_cite_names_works_only() {
    let html = &rendered()["reactions.html"];
    for quotation in captures(r"(?s)<blockquote[^>]*>(.*?)</blockquote>", html) {
        assert!(
            !quotation.contains("Mara Venn") && !quotation.contains("cite"),
            "{quotation}"
        );
    }
    assert!(
        captures(r"<cite>([^<]*)</cite>", html)
            .iter()
            .all(|work| work.contains("erry"))
    );
}

#[test]
fn a_date_that_html_cannot_express_is_no_time_element() {
    let html = &rendered()["timeline.html"];
    assert!(html.contains(r#"<time datetime="2025-01-20">January 20, 2025</time>"#));
    assert!(html.contains(r#"<span class="date">January 2 to January 10, 2025</span>"#));
}

#[test]
fn every_word_that_templates_use_is_there_and_every_word_is_used() {
    let words = &theme::words("en", [], &mut Diagnostics::new())[0];
    let templates: String = theme::TEMPLATES.iter().map(|(_, source)| *source).collect();
    let mut used: BTreeSet<String> = captures(r"(?:words|labels)\.([a-z_]+)", &templates)
        .into_iter()
        .map(str::to_owned)
        .collect();
    for key in captures(r#"plural\(key="([a-z_]+)""#, &templates) {
        used.extend(["one", "other"].map(|category| format!("{key}_{category}")));
    }
    let missing: Vec<_> = used
        .iter()
        .filter(|key| !words.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    // These are put into views before templates see them.
    let in_views = |key: &str| {
        let prefixes = [
            "date_",
            "figure_",
            "derived_",
            "cite_label",
            "cite_revision",
            "backstory",
            "chart_",
            "organisation",
            "events_per_",
            "explain",
            "verified",
            "unverified",
            "evidence_",
            "claim_",
            "list_last",
            "words_",
            "compared_on",
            "own_words_note",
            "link_to_section",
            "footnote",
            "back_to_reference",
            "page_number",
            "language_name",
            "authors",
            "task_",
            "alert_",
            "differ_in_",
            "correction_of",
            "update_of",
            "compare",
            "handout",
            "transcript",
        ];
        let is_short = key.ends_with("_short");
        is_short || prefixes.iter().any(|prefix| key.starts_with(prefix))
    };
    let unused: Vec<_> = words
        .keys()
        .filter(|key| !used.contains(*key) && !in_views(key))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_stylesheets_are_small_and_load_nothing() {
    let sheets = theme::STATIC
        .iter()
        .filter(|(name, _)| name.ends_with(".css"));
    for (name, css) in sheets {
        let css = std::str::from_utf8(css).unwrap();
        assert!(css.len() < 32 * 1024, "{name}: {}", css.len());
        assert!(!css.contains("@import") && !css.contains("url(") && !css.contains("@font-face"));
    }
}
