//! Who may write? Whoever has the address that the terminal shows.
//!
//! The address carries a key behind its `#`, which no browser sends and no log or referrer ever has. The page at it
//! gives the key away once, for a cookie that scripts can't read and no other site's page makes a browser send.

use crate::error::Error;

/// The secrets of one run.
pub(in crate::serve) struct Session {
    key: Secret,
    cookie: Secret,
    /// Cookies are shared by all ports of a machine, so the name says whose this one is.
    name: String,
}

/// Some random bytes that are told to nobody but a browser.
struct Secret(String);

impl Secret {
    fn new() -> Result<Self, Error> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|cause| {
            Error::usage(format!("the system gives no random numbers: {cause}"))
        })?;
        Ok(Self(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// Whether `other` is the secret. How long that takes says nothing of where they differ.
    fn is(&self, other: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.as_bytes())
    }
}

impl Session {
    /// New secrets, for the server at a port.
    ///
    /// # Errors
    ///
    /// If the system gives no random numbers.
    pub(in crate::serve) fn new(port: u16) -> Result<Self, Error> {
        Ok(Self {
            key: Secret::new()?,
            cookie: Secret::new()?,
            name: format!("nutgraf-{port}"),
        })
    }

    /// The key that the terminal's address carries.
    pub(in crate::serve) fn key(&self) -> &str {
        &self.key.0
    }

    /// The header that makes a browser a writer's; `None` for a wrong key.
    pub(in crate::serve) fn cookie_for(&self, key: &str) -> Option<String> {
        let Self { cookie, name, .. } = self;
        self.key.is(key).then(|| {
            format!(
                "{name}={}; Path=/__nutgraf/; HttpOnly; SameSite=Strict",
                cookie.0
            )
        })
    }

    /// Whether the `Cookie` header of a request is that of a writer's browser.
    pub(in crate::serve) fn knows(&self, cookies: &str) -> bool {
        let mut cookies = cookies
            .split(';')
            .filter_map(|cookie| cookie.trim().split_once('='));
        cookies.any(|(name, value)| name == self.name && self.cookie.is(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_given_for_a_cookie_and_nothing_else_is() {
        let session = Session::new(1414).unwrap();
        let other = Session::new(1414).unwrap();
        assert_ne!(session.key(), other.key());
        assert_eq!(session.cookie_for(""), None);
        assert_eq!(session.cookie_for(other.key()), None);
        let header = session.cookie_for(session.key()).unwrap();
        let (cookie, rest) = header.split_once("; ").unwrap();
        assert_eq!(rest, "Path=/__nutgraf/; HttpOnly; SameSite=Strict");
        assert!(!header.contains(session.key()));
        assert!(session.knows(cookie) && session.knows(&format!("a=b; {cookie}; c=d")));
        for forged in [
            "",
            "nutgraf-1414=",
            &cookie.replace("1414", "1415"),
            &format!("{cookie}0"),
        ] {
            assert!(!session.knows(forged), "{forged}");
        }
        assert!(!other.knows(cookie));
    }
}
