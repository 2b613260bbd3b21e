//! Conditions of policies as conditions of the catalog's index: one meaning for lists, counts and single entities.
//!
//! As in the index, keys and values are compared without regard to case.
use callboard_catalog::Filter;
use callboard_policy::Condition;
use serde_json::{Map, Value};

/// The condition that holds for no entity.
pub(in crate::server) fn nothing() -> Filter {
    Filter::Any(Vec::new())
}

/// Returns the entities for which a condition holds. With a rule that is none of the catalog's, it is none at all,
/// wherever in the condition the rule stands: a policy that cannot be decided forbids.
pub(in crate::server) fn condition_filter(condition: &Condition) -> Filter {
    filter(condition).unwrap_or_else(nothing)
}

fn filter(condition: &Condition) -> Option<Filter> {
    let all = |conditions: &[Condition]| conditions.iter().map(filter).collect::<Option<Vec<_>>>();
    match condition {
        Condition::AllOf(conditions) => all(conditions).map(Filter::All),
        Condition::AnyOf(conditions) => all(conditions).map(Filter::Any),
        Condition::Not(inner) => filter(inner).map(|inner| Filter::Not(Box::new(inner))),
        Condition::Rule { rule, params, .. } => of_rule(rule, params),
    }
}

fn of_rule(rule: &str, params: &Map<String, Value>) -> Option<Filter> {
    match rule {
        "HAS_ANNOTATION" => has("metadata.annotations", "annotation", params),
        "HAS_LABEL" => has("metadata.labels", "label", params),
        "HAS_METADATA" => has("metadata", "key", params),
        "HAS_SPEC" => has("spec", "key", params),
        "IS_ENTITY_KIND" => list(params, "kinds").map(|kinds| Filter::Is("kind".to_owned(), kinds)),
        "IS_ENTITY_OWNER" => {
            list(params, "claims").map(|claims| Filter::Is("relations.ownedby".to_owned(), claims))
        }
        _ => None,
    }
}

/// A field that is there or, when a value is given, has it.
fn has(above: &str, name: &str, params: &Map<String, Value>) -> Option<Filter> {
    let field = params.get(name)?.as_str()?;
    let key = format!("{above}.{field}").to_lowercase();
    Some(match params.get("value") {
        None | Some(Value::Null) => Filter::Has(key),
        Some(value) => Filter::Is(key, vec![text(value)?]),
    })
}

fn list(params: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let items = params.get(name)?.as_array()?;
    items.iter().map(text).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use callboard_catalog::Index;
    use serde_json::json;

    use super::*;

    fn index() -> Index {
        let mut index = Index::default();
        let entities = [
            (
                "component:default/a",
                json!({"kind": "Component", "metadata": {"name": "a", "tags": ["java"],
                "annotations": {"github.com/team": "One"}, "labels": {"tier": "1"}}, "spec": {"lifecycle": "production"},
                "relations": [{"type": "ownedBy", "targetRef": "group:default/x"}]}),
            ),
            (
                "api:default/b",
                json!({"kind": "API", "metadata": {"name": "b"}, "spec": {"lifecycle": "experimental"},
                "relations": [{"type": "ownedBy", "targetRef": "user:default/y"}]}),
            ),
        ];
        for (entity_ref, entity) in entities {
            index.put(entity_ref, &entity);
        }
        index
    }

    fn matching(condition: Value) -> Vec<String> {
        let condition: Condition = serde_json::from_value(condition).unwrap();
        let index = index();
        let filter = condition_filter(&condition);
        let found = index.matching(&filter);
        let ids = ["component:default/a", "api:default/b"].map(|text| index.id(text).unwrap());
        for id in ids {
            assert_eq!(found.contains(id), index.holds(&filter, id));
        }
        let names = found.iter().filter_map(|id| index.label(id));
        names.map(|label| label.entity_ref.to_owned()).collect()
    }

    fn rule(name: &str, params: Value) -> Value {
        json!({"rule": name, "resourceType": "catalog-entity", "params": params})
    }

    #[test]
    fn each_rule_of_the_catalog_finds_its_entities() {
        let a = ["component:default/a"];
        for (name, params) in [
            ("HAS_ANNOTATION", json!({"annotation": "github.com/team"})),
            (
                "HAS_ANNOTATION",
                json!({"annotation": "github.com/Team", "value": "one"}),
            ),
            ("HAS_LABEL", json!({"label": "tier", "value": "1"})),
            ("HAS_METADATA", json!({"key": "tags", "value": "java"})),
            ("HAS_METADATA", json!({"key": "tags"})),
            (
                "HAS_SPEC",
                json!({"key": "lifecycle", "value": "production"}),
            ),
            ("IS_ENTITY_KIND", json!({"kinds": ["component", "System"]})),
            (
                "IS_ENTITY_OWNER",
                json!({"claims": ["group:default/x", "user:default/z"]}),
            ),
        ] {
            assert_eq!(matching(rule(name, params.clone())), a, "{name} {params}");
        }
        assert!(matching(rule("IS_ENTITY_OWNER", json!({"claims": []}))).is_empty());
    }

    #[test]
    fn conditions_are_combined() {
        let owner = rule("IS_ENTITY_OWNER", json!({"claims": ["group:default/x"]}));
        let api = rule("IS_ENTITY_KIND", json!({"kinds": ["api"]}));
        assert_eq!(matching(json!({"not": owner})), ["api:default/b"]);
        assert_eq!(matching(json!({"anyOf": [owner, api]})).len(), 2);
        assert!(matching(json!({"allOf": [owner, api]})).is_empty());
    }

    #[test]
    fn what_cannot_be_decided_forbids_even_in_the_negative() {
        let unknown = rule("IS_NICE", json!({}));
        assert!(matching(json!({"not": unknown})).is_empty());
        let kinds = rule("IS_ENTITY_KIND", json!({"kinds": ["api"]}));
        assert!(matching(json!({"anyOf": [kinds, unknown]})).is_empty());
        assert!(matching(json!({"not": rule("HAS_SPEC", json!({}))})).is_empty());
    }
}
