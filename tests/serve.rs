//! The preview over real HTTP: who is answered, with what, and what stays while there are faults.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod preview;

use std::io::{Read, Write};

use nutgraf::serve::Server;

use preview::{Preview, Project, published};

fn small() -> Preview {
    Project::small().serve()
}

#[test]
fn what_is_previewed_is_what_is_published() {
    let preview = small();
    let mut faults = nutgraf::diag::Diagnostics::new();
    let snapshot = nutgraf::config::snapshot(&preview.project.root(), &mut faults).unwrap();
    let edition = nutgraf::edition::Edition::new(snapshot.into(), Default::default());
    for path in edition.outputs().into_keys() {
        let content = edition.render(&path).unwrap().unwrap();
        let served = preview.get(&format!("/{path}"));
        assert_eq!(served.status, 200, "{path}");
        if path.as_str().ends_with(".html") {
            let built = String::from_utf8(content.bytes().to_vec()).unwrap();
            assert_eq!(published(&served.text()), built, "{path}");
        } else {
            assert_eq!(served.body, content.bytes(), "{path}");
        }
    }
}

#[test]
fn pages_folders_and_files_are_found_as_on_a_static_host() {
    let preview = small();
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert_eq!(
        home.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(home.text().contains("Hello."));
    let redirect = preview.get("/about");
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (307, Some("/about/"))
    );
    assert_eq!(
        preview.get("/photo.png").header("content-type"),
        Some("image/png")
    );
    assert_eq!(preview.get("/404").status, 200);
    let missing = preview.get("/no/such/page/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("/__nutgraf/reload.js"));
}

#[test]
fn a_request_finds_outputs_and_nothing_else() {
    let preview = small();
    preview.project.write("secret.txt", "secret");
    for target in [
        "/../../../etc/passwd",
        "/..",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e%5csite.yaml",
        "/....//site.yaml",
        "/..;/site.yaml",
        "/%252e%252e%252fetc/passwd",
        "/%c0%ae%c0%ae/",
        "/%ff",
        "/%",
        "/%zz",
        "/index.html%00.png",
        "//etc/passwd",
        "///",
        "/./",
        "//evil.test/",
        "/about//",
        "/.env",
        "/.git/config",
        "/site.yaml",
        "/content/index.md",
        "/secret.txt",
        "/index.html/.",
        "/index.html\\",
        "/c:/windows/win.ini",
        "/con",
        "/index.html::$DATA",
        "/INDEX~1.HTM",
        "/About/",
        "/<script>alert(1)</script>",
        "/%3Cscript%3E",
        "/\"onmouseover=",
        "/?../site.yaml#/../x",
        "/__nutgraf/",
        "/__nutgraf/../site.yaml",
    ] {
        let answer = preview.ask("GET", target, "");
        assert!(
            matches!(answer.status, 400 | 404) || target.starts_with("/?"),
            "{target}: {}",
            answer.status
        );
        let text = answer.text();
        assert!(
            !text.contains("root:") && !text.contains("secret") && !text.contains("title: A site"),
            "{target}"
        );
        assert!(
            !text.contains("alert(1)") && !text.contains("onmouseover"),
            "{target}"
        );
        assert_eq!(answer.header("location"), None, "{target}");
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_query_never_changes_what_is_served() {
    let preview = small();
    let plain = preview.get("/").body;
    let query = format!("/?raw??&{}", "a=b&".repeat(200));
    assert_eq!(preview.get(&query).body, plain);
}

#[test]
fn only_reading_is_allowed() {
    let preview = small();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        for target in ["/", "/__nutgraf/events", "/__nutgraf/reload.js"] {
            let answer = preview.ask(method, target, "Content-Length: 0\r\n");
            assert_eq!(
                (answer.status, answer.header("allow")),
                (405, Some("GET, HEAD")),
                "{method} {target}"
            );
        }
    }
    let head = preview.ask("HEAD", "/", "");
    let get = preview.get("/");
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), get.header("content-length"));
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[test]
fn other_names_than_ours_get_nothing() {
    let preview = small();
    let port = preview.address.rsplit(':').next().unwrap();
    let raw = |host: &str, target: &str, version: &str| {
        let request = format!("GET {target} {version}\r\n{host}Connection: close\r\n\r\n");
        preview
            .send(request.as_bytes())
            .map(|answer| (answer.status, answer.body.len()))
    };
    for host in [
        "evil.test",
        "localhost.evil.test",
        "127.0.0.1.evil.test",
        "localhost.",
        "0.0.0.0",
        "",
    ] {
        let with_port = if host.is_empty() {
            String::new()
        } else {
            format!("{host}:{port}")
        };
        let header = format!(
            "Host: {with_port}\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n"
        );
        assert_eq!(raw(&header, "/", "HTTP/1.1"), Some((421, 0)), "{host}");
    }
    assert_eq!(
        raw("Host: localhost\r\n", "http://evil.test/", "HTTP/1.1"),
        Some((421, 0))
    );
    assert_eq!(
        raw("Host: localhost\r\nHost: evil.test\r\n", "/", "HTTP/1.1")
            .unwrap()
            .0,
        400
    );
    assert_eq!(raw("", "/", "HTTP/1.1").unwrap().0, 400);
    assert_eq!(raw("", "/", "HTTP/1.0").unwrap().0, 421);
    for host in [
        format!("LOCALHOST:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(
            raw(&format!("Host: {host}\r\n"), "/", "HTTP/1.1")
                .unwrap()
                .0,
            200,
            "{host}"
        );
    }
}

#[test]
fn pages_of_other_origins_learn_nothing() {
    let preview = small();
    let answer = preview.ask("GET", "/", "Origin: http://evil.test\r\n");
    assert!(
        answer
            .headers
            .iter()
            .all(|(name, _)| !name.starts_with("access-control-"))
    );
    for (name, value) in [
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "frame-ancestors 'self'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-cache"),
    ] {
        for target in ["/", "/photo.png", "/nope", "/about", "/__nutgraf/reload.js"] {
            assert_eq!(preview.get(target).header(name), Some(value), "{target}");
        }
    }
    for own in ["events", "faults", "where", "reload.js"] {
        for headers in [
            "Origin: http://evil.test\r\n",
            "Origin: null\r\n",
            "Origin: http://localhost:1\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
        ] {
            let answer = preview.ask("GET", &format!("/__nutgraf/{own}?path=/"), headers);
            assert_eq!(
                (answer.status, answer.body.len()),
                (403, 0),
                "{own} {headers}"
            );
        }
    }
}

#[test]
fn requests_that_are_none_end_and_harm_nobody() {
    let preview = small();
    let host = &preview.address;
    let long = "x".repeat(1 << 20);
    let many: String = (0..10_000).map(|n| format!("X-{n}: y\r\n")).collect();
    let requests = [
        format!("GET /{long} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n"),
        format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
        ),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n folded: x\r\n\r\n"),
        "GET /\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}".to_owned() + &long,
        "\r\n\r\n\r\n\r\n\0\0\0\0 \r\n\r\n".to_owned(),
    ];
    for request in &requests {
        let answer = preview.send(request.as_bytes());
        let status = answer.map(|answer| answer.status);
        assert!(
            status.is_none_or(|status| (400..500).contains(&status)),
            "{status:?} {:.60}",
            request
        );
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_body_on_a_get_is_not_waited_for() {
    let preview = small();
    let answer = preview.ask("GET", "/", "Content-Length: 1000000000\r\n");
    assert_eq!(answer.status, 200);
}

#[test]
fn slow_and_silent_clients_hold_nothing_up() {
    let preview = small();
    let mut silent: Vec<_> = (0..200).map(|_| preview.connect()).collect();
    for stream in &mut silent {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    }
    assert_eq!(preview.get("/").status, 200);
    let mut streams: Vec<_> = (0..64).map(|_| preview.listen("/")).collect();
    for stream in &mut streams {
        stream.next();
    }
    let full = preview.get("/__nutgraf/events?path=/");
    assert_eq!((full.status, full.header("retry-after")), (503, Some("5")));
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn who_has_a_page_already_is_not_sent_it_again_unless_it_changed() {
    let preview = small();
    let tag = preview.get("/").header("etag").unwrap().to_owned();
    let known = format!("If-None-Match: \"x\", W/{tag}\r\n");
    let again = preview.ask("GET", "/", &known);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let future = preview.ask(
        "GET",
        "/",
        "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n",
    );
    assert_eq!(future.status, 200);
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nChanged.\n");
    preview.wait_for_text("/", "Changed.");
    assert_eq!(preview.ask("GET", "/", &known).status, 200);
}

#[test]
fn parts_of_a_file_can_be_asked_for() {
    let preview = small();
    let part = preview.ask("GET", "/photo.png", "Range: bytes=4-9\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "really"));
    assert_eq!(part.header("content-range"), Some("bytes 4-9/18"));
    assert_eq!(
        preview
            .ask("GET", "/photo.png", "Range: bytes=99-\r\n")
            .status,
        416
    );
    for range in [
        "bytes=",
        "bytes=9-1",
        "x",
        &format!("bytes={}", "0-0,".repeat(1000)),
    ] {
        let whole = preview.ask("GET", "/photo.png", &format!("Range: {range}\r\n"));
        assert_eq!((whole.status, whole.body.len()), (200, 18), "{range}");
    }
}

#[test]
fn a_worker_that_another_project_left_is_forgotten() {
    let preview = small();
    let answer = preview.ask("GET", "/sw.js", "Service-Worker: script\r\n");
    assert_eq!(
        (answer.status, answer.header("clear-site-data")),
        (404, Some("\"storage\""))
    );
    assert_eq!(preview.get("/sw.js").header("clear-site-data"), None);
}

#[test]
fn a_site_with_a_base_path_stands_below_it() {
    let project = Project::small();
    project.write(
        "site.yaml",
        "title: A site\nbase_url: https://example.org/repo/\n",
    );
    let preview = project.serve();
    assert_eq!(preview.base, "/repo/");
    assert_eq!(preview.get("/repo/about/").status, 200);
    let bare = preview.get("/repo");
    assert_eq!(
        (bare.status, bare.header("location")),
        (307, Some("/repo/"))
    );
    assert_eq!(
        preview.get("/repo/about").header("location"),
        Some("/repo/about/")
    );
    let outside = preview.get("/about/");
    assert_eq!(outside.status, 404);
    assert!(outside.text().contains("href=\"/repo/\""));
    assert_eq!(preview.get("/repository/").status, 404);
}

#[test]
fn a_page_with_a_fault_stays_as_it_was_until_it_is_mended() {
    let preview = small();
    preview.get("/about/");
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\nNew words. [Gone](gone.md)\n",
    );
    let held = preview.wait("/about/", |answer| answer.text().contains("nutgraf-faults"));
    assert_eq!(held.status, 200);
    assert!(held.text().contains("About us.") && !held.text().contains("New words. <a"));
    assert!(
        held.text().contains("content/about.md:4:12"),
        "{}",
        held.text()
    );
    // The fault is shown wherever the writer looks, and nothing else is held up.
    preview.wait("/", |answer| answer.text().contains("gone.md"));
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nStill going.\n");
    preview.wait_for_text("/", "Still going.");
    preview
        .project
        .write("content/about.md", "---\ntitle: About\n---\nMended.\n");
    let mended = preview.wait_for_text("/about/", "Mended.");
    assert!(!mended.text().contains("About us."));
    for page in ["/", "/about/"] {
        preview.wait(page, |answer| !answer.text().contains("nutgraf-faults"));
    }
}

#[test]
fn what_is_mended_elsewhere_is_no_fault_any_more() {
    let preview = small();
    let about = "---\ntitle: About\n---\nAbout us.\n\n## Who\n";
    preview.project.write("content/about.md", about);
    preview.project.write(
        "content/index.md",
        "---\ntitle: Home\n---\n[Who](about.md#who)\n",
    );
    preview.wait("/", |answer| answer.text().contains("about/#who"));
    for broken in [
        "---\ntitle: About\n---\n## Who else\n",
        "---\ntitle: About\n---\n## Whom\n",
    ] {
        preview.project.write("content/about.md", broken);
        preview.wait("/", |answer| answer.text().contains("content/index.md:4:1"));
        let text = format!("{about}\nFixed: {}.\n", broken.len());
        preview.project.write("content/about.md", &text);
        preview.wait_for_text("/about/", &format!("Fixed: {}.", broken.len()));
        // Whether or not everything was checked anew by now.
        for page in ["/", "/about/"] {
            let text = preview.get(page).text();
            assert!(!text.contains("nutgraf-faults"), "{page}: {text}");
        }
    }
}

#[test]
fn a_page_that_nobody_had_looked_at_stays_as_it_was_too() {
    let preview = small();
    preview.wait_until_said(|said| !said.reports.lock().unwrap().is_empty());
    for broken in [
        "---\ntitle: About\n---\n[Gone](gone.md)\n",
        "---\ntitle: [\n---\nText\n",
        "---\nno end",
    ] {
        preview.project.write("content/about.md", broken);
        let held = preview.wait("/about/", |answer| answer.text().contains("nutgraf-faults"));
        assert!(
            held.status == 200 && held.text().contains("About us."),
            "{broken}: {}",
            held.text()
        );
    }
}

#[test]
fn a_new_page_that_was_never_good_gets_its_faults_as_its_page() {
    let preview = small();
    preview
        .project
        .write("content/new.md", "---\ntitel: New\n---\nText\n");
    let page = preview.wait("/new/", |answer| answer.status == 500);
    assert!(
        page.text().contains("titel") && page.text().contains("content/new.md"),
        "{}",
        page.text()
    );
    preview
        .project
        .write("content/new.md", "---\ntitle: New\n---\nText\n");
    preview.wait_for_text("/new/", "Text");
}

#[test]
fn a_page_that_was_deleted_is_gone() {
    let preview = small();
    preview.get("/about/");
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nAlone.\n");
    preview.project.remove("content/about.md");
    preview.wait("/about/", |answer| answer.status == 404);
    preview
        .project
        .write("content/about.md", "---\ntitle: About\n---\nBack.\n");
    preview.wait_for_text("/about/", "Back.");
}

#[test]
fn broken_settings_leave_the_site_up_and_say_so() {
    let preview = small();
    preview.project.write("site.yaml", "title: [\n");
    let page = preview.wait("/", |answer| answer.text().contains("nutgraf-faults"));
    assert!(
        page.status == 200 && page.text().contains("Hello.") && page.text().contains("site.yaml")
    );
    assert_eq!(preview.get("/about/").status, 200);
    preview.project.write("site.yaml", "title: Another name\n");
    let page = preview.wait_for_text("/", "Another name");
    assert!(!page.text().contains("nutgraf-faults"));
}

#[test]
fn a_site_whose_settings_were_never_good_shows_their_faults() {
    let project = Project::small();
    project.write("site.yaml", "title: [\n");
    let preview = project.serve();
    let page = preview.get("/");
    assert!(page.status == 500 || page.status == 404, "{}", page.status);
    assert!(page.text().contains("site.yaml"), "{}", page.text());
    preview.project.write("site.yaml", "title: Good\n");
    preview.wait_for_text("/", "Hello.");
}

#[test]
fn a_broken_template_leaves_the_site_up_and_says_so() {
    let preview = small();
    preview
        .project
        .write("templates/page.html", "<p>Own {{ page.title }}</p>");
    preview.wait_for_text("/about/", "<p>Own About</p>");
    for broken in [
        "{% if %}",
        "{{ page.titel }}",
        "{% include \"none.html\" %}",
    ] {
        preview.project.write("templates/page.html", broken);
        let page = preview.wait("/about/", |answer| {
            answer.text().contains("templates/page.html")
        });
        assert!(
            page.status == 200 && page.text().contains("<p>Own About</p>"),
            "{broken}: {}",
            page.text()
        );
    }
    preview.project.remove("templates/page.html");
    preview.wait("/about/", |answer| {
        answer.text().contains("<main") && !answer.text().contains("nutgraf-faults")
    });
}

#[test]
fn reports_are_text_and_not_markup() {
    let preview = small();
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\nx</style><img src=x onerror=alert(1)>: 1\n---\n",
    );
    let page = preview.wait("/about/", |answer| answer.text().contains("nutgraf-faults"));
    assert!(!page.text().contains("<img src=x"), "{}", page.text());
}

#[test]
fn the_terminal_says_each_fault_once() {
    let preview = small();
    let n_errors = |said: &preview::Said| {
        let reports = said.reports.lock().unwrap();
        reports
            .iter()
            .filter(|report| report.iter().any(|message| message.contains("gone.md")))
            .count()
    };
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\n[Gone](gone.md)\n",
    );
    preview.wait_until_said(|said| n_errors(said) == 1);
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nOne.\n");
    preview.wait_for_text("/", "One.");
    preview
        .project
        .write("content/about.md", "---\ntitle: About\n---\nFine.\n");
    preview.wait_until_said(|said| {
        said.lines
            .lock()
            .unwrap()
            .iter()
            .any(|line| line == "All errors are fixed.")
    });
    assert_eq!(n_errors(&preview.said), 1);
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\n[Gone](gone.md)\n",
    );
    preview.wait_until_said(|said| n_errors(said) == 2);
}

#[test]
fn a_page_hears_of_its_own_changes_and_of_no_others() {
    let preview = small();
    let mut about = preview.listen("/about/");
    let first = about.next();
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nNot for you.\n");
    preview.wait_for_text("/", "Not for you.");
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\nFor you. ![A photo](photo.png)\n",
    );
    let second = about.next();
    assert_ne!(first["page"], second["page"]);
    assert_eq!(first["styles"], second["styles"]);
    preview
        .project
        .write("content/photo.png", "GIF8another photo");
    let third = about.next();
    assert_ne!(third["page"], second["page"]);
    // What is said on the stream is worth nothing to anybody else.
    assert!(!third.to_string().contains("photo"));
}

#[test]
fn other_styles_are_no_other_page() {
    let project = Project::small();
    project.write("static/style.css", "body { color: black }");
    let preview = project.serve();
    let mut home = preview.listen("/");
    let first = home.next();
    let old_style = |page: &str| {
        let start = page.find("href=\"style.").unwrap() + "href=\"".len();
        page[start..start + page[start..].find('"').unwrap()].to_owned()
    };
    let old = old_style(&preview.get("/").text());
    preview
        .project
        .write("static/style.css", "body { color: navy }");
    let second = home.next();
    assert_eq!(first["page"], second["page"]);
    assert_ne!(first["styles"], second["styles"]);
    // The page that is still open asks for the styles that it was sent with.
    assert_eq!(
        preview.get(&format!("/{old}")).text(),
        "body { color: black }"
    );
}

#[test]
fn a_report_comes_and_goes_without_another_page() {
    let preview = small();
    let mut home = preview.listen("/");
    let first = home.next();
    assert_eq!(first["faults"], "");
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\n[Gone](gone.md)\n",
    );
    let second = home.next();
    assert_eq!(first["page"], second["page"]);
    assert_ne!(second["faults"], "");
    assert!(
        preview
            .get("/__nutgraf/faults?path=/")
            .text()
            .contains("gone.md")
    );
    preview
        .project
        .write("content/about.md", "---\ntitle: About\n---\nFine.\n");
    assert_eq!(home.next(), first);
    assert_eq!(preview.get("/__nutgraf/faults?path=/").text(), "");
}

#[test]
fn a_page_is_followed_to_its_new_address() {
    let preview = small();
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nNo links.\n");
    preview.wait_for_text("/", "No links.");
    preview.project.write(
        "content/about.md",
        "---\ntitle: About\n---\nAbout us, alone.\n",
    );
    preview.wait_for_text("/about/", "About us, alone.");
    preview
        .project
        .rename("content/about.md", "content/us/who.md");
    preview.wait_for_text("/us/who/", "About us, alone.");
    let moved = preview.wait("/__nutgraf/where?path=/about/", |answer| {
        answer.text().contains("us/who")
    });
    assert!(
        moved.text().contains("\"moved\":\"/us/who/\""),
        "{}",
        moved.text()
    );
    preview.project.write(
        "content/us/who.md",
        "---\ntitle: About\nslug: team\n---\nAbout us.\n",
    );
    preview.wait_for_text("/us/team/", "About us.");
    let moved = preview.get("/__nutgraf/where?path=/us/who/");
    assert!(
        moved.text().contains("\"moved\":\"/us/team/\""),
        "{}",
        moved.text()
    );
}

#[test]
fn browsers_follow_edits_only_if_that_was_asked_for() {
    for follow in [false, true] {
        let project = Project::small();
        let options = nutgraf::serve::ServeOptions {
            follow,
            ..project.options()
        };
        let preview = project.serve_with(options);
        let mut home = preview.listen("/");
        let first = home.next();
        preview
            .project
            .write("content/about.md", "---\ntitle: About\n---\nEdited.\n");
        preview.wait_for_text("/about/", "Edited.");
        let told = preview.get("/__nutgraf/where?path=/").text();
        assert_eq!(told.contains("\"edited\":\"/about/\""), follow, "{told}");
        if follow {
            assert_ne!(home.next()["edit"], first["edit"]);
        }
    }
}

#[test]
fn a_restarted_preview_reloads_nothing_that_is_the_same() {
    let first = small();
    let before = first.listen("/").next();
    let options = first.project.options();
    let server = Server::start(options, first.said.clone()).unwrap();
    let address = server
        .url()
        .strip_prefix("http://")
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    std::thread::spawn(|| server.run());
    let Preview {
        base,
        said,
        project,
        ..
    } = first;
    let second = Preview {
        address,
        base,
        said,
        project,
    };
    assert_eq!(second.listen("/").next(), before);
}

#[test]
fn a_taken_port_is_an_error_if_it_was_asked_for() {
    let preview = small();
    let port = preview.address.rsplit(':').next().unwrap().parse().unwrap();
    let options = nutgraf::serve::ServeOptions {
        port: Some(port),
        ..preview.project.options()
    };
    let error = Server::start(options, preview.said.clone()).err().unwrap();
    assert_eq!(
        error.to_string(),
        format!("port {port} is taken by another program")
    );
}

#[test]
fn an_opened_preview_warns() {
    let project = Project::small();
    let options = nutgraf::serve::ServeOptions {
        host: Some("0.0.0.0".to_owned()),
        ..project.options()
    };
    let preview = project.serve_with(options);
    assert!(
        preview
            .said
            .lines
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.starts_with("warning: anyone who can reach"))
    );
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn nothing_is_written() {
    let preview = small();
    let before = preview::files(&preview.project.root());
    preview.get("/");
    preview
        .project
        .write("content/index.md", "---\ntitle: Home\n---\nChanged.\n");
    preview.wait_for_text("/", "Changed.");
    let mut after = preview::files(&preview.project.root());
    after.insert(
        "content/index.md".to_owned(),
        before["content/index.md"].clone(),
    );
    assert_eq!(before, after);
}

#[test]
fn many_requests_at_once_are_all_answered_with_whole_pages() {
    let preview = small();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let page = preview.get("/about/");
                    assert!(page.status == 200 && page.text().trim_end().ends_with("</html>"));
                }
            });
        }
        for n in 0..20 {
            preview.project.write(
                "content/about.md",
                &format!("---\ntitle: About\n---\nEdit {n}\n"),
            );
        }
    });
    preview.wait_for_text("/about/", "Edit 19");
}

#[test]
fn a_connection_can_be_used_again() {
    let preview = small();
    let mut stream = preview.connect();
    for _ in 0..3 {
        let request = format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
        let mut rest = Vec::new();
        while !rest.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            rest.push(byte[0]);
        }
    }
}

#[test]
fn many_hints_at_once_leave_errors_in_sight() {
    let project = Project::small();
    let prose = |n| format!("The {n} ships of the fleet lie in port.\n\n");
    let prose: String = (101..=140).map(prose).collect();
    let text = format!("---\ntitle: The fleet\nexplainer: true\n---\n{prose}");
    project.write("content/fleet/index.md", &text);
    project.write("content/wrong.md", "---\ntitel: Wrong\n---\n");
    let preview = project.serve();
    preview.wait_until_said(|said| {
        let lines = said.lines.lock().unwrap();
        lines.iter().any(|line| line.contains("more hints"))
    });
    let reports = preview.said.reports.lock().unwrap();
    assert!(reports[0].len() < 40, "{reports:#?}");
    let mut messages = reports[0].iter();
    assert!(messages.any(|message| message.contains("titel")));
}
