//! Which addresses are public, which are somebody's inner network, and which are never a source of anything.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What may be done with an address. The words say what it is, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Anybody's.
    Public,
    /// Only if configuration says so.
    Private(&'static str),
    /// Never, whatever configuration says.
    Never(&'static str),
}

/// Places where clouds hand out credentials, although some of them lie in ordinary networks.
const METADATA_V4: [Ipv4Addr; 3] = [
    Ipv4Addr::new(168, 63, 129, 16),
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(192, 0, 0, 192),
];
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254);
const METADATA: &str = "a cloud's metadata service";
const RESERVED: &str = "a reserved address";

/// Judges an address, also where an IPv4 address is wrapped in an IPv6 one.
pub(super) fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => reach_v4(inner),
            None => reach_v6(address),
        },
    }
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        _ if METADATA_V4.contains(&address) => Reach::Never(METADATA),
        [0, ..] => Reach::Never("an unspecified address"),
        [169, 254, ..] => Reach::Never("a link-local address"),
        [224..=239, ..] => Reach::Never("a multicast address"),
        [255, 255, 255, 255] => Reach::Never("a broadcast address"),
        [127, ..] => Reach::Private("a loopback address"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Reach::Private("a private address"),
        [100, 64..=127, ..] => Reach::Private("a shared address of a provider"),
        [192, 0, 0, _] | [192, 88, 99, _] | [240..=255, ..] => Reach::Private(RESERVED),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => {
            Reach::Private("an address for documentation")
        }
        [198, 18..=19, ..] => Reach::Private("an address for benchmarks"),
        _ => Reach::Public,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    match address.segments() {
        _ if address == METADATA_V6 => Reach::Never(METADATA),
        [0, 0, 0, 0, 0, 0, 0, 0] => Reach::Never("an unspecified address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private("a loopback address"),
        [0xfe80..=0xfebf, ..] => Reach::Never("a link-local address"),
        [0xff00..=0xffff, ..] => Reach::Never("a multicast address"),
        [0xfec0..=0xfeff, ..] | [0xfc00..=0xfdff, ..] => Reach::Private("a private address"),
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => {
            Reach::Private("an address for documentation")
        }
        [0x2001, 0..=0x01ff, ..] => Reach::Private(RESERVED),
        [0x2000..=0x3fff, ..] => Reach::Public,
        _ => Reach::Private(RESERVED),
    }
}

/// The IPv4 address that a packet to this address reaches: mapped, compatible, 6to4 and NAT64 forms.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x0064, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(join(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(join(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Reach {
        reach(text.parse().unwrap())
    }

    #[test]
    fn public_addresses_are_public() {
        for text in [
            "140.82.121.4",
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
        ] {
            assert_eq!(of(text), Reach::Public, "{text}");
        }
        assert_eq!(of("::ffff:1.1.1.1"), Reach::Public);
        assert_eq!(of("64:ff9b::101:101"), Reach::Public);
    }

    #[test]
    fn inner_networks_are_private_in_every_wrapping() {
        for text in [
            "127.0.0.1",
            "127.255.0.3",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.9",
            "198.18.0.1",
            "198.19.9.9",
            "240.0.0.1",
            "192.0.0.8",
            "::1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "2001:db8::1",
            "3fff::1",
            "2001::1",
            "2001:2::1",
            "100::1",
            "64:ff9b:1::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2002:7f00:1::",
            "::ffff:0:192.168.0.1",
        ] {
            assert!(
                matches!(of(text), Reach::Private(_)),
                "{text} is {:?}",
                of(text)
            );
        }
    }

    #[test]
    fn what_nothing_is_read_from_is_never_reached() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "224.0.0.1",
            "239.1.1.1",
            "255.255.255.255",
            "168.63.129.16",
            "100.100.100.200",
            "::",
            "fe80::1",
            "febf::1",
            "ff02::1",
            "fd00:ec2::254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "::ffff:0.0.0.0",
        ] {
            assert!(
                matches!(of(text), Reach::Never(_)),
                "{text} is {:?}",
                of(text)
            );
        }
    }
}
