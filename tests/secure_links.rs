//! Links to `https:` addresses, asked for over real TLS from hosts on this machine: what is safe is told from what
//! isn't, and neither is taken for dead.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use support::{Project, Run};

/// An authority that nobody knows but those who are told.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// A host on this machine with a certificate for a name, which has run out or not. `/gone` is gone.
    fn host(&self, name: &str, has_run_out: bool) -> SocketAddr {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if has_run_out {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], secret)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                // Whoever doesn't trust us hangs up, and is gone.
                drop(answer(StreamOwned::new(connection, stream.unwrap())));
            }
        });
        address
    }
}

/// One question and its answer.
fn answer(mut stream: impl Read + Write) -> std::io::Result<()> {
    let mut reader = BufReader::new(&mut stream);
    let mut question = String::new();
    reader.read_line(&mut question)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && line != "\r\n" {
        line.clear();
    }
    let status = if question.contains(" /gone ") {
        "410 Gone"
    } else {
        "200 OK"
    };
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// What is said of a site with one link to an address.
fn check(url: &str, trusted: Option<&str>) -> Run {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: Test\nbase_url: https://news.example.org/\n",
        ),
        (
            "content/index.md",
            &format!("---\ntitle: Home\n---\n[There]({url})\n"),
        ),
    ]);
    let mut command = project.command(&["check", "--links"]);
    command.env_remove("SSL_CERT_FILE");
    if let Some(pem) = trusted {
        project.write("authorities.pem", pem);
        command.env("SSL_CERT_FILE", project.path("authorities.pem"));
    }
    Run::of(command)
}

#[track_caller]
fn assert_unsafe(run: Run, why: &str) {
    let run = run.expect(0);
    assert!(
        run.stderr.contains("hint[unanswered-link]") && run.stderr.contains(why),
        "no `{why}` in:\n{}",
        run.stderr
    );
    assert!(!run.stderr.contains("dead-link"), "{}", run.stderr);
}

#[test]
fn an_address_behind_tls_is_alive_or_dead_as_any_other() {
    let authority = Authority::new();
    let host = authority.host("localhost", false);
    let alive = format!("https://localhost:{}/", host.port());
    let run = check(&alive, Some(&authority.pem)).expect(0);
    assert_eq!(run.stderr, "");
    assert!(
        run.stdout.contains("1 was asked about now"),
        "{}",
        run.stdout
    );
    let run = check(&format!("{alive}gone"), Some(&authority.pem)).expect(0);
    assert!(
        run.stderr.contains("leads nowhere: the host says 410 Gone"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_host_that_is_not_trusted_is_not_taken_for_dead() {
    let (authority, other) = (Authority::new(), Authority::new());
    let host = authority.host("localhost", false);
    let url = format!("https://localhost:{}/", host.port());
    assert_unsafe(check(&url, None), "the connection isn't safe");
    assert_unsafe(check(&url, Some(&other.pem)), "the connection isn't safe");
    // By another name than its certificate's.
    let url = format!("https://127.0.0.1:{}/", host.port());
    assert_unsafe(
        check(&url, Some(&authority.pem)),
        "the connection isn't safe",
    );
    let host = authority.host("localhost", true);
    let url = format!("https://localhost:{}/", host.port());
    assert_unsafe(
        check(&url, Some(&authority.pem)),
        "the connection isn't safe",
    );
}

#[test]
fn a_host_without_tls_is_not_taken_for_dead() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let said = stream
                .unwrap()
                .write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            drop(said);
        }
    });
    let run = check(&format!("https://localhost:{port}/"), None);
    assert_unsafe(run, "the connection isn't safe");
}

#[test]
fn authorities_that_cannot_be_read_are_named() {
    for (pem, why) in [
        ("", "there is no certificate in it"),
        (
            "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
            "authorities.pem",
        ),
    ] {
        let run = check("https://localhost:1/", Some(pem)).expect(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("`SSL_CERT_FILE` has to name a PEM file"),
            "{}",
            run.stderr
        );
    }
}
