//! Works out where the addresses of links and pictures lead.

use percent_encoding::percent_decode_str;

use crate::document::Target;
use crate::document::foreign_path::{ForeignPath, foreign_path};
use crate::model::{RecordKind, holds_login};

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// A place in the project, not yet located.
    Site(Target),
    /// Another host, or a program for mail or telephone: the address as written.
    Elsewhere(String),
}

/// Reads an address as the Markdown parser delivers it: without escapes and character references.
///
/// With `unsafe_html`, every scheme is allowed.
///
/// # Errors
///
/// A message that says what was expected.
pub(super) fn destination(address: &str, unsafe_html: bool) -> Result<Destination, String> {
    let address = address.trim();
    if address.chars().any(char::is_control) {
        // Browsers ignore line breaks and tabs, which would turn `java\nscript:` into a scheme.
        let shown = address.escape_debug();
        return Err(format!(
            "the address `{shown}` contains a control character; expected none"
        ));
    }
    if address.is_empty() {
        return Err(
            "a link without an address; expected a file such as `timeline.md`, a record such as `figure:arrests`, \
             or an address that starts with `https://`"
                .to_owned(),
        );
    }
    match foreign_path(address) {
        Some(ForeignPath::Backslashes(path)) if scheme(address).is_none() => {
            return Err(format!("`{address}` contains `\\`; expected `{path}`"));
        }
        Some(ForeignPath::OneComputer) => {
            return Err(format!(
                "`{address}` is a file of one computer alone; expected one of the project, such as `report.pdf` beside this page"
            ));
        }
        Some(ForeignPath::Backslashes(_)) | None => {}
    }
    match scheme(address) {
        Some((name, rest)) => with_scheme(address, name, rest, unsafe_html),
        None => on_site(address, unsafe_html),
    }
}

/// Splits off the scheme of an address. A colon after the first `/`, `?` or `#` is part of the path.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let end = address.find([':', '/', '?', '#'])?;
    let (name, rest) = (&address[..end], address[end..].strip_prefix(':')?);
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then_some((name, rest))
}

fn with_scheme(
    address: &str,
    name: &str,
    rest: &str,
    unsafe_html: bool,
) -> Result<Destination, String> {
    let lower = name.to_ascii_lowercase();
    if let Some(kind) = RecordKind::of_name(&lower) {
        let id = decoded(rest)?;
        return if id.trim().is_empty() {
            Err(format!(
                "`{address}` names no record; expected an id after the colon"
            ))
        } else {
            Ok(Destination::Site(Target::Record(kind, id)))
        };
    }
    if holds_login(address) {
        return Err(
            "an address with a user name or a password would let every reader log in; take out what comes before the `@`"
                .to_owned(),
        );
    }
    let is_fine = match lower.as_str() {
        "http" | "https" => {
            rest.starts_with("//") && url::Url::parse(address).is_ok_and(|url| url.host().is_some())
        }
        "mailto" | "tel" => !rest.is_empty(),
        _ if unsafe_html => true,
        _ => return Err(unknown_scheme(address, &lower)),
    };
    if is_fine {
        Ok(Destination::Elsewhere(address.to_owned()))
    } else {
        let example = match lower.as_str() {
            "mailto" => "mailto:desk@example.org",
            "tel" => "tel:+1-202-555-0100",
            _ => "https://example.org/page",
        };
        Err(format!(
            "`{address}` isn't an address; expected one such as `{example}`"
        ))
    }
}

fn unknown_scheme(address: &str, scheme: &str) -> String {
    let nearest = RecordKind::ALL
        .into_iter()
        .map(RecordKind::name)
        .chain(["http", "https", "mailto", "tel"])
        .map(|name| (strsim::damerau_levenshtein(scheme, name), name))
        .filter(|(distance, _)| *distance <= 2)
        .min();
    let of_list = RecordKind::of_list(scheme).map(RecordKind::name);
    match of_list.or(nearest.map(|(_, name)| name)) {
        Some(name) => {
            format!("`{scheme}:` isn't something that a page can link to; did you mean `{name}:`?")
        }
        None => format!(
            "`{scheme}:` isn't something that a page can link to; expected `https:`, `http:`, `mailto:`, `tel:`, a record such as \
             `figure:arrests`, or `./{address}` for a file of that name"
        ),
    }
}

/// An address without a scheme.
fn on_site(address: &str, unsafe_html: bool) -> Result<Destination, String> {
    if address.starts_with("//") {
        return if unsafe_html {
            Ok(Destination::Elsewhere(address.to_owned()))
        } else {
            Err(format!(
                "`{address}` leads to another host; expected `https:{address}`"
            ))
        };
    }
    if address.starts_with("www.") {
        return Err(format!(
            "`{address}` would be a file of that name; expected `https://{address}`"
        ));
    }
    let (path, fragment) = match address.split_once('#') {
        // `timeline.md#` means the whole page.
        Some((path, "")) if !path.is_empty() => (path, None),
        Some((path, fragment)) => (path, Some(decoded(fragment)?)),
        None => (address, None),
    };
    Ok(Destination::Site(match fragment {
        Some(fragment) if path.is_empty() => Target::Fragment(fragment),
        fragment => Target::File {
            path: decoded(path)?,
            fragment,
        },
    }))
}

fn decoded(text: &str) -> Result<String, String> {
    match percent_decode_str(text).decode_utf8() {
        Ok(decoded) if !decoded.chars().any(char::is_control) => Ok(decoded.into_owned()),
        _ => Err(format!(
            "`{text}` contains `%` and digits that don't encode text; expected `%25` for a percent sign"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, fragment: Option<&str>) -> Destination {
        Destination::Site(Target::File {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        })
    }

    fn check(address: &str, expected: Destination) {
        assert_eq!(destination(address, false), Ok(expected), "{address:?}");
    }

    fn check_fault(address: &str, expected: &str) {
        let message = destination(address, false).expect_err(address);
        assert!(message.contains(expected), "{address:?}: {message}");
    }

    #[test]
    fn paths_are_decoded_and_split_from_their_fragments() {
        check("timeline.md", file("timeline.md", None));
        check("../a%20b.md#c%C3%A9", file("../a b.md", Some("cé")));
        check("a b.md", file("a b.md", None));
        check("/photos/", file("/photos/", None));
        check("./notes:1.md", file("./notes:1.md", None));
        check("a/b:c.md", file("a/b:c.md", None));
        check("a.md#", file("a.md", None));
        check("#x", Destination::Site(Target::Fragment("x".to_owned())));
    }

    #[test]
    fn every_kind_of_record_has_its_scheme() {
        for kind in RecordKind::ALL {
            let target = Target::Record(kind, "a-1".to_owned());
            check(
                &format!("{}:a-1", kind.name()),
                Destination::Site(target.clone()),
            );
            check(
                &format!("{}:a-1", kind.name().to_uppercase()),
                Destination::Site(target),
            );
            check_fault(&format!("{}:", kind.name()), "names no record");
            check_fault(
                &format!("{}:x", kind.list()),
                &format!("did you mean `{}:`", kind.name()),
            );
        }
    }

    #[test]
    fn schemes_that_lead_elsewhere_are_kept_as_typed() {
        for address in [
            "https://example.org/a b?c=d&e#f",
            "HTTP://example.org",
            "mailto:a@example.org",
            "tel:+1-202",
        ] {
            check(address, Destination::Elsewhere(address.to_owned()));
        }
    }

    #[test]
    fn other_schemes_are_refused_however_they_are_written() {
        check_fault("javascript:alert(1)", "`javascript:` isn't something");
        check_fault("JaVaScRiPt:alert(1)", "`javascript:` isn't something");
        check_fault(" javascript:alert(1)", "`javascript:` isn't something");
        check_fault("java\nscript:alert(1)", "control character");
        check_fault("\u{1}javascript:alert(1)", "control character");
        check_fault("data:text/html,x", "`data:` isn't something");
        check_fault("vbscript:x", "`vbscript:` isn't something");
        check_fault("C:\\x", "a file of one computer alone");
        check_fault("//evil.test", "expected `https://evil.test`");
        check_fault("/\\evil.test", "contains `\\`");
        check_fault("https://ada:secret@x.org/", "user name or a password");
        check_fault("htps://x.org", "did you mean `https:`");
        check_fault("https:x.org", "isn't an address");
        check_fault("https://", "isn't an address");
        check_fault("mailto:", "isn't an address");
        check_fault("www.example.org", "`https://www.example.org`");
        check_fault("a%ff.md", "`%25`");
        check_fault("a%00.md", "`%25`");
        check_fault("", "without an address");
    }

    #[test]
    fn unsafe_html_lets_every_scheme_through() {
        for address in ["ftp://x.org", "data:image/png;base64,x", "//x.org"] {
            assert_eq!(
                destination(address, true),
                Ok(Destination::Elsewhere(address.to_owned()))
            );
        }
    }
}
