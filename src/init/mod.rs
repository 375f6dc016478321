//! Creates a new site.
//!
//! [`init`] writes a project that builds right away, and asks nothing that [`Surroundings`] can find out. It never
//! overwrites a file, and writes `site.yaml` last, so that an interrupted run can be repeated.

mod origin;
mod surroundings;
mod workflow;

use std::fs;
use std::io::ErrorKind;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use crate::disk::Root;
use crate::document::schema;
use crate::error::Error;
use crate::import::sample;

pub use origin::Origin;
pub use surroundings::{Surroundings, language_of_locale};
pub use workflow::workflow;

const IGNORED: &str = include_str!("gitignore");

/// The path of the workflow for GitHub Pages in a project.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

/// What the new site should be like.
#[derive(Clone, Debug, Default)]
pub struct InitOptions {
    /// Its folder, which is created if it doesn't exist.
    pub dir: PathBuf,
    /// Its title, unless it should be made from the folder's name.
    pub title: Option<String>,
    /// Whether it gets the workflow that publishes it to GitHub Pages.
    pub github_pages: bool,
    /// Where that workflow gets nutgraf from.
    pub from: Option<Origin>,
    /// On how many machines that workflow builds the site, each a share of it; `None` for one.
    pub n_shards: Option<NonZeroU32>,
}

/// What was done. Paths are relative to the site's folder, in writing order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New files.
    pub made: Vec<PathBuf>,
    /// Existing files, left unchanged.
    pub kept: Vec<PathBuf>,
    /// What is left to do by hand, in full sentences.
    pub advice: Vec<String>,
}

/// Creates a site, or adds the workflow for GitHub Pages to an existing one.
///
/// # Errors
///
/// If the folder already contains a site and no workflow is wanted, or if it can't be written.
///
/// # Examples
///
/// ```
/// use nutgraf::init::{InitOptions, Surroundings, init};
///
/// let dir = tempfile::tempdir().unwrap();
/// let options = InitOptions { dir: dir.path().join("our-town"), ..InitOptions::default() };
/// let report = init(&options, &Surroundings::default()).unwrap();
/// assert!(report.kept.is_empty());
/// let site = std::fs::read_to_string(options.dir.join("site.yaml")).unwrap();
/// assert!(site.contains("\ntitle: Our town\n"));
/// ```
pub fn init(options: &InitOptions, surroundings: &Surroundings) -> Result<Report, Error> {
    let dir = &options.dir;
    let from = options.from.as_ref();
    let config = dir.join("site.yaml");
    let mut report = Report::default();
    if fs::symlink_metadata(&config).is_ok() {
        if options.github_pages {
            // An existing site may still want the workflow, and nothing else.
            let root = open(dir)?;
            let workflow = workflow(from, options.n_shards);
            put(&root, dir, WORKFLOW, &workflow, &mut report)?;
            report.advice.extend(pages_advice(surroundings, from));
            return Ok(report);
        }
        let message = format!("there is a site in `{}` already", dir.display());
        return Err(
            Error::usage(message).help("build it with `nutgraf build`, or name another folder")
        );
    }
    fs::create_dir_all(dir).map_err(|cause| Error::io("make the folder", dir, cause))?;
    let root = open(dir)?;
    for (path, text) in files(options, surroundings)? {
        put(&root, dir, &path, &text, &mut report)?;
    }
    if report
        .kept
        .iter()
        .any(|path| path == Path::new(".gitignore"))
    {
        report.advice.extend(missing_rules(&root, dir)?);
    }
    if options.github_pages {
        report.advice.extend(pages_advice(surroundings, from));
    }
    put(
        &root,
        dir,
        "site.yaml",
        &settings(options, surroundings),
        &mut report,
    )?;
    Ok(report)
}

fn open(dir: &Path) -> Result<Root, Error> {
    Root::open(dir).map_err(|cause| Error::io("open the folder", dir, cause))
}

/// What the workflow can't do by itself.
fn pages_advice(surroundings: &Surroundings, from: Option<&Origin>) -> Vec<String> {
    let settings = match &surroundings.repository {
        Some(repository) => format!("at {repository}/settings/pages"),
        None => "in the repository's Settings > Pages".to_owned(),
    };
    let switch = format!(
        "Once, {settings}, choose GitHub Actions as the source; then every push to `main` publishes the site."
    );
    let fill_in = format!(
        "Fill in `NUTGRAF_FROM` in `{WORKFLOW}` before you push: no registry has nutgraf, so the workflow has to be told \
         where to take it from, and stops until it is."
    );
    let fill_in = from.is_none().then_some(fill_in);
    fill_in.into_iter().chain([switch]).collect()
}

/// Every file but `site.yaml`.
fn files(
    options: &InitOptions,
    surroundings: &Surroundings,
) -> Result<Vec<(String, String)>, Error> {
    let mut files: Vec<(&str, String)> = Vec::new();
    if has_room_for_sample(&options.dir)? {
        let sample = sample::of(surroundings.language.as_deref());
        files.extend(sample.map(|(path, text)| (path, text.to_owned())));
    }
    files.extend([
        (".gitignore", IGNORED.to_owned()),
        (".gitattributes", include_str!("gitattributes").to_owned()),
        (
            ".vscode/extensions.json",
            include_str!("vscode-extensions.json").to_owned(),
        ),
        (
            ".vscode/settings.json",
            include_str!("vscode-settings.json").to_owned(),
        ),
        ("schema/page.json", format!("{:#}\n", schema::page_schema())),
        ("schema/site.json", format!("{:#}\n", schema::site_schema())),
    ]);
    if options.github_pages {
        let workflow = workflow(options.from.as_ref(), options.n_shards);
        files.push((WORKFLOW, workflow));
    }
    let files = files.into_iter();
    Ok(files.map(|(path, text)| (path.to_owned(), text)).collect())
}

/// Whether `content/` is empty or contains only pages of the sample.
fn has_room_for_sample(dir: &Path) -> Result<bool, Error> {
    let content = dir.join("content");
    let entries = match fs::read_dir(&content) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(true),
        Err(cause) => return Err(Error::io("read the folder", &content, cause)),
    };
    for entry in entries {
        let entry = entry.map_err(|cause| Error::io("read the folder", &content, cause))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_sample = sample::ENGLISH
            .iter()
            .any(|(path, _)| path.strip_prefix("content/") == Some(&*name));
        if !is_sample && !name.starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file unless the name is taken.
fn put(root: &Root, dir: &Path, path: &str, text: &str, report: &mut Report) -> Result<(), Error> {
    match root.create(Path::new(path), text.as_bytes()) {
        Ok(()) => report.made.push(PathBuf::from(path)),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            report.kept.push(PathBuf::from(path));
        }
        Err(cause) => return Err(Error::io("write", &dir.join(path), cause)),
    }
    Ok(())
}

/// The rules that an existing `.gitignore` lacks.
fn missing_rules(root: &Root, dir: &Path) -> Result<Option<String>, Error> {
    /// No rules are longer than this, in bytes.
    const MAX_BYTES: u64 = 1024 * 1024;
    let bytes = root.read(Path::new(".gitignore"), MAX_BYTES);
    let bytes = bytes.map_err(|cause| Error::io("read", &dir.join(".gitignore"), cause))?;
    let text = String::from_utf8_lossy(&bytes);
    let bare = |line: &str| line.trim().trim_matches('/').to_owned();
    let present: Vec<String> = text.lines().map(bare).collect();
    let rules = IGNORED.lines().filter(|line| line.starts_with('/'));
    let missing: Vec<String> = rules
        .filter(|rule| !present.contains(&bare(rule)))
        .map(|rule| format!("`{rule}`"))
        .collect();
    Ok((!missing.is_empty()).then(|| {
        format!(
            "Add these lines to `.gitignore`, which was here before: {}.",
            missing.join(", ")
        )
    }))
}

/// The text of `site.yaml`.
fn settings(options: &InitOptions, surroundings: &Surroundings) -> String {
    let title = options.title.clone();
    let title = title.unwrap_or_else(|| title_of(&options.dir));
    let line = |key: &str, value: Option<&str>, example: &str| match value {
        Some(value) => format!("{key}: {}", scalar(value)),
        None => format!("# {key}: {example}"),
    };
    let base_url = surroundings.base_url.as_deref();
    let note = match base_url {
        Some(_) => "\n# Derived from the git remote; change it if the site will be elsewhere.",
        None => "",
    };
    include_str!("site.yaml")
        .replace("@BASE_URL_NOTE@", note)
        .replace(
            "@BASE_URL@",
            &line("base_url", base_url, "https://example.org/"),
        )
        .replace(
            "@LANGUAGE@",
            surroundings.language.as_deref().unwrap_or("en"),
        )
        .replace(
            "@REPOSITORY@",
            &line(
                "repository",
                surroundings.repository.as_deref(),
                "https://github.com/OWNER/NAME",
            ),
        )
        .replace(
            "@CNAME@",
            &line("cname", surroundings.cname.as_deref(), "www.example.org"),
        )
        // This comes last, so that nothing in it is taken for a placeholder.
        .replace("@TITLE@", &scalar(&title))
}

/// A title from a folder's name: `our-town` becomes "Our town". A name with spaces or capitals stays the same.
fn title_of(dir: &Path) -> String {
    let real = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let is_title = name.contains(' ') || name.chars().any(char::is_uppercase);
    let words = if is_title {
        name.into_owned()
    } else {
        name.replace(['-', '_', '.'], " ")
    };
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "My site".to_owned(),
    }
}

/// A text as a YAML value: unquoted if nothing in it has a special meaning, otherwise quoted.
pub(crate) fn scalar(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || " -_./,'()’?!".contains(c);
    let is_address = text.starts_with("https://") && !text.contains([' ', '#']);
    let starts_well = text.chars().next().is_some_and(char::is_alphabetic);
    let is_plain = starts_well && text.chars().all(is_word) && text.trim() == text;
    let means_more = matches!(
        text.to_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    if is_address || (is_plain && !means_more) {
        return text.to_owned();
    }
    // A JSON string is valid YAML, except for characters that YAML treats as line breaks or doesn't allow.
    let quoted = serde_json::Value::from(text).to_string();
    let is_unfit = |c: char| {
        matches!(
            c,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        )
    };
    let mut safe = String::with_capacity(quoted.len());
    for c in quoted.chars() {
        if is_unfit(c) {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_from_the_name_of_the_folder() {
        let cases = [
            ("our-town", "Our town"),
            ("our_town.site", "Our town site"),
            ("Our Town", "Our Town"),
            ("überblick", "Überblick"),
            ("NATO-2024", "NATO-2024"),
            ("-", "My site"),
        ];
        for (name, title) in cases {
            assert_eq!(title_of(Path::new(name)), title, "{name}");
        }
    }

    #[test]
    fn any_text_is_a_yaml_value_that_reads_as_itself() {
        for text in [
            "Our town",
            "2025",
            "true",
            "No",
            "a: b",
            "# a",
            "- a",
            "It's",
            "\"quoted\"",
            "a\\b",
            "tab\tand\nline",
            "日本 👩‍🌾",
            " spaces ",
            "",
            "@TITLE@",
            "[a]",
            "1e3",
            "0x1",
            "https://example.org/",
            "null",
            "a #b",
            "\u{feff}a\u{2028}b\u{85}c",
        ] {
            let yaml = format!("title: {}\n", scalar(text));
            let read: std::collections::BTreeMap<String, serde_yaml::Value> =
                serde_yaml::from_str(&yaml).unwrap();
            assert_eq!(read["title"], serde_yaml::Value::from(text), "{yaml}");
        }
    }

    #[test]
    fn every_setting_is_explained() {
        let template = include_str!("site.yaml");
        let settings = settings(&InitOptions::default(), &Surroundings::default());
        for field in schema::SITE.fields {
            let line = format!("\n{}:", field.name);
            let off = format!("\n# {}:", field.name);
            assert!(
                settings.contains(&line) || settings.contains(&off),
                "{} isn't in {template}",
                field.name
            );
        }
    }

    #[test]
    fn every_setting_that_is_off_can_be_switched_on() {
        let text = settings(&InitOptions::default(), &Surroundings::default());
        let is_key = |words: &str| {
            schema::SITE
                .fields
                .iter()
                .any(|field| words.starts_with(&format!("{}:", field.name)))
        };
        let switch_on = |line: &str| match line.strip_prefix("# ") {
            Some(off) if is_key(off) || off.starts_with("  ") => off.to_owned(),
            Some(_) | None => line.to_owned(),
        };
        let on: Vec<String> = text.lines().map(switch_on).collect();
        let snapshot = crate::project::Snapshot::from_files([("site.yaml", on.join("\n"))]);
        let mut faults = crate::diag::Diagnostics::new();
        let config = crate::config::Config::parse(snapshot.iter().next(), &mut faults).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(
            (config.menu.len(), config.ignore.len(), config.footer.len()),
            (3, 2, 2)
        );
        assert_eq!(
            (config.colors.light.len(), config.colors.dark.len()),
            (7, 7)
        );
    }
}
