//! How many requests are answered: per address, per user, and fewer where secrets could be guessed.
use std::{net::IpAddr, num::NonZeroU32};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Rate;

/// Attempts to sign in, or to prove who one is, that an address has in a minute.
const SIGN_INS: u32 = 60;

/// Requests after which forgotten addresses are let go of.
const TIDY: u64 = 10_000;

/// The counters of this process.
#[derive(Debug)]
pub(in crate::server) struct Limits {
    rate: Rate,
    addresses: Option<DefaultKeyedRateLimiter<IpAddr>>,
    users: Option<DefaultKeyedRateLimiter<String>>,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    seen: std::sync::atomic::AtomicU64,
}

impl Limits {
    pub(in crate::server) fn new(rate: Rate) -> Self {
        let quota = rate.per_minute.and_then(NonZeroU32::new);
        let quota = quota.map(Quota::per_minute);
        let sign_ins = NonZeroU32::new(SIGN_INS).unwrap_or(NonZeroU32::MIN);
        Self {
            rate,
            addresses: quota.map(RateLimiter::keyed),
            users: quota.map(RateLimiter::keyed),
            sign_ins: RateLimiter::keyed(Quota::per_minute(sign_ins)),
            seen: std::sync::atomic::AtomicU64::new(0),
        }
    }

    /// Counts a request of an address; tells whether it is one too many.
    pub(super) fn is_too_much(&self, address: Option<IpAddr>, is_local: bool) -> bool {
        self.tidy();
        if is_local && !self.rate.counts_local {
            return false;
        }
        let key = address.map(network);
        let over =
            |limiter: &DefaultKeyedRateLimiter<IpAddr>, key| limiter.check_key(&key).is_err();
        match (&self.addresses, key) {
            (Some(limiter), Some(key)) => over(limiter, key),
            _ => false,
        }
    }

    /// Counts a request of a user, from whichever addresses; tells whether it is one too many.
    pub(super) fn is_too_much_of(&self, user: &str, is_local: bool) -> bool {
        if is_local && !self.rate.counts_local {
            return false;
        }
        let limiter = self.users.as_ref();
        limiter.is_some_and(|limiter| limiter.check_key(&user.to_owned()).is_err())
    }

    /// Counts an attempt to prove who one is; tells whether it is one too many.
    pub(super) fn is_guessing(&self, address: Option<IpAddr>) -> bool {
        let key = address.map(network);
        key.is_some_and(|key| self.sign_ins.check_key(&key).is_err())
    }

    /// Keeps the memory bounded: what has its whole allowance again need not be remembered.
    fn tidy(&self) {
        let seen = self.seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if seen % TIDY == TIDY - 1 {
            self.sign_ins.retain_recent();
            self.addresses.iter().for_each(RateLimiter::retain_recent);
            self.users.iter().for_each(RateLimiter::retain_recent);
        }
    }
}

/// A person has one address of the old kind, and a whole network of the new kind.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_minute: Option<u32>) -> Limits {
        Limits::new(Rate {
            per_minute,
            counts_local: false,
        })
    }

    #[test]
    fn each_address_has_its_own_allowance() {
        let limits = limits(Some(3));
        let (one, other) = ("10.0.0.1".parse().ok(), "10.0.0.2".parse().ok());
        assert_eq!(
            [0; 4].map(|_| limits.is_too_much(one, false)),
            [false, false, false, true]
        );
        assert!(!limits.is_too_much(other, false));
        assert!(
            !limits.is_too_much(one, true),
            "this machine does not count"
        );
    }

    #[test]
    fn a_network_of_the_new_kind_is_one_sender() {
        let limits = limits(Some(1));
        assert!(!limits.is_too_much("2001:db8::1".parse().ok(), false));
        assert!(limits.is_too_much("2001:db8::2".parse().ok(), false));
        assert!(!limits.is_too_much("2001:db8:0:1::1".parse().ok(), false));
    }

    #[test]
    fn guessing_is_bounded_also_where_nothing_else_is() {
        let limits = limits(None);
        let address = "10.0.0.1".parse().ok();
        let refused = (0..200).filter(|_| limits.is_guessing(address)).count();
        assert!((100..=140).contains(&refused), "{refused}");
        assert!(!limits.is_too_much(address, false));
        assert!(!limits.is_too_much_of("user:default/ada", false));
    }
}
