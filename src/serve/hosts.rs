//! The names under which a browser may reach the preview. A page of another site must not reach it under a name of its
//! own.

use std::net::{IpAddr, Ipv6Addr};

/// The names that a `Host` header may contain.
///
/// # Design
///
/// *Why not compare the port?* DNS rebinding lets another site's *name* point to this machine, so names are what is
/// compared. The port says nothing about who is asking, and it changes behind a tunnel or in a container.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    /// The value of `--host`, if that is a name.
    pub(super) given: Option<String>,
}

impl Hosts {
    /// Whether to answer a request for `host` (a name or an address, with or without a port) on a connection to the
    /// address `local` of this machine.
    pub(super) fn allow(&self, host: &str, local: IpAddr) -> bool {
        let Some(name) = without_port(host) else {
            return false;
        };
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        if self
            .given
            .as_deref()
            .is_some_and(|given| given.eq_ignore_ascii_case(name))
        {
            return true;
        }
        let ip = match name
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            Some(v6) => v6.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
            None => name.parse().ok().filter(|ip: &IpAddr| ip.is_ipv4()),
        };
        // Nobody owns a name that is an address; but `0.0.0.0` reaches this machine from any site.
        ip.is_some_and(|ip| !ip.is_unspecified() && (ip == local.to_canonical() || is_loopback(ip)))
    }
}

/// 127.0.0.1 and ::1, as written; the preview doesn't listen on the rest of 127.0.0.0/8.
fn is_loopback(ip: IpAddr) -> bool {
    ip == IpAddr::V4(std::net::Ipv4Addr::LOCALHOST) || ip == IpAddr::V6(Ipv6Addr::LOCALHOST)
}

/// Whether a `Host` header names this machine in a way that only works on the machine itself.
pub(super) fn is_name_of_loopback(host: &str) -> bool {
    matches!(
        without_port(host).map(str::to_ascii_lowercase).as_deref(),
        Some("localhost" | "127.0.0.1" | "[::1]")
    )
}

/// The part of a `Host` header before the port; `None` if it is malformed.
fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        host.find(':').unwrap_or(host.len())
    };
    let (name, port) = host.split_at(end);
    let is_port = match port.strip_prefix(':') {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    (is_port && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn names_of_this_machine_are_answered() {
        let hosts = Hosts::default();
        for host in [
            "localhost:1414",
            "LOCALHOST",
            "127.0.0.1:1414",
            "127.0.0.1",
            "[::1]:1414",
            "localhost:8080",
        ] {
            assert!(hosts.allow(host, LOCAL), "{host}");
        }
    }

    #[test]
    fn other_names_are_refused() {
        let hosts = Hosts::default();
        for host in [
            "",
            "evil.test",
            "evil.test:1414",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "localhost.",
            "0.0.0.0:1414",
            "[::]",
            "::1",
            "localhost:",
            "localhost:x",
            "localhost:1414:1",
            "[::1",
            "127.1",
            "192.168.1.5",
            "[::1]evil",
            "user@localhost",
            "127.0.0.2",
        ] {
            assert!(!hosts.allow(host, LOCAL), "{host}");
        }
    }

    #[test]
    fn an_opened_preview_is_known_by_its_address_and_its_given_name() {
        let hosts = Hosts {
            given: Some("desk.local".to_owned()),
        };
        let lan: IpAddr = "192.168.1.5".parse().unwrap();
        assert!(hosts.allow("192.168.1.5:1414", lan) && hosts.allow("Desk.local:1414", lan));
        assert!(!hosts.allow("192.168.1.6:1414", lan) && !hosts.allow("other.local", lan));
        let mapped: IpAddr = "::ffff:192.168.1.5".parse().unwrap();
        assert!(hosts.allow("192.168.1.5", mapped));
    }
}
