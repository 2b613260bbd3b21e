//! The description of the REST API against the router: what one has, the other has.
use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use callboard::server::{Needs, table};
use callboard_testkit::{Folder, component};
use serde_json::{Value, json};

use crate::support::App;

/// Methods by path.
type Routes = BTreeMap<String, BTreeSet<String>>;

async fn app() -> App {
    let folder = Folder::new();
    folder.write("a.yaml", component("billing"));
    App::over(&folder, &["a.yaml"]).await
}

fn described(document: &Value) -> Routes {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            (
                path.clone(),
                methods.map(|name| name.to_uppercase()).collect(),
            )
        })
        .collect()
}

/// Returns every path of the router, which it tells in its debug form.
fn paths_of_router(app: &App) -> BTreeSet<String> {
    let shown = app.shown();
    let texts = shown.split('"').filter(|text| {
        let is_api = text.starts_with("/api/") || text.starts_with("/.backstage/");
        is_api && !text.contains('*')
    });
    texts.map(str::to_owned).collect()
}

/// Returns a path with something in place of what it leaves open.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        part if part.starts_with('{') => "x",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_description_names_the_paths_of_the_router() {
    let app = app().await;
    let document = app.get("/api/openapi.json").await.json();
    let described: BTreeSet<String> = described(&document).into_keys().collect();
    assert_eq!(paths_of_router(&app), described);
}

#[tokio::test]
async fn the_description_names_the_methods_of_each_path() {
    let app = app().await;
    let document = app.get("/api/openapi.json").await.json();
    for (path, methods) in described(&document) {
        let request = Request::builder().method(Method::TRACE).uri(filled(&path));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = answer.headers[header::ALLOW].to_str().unwrap();
        let allowed: BTreeSet<String> = allowed
            .split(',')
            .filter(|method| *method != "HEAD")
            .map(str::to_owned)
            .collect();
        assert_eq!(allowed, methods, "{path}");
    }
}

#[tokio::test]
async fn every_operation_of_the_description_has_a_name_of_its_own_and_its_parameters() {
    let app = app().await;
    let document = app.get("/api/openapi.json").await.json();
    let mut names = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} is there twice");
            let parameters = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let in_path: Vec<&str> = parameters
                .iter()
                .filter(|parameter| parameter["in"] == "path")
                .filter_map(|parameter| parameter["name"].as_str())
                .collect();
            let open: Vec<&str> = path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .collect();
            assert_eq!(in_path, open, "{method} {path}");
        }
    }
}

/// Returns what an operation has to say about who may use it. A scheme names the permission that is needed.
fn security(needs: Needs) -> Value {
    let either = |names: &[&str]| json!([{"bearer": names}, {"session": names}]);
    match needs {
        Needs::Nothing => json!([]),
        Needs::SignIn => either(&[]),
        Needs::Permission(name) | Needs::On(name) => either(&[name]),
        Needs::Service => json!([{"bearer": []}]),
    }
}

#[tokio::test]
async fn every_operation_says_what_the_door_wants_and_how_it_refuses() {
    let app = app().await;
    let document = app.get("/api/openapi.json").await.json();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let here = format!("{method} {path}");
            let is_this = |row: &&table::Row| row.0.eq_ignore_ascii_case(method) && row.1 == path;
            let row = table::REST.iter().find(is_this);
            let needs = row.unwrap_or_else(|| panic!("the door has no {here}")).2;
            assert_eq!(operation["security"], security(needs), "{here}");
            let answers = operation["responses"].as_object().unwrap();
            let refusals: &[&str] = match needs {
                Needs::Nothing => &["429"],
                _ => &["401", "403", "429"],
            };
            for status in refusals {
                assert!(
                    answers.contains_key(*status),
                    "{here} does not tell {status}"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_scheme_of_the_description_is_explained() {
    let document = app().await.get("/api/openapi.json").await.json();
    let schemes = document["components"]["securitySchemes"]
        .as_object()
        .unwrap();
    let names: BTreeSet<&str> = schemes.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["bearer", "session"]));
    assert_eq!(schemes["session"]["name"], "callboard-session");
}

#[tokio::test]
async fn every_reference_of_the_description_leads_somewhere() {
    fn check(value: &Value, document: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get("$ref") {
                    let pointer = target.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{target}");
                }
                map.values().for_each(|value| check(value, document));
            }
            Value::Array(items) => items.iter().for_each(|value| check(value, document)),
            _ => {}
        }
    }
    let document = app().await.get("/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    check(&document, &document);
}
