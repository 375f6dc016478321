//! Decides who may send requests, and sets the headers of every response.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::serve::hosts::Hosts;
use crate::serve::http::Local;
use crate::serve::outgoing::OWN;

/// What requests are let through.
pub(super) struct Guard {
    /// The names under which the preview can be reached.
    pub(super) hosts: Hosts,
    /// Whether pages can be edited.
    pub(super) takes_questions: bool,
}

/// Rejects requests under a name that isn't one of ours (DNS rebinding). Names that proxies add are ignored.
pub(super) async fn known_hosts_only(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(Local(local)) = request.extensions().get::<Local>().copied() else {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    };
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = named.next().and_then(|host| host.to_str().ok());
    if named.next().is_some() || (host.is_none() && request.version() == Version::HTTP_11) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let is_known = |host: &str| guard.hosts.allow(host, local.ip());
    // The request target can also contain a host (`GET http://evil.test/`).
    let target = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    if !host.is_some_and(is_known) || !target.is_none_or(is_known) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let is_question = guard.takes_questions
        && request.method() == Method::POST
        && request
            .uri()
            .path()
            .starts_with(&format!("{OWN}workbench/"));
    if request.method() != Method::GET && request.method() != Method::HEAD && !is_question {
        return super::not_allowed();
    }
    next.run(request).await
}

/// Hides anything about the writer's work from pages of other sites.
pub(super) async fn own_pages_only(request: Request, next: Next) -> Response {
    let is_own = request.uri().path().starts_with(OWN);
    if is_own && !is_same_origin(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    // A service worker that another project left under this address would keep answering for it. Browsers request its
    // script from time to time, and discard it if it is gone and its storage is to be cleared.
    let is_worker = request.headers().contains_key("service-worker");
    let mut response = next.run(request).await;
    if is_worker && response.status() == StatusCode::NOT_FOUND {
        let clear = HeaderValue::from_static("\"storage\"");
        response.headers_mut().insert("clear-site-data", clear);
    }
    response
}

/// Whether a request comes from a page of the preview, as far as the browser says.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = text("host").unwrap_or_default();
    text("origin").is_none_or(|origin| origin.eq_ignore_ascii_case(&format!("http://{host}")))
}

/// The headers of every response: revalidate each time, only for pages of this origin, and don't guess the content
/// type.
pub(super) async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("content-security-policy", "frame-ancestors 'self'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&'static str, &'static str)]) -> bool {
        let pairs = pairs.iter().map(|(name, value)| {
            (
                header::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        is_same_origin(&pairs.collect())
    }

    #[test]
    fn pages_of_other_origins_are_told_apart() {
        let host = ("host", "localhost:1414");
        assert!(from(&[host]));
        assert!(from(&[
            host,
            ("origin", "http://localhost:1414"),
            ("sec-fetch-site", "same-origin")
        ]));
        for origin in [
            "http://evil.test",
            "null",
            "http://localhost:3000",
            "http://192.0.2.7",
            "https://localhost:1414",
            "",
        ] {
            assert!(!from(&[host, ("origin", origin)]), "{origin}");
        }
        assert!(!from(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[host, ("sec-fetch-site", "same-site")]));
    }
}
