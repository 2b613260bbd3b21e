//! Where a request comes from: this machine with its guest, proxies that are believed, and addresses that send too much.
use std::sync::Arc;

use axum::http::StatusCode;
use callboard::server::{Guards, Guest, ProviderSetup, Rate, Trust, Way};
use callboard_auth::{
    ClaimMapping,
    proxy::{Oauth2Proxy, Proxy},
    resolver::{Resolver, ResolverOptions},
};
use callboard_testkit::{Folder, Host};

use super::callers::{By, Call, guards, new_secret};
use crate::support::{Answer, App};

const ADA: &str = "user:default/ada";
const WHO: &str = "/api/auth/v1/userinfo";

/// Everybody who has signed in may do everything.
const POLICY: &str = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - {name: all, members: [everyone], rules: [{allow: '*'}]}
";

const PEOPLE: &str = "
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ada}
spec: {memberOf: []}
";

async fn app_with(guards: Guards) -> App {
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write("people.yaml", PEOPLE);
    App::reading_guarded(&folder, &host, &["people.yaml"], guards).await
}

/// Asks as a browser at this machine does, with what else it sends.
async fn from_here(app: &App, path: &str, headers: &[(&str, &str)]) -> Answer {
    let call = Call::new("GET", path).through("127.0.0.1");
    let add = |call: Call, (name, value): &(&str, &str)| call.header(name, value);
    headers.iter().fold(call, add).to(app).await
}

#[tokio::test]
async fn the_guest_comes_in_by_itself_at_this_machine_only() {
    let mut guards = guards(POLICY);
    guards.identity.guest = Guest::Here;
    let app = app_with(guards).await;
    let local = from_here(&app, "/catalog", &[("host", "localhost:7007")]).await;
    assert_eq!(local.status, StatusCode::OK);
    for headers in [
        &[("host", "portal.example.com")][..],
        &[("host", "localhost.evil.example")],
        &[("host", "localhost:7007"), ("x-forwarded-for", "127.0.0.1")],
        &[("host", "localhost:7007"), ("forwarded", "for=127.0.0.1")],
    ] {
        let answer = from_here(&app, "/catalog", headers).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{headers:?}");
    }
    let remote = Call::new("GET", "/catalog")
        .header("host", "localhost:7007")
        .to(&app)
        .await;
    assert_eq!(remote.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_guest_who_is_offered_has_to_ask_and_not_from_elsewhere() {
    let mut guards = guards(POLICY);
    guards.identity.guest = Guest::Offered {
        here: true,
        anywhere: false,
        user_ref: "user:development/guest".to_owned(),
        ownership: None,
    };
    guards.identity.providers = vec![setup("guest", Way::Guest)];
    let app = app_with(guards).await;
    let start = "/api/auth/guest/start?env=development&redirectUrl=%2Fcatalog";
    let here = [("host", "localhost:7007")];
    assert_eq!(
        from_here(&app, "/catalog", &here).await.status,
        StatusCode::SEE_OTHER
    );
    let entered = from_here(&app, start, &here).await;
    assert_eq!(
        (entered.status, &entered.headers["location"]),
        (StatusCode::FOUND, &"/catalog".parse().unwrap())
    );
    let guest = By::Session(new_secret(&entered).unwrap());
    let asked = |call: Call| call.by(&guest);
    let who = asked(
        Call::new("GET", WHO)
            .through("127.0.0.1")
            .header("host", "localhost"),
    );
    assert_eq!(who.to(&app).await.json()["sub"], "user:development/guest");
    let taken_away = asked(Call::new("GET", WHO)).to(&app).await;
    assert_eq!(taken_away.status, StatusCode::UNAUTHORIZED);
    let elsewhere = Call::new("GET", start)
        .header("host", "localhost:7007")
        .to(&app)
        .await;
    let to = elsewhere.headers["location"].to_str().unwrap();
    assert!(
        to.starts_with("/sign-in?failure=") && new_secret(&elsewhere).is_none(),
        "{to}"
    );
    let site = [("host", "localhost:7007"), ("sec-fetch-site", "cross-site")];
    let by_other_page = from_here(&app, start, &site).await;
    assert_eq!(
        (by_other_page.status, new_secret(&by_other_page)),
        (StatusCode::FORBIDDEN, None)
    );
}

fn setup(id: &str, way: Way) -> ProviderSetup {
    ProviderSetup {
        id: id.to_owned(),
        kind: id.to_owned(),
        title: id.to_owned(),
        way,
        resolvers: vec![Resolver {
            name: "forwardedUserMatchingUserEntityName".to_owned(),
            options: ResolverOptions::default(),
        }],
        auto_provision: None,
        mapping: ClaimMapping::default(),
        session_ms: None,
    }
}

#[tokio::test]
async fn headers_of_a_proxy_count_only_when_a_trusted_one_sends_them() {
    const USER: (&str, &str) = ("x-forwarded-user", "ada");
    let inside = || Trust::Networks(vec!["10.0.0.0/8".parse().unwrap()]);
    for (trust, peer, headers, counts) in [
        (Trust::Nobody, "10.0.0.1", &[USER][..], false),
        (inside(), "198.51.100.7", &[USER], false),
        (inside(), "10.0.0.1", &[USER], true),
        (
            inside(),
            "10.0.0.1",
            &[USER, ("x-forwarded-user", "root")],
            false,
        ),
        (
            inside(),
            "10.0.0.1",
            &[("x-forwarded-user", "nobody-of-the-catalog")],
            false,
        ),
        (
            inside(),
            "10.0.0.1",
            &[("x-forwarded-email", "ada@example.com")],
            false,
        ),
        (
            inside(),
            "198.51.100.7",
            &[USER, ("x-forwarded-for", "10.0.0.1")],
            false,
        ),
        (Trust::Hops(1), "198.51.100.7", &[USER], true),
        (Trust::Hops(0), "10.0.0.1", &[USER], false),
    ] {
        let mut guards = guards(POLICY);
        guards.door.trust = trust.clone();
        let proxy = Way::Proxy(Arc::new(Proxy::Oauth2Proxy(Oauth2Proxy)));
        guards.identity.providers = vec![setup("oauth2Proxy", proxy)];
        let app = app_with(guards).await;
        let call = Call::new("GET", WHO).through(peer);
        let add = |call: Call, (name, value): &(&str, &str)| call.header(name, value);
        let answer = headers.iter().fold(call, add).to(&app).await;
        let expected = if counts {
            StatusCode::OK
        } else {
            StatusCode::UNAUTHORIZED
        };
        assert_eq!(answer.status, expected, "{trust:?} {peer} {headers:?}");
    }
}

fn assert_too_many(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds = answer.headers["retry-after"].to_str().unwrap();
    assert!(seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0));
}

#[tokio::test]
async fn too_many_requests_of_an_address_or_a_user_are_refused() {
    let mut guards = guards(POLICY);
    guards.door.rate = Rate {
        // So few that a slow machine earns none while the test runs.
        per_minute: Some(2),
        counts_local: true,
    };
    let app = app_with(guards).await;
    let from = |peer: &str| Call::new("GET", "/api/permission/health").through(peer);
    for _ in 0..2 {
        assert_eq!(from("203.0.113.1").to(&app).await.status, StatusCode::OK);
    }
    assert_too_many(&from("203.0.113.1").to(&app).await);
    let probe = Call::new("GET", "/.backstage/health/v1/liveness").through("203.0.113.1");
    assert_eq!(probe.to(&app).await.status, StatusCode::OK);
    assert_eq!(from("203.0.113.2").to(&app).await.status, StatusCode::OK);
    let ada = app.session(ADA).await;
    for number in 0..2 {
        let call = Call::new("GET", WHO)
            .by(&ada)
            .through(&format!("192.0.2.{number}"));
        assert_eq!(call.to(&app).await.status, StatusCode::OK);
    }
    assert_too_many(
        &Call::new("GET", WHO)
            .by(&ada)
            .through("192.0.2.99")
            .to(&app)
            .await,
    );
}

#[tokio::test]
async fn guessing_tokens_and_starting_sign_ins_is_bounded_for_an_address() {
    let app = app_with(guards(POLICY)).await;
    for (number, path) in [(1, WHO), (2, "/api/auth/none/start")] {
        let peer = format!("203.0.113.{number}");
        let guess = || {
            Call::new("GET", path)
                .through(&peer)
                .by(&By::token("wrong-token"))
        };
        let start = || Call::new("GET", path).through(&peer);
        let mut sent = 0;
        let refused = loop {
            let call = if number == 1 { guess() } else { start() };
            let answer = call.to(&app).await;
            sent += 1;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                break answer;
            }
            assert!(sent < 1_000, "{path} is never refused");
        };
        assert_too_many(&refused);
        assert!(sent > 20, "{path}: a person who mistypes is not shut out");
        let other = Call::new("GET", path).through("203.0.113.9").to(&app).await;
        assert_ne!(other.status, StatusCode::TOO_MANY_REQUESTS);
    }
    // Those who have a token that is right are not hindered, even from that address.
    let (token, _) = app.personal_token(ADA, r#"["read"]"#, 3_600_000).await;
    let answer = Call::new("GET", WHO)
        .through("203.0.113.1")
        .by(&token)
        .to(&app)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}
