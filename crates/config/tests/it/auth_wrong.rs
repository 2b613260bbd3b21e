//! The section `auth`: what is left out, and what is wrong.
use proptest::prelude::*;

use crate::sandbox::{Sandbox, config, problems};

/// Kinds of providers with the keys they need, in the order they are asked for, and one key they can do without.
const KINDS: [(&str, &[Pair], Pair); 7] = [
    ("github", &[CLIENT_ID, CLIENT_SECRET], ENTERPRISE),
    (
        "microsoft",
        &[CLIENT_ID, CLIENT_SECRET, ("tenantId", "t")],
        ("domainHint", "d"),
    ),
    (
        "okta",
        &[CLIENT_ID, CLIENT_SECRET, ("audience", "'https://a.b'")],
        ("idp", "i"),
    ),
    (
        "oidc",
        &[("metadataUrl", "'https://a.b'"), CLIENT_ID],
        CLIENT_SECRET,
    ),
    ("gcpIap", &[("audience", "a")], ("jwtHeader", "h")),
    ("awsalb", &[("region", "r")], ("signer", "s")),
    ("cfaccess", &[("teamName", "t")], ("audience", "a")),
];
/// A key and a value for it.
type Pair = (&'static str, &'static str);
const CLIENT_ID: Pair = ("clientId", "id");
const CLIENT_SECRET: Pair = ("clientSecret", "secret");
const ENTERPRISE: Pair = ("enterpriseInstanceUrl", "'https://a.b'");

/// How a key is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    Plainly,
    NotAtAll,
    FromAnUnsetVariable,
    WithAnEmptyDefault,
}

fn written() -> impl Strategy<Value = Written> {
    prop::sample::select(&[
        Written::Plainly,
        Written::Plainly,
        Written::NotAtAll,
        Written::FromAnUnsetVariable,
        Written::WithAnEmptyDefault,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A provider is used whole, or left out with a word, or an error; it never runs with less than was written.
    #[test]
    fn a_provider_is_never_used_in_part(
        (id, needed, optional) in prop::sample::select(&KINDS),
        keys in prop::collection::vec(written(), 4),
    ) {
        let pairs = needed.iter().chain([&optional]).zip(&keys);
        let section: Vec<_> = pairs
            .clone()
            .filter_map(|((key, value), written)| match written {
                Written::Plainly => Some(format!("{key}: {value}")),
                Written::NotAtAll => None,
                Written::FromAnUnsetVariable => Some(format!("{key}: '${{NOPE}}'")),
                Written::WithAnEmptyDefault => Some(format!("{key}: '${{NOPE:-}}'")),
            })
            .collect();
        let text = format!("auth: {{providers: {{{id}: {{development: {{{}}}}}}}}}", section.join(", "));
        let sandbox = Sandbox::new(&[("app-config.yaml", &text)]);
        let loaded = sandbox.load();
        let lines = sandbox.lines(&loaded).concat();
        let first = keys[..needed.len()].iter().find(|written| **written != Written::Plainly);
        let lost = keys[needed.len()] == Written::FromAnUnsetVariable;
        let provider = loaded.config.map(|config| config.auth.providers.into_iter().next());
        match first {
            Some(Written::NotAtAll) => prop_assert!(provider.is_none(), "{text}: {lines}"),
            None if !lost => prop_assert!(matches!(provider, Some(Some(_))), "{text}: {lines}"),
            _ => {
                prop_assert!(matches!(provider, Some(None)), "{text}: {lines}");
                prop_assert!(lines.contains("is left out, because"), "{text}: {lines}");
            }
        }
    }
}

#[test]
fn a_provider_without_a_section_for_the_environment_is_left_out_with_a_warning() {
    let text = "
auth:
  environment: production
  providers:
    github:
      development: { clientId: a, clientSecret: b }
    guest: { development: {} }
    google: { clientId: a }
";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]);
    let loaded = sandbox.load();
    let expected = [
        "CFG009 app-config.yaml:5:5: `auth.environment` is \"production\", but `auth.providers.github` has no such section, so it is left out",
        "CFG009 app-config.yaml:7:5: `auth.environment` is \"production\", but `auth.providers.guest` has no such section, so it is left out",
        "CFG009 app-config.yaml:8:5: `auth.environment` is \"production\", but `auth.providers.google` has no such section, so it is left out",
        "CFG003 app-config.yaml:8:15: `auth.providers.google.clientId` is not a known key, so it is ignored",
    ];
    assert_eq!(sandbox.lines(&loaded), expected);
    let helps: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|found| found.help.as_deref())
        .collect();
    assert_eq!(
        helps[0],
        Some(
            "it has `development`; set `auth.environment`, or write `auth.providers.github.production` too"
        )
    );
    assert_eq!(
        helps[2],
        Some("write its keys below `auth.providers.google.production`")
    );
    let auth = loaded.config.expect("there are warnings only").auth;
    assert!(auth.providers.is_empty() && auth.is_configured);
}

#[test]
fn a_provider_whose_variable_is_not_set_is_left_out_with_a_warning() {
    for (keys, key) in [
        ("clientId: '${NOPE}', clientSecret: b", "clientId"),
        ("clientId: '${NOPE:-}', clientSecret: b", "clientId"),
        // Without these, another server or everybody's domain would be believed.
        (
            "clientId: a, clientSecret: b, enterpriseInstanceUrl: '${NOPE}'",
            "enterpriseInstanceUrl",
        ),
        (
            "clientId: a, clientSecret: b, signIn: {resolvers: [{resolver: x, allowedDomains: '${NOPE}'}]}",
            "allowedDomains",
        ),
    ] {
        let text = format!("auth: {{providers: {{github: {{development: {{{keys}}}}}}}}}");
        let sandbox = Sandbox::new(&[("app-config.yaml", &text)]);
        let loaded = sandbox.load();
        let expected = format!(
            "CFG004 app-config.yaml:1:20: `auth.providers.github` is left out, because its `{key}` has no value"
        );
        assert!(
            sandbox.lines(&loaded).contains(&expected),
            "{:?}",
            sandbox.lines(&loaded)
        );
        let config = loaded.config.expect("there are warnings only");
        assert!(config.auth.providers.is_empty());
    }
    let optional = "  providers: {github: {development: {clientId: a, clientSecret: b, enterpriseInstanceUrl: '${NOPE:-}'}}}";
    let providers = config(&format!("auth:\n{optional}")).auth.providers;
    assert_eq!(providers.len(), 1);
}

#[test]
fn a_lower_layer_gives_the_value_whose_variable_is_not_set() {
    let sandbox = Sandbox::new(&[
        (
            "app-config.yaml",
            "auth: {providers: {github: {development: {clientId: a, clientSecret: b}}}}",
        ),
        (
            "app-config.local.yaml",
            "auth: {providers: {github: {development: {clientSecret: '${NOPE}'}}}}",
        ),
    ]);
    let providers = sandbox
        .load()
        .config
        .expect("there are warnings only")
        .auth
        .providers;
    assert_eq!(providers.len(), 1);
}

#[test]
fn providers_of_backstage_that_are_not_here_name_the_one_to_use() {
    let text = "auth: {providers: {auth0: {development: {clientId: a}}, oauth2: {}}}";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]);
    let loaded = sandbox.load();
    assert_eq!(
        sandbox.lines(&loaded)[0],
        "CFG008 app-config.yaml:1:20: `auth.providers.auth0` is known to Backstage, but Callboard does not use it"
    );
    assert_eq!(loaded.diagnostics.len(), 2);
    assert!(loaded.diagnostics.iter().all(|found| {
        found
            .help
            .as_deref()
            .is_some_and(|help| help.contains("use `oidc`"))
    }));
    assert!(
        loaded
            .config
            .expect("there are warnings only")
            .auth
            .providers
            .is_empty()
    );
}

#[test]
fn what_is_wrong_with_providers_is_reported_with_its_place() {
    let text = "
auth:
  identityTokenAlgorithm: HS256
  backstageTokenExpiration: soon
  providers:
    github: { development: { clientSecret: b } }
    google: { development: { clientId: a, clientSecret: ' ' } }
    microsoft: { development: { clientId: a, clientSecret: b } }
    okta: { development: { clientId: a, clientSecret: b, audience: acme } }
    gitlab: { development: { clientId: 5, clientSecret: [], tenantId: a } }
    oidc: { development: { clientId: a } }
    gcpIap: { jwtHeader: a }
    awsalb: { development: {} }
    cfaccess: { teamName: a, serviceTokens: [{ token: a }] }
    guest: { userEntityRef: guest, ownershipEntityRefs: ['a b:c/d'], signIn: { resolvers: [{ allowedDomains: [] }] } }
    mine: { development: { clientId: a } }
    a/b: { development: { metadataUrl: 'https://a.example.com', clientId: a } }
    v1: { development: { metadataUrl: 'https://a.example.com', clientId: a } }
    other: { development: { metadataUrl: 'https://a.example.com', clientId: a, tokenEndpointAuthMethod: client_secret_basic } }
    oauth2Proxy: { sessionDuration: 0s }
";
    let url = "a URL such as `https://portal.example.com`";
    let entity = "a reference such as `user:default/ada`";
    let at = |rest: &str| format!("CFG002 app-config.yaml:{rest}");
    let expected = [
        at("3:27: `auth.identityTokenAlgorithm` is \"HS256\", expected `ES256`"),
        at("4:29: `auth.backstageTokenExpiration` is \"soon\", expected a duration such as `30m`, `PT30M` or `{ minutes: 30 }`"),
        at("6:15: `auth.providers.github.development` has no `clientId`, expected text"),
        at("7:57: the `clientSecret` of `auth.providers.google` is blank"),
        at("8:18: `auth.providers.microsoft.development` has no `tenantId`, expected text"),
        at(&format!("9:68: `auth.providers.okta.development.audience` is \"acme\", expected {url}")),
        at("10:40: `auth.providers.gitlab.development.clientId` is 5, expected text"),
        at("10:43: `auth.providers.gitlab.development.clientSecret` is a list, expected text"),
        "CFG003 app-config.yaml:10:61: `auth.providers.gitlab.development.tenantId` is not a known key, so it is ignored".to_owned(),
        at("11:13: `auth.providers.oidc.development` has no `metadataUrl`, expected text"),
        at("12:5: `auth.providers.gcpIap` has no `audience`, expected text"),
        at("13:15: `auth.providers.awsalb.development` has no `region`, expected text"),
        at("14:48: `auth.providers.cfaccess.serviceTokens[0]` has no `subject`, expected text"),
        at(&format!("15:29: `auth.providers.guest.userEntityRef` is \"guest\", expected {entity}")),
        at(&format!("15:58: `auth.providers.guest.ownershipEntityRefs[0]` is \"a b:c/d\", expected {entity}")),
        at("15:94: `auth.providers.guest.signIn.resolvers[0]` has no `resolver`, expected text"),
        at("15:94: a resolver of `auth.providers.guest` has an empty `allowedDomains` (`signIn.resolvers[0]`)"),
        at("16:5: `auth.providers.mine` is no provider that is known, and it has no `metadataUrl`"),
        at("17:5: `auth.providers.a/b` has a name that cannot stand in a URL"),
        at("18:5: `auth.providers.v1` has a name that cannot stand in a URL"),
        "CFG009 app-config.yaml:19:105: `auth.providers.other` has a `tokenEndpointAuthMethod` with a secret, and no `clientSecret`".to_owned(),
        at("20:37: `auth.providers.oauth2Proxy.sessionDuration` is no time at all"),
    ];
    let found = problems(text);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn a_secret_of_a_provider_is_never_shown() {
    let text = "
auth:
  environment: ${AUTH_SECRET}
  providers:
    github: { development: { clientId: a, clientSecret: hunter2 } }
    oidc: { clientSecret: hunter2 }
    guest: { other: {} }
";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]).with("AUTH_SECRET", "hunter2");
    let loaded = sandbox.load();
    assert!(loaded.diagnostics.len() > 3);
    assert!(
        !format!("{loaded:?}{:?}", loaded.diagnostics)
            .replace("environment: \"hunter2\"", "")
            .contains("hunter2")
    );
    let printed = callboard_config::print(&loaded, false);
    assert!(!printed.contains("hunter2"), "{printed}");
    let used = text.replace("${AUTH_SECRET}", "development");
    assert!(!format!("{:?}", config(&used)).contains("hunter2"));
}
