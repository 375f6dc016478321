//! The moment of change: new files in, old files out, or everything as before.
//!
//! The order makes it safe. First the manifest claims the new files, so that they are ours even if the process dies.
//! Then whatever is in the way is removed, the new files are moved in, each by one rename, and files that are no longer
//! made are removed. Finally the manifest is written in its new form. Until then, every old file is kept in the staging
//! folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::Written;
use crate::output::disk::{self, Stamp};
use crate::output::inside::Inside;
use crate::output::manifest::{self, Manifest};
use crate::output::staging::{Known, Staged, Staging, There};
use crate::output::survey::{Survey, survey};
use crate::project::OutputPath;

/// A change that is about to be made to an output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The whole site is moved into place: the first build into a folder that doesn't exist.
    Publish,
    /// The manifest lists the new files in addition to the old.
    Claim,
    /// One of our files is removed because a new one needs its place.
    Clear(&'a OutputPath),
    /// A file is moved into place.
    Place(&'a OutputPath),
    /// A file that is no longer made is removed.
    Remove(&'a OutputPath),
    /// The manifest lists the files of the new site.
    Record,
}

/// Called before each step; an error is handled as if the disk had refused the step.
pub type OnStep<'a> = &'a mut dyn FnMut(Step<'_>) -> io::Result<()>;

/// Moves staged files into place; see [`Staging::commit`].
pub(super) fn commit(
    mut staging: Staging<'_>,
    mut staged: Vec<Staged>,
    on_step: OnStep<'_>,
) -> Result<Written, Error> {
    staged.sort_by(|a, b| a.path.cmp(&b.path));
    let survey = if staging.is_fresh {
        Survey::default()
    } else {
        survey(&staging.dir, &staging.old, &staged)?
    };
    let manifest = manifest_of(&staging, &staged);
    let manifest_stamp = if staging.is_fresh {
        Some(publish(&staging, &manifest, on_step)?)
    } else if is_settled(&staging, &staged, &survey, &manifest) {
        staging.old_stamp.clone()
    } else {
        let mut swap = Swap::new(&staging, on_step)
            .map_err(|cause| Error::io("open the folder", &staging.dir, cause))?;
        match swap.run(&staged, &survey, &manifest) {
            Ok(stamp) => Some(stamp),
            Err(error) => {
                let undone = swap.undo();
                return Err(report(error, undone, &mut staging));
            }
        }
    };
    staging.workspace.made.keep();
    // A leftover empty folder does no harm.
    if !survey.obsolete.is_empty()
        && let Ok(inside) = Inside::open(&staging.dir)
    {
        for path in &survey.obsolete {
            if let Some(folder) = staging.dir.join(path.as_str()).parent() {
                inside.remove_empty_folders(folder, &mut |_| {});
            }
        }
    }
    Ok(written(&staging, staged, survey, manifest, manifest_stamp))
}

/// The manifest of a site. A file that already existed with the same bytes isn't ours, and isn't listed.
fn manifest_of(staging: &Staging<'_>, staged: &[Staged]) -> Manifest {
    let is_ours = |file: &&Staged| !matches!(file.there, There::Same { is_ours: false, .. });
    let files = staged.iter().filter(is_ours);
    Manifest {
        files: files.map(|file| (file.path.clone(), file.hash)).collect(),
        share: staging.share.clone(),
    }
}

/// Whether the output is already as it should be.
fn is_settled(
    staging: &Staging<'_>,
    staged: &[Staged],
    survey: &Survey,
    manifest: &Manifest,
) -> bool {
    staging.old_stamp.is_some()
        && *staging.old == *manifest
        && survey.obsolete.is_empty()
        && survey.in_the_way.is_empty()
        && staged.iter().all(|file| file.slot.is_none())
}

/// Turns the staging folder into the output.
fn publish(
    staging: &Staging<'_>,
    manifest: &Manifest,
    on_step: OnStep<'_>,
) -> Result<Stamp, Error> {
    let new = staging.folder.path().join("new");
    let mut act = || {
        let stamp = disk::create(&new.join(manifest::NAME), &manifest.to_bytes())?;
        disk::open_folder_to_readers(&new)?;
        on_step(Step::Publish)?;
        fs::rename(&new, &staging.dir)?;
        Ok(stamp)
    };
    act().map_err(|cause| Error::io("write", &staging.dir, cause))
}

/// The error of a swap, with the resulting state of the output.
fn report(error: Error, undone: io::Result<()>, staging: &mut Staging<'_>) -> Error {
    match undone {
        Ok(()) => error,
        Err(cause) => {
            // The old bytes exist nowhere else.
            staging.folder.keep();
            Error::usage(format!(
                "{error}; and the former files could not all be put back: {cause}"
            ))
            .help(format!(
                "they are in `{}`; build again to make the site anew",
                staging.folder.path().join("old").display()
            ))
        }
    }
}

fn written(
    staging: &Staging<'_>,
    staged: Vec<Staged>,
    survey: Survey,
    manifest: Manifest,
    manifest_stamp: Option<Stamp>,
) -> Written {
    let is_changed = |file: &&Staged| file.slot.is_some();
    let changed: Vec<OutputPath> = staged
        .iter()
        .filter(is_changed)
        .map(|file| file.path.clone())
        .collect();
    let mut removed = survey.obsolete;
    removed.extend(survey.in_the_way);
    removed.sort();
    let n_unchanged = staged.len() - changed.len();
    let stamps = staged
        .into_iter()
        .filter_map(|file| match (file.slot, file.there) {
            (Some((_, stamp)), _)
            | (
                None,
                There::Same {
                    stamp,
                    is_ours: true,
                },
            ) => Some((file.path, stamp)),
            _ => None,
        });
    Written {
        changed,
        removed,
        n_unchanged,
        known: Known {
            dir: staging.dir.clone(),
            manifest,
            manifest_stamp,
            stamps: stamps.collect(),
        },
    }
}

/// How to undo a step.
enum Undo {
    /// Put the old file back, replacing whatever is there.
    Restore {
        backup: PathBuf,
        place: PathBuf,
    },
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    MakeFolder(PathBuf),
}

/// A swap in progress, with what it takes to undo it.
struct Swap<'s> {
    dir: &'s Path,
    inside: Inside,
    staging: &'s Path,
    old: &'s Manifest,
    has_manifest: bool,
    n_backups: usize,
    undo: Vec<Undo>,
    on_step: OnStep<'s>,
}

impl<'s> Swap<'s> {
    fn new(staging: &'s Staging<'_>, on_step: OnStep<'s>) -> io::Result<Self> {
        Ok(Self {
            dir: &staging.dir,
            inside: Inside::open(&staging.dir)?,
            staging: staging.folder.path(),
            old: &staging.old,
            has_manifest: staging.old_stamp.is_some(),
            n_backups: 0,
            undo: Vec::new(),
            on_step,
        })
    }

    /// Makes all changes, and returns the stamp of the manifest.
    fn run(
        &mut self,
        staged: &[Staged],
        survey: &Survey,
        manifest: &Manifest,
    ) -> Result<Stamp, Error> {
        let is_claimed = manifest
            .files
            .keys()
            .all(|path| self.old.files.contains_key(path));
        if !self.has_manifest || !is_claimed {
            let union = self.old.union(manifest);
            self.write_manifest(&union, "claim", Step::Claim)?;
        }
        for path in &survey.in_the_way {
            self.clear(path).map_err(self.failed("remove", path))?;
        }
        for file in staged {
            if let Some((slot, _)) = &file.slot {
                self.place(file, slot)
                    .map_err(self.failed("write", &file.path))?;
            }
        }
        for path in &survey.obsolete {
            self.take(path, Step::Remove(path))
                .map_err(self.failed("remove", path))?;
        }
        self.write_manifest(manifest, "record", Step::Record)
    }

    fn failed(&self, action: &'static str, path: &OutputPath) -> impl FnOnce(io::Error) -> Error {
        let place = self.dir.join(path.as_str());
        move |cause| Error::io(action, &place, cause)
    }

    /// Moves one of our files out of the way, and removes the folders that are empty without it.
    fn clear(&mut self, path: &OutputPath) -> io::Result<()> {
        self.take(path, Step::Clear(path))?;
        let place = self.dir.join(path.as_str());
        if let Some(folder) = place.parent() {
            let undo = &mut self.undo;
            self.inside.remove_empty_folders(folder, &mut |folder| {
                undo.push(Undo::MakeFolder(folder.to_owned()));
            });
        }
        Ok(())
    }

    /// Moves one of our files from the output to the backups.
    fn take(&mut self, path: &OutputPath, step: Step<'_>) -> io::Result<()> {
        (self.on_step)(step)?;
        let place = self.dir.join(path.as_str());
        let backup = self.next_backup();
        self.inside.take(&place, &backup)?;
        self.undo.push(Undo::Restore { backup, place });
        Ok(())
    }

    /// Moves a staged file into place.
    fn place(&mut self, file: &Staged, slot: &Path) -> io::Result<()> {
        let place = self.dir.join(file.path.as_str());
        if file.there == There::Folder {
            self.remove_folder(&place)?;
        }
        if let Some(folder) = place.parent().filter(|folder| !folder.is_dir()) {
            let undo = &mut self.undo;
            self.inside.make_folders(folder, &mut |folder| {
                undo.push(Undo::RemoveFolder(folder.to_owned()));
            })?;
        }
        (self.on_step)(Step::Place(&file.path))?;
        if file.there == There::Ours {
            return self.replace(slot, place);
        }
        self.inside.put(slot, &place)?;
        self.undo.push(Undo::RemoveFile(place));
        Ok(())
    }

    /// Replaces an old file, whose bytes are kept.
    ///
    /// The file is never missing: the two are exchanged, or the old one gets a second name before the new one replaces
    /// it. Only a file system that supports neither leaves a gap.
    fn replace(&mut self, slot: &Path, place: PathBuf) -> io::Result<()> {
        if self.inside.exchange(slot, &place)? {
            let backup = slot.to_owned();
            self.undo.push(Undo::Restore { backup, place });
            return Ok(());
        }
        let backup = self.next_backup();
        if self.inside.link(&place, &backup).is_err() {
            self.inside.take(&place, &backup)?;
        }
        let kept = place.clone();
        self.undo.push(Undo::Restore {
            backup,
            place: kept,
        });
        self.inside.put(slot, &place)
    }

    /// Removes a folder that contains only empty folders, to make room for a file.
    fn remove_folder(&mut self, place: &Path) -> io::Result<()> {
        if disk::look(place)?.is_none() {
            return Ok(());
        }
        let entries = walkdir::WalkDir::new(place)
            .contents_first(true)
            .follow_links(false);
        for entry in entries {
            let folder = entry?.into_path();
            self.inside.remove_folder(&folder)?;
            self.undo.push(Undo::MakeFolder(folder));
        }
        Ok(())
    }

    /// Replaces the manifest in one step.
    fn write_manifest(
        &mut self,
        manifest: &Manifest,
        slot: &str,
        step: Step<'_>,
    ) -> Result<Stamp, Error> {
        let place = self.dir.join(manifest::NAME);
        self.try_write_manifest(manifest, &place, &self.staging.join(slot), step)
            .map_err(|cause| Error::io("write", &place, cause))
    }

    fn try_write_manifest(
        &mut self,
        manifest: &Manifest,
        place: &Path,
        slot: &Path,
        step: Step<'_>,
    ) -> io::Result<Stamp> {
        let stamp = disk::create(slot, &manifest.to_bytes())?;
        (self.on_step)(step)?;
        if self.has_manifest {
            self.replace(slot, place.to_owned())?;
        } else {
            self.inside.put(slot, place)?;
            self.undo.push(Undo::RemoveFile(place.to_owned()));
            self.has_manifest = true;
        }
        Ok(stamp)
    }

    fn next_backup(&mut self) -> PathBuf {
        self.n_backups += 1;
        self.staging.join("old").join(self.n_backups.to_string())
    }

    /// Undoes all steps, last one first. Continues after a failure, and returns the first.
    fn undo(&mut self) -> io::Result<()> {
        let mut result = Ok(());
        for undo in self.undo.drain(..).rev() {
            let undone = match undo {
                Undo::Restore { backup, place } => self.inside.put(&backup, &place),
                Undo::RemoveFile(place) => self.inside.remove_file(&place),
                Undo::RemoveFolder(folder) => self.inside.remove_folder(&folder),
                Undo::MakeFolder(folder) => self.inside.make_folders(&folder, &mut |_| {}),
            };
            result = result.and(undone);
        }
        result
    }
}
