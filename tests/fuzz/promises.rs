//! What must hold for any bytes at all. `tests/fuzz.rs` tries these with the corpus and with what it makes of it, and
//! `.ci/fuzz` with whatever libFuzzer finds.

#![allow(clippy::unwrap_used, reason = "a broken promise should stop")]
#![allow(dead_code, reason = "each target keeps one promise")]

use std::sync::Arc;

use nutgraf::edition::{Depth, Edition, Settings};
use nutgraf_document::config::Config;
use nutgraf_document::document::{MarkdownOptions, meant_dates, meant_numbers, parse};
use nutgraf_evidence::{
    Quote, QuoteVerdict, SourceText, match_passage, match_printed, match_quote,
};
use nutgraf_import::Reading;
use nutgraf_language::Language;
use nutgraf_project::diag::{Diagnostic, Diagnostics, Place};
use nutgraf_project::project::{ContentHash, Snapshot, SourcePath};
use nutgraf_values::{Number, PartialDate};

/// A page is read, and each fault is at a place that is in it.
pub(crate) fn page(bytes: &[u8]) {
    let path = SourcePath::new("content/a.md");
    let bytes: Arc<[u8]> = bytes.into();
    let document = parse(
        &path,
        &bytes,
        ContentHash::of(&bytes),
        MarkdownOptions::default(),
    );
    let _ = (document.body(), document.anchors(), document.records());
    for fault in document.faults() {
        assert_is_in(fault, &bytes);
    }
}

/// Settings are read, and each fault is at a place that is in them.
pub(crate) fn settings(bytes: &[u8]) {
    let snapshot = Snapshot::from_files([("site.yaml", bytes)]);
    let mut faults = Diagnostics::new();
    let config = Config::parse(snapshot.get(&SourcePath::new("site.yaml")), &mut faults);
    assert!(
        config.is_some() || faults.has_errors(),
        "nothing was read, and nothing said"
    );
    for fault in faults.iter() {
        assert_is_in(fault, bytes);
    }
}

/// A date that is read is printed as it is read again; one that isn't has at most dates as proposals.
pub(crate) fn date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(date) = text.parse::<PartialDate>() {
        assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
    }
    for meant in meant_dates(text) {
        assert!(
            meant.date.parse::<PartialDate>().is_ok(),
            "{text:?} can't mean {:?}",
            meant.date
        );
    }
}

/// A number that is read is printed as it is read again; what was perhaps meant is a number.
pub(crate) fn number(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(number) = text.parse::<Number>() {
        assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
    }
    for meant in meant_numbers(text) {
        assert!(
            meant.number.parse::<Number>().is_ok(),
            "{text:?} can't mean {:?}",
            meant.number
        );
    }
}

/// A language is recognized or isn't, and its numbers are where they are said to be.
pub(crate) fn language(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = nutgraf_language::recognize(&text);
    for language in languages() {
        for number in nutgraf_language::printed::numbers_in(&text, language) {
            assert!(
                text.get(number.bytes.clone()).is_some(),
                "{:?}",
                number.bytes
            );
        }
    }
}

/// The first line is looked for in the rest, and what is found is in it. What a text holds as it is, is found in it.
pub(crate) fn quotation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (written, text) = text.split_once('\n').unwrap_or(("", &text));
    let quote = Quote::new(written);
    for language in languages() {
        let source = SourceText::in_language(text, language);
        let verdicts = [
            match_quote(&source, &quote, Some("Ruiz")),
            match_passage(&source, &quote),
            match_printed(&source, &quote),
        ];
        for verdict in verdicts {
            if let QuoteVerdict::Verified(found) = verdict {
                for segment in &found.segments {
                    assert!(
                        text.get(segment.bytes.clone()).is_some(),
                        "{:?}",
                        segment.bytes
                    );
                }
            }
        }
    }
}

/// What is drafted of an article is a stretch of it.
pub(crate) fn article(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for code in nutgraf_import::Language::codes() {
        let reading = Reading::of(&text, None, nutgraf_import::Language::named(code).unwrap());
        for date in reading.dates() {
            assert!(reading.text().get(date.range.clone()).is_some(), "{date:?}");
        }
        for figure in reading.figures() {
            assert!(
                reading.text().get(figure.range.clone()).is_some(),
                "{figure:?}"
            );
            assert!(figure.value.parse::<Number>().is_ok(), "{figure:?}");
        }
        for quotation in reading.quotations() {
            assert!(
                reading.text().get(quotation.range.clone()).is_some(),
                "{quotation:?}"
            );
        }
    }
}

/// A site of one page is made, or says why not.
pub(crate) fn site(bytes: &[u8]) {
    let settings = "title: A\nbase_url: https://example.org\n".as_bytes();
    let snapshot = Snapshot::from_files([("site.yaml", settings), ("content/index.md", bytes)]);
    let edition = Edition::new(snapshot.into(), Settings::default());
    let faults = edition.faults(Depth::Evidence);
    for fault in faults.iter() {
        let is_of_page = fault.place.file == SourcePath::new("content/index.md");
        assert_is_in(fault, if is_of_page { bytes } else { settings });
    }
    if faults.has_errors() {
        return;
    }
    for path in edition.outputs().into_keys() {
        let rendered = edition.render(&path).expect("an output that was named");
        assert!(rendered.is_ok(), "{path}: {:?}", rendered.err());
    }
}

fn languages() -> impl Iterator<Item = &'static Language> {
    Language::codes()
        .filter_map(Language::named)
        .chain([Language::unknown()])
}

fn assert_is_in(fault: &Diagnostic, bytes: &[u8]) {
    let Place { span, .. } = &fault.place;
    let Some(span) = span else { return };
    assert!(
        span.start <= span.end && span.end as usize <= bytes.len(),
        "{fault:?}"
    );
}
