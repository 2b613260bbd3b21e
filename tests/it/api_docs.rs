//! The API tab: every format rendered, the text as it is, what may not be read, and what nobody meant well.
use std::fmt::Write;

use axum::http::StatusCode;
use callboard_testkit::{Folder, component};

use crate::support::{Answer, App};

/// Returns an entity file with a definition.
fn api(name: &str, kind: &str, definition: &str) -> String {
    let mut text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: {name}}}\nspec:\n  type: {kind}\n  lifecycle: production\n  \
         owner: team-a\n  definition: |\n"
    );
    for line in definition.lines() {
        let _ = writeln!(text, "    {line}");
    }
    text
}

const BOATS: &str = r##"openapi: 3.0.3
info: {title: Boats, version: "1.2", description: "All **boats** <script>alert(1)</script> [x](javascript:alert(2))"}
paths:
  /boats/{id}:
    get:
      summary: One boat
      tags: [fleet]
      parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
      responses:
        "200": {description: The boat, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
components:
  schemas:
    Boat: {type: object, required: [id], properties: {id: {type: integer}, harbour: {type: string, description: "<img src=x onerror=alert(3)>"}}}
"##;

async fn app() -> App {
    let folder = Folder::new();
    let user = component("ferry").replace(
        "spec:\n",
        "spec:\n  providesApis: [boats]\n  consumesApis: [fares]\n  system: fleet\n",
    );
    let system = "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: fleet}\nspec: {owner: team-a}\n";
    let boats = api("boats", "openapi", BOATS)
        .replace("  owner: team-a\n", "  owner: team-a\n  system: fleet\n");
    let all = [
        boats,
        api(
            "fares",
            "graphql",
            "type Query { fare(route: ID!): Fare }\ntype Fare { cents: Int! }",
        ),
        api(
            "loading",
            "grpc",
            "syntax = \"proto3\";\npackage load.v1;\nservice Loads { rpc Put(Load) returns (Load); }\nmessage Load { string id = 1; }",
        ),
        api(
            "events",
            "asyncapi",
            "asyncapi: 2.6.0\ninfo: {title: Events, version: '1'}\nchannels: {docked: {subscribe: {message: {name: Docked, payload: {type: string}}}}}",
        ),
        api("router", "trpc", "export const router = '<b>'"),
        api(
            "broken",
            "openapi",
            "openapi: 3.0.0\npaths: {/a: {get: {responses: {'200': {$ref: '#/nowhere'}}}}}",
        ),
        user,
        system.to_owned(),
    ];
    folder.write("a.yaml", all.join("---\n"));
    App::over(&folder, &["a.yaml"]).await
}

fn check(answer: &Answer, texts: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let shown = answer.shown();
    for text in texts {
        assert!(shown.contains(text), "no {text:?} in {shown}");
    }
    for forbidden in [
        "<script>",
        "<style",
        " style=\"",
        " onclick=",
        "<img src=x",
        "href=\"javascript:",
    ] {
        assert!(
            !answer.text.contains(forbidden),
            "{forbidden} in {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn every_format_is_rendered() {
    let app = app().await;
    let page = |path: &'static str| app.get(path);
    let overview = page("/catalog/default/api/boats/api").await;
    check(
        &overview,
        &[
            "OpenAPI 3.0.3",
            "1 operation",
            "<b>boats</b>",
            "&lt;script&gt;",
            "/boats/{id}",
            "?op=GET%20/boats/%7Bid%7D",
            "?schema=Boat",
            "fleet",
        ],
    );
    let operation = page("/catalog/default/api/boats/api?op=GET%20/boats/%7Bid%7D").await;
    check(
        &operation,
        &[
            "One boat",
            "Parameters",
            "required",
            "minimum",
            "harbour",
            "made from the schema",
            "aria-current=\"page\"",
            "&lt;img",
        ]
        .map(|text| if text == "minimum" { "≥" } else { text }),
    );
    check(
        &page("/catalog/default/api/boats/api?schema=Boat").await,
        &["harbour", "Used by", "GET"],
    );
    check(
        &page("/catalog/default/api/boats/api?q=HARB").await,
        &["field harbour: string"],
    );
    check(
        &page("/catalog/default/api/boats/api?q=nothing-like-it").await,
        &["Nothing in this definition contains"],
    );
    check(
        &page("/catalog/default/api/fares/api?op=QUERY%20fare").await,
        &["GraphQL", "query fare($route: ID!)", "cents"],
    );
    check(
        &page("/catalog/default/api/loading/api?op=load.v1.Loads/Put").await,
        &["Protobuf proto3", "UNARY", "/load.v1.Loads/Put"],
    );
    check(
        &page("/catalog/default/api/events/api?op=SUBSCRIBE%20docked").await,
        &["AsyncAPI 2.6.0", "Docked"],
    );
    check(
        &page("/catalog/default/api/router/api").await,
        &["trpc", "export const router", "&lt;b&gt;"],
    );
    check(
        &page("/catalog/default/api/broken/api").await,
        &[
            "Part of this definition could not be shown",
            "#/nowhere",
            "Line 2",
        ],
    );
}

#[tokio::test]
async fn wrong_parameters_break_nothing() {
    let app = app().await;
    for query in [
        "page=-1",
        "page=99999999999",
        "foo=1",
        "raw=1&page=77",
        "group=none",
        "op=none",
        "schema=%00",
        "op=%3Cscript%3E",
        "q=%3Cscript%3E",
        "q=%E2%80%AE",
    ] {
        let page = app
            .get(&format!("/catalog/default/api/boats/api?{query}"))
            .await;
        check(&page, &["Boats"]);
    }
    check(
        &app.get("/catalog/default/api/boats/api?op=none").await,
        &["This definition has no operation none"],
    );
    assert_eq!(
        app.get("/catalog/default/api/nothing/api").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_text_is_shown_and_can_be_taken_away() {
    let app = app().await;
    check(
        &app.get("/catalog/default/api/boats/api?raw=1").await,
        &["<b>openapi</b>: 3.0.3", "13 lines", "Download"],
    );
    let file = app.get("/catalog/default/api/boats/api/raw").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.text, BOATS);
    assert_eq!(file.headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename=\"boats.yaml\""
    );
    let proto = app.get("/catalog/default/api/loading/api/raw").await;
    assert_eq!(
        proto.headers["content-disposition"],
        "attachment; filename=\"loading.proto\""
    );
    assert_eq!(
        app.get("/catalog/default/component/ferry/api/raw")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        app.get("/catalog/default/api/nothing/api/raw").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn components_and_systems_list_their_apis() {
    let app = app().await;
    check(
        &app.get("/catalog/default/component/ferry/api").await,
        &[
            "Provided APIs",
            "Consumed APIs",
            "/catalog/default/api/boats/api",
            "/catalog/default/api/fares/api",
        ],
    );
    check(
        &app.get("/catalog/default/system/fleet/api").await,
        &["APIs of this system", "boats"],
    );
    let page = app.get("/catalog/default/system/fleet").await;
    assert!(
        page.text.contains("/catalog/default/system/fleet/api"),
        "the tab is there"
    );
}

#[tokio::test]
async fn backstages_list_of_apis_leads_into_the_catalog() {
    let app = app().await;
    let answer = app
        .get("/api-docs?filters%5Btype%5D=grpc&filters%5Buser%5D=all")
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/catalog?kind=api&type=grpc");
}

#[tokio::test]
async fn a_large_definition_makes_a_small_page() {
    let mut text = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    for number in 0..1_500 {
        let _ = writeln!(
            text,
            "  /resources/{number}: {{get: {{tags: [group {}], summary: Returns resource {number}, responses: {{'200': {{description: ok, content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/Type{number}'}}}}}}}}}}}}}}",
            number / 100
        );
    }
    text.push_str("components:\n  schemas:\n");
    for number in 0..2_000 {
        let fields: Vec<String> = (0..12)
            .map(|field| format!("field{field}: {{description: A field of many with a name, $ref: '#/components/schemas/Type{}'}}", (number * 7 + field) % 2_000))
            .collect();
        let _ = writeln!(
            text,
            "    Type{number}: {{type: object, properties: {{{}}}}}",
            fields.join(", ")
        );
    }
    assert!(text.len() > 2_000_000, "{}", text.len());
    let folder = Folder::new();
    folder.write("a.yaml", api("large", "openapi", &text));
    let app = App::over(&folder, &["a.yaml"]).await;
    for query in [
        "",
        "?op=GET%20/resources/700",
        "?schema=Type5",
        "?q=field1",
        "?group=types:Schemas&page=9",
        "?raw=1",
        "?raw=1&page=3",
    ] {
        let page = app
            .get(&format!("/catalog/default/api/large/api{query}"))
            .await;
        check(&page, &["Large"]);
        assert!(
            page.text.len() < 200_000,
            "{query}: {} bytes",
            page.text.len()
        );
    }
}
