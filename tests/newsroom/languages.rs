//! A site in several languages.

use super::support::Project;
use super::{HOME, between};

const SITE: (&str, &str) = (
    "site.yaml",
    "title: Desk\nbase_url: https://example.org\nlanguages:\n  es: {title: Redacción}\n",
);

const WATER: (&str, &str) = (
    "content/water/index.md",
    "---\ntitle: Water\nexplainer: true\nsources:\n  - {id: gazette, title: Council backs the pipes, publisher: The Gazette}\n---\nIt runs.\n",
);

const TIMELINE: (&str, &str) = (
    "content/water/timeline.md",
    "---\ntitle: Timeline\ndate: 2024-03-01\nevents:\n  - {id: vote, date: 2024-02-01, title: The vote, text: All **agree**., source: gazette}\n  - {id: flood, date: 2024-02-05, title: The flood, text: Water comes., source: gazette}\nfigures:\n  - {id: cost, title: The cost, value: 24000, unit: USD, source: gazette}\npeople:\n  - {id: ada, name: Ada Moreno, role: mayor}\nreactions:\n  - {id: mend, speaker: ada, quote: We will mend them., source: gazette}\n---\nIt began.\n",
);

const CRONOLOGIA: (&str, &str) = (
    "content/water/timeline.es.md",
    "---\ntitle: Cronología\nevents:\n  - {id: vote, title: La votación, text: Todos **de acuerdo**.}\nfigures:\n  - {id: cost, title: El coste}\nreactions:\n  - {id: mend, quote: Las repararemos.}\n---\nVea [](event:flood), [las cifras](numbers.md) y [la portada](index.md).\n",
);

const NUMBERS: (&str, &str) = (
    "content/water/numbers.md",
    "---\ntitle: Numbers\n---\nFew.\n",
);

fn project(more: &[(&str, &str)]) -> Project {
    let files = [SITE, HOME, WATER, TIMELINE, CRONOLOGIA, NUMBERS];
    let files: Vec<(&str, &str)> = files.into_iter().chain(more.iter().copied()).collect();
    Project::new(&files)
}

#[test]
fn a_translation_has_its_words_and_the_facts_of_its_original() {
    let project = project(&[]);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/es/water/timeline/index.html");
    assert!(page.contains("<html lang=\"es\" dir=\"ltr\">"));
    assert!(page.contains("<title>Cronología – Water – Redacción</title>"));
    // Its own words, with the date of the original as Spanish writes it.
    let vote = between(&page, "id=\"vote\">", "</article>");
    assert!(vote.contains("1 de febrero de 2024"), "{vote}");
    assert!(vote.contains(">La votación</a>") && vote.contains("<strong>de acuerdo</strong>"));
    assert!(!vote.contains("lang="), "{vote}");
    // What nobody has translated is there in English, and says so.
    let flood = between(&page, "id=\"flood\">", "</article>");
    assert!(
        flood.contains("<bdi lang=\"en\">The flood</bdi>"),
        "{flood}"
    );
    assert!(flood.contains("<div lang=\"en\" dir=\"auto\"><p>Water comes.</p>"));
    let cost = between(&page, "id=\"cost\">", "</figure>");
    assert!(cost.contains("El coste") && cost.contains("<data value=\"24000\">24.000"));
    // A quotation stays what was said, with its translation.
    let mend = between(&page, "id=\"mend\">", "</figure>");
    assert!(mend.contains("<blockquote lang=\"en\""), "{mend}");
    assert!(mend.contains("We will mend them."), "{mend}");
    assert!(
        mend.contains("Traducción</span> Las repararemos."),
        "{mend}"
    );
    assert!(mend.contains("<bdi lang=\"en\">mayor</bdi>"), "{mend}");
    // Where no element can be, words are bare.
    assert!(between(&page, "<svg", "</svg>").contains("The flood"));
    assert!(!between(&page, "<svg", "</svg>").contains("bdi"));
    let events = project.read("public/es/water/data/events.csv");
    assert!(events.contains("La votación") && events.contains("The flood"));
    assert!(
        !project
            .read("public/water/timeline/index.html")
            .contains("bdi")
    );
    for path in [
        "es/water/data/events.csv",
        "es/water/timeline/index.html",
        "es/atom.xml",
    ] {
        let text = project.read(&format!("public/{path}"));
        assert!(
            !text.contains(['\u{fdd0}', '\u{fdd1}', '\u{fdd2}']),
            "{path}"
        );
    }
}

#[test]
fn links_lead_to_the_translation_or_else_to_the_original() {
    let project = project(&[]);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/es/water/timeline/index.html");
    assert!(page.contains("<a href=\"../../../water/numbers/\">las cifras</a>"));
    // Nobody wrote the front page of the explainer; what stands for it has the title of the original.
    assert!(page.contains("<a href=\"../\">la portada</a>"));
    let front = project.read("public/es/water/index.html");
    assert!(
        front.contains("<h1><bdi lang=\"en\">Water</bdi></h1>"),
        "{front}"
    );
    let chapters = between(&page, "<nav class=\"contents\"", "</nav>");
    assert!(
        chapters.contains("<a href=\"../../../water/numbers/\"><bdi lang=\"en\">Numbers</bdi></a>")
    );
    let home = project.read("public/es/index.html");
    assert!(home.contains("<h1>Redacción</h1>"));
    assert!(home.contains("<a href=\"water/\">"), "{home}");
}

#[test]
fn each_page_leads_to_the_same_page_in_other_languages() {
    let project = project(&[]);
    project.run(&["build", "-q"]).expect(0);
    let switch = |path: &str| {
        let page = project.read(&format!("public/{path}"));
        between(&page, "<nav class=\"languages\"", "</nav>").to_owned()
    };
    let here = switch("water/timeline/index.html");
    assert!(here.contains(
        "<a href=\"./\" lang=\"en\" dir=\"ltr\" hreflang=\"en\" aria-current=\"page\">English</a>"
    ));
    assert!(here.contains("<a href=\"../../es/water/timeline/\" lang=\"es\" dir=\"ltr\" hreflang=\"es\" rel=\"alternate\">Español</a>"));
    let untranslated = switch("water/numbers/index.html");
    assert!(
        untranslated.contains("<a href=\"../../es/\" lang=\"es\""),
        "{untranslated}"
    );
    assert!(switch("404.html").contains("href=\"/es/\""));
    assert!(switch("es/search/index.html").contains("href=\"../../\""));
    let alternates = |path: &str| {
        let page = project.read(&format!("public/{path}"));
        let lines = page
            .lines()
            .filter(|line| line.contains("<link rel=\"alternate\" hreflang="));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let all = [
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/water/timeline/\">",
        "<link rel=\"alternate\" hreflang=\"es\" href=\"https://example.org/es/water/timeline/\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/water/timeline/\">",
    ];
    assert_eq!(alternates("water/timeline/index.html"), all);
    assert_eq!(alternates("es/water/timeline/index.html"), all);
    assert!(alternates("water/numbers/index.html").is_empty());
    let sitemap = project.read("public/sitemap.xml");
    assert!(sitemap.contains("<url><loc>https://example.org/es/water/timeline/</loc>"));
    assert!(sitemap.contains("<xhtml:link rel=\"alternate\" hreflang=\"es\" href=\"https://example.org/es/water/timeline/\"/>"));
}

#[test]
fn each_language_has_its_own_feeds_lists_and_search() {
    let project = project(&[
        (
            "content/about.md",
            "---\ntitle: About\ndate: 2024-01-01\ntags: [desk]\n---\nUs.\n",
        ),
        (
            "content/about.es.md",
            "---\ntitle: Acerca de\ntags: [redacción]\n---\nNosotros.\n",
        ),
        (
            "content/solo.es.md",
            "---\ntitle: Solo aquí\ndate: 2024-05-01\ntags: [redacción]\n---\nSin original.\n",
        ),
    ]);
    project.run(&["build", "-q"]).expect(0);
    let feed = project.read("public/es/atom.xml");
    assert!(feed.contains("xml:lang=\"es\"") && feed.contains("<title>Redacción</title>"));
    assert!(feed.contains("Acerca de") && feed.contains("Solo aquí") && !feed.contains("About"));
    assert!(!project.read("public/atom.xml").contains("Acerca de"));
    let tag = project.read("public/es/tags/redaccion/index.html");
    assert!(tag.contains("Solo aquí") && tag.contains("Acerca de"));
    assert!(!project.path("public/tags/redaccion/index.html").exists());
    let search = project.read("public/es/search/index.html");
    assert!(
        search.contains("data-index=\"../../es/search/\""),
        "{search}"
    );
    assert!(project.path("public/es/search/index.json").exists());
    let page = project.read("public/es/solo/index.html");
    assert!(page.contains("<html lang=\"es\""));
}

#[test]
fn a_site_of_one_language_says_nothing_of_languages() {
    let project = Project::new(&[
        ("site.yaml", "title: Desk\nbase_url: https://example.org\n"),
        HOME,
        WATER,
    ]);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/water/index.html");
    assert!(!page.contains("hreflang") && !page.contains("class=\"languages\""));
}

#[test]
fn an_old_translation_says_so() {
    let project = project(&[
        (
            "content/about.md",
            "---\ntitle: About\nupdated: 2024-05-02\n---\nUs.\n",
        ),
        (
            "content/about.es.md",
            "---\ntitle: Acerca de\nupdated: 2024-05-01\n---\nNosotros.\n",
        ),
    ]);
    let report = project.run(&["build"]);
    assert!(
        report
            .expect(0)
            .stderr
            .contains("warning[stale-translation]")
    );
    let page = project.read("public/es/about/index.html");
    let mark = between(&page, "<p class=\"notes outdated\">", "</p>");
    assert!(mark.contains("href=\"../../about/\"") && mark.contains("2 de mayo de 2024"));
}

#[test]
fn words_from_right_to_left_are_kept_apart_from_those_around_them() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: Desk\nbase_url: https://example.org\nlanguages: {ar: {title: المكتب, name: العربية}}\n",
        ),
        HOME,
        WATER,
        TIMELINE,
        (
            "content/water/timeline.ar.md",
            "---\ntitle: الأحداث\n---\nنعم.\n",
        ),
    ]);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("public/ar/water/timeline/index.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<bdi lang=\"en\">The vote</bdi>"));
    let english = project.read("public/water/timeline/index.html");
    assert!(
        english.contains("lang=\"ar\" dir=\"rtl\" hreflang=\"ar\" rel=\"alternate\">العربية</a>")
    );
}

#[test]
fn what_was_compared_is_known_of_the_translation_too() {
    let text = "The Gazette. On Feb. 1, 2024 the vote was held. On Feb. 5, 2024 came the flood. The cost is 24,000 dollars. \"We will mend them,\" said Ada Moreno, the mayor.\n";
    let water = WATER.1.replace(
        "publisher: The Gazette}",
        "publisher: The Gazette, text: sources/gazette.txt}",
    );
    let timeline = TIMELINE
        .1
        .replace("unit: USD,", "unit: USD, as_printed: \"24,000 dollars\",");
    let project = Project::new(&[
        SITE,
        HOME,
        (WATER.0, &water),
        (TIMELINE.0, &timeline),
        CRONOLOGIA,
        NUMBERS,
        ("sources/gazette.txt", text),
    ]);
    project.run(&["verify"]);
    project.run(&["build", "-q"]).expect(0);
    let evidence = |path: &str| {
        let page = project.read(path);
        let cost = between(&page, "id=\"cost\">", "</figure>").to_owned();
        between(&cost, "class=\"evidence ", "\"").to_owned()
    };
    let original = evidence("public/water/timeline/index.html");
    assert_eq!(evidence("public/es/water/timeline/index.html"), original);
}
