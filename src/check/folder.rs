//! Checks the records of a folder's pages, in the order in which they refer to each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::records::Reader;
use crate::check::scope::{Name, Scope};
use crate::check::{CheckOptions, Checked};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, FieldPath, RecordName, record_names};
use crate::model::{Anchor, Outline, PageHead, RecordId, RecordKind};
use crate::project::SourcePath;

/// A page whose records are checked: its document and its head.
pub type Member = (Arc<Document>, Arc<PageHead>);

/// Checks the records of a folder's pages.
///
/// `members` are the pages directly in the folder that [may hold records](super::may_hold_records), by file;
/// `is_broken` says whether the front matter of any document there has faults. Sources and people come first, because
/// all others refer to them; then figures, whose numbers prose may quote.
pub fn scope(
    members: &[Member],
    (is_explainer, is_broken): (bool, bool),
    outline: &dyn Outline,
    parent: Option<Arc<Scope>>,
    options: &CheckOptions,
) -> Checked<Scope> {
    let mut faults = Vec::new();
    let mut scope = Scope::below(parent, is_explainer, is_broken);
    let mut names: BTreeMap<SourcePath, Vec<RecordName>> = BTreeMap::new();
    for (document, head) in members {
        names.insert(
            document.path.clone(),
            enter(&mut scope, document, head, &mut faults),
        );
    }
    let mut reader = Reader::new(scope, outline, options, &mut faults);
    for kind in [
        RecordKind::Source,
        RecordKind::Person,
        RecordKind::Figure,
        RecordKind::Term,
        RecordKind::Event,
        RecordKind::Reaction,
        RecordKind::Question,
    ] {
        let lists: Vec<_> = members
            .iter()
            .map(|(document, head)| {
                let names = names[&document.path]
                    .iter()
                    .filter(|name| name.kind == kind);
                (&**document, &**head, names.cloned().collect())
            })
            .collect();
        reader.read(kind, &lists);
    }
    for (document, head) in members {
        reader.notices(document, head);
    }
    Checked::new(reader.finish(), faults)
}

/// Enters the names of a document's records. Returns all of them; the id is missing if it isn't valid and unique.
fn enter(
    scope: &mut Scope,
    document: &Arc<Document>,
    head: &PageHead,
    faults: &mut Vec<Diagnostic>,
) -> Vec<RecordName> {
    let Some(lists) = document.lists() else {
        return Vec::new();
    };
    let mut on_page: BTreeMap<String, FieldPath> = BTreeMap::new();
    let mut entered = Vec::new();
    for mut name in record_names(lists) {
        let record = FieldPath::item(name.kind.list(), name.index);
        let place = || document.place(&record.key("id"));
        if !super::fields::is_slug(&name.id) {
            if !name.lacks_words {
                faults.push(bad_id(&name, place()));
            }
            name.id.clear();
            entered.push(name);
            continue;
        }
        let key = (name.kind, name.id.clone());
        let here = || Some(document.place(&on_page.get(&name.id)?.key("id")));
        if let Some(first) = scope.taken(&key).or_else(here) {
            let message = format!("the id `{}` is taken", name.id);
            faults.push(
                Diagnostic::new(Code::DuplicateId, place(), message)
                    .related(first, "first used here")
                    .help("give one of them an `id:` of its own"),
            );
            name.id.clear();
            entered.push(name);
            continue;
        }
        on_page.insert(name.id.clone(), record.clone());
        let anchor = Anchor {
            page: head.permalink.clone(),
            id: RecordId::new(&name.id),
            folder: Arc::from(document.path.folder()),
        };
        let title = super::records::title(lists, &name).unwrap_or_default();
        scope.declare(
            key,
            Name {
                anchor,
                title,
                quantity: None,
                document: document.clone(),
                record,
            },
        );
        entered.push(name);
    }
    entered
}

fn bad_id(name: &RecordName, place: Place) -> Diagnostic {
    let kind = name.kind.name();
    let better = crate::project::slugify(&name.id);
    if name.id.is_empty() {
        return Diagnostic::new(Code::BadId, place, format!("the {kind} has no id"))
            .help("add `id:` with a short name, such as `id: poll-2025`");
    }
    let message = format!("`{}` can't be an id", name.id);
    let fault = Diagnostic::new(Code::BadId, place, message);
    if better.is_empty() {
        fault.help("use letters, digits and hyphens")
    } else {
        let help = format!("write `id: {better}`");
        fault.help(help).fix(&name.id, better)
    }
}
