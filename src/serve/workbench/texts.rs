//! The texts of sources, which never leave this machine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::{self, Refused, page_path};
use crate::document::{Edit, FieldPath, Step, Value, edited, record_names};
use crate::edition::Edition;
use crate::evidence::{SourceKey, Text, command, source_key};
use crate::import::{Language, Reading};
use crate::model::{Day, Page, RecordKind};
use crate::project::{SourcePath, slugify};
use crate::workbench;

/// The pages whose sources a page's records can cite: those in its folder and in the folders above.
fn pages_around(edition: &Edition, file: &SourcePath) -> Vec<Arc<Page>> {
    let known = edition.reach(file).into_iter();
    let sources = known.filter(|known| known.kind == RecordKind::Source);
    let mut files: Vec<SourcePath> = sources.map(|known| known.document.path.clone()).collect();
    files.sort_unstable();
    files.dedup();
    files.iter().filter_map(|file| edition.page(file)).collect()
}

/// The available texts of the sources that a page can cite.
pub(super) fn at_hand(
    root: &Path,
    edition: &Edition,
    file: &SourcePath,
) -> BTreeMap<SourceKey, Text> {
    let pages = pages_around(edition, file);
    let ledger = edition.ledger();
    // `verify` reports what can't be read; here it counts as missing.
    let texts = command::read(root, &pages, &[], ledger.language());
    texts.map(|texts| texts.found).unwrap_or_default()
}

/// The folder of texts that a project keeps to itself.
const PRIVATE: &str = "sources/private";

/// A source's text, as import reads it.
struct Read {
    reading: Reading,
    language: &'static Language,
}

impl Workbench {
    fn read(&self, edition: &Edition, file: &SourcePath, id: &str) -> Option<Read> {
        let pages = pages_around(edition, file);
        let mut sources = pages.iter().flat_map(|page| &page.records.sources);
        let source = sources.find(|source| source.anchor.id.as_str() == id)?;
        let texts = at_hand(&self.root, edition, file);
        let text = texts.get(&source_key(source))?;
        let published: Option<Day> = source
            .published
            .as_ref()
            .map(|date| date.written().to_owned())
            .and_then(|date| date.parse().ok());
        let language = Language::named(text.source.language().code());
        let language = language.or_else(|| Language::named("en"))?;
        Some(Read {
            reading: Reading::of(&text.plain, published, language),
            language,
        })
    }

    pub(super) fn source(&self, asked: &Json) -> Result<Json, Refused> {
        let file = page_path(asked["file"].as_str().unwrap_or_default())?;
        let id = asked["id"].as_str().unwrap_or_default();
        let state = self.preview.state();
        let edition = &state.newest;
        let found = edition.while_current(|| {
            let Read { reading, language } = self.read(edition, &file, id)?;
            workbench::source(edition, &file, id, &reading, language)
        });
        Ok(found
            .flatten()
            .unwrap_or_else(|| json!({ "id": id, "text": null })))
    }

    pub(super) fn take(&self, asked: &Json) -> Result<Json, Refused> {
        let file = page_path(asked["file"].as_str().unwrap_or_default())?;
        let id = asked["id"].as_str().unwrap_or_default();
        let number = |name: &str| asked[name].as_u64().and_then(|n| usize::try_from(n).ok());
        let (Some(start), Some(end)) = (number("start"), number("end")) else {
            return Err(Refused::Forbidden("no words are selected"));
        };
        let kind = asked["kind"].as_str().unwrap_or_default();
        let kind =
            RecordKind::of_list(kind).ok_or(Refused::Forbidden("there are no such records"))?;
        let state = self.preview.state();
        let edition = &state.newest;
        let record = edition.while_current(|| {
            let Read { reading, language } = self.read(edition, &file, id)?;
            workbench::taken(edition, &file, id, &reading, language, kind, start..end)
        });
        record.flatten().ok_or_else(|| {
            Refused::Edit(match kind {
                RecordKind::Figure => "no number was found in these words".to_owned(),
                _ => "no record can be made of these words".to_owned(),
            })
        })
    }
}

impl Workbench {
    /// Keeps the text of a source, as a writer pasted it, in a file of this machine, and names it at the source. Undoing
    /// that leaves the file.
    pub(super) fn paste(&self, asked: &Json) -> Result<Json, Refused> {
        let page = page_path(asked["file"].as_str().unwrap_or_default())?;
        let id = asked["id"].as_str().unwrap_or_default();
        let text = asked["text"].as_str().unwrap_or_default().trim();
        if text.is_empty() {
            return Err(Refused::Edit("there is no text to keep".to_owned()));
        }
        let state = self.preview.state();
        let edition = &state.newest;
        let found = edition.while_current(|| {
            let known = edition.reach(&page).into_iter();
            let mut sources = known.filter(|known| known.kind == RecordKind::Source);
            let document = sources.find(|known| known.id == id)?.document;
            let names = document.lists().map(record_names)?;
            let mut names = names.iter();
            let name =
                names.find(|name| name.kind == RecordKind::Source && name.id.as_str() == id)?;
            Some((document.clone(), name.index))
        });
        // An edit came in meanwhile.
        let found = found.ok_or(Refused::Changed(None))?;
        let (document, index) = found.ok_or_else(|| {
            Refused::Edit(format!("there is no source `{id}` that this page can cite"))
        })?;
        let file = document.path.clone();
        let before = files::read(&self.root, &file)?.ok_or(Refused::Changed(None))?;
        if before != document.text() {
            return Err(Refused::Changed(Some(before)));
        }
        let text = format!("{text}\n");
        let stem = match slugify(id) {
            slug if slug.is_empty() => "source".to_owned(),
            slug => slug,
        };
        let name = files::put(&self.root, PRIVATE, &stem, "txt", text.as_bytes())?;
        let mut at = FieldPath::item("sources", index);
        at.0.push(Step::Key("text".to_owned()));
        let named = Edit::Set {
            at,
            value: Value::text(format!("{PRIVATE}/{name}")),
        };
        let after = edited(&before, &[named]).map_err(|fault| Refused::Edit(fault.to_string()))?;
        let mut files = self.files();
        files.write(&self.root, &file, Some(&before), &after)?;
        let hash = files.show(&after);
        Ok(json!({ "file": file, "hash": hash }))
    }
}
