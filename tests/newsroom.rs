//! A newsroom's site: what leads readers to many pages.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use support::Project;

const HOME: (&str, &str) = ("content/index.md", "---\ntitle: Home\n---\nHello.\n");

/// The text between two others, the first time that they are there.
#[track_caller]
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text
        .split_once(from)
        .unwrap_or_else(|| panic!("no {from:?} in {text}"));
    rest.split_once(to)
        .unwrap_or_else(|| panic!("no {to:?} in {text}"))
        .0
}

#[test]
fn the_menu_is_on_every_page_and_says_where_the_reader_is() {
    let site = "title: Desk\nmenu:\n  - water/index.md\n  - page: about.md\n    title: Who we are\n  - title: More\n    children:\n      - about.md\n      - title: The council\n        url: https://example.org/council\n";
    let project = Project::new(&[
        ("site.yaml", site),
        HOME,
        ("content/about.md", "---\ntitle: About\n---\nUs.\n"),
        (
            "content/water/index.md",
            "---\ntitle: Water\nnav_title: The water\n---\nIt runs.\n",
        ),
        (
            "content/water/pipes.md",
            "---\ntitle: Pipes\n---\nThey leak.\n",
        ),
    ]);
    project.run(&["build", "-q"]).expect(0);
    let menu = |page: &str| {
        let page = project.read(&format!("public/{page}"));
        between(&page, "<nav class=\"menu\"", "</nav>").to_owned()
    };
    let pipes = menu("water/pipes/index.html");
    assert!(
        pipes.contains("<a href=\"../\" aria-current=\"true\">The water</a>"),
        "{pipes}"
    );
    assert!(
        pipes.contains("<a href=\"../../about/\">Who we are</a>"),
        "{pipes}"
    );
    let about = menu("about/index.html");
    assert!(
        about.contains("<summary aria-current=\"true\">More</summary>"),
        "{about}"
    );
    assert!(
        about.contains("<a href=\"./\" aria-current=\"page\">Who we are</a>"),
        "{about}"
    );
    assert!(
        about.contains("<a href=\"https://example.org/council\">The council</a>"),
        "{about}"
    );
    assert!(menu("404.html").contains("<a href=\"/about/\">About</a>"));
    assert!(menu("search/index.html").contains("<a href=\"../about/\">About</a>"));
}

#[test]
fn a_menu_that_leads_nowhere_is_told_at_its_item() {
    let cases = [
        (
            "menu: [abuot.md]",
            "there is no page `content/abuot.md`",
            "did you mean `content/about.md`?",
        ),
        (
            "menu:\n  - {title: Out}",
            "should have either `page` or `url`",
            "write `page: ethics.md`",
        ),
        (
            "menu:\n  - {url: \"https://example.org/\"}",
            "with a `url` has no `title`",
            "add `title:`",
        ),
        (
            "menu:\n  - {children: [about.md]}",
            "without a page has no `title`",
            "add `title:`",
        ),
        (
            "menu:\n  - {title: A, children: [gone.md]}",
            "there is no page `content/gone.md`",
            "",
        ),
        (
            "navigation: [about.md]",
            "`navigation` isn't a field of `site.yaml`",
            "here that is called `menu`",
        ),
        (
            "menu:\n  - {path: about.md}",
            "`path` isn't a field of an item of `menu`",
            "`page`",
        ),
    ];
    let project = Project::new(&[HOME, ("content/about.md", "---\ntitle: About\n---\nUs.\n")]);
    for (lines, message, help) in cases {
        project.write("site.yaml", &format!("title: Desk\n{lines}\n"));
        let said = project.run(&["check"]).expect(1).stderr;
        assert!(
            said.contains(message) && said.contains(help),
            "{lines}:\n{said}"
        );
    }
}

#[test]
fn a_folder_of_pages_has_a_page_and_the_writers_own_takes_its_place() {
    let project = Project::new(&[
        ("site.yaml", "title: Desk\nmenu: [water-pipes/index.md]\n"),
        HOME,
        (
            "content/water-pipes/lead.md",
            "---\ntitle: Lead\n---\nOld.\n",
        ),
        ("content/2024/05/vote.md", "---\ntitle: Vote\n---\nDone.\n"),
        (
            "content/drafts/one.md",
            "---\ntitle: One\ndraft: true\n---\nSoon.\n",
        ),
        ("content/harbor.md", "---\ntitle: The harbor\n---\nWide.\n"),
        ("content/harbor/quay.md", "---\ntitle: Quay\n---\nLong.\n"),
        ("content/roads/a.md", "---\ntitle: Road A\n---\nWet.\n"),
        (
            "content/moved.md",
            "---\ntitle: Moved\naliases: [roads/]\n---\nHere.\n",
        ),
        (
            "content/park/README.md",
            "---\ntitle: The park\n---\nGreen.\n",
        ),
        ("content/park/trees.md", "---\ntitle: Trees\n---\nTall.\n"),
    ]);
    project.run(&["build", "-q"]).expect(0);
    let section = project.read("public/water-pipes/index.html");
    assert!(section.contains("<h1>Water pipes</h1>"), "{section}");
    assert!(section.contains("<a href=\"lead/\">Lead</a>"), "{section}");
    assert!(
        project
            .read("public/2024/index.html")
            .contains("<a href=\"05/\">05</a>")
    );
    assert!(
        project
            .read("public/harbor/index.html")
            .contains("<h1>The harbor</h1>")
    );
    assert!(
        project
            .read("public/roads/index.html")
            .contains("url=../moved/")
    );
    assert!(
        project
            .read("public/park/index.html")
            .contains("<h1>The park</h1>")
    );
    assert!(!project.path("public/drafts").exists());
    let home = project.read("public/index.html");
    assert_eq!(home.matches(">The harbor</a>").count(), 1, "{home}");
    assert_eq!(home.matches(">The park</a>").count(), 1, "{home}");

    project.write(
        "content/water-pipes/index.md",
        "---\ntitle: Of water\n---\nIn pipes.\n",
    );
    project.run(&["build", "-q"]).expect(0);
    assert!(
        project
            .read("public/water-pipes/index.html")
            .contains("<h1>Of water</h1>")
    );
}
