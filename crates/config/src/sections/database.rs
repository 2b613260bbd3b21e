//! The section `backend.database`.
use std::path::PathBuf;

use url::Url;

use crate::cursor::Cursor;
use crate::secret::Secret;
use crate::tree::Data;

/// The section `backend.database`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// `client` is `better-sqlite3` (the default), `sqlite3` or `embedded-postgres`.
    Sqlite(SqliteTarget),
    /// `client` is `pg`, or is missing and the connection is one of PostgreSQL.
    Postgres(Box<Postgres>),
}

/// Where SQLite keeps its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqliteTarget {
    /// No `connection`: a file in the data folder.
    Default,
    /// `:memory:`.
    Memory,
    /// `connection` as text, or `connection.filename`.
    File(PathBuf),
    /// `connection.directory`.
    Directory(PathBuf),
}

/// How to reach PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postgres {
    /// `connection` as text, or `connection.connectionString`: used instead of the parts. Default: none.
    pub connection_string: Option<Secret>,
    /// `connection.host`: a name, an address, or the folder of a socket. Default: `localhost`.
    pub host: String,
    /// `connection.port`. Default: 5432.
    pub port: u16,
    /// `connection.user`. Default: `postgres`.
    pub user: String,
    /// `connection.password`. Default: none.
    pub password: Option<Secret>,
    /// `connection.database`. Default: `callboard`.
    pub database: String,
    /// `connection.ssl`. Default: TLS where the server offers it.
    pub ssl: Ssl,
}

/// How TLS is used with PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ssl {
    /// From `ssl: true|false` and `ssl.rejectUnauthorized`.
    pub mode: SslMode,
    /// `ssl.ca`: the authority to trust, as PEM text. Default: the system's.
    pub ca: Option<String>,
    /// `ssl.cert`: the portal's certificate, as PEM text. Default: none.
    pub cert: Option<String>,
    /// `ssl.key`: the key of that certificate, as PEM text. Default: none.
    pub key: Option<Secret>,
}

/// Whether TLS is used and what is checked, in the words of `sslmode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SslMode {
    /// `ssl` is missing.
    Prefer,
    /// `ssl: false`.
    Disable,
    /// `ssl.rejectUnauthorized: false`.
    Require,
    /// `ssl: true`, or a map.
    VerifyFull,
}

impl Database {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let connection = section.get("connection");
        let text = connection.text();
        let postgres = match section.get("client").text().as_deref() {
            Some("pg") => true,
            Some("embedded-postgres") => return Self::Sqlite(SqliteTarget::Default),
            Some(_) => false,
            None => {
                let keys = ["host", "user", "connectionString"];
                let named = keys.iter().any(|key| connection.get(key).value().is_some());
                named || text.as_deref().is_some_and(names_postgres)
            }
        };
        match postgres {
            true => Self::Postgres(Box::new(Postgres::read(connection))),
            false => Self::Sqlite(SqliteTarget::read(connection)),
        }
    }
}

/// Tells whether a connection text is one of PostgreSQL.
pub(crate) fn names_postgres(text: &str) -> bool {
    text.starts_with("postgres://") || text.starts_with("postgresql://")
}

impl SqliteTarget {
    fn read(connection: Cursor<'_>) -> Self {
        let file = connection
            .text()
            .or_else(|| connection.get("filename").text());
        match (file.as_deref(), connection.get("directory").text()) {
            (Some(":memory:"), _) => Self::Memory,
            (Some(file), _) => Self::File(PathBuf::from(file)),
            (None, Some(folder)) => Self::Directory(PathBuf::from(folder)),
            (None, None) => Self::Default,
        }
    }
}

impl Postgres {
    fn read(connection: Cursor<'_>) -> Self {
        let text = |key: &str| connection.get(key).text();
        Self {
            connection_string: connection
                .text()
                .or_else(|| text("connectionString"))
                .map(Secret::new),
            host: text("host").unwrap_or_else(|| "localhost".to_owned()),
            port: connection.get("port").port().unwrap_or(5432),
            user: text("user").unwrap_or_else(|| "postgres".to_owned()),
            password: text("password")
                .filter(|password| !password.is_empty())
                .map(Secret::new),
            database: text("database").unwrap_or_else(|| "callboard".to_owned()),
            ssl: Ssl::read(connection.get("ssl")),
        }
    }

    /// Returns a `postgres://` URL with every part percent-encoded and `sslmode` where `ssl` says something.
    ///
    /// The texts of `ssl.ca`, `ssl.cert` and `ssl.key` have no place in a URL; hand them to the driver.
    #[must_use]
    pub fn url(&self) -> Secret {
        if let Some(text) = &self.connection_string {
            return text.clone();
        }
        let mut url = Url::parse("postgres://localhost").expect("the text is a URL");
        // The folder of a socket cannot stand as a host; drivers take it as a parameter.
        if self.host.starts_with('/') || url.set_host(Some(&bracketed(&self.host))).is_err() {
            url.query_pairs_mut().append_pair("host", &self.host);
        }
        // These fail only for URLs without a host, and this one has one.
        let _ = url.set_port(Some(self.port));
        let _ = url.set_username(&escaped(&self.user));
        let _ = url.set_password(
            self.password
                .as_ref()
                .map(|password| escaped(password.expose()))
                .as_deref(),
        );
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear().push(&self.database);
        }
        if self.ssl.mode != SslMode::Prefer {
            url.query_pairs_mut()
                .append_pair("sslmode", self.ssl.mode.as_str());
        }
        Secret::new(url)
    }
}

/// Escapes the percent sign, which a URL's user and password would otherwise take as written.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
}

fn bracketed(host: &str) -> String {
    match host.parse::<std::net::Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => host.to_owned(),
    }
}

impl Ssl {
    fn read(value: Cursor<'_>) -> Self {
        let mode = match value.value().map(|value| &value.data) {
            None => SslMode::Prefer,
            Some(Data::Map(_)) if value.get("rejectUnauthorized").boolean() == Some(false) => {
                SslMode::Require
            }
            Some(Data::Map(_)) => SslMode::VerifyFull,
            Some(_) if value.boolean() == Some(true) => SslMode::VerifyFull,
            Some(_) => SslMode::Disable,
        };
        Self {
            mode,
            ca: value.get("ca").text(),
            cert: value.get("cert").text(),
            key: value.get("key").text().map(Secret::new),
        }
    }
}

impl SslMode {
    /// Returns the word of `sslmode`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prefer => "prefer",
            Self::Disable => "disable",
            Self::Require => "require",
            Self::VerifyFull => "verify-full",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Database, Postgres};
    use crate::cursor::Cursor;
    use crate::tree::{Origin, Value};

    fn postgres(connection: serde_json::Value) -> Postgres {
        let json = json!({ "client": "pg", "connection": connection });
        let value = Value::from_json(json, &Origin::new(&"test".into(), None));
        match Database::read(Cursor::new(&value)) {
            Database::Postgres(postgres) => *postgres,
            Database::Sqlite(_) => panic!("expected PostgreSQL"),
        }
    }

    fn url(connection: serde_json::Value) -> String {
        postgres(connection).url().expose().to_owned()
    }

    #[test]
    fn the_url_has_defaults_for_missing_parts() {
        assert_eq!(
            url(json!({})),
            "postgres://postgres@localhost:5432/callboard"
        );
    }

    #[test]
    fn every_part_of_the_url_is_percent_encoded() {
        let connection = json!({
            "host": "db.example.com", "port": "6432", "user": "a:b@c", "password": "p@ss/w%41:?#ü",
            "database": "my/db?", "ssl": { "rejectUnauthorized": false },
        });
        let expected = "postgres://a%3Ab%40c:p%40ss%2Fw%2541%3A%3F%23%C3%BC@db.example.com:6432/my%2Fdb%3F?sslmode=require";
        assert_eq!(url(connection), expected);
    }

    #[test]
    fn a_socket_or_an_ipv6_address_is_a_host() {
        assert_eq!(
            url(json!({ "host": "::1" })),
            "postgres://postgres@[::1]:5432/callboard"
        );
        let socket = url(json!({ "host": "/run/postgresql", "ssl": false }));
        assert_eq!(
            socket,
            "postgres://postgres@localhost:5432/callboard?host=%2Frun%2Fpostgresql&sslmode=disable"
        );
    }

    #[test]
    fn a_connection_string_is_taken_as_it_is_and_not_shown() {
        let found = postgres(json!("postgresql://me:pw@h/db"));
        assert_eq!(found.url().expose(), "postgresql://me:pw@h/db");
        let shown = format!("{found:?}{:?}", postgres(json!({ "password": "hunter2" })));
        assert!(
            !shown.contains("pw") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
