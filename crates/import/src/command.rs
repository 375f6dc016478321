//! `nutgraf import`: drafts an explainer on disk from a file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{self, CONFIG};
use crate::diag::Diagnostics;
use crate::disk::Root;
use crate::error::Error;
use crate::model::{Day, RecordKind};
use crate::project::{Snapshot, SourcePath};

use super::draft::{Draft, text_path};
use super::input::{self, Input};
use super::language::Language;
use super::lists::{self, List};
use super::reading::Reading;
use super::story::{Change, Story};
use super::text::About;
use super::write;

/// The folder for the texts of sources, relative to the project's root.
const PRIVATE: &str = "sources/private";
const IGNORED: &str = "# Texts of sources are other people's. They stay on the machine that verifies.\n/sources/private/\n";

/// What to import, and where to.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The project's folder.
    pub root: PathBuf,
    /// The file; `-` is standard input.
    pub file: PathBuf,
    /// The folder of the explainer, relative to the project's; named after the article by default.
    pub into: Option<String>,
    /// When the article was published.
    pub published: Option<Day>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The language it is in, as a BCP 47 tag.
    pub language: Option<String>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new, in the order in which they were written.
    pub made: Vec<SourcePath>,
    /// Files that records were added to.
    pub changed: Vec<SourcePath>,
    /// How many records were drafted, by kind.
    pub drafted: Vec<(RecordKind, usize)>,
    /// How many quotations have no speaker yet.
    pub n_unattributed: usize,
    /// How many dates couldn't be worked out, with the first of them as printed.
    pub undated: Option<(usize, String)>,
    /// What a list contains that no record has room for, one sentence for each kind of thing.
    pub left_out: Vec<String>,
    /// The day of publication that was used.
    pub published: Option<Day>,
    /// The file with the source's text, if its records still have to be compared with it.
    pub text: Option<SourcePath>,
    /// What there is to say about the article's page and language, in sentences.
    pub remark: Option<String>,
}

/// Drafts records from a file and adds them to an explainer. Importing the same file again changes nothing.
///
/// # Errors
///
/// If the file can't be read as an article or a list; if a page that records would be added to has faults; or if the
/// disk refuses. Nothing is written then.
pub fn import(options: &ImportOptions) -> Result<Report, Error> {
    let bytes = input::bytes(&options.file)?;
    let found = Input::read(&options.file, &bytes)?;
    // `check` reports the faults of other files.
    let snapshot = config::snapshot(&options.root, &mut Diagnostics::new())?;
    let importer = Importer {
        options,
        snapshot,
        name: name_of(&options.file),
    };
    match found {
        Input::Article {
            text,
            about,
            published,
            language,
            doubt,
        } => {
            let report = importer.article(&text, &about, published, language.as_deref())?;
            let said = [doubt, report.remark.clone()].into_iter().flatten();
            let said = said.collect::<Vec<_>>().join(" ");
            Ok(Report {
                remark: (!said.is_empty()).then_some(said),
                ..report
            })
        }
        Input::TimelineJs(value) => {
            let story = importer.story(&importer.list_name())?;
            let draft = lists::timeline(&value, &importer.list_name(), &story.present);
            importer.list(&story, draft)
        }
        Input::Table(text) => {
            let story = importer.story(&importer.list_name())?;
            let draft = lists::table(&text, &importer.list_name(), &story.present);
            importer.list(&story, draft)
        }
        Input::Csl(value) => {
            let story = importer.story("sources")?;
            let draft = lists::sources(&value, &story.present);
            importer.list(&story, draft)
        }
        Input::BibTex(text) => {
            let story = importer.story("sources")?;
            let draft = lists::bibliography(&text, &story.present);
            importer.list(&story, draft)
        }
        Input::Ris(text) => {
            let story = importer.story("sources")?;
            let draft = lists::tagged(&text, &story.present);
            importer.list(&story, draft)
        }
        Input::Hayagriva(text) => {
            let story = importer.story("sources")?;
            let draft = lists::library(&text, &story.present);
            importer.list(&story, draft)
        }
    }
}

/// A file's name without its extension; empty for standard input.
fn name_of(file: &Path) -> String {
    match file.file_stem() {
        Some(stem) if file != Path::new("-") => stem.to_string_lossy().into_owned(),
        Some(_) | None => String::new(),
    }
}

struct Importer<'a> {
    options: &'a ImportOptions,
    snapshot: Snapshot,
    /// The file's name without its extension.
    name: String,
}

impl Importer<'_> {
    /// The explainer to which records are added.
    fn story(&self, name: &str) -> Result<Story, Error> {
        let folder = match &self.options.into {
            Some(into) => folder(into)?,
            None => match crate::project::slugify(name) {
                slug if slug.is_empty() => "content/story".to_owned(),
                slug => format!("content/{slug}"),
            },
        };
        let mut story = Story::read(&self.snapshot, &folder)?;
        // Texts whose record was deleted keep their names.
        story.present.ids.extend(texts_on_disk(&self.options.root));
        Ok(story)
    }

    fn list_name(&self) -> String {
        let given = self.options.title.clone();
        let named = given.unwrap_or_else(|| self.name.clone());
        if named.is_empty() {
            "events".to_owned()
        } else {
            named
        }
    }

    fn list(&self, story: &Story, list: Result<List, String>) -> Result<Report, Error> {
        let List { draft, left_out } = list.map_err(|reason| {
            let file = self.options.file.display();
            Error::usage(format!("cannot import `{file}`: {reason}"))
        })?;
        let site_language = self.site_language();
        let language = known_language(site_language.as_deref());
        let changes = story.with(&draft, language)?;
        write::write(&self.options.root, &changes)?;
        Ok(Report {
            left_out,
            ..report(&changes, &draft, None)
        })
    }

    fn article(
        &self,
        text: &str,
        by_file: &About,
        published: Option<Day>,
        tag: Option<&str>,
    ) -> Result<Report, Error> {
        let options = self.options;
        let spoken = Spoken::of(options.language.as_deref(), tag, text)?;
        let language = spoken.language;
        let reading = Reading::of(text, options.published.or(published), language);
        if reading.text().is_empty() {
            let message = format!(
                "cannot import `{}`: it has no words; expected an article",
                options.file.display()
            );
            return Err(Error::usage(message));
        }
        let given = About {
            headline: options.title.clone(),
            publisher: options.publisher.clone(),
            authors: Vec::new(),
            url: options.url.clone(),
        };
        let about = given.or(by_file).or(reading.about());
        let story = self.story(about.headline.as_deref().unwrap_or(&self.name))?;
        let kept = format!("{}\n", reading.text());
        if let Some(known) = self.imported(&story, &about, &kept) {
            return self.restore(&known, kept);
        }
        let site_language = self.site_language();
        let foreign = site_language
            .as_deref()
            .filter(|site| primary(site) != spoken.code)
            .map(|_| spoken.code.as_str());
        let draft = Draft::of(&reading, &about, foreign, &story.present);
        let site_table = site_language.as_deref().and_then(Language::named);
        let mut changes = self.private(&text_path(&draft.source), kept)?;
        changes.extend(story.with(&draft, site_table.unwrap_or(language))?);
        write::write(&self.options.root, &changes)?;
        Ok(Report {
            text: Some(SourcePath::new(text_path(&draft.source))),
            remark: spoken.remark(),
            ..report(&changes, &draft, Some(&reading))
        })
    }

    /// The path of the source's text if this article was imported before: a source with exactly this text or with this
    /// address, or, if the text isn't available, one with this title and publisher.
    fn imported(&self, story: &Story, about: &About, text: &str) -> Option<String> {
        let root = &self.options.root;
        story.present.sources.iter().find_map(|source| {
            let path = source.text.as_deref()?;
            let is_private = path.starts_with(PRIVATE) && !path.contains("..");
            let there = is_private.then(|| read_below(root, path).ok()).flatten();
            let same_text = there.as_deref() == Some(text.as_bytes());
            let same_address = source.url.is_some() && source.url == about.url;
            let same_name = there.is_none()
                && Some(source.title.as_str()) == about.headline.as_deref()
                && source.publisher == about.publisher;
            (same_text || same_address || same_name).then(|| path.to_owned())
        })
    }

    /// Restores the text of a source whose record is already here, as in a fresh clone of the project.
    fn restore(&self, path: &str, text: String) -> Result<Report, Error> {
        if !path.starts_with(PRIVATE) || self.options.root.join(path).exists() {
            return Ok(Report {
                text: (!self.is_pinned(path)).then(|| SourcePath::new(path)),
                ..Report::default()
            });
        }
        let changes = self.private(path, text)?;
        write::write(&self.options.root, &changes)?;
        Ok(Report {
            made: changes.into_iter().map(|change| change.path).collect(),
            ..Report::default()
        })
    }

    /// Whether the evidence file knows the source of a text. It doesn't if the run that drafted the records was killed
    /// before writing it.
    fn is_pinned(&self, text: &str) -> bool {
        let name = text.rsplit('/').next().unwrap_or(text);
        let source = name.strip_suffix(".txt").unwrap_or(name);
        let lock = read_below(&self.options.root, "evidence.lock").unwrap_or_default();
        String::from_utf8_lossy(&lock).contains(&format!("#{source} "))
    }

    /// The source's text, kept where git ignores it.
    fn private(&self, path: &str, text: String) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        let path_of_rules = self.options.root.join(".gitignore");
        let rules = match read_below(&self.options.root, ".gitignore") {
            Ok(rules) => Some(String::from_utf8_lossy(&rules).into_owned()),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => return Err(Error::io("read", &path_of_rules, cause)),
        };
        if !rules.as_deref().is_some_and(keeps_private) {
            let mut after = rules.clone().unwrap_or_default();
            if !after.is_empty() && !after.ends_with('\n') {
                after.push('\n');
            }
            after.push_str(IGNORED);
            changes.push(Change {
                path: SourcePath::new(".gitignore"),
                before: rules,
                after,
            });
        }
        changes.push(Change {
            path: SourcePath::new(path),
            before: None,
            after: text,
        });
        Ok(changes)
    }

    /// The language that `site.yaml` names.
    fn site_language(&self) -> Option<String> {
        let file = self.snapshot.get(&SourcePath::new(CONFIG));
        let config = config::Config::parse(file, &mut Diagnostics::new())?;
        Some(config.language.to_string())
    }
}

/// The language of an article, and how it was determined.
struct Spoken {
    language: &'static Language,
    /// Its code, even of a language that nutgraf doesn't read.
    code: String,
    /// The language that the text seems to be in, if that differs from what was stated.
    seems: Option<&'static str>,
}

impl Spoken {
    /// The given language, or else that of the page, or else the one that the text is recognized as.
    ///
    /// # Errors
    ///
    /// If nutgraf doesn't read the given language.
    fn of(given: Option<&str>, page: Option<&str>, text: &str) -> Result<Self, Error> {
        let seen = nutgraf_language::recognize(text).filter(|seen| seen.is_sure);
        let said = match given {
            Some(tag) => Some(Language::named(tag).ok_or_else(|| unknown_language(tag))?),
            None => page.and_then(Language::named),
        };
        if let Some(language) = said {
            return Ok(Self {
                language,
                code: language.code().to_owned(),
                seems: seen
                    .filter(|seen| seen.code != language.code())
                    .map(|seen| seen.name),
            });
        }
        let by_page = page.map(primary);
        let known = match seen {
            Some(seen) => Language::named(seen.code),
            None if by_page.is_none() => {
                Some(Language::by_small_words(text).unwrap_or_else(Language::english))
            }
            None => None,
        };
        Ok(match (known, seen) {
            (Some(language), _) => Self {
                language,
                code: language.code().to_owned(),
                seems: None,
            },
            (None, seen) => Self {
                language: Language::unknown(),
                code: by_page
                    .or(seen.map(|seen| seen.code))
                    .unwrap_or_default()
                    .to_owned(),
                seems: seen.map(|seen| seen.name),
            },
        })
    }

    fn remark(&self) -> Option<String> {
        let name = self.seems.unwrap_or(&self.code);
        if !self.language.is_known() {
            let known: Vec<&str> = Language::codes().collect();
            return Some(format!(
                "The article seems to be in {name}, from which nothing can be drafted yet: its text is kept, and its source is recorded. If it is in another language, import it again with `--language` (`{}`).",
                known.join("`, `")
            ));
        }
        self.seems.map(|name| {
            format!(
                "The article was read as {}, but its words look like {name}. If they are, import it again with `--language`.",
                self.language.name()
            )
        })
    }
}

fn known_language(tag: Option<&str>) -> &'static Language {
    tag.and_then(Language::named)
        .unwrap_or_else(Language::english)
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

fn unknown_language(tag: &str) -> Error {
    let known = Language::codes().collect::<Vec<_>>().join("`, `");
    Error::usage(format!("articles in `{tag}` can't be read yet"))
        .help(format!("the languages are `{known}`"))
}

/// A folder of pages as typed, with or without `content/` before it.
fn folder(into: &str) -> Result<String, Error> {
    let path = into.replace('\\', "/");
    let mut parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let is_within = !parts.is_empty()
        && !path.starts_with('/')
        && !path.contains(':')
        && !parts.iter().any(|part| part.starts_with('.'));
    if !is_within {
        let message = format!("`{into}` isn't a folder below `content/`");
        return Err(Error::usage(message).help("name one such as `--into content/story`"));
    }
    if parts[0] != "content" {
        parts.insert(0, "content");
    }
    Ok(parts.join("/"))
}

/// The names of the texts that are kept, without extensions. A missing folder counts as empty.
fn texts_on_disk(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join(PRIVATE));
    entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some(path.file_stem()?.to_string_lossy().into_owned())
        })
        .collect()
}

/// The bytes of a file of the project.
fn read_below(root: &Path, path: &str) -> std::io::Result<Vec<u8>> {
    /// In bytes; no article is longer than this.
    const MAX_BYTES: u64 = 64 << 20;
    Root::open(root)?.read(Path::new(path), MAX_BYTES)
}

/// Whether the rules in a `.gitignore` exclude the texts of sources.
fn keeps_private(rules: &str) -> bool {
    rules.lines().any(|line| {
        let rule = line.trim().trim_matches('/');
        let rule = rule.trim_end_matches("/*").trim_end_matches("/**");
        matches!(rule, "sources/private" | "sources" | "private")
    })
}

fn report(changes: &[Change], draft: &Draft, reading: Option<&Reading>) -> Report {
    let paths = |is_new: bool| -> Vec<SourcePath> {
        changes
            .iter()
            .filter(|change| change.before.is_none() == is_new)
            .map(|change| change.path.clone())
            .collect()
    };
    let n_drafted = |kind: RecordKind| {
        let records = draft.records.iter();
        records.filter(|record| record.kind == kind).count()
    };
    let drafted = RecordKind::ALL
        .into_iter()
        .map(|kind| (kind, n_drafted(kind)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let unresolved: Vec<String> = reading
        .filter(|reading| reading.published().is_none())
        .map(|reading| {
            let dates = reading.dates().into_iter();
            dates
                .filter(|date| date.date.is_none())
                .map(|date| reading.text()[date.range].to_owned())
                .collect()
        })
        .unwrap_or_default();
    Report {
        made: paths(true),
        changed: paths(false),
        drafted,
        n_unattributed: draft.n_unattributed(),
        undated: unresolved
            .first()
            .map(|first| (unresolved.len(), first.clone())),
        left_out: Vec::new(),
        published: reading.and_then(Reading::published),
        text: None,
        remark: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_pages_are_imported_into() {
        assert_eq!(folder("content/story/").unwrap(), "content/story");
        assert_eq!(folder("./content\\a\\b").unwrap(), "content/a/b");
        assert_eq!(folder("content").unwrap(), "content");
        for wrong in ["/content/a", "content/../static", "content/.git", ""] {
            assert!(folder(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rule_that_keeps_texts_private_is_known() {
        for rules in [
            "/sources/private\n",
            "/public\nsources/private/\n",
            "sources/private/*",
        ] {
            assert!(keeps_private(rules), "{rules}");
        }
        for rules in [
            "",
            "# /sources/private\n",
            "/sources/public",
            "!/sources/private",
        ] {
            assert!(!keeps_private(rules), "{rules}");
        }
    }
}
