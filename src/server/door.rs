//! The door: what every request passes before a handler sees it.
//!
//! In this order: where it comes from, how many there were, who sent it, and whether that one may use the route.
//! A route that is not in the [table] needs a caller who is known.
mod arrival;
mod authenticate;
mod cross_site;
mod gate;
mod limits;
pub mod table;

use callboard_config::TrustProxy;
use ipnet::IpNet;

pub(super) use gate::gate;
pub(super) use limits::Limits;
pub use table::Needs;

/// What the door is told.
#[derive(Debug, Clone)]
pub struct DoorSettings {
    /// Which proxies are believed about where a request comes from.
    pub trust: Trust,
    /// Whether callers who are nobody pass, and the policy alone decides.
    pub is_open: bool,
    /// Whether every request counts as one of this machine. For tests.
    pub is_always_local: bool,
    /// Origins whose pages may send requests with a person's cookie: those of `app.baseUrl` and `backend.baseUrl`.
    pub origins: Vec<String>,
    /// How many requests one address may send.
    pub rate: Rate,
}

/// Which of the addresses in `X-Forwarded-For` are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Trust {
    /// None: the peer is the client.
    #[default]
    Nobody,
    /// All of them: the client is the first one.
    All,
    /// So many hops from the portal.
    Hops(usize),
    /// Proxies in these networks.
    Networks(Vec<IpNet>),
}

/// How many requests are answered to one address, beside the stricter bounds of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests in a minute; nothing means as many as come.
    pub per_minute: Option<u32>,
    /// Whether requests of this machine count too.
    pub counts_local: bool,
}

impl Default for Rate {
    /// Generous: enough for a person's browser and a program, too little for guessing or for harm.
    fn default() -> Self {
        Self {
            per_minute: Some(6_000),
            counts_local: false,
        }
    }
}

impl DoorSettings {
    /// Lets everybody in as if from this machine. For tests.
    #[must_use]
    pub fn for_tests() -> Self {
        Self {
            trust: Trust::Nobody,
            is_open: false,
            is_always_local: true,
            origins: vec!["http://localhost:7007".to_owned()],
            rate: Rate {
                per_minute: None,
                counts_local: false,
            },
        }
    }
}

impl Trust {
    /// Reads what the configuration says; a text that is no network is left out, the configuration was checked.
    #[must_use]
    pub fn of(configured: &TrustProxy) -> Self {
        match configured {
            TrustProxy::None => Self::Nobody,
            TrustProxy::All => Self::All,
            TrustProxy::Hops(hops) => Self::Hops(*hops),
            TrustProxy::Networks(texts) => {
                Self::Networks(texts.iter().filter_map(|text| network(text)).collect())
            }
        }
    }

    /// Tells whether the peer of a connection is a proxy that is believed.
    pub(super) fn believes(&self, peer: std::net::IpAddr) -> bool {
        match self {
            Self::Nobody => false,
            Self::All => true,
            Self::Hops(hops) => *hops > 0,
            Self::Networks(networks) => networks.iter().any(|one| one.contains(&peer)),
        }
    }
}

fn network(text: &str) -> Option<IpNet> {
    let address = || text.parse::<std::net::IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| address()).ok()
}
