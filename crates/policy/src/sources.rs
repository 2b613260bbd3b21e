//! What a policy is made from: the texts of files and the part of the configuration that concerns permissions.
use crate::Action;

/// The text of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The file as a person would name it.
    pub file: String,
    /// What it holds.
    pub text: String,
}

/// Which policies of the RBAC plugin count if basic and conditional ones match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Precedence {
    /// Those of the CSV file.
    Basic,
    /// Those with conditions.
    #[default]
    Conditional,
}

/// What the configuration says about permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether policies are asked at all.
    pub enabled: bool,
    /// Users and groups that look after the policies (`permission.rbac.admin.users`).
    pub admins: Vec<String>,
    /// Users and groups that may do everything (`permission.rbac.admin.superUsers`).
    pub super_users: Vec<String>,
    /// How far up the hierarchy of groups a member is looked for; absent: all the way.
    pub max_depth: Option<usize>,
    /// Which policies of the RBAC plugin count if both kinds match.
    pub precedence: Precedence,
    /// The role that every signed-in user has.
    pub default_role: Option<String>,
    /// What the default role allows: permission names and their action, absent for `use`.
    pub default_permissions: Vec<(String, Option<Action>)>,
}

/// Everything a policy is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// Policy files in our own format.
    pub policies: Vec<Source>,
    /// The CSV file of the RBAC plugin.
    pub csv: Option<Source>,
    /// The file of the RBAC plugin with conditional policies.
    pub conditional: Option<Source>,
    /// What the configuration says.
    pub settings: Settings,
}
