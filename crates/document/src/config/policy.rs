//! Which other hosts pages may load from (Content-Security-Policy Level 3, w3.org/TR/CSP3).

use url::{Host, Url};

use super::Check;
use crate::document::{FieldPath, RawPolicy};

/// Hosts that pages may load from, by kind. Without any, pages load nothing from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// The directive of each kind, with its hosts, which may be none: `("font-src", ["https://fonts.example.org"])`.
    pub hosts: Vec<(&'static str, Vec<String>)>,
}

impl Check<'_> {
    pub(super) fn policy(&mut self, raw: &RawPolicy) -> Policy {
        let kinds = [
            ("scripts", "script-src", &raw.scripts),
            ("styles", "style-src", &raw.styles),
            ("images", "img-src", &raw.images),
            ("fonts", "font-src", &raw.fonts),
            ("media", "media-src", &raw.media),
            ("frames", "frame-src", &raw.frames),
            ("connections", "connect-src", &raw.connections),
        ];
        let hosts = kinds.into_iter().map(|(name, directive, written)| {
            let hosts = written.0.iter().enumerate();
            let hosts = hosts.filter_map(|(index, host)| {
                let place = FieldPath::field("policy").key(name).index(index);
                self.host(&place, name, host)
            });
            (directive, hosts.collect::<Vec<String>>())
        });
        Policy {
            hosts: hosts.collect(),
        }
    }

    fn host(&mut self, place: &FieldPath, name: &str, written: &str) -> Option<String> {
        let found = host(written);
        if found.is_none() {
            let message = format!("`{name}` should name hosts, not `{written}`");
            let help = format!(
                "write each host by its address without a path: `{name}: [https://media.example.org]`"
            );
            self.fault(place, message, help);
        }
        found
    }
}

/// A host as a source of the policy: with its scheme, and without a path.
///
/// Neither `*` nor a scheme alone are hosts: they would let in everybody.
fn host(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches('/');
    let (scheme, rest) = written.split_once("://").unwrap_or(("https", written));
    let (star, rest) = match rest.strip_prefix("*.") {
        Some(rest) => ("*.", rest),
        None => ("", rest),
    };
    let url = Url::parse(&format!("{scheme}://{rest}/")).ok()?;
    let is_host = matches!(scheme, "https" | "http")
        && matches!(url.host(), Some(Host::Domain(domain)) if domain.contains('.') || domain == "localhost")
        && url.path() == "/"
        && url.username().is_empty()
        && !rest.contains(['?', '#', ';', ',', '\'', '"', '*', ' ']);
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    is_host.then(|| {
        format!(
            "{scheme}://{star}{}{port}",
            url.host_str().unwrap_or_default()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_whole_and_alone() {
        for (written, expected) in [
            (
                "https://fonts.example.org",
                Some("https://fonts.example.org"),
            ),
            ("Fonts.Example.org/", Some("https://fonts.example.org")),
            ("https://*.example.org", Some("https://*.example.org")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            (
                "https://bücher.example",
                Some("https://xn--bcher-kva.example"),
            ),
            ("*", None),
            ("https:", None),
            ("https://*", None),
            ("'unsafe-inline'", None),
            ("data:", None),
            ("https://example.org/a", None),
            ("https://example.org; script-src *", None),
            ("https://me@example.org", None),
            ("https://a.example b.example", None),
        ] {
            assert_eq!(host(written).as_deref(), expected, "{written}");
        }
    }
}
