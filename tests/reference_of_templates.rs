//! Holds the manual's page on templates to the program: what templates see, call and say, made from the declarations.
//!
//! `UPDATE_GOLDEN=1 cargo test --test reference_of_templates` writes it anew; review it as code.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nutgraf::render::vocabulary::{FILTERS, FUNCTIONS, TESTS};
use nutgraf::theme;

/// Where views are declared, in the order of the page.
const VIEWS: [&str; 4] = [
    "src/plan/view/mod.rs",
    "src/plan/view/records.rs",
    "src/plan/view/accounts.rs",
    "src/plan/graphics.rs",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_manual_has_all_that_templates_can_use() {
    let mut page = String::from(
        "---\n\
         title: Templates\n\
         description: The files of the theme, what templates see, and what they can call.\n\
         weight: 4\n\
         ---\n\n\
         `nutgraf theme list` prints the files of the built-in theme, and `nutgraf theme show NAME` one of them.\n\
         How to replace and extend them, and how to begin: [Change how it looks](../guide/look.md).\n\
         The language of templates is [Tera](https://keats.github.io/tera/).\n",
    );
    files(&mut page);
    components(&mut page);
    views(&mut page);
    vocabulary(&mut page);
    words(&mut page);
    let path = root().join("docs/content/reference/templates.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, page,
        "docs/content/reference/templates.md isn't what the program says: UPDATE_GOLDEN=1 writes it anew"
    );
}

fn files(page: &mut String) {
    page.push_str("\n## Files\n\n| file | what it is |\n|---|---|\n");
    for file in theme::files() {
        if !file.path.starts_with("templates/words/") {
            writeln!(page, "| `{}` | {} |", file.path, cell(&file.about())).unwrap();
        }
    }
}

fn components(page: &mut String) {
    page.push_str(
        "\n## Components\n\n\
         A component draws one thing, and sees only its arguments: `{{ <figure figure={figure} /> }}`.\n\
         Those with `@` come from the page by themselves. A file in your `templates/` with a component of the same name replaces it.\n\n\
         | component | file |\n|---|---|\n",
    );
    for (name, text) in theme::TEMPLATES {
        for (_, rest) in text
            .match_indices("{% component ")
            .map(|(at, open)| text.split_at(at + open.len()))
        {
            let signature = rest
                .split_once("%}")
                .unwrap()
                .0
                .trim_end_matches(['-', ' ']);
            writeln!(page, "| `{}` | `{name}` |", cell(signature)).unwrap();
        }
    }
}

/// A view or a field of one: its name, its type if it is a field, and what it says of itself.
struct Said {
    name: String,
    kind: String,
    about: String,
}

fn views(page: &mut String) {
    page.push_str(
        "\n## What templates see\n\n\
         The template of a page gets `page` ([PageView](#pageview)), `site` ([SiteView](#siteview)), `words` and `labels`.\n\
         `labels` are the same words, marked as English where there is no translation: use `words` in attributes, and `labels` everywhere else.\n\
         The template of a redirect gets `redirect`, that of a feed `feed`, and that of the sitemap `sitemap` instead of `page`.\n\
         Fields that end in `_html` are HTML and need `| safe`. Links work as they are on the page that they are for.\n",
    );
    for file in VIEWS {
        let source = fs::read_to_string(root().join(file)).unwrap();
        for (view, fields) in declared(&source) {
            write!(
                page,
                "\n### {}\n\n{}\n\n| field | type | what it is |\n|---|---|---|\n",
                view.name, view.about
            )
            .unwrap();
            for field in fields {
                writeln!(
                    page,
                    "| `{}` | {} | {} |",
                    field.name,
                    field.kind,
                    cell(&field.about)
                )
                .unwrap();
            }
        }
    }
}

/// The views of a file with their fields, in its order.
fn declared(source: &str) -> Vec<(Said, Vec<Said>)> {
    let mut views: Vec<(Said, Vec<Said>)> = Vec::new();
    let mut about: Vec<&str> = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            about.push(text.trim());
            continue;
        }
        let said = || about.join(" ").trim().to_owned();
        if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.trim_end_matches([' ', '{']).to_owned();
            let view = Said {
                name,
                kind: String::new(),
                about: said(),
            };
            views.push((view, Vec::new()));
        } else if let Some(rest) = line.strip_prefix("pub ")
            && let Some((name, kind)) = rest.trim_end_matches(',').split_once(": ")
            && let Some((_, fields)) = views.last_mut()
        {
            fields.push(Said {
                name: name.to_owned(),
                kind: kind_in_words(kind),
                about: said(),
            });
        }
        if !line.starts_with("#[") {
            about.clear();
        }
    }
    views
}

/// A type as a theme author knows it.
fn kind_in_words(kind: &str) -> String {
    let inside = |outer: &str| {
        kind.strip_prefix(outer)
            .and_then(|rest| rest.strip_suffix('>'))
    };
    if let Some(kind) = inside("Option<") {
        return format!("{} or `null`", kind_in_words(kind));
    }
    if let Some(kind) = inside("Vec<") {
        return format!("list of {}", kind_in_words(kind));
    }
    if kind.starts_with("BTreeMap<") {
        return "map".to_owned();
    }
    match kind {
        "String" | "&'static str" | "Arc<str>" | "PathView" => "text".to_owned(),
        "bool" => "yes or no".to_owned(),
        "serde_json::Value" => "anything".to_owned(),
        "usize" | "u8" | "u16" | "u32" => "number".to_owned(),
        view => {
            assert!(
                view.ends_with("View"),
                "what is a theme author to think of the type `{view}`?"
            );
            format!("[{view}](#{})", view.to_lowercase())
        }
    }
}

fn vocabulary(page: &mut String) {
    for (title, words) in [("Filters", FILTERS), ("Functions", FUNCTIONS)] {
        write!(
            page,
            "\n## {title}\n\n| name | what it gives |\n|---|---|\n"
        )
        .unwrap();
        for (name, about) in words {
            writeln!(page, "| `{name}` | {} |", cell(about)).unwrap();
        }
    }
    page.push_str("\n## Tests\n\nAs in `{% if number is odd %}`: ");
    let tests: Vec<String> = TESTS.iter().map(|name| format!("`{name}`")).collect();
    writeln!(page, "{}.", tests.join(", ")).unwrap();
}

fn words(page: &mut String) {
    page.push_str(
        "\n## Words\n\n\
         The words of the interface by their keys. `templates/words/LANGUAGE.yaml` replaces them one by one; words in braces are holes that values are put into.\n\n\
         | key | in English |\n|---|---|\n",
    );
    let files = theme::files();
    let english = files
        .iter()
        .find(|file| file.name() == "words/en.yaml")
        .unwrap();
    let words: serde_yaml::Mapping = serde_yaml::from_slice(english.bytes).unwrap();
    for (key, words) in words {
        writeln!(
            page,
            "| `{}` | {} |",
            key.as_str().unwrap(),
            code(words.as_str().unwrap())
        )
        .unwrap();
    }
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Text as code in a cell of a table, whatever it has in it.
fn code(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("`{}`", cell(text))
    }
}

/// The engine stops at the first unknown name, so each is asked for by itself.
#[test]
fn every_filter_test_and_function_of_the_manual_is_there() {
    let mut asked = String::new();
    for (name, _) in FILTERS {
        write!(
            asked,
            "{{% if false %}}{{{{ page.title | {name} }}}}{{% endif %}}"
        )
        .unwrap();
    }
    for name in TESTS {
        write!(
            asked,
            "{{% if false and page.title is {name} %}}{{% endif %}}"
        )
        .unwrap();
    }
    for (name, _) in FUNCTIONS {
        write!(
            asked,
            "{{% if false %}}{{{{ {name}(end=1, message=\"\") }}}}{{% endif %}}"
        )
        .unwrap();
    }
    let project = support::Project::new(&[
        ("site.yaml", "title: A site\n"),
        ("content/index.md", "---\ntitle: Home\n---\nHello.\n"),
        ("templates/page.html", &asked),
        ("templates/home.html", &asked),
    ]);
    let run = project.run(&["check"]);
    assert!(run.code == 0, "{}", run.stderr);
}

#[test]
fn filters_of_other_programs_are_answered_with_what_to_write() {
    let project = support::Project::new(&[
        ("site.yaml", "title: A site\n"),
        ("content/index.md", "---\ntitle: Home\n---\nHello.\n"),
        (
            "templates/home.html",
            "{{ page.title | upppper }}{{ page.date.edtf | date(format=\"%Y\") }}{{ get_url(path=\"a\") }}{% if page.title is strng %}{% endif %}",
        ),
    ]);
    let shown = project.run(&["check"]).stderr;
    for words in [
        "did you mean `upper`?",
        "dates are in words already, in the page's language: `{{ page.date.words }}`",
        "links of views, such as `page.href`, work as they are",
        "did you mean `string`?",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
}

#[test]
fn the_theme_is_shown_file_by_file() {
    let project = support::Project::new(&[]);
    let list = project.run(&["theme", "list"]).stdout;
    assert!(list.contains("templates/partials/figure.html"), "{list}");
    assert!(list.contains("static/style.css"), "{list}");
    for name in [
        "templates/partials/figure.html",
        "partials/figure.html",
        "figure.html",
    ] {
        let shown = project.run(&["theme", "show", name]).stdout;
        assert_eq!(
            shown,
            fs::read_to_string(root().join("templates/partials/figure.html")).unwrap()
        );
    }
    let unknown = project.run(&["theme", "show", "partials/figur.html"]);
    assert!(
        unknown
            .stderr
            .contains("did you mean `partials/figure.html`?"),
        "{}",
        unknown.stderr
    );
}

mod support;
