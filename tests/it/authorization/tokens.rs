//! Tokens of the portal's own: those that it issues, and those that only look like them.
use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_auth::token::{SigningKey, UserClaims, issue_user, limited_of};
use callboard_db::now_ms;
use callboard_testkit::{Folder, component};
use serde_json::{Value, json};

use super::callers::{By, Call, guards};
use crate::support::App;

const HOUR: i64 = 3_600_000;
const ISSUER: &str = "http://localhost:7007/api/auth";

async fn app() -> App {
    let folder = Folder::new();
    folder.write("a.yaml", component("a"));
    App::guarded(&folder, &["a.yaml"], guards(super::POLICY)).await
}

/// Makes a key that the portal knows.
async fn key_of(app: &App) -> SigningKey {
    let now = now_ms();
    let key = SigningKey::generate(now, HOUR);
    let jwk = key.public_jwk().to_string();
    app.db()
        .key_put(key.kid(), &jwk, now, now + 3 * HOUR)
        .await
        .unwrap();
    key
}

fn token_at(key: &SigningKey, issuer: &str, at: i64) -> String {
    let claims = UserClaims {
        issuer: issuer.to_owned(),
        user_ref: "user:default/ada".to_owned(),
        ownership: None,
    };
    issue_user(key, claims, at, 3_600)
}

fn token(key: &SigningKey) -> String {
    token_at(key, ISSUER, now_ms())
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn status(app: &App, token: &str) -> StatusCode {
    let call = Call::new("GET", "/api/auth/v1/userinfo").by(&By::token(token));
    call.to(app).await.status
}

/// Tokens that look like a good one, with what is wrong with each.
fn forged(good: &str, key: &SigningKey) -> Vec<(&'static str, String)> {
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("{good}")
    };
    let with_header =
        |header: Value, signature: &str| format!("{}.{payload}.{signature}", part(&header));
    let typ = "vnd.backstage.user";
    let kid = key.kid();
    let mut claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    claims["sub"] = json!("user:default/root");
    let stranger = SigningKey::generate(now_ms(), HOUR);
    let of_stranger = token(&stranger);
    let stolen: Vec<&str> = of_stranger.split('.').collect();
    let now = now_ms();
    vec![
        ("garbage", "garbage".to_owned()),
        ("empty parts", "..".to_owned()),
        ("half of it", good[..good.len() / 2].to_owned()),
        ("no signature", format!("{header}.{payload}.")),
        (
            "alg none",
            with_header(json!({"typ": typ, "alg": "none", "kid": kid}), ""),
        ),
        (
            "alg None",
            with_header(json!({"typ": typ, "alg": "None", "kid": kid}), signature),
        ),
        (
            "a shared secret",
            with_header(json!({"typ": typ, "alg": "HS256", "kid": kid}), signature),
        ),
        (
            "its own key",
            with_header(
                json!({"typ": typ, "alg": "ES256", "kid": kid, "jwk": stranger.public_jwk()}),
                stolen[2],
            ),
        ),
        (
            "another user",
            format!("{header}.{}.{signature}", part(&claims)),
        ),
        ("the key of a stranger", of_stranger.clone()),
        (
            "the signature of a stranger",
            format!("{header}.{}.{}", stolen[1], stolen[2]),
        ),
        ("expired", token_at(key, ISSUER, now - 2 * HOUR)),
        ("from the future", token_at(key, ISSUER, now + 2 * HOUR)),
        (
            "another issuer",
            token_at(key, "https://other.example/api/auth", now),
        ),
        ("a personal token that is none", "cbp_0000".to_owned()),
        ("too long", format!("{good}{}", "x".repeat(40_000))),
        ("a million characters", "x".repeat(1_000_000)),
    ]
}

#[tokio::test]
async fn a_token_that_was_not_issued_here_proves_nothing_and_is_written_down() {
    let app = app().await;
    let key = key_of(&app).await;
    let good = token(&key);
    assert_eq!(status(&app, &good).await, StatusCode::OK);
    let forged = forged(&good, &key);
    for (what, token) in &forged {
        assert_eq!(
            status(&app, token).await,
            StatusCode::UNAUTHORIZED,
            "{what}"
        );
    }
    let refused = app.audited("token.refused").await;
    assert_eq!(refused.len(), forged.len());
    for row in &refused {
        let entry = &row.entry;
        assert_eq!(
            (entry.actor.as_str(), entry.result.as_str()),
            ("anonymous", "refused")
        );
        assert_eq!(entry.address, "198.51.100.7");
        let is_told = forged
            .iter()
            .any(|(_, token)| token.len() > 20 && entry.detail.contains(&token[..20]));
        assert!(!is_told, "{}", entry.detail);
    }
    let same: Vec<String> = {
        let mut texts = Vec::new();
        for (_, token) in &forged[..4] {
            let call = Call::new("GET", "/api/catalog/entities").by(&By::token(token));
            texts.push(call.to(&app).await.json()["error"]["message"].to_string());
        }
        texts
    };
    assert!(
        same.windows(2).all(|two| two[0] == two[1]),
        "nobody is told why: {same:?}"
    );
    assert_eq!(status(&app, &good).await, StatusCode::OK);
}

#[tokio::test]
async fn a_token_is_not_good_for_another_instance() {
    let (one, other) = (app().await, app().await);
    let token = token(&key_of(&one).await);
    assert_eq!(status(&one, &token).await, StatusCode::OK);
    assert_eq!(status(&other, &token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_wrong_token_is_refused_also_where_a_session_would_do_or_nothing_is_needed() {
    let app = app().await;
    let By::Session(secret) = app.session("user:default/ada").await else {
        panic!()
    };
    for path in [
        "/api/catalog/entities",
        "/api/permission/health",
        "/sign-in",
        "/fn/catalog/home?owner=",
    ] {
        let call = Call::new("GET", path).by(&By::token("wrong-token"));
        let answer = call
            .header("cookie", &format!("callboard-session={secret}"))
            .to(&app)
            .await;
        let is_refused = matches!(answer.status.as_u16(), 401 | 303);
        assert!(is_refused, "{path}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_limited_token_reads_and_does_nothing_else() {
    let app = app().await;
    let full = token(&key_of(&app).await);
    let limited = limited_of(&full).unwrap();
    let refresh = |call: Call| call.json(&json!({"entityRef": "component:default/a"}));
    let post = || refresh(Call::new("POST", "/api/catalog/refresh"));
    let list = || Call::new("GET", "/api/catalog/entities");
    assert_eq!(
        post().by(&By::token(&full)).to(&app).await.status,
        StatusCode::OK
    );
    assert_eq!(
        post().by(&By::token(&limited)).to(&app).await.status,
        StatusCode::FORBIDDEN
    );
    let listed = list().by(&By::token(&limited)).to(&app).await;
    assert!(listed.names().contains(&"a".to_owned()));
    // As a cookie it counts for reading the API, and for no page and no change.
    let cookie = format!("backstage-auth={limited}");
    assert_eq!(
        list().header("cookie", &cookie).to(&app).await.names(),
        listed.names()
    );
    assert_eq!(
        post().header("cookie", &cookie).to(&app).await.status,
        StatusCode::UNAUTHORIZED
    );
    let page = Call::new("GET", "/catalog")
        .header("cookie", &cookie)
        .to(&app)
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let whole = Call::new("GET", "/api/catalog/entities")
        .header("cookie", &format!("backstage-auth={full}x"));
    assert_eq!(whole.to(&app).await.status, StatusCode::UNAUTHORIZED);
    let forged = format!("{limited}x");
    assert_eq!(status(&app, &forged).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_limited_token_gives_no_other() {
    let app = app().await;
    let limited = limited_of(&token(&key_of(&app).await)).unwrap();
    for call in [
        Call::new("GET", "/api/app/.backstage/auth/v1/cookie").by(&By::token(&limited)),
        Call::new("GET", "/api/app/.backstage/auth/v1/cookie")
            .header("cookie", &format!("backstage-auth={limited}")),
    ] {
        let answer = call.to(&app).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(!answer.headers.contains_key("set-cookie"));
    }
}
