//! Decides who may write: whoever has the address shown in the terminal.
//!
//! The address contains a key after its `#`, which browsers never send and which never appears in a log or referrer.
//! The page at that address exchanges the key, once, for a cookie that scripts can't read and that no other site's page
//! makes a browser send.

use crate::error::Error;

/// The secrets of one run.
pub(in crate::serve) struct Session {
    key: Secret,
    cookie: Secret,
    /// The ports of a machine share cookies, so the name includes the port.
    name: String,
}

/// Random bytes that only a browser is told.
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

    /// Whether `other` is the secret. The time that this takes reveals nothing about where they differ.
    fn is(&self, other: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.as_bytes())
    }
}

impl Session {
    /// New secrets, for the server at a port.
    ///
    /// # Errors
    ///
    /// If the system provides no random numbers.
    pub(in crate::serve) fn new(port: u16) -> Result<Self, Error> {
        Ok(Self {
            key: Secret::new()?,
            cookie: Secret::new()?,
            name: format!("nutgraf-{port}"),
        })
    }

    /// The key in the terminal's address.
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

    /// Whether the `Cookie` header of a request comes from a writer's browser.
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
