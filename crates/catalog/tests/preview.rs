//! What a location would bring, without taking it.
use callboard_catalog::LocationRef;
use callboard_testkit::{Folder, Host, TestCatalog, component, sqlite};

const LOCATION: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec:\n  targets:\n";

fn location(targets: &[&str]) -> String {
    let lines = targets.iter().map(|target| format!("    - \"{target}\"\n"));
    format!("{LOCATION}{}", lines.collect::<String>())
}

#[tokio::test]
async fn a_preview_says_what_would_come_and_changes_nothing() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("a.yaml", format!("{}---\nkind: Nothing\n", component("a")));
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[]).await;
    let preview = catalog
        .ingester()
        .preview(&LocationRef::url(host.url("a.yaml")))
        .await
        .unwrap();
    let refs: Vec<_> = preview
        .entities
        .iter()
        .map(|(entity_ref, _)| entity_ref.as_str())
        .collect();
    assert_eq!(refs.len(), 2);
    assert_eq!(refs[1], "component:default/a");
    assert!(preview.errors().count() > 0);
    assert_eq!(catalog.entities().await.len(), 0);
}

#[tokio::test]
async fn a_preview_of_too_much_is_cut_and_says_so() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    let targets: Vec<String> = (0..1_200).map(|at| format!("./f{at}.yaml")).collect();
    let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
    host.write("all.yaml", location(&targets));
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[]).await;
    let all = LocationRef::url(host.url("all.yaml"));
    let preview = catalog.ingester().preview(&all).await.unwrap();
    let is_cut = |problem: &callboard_model::Diagnostic| problem.message.contains("more than 1000");
    assert!(preview.errors().any(is_cut));
    let asked = targets.iter().map(|target| host.asked(&target[2..]));
    assert_eq!(asked.sum::<usize>(), 999);
}
