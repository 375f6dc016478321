//! What are the names and addresses of everything? From the documents, or from those of the edition before.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Edition, addresses};
use crate::assets;
use crate::check::{self, CheckOptions, Checked, Documents};
use crate::document::{self, Document};
use crate::model::{Outline, PageHead};
use crate::project::{Snapshot, SourceFile, SourcePath, is_index, is_page};
use crate::shared_map::SharedMap;

type Heads = SharedMap<SourcePath, Checked<PageHead>>;

/// The documents, and what can be known without looking into any page's text.
pub(super) struct Names {
    pub(super) documents: Documents,
    pub(super) explainers: Arc<BTreeSet<String>>,
    pub(super) heads: Heads,
    pub(super) outline: Checked<Outline>,
    pub(super) turn: Turn,
}

/// How an outline follows the one before.
pub(super) enum Turn {
    /// It is the first, or something is new, gone, or at another place.
    New,
    /// Everything stands where it stood, and these pages have other heads.
    Heads(Vec<SourcePath>),
}

/// The names of a snapshot, from nothing.
pub(super) fn of(snapshot: &Snapshot, options: &CheckOptions) -> Names {
    let files: Vec<&SourceFile> = snapshot
        .below("content")
        .filter(|f| is_page(&f.path))
        .collect();
    let documents: Documents = parsed(&files, options).into_iter().collect();
    let explainers = check::explainers(&documents);
    let heads: Vec<(SourcePath, Checked<PageHead>)> = files
        .par_iter()
        .filter_map(|file| {
            let document = documents.get(&file.path)?;
            let is_explainer = explainers.contains(file.path.folder());
            let head = check::head(document, is_explainer, options)?;
            Some((file.path.clone(), head))
        })
        .collect();
    let heads: Heads = heads.into_iter().collect();
    let outline = check::outline(
        &documents,
        &heads,
        &explainers,
        assets::files(snapshot),
        options,
    );
    let outline = addresses::checked(outline, &documents);
    Names {
        documents,
        explainers: Arc::new(explainers),
        heads,
        outline,
        turn: Turn::New,
    }
}

/// The names of a later snapshot, which differs in the files `changed`.
pub(super) fn after(earlier: &Edition, snapshot: &Snapshot, changed: &[SourcePath]) -> Names {
    let options = &earlier.options;
    let pages: Vec<&SourcePath> = changed.iter().filter(|path| is_page(path)).collect();
    let files: Vec<&SourceFile> = pages.iter().filter_map(|path| snapshot.get(path)).collect();
    let mut documents = earlier.documents.clone();
    for path in &pages {
        documents.remove(*path);
    }
    documents.extend(parsed(&files, options));
    let versions = |path: &SourcePath| [earlier.documents.get(path), documents.get(path)];
    let same_explainers = pages.iter().all(|path| {
        let [before, after] =
            versions(path).map(|document| document.is_some_and(|d| check::makes_explainer(d)));
        before == after
    });
    let explainers = match same_explainers {
        true => earlier.explainers.clone(),
        false => Arc::new(check::explainers(&documents)),
    };
    let mut heads = earlier.heads.clone();
    let head = |document: &Arc<Document>| {
        let is_explainer = explainers.contains(document.path.folder());
        check::head(document, is_explainer, options)
    };
    for path in &pages {
        match documents.get(*path).and_then(&head) {
            Some(head) => drop(heads.insert((*path).clone(), head)),
            None => drop(heads.remove(*path)),
        }
    }
    let turned = earlier.explainers.symmetric_difference(&explainers);
    for folder in turned.filter(|_| !same_explainers) {
        let prefix = SourcePath::new(format!("{folder}/"));
        let beside = documents.range(prefix..).map(|(_, document)| document);
        let beside =
            beside.take_while(|document| document.path.folder().starts_with(folder.as_str()));
        let indexes =
            beside.filter(|document| document.path.folder() == folder && is_index(&document.path));
        for index in indexes {
            if let Some(head) = head(index) {
                heads.insert(index.path.clone(), head);
            }
        }
    }
    let (outline, turn) =
        outline_after(earlier, &documents, &heads, &explainers, snapshot, changed);
    Names {
        documents,
        explainers,
        heads,
        outline,
        turn,
    }
}

/// The outline: the earlier one if nothing in it is another; that one with other heads, if all stands where it
/// stood; else a new one.
fn outline_after(
    earlier: &Edition,
    documents: &Documents,
    heads: &Heads,
    explainers: &Arc<BTreeSet<String>>,
    snapshot: &Snapshot,
    changed: &[SourcePath],
) -> (Checked<Outline>, Turn) {
    let before = &earlier.outline.value;
    let same_files = changed
        .iter()
        .all(|path| is_page(path) || !is_published(path));
    let held_back = |documents: &Documents, path| {
        let document = documents.get(path)?;
        check::held_back(document, &earlier.options)
    };
    let same_held = changed
        .iter()
        .all(|path| held_back(&earlier.documents, path) == held_back(documents, path));
    let same_frame = same_files && same_held && Arc::ptr_eq(explainers, &earlier.explainers);
    let pages = changed.iter().filter(|path| is_page(path));
    let mut other = Vec::new();
    let mut same_places = true;
    for path in pages {
        match (earlier.heads.get(path), heads.get(path)) {
            (Some(a), Some(b)) if a.value == b.value => {}
            (None, None) => {}
            (Some(a), Some(b)) if a.value.stands_as(&b.value) => other.push(b.value.clone()),
            _ => same_places = false,
        }
    }
    // The faults of an outline have places in documents, which may have moved.
    if same_frame && same_places && earlier.outline.faults.is_empty() {
        other.retain(|head| before.heads.contains_key(&head.source));
        let turned: Vec<SourcePath> = other.iter().map(|head| head.source.clone()).collect();
        let outline = match turned.is_empty() {
            true => earlier.outline.clone(),
            false => earlier.outline.with(|outline| {
                for head in other {
                    outline.heads.insert(head.source.clone(), head);
                }
            }),
        };
        if turned
            .iter()
            .all(|page| check::is_in_order(&outline.value, page))
        {
            return (outline, Turn::Heads(turned));
        }
    }
    let files = match same_files {
        true => before.files.clone(),
        false => assets::files(snapshot),
    };
    let outline = check::outline(documents, heads, explainers, files, &earlier.options);
    (addresses::checked(outline, documents), Turn::New)
}

fn parsed(files: &[&SourceFile], options: &CheckOptions) -> Vec<(SourcePath, Arc<Document>)> {
    let parse = |file: &&SourceFile| {
        let document = document::parse(&file.path, &file.bytes, file.hash, options.markdown);
        (file.path.clone(), Arc::new(document))
    };
    match files {
        // To wake another thread takes longer.
        [file] => vec![parse(file)],
        _ => files.par_iter().map(parse).collect(),
    }
}

/// Whether a file may be published as it is.
fn is_published(path: &SourcePath) -> bool {
    path.as_str().starts_with("static/") || path.as_str().starts_with("content/")
}
