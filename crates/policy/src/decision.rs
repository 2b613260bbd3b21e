//! Questions and answers: who asks for what, what is decided, and which rules led to it.
use crate::{Action, Condition, Permission};

/// The one who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// The reference of the user; absent for somebody who has not signed in.
    pub user: Option<String>,
    /// What the user owns things as: the user and the groups they are a direct member of.
    pub ownership: Vec<String>,
    /// All groups of the user with their distance; 1 is a group they are a direct member of.
    pub groups: Vec<(String, usize)>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Name of the permission.
    pub permission: &'a str,
    /// Its action.
    pub action: Option<Action>,
    /// The type of thing it is about; absent for a basic permission.
    pub resource_type: Option<&'a str>,
}

impl From<&Permission> for Asked<'static> {
    fn from(permission: &Permission) -> Self {
        Self {
            permission: permission.name,
            action: permission.action,
            resource_type: permission.resource_type,
        }
    }
}

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Allowed for every thing.
    Allow,
    /// Allowed for no thing.
    Deny,
    /// Allowed for the things for which the condition holds.
    Conditional(Condition),
}

/// What is decided, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The decision.
    pub decision: Decision,
    /// All rules of the user's roles that match what was asked; those that do not count are there too.
    pub reasons: Vec<Reason>,
}

/// Whether a rule allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, which wins over everything that allows.
    Deny,
}

impl Effect {
    /// Returns the word of policy files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

/// One rule that took part in a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The role the rule belongs to.
    pub role: String,
    /// What made the user a member: a reference, `everyone` or `anonymous`.
    pub via: String,
    /// Whether the rule allows or denies.
    pub effect: Effect,
    /// The permission as the rule writes it.
    pub permission: String,
    /// The condition of the rule with this user in place of the aliases.
    pub condition: Option<Condition>,
    /// The file of the rule; `built-in` or `app-config.yaml` where no policy file has it.
    pub file: String,
    /// Line, counted from 1; 0 where no policy file has the rule.
    pub line: u32,
    /// Column in characters, counted from 1; 0 where no policy file has the rule.
    pub column: u32,
    /// Whether the rule had a part in the decision; not if another overrides it or its `if` does not hold.
    pub counts: bool,
    /// What else there is to know, such as why it does not count.
    pub note: Option<String>,
}
