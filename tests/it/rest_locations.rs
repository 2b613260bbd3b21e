//! Registering locations, reading them again and removing what they brought, over REST.
use axum::http::StatusCode;
use callboard_testkit::{Failure, Folder, Host, component};
use serde_json::{Value, json};

use crate::support::App;

async fn app() -> (App, Folder, Host) {
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write("a.yaml", component("a"));
    host.write("b.yaml", component("b"));
    let app = App::reading(&folder, &host, &["a.yaml"]).await;
    (app, folder, host)
}

fn url(target: &str) -> Value {
    json!({"type": "url", "target": target})
}

#[tokio::test]
async fn a_location_is_registered_read_changed_and_removed() {
    let (app, _folder, host) = app().await;
    let target = host.url("b.yaml");
    let created = app.post("/api/catalog/locations", &url(&target)).await;
    assert_eq!(created.status, StatusCode::CREATED);
    let created = created.json();
    let (location, entities) = (&created["location"], &created["entities"]);
    assert_eq!(
        (&location["target"], entities),
        (&json!(target), &json!([]))
    );
    let id = location["id"].as_str().unwrap();
    let name = location["entityRef"].as_str().unwrap();

    app.ingest().await;
    let got = app
        .get("/api/catalog/entities/by-name/component/default/b")
        .await;
    assert_eq!(got.status, StatusCode::OK);
    let of = app
        .get("/api/catalog/locations/by-entity/component/default/b")
        .await
        .json();
    assert_eq!(of, *location);
    let none = app
        .get("/api/catalog/locations/by-entity/component/default/a")
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let all = app.get("/api/catalog/locations").await.json();
    assert_eq!(all, json!([{"data": location}]));
    let query = json!({"query": {"target": {"$hasPrefix": "http://127.0.0.1"}}});
    let found = app
        .post("/api/catalog/locations/by-query", &query)
        .await
        .json();
    assert_eq!(
        found,
        json!({"items": [location], "totalItems": 1, "pageInfo": {}})
    );
    let ancestry = app
        .get("/api/catalog/entities/by-name/component/default/b/ancestry")
        .await
        .json();
    assert_eq!(ancestry["items"][0]["parentEntityRefs"], json!([name]));
    assert_eq!(ancestry["items"][1]["parentEntityRefs"], json!([]));

    let again = app.post("/api/catalog/locations", &url(&target)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let refresh = app
        .post("/api/catalog/locations?onConflict=refresh", &url(&target))
        .await;
    assert_eq!(
        (refresh.status, &refresh.json()["location"]),
        (StatusCode::CREATED, location)
    );

    host.write("c.yaml", component("c"));
    let changed = app
        .send_json(
            "PUT",
            &format!("/api/catalog/locations/{id}"),
            &url(&host.url("c.yaml")),
        )
        .await;
    assert_eq!(changed.json()["target"], json!(host.url("c.yaml")));
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a", "c"]);
    for want in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        let removed = app
            .send_json(
                "DELETE",
                &format!("/api/catalog/locations/{id}"),
                &Value::Null,
            )
            .await;
        assert_eq!(removed.status, want);
    }
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a"]);
}

#[tokio::test]
async fn a_dry_run_shows_what_would_come_or_why_it_would_not() {
    let (app, _folder, host) = app().await;
    let path = "/api/catalog/locations?dryRun=true";
    let shown = app.post(path, &url(&host.url("b.yaml"))).await;
    assert_eq!(shown.status, StatusCode::CREATED);
    let shown = shown.json();
    assert_eq!(shown["exists"], json!(false));
    let names: Vec<_> = shown["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].clone())
        .collect();
    assert_eq!(names, ["Location", "Component"]);
    assert_eq!(app.get("/api/catalog/locations").await.json(), json!([]));

    host.write("bad.yaml", "kind: Component\n");
    host.fail("gone.yaml", Failure::Status(404));
    for (file, word) in [("bad.yaml", "apiVersion"), ("gone.yaml", "cannot read")] {
        let refused = app.post(path, &url(&host.url(file))).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let message = refused.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(message.contains(word), "{message}");
    }
}

#[tokio::test]
async fn a_location_that_may_not_be_read_is_refused_at_the_door() {
    let (app, _folder, host) = app().await;
    let targets = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "http://localhost/x.yaml",
        "not a url",
        "",
    ];
    for target in targets {
        for path in [
            "/api/catalog/locations",
            "/api/catalog/locations?dryRun=true",
        ] {
            let refused = app.post(path, &url(target)).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{target}");
            assert_eq!(refused.json()["error"]["name"], "InputError");
        }
    }
    let file = json!({"type": "file", "target": "/etc/passwd"});
    assert_eq!(
        app.post("/api/catalog/locations", &file).await.status,
        StatusCode::BAD_REQUEST
    );
    let more = json!({"type": "url", "target": host.url("b.yaml"), "more": 1});
    assert_eq!(
        app.post("/api/catalog/locations", &more).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(app.get("/api/catalog/locations").await.json(), json!([]));
}

#[tokio::test]
async fn a_refresh_reads_again_and_an_unknown_entity_is_said() {
    let (app, _folder, host) = app().await;
    app.post("/api/catalog/locations", &url(&host.url("b.yaml")))
        .await;
    app.ingest().await;
    host.write("b.yaml", component("c"));
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a", "b"]);
    let refresh = json!({"entityRef": "component:default/b"});
    let answer = app.post("/api/catalog/refresh", &refresh).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a", "c"]);
    let unknown = json!({"entityRef": "component:default/nope"});
    assert_eq!(
        app.post("/api/catalog/refresh", &unknown).await.status,
        StatusCode::NOT_FOUND
    );
    for wrong in [
        json!({}),
        json!({"entityRef": "a\u{0}b"}),
        json!({"entityRef": ""}),
    ] {
        let answer = app.post("/api/catalog/refresh", &wrong).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn a_removed_entity_comes_back_while_its_source_has_it() {
    let (app, _folder, _host) = app().await;
    let entity = app
        .get("/api/catalog/entities/by-name/component/default/a")
        .await
        .json();
    let path = format!(
        "/api/catalog/entities/by-uid/{}",
        entity["metadata"]["uid"].as_str().unwrap()
    );
    let removed = app.send_json("DELETE", &path, &Value::Null).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    app.catch_up().await;
    assert_eq!(app.names("component").await, Vec::<String>::new());
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a"]);
}

#[tokio::test]
async fn an_event_counts_only_with_the_secret_and_reads_the_repository_again() {
    let (app, _folder, _host) = app().await;
    let push = json!({"repository": {"html_url": "https://github.com/acme/shop"}}).to_string();
    let header = |text: &str| vec![("x-hub-signature-256", text.to_owned())];
    let path = "/api/events/http/github";
    let signed = App::sign(&push);
    assert_eq!(
        app.post_raw(path, &push, header(&signed)).await.status,
        StatusCode::ACCEPTED
    );
    for wrong in ["", "sha256=00", "sha1=abc"] {
        assert_eq!(
            app.post_raw(path, &push, header(wrong)).await.status,
            StatusCode::FORBIDDEN
        );
    }
    let other = app
        .post_raw("/api/events/http/gitlab", &push, Vec::new())
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let broken = App::sign("{");
    assert_eq!(
        app.post_raw(path, "{", header(&broken)).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn broken_entities_are_listed_with_their_errors() {
    let (app, folder, _host) = app().await;
    folder.write(
        "a.yaml",
        component("a").replace("kind: Component", "kind: Component\nextra: 1"),
    );
    app.ingest().await;
    let failed = app
        .get("/api/catalog/entities/unprocessed/failed")
        .await
        .json();
    assert_eq!(failed["type"], "failed");
    let first = &failed["entities"][0];
    assert_eq!(first["entity_ref"], "component:default/a");
    assert!(
        first["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("extra"),
        "{first}"
    );
    assert!(first["processed_entity"]["metadata"]["uid"].is_string());
    let pending = app
        .get("/api/catalog/entities/unprocessed/pending")
        .await
        .json();
    assert_eq!(pending, json!({"type": "pending", "entities": []}));
}

#[tokio::test]
async fn a_repository_without_a_file_gets_a_first_entity() {
    let (app, _folder, host) = app().await;
    let analyze = |target: String| json!({"location": url(&target)});
    let made = app
        .post(
            "/api/catalog/analyze-location",
            &analyze(host.url("acme/shop")),
        )
        .await
        .json();
    let entity = &made["generateEntities"][0]["entity"];
    assert_eq!(
        (&entity["metadata"]["name"], &entity["spec"]["type"]),
        (&json!("shop"), &json!("other"))
    );
    let found = app
        .post(
            "/api/catalog/analyze-location",
            &analyze(host.url("acme/shop/blob/main/b.yaml")),
        )
        .await;
    assert_eq!(found.json()["existingEntityFiles"], json!([]));
    host.write("acme/shop/blob/main/b.yaml", component("b"));
    let found = app
        .post(
            "/api/catalog/analyze-location",
            &analyze(host.url("acme/shop/blob/main/b.yaml")),
        )
        .await;
    let file = &found.json()["existingEntityFiles"][0];
    assert_eq!(
        (&file["isRegistered"], &file["entity"]["metadata"]["name"]),
        (&json!(false), &json!("b"))
    );
    let wrong = app
        .post(
            "/api/catalog/analyze-location",
            &analyze("javascript:alert(1)".to_owned()),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_readonly_catalog_takes_no_location() {
    let folder = Folder::new();
    folder.write("a.yaml", component("a"));
    let app = App::over(&folder, &["a.yaml"]).await;
    let target = url("https://github.com/a/b/blob/main/catalog-info.yaml");
    let refused = app.post("/api/catalog/locations", &target).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.json()["error"]["name"], "NotAllowedError");
}
