//! The same files work wherever they are put: at the top of a host, below a folder, and opened without a server.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod pages;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pages::{Host, has_place, html, links};
use support::{Project, tree};

/// A copy of the newsroom from the golden sites: sections, explainers, redirects, downloads, pictures.
fn newsroom() -> Project {
    let project = Project::new(&[]);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/newsroom/in");
    for (path, bytes) in tree(&from) {
        let to = project.path(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    // Each test says by itself where the site stands.
    let site = project.read("site.yaml");
    let without: Vec<&str> = site
        .lines()
        .filter(|line| !line.starts_with("base_url:") && !line.starts_with("cards:"))
        .collect();
    project.write("site.yaml", &(without.join("\n") + "\n"));
    project
}

fn build(project: &Project, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    project.run(&[&["build"], args].concat()).expect(0);
    let mut files = tree(&project.path("public"));
    files.remove(".nutgraf.json").unwrap();
    files
}

/// The addresses of all pages, by their files.
fn addresses(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages = files.iter().filter(|(path, bytes)| {
        let text = html(bytes).filter(|_| *path != "404.html");
        text.is_some_and(|text| !text.contains(REFRESH))
    });
    let addresses: Vec<String> = pages
        .map(|(path, _)| path.strip_suffix("index.html").unwrap_or(path).to_owned())
        .collect();
    assert!(addresses.len() > 5, "{addresses:?}");
    addresses
}

/// What makes a page a redirect.
const REFRESH: &str = "http-equiv=\"refresh\"";

#[test]
fn the_same_files_work_at_the_top_of_a_host_and_below_a_folder() {
    let files = build(&newsroom(), &[]);
    for base in ["/", "/repo/", "/team/explainers/"] {
        let host = Host::serve(files.clone(), base);
        let reached = host.crawl();
        for address in addresses(&files) {
            assert!(
                reached.contains_key(&address),
                "nothing leads to `{address}` below {base}"
            );
        }
        let styles = reached.keys().filter(|path| path.ends_with(".css")).count();
        assert!(styles > 0, "the pages bring no stylesheet along");
    }
}

#[test]
fn every_old_address_leads_to_its_page() {
    let files = build(&newsroom(), &[]);
    let host = Host::serve(files.clone(), "/repo/");
    let redirects = files
        .iter()
        .filter(|(_, bytes)| html(bytes).is_some_and(|text| text.contains(REFRESH)));
    let mut n_redirects = 0;
    for (path, bytes) in redirects {
        n_redirects += 1;
        let text = html(bytes).unwrap();
        let (_, target) = text.split_once("url=").unwrap();
        let target = target.split('"').next().unwrap();
        let (target, _) = pages::resolve(&format!("/repo/{path}"), target).unwrap();
        assert_eq!(host.get(&target).status, 200, "{path} leads to {target}");
    }
    assert!(n_redirects > 0);
}

#[test]
fn an_unknown_address_gets_the_sites_own_page_at_any_depth() {
    for (base, address) in [
        ("/", "https://news.example.org/"),
        ("/repo/", "https://ada.github.io/repo/"),
    ] {
        let files = build(&newsroom(), &["-u", address]);
        let host = Host::serve(files, base);
        for unknown in [
            "nowhere",
            "nowhere/",
            "harbor/nowhere/further/on.html",
            "Harbor/",
            "INDEX.html",
        ] {
            let answer = host.page(unknown);
            assert_eq!(answer.status, 404, "{unknown}");
            let text = html(&answer.body).unwrap();
            for link in links(&text).iter().filter(|link| !link.starts_with('#')) {
                let Some((target, _)) = pages::resolve(&format!("{base}{unknown}"), link) else {
                    // Those with the site's whole address lead to the host that it names.
                    assert!(link.starts_with(address), "{link}");
                    continue;
                };
                assert_eq!(
                    host.get(&target).status,
                    200,
                    "from {base}{unknown}: {link}"
                );
            }
        }
    }
}

#[test]
fn what_the_host_does_by_itself_is_enough() {
    let files = build(&newsroom(), &["-u", "https://ada.github.io/repo/"]);
    let host = Host::serve(files.clone(), "/repo/");
    // A reader leaves out the slash.
    let answer = host.get("/repo");
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (301, Some("/repo/"))
    );
    let answer = host.page("harbor/timeline");
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (301, Some("/repo/harbor/timeline/"))
    );
    // Every file of the output has an address of its own, dots and all.
    for (path, bytes) in &files {
        let address: String = path
            .split('/')
            .map(|part| {
                percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC)
                    .to_string()
            })
            .collect::<Vec<_>>()
            .join("/");
        let answer = host.page(&address);
        assert_eq!((answer.status, &answer.body), (200, bytes), "{path}");
    }
    // Outside the base path there is nothing of the site.
    assert_eq!(
        host.get("/harbor/").body,
        b"There isn't a GitHub Pages site here."
    );
}

#[test]
fn addresses_that_name_the_host_are_those_of_the_pages() {
    let files = build(&newsroom(), &["-u", "https://ada.github.io/repo/"]);
    let host = Host::serve(files.clone(), "/repo/");
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let location = regex::Regex::new("<loc>https://ada.github.io(/repo/[^<]*)</loc>").unwrap();
    let sitemap = text("sitemap.xml");
    let listed: Vec<String> = location
        .captures_iter(&sitemap)
        .map(|found| found[1].to_owned())
        .collect();
    assert_eq!(listed.len(), sitemap.matches("<loc>").count());
    for path in listed {
        assert_eq!(host.get(&path).status, 200, "{path}");
    }
    let canonical =
        regex::Regex::new("<link rel=\"canonical\" href=\"https://ada.github.io(/repo/[^\"]*)\"")
            .unwrap();
    for address in addresses(&files) {
        let page = host.page(&address).text();
        assert_eq!(
            &canonical.captures(&page).unwrap()[1],
            format!("/repo/{address}"),
            "{address}"
        );
    }
}

#[test]
fn without_pretty_addresses_the_site_opens_from_a_folder() {
    let project = newsroom();
    project.write(
        "site.yaml",
        &format!("{}pretty_urls: false\n", project.read("site.yaml")),
    );
    let files = build(&project, &[]);
    let public = fs::canonicalize(project.path("public")).unwrap();
    let mut n_links = 0;
    for (path, bytes) in &files {
        let Some(text) = html(bytes).filter(|_| path != "404.html") else {
            continue;
        };
        for link in links(&text) {
            // As a browser reads it: relative to the file, which has no host.
            let page = url::Url::from_file_path(public.join(path)).unwrap();
            let target = page.join(&link).unwrap();
            if target.scheme() != "file" {
                continue;
            }
            n_links += 1;
            let file: PathBuf = target.to_file_path().unwrap();
            assert!(file.starts_with(&public), "{path} leads outside: {link}");
            assert!(file.is_file(), "{path} leads to no file: {link}");
            if let Some(fragment) = target.fragment().filter(|fragment| !fragment.is_empty()) {
                let fragment = percent_encoding::percent_decode_str(fragment)
                    .decode_utf8()
                    .unwrap();
                let there = fs::read_to_string(&file).unwrap();
                assert!(has_place(&there, &fragment), "{path} leads to {link}");
            }
        }
    }
    assert!(n_links > 50, "only {n_links} links");
    // The same files work on a host, too.
    let reached = Host::serve(files.clone(), "/repo/").crawl();
    assert!(reached.contains_key("harbor/timeline/index.html"));
}

#[test]
fn a_record_is_where_links_to_it_lead_whatever_else_its_page_holds() {
    let all = concat!(
        "events:\n  - {id: vote, date: 2025-01-27, title: The vote, source: paper}\n",
        "figures:\n  - {id: ships, title: Ships, value: 3, source: paper}\n",
        "reactions:\n  - {id: said, speaker: ada, quote: The very words, source: paper}\n",
        "people:\n  - {id: ada, name: Ada Lind}\n",
        "terms:\n  - {id: quay, term: Quay, definition: Where ships lie.}\n",
        "sources:\n  - {id: paper, title: The paper}\n",
    );
    let ids = [
        "event:vote",
        "figure:ships",
        "reaction:said",
        "person:ada",
        "term:quay",
        "source:paper",
    ];
    let links: String = ids.iter().map(|id| format!("- [words]({id})\n")).collect();
    let layouts = [
        "timeline",
        "figures",
        "reactions",
        "people",
        "glossary",
        "sources",
        "page",
        "section",
    ];
    let project = Project::new(&[("site.yaml", "title: Test\n")]);
    for layout in layouts {
        project.write(
            &format!("content/{layout}/index.md"),
            &format!("---\ntitle: Home\n---\n{links}\n[@paper]\n"),
        );
        project.write(
            &format!("content/{layout}/all.md"),
            &format!("---\ntitle: All\nlayout: {layout}\n{all}---\n"),
        );
    }
    project.write(
        "content/index.md",
        &format!("---\ntitle: Home\n{all}---\n{links}\n[@paper]\n"),
    );
    let files = build(&project, &[]);
    Host::serve(files, "/").crawl();
    // A page shows each record once, so that no name stands there twice.
    for (path, bytes) in tree(&project.path("public")) {
        let Some(text) = html(&bytes) else { continue };
        for name in ["vote", "ships", "said", "ada", "quay", "paper"] {
            assert!(
                text.matches(&format!(" id=\"{name}\"")).count() <= 1,
                "{path}: {name}"
            );
        }
    }
}

#[test]
fn hosts_that_take_headers_from_a_file_get_them() {
    let project = newsroom();
    assert!(
        !build(&project, &[])
            .keys()
            .any(|path| path.starts_with('_'))
    );
    project.write(
        "site.yaml",
        &format!("{}headers: true\n", project.read("site.yaml")),
    );
    let files = build(&project, &["-u", "https://news.example.org/"]);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let headers = text("_headers");
    // The same policy as in the pages.
    let policy =
        regex::Regex::new("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").unwrap();
    let home = text("index.html");
    let policy = &policy.captures(&home).unwrap()[1];
    assert!(
        headers.starts_with(&format!("/*\n  Content-Security-Policy: {policy}\n")),
        "{headers}"
    );
    assert!(headers.contains("\n  X-Content-Type-Options: nosniff\n"));
    // What may be kept for ever is what changes its name with its content, and nothing else.
    let mut kept = Vec::new();
    let mut lines = headers.lines().peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some_and(|next| next.contains("immutable")) {
            kept.push(line.strip_prefix('/').unwrap());
        }
    }
    let hashed = regex::Regex::new(r"\.[0-9a-f]{8}\.(css|js|png)$").unwrap();
    for path in files.keys().filter(|path| hashed.is_match(path)) {
        let is_kept = |rule: &&str| match rule.strip_suffix('*') {
            Some(folder) => path.starts_with(folder),
            None => path == *rule,
        };
        assert_eq!(
            kept.iter().filter(|rule| is_kept(rule)).count(),
            1,
            "{path} in {kept:?}"
        );
    }
    for rule in kept.iter().filter(|rule| !rule.ends_with('*')) {
        assert!(files.contains_key(*rule) && hashed.is_match(rule), "{rule}");
    }
    assert!(kept.contains(&"cards/*"), "{kept:?}");
    // Old addresses, each to a page that is there.
    let redirects = text("_redirects");
    let lines: Vec<Vec<&str>> = redirects
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    assert!(
        lines.contains(&vec!["/old/harbor/", "/harbor/", "301"]),
        "{redirects}"
    );
    let host = Host::serve(files.clone(), "/");
    for line in &lines {
        assert_eq!((line.len(), host.get(line[1]).status), (3, 200), "{line:?}");
    }
}

#[test]
fn a_template_with_a_policy_of_its_own_is_not_contradicted_by_the_headers() {
    let project = newsroom();
    project.write(
        "site.yaml",
        &format!("{}headers: true\n", project.read("site.yaml")),
    );
    project.write(
        "templates/page.html",
        "{% extends \"__builtin/page.html\" %}{% block csp %}{% endblock csp %}",
    );
    let files = build(&project, &[]);
    let headers = String::from_utf8(files["_headers"].clone()).unwrap();
    assert!(!headers.contains("Content-Security-Policy"), "{headers}");
    assert!(headers.contains("nosniff"));
}

#[test]
fn files_of_the_writers_own_go_before_ours() {
    let project = newsroom();
    project.write(
        "site.yaml",
        &format!("{}headers: true\n", project.read("site.yaml")),
    );
    project.write("static/_headers", "/*\n  X-Mine: yes\n");
    let files = build(&project, &[]);
    assert_eq!(files["_headers"], b"/*\n  X-Mine: yes\n");
}
