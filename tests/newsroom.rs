//! A newsroom's site: what leads readers to many pages.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

#[path = "newsroom/changes.rs"]
mod changes;
#[cfg(unix)]
#[path = "newsroom/desk.rs"]
mod desk;
#[path = "newsroom/languages.rs"]
mod languages;
#[path = "newsroom/promises.rs"]
mod promises;
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

/// Files of a section `news` with so many pages, the first of 2023, the others of 2024, in a folder below it.
fn news(index: &str, n: usize) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "site.yaml".to_owned(),
            "title: Desk\nbase_url: https://example.org/\n".to_owned(),
        ),
        (HOME.0.to_owned(), HOME.1.to_owned()),
        (
            "content/news/index.md".to_owned(),
            format!("---\ntitle: News\n{index}---\n"),
        ),
    ];
    files.extend((1..=n).map(|n| {
        let year = if n == 1 { 2023 } else { 2024 };
        let text = format!(
            "---\ntitle: Story {n}\ndate: {year}-01-{n:02}\nweight: {}\n---\nOf it.\n",
            99 - n
        );
        (format!("content/news/town/s{n}.md"), text)
    }));
    files
}

fn project(files: &[(String, String)]) -> Project {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    Project::new(&files)
}

/// The headlines that a page lists.
fn listed(page: &str) -> Vec<&str> {
    let links = page.split("<h2><a href=\"").skip(1);
    links.map(|link| between(link, ">", "</a>")).collect()
}

#[test]
fn a_long_list_goes_on_on_pages_of_its_own_and_by_year() {
    let index = "paginate_by: 2\nlatest: 1\nfeatured: [town/s2.md]\narchive: true\n";
    let project = project(&news(index, 5));
    project.run(&["build", "-q"]).expect(0);
    let first = project.read("public/news/index.html");
    assert_eq!(listed(&first), ["Story 2", "Story 5", "Story 5", "Story 4"]);
    assert!(
        first.contains("<link rel=\"next\" href=\"page/2/\">"),
        "{first}"
    );
    assert!(
        first.contains("Page 1 of 3") && first.contains("<a href=\"archive/2023/\">2023</a>"),
        "{first}"
    );
    let second = project.read("public/news/page/2/index.html");
    assert_eq!(listed(&second), ["Story 3", "Story 2"]);
    assert!(
        second.contains("<title>News – Page 2 – Desk</title>"),
        "{second}"
    );
    assert!(
        second.contains("<link rel=\"prev\" href=\"../../\">"),
        "{second}"
    );
    assert!(
        second.contains("<link rel=\"next\" href=\"../3/\">"),
        "{second}"
    );
    assert!(
        second.contains("href=\"https://example.org/news/page/2/\""),
        "{second}"
    );
    let last = project.read("public/news/page/3/index.html");
    assert_eq!(listed(&last), ["Story 1"]);
    assert!(!last.contains("rel=\"next\""), "{last}");
    assert_eq!(
        listed(&project.read("public/news/archive/2024/index.html")).len(),
        4
    );
    assert!(!project.path("public/news/page/4").exists());
}

#[test]
fn a_list_has_the_order_that_its_page_asks_for() {
    for (order, expected) in [
        ("date", ["Story 3", "Story 2", "Story 1"]),
        ("weight", ["Story 3", "Story 2", "Story 1"]),
        ("title", ["Story 1", "Story 2", "Story 3"]),
    ] {
        let project = project(&news(&format!("sort_by: {order}\n"), 3));
        project.run(&["build", "-q"]).expect(0);
        assert_eq!(
            listed(&project.read("public/news/index.html")),
            expected,
            "{order}"
        );
    }
}

#[test]
fn what_a_list_cannot_be_is_told() {
    for (lines, message) in [
        ("sort_by: dat\n", "`dat` is no sort_by"),
        (
            "paginate_by: 0\n",
            "`paginate_by` should be a number of pages",
        ),
        (
            "featured: [town/s9.md]\n",
            "there is no page `content/news/town/s9.md`",
        ),
    ] {
        let project = project(&news(lines, 2));
        let said = project.run(&["check"]).expect(1).stderr;
        assert!(
            said.contains(message) && said.contains("content/news/index.md:3"),
            "{said}"
        );
    }
    let mut files = news("", 1);
    files.push((
        "content/a.md".to_owned(),
        "---\ntitle: A\nlatest: 3\n---\n".to_owned(),
    ));
    let said = project(&files).run(&["check"]).expect(1).stderr;
    assert!(
        said.contains("`latest` is for the page of a folder"),
        "{said}"
    );
}

#[test]
fn words_group_pages_and_each_has_a_page_and_a_feed() {
    let page = |title: &str, day: u8, more: &str| {
        format!("---\ntitle: {title}\ndate: 2024-01-{day:02}\n{more}---\nOf it.\n")
    };
    let mut files = news("people: [{id: ada, name: Ada Lee}]\n", 1);
    let people = "---\ntitle: People\npeople: [{id: ada, name: Ada Lee}]\n---\n";
    files[2].1 = "---\ntitle: News\n---\n".to_owned();
    files.extend([
        ("content/people.md".to_owned(), people.to_owned()),
        (
            "content/a.md".to_owned(),
            page(
                "A",
                2,
                "tags: [Water, 港]\nauthors: [ada]\nseries: Storms\n",
            ),
        ),
        (
            "content/b.md".to_owned(),
            page("B", 3, "tags: [water]\nauthors: [Bo]\nseries: Storms\n"),
        ),
    ]);
    let site = project(&files);
    site.run(&["build", "-q"]).expect(0);
    assert_eq!(
        listed(&site.read("public/tags/water/index.html")),
        ["B", "A"]
    );
    assert_eq!(
        listed(&site.read("public/authors/ada-lee/index.html")),
        ["A"]
    );
    assert_eq!(
        listed(&site.read("public/series/storms/index.html")),
        ["A", "B"]
    );
    assert!(site.read("public/tags/index.html").contains(">Water</a>"));
    let a = site.read("public/a/index.html");
    assert!(
        a.contains("<a href=\"../authors/ada-lee/\">Ada Lee</a>"),
        "{a}"
    );
    assert!(
        a.contains("<a href=\"../tags/water/\" rel=\"tag\">Water</a>"),
        "{a}"
    );
    assert!(
        between(&a, "class=\"related\"", "</nav>").contains("<a href=\"../b/\">B</a>"),
        "{a}"
    );
    let feed = site.read("public/tags/water/atom.xml");
    assert!(
        feed.contains("<title>Water – Desk</title>") && feed.matches("<entry>").count() == 2,
        "{feed}"
    );
    assert!(
        site.read("public/news/feed.json")
            .contains("https://example.org/news/town/s1/")
    );

    site.write("content/b.md", &page("B", 3, "tags: [C++, C#]\n"));
    let said = site.run(&["check"]).expect(1).stderr;
    assert!(
        said.contains("`C#` and `C++` in `tags` have one address: `/tags/c/`"),
        "{said}"
    );
}
