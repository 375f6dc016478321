//! The inputs of all queries: files, folders, and the project that contains them.
//!
//! A folder lists what is directly in it. Looking up a file by its path reads the lists on the way; so adding or
//! removing a file changes the answer, and editing a file doesn't.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use salsa::{Durability, Setter as _};

use crate::config::Settings;
use crate::evidence;
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
    #[returns(ref)]
    pub(super) source: SourceFile,
    /// Whether it represents the page of a folder that has none, and so isn't on disk.
    #[returns(copy)]
    pub(super) is_generated: bool,
}

/// A folder of sources, and what is directly in it.
#[salsa::input]
pub(super) struct Directory {
    #[returns(clone)]
    pub(super) path: Arc<str>,
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
}

/// The folder at a path, if it exists or once existed; the empty path is the root.
pub(super) fn directory(db: &dyn Db, path: &str) -> Option<Directory> {
    let mut directory = Project::get(db).root(db);
    let ends = path.match_indices('/').map(|(end, _)| end);
    for end in ends.chain([path.len()]).filter(|end| *end > 0) {
        directory = *directory.folders(db).get(&path[..end])?;
    }
    Some(directory)
}

/// The file at a path.
pub(super) fn file(db: &dyn Db, path: &SourcePath) -> Option<File> {
    let directory = directory(db, path.folder())?;
    directory.files(db).get(path).copied()
}

/// The files in a folder and further down, by path.
pub(super) fn files_below<'db>(db: &'db dyn Db, folder: &str) -> Vec<(&'db SourcePath, File)> {
    let mut files: Vec<(&SourcePath, File)> = Vec::new();
    let mut waiting: Vec<Directory> = directory(db, folder).into_iter().collect();
    while let Some(directory) = waiting.pop() {
        let here = directory.files(db).iter();
        files.extend(here.map(|(path, file)| (path, *file)));
        waiting.extend(directory.folders(db).values());
    }
    files.sort_unstable_by_key(|(path, _)| *path);
    files
}

/// A database, and what is needed to keep its inputs up to date.
pub(super) struct Inputs {
    pub(super) db: Database,
    /// Every file that exists or once existed.
    files: BTreeMap<SourcePath, File>,
    directories: BTreeMap<Arc<str>, Directory>,
    /// The pages of folders that have, or had, none of their own.
    sections: BTreeMap<Arc<str>, File>,
}

impl Inputs {
    /// The inputs for a snapshot.
    pub(super) fn new(snapshot: &Snapshot, settings: Settings) -> Self {
        let db = Database::default();
        let mut inputs = Self {
            db,
            files: BTreeMap::new(),
            directories: BTreeMap::new(),
            sections: BTreeMap::new(),
        };
        let mut listed: BTreeMap<Arc<str>, BTreeMap<SourcePath, File>> = BTreeMap::new();
        listed.insert(Arc::from(""), BTreeMap::new());
        for source in snapshot.iter() {
            let file = inputs.new_file(source);
            let folder = source.path.folder();
            match listed.get_mut(folder) {
                Some(files) => drop(files.insert(source.path.clone(), file)),
                None => {
                    for above in ancestors(folder) {
                        listed.entry(Arc::from(above)).or_default();
                    }
                    let files = BTreeMap::from([(source.path.clone(), file)]);
                    listed.insert(Arc::from(folder), files);
                }
            }
        }
        // A folder comes after its parent; so in reverse order, everything that it lists already exists.
        let mut inside: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Directory>> = BTreeMap::new();
        for (path, mut files) in listed.into_iter().rev() {
            let folders = inside.remove(&path).unwrap_or_default();
            if inputs.needs_section(&path, &files, &folders) {
                let section = inputs.section(&path);
                files.insert(section.path(&inputs.db).clone(), section);
            }
            let directory = inputs.new_directory(path.clone(), files, folders);
            if !path.is_empty() {
                let above = Arc::from(parent(&path));
                inside.entry(above).or_default().insert(path, directory);
            }
        }
        let root = inputs.directories[""];
        let project = Project::builder(settings, root).durability(Durability::HIGH);
        let _singleton = project.new(&inputs.db);
        inputs
    }

    /// Updates the files `changed` from a later snapshot. Cancels everyone who is reading the database, and waits for
    /// them.
    pub(super) fn update(&mut self, snapshot: &Snapshot, changed: &[SourcePath]) {
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for path in changed {
            let was_there = file(&self.db, path).is_some_and(|file| !file.is_generated(&self.db));
            let source = snapshot.get(path);
            if was_there != source.is_some() {
                folders.insert(path.folder());
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
        }
        for folder in &folders {
            let directory = self.ensure(folder);
            let mut files = directory.files(&self.db).clone();
            for path in changed.iter().filter(|path| path.folder() == *folder) {
                match snapshot.get(path) {
                    Some(_) => drop(files.insert(path.clone(), self.files[path])),
                    None => drop(files.remove(path)),
                }
            }
            let setter = directory.set_files(&mut self.db);
            setter.with_durability(Durability::LOW).to(files);
        }
        // From the inside out: whether a folder contains pages depends on its subfolders.
        let touched: BTreeSet<&str> = folders
            .into_iter()
            .flat_map(|folder| std::iter::once(folder).chain(ancestors(folder)))
            .collect();
        for folder in touched.into_iter().rev() {
            self.update_section(folder);
        }
    }

    /// Adds a generated page to a folder, or removes it, after files were added or removed.
    fn update_section(&mut self, path: &str) {
        let directory = self.ensure(path);
        let mut files = directory.files(&self.db).clone();
        files.retain(|_, file| !file.is_generated(&self.db));
        if self.needs_section(path, &files, directory.folders(&self.db)) {
            let section = self.section(path);
            files.insert(section.path(&self.db).clone(), section);
        }
        if files != *directory.files(&self.db) {
            let setter = directory.set_files(&mut self.db);
            setter.with_durability(Durability::LOW).to(files);
        }
    }

    /// Whether a folder contains pages, directly or further down, but none of its own. The site's front page is left to
    /// the writer.
    fn needs_section(
        &self,
        path: &str,
        files: &BTreeMap<SourcePath, File>,
        folders: &BTreeMap<Arc<str>, Directory>,
    ) -> bool {
        let mut below = folders.values();
        path.starts_with("content/")
            && !files.keys().any(|file| is_page(file) && is_index(file))
            && (files.keys().any(is_page)
                || below.any(|folder| folder.files(&self.db).keys().any(is_page)))
    }

    /// The generated page of a folder: a title, made from the folder's name.
    fn section(&mut self, path: &str) -> File {
        if let Some(section) = self.sections.get(path) {
            return *section;
        }
        let title = title_of_folder(path.rsplit('/').next().unwrap_or(path));
        let text = format!("---\ntitle: {}\n---\n", serde_json::Value::from(title));
        let source = SourceFile::of(SourcePath::new(format!("{path}/index.md")), text);
        let section = File::builder(source.path.clone(), source, true)
            .durability(Durability::HIGH)
            .new(&self.db);
        self.sections.insert(Arc::from(path), section);
        section
    }

    /// The folder at a path. It is created, with its parents, if it doesn't exist yet.
    fn ensure(&mut self, path: &str) -> Directory {
        if let Some(directory) = self.directories.get(path) {
            return *directory;
        }
        let above = self.ensure(parent(path));
        let directory = self.new_directory(Arc::from(path), BTreeMap::new(), BTreeMap::new());
        let mut folders = above.folders(&self.db).clone();
        folders.insert(Arc::from(path), directory);
        let setter = above.set_folders(&mut self.db);
        setter.with_durability(Durability::LOW).to(folders);
        directory
    }

    fn new_file(&mut self, source: &SourceFile) -> File {
        let file = File::builder(source.path.clone(), source.clone(), false)
            .path_durability(Durability::HIGH)
            .is_generated_durability(Durability::HIGH)
            .source_durability(at_rest(&source.path))
            .new(&self.db);
        self.files.insert(source.path.clone(), file);
        file
    }

    fn new_directory(
        &mut self,
        path: Arc<str>,
        files: BTreeMap<SourcePath, File>,
        folders: BTreeMap<Arc<str>, Directory>,
    ) -> Directory {
        let directory = Directory::builder(path.clone(), files, folders)
            .durability(Durability::HIGH)
            .new(&self.db);
        self.directories.insert(path, directory);
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
