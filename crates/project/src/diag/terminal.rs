//! Reports for people at a terminal: file, line, column, excerpt, caret, help.
//!
//! They look like rustc's and are drawn by `annotate-snippets`. Nothing here prints: the caller decides where the text
//! goes, and adds the line that sums up the run.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diag::position::{LineCache, Lines, visible};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Severity, Span, Texts};
use crate::project::SourcePath;

/// Lines longer than this in total aren't shown: nobody could read them, and every report would copy them.
const MAX_BYTES: usize = 1 << 20;

/// A line longer than this, in bytes, is cut around the marked words before it is drawn: the renderer takes time for
/// all of it, and a minified line may have megabytes.
const LONG_LINE: usize = 4096;

/// How much of a long line is kept on either side of the marked words, in bytes: more than any terminal is wide.
const AROUND: usize = 1024;

/// If the marked words span more lines than this, only the first line is shown: the others would push the next report
/// off the screen.
const MAX_LINES: usize = 6;

/// From this many identical faults on, one represents all, with a list of the places. Fewer are read one by one.
const MIN_ALIKE: usize = 5;

/// How many reports are shown: nobody reads more before fixing the first ones.
const MAX_BLOCKS: usize = 200;

/// Whether reports are colored (with ANSI escape sequences).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Color {
    /// Plain text.
    #[default]
    Never,
    /// Colors.
    Always,
}

/// The reports of all faults, sorted by file and offset, for a terminal of `width` columns.
///
/// Empty if there are none; otherwise it ends with a line break. Control characters in the sources are made visible, so
/// that a source can't control the terminal.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use nutgraf_project::diag::terminal::{self, Color};
/// use nutgraf_project::diag::{Code, Diagnostic, Diagnostics, Place, Span, Texts};
/// use nutgraf_project::project::SourcePath;
///
/// struct One;
/// impl Texts for One {
///     fn text(&self, _: &SourcePath) -> Option<Arc<str>> {
///         Some(Arc::from("events:\n  - date: 2025-02-30\n"))
///     }
/// }
///
/// let place = Place::new(&SourcePath::new("content/timeline.md"), Span::new(18, 28));
/// let mut diagnostics = Diagnostics::new();
/// diagnostics.push(Diagnostic::new(Code::BadDate, place, "`2025-02-30` isn't a day").label("February has 28 days"));
/// let report = terminal::print(&diagnostics, &One, Color::Never, 100);
/// assert!(report.starts_with("error[bad-date]: `2025-02-30` isn't a day\n --> content/timeline.md:2:11\n"));
/// assert!(report.contains("^^^^^^^^^^ February has 28 days"));
/// ```
pub fn print(diagnostics: &Diagnostics, texts: &dyn Texts, color: Color, width: usize) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    }
    .term_width(width.max(40));
    let mut cache = LineCache::new(texts);
    let mut report = String::new();
    let merged = diagnostics.merged();
    let blocks = blocks(&merged);
    for block in blocks.iter().take(MAX_BLOCKS) {
        if !report.is_empty() {
            report.push('\n');
        }
        report.push_str(&renderer.render(&[group(block, &mut cache)]));
        report.push('\n');
    }
    if let Some(rest) = blocks.get(MAX_BLOCKS..).filter(|rest| !rest.is_empty()) {
        let n_rest: usize = rest.iter().map(Vec::len).sum();
        report.push_str(&format!(
            "\n{n_rest} more aren't shown: fix the first ones, and run the command again\n"
        ));
    }
    report
}

/// Groups the faults: those with the same message elsewhere go with the first of them.
fn blocks(sorted: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut alike: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for fault in sorted {
        if let Some(key) = says(fault) {
            alike.entry(key).or_default().push(fault);
        }
    }
    alike.retain(|_, faults| faults.len() >= MIN_ALIKE);
    let mut blocks = Vec::new();
    for fault in sorted {
        match says(fault).and_then(|key| alike.get_mut(&key)) {
            Some(faults) if faults.is_empty() => {}
            Some(faults) => blocks.push(std::mem::take(faults)),
            None => blocks.push(vec![fault]),
        }
    }
    blocks
}

/// What a fault says, apart from its place; `None` if it refers to other places too.
fn says(fault: &Diagnostic) -> Option<(Code, &str, Option<&str>, &str)> {
    let help = fault.help.as_deref();
    let says = (fault.code, &*fault.message, help, &*fault.label);
    fault.related.is_empty().then_some(says)
}

/// One fault with its excerpts, related places and help, and the places of others with the same message.
fn group(block: &[&Diagnostic], cache: &mut LineCache<'_>) -> Group<'static> {
    let diagnostic = block[0];
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let title = level
        .primary_title(visible(&diagnostic.message, false).into_owned())
        .id(diagnostic.code.name());
    let mut group = Group::with_title(title).elements(excerpt(
        &diagnostic.place,
        &diagnostic.label,
        AnnotationKind::Primary,
        cache,
    ));
    for (place, label) in &diagnostic.related {
        group = group.elements(excerpt(place, label, AnnotationKind::Context, cache));
    }
    for note in also_at(&block[1..], cache) {
        group = group.element(Level::NOTE.message(visible(&note, false).into_owned()));
    }
    if let Some(help) = &diagnostic.help {
        for line in help.lines() {
            group = group.element(Level::HELP.message(visible(line, false).into_owned()));
        }
    }
    group
}

/// Where else the same fault is: the lines in each file.
fn also_at(others: &[&Diagnostic], cache: &mut LineCache<'_>) -> Vec<String> {
    let mut lines_of: BTreeMap<&SourcePath, Vec<String>> = BTreeMap::new();
    for Place { file, span } in others.iter().map(|fault| &fault.place) {
        let lines = lines_of.entry(file).or_default();
        let located = span.and_then(|span| Some((span, cache.lines(file)?)));
        if let Some((span, text)) = located {
            let line = text.position(text.range(span).start).line.to_string();
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
    }
    let notes = lines_of
        .into_iter()
        .map(|(file, lines)| match lines.as_slice() {
            [] => format!("the same in {file}"),
            [line] => format!("the same in {file}, line {line}"),
            lines => format!("the same in {file}, lines {}", lines.join(", ")),
        });
    notes.collect()
}

/// The name of the place, and its lines with the marked words if the text is known.
fn excerpt(
    place: &Place,
    label: &str,
    kind: AnnotationKind,
    cache: &mut LineCache<'_>,
) -> Vec<Element<'static>> {
    let origin = Origin::path(visible(place.file.as_str(), false).into_owned());
    let located = place
        .span
        .and_then(|span| cache.lines(&place.file).map(|lines| (span, lines)));
    let Some((span, lines)) = located else {
        let mut elements = vec![origin.into()];
        if !label.is_empty() {
            let label = visible(label, false).into_owned();
            elements.push(Level::NOTE.message(label).into());
        }
        return elements;
    };
    let label = (!label.is_empty()).then(|| visible(label, false).into_owned());
    let snippet = |marked: Marked| {
        Snippet::source(marked.source)
            .line_start(marked.line)
            .annotation(kind.span(marked.mark).label(label))
    };
    let position = || {
        let position = lines.position(lines.range(span).start);
        let origin = origin.clone();
        origin.line(position.line).char_column(position.column)
    };
    match marked(&lines, span) {
        // The renderer can't know the column within a part of a line.
        Some(marked) if marked.is_cut => vec![position().into(), snippet(marked).into()],
        Some(marked) => {
            let path = visible(place.file.as_str(), false).into_owned();
            vec![snippet(marked).path(path).into()]
        }
        None => vec![position().into()],
    }
}

/// Lines to show, with every character made visible.
struct Marked {
    /// The number of the first line.
    line: usize,
    source: String,
    /// The range of the marked words within them.
    mark: Range<usize>,
    /// Whether they are part of one long line.
    is_cut: bool,
}

/// The lines with the marked words.
///
/// `None` if they are too long to be worth reading. The renderer itself cuts lines to the width of the terminal.
fn marked(lines: &Lines, span: Span) -> Option<Marked> {
    let range = lines.range(span);
    let first = lines.line_of(range.start);
    // A mark that ends at a line break belongs to the line before it.
    let last = lines.line_of(range.end.saturating_sub(1).max(range.start));
    let last = if last - first < MAX_LINES {
        last
    } else {
        first
    };
    let start = lines.line_range(first).start;
    let text = &lines.text()[start..lines.line_range(last).end];
    let (text, start) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, start + '\u{feff}'.len_utf8()),
        None => (text, start),
    };
    let is_cut = first == last && text.len() > LONG_LINE;
    let (text, start, range) = if is_cut {
        let mark = range.start.saturating_sub(start).min(text.len());
        let from = text.floor_char_boundary(mark.saturating_sub(AROUND));
        let to = text.ceil_char_boundary((mark + AROUND).min(text.len()));
        let cut_end = range.end.min(start + to).max(range.start);
        (&text[from..to], start + from, range.start..cut_end)
    } else {
        (text, start, range)
    };
    if text.len() > MAX_BYTES {
        return None;
    }
    let offset = |end: usize| shown(&text[..end.saturating_sub(start).min(text.len())]).len();
    Some(Marked {
        line: first + 1,
        source: shown(text),
        mark: offset(range.start)..offset(range.end),
        is_cut,
    })
}

/// A text made visible line by line, without carriage returns at line ends.
fn shown(text: &str) -> String {
    text.split('\n')
        .map(|line| visible(line.strip_suffix('\r').unwrap_or(line), true))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    struct Text(String);

    impl Texts for Text {
        fn text(&self, file: &SourcePath) -> Option<Arc<str>> {
            (file.as_str() != "static/logo.png").then(|| Arc::from(self.0.as_str()))
        }
    }

    fn fault(span: Span) -> Diagnostic {
        let place = Place::new(&SourcePath::new("content/a.md"), span);
        Diagnostic::new(Code::BadDate, place, "`x` isn't a date")
    }

    fn report(text: &str, faults: impl IntoIterator<Item = Diagnostic>) -> String {
        let diagnostics = faults.into_iter().collect();
        print(&diagnostics, &Text(text.to_owned()), Color::Never, 80)
    }

    #[test]
    fn a_report_has_place_excerpt_caret_related_place_and_help() {
        let related = Place::new(&SourcePath::new("content/b.md"), Span::new(0, 3));
        let text = "one\r\ntwo é x\r\nthree\r\n";
        let fault = fault(Span::new(12, 13))
            .label("this one")
            .related(related, "first used here")
            .help("write a day");
        insta::assert_snapshot!(report(text, [fault]), @r"
        error[bad-date]: `x` isn't a date
         --> content/a.md:2:7
          |
        2 | two é x
          |       ^ this one
          |
         ::: content/b.md:1:1
          |
        1 | one
          | --- first used here
          |
          = help: write a day
        ");
    }

    #[test]
    fn reports_are_sorted_and_stand_apart() {
        let report = report("a\nb\n", [fault(Span::new(2, 3)), fault(Span::new(0, 1))]);
        let places: Vec<&str> = report.lines().filter(|l| l.contains("-->")).collect();
        assert_eq!(places, [" --> content/a.md:1:1", " --> content/a.md:2:1"]);
        assert_eq!(report.matches("\n\n").count(), 1);
    }

    #[test]
    fn many_faults_that_say_the_same_are_one_list() {
        let text = "a\n".repeat(6);
        let report = report(
            &text,
            (0..6).map(|line| fault(Span::new(2 * line, 2 * line + 1))),
        );
        assert_eq!(report.matches("-->").count(), 1, "{report}");
        assert!(
            report.contains("= note: the same in content/a.md, lines 2, 3, 4, 5, 6\n"),
            "{report}"
        );
    }

    #[test]
    fn of_very_many_faults_the_first_are_shown() {
        let text = "a\n".repeat(300);
        let faults = (0..300).map(|line| {
            let mut fault = fault(Span::new(2 * line, 2 * line + 1));
            fault.message = format!("fault {line}");
            fault
        });
        let report = report(&text, faults);
        assert_eq!(report.matches("-->").count(), MAX_BLOCKS);
        assert!(
            report.ends_with(
                "\n100 more aren't shown: fix the first ones, and run the command again\n"
            )
        );
    }

    #[test]
    fn a_source_cannot_steer_the_terminal() {
        let text = "a \u{1b}[2J\u{9b}31m \u{202e}x";
        let mut fault = fault(Span::new(0, 1)).label("\u{1b}l").help("\u{9b}h");
        fault.message = "m\u{1b}]0;title\u{7}".to_owned();
        fault.place.file = SourcePath::new("content/\u{1b}[1m\n.md");
        let report = report(text, [fault]);
        assert!(
            report
                .chars()
                .all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'),
            "{report:?}"
        );
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_marked_words_and_keeps_its_column() {
        let text = format!("{}WORD{}", "é".repeat(100_000), "b".repeat(100_000));
        let report = report(&text, [fault(Span::new(200_000, 200_004))]);
        assert!(report.contains("content/a.md:1:100001"), "{report}");
        assert!(
            report.contains("WORD") && report.contains("^^^^"),
            "{report}"
        );
        assert!(report.len() < 2_000, "{}", report.len());
    }

    #[test]
    fn a_caret_stands_under_the_word_after_tabs() {
        let report = report("\t\tab x\n", [fault(Span::new(5, 6))]);
        let line = report.lines().find(|line| line.contains("ab x")).unwrap();
        let caret = report.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(line.find('x'), caret.find('^'), "{report}");
    }

    #[test]
    fn a_file_without_text_is_named_without_an_excerpt() {
        let mut fault = fault(Span::new(3, 4)).help("shrink it");
        fault.place.file = SourcePath::new("static/logo.png");
        insta::assert_snapshot!(report("", [fault]), @r"
        error[bad-date]: `x` isn't a date
        --> static/logo.png
         = help: shrink it
        ");
    }

    #[test]
    fn every_span_of_every_text_can_be_reported() {
        let long = "a\n\n\n\n\n\n\n\n\nb";
        for text in [
            "",
            "\n",
            "a",
            "\r\n",
            "a\r\nb",
            "é語\n",
            "\t\ta",
            "\u{feff}a\n\n",
            long,
        ] {
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 1 {
                    let report = report(text, [fault(Span::new(start, end)).label("here")]);
                    let position = Lines::new(Arc::from(text)).position(start);
                    let place = format!("content/a.md:{}:{}\n", position.line, position.column);
                    assert!(report.contains(&place), "{text:?} {start}..{end}\n{report}");
                }
            }
        }
    }

    #[test]
    fn colors_are_only_there_when_asked_for() {
        let faults: Diagnostics = std::iter::once(fault(Span::new(0, 1))).collect();
        let colored = print(&faults, &Text("a".to_owned()), Color::Always, 80);
        assert!(colored.contains("\u{1b}["));
        assert!(!report("a", faults).contains('\u{1b}'));
    }
}
