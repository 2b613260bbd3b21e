//! The REST API against a small catalog.
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use callboard_testkit::{Folder, component};
use serde_json::json;

use crate::support::App;

async fn app() -> App {
    let folder = Folder::new();
    let website = component("web").replace("service", "website");
    let tagged = component("api-server").replace(
        "  name:",
        "  tags: [rust, http]\n  annotations: {a.b/c: x}\n  name:",
    );
    folder.write(
        "a.yaml",
        format!("{}---\n{website}---\n{tagged}", component("billing")),
    );
    App::over(&folder, &["a.yaml"]).await
}

#[tokio::test]
async fn entities_are_listed_filtered_ordered_and_paged() {
    let app = app().await;
    let all = app.get("/api/catalog/entities?filter=kind=component").await;
    assert_eq!(all.names(), ["api-server", "billing", "web"]);
    assert_eq!(
        app.get("/api/catalog/entities?filter=spec.type=website&filter=metadata.tags=rust")
            .await
            .names(),
        ["api-server", "web"]
    );
    let page = app
        .get("/api/catalog/entities?filter=kind=component&limit=2&order=desc:metadata.name")
        .await;
    assert_eq!(page.names(), ["web", "billing"]);
    let link = page.headers["link"].to_str().unwrap().to_owned();
    let next = link.split(['<', '>']).nth(1).unwrap();
    assert!(link.ends_with("; rel=\"next\""), "{link}");
    assert!(
        next.starts_with("/entities?filter=kind%3Dcomponent&limit=2&"),
        "{link}"
    );
    let last = app.get(&format!("/api/catalog{next}")).await;
    assert_eq!(last.names(), ["api-server"]);
    assert!(!last.headers.contains_key("link"));
}

#[tokio::test]
async fn fields_cut_entities_down() {
    let answer = app().await.get("/api/catalog/entities?filter=metadata.tags.rust&fields=kind,metadata.annotations.a.b/c").await;
    assert_eq!(
        answer.json(),
        json!([{"kind": "Component", "metadata": {"annotations": {"a.b/c": "x"}}}])
    );
}

#[tokio::test]
async fn a_query_is_walked_forward_and_back_by_cursors() {
    let app = app().await;
    let first = app.get("/api/catalog/entities/by-query?filter=kind=component&limit=2&orderField=metadata.name,asc").await;
    assert_eq!(first.names(), ["api-server", "billing"]);
    assert_eq!(first.json()["totalItems"], 3);
    let cursor = first.json()["pageInfo"]["nextCursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let second = app
        .get(&format!(
            "/api/catalog/entities/by-query?cursor={}",
            cursor.replace('=', "%3D")
        ))
        .await;
    assert_eq!(second.names(), ["web"]);
    assert!(second.json()["pageInfo"].get("nextCursor").is_none());
    let cursor = second.json()["pageInfo"]["prevCursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let back = app
        .get(&format!(
            "/api/catalog/entities/by-query?cursor={}",
            cursor.replace('=', "%3D")
        ))
        .await;
    assert_eq!(back.names(), ["api-server", "billing"]);
}

#[tokio::test]
async fn text_is_looked_for_in_the_fields_that_are_named() {
    let app = app().await;
    let path = "/api/catalog/entities/by-query?fullTextFilterTerm=BILL&fullTextFilterFields=metadata.name,metadata.title";
    assert_eq!(app.get(path).await.names(), ["billing"]);
    assert_eq!(
        app.get("/api/catalog/entities/by-query?fullTextFilterTerm=bill")
            .await
            .names(),
        [""; 0]
    );
}

#[tokio::test]
async fn one_entity_is_found_by_name_uid_and_reference() {
    let app = app().await;
    let answer = app
        .get("/api/catalog/entities/by-name/Component/DEFAULT/Billing")
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let entity = answer.json();
    assert_eq!(entity["metadata"]["etag"].as_str().unwrap().len(), 40);
    let uid = entity["metadata"]["uid"].as_str().unwrap();
    assert_eq!(
        app.get(&format!("/api/catalog/entities/by-uid/{uid}"))
            .await
            .json(),
        entity
    );
    let body = json!({"entityRefs": ["component:default/nothing", "component:default/billing"], "fields": ["kind"]});
    let request = Request::post("/api/catalog/entities/by-refs")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    assert_eq!(
        app.send(request).await.json(),
        json!({"items": [null, {"kind": "Component"}]})
    );
}

#[tokio::test]
async fn facets_count_values() {
    let answer = app()
        .await
        .get("/api/catalog/entity-facets?facet=spec.type&filter=kind=component")
        .await;
    let want = json!({"facets": {"spec.type": [{"value": "service", "count": 2}, {"value": "website", "count": 1}]}});
    assert_eq!(answer.json(), want);
}

#[tokio::test]
async fn what_cannot_be_answered_is_explained_in_backstages_envelope() {
    let app = app().await;
    let missing = app
        .get("/api/catalog/entities/by-name/component/default/x")
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let want = json!({
        "error": {"name": "NotFoundError", "message": "No entity named 'x' found, with kind 'component' in namespace 'default'"},
        "request": {"method": "GET", "url": "/api/catalog/entities/by-name/component/default/x"},
        "response": {"statusCode": 404},
    });
    assert_eq!(missing.json(), want);
    for path in [
        "/api/catalog/entities?limit=-1",
        "/api/catalog/entities?filter=%3Dx",
        "/api/catalog/entities?order=up:name",
        "/api/catalog/entities?after=nothing",
        "/api/catalog/entities?fields=metadata.tags[0]",
        "/api/catalog/entities/by-query?cursor=nothing",
        "/api/catalog/entity-facets",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.json()["error"]["name"], "InputError", "{path}");
    }
    assert_eq!(
        app.get("/api/nothing").await.json()["error"]["name"],
        "NotFoundError"
    );
}

#[tokio::test]
async fn health_is_answered_where_backstage_answers_it() {
    let app = app().await;
    for path in [
        "/.backstage/health/v1/readiness",
        "/.backstage/health/v1/liveness",
    ] {
        assert_eq!(app.get(path).await.json(), json!({"status": "ok"}));
    }
}

#[tokio::test]
async fn an_entity_can_be_validated_without_being_taken() {
    let app = app().await;
    let ask = |entity: serde_json::Value| {
        let body = json!({"entity": entity, "location": "url:https://example.com/a.yaml"});
        Request::post("/api/catalog/validate-entity")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    let mut entity = json!({"apiVersion": "backstage.io/v1alpha1", "kind": "System",
        "metadata": {"name": "s"}, "spec": {"owner": "o"}});
    assert_eq!(app.send(ask(entity.clone())).await.status, StatusCode::OK);
    entity["spec"] = json!({});
    let answer = app.send(ask(entity)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        answer.json()["errors"][0]["message"],
        "CAT010 (spec/owner): spec.owner is missing"
    );
    let request = Request::post("/api/catalog/validate-entity")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(
        app.send(request).await.json()["error"]["name"],
        "InputError"
    );
}
