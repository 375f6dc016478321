//! A whole newsroom: sixty explainers in three languages, with people in common, scheduled pages, shares and changes.

use std::fmt::Write as _;
use std::process::Command;

use super::between;
use super::support::{Project, Run, tree};

const N: usize = 60;

fn git(project: &Project, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(args)
        .current_dir(project.root())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    let run = Run::of(command);
    assert_eq!(run.code, 0, "git {args:?}: {}", run.stderr);
    run.stdout
}

fn newsroom() -> Project {
    let mut files = vec![
        (
            "site.yaml".to_owned(),
            "title: The Desk\nbase_url: https://example.org/desk/\nlanguage: en\nlanguages:\n  es: {title: La redacción}\n  de: {title: Die Redaktion}\nmenu: [water/index.md, harbor/index.md, roads/index.md]\npolicies: {corrections: required}\ncards: false\n".to_owned(),
        ),
        ("content/index.md".to_owned(), "---\ntitle: Home\nlatest: 10\n---\n".to_owned()),
        (
            "content/people.md".to_owned(),
            "---\ntitle: People\npeople:\n  - {id: ada, name: Ada Moreno, role: mayor, image: {file: ada.svg, alt: Ada Moreno}}\n  - {id: bo, name: Bo Lind, role: reporter}\n---\n".to_owned(),
        ),
        ("content/people.es.md".to_owned(), "---\ntitle: Personas\npeople:\n  - {id: ada, role: alcaldesa}\n---\n".to_owned()),
    ];
    for section in ["water", "harbor", "roads"] {
        files.push((
            format!("content/{section}/index.md"),
            format!("---\ntitle: The {section}\n---\n"),
        ));
    }
    for n in 0..N {
        let section = ["water", "harbor", "roads"][n % 3];
        let folder = format!("content/{section}/e{n}");
        let mut index = format!(
            "---\ntitle: Explainer {n}\nexplainer: true\ndate: 2025-01-{:02}\nauthors: [bo]\ntags: [{}]\nsources: [{{id: paper, title: Paper {n}, text: none, because: our own notes}}]\n",
            n % 28 + 1,
            if n % 20 == 0 { "rare" } else { "common" },
        );
        if n == 59 {
            index = index.replace("date: 2025-01-04", "date: 2025-06-01");
        }
        index.push_str("---\nIt is so.\n");
        files.push((format!("{folder}/index.md"), index));
        let mut records = format!(
            "---\ntitle: Records {n}\nfigures:\n  - {{id: f, title: Figure, value: {n}, source: paper}}\n"
        );
        // The mayor speaks in few of them.
        if n % 15 == 1 {
            writeln!(
                records,
                "reactions:\n  - {{id: r, speaker: ada, text: She agrees., source: paper}}"
            )
            .unwrap();
        }
        records.push_str("---\n");
        files.push((format!("{folder}/records.md"), records));
        files.push((
            format!("{folder}/index.es.md"),
            format!("---\ntitle: Explicador {n}\n---\nAsí es.\n"),
        ));
        if n % 2 == 0 {
            files.push((
                format!("{folder}/index.de.md"),
                format!("---\ntitle: Thema {n}\n---\nSo ist es.\n"),
            ));
        }
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let project = Project::new(&files);
    project.write(
        "content/ada.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></svg>\n",
    );
    project
}

#[test]
fn sixty_explainers_in_three_languages_are_scheduled_shared_built_in_shares_and_compared() {
    let project = newsroom();
    project
        .run(&["check", "--strict", "--today", "2025-03-01"])
        .expect(0);
    let build = ["build", "-q", "--today", "2025-03-01"];
    project.run(&build).expect(0);

    // What is scheduled isn't there, in any language, until its day.
    assert!(
        !project.path("public/roads/e59").exists() && project.path("public/water/e57").exists()
    );
    assert!(!project.path("public/es/roads/e59").exists());
    assert!(
        !project
            .read("public/authors/bo-lind/page/2/index.html")
            .contains("Explainer 59")
    );

    // An author is a person, with a picture; a person has what they said in all explainers.
    let author = project.read("public/authors/bo-lind/index.html");
    assert!(
        between(&author, "<div class=\"person\">", "</div>").contains("reporter"),
        "{author}"
    );
    let people = project.read("public/people/index.html");
    let ada = between(&people, "id=\"ada\"", "</div>");
    assert_eq!(ada.matches("#r\"").count(), 4, "{ada}");
    assert!(ada.contains("class=\"portrait"));
    let people = project.read("public/es/people/index.html");
    assert!(people.contains("alcaldesa"));

    // Explainers with the same people are related, before those that have only a common tag in common.
    let page = project.read("public/harbor/e1/index.html");
    let related = between(&page, "<nav class=\"related\"", "</nav>");
    for other in ["e16", "e31", "e46"] {
        assert!(
            related.contains(&format!("/{other}/\"")),
            "{other} in {related}"
        );
    }
    let page = project.read("public/water/e0/index.html");
    let related = between(&page, "<nav class=\"related\"", "</nav>");
    assert!(
        related.contains("Explainer 40") && related.contains("Explainer 20"),
        "{related}"
    );

    // Three shares make the same site.
    let whole = tree(&project.path("public"));
    for share in 1..=3 {
        let args = [
            "--shard",
            &format!("{share}/3"),
            "-o",
            &format!("share-{share}"),
        ];
        project.run(&[&build[..], &args].concat()).expect(0);
    }
    project
        .run(&[
            "merge", "-q", "-o", "merged", "share-1", "share-2", "share-3",
        ])
        .expect(0);
    let merged = tree(&project.path("merged"));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| {
        tree.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&merged), names(&whole));
    assert!(merged == whole);
    for share in 1..=3 {
        std::fs::remove_dir_all(project.path(&format!("share-{share}"))).unwrap();
    }
    std::fs::remove_dir_all(project.path("merged")).unwrap();
    std::fs::remove_dir_all(project.path("public")).unwrap();

    // Published, and published again: what changed is told, and nothing else is published.
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    git(&project, &["init", "--quiet", "--bare", "host.git"]);
    let host = project.path("host.git");
    git(
        &project,
        &["remote", "add", "origin", host.to_str().unwrap()],
    );
    git(&project, &["config", "user.name", "A"]);
    git(&project, &["config", "user.email", "a@example.org"]);
    project.write(".gitignore", "host.git\n");
    git(&project, &["add", "--all"]);
    git(&project, &["commit", "--quiet", "--message=Start"]);
    let publish = ["publish", "--today", "2025-03-01"];
    project.run(&publish).expect(0);
    let records = project.read("content/water/e30/records.md");
    project.write(
        "content/water/e30/records.md",
        &records.replace("value: 30", "value: 31"),
    );
    git(
        &project,
        &["commit", "--quiet", "--all", "--message=A figure"],
    );
    let run = project.run(&["diff", "HEAD^"]).expect(0);
    assert_eq!(
        run.stdout,
        "content/water/e30/records.md\n  ~ figure `f`, value: “30” → “31”\n"
    );
    let run = project.run(&publish).expect(1);
    assert!(
        run.stderr
            .contains("no correction or update says so: figure `f`"),
        "{}",
        run.stderr
    );
    project
        .run_on("2025-03-01", &["diff", "HEAD^", "--write"])
        .expect(0);
    git(
        &project,
        &["commit", "--quiet", "--all", "--message=Tell it"],
    );
    project.run(&publish).expect(0);
    let show = |path: &str| {
        git(
            &project,
            &["--git-dir=host.git", "show", &format!("gh-pages:{path}")],
        )
    };
    let changes = show("changes/index.html");
    assert!(changes.contains("Figure: 30 → 31."), "{changes}");
    assert!(
        show("water/e30/records/index.html").contains("Updated <time datetime=\"2025-03-01\">")
    );
    // The day has come.
    project.run(&["publish", "--today", "2025-06-01"]).expect(0);
    assert!(show("roads/e59/index.html").contains("Explainer 59"));
    assert!(show("es/roads/e59/index.html").contains("Explicador 59"));
}
