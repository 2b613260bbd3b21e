//! User tokens and limited tokens: what is issued is taken, and nothing else.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use callboard_auth::token::{
    Jwk, MAX_TOKEN, SigningKey, TokenError, TokenKind, UserClaims, VerifiedToken, issue_user,
    limited_of, verify,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::keys::{Key, Pair};
use crate::{NOW, NOW_S};

const ISSUER: &str = "https://portal.example.com/api/auth";
const HOUR: i64 = 3600;

fn claims() -> UserClaims {
    UserClaims {
        issuer: ISSUER.to_owned(),
        user_ref: "user:default/ada".to_owned(),
        ownership: Some(vec![
            "user:default/ada".to_owned(),
            "group:default/a".to_owned(),
        ]),
    }
}

fn key() -> SigningKey {
    SigningKey::generate(NOW, HOUR * 1000)
}

fn check_at(token: &str, published: &Value, now: i64) -> Result<VerifiedToken, TokenError> {
    let published: Jwk = serde_json::from_value(published.clone()).unwrap();
    let keys = |kid: &str| {
        let known = published.common.key_id.as_deref() == Some(kid);
        known.then(|| published.clone())
    };
    verify(token, &keys, ISSUER, now)
}

fn check(token: &str, published: &Value) -> Result<VerifiedToken, TokenError> {
    check_at(token, published, NOW)
}

fn part(token: &str, at: usize) -> Value {
    let part = token.split('.').nth(at).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn an_issued_token_is_taken_until_it_expires() {
    let key = key();
    let token = issue_user(&key, claims(), NOW, HOUR);
    let jwk = key.public_jwk();
    let verified = check(&token, &jwk).unwrap();
    assert_eq!(verified.kind, TokenKind::User);
    assert_eq!(verified.user_ref, "user:default/ada");
    assert_eq!(verified.ownership, claims().ownership);
    assert_eq!(
        (verified.issued_at, verified.expires_at),
        (NOW_S, NOW_S + HOUR)
    );
    assert!(check_at(&token, &jwk, NOW + HOUR * 1000 - 1).is_ok());
    let late = check_at(&token, &jwk, NOW + HOUR * 1000);
    assert_eq!(late, Err(TokenError::Expired));
}

#[test]
fn a_token_has_the_form_of_backstage() {
    let key = key();
    let mut claims = claims();
    claims.ownership = None;
    let token = issue_user(&key, claims, NOW, HOUR);
    let header = part(&token, 0);
    assert_eq!(
        header,
        json!({"typ": "vnd.backstage.user", "alg": "ES256", "kid": key.kid()})
    );
    let mut payload = part(&token, 1);
    let proof = payload.as_object_mut().unwrap().remove("uip").unwrap();
    assert_eq!(
        URL_SAFE_NO_PAD
            .decode(proof.as_str().unwrap())
            .unwrap()
            .len(),
        64
    );
    assert_eq!(
        payload,
        json!({"iss": ISSUER, "sub": "user:default/ada", "aud": "backstage", "iat": NOW_S, "exp": NOW_S + HOUR})
    );
    let jwk = key.public_jwk();
    assert_eq!(jwk["kty"], "EC");
    assert_eq!(jwk["use"], "sig");
    assert!(jwk.get("d").is_none(), "the private half is published");
}

#[test]
fn a_limited_token_says_who_it_is_and_no_more() {
    let key = key();
    let token = issue_user(&key, claims(), NOW, HOUR);
    let limited = limited_of(&token).unwrap();
    let verified = check(&limited, &key.public_jwk()).unwrap();
    assert_eq!(verified.kind, TokenKind::Limited);
    assert_eq!(verified.user_ref, "user:default/ada");
    assert_eq!(verified.ownership, None);
    assert_eq!(verified.expires_at, NOW_S + HOUR);
    assert_eq!(
        part(&limited, 1),
        json!({"sub": "user:default/ada", "iat": NOW_S, "exp": NOW_S + HOUR})
    );
    assert_eq!(
        check_at(&limited, &key.public_jwk(), NOW + HOUR * 1000),
        Err(TokenError::Expired)
    );
    assert_eq!(limited_of(&limited), Err(TokenError::WrongType));
}

#[test]
fn ownership_that_does_not_fit_is_left_out() {
    let key = key();
    let mut claims = claims();
    let many = (0..2000).map(|n| format!("group:default/group-{n}"));
    claims.ownership = Some(many.collect());
    let token = issue_user(&key, claims, NOW, HOUR);
    assert!(token.len() <= MAX_TOKEN);
    assert_eq!(check(&token, &key.public_jwk()).unwrap().ownership, None);
}

/// A token as it should be, changed.
fn forged(key: &Key, header: impl Fn(&mut Value), claims: impl Fn(&mut Value)) -> String {
    let mut head = json!({"typ": "vnd.backstage.user", "alg": key.alg(), "kid": key.kid});
    let mut body = json!({"iss": ISSUER, "sub": "user:default/ada", "aud": "backstage", "iat": NOW_S, "exp": NOW_S + HOUR});
    header(&mut head);
    claims(&mut body);
    key.sign_with(&head, &body)
}

/// Expects an error for a token that would be right but for one thing.
fn refused(header: impl Fn(&mut Value), claims: impl Fn(&mut Value), error: TokenError) {
    let key = Key::es256("k");
    let token = forged(&key, header, claims);
    assert_eq!(check(&token, &key.jwk()), Err(error), "{}", part(&token, 1));
}

#[test]
fn a_token_with_wrong_claims_is_refused() {
    let key = Key::es256("k");
    let model = forged(&key, |_| {}, |_| {});
    assert!(check(&model, &key.jwk()).is_ok(), "the model is right");
    for (name, value, error) in [
        ("aud", json!("other"), TokenError::WrongAudience),
        ("aud", json!(["backstage", "x"]), TokenError::WrongAudience),
        ("aud", json!(null), TokenError::WrongAudience),
        ("iss", json!("https://x"), TokenError::WrongIssuer),
        ("exp", json!(NOW_S), TokenError::Expired),
        ("exp", json!("x"), TokenError::Malformed),
        ("exp", json!(null), TokenError::Malformed),
        ("iat", json!(NOW_S + 61), TokenError::FromTheFuture),
        ("sub", json!(""), TokenError::Malformed),
        ("sub", json!(7), TokenError::Malformed),
        ("ent", json!("x"), TokenError::Malformed),
        ("ent", json!([7]), TokenError::Malformed),
    ] {
        refused(|_| {}, |claims| claims[name] = value.clone(), error);
    }
}

#[test]
fn a_token_with_a_wrong_header_is_refused() {
    for (name, value, error) in [
        ("typ", json!("JWT"), TokenError::WrongType),
        ("typ", json!("vnd.backstage.plugin"), TokenError::WrongType),
        ("typ", json!("VND.backstage.user"), TokenError::WrongType),
        ("typ", json!(null), TokenError::WrongType),
        ("kid", json!("z"), TokenError::UnknownKey),
        ("kid", json!(null), TokenError::UnknownKey),
        ("crit", json!([]), TokenError::Malformed),
        ("alg", json!("none"), TokenError::WrongAlgorithm),
        ("alg", json!(null), TokenError::WrongAlgorithm),
    ] {
        refused(|header| header[name] = value.clone(), |_| {}, error);
    }
}

#[test]
fn only_our_own_keys_count() {
    let honest = Key::es256("k");
    let same = |_: &mut Value| {};
    let secret = honest.jwk().to_string().into_bytes();
    for (key, error) in [
        (Key::es256("k"), TokenError::BadSignature),
        (Key::es256("other"), TokenError::UnknownKey),
        (
            Key {
                kid: "k",
                pair: Pair::None,
            },
            TokenError::WrongAlgorithm,
        ),
        (
            Key {
                kid: "k",
                pair: Pair::Hs256(secret),
            },
            TokenError::WrongAlgorithm,
        ),
        (Key::eddsa("k"), TokenError::WrongAlgorithm),
    ] {
        assert_eq!(check(&forged(&key, same, same), &honest.jwk()), Err(error));
    }
    // `none` with the word ES256, and a signature that is cut.
    let none = Key {
        kid: "k",
        pair: Pair::None,
    };
    let token = forged(&none, |h| h["alg"] = json!("ES256"), same);
    assert_eq!(check(&token, &honest.jwk()), Err(TokenError::BadSignature));
    let token = forged(&honest, same, same);
    let cut = &token[..token.len() - 4];
    assert_eq!(check(cut, &honest.jwk()), Err(TokenError::BadSignature));
}

#[test]
fn a_limited_token_cannot_become_a_user_token() {
    let key = key();
    let limited = limited_of(&issue_user(&key, claims(), NOW, HOUR)).unwrap();
    let parts: Vec<&str> = limited.split('.').collect();
    let header = json!({"typ": "vnd.backstage.user", "alg": "ES256", "kid": key.kid()});
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    let forged = format!("{header}.{}.{}", parts[1], parts[2]);
    assert_eq!(
        check(&forged, &key.public_jwk()),
        Err(TokenError::BadSignature)
    );
}

#[test]
fn long_and_odd_texts_are_refused_quickly() {
    let jwk = key().public_jwk();
    for text in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "ü.ü.ü",
        "e30.e30.",
        "e30.bnVsbA.AA",
    ] {
        assert!(check(text, &jwk).is_err(), "{text}");
        assert!(limited_of(text).is_err(), "{text}");
    }
    let long = format!("{}.e30.AA", "A".repeat(1_000_000));
    assert_eq!(check(&long, &jwk), Err(TokenError::TooLong));
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(9_000));
    assert_eq!(
        check(&format!("{deep}.{deep}.AA"), &jwk),
        Err(TokenError::Malformed)
    );
}

#[test]
fn a_key_shows_nothing_and_knows_its_time() {
    let key = key();
    let shown = format!("{key:?}");
    assert!(
        shown.contains(key.kid()) && !shown.contains("pair"),
        "{shown}"
    );
    assert_ne!(key.kid(), self::key().kid());
    assert_eq!(
        (key.created_ms(), key.expires_ms()),
        (NOW, NOW + HOUR * 1000)
    );
    assert!(!key.is_expired(NOW + HOUR * 1000 - 1));
    assert!(key.is_expired(NOW + HOUR * 1000));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}|[A-Za-z0-9_.-]{0,200}") {
        let jwk = key().public_jwk();
        prop_assert!(check(&text, &jwk).is_err());
        prop_assert!(limited_of(&text).is_err());
    }

    #[test]
    fn every_changed_character_is_noticed(at in 0usize..600, with in "[A-Za-z0-9_-]") {
        let key = key();
        let token = issue_user(&key, claims(), NOW, HOUR);
        let at = at % token.len();
        let mut wrong = token.clone();
        wrong.replace_range(at..=at, &with);
        // The last character of 64 bytes in base64 holds bits that say nothing, which decoding refuses.
        prop_assume!(wrong != token);
        prop_assert!(check(&wrong, &key.public_jwk()).is_err());
    }

    #[test]
    fn any_reference_goes_through_both_tokens(name in "\\PC{1,60}") {
        let key = key();
        let mut claims = claims();
        claims.user_ref.clone_from(&name);
        let token = issue_user(&key, claims, NOW, HOUR);
        let jwk = key.public_jwk();
        prop_assert_eq!(&check(&token, &jwk).unwrap().user_ref, &name);
        prop_assert_eq!(&check(&limited_of(&token).unwrap(), &jwk).unwrap().user_ref, &name);
    }
}
