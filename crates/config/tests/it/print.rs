//! The printed configuration shows everything but secrets.
use callboard_config::print;

use crate::sandbox::Sandbox;

const TEXT: &str = "
app: { title: Portal }
backend:
  database: { client: pg, connection: { host: db, password: hunter2, port: 5432 } }
  reading: { allow: [{ host: 'https://me:hunter2@example.com/a' }] }
  auth: { keys: [{ secret: hunter2 }], tokens: { a: [hunter2, 5] } }
integrations:
  github: [{ host: github.com, token: '${GITHUB_TOKEN}' }]
  aws: { caData: '${AWS_SECRET}', region: '${REGION}', apps: [{ privateKey: { $file: key.pem } }] }
mine: { tokenless: true, list: [a, null] }
";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("app-config.yaml", TEXT), ("key.pem", "hunter2")])
        .with("GITHUB_TOKEN", "hunter2")
        .with("AWS_SECRET", "hunter2")
        .with("REGION", "eu")
}

#[test]
fn secrets_are_masked_wherever_they_stand() {
    let expected = "\
app:
  title: Portal
backend:
  database:
    client: pg
    connection:
      host: db
      password: <secret>
      port: 5432
  reading:
    allow:
    - host: https://<secret>@example.com/a
  auth:
    keys:
    - secret: <secret>
    tokens:
      a:
      - <secret>
      - <secret>
integrations:
  github:
  - host: github.com
    token: <secret>
  aws:
    caData: <secret>
    region: eu
    apps:
    - privateKey: <secret>
mine:
  tokenless: true
  list:
  - a
  - null
";
    assert_eq!(print(&sandbox().load(), false), expected);
}

#[test]
fn a_connection_text_is_a_secret_as_a_whole() {
    let text = "backend: {database: {client: pg, connection: 'postgres://me:hunter2@h/d'}}";
    let loaded = Sandbox::new(&[("app-config.yaml", text)]).load();
    assert!(print(&loaded, false).contains("connection: <secret>"));
}

#[test]
fn secrets_of_providers_and_programs_are_masked_wherever_they_stand() {
    let text = "
auth:
  session: { secret: hunter2 }
  providers:
    github: { development: { clientId: a, clientSecret: hunter2 }, clientSecret: hunter2 }
    mine: { production: { metadataUrl: https://a.b, clientSecret: hunter2, startUrlSearchParams: { api_key: hunter2, a: b } } }
    auth0: { development: { clientSecret: hunter2 } }
    cfaccess: { teamName: a, serviceTokens: [{ token: hunter2, subject: b }] }
backend:
  auth:
    keys: [{ secret: hunter2 }]
    externalAccess:
      - { type: static, options: { token: hunter2hunter2, subject: ci } }
      - { type: legacy, options: { secret: hunter2, subject: old } }
";
    let loaded = Sandbox::new(&[("app-config.yaml", text)]).load();
    let printed = print(&loaded, false);
    assert!(!printed.contains("hunter2"), "{printed}");
    assert_eq!(printed.matches("<secret>").count(), 10, "{printed}");
    for shown in ["clientId: a", "subject: ci", "a: b", "teamName: a"] {
        assert!(printed.contains(shown), "{shown}: {printed}");
    }
}

#[test]
fn with_secrets_the_printed_text_loads_to_the_same_value() {
    let loaded = sandbox().load();
    let printed = print(&loaded, true);
    assert!(printed.contains("hunter2"));
    assert_eq!(
        Sandbox::new(&[("app-config.yaml", &printed)]).load().value,
        loaded.value
    );
}

#[test]
fn nothing_is_printed_as_an_empty_map() {
    assert_eq!(print(&Sandbox::new(&[]).load(), false), "{}\n");
}
