//! What holds without policy files, and for those who look after the portal.
use callboard_policy::{PERMISSIONS, Policy, Settings, Sources, Who};

use super::*;

fn staffed(enabled: bool) -> Settings {
    Settings {
        enabled,
        admins: vec!["group:default/admins".to_owned()],
        super_users: vec!["User:default/Root".to_owned()],
        ..Settings::default()
    }
}

fn with(settings: Settings) -> Policy {
    load(Sources {
        settings,
        ..Sources::default()
    })
}

/// The names of what somebody may do.
fn allowed(policy: &Policy, who: &Who) -> Vec<&'static str> {
    let names = PERMISSIONS.iter().map(|known| known.name);
    names.filter(|name| allows(policy, who, name)).collect()
}

fn ordinary() -> usize {
    PERMISSIONS
        .iter()
        .filter(|known| !known.is_administrative())
        .count()
}

#[test]
fn switched_off_allows_everybody_what_does_not_concern_the_portal() {
    let policy = with(staffed(false));
    assert!(policy.is_allow_all());
    for who in [Who::default(), user("ada", &[], &["admins"])] {
        let names = allowed(&policy, &who);
        assert_eq!(names.len(), ordinary());
        assert!(!names.contains(&"callboard.audit.read"));
    }
    for who in [user("ada", &["admins"], &[]), user("root", &[], &[])] {
        assert_eq!(allowed(&policy, &who).len(), PERMISSIONS.len());
    }
    let verdict = decide(&policy, &Who::default(), "catalog.entity.read");
    assert_eq!(verdict.reasons.len(), 1);
    assert_eq!(verdict.reasons[0].via, "anonymous");
    assert_eq!(verdict.reasons[0].file, "built-in");
}

#[test]
fn without_files_those_who_signed_in_may_do_what_is_ordinary() {
    let policy = with(staffed(true));
    assert!(!policy.is_allow_all());
    assert!(allowed(&policy, &Who::default()).is_empty());
    assert_eq!(allowed(&policy, &user("ada", &[], &[])).len(), ordinary());
    let admin = user("ada", &["admins"], &[]);
    assert_eq!(allowed(&policy, &admin).len(), PERMISSIONS.len());
}

#[test]
fn with_files_admins_may_look_after_policies_and_super_users_may_do_everything() {
    let mut sources = own("
roles:
  - name: nobody
    members: [everyone]
    rules: [{ deny: '*' }]
");
    sources.settings = staffed(true);
    let policy = load(sources);
    assert!(allowed(&policy, &user("ada", &["admins"], &[])).is_empty());
    assert_eq!(
        allowed(&policy, &user("root", &[], &[])).len(),
        PERMISSIONS.len()
    );
    let verdict = decide(&policy, &user("root", &[], &[]), "catalog.entity.read");
    let counting: Vec<_> = verdict
        .reasons
        .iter()
        .filter(|reason| reason.counts)
        .collect();
    assert_eq!(counting.len(), 1);
    assert_eq!(counting[0].via, "user:default/root");

    let mut sources = own("roles: []\n");
    sources.settings = staffed(true);
    let policy = load(sources);
    assert_eq!(
        allowed(&policy, &user("ada", &["admins"], &[])),
        [
            "catalog.entity.read",
            "catalog.location.read",
            "policy.entity.create",
            "policy.entity.read",
            "policy.entity.update",
            "policy.entity.delete",
            "callboard.audit.read"
        ]
    );
    assert!(allowed(&policy, &user("ada", &[], &["admins"])).is_empty());
}

#[test]
fn the_default_role_is_everybodys_who_signed_in() {
    let policy = with(Settings {
        default_role: Some("role:default/all".to_owned()),
        default_permissions: vec![
            (
                "catalog-entity".to_owned(),
                Some(callboard_policy::Action::Read),
            ),
            ("catalog.location.analyze".to_owned(), None),
        ],
        ..enabled()
    });
    let ada = user("ada", &[], &[]);
    assert_eq!(
        allowed(&policy, &ada),
        ["catalog.entity.read", "catalog.location.analyze"]
    );
    assert!(allowed(&policy, &Who::default()).is_empty());
    let verdict = decide(&policy, &ada, "catalog.entity.read");
    assert_eq!(verdict.reasons[0].file, "app-config.yaml");
    assert_eq!(verdict.reasons[0].via, "everyone");
}

#[test]
fn roles_are_listed_with_their_members_and_places() {
    let mut sources = own("
roles:
  - name: role:default/developer
    description: Builds things.
    members: [everyone, user:ada, user:default/ada]
    includes: [viewer]
    rules: [{ allow: [catalog.entity.read, catalog.entity.create] }, { deny: kubernetes.proxy }]
  - name: viewer
");
    sources.settings = staffed(true);
    let policy = load(sources);
    let roles = policy.roles();
    let names: Vec<_> = roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "role:default/developer",
            "role:default/viewer",
            "role:default/rbac_admin",
            "role:built-in/super-users"
        ]
    );
    assert_eq!(roles[0].description.as_deref(), Some("Builds things."));
    assert_eq!(roles[0].members, ["everyone", "user:default/ada"]);
    assert_eq!(roles[0].includes, ["role:default/viewer"]);
    assert_eq!((roles[0].rules, roles[0].line, roles[1].line), (3, 5, 10));
    assert_eq!(roles[0].file, "policy.yaml");
    assert_eq!((roles[2].file.as_str(), roles[2].line), ("built-in", 0));
}

#[test]
fn wrong_settings_are_errors() {
    let (policy, found) = Policy::load(Sources {
        settings: Settings {
            admins: vec!["ada".to_owned()],
            super_users: vec!["everyone".to_owned()],
            default_role: Some("user:default/ada".to_owned()),
            ..enabled()
        },
        ..Sources::default()
    });
    assert!(policy.is_none());
    let places: Vec<_> = found.iter().map(Diagnostic::place).collect();
    assert_eq!(places, ["app-config.yaml"; 3], "{}", told(&found));
}
