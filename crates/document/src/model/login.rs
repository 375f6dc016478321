//! Finds credentials in addresses.

/// Whether an address contains a user name or password, which would be public once published.
///
/// # Examples
///
/// ```
/// use nutgraf_document::model::holds_login;
///
/// assert!(holds_login("https://ada:secret@example.org/x"));
/// assert!(holds_login("https://token@example.org"));
/// assert!(!holds_login("https://example.org/@ada"));
/// assert!(!holds_login("mailto:ada@example.org"));
/// ```
pub fn holds_login(address: &str) -> bool {
    let url = url::Url::parse(address.trim());
    url.is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}
