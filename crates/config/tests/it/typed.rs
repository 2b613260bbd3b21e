//! What the typed sections hold.
use std::path::Path;
use std::time::Duration;

use callboard_config::{
    AllowedKind, Config, Database, Interval, Listen, LogLevel, OrphanStrategy, Rule, SqliteTarget,
    TargetMatch,
};

use crate::sandbox::{Sandbox, config};

fn kind(kind: &str) -> AllowedKind {
    AllowedKind {
        kind: kind.to_owned(),
        spec_type: None,
    }
}

fn sqlite(connection: &str) -> SqliteTarget {
    match config(&format!("backend: {{database: {{{connection}}}}}"))
        .backend
        .database
    {
        Database::Sqlite(target) => target,
        Database::Postgres(_) => panic!("{connection} is not PostgreSQL"),
    }
}

#[test]
fn everything_has_a_default() {
    let config: Config = config("{}");
    assert_eq!(
        (config.app.title.as_str(), config.organization.name),
        ("Callboard", None)
    );
    assert_eq!(config.app.base_url, "http://localhost:7007");
    assert_eq!(config.backend.base_url, "http://localhost:7007");
    assert_eq!(
        config.backend.listen,
        Listen {
            host: None,
            port: 7007
        }
    );
    assert_eq!(
        config.backend.database,
        Database::Sqlite(SqliteTarget::Default)
    );
    assert!(config.backend.reading.allow.is_empty());
    assert_eq!(config.backend.logger.level, LogLevel::Info);
    assert_eq!(
        config.backend.lifecycle.server_shutdown_delay,
        Duration::ZERO
    );
    let allow = ["Component", "API", "Location"].map(kind).into();
    assert_eq!(
        config.catalog.rules,
        [Rule {
            allow,
            locations: None
        }]
    );
    assert!(config.catalog.locations.is_empty() && !config.catalog.readonly);
    assert_eq!(
        config.catalog.processing_interval,
        Interval::Every(Duration::from_secs(100))
    );
    assert_eq!(config.catalog.orphan_strategy, OrphanStrategy::Delete);
    assert_eq!(
        config.catalog.orphan_provider_strategy,
        OrphanStrategy::Delete
    );
    assert_eq!(config.callboard.data_dir, None);
}

#[test]
fn plain_values_are_read() {
    let text = "
app: { title: Portal, baseUrl: 'https://portal.example.com/' }
organization: { name: ACME }
backend:
  baseUrl: https://api.example.com/x/
  reading: { allow: [{ host: '*.example.com' }, { host: 'a:8080', paths: [/b] }] }
  logger: { level: verbose }
  lifecycle: { serverShutdownDelay: { seconds: '5' } }
catalog: { readonly: 'yes', processingInterval: PT5M, orphanStrategy: keep }
callboard: { dataDir: ./data }
";
    let config = config(text);
    assert_eq!(
        (config.app.title.as_str(), config.app.base_url.as_str()),
        ("Portal", "https://portal.example.com")
    );
    assert_eq!(config.organization.name.as_deref(), Some("ACME"));
    assert_eq!(config.backend.base_url, "https://api.example.com/x");
    let [any, some] = &config.backend.reading.allow[..] else {
        panic!("two hosts are allowed")
    };
    assert_eq!((any.host.as_str(), &any.paths), ("*.example.com", &None));
    assert_eq!(
        (some.host.as_str(), &some.paths),
        ("a:8080", &Some(vec!["/b".to_owned()]))
    );
    assert_eq!(config.backend.logger.level.as_str(), "debug");
    assert_eq!(
        config.backend.lifecycle.server_shutdown_delay,
        Duration::from_secs(5)
    );
    assert!(config.catalog.readonly);
    assert_eq!(
        config.catalog.processing_interval,
        Interval::Every(Duration::from_secs(300))
    );
    assert_eq!(config.catalog.orphan_strategy, OrphanStrategy::Keep);
    assert_eq!(
        config.callboard.data_dir.as_deref(),
        Some(Path::new("./data"))
    );
}

#[test]
fn the_address_to_listen_on_has_four_ways_to_write_it() {
    for (text, host, port) in [
        ("':7008'", None, 7008),
        ("7008", None, 7008),
        ("'7008'", None, 7008),
        ("127.0.0.1:80", Some("127.0.0.1"), 80),
        ("'[::1]:80'", Some("::1"), 80),
        ("{ port: '0' }", None, 0),
        ("{ host: '', port: 1 }", None, 1),
        ("{ host: localhost }", Some("localhost"), 7007),
    ] {
        let listen = config(&format!("backend: {{listen: {text}}}"))
            .backend
            .listen;
        assert_eq!(
            listen,
            Listen {
                host: host.map(str::to_owned),
                port
            },
            "{text}"
        );
        assert_eq!(listen.to_string().parse(), Ok(listen), "{text}");
    }
    assert_eq!(
        config("backend: {listen: ':90'}").app.base_url,
        "http://localhost:90"
    );
}

#[test]
fn a_database_without_a_client_is_guessed_from_its_connection() {
    assert_eq!(
        sqlite("client: better-sqlite3, connection: ':memory:'"),
        SqliteTarget::Memory
    );
    assert_eq!(sqlite("connection: ':memory:'"), SqliteTarget::Memory);
    assert_eq!(
        sqlite("client: sqlite3, connection: a/b.db"),
        SqliteTarget::File("a/b.db".into())
    );
    assert_eq!(
        sqlite("client: sqlite3, connection: {filename: ':memory:'}"),
        SqliteTarget::Memory
    );
    assert_eq!(
        sqlite("connection: {directory: data}"),
        SqliteTarget::Directory("data".into())
    );
    assert_eq!(sqlite("client: embedded-postgres"), SqliteTarget::Default);
    let Database::Postgres(postgres) =
        config("backend: {database: {connection: 'postgres://u@h/d'}}")
            .backend
            .database
    else {
        panic!("the connection is PostgreSQL's")
    };
    assert_eq!(postgres.url().expose(), "postgres://u@h/d");
}

#[test]
fn postgres_is_read_from_its_parts_and_variables() {
    let text = "
backend:
  database:
    client: pg
    connection: { host: '${PGHOST}', port: '${PGPORT}', user: me, password: '${PGPASSWORD}', ssl: true }
";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)])
        .with("PGHOST", "db")
        .with("PGPASSWORD", "p@ss");
    let config = sandbox.load().config.expect("there are warnings only");
    let Database::Postgres(postgres) = &config.backend.database else {
        panic!("the client is PostgreSQL")
    };
    assert_eq!(
        postgres.url().expose(),
        "postgres://me:p%40ss@db:5432/callboard?sslmode=verify-full"
    );
    assert!(!format!("{config:?}").contains("p@ss"));
}

#[test]
fn locations_and_rules_are_read_with_their_places() {
    let text = "
catalog:
  rules:
    - allow: [Component, { kind: API, spec.type: openapi }]
    - allow: [User]
      locations:
        - { type: url, pattern: 'https://example.com/**' }
        - { type: file, exact: a.yaml }
        - { type: file }
    - { allow: [Group], locations: [] }
  locations:
    - type: file
      target: ../examples/*.yaml
      rules: [{ allow: [Template] }]
    - { type: url, target: https://example.com/x }
";
    let catalog = config(text).catalog;
    assert_eq!(
        catalog.rules[0].allow[1].spec_type.as_deref(),
        Some("openapi")
    );
    let matchers = catalog.rules[1]
        .locations
        .as_deref()
        .expect("the second rule has conditions");
    assert_eq!(
        matchers[0].target,
        TargetMatch::Pattern("https://example.com/**".to_owned())
    );
    assert_eq!(matchers[1].target, TargetMatch::Exact("a.yaml".to_owned()));
    assert_eq!(matchers[2].target, TargetMatch::Any);
    assert_eq!(catalog.rules[2].locations, Some(vec![]));
    let [first, second] = &catalog.locations[..] else {
        panic!("there are two locations")
    };
    assert_eq!(
        (first.type_.as_str(), first.target.as_str()),
        ("file", "../examples/*.yaml")
    );
    assert_eq!(
        first.rules,
        [Rule {
            allow: vec![kind("Template")],
            locations: None
        }]
    );
    let start = first.place.span.expect("it stands in a file").start;
    assert_eq!((start.line, start.column), (13, 15));
    assert!(first.place.file.ends_with("app-config.yaml"));
    assert!(second.rules.is_empty());
}

#[test]
fn an_empty_list_of_rules_allows_nothing_and_false_stops_the_interval() {
    let catalog = config("catalog: {rules: [], processingInterval: false}").catalog;
    assert_eq!(
        (catalog.rules, catalog.processing_interval),
        (vec![], Interval::Off)
    );
}

#[test]
fn a_location_from_a_variable_names_the_variable() {
    let sandbox = Sandbox::new(&[]).with(
        "APP_CONFIG_catalog_locations",
        r#"[{"type":"file","target":"a.yaml"}]"#,
    );
    let place = &sandbox
        .load()
        .config
        .expect("there is no error")
        .catalog
        .locations[0]
        .place;
    assert_eq!(
        (place.file.as_str(), place.span),
        ("APP_CONFIG_catalog_locations", None)
    );
}
