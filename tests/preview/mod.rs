//! A preview for tests: a project in a folder of its own, served on a free port, asked over real HTTP.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]
#![allow(dead_code, reason = "each test program uses another part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nutgraf::diag::{Diagnostics, Texts};
use nutgraf::edition::Settings;
use nutgraf::serve::{Console, ServeOptions, Server};

/// So long an edit may take to show on a machine that is busy; a test that waits longer fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What a preview said.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) lines: Mutex<Vec<String>>,
    /// The messages of each report.
    pub(crate) reports: Mutex<Vec<Vec<String>>>,
}

impl Said {
    fn n_updates(&self) -> usize {
        let lines = self.lines.lock().unwrap();
        lines
            .iter()
            .filter(|line| line.contains("pdated in"))
            .count()
    }
}

impl Console for Said {
    fn say(&self, line: &str) {
        self.lines.lock().unwrap().push(line.to_owned());
    }

    fn report(&self, faults: &Diagnostics, _: &dyn Texts) {
        let messages = faults
            .sorted()
            .iter()
            .map(|fault| fault.message.clone())
            .collect();
        self.reports.lock().unwrap().push(messages);
    }
}

/// A project in a folder of its own.
pub(crate) struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// A site with a home page, a second page and a photo.
    pub(crate) fn small() -> Self {
        Self::new(&[
            ("site.yaml", "title: A site\nlanguage: en\n"),
            (
                "content/index.md",
                "---\ntitle: Home\n---\nHello. See [more](about.md).\n",
            ),
            (
                "content/about.md",
                "---\ntitle: About\n---\nAbout us. ![A photo](photo.png)\n",
            ),
            // A picture by its first bytes, with words that tests can look for.
            ("content/photo.png", "GIF8really a photo"),
        ])
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let place = self.at(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        let place = self.at(path);
        if place.is_dir() {
            std::fs::remove_dir_all(place).unwrap();
        } else {
            std::fs::remove_file(place).unwrap();
        }
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.at(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(self.at(from), to).unwrap();
    }

    pub(crate) fn options(&self) -> ServeOptions {
        ServeOptions {
            root: self.root(),
            settings: Settings::default(),
            port: Some(0),
            host: None,
            open: false,
            follow: false,
            poll: false,
            read_only: false,
        }
    }

    pub(crate) fn serve(self) -> Preview {
        let options = self.options();
        self.serve_with(options)
    }

    pub(crate) fn serve_with(self, options: ServeOptions) -> Preview {
        let said = Arc::new(Said::default());
        let server = Server::start(options, said.clone()).unwrap();
        let url = server.url().to_owned();
        let (address, base) = url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let preview = Preview {
            address: address.to_owned(),
            base: format!("/{base}"),
            said,
            project: self,
        };
        std::thread::spawn(|| server.run());
        preview
    }
}

/// A project that is served.
pub(crate) struct Preview {
    /// Host and port.
    pub(crate) address: String,
    pub(crate) base: String,
    pub(crate) said: Arc<Said>,
    pub(crate) project: Project,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Preview {
    /// Sends bytes and reads the whole answer.
    pub(crate) fn send(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = self.connect();
        // A server that refuses a request may close before it has read all of it.
        let _refused = stream.write_all(request);
        read_answer(&mut BufReader::new(stream))
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A request with more header lines, each ending with a line break.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        let host = &self.address;
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        );
        self.send(request.as_bytes()).expect("the server answers")
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    /// Asks again and again until an answer is as it should be. This is how a test waits for an edit: what it waits
    /// for is what it asserts.
    #[track_caller]
    pub(crate) fn wait(&self, target: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(target);
            if is_right(&answer) {
                return answer;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "`{target}` is still {} {}\nsaid: {:#?}",
                answer.status,
                answer.text(),
                self.said.lines.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    #[track_caller]
    pub(crate) fn wait_for_text(&self, target: &str, text: &str) -> Answer {
        self.wait(target, |answer| {
            answer.status == 200 && answer.text().contains(text)
        })
    }

    /// Waits until what was said is as it should be.
    #[track_caller]
    pub(crate) fn wait_until_said(&self, is_right: impl Fn(&Said) -> bool) {
        let start = Instant::now();
        while !is_right(&self.said) {
            assert!(
                start.elapsed() < PATIENCE,
                "said: {:#?}\nreports: {:#?}",
                self.said.lines.lock().unwrap(),
                self.said.reports.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// How often the preview was made anew, once it was at all: an update is told after its pages are there.
    pub(crate) fn n_updates_in_the_end(&self) -> usize {
        self.wait_until_said(|said| said.n_updates() > 0);
        self.n_updates()
    }

    /// How often the preview was made anew.
    pub(crate) fn n_updates(&self) -> usize {
        self.said.n_updates()
    }

    /// Listens for changes of the page at `path`.
    pub(crate) fn listen(&self, path: &str) -> Stream {
        let mut stream = self.connect();
        let host = &self.address;
        let request = format!("GET /__nutgraf/events?path={path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Stream(BufReader::new(stream))
    }
}

/// A stream of changes.
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    /// The next change, as JSON.
    pub(crate) fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(
                self.0.read_line(&mut line).unwrap(),
                0,
                "the stream has ended"
            );
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

fn read_answer(stream: &mut BufReader<TcpStream>) -> Option<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let mut body = Vec::new();
    // A connection that is closed early has no body.
    let _closed = stream.read_to_end(&mut body);
    Some(Answer {
        status,
        headers,
        body,
    })
}

/// A page as it is published: without the script, and with the policy as the template has it.
pub(crate) fn published(page: &str) -> String {
    let Some(start) = page.find("<script src=\"/__nutgraf/") else {
        return page.to_owned();
    };
    let end = start + page[start..].find("</script>\n").unwrap() + "</script>\n".len();
    let nonce = page[start..].split('"').nth(3).unwrap();
    let page = format!("{}{}", &page[..start], &page[end..]);
    let page = page.replace(
        &format!("; script-src 'nonce-{nonce}'; connect-src 'self'"),
        "",
    );
    page.replace(&format!(" 'nonce-{nonce}'"), "")
}

/// Every file of a folder, by its path.
pub(crate) fn files(dir: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = files.map(|entry| {
        let path = entry
            .path()
            .strip_prefix(dir)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        (path, std::fs::read(entry.path()).unwrap())
    });
    read.collect()
}
