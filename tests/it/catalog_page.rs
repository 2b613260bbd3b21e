//! The catalog page: its filter line, columns, facets, lists, file and bad addresses.
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use callboard_testkit::{Folder, component};

use crate::support::{Answer, App};

const TEAM: &str = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a, title: Deck Crew}\nspec: {type: team, children: []}\n";

async fn app() -> App {
    let folder = Folder::new();
    let tagged =
        |name: &str, more: &str| component(name).replace("  name:", &format!("  {more}\n  name:"));
    let documents = [
        TEAM.to_owned(),
        tagged("billing", "tags: [java, pci]\n  labels: {tier: \"1\"}"),
        tagged("ledger", "tags: [java]\n  labels: {tier: \"2\"}"),
        tagged("formula", "description: \"=HYPERLINK(\\\"x\\\"),\\nnext\""),
        component("old").replace("production", "deprecated"),
    ];
    folder.write("a.yaml", documents.join("---\n"));
    App::over(&folder, &["a.yaml"]).await
}

/// Returns the names of the rows, in order.
fn rows(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let body = answer
        .text
        .split_once("<tbody>")
        .map_or("", |(_, body)| body);
    let parts = body.split("name=\"ref\" value=\"").skip(1);
    let refs = parts.filter_map(|part| part.split('"').next());
    let refs = refs.filter(|text| text.contains('/'));
    let names = refs.map(|text| text.rsplit('/').next().unwrap().to_owned());
    // A row names its entity twice: by its check box and by its star.
    let mut names: Vec<String> = names.collect();
    names.dedup();
    names
}

fn shows(answer: &Answer, texts: &[&str]) {
    let shown = answer.shown();
    for text in texts {
        assert!(shown.contains(text), "no {text:?} in {shown}");
    }
}

#[tokio::test]
async fn the_filter_line_is_understood() {
    let app = app().await;
    let cases: &[(&str, &[&str])] = &[
        ("tag:java", &["billing", "ledger"]),
        ("tag:java%20-tag:pci", &["ledger"]),
        ("label.tier:1", &["billing"]),
        (
            "owner:team-a%20-lifecycle:deprecated",
            &["billing", "formula", "ledger"],
        ),
        ("name:b*", &["billing"]),
        ("is:starred", &[]),
        ("kind:group", &["team-a"]),
    ];
    for (line, want) in cases {
        let answer = app.get(&format!("/catalog?q={line}")).await;
        assert_eq!(rows(&answer), *want, "{line}");
    }
}

#[tokio::test]
async fn what_is_not_understood_is_told_with_what_was_meant() {
    let app = app().await;
    let typo = app.get("/catalog?q=ownr:team-a&kind=component").await;
    assert_eq!(rows(&typo), [] as [&str; 0]);
    shows(
        &typo,
        &[
            "There is no field \"ownr\"",
            "href=\"/catalog?kind=component&amp;q=owner:team-a\">owner:team-a</a>",
            "Remove text: \"ownr:team-a\"",
        ],
    );
    let two = app.get("/catalog?q=tag:java%20zzz").await;
    shows(&two, &["Remove text: zzz", "href=\"/catalog?q=tag:java\""]);
}

#[tokio::test]
async fn no_address_breaks_the_page() {
    let app = app().await;
    let long = "x".repeat(5_000);
    let addresses = [
        "page=-1".to_owned(),
        "page=99999999999999999999".to_owned(),
        "page=4294967295&size=100".to_owned(),
        "foo=1&q=%FF%FE".to_owned(),
        "size=9999".to_owned(),
        "columns=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "sort=%3Cscript%3E".to_owned(),
        "list=%3Cscript%3E&status=%3Cscript%3E".to_owned(),
        "facet=owner&fq=%3Cscript%3E".to_owned(),
        "view=%3Cscript%3E".to_owned(),
        format!("q={long}"),
        format!("q={}", "a%20".repeat(200)),
        "tag=a".to_owned() + &"&tag=a".repeat(500),
        "q=%22&kind=%00".to_owned(),
    ];
    for address in addresses {
        let answer = app.get(&format!("/catalog?{address}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(!answer.text.contains("<script>"), "{address}");
        assert!(
            answer.text.len() < 400_000,
            "{} {address}",
            answer.text.len()
        );
    }
    shows(
        &app.get("/catalog?size=9999").await,
        &["25, 50 or 100 rows, not 9999"],
    );
    shows(
        &app.get("/catalog?sort=colour").await,
        &["cannot be sorted by \"colour\""],
    );
    shows(
        &app.get("/catalog?columns=owner,colour").await,
        &["There is no column \"colour\""],
    );
}

#[tokio::test]
async fn columns_are_those_of_the_kind_or_of_the_address() {
    let app = app().await;
    let head = |answer: &Answer, title: &str| {
        let start = answer.text.find("<thead>").unwrap();
        let end = answer.text.find("</thead>").unwrap();
        answer.text[start..end].contains(title)
    };
    let groups = app.get("/catalog?kind=group").await;
    assert!(head(&groups, "Type") && !head(&groups, "Owner"));
    let chosen = app
        .get("/catalog?kind=component&columns=label:tier,reference&sort=-label:tier")
        .await;
    assert!(head(&chosen, "tier") && head(&chosen, "Reference") && !head(&chosen, "Lifecycle"));
    assert_eq!(rows(&chosen)[..2], ["ledger", "billing"]);
    assert!(head(&chosen, "aria-sort=\"descending\""));
}

#[tokio::test]
async fn a_facet_can_be_searched_and_a_list_chosen() {
    let app = app().await;
    let found = app.get("/catalog?facet=owner&fq=deck").await;
    shows(&found, &["1 found", "Deck Crew"]);
    let none = app.get("/catalog?facet=tag&fq=zzz").await;
    shows(&none, &["0 found"]);
    let owned = app.get("/catalog?list=owned").await;
    shows(&owned, &["You own nothing of this"]);
}

#[tokio::test]
async fn the_file_has_every_row_of_the_query() {
    let app = app().await;
    let csv = app
        .get("/catalog/export?format=csv&kind=component&columns=label:tier,description,owner,tags&page=7")
        .await;
    assert_eq!(csv.status, StatusCode::OK);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(
        csv.headers["content-disposition"],
        "attachment; filename=\"catalog.csv\""
    );
    let lines: Vec<&str> = csv.text.split("\r\n").collect();
    assert_eq!(lines[0], "entity,title,label:tier,description,owner,tags");
    assert_eq!(
        lines[1],
        "component:default/billing,billing,1,,group:default/team-a,java pci"
    );
    assert!(
        csv.text.contains("\"'=HYPERLINK(\"\"x\"\"),\nnext\""),
        "{}",
        csv.text
    );
    let json = app
        .get("/catalog/export?format=json&q=tag:java&columns=tags")
        .await;
    let json = json.json();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(json[0]["tags"], serde_json::json!(["java", "pci"]));
    let named = app
        .get("/catalog/export?ref=component:default/old&ref=component:default/nothing&columns=name")
        .await;
    assert_eq!(named.text, "entity,title\r\ncomponent:default/old,old\r\n");
    let empty = app.get("/catalog/export?format=json&q=zzz").await;
    assert_eq!(empty.json(), serde_json::json!([]));
}

#[tokio::test]
async fn a_long_file_comes_in_pieces_and_is_whole() {
    let folder = Folder::new();
    let many: Vec<String> = (0..450).map(|n| component(&format!("c{n:03}"))).collect();
    folder.write("a.yaml", many.join("---\n"));
    let app = App::over(&folder, &["a.yaml"]).await;
    let json = app
        .get("/catalog/export?format=json&kind=component&sort=-name")
        .await
        .json();
    assert_eq!(json.as_array().unwrap().len(), 450);
    assert_eq!(json[0]["title"], "c449");
    let page = app.get("/catalog?kind=component&size=50&page=2").await;
    assert_eq!(rows(&page).len(), 50);
    shows(&page, &["Showing 51–100 of 450", "size=50&amp;page=3"]);
    let plain = app.get("/catalog").await;
    assert!(plain.text.len() < 45_000, "{} bytes", plain.text.len());
}

#[tokio::test]
async fn selected_rows_are_compared_and_read_again() {
    let app = app().await;
    let pair = app
        .get("/catalog/compare?ref=component:default/billing&ref=component:default/old&ref=x:y/z&ref=%3Cscript%3E")
        .await;
    assert_eq!(pair.status, StatusCode::OK);
    shows(
        &pair,
        &[
            "billing",
            "deprecated",
            "differs",
            "2 of the entities are not in the catalog.",
        ],
    );
    let alone = app.get("/catalog/compare?ref=component:default/old").await;
    shows(&alone, &["nothing to compare yet"]);
    let post = |body: &'static str| {
        Request::post("/catalog/refresh")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let again = app
        .send(post(
            "ref=component:default/old&ref=component:default/gone&back=/catalog%3Fkind=api",
        ))
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    assert_eq!(again.headers["location"], "/catalog?kind=api");
    let away = app
        .send(post("ref=component:default/old&back=//evil.example"))
        .await;
    assert_eq!(away.headers["location"], "/catalog");
    let none = app.send(post("ref=component:default/gone")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn while_somebody_types_the_same_results_come_alone() {
    let app = app().await;
    let page = app.get("/catalog?kind=component&q=tag:java").await;
    let live = app
        .get("/fn/catalog/filter?query%5Bkind%5D=component&query%5Bq%5D=tag%3Ajava")
        .await
        .json();
    assert_eq!(live["total"], 2);
    let table = |html: &str| {
        let start = html.find("<table").unwrap();
        html[start..html.find("</table>").unwrap()].to_owned()
    };
    assert_eq!(table(live["html"].as_str().unwrap()), table(&page.text));
}

#[tokio::test]
async fn hostile_entities_keep_their_place() {
    let folder = Folder::new();
    let tags: Vec<String> = (0..300).map(|n| format!("t{n}")).collect();
    let long = "word ".repeat(5_000);
    let hostile = component("hostile").replace(
        "  name:",
        &format!(
            "  title: \"<script>alert(1)</script> \u{5e9}\u{5dc}\"\n  description: \"{long}\"\n  tags: [{}]\n  annotations: {{backstage.io/view-url: \"javascript:alert(1)\"}}\n  name:",
            tags.join(", ")
        ),
    );
    folder.write(
        "a.yaml",
        format!("{hostile}---\n{}", component(&"n".repeat(63))),
    );
    let app = App::over(&folder, &["a.yaml"]).await;
    let page = app.get("/catalog?kind=component").await;
    assert_eq!(rows(&page).len(), 2);
    shows(&page, &["+297", "&lt;script&gt;alert(1)"]);
    assert!(!page.text.contains("javascript:"), "{}", page.text);
    assert!(page.text.len() < 40_000, "{}", page.text.len());
}
