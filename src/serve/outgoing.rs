//! Adds to an outgoing page what a preview needs: the reload script, the report of faults, and permission to run them.
//!
//! Nothing else is changed, so what is previewed is what is published. Pure: bytes in, bytes out.

use crate::serve::fingerprint::Fingerprint;
use crate::serve::preview::Browser;

/// The address prefix of the preview's own files. No page can have such an address: slugs contain no underscores.
pub(super) const OWN: &str = "/__nutgraf/";

/// The reload script, as pages refer to it.
pub(super) const SCRIPT: &str = "reload.js";

/// A page with the script and the report in it, and with a policy that allows them.
///
/// The nonce marks what is ours; it is different in every run.
pub(super) fn dress(
    page: &[u8],
    fingerprint: &Fingerprint,
    report: &str,
    browser: &Browser,
) -> Vec<u8> {
    let nonce = &browser.nonce;
    let edits = if browser.edits { " data-edits" } else { "" };
    let page = String::from_utf8_lossy(page);
    let (head, rest) = allow(&page, nonce);
    let end = find_last(rest, "</body").unwrap_or(rest.len());
    let script = format!(
        "<script src=\"{OWN}{SCRIPT}\" nonce=\"{nonce}\" data-shown='{}'{edits} defer></script>\n",
        fingerprint.json()
    );
    [
        &head,
        &rest[..end],
        &marked(report, nonce),
        &script,
        &rest[end..],
    ]
    .concat()
    .into_bytes()
}

/// The report of faults, with the nonce that lets its styles apply.
pub(super) fn marked(report: &str, nonce: &str) -> String {
    report.replacen("<style>", &format!("<style nonce=\"{nonce}\">"), 1)
}

/// Shown in place of a page that has had faults from the start; the report is added on the way out.
pub(super) const FAULT_PAGE: &[u8] = b"<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Faults</title>
<style>body { margin: 2rem; font: 18px/1.5 system-ui, sans-serif; background: #1b1b1f; color: #f4f4f6 }</style>
</head>
<body>
<main>
<h1>This page can't be shown yet</h1>
<p>It appears here as soon as its faults are fixed.</p>
</main>
</body>
</html>
";

/// Shown on a site without a page for unknown addresses.
pub(super) const NOT_FOUND: &[u8] = b"<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<title>Not found</title>
</head>
<body>
<main><h1>There is no page at this address</h1></main>
</body>
</html>
";

/// The page up to the end of its policy, which now allows what has the nonce, and the rest of the page.
fn allow<'p>(page: &'p str, nonce: &str) -> (String, &'p str) {
    let mut done = String::new();
    let mut rest = page;
    // A page can have several policies, all of which apply.
    while let Some((before, policy, after)) = next_policy(rest) {
        done.push_str(before);
        done.push_str(&relaxed(policy, nonce));
        rest = after;
    }
    (done, rest)
}

/// Splits a page around the content of its next `<meta http-equiv="Content-Security-Policy">`.
fn next_policy(page: &str) -> Option<(&str, &str, &str)> {
    let named = find(page, "content-security-policy")?;
    let tag_start = page[..named].rfind('<')?;
    let tag_end = tag_start + page[tag_start..].find('>')?;
    let tag = &page[tag_start..tag_end];
    let is_policy = find(tag, "<meta") == Some(0) && find(tag, "http-equiv").is_some();
    let mut from = 0;
    while let Some(at) = is_policy.then(|| find(&tag[from..], "content=")).flatten() {
        let start = from + at + "content=".len();
        let quote = tag[start..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            let start = tag_start + start + 1;
            let end = start + page[start..].find(quote)?;
            return Some((&page[..start], &page[start..end], &page[end..]));
        }
        from = start;
    }
    None
}

/// A policy that also allows our script, its requests, and the report's styles.
fn relaxed(policy: &str, nonce: &str) -> String {
    let ours = format!("'nonce-{nonce}'");
    let mut directives: Vec<(String, Vec<String>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            let name = words.next()?.to_ascii_lowercase();
            Some((name, words.map(str::to_owned).collect()))
        })
        .collect();
    for (name, addition) in [
        ("script-src", ours.as_str()),
        ("script-src-elem", &ours),
        ("style-src", &ours),
        ("style-src-elem", &ours),
        ("connect-src", "'self'"),
    ] {
        let known = directives.iter().position(|(other, _)| other == name);
        let index = match known {
            Some(index) => index,
            // `…-elem` falls back to the directive without it, and everything to `default-src`.
            None if name.ends_with("-elem") => continue,
            None => {
                let default = directives.iter().find(|(other, _)| other == "default-src");
                let Some((_, sources)) = default.cloned() else {
                    continue;
                };
                directives.push((name.to_owned(), sources));
                directives.len() - 1
            }
        };
        add(&mut directives[index].1, addition);
    }
    let directives: Vec<String> = directives
        .into_iter()
        .map(|(name, sources)| [vec![name], sources].concat().join(" "))
        .collect();
    directives.join("; ")
}

/// Adds a source to a list. A nonce would disable `'unsafe-inline'`, and with it what the page allows itself.
fn add(sources: &mut Vec<String>, addition: &str) {
    let is = |word: &str| {
        sources
            .iter()
            .any(|source| source.eq_ignore_ascii_case(word))
    };
    let addition = if addition.starts_with("'nonce-") && is("'unsafe-inline'") {
        "'self'"
    } else {
        addition
    };
    if !is(addition) {
        sources.retain(|source| !source.eq_ignore_ascii_case("'none'"));
        sources.push(addition.to_owned());
    }
}

/// The first position of a lowercase ASCII word, ignoring the case of the text.
fn find(text: &str, word: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(word.len());
    windows.position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

fn find_last(text: &str, word: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(word.len());
    windows.rposition(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(page: &str) -> String {
        let fingerprint = Fingerprint::default();
        let browser = Browser {
            follows: false,
            edits: false,
            nonce: "N".to_owned(),
        };
        String::from_utf8(dress(
            page.as_bytes(),
            &fingerprint,
            "<dialog><style>x</style></dialog>",
            &browser,
        ))
        .unwrap()
    }

    #[test]
    fn script_and_report_stand_at_the_end_of_the_body() {
        let page = dressed("<html><body><p>a</p></BODY></html>\n");
        let report = "<dialog><style nonce=\"N\">x</style></dialog>";
        let start =
            format!("<html><body><p>a</p>{report}<script src=\"/__nutgraf/reload.js\" nonce=\"N\"");
        assert!(page.starts_with(&start), "{page}");
        assert!(
            page.ends_with("defer></script>\n</BODY></html>\n"),
            "{page}"
        );
    }

    #[test]
    fn a_page_without_a_body_gets_them_at_its_end() {
        assert!(dressed("<p>fragment").starts_with("<p>fragment<dialog>"));
        assert!(dressed("").starts_with("<dialog>"));
    }

    #[test]
    fn a_body_that_is_quoted_in_the_text_is_not_the_end() {
        let page = dressed("<body><script>s = '</body>'</script><p>a</p></body>");
        assert!(
            page.starts_with("<body><script>s = '</body>'</script><p>a</p><dialog>"),
            "{page}"
        );
    }

    #[test]
    fn a_strict_policy_lets_ours_run_and_nothing_else() {
        assert_eq!(
            relaxed("default-src 'none'; style-src 'self'; img-src 'self'", "N"),
            "default-src 'none'; style-src 'self' 'nonce-N'; img-src 'self'; script-src 'nonce-N'; connect-src 'self'"
        );
        assert_eq!(
            relaxed(
                "script-src 'none'; script-src-elem 'none'; connect-src https://a.test",
                "N"
            ),
            "script-src 'nonce-N'; script-src-elem 'nonce-N'; connect-src https://a.test 'self'"
        );
    }

    #[test]
    fn a_policy_that_allows_inline_code_goes_on_doing_so() {
        assert_eq!(
            relaxed("script-src 'unsafe-inline'; style-src 'unsafe-inline'", "N"),
            "script-src 'unsafe-inline' 'self'; style-src 'unsafe-inline' 'self'"
        );
    }

    #[test]
    fn a_policy_without_a_default_stays_as_open_as_it_is() {
        assert_eq!(relaxed("img-src 'self'", "N"), "img-src 'self'");
    }

    #[test]
    fn policies_are_found_whatever_their_form() {
        for page in [
            "<META HTTP-EQUIV=content-security-policy CONTENT=\"default-src 'none'\"><body>",
            "<meta content=\"default-src 'none'\" http-equiv='Content-Security-Policy'/><body>",
            "<meta\n http-equiv=\"Content-Security-Policy\"\n content=\"default-src 'none'\">",
        ] {
            assert!(dressed(page).contains("script-src 'nonce-N'"), "{page}");
        }
        let twice = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">"
            .repeat(2);
        assert_eq!(dressed(&twice).matches("script-src 'nonce-N'").count(), 2);
    }

    #[test]
    fn words_about_policies_are_left_alone() {
        for page in [
            "<p>Content-Security-Policy: default-src",
            "content-security-policy",
            "<meta name=\"Content-Security-Policy\"",
        ] {
            assert!(dressed(page).starts_with(page), "{page}");
        }
    }
}
