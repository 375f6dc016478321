//! Asks hosts about addresses. Knows nothing about sites and their sources.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, Response};
use ureq::tls::TlsConfig;
use ureq::{Agent, Body};
use url::Url;

use super::authorities::Authorities;

/// How hosts are treated.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How long one request may take, including redirects.
    pub patience: Duration,
    /// The pause between two requests to the same host.
    pub pause: Duration,
    /// How long to wait if a host asks to come back later; if it wants longer, it isn't asked again.
    pub longest_wait: Duration,
    /// How many hosts are asked at the same time.
    pub n_hosts: usize,
    /// Which certificate authorities are trusted.
    pub authorities: Authorities,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(20),
            pause: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            n_hosts: 8,
            authorities: Authorities::default(),
        }
    }
}

/// The result of a request. The text gives the reason, briefly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The address leads to something.
    Alive,
    /// It leads nowhere.
    Dead(String),
    /// Unknown: the host refuses programs, or doesn't answer now.
    Unanswered(String),
}

/// Names reserved by RFC 2606, which no host has; so there is nobody to ask.
const RESERVED: [&str; 4] = ["invalid", "test", "example", "localdomain"];

/// How often a host may ask to come back later before it counts as not answering: a busy host deserves a second chance,
/// but not the whole run.
const TRIES: usize = 2;

/// Requests each address once, and returns the answers by address. Several hosts are asked in parallel, each about one
/// address at a time.
pub fn ask(urls: &[Url], manners: &Manners) -> BTreeMap<String, Answer> {
    let mut hosts: BTreeMap<(String, Option<u16>), Vec<&Url>> = BTreeMap::new();
    for url in urls {
        let host = url.host_str().unwrap_or_default().to_owned();
        let urls = hosts
            .entry((host, url.port_or_known_default()))
            .or_default();
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let n_threads = manners.n_hosts.min(hosts.len()).max(1);
    let waiting: Mutex<VecDeque<Vec<&Url>>> = Mutex::new(hosts.into_values().collect());
    let found: Mutex<BTreeMap<String, Found>> = Mutex::default();
    let agent = agent(manners);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(urls) = lock(&waiting).pop_front() {
                    let mut n_silent = 0;
                    for (index, url) in urls.into_iter().enumerate() {
                        if n_silent >= TRIES {
                            let why = "its host has kept silent twice, and wasn't asked again";
                            let answer = Found::Answer(Answer::Unanswered(why.to_owned()));
                            lock(&found).insert(url.to_string(), answer);
                            continue;
                        }
                        if index > 0 {
                            thread::sleep(manners.pause);
                        }
                        let start = Instant::now();
                        let answer = about(&agent, url, manners);
                        n_silent = if start.elapsed() >= manners.patience {
                            n_silent + 1
                        } else {
                            0
                        };
                        lock(&found).insert(url.to_string(), answer);
                    }
                }
            });
        }
    });
    let found = found
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    judged(found)
}

/// What was observed, before it is judged.
#[derive(Clone, Debug)]
enum Found {
    Answer(Answer),
    /// The name of the host can't be resolved. Without a network, none can.
    NoHost,
}

/// A host that can't be resolved is dead, unless no host has answered at all.
fn judged(found: BTreeMap<String, Found>) -> BTreeMap<String, Answer> {
    let is_answer = |found: &Found| matches!(found, Found::Answer(Answer::Alive | Answer::Dead(_)));
    let has_network = found.values().any(is_answer);
    let judged = found.into_iter().map(|(url, found)| {
        let answer = match found {
            Found::Answer(answer) => answer,
            Found::NoHost if has_network => Answer::Dead("there is no such host".to_owned()),
            Found::NoHost => {
                Answer::Unanswered("its host isn't found, and no other answers either".to_owned())
            }
        };
        (url, answer)
    });
    judged.collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn agent(manners: &Manners) -> Agent {
    let tls = TlsConfig::builder().root_certs(manners.authorities.roots());
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .timeout_global(Some(manners.patience))
        .http_status_as_error(false)
        .max_redirects(10)
        .user_agent(concat!(
            "nutgraf/",
            env!("CARGO_PKG_VERSION"),
            " (link check)"
        ))
        .build();
    Agent::new_with_config(config)
}

/// Requests one address: with `HEAD` first, and with `GET` if that fails.
fn about(agent: &Agent, url: &Url, manners: &Manners) -> Found {
    let host = url.host_str().unwrap_or_default();
    if let Some(ending) = host
        .rsplit('.')
        .next()
        .filter(|ending| RESERVED.contains(ending))
    {
        let why = format!("names that end with `.{ending}` are for examples, and no host has one");
        return Found::Answer(Answer::Dead(why));
    }
    let mut waits = 0;
    loop {
        let start = Instant::now();
        let head = agent.head(url.as_str()).call();
        let is_silent = start.elapsed() >= manners.patience;
        let is_fine = head
            .as_ref()
            .is_ok_and(|response| response.status().is_success());
        if is_fine {
            return Found::Answer(Answer::Alive);
        }
        let wait = head.as_ref().ok().and_then(wanted_wait);
        // Some hosts don't support `HEAD`, or treat it worse.
        let answer = match wait {
            None if !is_silent => {
                thread::sleep(manners.pause);
                agent.get(url.as_str()).call()
            }
            None | Some(_) => head,
        };
        let wait = wait.or_else(|| answer.as_ref().ok().and_then(wanted_wait));
        match wait {
            Some(wait) if waits < TRIES && wait <= manners.longest_wait => {
                waits += 1;
                thread::sleep(wait);
            }
            Some(_) | None => {
                return answer.map_or_else(|error| failure(&error), |response| verdict(&response));
            }
        }
    }
}

/// How long a busy host asks to wait.
fn wanted_wait(response: &Response<Body>) -> Option<Duration> {
    matches!(response.status().as_u16(), 429 | 503)
        .then(|| retry_after(response.headers()))
        .flatten()
}

/// `Retry-After`: seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(value).ok()?;
    Some(then.duration_since(SystemTime::now()).unwrap_or_default())
}

fn verdict(response: &Response<Body>) -> Found {
    let status = response.status();
    let named = match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    Found::Answer(match status.as_u16() {
        200..=299 => Answer::Alive,
        404 | 410 => Answer::Dead(format!("the host says {named}")),
        300..=399 => Answer::Dead(format!("the host says {named}, and not where to")),
        _ => Answer::Unanswered(format!("the host says {named}")),
    })
}

fn failure(error: &ureq::Error) -> Found {
    let why = match error {
        ureq::Error::HostNotFound => return Found::NoHost,
        ureq::Error::TooManyRedirects => {
            return Found::Answer(Answer::Dead(
                "it sends visitors round in circles".to_owned(),
            ));
        }
        ureq::Error::Timeout(_) => "the host takes too long".to_owned(),
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            "nobody answers there".to_owned()
        }
        // A TLS failure is reported as a connection error.
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
            format!("the connection isn't safe: {cause}")
        }
        ureq::Error::Rustls(cause) => format!("the connection isn't safe: {cause}"),
        error => format!("the host's answer can't be read: {error}"),
    };
    Found::Answer(Answer::Unanswered(why))
}
