//! What policy files of ours decide.
use callboard_policy::{Effect, Who, differs};
use serde_json::json;

use super::*;

const POLICY: &str = r#"
roles:
  - name: viewer
    members: [anonymous, everyone]
    rules:
      - allow: catalog.entity.read
        when: { not: { rule: HAS_LABEL, params: { label: secret } } }
  - name: role:default/developer
    members: [group:default/engineering, User:Default/Ada]
    includes: [operator]
    rules:
      - allow: [catalog.entity.create, "catalog.location.*"]
      - allow: [catalog.entity.delete, catalog.entity.refresh]
        when: { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }
      - deny: [catalog.location.create]
        if: 'size(user.groups) == 0 || user.ref.startsWith("user:guest/")'
  - name: operator
    rules:
      - allow: kubernetes.*
      - deny: kubernetes.proxy
        if: permission.action == 'use' && !('group:default/root' in user.groups)
  - name: auditor
    members: [group:default/security]
    rules:
      - allow: catalog.entity.read
      - deny: catalog.entity.read
        when:
          anyOf:
            - { rule: IS_ENTITY_KIND, params: { kinds: [User] } }
            - { rule: HAS_ANNOTATION, resourceType: catalog-entity, params: { annotation: a/b, value: c } }
"#;

fn policy() -> Policy {
    load(own(POLICY))
}

fn rule(rule: &str, params: serde_json::Value) -> serde_json::Value {
    json!({ "rule": rule, "resourceType": "catalog-entity", "params": params })
}

#[test]
fn who_has_no_role_may_do_nothing() {
    let policy = policy();
    for name in [
        "catalog.entity.create",
        "scaffolder.task.create",
        "callboard.audit.read",
    ] {
        assert!(!allows(&policy, &user("eve", &[], &[]), name));
        assert!(
            decide(&policy, &user("eve", &[], &[]), name)
                .reasons
                .is_empty()
        );
    }
}

#[test]
fn a_role_is_had_by_name_by_group_and_by_group_further_up() {
    let policy = policy();
    let name = "catalog.entity.create";
    let via = |who: &Who| decide(&policy, who, name).reasons[0].via.clone();
    assert_eq!(via(&user("ada", &["engineering"], &[])), "user:default/ada");
    assert_eq!(
        via(&user("bob", &["engineering"], &[])),
        "group:default/engineering"
    );
    assert_eq!(
        via(&user("bob", &["a"], &["b", "engineering"])),
        "group:default/engineering"
    );
    assert!(!allows(&policy, &user("bob", &["engineers"], &[]), name));
    let mut sources = own(POLICY);
    sources.settings.max_depth = Some(2);
    let policy = load(sources);
    assert!(allows(
        &policy,
        &user("bob", &["a"], &["engineering"]),
        name
    ));
    assert!(!allows(
        &policy,
        &user("bob", &["a"], &["b", "engineering"]),
        name
    ));
}

#[test]
fn everyone_is_not_anonymous_and_anonymous_is_not_everyone() {
    let policy = load(own("
roles:
  - { name: a, members: ['*'], rules: [{ allow: catalog.location.read }] }
  - { name: b, members: [anonymous], rules: [{ allow: catalog.entity.create }] }
"));
    let ada = user("ada", &[], &[]);
    assert!(allows(&policy, &ada, "catalog.location.read"));
    assert!(!allows(&policy, &ada, "catalog.entity.create"));
    assert!(!allows(&policy, &Who::default(), "catalog.location.read"));
    assert!(allows(&policy, &Who::default(), "catalog.entity.create"));
}

#[test]
fn conditions_name_the_user_and_follow_the_permission() {
    let policy = policy();
    let found = condition(
        &policy,
        &user("ada", &["x"], &["y"]),
        "catalog.entity.delete",
    );
    let claims = json!({ "claims": ["user:default/ada", "group:default/x"] });
    assert_eq!(found, rule("IS_ENTITY_OWNER", claims));
    let secret = rule("HAS_LABEL", json!({ "label": "secret" }));
    let found = condition(&policy, &Who::default(), "catalog.entity.read");
    assert_eq!(found, json!({ "not": secret }));
}

#[test]
fn what_is_denied_is_taken_out_of_what_is_allowed() {
    let policy = policy();
    let user_kind = rule("IS_ENTITY_KIND", json!({ "kinds": ["User"] }));
    let annotated = rule(
        "HAS_ANNOTATION",
        json!({ "annotation": "a/b", "value": "c" }),
    );
    let found = condition(
        &policy,
        &user("ada", &["security"], &[]),
        "catalog.entity.read",
    );
    assert_eq!(found, json!({ "not": { "anyOf": [user_kind, annotated] } }));
}

#[test]
fn allows_and_denies_with_conditions_make_the_smallest_tree() {
    let kind = |name: &str| format!("{{ rule: IS_ENTITY_KIND, params: {{ kinds: [{name}] }} }}");
    let text = format!(
        "
roles:
  - name: a
    members: [everyone]
    rules:
      - {{ allow: catalog.entity.read, when: {a} }}
      - {{ allow: catalog.entity.read, when: {b} }}
      - {{ allow: catalog.entity.read, when: {a} }}
      - {{ deny: catalog.entity.read, when: {c} }}
",
        a = kind("API"),
        b = kind("Group"),
        c = kind("User"),
    );
    let found = condition(
        &load(own(&text)),
        &user("ada", &[], &[]),
        "catalog.entity.read",
    );
    let kind = |name: &str| rule("IS_ENTITY_KIND", json!({ "kinds": [name] }));
    let wanted =
        json!({ "allOf": [{ "anyOf": [kind("API"), kind("Group")] }, { "not": kind("User") }] });
    assert_eq!(found, wanted);
}

#[test]
fn expressions_decide_whether_a_rule_counts() {
    let policy = policy();
    let engineer = user("bob", &["engineering"], &[]);
    assert!(allows(&policy, &engineer, "catalog.location.create"));
    let guest = Who {
        user: Some("user:guest/eve".to_owned()),
        ..engineer.clone()
    };
    let verdict = decide(&policy, &guest, "catalog.location.create");
    assert_eq!(verdict.decision, Decision::Deny);
    let (allow, deny) = (&verdict.reasons[0], &verdict.reasons[1]);
    assert_eq!((allow.effect, allow.counts), (Effect::Allow, false));
    assert_eq!(allow.permission, "catalog.location.*");
    assert_eq!((deny.effect, deny.counts), (Effect::Deny, true));
    assert_eq!(
        (deny.file.as_str(), deny.line, deny.column),
        ("policy.yaml", 17, 16)
    );
    let verdict = decide(&policy, &engineer, "catalog.location.create");
    assert!(!verdict.reasons[1].counts);
    assert_eq!(
        verdict.reasons[1].note.as_deref(),
        Some("its `if` does not hold")
    );
}

#[test]
fn what_another_role_includes_is_had_too() {
    let policy = policy();
    let ada = user("ada", &[], &["root"]);
    assert!(allows(&policy, &ada, "kubernetes.proxy"));
    let bob = user("bob", &["engineering"], &[]);
    assert!(!allows(&policy, &bob, "kubernetes.proxy"));
    let verdict = decide(&policy, &bob, "kubernetes.clusters.read");
    assert_eq!(verdict.decision, Decision::Allow);
    assert_eq!(verdict.reasons[0].role, "role:default/operator");
    assert!(
        verdict.reasons[0]
            .note
            .as_deref()
            .unwrap()
            .contains("role:default/developer")
    );
}

#[test]
fn an_expression_that_fails_allows_nothing_and_denies() {
    let policy = load(own("
roles:
  - name: a
    members: [everyone]
    rules:
      - { allow: [catalog.entity.create, catalog.location.read] }
      - { allow: scaffolder.task.create, if: 'user.groups[5] == user.ref' }
      - { deny: catalog.entity.create, if: 'user.groups[5] == user.ref' }
"));
    let ada = user("ada", &["x"], &[]);
    assert!(allows(&policy, &ada, "catalog.location.read"));
    assert!(!allows(&policy, &ada, "scaffolder.task.create"));
    assert!(!allows(&policy, &ada, "catalog.entity.create"));
    let reasons = decide(&policy, &ada, "scaffolder.task.create").reasons;
    assert!(
        reasons[0]
            .note
            .as_deref()
            .unwrap()
            .contains("cannot be decided")
    );
    assert!(!reasons[0].counts);
}

#[test]
fn a_condition_about_nobody_allows_nothing_and_denies() {
    let of_user = "{ rule: HAS_LABEL, params: { label: owner, value: $currentUser } }";
    let policy = load(own(&format!(
        "
roles:
  - name: a
    members: [anonymous]
    rules:
      - {{ allow: catalog.entity.read, when: {{ not: {of_user} }} }}
      - {{ allow: catalog.entity.delete }}
      - {{ deny: catalog.entity.delete, when: {of_user} }}
      - {{ allow: catalog.entity.refresh, when: {{ rule: IS_ENTITY_OWNER, params: {{ claims: [$ownerRefs] }} }} }}
"
    )));
    for name in [
        "catalog.entity.read",
        "catalog.entity.delete",
        "catalog.entity.refresh",
    ] {
        assert!(!allows(&policy, &Who::default(), name), "{name}");
    }
}

#[test]
fn a_permission_with_another_type_than_it_has_is_not_allowed_by_its_condition() {
    let policy = policy();
    let ada = user("ada", &[], &[]);
    let odd = Asked {
        resource_type: None,
        ..asked("catalog.entity.delete")
    };
    assert_eq!(policy.decision(&ada, &odd), Decision::Deny);
    assert_eq!(policy.decide(&ada, &odd).decision, Decision::Deny);
}

#[test]
fn two_policies_are_compared_by_what_they_decide() {
    let (old, new) = (policy(), load(own("roles: []\n")));
    let ada = user("ada", &[], &[]);
    assert_eq!(
        differs(&old, &new, &ada, &asked("catalog.entity.create")),
        Some((Decision::Allow, Decision::Deny))
    );
    assert_eq!(
        differs(&old, &new, &ada, &asked("scaffolder.task.create")),
        None
    );
    assert_eq!(
        differs(&old, &old, &ada, &asked("catalog.entity.read")),
        None
    );
}

#[test]
fn several_files_and_documents_are_one_policy() {
    let mut sources = own("
roles: [{ name: a, members: [everyone], includes: [c] }]
---
apiVersion: callboard.dev/v1
kind: Policy
roles: [{ name: b, rules: [{ allow: catalog.entity.create }] }]
");
    let other = own("roles: [{ name: c, includes: [b] }]\n").policies;
    sources.policies.extend(other);
    assert!(allows(
        &load(sources),
        &user("ada", &[], &[]),
        "catalog.entity.create"
    ));
}
