//! Every wrong value is reported with its place, the value, and the accepted form.
use crate::sandbox::{Sandbox, problems};

#[test]
fn all_wrong_values_are_reported_at_once() {
    let text = "
app:
  title: 5
  baseUrl: portal.example.com
organization: [1]
backend:
  listen: 70000
  database:
    client: mysql
    connection: { port: -1, ssl: maybe, type: rds }
  reading:
    allow:
      - paths: [/a, 1]
      - host
  logger: { level: loud }
  lifecycle: { serverShutdownDelay: 30 }
catalog:
  locations:
    - type: file
    - { type: file, target: '' }
    -
  rules:
    - allow: [Component, 3, { spec.type: x }]
    - locations: [{ exact: a }]
  readonly: perhaps
  processingInterval: { minute: 1 }
  orphanStrategy: Keep
callboard: { dataDir: true }
";
    let address =
        "an address such as `:7007` or `127.0.0.1:7007` or a port number from 0 to 65535 or a map";
    let duration = "a duration such as `30m`, `PT30M` or `{ minutes: 30 }`";
    let expected = [
        "3:10: `app.title` is 5, expected text".to_owned(),
        "4:12: `app.baseUrl` is \"portal.example.com\", expected a URL such as `https://portal.example.com`".to_owned(),
        "5:1: `organization` is a list, expected a map".to_owned(),
        format!("7:11: `backend.listen` is 70000, expected {address}"),
        "9:13: `backend.database.client` is \"mysql\", expected one of `better-sqlite3`, `sqlite3`, `pg`, `embedded-postgres`"
            .to_owned(),
        "10:25: `backend.database.connection.port` is -1, expected a port number from 0 to 65535".to_owned(),
        "10:34: `backend.database.connection.ssl` is \"maybe\", expected `true` or `false` or a map".to_owned(),
        "10:47: `backend.database.connection.type` is \"rds\", expected `default`".to_owned(),
        "13:9: `backend.reading.allow[0]` has no `host`, expected text".to_owned(),
        "13:21: `backend.reading.allow[0].paths[1]` is 1, expected text".to_owned(),
        "14:9: `backend.reading.allow[1]` is \"host\", expected a map".to_owned(),
        "15:20: `backend.logger.level` is \"loud\", expected one of `error`, `warn`, `info`, `http`, `verbose`, `debug`, \
         `silly`, `trace`"
            .to_owned(),
        format!("16:37: `backend.lifecycle.serverShutdownDelay` is 30, expected {duration}"),
        "19:7: `catalog.locations[0]` has no `target`, expected text".to_owned(),
        "20:29: `catalog.locations[1].target` is empty, expected text".to_owned(),
        "21:6: `catalog.locations[2]` is nothing, expected a map".to_owned(),
        "23:26: `catalog.rules[0].allow[1]` is 3, expected text or a map".to_owned(),
        "23:31: `catalog.rules[0].allow[2]` has no `kind`, expected text".to_owned(),
        "24:7: `catalog.rules[1]` has no `allow`, expected a list".to_owned(),
        "24:21: `catalog.rules[1].locations[0]` has no `type`, expected text".to_owned(),
        "25:13: `catalog.readonly` is \"perhaps\", expected `true` or `false`".to_owned(),
        format!("26:3: `catalog.processingInterval` is a map, expected {duration} or `false`"),
        "27:19: `catalog.orphanStrategy` is \"Keep\", expected one of `keep`, `delete`".to_owned(),
        "28:23: `callboard.dataDir` is true, expected text".to_owned(),
    ];
    let found = problems(text);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(*found, format!("CFG002 app-config.yaml:{expected}"));
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn a_wrong_value_is_reported_in_the_layer_that_has_it() {
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", "backend: {listen: {host: a, port: 1}}"),
        (
            "app-config.local.yaml",
            "# mine\nbackend:\n  listen:\n    port: one\n",
        ),
    ]);
    let tail = "`backend.listen.port` is \"one\", expected a port number from 0 to 65535";
    assert_eq!(
        sandbox.problems(),
        [format!("CFG002 app-config.local.yaml:4:11: {tail}")]
    );
}

#[test]
fn a_wrong_value_of_a_lower_layer_that_is_replaced_does_not_count() {
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", "backend: {listen: x}"),
        ("app-config.local.yaml", "backend: {listen: ':1'}"),
    ]);
    assert_eq!(sandbox.problems(), [""; 0]);
}

#[test]
fn a_wrong_value_of_a_variable_names_the_variable() {
    let sandbox = Sandbox::new(&[]).with("APP_CONFIG_backend_listen_port", "99999");
    let expected = "CFG002 APP_CONFIG_backend_listen_port: `backend.listen.port` is 99999, \
                    expected a port number from 0 to 65535";
    assert_eq!(sandbox.problems(), [expected]);
}

#[test]
fn a_wrong_value_that_was_substituted_says_from_what() {
    let sandbox = Sandbox::new(&[("app-config.yaml", "backend: {listen: {port: '${PORT}'}}")])
        .with("PORT", "http");
    let expected = "CFG002 app-config.yaml:1:26: `backend.listen.port` is \"http\" (from `${PORT}`), \
                    expected a port number from 0 to 65535";
    assert_eq!(sandbox.problems(), [expected]);
}

#[test]
fn a_secret_is_never_in_a_message() {
    let text = "
app: { title: ['hunter2'], baseUrl: 'ftp://me:hunter2@x/' }
backend:
  listen: ${DB_PASSWORD:-hunter2}
  database: { client: pg, connection: { password: 123454321, connectionString: hunter2, ssl: { key: 1 } } }
callboard: { dataDir: { $file: token.txt, x: hunter2 } }
catalog:
  locations: { $file: '${DB_PASSWORD}' }
  rules: { $include: '${DB_PASSWORD}.yaml' }
  readonly: { $include: '${DB_PASSWORD}' }
  providers: { $env: '${DB_PASSWORD}' }
";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]).with("DB_PASSWORD", "hunter2");
    let loaded = sandbox.load();
    let all = format!("{:?}", loaded.diagnostics);
    assert!(
        !all.contains("hunter2") && !all.contains("123454321"),
        "{all}"
    );
    assert_eq!(loaded.diagnostics.len(), 11, "{all}");
}

#[test]
fn a_long_value_is_cut() {
    let found = problems(&format!("backend: {{listen: {}}}", "é".repeat(100)));
    assert!(
        found[0].contains(&format!("is \"{}…\", expected", "é".repeat(60))),
        "{found:?}"
    );
}

#[test]
fn values_that_contradict_each_other_are_reported() {
    let text =
        "catalog: {rules: [{allow: [API], locations: [{type: file, exact: a, pattern: b}]}]}";
    let expected = "CFG009 app-config.yaml:1:78: `catalog.rules[0].locations[0]` has both `exact` and `pattern`";
    assert_eq!(problems(text), [expected]);
    for (client, connection, kind, column) in [
        ("pg", "':memory:'", "of PostgreSQL", 46),
        ("pg", "{directory: a}", "of PostgreSQL", 34),
        ("sqlite3", "postgres://u@h/d", "of SQLite", 51),
        ("better-sqlite3", "{host: h}", "of SQLite", 46),
    ] {
        let found = problems(&format!(
            "backend: {{database: {{client: {client}, connection: {connection}}}}}"
        ));
        let message =
            format!("`backend.database.client` is `{client}`, but `connection` is not one {kind}");
        assert_eq!(
            found,
            [format!("CFG009 app-config.yaml:1:{column}: {message}")]
        );
    }
}

#[test]
fn an_embedded_postgres_becomes_sqlite_with_a_warning() {
    let text = "backend: {database: {client: embedded-postgres, connection: {host: x}}}";
    assert!(
        problems(text)[0].starts_with("CFG008 app-config.yaml:1:30: `embedded-postgres` is known")
    );
}
