//! A server that behaves as GitHub Pages does, over real HTTP: a folder's `index.html`, a redirect to the slash, `.html`
//! left out, the site's own `404.html` with status 404, upper and lower case told apart, nothing rewritten, and nothing
//! of the site outside its base path.

#![allow(dead_code, reason = "each test file uses its part of this")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A running host. It ends with the test's process.
pub(crate) struct Host {
    address: SocketAddr,
    base: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Host {
    /// Serves files, by their paths, below `base` (`/` or `/repo/`).
    pub(crate) fn serve(files: BTreeMap<String, Vec<u8>>, base: &str) -> Self {
        assert!(base.starts_with('/') && base.ends_with('/'));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = Self {
            address: listener.local_addr().unwrap(),
            base: base.to_owned(),
        };
        let (files, base) = (Arc::new(files), base.to_owned());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (files, base) = (files.clone(), base.clone());
                thread::spawn(move || respond(stream.unwrap(), &files, &base));
            }
        });
        host
    }

    /// Asks for a path of the host; redirects aren't followed.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: ada.github.io\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut location = None;
        loop {
            line.clear();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("location: ") {
                location = Some(value.trim().to_owned());
            }
        }
        let mut body = Vec::new();
        reader.read_to_end(&mut body).unwrap();
        Answer {
            status,
            location,
            body,
        }
    }

    /// Asks for a path of the site.
    pub(crate) fn page(&self, path: &str) -> Answer {
        self.get(&format!("{}{path}", self.base))
    }

    /// Follows every link from the home page, and gives the answers by path below the base. A link that leads outside
    /// the site's base path, to nothing, or to a place in a page that isn't there, fails the test.
    pub(crate) fn crawl(&self) -> BTreeMap<String, Answer> {
        let mut known = BTreeMap::new();
        let mut wanted = BTreeSet::from([self.base.clone()]);
        let mut places = Vec::new();
        while let Some(path) = wanted.pop_first() {
            let answer = self.get(&path);
            assert_eq!(answer.status, 200, "{path}");
            if let Some(text) = html(&answer.body) {
                for link in links(&text) {
                    let Some((target, fragment)) = resolve(&path, &link) else {
                        continue;
                    };
                    assert!(
                        target.starts_with(&self.base),
                        "{path} leads outside the site: {link}"
                    );
                    if let Some(fragment) = fragment {
                        places.push((path.clone(), target.clone(), fragment));
                    }
                    if target != path && !known.contains_key(&target) {
                        wanted.insert(target);
                    }
                }
            }
            known.insert(path, answer);
        }
        for (from, target, fragment) in places {
            let page = known[&target].text();
            assert!(
                has_place(&page, &fragment),
                "{from} leads to {target}#{fragment}"
            );
        }
        let below = |(path, answer): (String, Answer)| {
            (path.strip_prefix(&self.base).unwrap().to_owned(), answer)
        };
        known.into_iter().map(below).collect()
    }
}

fn respond(mut stream: TcpStream, files: &BTreeMap<String, Vec<u8>>, base: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut request = String::new();
    reader.read_line(&mut request).unwrap();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 0 && line != "\r\n" {
        line.clear();
    }
    let Some(path) = request.split(' ').nth(1) else {
        return;
    };
    let path = path.split(['?', '#']).next().unwrap();
    let path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .unwrap();
    let (status, location, body) = answer(&path, files, base);
    let reason = if status == 200 { "OK" } else { "Other" };
    write!(
        stream,
        "HTTP/1.1 {status} {reason}\r\nContent-Length: {}\r\nConnection: close\r\n",
        body.len()
    )
    .unwrap();
    if let Some(location) = location {
        write!(stream, "location: {location}\r\n").unwrap();
    }
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(&body).unwrap();
}

fn answer(
    path: &str,
    files: &BTreeMap<String, Vec<u8>>,
    base: &str,
) -> (u16, Option<String>, Vec<u8>) {
    let Some(below) = path.strip_prefix(base) else {
        return if format!("{path}/") == base {
            (301, Some(base.to_owned()), Vec::new())
        } else {
            // The host's own page: another repository's site, or none.
            (404, None, b"There isn't a GitHub Pages site here.".to_vec())
        };
    };
    let index = if below.is_empty() || below.ends_with('/') {
        format!("{below}index.html")
    } else {
        below.to_owned()
    };
    if let Some(bytes) = files
        .get(&index)
        .or_else(|| files.get(&format!("{below}.html")))
    {
        return (200, None, bytes.clone());
    }
    if files.contains_key(&format!("{below}/index.html")) {
        return (301, Some(format!("{path}/")), Vec::new());
    }
    (
        404,
        None,
        files.get("404.html").cloned().unwrap_or_default(),
    )
}

/// The text of a page; `None` for anything else.
pub(crate) fn html(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    text.to_lowercase()
        .starts_with("<!doctype html>")
        .then_some(text)
}

/// Every link of a page that a browser follows or fetches.
pub(crate) fn links(html: &str) -> Vec<String> {
    let attribute = regex::Regex::new(r#"\s(?:href|src)="([^"]*)""#).unwrap();
    let found = attribute.captures_iter(html);
    found
        .map(|link| link[1].replace("&amp;", "&").replace("&#x2F;", "/"))
        .collect()
}

/// The path on the same host that a link of the page at `path` leads to, and the place in the page; `None` if the link
/// leads to another host.
pub(crate) fn resolve(path: &str, link: &str) -> Option<(String, Option<String>)> {
    let page = url::Url::parse("http://site.invalid/")
        .unwrap()
        .join(path)
        .unwrap();
    let target = page.join(link).unwrap();
    if target.host_str() != Some("site.invalid") {
        return None;
    }
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let fragment = target
        .fragment()
        .filter(|fragment| !fragment.is_empty())
        .map(decode);
    Some((target.path().to_owned(), fragment))
}

/// Whether a page has a place of that name.
pub(crate) fn has_place(html: &str, name: &str) -> bool {
    html.contains(&format!(" id=\"{name}\""))
}
