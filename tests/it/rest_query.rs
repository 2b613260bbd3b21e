//! Pages by cursor, conditions in JSON, and input that is wrong.
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_testkit::{Folder, component};
use serde_json::{Value, json};

use crate::support::{Answer, App};

const BY_QUERY: &str = "/api/catalog/entities/by-query";

/// Ten components of two types: a to e are services, f to j are websites.
async fn app() -> App {
    let folder = Folder::new();
    let all: Vec<String> = ('a'..='j')
        .map(|name| {
            let text = component(&name.to_string());
            if name > 'e' {
                text.replace("service", "website")
            } else {
                text
            }
        })
        .collect();
    folder.write("a.yaml", all.join("---\n"));
    App::over(&folder, &["a.yaml"]).await
}

async fn post(app: &App, path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    app.send(request).await
}

fn cursor(answer: &Answer, name: &str) -> Option<String> {
    let body = answer.json();
    body["pageInfo"][name].as_str().map(str::to_owned)
}

/// Follows cursors from an answer and returns the names of each page.
async fn walk(app: &App, first: Answer, name: &str, limit: usize) -> Vec<String> {
    let mut pages = vec![first.names().concat()];
    let mut next = cursor(&first, name);
    while let Some(text) = next {
        let answer = post(app, BY_QUERY, &json!({"cursor": text, "limit": limit})).await;
        assert_eq!(answer.json()["totalItems"], 10);
        pages.push(answer.names().concat());
        next = cursor(&answer, name);
    }
    pages
}

#[tokio::test]
async fn cursors_lead_through_all_pages_and_back() {
    let app = app().await;
    let query = json!({"query": {"kind": "component"}, "limit": 4,
        "orderBy": [{"field": "spec.type", "order": "desc"}]});
    let first = post(&app, BY_QUERY, &query).await;
    assert_eq!(cursor(&first, "prevCursor"), None);
    let pages = walk(&app, first, "nextCursor", 4).await;
    assert_eq!(pages, ["fghi", "jabc", "de"]);
    let middle = {
        let first = post(&app, BY_QUERY, &query).await;
        let next = cursor(&first, "nextCursor").unwrap();
        post(&app, BY_QUERY, &json!({"cursor": next, "limit": 4})).await
    };
    let back = walk(&app, middle, "prevCursor", 3).await;
    assert_eq!(back, ["jabc", "ghi", "f"]);
}

#[tokio::test]
async fn a_page_by_get_and_a_page_by_post_are_the_same() {
    let app = app().await;
    let path = format!(
        "{BY_QUERY}?filter=kind=component,spec.type=website&limit=2&offset=1&orderField=metadata.name,desc\
         &fields=metadata.name"
    );
    let body = json!({"query": {"kind": "component", "spec.type": "website"}, "limit": 2, "offset": 1,
        "orderBy": [{"field": "metadata.name", "order": "desc"}], "fields": ["metadata.name"]});
    let (by_get, by_post) = (app.get(&path).await, post(&app, BY_QUERY, &body).await);
    assert_eq!(by_get.names(), ["i", "h"]);
    assert_eq!(by_get.json()["items"], by_post.json()["items"]);
    assert_eq!(by_get.json()["totalItems"], 5);
    // As in Backstage, the page that is asked for without a cursor has no cursor to what is before it.
    assert_eq!(cursor(&by_get, "prevCursor"), None);
    let empty = app.get(&format!("{BY_QUERY}?limit=0")).await.json();
    assert_eq!(empty["items"], json!([]));
    assert_eq!(empty["pageInfo"], json!({}));
}

#[tokio::test]
async fn a_cursor_carries_everything_but_fields_and_limit() {
    let app = app().await;
    let first = app
        .get(&format!(
            "{BY_QUERY}?filter=spec.type=website&limit=2&fullTextFilterTerm=&totalItems=exclude"
        ))
        .await;
    assert_eq!(first.json()["totalItems"], 0);
    let next = cursor(&first, "nextCursor").unwrap().replace('=', "%3D");
    let second = app
        .get(&format!(
            "{BY_QUERY}?cursor={next}&filter=kind=nothing&orderField=metadata.name,desc&fields=metadata.name&limit=1"
        ))
        .await;
    assert_eq!(second.json()["items"], json!([{"metadata": {"name": "h"}}]));
    assert_eq!(second.json()["totalItems"], 0);
}

#[tokio::test]
async fn pages_stay_right_when_entities_come_and_go() {
    let folder = Folder::new();
    let write = |names: &str| {
        let all: Vec<String> = names.chars().map(|c| component(&c.to_string())).collect();
        folder.write("a.yaml", all.join("---\n"));
    };
    write("bdfhj");
    let live = App::over(&folder, &["a.yaml"]).await;
    let query = json!({"query": {"kind": "component"}, "limit": 2,
        "orderBy": [{"field": "metadata.name", "order": "asc"}]});
    let first = post(&live, BY_QUERY, &query).await;
    assert_eq!(first.names(), ["b", "d"]);
    let next = cursor(&first, "nextCursor").unwrap();
    // The entity that the cursor names goes, one comes before it and one after it.
    write("abefhj");
    live.ingest().await;
    let second = post(&live, BY_QUERY, &json!({"cursor": next, "limit": 2})).await;
    assert_eq!(second.names(), ["e", "f"]);
    let back = cursor(&second, "prevCursor").unwrap();
    let before = post(&live, BY_QUERY, &json!({"cursor": back, "limit": 2})).await;
    assert_eq!(before.names(), ["a", "b"]);
    assert_eq!(cursor(&before, "prevCursor"), None);
    // Everything after the page goes: its cursor leads to an empty page, and from there back to the last ones.
    let next = cursor(&second, "nextCursor").unwrap();
    write("abef");
    live.ingest().await;
    let end = post(&live, BY_QUERY, &json!({"cursor": next, "limit": 2})).await;
    assert_eq!(end.names(), [""; 0]);
    assert_eq!(cursor(&end, "nextCursor"), None);
    let back = cursor(&end, "prevCursor").unwrap();
    let last = post(&live, BY_QUERY, &json!({"cursor": back, "limit": 2})).await;
    assert_eq!(last.names(), ["e", "f"]);
}

#[tokio::test]
async fn a_predicate_selects_for_pages_facets_and_references() {
    let app = app().await;
    let website = json!({"$all": [{"kind": "component"}, {"spec.type": {"$hasPrefix": "WEB"}}]});
    let page = post(&app, BY_QUERY, &json!({"query": website})).await;
    assert_eq!(page.names().concat(), "fghij");
    let facets = json!({"facets": ["spec.type", "kind", ""], "query": {"$all": [{"kind": "component"}, {"$not": website}]}});
    let answer = post(&app, "/api/catalog/entity-facets", &facets)
        .await
        .json();
    assert_eq!(
        answer["facets"]["spec.type"],
        json!([{"value": "service", "count": 5}])
    );
    let refs = json!({"entityRefs": ["component:default/a", "component:default/f", "x\u{0}y", "Component:default/f"],
        "fields": ["metadata.name"], "query": website});
    let answer = post(
        &app,
        "/api/catalog/entities/by-refs?filter=kind=component",
        &refs,
    )
    .await;
    assert_eq!(
        answer.json()["items"],
        json!([null, {"metadata": {"name": "f"}}, null, null])
    );
}

#[track_caller]
fn is_refused(answer: &Answer, status: StatusCode, name: &str, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.text);
    let body = answer.json();
    assert_eq!(body["error"]["name"], name, "{what}");
    assert_ne!(body["error"]["message"], "", "{what}");
    assert_eq!(body["response"]["statusCode"], status.as_u16(), "{what}");
    assert!(body["request"]["url"].is_string(), "{what}");
}

#[tokio::test]
async fn wrong_parameters_are_refused() {
    let app = app().await;
    let many_terms = vec!["kind=component"; 501].join(",");
    let many_filters = vec!["filter=kind=component"; 501].join("&");
    for query in [
        "limit=-1",
        "limit=NaN",
        "limit=1.5",
        "limit=",
        "limit=99999999999999999999999",
        "offset=-1",
        "orderField=metadata.name,up",
        "totalItems=perhaps",
        "filter=%3Dx",
        "fields=metadata.tags[0]",
        "cursor=",
        "cursor=%00",
        &format!("filter={many_terms}"),
        &many_filters,
    ] {
        let answer = app.get(&format!("{BY_QUERY}?{query}")).await;
        is_refused(&answer, StatusCode::BAD_REQUEST, "InputError", query);
    }
    for query in [
        "limit=0",
        "limit=x",
        "offset=-1",
        "after=",
        "after=e30x",
        "order=name",
    ] {
        let answer = app.get(&format!("/api/catalog/entities?{query}")).await;
        is_refused(&answer, StatusCode::BAD_REQUEST, "InputError", query);
    }
    // A filter that says nothing is none, and a huge limit is more than there is.
    for query in [
        "filter=,&limit=20000",
        "filter=&offset=0",
        "filter=,&filter=kind=component",
    ] {
        let answer = app
            .get(&format!(
                "/api/catalog/entities?filter=kind=component&{query}"
            ))
            .await;
        assert_eq!(answer.names().len(), 10, "{query}");
    }
}

#[tokio::test]
async fn wrong_bodies_are_refused() {
    let app = app().await;
    for body in [
        json!([]),
        json!("text"),
        json!({"limit": -1}),
        json!({"limit": "5"}),
        json!({"limit": 0.5}),
        json!({"offset": -1e300}),
        json!({"orderBy": [{"field": "metadata.name", "order": "up"}]}),
        json!({"orderBy": [{"field": "metadata.name"}]}),
        json!({"query": null}),
        json!({"query": "kind"}),
        json!({"query": {"kind": {"$unknown": 1}}}),
        json!({"query": {"kind": {"$in": vec!["x"; 501]}}}),
        json!({"fullTextFilter": {"term": "x", "fields": vec!["x"; 101]}}),
        json!({"totalItems": "perhaps"}),
        json!({"cursor": ""}),
        json!({"fields": ["a["]}),
    ] {
        let answer = post(&app, BY_QUERY, &body).await;
        let shown = &body.to_string();
        is_refused(
            &answer,
            StatusCode::BAD_REQUEST,
            "InputError",
            &shown[..shown.len().min(80)],
        );
    }
    for (path, body) in [
        ("/api/catalog/entity-facets", json!({})),
        ("/api/catalog/entity-facets", json!({"facets": [""]})),
        (
            "/api/catalog/entity-facets",
            json!({"facets": vec!["kind"; 501]}),
        ),
        (
            "/api/catalog/entity-facets",
            json!({"facets": ["kind"], "query": []}),
        ),
        ("/api/catalog/entities/by-refs", json!({"entityRefs": "a"})),
        ("/api/catalog/entities/by-refs", json!({})),
        (
            "/api/catalog/entities/by-refs",
            json!({"entityRefs": [], "query": {"$all": 1}}),
        ),
    ] {
        let answer = post(&app, path, &body).await;
        is_refused(&answer, StatusCode::BAD_REQUEST, "InputError", path);
    }
    // No body at all asks for everything.
    let request = Request::post(BY_QUERY).body(Body::empty()).unwrap();
    assert_eq!(app.send(request).await.status, StatusCode::OK);
}

#[tokio::test]
async fn tampered_cursors_are_refused() {
    let app = app().await;
    let first = post(
        &app,
        BY_QUERY,
        &json!({"limit": 1, "query": {"kind": "component"}}),
    )
    .await;
    let good = cursor(&first, "nextCursor").unwrap();
    let plain: Value = serde_json::from_slice(&STANDARD.decode(&good).unwrap()).unwrap();
    for (field, value) in [
        ("orderFields", json!(null)),
        ("orderFieldValues", json!(["x", "y", "z"])),
        ("orderFieldValues", json!([7])),
        ("isPrevious", json!("yes")),
        ("totalItems", json!(-1)),
        ("totalItems", json!(1e300)),
        ("query", json!({"kind": {"$nor": 1}})),
        ("query", json!({"kind": {"$in": vec!["x"; 501]}})),
        ("filters", json!(["=x"])),
        ("filters", json!(7)),
        ("fullTextFilter", json!({"term": 7})),
    ] {
        let mut tampered = plain.clone();
        tampered[field] = value;
        let text = STANDARD.encode(tampered.to_string());
        let answer = post(&app, BY_QUERY, &json!({"cursor": text})).await;
        is_refused(&answer, StatusCode::BAD_REQUEST, "InputError", field);
    }
    for text in [
        "notacursor",
        &good[1..],
        &good[..good.len() / 2],
        "e30=",
        "\u{0}",
        &"A".repeat(500_000),
    ] {
        let answer = post(&app, BY_QUERY, &json!({"cursor": text})).await;
        is_refused(
            &answer,
            StatusCode::BAD_REQUEST,
            "InputError",
            &text[..text.len().min(20)],
        );
    }
}

#[tokio::test]
async fn what_the_router_refuses_is_in_the_envelope_too() {
    let app = app().await;
    let send = async |method: Method, path: &str, content_type: &str, body: Vec<u8>| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, content_type);
        app.send(request.body(Body::from(body)).unwrap()).await
    };
    let json = "application/json";
    let malformed = send(Method::POST, BY_QUERY, json, b"{\"limit\":".to_vec()).await;
    is_refused(
        &malformed,
        StatusCode::BAD_REQUEST,
        "InputError",
        "malformed",
    );
    let deep = "[".repeat(100_000).into_bytes();
    let deep = send(Method::POST, BY_QUERY, json, deep).await;
    is_refused(&deep, StatusCode::BAD_REQUEST, "InputError", "deep");
    let form = send(
        Method::POST,
        BY_QUERY,
        "application/x-www-form-urlencoded",
        b"a=b".to_vec(),
    )
    .await;
    is_refused(&form, StatusCode::BAD_REQUEST, "InputError", "form");
    let long = vec![b' '; 10 * 1024 * 1024];
    let long = send(Method::POST, BY_QUERY, json, long).await;
    is_refused(
        &long,
        StatusCode::PAYLOAD_TOO_LARGE,
        "PayloadTooLargeError",
        "long",
    );
    let method = send(Method::PATCH, BY_QUERY, json, Vec::new()).await;
    is_refused(
        &method,
        StatusCode::METHOD_NOT_ALLOWED,
        "MethodNotAllowedError",
        "method",
    );
    assert_eq!(method.headers[header::ALLOW], "GET,HEAD,POST");
    let path = app
        .get("/api/catalog/entities/by-name/component/default/%FF")
        .await;
    is_refused(&path, StatusCode::BAD_REQUEST, "InputError", "path");
}

#[tokio::test]
async fn a_reference_with_control_characters_names_nothing() {
    let app = app().await;
    for name in ["%00", "a%0Ab", "a%00", "%1B[31m", "%E2%80%AEa"] {
        let path = format!("/api/catalog/entities/by-name/component/default/{name}");
        is_refused(
            &app.get(&path).await,
            StatusCode::NOT_FOUND,
            "NotFoundError",
            name,
        );
        let path = format!("/api/catalog/entities/by-uid/{name}");
        is_refused(
            &app.get(&path).await,
            StatusCode::NOT_FOUND,
            "NotFoundError",
            name,
        );
        let path = format!("/api/catalog/entities?filter=metadata.name={name}");
        assert_eq!(app.get(&path).await.json(), json!([]), "{name}");
    }
}

#[tokio::test]
async fn a_path_that_the_catalog_does_not_have_is_answered_without_a_body() {
    let app = app().await;
    for path in ["/api/catalog/nope", "/api/catalog/entities/by-uid"] {
        let answer = app.get(path).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (StatusCode::NOT_FOUND, ""),
            "{path}"
        );
    }
}
