//! Where a workflow gets nutgraf from.

use std::str::FromStr;

/// An address from which nutgraf can be installed.
///
/// # Examples
///
/// ```
/// use nutgraf::init::Origin;
///
/// for written in [
///     "https://example.org/news/nutgraf.git#v0.1.0",
///     "https://example.org/nutgraf-0.1.0-x86_64-unknown-linux-musl.tar.gz",
///     "tools/nutgraf",
/// ] {
///     assert_eq!(written.parse::<Origin>().unwrap().as_str(), written);
/// }
/// // What isn't pinned is pinned to the release of this version.
/// let pinned: Origin = "https://example.org/news/nutgraf.git".parse().unwrap();
/// assert_eq!(pinned.as_str(), format!("https://example.org/news/nutgraf.git#v{}", env!("CARGO_PKG_VERSION")));
/// assert!("$(touch x)".parse::<Origin>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The address as in the workflow: a git repository with a tag or commit after `#`, the archive of a release, or
    /// the path of a folder in the site's own repository.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:@#+%".contains(c);
        if written.is_empty() || written.starts_with('-') || !written.chars().all(is_plain) {
            return Err(
                "expected the address of a git repository or of a release, or a path in the site's repository"
                    .to_owned(),
            );
        }
        let is_address = written.contains("://");
        if !is_address {
            let leads_out = written.starts_with('/') || written.split('/').any(|part| part == "..");
            return if leads_out {
                Err("a path has to lie in the site's own repository".to_owned())
            } else {
                Ok(Self(written.to_owned()))
            };
        }
        if !written.starts_with("https://") && !written.starts_with("ssh://") {
            return Err("the address has to begin with `https://` or `ssh://`".to_owned());
        }
        let has_login = written.starts_with("https://")
            && written
                .split('/')
                .nth(2)
                .is_some_and(|host| host.contains('@'));
        if has_login {
            return Err("a login in an address would be read by everyone".to_owned());
        }
        let is_pinned = written.contains('#') || written.ends_with(".tar.gz");
        Ok(Self(if is_pinned {
            written.to_owned()
        } else {
            format!("{written}#v{}", env!("CARGO_PKG_VERSION"))
        }))
    }
}
