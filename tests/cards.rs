//! The pictures of pages for where their addresses are shared.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::{Project, tree};

fn project(site: &str) -> Project {
    let project = Project::small();
    project.write("site.yaml", site);
    project
}

/// The cards of a built site by name.
fn cards(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = tree(&project.path("public")).into_iter();
    files
        .filter(|(path, _)| path.starts_with("cards/"))
        .collect()
}

/// The card that a page names.
fn named(project: &Project, page: &str) -> Option<String> {
    let html = project.read(&format!("public/{page}"));
    let start = "<meta property=\"og:image\" content=\"https://example.org/x/";
    let (_, rest) = html.split_once(start)?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

const SITE: &str = "title: Test\nbase_url: https://example.org/x/\n";

#[test]
fn every_page_names_a_picture_that_is_there() {
    let project = project(SITE);
    project.run(&["build"]).expect(0);
    let cards = cards(&project);
    assert_eq!(cards.len(), 2);
    for page in ["index.html", "timeline/index.html"] {
        let card = &cards[&named(&project, page).unwrap()];
        assert_eq!(&card[..8], b"\x89PNG\r\n\x1a\n");
        let size = |at: usize| u32::from_be_bytes(card[at..at + 4].try_into().unwrap());
        assert_eq!((size(16), size(20)), (1200, 630));
        assert!(card.len() < 100_000, "{}", card.len());
    }
    let html = project.read("public/index.html");
    assert!(
        html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"),
        "{html}"
    );
    assert!(
        html.contains("content=\"Explainer · Home · Test\""),
        "{html}"
    );
}

#[test]
fn the_same_site_has_the_same_pictures_and_another_headline_another() {
    let first = project(SITE);
    let second = project(SITE);
    first.run(&["build"]).expect(0);
    second.run(&["build"]).expect(0);
    assert_eq!(cards(&first), cards(&second));
    let before = cards(&first);
    let timeline = first.read("content/timeline.md");
    first.write(
        "content/timeline.md",
        &timeline.replace("title: Timeline", "title: What came when"),
    );
    first.run(&["build"]).expect(0);
    let after = cards(&first);
    assert_eq!(
        after.len(),
        2,
        "the old picture is gone: {:?}",
        after.keys()
    );
    assert_eq!(
        before
            .keys()
            .filter(|name| after.contains_key(*name))
            .count(),
        1
    );
    assert!(after.contains_key(&named(&first, "timeline/index.html").unwrap()));
}

#[test]
fn a_picture_that_was_damaged_is_drawn_again() {
    let project = project(SITE);
    project.run(&["build"]).expect(0);
    let before = cards(&project);
    let name = named(&project, "index.html").unwrap();
    fs::write(project.path("public").join(&name), "no picture").unwrap();
    project.run(&["build"]).expect(0);
    assert_eq!(cards(&project), before);
}

#[test]
fn there_are_none_without_an_address_or_if_the_site_wants_none() {
    for site in ["title: Test\n".to_owned(), format!("{SITE}cards: false\n")] {
        let project = project(&site);
        project.run(&["build"]).expect(0);
        assert!(cards(&project).is_empty());
        let html = project.read("public/index.html");
        assert!(
            html.contains("<meta name=\"twitter:card\" content=\"summary\">"),
            "{html}"
        );
    }
}

#[test]
fn the_address_stands_in_for_a_headline_that_cannot_be_drawn() {
    let project = project(SITE);
    let timeline = project.read("content/timeline.md");
    project.write(
        "content/timeline.md",
        &timeline.replace("title: Timeline", "title: 时间线\nslug: timeline"),
    );
    let run = project.run(&["build"]);
    assert!(
        run.stderr
            .contains("hint[plain-card]: the pictures of 1 of 2 pages"),
        "{}",
        run.stderr
    );
    run.expect(0);
    assert_eq!(cards(&project).len(), 2);
    assert!(named(&project, "timeline/index.html").is_some());
    let html = project.read("public/timeline/index.html");
    let alt = "<meta property=\"og:image:alt\" content=\"Home · example.org/x · Test\">";
    assert!(html.contains(alt), "{html}");
}

/// A font with the letters of a few Chinese words.
const CHINESE: &[u8] = include_bytes!("../crates/cards/tests/fonts/chinese.otf");

#[test]
fn a_font_that_the_site_names_draws_a_headline_in_its_script() {
    let project = project(&format!("{SITE}card_fonts: [fonts/chinese.otf]\n"));
    let timeline = project.read("content/timeline.md");
    project.write(
        "content/timeline.md",
        &timeline.replace("title: Timeline", "title: 市议会投票\nslug: timeline"),
    );
    fs::create_dir_all(project.path("static/fonts")).unwrap();
    fs::write(project.path("static/fonts/chinese.otf"), CHINESE).unwrap();
    let run = project.run(&["build"]).expect(0);
    assert!(!run.stderr.contains("plain-card"), "{}", run.stderr);
    let html = project.read("public/timeline/index.html");
    let alt = "<meta property=\"og:image:alt\" content=\"Home · 市议会投票 · Test\">";
    assert!(html.contains(alt), "{html}");

    // Another font may draw the same words in another way, so the picture has another address.
    let before = named(&project, "timeline/index.html");
    let mut other = CHINESE.to_vec();
    other.push(0);
    fs::write(project.path("static/fonts/chinese.otf"), other).unwrap();
    project.run(&["build"]).expect(0);
    assert_ne!(named(&project, "timeline/index.html"), before);
}

#[test]
fn a_font_that_cannot_be_used_is_reported_at_its_name() {
    let project = project(&format!(
        "{SITE}card_fonts:\n  - fonts/none.ttf\n  - static/words.ttf\n"
    ));
    fs::create_dir_all(project.path("static")).unwrap();
    fs::write(project.path("static/words.ttf"), "no font").unwrap();
    let run = project.run(&["check"]).expect(1);
    for expected in [
        "error[bad-config]: there is no file `static/fonts/none.ttf`\n --> site.yaml:4:5",
        "error[bad-config]: `static/words.ttf` isn't a font that can be read (OpenType or TrueType)\n --> site.yaml:5:5",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
}

const FIGURES: &str = "---\ntitle: Key figures\ncard: figure:ships\nfigures:\n  - id: ships\n    title: Ships a year\n    series: [{date: 2023, value: 24000, qualifier: over}, {date: 2024, value: 36500}]\n    chart: line\n    source: paper\n---\n";

#[test]
fn a_card_draws_the_figure_that_its_page_names() {
    let project = project(SITE);
    project.write("content/figures.md", FIGURES);
    project.run(&["build"]).expect(0);
    let html = project.read("public/figures/index.html");
    let alt =
        "<meta property=\"og:image:alt\" content=\"Ships a year: 36,500 · Key figures · Test\">";
    assert!(html.contains(alt), "{html}");
    let of_page = |files: &BTreeMap<String, Vec<u8>>| {
        let name = named(&project, "figures/index.html").unwrap();
        (name.clone(), files[&name].clone())
    };
    let (name, drawn) = of_page(&cards(&project));
    for (from, to) in [
        ("value: 36500", "value: 36000"),
        ("value: 24000", "value: 23000"),
        ("title: Ships a year", "title: Ships in a year"),
        ("chart: line", "chart: dot"),
        ("date: 2023", "date: 2022"),
    ] {
        project.write("content/figures.md", &FIGURES.replace(from, to));
        project.run(&["build"]).expect(0);
        let (other, changed) = of_page(&cards(&project));
        assert!(name != other && drawn != changed, "{from}");
    }
    // A publisher's name is part of the card, and so is that the sources differ.
    let home = project.read("content/index.md");
    let published = home.replace(
        "title: The paper\n",
        "title: The paper\n    publisher: The Gazette\n",
    );
    project.write("content/index.md", &published);
    project.write("content/figures.md", FIGURES);
    project.run(&["build"]).expect(0);
    assert_ne!(of_page(&cards(&project)).0, name);
}

#[test]
fn a_card_draws_the_quotation_that_its_page_names_wherever_it_is() {
    let project = project(SITE);
    project.write(
        "content/voices.md",
        "---\ntitle: Voices\npeople:\n  - {id: ada, name: Ada Moreno, role: mayor}\nreactions:\n  - id: hers\n    speaker: ada\n    quote: We will not go back\n    source: paper\n  - {id: his, speaker: ada, text: The mayor was against it., source: paper}\n---\n",
    );
    let home = project.read("content/index.md");
    for (card, said) in [
        ("hers", "Ada Moreno: “We will not go back” · Home · Test"),
        (
            "reaction:hers",
            "Ada Moreno: “We will not go back” · Home · Test",
        ),
        ("his", "Ada Moreno: The mayor was against it. · Home · Test"),
    ] {
        let named = home.replace("title: Home\n", &format!("title: Home\ncard: {card}\n"));
        project.write("content/index.md", &named);
        project.run(&["build"]).expect(0);
        let html = project.read("public/index.html");
        let alt = format!("<meta property=\"og:image:alt\" content=\"{said}\">");
        assert!(html.contains(&alt), "{html}");
    }
}

#[test]
fn a_card_that_draws_something_comes_before_the_picture_of_the_page() {
    let project = project(SITE);
    project.run(&["build"]).expect(0);
    let picture = &cards(&project)[&named(&project, "index.html").unwrap()];
    fs::write(project.path("content/photo.png"), picture).unwrap();
    let with = |line: &str| {
        FIGURES.replace(
            "card: figure:ships\n",
            &format!("image: {{file: photo.png, alt: A quay}}\n{line}"),
        )
    };
    let alt = || {
        project.run(&["build"]).expect(0);
        let html = project.read("public/figures/index.html");
        let (_, alt) = html.split_once("og:image:alt\" content=\"").unwrap();
        alt.split_once('"').unwrap().0.to_owned()
    };
    project.write("content/figures.md", &with(""));
    assert_eq!(alt(), "A quay");
    project.write("content/figures.md", &with("card: ships\n"));
    assert_eq!(alt(), "Ships a year: 36,500 · Key figures · Test");
}

#[test]
fn a_card_of_what_is_not_there_or_cannot_be_drawn_is_a_fault_at_its_name() {
    let project = project(SITE);
    for (card, fault) in [
        (
            "figure:ship",
            "error[unknown-record]: there is no figure and no reaction `figure:ship`\n --> content/figures.md:3:7",
        ),
        (
            "none",
            "error[unknown-record]: there is no figure and no reaction `none`\n --> content/figures.md:3:7",
        ),
        (
            "event:vote",
            "error[bad-value]: a card draws a figure or a reaction; `vote` names a record of `events`\n --> content/figures.md:3:7",
        ),
        (
            "paper",
            "error[bad-value]: a card draws a figure or a reaction; `paper` names a record of `sources`\n --> content/figures.md:3:7",
        ),
    ] {
        let page = FIGURES.replace("card: figure:ships", &format!("card: {card}"));
        project.write("content/figures.md", &page);
        let run = project.run(&["check"]).expect(1);
        assert!(run.stderr.contains(fault), "{card}\n{}", run.stderr);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains("figure:ships"), "{}", run.stderr);
    }
    // The record's own fault is the only one.
    let broken = FIGURES.replace("value: 36500", "value: many");
    project.write("content/figures.md", &broken);
    let run = project.run(&["check"]).expect(1);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
}

#[test]
fn a_card_draws_parts_of_a_whole_over_time() {
    let project = project(SITE);
    let page = |chart: &str| {
        format!(
            "---\ntitle: Key figures\ncard: ships\nfigures:\n  - {{id: ships, title: Ships, unit: percent, chart: {chart}, with: [boats], source: paper, series: [{{date: 2023, value: 60}}, {{date: 2024, value: 55}}]}}\n  - {{id: boats, title: Boats, unit: percent, source: paper, series: [{{date: 2023, value: 40}}, {{date: 2024, value: 45}}]}}\n---\n"
        )
    };
    let drawn = |chart: &str| {
        project.write("content/figures.md", &page(chart));
        project.run(&["build"]).expect(0);
        cards(&project)[&named(&project, "figures/index.html").unwrap()].clone()
    };
    let kinds = ["stacked", "line", "multiples"].map(drawn);
    assert_ne!(kinds[0], kinds[1]);
    // Several lines are drawn as such, whether the page has them in one plot or in several.
    assert!(kinds[1].len() > 5_000 && kinds[2].len() > 5_000);
}
