//! What is said about mistakes in policy files, and where.
use super::*;

/// Each entry is one kind of mistake.
const BAD: &str = r#"apiVersion: callboard.dev/v1
kind: Policy
rols: []
roles:
  - nme: developer
  - name: user:default/ada
  - name: a b
  - name: role:built-in/x
  - just text
  - name: 7
  - name: one
    description: [no]
    members: everyone
    membrs: []
  - name: role:default/one
  - name: two
    members: [evryone, ada, component:default/x, role:default/one, user:default/, 3]
    includes: [tree, "group:default/x"]
  - name: three
    includes: [four]
    rules: [allow]
  - name: four
    includes: [five]
  - name: five
    includes: [three, five]
  - name: rules
    rules:
      - {}
      - { allow: [] }
      - { allow: catalog.entity.read, deny: catalog.entity.read }
      - { allow: catalog.entity.reed }
      - { allow: [catalog-entity, catalog, "catlog.*", "catalog.entity.read.*", nothing, { a: b }] }
      - { alow: catalog.entity.read }
      - allow: catalog.entity.create
        when: { rule: IS_ENTITY_OWNER, params: { claims: [a] } }
      - allow: [catalog.entity.read, scaffolder.task.read]
        when: { rule: IS_ENTITY_OWNER, params: { claims: [a] } }
      - allow: "catalog.entity.*"
        when: { rule: IS_ENTITY_OWNER, params: { claims: [a] } }
  - name: conditions
    rules:
      - { allow: catalog.entity.read, when: IS_ENTITY_OWNER }
      - { allow: catalog.entity.read, when: {} }
      - { allow: catalog.entity.read, when: { anyOf: [], params: {} } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_OWNR } }
      - { allow: catalog.entity.read, when: { rule: IS_TASK_OWNER, params: { createdBy: [user:default/ada] } } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_OWNER } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_OWNER, resourceType: task, params: { claim: [] } } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_OWNER, params: { claims: [ada, $ownerRef, 1] } } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_OWNER, params: { claims: $ownerRefs } } }
      - { allow: catalog.entity.read, when: { rule: IS_ENTITY_KIND, params: { kinds: [] } } }
      - { allow: catalog.entity.read, when: { rule: HAS_LABEL, params: { label: tier, value: 1 } } }
      - { allow: catalog.entity.read, when: { rule: HAS_LABEL, params: { label: "", value: $ownerRefs } } }
      - { allow: catalog.entity.read, when: { rule: HAS_LABEL, params: [label] } }
      - { allow: scaffolder.action.execute, when: { rule: HAS_NUMBER_PROPERTY, params: { key: a.b, value: "1" } } }
  - name: expressions
    rules:
      - { allow: catalog.entity.create, if: 'size(user.groups) = 0' }
      - { allow: catalog.entity.create, if: 'user.grups == []' }
      - { allow: catalog.entity.create, if: 'entity.kind == "API"' }
      - { allow: catalog.entity.create, if: "user.ref" }
      - { allow: catalog.entity.create, if: 'user.ref.matches("x")' }
      - { allow: catalog.entity.create, if: 7 }
      - allow: catalog.entity.create
        if: >-
          true &&
          user == 'x'
---
apiVersion: callboard.dev/v2
kind: Policy
---
apiVersion: callboard.dev/v1
---
apiVersion: callboard.dev/v1
kind: Policy
---
- a
"#;

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    let (policy, found) = Policy::load(Sources {
        policies: vec![source("policy.yaml", BAD)],
        settings: enabled(),
        ..Sources::default()
    });
    assert!(policy.is_none());
    insta::assert_snapshot!(told(&found));
}

#[test]
fn spans_are_those_of_the_wrong_value() {
    let (_, found) = Policy::load(Sources {
        policies: vec![source("policy.yaml", BAD)],
        ..Sources::default()
    });
    let text = |code: &str| {
        let of_code = found.iter().filter(|problem| problem.code == code);
        let spans = of_code.filter_map(|problem| problem.span);
        spans
            .map(|span| &BAD[span.start.offset..span.end.offset])
            .collect::<Vec<_>>()
    };
    assert_eq!(text("POL005")[..3], ["rols", "nme", "membrs"]);
    assert_eq!(text("POL014"), ["IS_ENTITY_OWNR", "IS_TASK_OWNER"]);
    assert!(text("POL017").contains(&"entity"));
}

#[test]
fn long_values_and_expressions_are_refused_and_those_at_the_limit_are_not() {
    let value = |length: usize| {
        let value = "ä".repeat(length);
        own(&format!(
            "roles: [{{ name: a, rules: [{{ allow: catalog.entity.read, when: {{ rule: HAS_LABEL, params: {{ label: a, value: {value} }} }} }}] }}]\n"
        ))
    };
    assert!(Policy::load(value(200)).0.is_some());
    let (policy, found) = Policy::load(value(201));
    assert!(policy.is_none());
    assert_eq!(found[0].code, "POL016");
    let expression = |length: usize| {
        let expression = format!("true{}", " ".repeat(length - 4));
        own(&format!(
            "roles: [{{ name: a, rules: [{{ allow: catalog.entity.read, if: \"({expression})\" }}] }}]\n"
        ))
    };
    assert!(Policy::load(expression(1_998)).0.is_some());
    assert_eq!(Policy::load(expression(1_999)).1[0].code, "POL017");
}

#[test]
fn yaml_that_is_none_is_an_error() {
    let (policy, found) = Policy::load(own("roles: [\n"));
    assert!(policy.is_none());
    assert!(found[0].code.starts_with("YML"));
    let (policy, _) = Policy::load(Sources {
        policies: vec![source("policy.yaml", "")],
        ..Sources::default()
    });
    assert!(policy.is_none());
}

#[test]
fn the_list_of_problems_ends() {
    let rules = "{ allow: x },".repeat(2_000);
    let (_, found) = Policy::load(own(&format!("roles: [{{ name: a, rules: [{rules}] }}]\n")));
    assert_eq!(found.len(), 501);
    assert_eq!(found[500].code, "POL020");
}
