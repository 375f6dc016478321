//! The certificate authorities that vouch for a host's identity.

use std::io::{Error as IoError, ErrorKind};
use std::path::{Path, PathBuf};

use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};

use crate::disk;
use crate::error::Error;

/// The environment variable that names a file of certificates, as for curl and git.
const VARIABLE: &str = "SSL_CERT_FILE";

/// All the certificate authorities of the world take less, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The trusted certificate authorities: Mozilla's, or those in a file instead.
///
/// An organization whose network inspects every connection has an authority of its own.
#[derive(Clone, Debug, Default)]
pub struct Authorities(Option<Vec<Certificate<'static>>>);

impl Authorities {
    /// Those in the file that `SSL_CERT_FILE` names, or Mozilla's if it names none.
    ///
    /// # Errors
    ///
    /// If the file can't be read or contains no certificate.
    pub fn of_environment() -> Result<Self, Error> {
        match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            Some(path) => Self::of_file(&PathBuf::from(path)),
            None => Ok(Self::default()),
        }
    }

    fn of_file(path: &Path) -> Result<Self, Error> {
        let failed = |cause| {
            Error::io("read", path, cause).help(format!("`{VARIABLE}` has to name a PEM file"))
        };
        let bytes = disk::read_named(path, MAX_BYTES).map_err(failed)?;
        let mut certificates = Vec::new();
        for item in parse_pem(&bytes) {
            let item = item.map_err(|cause| failed(IoError::new(ErrorKind::InvalidData, cause)))?;
            if let PemItem::Certificate(certificate) = item {
                certificates.push(certificate);
            }
        }
        if certificates.is_empty() {
            let cause = IoError::new(ErrorKind::InvalidData, "there is no certificate in it");
            return Err(failed(cause));
        }
        Ok(Self(Some(certificates)))
    }

    pub(super) fn roots(&self) -> RootCerts {
        match &self.0 {
            Some(certificates) => RootCerts::new_with_certs(certificates),
            None => RootCerts::WebPki,
        }
    }
}
