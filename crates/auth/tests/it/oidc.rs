//! A sign-in with an OIDC provider, and every way in which its answer can be wrong.
use callboard_auth::provider::{CallbackQuery, OAuthSettings, Pending, Provider, ProviderError};
use callboard_auth::{ClaimMapping, Secret};
use serde_json::{Value, json};

use crate::idp::{ACCESS, CLIENT, ISSUER, Idp, query};
use crate::keys::{Key, Pair};
use crate::web::{form, text};
use crate::{NOW, NOW_S, wait};

fn provider() -> Provider {
    Provider::new(Idp::settings())
}

#[test]
fn a_sign_in_says_who_it_is() {
    for key in [Key::es256("a"), Key::rs256("b"), Key::eddsa("c")] {
        let idp = Idp::new(key);
        let signed_in = idp.sign_in(&provider()).unwrap();
        let claims = &signed_in.claims;
        assert_eq!(claims.subject, "ada-1");
        assert_eq!(claims.username.as_deref(), Some("ada"));
        assert_eq!(claims.display_name.as_deref(), Some("Ada Lovelace"));
        assert_eq!(claims.email.as_deref(), Some("ada@example.com"));
        assert_eq!(claims.email_verified, Some(true));
        assert_eq!(signed_in.tokens.access_token, Secret::new(ACCESS));
        assert_eq!(signed_in.tokens.expires_in_s, Some(600));
        assert_eq!(signed_in.tokens.scope, "openid profile email");
        assert!(signed_in.tokens.id_token.is_some());
    }
}

#[test]
fn the_first_url_carries_all_that_protects_the_sign_in() {
    let idp = Idp::new(Key::es256("a"));
    let mut settings = Idp::settings();
    settings.prompt = Some("login".to_owned());
    settings.extra_params = vec![("organization".to_owned(), "a&b".to_owned())];
    let provider = Provider::new(settings);
    let extra = ["openid".to_owned(), "groups".to_owned()];
    let begun = wait(provider.start(&idp, "state-1", &extra)).unwrap();
    let (url, rest) = begun.url.split_once('?').unwrap();
    let rest = form(rest);
    assert_eq!(url, format!("{ISSUER}/authorize"));
    assert_eq!(rest["response_type"], "code");
    assert_eq!(rest["client_id"], CLIENT);
    assert_eq!(rest["state"], "state-1");
    assert_eq!(rest["scope"], "openid profile email groups");
    assert_eq!(rest["code_challenge_method"], "S256");
    assert_eq!(rest["code_challenge"].len(), 43);
    assert_eq!(rest["nonce"], begun.pending.nonce.expose());
    assert_eq!(rest["prompt"], "login");
    assert_eq!(rest["organization"], "a&b");
    assert!(!begun.url.contains(begun.pending.verifier.expose()));
    let again = wait(provider.start(&idp, "state-1", &[])).unwrap();
    assert_ne!(again.pending.nonce, begun.pending.nonce);
    assert_ne!(again.pending.verifier, begun.pending.verifier);
}

#[test]
fn what_is_pending_survives_storage_and_is_not_shown() {
    let idp = Idp::new(Key::es256("a"));
    let pending = idp.begin(&provider()).pending;
    let stored = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<Pending>(&stored).unwrap(), pending);
    let shown = format!("{pending:?}");
    assert!(!shown.contains(pending.verifier.expose()), "{shown}");
    assert!(!shown.contains(pending.nonce.expose()), "{shown}");
}

/// Expects that a sign-in is refused because of its `id_token`, and that the message has a word in it.
fn refused(change: impl Fn(&mut Value) + Send + Sync + 'static, word: &str) {
    let idp = Idp::new(Key::es256("a"));
    idp.says.lock().unwrap().claims = Box::new(change);
    let error = idp.sign_in(&provider()).unwrap_err();
    assert!(matches!(error, ProviderError::IdToken { .. }), "{error:?}");
    assert!(!error.is_user_fault());
    let message = error.to_string();
    assert!(message.contains(word), "{word} is not in: {message}");
    assert!(!message.contains(ACCESS), "{message}");
}

#[test]
fn an_id_token_with_wrong_claims_is_refused() {
    refused(|c| c["nonce"] = json!("other"), "nonce");
    refused(
        |c| drop(c.as_object_mut().unwrap().remove("nonce")),
        "nonce",
    );
    refused(|c| c["aud"] = json!("somebody-else"), "somebody-else");
    refused(|c| c["aud"] = json!([]), "clientId");
    refused(|c| c["aud"] = json!([CLIENT, "other"]), "azp");
    refused(|c| c["azp"] = json!("other"), "other");
    refused(|c| c["azp"] = json!(7), "azp");
    refused(|c| c["iss"] = json!("https://evil.example"), "evil.example");
    refused(|c| c["iss"] = json!(format!("{ISSUER}/")), "issuer");
    refused(|c| c["exp"] = json!(NOW_S - 60), "expired");
    refused(|c| c["exp"] = json!("soon"), "exp");
    refused(|c| drop(c.as_object_mut().unwrap().remove("exp")), "exp");
    refused(|c| c["iat"] = json!(NOW_S + 61), "future");
    refused(|c| c["nbf"] = json!(NOW_S + 61), "future");
    refused(|c| drop(c.as_object_mut().unwrap().remove("iat")), "iat");
    refused(|c| c["sub"] = json!(""), "sub");
    refused(|c| c["sub"] = json!("x".repeat(2000)), "sub");
    refused(
        |c| c["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA"),
        "at_hash",
    );
    refused(|c| c["at_hash"] = json!(null), "at_hash");
}

#[test]
fn an_id_token_that_is_nearly_wrong_is_taken() {
    let taken = |change: fn(&mut Value)| {
        let idp = Idp::new(Key::es256("a"));
        idp.says.lock().unwrap().claims = Box::new(change);
        idp.sign_in(&provider()).unwrap();
    };
    taken(|c| c["exp"] = json!(NOW_S - 59));
    taken(|c| c["iat"] = json!(NOW_S + 60));
    taken(|c| c["exp"] = json!(NOW_S as f64 + 0.5));
    taken(|c| {
        c["aud"] = json!([CLIENT, "other"]);
        c["azp"] = json!(CLIENT);
    });
    // The first half of the SHA-256 of the access token.
    taken(|c| {
        use base64::Engine as _;
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, ACCESS.as_bytes());
        let half = &hash.as_ref()[..16];
        c["at_hash"] = json!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(half));
    });
}

#[test]
fn only_signatures_with_published_private_keys_count() {
    let honest = Key::es256("a");
    let published = vec![honest.jwk()];
    let public = honest.jwk().to_string().into_bytes();
    let forged: Vec<(Key, &str)> = vec![
        (
            Key {
                kid: "a",
                pair: Pair::None,
            },
            "none",
        ),
        (
            Key {
                kid: "a",
                pair: Pair::Hs256(public),
            },
            "HS256",
        ),
        (
            Key {
                kid: "a",
                pair: Pair::Hs256(Vec::new()),
            },
            "HS256",
        ),
        // Another key under the same name, and keys that nobody published.
        (Key::es256("a"), "signature"),
        (Key::rs256("a"), "not known"),
        (Key::es256("b"), "not known"),
    ];
    for (key, word) in forged {
        let idp = Idp::new(key);
        idp.says.lock().unwrap().published = published.clone();
        let message = idp.sign_in(&provider()).unwrap_err().to_string();
        assert!(message.contains(word), "{word} is not in: {message}");
    }
}

#[test]
fn a_header_cannot_talk_its_way_around_the_key() {
    let refused = |change: fn(&mut Value)| {
        let idp = Idp::new(Key::es256("a"));
        idp.says.lock().unwrap().header = Box::new(change);
        let error = idp.sign_in(&provider()).unwrap_err();
        assert!(matches!(error, ProviderError::IdToken { .. }), "{error:?}");
    };
    refused(|h| h["alg"] = json!("none"));
    refused(|h| h["alg"] = json!("nOnE"));
    refused(|h| h["alg"] = json!("HS256"));
    refused(|h| h["alg"] = json!("RS256"));
    refused(|h| h["alg"] = json!(["ES256"]));
    refused(|h| h["crit"] = json!(["exp"]));
    refused(|h| h["kid"] = json!("z"));
}

#[test]
fn one_algorithm_can_be_demanded() {
    let idp = Idp::new(Key::es256("a"));
    let with = |algorithm: &str| {
        let mut settings = Idp::settings();
        settings.token_signed_response_alg = Some(algorithm.to_owned());
        idp.sign_in(&Provider::new(settings))
    };
    with("ES256").unwrap();
    assert!(matches!(with("RS256"), Err(ProviderError::IdToken { .. })));
    assert!(matches!(with("HS256"), Err(ProviderError::Settings { .. })));
}

#[test]
fn a_code_is_worth_nothing_without_its_verifier() {
    let idp = Idp::new(Key::es256("a"));
    let provider = provider();
    let first = idp.begin(&provider);
    idp.begin(&provider);
    let error = wait(provider.finish(&idp, &first.pending, &query("good"), NOW)).unwrap_err();
    assert!(matches!(error, ProviderError::CodeRefused(_)), "{error:?}");
    assert!(error.is_user_fault());
}

#[test]
fn a_code_that_is_refused_is_not_repeated_in_the_message() {
    let idp = Idp::new(Key::es256("a"));
    let provider = provider();
    let begun = idp.begin(&provider);
    let failed = |query: &CallbackQuery| {
        wait(provider.finish(&idp, &begun.pending, query, NOW)).unwrap_err()
    };
    let error = failed(&query("stolen-code"));
    assert!(matches!(error, ProviderError::CodeRefused(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("stolen-code"));
    idp.says.lock().unwrap().token = Some(crate::web::json(
        400,
        &json!({"error": "odd", "error_description": "stolen-code\nis odd"}),
    ));
    let message = failed(&query("stolen-code")).to_string();
    assert!(message.contains("odd: *** is odd"), "{message}");
    assert!(!format!("{:?}", query("stolen-code")).contains("stolen"));
}

#[test]
fn errors_of_the_provider_say_what_to_do() {
    let idp = Idp::new(Key::es256("a"));
    let failed = |error: &str| {
        let provider = provider();
        let begun = idp.begin(&provider);
        let query = CallbackQuery {
            error: Some(error.to_owned()),
            error_description: Some("because".to_owned()),
            ..CallbackQuery::default()
        };
        wait(provider.finish(&idp, &begun.pending, &query, NOW)).unwrap_err()
    };
    assert!(failed("access_denied").is_user_fault());
    let client = failed("unauthorized_client").to_string();
    assert!(
        client.contains("clientId and clientSecret in auth.providers.oidc"),
        "{client}"
    );
    let other = failed("redirect_uri_mismatch").to_string();
    assert!(other.contains("handler/frame is registered"), "{other}");
    let long = failed(&"x\n".repeat(50_000)).to_string();
    assert!(long.len() < 1000 && !long.contains('\n'), "{long}");
}

#[test]
fn strange_answers_to_the_exchange_are_errors_and_nothing_else() {
    let idp = Idp::new(Key::es256("a"));
    let answers = [
        text(200, ""),
        text(500, ""),
        text(502, "<html>"),
        text(200, "[1, 2]"),
        text(200, "{\"access_token\": 7}"),
        text(200, vec![b'['; 500_000]),
        text(200, vec![b' '; 2_000_000]),
        crate::web::json(401, &json!({"error": "invalid_client"})),
        crate::web::json(200, &json!({"access_token": "a", "token_type": "bearer"})),
        crate::web::json(
            200,
            &json!({"access_token": "a", "token_type": "bearer", "id_token": "a.b.c"}),
        ),
    ];
    for answer in answers {
        idp.says.lock().unwrap().token = Some(answer);
        let error = idp.sign_in(&provider()).unwrap_err();
        assert!(!error.is_user_fault(), "{error:?}");
        assert!(error.to_string().len() < 1000);
    }
}

#[test]
fn the_answer_to_another_provider_is_refused() {
    let idp = Idp::new(Key::es256("a"));
    let provider = provider();
    let mut begun = idp.begin(&provider);
    let mut with_issuer = query("good");
    with_issuer.iss = Some("https://evil.example".to_owned());
    let error = wait(provider.finish(&idp, &begun.pending, &with_issuer, NOW)).unwrap_err();
    assert!(
        matches!(error, ProviderError::Unexpected { .. }),
        "{error:?}"
    );
    assert_eq!(idp.count("/token"), 0, "the code was sent all the same");
    begun.pending.provider = "github".to_owned();
    let error = wait(provider.finish(&idp, &begun.pending, &query("good"), NOW)).unwrap_err();
    assert!(
        matches!(error, ProviderError::OtherProvider { .. }),
        "{error:?}"
    );
    assert_eq!(idp.count("/token"), 0, "the code was sent all the same");
}

#[test]
fn a_provider_that_promises_to_name_itself_must() {
    let idp = Idp::new(Key::es256("a"));
    idp.says.lock().unwrap().metadata["authorization_response_iss_parameter_supported"] =
        json!(true);
    let provider = provider();
    let begun = idp.begin(&provider);
    let finish = |query: &CallbackQuery| wait(provider.finish(&idp, &begun.pending, query, NOW));
    assert!(finish(&query("good")).is_err());
    let named = CallbackQuery {
        iss: Some(ISSUER.to_owned()),
        ..query("good")
    };
    finish(&named).unwrap();
}

#[test]
fn claims_can_be_mapped() {
    let idp = Idp::new(Key::es256("a"));
    let mut settings = Idp::settings();
    settings.claim_mapping = ClaimMapping {
        groups: Some("realm_access.roles".to_owned()),
        ..ClaimMapping::default()
    };
    idp.says.lock().unwrap().claims =
        Box::new(|c| c["realm_access"] = json!({"roles": ["admins"]}));
    let claims = idp.sign_in(&Provider::new(settings)).unwrap().claims;
    assert_eq!(claims.groups, ["admins"]);
    assert_eq!(claims.username.as_deref(), Some("ada"));
}

#[test]
fn presets_know_where_to_ask() {
    let metadata = |settings: OAuthSettings| settings.metadata_url.unwrap();
    let well_known = ".well-known/openid-configuration";
    assert_eq!(
        metadata(OAuthSettings::okta(
            "https://x.okta.com/",
            Some("default"),
            None
        )),
        format!("https://x.okta.com/oauth2/default/{well_known}")
    );
    assert_eq!(
        metadata(OAuthSettings::okta("https://x.okta.com", None, None)),
        format!("https://x.okta.com/{well_known}")
    );
    let given = format!("https://x/realms/a/{well_known}");
    assert_eq!(metadata(OAuthSettings::oidc(&given)), given);
    assert_eq!(metadata(OAuthSettings::oidc("https://x/realms/a/")), given);
}
