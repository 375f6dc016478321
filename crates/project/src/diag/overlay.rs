//! Reports inside a previewed page: what is wrong, where, and the line in question.
//!
//! Everything from a source is escaped: the report of a fault must not become one. It needs no script: the panel is a
//! `<dialog>` with a form that closes it.

use std::fmt::Write as _;

use crate::diag::position::{LineCache, Lines, visible, window};
use crate::diag::{Diagnostic, Diagnostics, Severity, Span, Texts};

/// How many faults are shown. More wouldn't help a writer who fixes one at a time.
const MAX_FAULTS: usize = 20;

/// Longer lines are cut to this many characters on either side of the marked words, about what a wide panel shows.
const CONTEXT_CHARS: usize = 120;

const STYLE: &str = "\
.nutgraf-faults{all:initial;position:fixed;z-index:2147483647;inset:auto 0 0 0;display:block;box-sizing:border-box;\
max-height:60vh;overflow:auto;padding:1rem 1.25rem;border-top:4px solid #d6455d;background:#1b1b1f;color:#f4f4f6;\
font:16px/1.5 system-ui,sans-serif}\
.nutgraf-faults:not([open]){display:none}\
.nutgraf-faults *{font:inherit;color:inherit;margin:0}\
.nutgraf-faults form{float:right}\
.nutgraf-faults button{padding:.25rem .75rem;border:1px solid #8d8d96;border-radius:4px;background:#2c2c33;cursor:pointer}\
.nutgraf-faults button:focus-visible{outline:3px solid #8ab8ff;outline-offset:2px}\
.nutgraf-faults h2{font-size:1.125rem;font-weight:700}\
.nutgraf-faults ol{list-style:none;padding:0}\
.nutgraf-faults li{margin-top:1rem}\
.nutgraf-faults code,.nutgraf-faults pre{font-family:ui-monospace,monospace;font-size:.875rem}\
.nutgraf-faults pre{margin:.25rem 0;padding:.5rem;overflow-x:auto;background:#000}\
.nutgraf-faults mark{background:#5a1f2b;color:#fff;text-decoration:underline wavy #ff8097}\
.nutgraf-faults .error{color:#ff9aab}.nutgraf-faults .warning{color:#ffd479}.nutgraf-faults .hint{color:#9fd0ff}";

/// A panel that lists the faults, as a fragment to put before `</body>`; empty if there are none.
///
/// At most twenty are shown, errors first and then by file and offset; a line says how many more there are.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use nutgraf_project::diag::{Code, Diagnostic, Diagnostics, Place, Span, Texts, overlay};
/// use nutgraf_project::project::SourcePath;
///
/// struct One;
/// impl Texts for One {
///     fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
///         Some(Arc::from("a <script> b"))
///     }
/// }
///
/// let place = Place::new(&SourcePath::new("content/index.md"), Span::new(2, 10));
/// let mut diagnostics = Diagnostics::new();
/// diagnostics.push(Diagnostic::new(Code::RawHtml, place, "`<script>` is raw HTML"));
/// let html = overlay::html(&diagnostics, &One);
/// assert!(html.contains("content/index.md:1:3"));
/// assert!(html.contains("a <mark>&lt;script&gt;</mark> b"));
/// ```
pub fn html(diagnostics: &Diagnostics, texts: &dyn Texts) -> String {
    let mut sorted = diagnostics.merged();
    if sorted.is_empty() {
        return String::new();
    }
    sorted.sort_by_key(|diagnostic| diagnostic.code.severity());
    let mut html = format!(
        "<dialog open class=\"nutgraf-faults\" aria-labelledby=\"nutgraf-faults-title\">\
         <style>{STYLE}</style>\
         <form method=\"dialog\"><button type=\"submit\">Close</button></form>\
         <div role=\"alert\"><h2 id=\"nutgraf-faults-title\">{}</h2></div><ol>",
        summary(diagnostics),
    );
    let mut cache = LineCache::new(texts);
    for diagnostic in sorted.iter().take(MAX_FAULTS) {
        item(&mut html, diagnostic, &mut cache).expect("a string takes any text");
    }
    html.push_str("</ol>");
    if let Some(n_more @ 1..) = sorted.len().checked_sub(MAX_FAULTS) {
        write!(html, "<p>and {n_more} more in the terminal</p>").expect("a string takes any text");
    }
    html.push_str("</dialog>");
    html
}

/// "2 errors, 1 warning".
fn summary(diagnostics: &Diagnostics) -> String {
    [Severity::Error, Severity::Warning, Severity::Hint]
        .into_iter()
        .filter_map(|severity| match diagnostics.count(severity) {
            0 => None,
            1 => Some(format!("1 {}", severity.name())),
            n => Some(format!("{n} {}s", severity.name())),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Writes one fault.
fn item(html: &mut String, diagnostic: &Diagnostic, cache: &mut LineCache<'_>) -> std::fmt::Result {
    let severity = diagnostic.code.severity().name();
    write!(
        html,
        "<li><p><strong class=\"{severity}\">{severity}</strong> {} <code>[{}]</code></p><p><code>{}",
        escape(&diagnostic.message),
        diagnostic.code.name(),
        escape(diagnostic.place.file.as_str()),
    )?;
    if let Some((start, _)) = cache.positions(&diagnostic.place) {
        write!(html, ":{}:{}", start.line, start.column)?;
    }
    html.push_str("</code></p>");
    let lines = cache.lines(&diagnostic.place.file);
    if let (Some(span), Some(lines)) = (diagnostic.place.span, lines) {
        excerpt(html, &lines, span)?;
    }
    if !diagnostic.label.is_empty() {
        write!(html, "<p>{}</p>", escape(&diagnostic.label))?;
    }
    if let Some(help) = &diagnostic.help {
        write!(html, "<p>help: {}</p>", escape(help))?;
    }
    html.push_str("</li>");
    Ok(())
}

/// Writes the line that a span starts on, with the marked words.
fn excerpt(html: &mut String, lines: &Lines, span: Span) -> std::fmt::Result {
    let text = lines.text();
    let range = lines.range(span);
    let index = lines.line_of(range.start);
    let line = lines.line_range(index);
    let part = window(text, line.clone(), range.clone(), CONTEXT_CHARS);
    let mark_start = range.start.clamp(part.start, part.end);
    let mark_end = range.end.clamp(mark_start, part.end);
    let before = if part.start > line.start { "…" } else { "" };
    let after = if part.end < line.end { "…" } else { "" };
    write!(
        html,
        "<pre tabindex=\"0\">{} | {before}{}<mark>{}</mark>{}{after}</pre>",
        index + 1,
        escape(&text[part.start..mark_start]),
        escape(&text[mark_start..mark_end]),
        escape(&text[mark_end..part.end]),
    )
}

/// A text escaped for HTML elements and quoted attributes.
fn escape(text: &str) -> String {
    visible(text, true)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{Code, Place};
    use crate::project::SourcePath;

    struct Text(&'static str);

    impl Texts for Text {
        fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
            Some(Arc::from(self.0))
        }
    }

    const HOSTILE: &str = "</script><img src=x onerror='alert(1)' title=\"&\">";

    #[test]
    fn nothing_from_a_source_is_markup() {
        let place = Place::new(&SourcePath::new(HOSTILE), Span::new(0, 9));
        let fault = Diagnostic::new(Code::BadUrl, place, HOSTILE)
            .label(HOSTILE)
            .help(HOSTILE);
        let html = html(&std::iter::once(fault).collect(), &Text(HOSTILE));
        assert!(
            !html.contains("<img") && !html.contains("</script"),
            "{html}"
        );
        assert_eq!(html.matches("&lt;img").count(), 5, "{html}");
    }

    #[test]
    fn errors_come_first_and_the_rest_is_counted() {
        let at = |n: usize| Place::new(&SourcePath::new("content/a.md"), Span::new(n, n));
        let mut diagnostics = Diagnostics::new();
        for n in 0..22 {
            diagnostics.push(Diagnostic::new(
                Code::RawHtml,
                at(n),
                format!("warning {n}"),
            ));
        }
        diagnostics.push(Diagnostic::new(Code::BadUrl, at(30), "the error"));
        let html = html(&diagnostics, &Text("one line"));
        assert!(html.contains("<h2 id=\"nutgraf-faults-title\">1 error, 22 warnings</h2>"));
        assert!(html.find("the error").unwrap() < html.find("warning 0").unwrap());
        assert!(html.contains("and 3 more"));
    }

    #[test]
    fn a_clean_site_has_no_panel() {
        assert_eq!(html(&Diagnostics::new(), &Text("")), "");
    }
}
