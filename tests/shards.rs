//! A site that several machines build, each a share of it, and a sitemap that is too long for one file.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use nutgraf::edition::{Edition, Settings};
use nutgraf::project::{OutputPath, Snapshot};
use support::{Project, nutgraf, tree};

/// A site with everything that is made of pages: records, data, embeds, cards, lists, feeds, a search, two languages.
fn newsroom() -> Project {
    let project = Project::new(&[]);
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/newsroom/in");
    for (path, bytes) in tree(&site) {
        let to = project.path(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    project
}

const DAY: [&str; 2] = ["--today", "2025-06-01"];

/// Builds the shares of a site, each in a process of its own and all at once.
fn build_shares(project: &Project, of: usize) {
    let shares = 1..=of;
    let processes: Vec<_> = shares
        .map(|n| {
            let (share, dir) = (format!("{n}/{of}"), format!("share-{n}"));
            let mut command = nutgraf(&["build", "-q", "--shard", &share, "-o", &dir]);
            command.args(DAY).current_dir(project.root());
            command.spawn().unwrap()
        })
        .collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
}

#[test]
fn four_processes_make_what_one_does_to_the_byte() {
    let project = newsroom();
    build_shares(&project, 4);
    let whole = ["build", "-q", "-o", "whole", DAY[0], DAY[1]];
    project.run(&whole).expect(0);
    let whole = tree(&project.path("whole"));
    let mut n_files = 0;
    for n in 1..=4 {
        let share = tree(&project.path(&format!("share-{n}")));
        assert!(share.len() > whole.len() / 8, "{n}: {}", share.len());
        n_files += share.len();
    }
    // Each has a manifest of its own.
    assert_eq!(n_files, whole.len() + 3);
    let merge = [
        "merge", "-o", "merged", "share-3", "share-1", "share-4", "share-2",
    ];
    let run = project.run(&merge).expect(0);
    assert!(
        run.stdout.starts_with("Merged 4 shares in merged: "),
        "{}",
        run.stdout
    );
    assert!(tree(&project.path("merged")) == whole);
    // It is a site like any other: merged again, nothing changes, and a page that is gone is gone.
    let again = project.run(&merge).expect(0);
    assert!(
        again.stdout.contains(": 0 files changed, "),
        "{}",
        again.stdout
    );
    project.write(
        "content/about.md",
        "---\ntitle: Other words\n---\n\nThese.\n",
    );
    build_shares(&project, 4);
    project.run(&merge).expect(0);
    project
        .run(&["build", "-q", "-o", "whole", DAY[0], DAY[1]])
        .expect(0);
    assert!(tree(&project.path("merged")) == tree(&project.path("whole")));
}

#[test]
fn what_is_not_one_whole_site_is_not_merged() {
    let project = Project::small();
    let refused = |dirs: &[&str], said: &str| {
        let mut args = vec!["merge", "-o", "merged"];
        args.extend(dirs);
        let run = project.run(&args).expect(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(!project.path("merged").exists());
    };
    build_shares(&project, 2);
    project.run(&["build", "-q"]).expect(0);
    refused(&["share-1"], "shares 2/2 are missing");
    refused(
        &["share-1", "share-1", "share-2"],
        "the share 1/2 is there twice",
    );
    refused(
        &["share-1", "public"],
        "there is no share of a site in `public`",
    );
    refused(&["nowhere"], "there is no share of a site in `nowhere`");
    let other = ["build", "-q", "--shard", "2/2", "-o", "other"];
    project
        .run(&[&other[..], &["-u", "https://example.org"]].concat())
        .expect(0);
    refused(
        &["share-1", "other"],
        "`share-1` and `other` aren't shares of one site",
    );
    let first = tree(&project.path("share-2")).into_iter().next().unwrap().0;
    project.write(&format!("share-2/{first}"), "changed");
    refused(&["share-1", "share-2"], "isn't as the build left it");
    let run = project
        .run(&["build", "--shard", "3/2", "-o", "x"])
        .expect(2);
    assert!(run.stderr.contains("as in `3/8`"), "{}", run.stderr);
    // A share never takes the place of a whole site by itself.
    project.run(&["build", "--shard", "1/2"]).expect(2);
}

#[test]
fn a_sitemap_of_more_than_fifty_thousand_addresses_is_an_index_of_several() {
    let tagged = |page: usize| {
        let tags: Vec<String> = (0..1_000)
            .map(|n| format!("t{}", page * 1_000 + n))
            .collect();
        let text = format!(
            "---\ntitle: Page {page}\ntags: [{}]\n---\n\nText.\n",
            tags.join(", ")
        );
        (format!("content/p{page}.md"), text)
    };
    let site = (
        "site.yaml".to_owned(),
        "title: Words\nbase_url: https://example.org\ncards: false\n".to_owned(),
    );
    let home = (
        "content/index.md".to_owned(),
        "---\ntitle: Home\n---\n".to_owned(),
    );
    // 50 pages with 1,000 words each, the home page, the list of all words.
    let mut files: Vec<(String, String)> = (0..50).map(tagged).collect();
    files.extend([site, home]);
    let rendered = |files: &[(String, String)], path: &str| {
        let snapshot = Snapshot::from_files(files.iter().map(|(path, text)| (path, text)));
        let edition = Edition::new(Arc::new(snapshot), Settings::default());
        let content = edition.render(&OutputPath::new(path))?.unwrap();
        Some(String::from_utf8(content.bytes().to_vec()).unwrap())
    };
    let index = rendered(&files, "sitemap.xml").unwrap();
    let parts: Vec<String> = (1..=2)
        .map(|n| format!("<sitemap><loc>https://example.org/sitemap-{n}.xml</loc></sitemap>"))
        .collect();
    assert!(index.contains("<sitemapindex"), "{index}");
    assert!(parts.iter().all(|part| index.contains(part)), "{index}");
    let n_urls = |part: String| part.matches("<url>").count();
    assert_eq!(rendered(&files, "sitemap-1.xml").map(n_urls), Some(50_000));
    assert_eq!(rendered(&files, "sitemap-2.xml").map(n_urls), Some(52));
    assert_eq!(rendered(&files, "sitemap-3.xml"), None);
    files.pop();
    files.truncate(49);
    files.push((
        "site.yaml".to_owned(),
        "title: Words\nbase_url: https://example.org\ncards: false\n".to_owned(),
    ));
    assert_eq!(rendered(&files, "sitemap.xml").map(n_urls), Some(49_050));
    assert_eq!(rendered(&files, "sitemap-1.xml"), None);
}
