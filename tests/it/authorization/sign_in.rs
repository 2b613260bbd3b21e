//! Signing in with a provider: where one may be sent, and attempts to use a sign-in of somebody else.
use axum::{
    Json, Router,
    http::StatusCode,
    routing::{get, post},
};
use callboard::server::{ProviderSetup, Way};
use callboard_auth::{
    ClaimMapping,
    provider::OAuthSettings,
    resolver::{Resolver, ResolverOptions},
};
use callboard_testkit::{Folder, Host};
use serde_json::json;
use tokio::task::JoinHandle;

use super::callers::{By, Call, guards, new_secret};
use crate::support::{Answer, App};

const START: &str = "/api/auth/github/start?env=development&flow=redirect";

/// A provider on this machine who says that everybody is Ada. It ends with this value.
struct Stub {
    url: String,
    server: JoinHandle<()>,
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Stub {
    async fn start() -> Self {
        let token = || async {
            Json(
                json!({"access_token": "gho_of_ada", "token_type": "bearer", "scope": "read:user"}),
            )
        };
        let user = || async { Json(json!({"id": 7, "login": "ada", "email": "ada@example.com"})) };
        let app = Router::new()
            .route("/login/oauth/access_token", post(token))
            .route("/api/v3/user", get(user));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            // It ends when the test does.
            let _ = axum::serve(listener, app).await;
        });
        Self { url, server }
    }
}

async fn app() -> (App, Stub) {
    let stub = Stub::start().await;
    let secret = callboard_auth::Secret::new("client-secret");
    let callback = "http://localhost:7007/api/auth/github/handler/frame";
    let oauth =
        OAuthSettings::github(Some(&stub.url)).with_client("client", Some(secret), callback);
    let mut guards = guards(super::POLICY);
    guards.identity.extra_origins = vec!["https://*.preview.example.com".to_owned()];
    guards.identity.providers = vec![ProviderSetup {
        id: "github".to_owned(),
        kind: "github".to_owned(),
        title: "GitHub".to_owned(),
        way: Way::OAuth(Box::new(OAuthSettings {
            id: "github".to_owned(),
            ..oauth
        })),
        resolvers: vec![Resolver {
            name: "usernameMatchingUserEntityName".to_owned(),
            options: ResolverOptions::default(),
        }],
        auto_provision: None,
        mapping: ClaimMapping::default(),
        session_ms: None,
    }];
    let (folder, host) = (Folder::new(), Host::start().await);
    let ada = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada}\nspec: {memberOf: []}\n";
    folder.write("ada.yaml", ada);
    (
        App::reading_guarded(&folder, &host, &["ada.yaml"], guards).await,
        stub,
    )
}

/// A sign-in that was begun: what the provider sends back, and what the browser keeps.
struct Begun {
    state: String,
    nonce: String,
}

impl Begun {
    fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
        let to = url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
        let state = to
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1
            .into_owned();
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(
            cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
            "{cookie}"
        );
        let nonce = cookie.split(';').next().unwrap().to_owned();
        Self { state, nonce }
    }

    /// Comes back from the provider.
    fn back(&self) -> Call {
        let path = format!(
            "/api/auth/github/handler/frame?code=code&state={}",
            self.state
        );
        Call::new("GET", &path).header("cookie", &self.nonce)
    }
}

async fn begin(app: &App) -> Begun {
    Begun::of(&Call::new("GET", START).to(app).await)
}

fn assert_failed(answer: &Answer) {
    let to = answer.headers["location"].to_str().unwrap();
    assert!(to.starts_with("/sign-in?failure="), "{to}");
    assert_eq!(new_secret(answer), None);
}

async fn is_ada(app: &App, who: &By) -> bool {
    let answer = Call::new("GET", "/api/auth/v1/userinfo")
        .by(who)
        .to(app)
        .await;
    answer.status == StatusCode::OK && answer.json()["sub"] == "user:default/ada"
}

#[tokio::test]
async fn a_sign_in_leads_back_with_a_session_and_is_written_down() {
    let (app, _stub) = app().await;
    let start = format!("{START}&redirectUrl=%2Fcatalog%3Fkind%3Dapi");
    let begun = Begun::of(&Call::new("GET", &start).to(&app).await);
    let answer = begun.back().to(&app).await;
    assert_eq!(
        answer.headers["location"], "/catalog?kind=api",
        "{}",
        answer.text
    );
    let secret = new_secret(&answer).unwrap();
    assert!(is_ada(&app, &By::Session(secret.clone())).await);
    let sessions = app.db().session_list("user:default/ada").await.unwrap();
    let [session] = &sessions[..] else {
        panic!("{sessions:?}")
    };
    let stored = format!("{}{}", session.body, session.sealed.as_deref().unwrap());
    assert!(
        !stored.contains("gho_") && !stored.contains(&secret),
        "no secret is stored as it is"
    );
    let [row] = &app.audited("sign-in").await[..] else {
        panic!()
    };
    assert_eq!(
        (row.entry.resource.as_deref(), row.entry.result.as_str()),
        (Some("user:default/ada"), "ok")
    );
    assert!(!row.entry.detail.contains("gho_") && !row.entry.detail.contains(&secret));
}

#[tokio::test]
async fn a_session_that_somebody_planted_before_is_not_the_one_after() {
    let (app, _stub) = app().await;
    let planted = app.session("user:default/mallory").await;
    let By::Session(before) = &planted else {
        panic!()
    };
    let cookie = format!("callboard-session={before}");
    let begun = Begun::of(
        &Call::new("GET", START)
            .header("cookie", &cookie)
            .to(&app)
            .await,
    );
    let answer = begun.back().header("cookie", &cookie).to(&app).await;
    let after = new_secret(&answer).unwrap();
    assert_ne!(after, *before);
    assert!(is_ada(&app, &By::Session(after)).await);
    let still = Call::new("GET", "/api/auth/v1/userinfo")
        .by(&planted)
        .to(&app)
        .await;
    assert_eq!(
        still.status,
        StatusCode::UNAUTHORIZED,
        "the session of before has ended"
    );
    // A secret that was made up is not taken for a session either.
    let made_up = "x".repeat(43);
    let cookie = format!("callboard-session={made_up}");
    let begun = Begun::of(
        &Call::new("GET", START)
            .header("cookie", &cookie)
            .to(&app)
            .await,
    );
    assert_ne!(new_secret(&begun.back().to(&app).await).unwrap(), made_up);
    assert!(!is_ada(&app, &By::Session(made_up)).await);
}

#[tokio::test]
async fn what_the_provider_sends_back_counts_once_and_in_the_same_browser() {
    let (app, _stub) = app().await;
    let begun = begin(&app).await;
    let tampered = Begun {
        state: format!("{}x", begun.state),
        nonce: begun.nonce.clone(),
    };
    assert_failed(&tampered.back().to(&app).await);
    let other = begin(&app).await;
    let swapped = Begun {
        state: begun.state.clone(),
        nonce: other.nonce,
    };
    assert_failed(&swapped.back().to(&app).await);
    let path = format!(
        "/api/auth/github/handler/frame?code=code&state={}",
        begun.state
    );
    assert_failed(&Call::new("GET", &path).to(&app).await);
    let failed = app.audited("sign-in").await;
    assert!(failed.len() == 3 && failed.iter().all(|row| row.entry.result == "refused"));
    let first = begun.back().to(&app).await;
    assert!(new_secret(&first).is_some(), "{}", first.text);
    assert_failed(&begun.back().to(&app).await);
    // The provider may also send the browser back with a form of its own page.
    let third = begin(&app).await;
    let by_form =
        Call::new("POST", "/api/auth/github/handler/frame").header("cookie", &third.nonce);
    let by_form = by_form
        .header("origin", "https://github.com")
        .form(&format!("code=c&state={}", third.state));
    assert!(new_secret(&by_form.to(&app).await).is_some());
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let (app, _stub) = app().await;
    let encoded =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    for to in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "https://localhost:7007@evil.example/",
        "http://localhost:7007.evil.example/",
        "https://localhost:7007/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://preview.example.com/",
        "https://evil.example/.preview.example.com",
        "/\t/evil.example",
        "/\r\nlocation: https://evil.example",
    ] {
        let answer = Call::new("GET", &format!("{START}&redirectUrl={}", encoded(to)))
            .to(&app)
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{to:?}");
        assert!(!answer.headers.contains_key("set-cookie"), "{to:?}");
        let page = Call::new("GET", &format!("/sign-in?back={}", encoded(to)))
            .to(&app)
            .await;
        let link = "redirectUrl=%2F&quot;";
        let leads_home = page.text.contains(link) || page.text.contains("redirectUrl=%2F\"");
        assert!(leads_home, "{to:?}: {}", page.text);
    }
    for to in [
        "/catalog?kind=api",
        "http://localhost:7007/x",
        "https://a.preview.example.com/x",
        "",
    ] {
        let answer = Call::new("GET", &format!("{START}&redirectUrl={}", encoded(to)))
            .to(&app)
            .await;
        assert_eq!(answer.status, StatusCode::FOUND, "{to:?}");
    }
}

#[tokio::test]
async fn a_window_tells_only_pages_of_allowed_origins() {
    let (app, _stub) = app().await;
    let popup = "/api/auth/github/start?env=development&flow=popup";
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost:7007.evil.example",
        "https://preview.example.com",
    ] {
        let answer = Call::new("GET", &format!("{popup}&origin={origin}"))
            .to(&app)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    let allowed = "https://x.preview.example.com";
    let begun = Begun::of(
        &Call::new("GET", &format!("{popup}&origin={allowed}"))
            .to(&app)
            .await,
    );
    let page = begun.back().to(&app).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains(&format!("\"{allowed}\"")),
        "{}",
        page.text
    );
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'nonce-"),
        "{policy}"
    );
    let other = Call::new("GET", "/api/auth/github/start?env=production")
        .to(&app)
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "another environment");
}
