//! Files waiting to be published: written next to the output and compared with what is there, but not yet in place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;
use crate::output::disk::{self, Stamp};
use crate::output::lock::{Lock, Refusal};
use crate::output::manifest::{self, Manifest};
use crate::output::share::{Share, ShareMark};
use crate::output::staging_folder::StagingFolder;
use crate::output::swap::{self, OnStep};
use crate::output::{Content, OutputFile, Target, Written};
use crate::project::{ContentHash, OutputPath};

/// What a build leaves for the next one in the same process.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) dir: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) manifest_stamp: Option<Stamp>,
    pub(super) stamps: BTreeMap<OutputPath, Stamp>,
}

/// The place where a build prepares its files, and the right to write to the output.
///
/// It is next to the output folder, or inside if that is a file system of its own (as in containers).
pub(super) struct Workspace {
    folder: PathBuf,
    prefix: String,
    _lock: Lock,
    // Last, because the others are inside these folders.
    pub(super) made: MadeFolders,
}

/// Folders above the output that were created for it, and are removed if the build fails.
#[derive(Default)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Keeps the folders.
    pub(super) fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Somebody may have put something there in the meantime; then it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Workspace {
    /// Takes the lock of an output folder, and removes leftovers of builds that died.
    pub(super) fn open(target: &Target) -> Result<Self, Error> {
        let dir = target.dir();
        let exists = target.check_is_ours()?;
        let parent = dir.parent().unwrap_or(dir);
        let mut made = MadeFolders::default();
        if !parent.is_dir() {
            disk::make_folders(parent, &mut |folder| made.0.push(folder.to_owned()))
                .map_err(|cause| Error::io("make the folder", parent, cause))?;
        }
        let is_one_file_system = !exists
            || disk::are_on_one_file_system(dir, parent)
                .map_err(|cause| Error::io("read", dir, cause))?;
        if is_one_file_system {
            let name = dir.file_name().unwrap_or_default().to_string_lossy();
            match Self::lock(parent, format!(".{name}.nutgraf-"), &mut made) {
                Err(Refusal::Io(cause)) if exists && is_forbidden(&cause) => {}
                opened => return opened.map_err(|refusal| refused(refusal, parent)),
            }
        }
        Self::lock(dir, ".nutgraf-".to_owned(), &mut made).map_err(|refusal| refused(refusal, dir))
    }

    fn lock(folder: &Path, prefix: String, made: &mut MadeFolders) -> Result<Self, Refusal> {
        let lock = Lock::acquire(&folder.join(format!("{prefix}lock")))?;
        for entry in fs::read_dir(folder).map_err(Refusal::Io)? {
            let entry = entry.map_err(Refusal::Io)?;
            let is_ours = entry.file_name().to_string_lossy().starts_with(&prefix);
            // We hold the lock, so whoever created it is dead.
            if is_ours && entry.file_type().map_err(Refusal::Io)?.is_dir() {
                StagingFolder::remove_left(&entry.path()).map_err(Refusal::Io)?;
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            prefix,
            _lock: lock,
            made: std::mem::take(made),
        })
    }

    fn temporary_folder(&self) -> io::Result<StagingFolder> {
        let made = tempfile::Builder::new()
            .prefix(&self.prefix)
            .tempdir_in(&self.folder)?;
        StagingFolder::mark(made)
    }
}

fn is_forbidden(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

fn refused(refusal: Refusal, folder: &Path) -> Error {
    match refusal {
        Refusal::Busy(error) => error,
        Refusal::Io(cause) => Error::io("prepare a build in", folder, cause),
    }
}

/// A build in progress; nothing in the output has changed yet, and nothing will if this is dropped.
///
/// [`write`](crate::output::write()) does everything in one call. A caller that doesn't want to hold the whole site in
/// memory puts each file here as soon as it is rendered, from any number of threads.
pub struct Staging<'p> {
    // Before the workspace, because its folders and lock must outlive this.
    pub(super) folder: StagingFolder,
    pub(super) workspace: Workspace,
    pub(super) dir: PathBuf,
    /// The output folder doesn't exist, so the staging folder can become it as a whole.
    pub(super) is_fresh: bool,
    pub(super) old: Cow<'p, Manifest>,
    pub(super) old_stamp: Option<Stamp>,
    /// Which part of a site the files are; `None` if they are all of it.
    pub(super) share: Option<ShareMark>,
    known: Option<&'p Known>,
    old_folded: OnceLock<BTreeSet<String>>,
    n_slots: AtomicUsize,
}

/// A file that was put into a [`Staging`].
#[derive(Debug)]
pub struct Staged {
    pub(super) path: OutputPath,
    pub(super) hash: ContentHash,
    pub(super) there: There,
    pub(super) slot: Option<(PathBuf, Stamp)>,
}

/// What is where a file belongs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum There {
    Nothing,
    /// One of our files, with different bytes.
    Ours,
    /// A file with the same bytes, ours or not.
    Same {
        stamp: Stamp,
        is_ours: bool,
    },
    /// A file that isn't ours, or something other than a file.
    Foreign,
    Folder,
}

impl<'p> Staging<'p> {
    /// Starts a build into `target`; see [`write`](crate::output::write()) for `previous`.
    ///
    /// # Errors
    ///
    /// If another build is writing there, if the manifest is damaged, or if the staging folder can't be created.
    pub fn begin(target: &Target, previous: Option<&'p Written>) -> Result<Self, Error> {
        let workspace = Workspace::open(target)?;
        let dir = target.dir().to_owned();
        let failed = |cause| Error::io("prepare a build for", &dir, cause);
        let old_stamp = disk::look(&dir.join(manifest::NAME))
            .map_err(failed)?
            .map(|metadata| Stamp::of(&metadata));
        let known = previous.map(|written| &written.known).filter(|known| {
            known.dir == dir && old_stamp.is_some() && known.manifest_stamp == old_stamp
        });
        let old = match known {
            Some(known) => Cow::Borrowed(&known.manifest),
            None => Cow::Owned(Manifest::read(&dir)?.unwrap_or_default()),
        };
        let folder = workspace.temporary_folder().map_err(failed)?;
        for name in ["new", "old"] {
            fs::create_dir(folder.path().join(name)).map_err(failed)?;
        }
        Ok(Self {
            is_fresh: disk::look(&dir).map_err(failed)?.is_none(),
            folder,
            workspace,
            dir,
            old,
            old_stamp,
            share: None,
            known,
            old_folded: OnceLock::new(),
            n_slots: AtomicUsize::new(0),
        })
    }

    /// Notes that the files will be a share of a site, for [`merge`](crate::output::merge). `site` is a hash of everything that
    /// determines the whole site.
    #[must_use]
    pub fn of_share(mut self, share: Share, site: ContentHash) -> Self {
        self.share = Some(ShareMark::new(share, site));
        self
    }

    /// Whether the last build left a home page.
    pub fn replaces_home_page(&self) -> bool {
        self.old.files.contains_key(&OutputPath::new("index.html"))
    }

    /// The file that the last build left at a path, if it is unchanged. Use it only for files whose path determines
    /// their contents: the file may be from an earlier state of the site.
    pub fn kept(&self, path: &OutputPath) -> Option<Content> {
        let hash = self.old.files.get(path)?;
        // A file that can't be read is made again, which will reveal what is wrong with the disk.
        let bytes = read(&self.dir.join(path.as_str())).ok()?;
        let content = Content::from(bytes);
        (content.hash() == *hash).then_some(content)
    }

    /// Writes a file to the staging folder, unless the output has it with the same bytes.
    ///
    /// # Errors
    ///
    /// If the path leaves the output folder, or if the disk refuses.
    pub fn put(&self, file: &OutputFile) -> Result<Staged, Error> {
        let path = file.path.as_str();
        if let Some(fault) = manifest::path_fault(path) {
            return Err(Error::usage(format!(
                "cannot write `{path}` to the output: it {fault}"
            )));
        }
        let there = self
            .look_at(file)
            .map_err(|cause| Error::io("read", &self.dir.join(path), cause))?;
        let slot = match there {
            There::Same { .. } | There::Foreign => None,
            There::Nothing | There::Ours | There::Folder => {
                let slot = self.slot(path);
                let stamp = write_slot(&slot, file.content.bytes())
                    .map_err(|cause| Error::io("write", &self.dir.join(path), cause))?;
                Some((slot, stamp))
            }
        };
        Ok(Staged {
            path: file.path.clone(),
            hash: file.content.hash(),
            there,
            slot,
        })
    }

    /// Moves the files into place, and removes those of the last build that aren't among them.
    ///
    /// `on_step` is called before each change; see [`write_in_steps`](crate::output::write_in_steps).
    ///
    /// # Errors
    ///
    /// If two files have the same path, if something that isn't ours is in the way, or if the disk refuses. The output
    /// is then as before.
    pub fn commit(self, staged: Vec<Staged>, on_step: OnStep<'_>) -> Result<Written, Error> {
        swap::commit(self, staged, on_step)
    }

    /// What is where a file belongs.
    fn look_at(&self, file: &OutputFile) -> io::Result<There> {
        if self.is_fresh {
            return Ok(There::Nothing);
        }
        let place = self.dir.join(file.path.as_str());
        let is_ours = self.old.files.contains_key(&file.path);
        if !is_ours && self.has_in_other_case(&file.path) {
            // If case is ignored, what is there will be gone before this file arrives.
            return Ok(There::Nothing);
        }
        let Some(metadata) = disk::look(&place)? else {
            return Ok(There::Nothing);
        };
        if metadata.is_dir() {
            return Ok(There::Folder);
        }
        if !metadata.is_file() {
            return Ok(There::Foreign);
        }
        let stamp = Stamp::of(&metadata);
        let bytes = file.content.bytes();
        let is_readable = disk::is_open_to_readers(&metadata) || !is_ours;
        let is_same = is_readable
            && metadata.len() == bytes.len() as u64
            && (self.is_known(file, &stamp) || read(&place)? == bytes);
        Ok(match (is_same, is_ours) {
            (true, _) => There::Same { stamp, is_ours },
            (false, true) => There::Ours,
            (false, false) => There::Foreign,
        })
    }

    /// Whether the last build of this process left the file with these bytes, untouched since.
    fn is_known(&self, file: &OutputFile, stamp: &Stamp) -> bool {
        self.known.is_some_and(|known| {
            known.stamps.get(&file.path) == Some(stamp)
                && known.manifest.files.get(&file.path) == Some(&file.content.hash())
        })
    }

    fn has_in_other_case(&self, path: &OutputPath) -> bool {
        self.old_folded
            .get_or_init(|| self.old.files.keys().map(OutputPath::folded).collect())
            .contains(&path.folded())
    }

    /// Where a file waits. Only a new output needs the folder structure of the site: creating a folder for each page
    /// takes time.
    fn slot(&self, path: &str) -> PathBuf {
        let new = self.folder.path().join("new");
        if self.is_fresh {
            new.join(path)
        } else {
            new.join(self.n_slots.fetch_add(1, Ordering::Relaxed).to_string())
        }
    }
}

/// Reads a file of the output, which may be as large as anything published.
fn read(place: &Path) -> io::Result<Vec<u8>> {
    /// More than any host accepts, so that only a file that grows without end is refused.
    const MAX_BYTES: u64 = 4 << 30;
    crate::disk::read(place, MAX_BYTES)
}

fn write_slot(slot: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    match disk::create(slot, bytes) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = slot.parent() {
                disk::make_folders(folder, &mut |_| {})?;
            }
            disk::create(slot, bytes)
        }
        created => created,
    }
}
