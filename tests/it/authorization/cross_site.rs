//! Requests that a page of another site makes a browser send, with a person's cookie and without their will.
use axum::http::StatusCode;
use callboard_testkit::Folder;

use super::callers::{By, Call, guards};
use crate::support::{Answer, App};

const ADA: &str = "user:default/ada";

/// What changes something, with the form that does it.
const FORMS: &[(&str, &str, &str)] = &[
    ("POST", "/theme", "theme=dark"),
    ("POST", "/me", "owner="),
    ("POST", "/sign-out", ""),
    ("POST", "/settings/tokens", "name=x&scope=all&days=1"),
    ("POST", "/settings/tokens/revoke", "id=x"),
    ("POST", "/settings/sessions/revoke", "id=x"),
    ("POST", "/admin/policy/simulate", "policy="),
    ("POST", "/fn/catalog/home", "owner="),
    ("POST", "/fn/admin/audit", ""),
    ("POST", "/fn/none", ""),
    ("POST", "/api/catalog/refresh", ""),
    ("POST", "/api/catalog/locations", ""),
    ("POST", "/api/permission/authorize", ""),
    ("POST", "/api/auth/github/logout", ""),
    ("POST", "/api/auth/github/refresh", ""),
    ("DELETE", "/api/app/.backstage/auth/v1/cookie", ""),
    ("DELETE", "/api/catalog/entities/by-uid/x", ""),
    ("DELETE", "/api/catalog/locations/x", ""),
    ("PUT", "/api/catalog/locations/x", ""),
];

/// How a browser says that a request is of another site; the last says nothing, which no browser does.
const FOREIGN: &[&[(&str, &str)]] = &[
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "http://localhost:7007.evil.example")],
    &[
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ],
    &[
        ("origin", "http://localhost:7007"),
        ("sec-fetch-site", "cross-site"),
    ],
    &[("sec-fetch-site", "same-site")],
    &[],
];

async fn app() -> App {
    let policy = super::POLICY;
    App::guarded(&Folder::new(), &[], guards(policy)).await
}

async fn send(
    app: &App,
    form: (&str, &str, &str),
    cookie: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let (method, path, body) = form;
    let call = Call::new(method, path).form(body).header("cookie", cookie);
    let add = |call: Call, (name, value): &(&str, &str)| call.header(name, value);
    headers.iter().fold(call, add).to(app).await
}

fn cookie(who: &By) -> String {
    match who {
        By::Session(secret) => format!("callboard-session={secret}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let app = app().await;
    let ada = app.session(ADA).await;
    for form in FORMS {
        for headers in FOREIGN {
            let answer = send(&app, *form, &cookie(&ada), headers).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form:?} {headers:?}");
            assert!(
                !answer.headers.contains_key("set-cookie"),
                "{form:?} {headers:?}"
            );
        }
    }
    assert_eq!(app.db().token_list(ADA).await.unwrap(), []);
    assert_eq!(
        app.db().session_list(ADA).await.unwrap().len(),
        1,
        "nobody was signed out"
    );
}

#[tokio::test]
async fn the_portals_own_page_does() {
    let app = app().await;
    for form in FORMS {
        for headers in [
            &[("origin", "http://localhost:7007")][..],
            &[
                ("origin", "http://10.0.0.7:7007"),
                ("host", "10.0.0.7:7007"),
            ],
            &[("sec-fetch-site", "same-origin")],
        ] {
            let ada = app.session(ADA).await;
            let answer = send(&app, *form, &cookie(&ada), headers).await;
            assert!(
                !answer.text.contains("of another site"),
                "{form:?} {headers:?}"
            );
        }
    }
    assert_eq!(app.db().token_list(ADA).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_program_with_a_token_needs_no_origin_and_a_cookie_for_files_changes_nothing() {
    let app = app().await;
    let (token, _) = app.personal_token(ADA, r#"["all"]"#, 60_000).await;
    let call = Call::new("POST", "/api/catalog/entities/by-refs").by(&token);
    let answer = call
        .json(&serde_json::json!({"entityRefs": []}))
        .to(&app)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    // A forged Authorization header beside a cookie does not make the cookie count.
    let ada = app.session(ADA).await;
    for wrong in ["Bearer x", "Basic x", "Bearer"] {
        let call = Call::new("POST", "/sign-out")
            .form("")
            .header("authorization", wrong);
        call.header("cookie", &cookie(&ada))
            .header("origin", "https://evil.example")
            .to(&app)
            .await;
        let still = Call::new("GET", "/api/auth/v1/userinfo")
            .by(&ada)
            .to(&app)
            .await;
        assert_eq!(still.status, StatusCode::OK, "{wrong}");
    }
}
