//! The built-in theme, every file of which is embedded in the program.
//!
//! A project file with the same name replaces one of these: `templates/page.html` replaces the template,
//! `static/style.css` the stylesheet, and `templates/words/en.yaml` overrides words one by one. It never renders and
//! never reads the disk. Start with [`TEMPLATES`].

pub mod colors;
mod effect;
mod words;

pub(crate) use effect::without_effect;
pub use words::{are_words, has_words, missing as missing_words, words};

/// Lists files below a folder of the repository with their contents.
macro_rules! embed {
    ($include:ident, $folder:literal, [$($name:literal),+ $(,)?]) => {
        &[$(($name, $include!(concat!("../../", $folder, "/", $name)))),+]
    };
}

/// The templates: name and source.
pub const TEMPLATES: &[(&str, &str)] = embed!(
    include_str,
    "templates",
    [
        "404.html",
        "accounts.html",
        "atom.xml",
        "base.html",
        "changes.html",
        "embed.html",
        "figures.html",
        "glossary.html",
        "handout.html",
        "home.html",
        "page.html",
        "partials/accounts.html",
        "partials/body.html",
        "partials/change-list.html",
        "partials/chart.html",
        "partials/citations.html",
        "partials/cite.html",
        "partials/contents.html",
        "partials/corrections.html",
        "partials/csp.html",
        "partials/date.html",
        "partials/downloads.html",
        "partials/embed-code.html",
        "partials/event.html",
        "partials/evidence-note.html",
        "partials/evidence.html",
        "partials/explained.html",
        "partials/figure.html",
        "partials/footer.html",
        "partials/head.html",
        "partials/header.html",
        "partials/key-points.html",
        "partials/child.html",
        "partials/groups.html",
        "partials/languages.html",
        "partials/menu.html",
        "partials/listing.html",
        "partials/pager.html",
        "partials/panels.html",
        "partials/person.html",
        "partials/picture.html",
        "partials/plot.html",
        "partials/question.html",
        "partials/reaction.html",
        "partials/reactions.html",
        "partials/record-notes.html",
        "partials/records.html",
        "partials/source.html",
        "partials/stack.html",
        "partials/strip.html",
        "partials/term.html",
        "partials/timeline.html",
        "partials/title.html",
        "partials/toc.html",
        "people.html",
        "questions.html",
        "reactions.html",
        "redirect.html",
        "robots.txt",
        "search.html",
        "section.html",
        "sitemap.xml",
        "sources.html",
        "timeline.html",
    ]
);

/// The files that are published unchanged: name and content.
pub const STATIC: &[(&str, &[u8])] = embed!(
    include_bytes,
    "static",
    [
        "icon.svg",
        "print.css",
        "records.css",
        "search.js",
        "style.css"
    ]
);

/// The words of the interface: language and YAML.
const WORDS: &[(&str, &str)] = embed!(
    include_str,
    "templates/words",
    [
        "ar.yaml", "de.yaml", "en.yaml", "es.yaml", "fr.yaml", "hi.yaml", "it.yaml", "pl.yaml",
        "pt.yaml", "zh.yaml"
    ]
);

/// A file of the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// The file of a project that replaces it: `templates/page.html`; one with words replaces them one by one.
    pub path: String,
    /// Its content.
    pub bytes: &'static [u8],
}

impl ThemeFile {
    /// Its name without the top folder: `page.html`, `words/en.yaml`, `style.css`.
    pub fn name(&self) -> &str {
        self.path
            .split_once('/')
            .map_or(self.path.as_str(), |(_, name)| name)
    }

    /// Whether it is meant by a name without some of its folders: `figure.html` is `templates/partials/figure.html`.
    pub fn is_named(&self, name: &str) -> bool {
        let rest = self.path.strip_suffix(name);
        rest.is_some_and(|folders| !name.is_empty() && folders.ends_with('/'))
    }

    /// What it is for, in the first sentence of its first comment; empty if it doesn't say.
    pub fn about(&self) -> String {
        let text = String::from_utf8_lossy(self.bytes);
        let start = text.trim_start();
        let comments = [("{#", "#}"), ("/*", "*/"), ("//", "\n"), ("#", "\n")];
        let comment = comments.into_iter().find_map(|(open, close)| {
            let (comment, _) = start.strip_prefix(open)?.split_once(close)?;
            Some(comment.trim().trim_end_matches('-').trim())
        });
        let comment = comment.unwrap_or_default().replace('\n', " ");
        match comment.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => comment,
        }
    }
}

/// Every file of the theme: templates, words, then what is published unchanged; each kind in order of names.
pub fn files() -> Vec<ThemeFile> {
    let file = |folder: &str, name: &str, bytes: &'static [u8]| ThemeFile {
        path: format!("{folder}{name}"),
        bytes,
    };
    let texts = |folder: &'static str, files: &'static [(&'static str, &'static str)]| {
        files
            .iter()
            .map(move |(name, text)| file(folder, name, text.as_bytes()))
    };
    let mut all: Vec<ThemeFile> = texts("templates/", TEMPLATES)
        .chain(texts("templates/words/", WORDS))
        .collect();
    all.extend(
        STATIC
            .iter()
            .map(|(name, bytes)| file("static/", name, bytes)),
    );
    all
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use walkdir::WalkDir;

    use super::*;

    fn on_disk(folder: &str) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut names: Vec<String> = WalkDir::new(&folder)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&folder).unwrap();
                path.to_str().unwrap().replace('\\', "/")
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_file_of_the_theme_is_embedded() {
        let words: Vec<String> = WORDS
            .iter()
            .map(|(name, _)| format!("words/{name}"))
            .collect();
        let mut templates: Vec<String> =
            TEMPLATES.iter().map(|(name, _)| name.to_string()).collect();
        templates.extend(words);
        templates.sort();
        assert_eq!(templates, on_disk("templates"));

        let statics: Vec<String> = STATIC.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(statics, on_disk("static"));
    }
}
