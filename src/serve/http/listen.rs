//! Opens the preview's port: on this machine only, at the default port or the next free one.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};

use crate::error::Error;
use crate::serve::hosts::Hosts;

/// The default port of previews.
const PORT: u16 = 1414;

/// How many ports are tried if none was requested: more previews than anybody has open.
const TRIES: u16 = 100;

/// Open ports, all with the same number.
pub(in crate::serve) struct Listeners {
    listeners: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
    /// The names under which the preview can be reached.
    pub(in crate::serve) hosts: Hosts,
}

impl Listeners {
    /// Opens `port` (0 for any free one; `None` for the default or the next free one) at `host`, or else at both
    /// loopback addresses.
    ///
    /// # Errors
    ///
    /// If the requested port is taken, or the host isn't this machine.
    pub(in crate::serve) fn open(
        port: Option<u16>,
        usual: Option<u16>,
        host: Option<&str>,
    ) -> Result<Self, Error> {
        let ips = match host {
            Some(host) => resolve(host)?,
            None => vec![
                IpAddr::V4(Ipv4Addr::LOCALHOST),
                IpAddr::V6(Ipv6Addr::LOCALHOST),
            ],
        };
        let is_name = |host: &&str| host.parse::<IpAddr>().is_err();
        let hosts = Hosts {
            given: host.filter(is_name).map(str::to_owned),
        };
        let first = usual.unwrap_or(PORT);
        let ports = match port {
            Some(port) => port..=port,
            None => first..=first.saturating_add(TRIES),
        };
        let mut failure = None;
        for port in ports {
            match bind(&ips, port) {
                Ok(listeners) => return Self::new(listeners, hosts),
                Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => failure = Some(cause),
                Err(cause) => return Err(refused(port, host, &cause)),
            }
        }
        Err(match (port, failure) {
            (Some(port), _) => Error::usage(format!("port {port} is taken by another program"))
                .help("name another one with `--port`, or none to have a free one chosen"),
            (None, failure) => {
                let cause = failure
                    .map(|cause| format!(": {cause}"))
                    .unwrap_or_default();
                Error::usage(format!("the ports from {first} on are all taken{cause}"))
                    .help("name a free one with `--port`, or `--port 0` for any")
            }
        })
    }

    fn new(listeners: Vec<TcpListener>, hosts: Hosts) -> Result<Self, Error> {
        let addresses: io::Result<Vec<SocketAddr>> =
            listeners.iter().map(TcpListener::local_addr).collect();
        let addresses =
            addresses.map_err(|cause| Error::usage(format!("cannot listen: {cause}")))?;
        Ok(Self {
            listeners,
            addresses,
            hosts,
        })
    }

    /// The addresses of the open ports; at least one.
    pub(in crate::serve) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Whether other machines can reach the preview.
    pub(in crate::serve) fn is_open_to_others(&self) -> bool {
        !self
            .addresses
            .iter()
            .all(|address| address.ip().is_loopback())
    }

    /// The server's root, as reached by a browser on this machine.
    pub(in crate::serve) fn url(&self) -> String {
        let address = self.addresses[0];
        let port = address.port();
        match (&self.hosts.given, address.ip()) {
            (Some(name), _) => format!("http://{name}:{port}"),
            // `localhost` can mean either address, so it is used only if both answer.
            (None, ip) if ip.is_unspecified() || self.addresses.len() > 1 => {
                format!("http://localhost:{port}")
            }
            (None, _) => format!("http://{address}"),
        }
    }
}

impl IntoIterator for Listeners {
    type Item = TcpListener;
    type IntoIter = std::vec::IntoIter<TcpListener>;

    fn into_iter(self) -> Self::IntoIter {
        self.listeners.into_iter()
    }
}

fn resolve(host: &str) -> Result<Vec<IpAddr>, Error> {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let found = (bare, 0).to_socket_addrs();
    let ips: Vec<IpAddr> = found
        .into_iter()
        .flatten()
        .map(|address| address.ip())
        .collect();
    if ips.is_empty() {
        Err(Error::usage(format!("`{host}` isn't an address of this machine"))
            .help("leave `--host` out to be reached from this machine alone, or give `0.0.0.0` for all its addresses"))
    } else {
        Ok(ips)
    }
}

/// Opens a port at every address that this machine has; if any port will do, the first one determines the number.
fn bind(ips: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut failure = None;
    for ip in ips {
        let port = match listeners.first() {
            Some(first) => first.local_addr()?.port(),
            None => port,
        };
        match TcpListener::bind((*ip, port)) {
            Ok(listener) => listeners.push(listener),
            Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => return Err(cause),
            // A machine without IPv6, or without IPv4.
            Err(cause) => failure = Some(cause),
        }
    }
    match (listeners.is_empty(), failure) {
        (true, Some(cause)) => Err(cause),
        _ => Ok(listeners),
    }
}

fn refused(port: u16, host: Option<&str>, cause: &io::Error) -> Error {
    let at = host.map(|host| format!(" at `{host}`")).unwrap_or_default();
    let error = Error::usage(format!("cannot listen on port {port}{at}: {cause}"));
    match cause.kind() {
        io::ErrorKind::PermissionDenied => {
            error.help("ports below 1024 are the system's: name another one with `--port`")
        }
        io::ErrorKind::AddrNotAvailable => {
            error.help("give an address of this machine to `--host`, or leave it out")
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_free_port_is_one_number_on_this_machine_alone() {
        let listeners = Listeners::open(Some(0), None, None).unwrap();
        let addresses = listeners.addresses();
        assert!(addresses.iter().all(|address| address.ip().is_loopback()));
        assert!(
            addresses
                .iter()
                .all(|address| address.port() == addresses[0].port())
        );
        assert!(!listeners.is_open_to_others());
    }

    #[test]
    fn a_taken_port_is_an_error_only_if_it_was_asked_for() {
        let taken = Listeners::open(Some(0), None, None).unwrap();
        let port = taken.addresses()[0].port();
        let error = Listeners::open(Some(port), None, None).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!("port {port} is taken by another program")
        );
        let other = Listeners::open(None, Some(port), None).unwrap();
        assert_ne!(other.addresses()[0].port(), port);
    }

    #[test]
    fn a_host_that_is_not_this_machine_is_an_error() {
        let error = Listeners::open(Some(0), None, Some("192.0.2.7"))
            .err()
            .unwrap();
        assert!(error.to_string().contains("`192.0.2.7`"), "{error}");
        assert!(error.help_line().is_some());
    }
}
