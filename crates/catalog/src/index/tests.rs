//! The index against small catalogs.
use serde_json::json;

use super::*;

fn index(entities: &[(&str, Value)]) -> Index {
    let mut index = Index::default();
    for (entity_ref, entity) in entities {
        index.put(entity_ref, entity);
    }
    index
}

fn sample() -> Index {
    let entity = |name: &str, kind: &str, tags: Value, lifecycle: &str| {
        json!({"apiVersion": "v1", "kind": kind,
            "metadata": {"name": name, "namespace": "default", "tags": tags, "labels": {"a.b/c": "X"}},
            "spec": {"lifecycle": lifecycle},
            "relations": [{"type": "ownedBy", "targetRef": "group:default/t"}]})
    };
    index(&[
        (
            "component:default/a",
            entity("a", "Component", json!(["java", "Web"]), "production"),
        ),
        (
            "component:default/b",
            entity("b", "Component", json!(["java"]), "experimental"),
        ),
        ("api:default/c", entity("c", "API", json!([]), "Production")),
    ])
}

fn check(filter: &[&str], want: &[&str]) {
    let index = sample();
    let found = index.matching(&parse_filters(filter).unwrap());
    let got: Vec<_> = index
        .ordered(&found, &[], 0, 100)
        .into_iter()
        .map(|id| index.label(id).unwrap().entity_ref.to_owned())
        .collect();
    assert_eq!(got, want, "{filter:?}");
}

#[test]
fn filters_mean_what_backstage_says() {
    check(
        &[],
        &[
            "api:default/c",
            "component:default/a",
            "component:default/b",
        ],
    );
    check(
        &["kind=COMPONENT"],
        &["component:default/a", "component:default/b"],
    );
    check(
        &["kind=component,metadata.tags.web"],
        &["component:default/a"],
    );
    check(
        &["metadata.tags=java,spec.lifecycle=production"],
        &["component:default/a"],
    );
    check(
        &["kind=api", "metadata.tags=web"],
        &["api:default/c", "component:default/a"],
    );
    check(
        &["metadata.name=a,metadata.name=b"],
        &["component:default/a", "component:default/b"],
    );
    check(&["metadata.labels.a.b/c=x,kind=api"], &["api:default/c"]);
    check(
        &["relations.ownedBy=group:default/t,kind=api"],
        &["api:default/c"],
    );
    check(&["metadata.tags.nothing"], &[]);
}

#[test]
fn a_filter_without_a_key_is_refused() {
    assert!(parse_filters(&["kind=component,=x"]).is_err());
}

#[test]
fn facets_keep_the_spelling_of_values() {
    let index = sample();
    let got = index.facet("spec.lifecycle", &index.all());
    let want = [("experimental", 1), ("production", 1), ("Production", 1)];
    assert_eq!(got, want.map(|(value, count)| (value.to_owned(), count)));
}

#[test]
fn order_puts_missing_values_last_and_pages() {
    let mut index = sample();
    index.put(
        "component:default/z",
        &json!({"kind": "Component", "metadata": {"name": "z"}}),
    );
    let names = |keys: &[OrderKey], offset, limit| -> Vec<String> {
        let ids = index.ordered(&index.all(), keys, offset, limit);
        ids.into_iter()
            .map(|id| index.value(id, "metadata.name").unwrap().to_owned())
            .collect()
    };
    let key = |key: &str, descending| OrderKey {
        key: key.to_owned(),
        descending,
    };
    assert_eq!(names(&[key("metadata.name", true)], 0, 2), ["z", "c"]);
    assert_eq!(
        names(&[key("spec.lifecycle", false)], 0, 9),
        ["b", "c", "a", "z"]
    );
    assert_eq!(
        names(&[key("spec.lifecycle", true)], 0, 9),
        ["c", "a", "b", "z"]
    );
    assert_eq!(
        names(&[key("kind", false), key("metadata.name", true)], 0, 9),
        ["c", "z", "b", "a"]
    );
    assert_eq!(names(&[key("metadata.name", false)], 1, 2), ["b", "c"]);
}

#[test]
fn what_is_removed_is_found_no_more() {
    let mut index = sample();
    index.remove("component:default/a");
    index.put(
        "component:default/b",
        &json!({"kind": "Component", "metadata": {"name": "b"}}),
    );
    assert_eq!(
        index
            .matching(&Filter::Has("metadata.tags".to_owned()))
            .len(),
        0
    );
    assert_eq!(index.facet("metadata.tags", &index.all()), []);
    assert_eq!(index.len(), 2);
}

#[test]
fn a_long_value_is_present_but_cannot_be_compared() {
    let long = "x".repeat(201);
    let index = index(&[("api:default/a", json!({"spec": {"definition": long}}))]);
    assert_eq!(
        index
            .matching(&Filter::Has("spec.definition".to_owned()))
            .len(),
        1
    );
    assert_eq!(
        index
            .matching(&Filter::Is("spec.definition".to_owned(), vec![long]))
            .len(),
        0
    );
}

#[test]
fn text_is_found_anywhere_and_prefixes_at_the_start() {
    let index = sample();
    let name = "metadata.name".to_owned();
    assert_eq!(
        index
            .matching(&Filter::Contains(
                vec![name.clone(), "spec.lifecycle".to_owned()],
                "DUCT".to_owned()
            ))
            .len(),
        2
    );
    assert_eq!(
        index
            .matching(&Filter::StartsWith(name, "B".to_owned()))
            .len(),
        1
    );
    assert_eq!(
        index
            .matching(&Filter::Not(Box::new(Filter::Is(
                "kind".to_owned(),
                vec!["api".to_owned()]
            ))))
            .len(),
        2
    );
}
