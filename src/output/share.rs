//! Shares of a site: several builds, on as many machines, each write a part, and [`merge`] puts the parts together.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::disk::Root;
use crate::error::Error;
use crate::output::manifest::Manifest;
use crate::output::{OutputFile, Staging, Target, Written};
use crate::project::{ContentHash, OutputPath};

/// More than any host accepts for one file.
const MAX_BYTES: u64 = 4 << 30;

/// One of several shares that are together a whole site: `3/8` is the third of eight.
///
/// # Examples
///
/// ```
/// use nutgraf::output::Share;
///
/// let shares: Vec<Share> = (1..=8).map(|n| format!("{n}/8").parse().unwrap()).collect();
/// let with_home = shares.iter().filter(|share| share.has("index.html"));
/// assert_eq!(with_home.count(), 1);
/// assert!("9/8".parse::<Share>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    number: u32,
    of: u32,
}

impl Share {
    /// Whether this share has whatever goes by a name. The same name is in the same share on every machine.
    pub fn has(self, name: &str) -> bool {
        let hash = ContentHash::of(name.as_bytes());
        let bytes = hash.as_bytes().iter().take(8);
        let number = bytes.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.number - 1)
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/');
        let numbers = numbers.and_then(|(n, of)| Some((n.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err(
                "expected the number of the share and how many there are, as in `3/8`".to_owned(),
            ),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What the manifest of a share says besides its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShareMark {
    share: Share,
    /// Of everything that determines the whole site: shares of one site have the same.
    site: ContentHash,
}

impl ShareMark {
    pub(super) fn new(share: Share, site: ContentHash) -> Self {
        Self { share, site }
    }
}

/// A folder with a share.
struct Part<'d> {
    dir: &'d Path,
    mark: ShareMark,
    files: BTreeMap<OutputPath, ContentHash>,
}

impl<'d> Part<'d> {
    fn read(dir: &'d Path) -> Result<Self, Error> {
        let manifest = Manifest::read(dir)?;
        let found = manifest.and_then(|Manifest { files, share }| Some((files, share?)));
        let (files, mark) = found.ok_or_else(|| {
            let message = format!("there is no share of a site in `{}`", dir.display());
            Error::usage(message).help("make one with `nutgraf build --shard 1/2 -o FOLDER`")
        })?;
        Ok(Self { dir, mark, files })
    }

    /// A file of the share, if it is as the build left it.
    fn file(&self, path: &OutputPath, hash: ContentHash) -> Result<OutputFile, Error> {
        let place = self.dir.join(path.as_str());
        // Opened each time: a site may have more files than a process may keep open.
        let bytes =
            Root::open(self.dir).and_then(|dir| dir.read(Path::new(path.as_str()), MAX_BYTES));
        let bytes = bytes.map_err(|cause| Error::io("read", &place, cause))?;
        let file = OutputFile::new(path.as_str(), bytes);
        if file.content.hash() != hash {
            let message = format!("`{}` isn't as the build left it", place.display());
            return Err(Error::usage(message).help("build this share again"));
        }
        Ok(file)
    }
}

/// Puts the shares of a site together, so that the output is what one build of the whole site makes, to the byte.
///
/// # Errors
///
/// If a folder has no share, if the shares aren't all there are or not of one site, if a file of theirs was changed, or as for
/// [`write`](crate::output::write()). The output is then as before.
pub fn merge(dirs: &[PathBuf], target: &Target) -> Result<Written, Error> {
    let parts = dirs.iter().map(|dir| Part::read(dir));
    let parts: Vec<Part<'_>> = parts.collect::<Result<_, Error>>()?;
    refuse_foreign(&parts)?;
    refuse_gaps(&parts)?;
    let staging = Staging::begin(target, None)?;
    let files = parts
        .iter()
        .flat_map(|part| part.files.iter().map(move |file| (part, file)));
    let files: Vec<(&Part<'_>, (&OutputPath, &ContentHash))> = files.collect();
    let staged = files
        .par_iter()
        .map(|(part, (path, hash))| staging.put(&part.file(path, **hash)?));
    let staged = staged.collect::<Result<Vec<_>, Error>>()?;
    staging.commit(staged, &mut |_| Ok(()))
}

/// Refuses shares of different sites, or of different numbers of shares.
fn refuse_foreign(parts: &[Part<'_>]) -> Result<(), Error> {
    let Some((first, others)) = parts.split_first() else {
        return Ok(());
    };
    let is_foreign = |part: &&Part<'_>| {
        part.mark.site != first.mark.site || part.mark.share.of != first.mark.share.of
    };
    let Some(other) = others.iter().find(is_foreign) else {
        return Ok(());
    };
    let message = format!(
        "`{}` and `{}` aren't shares of one site",
        first.dir.display(),
        other.dir.display()
    );
    Err(Error::usage(message).help(
        "build all of them from the same files with the same nutgraf, and for the same day (`--today`) and number of shares",
    ))
}

/// Refuses a set of shares in which one is missing or there twice.
fn refuse_gaps(parts: &[Part<'_>]) -> Result<(), Error> {
    let mut numbers: Vec<u32> = parts.iter().map(|part| part.mark.share.number).collect();
    numbers.sort_unstable();
    let of = parts.first().map_or(0, |part| part.mark.share.of);
    if let Some(twice) = numbers.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("the share {}/{of} is there twice", twice[0]);
        return Err(Error::usage(message).help("name the folder of each share once"));
    }
    let missing = (1..=of).filter(|number| numbers.binary_search(number).is_err());
    let missing: Vec<String> = missing.map(|number| format!("{number}/{of}")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("of the site's shares {} are missing", missing.join(", "));
    Err(Error::usage(message).help("name the folders of all shares"))
}
