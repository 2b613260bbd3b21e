//! Predicates against a small catalog, and what is refused.
use serde_json::{Value, json};

use super::*;
use crate::index::Index;

fn catalog() -> Index {
    let mut index = Index::default();
    for (name, spec, relations) in [
        (
            "web",
            json!({"type": "website", "lifecycle": "Production", "replicas": 7, "public": true}),
            json!([{"type": "ownedBy", "targetRef": "group:default/ferry-desk"}]),
        ),
        (
            "billing",
            json!({"type": "service", "lifecycle": "experimental", "ports": [80, 443], "hidden": null}),
            json!([
                {"type": "ownedBy", "targetRef": "group:default/money"},
                {"type": "dependsOn", "targetRef": "resource:default/ledger"},
            ]),
        ),
        (
            "search",
            json!({"type": "service", "note": "n".repeat(201), "ratio": 0.5}),
            json!([]),
        ),
    ] {
        let tags = if name == "web" {
            json!(["Java", "c++"])
        } else {
            json!(["rust"])
        };
        let entity = json!({"kind": "Component", "metadata": {"name": name, "tags": tags},
            "spec": spec, "relations": relations});
        index.put(&format!("component:default/{name}"), &entity);
    }
    index
}

#[track_caller]
fn check(query: Value, want: &[&str]) {
    let index = catalog();
    let filter = parse_predicate(&query).unwrap();
    let found = index.matching(&filter);
    let names: Vec<&str> = index
        .ordered(&found, &[], 0, usize::MAX)
        .into_iter()
        .filter_map(|id| index.label(id)?.entity_ref.rsplit('/').next())
        .collect();
    assert_eq!(names, want, "{query}");
}

#[track_caller]
fn refused(query: Value, want: &str) {
    let error = parse_predicate(&query).unwrap_err();
    assert!(error.starts_with(want), "{query}: {error}");
}

#[test]
fn a_field_is_compared_without_regard_to_case() {
    check(
        json!({"KIND": "component", "Spec.Lifecycle": "PRODUCTION"}),
        &["web"],
    );
    check(
        json!({"kind": "component", "spec.lifecycle": "nothing"}),
        &[],
    );
    check(json!({}), &["billing", "search", "web"]);
}

#[test]
fn numbers_and_booleans_are_compared_as_texts() {
    check(json!({"spec.replicas": 7}), &["web"]);
    check(json!({"spec.replicas": "7"}), &["web"]);
    check(json!({"spec.replicas": 7.0}), &["web"]);
    check(json!({"spec.ratio": 0.5}), &["search"]);
    check(json!({"spec.public": true}), &["web"]);
    check(json!({"spec.public": "TRUE"}), &["web"]);
    check(json!({"spec.ports": {"$in": [443, 8080]}}), &["billing"]);
}

#[test]
fn a_long_value_and_a_null_are_there_without_a_value() {
    check(json!({"spec.note": {"$exists": true}}), &["search"]);
    check(json!({"spec.note": "n".repeat(201)}), &[]);
    check(json!({"spec.note": {"$hasPrefix": "n"}}), &[]);
    check(json!({"spec.hidden": {"$exists": true}}), &["billing"]);
    check(
        json!({"spec.hidden": {"$exists": false}}),
        &["search", "web"],
    );
}

#[test]
fn operators_are_combined() {
    check(
        json!({"$all": [{"kind": "component"}, {"$not": {"spec.type": "service"}}]}),
        &["web"],
    );
    check(
        json!({"$any": [{"metadata.name": {"$hasPrefix": "BILL"}}, {"spec.type": {"$in": ["Website"]}}]}),
        &["billing", "web"],
    );
    check(json!({"$all": []}), &["billing", "search", "web"]);
    check(json!({"$any": []}), &[]);
    check(json!({"kind": {"$in": []}}), &[]);
    check(
        json!({"$not": {"$not": {"spec.type": "website"}}}),
        &["web"],
    );
    // A wildcard of SQL is a letter like any other.
    check(json!({"metadata.name": {"$hasPrefix": "%"}}), &[]);
    check(
        json!({"spec.lifecycle": {"$hasPrefix": ""}}),
        &["billing", "web"],
    );
}

#[test]
fn list_items_are_found_by_contains_and_by_their_own_key() {
    check(json!({"metadata.tags": {"$contains": "java"}}), &["web"]);
    check(json!({"metadata.tags": "java"}), &["web"]);
    check(json!({"metadata.tags.C++": true}), &["web"]);
    check(json!({"spec.ports": {"$contains": 80}}), &["billing"]);
}

#[test]
fn relations_are_found_by_type_and_target() {
    let owned = |target: Value| json!({"relations": {"$contains": {"type": "ownedBy", "targetRef": target}}});
    check(owned(json!("Group:default/Money")), &["billing"]);
    check(
        owned(json!({"$in": ["group:default/money", "group:default/ferry-desk"]})),
        &["billing", "web"],
    );
    check(
        json!({"Relations": {"$contains": {"Type": "dependson"}}}),
        &["billing"],
    );
    check(
        json!({"relations.dependsOn": "resource:default/ledger"}),
        &["billing"],
    );
    check(json!({"relations": {"$contains": "ownedBy"}}), &[]);
}

#[test]
fn what_is_no_predicate_is_refused_with_its_place() {
    for query in [json!(null), json!("kind"), json!(7), json!([{"kind": "x"}])] {
        refused(query, "invalid query at query: expected an object");
    }
    refused(
        json!({"kind": null}),
        "invalid query at query.kind: expected a text",
    );
    refused(
        json!({"kind": ["a"]}),
        "invalid query at query.kind: expected a text",
    );
    refused(
        json!({"kind": {"$unknown": 1}}),
        "invalid query at query.kind: expected a text",
    );
    refused(
        json!({"kind": {}}),
        "invalid query at query.kind: expected a text",
    );
    refused(
        json!({"kind": {"$exists": "yes"}}),
        "invalid query at query.kind: expected",
    );
    refused(
        json!({"kind": {"$in": ["a", null]}}),
        "invalid query at query.kind.$in: expected texts",
    );
    refused(
        json!({"kind": {"$hasPrefix": 1}}),
        "invalid query at query.kind: expected",
    );
    refused(
        json!({"$nor": []}),
        "invalid query at query.$nor: expected a field",
    );
    refused(
        json!({"$all": {}}),
        "invalid query at query.$all: expected a list",
    );
    refused(
        json!({"$any": [{"a": "b"}, "c"]}),
        "invalid query at query.$any[1]: expected an object",
    );
    refused(
        json!({"$not": [], "kind": "a"}),
        "invalid query at query: $not has to stand alone",
    );
    refused(
        json!({"a\nb": "c"}),
        "invalid query at query.a\nb: a field has no line breaks",
    );
}

#[test]
fn what_contains_cannot_look_for_is_refused() {
    refused(
        json!({"metadata.links": {"$contains": {"url": "x"}}}),
        "invalid query at query.metadata.links.$contains: only relations",
    );
    refused(
        json!({"metadata.tags": {"$contains": ["a"]}}),
        "invalid query at query.metadata.tags.$contains: expected",
    );
    let relation = |target: Value| json!({"relations": {"$contains": target}});
    for (target, want) in [
        (json!({}), "a relation is looked for by its type"),
        (json!({"type": ""}), "a relation is looked for by its type"),
        (json!({"type": 1}), "a relation is looked for by its type"),
        (json!({"type": "a", "Type": "b"}), "Type is there twice"),
        (
            json!({"type": "a", "name": "b"}),
            "a relation has type and targetRef",
        ),
    ] {
        refused(
            relation(target),
            &format!("invalid query at query.relations.$contains: {want}"),
        );
    }
    for target in [
        json!({"$in": []}),
        json!({"$in": [1]}),
        json!(1),
        json!({"$in": ["a"], "b": 1}),
    ] {
        refused(
            relation(json!({"type": "a", "targetRef": target})),
            "invalid query at query.relations.$contains.targetRef: expected a reference",
        );
    }
}

#[test]
fn conditions_are_bounded_in_number_and_depth() {
    let nested =
        |depth: usize| (1..depth).fold(json!({"kind": "a"}), |inner, _| json!({"$not": inner}));
    assert!(parse_predicate(&nested(MAX_DEPTH)).is_ok());
    let error = parse_predicate(&nested(MAX_DEPTH + 1)).unwrap_err();
    assert!(error.ends_with("nested more than 50 deep"), "{error}");
    let mut many: Vec<String> = (0..MAX_CONDITIONS)
        .map(|number| number.to_string())
        .collect();
    assert!(parse_predicate(&json!({"kind": {"$in": many}})).is_ok());
    many.push("one more".to_owned());
    refused(
        json!({"kind": {"$in": many}}),
        "the query has more than 500 conditions",
    );
    let empty: Vec<Value> = (0..=MAX_CONDITIONS).map(|_| json!({"$all": []})).collect();
    refused(
        json!({"$any": empty}),
        "the query has more than 500 conditions",
    );
}

#[test]
fn a_condition_can_be_asked_of_one_thing_at_a_time() {
    let value = |key: &str| match key {
        "type" => Some("url"),
        "target" => Some("https://git.merrow.example/a.yaml"),
        _ => None,
    };
    for (query, want) in [
        (
            json!({"type": "URL", "target": {"$hasPrefix": "https://GIT."}}),
            true,
        ),
        (
            json!({"$any": [{"id": {"$exists": true}}, {"type": {"$in": ["file"]}}]}),
            false,
        ),
        (json!({"$not": {"id": "1"}}), true),
        (json!({"$all": [{"type": "url"}, {"type": "file"}]}), false),
    ] {
        assert_eq!(
            parse_predicate(&query).unwrap().holds(&value),
            want,
            "{query}"
        );
    }
    let filter = parse_predicate(&json!({"a": 1, "$not": 2}));
    assert!(filter.is_err());
    let filter = parse_predicate(&json!({"$all": [{"a": 1}, {"$not": {"b": 2}}]})).unwrap();
    assert_eq!(filter.keys(), ["a", "b"]);
}
