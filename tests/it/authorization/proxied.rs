//! Headers of proxies at every way in: none of them counts unless a proxy that is believed passed the request on.
use std::sync::Arc;

use axum::http::StatusCode;
use callboard::server::{ProviderSetup, Trust, Way};
use callboard_auth::{
    ClaimMapping,
    proxy::{Oauth2Proxy, Proxy},
    resolver::{Resolver, ResolverOptions},
};
use callboard_testkit::{Folder, Host};

use super::callers::{By, Call, guards};
use crate::support::{Answer, App};

const NOTHING: &str = "apiVersion: callboard.dev/v1\nkind: Policy\nroles: [{name: none, members: [everyone], rules: []}]\n";

const REFRESH: &str = "/api/auth/oauth2Proxy/refresh";

async fn app(trust: Trust) -> App {
    let folder = Folder::new();
    folder.write(
        "a.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada}\nspec: {memberOf: []}\n",
    );
    let mut guards = guards(NOTHING);
    guards.door.trust = trust;
    guards.identity.providers = vec![ProviderSetup {
        id: "oauth2Proxy".to_owned(),
        kind: "oauth2Proxy".to_owned(),
        title: "The proxy".to_owned(),
        way: Way::Proxy(Arc::new(Proxy::Oauth2Proxy(Oauth2Proxy))),
        resolvers: vec![Resolver {
            name: "forwardedUserMatchingUserEntityName".to_owned(),
            options: ResolverOptions::default(),
        }],
        auto_provision: None,
        mapping: ClaimMapping::default(),
        session_ms: None,
    }];
    App::reading_guarded(&folder, &Host::start().await, &["a.yaml"], guards).await
}

async fn ask(app: &App, path: &str, user: &str) -> Answer {
    let call = Call::new("GET", path).through("10.0.0.1");
    let call = call.header("x-requested-with", "XMLHttpRequest");
    call.header("x-forwarded-user", user).to(app).await
}

fn inside() -> Trust {
    Trust::Networks(vec!["10.0.0.0/8".parse().unwrap()])
}

#[tokio::test]
async fn nobody_gets_a_token_by_writing_a_header() {
    for trust in [
        Trust::Nobody,
        Trust::Networks(vec!["192.0.2.0/24".parse().unwrap()]),
    ] {
        let app = app(trust).await;
        let refused = ask(&app, REFRESH, "ada").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text);
        assert!(!refused.text.contains("eyJ"), "{}", refused.text);
        let unknown = ask(&app, REFRESH, "nobody").await;
        assert_eq!(
            refused.text, unknown.text,
            "and learns nothing of who there is"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_believed_signs_in_and_that_is_written_down() {
    let app = app(inside()).await;
    let answer = ask(&app, REFRESH, "ada").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let token = answer.json()["backstageIdentity"]["token"].clone();
    let who = Call::new("GET", "/api/auth/v1/userinfo").by(&By::token(token.as_str().unwrap()));
    assert_eq!(who.to(&app).await.json()["sub"], "user:default/ada");
    // The person, and the token.
    assert_eq!(app.audited("sign-in").await.len(), 2);
    for _ in 0..3 {
        assert_eq!(ask(&app, "/settings", "ada").await.status, StatusCode::OK);
    }
    assert_eq!(
        app.audited("sign-in").await.len(),
        2,
        "once, not with every page"
    );
}

#[tokio::test]
async fn somebody_whom_the_proxy_knows_and_the_catalog_does_not_is_told_why() {
    let app = app(inside()).await;
    let sent = ask(&app, "/catalog", "stranger").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let to = sent.headers["location"].to_str().unwrap();
    let page = ask(&app, to, "stranger").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("forwardedUserMatchingUserEntityName"),
        "{}",
        page.text
    );
    let probe = ask(&app, "/.backstage/health/v1/liveness", "stranger").await;
    assert_eq!(probe.status, StatusCode::OK);
    let refused = app.audited("sign-in").await;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].entry.result, "refused");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_also_where_a_proxy_signs_in() {
    let app = app(inside()).await;
    let call = Call::new("POST", "/settings/tokens").through("10.0.0.1");
    let call = call.header("x-forwarded-user", "ada");
    let refused = call.form("name=x&scope=all&days=7").to(&app).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
