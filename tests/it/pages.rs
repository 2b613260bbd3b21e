//! Every page from sample data, without a browser.
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use callboard_testkit::{Folder, component};

use crate::support::{Answer, App};

async fn app() -> App {
    let folder = Folder::new();
    let team = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a, title: Deck Crew}\nspec: {type: team, children: []}\n";
    let hostile = component("hostile")
        .replace("  name:", "  title: \"<script>alert(1)</script>\"\n  description: \"</title><img src=x onerror=alert(2)>\"\n  name:");
    let broken = component("broken").replace("  lifecycle: production\n", "");
    folder.write(
        "a.yaml",
        format!(
            "{}---\n{team}---\n{hostile}---\n{broken}",
            component("billing")
        ),
    );
    App::over(&folder, &["a.yaml"]).await
}

fn check(answer: &Answer, status: StatusCode, texts: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.text);
    for text in texts {
        assert!(answer.text.contains(text), "no {text:?} in {}", answer.text);
    }
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    // What the policy forbids must not be needed: no inline script, style or handler.
    for forbidden in ["<script>", "<style", " style=\"", " onclick=", "<img src=x"] {
        assert!(
            !answer.text.contains(forbidden),
            "{forbidden} in {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn every_page_is_complete_without_javascript() {
    let app = app().await;
    check(
        &app.get("/").await,
        StatusCode::OK,
        &["Merrow Ferries", "Component", "Deck Crew", "CAT010"],
    );
    check(
        &app.get("/?owner=group:default/team-a").await,
        StatusCode::OK,
        &["billing"],
    );
    let catalog = app.get("/catalog").await;
    check(
        &catalog,
        StatusCode::OK,
        &["billing", "Deck Crew", "&lt;script&gt;alert(1)"],
    );
    check(
        &app.get("/catalog?kind=group").await,
        StatusCode::OK,
        &["Deck Crew"],
    );
    check(
        &app.get("/catalog?q=nothing-like-this").await,
        StatusCode::OK,
        &["nothing-like-this"],
    );
    let entity = app.get("/catalog/default/component/billing").await;
    check(&entity, StatusCode::OK, &["billing", "Deck Crew", "a.yaml"]);
    for (tab, shown) in [
        ("relations", "About this entity"),
        ("problems", "No problems"),
        ("yaml", "backstage.io/v1alpha1"),
        ("api", "No definition"),
    ] {
        let page = app
            .get(&format!("/catalog/default/component/billing/{tab}"))
            .await;
        check(&page, StatusCode::OK, &["billing", "Deck Crew", shown]);
    }
    check(
        &app.get("/catalog/default/component/hostile").await,
        StatusCode::OK,
        &["&lt;script&gt;alert(1)"],
    );
    check(
        &app.get("/catalog/default/group/team-a").await,
        StatusCode::OK,
        &["Owns", "type=service"],
    );
    check(
        &app.get("/problems").await,
        StatusCode::OK,
        &["CAT010", "spec.lifecycle is missing", "a.yaml"],
    );
    check(
        &app.get("/problems?group=owner&severity=error").await,
        StatusCode::OK,
        &["CAT010"],
    );
}

#[tokio::test]
async fn what_is_not_there_says_what_next() {
    let app = app().await;
    check(
        &app.get("/catalog/default/component/nothing").await,
        StatusCode::NOT_FOUND,
        &["nothing", "/catalog"],
    );
    check(
        &app.get("/nowhere").await,
        StatusCode::NOT_FOUND,
        &["/catalog"],
    );
}

#[tokio::test]
async fn a_hostile_address_is_escaped() {
    let app = app().await;
    let paths = [
        "/catalog?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/catalog?tag=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&page=99999999",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/catalog/default/component/%3Cscript%3E",
    ];
    for path in paths {
        let answer = app.get(path).await;
        assert!(!answer.text.contains("<script>alert"), "{path}");
        assert!(answer.status.as_u16() < 500, "{path} {}", answer.status);
    }
}

#[tokio::test]
async fn preferences_are_kept_in_cookies_and_lead_back() {
    let app = app().await;
    let post = |path: &str, body: &'static str| {
        Request::post(path.to_owned())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let theme = app.send(post("/theme", "theme=dark&back=%2Fcatalog")).await;
    assert_eq!(theme.status, StatusCode::SEE_OTHER);
    assert_eq!(theme.headers["location"], "/catalog");
    assert!(
        theme.headers["set-cookie"]
            .to_str()
            .unwrap()
            .starts_with("callboard-theme=dark;")
    );
    let request = Request::get("/")
        .header("cookie", "callboard-theme=dark")
        .body(Body::empty())
        .unwrap();
    assert!(app.send(request).await.text.contains("data-theme=\"dark\""));
    let owner = app
        .send(post(
            "/me",
            "owner=group%3Adefault%2Fteam-a&back=%2F%2Fevil.example",
        ))
        .await;
    assert_eq!(owner.headers["location"], "/");
    let cookie = owner.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let request = Request::get("/")
        .header("cookie", cookie)
        .body(Body::empty())
        .unwrap();
    assert!(app.send(request).await.text.contains("billing"));
    let mut foreign = post("/theme", "theme=dark");
    foreign
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(app.send(foreign).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn islands_ask_the_same_functions_as_pages() {
    let app = app().await;
    let answer = app.get("/fn/catalog/entities?query%5Bq%5D=bill").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["rows"][0]["label"]["title"], "billing");
    assert_eq!(
        app.get("/fn/catalog/entity?kind=component&namespace=default&name=x")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}
