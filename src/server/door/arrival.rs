//! Where a request comes from: the address of its sender, and whether that is this machine.
use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};

use super::{DoorSettings, Trust};

/// Longest list of addresses that is looked at.
const MAX_HOPS: usize = 32;

/// Headers that a proxy sets. A request with one of them was passed on, so it is not one of this machine.
const PASSED_ON: &[&str] = &[
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
];

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    /// The sender, as far as it is known.
    pub(super) address: Option<IpAddr>,
    /// The other end of the connection.
    pub(super) peer: Option<IpAddr>,
    /// Whether a person at this machine sent it to this machine, with nothing in between.
    pub(super) is_local: bool,
    /// Whether the other end is a proxy that is believed.
    pub(super) is_proxied: bool,
}

impl Arrival {
    /// Looks at the connection and the headers of a request.
    pub(super) fn of(request: &Request, settings: &DoorSettings) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|peer| peer.0.ip().to_canonical());
        let headers = request.headers();
        Self {
            address: peer.map(|peer| client(peer, headers, &settings.trust)),
            peer,
            is_local: settings.is_always_local
                || peer.is_some_and(|peer| is_of_this_machine(peer, headers)),
            is_proxied: peer.is_some_and(|peer| settings.trust.believes(peer)),
        }
    }

    /// Writes the address of the sender.
    pub(super) fn shown(&self) -> String {
        self.address.map(|ip| ip.to_string()).unwrap_or_default()
    }
}

/// The peer is this machine, the name it was asked under is too, and nobody says that it passed the request on. The
/// name matters: a page of another site may let its own name lead to this machine.
fn is_of_this_machine(peer: IpAddr, headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    peer.is_loopback()
        && host.is_none_or(is_local_name)
        && !PASSED_ON.iter().any(|name| headers.contains_key(*name))
}

fn is_local_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Walks from the portal towards the client for as long as the next one is believed, as Express does.
fn client(peer: IpAddr, headers: &HeaderMap, trust: &Trust) -> IpAddr {
    let mut current = peer;
    for (hop, next) in forwarded_for(headers).into_iter().enumerate() {
        let is_believed = match trust {
            Trust::Hops(hops) => hop < *hops,
            trust => trust.believes(current),
        };
        match next {
            Some(next) if is_believed => current = next,
            _ => break,
        }
    }
    current
}

/// Returns the addresses of `X-Forwarded-For`, the one nearest to the portal first.
fn forwarded_for(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let all = headers.get_all("x-forwarded-for").iter();
    let texts: Vec<&str> = all.filter_map(|value| value.to_str().ok()).collect();
    let parts = texts.iter().flat_map(|text| text.split(','));
    let mut addresses: Vec<_> = parts.map(|part| address(part.trim())).collect();
    addresses.reverse();
    addresses.truncate(MAX_HOPS);
    addresses
}

/// Reads an address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    let address = plain.parse().or_else(|_| with_port()).ok();
    address.map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn arrival(peer: &str, headers: &[(&str, &str)], trust: Trust) -> Arrival {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: IpAddr = peer.parse().unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(peer, 5000)));
        let settings = DoorSettings {
            trust,
            is_always_local: false,
            ..DoorSettings::for_tests()
        };
        Arrival::of(&request, &settings)
    }

    #[test]
    fn a_request_of_this_machine_comes_from_it_under_its_name_and_directly() {
        for host in [
            "localhost:7007",
            "127.0.0.1:7007",
            "[::1]:7007",
            "LOCALHOST",
        ] {
            assert!(
                arrival("127.0.0.1", &[("host", host)], Trust::Nobody).is_local,
                "{host}"
            );
        }
        for headers in [
            &[("host", "portal.example.com")][..],
            &[("host", "localhost.evil.example")],
            &[("host", "localhost"), ("x-forwarded-for", "10.0.0.1")],
            &[("host", "localhost"), ("via", "1.1 proxy")],
        ] {
            assert!(
                !arrival("127.0.0.1", headers, Trust::All).is_local,
                "{headers:?}"
            );
        }
        assert!(!arrival("10.0.0.1", &[("host", "localhost")], Trust::Nobody).is_local);
    }

    #[test]
    fn only_proxies_that_are_believed_say_where_a_request_comes_from() {
        let forged = [("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.2")];
        let shown = |trust| arrival("10.0.0.1", &forged, trust).shown();
        assert_eq!(shown(Trust::Nobody), "10.0.0.1");
        assert_eq!(shown(Trust::All), "1.1.1.1");
        assert_eq!(shown(Trust::Hops(2)), "2.2.2.2");
        let inner = Trust::Networks(vec!["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(shown(inner.clone()), "2.2.2.2");
        assert!(arrival("10.0.0.1", &forged, inner.clone()).is_proxied);
        assert!(!arrival("9.9.9.9", &forged, inner.clone()).is_proxied);
        assert_eq!(arrival("9.9.9.9", &forged, inner).shown(), "9.9.9.9");
    }

    #[test]
    fn what_is_no_address_is_not_believed() {
        let garbage = [("x-forwarded-for", "unknown, <script>")];
        assert_eq!(
            arrival("10.0.0.1", &garbage, Trust::All).shown(),
            "10.0.0.1"
        );
        let with_port = [("x-forwarded-for", "[2001:db8::1]:4711")];
        assert_eq!(
            arrival("10.0.0.1", &with_port, Trust::All).shown(),
            "2001:db8::1"
        );
    }
}
