//! Links to other sites, asked for over real HTTP from a server on this machine that misbehaves in every way.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use nutgraf::links::{Answer, Manners, ask};
use support::Project;
use url::Url;

/// What a host does with a question: its method, its path, how often this path was asked before, where to answer.
type Habit = fn(&str, &str, usize, &mut TcpStream);

/// A host on this machine. It notes what it was asked, and how many asked it at the same time.
struct Host {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    at_once: Arc<AtomicUsize>,
}

impl Host {
    fn new(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            at_once: Arc::default(),
        };
        let (asked, most) = (host.asked.clone(), host.at_once.clone());
        let now = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, most, now) = (asked.clone(), most.clone(), now.clone());
                thread::spawn(move || {
                    let n = now.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(n, Ordering::SeqCst);
                    serve(stream.unwrap(), habit, &asked, &now);
                });
            }
        });
        host
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Asks about one path.
    fn ask(&self, path: &str) -> Answer {
        let url = self.url(path);
        ask(std::slice::from_ref(&url), &quick())[url.as_str()].clone()
    }
}

/// One question; the connection is closed after it.
fn serve(mut stream: TcpStream, habit: Habit, asked: &Mutex<Vec<String>>, now: &AtomicUsize) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    // Whoever is asked may be left alone at any moment.
    if reader.read_line(&mut line).is_err() {
        return;
    }
    let mut words = line.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default().to_owned(),
        words.next().unwrap_or_default().to_owned(),
    );
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|n| n > 0) && header != "\r\n" {
        header.clear();
    }
    let before = {
        let mut asked = asked.lock().unwrap();
        let before = asked
            .iter()
            .filter(|question| question.ends_with(&format!(" {path}")))
            .count();
        asked.push(format!("{method} {path}"));
        before
    };
    // Before the answer, after which the other side may ask again at once.
    now.fetch_sub(1, Ordering::SeqCst);
    habit(&method, &path, before, &mut stream);
}

/// An answer without a body.
fn say(stream: &mut TcpStream, status: &str, headers: &str) {
    let text =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");
    drop(stream.write_all(text.as_bytes()));
}

/// Manners for a host that doesn't mind.
fn quick() -> Manners {
    Manners {
        patience: Duration::from_secs(10),
        pause: Duration::ZERO,
        longest_wait: Duration::from_secs(2),
        n_hosts: 8,
        ..Manners::default()
    }
}

/// A host that answers as the path says: `/404` with 404.
fn by_number(_: &str, path: &str, _: usize, stream: &mut TcpStream) {
    let status = path.trim_matches('/');
    say(stream, &format!("{status} Whatever"), "");
}

#[test]
fn dead_and_unanswered_and_alive_are_told_apart() {
    let host = Host::new(by_number);
    for alive in ["/200", "/204", "/206"] {
        assert_eq!(host.ask(alive), Answer::Alive, "{alive}");
    }
    for dead in ["/404", "/410"] {
        assert!(matches!(host.ask(dead), Answer::Dead(_)), "{dead}");
    }
    assert_eq!(
        host.ask("/404"),
        Answer::Dead("the host says 404 Not Found".to_owned())
    );
    for closed in [
        "/400", "/401", "/403", "/405", "/406", "/418", "/429", "/451", "/500", "/502", "/503",
        "/999",
    ] {
        assert!(
            matches!(host.ask(closed), Answer::Unanswered(_)),
            "{closed}"
        );
    }
}

#[test]
fn what_is_alive_is_asked_once_and_without_its_body() {
    let host = Host::new(by_number);
    assert_eq!(host.ask("/200"), Answer::Alive);
    assert_eq!(host.asked(), ["HEAD /200"]);
}

#[test]
fn a_host_that_does_not_know_head_is_asked_properly() {
    let host = Host::new(|method, path, before, stream| match method {
        "GET" => say(stream, "200 OK", ""),
        _ => by_number(method, path, before, stream),
    });
    for status in ["/405", "/501", "/404", "/403", "/500"] {
        let before = host.asked().len();
        assert_eq!(host.ask(status), Answer::Alive, "{status}");
        let asked = [format!("HEAD {status}"), format!("GET {status}")];
        assert_eq!(host.asked()[before..], asked);
    }
    // This one hangs up on HEAD.
    let host = Host::new(|method, _, _, stream| {
        if method == "GET" {
            say(stream, "200 OK", "");
        }
    });
    assert_eq!(host.ask("/page"), Answer::Alive);
}

#[test]
fn redirects_are_followed_to_their_end() {
    let host = Host::new(|_, path, _, stream| match path {
        "/old" => say(stream, "301 Moved", "Location: /new\r\n"),
        "/gone" => say(stream, "302 Found", "Location: /nowhere\r\n"),
        "/circle" => say(stream, "302 Found", "Location: /circle\r\n"),
        "/blind" => say(stream, "302 Found", ""),
        "/local" => say(stream, "302 Found", "Location: file:///etc/passwd\r\n"),
        "/new" => say(stream, "200 OK", ""),
        _ => say(stream, "404 Not Found", ""),
    });
    assert_eq!(host.ask("/old"), Answer::Alive);
    assert!(matches!(host.ask("/gone"), Answer::Dead(_)));
    assert_eq!(
        host.ask("/circle"),
        Answer::Dead("it sends visitors round in circles".to_owned())
    );
    assert_ne!(host.ask("/blind"), Answer::Alive);
    assert_ne!(host.ask("/local"), Answer::Alive);
}

#[test]
fn a_host_that_asks_to_come_back_later_is_given_the_time() {
    let host = Host::new(|_, path, before, stream| match (path, before) {
        ("/seconds", 0) => say(stream, "429 Too Many Requests", "Retry-After: 1\r\n"),
        ("/date", 0) => {
            let then = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
            say(stream, "503 Busy", &format!("Retry-After: {then}\r\n"));
        }
        ("/seconds" | "/date", _) => say(stream, "200 OK", ""),
        ("/always", _) => say(stream, "429 Too Many Requests", "Retry-After: 0\r\n"),
        (_, _) => say(stream, "429 Too Many Requests", "Retry-After: 86400\r\n"),
    });
    let start = Instant::now();
    assert_eq!(host.ask("/seconds"), Answer::Alive);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(host.ask("/date"), Answer::Alive);
    // More than it is worth; nobody is asked again.
    assert!(matches!(host.ask("/tomorrow"), Answer::Unanswered(_)));
    assert_eq!(
        host.asked()
            .iter()
            .filter(|question| question.ends_with("/tomorrow"))
            .count(),
        1
    );
    // Not for ever, either.
    assert!(matches!(host.ask("/always"), Answer::Unanswered(_)));
    assert!(
        host.asked()
            .iter()
            .filter(|question| question.ends_with("/always"))
            .count()
            <= 3
    );
}

#[test]
fn no_answer_of_a_host_keeps_us() {
    let patience = Manners {
        patience: Duration::from_millis(300),
        ..quick()
    };
    let habits: BTreeMap<&str, Habit> = BTreeMap::from([
        ("hangs up", (|_, _, _, _| {}) as Habit),
        ("says nothing", |_, _, _, stream| {
            // Until the other side gives up.
            drop(std::io::copy(stream, &mut std::io::sink()));
        }),
        ("says nonsense", |_, _, _, stream| {
            drop(stream.write_all(b"\x00\xff\xfe nonsense\r\n\r\n"));
        }),
        ("breaks off", |_, _, _, stream| {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le"));
        }),
        ("never ends its headers", |_, _, _, stream| {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\n"));
            while stream
                .write_all(b"X-More: and more and more and more\r\n")
                .is_ok()
            {}
        }),
        ("drips", |_, _, _, stream| {
            for byte in b"HTTP/1.1 200 OK\r\n".iter().cycle() {
                if stream.write_all(&[*byte]).is_err() {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }),
    ]);
    for (name, habit) in habits {
        let host = Host::new(habit);
        let url = host.url("/page");
        let start = Instant::now();
        let answers = ask(std::slice::from_ref(&url), &patience);
        assert!(
            matches!(answers[url.as_str()], Answer::Unanswered(_)),
            "{name}: {answers:?}"
        );
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            start.elapsed()
        );
    }
    // A body without an end isn't waited for.
    let host = Host::new(|method, _, _, stream| {
        if method == "HEAD" {
            return say(stream, "405 No", "");
        }
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    assert_eq!(host.ask("/page"), Answer::Alive);
}

#[test]
fn nobody_at_all_is_no_proof_that_a_page_is_gone() {
    // A port that nothing listens to.
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = Url::parse(&format!("http://{free}/")).unwrap();
    let answers = ask(std::slice::from_ref(&url), &quick());
    assert_eq!(
        answers[url.as_str()],
        Answer::Unanswered("nobody answers there".to_owned())
    );
}

#[test]
fn one_host_is_asked_one_thing_at_a_time_with_a_pause_between() {
    let habit: Habit = |_, _, _, stream| say(stream, "200 OK", "");
    let hosts = [Host::new(habit), Host::new(habit)];
    let urls: Vec<Url> = hosts
        .iter()
        .flat_map(|host| (0..4).map(|n| host.url(&format!("/{n}"))))
        // The same address twice is one question.
        .chain([hosts[0].url("/0")])
        .collect();
    let manners = Manners {
        pause: Duration::from_millis(50),
        ..quick()
    };
    let start = Instant::now();
    let answers = ask(&urls, &manners);
    assert!(start.elapsed() >= Duration::from_millis(150));
    assert_eq!(answers.len(), 8);
    assert!(answers.values().all(|answer| *answer == Answer::Alive));
    for host in &hosts {
        assert_eq!(host.at_once.load(Ordering::SeqCst), 1);
        assert_eq!(host.asked(), ["HEAD /0", "HEAD /1", "HEAD /2", "HEAD /3"]);
    }
}

/// A project with one link of each kind.
fn project(host: &Host) -> Project {
    let project = Project::new(&[(
        "site.yaml",
        "title: Test\nbase_url: https://news.example.org/\n",
    )]);
    let url = |path: &str| host.url(path).to_string();
    project.write(
        "content/index.md",
        &format!(
            "---\ntitle: Home\nsources:\n  - id: paper\n    title: The paper\n    url: {}\n    archived: https://archive.invalid/paper\n---\nAs [they say]({}) [@paper], and [others]({}).\n\n[Again]({}) and [ours](https://news.example.org/).\n",
            url("/gone"),
            url("/fine"),
            url("/shut"),
            url("/fine#part"),
        ),
    );
    project
}

fn fine_gone_shut(_: &str, path: &str, _: usize, stream: &mut TcpStream) {
    match path {
        "/fine" => say(stream, "200 OK", ""),
        "/gone" => say(stream, "410 Gone", ""),
        _ => say(stream, "403 Forbidden", ""),
    }
}

#[test]
fn a_dead_link_is_reported_where_it_is_written_with_the_archived_copy() {
    let host = Host::new(fine_gone_shut);
    let project = project(&host);
    let run = project.run(&["check", "--links"]).expect(0);
    assert!(
        run.stdout.contains("Asking about 4 outside links."),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("Of 4 outside links, 4 were asked about now."),
        "{}",
        run.stdout
    );
    let gone = host.url("/gone");
    for words in [
        format!("warning[dead-link]: `{gone}` leads nowhere: the host says 410 Gone"),
        "--> content/index.md:6:10".to_owned(),
        "help: link to the archived copy, `https://archive.invalid/paper`, or to where the page has moved".to_owned(),
        format!("hint[unanswered-link]: whether `{}` leads anywhere can't be told: the host says 403 Forbidden", host.url("/shut")),
        "warning[dead-link]: `https://archive.invalid/paper` leads nowhere: names that end with `.invalid` are for examples".to_owned(),
        "help: look for a copy at https://web.archive.org/web/https://archive.invalid/paper".to_owned(),
    ] {
        assert!(run.stderr.contains(&words), "no `{words}` in:\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("/fine` "), "{}", run.stderr);
    let strict = project
        .run(&["check", "--links", "--strict", "--format", "github"])
        .expect(1);
    assert!(
        strict
            .stdout
            .contains("::warning file=content/index.md,line=6,"),
        "{}",
        strict.stdout
    );
    assert!(!strict.stdout.contains("Asking"), "{}", strict.stdout);
}

#[test]
fn what_is_known_of_late_is_not_asked_again_but_what_is_dead_is() {
    let host = Host::new(fine_gone_shut);
    let project = project(&host);
    project.run(&["check", "--links"]).expect(0);
    let first = host.asked().len();
    let run = project.run(&["check", "--links"]).expect(0);
    // The dead ones: somebody may have fixed them. Nobody has to be asked about archive.invalid.
    assert_eq!(host.asked()[first..], ["HEAD /gone", "GET /gone"]);
    assert!(
        run.stdout
            .contains("Of 4 outside links, 2 were asked about now."),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr
            .contains("403 Forbidden, as asked within the last hour"),
        "{}",
        run.stderr
    );

    // A week later, everything is asked again.
    let path = ".nutgraf/links.json";
    let mut known: serde_json::Value = serde_json::from_str(&project.read(path)).unwrap();
    for link in known.as_object_mut().unwrap().values_mut() {
        let asked = link["asked"].as_u64().unwrap();
        link["asked"] = (asked - 8 * 24 * 60 * 60).into();
    }
    project.write(path, &known.to_string());
    let run = project.run(&["check", "--links"]).expect(0);
    assert!(
        run.stdout.contains("4 were asked about now."),
        "{}",
        run.stdout
    );

    // A memory that can't be read is none.
    project.write(path, "{");
    project.run(&["check", "--links"]).expect(0);
    serde_json::from_str::<serde_json::Value>(&project.read(path)).unwrap();
}

#[test]
fn nobody_is_asked_unless_that_is_wanted() {
    let host = Host::new(fine_gone_shut);
    let project = project(&host);
    project.run(&["check"]).expect(0);
    project.run(&["build"]).expect(0);
    assert_eq!(host.asked(), Vec::<String>::new());
    assert!(!project.path(".nutgraf/links.json").exists());
}
