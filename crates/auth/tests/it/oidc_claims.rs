//! What userinfo and refreshing add to a sign-in.
use callboard_auth::Secret;
use callboard_auth::provider::{Provider, ProviderError};
use serde_json::json;

use crate::idp::{ACCESS, ISSUER, Idp};
use crate::keys::Key;
use crate::{NOW, wait};

fn provider() -> Provider {
    Provider::new(Idp::settings())
}

#[test]
fn userinfo_about_somebody_else_is_refused() {
    let idp = Idp::new(Key::es256("a"));
    for other in [json!({"sub": "eve"}), json!({}), json!({"sub": 1})] {
        idp.says.lock().unwrap().userinfo = other;
        let error = idp.sign_in(&provider()).unwrap_err();
        assert!(
            matches!(error, ProviderError::Unexpected { .. }),
            "{error:?}"
        );
    }
    idp.says.lock().unwrap().userinfo = json!(["ada-1"]);
    assert!(idp.sign_in(&provider()).is_err());
}

#[test]
fn what_was_signed_stays() {
    let idp = Idp::new(Key::es256("a"));
    let mut says = idp.says.lock().unwrap();
    says.claims = Box::new(|c| c["email"] = json!("ada@example.com"));
    says.userinfo = json!({
        "sub": "ada-1", "name": "Eve", "iss": "https://evil.example",
        "email": "boss@example.com", "email_verified": true, "locale": "de",
    });
    drop(says);
    let claims = idp.sign_in(&provider()).unwrap().claims;
    assert_eq!(claims.display_name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(claims.email.as_deref(), Some("ada@example.com"));
    assert_eq!(claims.email_verified, None, "it speaks of another address");
    assert_eq!(claims.raw["iss"], json!(ISSUER));
    assert_eq!(claims.raw["locale"], json!("de"));
}

#[test]
fn without_a_userinfo_endpoint_the_id_token_does() {
    let idp = Idp::new(Key::es256("a"));
    let mut says = idp.says.lock().unwrap();
    says.metadata
        .as_object_mut()
        .unwrap()
        .remove("userinfo_endpoint");
    drop(says);
    let claims = idp.sign_in(&provider()).unwrap().claims;
    assert_eq!(claims.subject, "ada-1");
    assert_eq!(claims.email, None);
}

#[test]
fn a_sign_in_is_renewed_with_or_without_an_id_token() {
    let idp = Idp::new(Key::es256("a"));
    let token = Secret::new("refresh-token-of-ada");
    let provider = provider();
    let refresh = || wait(provider.refresh(&idp, &token, "openid", NOW));
    let renewed = refresh().unwrap();
    assert_eq!(renewed.claims.subject, "ada-1");
    assert_eq!(renewed.tokens.scope, "openid");

    let without = json!({"access_token": ACCESS, "token_type": "Bearer"});
    idp.says.lock().unwrap().token = Some(crate::web::json(200, &without));
    let renewed = refresh().unwrap();
    assert_eq!(renewed.claims.subject, "ada-1");
    assert_eq!(renewed.claims.raw["iss"], json!(ISSUER));
    assert_eq!(
        renewed.tokens.refresh_token,
        Some(token.clone()),
        "the old one stays"
    );

    let gone = json!({"error": "invalid_grant"});
    idp.says.lock().unwrap().token = Some(crate::web::json(400, &gone));
    let error = refresh().unwrap_err();
    assert!(
        matches!(error, ProviderError::RefreshRefused(_)),
        "{error:?}"
    );
}

#[test]
fn tokens_survive_sealing_and_are_not_shown() {
    let idp = Idp::new(Key::es256("a"));
    let tokens = idp.sign_in(&provider()).unwrap().tokens;
    let stored = serde_json::to_vec(&tokens).unwrap();
    assert_eq!(
        serde_json::from_slice::<callboard_auth::provider::ProviderTokens>(&stored).unwrap(),
        tokens
    );
    assert!(!format!("{tokens:?}").contains(ACCESS));
}
