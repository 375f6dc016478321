//! Checks that all outputs can exist side by side on every disk and host. Pure.
//!
//! A site is built on one system, checked out on another and served from a third. So paths are judged by the strictest
//! of them: disks that ignore case and the form of accents, Windows with its device names, git with its own folder.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;

use crate::diag::{Code, Diagnostic, Place};
use crate::plan::Output;
use crate::project::{OutputPath, SourcePath, is_git_folder, name_fault};

/// How long a name may be in UTF-8 bytes: what Linux, macOS and Windows can store.
const MAX_NAME: usize = 255;

/// How long a path may be: macOS allows 1,024 bytes, and the path of the output folder is added to it.
const MAX_PATH: usize = 900;

/// A path, and the output that claims it.
pub type Claim = (OutputPath, Output);

/// Faults of the paths of outputs, in the order of `claims`. If several have the same path, the first wins. `place`
/// returns where in the sources a claim is made.
///
/// A project file may replace one that nutgraf generates (`static/robots.txt`); nothing else may replace anything.
pub fn faults<'c>(claims: &'c [Claim], place: &dyn Fn(&Claim) -> Place) -> Vec<Diagnostic> {
    let mut faults: Vec<(usize, Diagnostic)> = Vec::new();
    let unfit_page = |(path, output): &'c Claim| match output {
        Output::Page(source) => path_fault(path.as_str()).map(|_| source),
        _ => None,
    };
    let unfit_pages: HashSet<&SourcePath> = claims.iter().filter_map(unfit_page).collect();
    let fit = |(index, claim): (usize, &Claim)| match path_fault(claim.0.as_str()) {
        Some(reason) => {
            if !is_named_after(&claim.1, &unfit_pages) {
                faults.push((index, unfit(claim, &reason, place)));
            }
            None
        }
        None => Some((claim.0.folded(), index)),
    };
    let mut paths: Vec<(String, usize)> = claims.iter().enumerate().filter_map(fit).collect();
    paths.sort();
    for same in paths.chunk_by(|(one, _), (other, _)| one == other) {
        let [(_, first), rest @ ..] = same else {
            continue;
        };
        let first_claim = &claims[*first];
        for (_, other) in rest {
            let other_claim = &claims[*other];
            // Anything that the writer puts at a folder's address becomes its page.
            let is_replaced = match (&first_claim.1, &other_claim.1) {
                (_, Output::Section(_)) => true,
                (first, Output::Words(..) | Output::Word(..) | Output::Handout(..)) => {
                    is_of_writer(first)
                }
                (Output::File(_), other) => is_made_by_itself(other),
                _ => false,
            };
            if !is_replaced {
                let index = if is_of_writer(&other_claim.1) {
                    other
                } else {
                    first
                };
                faults.push((*index, taken(first_claim, other_claim, place)));
            }
        }
    }
    faults.extend(blocked(claims, &paths, place));
    faults.sort_by_key(|(index, _)| *index);
    faults.into_iter().map(|(_, fault)| fault).collect()
}

/// Whether a path is valid for an output, regardless of other outputs.
pub fn is_fit(path: &OutputPath) -> bool {
    path_fault(path.as_str()).is_none()
}

/// Whether a claim is in one of the folders for parts of pages without being such a part.
pub fn is_among_parts((path, output): &Claim) -> bool {
    const FOLDERS: [&str; 3] = ["embed", "cards", "search"];
    let path = path.folded();
    let mut folders = path.split('/');
    let top = folders.next().unwrap_or_default();
    // Each language has a search of its own.
    let is_search = folders.next() == Some("search");
    (is_search || FOLDERS.contains(&top)) && !matches!(output, Output::Search(_))
}

/// Files where others need a folder, each reported once.
fn blocked(
    claims: &[Claim],
    paths: &[(String, usize)],
    place: &dyn Fn(&Claim) -> Place,
) -> Vec<(usize, Diagnostic)> {
    let mut files: HashMap<&str, usize> = HashMap::with_capacity(paths.len());
    for (path, index) in paths {
        files.entry(path).or_insert(*index);
    }
    let mut seen: HashSet<&str> = HashSet::new();
    // For each file in the way: the first output that it blocks, and how many there are.
    let mut in_the_way: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (path, index) in paths {
        for (end, _) in path.rmatch_indices('/') {
            let folder = &path[..end];
            if let Some(file) = files.get(folder) {
                let (_, n) = in_the_way.entry(*file).or_insert((*index, 0));
                *n += 1;
                break;
            }
            if !seen.insert(folder) {
                break;
            }
        }
    }
    let fault = |(file, (inside, n)): (usize, (usize, usize))| {
        let (file_claim, inside_claim) = (&claims[file], &claims[inside]);
        let more = match n {
            1 => String::new(),
            n => format!(" (nor for {} more)", n - 1),
        };
        let message = format!(
            "there is no room for {} at `/{}`{more}: {} is a file of the name `/{}`",
            name(inside_claim),
            address(&inside_claim.0),
            name(file_claim),
            file_claim.0,
        );
        let index = if is_of_writer(&inside_claim.1) {
            inside
        } else {
            file
        };
        let fault = Diagnostic::new(Code::DuplicateAddress, place(&claims[index]), message);
        (index, fault.help("rename one of them"))
    };
    in_the_way.into_iter().map(fault).collect()
}

/// Why a path can't be used for an output, whatever else there is; `None` if it can.
fn path_fault(path: &str) -> Option<String> {
    if path == ".nutgraf.json" || path.starts_with(".nutgraf-") {
        return Some("nutgraf needs that name for itself".to_owned());
    }
    if path.len() > MAX_PATH {
        let n = path.len();
        return Some(format!(
            "it has {n} bytes, and paths may have at most {MAX_PATH}"
        ));
    }
    path.split('/').find_map(|part| {
        if matches!(part, "" | "." | "..") {
            return Some("a part of it is empty".to_owned());
        }
        if is_git_folder(part) {
            return Some(format!("git keeps what is in `{part}` to itself"));
        }
        if part.len() > MAX_NAME {
            let n = part.len();
            return Some(format!(
                "a part of it has {n} bytes, and names may have at most {MAX_NAME}"
            ));
        }
        let reason = name_fault(OsStr::new(part))?;
        Some(format!("a name in it {reason}"))
    })
}

fn unfit(claim: &Claim, reason: &str, place: &dyn Fn(&Claim) -> Place) -> Diagnostic {
    let shown: String = address(&claim.0).chars().take(60).collect();
    let message = format!("`/{shown}` can't be an address on every system: {reason}");
    Diagnostic::new(Code::BadAddress, place(claim), message).help(match claim.1 {
        Output::Page(_) => "give the page another name, or a `slug:` of its own",
        Output::Redirect(_) => "take it out of `aliases`",
        Output::File(_) => "rename it",
        _ => "give the page that it is made from another name",
    })
}

/// Whether an output is named after a page whose own address is unfit, so that one report is enough.
fn is_named_after(output: &Output, unfit: &HashSet<&SourcePath>) -> bool {
    match output {
        Output::Embed(source, _) | Output::OEmbed(source, _) | Output::Card(source) => {
            unfit.contains(source)
        }
        Output::Data(_, folder, _) | Output::Handout(_, folder) => {
            unfit.iter().any(|source| source.folder() == &**folder)
        }
        _ => false,
    }
}

/// Reports that `other` has the path of `first`.
fn taken(first: &Claim, other: &Claim, place: &dyn Fn(&Claim) -> Place) -> Diagnostic {
    // What nutgraf generates can't be renamed, so the fault is with what takes its place.
    let (culprit, holder) = if is_of_writer(&other.1) {
        (other, first)
    } else {
        (first, other)
    };
    let (mine, its) = (address(&culprit.0), address(&holder.0));
    let alike = if mine == its {
        "as well".to_owned()
    } else {
        format!("and some disks don't tell it from `/{mine}`")
    };
    let message = match (&culprit.1, &holder.1) {
        (Output::Redirect(_), Output::Redirect(source)) => {
            format!("`{source}` has the old address `/{its}` {alike}")
        }
        (Output::Redirect(_), _) => {
            format!(
                "the old address `/{mine}` is in use: {} is at `/{its}`",
                name(holder)
            )
        }
        _ if is_of_writer(&holder.1) => {
            format!("{} has the address `/{its}` {alike}", name(holder))
        }
        _ => format!("`/{its}` is where {} is", name(holder)),
    };
    let help = match (&culprit.1, &holder.1) {
        (Output::Redirect(_), _) => "take it out of `aliases`",
        (_, Output::Search(_) | Output::SearchFile(..) | Output::SearchPage(_)) => {
            "give the page a `slug:` of its own, or leave out nutgraf's search with `search: false` in `site.yaml`"
        }
        (_, holder) if !is_of_writer(holder) => "rename it, or give it a `slug:` of its own",
        _ => "rename one of them, or give one a `slug:` of its own",
    };
    Diagnostic::new(Code::DuplicateAddress, place(culprit), message).help(help)
}

/// Whether the writer caused an output: by a page, an old address, or a file.
fn is_of_writer(output: &Output) -> bool {
    matches!(
        output,
        Output::Page(_) | Output::Redirect(_) | Output::File(_)
    )
}

/// Whether nutgraf generates an output unasked, so that a file of the writer's may replace it.
fn is_made_by_itself(output: &Output) -> bool {
    !is_of_writer(output)
}

/// What a claim is for, in words.
fn name(claim: &Claim) -> String {
    match &claim.1 {
        Output::Page(source) | Output::File(source) => format!("`{source}`"),
        Output::Section(source) => format!("the page of the folder `{}`", source.folder()),
        Output::Listing(source, _) => format!("a list of the pages below `{source}`"),
        Output::Words(_, kind) => format!("the list of all `{}`", kind.name()),
        Output::Word(_, kind, ..) => format!("a list of pages by `{}`", kind.name()),
        Output::FeedOf(..) => "a feed".to_owned(),
        Output::Redirect(source) => format!("an old address of `{source}`"),
        Output::Embed(source, _) | Output::OEmbed(source, _) => {
            format!("a part of `{source}` for other sites")
        }
        Output::Card(source) => format!("the picture of `{source}`"),
        Output::Picture(source, _) => format!("a smaller size of `{source}`"),
        Output::Data(_, folder, _) => format!("the data of `{folder}`"),
        Output::Handout(_, folder) => format!("the handout of `{folder}`"),
        Output::Colors => "the style sheet of the colors".to_owned(),
        Output::NotFound => "the page for unknown addresses".to_owned(),
        Output::Feed(_) => "the feed".to_owned(),
        Output::JsonFeed(_) => "the JSON feed".to_owned(),
        Output::Changes(_) => "the page of all changes".to_owned(),
        Output::ChangesFeed(..) => "the feed of all changes".to_owned(),
        Output::Search(_) => "nutgraf's own search page".to_owned(),
        Output::SearchFile(..) | Output::SearchPage(_) => {
            "what nutgraf's search looks in".to_owned()
        }
        Output::EmbedScript => "the script of embeds".to_owned(),
        Output::Sitemap | Output::SitemapPart(_) => "the sitemap".to_owned(),
        Output::Robots => "what robots may read".to_owned(),
        Output::NoJekyll | Output::Cname | Output::Headers | Output::Redirects => {
            "what tells the host about the site".to_owned()
        }
    }
}

/// The address that a path is served at, without the leading slash.
fn address(path: &OutputPath) -> &str {
    match path.as_str().strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Language;

    fn page(path: &str) -> Claim {
        let source = SourcePath::new(format!("content/{path}.md"));
        (OutputPath::new(path), Output::Page(source))
    }

    fn file(path: &str) -> Claim {
        let source = SourcePath::new(format!("static/{path}"));
        (OutputPath::new(path), Output::File(source))
    }

    fn alias(path: &str) -> Claim {
        let source = SourcePath::new("content/moved.md");
        (OutputPath::new(path), Output::Redirect(source))
    }

    fn of(claims: &[Claim]) -> Vec<String> {
        let place = |claim: &Claim| Place::file(&SourcePath::new(claim.0.as_str()));
        let faults = faults(claims, &place);
        faults.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn what_some_system_takes_for_one_path_is_one() {
        for (one, other) in [
            ("a/index.html", "a/index.html"),
            ("Search/index.html", "search/index.html"),
            ("caf\u{e9}/index.html", "cafe\u{301}/index.html"),
            ("stra\u{df}e.txt", "STRASSE.txt"),
            ("\u{fb01}n.txt", "fin.txt"),
            ("index.html", "index.html/index.html"),
            ("about", "about/index.html"),
            ("About", "about/a/b/index.html"),
        ] {
            for claims in [[file(one), page(other)], [alias(one), page(other)]] {
                assert_eq!(of(&claims).len(), 1, "{one} {other}");
                let [one, other] = claims;
                assert_eq!(of(&[other, one]).len(), 1);
            }
        }
    }

    #[test]
    fn a_file_may_stand_for_what_nutgraf_makes_and_a_page_may_not() {
        let robots = (OutputPath::new("robots.txt"), Output::Robots);
        let search = (
            OutputPath::new("search/index.html"),
            Output::Search(Language::MAIN),
        );
        assert!(of(&[file("robots.txt"), robots.clone()]).is_empty());
        assert!(of(&[file("search/index.html"), search.clone()]).is_empty());
        for claims in [
            [page("search/index.html"), search.clone()],
            [alias("search/index.html"), search],
            [page("robots.txt/index.html"), robots],
        ] {
            assert_eq!(of(&claims).len(), 1, "{claims:?}");
        }
    }

    #[test]
    fn names_that_no_disk_or_git_holds_are_refused() {
        let long = format!("{}/index.html", "a".repeat(256));
        let deep = format!("{}index.html", "a/".repeat(500));
        for path in [
            ".git/config",
            ".GIT/x",
            "a/.git",
            "git~1/x",
            ".g\u{200c}it/x",
            ".git ./x",
            "con/index.html",
            "aux.css",
            "a./index.html",
            "a\\b",
            ".nutgraf.json",
            &long,
            &deep,
        ] {
            assert_eq!(of(&[page(path)]).len(), 1, "{path}");
        }
        let fine = format!("{}/index.html", "a".repeat(255));
        for path in [".well-known/x", ".gitignore", "git/x", "console/x", &fine] {
            assert!(of(&[page(path)]).is_empty(), "{path}");
        }
    }

    #[test]
    fn a_file_in_the_way_of_many_pages_is_one_fault() {
        let mut claims = vec![file("a")];
        claims.extend((0..50).map(|n| page(&format!("a/{n}/index.html"))));
        let said = of(&claims);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("(nor for 49 more)"), "{said:?}");
    }

    proptest! {
        /// Whatever passes can be written to a disk that ignores case and form.
        #[test]
        fn what_has_no_fault_fits_a_picky_disk(
            paths in prop::collection::vec("[aAbB\u{e9}]{1,2}(/[aAbB]{1,2}){0,2}", 1..8)
        ) {
            let claims: Vec<Claim> = paths.iter().map(|path| page(path)).collect();
            let mut files: BTreeMap<String, ()> = BTreeMap::new();
            let mut folders: BTreeMap<String, ()> = BTreeMap::new();
            let mut fits = true;
            for (path, _) in &claims {
                let path = path.folded();
                for (end, _) in path.match_indices('/') {
                    folders.insert(path[..end].to_owned(), ());
                }
                fits &= files.insert(path, ()).is_none();
            }
            fits &= files.keys().all(|file| !folders.contains_key(file));
            prop_assert_eq!(of(&claims).is_empty(), fits);
        }
    }
}
