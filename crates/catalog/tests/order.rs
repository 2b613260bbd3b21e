//! The outcome does not depend on the order of files, of targets or of documents, nor on what was there before.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
use std::collections::BTreeMap;

use callboard_catalog::Index;
use callboard_testkit::{Folder, TestCatalog, sqlite};
use proptest::prelude::*;
use serde_json::Value;

/// One document: its name and what it depends on.
type Document = (u8, u8);

fn document((name, depends_on): Document) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: c{name}}}\nspec:\n  type: t{depends_on}\n  \
         lifecycle: production\n  owner: group:default/g\n  dependsOn: [component:c{depends_on}]\n"
    )
}

fn all(targets: &[usize]) -> String {
    let lines = targets.iter().map(|at| format!("    - ./f{at}.yaml\n"));
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: all}}\nspec:\n  targets:\n{}",
        lines.collect::<String>()
    )
}

fn write(folder: &Folder, files: &[Vec<Document>], order: &[usize]) {
    for at in order {
        let documents: Vec<String> = files[*at].iter().map(|one| document(*one)).collect();
        folder.write(
            &format!("f{at}.yaml"),
            documents.join("---\n") + "\n# end\n",
        );
    }
    folder.write("all.yaml", all(order));
}

/// Entities without what depends on the folder and the order of the targets themselves.
async fn outcome(catalog: &TestCatalog, folder: &Folder) -> BTreeMap<String, Value> {
    let entities = catalog.entities().await.into_iter();
    let without_folder = |entity: Value| {
        let text = entity
            .to_string()
            .replace(&*folder.path().to_string_lossy(), "");
        let mut entity: Value = serde_json::from_str(&text).unwrap();
        // A hash over the path of the temporary folder.
        entity["metadata"]["etag"] = Value::Null;
        entity
    };
    entities
        .filter(|(entity_ref, _)| entity_ref.starts_with("component:"))
        .map(|(entity_ref, entity)| (entity_ref, without_folder(entity)))
        .collect()
}

fn catalogs() -> impl Strategy<Value = (Vec<Vec<Document>>, Vec<usize>)> {
    let document = (0u8..8, 0u8..8);
    let files = prop::collection::vec(prop::collection::vec(document, 0..4), 1..6);
    files.prop_flat_map(|files| {
        let order: Vec<usize> = (0..files.len()).collect();
        (Just(files), Just(order).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_and_targets_does_not_matter((files, order) in catalogs()) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let straight: Vec<usize> = (0..files.len()).collect();
            let (one, two) = (Folder::new(), Folder::new());
            write(&one, &files, &straight);
            write(&two, &files, &order);
            let (first, second) = (sqlite().await, sqlite().await);
            let catalog = TestCatalog::new(&first.db, &one, &["all.yaml"]);
            catalog.ingest().await;
            let want = outcome(&catalog, &one).await;
            // The second catalog comes to it in two steps, the first of which has every file but one.
            let other = TestCatalog::new(&second.db, &two, &["all.yaml"]);
            two.write("all.yaml", all(&order[1..]));
            other.ingest().await;
            two.write("all.yaml", all(&order));
            other.ingest().await;
            assert_eq!(outcome(&other, &two).await, want);
            // And so does one that starts over on the same database.
            let again = TestCatalog::new(&second.db, &two, &["all.yaml"]).ingest().await;
            assert_eq!(again.applied.total(), 0);
        });
    }
}

#[test]
fn an_index_says_the_same_whatever_came_first() {
    let entity = |name: &str| serde_json::json!({"kind": "Component", "metadata": {"name": name}});
    let (mut one, mut two) = (Index::default(), Index::default());
    for name in ["a", "b", "c"] {
        one.put(&format!("component:default/{name}"), &entity(name));
    }
    for name in ["c", "x", "a", "b"] {
        two.put(&format!("component:default/{name}"), &entity(name));
    }
    two.remove("component:default/x");
    let all = |index: &Index| index.facet("metadata.name", &index.all());
    assert_eq!(all(&one), all(&two));
}
