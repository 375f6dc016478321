//! The settings in `site.yaml`.
//!
//! They are read once and every value is checked, so that nothing has to doubt a [`Config`]. Whether the files that it
//! names exist is left to `check`. Start with [`Config::parse`].

mod base_url;
mod languages;
mod links;
mod policy;
mod project;
mod settings;

use std::collections::BTreeMap;

use icu_locale_core::Locale;
use url::{Host, Url};

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{FieldPath, Format, RawColors, RawConfig, Yaml, decode};
use crate::model::holds_login;
use crate::project::{Ignore, SourceFile, SourcePath};

pub use base_url::{BaseUrlError, base_url};
pub use languages::SiteLanguage;
pub use links::{LinkTarget, MenuItem, MenuLink};
pub use policy::Policy;
pub use project::{ignored_by, of_project, snapshot};
pub use settings::Settings;

/// The file of settings.
pub const CONFIG: &str = "site.yaml";

/// The checked settings of a site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The site's name; never empty.
    pub title: String,
    /// A description of the site, in one or two sentences.
    pub description: Option<String>,
    /// Where it is published, with a slash at the end; see [`base_url()`].
    pub base_url: Option<String>,
    /// The language of its pages: a BCP 47 tag in its canonical form, `en` if none is given.
    pub language: String,
    /// Its other languages, in the writer's order.
    pub languages: Vec<SiteLanguage>,
    /// Who writes it.
    pub author: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The `http` or `https` address of the repository with its sources.
    pub repository: Option<String>,
    /// The links in the header of every page, in order.
    pub menu: Vec<MenuItem>,
    /// The links at the bottom of every page, in order.
    pub footer: Vec<MenuLink>,
    /// Whether there are feeds.
    pub feeds: bool,
    /// Whether their entries hold whole texts.
    pub full_text: bool,
    /// Whether the site can be searched.
    pub search: bool,
    /// Whether pages have a preview picture for sites that share their address.
    pub cards: bool,
    /// The fonts of those pictures for scripts that the program's own lacks: files relative to `static/`.
    pub card_fonts: Vec<SourcePath>,
    /// Whether each explainer of several pages is also on one page, for paper.
    pub handouts: bool,
    /// Whether figures, reactions and timelines have addresses of their own, for frames on other sites.
    pub embeds: bool,
    /// Whether embeds come with a script that makes their frames as high as they are.
    pub embed_script: bool,
    /// Whether links omit `index.html`.
    pub pretty_urls: bool,
    /// The theme colors that the writer has set.
    pub colors: Colors,
    /// Whether raw HTML in Markdown is passed through.
    pub unsafe_html: bool,
    /// Whether straight quotation marks, hyphens and dots in Markdown become typographic ones.
    pub smart: bool,
    /// The port of the live preview, if the writer wants another than the default.
    pub preview_port: Option<u16>,
    /// The extensions of files that are published from `content/` without a link, in lower case and without the dot.
    pub files: Vec<String>,
    /// Glob patterns of files to leave out, all of them valid.
    pub ignore: Vec<String>,
    /// Whether a published record is changed only with a correction or an update.
    pub requires_corrections: bool,
    /// Which other hosts pages may load from.
    pub policy: Policy,
    /// The custom domain on GitHub Pages.
    pub cname: Option<String>,
    /// Whether `_headers` and `_redirects` are written for hosts that read them.
    pub headers: bool,
}

/// Colors by their names in the theme (`accent`), as `#rgb` or `#rrggbb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Colors {
    /// On a light background.
    pub light: BTreeMap<&'static str, String>,
    /// On a dark background.
    pub dark: BTreeMap<&'static str, String>,
}

impl Config {
    /// The path of `base_url`, with a slash at both ends: `/` for a site with its own host, `/repo/` for one below it.
    pub fn base_path(&self) -> String {
        let url = self.base_url.as_deref().map(Url::parse);
        url.and_then(Result::ok)
            .map_or_else(|| "/".to_owned(), |url| url.path().to_owned())
    }

    /// Reads `site.yaml`; `file` is `None` if there is none.
    ///
    /// Records every fault. A value that can't be used is left out, so that the rest of the run shows the other faults
    /// too. Without a file, or without a title, there is nothing to continue with.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_document::config::Config;
    /// use nutgraf_project::diag::Diagnostics;
    /// use nutgraf_project::project::{Snapshot, SourcePath};
    ///
    /// let snapshot = Snapshot::from_files([("site.yaml", "title: Border\nlanguage: en-us\n")]);
    /// let file = snapshot.get(&SourcePath::new("site.yaml"));
    /// let config = Config::parse(file, &mut Diagnostics::new()).unwrap();
    /// assert_eq!(config.language, "en-US");
    /// assert!(config.feeds);
    /// ```
    pub fn parse(file: Option<&SourceFile>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Some(file) = file else {
            let place = Place::file(&SourcePath::new("site.yaml"));
            let message = "there is no `site.yaml` here, and it gives the site its title";
            let help = "run `nutgraf init` for a new site, or name the site's folder with `--root`";
            diagnostics.push(Diagnostic::new(Code::BadConfig, place, message).help(help));
            return None;
        };
        let text = decode(&file.path, &file.bytes)
            .map_err(|fault| diagnostics.push(*fault))
            .ok()?;
        let yaml = yaml(file, text);
        let (raw, faults) = yaml.read::<RawConfig>();
        diagnostics.extend(faults);
        Check { yaml, diagnostics }.config(&raw?)
    }
}

/// The place of a field in `site.yaml`, for faults that only later stages can see, such as a missing page in `menu`.
/// Falls back to what is around the field, then to the first line.
pub fn place(file: &SourceFile, path: &FieldPath) -> Place {
    match std::str::from_utf8(&file.bytes) {
        Ok(text) => yaml(file, text).place(path),
        Err(_) => Place::file(&file.path),
    }
}

/// The file that an item of `card_fonts:` names, relative to `static/`, which may be written, too.
fn card_font(written: &str) -> SourcePath {
    let written = written.trim().trim_start_matches('/');
    let path = written.strip_prefix("static/").unwrap_or(written);
    SourcePath::new(format!("static/{path}"))
}

fn yaml<'a>(file: &'a SourceFile, text: &'a str) -> Yaml<'a> {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    Yaml {
        file: &file.path,
        text,
        range: start..text.len(),
        format: Format::Site,
    }
}

struct Check<'a> {
    yaml: Yaml<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn config(mut self, raw: &RawConfig) -> Option<Config> {
        let title = present(raw.title.as_deref());
        if title.is_none() && !raw.faulty.has("title") {
            let help = "add a line `title: …` with the site's name";
            self.fault(&FieldPath::field("title"), "the site has no `title`", help);
        }
        let config = Config {
            title: title.unwrap_or_default(),
            description: present(raw.description.as_deref()),
            base_url: self.base_url(raw.base_url.as_deref()),
            language: self.language(raw.language.as_deref()),
            languages: self.languages(raw),
            author: present(raw.author.as_deref()),
            publisher: present(raw.publisher.as_deref()),
            repository: self.repository(raw.repository.as_deref()),
            menu: self.menu(&FieldPath::field("menu"), &raw.menu.0),
            footer: self.footer(&raw.footer.0),
            feeds: raw.feeds.is_on.unwrap_or(true),
            full_text: raw.feeds.fields.full_text.unwrap_or(false),
            search: raw.search.unwrap_or(true),
            cards: raw.cards.unwrap_or(true),
            card_fonts: raw
                .card_fonts
                .0
                .iter()
                .map(|font| card_font(font))
                .collect(),
            handouts: raw.handouts.unwrap_or(true),
            embeds: raw.embeds.unwrap_or(true),
            embed_script: raw.embed_script,
            pretty_urls: raw.pretty_urls.unwrap_or(true),
            colors: self.colors(&raw.colors),
            unsafe_html: raw.markdown.unsafe_html.unwrap_or(false),
            smart: raw.markdown.smart.unwrap_or(true),
            preview_port: self.port(raw.preview.port.as_deref()),
            files: self.files(&raw.files.0),
            ignore: self.ignore(&raw.ignore.0),
            requires_corrections: raw.policies.corrections.is_some(),
            policy: self.policy(&raw.policy),
            cname: self.cname(raw.cname.as_deref()),
            headers: raw.headers.unwrap_or(false),
        };
        (!config.title.is_empty()).then_some(config)
    }

    fn fault(&mut self, path: &FieldPath, message: impl Into<String>, help: impl Into<String>) {
        let place = self.yaml.place(path);
        let fault = Diagnostic::new(Code::BadConfig, place, message);
        self.diagnostics.push(fault.help(help));
    }

    fn base_url(&mut self, written: Option<&str>) -> Option<String> {
        let written = present(written)?;
        let found = base_url(&written);
        found
            .map_err(|reason| {
                let message = format!("`base_url` can't be `{written}`: {reason}");
                let bare = written.trim_start_matches('/');
                let help = match reason {
                    BaseUrlError::NotAbsolute if bare.contains('.') => {
                        format!("write `base_url: https://{bare}`")
                    }
                    _ => "write the address of the site's home page: `base_url: https://example.org/`".to_owned(),
                };
                self.fault(&FieldPath::field("base_url"), message, help);
            })
            .ok()
    }

    fn language(&mut self, written: Option<&str>) -> String {
        let written = present(written).unwrap_or_else(|| "en".to_owned());
        match Locale::try_from_str(&written) {
            Ok(locale) => locale.to_string(),
            Err(_) => {
                let message =
                    format!("`language` should be a language tag (BCP 47), not `{written}`");
                let help = "write a tag such as `en`, `en-GB`, `fr` or `zh-Hans`";
                self.fault(&FieldPath::field("language"), message, help);
                "en".to_owned()
            }
        }
    }

    fn repository(&mut self, written: Option<&str>) -> Option<String> {
        let written = present(written)?;
        if holds_login(&written) {
            let message = "`repository` is published, and holds a user name or a password";
            let help = "take out what comes before the `@`";
            self.fault(&FieldPath::field("repository"), message, help);
            return None;
        }
        if is_address(&written, &["http", "https"]) {
            return Some(written);
        }
        let message =
            format!("`repository` should be an address that a browser can open, not `{written}`");
        let help = "write its page: `repository: https://github.com/OWNER/NAME`";
        self.fault(&FieldPath::field("repository"), message, help);
        None
    }

    fn colors(&mut self, raw: &RawColors) -> Colors {
        let colors = FieldPath::field("colors");
        Colors {
            light: self.palette(&raw.light(), &colors),
            dark: self.palette(&raw.dark.named(), &colors.key("dark")),
        }
    }

    fn palette(
        &mut self,
        named: &[(&'static str, Option<&str>)],
        path: &FieldPath,
    ) -> BTreeMap<&'static str, String> {
        let mut palette = BTreeMap::new();
        for (name, color) in named {
            let Some(color) = color else { continue };
            if is_color(color) {
                palette.insert(*name, (*color).to_owned());
                continue;
            }
            let message =
                format!("`{name}` should be a color in hexadecimal digits, not `{color}`");
            let help = format!("write `{name}: \"#1a5fb4\"`, with the quotation marks");
            self.fault(&path.key(name), message, help);
        }
        palette
    }

    fn port(&mut self, written: Option<&str>) -> Option<u16> {
        let written = present(written)?;
        let port = written.parse().ok().filter(|port| *port > 0);
        if port.is_none() {
            let message = format!("`port` should be a number from 1 to 65535, not `{written}`");
            let help = "write `port: 1414`, or remove the line";
            self.fault(&FieldPath::field("preview").key("port"), message, help);
        }
        port
    }

    /// Extensions, in any spelling: `pdf`, `.PDF`, `*.pdf`.
    fn files(&mut self, kinds: &[String]) -> Vec<String> {
        let mut usable = Vec::new();
        for (index, kind) in kinds.iter().enumerate() {
            let ending = kind
                .trim_start_matches("*")
                .trim_start_matches('.')
                .to_lowercase();
            if !ending.is_empty() && ending.chars().all(char::is_alphanumeric) {
                usable.push(ending);
            } else {
                let message =
                    format!("`files` names kinds of files by their endings, and `{kind}` is none");
                let help = "write an ending such as `pdf`; a single file is published if a page links to it, or if it is in `static/`";
                self.fault(&FieldPath::item("files", index), message, help);
            }
        }
        usable
    }

    fn ignore(&mut self, patterns: &[String]) -> Vec<String> {
        let mut usable = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            match Ignore::check(pattern) {
                Ok(()) => usable.push(pattern.clone()),
                Err(reason) => {
                    let message = format!("the pattern `{pattern}` can't be used: {reason}");
                    let help = "write a path with `*` for any name: `content/drafts/*.md`";
                    self.fault(&FieldPath::item("ignore", index), message, help);
                }
            }
        }
        usable
    }

    fn cname(&mut self, written: Option<&str>) -> Option<String> {
        let written = present(written)?;
        if let Some(domain) = domain(&written) {
            return Some(domain);
        }
        let message = format!("`cname` should be a domain by itself, not `{written}`");
        let help = "write `cname: www.example.org`, without `https://` and without slashes";
        self.fault(&FieldPath::field("cname"), message, help);
        None
    }
}

/// A bare domain such as `www.example.org`, in lower case; `None` if the text is anything else.
///
/// # Examples
///
/// ```
/// use nutgraf_document::config::domain;
///
/// assert_eq!(domain("News.Example.org").as_deref(), Some("news.example.org"));
/// assert_eq!(domain("https://example.org/"), None);
/// ```
pub fn domain(written: &str) -> Option<String> {
    let is_domain = written.contains('.')
        && !written.contains(['/', ':', '@', '?', '#', ' '])
        && matches!(Host::parse(written), Ok(Host::Domain(_)));
    is_domain.then(|| written.to_lowercase())
}

/// A text without surrounding spaces; `None` if nothing remains.
fn present(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn is_address(text: &str, schemes: &[&str]) -> bool {
    Url::parse(text).is_ok_and(|url| schemes.contains(&url.scheme()))
}

/// Whether a text is `#rgb` or `#rrggbb`.
fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
