//! What entities have to do with each other: the walk, the table, the drawing, and who may see what of it.
use axum::http::StatusCode;
use callboard_testkit::Folder;
use serde_json::Value;

use crate::{
    authorization::callers::{By, Call, OWN_COMPONENTS, guards},
    support::App,
};

fn entity(kind: &str, name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"
    )
}

fn service(name: &str, more: &str) -> String {
    entity(
        "Component",
        name,
        &format!("type: service, lifecycle: production, owner: crew{more}"),
    )
}

/// A shop: `web` uses the API of `pay`, which needs `ledger`, which needs the database and something that is not there.
fn shop() -> String {
    [
        entity("Group", "crew", "type: team, children: []"),
        entity("System", "shop", "owner: crew"),
        entity(
            "Resource",
            "db",
            "type: database, owner: crew, dependencyOf: ['component:ledger']",
        ),
        entity(
            "API",
            "payments",
            "type: openapi, lifecycle: production, owner: crew, definition: x",
        ),
        service("web", ", system: shop, consumesApis: [payments]"),
        service(
            "pay",
            ", system: shop, providesApis: [payments], dependsOn: ['component:ledger']",
        ),
        service("ledger", ", dependsOn: ['resource:gone']"),
    ]
    .concat()
}

async fn app() -> App {
    let folder = Folder::new();
    folder.write("a.yaml", shop());
    App::over(&folder, &["a.yaml"]).await
}

/// Asks the server function; parameters are those of the query, without brackets.
async fn ask(app: &App, parameters: &[(&str, &str)]) -> Value {
    app.get(&address(parameters)).await.json()
}

fn address(parameters: &[(&str, &str)]) -> String {
    let parameters = parameters.iter().enumerate().map(|(at, (key, value))| {
        let list = ["root", "kind", "relation"].contains(key);
        let place = if list {
            format!("%5B{at}%5D")
        } else {
            String::new()
        };
        format!("query%5B{key}%5D{place}={value}")
    });
    let parameters: Vec<String> = parameters.collect();
    format!("/fn/catalog/graph?{}", parameters.join("&"))
}

/// Returns every row as `type distance name < through`.
fn rows(view: &Value) -> Vec<String> {
    let mut rows = Vec::new();
    for group in view["groups"].as_array().unwrap() {
        for row in group["rows"].as_array().unwrap() {
            let path = row["path"].as_array().unwrap().iter();
            let path: Vec<_> = path.map(|label| label["title"].as_str().unwrap()).collect();
            let mut text = format!(
                "{} {} {}",
                group["relation_type"].as_str().unwrap(),
                row["distance"],
                row["label"]["title"].as_str().unwrap(),
            );
            if !path.is_empty() {
                text = format!("{text} < {}", path.join(" < "));
            }
            rows.push(text);
        }
    }
    rows
}

#[tokio::test]
async fn what_an_entity_needs_is_followed_as_far_as_asked() {
    let app = app().await;
    let root = ("root", "component:default/web");
    let near = ask(&app, &[root, ("direction", "out")]).await;
    assert_eq!(rows(&near), ["consumesApi 1 payments", "ownedBy 1 crew"]);
    let far = ask(&app, &[root, ("direction", "out"), ("depth", "4")]).await;
    assert_eq!(
        rows(&far),
        [
            "dependsOn 3 ledger < payments < pay",
            "dependsOn 4 db < payments < pay < ledger",
            "dependsOn 4 gone < payments < pay < ledger",
            "consumesApi 1 payments",
            "apiProvidedBy 2 pay < payments",
            "ownedBy 1 crew",
        ]
    );
    assert_eq!(far["reach"]["missing"], 1);
    assert_eq!(far["reach"]["dependencies"], 6);
    assert_eq!(far["reach"]["direct_dependencies"], 2);
}

#[tokio::test]
async fn what_a_change_may_break_is_counted_with_its_systems() {
    let app = app().await;
    let root = ("root", "resource:default/db");
    let view = ask(&app, &[root, ("direction", "in"), ("depth", "5")]).await;
    assert_eq!(
        rows(&view),
        [
            "dependencyOf 1 ledger",
            "dependencyOf 2 pay < ledger",
            "apiConsumedBy 4 web < ledger < pay < payments",
            "providesApi 3 payments < ledger < pay",
            "partOf 3 shop < ledger < pay",
        ]
    );
    let reach = &view["reach"];
    assert_eq!(
        (&reach["dependents"], &reach["systems"]),
        (&5.into(), &1.into())
    );
    assert_eq!(reach["dependencies"], 0);
    assert_eq!(reach["complete"], true);
}

#[tokio::test]
async fn filters_limit_the_way_and_stay_to_be_chosen() {
    let app = app().await;
    let root = ("root", "component:default/pay");
    let all = ask(&app, &[root]).await;
    assert_eq!(
        all["relations"].as_array().unwrap().len(),
        4,
        "{}",
        all["relations"]
    );
    let some = ask(&app, &[root, ("relation", "DEPENDSON"), ("depth", "2")]).await;
    assert_eq!(
        rows(&some),
        [
            "dependsOn 1 ledger",
            "dependsOn 2 db < ledger",
            "dependsOn 2 gone < ledger"
        ]
    );
    assert!(some["relations"].as_array().unwrap().len() >= 4);
    let kinds = ask(&app, &[root, ("kind", "system"), ("kind", "nothing")]).await;
    assert_eq!(rows(&kinds), ["partOf 1 shop"]);
    let chosen = kinds["kinds"].as_array().unwrap().iter();
    let chosen: Vec<_> = chosen.filter(|kind| kind["selected"] == true).collect();
    assert_eq!(chosen.len(), 2, "what nothing has can be taken off");
}

#[tokio::test]
async fn a_relation_and_its_inverse_are_one_arrow_from_what_needs() {
    let app = app().await;
    let root = ("root", "component:default/ledger");
    let view = ask(
        &app,
        &[
            root,
            ("view", "graph"),
            ("direction", "any"),
            ("kind", "component"),
        ],
    )
    .await;
    let picture = &view["picture"];
    let edges = picture["edges"].as_array().unwrap();
    assert_eq!(edges.len(), 1, "{picture}");
    let name = |node: &Value| {
        let node = usize::try_from(node.as_u64().unwrap()).unwrap();
        picture["nodes"][node]["label"]["title"].clone()
    };
    assert_eq!(
        (name(&edges[0]["from"]), name(&edges[0]["to"])),
        ("pay".into(), "ledger".into())
    );
    assert_eq!(
        edges[0]["names"],
        serde_json::json!(["dependsOn / dependencyOf"])
    );
    assert_eq!(edges[0]["text"], "dependsOn");
    let two = [
        root,
        ("view", "graph"),
        ("kind", "component"),
        ("unmerged", "true"),
    ];
    let two = ask(&app, &two).await;
    assert_eq!(two["picture"]["edges"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_may_not_be_read_is_nowhere_in_a_graph() {
    let folder = Folder::new();
    let ada = entity("User", "ada", "memberOf: []");
    let own = entity(
        "Component",
        "own",
        "type: service, lifecycle: x, owner: 'user:ada', system: shop, \
         dependsOn: ['component:ledger', 'resource:db', 'component:absent']",
    );
    folder.write("a.yaml", format!("{}{ada}{own}", shop()));
    let app = App::guarded(&folder, &["a.yaml"], guards(OWN_COMPONENTS)).await;
    let ada = app.session("user:default/ada").await;
    let root = app.session("user:default/root").await;
    let get = async |who: &By, path: &str| Call::new("GET", path).by(who).to(&app).await;
    let paths = [
        address(&[
            ("root", "component:default/own"),
            ("depth", "5"),
            ("view", "graph"),
        ]),
        address(&[
            ("root", "system:default/shop"),
            ("depth", "5"),
            ("direction", "any"),
        ]),
        address(&[
            ("root", "resource:default/db"),
            ("depth", "5"),
            ("direction", "any"),
        ]),
        "/fn/catalog/mini-graph?kind=component&namespace=default&name=own".to_owned(),
        "/catalog/default/component/own/relations?depth=5&view=graph".to_owned(),
        "/catalog/default/system/shop/relations?depth=3&direction=any".to_owned(),
        "/catalog-graph?root=system:default/shop&depth=5&direction=any".to_owned(),
    ];
    for path in paths {
        let seen = get(&ada, &path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}");
        for hidden in ["ledger", "component:default/pay", "component/pay", "absent"] {
            assert!(
                !seen.text.contains(hidden),
                "{path}: {hidden}: {}",
                seen.text
            );
        }
        let all = get(&root, &path).await;
        assert!(all.text.contains("ledger"), "{path}: {}", all.text);
    }
    // What may not be read and what is not there are told alike.
    for name in ["ledger", "absent"] {
        let root = format!("component:default/{name}");
        let view = get(&ada, &address(&[("root", &root)])).await.json();
        assert_eq!(view["unknown"], serde_json::json!([root]));
        assert_eq!(view["reach"]["all"], 0);
    }
}

#[tokio::test]
async fn five_thousand_relations_are_all_in_the_table_and_the_nearest_are_drawn() {
    let folder = Folder::new();
    let targets: Vec<String> = (0..5000).map(|at| format!("'resource:r{at:04}'")).collect();
    let hub = service("hub", &format!(", dependsOn: [{}]", targets.join(", ")));
    folder.write(
        "a.yaml",
        format!(
            "{}{hub}",
            entity("Group", "crew", "type: team, children: []")
        ),
    );
    let app = App::over(&folder, &["a.yaml"]).await;
    let root = ("root", "component:default/hub");
    let first = ask(&app, &[root]).await;
    assert_eq!(
        (&first["total"], &first["pages"]),
        (&5001.into(), &51.into())
    );
    assert_eq!(rows(&first).len(), 100);
    assert_eq!(first["groups"][0]["total"], 5000);
    let last = ask(&app, &[root, ("page", "99999")]).await;
    assert_eq!((&last["page"], rows(&last).len()), (&51.into(), 1));
    let drawn = ask(&app, &[root, ("view", "graph")]).await;
    let picture = &drawn["picture"];
    assert_eq!(picture["nodes"].as_array().unwrap().len(), 500);
    assert_eq!(picture["total"], 5002);
    let page = app
        .get("/catalog/default/component/hub/relations?view=graph")
        .await;
    assert!(
        page.text
            .contains("Showing the nearest 500 of 5,002 entities"),
        "{}",
        page.text
    );
    let mini = app
        .get("/fn/catalog/mini-graph?kind=component&namespace=default&name=hub")
        .await
        .json();
    assert_eq!(mini["total"], 5001);
    assert_eq!(mini["picture"]["nodes"].as_array().unwrap().len(), 12);
}

#[tokio::test]
async fn pages_of_relations_hold_whatever_the_address_says() {
    let folder = Folder::new();
    let hostile = service("hostile", ", dependsOn: ['component:web']").replace(
        "{name: hostile}",
        "{name: hostile, title: '<script>alert(1)</script> \u{5e9}\u{5dc}\u{5d5}\u{5dd}'}",
    );
    folder.write("a.yaml", format!("{}{hostile}", shop()));
    let app = App::over(&folder, &["a.yaml"]).await;
    let tab = "/catalog/default/component/web/relations";
    for query in [
        "",
        "?page=-1&depth=-1&foo=1&direction=sideways&layout=XX",
        "?view=graph&depth=99999999999999999999",
        "?view=graph&layout=BT&depth=5&direction=any",
        "?kind=%3Cscript%3E&relation=%3Cscript%3E",
        "?direction=in&kind=api",
    ] {
        let answer = app.get(&format!("{tab}{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        for forbidden in ["<script>", "style=\"", "onclick="] {
            assert!(
                !answer.text.contains(forbidden),
                "{query}: {forbidden}: {}",
                answer.text
            );
        }
        assert!(answer.text.contains("Shown as"), "{query}");
    }
    let drawn = app.get(&format!("{tab}?view=graph&direction=in")).await;
    assert!(drawn.text.contains("class=\"graph\""), "{}", drawn.text);
    assert!(
        drawn
            .text
            .contains("href=\"/catalog/default/component/hostile\""),
        "{}",
        drawn.text
    );
    assert!(
        drawn.text.contains("&lt;script&gt;alert(1)"),
        "{}",
        drawn.text
    );
    assert_eq!(
        app.get("/catalog/default/component/no/relations")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_page_of_its_own_understands_addresses_of_backstage() {
    let app = app().await;
    let choice = app.get("/catalog-graph?q=ledger").await;
    assert!(
        choice
            .text
            .contains("/catalog-graph?root=component:default/ledger"),
        "{}",
        choice.text
    );
    let page = app
        .get("/catalog-graph?rootEntityRefs%5B%5D=component:default/ledger&maxDepth=1&selectedKinds%5B%5D=resource&direction=TB")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Relations of ledger"), "{}", page.text);
    assert!(
        page.text.contains("href=\"/catalog/default/resource/db\""),
        "{}",
        page.text
    );
    assert!(
        !page.text.contains("href=\"/catalog/default/group/crew\""),
        "{}",
        page.text
    );
    let unknown = app
        .get("/catalog-graph?root=%3Cscript%3E&root=component:default/no")
        .await;
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(
        unknown.text.contains("Not in the catalog"),
        "{}",
        unknown.text
    );
    assert!(!unknown.text.contains("<script>"), "{}", unknown.text);
}
