//! Which language is a page in, and which pages are the same one in others?
//!
//! # Design
//!
//! A site in several languages is several sites that share their files. Each language has a tree of folders with its own
//! pages ([`super::inputs`]), so that every query about a folder is about one language, and one about the main language
//! reads what it read before there were others. A page of a language reads its own file and that of its original.
//!
//! A translation is made whole where it is parsed ([`Document::translated`](crate::document::Document::translated)), so
//! that what comes later knows nothing of originals. Records on pages that nobody has translated are in the reach of a
//! language all the same, with all their words [marked](crate::model::Foreign).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::{Db, Directory, File, Project, directory, directory_in};
use super::names::{Names, document, pages_in};
use crate::config::{CONFIG, Config};
use crate::diag::Diagnostics;
use crate::document::{Document, parse};
use crate::model::{Language, Outline};
use crate::project::{
    ContentHash, Permalink, Snapshot, SourcePath, is_index, is_page, language_in_name,
};

/// The languages of a site: their tags and the site's titles in them. The main one is not among the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Languages {
    main: String,
    others: Vec<(String, String)>,
}

impl Languages {
    /// The languages that a snapshot's `site.yaml` names; only the main one if it can't be used.
    pub(super) fn in_snapshot(snapshot: &Snapshot) -> Self {
        let file = snapshot.get(&SourcePath::new(CONFIG));
        // Most sites have one language, and the settings are read elsewhere.
        let file = file.filter(|file| file.bytes.windows(10).any(|word| word == b"languages:"));
        let told_elsewhere = &mut Diagnostics::new();
        let config = file.and_then(|file| Config::parse(Some(file), told_elsewhere));
        config
            .map(|config| Self::of_config(&config))
            .unwrap_or_default()
    }

    fn of_config(config: &Config) -> Self {
        let others = config.languages.iter();
        let others = others.map(|other| (other.tag.clone(), other.title.clone()));
        Self {
            main: config.language.clone(),
            others: others.collect(),
        }
    }

    /// The main language, then the others.
    pub(super) fn all(&self) -> impl Iterator<Item = Language> + use<> {
        let others = (0..self.others.len()).filter_map(Language::nth);
        std::iter::once(Language::MAIN).chain(others)
    }

    /// The language of a file.
    pub(super) fn of(&self, path: &SourcePath) -> Language {
        if self.others.is_empty() || !is_page(path) {
            return Language::MAIN;
        }
        let tag = language_in_name(path).map(|(_, tag)| tag);
        tag.and_then(|tag| self.tagged(tag)).unwrap_or_default()
    }

    /// The language of a file, and the file that it would be without it in its name.
    pub(super) fn split(&self, path: &SourcePath) -> (Language, SourcePath) {
        let plain = (Language::MAIN, path.clone());
        if self.others.is_empty() || !is_page(path) {
            return plain;
        }
        let Some((stem, tag)) = language_in_name(path) else {
            return plain;
        };
        match self.tagged(tag) {
            Some(language) => {
                let (folder, ending) = (path.folder(), path.extension());
                (
                    language,
                    SourcePath::new(format!("{folder}/{stem}.{ending}")),
                )
            }
            None => plain,
        }
    }

    fn tagged(&self, tag: &str) -> Option<Language> {
        let mut others = self.others.iter();
        let index = others.position(|(other, _)| other.eq_ignore_ascii_case(tag));
        let main = || {
            self.main
                .eq_ignore_ascii_case(tag)
                .then_some(Language::MAIN)
        };
        index.and_then(Language::nth).or_else(main)
    }

    /// The tag of a language (BCP 47).
    pub(super) fn tag(&self, language: Language) -> &str {
        let other = language.index().and_then(|index| self.others.get(index));
        other.map_or(&self.main, |(tag, _)| tag)
    }

    /// The site's title in a language; empty for the main one.
    pub(super) fn title(&self, language: Language) -> &str {
        let other = language.index().and_then(|index| self.others.get(index));
        other.map_or("", |(_, title)| title)
    }

    /// The file that a file is in a language: `content/a.es.md` of `content/a.md`.
    pub(super) fn name(&self, language: Language, key: &SourcePath) -> SourcePath {
        match language.is_main() {
            true => key.clone(),
            false => {
                let (folder, stem, ending) = (key.folder(), key.stem(), key.extension());
                let tag = self.tag(language);
                SourcePath::new(format!("{folder}/{stem}.{tag}.{ending}"))
            }
        }
    }
}

/// The languages that have pages: the main one, then the others.
pub(super) fn languages(db: &dyn Db) -> impl Iterator<Item = Language> {
    Project::get(db).languages(db).all()
}

/// What `ask` says of the outlines of all languages.
pub(super) fn in_all_languages<T>(db: &dyn Db, ask: impl FnOnce(&[&dyn Outline]) -> T) -> T {
    let names: Vec<Names<'_>> = languages(db).map(|language| Names(db, language)).collect();
    let outlines: Vec<&dyn Outline> = names.iter().map(|names| names as &dyn Outline).collect();
    ask(&outlines)
}

/// The address below which the pages of a language are: empty for the main one.
pub(super) fn home(db: &dyn Db, language: Language) -> Permalink {
    match language.is_main() {
        true => Permalink::new(""),
        false => {
            let tag = Project::get(db).languages(db).tag(language);
            Permalink::new(format!("{tag}/"))
        }
    }
}

/// The pages of a folder by their names without a language; that of the folder itself is `index`.
#[salsa::tracked(returns(ref))]
fn pages_by_name(db: &dyn Db, folder: Directory) -> BTreeMap<String, File> {
    let pages = pages_in(db, folder);
    pages
        .map(|page| (name(page.key(db)).to_owned(), page))
        .collect()
}

fn name(key: &SourcePath) -> &str {
    match is_index(key) {
        true => "index",
        false => key.stem(),
    }
}

/// The same page in a language, if it is there.
pub(super) fn twin(db: &dyn Db, page: File, language: Language) -> Option<File> {
    if page.language(db) == language {
        return Some(page);
    }
    let key = page.key(db);
    let folder = directory_in(db, language, key.folder())?;
    pages_by_name(db, folder).get(name(key)).copied()
}

/// What a page is a translation of.
pub(super) fn original(db: &dyn Db, page: File) -> Option<File> {
    match page.language(db).is_main() {
        true => None,
        false => twin(db, page, Language::MAIN),
    }
}

/// The pages of a folder's original that a language lacks.
pub(super) fn untranslated(db: &dyn Db, folder: Directory) -> Vec<File> {
    let language = folder.language(db);
    if language.is_main() {
        return Vec::new();
    }
    let pages = directory(db, &folder.path(db)).into_iter();
    let pages = pages.flat_map(|folder| pages_in(db, folder));
    pages
        .filter(|page| twin(db, *page, language).is_none())
        .collect()
}

/// A document of another language than the main one, made whole by its original.
pub(super) fn whole(db: &dyn Db, file: File, own: Document) -> Arc<Document> {
    let own = own.named(file.key(db).clone());
    let Some(first) = original(db, file) else {
        return Arc::new(own);
    };
    let own = match file.is_generated(db) && file.path(db).folder() != super::names::CONTENT {
        // The page of a folder that nobody wrote has the title of the original.
        true => nothing(file.path(db)).named(file.key(db).clone()),
        false => own,
    };
    let languages = Project::get(db).languages(db);
    let tags = [Language::MAIN, file.language(db)].map(|language| languages.tag(language));
    Arc::new(own.translated(&document(db, first), (tags[0], tags[1])))
}

/// A page that a language lacks, as it is in that language: the original with all its words marked.
#[salsa::tracked(returns(clone), no_eq)]
pub(super) fn stand_in(db: &dyn Db, page: File, language: Language) -> Arc<Document> {
    let languages = Project::get(db).languages(db);
    let tags = [Language::MAIN, language].map(|language| languages.tag(language));
    let nothing = nothing(page.path(db)).named(page.key(db).clone());
    Arc::new(nothing.translated(&document(db, page), (tags[0], tags[1])))
}

/// A page that says nothing.
fn nothing(path: &SourcePath) -> Document {
    let bytes: Arc<[u8]> = b"---\n---\n".as_slice().into();
    parse(path, &bytes, ContentHash::of(&bytes), Default::default())
}
