//! One consistent, sorted read of the project's files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::disk::{self, Root};
use crate::error::Error;
use crate::project::walk::{Found, ROOTS, Walk, not_a_file};
use crate::project::{ContentHash, Ignore, SourcePath};
use crate::shared_map::{self, SharedMap};

/// Hosts refuse larger files, and a preview would have to hold them in memory.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

/// How many files are read at once: a disk that gets one request at a time is idle in between.
const N_READERS: usize = 6;

/// How many files a reader takes at a time: handing one over costs more than reading it from memory.
const BATCH: usize = 4;

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is in the project.
    pub path: SourcePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// The hash of `bytes`.
    pub hash: ContentHash,
}

impl SourceFile {
    /// A file with these bytes.
    pub fn of(path: SourcePath, bytes: impl AsRef<[u8]>) -> Self {
        Self {
            path,
            hash: ContentHash::of(bytes.as_ref()),
            bytes: Arc::from(bytes.as_ref()),
        }
    }
}

/// Every source file of a project: `site.yaml`, `evidence.lock` and everything below `content/`, `templates/` and
/// `static/`.
///
/// Ordered by path. Paths are in composed Unicode (NFC) whatever form the disk uses, so that they are the same
/// everywhere. What can't be part of a site (links, pipes, huge files, names that some system can't have) is left out
/// and reported; dot files except `static/.well-known/`, editors' litter and whatever [`Ignore`] names are left out
/// silently.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::{Snapshot, SourcePath};
///
/// let snapshot = Snapshot::from_files([("content/index.md", "# Hello"), ("site.yaml", "title: A site")]);
/// let names: Vec<&str> = snapshot.iter().map(|file| file.path.as_str()).collect();
/// assert_eq!(names, ["content/index.md", "site.yaml"]);
/// assert_eq!(snapshot.below("content").count(), 1);
/// assert_eq!(&*snapshot.get(&SourcePath::new("site.yaml")).unwrap().bytes, b"title: A site");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: SharedMap<SourcePath, SourceFile>,
    faults: BTreeMap<SourcePath, Diagnostic>,
    skipped: BTreeSet<SourcePath>,
}

impl Snapshot {
    /// The folders at the root that contain sources.
    pub const FOLDERS: [&'static str; 3] = ["content", "static", "templates"];

    /// Reads the project at `root`. Missing files and folders count as empty.
    ///
    /// Symbolic links, sockets and the like are reported and left out, as are files over 100 MB and names that can't be
    /// part of an address on every system.
    ///
    /// # Errors
    ///
    /// If a folder or a file can't be read, with its path; or if a pattern of `ignore` isn't one.
    pub fn read(
        root: &Path,
        ignore: &Ignore,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let mut snapshot = Self::default();
        snapshot.refresh(root, ignore, &[SourcePath::new("")], diagnostics)?;
        Ok(snapshot)
    }

    /// A snapshot of files in memory. If a path occurs more than once, the last file counts.
    pub fn from_files<P: AsRef<str>, B: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let files = files.into_iter().map(|(path, bytes)| {
            let path = SourcePath::new(path);
            (path.clone(), SourceFile::of(path, bytes))
        });
        Self {
            files: files.collect(),
            ..Self::default()
        }
    }

    /// Rereads what may have changed: files and whole folders, whether they exist or not. The empty path means the
    /// whole project.
    ///
    /// If `paths` names everything that changed on disk, the result equals a new [`Snapshot::read`], and so do the
    /// recorded faults: those of the whole project, not only of `paths`. A file that was rewritten without a change
    /// keeps sharing its bytes with earlier snapshots.
    ///
    /// # Errors
    ///
    /// As for [`Snapshot::read`]; the snapshot is then unchanged.
    pub fn refresh(
        &mut self,
        root: &Path,
        ignore: &Ignore,
        paths: &[SourcePath],
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        // With a missing root, the walk would find nothing and the project would look empty.
        let opened = Root::open(root).map_err(|cause| Error::io("read", root, cause))?;
        let from = (&opened, root);
        let matcher = ignore.matcher()?;
        // A watcher uses the disk's file names, which may be in decomposed Unicode.
        let paths: Vec<String> = paths.iter().map(|p| p.as_str().nfc().collect()).collect();
        let (files, to_read) = mpsc::channel();
        let walk = Walk::new(root, &matcher, files);
        let (walked, reads) = if paths.iter().any(String::is_empty) {
            // Files are read while the walk is still finding others.
            rayon::join(
                || walk_over(walk, &paths),
                || self.read_files(from, to_read.into_iter()),
            )
        } else {
            let walked = walk_over(walk, &paths);
            let files: Vec<(SourcePath, PathBuf)> = to_read.into_iter().collect();
            let reads = match files.len() {
                // A single batch: waking a thread costs more than reading a few files.
                ..=BATCH => files
                    .into_iter()
                    .map(|file| self.read_file(from, file))
                    .collect(),
                _ => self.read_files(from, files.into_iter()),
            };
            (walked, reads)
        };
        let (covered, found) = walked?;
        let reads: Vec<(SourcePath, ReadFile)> = reads
            .into_iter()
            .map(|(path, read)| Ok((path, read?)))
            .collect::<Result<_, Error>>()?;
        for path in covered {
            self.forget(path);
        }
        self.faults.extend(found.faults);
        self.skipped.extend(found.skipped);
        for (path, read) in reads {
            match read {
                ReadFile::Whole(file) => drop(self.files.insert(path, file)),
                ReadFile::Fault(fault) => drop(self.faults.insert(path, fault)),
                ReadFile::Vanished => {}
            }
        }
        diagnostics.extend(self.faults.values().cloned());
        Ok(())
    }

    /// The file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// All files, ordered by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &SourceFile> {
        self.files.values()
    }

    /// All files below `folder`, ordered by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let prefix = format!("{folder}/");
        self.files
            .range(SourcePath::new(&prefix)..)
            .map(|(_, file)| file)
            .take_while(move |file| file.path.as_str().starts_with(&prefix))
    }

    /// The paths of files that were added, removed or changed since `before`, in order. The cost depends only on what
    /// the two don't share.
    pub fn differences(&self, before: &Self) -> Vec<SourcePath> {
        shared_map::differences(&before.files, &self.files)
    }

    /// Replaces a file's bytes, as when an editor has unsaved changes. A path whose place on disk is taken by something
    /// that can't be part of a site stays without a file.
    pub fn put(&mut self, path: &SourcePath, bytes: &[u8]) {
        if self.faults.contains_key(path) {
            return;
        }
        let file = SourceFile {
            path: path.clone(),
            hash: ContentHash::of(bytes),
            bytes: Arc::from(bytes),
        };
        self.files.insert(path.clone(), file);
    }

    /// Whether a file at a path would be a source, judged by its folder.
    pub fn may_hold(path: &SourcePath) -> bool {
        ROOTS.iter().any(|root| is_within(path.as_str(), root))
    }

    /// Takes a file out, as if it weren't there.
    pub fn remove(&mut self, path: &SourcePath) -> Option<SourceFile> {
        self.files.remove(path)
    }

    /// What was left out without a fault: dot files, editors' litter, what `ignore:` names. A folder represents
    /// everything in it.
    pub fn skipped(&self) -> impl ExactSizeIterator<Item = &SourcePath> {
        self.skipped.iter()
    }

    /// Reads files as they are found, several at a time; the result is ordered by path.
    fn read_files(
        &self,
        from: (&Root, &Path),
        mut files: impl Iterator<Item = (SourcePath, PathBuf)> + Send,
    ) -> Vec<(SourcePath, Result<ReadFile, Error>)> {
        let batches = std::iter::from_fn(move || {
            let batch: Vec<(SourcePath, PathBuf)> = files.by_ref().take(BATCH).collect();
            (!batch.is_empty()).then_some(batch)
        });
        let read = || {
            let reads = batches.par_bridge().flat_map_iter(|batch| {
                let files = batch.into_iter();
                files.map(|file| self.read_file(from, file))
            });
            reads.collect()
        };
        let mut reads: Vec<(SourcePath, Result<ReadFile, Error>)> = match readers() {
            Some(readers) => readers.install(read),
            None => read(),
        };
        reads.sort_by(|(one, _), (other, _)| one.cmp(other));
        reads
    }

    fn read_file(
        &self,
        (opened, root): (&Root, &Path),
        (path, place): (SourcePath, PathBuf),
    ) -> (SourcePath, Result<ReadFile, Error>) {
        let below = place.strip_prefix(root).unwrap_or(&place);
        let read = read_file(opened, &path, (&place, below), self.files.get(&path));
        (path, read)
    }

    /// Drops everything known about a path and what is below it.
    fn forget(&mut self, covered: &str) {
        let is_kept = |path: &SourcePath| !is_within(path.as_str(), covered);
        let below: Vec<SourcePath> = self.below(covered).map(|file| file.path.clone()).collect();
        for path in below {
            self.files.remove(&path);
        }
        self.files.remove(&SourcePath::new(covered));
        self.faults.retain(|path, _| is_kept(path));
        self.skipped.retain(is_kept);
    }
}

/// Threads that read files. They mostly wait for the disk, so there are more of them than cores; `None` if the system
/// won't start any.
fn readers() -> Option<rayon::ThreadPool> {
    let readers = rayon::ThreadPoolBuilder::new().num_threads(N_READERS);
    readers.build().ok()
}

/// Walks over what may have changed. Returns the paths that the findings cover, and what was found besides files.
fn walk_over<'p>(mut walk: Walk<'_>, paths: &'p [String]) -> Result<(Vec<&'p str>, Found), Error> {
    let mut covered: Vec<&str> = Vec::new();
    for path in outermost(paths) {
        // A folder that has vanished covers every path inside it.
        if !covered.last().is_some_and(|folder| is_within(path, folder)) {
            covered.push(walk.visit(path)?);
        }
    }
    Ok((covered, walk.finish()))
}

/// The result of trying to read a file.
enum ReadFile {
    Whole(SourceFile),
    Fault(Diagnostic),
    /// It was deleted after the walk found it.
    Vanished,
}

/// Reads a file, and keeps the bytes of `known` if they are the same.
fn read_file(
    root: &Root,
    path: &SourcePath,
    (place, below): (&Path, &Path),
    known: Option<&SourceFile>,
) -> Result<ReadFile, Error> {
    let failed = |cause| Error::io("read", place, cause);
    // The walk saw a file inside folders, but that may have changed by now.
    let file = match root.file(below) {
        Ok(file) => file,
        Err(cause) if is_gone(&cause) => return Ok(ReadFile::Vanished),
        Err(cause) => match disk::kind_of(&cause) {
            Some(kind) => return Ok(ReadFile::Fault(not_a_file(path, kind))),
            None => return Err(failed(cause)),
        },
    };
    let metadata = file.metadata().map_err(failed)?;
    if metadata.len() > MAX_BYTES {
        return Ok(ReadFile::Fault(too_large(path, metadata.len())));
    }
    let bytes = read_bytes(file, metadata.len()).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Ok(ReadFile::Fault(too_large(path, bytes.len() as u64)));
    }
    let hash = ContentHash::of(&bytes);
    let bytes = match known {
        Some(known) if known.hash == hash => Arc::clone(&known.bytes),
        _ => bytes,
    };
    Ok(ReadFile::Whole(SourceFile {
        path: path.clone(),
        bytes,
        hash,
    }))
}

/// Reads a file directly into the buffer that is kept. The file may grow or shrink meanwhile.
fn read_bytes(mut file: File, length: u64) -> io::Result<Arc<[u8]>> {
    let length = usize::try_from(length).unwrap_or(0);
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let mut n_read = 0;
    if let Some(place) = Arc::get_mut(&mut bytes) {
        while n_read < length {
            match file.read(&mut place[n_read..]) {
                Ok(0) => break,
                Ok(n) => n_read += n,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(cause),
            }
        }
    }
    let mut rest = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut rest)?;
    if n_read == length && rest.is_empty() {
        return Ok(bytes);
    }
    Ok([&bytes[..n_read], &rest].concat().into())
}

/// Whether a file, or a folder above it, was removed or replaced.
fn is_gone(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn too_large(path: &SourcePath, n_bytes: u64) -> Diagnostic {
    let n_megabytes = n_bytes.div_ceil(1024 * 1024);
    let message = format!("`{path}` has {n_megabytes} MB, and files may have at most 100 MB");
    Diagnostic::new(Code::FileTooLarge, Place::file(path), message)
        .help("put the file on another host and link to it, or name it in `ignore:` in site.yaml")
}

/// The paths within the sources, without those that another path contains.
fn outermost(paths: &[String]) -> Vec<&str> {
    if paths.iter().any(String::is_empty) {
        return ROOTS.to_vec();
    }
    let is_source = |path: &&str| {
        ROOTS.iter().any(|root| is_within(path, root))
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
    };
    let mut sources: Vec<&str> = paths.iter().map(String::as_str).filter(is_source).collect();
    // By parts, so that a folder is directly followed by what it contains.
    sources.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    sources.dedup_by(|path, folder| is_within(path, folder));
    sources
}

/// Whether a path is `folder` or lies below it.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
