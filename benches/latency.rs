//! How soon does the preview show an edit? `cargo bench --bench latency` prints the 50th and 95th percentile on sites
//! of 600, 6,000 and 30,000 pages, for edits of a page, of records, of a template and of `site.yaml`.
//!
//! The clock starts right before a file that was written in place is closed, which completes a save, and ends when an
//! answer holds the new words; a page is asked for again and again over one connection. `get` is what a GET takes when
//! nothing changes. Percentiles are by nearest rank.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nutgraf::diag::{Diagnostics, Texts};
use nutgraf::edition::Settings;
use nutgraf::serve::{Console, ServeOptions, Server};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Of fewer, the 95th percentile would be little else than the worst.
const EDITS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(30);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!("  pages      start        get  edit of        50th       95th");
    for n_explainers in sizes()? {
        let dir = tempfile::tempdir()?;
        write_site(dir.path(), n_explainers)?;
        measure(dir.path(), n_explainers * 6)?;
    }
    Ok(())
}

/// How many explainers the sites have: as `LATENCY_EXPLAINERS` says, or those of the targets.
fn sizes() -> Outcome<Vec<usize>> {
    let asked = std::env::var("LATENCY_EXPLAINERS").unwrap_or_else(|_| "100,1000,5000".to_owned());
    let sizes: Result<Vec<usize>, _> = asked.split(',').map(str::parse).collect();
    Ok(sizes?)
}

fn measure(root: &Path, n_pages: usize) -> Outcome<()> {
    let start = Instant::now();
    let options = ServeOptions {
        root: root.to_owned(),
        settings: Settings::default(),
        port: Some(0),
        host: None,
        open: false,
        follow: false,
        poll: false,
        read_only: false,
    };
    let server = Server::start(options, Arc::new(Silent))?;
    let port = server.url().trim_end_matches('/').rsplit(':').next();
    let port: u16 = port.ok_or("the preview has no port")?.parse()?;
    std::thread::spawn(move || server.run());
    let connect = || TcpStream::connect(("127.0.0.1", port)).map(Browser);
    connect()?.wait_for("/e1/overview/", "word-0")?;
    let start = start.elapsed();
    // Everything is checked behind the first page.
    std::thread::sleep(Duration::from_secs(1 + n_pages as u64 / 5_000));
    // The preview lets go of connections that are idle for long.
    let mut browser = connect()?;
    let get = Instant::now();
    browser.get("/e1/overview/")?;
    let get = get.elapsed();
    let kinds = [
        ("page", "content/e1/overview.md", "/e1/overview/"),
        ("records", "content/e1/timeline.md", "/e1/timeline/"),
        ("template", "templates/page.html", "/e1/overview/"),
        ("site.yaml", "site.yaml", "/e1/overview/"),
    ];
    for (kind, file, page) in kinds {
        let file = root.join(file);
        let text = fs::read_to_string(&file)?;
        let mut took = Vec::new();
        for n in 1..=EDITS {
            std::thread::sleep(Duration::from_millis(120 + 37 * (n as u64 % 7)));
            let word = format!("{kind}-{n}-");
            let edited = text.replace("word-0", &word);
            let mut saved = fs::File::create(&file)?;
            saved.write_all(edited.as_bytes())?;
            let start = Instant::now();
            drop(saved);
            browser.wait_for(page, &word)?;
            took.push(start.elapsed());
        }
        fs::write(&file, &text)?;
        browser.wait_for(page, "word-0")?;
        took.sort();
        println!(
            "{n_pages:>7}  {:>6} ms  {:>6.2} ms  {kind:<10} {:>6.1} ms  {:>6.1} ms",
            start.as_millis(),
            get.as_secs_f64() * 1e3,
            percentile(&took, 50).as_secs_f64() * 1e3,
            percentile(&took, 95).as_secs_f64() * 1e3,
        );
    }
    Ok(())
}

/// Of sorted times, the shortest that so many percent of them don't exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted[rank.max(1) - 1]
}

struct Silent;

impl Console for Silent {
    fn say(&self, _: &str) {}

    fn report(&self, _: &Diagnostics, _: &dyn Texts) {}
}

/// One connection that is kept open.
struct Browser(TcpStream);

impl Browser {
    fn get(&mut self, path: &str) -> Outcome<String> {
        // In one piece: the system holds back the second of two small ones.
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        self.0.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let mut part = [0; 64 * 1024];
        loop {
            let n = self.0.read(&mut part)?;
            if n == 0 {
                return Err("the preview closed the connection".into());
            }
            answer.extend_from_slice(&part[..n]);
            let text = String::from_utf8_lossy(&answer);
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let head = head.to_lowercase();
            let length = head.split("content-length: ").nth(1).ok_or("no length")?;
            let length: usize = length.lines().next().unwrap_or("0").trim().parse()?;
            if body.len() >= length {
                return Ok(body.to_owned());
            }
        }
    }

    fn wait_for(&mut self, path: &str, word: &str) -> Outcome<()> {
        let start = Instant::now();
        while !self.get(path)?.contains(word) {
            if start.elapsed() > PATIENCE {
                return Err(format!("`{word}` never showed on {path}").into());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Ok(())
    }
}

/// Explainers of six pages: prose, a timeline, figures, reactions, sources. The edit of records changes an id, and the
/// prose has many hints.
fn write_site(root: &Path, n_explainers: usize) -> Outcome<()> {
    fs::create_dir_all(root.join("templates"))?;
    fs::write(
        root.join("site.yaml"),
        "title: A site word-0\nbase_url: https://example.org/\n",
    )?;
    fs::write(
        root.join("templates/page.html"),
        "{% extends \"__builtin/page.html\" %}{% block foot %}<p>word-0</p>{% endblock foot %}",
    )?;
    let prose =
        "A sentence of the prose that explains the matter to those 90 who read it. ".repeat(40);
    for n in 1..=n_explainers {
        let folder = root.join(format!("content/e{n}"));
        fs::create_dir_all(&folder)?;
        let page = |name: &str, front: &str| {
            let text =
                format!("---\ntitle: {name} {n}\n{front}---\n\nword-0\n\n## More\n\n{prose}\n");
            fs::write(folder.join(format!("{name}.md")), text)
        };
        let mut events = String::from("events:\n");
        let mut figures = String::from("figures:\n");
        let mut reactions = String::from("people:\n  - {id: ann, name: Ann Lee}\nreactions:\n");
        for record in 1..=10 {
            writeln!(
                events,
                "  - {{date: 2025-01-{record:02}, title: Event {record}, source: gazette}}"
            )?;
            writeln!(
                figures,
                "  - {{id: f{record}, title: Figure {record}, value: {record}, unit: ships, source: gazette}}"
            )?;
            writeln!(
                reactions,
                "  - {{id: r{record}, speaker: ann, quote: We need the quay, source: gazette}}"
            )?;
        }
        page("overview", "")?;
        page("background", "")?;
        page("timeline", &events.replace("Event 1,", "Event word-0,"))?;
        page("figures", &figures)?;
        page("reactions", &reactions)?;
        page(
            "sources",
            "sources:\n  - {id: gazette, title: A report, publisher: Gazette}\n",
        )?;
    }
    Ok(())
}
