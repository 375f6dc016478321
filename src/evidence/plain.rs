//! The words of a source's file: plain text, Markdown or a web page.

use dom_query::Document;

use crate::document::plain_text;

/// Parts of a web page that aren't its text.
const SKIPPED: [&str; 8] = [
    "script", "style", "noscript", "template", "svg", "iframe", "head", "nav",
];

/// The words of a file, read according to its extension; a file that starts like a web page is read as one in any case.
pub(super) fn words(extension: &str, text: &str) -> String {
    let start: String = text
        .trim_start()
        .chars()
        .take(15)
        .collect::<String>()
        .to_lowercase();
    let is_page = start.starts_with("<!doctype html") || start.starts_with("<html");
    match extension.to_lowercase().as_str() {
        "html" | "htm" | "xhtml" => web_page(text),
        _ if is_page => web_page(text),
        "md" | "markdown" => plain_text(text),
        _ => text.to_owned(),
    }
}

fn web_page(html: &str) -> String {
    plain_text(&Document::from(html).md(Some(&SKIPPED)))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_web_page_is_its_words() {
        let page = "<!doctype html><title>No</title><p>It costs *4.50&nbsp;euros*, “<b>not</b> 5”.</p>\
                    <script>no()</script><p>1. The end_of_it</p>";
        assert_eq!(
            words("txt", page),
            "It costs *4.50\u{a0}euros*, “not 5”.\n\n1. The end_of_it"
        );
    }
}
