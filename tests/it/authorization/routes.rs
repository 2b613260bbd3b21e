//! The table of routes against the router: what one has, the other has.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::{StatusCode, header};
use callboard::server::table::{FUNCTIONS, PAGES, REST, Row};
use callboard_testkit::{Folder, component};

use super::callers::Call;
use crate::support::App;

/// Methods by path.
type Routes = BTreeMap<String, BTreeSet<String>>;

/// Routes of the router that stand for others: the API that is not there, server functions, files and whatever else.
const STAND_INS: &[&str] = &[
    "/api/{*rest}",
    "/fn/{*name}",
    "/{*__private__axum_fallback}",
];

async fn app() -> App {
    let folder = Folder::new();
    folder.write("a.yaml", component("billing"));
    App::over(&folder, &["a.yaml"]).await
}

fn table(rows: &[&[Row]]) -> Routes {
    let mut routes = Routes::new();
    for (method, path, _) in rows.concat() {
        routes
            .entry(path.to_owned())
            .or_default()
            .insert(method.to_owned());
    }
    routes
}

/// Returns every path of the router, which it tells in its debug form.
fn paths_of_router(app: &App) -> BTreeSet<String> {
    let shown = app.shown();
    let texts = shown.split('"').filter(|text| text.starts_with('/'));
    let paths = texts.filter(|text| !STAND_INS.contains(text));
    paths.map(str::to_owned).collect()
}

/// Returns a path with something in place of what it leaves open.
fn filled(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_table_names_the_paths_of_the_router_and_no_others() {
    let in_table: BTreeSet<String> = table(&[REST, PAGES]).into_keys().collect();
    assert_eq!(paths_of_router(&app().await), in_table);
}

#[tokio::test]
async fn the_table_names_the_methods_of_each_path() {
    let app = app().await;
    for (path, methods) in table(&[REST, PAGES]) {
        let answer = Call::new("TRACE", &filled(&path)).to(&app).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = answer.headers[header::ALLOW].to_str().unwrap().split(',');
        let allowed: BTreeSet<String> = allowed
            .filter(|method| *method != "HEAD")
            .map(str::to_owned)
            .collect();
        assert_eq!(allowed, methods, "{path}");
    }
}

/// Returns every server function of the source, with the method that its input has.
fn functions_of_source() -> Routes {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    let mut routes = Routes::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let attributes = text.split("#[server(").skip(1);
        for attribute in attributes.filter_map(|rest| rest.split(")]").next()) {
            let (_, rest) = attribute.split_once("endpoint = \"").unwrap_or_else(|| {
                panic!("a server function needs a path of its own: #[server({attribute})]")
            });
            assert!(attribute.contains("prefix = \"/fn\""), "{attribute}");
            let path = format!("/fn/{}", rest.split('"').next().unwrap());
            let method = if attribute.contains("GetUrl") {
                "GET"
            } else {
                "POST"
            };
            routes.entry(path).or_default().insert(method.to_owned());
        }
    }
    routes
}

#[tokio::test]
async fn the_table_names_the_server_functions_and_no_others() {
    assert_eq!(functions_of_source(), table(&[FUNCTIONS]));
    let app = app().await;
    for path in table(&[FUNCTIONS]).into_keys() {
        // One that is not there would be answered like any other path below `/fn`.
        let none = Call::new("GET", &format!("{path}-none")).to(&app).await;
        let there = Call::new("GET", &path).to(&app).await;
        assert_ne!(there.text, none.text, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_open() {
    let folder = Folder::new();
    let app = App::guarded(&folder, &[], super::callers::guards(super::POLICY)).await;
    for path in ["/fn/catalog/none", "/nowhere", "/settings/none"] {
        let answer = Call::new("GET", path).to(&app).await;
        let is_closed = matches!(answer.status.as_u16(), 401 | 303);
        assert!(is_closed, "{path}: {}", answer.status);
    }
    let answer = Call::new("PATCH", "/api/catalog/locations").to(&app).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
