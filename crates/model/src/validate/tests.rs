//! Entities that break one rule each, and those that break none.
use serde_json::json;

use super::*;

fn component(change: impl FnOnce(&mut Value)) -> Value {
    let mut entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": "a"},
        "spec": {"type": "service", "lifecycle": "production", "owner": "team-a"},
    });
    change(&mut entity);
    entity
}

fn check(entity: &Value, want: &[(&str, &str)]) {
    let found = validate(entity, UnknownKinds::Refuse);
    let got: Vec<_> = found.iter().map(|v| (v.code, v.pointer.as_str())).collect();
    assert_eq!(got, want, "{found:#?}");
}

#[test]
fn a_plain_component_is_fine() {
    check(&component(|_| {}), &[]);
}

#[test]
fn what_is_not_a_map_is_not_an_entity() {
    check(&json!("text"), &[("CAT008", "")]);
}

#[test]
fn every_missing_field_is_reported_at_once() {
    check(
        &json!({"kind": "Component"}),
        &[
            ("CAT010", "/apiVersion"),
            ("CAT010", "/metadata"),
            ("CAT010", "/spec"),
        ],
    );
    check(
        &component(|e| e["spec"] = json!({})),
        &[
            ("CAT010", "/spec/type"),
            ("CAT010", "/spec/lifecycle"),
            ("CAT010", "/spec/owner"),
        ],
    );
}

#[test]
fn a_field_of_the_wrong_type_says_which() {
    check(
        &component(|e| e["spec"]["owner"] = json!(7)),
        &[("CAT011", "/spec/owner")],
    );
    check(
        &component(|e| e["spec"]["dependsOn"] = json!("x")),
        &[("CAT011", "/spec/dependsOn")],
    );
    check(
        &component(|e| e["metadata"]["name"] = json!(7)),
        &[("CAT011", "/metadata/name")],
    );
    check(
        &component(|e| e["spec"] = json!(null)),
        &[("CAT010", "/spec")],
    );
}

#[test]
fn a_name_has_1_to_63_characters() {
    check(
        &component(|e| e["metadata"]["name"] = json!("a".repeat(63))),
        &[],
    );
    check(
        &component(|e| e["metadata"]["name"] = json!("a".repeat(64))),
        &[("CAT015", "/metadata/name")],
    );
    check(
        &component(|e| e["metadata"]["name"] = json!("a b")),
        &[("CAT015", "/metadata/name")],
    );
    check(
        &component(|e| e["metadata"]["name"] = json!("a.b_c-d")),
        &[],
    );
}

#[test]
fn an_upper_case_namespace_comes_with_its_fix() {
    let found = validate(
        &component(|e| e["metadata"]["namespace"] = json!("Ns")),
        UnknownKinds::Refuse,
    );
    assert_eq!(found[0].code, "CAT016");
    assert_eq!(found[0].repair, Some(Repair::Text("ns".to_owned())));
}

#[test]
fn tags_labels_annotations_and_links_have_forms() {
    check(
        &component(|e| e["metadata"]["tags"] = json!(["c++", "a:b", "c#"])),
        &[],
    );
    check(
        &component(|e| e["metadata"]["tags"] = json!(["ok", "Java"])),
        &[("CAT019", "/metadata/tags/1")],
    );
    check(
        &component(|e| e["metadata"]["labels"] = json!({"a b": "c"})),
        &[("CAT017", "/metadata/labels/a b")],
    );
    check(
        &component(|e| e["metadata"]["annotations"] = json!({"x.io/y": 1})),
        &[("CAT011", "/metadata/annotations/x.io~1y")],
    );
    check(
        &component(|e| e["metadata"]["links"] = json!([{"url": "/x"}, {"title": "t"}])),
        &[
            ("CAT020", "/metadata/links/0/url"),
            ("CAT010", "/metadata/links/1/url"),
        ],
    );
    check(
        &component(|e| e["metadata"]["links"] = json!([{"url": "java\nscript:alert(1)"}])),
        &[("CAT020", "/metadata/links/0/url")],
    );
}

#[test]
fn a_reference_without_kind_is_refused_only_where_no_kind_is_implied() {
    check(
        &component(|e| e["spec"]["dependsOn"] = json!(["db", "resource:db"])),
        &[("CAT021", "/spec/dependsOn/0")],
    );
    check(
        &component(|e| e["spec"]["providesApis"] = json!(["x"])),
        &[],
    );
    check(
        &component(|e| e["spec"]["owner"] = json!("")),
        &[("CAT012", "/spec/owner")],
    );
}

#[test]
fn an_unknown_kind_is_kept_only_when_it_is_allowed() {
    let widget = component(|e| e["kind"] = json!("Widget"));
    check(&widget, &[("CAT014", "/kind")]);
    assert_eq!(validate(&widget, UnknownKinds::Keep), []);
}

#[test]
fn a_foreign_root_field_and_a_wrong_version_are_refused() {
    check(
        &component(|e| e["extra"] = json!(1)),
        &[("CAT009", "/extra")],
    );
    check(
        &component(|e| e["apiVersion"] = json!("backstage.io/v9")),
        &[("CAT013", "/apiVersion")],
    );
}

#[test]
fn an_api_needs_a_definition_unless_it_is_an_mcp_server() {
    let api = |spec: Value| component(|e| (e["kind"], e["spec"]) = (json!("API"), spec));
    let base = json!({"type": "openapi", "lifecycle": "p", "owner": "o"});
    check(&api(base), &[("CAT010", "/spec/definition")]);
    let server =
        json!({"type": "mcp-server", "lifecycle": "p", "owner": "o", "remotes": [{"type": "sse"}]});
    check(&api(server), &[("CAT010", "/spec/remotes/0/url")]);
}

#[test]
fn a_location_may_be_bare_but_knows_two_presences() {
    let location = json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Location",
        "metadata": {"name": "x"}, "spec": {"target": "./a.yaml", "presence": "maybe"}});
    check(&location, &[("CAT025", "/spec/presence")]);
}
