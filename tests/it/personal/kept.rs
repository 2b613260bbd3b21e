//! Saved views and preferences, and who may change them.
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{ADA, leads_to, section, world};
use crate::authorization::callers::{By, Call};

#[tokio::test]
async fn a_view_of_a_team_is_for_its_members_and_in_the_audit_log() {
    let world = world().await;
    let save = "name=Ours&owner=group:default/crew&query=%3Fkind%3Dapi%26q%3Da%22b";
    leads_to(
        &world.post(&world.ada, "/views", save).await,
        "/catalog?kind=api&q=a%22b",
    );
    let own = "name=%3Cscript%3E&query=kind%3Dapi&back=/catalog";
    leads_to(&world.post(&world.ada, "/views", own).await, "/catalog");
    let settings = world.get(&world.ada, "/settings").await;
    let views = section(&settings, "views");
    assert!(
        views.contains("Ours") && views.contains("Deck Crew"),
        "{views}"
    );
    assert!(
        views.contains("&lt;script&gt;") && !views.contains("<script>"),
        "{views}"
    );
    let owners = ["group:default/crew".to_owned()];
    let id = world.app.db().view_list(&owners).await.unwrap()[0]
        .id
        .clone();
    let delete = format!("id={id}");
    // For others it is not there, which is what they wanted.
    leads_to(
        &world.post(&world.bob, "/views/delete", &delete).await,
        "/catalog",
    );
    assert!(!section(&world.get(&world.bob, "/settings").await, "views").contains("Ours"));
    assert_eq!(world.app.db().view_list(&owners).await.unwrap().len(), 1);
    let refused = world.post(&world.bob, "/views", save).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    leads_to(
        &world.post(&world.ada, "/views/delete", &delete).await,
        "/catalog",
    );
    assert!(world.app.db().view_list(&owners).await.unwrap().is_empty());
    for event in ["view.save", "view.delete"] {
        let entries = world.app.audited(event).await;
        assert_eq!(
            entries.len(),
            1,
            "{event}: one's own views are nobody's business"
        );
    }
}

#[tokio::test]
async fn a_view_needs_a_name_and_a_query_that_fits() {
    let world = world().await;
    for bad in [
        "name=&query=a",
        &format!("name=x&query={}", "a".repeat(5_000)),
    ] {
        let answer = world.post(&world.ada, "/views", bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text.contains("That did not work"), "{}", answer.text);
    }
    for number in 0..100 {
        let form = format!("name=v{number}&query=q");
        world.post(&world.ada, "/views", &form).await;
    }
    let full = world.post(&world.ada, "/views", "name=more&query=q").await;
    assert_eq!(full.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_new_browser_looks_as_the_last_one_did() {
    let world = world().await;
    let chosen = world
        .post(
            &world.ada,
            "/preferences",
            "theme=dark&density=compact&back=/settings",
        )
        .await;
    leads_to(&chosen, "/settings");
    let cookies: Vec<_> = chosen.headers.get_all("set-cookie").iter().collect();
    assert!(
        cookies
            .iter()
            .any(|one| one.to_str().unwrap().starts_with("callboard-theme=dark;"))
    );
    let page = world.get(&world.ada, "/problems").await;
    assert!(
        page.text
            .contains("data-theme=\"dark\" data-density=\"compact\""),
        "{}",
        page.text
    );
    let told = page.headers.get_all("set-cookie").iter();
    assert_eq!(told.count(), 2, "the browser learns both");
    let others = world.get(&world.bob, "/problems").await;
    assert!(
        others
            .text
            .contains("data-theme=\"system\" data-density=\"default\"")
    );
    // What a browser has chosen itself holds there.
    let By::Session(secret) = &world.ada else {
        panic!()
    };
    let cookie = format!("callboard-session={secret}; callboard-theme=light");
    let page = Call::new("GET", "/problems")
        .header("cookie", &cookie)
        .to(&world.app)
        .await;
    assert!(
        page.text
            .contains("data-theme=\"light\" data-density=\"compact\"")
    );
    let odd = world
        .post(
            &world.ada,
            "/theme",
            "theme=%3Cb%3E&back=javascript:alert(1)",
        )
        .await;
    leads_to(&odd, "/");
    let nobody = Call::new("POST", "/theme")
        .form("theme=dark")
        .to(&world.app)
        .await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_for_reading_changes_nothing() {
    let world = world().await;
    let (token, _) = world.app.personal_token(ADA, r#"["read"]"#, 60_000).await;
    for (path, form) in [
        ("/stars", "ref=component:default/basket&on=1"),
        ("/views", "name=x&query=q"),
        ("/views/delete", "id=x"),
    ] {
        let answer = world.post(&token, path, form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    world.post(&token, "/preferences", "theme=dark").await;
    assert!(
        world
            .app
            .db()
            .preference_list(ADA)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(world.starred(ADA).await.is_empty());
}

#[tokio::test]
async fn settings_of_backstage_are_kept_by_bucket_and_key() {
    let world = world().await;
    let at = |bucket: &str, key: &str| format!("/api/user-settings/buckets/{bucket}/keys/{key}");
    let put = async |who: &By, path: &str, value: Value| {
        let call = Call::new("PUT", path)
            .json(&json!({"value": value}))
            .by(who);
        call.to(&world.app).await
    };
    let width = at("pages%2Fcatalog", "width");
    assert_eq!(
        world.get(&world.ada, &width).await.status,
        StatusCode::NOT_FOUND
    );
    let answer = put(&world.ada, &width, json!({"px": [1, null]})).await;
    let expected = json!({"bucket": "pages/catalog", "key": "width", "value": {"px": [1, null]}});
    assert_eq!(
        (answer.status, answer.json()),
        (StatusCode::OK, expected.clone())
    );
    assert_eq!(world.get(&world.ada, &width).await.json(), expected);
    let missing = world.get(&world.bob, &width).await;
    assert_eq!(missing.json()["error"]["name"], "NotFoundError");
    let long = put(&world.ada, &width, json!("x".repeat(70_000))).await;
    assert_eq!(long.status, StatusCode::BAD_REQUEST);
    let name = put(&world.ada, &at("a", &"k".repeat(81)), json!(1)).await;
    assert_eq!(name.status, StatusCode::BAD_REQUEST);
    for _ in 0..2 {
        let gone = Call::new("DELETE", &width)
            .by(&world.ada)
            .to(&world.app)
            .await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(
        world.get(&world.ada, &width).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_starred_entities_of_backstage_are_the_stars() {
    let world = world().await;
    let path = "/api/user-settings/buckets/starredEntities/keys/entityRefs";
    let put = async |value: Value| {
        let call = Call::new("PUT", path).json(&json!({"value": value}));
        call.by(&world.ada).to(&world.app).await.status
    };
    world
        .post(&world.ada, "/stars", "ref=component:default/winch&on=1")
        .await;
    let now = world.get(&world.ada, path).await.json();
    assert_eq!(now["value"], json!(["component:default/winch"]));
    let refs = json!([
        "Component:default/basket",
        "group:crew",
        "component:default/payroll"
    ]);
    assert_eq!(put(refs).await, StatusCode::OK);
    let mut starred = world.starred(ADA).await;
    starred.sort();
    assert_eq!(starred, ["component:default/basket", "group:default/crew"]);
    for wrong in [json!("x"), json!([1]), json!(["no reference"])] {
        assert_eq!(put(wrong).await, StatusCode::BAD_REQUEST);
    }
    let gone = Call::new("DELETE", path)
        .by(&world.ada)
        .to(&world.app)
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert!(world.starred(ADA).await.is_empty());
}
