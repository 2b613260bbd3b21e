//! What is asked of a provider, and how often.
use callboard_auth::HttpError;
use callboard_auth::provider::{OAuthSettings, Provider, ProviderError};
use http::Request;
use serde_json::json;

use crate::idp::{ISSUER, Idp, query};
use crate::keys::Key;
use crate::web::{Web, text};
use crate::{NOW, wait};

const DESCRIPTION: &str = "/.well-known/openid-configuration";

#[test]
fn description_and_keys_are_asked_for_once() {
    let idp = Idp::new(Key::es256("a"));
    let provider = Provider::new(Idp::settings());
    for _ in 0..5 {
        idp.sign_in(&provider).unwrap();
    }
    assert_eq!(idp.count(DESCRIPTION), 1);
    assert_eq!(idp.count("/jwks"), 1);
}

#[test]
fn a_new_key_is_found_but_unknown_ones_do_not_make_us_ask_again_and_again() {
    let idp = Idp::new(Key::es256("a"));
    let provider = Provider::new(Idp::settings());
    let sign_in = |now: i64| {
        let begun = idp.begin(&provider);
        wait(provider.finish(&idp, &begun.pending, &query("good"), now))
    };
    sign_in(NOW).unwrap();
    let old = idp.says.lock().unwrap().key.jwk();
    let mut says = idp.says.lock().unwrap();
    says.key = Key::es256("b");
    says.published = vec![old];
    drop(says);
    // Unknown, and the keys are younger than a minute.
    for _ in 0..10 {
        sign_in(NOW + 1000).unwrap_err();
    }
    assert_eq!(idp.count("/jwks"), 1);
    for _ in 0..10 {
        sign_in(NOW + 60_000).unwrap_err();
    }
    assert_eq!(idp.count("/jwks"), 2);
    idp.says.lock().unwrap().published.clear();
    sign_in(NOW + 119_999).unwrap_err();
    sign_in(NOW + 120_000).unwrap();
    assert_eq!(idp.count("/jwks"), 3);
}

#[test]
fn a_description_speaks_for_its_own_issuer() {
    let start = |issuer: &str, settings: OAuthSettings| {
        let idp = Idp::new(Key::es256("a"));
        idp.says.lock().unwrap().metadata["issuer"] = json!(issuer);
        wait(Provider::new(settings).start(&idp, "s", &[])).map(drop)
    };
    start(ISSUER, Idp::settings()).unwrap();
    start(&format!("{ISSUER}/"), Idp::settings()).unwrap();
    for issuer in ["https://evil.example", "https://id.example.com/other", ""] {
        let error = start(issuer, Idp::settings()).unwrap_err();
        assert!(
            matches!(error, ProviderError::Unexpected { .. }),
            "{error:?}"
        );
    }
    let mut settings = Idp::settings();
    settings.expected_issuer = Some("https://b2c.example".to_owned());
    start("https://b2c.example", settings.clone()).unwrap();
    start(ISSUER, settings).unwrap_err();
}

#[test]
fn a_description_that_lacks_something_or_gives_up_encryption_is_refused() {
    for (name, value) in [
        ("token_endpoint", json!(null)),
        ("token_endpoint", json!("http://id.example.com/token")),
        ("jwks_uri", json!(7)),
        ("jwks_uri", json!("file:///etc/passwd")),
        ("userinfo_endpoint", json!("http://id.example.com/me")),
        ("issuer", json!(null)),
    ] {
        let idp = Idp::new(Key::es256("a"));
        idp.says.lock().unwrap().metadata[name] = value;
        let error = idp_error(&idp);
        assert!(
            matches!(error, ProviderError::Unexpected { .. }),
            "{error:?}"
        );
    }
}

fn idp_error(idp: &Idp) -> ProviderError {
    let provider = Provider::new(Idp::settings());
    wait(provider.start(idp, "s", &[])).unwrap_err()
}

#[test]
fn a_provider_that_is_down_is_not_asked_for_every_sign_in() {
    let web = Web::new(|_: &Request<Vec<u8>>| Err(HttpError("connection refused".to_owned())));
    let provider = Provider::new(Idp::settings());
    for _ in 0..10 {
        let error = wait(provider.start(&web, "s", &[])).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("connection refused"), "{message}");
        assert!(message.contains(DESCRIPTION), "{message}");
    }
    assert_eq!(web.count(DESCRIPTION), 1);
}

#[test]
fn huge_and_odd_descriptions_are_errors() {
    for (status, body) in [
        (200, vec![b'{'; 10_000_000]),
        (200, vec![b'['; 100_000]),
        (200, b"[]".to_vec()),
        (200, b"\xff".to_vec()),
        (404, b"{}".to_vec()),
        (301, Vec::new()),
    ] {
        let web = Web::new(move |_: &Request<Vec<u8>>| text(status, body.clone()));
        let provider = Provider::new(Idp::settings());
        wait(provider.start(&web, "s", &[])).unwrap_err();
    }
}
