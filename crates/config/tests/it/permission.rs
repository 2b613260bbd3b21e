//! The section `permission`, and the policy files.
use std::path::Path;

use callboard_config::{Permission, Rbac};

use crate::sandbox::{Sandbox, config, problems};

#[test]
fn permissions_are_off_by_default() {
    let config = config("{}");
    assert_eq!(config.permission, Permission::default());
    assert!(!config.permission.enabled && config.callboard.policy_files.is_empty());
    assert!(config.permission.rbac.csv_candidates().is_empty());
}

#[test]
fn the_settings_of_the_rbac_plugin_are_read() {
    let text = "
permission:
  enabled: true
  rbac:
    admin:
      users: [{ name: user:default/ada }, { name: group:default/admins }]
      superUsers: [{ name: user:default/root }]
    policyFileReload: true
    maxDepth: 2
    policyDecisionPrecedence: basic
    defaultPermissions:
      defaultRole: role:default/everyone
      basicPermissions:
        - { permission: catalog.entity.read, action: read }
        - { permission: kubernetes.proxy, action: use }
        - { permission: catalog-entity }
";
    let permission = config(text).permission;
    assert!(permission.enabled);
    let rbac = permission.rbac;
    assert_eq!(rbac.admins, ["user:default/ada", "group:default/admins"]);
    assert_eq!(rbac.super_users, ["user:default/root"]);
    assert!(rbac.policy_file_reload && rbac.precedence_basic);
    assert_eq!(rbac.max_depth, Some(2));
    assert_eq!(rbac.default_role.as_deref(), Some("role:default/everyone"));
    let permissions = [
        ("catalog.entity.read".to_owned(), Some("read".to_owned())),
        ("kubernetes.proxy".to_owned(), None),
        ("catalog-entity".to_owned(), None),
    ];
    assert_eq!(rbac.default_permissions, permissions);
}

#[test]
fn files_are_found_from_the_file_that_names_them() {
    let main = "
permission: { rbac: { policies-csv-file: ../rbac/policy.csv, conditionalPoliciesFile: /etc/conditions.yaml } }
callboard: { policy: { files: [policy.yaml, ../shared/policy.yaml, /etc/policy.yaml] } }
";
    let sandbox = Sandbox::new(&[("config/app-config.yaml", main)]);
    let file = sandbox.path().join("config/app-config.yaml");
    let sources = sandbox.sources().with_files([&file]);
    let config = callboard_config::load(&sources)
        .config
        .expect("there is no error");
    let below = |path: &str| sandbox.path().join(path);
    assert_eq!(
        config.callboard.policy_files,
        [
            below("config/policy.yaml"),
            below("shared/policy.yaml"),
            "/etc/policy.yaml".into()
        ]
    );
    let rbac: Rbac = config.permission.rbac;
    assert_eq!(
        rbac.policies_csv_file.as_deref(),
        Some(Path::new("../rbac/policy.csv"))
    );
    assert_eq!(
        rbac.csv_candidates(),
        [below("rbac/policy.csv"), "../rbac/policy.csv".into()]
    );
    assert_eq!(
        rbac.conditional_candidates(),
        [Path::new("/etc/conditions.yaml")]
    );
}

#[test]
fn a_file_named_by_a_variable_starts_at_the_current_folder() {
    let sandbox = Sandbox::new(&[]).with("APP_CONFIG_callboard_policy_files", r#"["a/../b.yaml"]"#);
    let config = sandbox.load().config.expect("there is no error");
    assert_eq!(config.callboard.policy_files, [Path::new("b.yaml")]);
}

#[test]
fn wrong_settings_are_reported_with_their_place() {
    let text = "
permission:
  enabled: maybe
  rbac:
    admin: { users: [{ name: ada }, {}], superUsers: [user:default/root] }
    policies-csv-file: ''
    maxDepth: -1
    policyDecisionPrecedence: both
    defaultPermissions: { defaultRole: everyone, basicPermissions: [{ action: run }] }
    pluginsWithPermission: [catalog]
callboard: { policy: { files: policy.yaml } }
";
    let entity = "expected a reference such as `user:default/ada`";
    let expected = [
        "CFG002 app-config.yaml:3:12: `permission.enabled` is \"maybe\", expected `true` or `false`".to_owned(),
        format!("CFG002 app-config.yaml:5:30: `permission.rbac.admin.users[0].name` is \"ada\", {entity}"),
        format!("CFG002 app-config.yaml:5:37: `permission.rbac.admin.users[1]` has no `name`, {entity}"),
        "CFG002 app-config.yaml:5:55: `permission.rbac.admin.superUsers[0]` is \"user:default/root\", expected a map".to_owned(),
        "CFG002 app-config.yaml:6:24: `permission.rbac.policies-csv-file` is empty, expected text".to_owned(),
        "CFG002 app-config.yaml:7:15: `permission.rbac.maxDepth` is -1, expected a whole number".to_owned(),
        "CFG002 app-config.yaml:8:31: `permission.rbac.policyDecisionPrecedence` is \"both\", expected one of `conditional`, `basic`".to_owned(),
        format!("CFG002 app-config.yaml:9:40: `permission.rbac.defaultPermissions.defaultRole` is \"everyone\", {entity}"),
        "CFG002 app-config.yaml:9:71: `permission.rbac.defaultPermissions.basicPermissions[0]` has no `permission`, expected text".to_owned(),
        "CFG002 app-config.yaml:9:79: `permission.rbac.defaultPermissions.basicPermissions[0].action` is \"run\", expected one of `create`, `read`, `update`, `delete`, `use`".to_owned(),
        "CFG008 app-config.yaml:10:5: `permission.rbac.pluginsWithPermission` is known to Backstage, but Callboard does not use it".to_owned(),
        "CFG002 app-config.yaml:11:31: `callboard.policy.files` is \"policy.yaml\", expected a list".to_owned(),
    ];
    let found = problems(text);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}
