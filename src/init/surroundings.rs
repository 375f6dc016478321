//! Finds out about a new site what can be known without asking.

use std::path::Path;

use crate::disk;
use crate::publish::{Git, Repository};

/// A `CNAME` file contains just one name.
const MAX_BYTES: u64 = 64 * 1024;

/// What is known about a site before it exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The language of the user's system, as a BCP 47 tag.
    pub language: Option<String>,
    /// The address of the future site, with a slash at the end.
    pub base_url: Option<String>,
    /// The web page of the repository that contains the folder.
    pub repository: Option<String>,
    /// The custom domain, if a `CNAME` file names one.
    pub cname: Option<String>,
}

impl Surroundings {
    /// Examines a folder, which need not exist: the locale, the git remote, and a `CNAME` file.
    ///
    /// What can't be found out is `None`; without git, or outside a repository, that is most of it.
    pub fn of(dir: &Path) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        // According to POSIX, the first one that is set decides.
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(variable)
            .or_else(sys_locale::get_locale);
        let existing = dir
            .ancestors()
            .find(|folder| folder.is_dir())
            .unwrap_or(Path::new("."));
        let git = Git::new(existing);
        let remote = remote(&git);
        let repository = remote.as_deref().and_then(Repository::of);
        let cname = cname(dir, &git);
        let pages = repository.as_ref().and_then(Repository::pages);
        let base_url = match &cname {
            Some(domain) => Some(format!("https://{domain}/")),
            None => pages,
        };
        Self {
            language: locale.as_deref().and_then(language_of_locale),
            base_url,
            repository: repository.map(|repository| repository.page()),
            cname,
        }
    }
}

/// The address of `origin`, or of the only remote. `None` without git.
fn remote(git: &Git) -> Option<String> {
    let names = git.ask(["remote"]).ok()??;
    let names: Vec<&str> = names.lines().collect();
    let name = match names.as_slice() {
        [only] => *only,
        several => *several.iter().find(|name| **name == "origin")?,
    };
    git.ask(["remote", "get-url", "--", name]).ok()?
}

/// The domain in a `CNAME` file, in the folder or on the branch that is already published.
fn cname(dir: &Path, git: &Git) -> Option<String> {
    let files = ["CNAME", "static/CNAME"];
    let on_disk = files
        .iter()
        .find_map(|name| disk::read(&dir.join(name), MAX_BYTES).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let published = || {
        git.ask(["show", "refs/remotes/origin/gh-pages:CNAME"])
            .ok()?
    };
    let text = on_disk.or_else(published)?;
    let domain = text.lines().next()?.trim().to_lowercase();
    let is_domain = domain.contains('.')
        && !domain.starts_with(['.', '-'])
        && domain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_domain.then_some(domain)
}

/// The language tag of a locale, in the notation of POSIX or of Windows and macOS; `None` if it doesn't name a
/// language.
///
/// # Examples
///
/// ```
/// use nutgraf::init::language_of_locale;
///
/// assert_eq!(language_of_locale("de_CH.UTF-8").as_deref(), Some("de-CH"));
/// assert_eq!(language_of_locale("sr_RS@latin").as_deref(), Some("sr-Latn-RS"));
/// assert_eq!(language_of_locale("zh-Hant-TW").as_deref(), Some("zh-Hant-TW"));
/// assert_eq!(language_of_locale("C.UTF-8"), None);
/// ```
pub fn language_of_locale(locale: &str) -> Option<String> {
    let (name, modifier) = match locale.split_once('@') {
        Some((name, modifier)) => (name, Some(modifier)),
        None => (locale, None),
    };
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    let mut parts = name.split(['_', '-']).peekable();
    let language = parts.next().unwrap_or_default();
    let is_language =
        matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_language {
        return None;
    }
    let mut tag = language.to_lowercase();
    let script = match modifier {
        Some("latin") => "-Latn",
        Some("cyrillic") => "-Cyrl",
        Some("devanagari") => "-Deva",
        Some(_) | None => "",
    };
    tag.push_str(script);
    let is_script =
        |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if let Some(script) = parts.next_if(is_script) {
        tag.push('-');
        tag.push_str(script);
    }
    if let Some(region) = parts.next() {
        let is_country = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_area = region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
        if is_country || is_area {
            tag.push('-');
            tag.push_str(&region.to_uppercase());
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_or_none() {
        let cases = [
            ("en_GB.UTF-8", Some("en-GB")),
            ("fr", Some("fr")),
            ("es_419", Some("es-419")),
            ("ca_ES@valencia", Some("ca-ES")),
            ("pt-BR", Some("pt-BR")),
            ("fil_PH", Some("fil-PH")),
            ("DE_de", Some("de-DE")),
            ("C", None),
            ("POSIX", None),
            ("C.UTF-8", None),
            ("", None),
            ("_DE", None),
            ("english", None),
            ("../../etc", None),
        ];
        for (locale, language) in cases {
            assert_eq!(language_of_locale(locale).as_deref(), language, "{locale}");
        }
    }
}
