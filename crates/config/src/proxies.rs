//! Proxies as Express names them: `loopback`, an address, a network, or several of these with commas between.
use std::net::IpAddr;

/// Networks that have a name.
const NAMED: [(&str, &[&str]); 3] = [
    ("loopback", &["127.0.0.0/8", "::1/128"]),
    ("linklocal", &["169.254.0.0/16", "fe80::/10"]),
    (
        "uniquelocal",
        &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
    ),
];

/// Reads proxies as networks such as `10.0.0.0/8`, or nothing when a part of the text is none.
pub(crate) fn read_proxies(text: &str) -> Option<Vec<String>> {
    let mut networks = Vec::new();
    for part in text.split(',').map(str::trim) {
        match NAMED.iter().find(|(name, _)| *name == part) {
            Some((_, named)) => networks.extend(named.iter().map(|&network| network.to_owned())),
            None => networks.push(network(part)?),
        }
    }
    Some(networks)
}

/// Reads an address, or a network whose length is a number of bits or, as Express has it, a mask.
fn network(text: &str) -> Option<String> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = match length {
        None => most,
        Some(length) if length.bytes().all(|byte| byte.is_ascii_digit()) => length.parse().ok()?,
        Some(mask) => mask_length(mask.parse().ok()?, most)?,
    };
    (length <= most).then(|| format!("{address}/{length}"))
}

/// Returns how many bits a mask has, if all of them come first.
fn mask_length(mask: IpAddr, bits: u32) -> Option<u32> {
    let (mask, of) = match mask {
        IpAddr::V4(mask) => (u128::from(u32::from(mask)) << 96, 32),
        IpAddr::V6(mask) => (u128::from(mask), 128),
    };
    let length = mask.leading_ones();
    (of == bits && mask.count_ones() == length).then_some(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read_proxies;

    #[test]
    fn names_addresses_and_networks_are_read() {
        for (text, expected) in [
            ("loopback", &["127.0.0.0/8", "::1/128"][..]),
            (
                "linklocal, 192.0.2.1",
                &["169.254.0.0/16", "fe80::/10", "192.0.2.1/32"],
            ),
            ("10.1.0.0/16,fd00::/8", &["10.1.0.0/16", "fd00::/8"]),
            ("10.0.0.0/255.128.0.0", &["10.0.0.0/9"]),
            ("fe80::/ffff::", &["fe80::/16"]),
            ("0.0.0.0/0", &["0.0.0.0/0"]),
        ] {
            assert_eq!(
                read_proxies(text).as_deref(),
                Some(&expected.map_owned()[..]),
                "{text}"
            );
        }
        let names = read_proxies("loopback, linklocal, uniquelocal").expect("all are names");
        assert_eq!(names.len(), 8);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            ",",
            "loopback,",
            "Loopback",
            "proxy.example.com",
            "10.0.0.0/33",
            "::/129",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "10.0.0.0/8/8",
            "10.0.0.0/255.0.255.0",
            "::/255.0.0.0",
            "10.0.0.0/ffff::",
            "10.0.0.1:80",
            "999.0.0.1",
            "true",
        ] {
            assert_eq!(read_proxies(text), None, "{text}");
        }
    }

    /// Makes owned texts of borrowed ones.
    trait MapOwned {
        fn map_owned(&self) -> Vec<String>;
    }

    impl MapOwned for &[&str] {
        fn map_owned(&self) -> Vec<String> {
            self.iter().map(|&text| text.to_owned()).collect()
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again_as_the_same(text in "[0-9a-f:./,a-z ]{0,40}") {
            for network in read_proxies(&text).unwrap_or_default() {
                prop_assert_eq!(read_proxies(&network), Some(vec![network.clone()]));
            }
        }
    }
}
