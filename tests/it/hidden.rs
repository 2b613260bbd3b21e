//! What may not be read does not show through what may: relations, counts of relations, conditions and orders by them.
use callboard_testkit::Folder;
use serde_json::{Value, json};

use crate::{
    authorization::callers::{By, Call, OWN_COMPONENTS, guards},
    support::App,
};

fn entities() -> String {
    let component = |name: &str, owner: &str| {
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n\
             spec: {{type: service, lifecycle: production, owner: {owner}, system: shop}}\n"
        )
    };
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {{name: shop}}\nspec: {{owner: 'user:ada'}}\n\
         ---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {{name: ada}}\nspec: {{memberOf: []}}\n\
         ---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {{name: bob}}\nspec: {{memberOf: []}}\n{}{}",
        component("basket", "user:ada"),
        component("payroll", "user:bob")
    )
}

async fn app() -> (App, By, By) {
    let folder = Folder::new();
    folder.write("a.yaml", entities());
    let app = App::guarded(&folder, &["a.yaml"], guards(OWN_COMPONENTS)).await;
    let ada = app.session("user:default/ada").await;
    let root = app.session("user:default/root").await;
    (app, ada, root)
}

async fn get(app: &App, who: &By, path: &str) -> crate::support::Answer {
    Call::new("GET", path).by(who).to(app).await
}

/// Addresses at which the relations of something that may be read are told.
const TELLING: &[&str] = &[
    "/api/catalog/entities/by-name/system/default/shop",
    "/api/catalog/entities/by-name/user/default/bob",
    "/api/catalog/entities?filter=kind=system",
    "/api/catalog/entities/by-query?filter=kind=user",
    "/api/catalog/entity-facets?facet=relations.haspart&facet=relations.ownerOf",
    "/api/catalog/entities/by-name/system/default/shop/ancestry",
    "/catalog/default/system/shop",
    "/catalog/default/user/bob",
    "/catalog?kind=system",
    "/?owner=user:default/bob",
    "/problems",
];

#[tokio::test]
async fn nothing_that_may_be_read_names_what_may_not() {
    let (app, ada, root) = app().await;
    let mut told = 0;
    for path in TELLING {
        let seen = get(&app, &ada, path).await;
        assert!(!seen.text.contains("payroll"), "{path}: {}", seen.text);
        told += usize::from(get(&app, &root, path).await.text.contains("payroll"));
    }
    assert!(told >= 6, "who may read everything is told, {told} times");
    let own = get(
        &app,
        &ada,
        "/api/catalog/entities/by-name/system/default/shop",
    )
    .await;
    assert!(
        own.text.contains("component:default/basket"),
        "{}",
        own.text
    );
}

async fn found(app: &App, who: &By, query: &Value) -> usize {
    let call = Call::new("POST", "/api/catalog/entities/by-query");
    let answer = call.json(&json!({"query": query})).by(who).to(app).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_condition_on_relations_finds_nothing_by_what_is_hidden() {
    let (app, ada, root) = app().await;
    for value in [
        json!("component:default/payroll"),
        json!("Component:default/PAYROLL"),
        json!({"$in": ["component:default/payroll"]}),
        json!({"$hasPrefix": "component:default/pay"}),
    ] {
        let query = json!({"relations.hasPart": value});
        assert_eq!(found(&app, &ada, &query).await, 0, "{query}");
        assert_eq!(found(&app, &root, &query).await, 1, "{query}");
    }
    let own = json!({"relations.hasPart": "component:default/basket"});
    assert_eq!(found(&app, &ada, &own).await, 1);
    let filter = "/api/catalog/entities?filter=relations.haspart=component:default/payroll";
    assert!(get(&app, &ada, filter).await.names().is_empty());
    assert_eq!(get(&app, &root, filter).await.names(), ["shop"]);
    let text = "/api/catalog/entities/by-query?fullTextFilterTerm=payroll&fullTextFilterFields=relations.haspart";
    assert!(get(&app, &ada, text).await.names().is_empty());
}

#[tokio::test]
async fn an_order_by_relations_is_for_who_may_read_everything() {
    let (app, ada, root) = app().await;
    for path in [
        "/api/catalog/entities/by-query?orderField=relations.haspart,asc",
        "/api/catalog/entities?order=asc:relations.haspart",
    ] {
        assert_eq!(get(&app, &ada, path).await.status, 400, "{path}");
        assert_eq!(get(&app, &root, path).await.status, 200, "{path}");
    }
}
