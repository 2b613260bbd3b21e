//! Large policies: a thousand roles are read, and questions are answered in no time.
use std::fmt::Write as _;

use super::*;

fn large(roles: usize, rules: usize) -> String {
    let mut text = String::from("roles:\n");
    for role in 0..roles {
        writeln!(text, "  - name: role-{role}\n    members: [group:default/g{role}, user:default/u{role}]\n    rules:").expect("it is memory");
        for rule in 0..rules {
            let kind = rule % 5;
            let line = match kind {
                0 => "allow: [catalog.entity.create, catalog.location.read]".to_owned(),
                1 => "{ allow: catalog.entity.delete, when: { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } } }".to_owned(),
                2 => format!("{{ allow: catalog.entity.read, when: {{ rule: HAS_LABEL, params: {{ label: team, value: t{role}-{rule} }} }} }}"),
                3 => "{ allow: kubernetes.*, if: 'size(user.groups) > 0' }".to_owned(),
                _ => "{ deny: catalog.location.delete }".to_owned(),
            };
            writeln!(text, "      - {line}").expect("it is memory");
        }
    }
    text
}

#[test]
fn a_thousand_roles_with_ten_rules_are_read_and_their_members_found() {
    let policy = load(own(&large(1_000, 10)));
    assert_eq!(policy.roles().len(), 1_000);
    for at in [0, 1, 499, 998, 999] {
        let (name, group) = (format!("u{at}"), format!("g{at}"));
        for who in [
            user(&name, &[], &[]),
            user("x", &[&group], &[]),
            user("x", &["y"], &[&group]),
        ] {
            assert!(allows(&policy, &who, "catalog.entity.create"));
            let reasons = decide(&policy, &who, "catalog.entity.create").reasons;
            assert!(
                reasons
                    .iter()
                    .all(|reason| reason.role == format!("role:default/role-{at}"))
            );
        }
    }
    assert!(!allows(
        &policy,
        &user("u1000", &["g1000"], &[]),
        "catalog.entity.create"
    ));
}

#[test]
fn somebody_with_a_thousand_roles_is_answered_too() {
    let policy = load(own(&large(1_000, 10)));
    let groups: Vec<_> = (0..1_000).map(|at| format!("g{at}")).collect();
    let groups: Vec<_> = groups.iter().map(String::as_str).collect();
    let who = user("x", &groups, &[]);
    assert!(allows(&policy, &who, "catalog.entity.create"));
    let found = condition(&policy, &who, "catalog.entity.read");
    assert_eq!(found["anyOf"].as_array().unwrap().len(), 2_000);
    // The same condition a thousand times is one.
    let found = condition(&policy, &who, "catalog.entity.delete");
    assert_eq!(found["rule"], "IS_ENTITY_OWNER");
}

#[test]
fn a_policy_can_be_asked_from_many_threads() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    shared(&load(own("roles: []\n")));
}
