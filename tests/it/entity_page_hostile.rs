//! What hostile and broken entities do to a page: it stays whole and small, and says what is wrong.
use std::fmt::Write;

use axum::http::StatusCode;
use callboard_testkit::{Folder, component};
use serde_json::Value;

use crate::{entity_page::shows, support::App};

/// One component that is everything at once, and 5,000 that it depends on.
fn hostile() -> String {
    let words = "lorem ".repeat(5_000);
    let tags: Vec<String> = (0..300).map(|at| format!("tag-{at}")).collect();
    let targets: Vec<String> = (0..5_000).map(|at| format!("component:dep-{at}")).collect();
    let mut text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {}\n  title: \"<script>alert(1)</script>\"\n  \
         description: \"{words}\"\n  tags: [{}]\n  links: [{{url: 'ftp://a.example/', title: \"</a><img src=x>\"}}]\nspec:\n  \
         type: \"واجهة\"\n  lifecycle: production\n  owner: crew\n  dependsOn: [{}]\n",
        "n".repeat(63),
        tags.join(", "),
        targets.join(", "),
    );
    for at in 0..5_000 {
        write!(text, "---\n{}", component(&format!("dep-{at}"))).unwrap();
    }
    text
}

#[tokio::test]
async fn a_hostile_entity_keeps_the_page_small_and_whole() {
    let folder = Folder::new();
    folder.write("a.yaml", hostile());
    let app = App::over(&folder, &["a.yaml"]).await;
    let path = format!("/catalog/default/component/{}", "n".repeat(63));
    let page = shows(
        &app,
        &path,
        &[
            "&lt;script&gt;alert(1)",
            "Show the rest, 4,9",
            "280 tags more",
            "Show all 5,000",
            "/relations?direction=any&amp;kind=component&amp;relation=dependsOn",
            "واجهة",
        ],
        &["dep-4999", "<img src=x"],
    )
    .await;
    assert!(
        page.text.len() < 160_000,
        "5,000 relations do not make the page long: {} bytes",
        page.text.len()
    );
    let (_, tables) = page
        .text
        .split_once("id=\"dependsOn-component\"")
        .expect("a card for the components that it needs");
    let (table, _) = tables.split_once("</table>").expect("a table");
    let rows = table.matches("/catalog/default/component/dep-").count();
    assert_eq!(rows, 10, "the first ten by title");
    let text = shows(
        &app,
        &format!("{path}/yaml"),
        &["This is the beginning"],
        &[],
    )
    .await;
    assert!(text.text.len() < 2_000_000, "{} bytes", text.text.len());
    let file = app.get(&format!("{path}/download?format=json")).await;
    let whole: Value = file.json();
    assert_eq!(whole["relations"].as_array().unwrap().len(), 5_001);
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"component-nnn"));
}

#[tokio::test]
async fn a_link_that_runs_a_script_keeps_its_entity_out_and_the_page_says_so() {
    let folder = Folder::new();
    let bad = component("evil").replace(
        "  name: evil\n",
        "  name: evil\n  links: [{url: 'javascript:alert(1)', title: x}]\n",
    );
    folder.write("a.yaml", bad);
    let app = App::over(&folder, &["a.yaml"]).await;
    let page = app.get("/catalog/default/component/evil").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("CAT020"), "{}", page.text);
    assert!(page.text.contains("a.yaml:"), "{}", page.text);
    assert!(!page.text.contains("href=\"javascript:"));
}

#[tokio::test]
async fn a_group_with_many_members_has_pages_of_them_and_a_bounded_tree() {
    let folder = Folder::new();
    let mut text = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: all}\nspec: {type: team, children: []}\n".to_owned();
    for at in 0..60 {
        write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {{name: user-{at:02}}}\nspec: {{memberOf: [all]}}\n"
        )
        .unwrap();
    }
    for at in 0..600 {
        write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{name: group-{at:03}}}\nspec: {{type: team, parent: all, children: []}}\n"
        )
        .unwrap();
    }
    // Two groups that are above each other.
    for (one, other) in [("ring-a", "ring-b"), ("ring-b", "ring-a")] {
        write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{name: {one}}}\nspec: {{type: team, parent: {other}, children: []}}\n"
        )
        .unwrap();
    }
    folder.write("a.yaml", text);
    let app = App::over(&folder, &["a.yaml"]).await;
    let page = "/catalog/default/group/all";
    shows(
        &app,
        page,
        &["user-00", "user-23", "page=2", "500 more below"],
        &["user-24"],
    )
    .await;
    shows(
        &app,
        &format!("{page}?page=3"),
        &["user-48", "user-59"],
        &["user-24"],
    )
    .await;
    shows(&app, "/catalog/default/group/ring-a", &["ring-b"], &[]).await;
}

#[tokio::test]
async fn errors_are_said_with_file_line_and_fix() {
    let folder = Folder::new();
    let good = component("ferry");
    folder.write("a.yaml", &good);
    // Most kinds need an owner to be in the catalog at all.
    let alone = "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: alone}\nspec: {type: service, steps: [{id: a, action: 'debug:log'}]}\n";
    folder.write("b.yaml", alone);
    let app = App::over(&folder, &["a.yaml", "b.yaml"]).await;
    let page = "/catalog/default/component/ferry";
    shows(
        &app,
        page,
        &["Needs attention", "CAT031", "a.yaml:", "owner"],
        &["last good version"],
    )
    .await;
    shows(
        &app,
        &format!("{page}/problems"),
        &["CAT031", "first seen", "team-a", "class=\"excerpt\""],
        &[],
    )
    .await;
    shows(
        &app,
        "/catalog/default/template/alone",
        &["Nobody owns this", "spec.owner", "b.yaml"],
        &[],
    )
    .await;
    folder.write(
        "a.yaml",
        good.replace("  lifecycle: production\n", "  lifecycle: [\n"),
    );
    app.ingest().await;
    shows(
        &app,
        page,
        &["last good version", "Needs attention", "a.yaml"],
        &[],
    )
    .await;
}
