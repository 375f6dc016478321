//! The project's templates on top of the theme's.

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Tera, Value};

use super::{fault, filters};
use crate::diag::{Code, Diagnostic, Place};
use crate::plan::view::{FeedView, PageView, RedirectView, SiteView, SitemapView};
use crate::project::SourcePath;
use crate::theme;

/// The folder of a project's templates.
const FOLDER: &str = "templates/";

/// The prefix of built-in templates, so that a project's template can extend the one that it replaces: `{% extends
/// "__builtin/page.html" %}`.
const BUILTIN: &str = "__builtin/";

/// The extensions of templates. Other files in the folder (notes, words) are ignored.
const ENDINGS: [&str; 4] = ["html", "htm", "xml", "txt"];

/// The initial size of the output buffer, enough for a typical page, so that rendering seldom has to move it.
const USUAL_SIZE: usize = 24 * 1024;

/// Every template of a site, parsed and checked as a set.
///
/// Output in `.html`, `.htm` and `.xml` is escaped unless a template uses `| safe`.
///
/// There are two filters in addition to those of Tera 2: `fill` inserts values into the placeholders of words (`{{
/// words.by | fill(names="Ada") }}`), and `plural` chooses words by a number (`{{ words | plural(key="reading_minutes",
/// n=3) }}`).
///
/// # Examples
///
/// ```
/// use nutgraf::diag::Place;
/// use nutgraf::plan::view::{PageView, SiteView};
/// use nutgraf::project::SourcePath;
/// use nutgraf::render::{BuiltIn, Shared, Templates, View};
///
/// let own = SourcePath::new("templates/page.html");
/// let templates = Templates::new([(&own, "<h1>{{ page.title }}</h1>")], &BuiltIn::new("en")).unwrap();
/// let shared = Shared::new(&SiteView::default(), &());
/// let page = PageView { title: "A & B".to_owned(), ..PageView::default() };
/// let asked_by = Place::file(&SourcePath::new("content/index.md"));
/// let bytes = templates.render("page.html", &shared, View::Page(&page), &asked_by).unwrap();
/// assert_eq!(bytes, b"<h1>A &amp; B</h1>");
/// ```
#[derive(Debug)]
pub struct Templates(Tera);

/// The parsed templates of the theme, which [`Templates`] start from.
#[derive(Clone, Debug)]
pub struct BuiltIn(Tera);

impl BuiltIn {
    /// The theme's templates, which put counts into words by the plural rules of `language`.
    pub fn new(language: &str) -> Self {
        let mut tera = empty(language);
        let named = theme::TEMPLATES
            .iter()
            .map(|(name, source)| (format!("{BUILTIN}{name}"), *source));
        tera.add_raw_templates(named)
            .expect("the theme's templates are sound");
        Self(tera)
    }
}

/// What all outputs of a site have in common, prepared once: `site` and `words`.
#[derive(Clone, Debug)]
pub struct Shared {
    site: Value,
    words: Value,
    labels: Value,
}

impl Shared {
    /// The site's view, and its words by key.
    pub fn new(site: &SiteView, words: &impl Serialize) -> Self {
        let words = Value::from_serializable(words);
        Self {
            site: Value::from_serializable(site),
            labels: words.clone(),
            words,
        }
    }

    /// The same, with some words in English on a page in another language. In `labels` they are marked as such, so that
    /// they are pronounced in English and don't disturb right-to-left text; in `words` they are plain, for attributes.
    pub fn with_english<'w>(
        mut self,
        foreign: impl IntoIterator<Item = (&'w str, &'w str)>,
    ) -> Self {
        let mut labels = self.labels.into_map().unwrap_or_default();
        for (key, words) in foreign {
            let mut html = Vec::from("<bdi lang=\"en\">");
            tera::escape_html(words, &mut html).expect("a vector has room");
            html.extend_from_slice(b"</bdi>");
            let html = String::from_utf8_lossy(&html);
            labels.insert(Key::from(key.to_owned()), Value::safe_string(&html));
        }
        self.labels = Value::from(labels);
        self
    }
}

/// What a template gets, under the variant's name in lower case.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// A page: `page`.
    Page(&'a PageView),
    /// An old address: `redirect`.
    Redirect(&'a RedirectView),
    /// The Atom feed: `feed`.
    Feed(&'a FeedView),
    /// The sitemap: `sitemap`.
    Sitemap(&'a SitemapView),
    /// Only what all templates share, for `robots.txt`.
    Nothing,
}

impl View<'_> {
    fn context(self) -> Context {
        let mut context = Context::new();
        match self {
            Self::Page(page) => context.insert("page", page),
            Self::Redirect(redirect) => context.insert("redirect", redirect),
            Self::Feed(feed) => context.insert("feed", feed),
            Self::Sitemap(sitemap) => context.insert("sitemap", sitemap),
            Self::Nothing => {}
        }
        context
    }
}

impl Templates {
    /// The built-in templates overlaid with those of the project. `project` may contain any files of the project: only
    /// templates count.
    ///
    /// # Errors
    ///
    /// Every template that isn't valid Tera; otherwise, every unknown name that a template uses.
    pub fn new<'a>(
        project: impl IntoIterator<Item = (&'a SourcePath, &'a str)>,
        builtin: &BuiltIn,
    ) -> Result<Self, Vec<Diagnostic>> {
        let project: Vec<(&str, &str)> = project
            .into_iter()
            .filter_map(|(file, source)| Some((template_name(file)?, source)))
            .collect();
        let reserved: Vec<Diagnostic> = project
            .iter()
            .filter(|(name, _)| name.starts_with(BUILTIN))
            .map(|(name, _)| reserved_name(name))
            .collect();
        if !reserved.is_empty() {
            return Err(reserved);
        }
        let mut tera = builtin.0.clone();
        match tera.add_raw_templates(project.iter().copied()) {
            Ok(()) => Ok(Self(tera)),
            Err(error) => Err(load_faults(&error, &project)),
        }
    }

    /// Renders a view with the template of this name. `asked_by` is the content that it shows.
    ///
    /// # Errors
    ///
    /// The fault, at its place in the template, with `asked_by` beside it.
    pub fn render(
        &self,
        template: &str,
        shared: &Shared,
        view: View<'_>,
        asked_by: &Place,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = view.context();
        context.insert_value("site", shared.site.clone());
        context.insert_value("words", shared.words.clone());
        context.insert_value("labels", shared.labels.clone());
        let mut bytes = Vec::with_capacity(USUAL_SIZE);
        match self.0.render_to(template, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let fault = fault::of_rendering(&error, template);
                Err(Box::new(fault.related(asked_by.clone(), "for this page")))
            }
        }
    }
}

/// The source of a built-in template, by the file name in diagnostics.
pub fn builtin_text(file: &SourcePath) -> Option<&'static str> {
    let name = file.as_str().strip_prefix(FOLDER)?.strip_prefix(BUILTIN)?;
    theme::TEMPLATES
        .iter()
        .find(|(builtin, _)| *builtin == name)
        .map(|(_, source)| *source)
}

/// The file of a template. Built-in ones get a name that no project file has.
pub(super) fn file_of(template: &str) -> SourcePath {
    SourcePath::new(format!("{FOLDER}{template}"))
}

fn template_name(file: &SourcePath) -> Option<&str> {
    let name = file.as_str().strip_prefix(FOLDER)?;
    ENDINGS.contains(&file.extension()).then_some(name)
}

fn empty(language: &str) -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("fill", filters::fill);
    tera.register_filter("plural", filters::plural(language));
    tera.register_filter(
        "filesize_format",
        tera_contrib::filesize_format::filesize_format,
    );
    tera.register_filter("format", tera_contrib::format::format);
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("slugify", tera_contrib::slug::slug);
    tera.register_filter("spaceless", tera_contrib::regex::spaceless);
    tera.register_filter("striptags", tera_contrib::regex::striptags);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter(
        "urlencode_strict",
        tera_contrib::urlencode::urlencode_strict,
    );
    tera.set_fallback_prefixes([BUILTIN])
        .expect("there are no templates yet");
    tera
}

fn reserved_name(name: &str) -> Diagnostic {
    let message = format!("`{BUILTIN}` is the place of the built-in templates");
    let place = Place::file(&file_of(name));
    let own_name = name.trim_start_matches(BUILTIN);
    Diagnostic::new(Code::TemplateSyntax, place, message)
        .help(format!("move the file to `{FOLDER}{own_name}`"))
}

/// Why the templates can't be loaded. The engine stops at the first template that it can't parse, so each is tried on
/// its own; faults between templates only show when all of them can be parsed.
fn load_faults(error: &tera::Error, project: &[(&str, &str)]) -> Vec<Diagnostic> {
    let unparsed: Vec<Diagnostic> = project
        .iter()
        .filter_map(|(name, source)| {
            let error = empty("en").add_raw_template(name, source).err()?;
            fault::of_syntax(&error, source)
        })
        .collect();
    if !unparsed.is_empty() {
        return unparsed;
    }
    let builtin = theme::TEMPLATES.iter().map(|(name, _)| *name);
    let names: Vec<&str> = project
        .iter()
        .map(|(name, _)| *name)
        .chain(builtin)
        .collect();
    fault::of_set(error, project, &names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(project: &[(&str, &str)]) -> Result<Templates, Vec<Diagnostic>> {
        let files: Vec<(SourcePath, &str)> = project
            .iter()
            .map(|(path, source)| (SourcePath::new(path), *source))
            .collect();
        let files = files.iter().map(|(path, source)| (path, *source));
        Templates::new(files, &BuiltIn::new("en"))
    }

    fn faults(project: &[(&str, &str)]) -> Vec<Diagnostic> {
        load(project).unwrap_err()
    }

    fn marked<'a>(fault: &Diagnostic, source: &'a str) -> &'a str {
        let span = fault.place.span.unwrap();
        &source[span.start as usize..span.end as usize]
    }

    fn shared() -> Shared {
        let words = theme::words("en", [], &mut crate::diag::Diagnostics::new());
        let assets = theme::STATIC
            .iter()
            .map(|(name, _)| (name.to_string(), name.to_string()));
        let site = SiteView {
            assets: assets.collect(),
            ..SiteView::default()
        };
        Shared::new(&site, &words[0])
    }

    fn render(
        templates: &Templates,
        view: View<'_>,
        name: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let asked_by = Place::file(&SourcePath::new("content/index.md"));
        let bytes = templates.render(name, &shared(), view, &asked_by)?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_template_of_the_project_replaces_the_built_in_one_and_can_extend_it() {
        let own = r#"{% extends "__builtin/page.html" %}{% block content %}<b>own</b>{{ super() }}{% endblock %}"#;
        let templates = load(&[
            ("templates/page.html", own),
            ("templates/partials/footer.html", "the foot"),
            ("templates/notes.md", "{{ not a template"),
        ])
        .unwrap();
        let page = PageView::default();
        let html = render(&templates, View::Page(&page), "page.html").unwrap();
        assert!(
            html.contains("<b>own</b>") && html.contains("the foot"),
            "{html}"
        );
        let other = render(&templates, View::Page(&page), "timeline.html").unwrap();
        assert!(!other.contains("<b>own</b>") && other.contains("the foot"));
    }

    #[test]
    fn every_template_that_cannot_be_parsed_is_reported() {
        let wrong = "<p>\n{{ page.title | }}";
        let found = faults(&[
            ("templates/a.html", wrong),
            ("templates/b.html", "{% if %}"),
        ]);
        let files: Vec<&str> = found
            .iter()
            .map(|fault| fault.place.file.as_str())
            .collect();
        assert_eq!(files, ["templates/a.html", "templates/b.html"]);
        assert!(found.iter().all(|fault| fault.code == Code::TemplateSyntax));
        assert_eq!(marked(&found[0], wrong), "}}");
    }

    #[test]
    fn an_unclosed_tag_is_shown_where_it_was_opened() {
        let source = "{% if page.title %}{% for x in page.tags %}{{ x }}{% endfor %}";
        let fault = &faults(&[("templates/a.html", source)])[0];
        assert_eq!(
            fault.help.as_deref(),
            Some("close the `if` with `{% endif %}`")
        );
        let opened = fault.related[0].0.span.unwrap();
        assert_eq!((opened.start, opened.end), (0, 19));
    }

    #[test]
    fn unknown_names_are_reported_at_their_place() {
        let source = "ä\n<i>ü</i>{{ page.title | uper }}\n{% include \"partials/evnt.html\" %}";
        let found = faults(&[("templates/a.html", source)]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].message, "unknown filter `uper`");
        assert!(marked(&found[0], source).contains("uper"));
        assert_eq!(found[1].message, "unknown template `partials/evnt.html`");
        assert_eq!(
            found[1].help.as_deref(),
            Some("did you mean `partials/event.html`?")
        );
    }

    #[test]
    fn a_missing_parent_is_reported_with_the_nearest_name() {
        let source = r#"{% extends "bse.html" %}"#;
        let fault = &faults(&[("templates/page.html", source)])[0];
        assert_eq!(fault.message, "there is no template `bse.html`");
        assert_eq!(fault.help.as_deref(), Some("did you mean `base.html`?"));
        assert_eq!(marked(fault, source), "bse.html");
    }

    #[test]
    fn a_template_that_extends_itself_is_told_how_to_extend_the_built_in_one() {
        let source = r#"{% extends "page.html" %}"#;
        let fault = &faults(&[("templates/page.html", source)])[0];
        assert!(
            fault
                .help
                .as_deref()
                .unwrap()
                .contains("__builtin/page.html")
        );
    }

    #[test]
    fn a_fault_while_rendering_names_the_template_and_the_page() {
        let source = "<p>{{ page.titel }}</p>";
        let templates = load(&[("templates/page.html", source)]).unwrap();
        let page = PageView::default();
        let fault = render(&templates, View::Page(&page), "page.html").unwrap_err();
        assert_eq!(fault.code, Code::TemplateFault);
        assert_eq!(fault.place.file.as_str(), "templates/page.html");
        assert_eq!(fault.message, "field `titel` is not defined");
        assert_eq!(fault.help.as_deref(), Some("did you mean `title`?"));
        assert!(marked(&fault, source).contains("titel"));
        assert_eq!(fault.related[0].0.file.as_str(), "content/index.md");
    }

    #[test]
    fn the_place_of_the_built_in_templates_is_reserved() {
        let fault = &faults(&[("templates/__builtin/page.html", "")])[0];
        assert_eq!(
            fault.help.as_deref(),
            Some("move the file to `templates/page.html`")
        );
    }
    #[test]
    fn outputs_that_are_no_pages_are_rendered_and_escaped() {
        let templates = load(&[]).unwrap();
        let redirect = RedirectView {
            href: "../a/?b&c".to_owned(),
            title: "<A>".to_owned(),
            ..RedirectView::default()
        };
        let html = render(&templates, View::Redirect(&redirect), "redirect.html").unwrap();
        assert!(
            html.contains("url=..&#x2F;a") || html.contains("url=../a/?b&amp;c"),
            "{html}"
        );
        assert!(html.contains("&lt;A&gt;") && !html.contains("<A>"));
        let robots = render(&templates, View::Nothing, "robots.txt").unwrap();
        assert_eq!(robots, "User-agent: *\nAllow: /\n");
        let feed = FeedView::default();
        assert!(
            render(&templates, View::Feed(&feed), "atom.xml")
                .unwrap()
                .ends_with("</feed>\n")
        );
        let sitemap = SitemapView::default();
        assert!(render(&templates, View::Sitemap(&sitemap), "sitemap.xml").is_ok());
    }
}
