//! The address at which a site is published.

use std::fmt;

use url::Url;

/// Why an address can't be that of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It isn't an address, or its scheme is missing.
    NotAbsolute,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// It has a query or a fragment.
    Query,
    /// It contains a user name or password.
    Login,
    /// It names a file.
    File,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "it should be a whole address, such as `https://example.org/`",
            Self::Scheme => "it should start with `https://` or `http://`",
            Self::Query => "it should end before `?` and `#`",
            Self::Login => "it should have no user name and no password",
            Self::File => "it should name a folder, such as `https://example.org/guides/`",
        })
    }
}

impl std::error::Error for BaseUrlError {}

/// The address of a site in the form from which all others are made: with a slash at the end.
///
/// # Errors
///
/// If it isn't an `http` or `https` address of a folder.
///
/// # Examples
///
/// ```
/// use nutgraf_document::config::{BaseUrlError, base_url};
///
/// assert_eq!(base_url("https://Example.org/guides").as_deref(), Ok("https://example.org/guides/"));
/// assert_eq!(base_url("example.org"), Err(BaseUrlError::NotAbsolute));
/// ```
pub fn base_url(written: &str) -> Result<String, BaseUrlError> {
    let mut url = Url::parse(written.trim()).map_err(|_| BaseUrlError::NotAbsolute)?;
    if !matches!(url.scheme(), "http" | "https") {
        // Grammatically, `localhost:8000` and `example.org:80` have a scheme.
        let has_slashes = written.contains("://");
        return Err(if has_slashes {
            BaseUrlError::Scheme
        } else {
            BaseUrlError::NotAbsolute
        });
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(BaseUrlError::Query);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::Login);
    }
    if url.path().ends_with(".html") {
        return Err(BaseUrlError::File);
    }
    if !url.path().ends_with('/') {
        let folder = format!("{}/", url.path());
        url.set_path(&folder);
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_a_slash_at_its_end() {
        let cases = [
            ("https://example.org", "https://example.org/"),
            (" http://localhost:8000/a ", "http://localhost:8000/a/"),
            ("https://example.org/a/b/", "https://example.org/a/b/"),
            (
                "https://bücher.example/ä",
                "https://xn--bcher-kva.example/%C3%A4/",
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(base_url(written).as_deref(), Ok(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_folder_is_refused() {
        let cases = [
            ("", BaseUrlError::NotAbsolute),
            ("/guides/", BaseUrlError::NotAbsolute),
            ("https://", BaseUrlError::NotAbsolute),
            ("localhost:8000", BaseUrlError::NotAbsolute),
            ("ftp://example.org/", BaseUrlError::Scheme),
            ("file:///srv/", BaseUrlError::Scheme),
            ("https://example.org/?a", BaseUrlError::Query),
            ("https://example.org/#a", BaseUrlError::Query),
            ("https://me:secret@example.org/", BaseUrlError::Login),
            ("https://example.org/index.html", BaseUrlError::File),
        ];
        for (written, expected) in cases {
            assert_eq!(base_url(written), Err(expected), "{written}");
        }
    }
}
