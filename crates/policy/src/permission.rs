//! The permissions that Callboard knows: Backstage's, those of its RBAC plugin, and its own.
use serde::{Deserialize, Serialize};

/// What somebody does to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Makes it.
    Create,
    /// Looks at it.
    Read,
    /// Changes it.
    Update,
    /// Removes it.
    Delete,
}

impl Action {
    /// Returns Backstage's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// Reads Backstage's word for it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "create" => Some(Self::Create),
            "read" => Some(Self::Read),
            "update" => Some(Self::Update),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// One thing that can be allowed or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Name, such as `catalog.entity.read`.
    pub name: &'static str,
    /// The action it carries, if it carries one.
    pub action: Option<Action>,
    /// The type of the things that conditions can tell apart; absent for a basic permission.
    pub resource_type: Option<&'static str>,
    /// The plugin that owns it.
    pub plugin: &'static str,
    /// What it lets somebody do, in plain words.
    pub what: &'static str,
}

impl Permission {
    /// Tells whether it is about the portal itself, so that it is never allowed to everybody by default.
    #[must_use]
    pub fn is_administrative(&self) -> bool {
        is_administrative(self.name)
    }
}

/// Tells whether a permission of this name is about the portal itself.
pub(crate) fn is_administrative(name: &str) -> bool {
    name == "callboard.audit.read"
        || name == "catalog.ingestion.manage"
        || name.starts_with("policy.entity.")
        || name.starts_with("devtools.")
}

/// Returns the permission with a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|known| known.name == name)
}

/// Builds a permission without conditions; a row of the table.
const fn basic(
    plugin: &'static str,
    name: &'static str,
    action: Option<Action>,
    what: &'static str,
) -> Permission {
    Permission {
        name,
        action,
        resource_type: None,
        plugin,
        what,
    }
}

/// Builds a permission whose things can be told apart; a row of the table.
const fn of_type(
    resource_type: &'static str,
    plugin: &'static str,
    name: &'static str,
    action: Option<Action>,
    what: &'static str,
) -> Permission {
    Permission {
        name,
        action,
        resource_type: Some(resource_type),
        plugin,
        what,
    }
}

const CREATE: Option<Action> = Some(Action::Create);
const READ: Option<Action> = Some(Action::Read);
const UPDATE: Option<Action> = Some(Action::Update);
const DELETE: Option<Action> = Some(Action::Delete);

const ENTITY: &str = "catalog-entity";
const SCAFFOLDER_ACTION: &str = "scaffolder-action";
const TEMPLATE: &str = "scaffolder-template";
const TASK: &str = "scaffolder-task";

/// All known permissions, those of one plugin together.
#[rustfmt::skip]
pub const PERMISSIONS: &[Permission] = &[
    basic("catalog", "catalog.entity.create", CREATE, "Register entities in the catalog"),
    of_type(ENTITY, "catalog", "catalog.entity.read", READ, "See entities of the catalog"),
    of_type(ENTITY, "catalog", "catalog.entity.delete", DELETE, "Remove entities from the catalog"),
    of_type(ENTITY, "catalog", "catalog.entity.refresh", UPDATE, "Have entities read again from their source"),
    basic("catalog", "catalog.entity.validate", None, "Check an entity without registering it"),
    basic("catalog", "catalog.location.read", READ, "See the locations that the catalog reads"),
    basic("catalog", "catalog.location.create", CREATE, "Register a location"),
    basic("catalog", "catalog.location.analyze", None, "Ask what a location would bring"),
    basic("catalog", "catalog.location.delete", DELETE, "Remove a location"),
    basic("catalog", "catalog.ingestion.read", READ, "See what the catalog could not process"),
    basic("catalog", "catalog.ingestion.manage", UPDATE, "Steer how the catalog reads its sources"),
    of_type(SCAFFOLDER_ACTION, "scaffolder", "scaffolder.action.execute", None, "Run an action as a step of a template"),
    of_type(TEMPLATE, "scaffolder", "scaffolder.template.parameter.read", READ, "See the parameters of a template"),
    of_type(TEMPLATE, "scaffolder", "scaffolder.template.step.read", READ, "See the steps of a template"),
    basic("scaffolder", "scaffolder.template.dry-run", None, "Try a template without effect"),
    basic("scaffolder", "scaffolder.template.management", None, "Use the tools for writing templates"),
    basic("scaffolder", "scaffolder.task.create", CREATE, "Start a task from a template"),
    of_type(TASK, "scaffolder", "scaffolder.task.read", READ, "See tasks and their logs"),
    of_type(TASK, "scaffolder", "scaffolder.task.cancel", None, "Stop a running task"),
    basic("kubernetes", "kubernetes.clusters.read", READ, "See the list of clusters"),
    basic("kubernetes", "kubernetes.resources.read", READ, "See what runs in clusters"),
    basic("kubernetes", "kubernetes.proxy", None, "Send requests to clusters"),
    basic("devtools", "devtools.administer", READ, "Use all tools for running the portal"),
    basic("devtools", "devtools.info", READ, "See versions and facts about the portal"),
    basic("devtools", "devtools.config", READ, "See the configuration of the portal"),
    basic("devtools", "devtools.external-dependencies", READ, "See whether other services can be reached"),
    basic("devtools", "devtools.scheduler.read", READ, "See scheduled jobs"),
    basic("devtools", "devtools.scheduler.trigger", None, "Start scheduled jobs"),
    basic("rbac", "policy.entity.create", CREATE, "Add roles and rules"),
    basic("rbac", "policy.entity.read", READ, "See roles and rules"),
    basic("rbac", "policy.entity.update", UPDATE, "Change roles and rules"),
    basic("rbac", "policy.entity.delete", DELETE, "Remove roles and rules"),
    basic("callboard", "callboard.audit.read", READ, "Read the audit log"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_are_found() {
        for permission in PERMISSIONS {
            assert_eq!(find(permission.name), Some(permission));
            assert!(permission.name.starts_with(match permission.plugin {
                "rbac" => "policy.",
                plugin => plugin,
            }));
        }
        assert_eq!(find("catalog.entity.reed"), None);
    }

    #[test]
    fn words_of_actions_are_read_back() {
        for permission in PERMISSIONS {
            let Some(action) = permission.action else {
                continue;
            };
            assert_eq!(Action::parse(action.as_str()), Some(action));
            let json = serde_json::to_value(action).unwrap();
            assert_eq!(json, action.as_str());
        }
        assert_eq!(Action::parse("use"), None);
    }
}
