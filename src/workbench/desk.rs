//! Lists what is left to do on which page.

use serde_json::{Value as Json, json};

use crate::diag::{Code, Diagnostics, Severity};
use crate::document::{Document, Value, written_values};
use crate::edition::Edition;
use crate::model::RecordKind;
use crate::project::SourcePath;

/// On sites with more pages, hints are included only for pages that have something else to do: asking every page takes
/// too long for a list that somebody waits for.
const MAX_ASKED: usize = 300;

/// How many pages are shown, those with the most to do first.
const MAX_SHOWN: usize = 1000;

/// Every page with its drafts, errors, warnings, hints and doubts. `known` are the known errors and warnings.
pub fn desk(edition: &Edition, known: &Diagnostics) -> Json {
    let heads = edition.heads();
    let mut files: Vec<(SourcePath, Option<(String, String)>)> = heads
        .iter()
        .map(|head| {
            (
                head.source.clone(),
                Some((head.title.clone(), head.permalink.as_str().to_owned())),
            )
        })
        .collect();
    files.extend(edition.broken().into_iter().map(|file| (file, None)));
    let is_small = files.len() <= MAX_ASKED;
    let mut pages: Vec<(usize, Json)> = files
        .into_iter()
        .map(|(file, head)| {
            let of_file = if is_small {
                edition.faults_in(&file)
            } else {
                let known = known.iter();
                let of_file = known.filter(|fault| fault.place.file == file);
                of_file.cloned().collect()
            };
            let (errors, warnings) = (
                of_file.count(Severity::Error),
                of_file.count(Severity::Warning),
            );
            let mut doubts = known
                .iter()
                .filter(|fault| fault.place.file == file && fault.code == Code::EvidenceDoubt)
                .count();
            doubts = doubts.max(
                of_file
                    .iter()
                    .filter(|fault| fault.code == Code::EvidenceDoubt)
                    .count(),
            );
            let drafts = edition
                .document(&file)
                .map_or(0, |document| n_drafts(&document));
            let (title, href) = head.unzip();
            let row = json!({
                "file": file, "title": title, "href": href, "drafts": drafts, "errors": errors,
                "warnings": warnings, "hints": of_file.count(Severity::Hint), "doubts": doubts,
            });
            (drafts + errors * 1000 + warnings, row)
        })
        .collect();
    pages.sort_by_key(|(need, _)| std::cmp::Reverse(*need));
    let n_pages = pages.len();
    let shown: Vec<Json> = pages
        .into_iter()
        .take(MAX_SHOWN)
        .map(|(_, row)| row)
        .collect();
    json!({ "pages": shown, "all": n_pages })
}

/// How many records on a page need a review.
fn n_drafts(document: &Document) -> usize {
    if !document.text().contains("review:") {
        return 0;
    }
    let Some(values) = written_values(document.text()) else {
        return 0;
    };
    let lists = RecordKind::ALL
        .into_iter()
        .filter_map(|kind| values.get(kind.list()));
    let waits = |item: &Value| item.get("review").and_then(Value::as_text) == Some("true");
    lists
        .map(|list| match list {
            Value::List(items) => items.iter().filter(|item| waits(item)).count(),
            _ => 0,
        })
        .sum()
}
