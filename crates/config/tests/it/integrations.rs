//! What the sections about source hosts and their events hold.
use callboard_config::{LocationConflict, Secret, print};

use crate::sandbox::{Sandbox, config, problems};

const TEXT: &str = "
integrations:
  github:
    - host: ghe.example.com
      apiBaseUrl: https://ghe.example.com/api/v3/
      apps:
        - { appId: '12', privateKey: { $file: key.pem }, clientId: me, clientSecret: hunter2, webhookSecret: hunter2, allowedInstallationOwners: [acme] }
        - { appId: 13, privateKey: hunter2 }
    - { token: ' hunter2 ' }
  gitlab:
    - { host: 'gitlab.example.com:8443', baseUrl: 'https://gitlab.example.com:8443/git/', apiBaseUrl: 'https://gitlab.example.com:8443/git/api/v4', token: hunter2 }
  gitea: [{ host: codeberg.org, username: ada, password: hunter2 }]
  bitbucketCloud: [{ username: ada, token: hunter2, appPassword: other }, { appPassword: other }]
  awsS3: [{ accessKeyId: x, secretAccessKey: hunter2 }]
events:
  modules:
    github: { webhookSecret: hunter2 }
    gitlab: { webhookSecret: hunter2 }
    gitea: { webhookSecret: hunter2 }
callboard:
  reading: { private: [git.internal, 10.0.0.0/8] }
  integrations: { git: [{ host: 'git.internal:8080', scheme: http, username: ada, password: hunter2 }, { host: g.example.com }] }
  catalog: { filePlaceholders: false }
";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("app-config.yaml", TEXT), ("key.pem", "hunter2")])
}

fn shown(secret: Option<&Secret>) -> Option<&str> {
    secret.map(Secret::expose)
}

#[test]
fn source_hosts_are_read_with_the_keys_of_backstage() {
    let integrations = sandbox().load().config.expect("no error").integrations;
    let [enterprise, public] = &integrations.github[..] else {
        panic!("two hosts")
    };
    assert_eq!(enterprise.host, "ghe.example.com");
    assert_eq!(
        enterprise.api_base_url.as_deref(),
        Some("https://ghe.example.com/api/v3")
    );
    assert_eq!(enterprise.raw_base_url, None);
    assert_eq!(
        (enterprise.apps[0].app_id, enterprise.apps[1].app_id),
        (12, 13)
    );
    assert_eq!(enterprise.apps[0].private_key.expose(), "hunter2");
    assert_eq!(
        shown(enterprise.apps[0].webhook_secret.as_ref()),
        Some("hunter2")
    );
    assert_eq!(
        enterprise.apps[0].allowed_installation_owners,
        Some(vec!["acme".to_owned()])
    );
    assert_eq!(enterprise.apps[1].allowed_installation_owners, None);
    assert_eq!(public.host, "github.com");
    assert_eq!(shown(public.token.as_ref()), Some("hunter2"));

    let gitlab = &integrations.gitlab[0];
    assert_eq!(gitlab.host, "gitlab.example.com:8443");
    assert_eq!(
        gitlab.base_url.as_deref(),
        Some("https://gitlab.example.com:8443/git")
    );
    assert_eq!(shown(gitlab.token.as_ref()), Some("hunter2"));
    let gitea = &integrations.gitea[0];
    assert_eq!(gitea.username.as_deref(), Some("ada"));
    assert_eq!(shown(gitea.password.as_ref()), Some("hunter2"));
    let [token, password] = &integrations.bitbucket_cloud[..] else {
        panic!("two accounts")
    };
    assert_eq!(shown(token.token.as_ref()), Some("hunter2"));
    assert_eq!(shown(password.token.as_ref()), Some("other"));
}

#[test]
fn events_and_what_only_callboard_knows_are_read() {
    let config = sandbox().load().config.expect("no error");
    assert_eq!(shown(config.events.github_secret.as_ref()), Some("hunter2"));
    assert_eq!(shown(config.events.gitlab_secret.as_ref()), Some("hunter2"));
    assert_eq!(shown(config.events.gitea_secret.as_ref()), Some("hunter2"));
    let callboard = config.callboard;
    assert_eq!(callboard.reading_private, ["git.internal", "10.0.0.0/8"]);
    assert!(!callboard.file_placeholders);
    let [inner, outer] = &callboard.git[..] else {
        panic!("two servers")
    };
    assert_eq!(
        (
            inner.host.as_str(),
            inner.scheme.as_str(),
            inner.username.as_deref()
        ),
        ("git.internal:8080", "http", Some("ada"))
    );
    assert_eq!(shown(inner.password.as_ref()), Some("hunter2"));
    assert_eq!((outer.scheme.as_str(), &outer.password), ("https", &None));
}

#[test]
fn without_a_word_no_host_is_configured_and_placeholders_are_read() {
    let config = config("{}");
    assert_eq!(config.integrations, Default::default());
    assert_eq!(config.events, Default::default());
    assert!(config.callboard.file_placeholders);
    assert_eq!(config.catalog.location_conflict, LocationConflict::Reject);
    assert_eq!(config.catalog.scm_events, None);
}

#[test]
fn the_secrets_of_source_hosts_are_never_shown() {
    let loaded = sandbox().load();
    let printed = print(&loaded, false);
    assert!(!printed.contains("hunter2"), "{printed}");
    assert!(!printed.contains("other"), "{printed}");
    let debug = format!("{:?}", loaded.config.expect("no error"));
    assert!(!debug.contains("hunter2"), "{debug}");
}

#[test]
fn an_integration_the_portal_lacks_is_one_warning_and_a_wrong_one_an_error() {
    let text = "integrations:\n  awsS3: [{}]\n  nothing: [{}]\n  gitlab: [{}]\n  gitea: [{host: 'https://a.b'}]\n  github: [{apps: [{}]}]\n";
    let expected = [
        "CFG008 app-config.yaml:2:3: `integrations.awsS3` is known to Backstage, but Callboard does not use it",
        "CFG003 app-config.yaml:3:3: `integrations.nothing` is not a known key, so it is ignored",
        "CFG002 app-config.yaml:4:12: `integrations.gitlab[0]` has no `host`, expected a host in lower case such as `git.example.com:8443`",
        "CFG002 app-config.yaml:5:18: `integrations.gitea[0].host` is \"https://a.b\", expected a host in lower case such as `git.example.com:8443`",
        "CFG002 app-config.yaml:6:20: `integrations.github[0].apps[0]` has no `appId`, expected a whole number",
        "CFG002 app-config.yaml:6:20: `integrations.github[0].apps[0]` has no `privateKey`, expected text",
    ];
    assert_eq!(problems(text), expected);
}

#[test]
fn events_of_source_hosts_are_one_switch_or_a_map_of_switches() {
    for (text, expected) in [
        ("true", true),
        ("'off'", false),
        ("{}", true),
        ("{ move: false }", true),
        ("{ refresh: false }", false),
    ] {
        let catalog = config(&format!("catalog: {{scmEvents: {text}}}")).catalog;
        assert_eq!(catalog.scm_events, Some(expected), "{text}");
    }
    let catalog = config("catalog: {defaultLocationConflictStrategy: refresh}").catalog;
    assert_eq!(catalog.location_conflict, LocationConflict::Refresh);
}
