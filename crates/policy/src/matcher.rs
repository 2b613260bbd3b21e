//! Which permissions a rule is about.
use crate::{Action, Asked, permission::is_administrative};

/// A pattern for permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Matcher {
    /// All.
    All,
    /// All that do not concern the portal itself.
    Ordinary,
    /// All that do concern the portal itself.
    Administrative,
    /// Those whose name starts with this text, which ends with a dot.
    Prefix(String),
    /// The one with this name.
    Name(String),
    /// As in the RBAC plugin: this name or type of thing, with this action.
    Action {
        /// Name of a permission or of a type of thing.
        of: String,
        /// The action; absent for `use`.
        action: Option<Action>,
    },
}

impl Matcher {
    /// Reads a pattern of our policy files.
    pub(crate) fn read(pattern: &str) -> Self {
        match pattern.strip_suffix('*') {
            Some("") => Self::All,
            Some(prefix) if prefix.ends_with('.') => Self::Prefix(prefix.to_owned()),
            _ => Self::Name(pattern.to_owned()),
        }
    }

    /// Tells whether a permission is among those meant.
    pub(crate) fn matches(&self, asked: &Asked<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Ordinary => !is_administrative(asked.permission),
            Self::Administrative => is_administrative(asked.permission),
            Self::Prefix(prefix) => asked.permission.starts_with(prefix.as_str()),
            Self::Name(name) => asked.permission == name,
            Self::Action { of, action } => {
                (asked.permission == of || asked.resource_type == Some(of.as_str()))
                    && asked.action == *action
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PERMISSIONS;

    fn names(matcher: &Matcher) -> Vec<&'static str> {
        let found = PERMISSIONS
            .iter()
            .filter(|known| matcher.matches(&Asked::from(*known)));
        found.map(|known| known.name).collect()
    }

    #[test]
    fn patterns_are_a_name_a_start_or_all() {
        assert_eq!(
            names(&Matcher::read("catalog.entity.read")),
            ["catalog.entity.read"]
        );
        assert_eq!(names(&Matcher::read("kubernetes.*")).len(), 3);
        assert_eq!(names(&Matcher::read("*")).len(), PERMISSIONS.len());
        assert!(names(&Matcher::read("catalog*")).is_empty());
        assert!(names(&Matcher::read("catalog")).is_empty());
    }

    #[test]
    fn the_files_of_the_rbac_plugin_name_types_and_actions() {
        let of = |of: &str, action| {
            names(&Matcher::Action {
                of: of.to_owned(),
                action,
            })
        };
        assert_eq!(
            of("catalog-entity", Some(Action::Read)),
            ["catalog.entity.read"]
        );
        assert_eq!(of("scaffolder-task", None), ["scaffolder.task.cancel"]);
        assert_eq!(
            of("catalog.entity.read", Some(Action::Read)),
            ["catalog.entity.read"]
        );
        assert!(of("catalog.entity.read", Some(Action::Update)).is_empty());
    }

    #[test]
    fn every_permission_is_either_ordinary_or_administrative() {
        let both = [Matcher::Ordinary, Matcher::Administrative].map(|m| names(&m));
        assert_eq!(both[0].len() + both[1].len(), PERMISSIONS.len());
        assert!(both[1].contains(&"callboard.audit.read"));
        assert!(both[1].contains(&"catalog.ingestion.manage"));
    }
}
