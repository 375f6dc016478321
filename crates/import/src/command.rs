//! `nutgraf import`: drafts an explainer on disk from a file.

use std::path::{Path, PathBuf};

use crate::config::{self, CONFIG};
use crate::diag::Diagnostics;
use crate::error::Error;
use crate::model::Day;
use crate::project::{Snapshot, SourcePath};

use super::draft::{Draft, text_path};
use super::input::{self, ArticleFile, FileRead, Input};
use super::join::{self, Adds, KnownText};
use super::language::Language;
use super::lists::{self, List};
use super::places::{PRIVATE, folder, keeps_private, read_below, texts_on_disk};
use super::reading::Reading;
use super::report::{Joined, Report, report};
use super::sample::{SAMPLE_TEXT, is_left_of_sample, is_text_of_sample};
use super::spoken::{Spoken, primary};
use super::story::{Change, Story};
use super::text::About;
use super::write;

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

/// Drafts records from a file beside those of an explainer. Importing the same again changes nothing.
///
/// # Errors
///
/// If the file can't be read as an article or a list; if a page that records would be added to has faults; or if the
/// disk refuses. Nothing is written then.
pub fn import(options: &ImportOptions) -> Result<Report, Error> {
    let bytes = input::bytes(&options.file)?;
    let FileRead {
        input: found,
        remark,
    } = Input::read(&options.file, &bytes)?;
    // Faults of other files are for `check` to tell.
    let snapshot = config::snapshot(&options.root, &mut Diagnostics::new())?;
    let importer = Importer {
        options,
        snapshot,
        name: name_of(&options.file),
    };
    if let Input::Package(paths) = &found {
        return package(options, paths);
    }
    let report = importer.input(found)?;
    let said = [remark, report.remark].into_iter().flatten();
    let said = said.collect::<Vec<_>>().join(" ");
    Ok(Report {
        remark: (!said.is_empty()).then_some(said),
        ..report
    })
}

/// Lets the sample make way: files of the same names are new in their place, and the others go.
fn make_way(sample: &[(SourcePath, String)], changes: &mut Vec<Change>) {
    for (path, text) in sample {
        match changes.iter_mut().find(|change| change.path == *path) {
            Some(change) => change.before = Some(text.clone()),
            None => changes.push(Change {
                path: path.clone(),
                before: Some(text.clone()),
                after: None,
            }),
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

/// Imports the files of a data package, one after the other.
fn package(options: &ImportOptions, paths: &[String]) -> Result<Report, Error> {
    let folder = options.file.parent().unwrap_or(Path::new(""));
    let into = options.into.clone().unwrap_or_else(|| "records".to_owned());
    let mut all = Report::default();
    for path in paths {
        let report = import(&ImportOptions {
            file: folder.join(path),
            into: Some(into.clone()),
            ..options.clone()
        })?;
        all.made.extend(report.made);
        let made = all.made.clone();
        let changed = report.changed.into_iter();
        let changed = changed.filter(|path| !made.contains(path));
        all.changed.extend(changed);
        all.drafted.extend(report.drafted);
        all.left_out.extend(report.left_out);
    }
    Ok(all)
}

struct Importer<'a> {
    options: &'a ImportOptions,
    snapshot: Snapshot,
    /// The file's name without its extension.
    name: String,
}

impl Importer<'_> {
    fn input(&self, found: Input) -> Result<Report, Error> {
        match found {
            Input::Article(found) => {
                let mut report = self.article(&found)?;
                let said = found.doubts.into_iter().chain(report.remark.take());
                let said = said.collect::<Vec<_>>().join(" ");
                report.remark = (!said.is_empty()).then_some(said);
                report.left_out.extend(found.left_out);
                Ok(report)
            }
            Input::TimelineJs(value) => {
                let story = self.story(&self.list_name())?;
                let draft = lists::timeline(&value, &self.list_name(), &story.present);
                self.list(&story, draft)
            }
            Input::Calendar(text) => {
                let story = self.story(&self.list_name())?;
                let draft = lists::calendar(&text, &self.list_name(), &story.present);
                self.list(&story, draft)
            }
            Input::Markwhen(text) => {
                let story = self.story(&self.list_name())?;
                let draft = lists::markwhen(&text, &self.list_name(), &story.present);
                self.list(&story, draft)
            }
            Input::Table(text) => {
                let story = self.story(&self.list_name())?;
                let draft = lists::table(&text, &self.list_name(), &story.present);
                self.list(&story, draft)
            }
            Input::Records(value) => {
                let story = self.story("records")?;
                let draft = lists::exports(&value, &story.present);
                self.list(&story, draft)
            }
            // Its files come one by one.
            Input::Package(_) => Ok(Report::default()),
            Input::Csl(value) => {
                let story = self.story("sources")?;
                let draft = lists::sources(&value, &story.present);
                self.list(&story, draft)
            }
            Input::BibTex(text) => {
                let story = self.story("sources")?;
                let draft = lists::bibliography(&text, &story.present);
                self.list(&story, draft)
            }
            Input::Ris(text) => {
                let story = self.story("sources")?;
                let draft = lists::tagged(&text, &story.present);
                self.list(&story, draft)
            }
            Input::Hayagriva(text) => {
                let story = self.story("sources")?;
                let draft = lists::library(&text, &story.present);
                self.list(&story, draft)
            }
        }
    }

    /// The explainer to which records are added.
    fn story(&self, name: &str) -> Result<Story, Error> {
        let folder = match &self.options.into {
            Some(into) => folder(into)?,
            None => match crate::project::slugify(name) {
                slug if slug.is_empty() => "content/story".to_owned(),
                slug => format!("content/{slug}"),
            },
        };
        self.story_in(&folder, &|_| false)
    }

    fn story_in(
        &self,
        folder: &str,
        is_passed_over: &dyn Fn(&SourcePath) -> bool,
    ) -> Result<Story, Error> {
        let mut story = Story::read(&self.snapshot, folder, is_passed_over)?;
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
        let List {
            draft,
            mut left_out,
        } = list.map_err(|reason| {
            let file = self.options.file.display();
            Error::usage(format!("cannot import `{file}`: {reason}"))
        })?;
        let site_language = self.site_language();
        let language = known_language(site_language.as_deref());
        let mut changes = story.with(&draft, language, false)?;
        let mut remark = None;
        if !draft.eras.is_empty() {
            let n = draft.eras.len();
            match Story::add_eras(&draft.eras, &mut changes) {
                Some(page) if n == 1 => remark = Some(format!("1 era went to `{page}`.")),
                Some(page) => remark = Some(format!("{n} eras went to `{page}`.")),
                None => left_out.push(lists::eras_of_page(&draft.eras)),
            }
        }
        write::write(&self.options.root, &changes)?;
        Ok(Report {
            left_out,
            remark,
            ..report(&changes, &draft, None)
        })
    }

    fn article(&self, found: &ArticleFile) -> Result<Report, Error> {
        let options = self.options;
        let tag = found.language.as_deref();
        let spoken = Spoken::of(options.language.as_deref(), tag, &found.text)?;
        let language = spoken.language;
        let published = options.published.or(found.published);
        let reading = Reading::of(&found.text, published, language);
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
        let about = given.or(&found.about).or(reading.about());
        let sample = self.sample();
        let mut story = match &sample {
            // The draft is the site.
            Some(_) => self.story_in("content", &|path| path.folder().starts_with("content"))?,
            None => self.story(about.headline.as_deref().unwrap_or(&self.name))?,
        };
        let kept = format!("{}\n", reading.text());
        if let Some(known) = self.imported(&story, &about, &kept) {
            return self.restore(&known, kept);
        }
        let site_language = self.site_language();
        let foreign = site_language
            .as_deref()
            .filter(|site| primary(site) != spoken.code)
            .map(|_| spoken.code.as_str());
        let mut draft = Draft::of(&reading, &about, foreign, &story.present);
        let joined = self.join(&mut story, &mut draft, &reading);
        let site_table = site_language.as_deref().and_then(Language::named);
        let mut changes = self.private(&text_path(&draft.source), kept)?;
        changes.extend(story.with(
            &draft,
            site_table.unwrap_or(language),
            !joined.differing.is_empty(),
        )?);
        let sample = sample.unwrap_or_default();
        let new = report(&changes, &draft, Some(&reading));
        make_way(&sample, &mut changes);
        write::write(&self.options.root, &changes)?;
        Ok(Report {
            made_way: sample.into_iter().map(|(path, _)| path).collect(),
            text: Some(SourcePath::new(text_path(&draft.source))),
            remark: spoken.remark(),
            joined,
            ..new
        })
    }

    /// Joins what is drafted with what other articles have said.
    fn join(&self, story: &mut Story, draft: &mut Draft, reading: &Reading) -> Joined {
        let root = &self.options.root;
        let sources = story.present.sources.iter();
        let texts = sources.filter_map(|source| {
            let bytes = read_below(root, source.text.as_deref()?).ok()?;
            Some(KnownText {
                source: source.id.clone(),
                text: String::from_utf8(bytes).ok()?,
            })
        });
        let texts: Vec<KnownText> = texts.collect();
        let language = reading.language;
        let pairs = join::join(draft, reading.text(), &story.known, &texts, language);
        let mut joined = Joined::default();
        for (amendment, record) in pairs {
            if !story.amend(&amendment) {
                // Its record is written in a way of its own, and stays as it is.
                draft.records.push(record);
                continue;
            }
            let id = format!("{}:{}", amendment.kind.name(), amendment.id);
            match &amendment.adds {
                Adds::Source(source) => {
                    joined.n_copied += usize::from(source.copy_of.is_some());
                    joined.agreeing.push(id);
                }
                Adds::Account(..) => joined.differing.push(id),
            }
        }
        draft.drop_unnamed();
        joined
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
                after: Some(after),
            });
        }
        changes.push(Change {
            path: SourcePath::new(path),
            before: None,
            after: Some(text),
        });
        Ok(changes)
    }

    /// The files of the sample of a new site that nobody has touched: all there is, or nothing at all. `None` if there
    /// is anything of the writer's, or a folder was named.
    fn sample(&self) -> Option<Vec<(SourcePath, String)>> {
        if self.options.into.is_some() {
            return None;
        }
        let mut sample = Vec::new();
        for file in self.snapshot.below("content") {
            if !is_left_of_sample(file.path.as_str(), &file.bytes) {
                return None;
            }
            let text = String::from_utf8(file.bytes.to_vec()).ok()?;
            sample.push((file.path.clone(), text));
        }
        if let Ok(bytes) = read_below(&self.options.root, SAMPLE_TEXT)
            && is_text_of_sample(&bytes)
            && let Ok(text) = String::from_utf8(bytes)
        {
            sample.push((SourcePath::new(SAMPLE_TEXT), text));
        }
        Some(sample)
    }

    /// The language that `site.yaml` names.
    fn site_language(&self) -> Option<String> {
        let file = self.snapshot.get(&SourcePath::new(CONFIG));
        let config = config::Config::parse(file, &mut Diagnostics::new())?;
        Some(config.language.to_string())
    }
}

fn known_language(tag: Option<&str>) -> &'static Language {
    tag.and_then(Language::named)
        .unwrap_or_else(Language::english)
}
