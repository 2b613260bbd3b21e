//! The relations that the fields of an entity make.
use serde_json::{Map, Value};

use crate::{
    EntityRef, ParseRefError,
    kind::{self, RelationRule, Shape},
};

/// One relation and its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Type seen from the entity that names the other, for example `ownedBy`.
    pub forward: &'static str,
    /// Type seen from the other end, for example `ownerOf`.
    pub reverse: &'static str,
    /// The other end; it need not exist.
    pub target: EntityRef,
}

/// One reference of an entity, read or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// JSON pointer to it within the entity.
    pub pointer: String,
    /// The relation it makes.
    pub rule: &'static RelationRule,
    /// The other end.
    pub target: Result<EntityRef, ParseRefError>,
}

/// Returns every reference in the known fields of an entity. A short reference is completed with the
/// namespace of the entity itself, as Backstage does.
#[must_use]
pub fn references(kind: &str, namespace: &str, spec: &Map<String, Value>) -> Vec<Reference> {
    let Some(kind) = kind::find(kind) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for field in kind.fields_for(spec) {
        let (Some(rule), Some(value)) = (&field.relation, spec.get(field.name)) else {
            continue;
        };
        let mut push = |pointer: String, text: &str| {
            let target = EntityRef::parse(text, rule.default_kind, namespace);
            found.push(Reference {
                pointer,
                rule,
                target,
            });
        };
        match value {
            Value::String(text) if field.shape == Shape::Text => {
                push(format!("/spec/{}", field.name), text);
            }
            Value::Array(items) if field.shape == Shape::TextList => {
                for (at, item) in items.iter().enumerate() {
                    if let Value::String(text) = item {
                        push(format!("/spec/{}/{at}", field.name), text);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Puts the references of every list that makes relations in order, as Backstage does, so that an entity does not
/// change when only their order does.
pub fn sort_references(kind: &str, spec: &mut Map<String, Value>) {
    let Some(kind) = kind::find(kind) else { return };
    let fields: Vec<_> = kind
        .fields_for(spec)
        .filter(|field| field.relation.is_some())
        .collect();
    for field in fields {
        if let Some(Value::Array(items)) = spec.get_mut(field.name) {
            items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        }
    }
}

/// Returns the relations of an entity; references that cannot be read make none.
#[must_use]
pub fn edges(kind: &str, namespace: &str, spec: &Map<String, Value>) -> Vec<Edge> {
    references(kind, namespace, spec)
        .into_iter()
        .filter_map(|reference| {
            let RelationRule {
                forward, reverse, ..
            } = *reference.rule;
            reference.target.ok().map(|target| Edge {
                forward,
                reverse,
                target,
            })
        })
        .collect()
}

/// Returns the heading under which people look for a type of relation, for example `Depends on`.
#[must_use]
pub fn title(relation_type: &str) -> String {
    match relation_type {
        "ownedBy" => "Owned by".to_owned(),
        "ownerOf" => "Owns".to_owned(),
        "partOf" => "Part of".to_owned(),
        "hasPart" => "Parts".to_owned(),
        "providesApi" => "Provides APIs".to_owned(),
        "apiProvidedBy" => "Provided by".to_owned(),
        "consumesApi" => "Consumes APIs".to_owned(),
        "apiConsumedBy" => "Consumed by".to_owned(),
        "dependsOn" => "Depends on".to_owned(),
        "dependencyOf" => "Needed by".to_owned(),
        "memberOf" => "Member of".to_owned(),
        "hasMember" => "Members".to_owned(),
        "childOf" => "Parent group".to_owned(),
        "parentOf" => "Child groups".to_owned(),
        other => split_words(other),
    }
}

/// `someRelation` becomes `Some relation`.
fn split_words(name: &str) -> String {
    let mut text = String::new();
    for (at, c) in name.chars().enumerate() {
        if at == 0 {
            text.extend(c.to_uppercase());
        } else if c.is_uppercase() {
            text.push(' ');
            text.extend(c.to_lowercase());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(kind: &str, spec: Value, want: &[(&str, &str)]) {
        let Value::Object(spec) = spec else {
            panic!("a spec is a map")
        };
        let edges = edges(kind, "ns", &spec);
        let got: Vec<_> = edges
            .iter()
            .map(|edge| (edge.forward, edge.target.to_string()))
            .collect();
        let want: Vec<_> = want.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn a_short_reference_takes_the_namespace_of_its_entity() {
        check(
            "component",
            json!({"owner": "team-a", "system": "default/s", "dependsOn": ["resource:db"]}),
            &[
                ("ownedBy", "group:ns/team-a"),
                ("partOf", "system:default/s"),
                ("dependsOn", "resource:ns/db"),
            ],
        );
    }

    #[test]
    fn depends_on_without_a_kind_makes_no_edge_but_is_found() {
        let Value::Object(spec) = json!({"dependsOn": ["db"]}) else {
            panic!()
        };
        assert!(edges("Component", "default", &spec).is_empty());
        let found = references("Component", "default", &spec);
        assert_eq!(found[0].pointer, "/spec/dependsOn/0");
        assert_eq!(found[0].target, Err(ParseRefError::NoKind("db".to_owned())));
    }

    #[test]
    fn the_order_of_references_in_a_list_does_not_matter() {
        let Value::Object(mut spec) = json!({"providesApis": ["b", "a"], "tags": ["b", "a"]})
        else {
            panic!()
        };
        sort_references("component", &mut spec);
        assert_eq!(
            Value::Object(spec),
            json!({"providesApis": ["a", "b"], "tags": ["b", "a"]})
        );
    }

    #[test]
    fn a_variant_brings_its_own_references() {
        check(
            "AiResource",
            json!({"type": "plugin", "skills": ["a"]}),
            &[("hasPart", "airesource:ns/a")],
        );
    }

    #[test]
    fn an_unknown_relation_is_titled_by_its_words() {
        assert_eq!(title("deployedOn"), "Deployed on");
    }
}
