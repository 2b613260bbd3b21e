//! The section `auth`: which providers there are, and what they hold.
use std::time::Duration;

use callboard_config::{
    Auth, AuthProvider, AutoProvision, ClaimMapping, ProviderKind, ResolverConfig, Secret,
    TokenAuth,
};

use crate::sandbox::{Sandbox, config};

fn auth(text: &str) -> Auth {
    config(&format!("auth:\n{text}")).auth
}

fn only(text: &str) -> AuthProvider {
    let mut providers = auth(text).providers;
    assert_eq!(providers.len(), 1, "{text}: {providers:?}");
    providers.remove(0)
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn without_a_section_there_is_no_sign_in() {
    let auth = config("{}").auth;
    assert_eq!(auth.environment, "development");
    assert!(!auth.is_configured && auth.providers.is_empty());
    assert_eq!(auth.token_expiration, Duration::from_secs(3600));
    assert!(auth.omit_ownership_claim && auth.extra_allowed_origins.is_empty());
    assert_eq!(config("{}").node_env, None);
}

#[test]
fn the_plain_keys_are_read() {
    let text = "
  environment: production
  backstageTokenExpiration: { minutes: 30 }
  omitIdentityTokenOwnershipClaim: false
  experimentalExtraAllowedOrigins: ['https://*.example.com']
  identityTokenAlgorithm: ES256
  providers: {}
";
    let auth = auth(text);
    assert_eq!(auth.environment, "production");
    assert_eq!(auth.token_expiration, Duration::from_secs(1800));
    assert!(!auth.omit_ownership_claim && auth.is_configured);
    assert_eq!(auth.extra_allowed_origins, ["https://*.example.com"]);
}

#[test]
fn the_life_of_a_token_is_kept_within_bounds() {
    for (written, seconds) in [("1s", 600), ("10m", 600), ("2h", 7200), ("2d", 86_400)] {
        let auth = auth(&format!("  backstageTokenExpiration: {written}"));
        assert_eq!(
            auth.token_expiration,
            Duration::from_secs(seconds),
            "{written}"
        );
    }
}

#[test]
fn the_environment_of_the_process_is_known() {
    let sandbox = Sandbox::new(&[]).with("NODE_ENV", "production");
    let config = sandbox.load().config.expect("there is no error");
    assert_eq!(config.node_env.as_deref(), Some("production"));
}

#[test]
fn what_all_providers_have_is_read() {
    let text = "
  providers:
    github:
      production: { clientId: wrong, clientSecret: wrong }
      development:
        clientId: id
        clientSecret: secret
        callbackUrl: https://portal.example.com/api/auth/github/handler/frame
        enterpriseInstanceUrl: https://ghe.example.com/
        additionalScopes: [repo, 'read:org gist']
        sessionDuration: { hours: 8 }
        title: Our GitHub
        signIn:
          resolvers:
            - { resolver: userIdMatchingUserEntityAnnotation, dangerouslyAllowSignInWithoutUserInCatalog: true }
            - { resolver: emailLocalPartMatchingUserEntityName, allowedDomains: [example.com] }
          autoProvision: { namespace: guests, groups: true }
          claimMapping: { username: a.b, email: c, displayName: d, picture: e, groups: f }
";
    let github = only(text);
    assert_eq!(github.id, "github");
    assert_eq!(
        github.kind,
        ProviderKind::Github {
            client_id: "id".to_owned(),
            client_secret: Secret::new("secret"),
            callback_url: owned("https://portal.example.com/api/auth/github/handler/frame"),
            enterprise_instance_url: owned("https://ghe.example.com"),
        }
    );
    let resolver = |resolver: &str, domains: &[&str], without_user| ResolverConfig {
        resolver: resolver.to_owned(),
        allowed_domains: domains.iter().map(|&domain| domain.to_owned()).collect(),
        dangerously_allow_sign_in_without_user_in_catalog: without_user,
    };
    assert_eq!(
        github.resolvers,
        [
            resolver("userIdMatchingUserEntityAnnotation", &[], true),
            resolver(
                "emailLocalPartMatchingUserEntityName",
                &["example.com"],
                false
            ),
        ]
    );
    assert_eq!(github.session_duration, Some(Duration::from_secs(8 * 3600)));
    assert_eq!(github.additional_scopes, ["repo", "read:org", "gist"]);
    assert_eq!(
        github.auto_provision,
        Some(AutoProvision {
            namespace: "guests".to_owned(),
            groups: true
        })
    );
    let mapping = ClaimMapping {
        username: owned("a.b"),
        email: owned("c"),
        display_name: owned("d"),
        picture: owned("e"),
        groups: owned("f"),
    };
    assert_eq!(
        (github.claim_mapping, github.title),
        (mapping, owned("Our GitHub"))
    );
    let start = github.place.span.expect("it stands in a file").start;
    assert_eq!((start.line, start.column), (4, 5));
    assert!(github.place.file.ends_with("app-config.yaml"));
}

#[test]
fn adding_users_can_be_switched_on_and_off() {
    for (written, expected) in [
        ("true", Some(("default", false))),
        ("{}", Some(("default", false))),
        ("{groups: yes}", Some(("default", true))),
        ("{groups: 'yes'}", Some(("default", true))),
        ("false", None),
    ] {
        let text =
            format!("  providers: {{oauth2Proxy: {{signIn: {{autoProvision: {written}}}}}}}");
        let expected = expected.map(|(namespace, groups)| AutoProvision {
            namespace: namespace.to_owned(),
            groups,
        });
        assert_eq!(only(&text).auto_provision, expected, "{written}");
    }
}

#[test]
fn the_kinds_that_present_oidc_have_their_own_keys() {
    let kind = |id: &str, own: &str| {
        let text = format!(
            "  providers: {{{id}: {{development: {{clientId: id, clientSecret: secret, {own}}}}}}}"
        );
        only(&text).kind
    };
    let client_id = "id".to_owned();
    let client_secret = Secret::new("secret");
    assert_eq!(
        kind("gitlab", "audience: 'https://gitlab.example.com/'"),
        ProviderKind::Gitlab {
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
            callback_url: None,
            audience: owned("https://gitlab.example.com"),
        }
    );
    assert_eq!(
        kind("google", ""),
        ProviderKind::Google {
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
            callback_url: None,
        }
    );
    assert_eq!(
        kind("microsoft", "tenantId: t, domainHint: example.com"),
        ProviderKind::Microsoft {
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
            callback_url: None,
            tenant_id: "t".to_owned(),
            domain_hint: owned("example.com"),
        }
    );
    assert_eq!(
        kind(
            "okta",
            "audience: 'https://acme.okta.com', authServerId: a, idp: i"
        ),
        ProviderKind::Okta {
            client_id,
            client_secret,
            callback_url: None,
            audience: "https://acme.okta.com".to_owned(),
            auth_server_id: owned("a"),
            idp: owned("i"),
        }
    );
}

#[test]
fn any_name_with_a_metadata_url_is_an_oidc_provider() {
    let text = "
  providers:
    oidc: { development: { metadataUrl: https://a.example.com, clientId: a } }
    our-login_2:
      development:
        metadataUrl: https://b.example.com/.well-known/openid-configuration
        clientId: b
        clientSecret: secret
        prompt: login
        tokenEndpointAuthMethod: client_secret_post
        tokenSignedResponseAlg: ES256
        startUrlSearchParams: { z: '1', a: '' }
";
    let providers = auth(text).providers;
    let [plain, own] = &providers[..] else {
        panic!("there are two providers")
    };
    assert_eq!(
        (plain.id.as_str(), own.id.as_str()),
        ("oidc", "our-login_2")
    );
    assert_eq!(
        plain.kind,
        ProviderKind::Oidc {
            metadata_url: "https://a.example.com".to_owned(),
            client_id: "a".to_owned(),
            client_secret: None,
            callback_url: None,
            prompt: None,
            token_endpoint_auth_method: None,
            token_signed_response_alg: None,
            start_url_search_params: vec![],
        }
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        own.kind,
        ProviderKind::Oidc {
            metadata_url: "https://b.example.com/.well-known/openid-configuration".to_owned(),
            client_id: "b".to_owned(),
            client_secret: Some(Secret::new("secret")),
            callback_url: None,
            prompt: owned("login"),
            token_endpoint_auth_method: Some(TokenAuth::Post),
            token_signed_response_alg: owned("ES256"),
            start_url_search_params: vec![pair("z", "1"), pair("a", "")],
        }
    );
}

#[test]
fn proxies_and_guests_stand_with_or_without_an_environment() {
    for (id, keys, expected) in [
        (
            "guest",
            "{ userEntityRef: user:default/guest, ownershipEntityRefs: [group:default/a], dangerouslyAllowOutsideDevelopment: true }",
            ProviderKind::Guest {
                dangerously_allow_outside_development: true,
                user_entity_ref: owned("user:default/guest"),
                ownership_entity_refs: Some(vec!["group:default/a".to_owned()]),
            },
        ),
        (
            "guest",
            "{}",
            ProviderKind::Guest {
                dangerously_allow_outside_development: false,
                user_entity_ref: None,
                ownership_entity_refs: None,
            },
        ),
        (
            "oauth2Proxy",
            "{ signIn: { resolvers: [] } }",
            ProviderKind::Oauth2Proxy,
        ),
        (
            "gcpIap",
            "{ audience: /projects/1, jwtHeader: x-own }",
            ProviderKind::GcpIap {
                audience: "/projects/1".to_owned(),
                jwt_header: owned("x-own"),
            },
        ),
        (
            "awsalb",
            "{ region: eu-central-1, issuer: i, signer: s }",
            ProviderKind::AwsAlb {
                issuer: owned("i"),
                region: "eu-central-1".to_owned(),
                signer: owned("s"),
            },
        ),
        (
            "awsAlb",
            "{ region: eu-central-1 }",
            ProviderKind::AwsAlb {
                issuer: None,
                region: "eu-central-1".to_owned(),
                signer: None,
            },
        ),
        (
            "cfAccess",
            "{ teamName: acme, audience: a, serviceTokens: [{ token: t.access, subject: bot@example.com }] }",
            ProviderKind::CfAccess {
                team_name: "acme".to_owned(),
                audience: owned("a"),
                service_tokens: vec![("t.access".to_owned(), "bot@example.com".to_owned())],
            },
        ),
        (
            "cfaccess",
            "{ teamName: acme }",
            ProviderKind::CfAccess {
                team_name: "acme".to_owned(),
                audience: None,
                service_tokens: vec![],
            },
        ),
    ] {
        let direct = format!("  providers: {{ {id}: {keys} }}");
        assert_eq!(only(&direct).kind, expected, "{direct}");
        let below = format!("  providers: {{ {id}: {{ development: {keys}, other: {{}} }} }}");
        assert_eq!(only(&below).kind, expected, "{below}");
    }
}

#[test]
fn the_order_of_the_file_is_kept() {
    let text = "  providers: {oauth2Proxy: {}, guest: {}, okta: {}, gcpIap: {audience: a}}";
    let ids: Vec<_> = auth(text).providers.into_iter().map(|one| one.id).collect();
    assert_eq!(ids, ["oauth2Proxy", "guest", "gcpIap"]);
}
