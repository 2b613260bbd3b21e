//! The section `backend`, except for its database.
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::access::BackendAuth;
use super::base_url;
use super::database::Database;
use super::guard::{RateLimit, TrustProxy, read_csp};
use crate::cursor::Cursor;
use crate::schema::form::read_address;

/// The section `backend`.
#[derive(Debug, Clone, PartialEq)]
pub struct Backend {
    /// `backend.baseUrl`: where programs reach the server, without a slash at the end. Default:
    /// `http://localhost:<port>`.
    pub base_url: String,
    /// `backend.listen`: where the server listens. Default: port 7007 on all addresses.
    pub listen: Listen,
    /// `backend.database`: where data is kept. Default: an SQLite file in the data folder.
    pub database: Database,
    /// `backend.reading`: what may be read from the network.
    pub reading: Reading,
    /// `backend.logger`: what is logged.
    pub logger: Logger,
    /// `backend.lifecycle`: how the server stops.
    pub lifecycle: Lifecycle,
    /// `backend.auth`: how programs prove who they are.
    pub auth: BackendAuth,
    /// `backend.trustProxy`: which proxies are believed. Default: none.
    pub trust_proxy: TrustProxy,
    /// `backend.csp`: directives with their sources; `None` leaves a directive out. Default: none are changed.
    pub csp: Vec<(String, Option<Vec<String>>)>,
    /// `backend.referrer.policy`: the Referrer-Policy, of which a browser takes the last it knows. Default: none.
    pub referrer_policy: Vec<String>,
    /// `backend.rateLimit`: how many requests are taken.
    pub rate_limit: RateLimit,
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen {
    /// `backend.listen.host`. Default: none, which is every address.
    pub host: Option<String>,
    /// `backend.listen.port`. Default: 7007; 0 takes a free one.
    pub port: u16,
}

/// The section `backend.reading`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// `backend.reading.allow`: hosts that may be read although no integration names them. Default: none.
    pub allow: Vec<ReadingAllow>,
}

/// One item of `backend.reading.allow`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingAllow {
    /// `host`: with its port if it is not the usual one; may start with `*.`.
    pub host: String,
    /// `paths`: what the path must start with. Default: any path.
    pub paths: Option<Vec<String>>,
}

/// The section `backend.logger`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logger {
    /// `backend.logger.level`: the least severe entries that are written. Default: `info`.
    pub level: LogLevel,
}

/// How severe a log entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// `error`.
    Error,
    /// `warn`.
    Warn,
    /// `info`, and `http` of Backstage.
    Info,
    /// `debug`, and `verbose` of Backstage.
    Debug,
    /// `trace`, and `silly` of Backstage.
    Trace,
}

/// The section `backend.lifecycle`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifecycle {
    /// `backend.lifecycle.serverShutdownDelay`: how long the server answers after it was told to stop. Default: 0.
    pub server_shutdown_delay: Duration,
}

impl Backend {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let listen = Listen::read(section.get("listen"));
        let lifecycle = section.get("lifecycle").get("serverShutdownDelay");
        Self {
            base_url: base_url(section.get("baseUrl"))
                .unwrap_or_else(|| format!("http://localhost:{}", listen.port)),
            database: Database::read(section.get("database")),
            reading: Reading {
                allow: section
                    .get("reading")
                    .get("allow")
                    .items()
                    .map(ReadingAllow::read)
                    .collect(),
            },
            logger: Logger {
                level: LogLevel::read(section.get("logger").get("level")),
            },
            lifecycle: Lifecycle {
                server_shutdown_delay: lifecycle.duration().unwrap_or_default(),
            },
            auth: BackendAuth::read(section.get("auth")),
            trust_proxy: TrustProxy::read(section.get("trustProxy")),
            csp: read_csp(section.get("csp")),
            referrer_policy: section.get("referrer").get("policy").words(),
            rate_limit: RateLimit::read(section.get("rateLimit")),
            listen,
        }
    }
}

impl Listen {
    const PORT: u16 = 7007;

    fn read(value: Cursor<'_>) -> Self {
        if let Some((host, port)) = value.text().as_deref().and_then(read_address) {
            return Self { host, port };
        }
        let host = value.get("host").text().filter(|host| !host.is_empty());
        let port = value.port().or_else(|| value.get("port").port());
        Self {
            host,
            port: port.unwrap_or(Self::PORT),
        }
    }
}

/// The complaint about a text that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an address such as `:7007` or `127.0.0.1:7007`")]
pub struct ListenError;

impl FromStr for Listen {
    type Err = ListenError;

    fn from_str(text: &str) -> Result<Self, ListenError> {
        let (host, port) = read_address(text).ok_or(ListenError)?;
        Ok(Self { host, port })
    }
}

impl fmt::Display for Listen {
    /// Writes `host:port`, with brackets around an IPv6 host, or `:port`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.as_deref() {
            Some(host) if host.contains(':') => write!(formatter, "[{host}]:{}", self.port),
            host => write!(formatter, "{}:{}", host.unwrap_or_default(), self.port),
        }
    }
}

impl ReadingAllow {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            host: item.get("host").text().unwrap_or_default(),
            paths: item
                .get("paths")
                .list(|path| path.text().unwrap_or_default()),
        }
    }
}

impl LogLevel {
    fn read(value: Cursor<'_>) -> Self {
        match value.text().as_deref() {
            Some("error") => Self::Error,
            Some("warn") => Self::Warn,
            Some("verbose" | "debug") => Self::Debug,
            Some("silly" | "trace") => Self::Trace,
            _ => Self::Info,
        }
    }

    /// Returns the word log filters use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
