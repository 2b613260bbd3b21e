//! What `callboard.reading.private` lets be read: names, addresses and networks.
use std::collections::HashSet;
use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

use super::places::{authority, written};

/// The names and networks that may be read although they are private.
#[derive(Debug, Default)]
pub(super) struct Private {
    names: HashSet<String>,
    networks: Vec<IpNet>,
}

impl Private {
    pub(super) fn new(items: &[String]) -> Self {
        let mut private = Self::default();
        for item in items.iter().map(|item| item.trim()) {
            match network(item) {
                Some(network) => private.networks.push(network),
                None => {
                    private.names.insert(written(item));
                }
            }
        }
        private
    }

    /// Tells whether this place, or the address it leads to, is among them.
    pub(super) fn covers(&self, url: &Url, address: IpAddr) -> bool {
        let name = match url.host() {
            Some(Host::Domain(name)) => self.names.contains(name),
            _ => false,
        };
        let address = address.to_canonical();
        name || self.names.contains(&authority(url))
            || self
                .networks
                .iter()
                .any(|network| network.contains(&address))
    }
}

fn network(item: &str) -> Option<IpNet> {
    let bare = item.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .ok()
        .or_else(|| Some(IpNet::from(bare.parse::<IpAddr>().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(items: &[&str], url: &str, address: &str) -> bool {
        let items: Vec<String> = items.iter().map(|&item| item.to_owned()).collect();
        Private::new(&items).covers(&Url::parse(url).unwrap(), address.parse().unwrap())
    }

    #[test]
    fn names_addresses_and_networks_are_told_apart() {
        let place = "https://git.corp.example/x";
        assert!(covers(&["git.corp.example"], place, "10.0.0.1"));
        assert!(covers(&["Git.Corp.Example"], place, "10.0.0.1"));
        assert!(!covers(&["corp.example"], place, "10.0.0.1"));
        assert!(covers(&["10.0.0.0/8"], place, "10.200.0.1"));
        assert!(!covers(&["10.0.0.0/8"], place, "192.168.0.1"));
        assert!(covers(&["10.0.0.1"], place, "10.0.0.1"));
        assert!(covers(&["10.0.0.1"], place, "::ffff:10.0.0.1"));
        assert!(covers(&["fd00::/8"], place, "fd12::1"));
        assert!(covers(&["[::1]"], "http://[::1]:80/", "::1"));
    }

    #[test]
    fn a_name_with_a_port_covers_that_port_only() {
        assert!(covers(
            &["git.corp.example:8443"],
            "https://git.corp.example:8443/",
            "10.0.0.1"
        ));
        assert!(!covers(
            &["git.corp.example:8443"],
            "https://git.corp.example/",
            "10.0.0.1"
        ));
    }
}
