//! What the built-in theme makes of records and sites that are out of the ordinary.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use regex::Regex;
use support::Project;

/// What a pattern's only group captures, in order.
fn captures(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let found = pattern.captures_iter(text);
    found.map(|capture| capture[1].to_owned()).collect()
}

/// The page that a front matter of records makes.
fn page_of(front_matter: &str) -> String {
    let project = Project::small();
    project.write(
        "content/records.md",
        &format!("---\ntitle: Records\n{front_matter}---\n"),
    );
    project.run(&["build"]).expect(0);
    project.read("public/records/index.html")
}

#[test]
fn bars_below_zero_start_at_zero_and_grow_the_other_way() {
    let html = page_of(
        "figures:\n  - id: balance\n    title: Losses turned into gains\n    unit: euros\n    chart: bar\n    source: paper\n    \
         series: [{date: 2022, value: -30}, {date: 2023, value: -15}, {date: 2024, value: 10}]\n",
    );
    assert_eq!(
        captures(r#"<rect class="fill" (x="\S+" width="\S+")"#, &html),
        [
            r#"x="0.0%" width="75.0%""#,
            r#"x="37.5%" width="37.5%""#,
            r#"x="75.0%" width="25.0%""#
        ]
    );
    assert_eq!(
        captures(r#"<line class="zero" x1="(\S+)""#, &html),
        ["75.0%"; 3]
    );
}

#[test]
fn the_longest_bar_is_as_long_as_can_be_and_a_share_ends_at_a_hundred() {
    let html = page_of(
        "figures:\n  - {id: a, title: A, unit: ships, chart: bar, source: paper, series: [{date: 2023, value: 24}, {date: 2024, value: 36}]}\n  \
         - {id: b, title: B, value: 55, unit: percent, chart: bar, source: paper}\n",
    );
    assert_eq!(
        captures(r#"<rect class="fill" x="0.0%" width="(\S+)%""#, &html),
        ["66.7", "100.0", "55.0"]
    );
    assert!(!html.contains("class=\"zero\""), "{html}");
}

#[test]
fn both_ends_of_a_range_are_shown_drawn_and_told_to_machines() {
    let project = Project::small();
    project.write(
        "content/numbers.md",
        "---\ntitle: Numbers\nfigures:\n  - {id: crowd, title: Crowd, value: 300, to: 400, unit: people, chart: bar, source: paper}\n  \
         - {id: cost, title: Cost, value: 20, to: 45, unit: USD, source: paper}\n  \
         - {id: vast, title: Vast, value: 1, to: 79228162514264337593543950335, chart: bar, source: paper}\n---\n\
         Between [](figure:crowd) came.\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/numbers/index.html");
    for part in [
        "<data value=\"300/400\">300–400",
        ">300–400\u{a0}people</a> came",
        "<data value=\"20/45\">$20–$45",
        "x1=\"75.0%\" x2=\"100.0%\"",
        "\"maxValue\":400,\"minValue\":300",
    ] {
        assert!(html.contains(part), "{part} isn't in {html}");
    }
    let csv = project.read("public/data/figures.csv");
    assert!(csv.contains("crowd,Crowd,,,,300,400,people"), "{csv}");
}

#[test]
fn numbers_side_by_side_have_labels_in_every_output() {
    let project = Project::small();
    let series = "{label: Hillside, value: 41}, {label: \"The quays, old and new\", value: 38.5}, {label: Marsh, value: 9}";
    project.write(
        "content/numbers.md",
        &format!(
            "---\ntitle: Numbers\nfigures:\n  - {{id: a, title: Votes by district, unit: percent, chart: bar, date: 2024-05-05, source: paper, series: [{series}]}}\n\
             \x20 - {{id: b, title: Half, derive: \"share(a@Marsh, a@Hillside)\"}}\n---\n"
        ),
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/numbers/index.html");
    let labels: Vec<&str> = html
        .match_indices("class=\"bar-label\">")
        .map(|(at, start)| {
            let rest = &html[at + start.len()..];
            &rest[..rest.find('<').unwrap()]
        })
        .collect();
    assert_eq!(labels, ["Hillside", "The quays, old and new", "Marsh"]);
    for part in [
        "<data value=\"41\">41",
        "<p class=\"comparison\">Hillside</p>",
        "<th scope=\"col\">What</th>",
        "<th scope=\"row\">Marsh</th>",
        "9% (Marsh)",
    ] {
        assert!(html.contains(part), "{part} isn't in {html}");
    }
    let csv = project.read("public/data/figures.csv");
    assert!(
        csv.starts_with("id,title,date,label,qualifier,value,"),
        "{csv}"
    );
    assert!(
        csv.contains("a,Votes by district,2024-05-05,\"The quays, old and new\",,38.5,,percent"),
        "{csv}"
    );
    let json = project.read("public/data/figures.json");
    assert!(
        json.contains("\"label\":\"Marsh\"") || json.contains("\"label\": \"Marsh\""),
        "{json}"
    );
}

#[test]
fn beside_every_chart_is_a_table_and_a_csv_wherever_the_chart_stands() {
    let project = Project::small();
    project.write(
        "content/numbers.md",
        "---\ntitle: Numbers\nfigures:\n  - {id: a, title: A, unit: ships, chart: line, source: paper, series: [{date: 2023, value: 24}, {date: 2024, value: 36}]}\n  \
         - {id: b, title: B, value: 55, unit: percent, margin: 3, chart: bar, source: paper}\n  - {id: c, title: C, value: 5, chart: none, source: paper}\n---\n",
    );
    project.write(
        "content/prose.md",
        "---\ntitle: Prose\n---\n![](figure:a)\n\n![](figure:b)\n\n![](figure:c)\n",
    );
    project
        .run(&["build", "-u", "https://example.org/"])
        .expect(0);
    let tables = |page: &str| {
        let html = project.read(page);
        let cells = captures("<td class=\"number\">([^<]*)</td>", &html);
        (cells, captures("<a href=\"([^\"]*)\">CSV</a>", &html).len())
    };
    let (a, b) = (["24\u{a0}ships", "36\u{a0}ships"], ["55%"]);
    let both: Vec<String> = a.into_iter().chain(b).map(str::to_owned).collect();
    assert_eq!(tables("public/numbers/index.html"), (both.clone(), 2));
    assert_eq!(tables("public/prose/index.html"), (both, 2));
    assert_eq!(
        tables("public/embed/numbers/b/index.html"),
        (b.map(str::to_owned).to_vec(), 1)
    );
    // A margin applies to the whole figure, so that the table has no column for it.
    for page in ["numbers", "prose", "embed/numbers/b"] {
        let html = project.read(&format!("public/{page}/index.html"));
        assert!(html.contains("<dd>±3</dd>"), "{page}: {html}");
    }
}

#[test]
fn an_event_of_a_decade_is_filed_under_the_decade() {
    let html = page_of(
        "events:\n  - {date: 201X, title: The idea, source: paper}\n  - {date: 2024-02, title: The plan, source: paper}\n",
    );
    assert_eq!(
        captures(r#"id="_year-\d">([^<]*)<"#, &html),
        ["the 2010s", "2024"]
    );
}

#[test]
fn a_strip_of_a_hundred_years_has_ticks_at_round_ones() {
    let html = page_of(
        "events:\n  - {date: 1998, title: The start, source: paper}\n  - {date: 2099, title: The end, expected: true, source: paper}\n",
    );
    assert_eq!(
        captures(r"<text[^>]*>(\d+)</text>", &html),
        ["2000", "2020", "2040", "2060", "2080"]
    );
}

#[test]
fn statements_of_one_organization_stand_together_below_its_name() {
    let html = page_of(
        "people:\n  - {id: ada, name: Ada Lind, role: Chair, organisation: Harbor}\n  - {id: bo, name: Bo Dahl}\n\
         reactions:\n  - {id: one, speaker: ada, quote: Yes., source: paper}\n  - {id: two, speaker: bo, quote: No., source: paper}\n  \
         - {id: three, speaker: ada, quote: Indeed., source: paper}\n",
    );
    let in_order = captures(
        r#"(?:<figure class="reaction is-quotation" id="(?P<id>[^"]*)")"#,
        &html,
    );
    assert_eq!(in_order, ["one", "three", "two"]);
    assert_eq!(
        captures(r#"class="group-title">([^<]*)<"#, &html),
        ["Harbor"]
    );
    let roles = captures(r#"<p class="role">([^<]*)</p>"#, &html);
    assert_eq!(
        roles.iter().filter(|role| *role == "Chair").count(),
        2,
        "{roles:?}"
    );
}

#[test]
fn reactions_are_grouped_by_speaker_or_by_date_if_the_page_says_so() {
    let said = "people:\n  - {id: ada, name: Ada Lind, organisation: Harbor}\n  - {id: bo, name: Bo Dahl, organisation: Harbor}\n\
         reactions:\n  - {id: one, speaker: ada, quote: Yes., date: 2024-02-03, source: paper}\n  \
         - {id: two, speaker: bo, quote: No., date: 2024-02-01T10:30, source: paper}\n  \
         - {id: three, speaker: ada, quote: Perhaps., source: paper}\n  \
         - {id: four, speaker: ada, quote: Never., date: 2024-02-01, source: paper}\n";
    let shown = |group_by: &str| {
        let html = page_of(&format!("group_by: {group_by}\n{said}"));
        let ids = captures(
            r#"<figure class="reaction is-quotation" id="([^"]*)""#,
            &html,
        );
        let titles = captures(r#"class="group-title">([^<]*)<"#, &html);
        (ids.join(" "), titles.join("; "))
    };
    let (by_speaker, speakers) = shown("speaker");
    assert_eq!(by_speaker, "one three four two");
    assert_eq!(speakers, "Ada Lind; Bo Dahl");
    let (by_date, dates) = shown("date");
    assert_eq!(by_date, "four two one three");
    assert_eq!(dates, "February 1, 2024; February 3, 2024");
    let project = Project::small();
    project.write(
        "content/records.md",
        &format!("---\ntitle: Records\ngroup_by: speakers\n{said}---\n"),
    );
    let run = project.run(&["check"]).expect(1);
    assert!(
        run.stderr.contains("content/records.md:3:11")
            && run.stderr.contains("did you mean `speaker`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_timeline_is_divided_into_eras_as_far_as_they_are_known() {
    let events = "events:\n  - {date: 2024-01-10, title: The start, source: paper}\n  - {date: 2024-12-20, title: The end, source: paper}\n";
    let html = page_of(&format!(
        "eras:\n  - {{title: After, date: 2024-07/..}}\n  - {{title: Before, date: 2023/2024-06}}\n  - {{title: Long ago, date: 1990/1999}}\n{events}"
    ));
    let listed = captures(r#"<li><span class="fact">([^<]*)</span>"#, &html);
    assert_eq!(listed, ["Long ago", "Before", "After"]);
    let bands = captures(r#"<rect class="era" (x="\S+" width="\S+")"#, &html);
    assert_eq!(
        bands,
        [r#"x="0.0%" width="50.0%""#, r#"x="50.0%" width="50.0%""#]
    );
    let project = Project::small();
    project.write(
        "content/records.md",
        "---\ntitle: Records\neras:\n  - {title: One, date: soon}\n  - {date: 2024}\n---\n",
    );
    let run = project.run(&["check"]).expect(1);
    for fault in [
        "content/records.md:4:3",
        "the page has `eras` and no events",
        "content/records.md:4:24",
        "content/records.md:5:5",
    ] {
        assert!(run.stderr.contains(fault), "no {fault} in {}", run.stderr);
    }
}

#[test]
fn an_explainer_of_several_pages_is_on_one_page_for_paper() {
    let project = newsroom();
    let page = "---\ntitle: What to know\ndescription: In short.\nweight: 9\n---\n## Why\n\nSo it is [@paper].[^1] See [above](#why) and ![](event:vote).\n\n![](event:vote)\n\n[^1]: A note.\n";
    let page = page.replace(" and ![](event:vote)", "");
    project.write("content/a/know.md", &page);
    project.write(
        "content/a/more.md",
        &page.replace("weight: 9", "weight: 10"),
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/a/handout/index.html");
    assert_eq!(
        captures(r#"<h2 class="chapter-title">([^<]*)<"#, &html),
        ["What to know", "What to know", "Timeline"]
    );
    let mut ids = captures(r#"\sid="([^"]*)""#, &html);
    let n_ids = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), n_ids, "{html}");
    for fragment in captures(r##"href="#([^"]*)""##, &html) {
        assert!(ids.contains(&fragment), "{fragment} isn't among {ids:?}");
    }
    // One list of sources, at the end, with the marks of all pages.
    assert_eq!(captures(r#"<li id="(_cite-\d+)""#, &html), ["_cite-1"]);
    assert_eq!(captures(r#"id="(_ref-1-\d)""#, &html).len(), 3);
    assert!(!html.contains("<input"), "{html}");
    let front = project.read("public/a/index.html");
    assert!(front.contains("href=\"handout/\""), "{front}");
    // One page is a handout by itself.
    std::fs::remove_file(project.path("content/b/timeline.md")).unwrap();
    project.run(&["build"]).expect(0);
    assert!(!project.path("public/b/handout/index.html").exists());
    project.write("site.yaml", "title: Test\nhandouts: false\n");
    project.run(&["build"]).expect(0);
    assert!(!project.path("public/a/handout/index.html").exists());
}

#[test]
fn a_quotation_in_another_language_runs_in_that_languages_direction() {
    let html = page_of(
        "people: [{id: ada, name: Ada Lind}]\n\
         reactions:\n  - {speaker: ada, quote: نعم., language: ar, translation: Yes., source: paper}\n  \
         - {speaker: ada, quote: No., source: paper}\n",
    );
    assert_eq!(
        captures("<blockquote([^>]*)>", &html),
        [r#" lang="ar" dir="auto""#, ""]
    );
}

#[test]
fn a_page_of_several_kinds_of_records_has_a_heading_for_each() {
    let html = page_of(
        "people: [{id: ada, name: Ada Lind}]\nterms: [{id: quay, term: Quay, definition: A wall.}]\n",
    );
    assert_eq!(
        captures(r#"<h2 class="part">([^<]*)</h2>"#, &html),
        ["People", "Glossary"]
    );
    assert!(
        html.contains(r#"<h3 class="person-name">Ada Lind</h3>"#),
        "{html}"
    );
    let html = page_of("people: [{id: ada, name: Ada Lind}]\n");
    assert!(
        html.contains(r#"<h2 class="person-name">Ada Lind</h2>"#),
        "{html}"
    );
}

/// A site of two explainers and a page.
fn newsroom() -> Project {
    let project = Project::small();
    let timeline = project.read("content/timeline.md");
    project.write(
        "content/index.md",
        "---\ntitle: Test\nsources: [{id: paper, title: The paper}]\n---\n",
    );
    project.write("content/about.md", "---\ntitle: About us\n---\n");
    std::fs::remove_file(project.path("content/timeline.md")).unwrap();
    for (folder, title) in [("a", "The harbor"), ("b", "The tram")] {
        let index = format!("---\ntitle: {title}\nexplainer: true\n---\nIt is so [@paper].\n");
        project.write(&format!("content/{folder}/index.md"), &index);
        project.write(&format!("content/{folder}/timeline.md"), &timeline);
    }
    project
}

#[test]
fn two_timelines_of_a_site_have_titles_of_their_own() {
    let project = newsroom();
    project.run(&["build"]).expect(0);
    let title = |page: &str| captures("<title>([^<]*)</title>", &project.read(page)).remove(0);
    assert_eq!(
        title("public/a/timeline/index.html"),
        "Timeline – The harbor – Test"
    );
    assert_eq!(
        title("public/b/timeline/index.html"),
        "Timeline – The tram – Test"
    );
    assert_eq!(title("public/a/index.html"), "The harbor – Test");
    assert_eq!(title("public/about/index.html"), "About us – Test");
}

#[test]
fn a_front_page_lists_its_explainers_before_other_pages_and_so_does_the_404_page_list_pages() {
    let project = newsroom();
    project
        .run(&["build", "-u", "https://example.org/repo/"])
        .expect(0);
    let listed = |page: &str| captures(r#"<h2><a href="([^"]*)">"#, &project.read(page));
    assert_eq!(listed("public/index.html"), ["a/", "b/", "about/"]);
    assert_eq!(
        listed("public/404.html"),
        ["/repo/", "/repo/about/", "/repo/a/", "/repo/b/"]
    );
}

#[test]
fn colors_are_for_screens_and_for_readers_who_want_no_more_contrast() {
    let project = Project::small();
    project.write("site.yaml", "title: Test\ncolors: {accent: \"#7a0019\"}\n");
    project.run(&["build"]).expect(0);
    let html = project.read("public/index.html");
    assert!(
        html.contains(
            r#"<link rel="stylesheet" media="screen and (not (prefers-contrast: more))" href="colors."#
        ),
        "{html}"
    );
}

#[test]
fn a_background_on_which_marks_cannot_be_read_is_refused_until_they_have_a_color_too() {
    let project = Project::small();
    let site = "title: Test\ncolors:\n  background: \"#0a3033\"\n  surface: \"#0a3033\"\n  text: \"#ffffff\"\n  muted: \"#eeeeee\"\n  accent: \"#bfeeee\"\n";
    project.write("site.yaml", site);
    let run = project.run(&["build"]);
    assert!(
        run.stderr
            .contains("on light pages `notice` on `background` has a contrast of 2."),
        "{}",
        run.stderr
    );
    run.expect(1);
    project.write("site.yaml", &format!("{site}  notice: \"#ffd9a0\"\n"));
    project.run(&["build"]).expect(0);
}

#[test]
fn what_the_program_says_in_prose_is_in_the_sites_language() {
    let project = Project::small();
    project.write("site.yaml", "title: Puerto\nlanguage: es\n");
    project.write(
        "content/prosa.md",
        "---\ntitle: Prosa\n---\nSí.[^1]\n\n## Muelle\n\n- [x] hecho\n- [ ] por hacer\n\n> [!WARNING]\n> Nadie lo sabe.\n\n[^1]: En efecto.\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/prosa/index.html");
    let prose = html.split_once("<div class=\"prose\">").unwrap().1;
    assert_eq!(
        captures("aria-label=\"([^\"]*)\"", prose)[..5],
        [
            "Nota al pie 1",
            "Enlace a esta sección",
            "Hecho",
            "Pendiente",
            "Notas al pie"
        ]
    );
    assert!(
        prose.contains("<p class=\"alert-title\">Advertencia</p>"),
        "{prose}"
    );
    let found = project.read("public/search/pages/0.json");
    assert!(!found.contains(['\u{fffe}', '\u{ffff}']), "{found}");
}

#[test]
fn percent_and_money_are_written_as_each_language_does() {
    let written = |language: &str| {
        let project = Project::small();
        project.write("site.yaml", &format!("title: Test\nlanguage: {language}\n"));
        project.write(
            "content/costs.md",
            "---\ntitle: Costs\nfigures:\n  - {id: cost, title: Cost, value: 2500000.5, unit: EUR, source: paper}\n  \
             - {id: share, title: Share, value: 62.5, unit: percent, source: paper}\n  \
             - {id: loss, title: Loss, value: -7, unit: USD, source: paper}\n---\n[](figure:cost) | [](figure:share) | [](figure:loss)\n",
        );
        project.run(&["build"]).expect(0);
        let html = project.read("public/costs/index.html");
        let words = captures(
            r#"<a class="record-link figure-link"[^>]*>([^<]*)</a>"#,
            &html,
        );
        words.join(" | ").replace(['\u{a0}', '\u{202f}'], "_")
    };
    assert_eq!(written("en"), "€2,500,000.5 | 62.5% | −$7");
    assert_eq!(written("de"), "2.500.000,5_€ | 62,5_% | −7_$");
    assert_eq!(written("fr"), "2_500_000,5_€ | 62,5_% | −7_$US");
    assert_eq!(written("nl"), "€_2.500.000,5 | 62,5% | US$_−7");
    assert_eq!(written("tr"), "€2.500.000,5 | %62,5 | −$7");
}

#[test]
fn the_scale_of_a_line_fits_and_that_of_columns_starts_at_zero() {
    let points = |n: usize| -> String {
        let points = (0..n).map(|index| {
            let (year, month) = (2019 + index / 12, index % 12 + 1);
            let value = 41 + index % 7;
            format!("{{date: {year}-{month:02}, value: {value}}}")
        });
        points.collect::<Vec<_>>().join(", ")
    };
    let html = page_of(&format!(
        "figures:\n  - {{id: a, title: A, unit: percent, chart: line, source: paper, series: [{0}]}}\n  \
         - {{id: b, title: B, unit: ships, chart: bar, alt: Ships come in waves., source: paper, series: [{0}]}}\n",
        points(72)
    ));
    let scales = captures(r#"<div class="scale">(.*?)</div>"#, &html);
    let values = |scale: &str| captures("<span>([^<]*)</span>", scale);
    assert_eq!(values(&scales[0]), ["48%", "46%", "44%", "42%", "40%"]);
    assert_eq!(values(&scales[1]), ["50", "40", "30", "20", "10", "0"]);
    assert_eq!(
        captures(r#"class="plot is-(\w+)""#, &html),
        ["line", "column"]
    );
    let dates = captures(r#"<text class="\w+"[^>]*dy="1.5em">([^<]*)</text>"#, &html);
    assert_eq!(dates[..6], ["2019", "2020", "2021", "2022", "2023", "2024"]);
    assert!(
        html.contains("A: 72 values, from 41% (January 2019) to 42% (December 2024)."),
        "{html}"
    );
    assert!(html.contains(r#"aria-label="B: Ships come in waves.""#));
}

#[test]
fn many_events_are_counted_in_columns_and_folded_by_year() {
    let events = |n: usize| {
        let events = (0..n).map(|index| {
            let (year, day) = (2010 + index / 10, index % 28 + 1);
            format!("  - {{id: e{index}, date: {year}-05-{day:02}, title: E, source: paper}}\n")
        });
        format!("events:\n{}", events.collect::<String>())
    };
    let html = page_of(&events(100));
    assert_eq!(
        captures(r#"<p class="counted">([^<]*)</p>"#, &html),
        ["Events per year"]
    );
    let years = captures(
        r#"class="year-name">([^<]*)</h2> <span class="count">10</span>"#,
        &html,
    );
    assert_eq!(years.len(), 10);
    assert_eq!(
        captures(r##"<li><a href="#(_year-\d+)">20"##, &html).len(),
        10
    );
    let html = page_of(&events(20));
    assert!(!html.contains("<details class=\"fold\"") && !html.contains("class=\"jump\""));
}

#[test]
fn words_that_are_in_english_for_want_of_others_say_so() {
    let html = |language: &str| {
        let project = Project::small();
        project.write("site.yaml", &format!("title: Test\nlanguage: {language}\n"));
        project.run(&["build"]).expect(0);
        project.read("public/timeline/index.html")
    };
    assert!(html("he").contains(r#"<bdi lang="en">Sources</bdi>"#));
    assert!(!html("he").contains(r#"aria-label="<bdi"#));
    assert!(!html("es").contains("<bdi lang"));
    assert!(!html("en").contains("<bdi lang"));
}

/// A JPEG of 2 by 1 pixels whose camera was held upright or turned, and noted where it was.
fn photo() -> Vec<u8> {
    let mut photo = include_bytes!("../crates/pictures/tests/black.jpg").to_vec();
    let noted =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 at 52.5 north";
    let length = u16::try_from(noted.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, 0xe1], length.as_slice(), noted].concat();
    photo.splice(2..2, segment);
    photo
}

#[test]
fn a_picture_has_its_size_and_loses_what_its_camera_noted() {
    let project = Project::small();
    std::fs::write(project.path("content/Quay 1.JPG"), photo()).unwrap();
    project.write(
        "content/about.md",
        "---\ntitle: About\n---\n![The quay](<Quay 1.JPG> \"Seen from the pier\")\n",
    );
    project.run(&["build"]).expect(0);
    let html = project.read("public/about/index.html");
    assert!(
        html.contains(r#"<img src="../Quay%201.JPG" width="1" height="2" alt="The quay""#),
        "{html}"
    );
    let published = std::fs::read(project.path("public/Quay 1.JPG")).unwrap();
    assert!(!published.windows(5).any(|window| window == b"north"));
}

#[test]
fn a_file_that_is_no_picture_in_spite_of_its_name_is_refused_where_it_is_shown() {
    let project = Project::small();
    for (name, bytes) in [
        ("empty.jpg", &b""[..]),
        (
            "pointer.png",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n",
        ),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    ] {
        std::fs::write(project.path(&format!("content/{name}")), bytes).unwrap();
    }
    project.write(
        "content/about.md",
        "---\ntitle: About\n---\n![A](empty.jpg)\n\n![B](pointer.png)\n\n![C](phone.heic)\n",
    );
    let run = project.run(&["build"]);
    for words in [
        "`content/empty.jpg` is empty, not a picture",
        "`content/pointer.png` isn't the file itself, but a pointer of Git LFS",
        "`phone.heic` isn't a picture that can be shown: it is HEIC",
    ] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    run.expect(1);
}

#[test]
fn pages_events_and_people_have_pictures_with_their_credit() {
    let project = Project::small();
    std::fs::write(project.path("content/quay.jpg"), photo()).unwrap();
    let image = "image: {file: /quay.jpg, alt: The quay, caption: In March, credit: Cy Falk, license: CC BY 4.0}";
    project.write(
        "content/about.md",
        &format!(
            "---\ntitle: About\n{image}\nevents:\n  - {{date: 2024, title: E, source: paper, {image}}}\n\
             people:\n  - {{id: ada, name: Ada Lind, {image}}}\n\
             reactions:\n  - {{speaker: ada, quote: Yes., source: paper}}\n---\nText.\n"
        ),
    );
    project
        .run(&["build", "-u", "https://example.org/"])
        .expect(0);
    let html = project.read("public/about/index.html");
    let pictures = captures(r#"(?s)<figure class="picture">(.*?)</figure>"#, &html);
    assert_eq!(pictures.len(), 2);
    for picture in pictures {
        assert!(
            picture.contains(r#"<img src="../quay.jpg" width="1" height="2" alt="The quay""#)
                && picture.contains("In March · <span class=\"credit\">Cy Falk, CC BY 4.0</span>"),
            "{picture}"
        );
    }
    assert_eq!(
        captures(r#"<img class="portrait"[^>]*alt="([^"]*)""#, &html),
        ["", "The quay"]
    );
    assert!(html.contains(r#"<meta property="og:image" content="https://example.org/quay.jpg">"#));
}

#[test]
fn a_picture_of_a_record_has_to_be_one_and_to_say_what_it_shows() {
    let project = Project::small();
    std::fs::write(project.path("content/quay.jpg"), photo()).unwrap();
    project.write("content/notes.txt", "Notes.");
    project.write(
        "content/about.md",
        "---\ntitle: About\nimage: {file: quay.jpg}\nevents:\n  \
         - {date: 2024, title: E, source: paper, image: {file: key.jpg, alt: A}}\n  \
         - {date: 2025, title: F, source: paper, image: {file: notes.txt, alt: A}}\n  \
         - {date: 2026, title: G, source: paper, image: {alt: A}}\n---\n",
    );
    let run = project.run(&["build"]);
    for words in [
        "a picture without alternative text",
        "there is no page or file `key.jpg`",
        "expected a picture, found `notes.txt`",
        "`file`",
    ] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    run.expect(1);
}

/// A project with a picture of 1,200 by 630 pixels, which is the card of a page.
fn with_photo(front_matter: &str, body: &str) -> Project {
    let project = Project::small();
    project.write("site.yaml", "title: Test\nbase_url: https://example.org\n");
    project.run(&["build"]).expect(0);
    let cards = std::fs::read_dir(project.path("public/cards")).unwrap();
    let card = cards.map(|card| card.unwrap().path()).next().unwrap();
    std::fs::copy(card, project.path("content/The Quay.PNG")).unwrap();
    let text = format!("---\ntitle: Photos\n{front_matter}---\n{body}\n");
    project.write("content/photos.md", &text);
    project.write("content/news/index.md", "---\ntitle: News\n---\n");
    let news = "---\ntitle: A day\nimage: {file: ../The Quay.PNG, alt: Cranes, focus: left}\n---\n";
    project.write("content/news/day.md", news);
    project.run(&["build"]).expect(0);
    project
}

#[test]
fn a_picture_is_published_in_smaller_sizes_and_in_no_larger_one() {
    let project = with_photo(
        "image: {file: The Quay.PNG, alt: Cranes, credit: Cy Falk, focus: left}\n",
        "![Ships](<The Quay.PNG> \"At night\"){credit=\"Ada Lind\" license=\"CC BY 4.0\"}",
    );
    let html = project.read("public/photos/index.html");
    let sets = captures(r#"<img src="[^"]*" srcset="([^"]*)""#, &html);
    let sizes = captures(r" (\d+)w", &sets[0]);
    assert_eq!(
        (sets.len(), sizes.join(" ")),
        (2, "320 640 1200".to_owned())
    );
    for address in captures(r"\.\./(\S+) \d+w", &sets[0]) {
        let bytes = std::fs::read(project.path(&format!("public/{}", address.replace("%20", " "))));
        assert_eq!(&bytes.unwrap()[8..12], b"WEBP");
    }
    assert!(
        html.contains(r#"width="1200" height="630" alt="Cranes" fetchpriority="high""#),
        "{html}"
    );
    assert!(
        html.contains(
            r#"<figcaption>At night · <span class="credit">Ada Lind, CC BY 4.0</span></figcaption>"#
        ),
        "{html}"
    );
    let shared = captures(r#"og:image" content="https://example.org/([^"]*)""#, &html);
    let shared = std::fs::read(project.path(&format!("public/{}", shared[0]))).unwrap();
    assert!(shared.starts_with(b"\xff\xd8\xff"));
    // In lists it stands beside the link, cut around its focus.
    let list = project.read("public/news/index.html");
    assert!(
        list.contains(r#"<img class="fx-0 fy-5" src="../The%20Quay."#),
        "{list}"
    );
}

#[test]
fn what_a_picture_cannot_say_is_told() {
    let project = with_photo("", "");
    project.write(
        "content/photos.md",
        "---\ntitle: Photos\nimage: {file: The Quay.PNG, alt: Cranes, focus: the crane}\n---\n\
         ![Ships](<The Quay.PNG>){credits=\"Ada Lind\"}\n",
    );
    let shown = project.run(&["check"]).stderr;
    for words in [
        "expected a place on the picture, found `the crane`",
        "a picture has no attribute `credits`",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn several_figures_share_a_chart_and_each_line_has_its_name() {
    let figure = |id: &str, more: &str| {
        format!(
            "  - {{id: {id}, title: Ships at {id}, label: {id}, unit: ships, source: paper, {more}\
             series: [{{date: 2022, value: 3}}, {{date: 2024, value: 5}}]}}\n"
        )
    };
    let own = figure("north", "chart: line, with: [south, west], ");
    let html = page_of(&format!(
        "figures:\n{own}{}{}",
        figure("south", ""),
        figure("west", "")
    ));
    assert_eq!(html.matches("<polyline class=\"line is-other\"").count(), 2);
    let names = captures(r#"<tspan x=".8em" dy="[^"]*">([^<]*)</tspan>"#, &html);
    assert_eq!(names, ["south 5", "west 5", "north 5"]);
    let places = captures(r#"<svg y="(\S+)%"><text"#, &html);
    let mut places: Vec<f64> = places.iter().map(|place| place.parse().unwrap()).collect();
    places.sort_by(f64::total_cmp);
    assert!(
        places.windows(2).all(|pair| pair[1] - pair[0] > 8.0),
        "{places:?}"
    );
    assert!(
        html.replace('\u{a0}', " ")
            .contains("south: from 3 ships (2022) to 5 ships (2024)."),
        "{html}"
    );
}

#[test]
fn numbers_for_years_have_no_months_between_them() {
    let years = ["value: 3", "value: 9", "value: 5"];
    let html = page_of(&format!(
        "figures:\n{}",
        over_time("north", "chart: line, ", years)
    ));
    let labels = captures(r#"<text [^>]*dy="1.5em">([^<]*)<"#, &html);
    assert_eq!(labels, ["2022", "2023", "2024"], "{html}");
}

#[test]
fn a_range_within_one_month_is_that_month() {
    let html = page_of(
        "events:\n  - {date: 2024-02/2024-02, title: The plan, source: paper}\n  - {date: 2024-02/2024-03, title: The work, source: paper}\n",
    );
    let dates = captures("<p class=\"when\"><span class=\"date\">([^<]*)<", &html);
    assert_eq!(dates, ["February 2024", "February 2024 to March 2024"]);
}

/// A figure with numbers for three years, given as YAML.
fn over_time(id: &str, more: &str, points: [&str; 3]) -> String {
    let [first, second, third] = points;
    format!(
        "  - {{id: {id}, title: Ships at {id}, label: {id}, unit: ships, source: paper, {more}\
         series: [{{date: 2022, {first}}}, {{date: 2023, {second}}}, {{date: 2024, {third}}}]}}\n"
    )
}

#[test]
fn annotations_are_numbers_in_the_chart_and_words_below_it() {
    let html = page_of(&format!(
        "figures:\n{}",
        over_time(
            "north",
            "chart: line, ",
            [
                "value: 3",
                "value: 9, annotation: The crane & the lock",
                "value: 5, annotation: The flood"
            ]
        )
    ));
    let numbers = captures(
        r#"<text class="annotation-number" x="(\S+)%" y="-1.1em""#,
        &html,
    );
    assert_eq!(numbers, ["50.0", "100.0"], "{html}");
    assert!(html.contains(
        "<ol class=\"annotations\">\n<li><span class=\"fact\">2023:</span> The crane &amp; the lock</li>"
    ));
    let rows = page_of(&format!(
        "figures:\n{}",
        over_time(
            "north",
            "chart: bar, ",
            ["value: 3", "value: 9, annotation: The crane", "value: 5"]
        )
    ));
    assert!(rows.contains("2023 <sup class=\"annotation-mark\">1</sup>"));
}

#[test]
fn a_range_at_each_date_is_drawn_from_its_low_end_to_its_high_one() {
    let points = ["value: 0, to: 4", "value: 2, to: 8", "value: 4, to: 6"];
    let range = page_of(&format!(
        "figures:\n{}",
        over_time("north", "chart: range, ", points)
    ));
    let ends = captures(
        r#"<line class="whisker" x1="\S+" x2="\S+" y1="(\S+)%""#,
        &range,
    );
    assert_eq!(ends, ["100.0", "75.0", "50.0"]);
    // Nothing is drawn between the ends of a range, where no source has a number.
    assert!(!range.contains("<circle class=\"fill\""));
    let line = page_of(&format!(
        "figures:\n{}",
        over_time("north", "chart: line, ", points)
    ));
    let band = captures(r#"<polygon class="band" points="([^"]*)""#, &line);
    assert_eq!(band, ["0,500 500,0 1000,250 1000,500 500,750 0,1000"]);
    assert!(!line.contains("<polyline class=\"line\""));
}

#[test]
fn parts_of_a_whole_lie_end_to_end() {
    let parts = |html: &str| captures(r#"<rect class="part-\d" x="(\S+%" width="\S+)%""#, html);
    let one = page_of(
        "figures:\n  - {id: seats, title: Seats, unit: percent, chart: stacked, source: paper, \
         series: [{label: Left, value: 41.5}, {label: Right, value: 38}, {label: Others, value: 20}]}\n",
    );
    // What rounding leaves of a hundred stays empty.
    assert_eq!(
        parts(&one),
        [
            "0.0%\" width=\"41.5",
            "41.5%\" width=\"38.0",
            "79.5%\" width=\"20.0"
        ]
    );
    assert!(one.contains(" Others <b>20%</b></li>"), "{one}");
    let several = page_of(&format!(
        "figures:\n{}{}",
        over_time(
            "north",
            "chart: stacked, with: [south], ",
            ["value: 1", "value: 2", "value: 3"]
        ),
        over_time("south", "", ["value: 4", "value: 3", "value: 2"]),
    ));
    assert_eq!(
        parts(&several),
        [
            "0.0%\" width=\"20.0",
            "20.0%\" width=\"80.0",
            "0.0%\" width=\"40.0",
            "40.0%\" width=\"60.0",
            "0.0%\" width=\"60.0",
            "60.0%\" width=\"40.0",
        ]
    );
    assert!(several.replace('\u{a0}', " ").contains(
        r#"<div class="stacks" role="img" aria-label="Ships at north: 3 values, from 1 ships (2022) to 3 ships (2024)."#
    ), "{several}");
}

#[test]
fn small_multiples_share_a_scale() {
    let html = page_of(&format!(
        "figures:\n{}{}",
        over_time(
            "north",
            "chart: multiples, with: [south], ",
            ["value: 0", "value: 5", "value: 10"]
        ),
        over_time("south", "", ["value: 10", "value: 10", "value: 10"]),
    ));
    let lines = captures(
        r#"<polyline class="line[^"]*" vector-effect="non-scaling-stroke" points="([^"]*)""#,
        &html,
    );
    assert_eq!(lines, ["0,1000 500,500 1000,0", "0,0 500,0 1000,0"]);
    assert_eq!(
        html.matches("<div class=\"scale\"><span>10</span><span>0</span></div>")
            .count(),
        2
    );
}

#[test]
fn readers_choose_among_the_events_of_a_timeline_by_person_and_tag() {
    let event = |index: usize| {
        let person = if index.is_multiple_of(2) { "ada" } else { "bo" };
        let tag = if index < 3 { "court" } else { "street" };
        format!(
            "  - {{date: 20{:02}, title: Event {index}, people: [{person}], tags: [{tag}], source: paper}}\n",
            index + 10
        )
    };
    let events: String = (0..8).map(event).collect();
    let html = page_of(&format!(
        "people: [{{id: ada, name: Ada Lind}}, {{id: bo, name: Bo Falk}}]\nevents:\n{events}"
    ));
    assert_eq!(
        captures(r#"value="([pt]\d)""#, &html),
        ["p1", "p2", "t1", "t2"]
    );
    assert_eq!(html.matches("<li class=\"is-p1 is-t1\">").count(), 2);
    assert!(html.contains(r#"<p class="n-shown of-events" role="status">"#));
    let few = page_of(&format!(
        "events:\n{}",
        (0..7)
            .map(|index| format!(
                "  - {{date: 20{:02}, title: E{index}, tags: [a{index}], source: paper}}\n",
                index + 10
            ))
            .collect::<String>()
    ));
    assert!(!few.contains("of-events"));
}
