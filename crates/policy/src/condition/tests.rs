//! Conditions: their JSON, its bounds, and what joining and resolving makes of them.
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Who;

fn read(json: Value) -> Result<Condition, String> {
    serde_json::from_value(json).map_err(|error| error.to_string())
}

fn kind(name: &str) -> Value {
    json!({ "rule": "IS_ENTITY_KIND", "resourceType": "catalog-entity", "params": { "kinds": [name] } })
}

#[test]
fn json_is_that_of_backstage() {
    let text =
        json!({ "allOf": [kind("API"), { "not": { "anyOf": [kind("User"), kind("Group")] } }] });
    let condition = read(text.clone()).unwrap();
    assert_eq!(serde_json::to_value(&condition).unwrap(), text);
    let short = read(json!({ "rule": "R", "resourceType": "t" })).unwrap();
    assert!(matches!(short, Condition::Rule { params, .. } if params.is_empty()));
}

#[test]
fn what_is_no_condition_is_refused() {
    for json in [
        json!("IS_ENTITY_KIND"),
        json!({}),
        json!({ "allOf": [] }),
        json!({ "anyOf": {} }),
        json!({ "not": [] }),
        json!({ "anyOf": [kind("a")], "not": kind("a") }),
        json!({ "rule": "R", "params": {} }),
        json!({ "rule": "R", "resourceType": "t", "params": [] }),
        json!({ "rule": "R", "resourceType": "t", "parameters": {} }),
    ] {
        assert!(read(json.clone()).is_err(), "{json}");
    }
}

#[test]
fn depth_and_count_are_bounded() {
    let nested = |depth: usize| (1..depth).fold(kind("a"), |inner, _| json!({ "not": inner }));
    assert!(read(nested(MAX_DEPTH)).is_ok());
    assert!(read(nested(MAX_DEPTH + 1)).unwrap_err().contains("20 deep"));
    let wide = |count: usize| json!({ "anyOf": vec![kind("a"); count - 1] });
    assert!(read(wide(MAX_COUNT)).is_ok());
    assert!(read(wide(MAX_COUNT + 1)).unwrap_err().contains("500"));
}

fn known(json: Value, who: &Who) -> Known {
    settle(&read(json).unwrap(), who).unwrap()
}

fn ada() -> Who {
    Who {
        user: Some("user:default/ada".to_owned()),
        ownership: vec!["user:default/ada".to_owned(), "group:default/x".to_owned()],
        groups: Vec::new(),
    }
}

fn owner(claims: Value) -> Value {
    json!({ "rule": "IS_ENTITY_OWNER", "resourceType": "catalog-entity", "params": { "claims": claims } })
}

#[test]
fn aliases_become_the_user() {
    let found = known(
        owner(json!(["group:default/y", "$currentUser", "$ownerRefs"])),
        &ada(),
    );
    let wanted = owner(json!([
        "group:default/y",
        "user:default/ada",
        "group:default/x"
    ]));
    assert_eq!(found, Known::If(read(wanted).unwrap()));
    assert_eq!(
        known(owner(json!(["$ownerRefs"])), &Who::default()),
        Known::Never
    );
    let not = json!({ "not": owner(json!(["$ownerRefs"])) });
    assert_eq!(known(not, &Who::default()), Known::Always);
}

#[test]
fn a_text_that_stands_for_nobody_cannot_be_decided() {
    let condition = read(json!({
        "rule": "HAS_ANNOTATION", "resourceType": "catalog-entity",
        "params": { "annotation": "example.com/owner", "value": "$currentUser" },
    }))
    .unwrap();
    assert!(settle(&condition, &Who::default()).is_err());
    let Ok(Known::If(Condition::Rule { params, .. })) = settle(&condition, &ada()) else {
        panic!("it depends on the entity");
    };
    assert_eq!(params["value"], "user:default/ada");
}

#[test]
fn joining_leaves_nothing_out_and_nothing_in_that_is_not_needed() {
    let who = ada();
    let same = |left: Value, right: Value| {
        assert_eq!(
            known(left.clone(), &who),
            Known::If(read(right).unwrap()),
            "{left}"
        );
    };
    same(json!({ "anyOf": [kind("a"), kind("a")] }), kind("a"));
    same(json!({ "not": { "not": kind("a") } }), kind("a"));
    same(
        json!({ "allOf": [kind("a"), { "allOf": [kind("b"), kind("a")] }] }),
        json!({ "allOf": [kind("a"), kind("b")] }),
    );
    let contradiction = json!({ "allOf": [kind("a"), { "not": kind("a") }] });
    assert_eq!(known(contradiction, &who), Known::Never);
    let tautology = json!({ "anyOf": [kind("a"), { "not": kind("a") }] });
    assert_eq!(known(tautology, &who), Known::Always);
    let many: Vec<_> = (0..20).map(|n| kind(&format!("k{}", n % 10))).collect();
    let Known::If(Condition::AnyOf(kept)) = known(json!({ "anyOf": many }), &who) else {
        panic!("it depends on the entity");
    };
    assert_eq!(kept.len(), 10);
}

fn conditions() -> impl Strategy<Value = Condition> {
    let rule = (0..6_u8).prop_map(|n| read(kind(&format!("k{n}"))).unwrap());
    rule.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::AllOf),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::AnyOf),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
}

/// Evaluates a condition for a thing of which `bits` says which of the kinds it has.
fn holds(condition: &Condition, bits: u8) -> bool {
    match condition {
        Condition::AllOf(items) => items.iter().all(|item| holds(item, bits)),
        Condition::AnyOf(items) => items.iter().any(|item| holds(item, bits)),
        Condition::Not(inner) => !holds(inner, bits),
        Condition::Rule { params, .. } => {
            let name = params["kinds"][0].as_str().unwrap();
            bits >> name[1..].parse::<u8>().unwrap() & 1 == 1
        }
    }
}

proptest! {
    #[test]
    fn json_is_read_back(condition in conditions()) {
        let json = serde_json::to_string(&condition).unwrap();
        prop_assert_eq!(serde_json::from_str::<Condition>(&json).unwrap(), condition);
    }

    #[test]
    fn resolving_changes_nothing_but_the_form(condition in conditions(), bits in 0..64_u8) {
        let wanted = holds(&condition, bits);
        let found = match settle(&condition, &ada()).unwrap() {
            Known::Always => true,
            Known::Never => false,
            Known::If(condition) => holds(&condition, bits),
        };
        prop_assert_eq!(found, wanted);
    }
}
