//! What guards the server: `backend.trustProxy`, `backend.csp`, `backend.referrer` and `backend.rateLimit`.
use std::time::Duration;

use crate::cursor::Cursor;
use crate::proxies::read_proxies;
use crate::schema::Form;
use crate::tree::{Data, Value};

/// Which proxies are believed when they say whom a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TrustProxy {
    /// `false`: none.
    #[default]
    None,
    /// `true`: every one, so that whoever reaches the server may claim any address.
    All,
    /// A number: this many proxies before the server.
    Hops(usize),
    /// Proxies at these addresses, all written as networks such as `10.0.0.0/8`.
    Networks(Vec<String>),
}

/// How many requests are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RateLimit {
    /// The limits of the portal's own.
    #[default]
    Default,
    /// `false`: any number.
    Off,
    /// So many in so much time.
    Limit {
        /// `window`. Default: one minute.
        window: Duration,
        /// `incomingRequestLimit`; never 0.
        requests: u32,
    },
}

impl TrustProxy {
    pub(crate) fn read(value: Cursor<'_>) -> Self {
        let Some(value) = value.value() else {
            return Self::None;
        };
        let as_number = Cursor::new(value).whole();
        match (&value.data, as_number) {
            (_, Some(0)) => Self::None,
            (_, Some(hops)) => Self::Hops(usize::try_from(hops).unwrap_or(usize::MAX)),
            (Data::List(items), _) => Self::networks(items),
            _ => match Cursor::new(value).boolean() {
                Some(true) => Self::All,
                Some(false) => Self::None,
                None => Self::networks(std::slice::from_ref(value)),
            },
        }
    }

    fn networks(items: &[Value]) -> Self {
        let networks: Vec<_> = items
            .iter()
            .filter_map(|item| read_proxies(item.text()?))
            .flatten()
            .collect();
        match networks.is_empty() {
            true => Self::None,
            false => Self::Networks(networks),
        }
    }
}

impl RateLimit {
    /// The time in which requests are counted when the configuration does not say.
    const WINDOW: Duration = Duration::from_secs(60);

    pub(super) fn read(value: Cursor<'_>) -> Self {
        if value.boolean() == Some(false) {
            return Self::Off;
        }
        let requests = value.get("incomingRequestLimit").whole();
        match requests.and_then(|requests| u32::try_from(requests).ok()) {
            Some(requests) => Self::Limit {
                window: value.get("window").duration().unwrap_or(Self::WINDOW),
                requests,
            },
            None => Self::Default,
        }
    }
}

/// Reads `backend.csp` as directives with their sources; `false` leaves a directive out.
pub(super) fn read_csp(section: Cursor<'_>) -> Vec<(String, Option<Vec<String>>)> {
    let entries = section.value().map_or(&[][..], Value::entries);
    let directives = entries.iter().map(|entry| {
        let value = &entry.value;
        let sources = (!Form::False.accepts(value)).then(|| {
            let sources = Cursor::new(value).items();
            sources.filter_map(Cursor::text).collect()
        });
        (entry.key.clone(), sources)
    });
    directives.collect()
}
