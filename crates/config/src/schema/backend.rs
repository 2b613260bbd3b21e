//! Keys of `backend`.
use super::{Form, Key};

/// `backend`.
pub(super) const BACKEND: Key = Key::map(
    "backend",
    "The server.",
    &[
        Key::new(
            "baseUrl",
            &[Form::Url],
            "The address under which browsers and programs reach the server.",
        )
        .default("`http://localhost:<port>`"),
        Key::new(
            "listen",
            &[Form::Address, Form::Port, Form::Map],
            "Where the server listens.",
        )
        .default("`:7007`")
        .keys(&[
            Key::new(
                "host",
                &[Form::AnyText],
                "The address to listen on; empty means all of them.",
            )
            .default("all addresses"),
            Key::new(
                "port",
                &[Form::Port],
                "The port to listen on; 0 takes a free one.",
            )
            .default("`7007`"),
        ]),
        DATABASE,
        READING,
        Key::map(
            "logger",
            "What the server writes to its log.",
            &[
                Key::new(
                    "level",
                    &[Form::OneOf(&LOG_LEVELS)],
                    "The least severe entries that are written.",
                )
                .default("`info`"),
                Key::unused("meta", "What Backstage adds to each log entry."),
                Key::unused(
                    "overrides",
                    "Which log entries Backstage treats differently.",
                ),
            ],
        ),
        Key::map(
            "lifecycle",
            "How the server starts and stops.",
            &[
                Key::new(
                    "serverShutdownDelay",
                    &[Form::Duration],
                    "How long the server still answers after SIGTERM.",
                )
                .default("`0s`"),
                Key::unused(
                    "startupRequestPauseTimeout",
                    "How long Backstage holds requests while it starts.",
                ),
            ],
        ),
        super::access::AUTH,
        Key::unused("cors", "Which other web pages may call Backstage."),
        super::access::CSP,
        super::access::REFERRER,
        Key::unused("https", "The certificate of Backstage's server."),
        super::access::TRUST_PROXY,
        Key::unused("cache", "Where Backstage keeps its cache."),
        super::access::RATE_LIMIT,
        Key::unused("health", "The headers of Backstage's health checks."),
        Key::unused("auditor", "How Backstage writes its audit log."),
        Key::unused("server", "Timeouts of Backstage's server."),
        Key::unused("actions", "Which actions Backstage's plugins offer."),
        Key::unused("packages", "Which backend packages Backstage discovers."),
        Key::unused(
            "startup",
            "What Backstage does when a plugin fails to start.",
        ),
        Key::unused("metrics", "Metrics of Backstage."),
        Key::unused("tracing", "Traces of Backstage."),
        Key::unused("workingDirectory", "Where Backstage's templates work."),
        Key::unused("plugins", "Which plugins Backstage loads."),
    ],
);

/// The levels of winston, which Backstage logs with, and `trace`.
const LOG_LEVELS: [&str; 8] = [
    "error", "warn", "info", "http", "verbose", "debug", "silly", "trace",
];

const DATABASE: Key = Key::map(
    "database",
    "Where the portal keeps its data.",
    &[
        Key::new(
            "client",
            &[Form::OneOf(&["better-sqlite3", "sqlite3", "pg", "embedded-postgres"])],
            "The kind of database; `embedded-postgres` means the portal's own SQLite file.",
        )
        .default("`better-sqlite3`"),
        Key::new(
            "connection",
            &[Form::Text, Form::Map],
            "How to reach it: `:memory:` or a file for SQLite, a `postgres://` URL or its parts for PostgreSQL.",
        )
        .default("a file in the data folder")
        .secret()
        .keys(CONNECTION),
        Key::unused("prefix", "What the names of Backstage's databases start with; the portal has one database."),
        Key::unused("pluginDivisionMode", "How Backstage divides its data; the portal has one database."),
        Key::unused("ensureExists", "Whether Backstage creates its databases."),
        Key::unused("ensureSchemaExists", "Whether Backstage creates its schemas."),
        Key::unused("role", "The role Backstage's databases belong to."),
        Key::unused("skipMigrations", "Whether Backstage leaves its tables as they are."),
        Key::unused("knexConfig", "Settings of Backstage's database library."),
        Key::unused("plugin", "Databases of single plugins of Backstage."),
    ],
);

const CONNECTION: &[Key] = &[
    Key::new("host", &[Form::Text], "The server of PostgreSQL.").default("`localhost`"),
    Key::new("port", &[Form::Port], "The port of PostgreSQL.").default("`5432`"),
    Key::new("user", &[Form::Text], "The user of PostgreSQL.").default("`postgres`"),
    Key::new("password", &[Form::AnyText], "The password of that user.").secret(),
    Key::new("database", &[Form::Text], "The database of PostgreSQL.").default("`callboard`"),
    Key::new(
        "connectionString",
        &[Form::PostgresUrl],
        "A `postgres://` URL instead of the parts.",
    )
    .secret(),
    Key::new(
        "ssl",
        &[Form::Boolean, Form::Map],
        "Whether to use TLS, and how; `true` checks the certificate.",
    )
    .default("if the server offers it")
    .keys(&[
        Key::new(
            "rejectUnauthorized",
            &[Form::Boolean],
            "Whether the server's certificate is checked.",
        )
        .default("`true`"),
        Key::new(
            "ca",
            &[Form::Text],
            "The authority that signed it, as PEM text (use `$file`).",
        ),
        Key::new(
            "cert",
            &[Form::Text],
            "The portal's own certificate, as PEM text.",
        ),
        Key::new(
            "key",
            &[Form::Text],
            "The key of that certificate, as PEM text.",
        )
        .secret(),
        Key::unused(
            "require",
            "Whether Backstage insists on TLS; the portal does as soon as `ssl` is on.",
        ),
    ]),
    Key::new(
        "type",
        &[Form::OneOf(&["default"])],
        "The kind of connection; signing in by a cloud is not supported.",
    )
    .default("`default`"),
    Key::new(
        "filename",
        &[Form::Text],
        "The file of SQLite, or `:memory:`.",
    ),
    Key::new("directory", &[Form::Text], "The folder of the SQLite file."),
    Key::unused("schema", "The schema of Backstage's tables."),
    Key::unused(
        "application_name",
        "The name Backstage gives its connections.",
    ),
];

const READING: Key = Key::map(
    "reading",
    "What may be read from the network.",
    &[Key::list(
        "allow",
        "The hosts that may be read although no integration names them.",
        &Key::map(
            "",
            "One host.",
            &[
                Key::new(
                    "host",
                    &[Form::Text],
                    "The host, with its port if it is not the usual one; `*.` in front \
                    means any below it.",
                )
                .required(),
                Key::list(
                    "paths",
                    "What the path must start with; all paths if missing.",
                    &Key::new("", &[Form::Text], "One start of a path."),
                ),
            ],
        ),
    )],
);
