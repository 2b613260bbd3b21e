//! What guards the server: access of programs, trusted proxies, headers, limits, sessions.
use std::time::Duration;

use callboard_config::{
    AccessRestriction, BackendAuth, ExternalAccess, ExternalKind, RateLimit, Secret, TrustProxy,
};

use crate::sandbox::{Sandbox, config, problems};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn nothing_is_open_by_default() {
    let backend = config("{}").backend;
    assert_eq!(backend.auth, BackendAuth::default());
    assert!(!backend.auth.disable_default_policy);
    assert_eq!(backend.trust_proxy, TrustProxy::None);
    assert!(backend.csp.is_empty() && backend.referrer_policy.is_empty());
    assert_eq!(backend.rate_limit, RateLimit::Default);
    let auth = config("{}").callboard.auth;
    assert!(!auth.nested_groups);
    assert_eq!(auth.session_idle, Duration::from_secs(7 * 86_400));
    assert_eq!(auth.session_absolute, Duration::from_secs(30 * 86_400));
}

#[test]
fn the_access_of_programs_is_read() {
    let text = "
backend:
  auth:
    dangerouslyDisableDefaultAuthPolicy: true
    keys: [{ secret: c2VjcmV0 }, { secret: '${NOPE}' }]
    externalAccess:
      - type: static
        options: { token: abcdefgh, subject: ci }
        accessRestrictions:
          - plugin: catalog
            permission: catalog.entity.read, catalog.entity.refresh
            permissionAttribute: { action: [read, update] }
          - plugin: search
      - type: legacy
        options: { secret: bGVnYWN5, subject: old }
      - type: jwks
        options:
          url: https://example.com/jwks.json
          issuer: [https://a.example.com, https://b.example.com]
          algorithm: RS256 ES256
          audience: portal
          subjectPrefix: ci
      - type: static
        options: { token: '${NOPE}', subject: x }
";
    let auth = config(text).backend.auth;
    assert!(auth.disable_default_policy);
    assert_eq!(auth.keys, [Secret::new("c2VjcmV0")]);
    let restriction = |plugin: &str, permissions: &[&str], actions: &[&str]| AccessRestriction {
        plugin: plugin.to_owned(),
        permissions: words(permissions),
        actions: words(actions),
    };
    let expected = [
        ExternalAccess {
            kind: ExternalKind::Static {
                token: Secret::new("abcdefgh"),
                subject: "ci".to_owned(),
            },
            restrictions: vec![
                restriction(
                    "catalog",
                    &["catalog.entity.read", "catalog.entity.refresh"],
                    &["read", "update"],
                ),
                restriction("search", &[], &[]),
            ],
        },
        ExternalAccess {
            kind: ExternalKind::Legacy {
                secret: Secret::new("bGVnYWN5"),
                subject: "old".to_owned(),
            },
            restrictions: vec![],
        },
        ExternalAccess {
            kind: ExternalKind::Jwks {
                url: "https://example.com/jwks.json".to_owned(),
                issuers: words(&["https://a.example.com", "https://b.example.com"]),
                algorithms: words(&["RS256", "ES256"]),
                audiences: words(&["portal"]),
                subject_prefix: Some("ci".to_owned()),
            },
            restrictions: vec![],
        },
    ];
    assert_eq!(auth.external, expected);
    assert!(!format!("{auth:?}").contains("abcdefgh"));
}

#[test]
fn access_whose_variable_is_not_set_does_not_exist() {
    for (options, rest, key) in [
        ("token: '${NOPE}', subject: a", "", "token"),
        ("token: '${NOPE:-}', subject: a", "", "token"),
        ("token: abcdefgh, subject: a, x: '${NOPE}'", "", "x"),
        (
            "token: abcdefgh, subject: a",
            ", accessRestrictions: [{plugin: a, permission: '${NOPE}'}]",
            "permission",
        ),
        (
            "token: abcdefgh, subject: a",
            ", accessRestrictions: '${NOPE}'",
            "accessRestrictions",
        ),
    ] {
        let text = format!(
            "backend: {{auth: {{externalAccess: [{{type: static, options: {{{options}}}{rest}}}]}}}}"
        );
        let sandbox = Sandbox::new(&[("app-config.yaml", &text)]);
        let loaded = sandbox.load();
        let expected = format!(
            "CFG004 app-config.yaml:1:36: `backend.auth.externalAccess[0]` is left out, because its `{key}` has no value"
        );
        assert!(
            sandbox.lines(&loaded).contains(&expected),
            "{:#?}",
            sandbox.lines(&loaded)
        );
        let config = loaded.config.expect("there are warnings only");
        assert!(config.backend.auth.external.is_empty());
    }
}

#[test]
fn what_is_wrong_with_the_access_of_programs_is_reported_without_its_secrets() {
    let text = "
backend:
  auth:
    keys: [{ secret: 'hunter2!' }]
    externalAccess:
      - { type: static, options: { token: hunter2, subject: a b } }
      - { type: static, options: { token: 'hunter2 hunter2' } }
      - { type: legacy, options: { secret: 'hunter2?', subject: a } }
      - { type: jwks, options: { issuer: [], algorithm: [RS256, HS256] } }
      - { type: basic, options: {} }
      - { type: jwks }
      - type: jwks
        options: { url: https://example.com }
        accessRestriction: []
        accessRestrictions:
          - { permission: [] }
          - { plugin: a, permissions: a, permissionAttribute: { action: [read, write], actions: a } }
      - { type: jwks, options: { url: https://example.com }, accessRestrictions: [] }
";
    let found = problems(text);
    let external = "backend.auth.externalAccess";
    let expected = [
        "4:22: `backend.auth.keys[0].secret` is not written in Base64".to_owned(),
        format!("6:43: `{external}[0].options.token` is shorter than 8 characters"),
        format!("6:61: `{external}[0].options.subject` has a space"),
        format!("7:25: `{external}[1].options` has no `subject`, which its type needs"),
        format!("7:43: `{external}[1].options.token` has a space"),
        format!("8:44: `{external}[2].options.secret` is not written in Base64"),
        format!("9:23: `{external}[3].options` has no `url`, which its type needs"),
        format!("9:34: `{external}[3].options.issuer` is empty"),
        format!(
            "9:65: `{external}[3].options.algorithm` has a word that is none of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA"
        ),
        format!(
            "10:17: `{external}[4].type` is \"basic\", expected one of `static`, `legacy`, `jwks`"
        ),
        format!("11:11: `{external}[5]` has no `options`, expected a map"),
        format!("14:9: `{external}[6]` may not have a key `accessRestriction`"),
        format!("16:15: `{external}[6].accessRestrictions[0]` has no `plugin`, expected text"),
        format!("16:15: `{external}[6].accessRestrictions[0].permission` is empty"),
        format!("17:26: `{external}[6].accessRestrictions[1]` may not have a key `permissions`"),
        format!(
            "17:80: `{external}[6].accessRestrictions[1].permissionAttribute.action` has a word that is none of create, read, update, delete"
        ),
        format!(
            "17:88: `{external}[6].accessRestrictions[1].permissionAttribute` may not have a key `actions`"
        ),
        format!("18:62: `{external}[7].accessRestrictions` is empty"),
    ];
    let errors: Vec<_> = found
        .iter()
        .filter(|line| line.starts_with("CFG002"))
        .collect();
    for (found, expected) in errors.iter().zip(&expected) {
        assert_eq!(**found, format!("CFG002 app-config.yaml:{expected}"));
    }
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    assert_eq!(
        found.len() - errors.len(),
        4,
        "unknown keys and `keys` are warned about: {found:#?}"
    );
    let expected =
        "CFG010 app-config.yaml:4:5: `backend.auth.keys` is deprecated; it is still read";
    assert_eq!(found[0], expected);
    assert!(!found.concat().contains("hunter2"));
}

#[test]
fn trusted_proxies_have_the_forms_of_express() {
    let loopback = ["127.0.0.0/8", "::1/128"];
    for (written, expected) in [
        ("false", TrustProxy::None),
        ("'no'", TrustProxy::None),
        ("0", TrustProxy::None),
        ("1", TrustProxy::Hops(1)),
        ("'2'", TrustProxy::Hops(2)),
        ("true", TrustProxy::All),
        ("'true'", TrustProxy::All),
        ("loopback", TrustProxy::Networks(words(&loopback))),
        ("[]", TrustProxy::None),
        (
            "'10.0.0.0/8, 192.0.2.1'",
            TrustProxy::Networks(words(&["10.0.0.0/8", "192.0.2.1/32"])),
        ),
        (
            "[loopback, 'fd00::/8']",
            TrustProxy::Networks(words(&["127.0.0.0/8", "::1/128", "fd00::/8"])),
        ),
    ] {
        let found = config(&format!("backend: {{trustProxy: {written}}}"));
        assert_eq!(found.backend.trust_proxy, expected, "{written}");
    }
    for written in ["proxy.example.com", "-1", "1.5", "[1]", "{}", "10.0.0.0/33"] {
        let found = problems(&format!("backend: {{trustProxy: {written}}}"));
        assert!(
            found[0].contains("`backend.trustProxy"),
            "{written}: {found:?}"
        );
        assert!(found[0].starts_with("CFG002"), "{written}: {found:?}");
    }
}

#[test]
fn trusting_everybody_is_a_warning() {
    let expected = "CFG002 app-config.yaml:1:23: `backend.trustProxy` is `true`, so whoever reaches the server may claim any address";
    assert_eq!(problems("backend: {trustProxy: true}"), [expected]);
    assert_eq!(problems("backend: {trustProxy: 1}"), [""; 0]);
}

#[test]
fn headers_are_read_and_cannot_be_broken_out_of() {
    let text = "
backend:
  csp: { connect-src: [\"'self'\", 'https:'], upgrade-insecure-requests: false, imgSrc: [] }
  referrer: { policy: [no-referrer, strict-origin] }
";
    let backend = config(text).backend;
    let expected = [
        ("connect-src".to_owned(), Some(words(&["'self'", "https:"]))),
        ("upgrade-insecure-requests".to_owned(), None),
        ("imgSrc".to_owned(), Some(vec![])),
    ];
    assert_eq!(backend.csp, expected);
    assert_eq!(backend.referrer_policy, ["no-referrer", "strict-origin"]);
    assert_eq!(
        config("backend: {referrer: {policy: origin}}")
            .backend
            .referrer_policy,
        ["origin"]
    );
    for (csp, place) in [
        (
            "{img-src: [\"a; script-src *\"]}",
            "1:27: `backend.csp.img-src[0]`",
        ),
        ("{img-src: ['a b']}", "1:27: `backend.csp.img-src[0]`"),
        ("{img-src: [\"a\\nb\"]}", "1:27: `backend.csp.img-src[0]`"),
        ("{img-src: [é]}", "1:27: `backend.csp.img-src[0]`"),
        ("{img-src: true}", "1:26: `backend.csp.img-src`"),
        ("{img-src: a}", "1:26: `backend.csp.img-src`"),
        ("{'a b': []}", "1:17: \"a b\" in `backend.csp`"),
    ] {
        let found = problems(&format!("backend: {{csp: {csp}}}"));
        let start = format!("CFG002 app-config.yaml:{place}");
        assert!(
            found.len() == 1 && found[0].starts_with(&start),
            "{csp}: {found:?}"
        );
    }
    let found = problems("backend: {referrer: {policy: everything}}");
    assert!(
        found[0].starts_with("CFG002 app-config.yaml:1:30"),
        "{found:?}"
    );
}

#[test]
fn the_rate_of_requests_is_read() {
    let limit = |seconds, requests| RateLimit::Limit {
        window: Duration::from_secs(seconds),
        requests,
    };
    for (written, expected) in [
        ("true", RateLimit::Default),
        ("false", RateLimit::Off),
        ("{}", RateLimit::Default),
        ("{window: 1h}", RateLimit::Default),
        ("{incomingRequestLimit: 100}", limit(60, 100)),
        (
            "{window: {seconds: 4}, incomingRequestLimit: '5'}",
            limit(4, 5),
        ),
    ] {
        let found = config(&format!("backend: {{rateLimit: {written}}}"));
        assert_eq!(found.backend.rate_limit, expected, "{written}");
    }
    for written in [
        "{incomingRequestLimit: 0}",
        "{incomingRequestLimit: 4294967296}",
        "{window: 0s}",
        "{window: 5}",
        "5",
    ] {
        let found = problems(&format!("backend: {{rateLimit: {written}}}"));
        assert!(found[0].starts_with("CFG002"), "{written}: {found:?}");
    }
}

#[test]
fn sessions_end_when_they_are_told_to() {
    let text = "callboard: {auth: {nestedGroups: true, session: {idle: 1h, absolute: P1D}}}";
    let auth = config(text).callboard.auth;
    assert!(auth.nested_groups);
    assert_eq!(auth.session_idle, Duration::from_secs(3600));
    assert_eq!(auth.session_absolute, Duration::from_secs(86_400));
    let found = problems("callboard: {auth: {session: {idle: 2d, absolute: 1d}}}");
    let expected = "CFG009 app-config.yaml:1:36: `callboard.auth.session.idle` is longer than `callboard.auth.session.absolute`";
    assert_eq!(found, [expected]);
    let found = problems("callboard: {auth: {session: {idle: 0s}}}");
    let expected = "CFG002 app-config.yaml:1:36: `callboard.auth.session.idle` is no time at all";
    assert_eq!(found, [expected]);
}
