//! The inputs of all queries: files, folders, and the project that contains them.
//!
//! A folder lists what is directly in it. Looking up a file by its path reads the lists on the way; so adding or
//! removing a file changes the answer, and editing a file doesn't.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use salsa::{Durability, Setter as _};

use super::languages::Languages;
use crate::check;
use crate::config::Settings;
use crate::evidence;
use crate::model::Language;
use crate::project::{Snapshot, SourceFile, SourcePath, is_index, is_page};

/// The database as queries see it.
#[salsa::db]
pub(super) trait Db: salsa::Database {}

/// Inputs, and every value derived from them. A clone is another handle to the same database, for another thread.
#[salsa::db]
#[derive(Clone, Default)]
pub(super) struct Database {
    storage: salsa::Storage<Self>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}

/// A source file.
#[salsa::input]
pub(super) struct File {
    #[returns(ref)]
    pub(super) path: SourcePath,
    /// The file that it would be without a language in its name.
    #[returns(ref)]
    pub(super) key: SourcePath,
    #[returns(copy)]
    pub(super) language: Language,
    #[returns(ref)]
    pub(super) source: SourceFile,
    /// Whether it represents the page of a folder that has none, and so isn't on disk.
    #[returns(copy)]
    pub(super) is_generated: bool,
}

/// A folder of sources, and what is directly in it. Each language has a tree of folders of its own, with its pages alone;
/// that of the main language has all other files besides.
#[salsa::input]
pub(super) struct Directory {
    #[returns(clone)]
    pub(super) path: Arc<str>,
    #[returns(copy)]
    pub(super) language: Language,
    #[returns(ref)]
    pub(super) files: BTreeMap<SourcePath, File>,
    #[returns(ref)]
    pub(super) folders: BTreeMap<Arc<str>, Directory>,
}

/// The project; a database has only one.
#[salsa::input(singleton)]
pub(super) struct Project {
    #[returns(ref)]
    pub(super) settings: Settings,
    #[returns(copy)]
    pub(super) root: Directory,
    /// The roots of the languages beside the main one.
    #[returns(ref)]
    pub(super) others: Vec<Directory>,
    #[returns(ref)]
    pub(super) languages: Languages,
    /// The pages that [may have](check::may_have_notices) corrections or updates, by path. Every page of the site leads to
    /// the list of these, so this is known without looking at the others.
    #[returns(ref)]
    pub(super) noticing: Vec<File>,
}

/// The folder at a path, if it exists or once existed; the empty path is the root.
pub(super) fn directory(db: &dyn Db, path: &str) -> Option<Directory> {
    below(db, Project::get(db).root(db), path)
}

/// The folder of a language's pages at a path, if there is or was one.
pub(super) fn directory_in(db: &dyn Db, language: Language, path: &str) -> Option<Directory> {
    match language.index() {
        None => directory(db, path),
        Some(index) => below(db, *Project::get(db).others(db).get(index)?, path),
    }
}

/// The folder that a file is in, in the tree of its language.
pub(super) fn directory_of(db: &dyn Db, file: File) -> Option<Directory> {
    directory_in(db, file.language(db), file.path(db).folder())
}

fn below(db: &dyn Db, root: Directory, path: &str) -> Option<Directory> {
    let mut directory = root;
    let ends = path.match_indices('/').map(|(end, _)| end);
    for end in ends.chain([path.len()]).filter(|end| *end > 0) {
        directory = *directory.folders(db).get(&path[..end])?;
    }
    Some(directory)
}

/// The file at a path.
pub(super) fn file(db: &dyn Db, path: &SourcePath) -> Option<File> {
    let language = Project::get(db).languages(db).of(path);
    let directory = directory_in(db, language, path.folder())?;
    directory.files(db).get(path).copied()
}

/// The files in a folder and further down, by path, without the pages of other languages than the main one.
pub(super) fn files_below<'db>(db: &'db dyn Db, folder: &str) -> Vec<(&'db SourcePath, File)> {
    files_in(db, Language::MAIN, folder)
}

/// The files in a folder of a language and further down, by path.
pub(super) fn files_in<'db>(
    db: &'db dyn Db,
    language: Language,
    folder: &str,
) -> Vec<(&'db SourcePath, File)> {
    let mut files: Vec<(&SourcePath, File)> = Vec::new();
    let folder = directory_in(db, language, folder);
    let mut waiting: Vec<Directory> = folder.into_iter().collect();
    while let Some(directory) = waiting.pop() {
        let here = directory.files(db).iter();
        files.extend(here.map(|(path, file)| (path, *file)));
        waiting.extend(directory.folders(db).values());
    }
    files.sort_unstable_by_key(|(path, _)| *path);
    files
}

/// A folder of a language.
type Place = (Language, Arc<str>);

/// A database, and what is needed to keep its inputs up to date.
pub(super) struct Inputs {
    pub(super) db: Database,
    pub(super) languages: Languages,
    /// Every file that exists or once existed.
    files: BTreeMap<SourcePath, File>,
    directories: BTreeMap<Place, Directory>,
    /// The pages of folders that have, or had, none of their own.
    sections: BTreeMap<Place, File>,
    /// The pages that may have corrections or updates.
    noticing: BTreeMap<SourcePath, File>,
}

impl Inputs {
    /// The inputs for a snapshot.
    pub(super) fn new(snapshot: &Snapshot, settings: Settings) -> Self {
        let languages = Languages::in_snapshot(snapshot);
        let mut inputs = Self {
            db: Database::default(),
            languages,
            files: BTreeMap::new(),
            directories: BTreeMap::new(),
            sections: BTreeMap::new(),
            noticing: BTreeMap::new(),
        };
        let mut listed: BTreeMap<Place, BTreeMap<SourcePath, File>> = BTreeMap::new();
        for language in inputs.languages.all() {
            listed.insert((language, Arc::from("")), BTreeMap::new());
        }
        for source in snapshot.iter() {
            let file = inputs.new_file(source);
            inputs.note(source, file);
            let language = inputs.languages.of(&source.path);
            let folder: Arc<str> = Arc::from(source.path.folder());
            if !listed.contains_key(&(language, folder.clone())) {
                for above in ancestors(&folder) {
                    listed.entry((language, Arc::from(above))).or_default();
                }
            }
            let files = listed.entry((language, folder)).or_default();
            files.insert(source.path.clone(), file);
        }
        // A folder comes after its parent; so in reverse order, everything that it lists already exists.
        let mut inside: BTreeMap<Place, BTreeMap<Arc<str>, Directory>> = BTreeMap::new();
        for (place, mut files) in listed.into_iter().rev() {
            let folders = inside.remove(&place).unwrap_or_default();
            if inputs.needs_section(&place, &files, &folders) {
                let section = inputs.section(&place);
                files.insert(section.path(&inputs.db).clone(), section);
            }
            let directory = inputs.new_directory(place.clone(), files, folders);
            let (language, path) = place;
            if !path.is_empty() {
                let above = (language, Arc::from(parent(&path)));
                inside.entry(above).or_default().insert(path, directory);
            }
        }
        let root = |language: Language| inputs.directories[&(language, Arc::from(""))];
        let others = inputs.languages.all().skip(1).map(root).collect();
        let root = root(Language::MAIN);
        let project = Project::builder(
            settings,
            root,
            others,
            inputs.languages.clone(),
            inputs.noticing.values().copied().collect(),
        );
        let _singleton = project.durability(Durability::HIGH).new(&inputs.db);
        inputs
    }

    /// Updates the files `changed` from a later snapshot. Cancels everyone who is reading the database, and waits for
    /// them.
    pub(super) fn update(&mut self, snapshot: &Snapshot, changed: &[SourcePath]) {
        let mut folders: BTreeSet<(Language, &str)> = BTreeSet::new();
        let mut is_noted = false;
        for path in changed {
            let was_there = file(&self.db, path).is_some_and(|file| !file.is_generated(&self.db));
            let source = snapshot.get(path);
            if was_there != source.is_some() {
                folders.insert((self.languages.of(path), path.folder()));
            }
            match (self.files.get(path).copied(), source) {
                (Some(file), Some(source)) => {
                    let durability = after_an_edit(path);
                    let setter = file.set_source(&mut self.db).with_durability(durability);
                    setter.to(source.clone());
                }
                (None, Some(source)) => drop(self.new_file(source)),
                // Nothing leads to it any more.
                (_, None) => {}
            }
            is_noted |= match (self.files.get(path).copied(), source) {
                (Some(file), Some(source)) => self.note(source, file),
                _ => self.noticing.remove(path).is_some(),
            };
        }
        if is_noted {
            let noticing = self.noticing.values().copied().collect();
            let project = Project::get(&self.db);
            let setter = project.set_noticing(&mut self.db);
            setter.with_durability(Durability::LOW).to(noticing);
        }
        for (language, folder) in &folders {
            let directory = self.ensure(&(*language, Arc::from(*folder)));
            let mut files = directory.files(&self.db).clone();
            let here = changed.iter().filter(|path| path.folder() == *folder);
            for path in here.filter(|path| self.languages.of(path) == *language) {
                match snapshot.get(path) {
                    Some(_) => drop(files.insert(path.clone(), self.files[path])),
                    None => drop(files.remove(path)),
                }
            }
            let setter = directory.set_files(&mut self.db);
            setter.with_durability(Durability::LOW).to(files);
        }
        // From the inside out: whether a folder contains pages depends on its subfolders.
        let touched: BTreeSet<(Language, &str)> = folders
            .into_iter()
            .flat_map(|(language, folder)| {
                let folders = std::iter::once(folder).chain(ancestors(folder));
                folders.map(move |folder| (language, folder))
            })
            .collect();
        for (language, folder) in touched.into_iter().rev() {
            self.update_section(&(language, Arc::from(folder)));
        }
    }

    /// Adds a generated page to a folder, or removes it, after files were added or removed.
    fn update_section(&mut self, place: &Place) {
        let directory = self.ensure(place);
        let mut files = directory.files(&self.db).clone();
        files.retain(|_, file| !file.is_generated(&self.db));
        if self.needs_section(place, &files, directory.folders(&self.db)) {
            let section = self.section(place);
            files.insert(section.path(&self.db).clone(), section);
        }
        if files != *directory.files(&self.db) {
            let setter = directory.set_files(&mut self.db);
            setter.with_durability(Durability::LOW).to(files);
        }
    }

    /// Whether a folder contains pages, directly or further down, but none of its own. The site's front page is left to
    /// the writer; those of the other languages are what the switch between languages leads to.
    fn needs_section(
        &self,
        (language, path): &Place,
        files: &BTreeMap<SourcePath, File>,
        folders: &BTreeMap<Arc<str>, Directory>,
    ) -> bool {
        let mut below = folders.values();
        let is_front = !language.is_main() && &**path == "content";
        (is_front || path.starts_with("content/"))
            && !files
                .values()
                .any(|file| is_page(file.path(&self.db)) && is_index(file.key(&self.db)))
            && (files.keys().any(is_page)
                || below.any(|folder| folder.files(&self.db).keys().any(is_page)))
    }

    /// The generated page of a folder: a title, made from the folder's name.
    fn section(&mut self, place: &Place) -> File {
        if let Some(section) = self.sections.get(place) {
            return *section;
        }
        let (language, path) = place;
        let title = match &**path {
            "content" => self.languages.title(*language).to_owned(),
            path => title_of_folder(path.rsplit('/').next().unwrap_or(path)),
        };
        let text = format!("---\ntitle: {}\n---\n", serde_json::Value::from(title));
        let key = SourcePath::new(format!("{path}/index.md"));
        let name = self.languages.name(*language, &key);
        let source = SourceFile::of(name, text);
        let section = File::builder(source.path.clone(), key, *language, source, true)
            .durability(Durability::HIGH)
            .new(&self.db);
        self.sections.insert(place.clone(), section);
        section
    }

    /// The folder at a place. It is created, with its parents, if it doesn't exist yet.
    fn ensure(&mut self, place: &Place) -> Directory {
        if let Some(directory) = self.directories.get(place) {
            return *directory;
        }
        let (language, path) = place;
        let above = self.ensure(&(*language, Arc::from(parent(path))));
        let directory = self.new_directory(place.clone(), BTreeMap::new(), BTreeMap::new());
        let mut folders = above.folders(&self.db).clone();
        folders.insert(path.clone(), directory);
        let setter = above.set_folders(&mut self.db);
        setter.with_durability(Durability::LOW).to(folders);
        directory
    }

    /// Notes whether a page may have corrections or updates, and returns whether that is another answer than before.
    fn note(&mut self, source: &SourceFile, file: File) -> bool {
        let path = &source.path;
        match is_page(path) && check::may_have_notices(&source.bytes) {
            true => self.noticing.insert(path.clone(), file).is_none(),
            false => self.noticing.remove(path).is_some(),
        }
    }

    fn new_file(&mut self, source: &SourceFile) -> File {
        let (language, key) = self.languages.split(&source.path);
        let file = File::builder(source.path.clone(), key, language, source.clone(), false)
            .durability(Durability::HIGH)
            .source_durability(at_rest(&source.path))
            .new(&self.db);
        self.files.insert(source.path.clone(), file);
        file
    }

    fn new_directory(
        &mut self,
        place: Place,
        files: BTreeMap<SourcePath, File>,
        folders: BTreeMap<Arc<str>, Directory>,
    ) -> Directory {
        let (language, path) = &place;
        let directory = Directory::builder(path.clone(), *language, files, folders)
            .durability(Durability::HIGH)
            .language_durability(Durability::HIGH)
            .new(&self.db);
        self.directories.insert(place, directory);
        directory
    }
}

/// How rarely a file changes that hasn't changed yet.
///
/// After an edit, salsa revalidates a value only if it depends on a file that changes as often as the edited one. A writer
/// edits one page over and over, a template or a style now and then, and leaves nearly everything else alone. So after the first
/// edit of a page, the next one costs what depends on the pages edited so far, however large the site is. Only that
/// first edit revalidates everything, as does an edit of `site.yaml`, on which every page depends.
fn at_rest(path: &SourcePath) -> Durability {
    let is_apart = ["templates/", "static/", evidence::LOCK];
    match is_apart
        .iter()
        .any(|start| path.as_str().starts_with(start))
    {
        true => Durability::MEDIUM,
        false => Durability::HIGH,
    }
}

/// How rarely a file changes that has been edited: a page will be edited again.
fn after_an_edit(path: &SourcePath) -> Durability {
    match path.as_str().starts_with("content/") {
        true => Durability::LOW,
        false => at_rest(path),
    }
}

/// A title from a folder's name: `water-pipes` becomes "Water pipes", and `2024-05` stays the same.
fn title_of_folder(name: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut title = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let is_gap =
            c == '_' || (c == '-' && !(is_digit(before) && is_digit(chars.peek().copied())));
        match before {
            None => title.extend(c.to_uppercase()),
            Some(_) if is_gap => title.push(' '),
            Some(_) => title.push(c),
        }
        before = Some(c);
    }
    title
}

/// The parent of a folder; the root is empty.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The folders above a folder, up to the root.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let mut path = path;
    std::iter::from_fn(move || {
        if path.is_empty() {
            return None;
        }
        path = parent(path);
        Some(path)
    })
}
