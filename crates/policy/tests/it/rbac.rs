//! The files of Backstage's RBAC plugin, as they are.
use callboard_policy::{Precedence, Who};
use serde_json::json;

use super::*;

const CSV: &str = r#"
# People who build things.
p, role:default/dev, catalog-entity, read, allow
p,role:default/dev,catalog.entity.create,create,allow
 p , "role:default/dev" ,  scaffolder-action , use , allow
p, role:default/dev, catalog-entity, delete, deny
p, role:default/lead, catalog-entity, delete, allow
p, role:default/lead, policy-entity, read, allow

g, group:default/team-a, role:default/dev
g, User:default/Ada, role:default/lead
g, role:default/lead, role:default/dev
"#;

const CONDITIONAL: &str = "
---
result: CONDITIONAL
roleEntityRef: role:default/dev
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [delete]
conditions:
  anyOf:
    - rule: IS_ENTITY_OWNER
      resourceType: catalog-entity
      params: { claims: [$currentUser] }
    - not:
        rule: HAS_ANNOTATION
        resourceType: catalog-entity
        params: { annotation: a/b }
---
result: CONDITIONAL
roleEntityRef: role:default/lead
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [{ name: catalog.entity.refresh, action: update }]
conditions: { rule: IS_ENTITY_KIND, resourceType: catalog-entity, params: { kinds: [API] } }
";

fn sources(with_conditions: bool, precedence: Precedence) -> Sources {
    let mut settings = enabled();
    settings.precedence = precedence;
    Sources {
        csv: Some(source("rbac.csv", CSV)),
        conditional: with_conditions.then(|| source("conditional.yaml", CONDITIONAL)),
        settings,
        ..Sources::default()
    }
}

fn ada() -> Who {
    user("ada", &[], &[])
}

#[test]
fn csv_gives_roles_rules_and_members() {
    let policy = load(sources(false, Precedence::Conditional));
    let dev = user("bob", &["team-a"], &[]);
    for name in [
        "catalog.entity.read",
        "catalog.entity.create",
        "scaffolder.action.execute",
    ] {
        assert!(allows(&policy, &dev, name), "{name}");
        assert!(allows(&policy, &ada(), name), "{name}");
        assert!(!allows(&policy, &user("eve", &[], &[]), name), "{name}");
    }
    assert!(!allows(&policy, &ada(), "catalog.entity.delete"));
    assert!(allows(&policy, &ada(), "policy.entity.read"));
    assert!(!allows(&policy, &dev, "policy.entity.read"));
    let reasons = decide(&policy, &dev, "catalog.entity.read").reasons;
    assert_eq!(
        (reasons[0].file.as_str(), reasons[0].line, reasons[0].column),
        ("rbac.csv", 3, 22)
    );
    assert_eq!(reasons[0].permission, "catalog-entity, read");
}

#[test]
fn a_conditional_policy_takes_precedence_over_the_csv_file() {
    let policy = load(sources(true, Precedence::Conditional));
    let rule = |rule: &str, params| json!({ "rule": rule, "resourceType": "catalog-entity", "params": params });
    let owner = rule("IS_ENTITY_OWNER", json!({ "claims": ["user:default/ada"] }));
    let annotated = rule("HAS_ANNOTATION", json!({ "annotation": "a/b" }));
    assert_eq!(
        condition(&policy, &ada(), "catalog.entity.delete"),
        json!({ "anyOf": [owner, { "not": annotated }] })
    );
    let reasons = decide(&policy, &ada(), "catalog.entity.delete").reasons;
    let basic: Vec<_> = reasons
        .iter()
        .filter(|reason| reason.file == "rbac.csv")
        .collect();
    assert_eq!(basic.len(), 2);
    assert!(
        basic
            .iter()
            .all(|reason| !reason.counts && reason.note.is_some())
    );
    // Only for the permission that the conditional policy is about.
    assert!(allows(&policy, &ada(), "catalog.entity.read"));
    assert_eq!(
        condition(&policy, &ada(), "catalog.entity.refresh"),
        rule("IS_ENTITY_KIND", json!({ "kinds": ["API"] }))
    );
}

#[test]
fn the_csv_file_takes_precedence_if_it_is_configured() {
    let policy = load(sources(true, Precedence::Basic));
    assert!(!allows(&policy, &ada(), "catalog.entity.delete"));
    let reasons = decide(&policy, &ada(), "catalog.entity.delete").reasons;
    let conditional = reasons
        .iter()
        .find(|reason| reason.file == "conditional.yaml");
    assert!(!conditional.unwrap().counts);
    condition(&policy, &ada(), "catalog.entity.refresh");
}

#[test]
fn policy_files_of_ours_count_beside_them() {
    let mut all = sources(true, Precedence::Conditional);
    all.policies = own("
roles:
  - name: more
    members: [everyone]
    rules: [{ allow: catalog.entity.delete }, { deny: catalog.entity.create }]
")
    .policies;
    let policy = load(all);
    assert!(allows(&policy, &ada(), "catalog.entity.delete"));
    assert!(!allows(&policy, &ada(), "catalog.entity.create"));
}

#[test]
fn what_no_plugin_here_asks_for_is_a_warning() {
    let (policy, found) = Policy::load(Sources {
        csv: Some(source(
            "rbac.csv",
            "p, role:default/a, tech-insights.check.read, read, allow\np, role:default/a, catalog.entity.read, update, allow\ng, group:default/a, role:default/a\n",
        )),
        conditional: Some(source(
            "conditional.yaml",
            "{ result: CONDITIONAL, roleEntityRef: role:default/a, pluginId: orchestrator, resourceType: workflow, permissionMapping: [read], conditions: { rule: X, params: {} } }",
        )),
        settings: enabled(),
        ..Sources::default()
    });
    insta::assert_snapshot!(told(&found));
    // The rule holds all the same, should a program ask for it.
    let policy = policy.unwrap();
    let mut asked = Asked {
        permission: "tech-insights.check.read",
        action: Some(callboard_policy::Action::Read),
        resource_type: None,
    };
    let who = user("ada", &["a"], &[]);
    assert_eq!(policy.decision(&who, &asked), Decision::Allow);
    assert_eq!(policy.decide(&who, &asked).decision, Decision::Allow);
    asked.action = None;
    assert_eq!(policy.decision(&who, &asked), Decision::Deny);
}

#[test]
fn wrong_lines_are_errors_at_their_place() {
    let csv = "\
p, role:default/a, catalog-entity, read
g, user:default/ada
x, y
p, user:default/ada, catalog-entity, read, allow
p, role:default/a, catalog-entity, watch, allow
p, role:default/a, catalog-entity, read, allowed
p, role:default/a, , read, allow
p, \"role:default/a, catalog-entity, read, allow
p, \"role:default/a\" x, catalog-entity, read, allow
g, ada, role:default/a
g, group:default/a, group:default/b
g, role:default/a, role:default/b
g, role:default/b, role:default/a
p, rôle:x, a, b, c, d, e, f, g
";
    let (policy, found) = Policy::load(Sources {
        csv: Some(source("rbac.csv", csv)),
        settings: enabled(),
        ..Sources::default()
    });
    assert!(policy.is_none());
    insta::assert_snapshot!(told(&found));
}

#[test]
fn wrong_conditional_policies_are_errors_at_their_place() {
    let text = "
result: ALLOW
roleEntityRef: dev/
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [read, watch, { name: catalog.entity.read }]
conditions: { anyOf: [], not: {} }
more: true
---
result: CONDITIONAL
roleEntityRef: role:default/dev
pluginId: scaffolder
resourceType: catalog-entity
---
- result
";
    let (policy, found) = Policy::load(Sources {
        conditional: Some(source("conditional.yaml", text)),
        settings: enabled(),
        ..Sources::default()
    });
    assert!(policy.is_none());
    insta::assert_snapshot!(told(&found));
}
