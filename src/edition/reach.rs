//! Answers what can be referred to where, for editors.

use std::sync::Arc;

use super::Edition;
use super::inputs::{Project, directory, file};
use super::names::{Names, document};
use super::pages::scope;
use super::shared::{options, phrases};
use crate::check::Known;
use crate::document::Document;
use crate::model::{Anchors, Outline as _, PartialDate, RecordKind, Words};
use crate::project::{SourcePath, is_page};

impl Edition {
    /// A page as written; `None` if there is no such file or it isn't a page.
    pub fn document(&self, page: &SourcePath) -> Option<Arc<Document>> {
        let db = self.database();
        let file = file(&db, page).filter(|_| is_page(page))?;
        Some(document(&db, file))
    }

    /// Every record that a page can refer to, the nearest first.
    pub fn reach(&self, page: &SourcePath) -> Vec<Known> {
        let db = self.database();
        let folder = directory(&db, page.folder());
        folder.map_or_else(Vec::new, |folder| scope(&db, folder).value.reach())
    }

    /// The record that a name on a page refers to.
    pub fn known(&self, page: &SourcePath, kind: RecordKind, id: &str) -> Option<Known> {
        let db = self.database();
        let folder = directory(&db, page.folder())?;
        scope(&db, folder).value.known(kind, id)
    }

    /// The ids on a page that links can lead to; `None` if there is no such page.
    pub fn anchors(&self, page: &SourcePath) -> Option<Arc<Anchors>> {
        Names::of(&self.database(), page).anchors(page)
    }

    /// A date in words, in the site's language.
    pub fn date_in_words(&self, date: &PartialDate) -> String {
        phrases(&self.database()).date(date).words
    }

    /// What a reference without words of its own shows.
    pub fn words(&self, words: &Words) -> String {
        match words {
            Words::Quantity(quantity) => phrases(&self.database()).quantity(quantity).words,
            Words::Text(text) => text.clone(),
        }
    }

    /// The project's own layouts, by name.
    pub fn own_layouts(&self) -> Vec<String> {
        let db = self.database();
        let templates = options(&db, Project::get(&db)).templates.iter();
        let names = templates.filter_map(|name| name.strip_suffix(".html"));
        names.map(str::to_owned).collect()
    }
}
