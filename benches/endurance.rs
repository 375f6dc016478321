//! Does the preview hold under load, and `watch` through a long day? `cargo bench --bench endurance` answers both.
//!
//! - `serve`: 64 clients ask for pages for five minutes while one of them is edited ten times a second, and 1,000
//!   clients want the event stream, of which a preview keeps 64. Every answer has to be whole and of one version, no
//!   version may come back, and memory may not grow.
//! - `watch`: 20,000 random edits. Afterwards the output has to equal a clean build, and neither memory nor open files
//!   may have grown.
//!
//! `ENDURANCE_SECONDS` and `ENDURANCE_EDITS` make it shorter; 0 leaves a part out.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that can't go on should stop"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 64;
const STREAMS: usize = 1000;
const PAGES: u64 = 60;
/// How much a process may grow while it does the same again and again, in KiB: what its allocator keeps in reserve.
const SLACK: u64 = 48 * 1024;
/// How long to wait for the output of the last edit.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let seconds = wanted("ENDURANCE_SECONDS", 300);
    if seconds > 0 {
        serve(Duration::from_secs(seconds));
    }
    let edits = wanted("ENDURANCE_EDITS", 20_000);
    if edits > 0 {
        watch(edits);
    }
}

fn wanted(name: &str, usual: u64) -> u64 {
    let asked = std::env::var(name).ok();
    asked.map_or(usual, |asked| asked.parse().unwrap())
}

/// A page in its nth version: the number stands at its start and its end.
fn page(version: u64) -> String {
    format!("---\ntitle: Version {version}.\n---\nBegins {version}.\n\nEnds {version}.\n")
}

fn write_site(root: &Path) {
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(
        root.join("site.yaml"),
        "title: A site\nlanguage: en\nbase_url: https://harbor.example\n",
    )
    .unwrap();
    fs::write(root.join("content/index.md"), page(0)).unwrap();
    for number in 0..PAGES {
        fs::write(root.join(format!("content/p{number}.md")), page(0)).unwrap();
    }
}

/// The program at work, ended when this is dropped.
struct Running {
    child: Child,
    said: Option<BufReader<ChildStdout>>,
}

impl Running {
    fn start(root: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .args(args)
            .current_dir(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = child.stdout.take().map(BufReader::new);
        Self { child, said }
    }

    /// Waits for a line with some words.
    fn wait_for(&mut self, words: &str) -> String {
        let said = self.said.as_mut().unwrap();
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it has ended");
        }
        line
    }

    /// Its memory in KiB.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        line.unwrap()
            .split_whitespace()
            .nth(1)
            .unwrap()
            .parse()
            .unwrap()
    }

    fn n_handles(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id()))
            .unwrap()
            .count()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

fn serve(time: Duration) {
    let dir = tempfile::tempdir().unwrap();
    write_site(dir.path());
    let mut running = Running::start(dir.path(), &["serve", "--port", "0", "--read-only"]);
    let line = running.wait_for("Previewing http://");
    let address = line.split("http://").nth(1).unwrap();
    let digits = address.split(':').nth(1).unwrap();
    let port: u16 = digits
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let written = Arc::new(AtomicU64::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (is_over, written) = (is_over.clone(), written.clone());
            std::thread::spawn(move || client(port, &is_over, &written))
        })
        .collect();
    let streams: Vec<(u16, TcpStream)> = (0..STREAMS).map(|_| stream(port)).collect();
    let n_kept = streams.iter().filter(|(status, _)| *status == 200).count();
    assert!(
        streams
            .iter()
            .all(|(status, _)| matches!(status, 200 | 503))
    );
    let start = Instant::now();
    let mut version = 0;
    let mut before = 0;
    while start.elapsed() < time {
        version += 1;
        // The first third fills what is kept in reserve.
        if before == 0 && start.elapsed() > time / 3 {
            before = running.memory();
        }
        written.store(version, Ordering::SeqCst);
        fs::write(dir.path().join("content/p0.md"), page(version)).unwrap();
        std::thread::sleep(Duration::from_millis(100));
    }
    is_over.store(true, Ordering::SeqCst);
    let mut times: Vec<Duration> = clients
        .into_iter()
        .flat_map(|client| client.join().unwrap())
        .collect();
    let after = running.memory();
    times.sort_unstable();
    let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1000.0;
    println!(
        "serve: {version} edits, {} answers, none wrong; 50th percentile {:.1} ms, 99th {:.1} ms; {n_kept} of {STREAMS} streams kept, the others told to come back; {before} KiB before, {after} after",
        times.len(),
        at(50),
        at(99)
    );
    assert!(after < before + SLACK, "memory grows");
}

/// Asks for a page that is edited and for others; returns how long each answer took.
fn client(port: u16, is_over: &AtomicBool, written: &AtomicU64) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut seen = 0;
    let mut turn = 0;
    while !is_over.load(Ordering::SeqCst) {
        let number = if turn % 2 == 0 { 0 } else { turn % PAGES };
        turn += 1;
        let start = Instant::now();
        let (status, body) = get(port, &format!("/p{number}/"));
        times.push(start.elapsed());
        assert_eq!(status, 200);
        let versions: Vec<u64> = ["Begins ", "Ends "]
            .map(|words| {
                let rest = body.split(words).nth(1).unwrap();
                rest.split('.').next().unwrap().parse().unwrap()
            })
            .to_vec();
        assert!(
            body.contains("</html>") && versions[0] == versions[1],
            "torn"
        );
        if number == 0 {
            assert!(versions[0] >= seen, "an older version came back");
            assert!(versions[0] <= written.load(Ordering::SeqCst));
            seen = versions[0];
        } else {
            assert_eq!(versions[0], 0);
        }
    }
    times
}

fn connect(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).unwrap()
}

fn get(port: u16, path: &str) -> (u16, String) {
    let mut stream = connect(port);
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (status_of(&answer), answer)
}

fn status_of(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// An event stream: its status, and the connection, which stays open.
fn stream(port: u16) -> (u16, TcpStream) {
    let mut stream = connect(port);
    let request = format!("GET /__nutgraf/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    (status_of(&String::from_utf8_lossy(&head)), stream)
}

fn watch(n_edits: u64) {
    let dir = tempfile::tempdir().unwrap();
    write_site(dir.path());
    let mut running = Running::start(dir.path(), &["watch"]);
    running.wait_for("Built ");
    // Nobody reads what it says from here on, so it may not have to wait for that.
    let mut said = running.said.take().unwrap();
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    let mut before = (0, 0);
    let start = Instant::now();
    for edit in 0..n_edits {
        // The first tenth fills what is kept in reserve.
        if edit == n_edits / 10 {
            before = (running.memory(), running.n_handles());
        }
        let path = dir.path().join(format!("content/p{}.md", next() % PAGES));
        match next() % 5 {
            0 if path.exists() => fs::remove_file(&path).unwrap(),
            1 => {
                let temporary = path.with_extension("tmp");
                fs::write(&temporary, page(edit)).unwrap();
                fs::rename(&temporary, &path).unwrap();
            }
            2 => fs::write(&path, "---\ntitle: [\n---\n").unwrap(),
            _ => fs::write(&path, page(edit)).unwrap(),
        }
        if next() % 20 == 0 {
            std::thread::sleep(Duration::from_millis(next() % 60));
        }
    }
    for number in 0..PAGES {
        fs::write(
            dir.path().join(format!("content/p{number}.md")),
            page(number),
        )
        .unwrap();
    }
    let clean = tempfile::tempdir().unwrap();
    let out = clean.path().join("out");
    let built = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(["build", "--quiet", "-o"])
        .arg(&out)
        .current_dir(dir.path())
        .status();
    assert!(built.unwrap().success());
    let expected = files(&out);
    let end = Instant::now() + PATIENCE;
    while files(&dir.path().join("public")) != expected {
        assert!(
            Instant::now() < end,
            "the output isn't that of a clean build"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let after = (running.memory(), running.n_handles());
    println!(
        "watch: {n_edits} edits in {:.0} s, equal to a clean build; {} KiB and {} open files before, {} and {} after",
        start.elapsed().as_secs_f64(),
        before.0,
        before.1,
        after.0,
        after.1
    );
    assert!(after.0 < before.0 + SLACK, "memory grows");
    assert!(after.1 <= before.1 + 4, "open files are never closed");
}

/// The files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = |path: &Path| {
        let below = path.strip_prefix(folder).ok()?.to_owned();
        // It may be replaced at this moment.
        Some((below, fs::read(path).ok()?))
    };
    files.filter_map(|entry| read(entry.path())).collect()
}
