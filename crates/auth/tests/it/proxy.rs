//! Headers of proxies, right and wrong.
use callboard_auth::proxy::{AwsAlb, CfAccess, GcpIap, Oauth2Proxy, Proxy, ProxyError};
use callboard_auth::{Claims, Http, Secret};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use serde_json::{Value, json};

use crate::idp::jwks;
use crate::keys::{Key, Pair};
use crate::web::{Web, nobody, text};
use crate::{NOW, NOW_S, wait};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let value = HeaderValue::from_str(value).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

fn identify(
    proxy: &Proxy,
    http: &dyn Http,
    pairs: &[(&'static str, &str)],
) -> Result<Claims, ProxyError> {
    wait(proxy.identify(http, &headers(pairs), NOW))
}

#[test]
fn oauth2_proxy_writes_plain_headers() {
    let proxy = Proxy::Oauth2Proxy(Oauth2Proxy);
    assert_eq!(proxy.kind(), "oauth2Proxy");
    let claims = identify(
        &proxy,
        &nobody(),
        &[
            ("x-forwarded-user", "u-1"),
            ("x-forwarded-preferred-username", "ada"),
            ("x-forwarded-email", "ada@example.com"),
            ("x-forwarded-groups", "a, b,,"),
        ],
    )
    .unwrap();
    assert_eq!(claims.subject, "u-1");
    assert_eq!(claims.username.as_deref(), Some("ada"));
    assert_eq!(claims.email.as_deref(), Some("ada@example.com"));
    assert_eq!(claims.groups, ["a", "b"]);
    let claims = identify(&proxy, &nobody(), &[("x-forwarded-user", "ada")]).unwrap();
    assert_eq!(claims.username.as_deref(), Some("ada"));
}

#[test]
fn a_header_that_is_there_twice_or_is_no_text_signs_nobody_in() {
    let proxy = Proxy::Oauth2Proxy(Oauth2Proxy);
    let twice = [("x-forwarded-user", "ada"), ("x-forwarded-user", "eve")];
    let error = identify(&proxy, &nobody(), &twice).unwrap_err();
    assert_eq!(error, ProxyError::Twice("x-forwarded-user".to_owned()));
    for nothing in [&[][..], &[("x-forwarded-user", " ")]] {
        let error = identify(&proxy, &nobody(), nothing).unwrap_err();
        assert!(matches!(error, ProxyError::Missing(_)), "{error:?}");
    }
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-forwarded-user",
        HeaderValue::from_bytes(b"\xff").unwrap(),
    );
    let error = wait(proxy.identify(&nobody(), &headers, NOW)).unwrap_err();
    assert!(matches!(error, ProxyError::NotText(_)), "{error:?}");
}

const IAP: &str = "x-goog-iap-jwt-assertion";

#[test]
fn google_signs_its_header() {
    let key = Key::es256("g");
    let web = jwks(vec![key.jwk()]);
    let take = |token: &str| {
        let iap = GcpIap::new("/projects/1/apps/x", None).with_keys_url("https://keys.example/");
        identify(&Proxy::GcpIap(iap), &web, &[(IAP, token)])
    };
    let good = || {
        json!({
            "iss": "https://cloud.google.com/iap", "aud": "/projects/1/apps/x",
            "sub": "accounts.google.com:1", "email": "ada@example.com", "iat": NOW_S, "exp": NOW_S + 600,
        })
    };
    let claims = take(&key.sign(&good())).unwrap();
    assert_eq!(claims.subject, "accounts.google.com:1");
    assert_eq!(claims.email.as_deref(), Some("ada@example.com"));
    let wrong = |name: &str, value: Value| {
        let mut claims = good();
        claims[name] = value;
        let error = take(&key.sign(&claims)).unwrap_err();
        assert!(matches!(error, ProxyError::Refused { .. }), "{error:?}");
    };
    wrong("iss", json!("https://accounts.google.com"));
    wrong("aud", json!("/projects/2/apps/x"));
    wrong("exp", json!(NOW_S - 60));
    wrong("iat", json!(NOW_S + 61));
    wrong("sub", json!(null));
    for pair in [Pair::None, Pair::Hs256(b"x".to_vec())] {
        take(&Key { kid: "g", pair }.sign(&good())).unwrap_err();
    }
    take(&Key::es256("g").sign(&good())).unwrap_err();
    take(&Key::rs256("g").sign(&good())).unwrap_err();
    let error = identify(
        &Proxy::GcpIap(GcpIap::new("a", Some("X-Other"))),
        &nobody(),
        &[(IAP, "x")],
    );
    assert_eq!(error, Err(ProxyError::Missing("x-other".to_owned())));
}

const ALB: &str = "x-amzn-oidc-data";
const ARN: &str = "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/a/b";

fn alb() -> Proxy {
    let issuer = Some("https://id.example.com".to_owned());
    let alb = AwsAlb::new("eu-central-1", issuer, Some(ARN.to_owned())).unwrap();
    Proxy::AwsAlb(alb.with_keys_url("https://keys.example"))
}

/// A token as load balancers make it: with `=` at the end of its parts.
fn padded(key: &Key, header: &Value, claims: &Value) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE;
    let part = |value: &Value| URL_SAFE.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE.encode(key.signature(message.as_bytes()));
    format!("{message}.{signature}")
}

#[test]
fn amazon_signs_its_header_with_keys_in_files() {
    let key = Key::es256("k-1");
    let pem = key.pem();
    let web = Web::new(move |request: &Request<Vec<u8>>| {
        assert_eq!(request.uri().to_string(), "https://keys.example/k-1");
        text(200, pem.clone())
    });
    let header =
        || json!({"alg": "ES256", "kid": "k-1", "signer": ARN, "iss": "https://id.example.com"});
    let good =
        || json!({"sub": "u1", "name": "Ada", "iss": "https://id.example.com", "exp": NOW_S + 60});
    let proxy = alb();
    let take = |header: &Value, claims: &Value| {
        identify(&proxy, &web, &[(ALB, &padded(&key, header, claims))])
    };
    let claims = take(&header(), &good()).unwrap();
    assert_eq!(claims.subject, "u1");
    assert_eq!(claims.display_name.as_deref(), Some("Ada"));
    take(&header(), &good()).unwrap();
    assert_eq!(web.count("/k-1"), 1);
    for (name, value) in [
        (
            "signer",
            json!("arn:aws:elasticloadbalancing:eu-central-1:2:loadbalancer/app/e/e"),
        ),
        ("signer", json!(null)),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("kid", json!("../k-1")),
        ("kid", json!("")),
        ("kid", json!(null)),
    ] {
        let mut header = header();
        header[name] = value;
        let error = take(&header, &good()).unwrap_err();
        assert!(matches!(error, ProxyError::Refused { .. }), "{error:?}");
    }
    for (name, value) in [
        ("iss", json!("x")),
        ("exp", json!(NOW_S - 60)),
        ("sub", json!("")),
    ] {
        let mut claims = good();
        claims[name] = value;
        take(&header(), &claims).unwrap_err();
    }
    let forged = padded(&Key::es256("k-1"), &header(), &good());
    identify(&proxy, &web, &[(ALB, &forged)]).unwrap_err();
}

#[test]
fn unknown_keys_of_amazon_are_not_asked_for_without_end() {
    let key = Key::es256("k");
    let web = Web::new(|_: &Request<Vec<u8>>| text(200, "-----BEGIN PUBLIC KEY-----"));
    let proxy = alb();
    for n in 0..50 {
        let header = json!({"alg": "ES256", "kid": format!("k{n}"), "signer": ARN});
        let token = padded(&key, &header, &json!({"sub": "u", "exp": NOW_S + 60}));
        let error = identify(&proxy, &web, &[(ALB, &token)]).unwrap_err();
        assert!(matches!(error, ProxyError::Unreachable { .. }), "{error:?}");
    }
    let asked: usize = (0..50).map(|n| web.count(&format!("/k{n}"))).sum();
    assert_eq!(asked, 10);
}

const CF: &str = "cf-access-jwt-assertion";

#[test]
fn cloudflare_signs_its_header() {
    let key = Key::rs256("c");
    let web = jwks(vec![key.jwk()]);
    let take = |claims: &Value| {
        let tokens = vec![(Secret::new("abc.access"), "bot@example.com".to_owned())];
        let proxy = CfAccess::new("team", Some("tag".to_owned()), tokens).unwrap();
        let proxy = Proxy::CfAccess(proxy.with_keys_url("https://keys.example/certs"));
        identify(&proxy, &web, &[(CF, &key.sign(claims))])
    };
    let good = || {
        json!({
            "iss": "https://team.cloudflareaccess.com", "aud": ["tag"], "sub": "u1",
            "email": "ada@example.com", "exp": NOW_S + 60,
        })
    };
    assert_eq!(
        take(&good()).unwrap().email.as_deref(),
        Some("ada@example.com")
    );
    for (name, value) in [
        ("iss", json!("https://other.cloudflareaccess.com")),
        ("aud", json!(["other"])),
        ("exp", json!(NOW_S - 60)),
        ("sub", json!("")),
    ] {
        let mut claims = good();
        claims[name] = value;
        take(&claims).unwrap_err();
    }
    let mut program = good();
    program["email"] = json!("");
    program["sub"] = json!("");
    program["common_name"] = json!("abc.access");
    let claims = take(&program).unwrap();
    assert_eq!(claims.email.as_deref(), Some("bot@example.com"));
    assert_eq!(claims.subject, "bot@example.com");
    program["common_name"] = json!("other.access");
    take(&program).unwrap_err();
    program["common_name"] = json!(null);
    take(&program).unwrap_err();
}

#[test]
fn names_that_become_hosts_are_checked() {
    CfAccess::new("evil.example/", None, Vec::new()).unwrap_err();
    CfAccess::new("", None, Vec::new()).unwrap_err();
    AwsAlb::new("evil.example/#", None, None).unwrap_err();
    AwsAlb::new("eu-central-1", None, None).unwrap();
}

#[test]
fn a_huge_header_is_refused() {
    let iap = Proxy::GcpIap(GcpIap::new("a", None));
    let huge = "a".repeat(1_000_000);
    let error = identify(&iap, &nobody(), &[(IAP, &huge)]).unwrap_err();
    assert!(error.to_string().len() < 1000);
}
