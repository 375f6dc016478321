//! Derives the repository's web page and the site's address from the address of a git remote. Pure.

use std::fmt;

/// A repository on a host with accounts, as identified by a remote's address.
///
/// # Examples
///
/// ```
/// use nutgraf::publish::Repository;
///
/// let repository = Repository::of("git@github.com:Ada/notes.git").unwrap();
/// assert_eq!(repository.page(), "https://github.com/Ada/notes");
/// assert_eq!(repository.pages().as_deref(), Some("https://ada.github.io/notes/"));
///
/// let repository = Repository::of("https://github.com/ada/ada.github.io").unwrap();
/// assert_eq!(repository.pages().as_deref(), Some("https://ada.github.io/"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    host: String,
    owner: String,
    name: String,
}

impl Repository {
    /// The repository that a remote's address identifies; `None` if a browser couldn't open it, such as a folder or an
    /// alias from an ssh configuration.
    pub fn of(address: &str) -> Option<Self> {
        if address.chars().any(char::is_control) {
            return None;
        }
        let (host, path) = match address.split_once("://") {
            Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => {
                let (authority, path) = rest.split_once('/')?;
                (host_of(authority), path)
            }
            Some(_) => return None,
            // The form of scp: what precedes the colon contains no slash.
            None => {
                let (authority, path) = address.split_once(':')?;
                (
                    host_of(authority).filter(|_| !authority.contains('/')),
                    path,
                )
            }
        };
        let host = match host?.to_lowercase().as_str() {
            // Reaches the same repositories through the https port.
            "ssh.github.com" => "github.com".to_owned(),
            host => host.to_owned(),
        };
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let (owner, name) = path.rsplit_once('/')?;
        let are_fit = host.contains('.') && is_path(owner) && is_path(name);
        are_fit.then(|| Self {
            host,
            owner: owner.to_owned(),
            name: name.to_owned(),
        })
    }

    /// The address of the repository's web page, without a slash at the end.
    pub fn page(&self) -> String {
        format!("https://{}/{}/{}", self.host, self.owner, self.name)
    }

    /// The address that the host gives to a site published from this repository, if the names tell.
    ///
    /// For GitHub Enterprise Server, this is the usual one, with a separate host for sites; if that is disabled, the
    /// address is `https://HOST/pages/OWNER/NAME/`.
    pub fn pages(&self) -> Option<String> {
        let is_single = !self.owner.contains('/');
        let owner = self.owner.to_lowercase();
        if self.host == "github.com" && is_single {
            return Some(address_below(
                &format!("{owner}.github.io"),
                &self.name,
                &self.name,
            ));
        }
        let is_enterprise = self.host.starts_with("github.") || self.host.contains(".github.");
        (is_enterprise && is_single)
            .then(|| format!("https://pages.{}/{}/{}/", self.host, self.owner, self.name))
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.page())
    }
}

/// The root of a site's host if the repository has its name, otherwise the repository's folder there.
fn address_below(site: &str, repository: &str, folder: &str) -> String {
    if repository.eq_ignore_ascii_case(site) {
        format!("https://{site}/")
    } else {
        format!("https://{site}/{folder}/")
    }
}

/// The host, without user, password and port.
fn host_of(authority: &str) -> Option<&str> {
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_name = !host.is_empty()
        && !host.starts_with('-')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_name.then_some(host)
}

fn is_path(path: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !matches!(part, "." | "..")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-~".contains(&byte))
    };
    path.split('/').all(is_part)
}

/// Git's text with the user and password removed from any address in it, so that a token is never shown.
///
/// # Examples
///
/// ```
/// use nutgraf::publish::without_secrets;
///
/// let said = "fatal: unable to access 'https://ada:ghp_123@github.com/ada/notes/'";
/// assert_eq!(without_secrets(said), "fatal: unable to access 'https://github.com/ada/notes/'");
/// ```
pub fn without_secrets(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + "://".len());
        shown.push_str(before);
        let end = after.find(is_end_of_address).unwrap_or(after.len());
        let address = &after[login_length(&after[..end])..end];
        shown.push_str(&without_secret_parameters(address));
        rest = &after[end..];
    }
    shown.push_str(rest);
    shown
}

fn is_end_of_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '"' | '`')
}

/// The length of the user, the password and the `@` at the beginning of an address without its scheme. A password may
/// contain a slash; the slash doesn't end it unless what precedes it is a host with an optional port.
fn login_length(address: &str) -> usize {
    let host_end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let authority = &address[..host_end];
    if let Some(at) = authority.rfind('@') {
        return at + 1;
    }
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) || port.starts_with('[');
    match authority.rsplit_once(':') {
        Some((_, port)) if !is_port(port) && !authority.starts_with('[') => {
            address.find('@').map_or(0, |at| at + 1)
        }
        _ => 0,
    }
}

/// An address with secret parameters replaced by `…`: `?access_token=…`.
fn without_secret_parameters(address: &str) -> String {
    const SECRET: [&str; 6] = ["token", "password", "passwd", "secret", "key", "auth"];
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let parameters: Vec<String> = query
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if SECRET.iter().any(|word| name.to_lowercase().contains(word)) => {
                format!("{name}=…")
            }
            Some(_) | None => parameter.to_owned(),
        })
        .collect();
    format!("{path}?{}", parameters.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_address_follows_from_the_remote() {
        let cases = [
            (
                "git@github.com:u/r.git",
                "https://github.com/u/r",
                Some("https://u.github.io/r/"),
            ),
            (
                "github.com:u/r",
                "https://github.com/u/r",
                Some("https://u.github.io/r/"),
            ),
            (
                "https://github.com/u/r.git",
                "https://github.com/u/r",
                Some("https://u.github.io/r/"),
            ),
            (
                "https://github.com/u/r/",
                "https://github.com/u/r",
                Some("https://u.github.io/r/"),
            ),
            (
                "https://x-access-token:s3cr3t@github.com/u/r.js.git",
                "https://github.com/u/r.js",
                Some("https://u.github.io/r.js/"),
            ),
            (
                "ssh://git@ssh.github.com:443/u/r.git",
                "https://github.com/u/r",
                Some("https://u.github.io/r/"),
            ),
            (
                "git@github.com:User/User.github.io.git",
                "https://github.com/User/User.github.io",
                Some("https://user.github.io/"),
            ),
            (
                "git@github.com:u/other.github.io.git",
                "https://github.com/u/other.github.io",
                Some("https://u.github.io/other.github.io/"),
            ),
            (
                "git@github.example.edu:school/news.git",
                "https://github.example.edu/school/news",
                Some("https://pages.github.example.edu/school/news/"),
            ),
            (
                "https://gitlab.com/group/sub/r.git",
                "https://gitlab.com/group/sub/r",
                None,
            ),
            ("git@codeberg.org:u/r.git", "https://codeberg.org/u/r", None),
        ];
        for (address, page, pages) in cases {
            let repository = Repository::of(address).unwrap_or_else(|| panic!("{address}"));
            assert_eq!(repository.page(), page, "{address}");
            assert_eq!(repository.pages().as_deref(), pages, "{address}");
        }
    }

    #[test]
    fn what_no_browser_could_open_is_no_repository() {
        for address in [
            "",
            "/srv/git/r.git",
            "../r.git",
            "file:///srv/git/r.git",
            "C:\\git\\r",
            "work:u/r.git",
            "git@github.com:r.git",
            "https://github.com/u",
            "https://github.com/u/../r",
            "https://github.com/u/r\nevil",
            "ext::sh -c touch% x",
            "-oProxyCommand=x:u/r",
            "https://github.com/u/<script>",
        ] {
            assert_eq!(Repository::of(address), None, "{address}");
        }
    }

    #[test]
    fn no_login_of_any_address_is_shown() {
        let cases = [
            ("https://t0ken@host/a", "https://host/a"),
            (
                "to 'https://u:p@ss@host' and ssh://git@host:22/x",
                "to 'https://host' and ssh://host:22/x",
            ),
            ("git@github.com:u/r.git", "git@github.com:u/r.git"),
            ("https://host/path@2", "https://host/path@2"),
            ("no address", "no address"),
            ("https://u:p/a@host:80/x", "https://host:80/x"),
            ("https://host:80/x@y", "https://host:80/x@y"),
            ("http://[::1]:80/x@y", "http://[::1]:80/x@y"),
            (
                "https://h/x?private_token=abc&a=b",
                "https://h/x?private_token=…&a=b",
            ),
            ("https://", "https://"),
        ];
        for (text, shown) in cases {
            assert_eq!(without_secrets(text), shown);
        }
    }
}
