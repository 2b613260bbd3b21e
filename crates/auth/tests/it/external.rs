//! Tokens of programs.
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use callboard_auth::token::{ExternalAccess, ExternalError, JwksSettings, PersonalToken};
use callboard_auth::{Http, HttpError, Secret};
use http::Request;
use serde_json::{Value, json};

use crate::idp::jwks;
use crate::keys::{Key, Pair};
use crate::web::{Web, nobody};
use crate::{NOW, NOW_S, wait};

fn subject(access: &ExternalAccess, http: &dyn Http, token: &str) -> Option<String> {
    wait(access.verify_external(http, token, NOW)).map(|found| found.subject)
}

#[test]
fn a_static_token_is_compared_whole() {
    let token = Secret::new("a-token-of-24-characters");
    let access = ExternalAccess::fixed(&token, "ci").unwrap();
    let found = subject(&access, &nobody(), "a-token-of-24-characters");
    assert_eq!(found.as_deref(), Some("external:ci"));
    for wrong in [
        "",
        "a-token-of-24-character",
        "a-token-of-24-characters ",
        "A-token-of-24-characters",
    ] {
        assert_eq!(subject(&access, &nobody(), wrong), None, "{wrong}");
    }
    assert!(!format!("{access:?}").contains("a-token"));
    let short = ExternalAccess::fixed(&Secret::new("short"), "ci").unwrap_err();
    assert_eq!(short, ExternalError::ShortToken("ci".to_owned()));
}

const SECRET: &[u8] = b"twenty-four secret bytes";

fn legacy() -> ExternalAccess {
    let secret = Secret::new(STANDARD.encode(SECRET));
    ExternalAccess::legacy(&secret, "external:old-plugin").unwrap()
}

fn shared(secret: &[u8], claims: &Value) -> String {
    let pair = Pair::Hs256(secret.to_vec());
    let header = json!({"alg": "HS256"});
    Key { kid: "", pair }.sign_with(&header, claims)
}

#[test]
fn a_legacy_token_needs_secret_subject_and_time() {
    let take = |token: &str| subject(&legacy(), &nobody(), token);
    let good = json!({"sub": "backstage-server", "exp": NOW_S + 60});
    let found = take(&shared(SECRET, &good));
    assert_eq!(found.as_deref(), Some("external:old-plugin"));
    assert_eq!(take(&shared(b"another secret of bytes", &good)), None);
    assert_eq!(take(&shared(b"", &good)), None);
    for wrong in [
        json!({"sub": "backstage-server", "exp": NOW_S}),
        json!({"sub": "backstage-server"}),
        json!({"sub": "somebody", "exp": NOW_S + 60}),
        json!({"exp": NOW_S + 60}),
    ] {
        assert_eq!(take(&shared(SECRET, &wrong)), None, "{wrong}");
    }
    let none = Key {
        kid: "",
        pair: Pair::None,
    };
    assert_eq!(take(&none.sign(&good)), None);
    assert_eq!(take(&none.sign_with(&json!({"alg": "HS256"}), &good)), None);
    assert!(!format!("{:?}", legacy()).contains("key"));
}

#[test]
fn a_legacy_secret_is_base64_of_any_kind_but_not_short() {
    for secret in [
        STANDARD.encode(SECRET),
        URL_SAFE_NO_PAD.encode(SECRET),
        format!("{}\n", STANDARD.encode(SECRET)),
    ] {
        ExternalAccess::legacy(&Secret::new(secret), "x").unwrap();
    }
    for secret in ["", "!!!!", "c2hvcnQ=", "not base64 at all?"] {
        let error = ExternalAccess::legacy(&Secret::new(secret), "x").unwrap_err();
        assert_eq!(error, ExternalError::WrongSecret("x".to_owned()));
    }
}

fn issuer(change: impl Fn(&mut JwksSettings)) -> ExternalAccess {
    let mut settings = JwksSettings {
        url: "https://ci.example/jwks".to_owned(),
        issuers: vec!["https://ci.example".to_owned()],
        algorithms: vec!["ES256".to_owned()],
        audiences: vec!["callboard".to_owned()],
        subject_prefix: Some("ci".to_owned()),
    };
    change(&mut settings);
    ExternalAccess::jwks(settings).unwrap()
}

fn good() -> Value {
    json!({"iss": "https://ci.example", "aud": ["callboard", "x"], "sub": "repo:a/b", "exp": NOW_S + 60})
}

#[test]
fn a_token_of_an_issuer_is_taken() {
    let key = Key::es256("k");
    let web = jwks(vec![json!({"kty": "odd", "kid": "k"}), key.jwk()]);
    let found = subject(&issuer(|_| {}), &web, &key.sign(&good()));
    assert_eq!(found.as_deref(), Some("external:ci:repo:a/b"));
    let bare = issuer(|settings| {
        *settings = JwksSettings {
            url: settings.url.clone(),
            ..JwksSettings::default()
        };
    });
    let little = json!({"sub": "x", "exp": NOW_S + 60});
    let found = subject(&bare, &web, &key.sign(&little));
    assert_eq!(found.as_deref(), Some("external:x"));
}

#[test]
fn a_wrong_token_of_an_issuer_costs_no_request() {
    let key = Key::es256("k");
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("other")),
        ("sub", json!("")),
        ("exp", json!(NOW_S)),
        ("exp", json!(null)),
        ("nbf", json!(NOW_S + 61)),
    ] {
        let mut claims = good();
        claims[name] = value;
        assert_eq!(
            subject(&issuer(|_| {}), &nobody(), &key.sign(&claims)),
            None,
            "{claims}"
        );
    }
    for pair in [Pair::None, Pair::Hs256(b"secret".to_vec())] {
        let token = Key { kid: "k", pair }.sign(&good());
        assert_eq!(subject(&issuer(|_| {}), &nobody(), &token), None);
    }
    assert_eq!(subject(&issuer(|_| {}), &nobody(), "rubbish"), None);
}

#[test]
fn strangers_cannot_make_us_ask_for_keys_again_and_again() {
    let key = Key::es256("k");
    let web = jwks(vec![key.jwk()]);
    let access = issuer(|_| {});
    for _ in 0..20 {
        assert_eq!(
            subject(&access, &web, &Key::es256("other").sign(&good())),
            None
        );
    }
    assert_eq!(web.count("/jwks"), 1);
    assert!(subject(&access, &web, &key.sign(&good())).is_some());
    let down = Web::new(|_: &Request<Vec<u8>>| Err(HttpError("down".to_owned())));
    let access = issuer(|_| {});
    for _ in 0..20 {
        assert_eq!(subject(&access, &down, &key.sign(&good())), None);
    }
    assert_eq!(down.count("/jwks"), 1);
}

#[test]
fn keys_stay_in_use_while_the_issuer_is_down() {
    let key = Key::es256("k");
    let access = issuer(|_| {});
    let mut claims = good();
    claims["exp"] = json!(NOW_S + 1_000_000);
    let token = key.sign(&claims);
    let web = jwks(vec![key.jwk()]);
    let down = Web::new(|_: &Request<Vec<u8>>| Err(HttpError("down".to_owned())));
    let at = |http: &dyn Http, hours: i64| {
        wait(access.verify_external(http, &token, NOW + hours * 3_600_000)).is_some()
    };
    assert!(at(&web, 0));
    assert!(at(&down, 2));
    assert!(at(&down, 23));
    assert!(!at(&down, 24));
    assert!(at(&web, 25));
}

#[test]
fn algorithms_with_shared_secrets_cannot_be_configured() {
    for algorithm in ["HS256", "none", "ES999"] {
        let settings = JwksSettings {
            algorithms: vec![algorithm.to_owned()],
            ..JwksSettings::default()
        };
        assert!(ExternalAccess::jwks(settings).is_err(), "{algorithm}");
    }
}

#[test]
fn personal_tokens_differ() {
    let (first, first_hash) = PersonalToken::generate();
    let (second, second_hash) = PersonalToken::generate();
    assert_ne!(first, second);
    assert_ne!(first_hash, second_hash);
    assert_eq!(first_hash.len(), 64);
}
