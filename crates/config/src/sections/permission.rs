//! The section `permission`.
use std::path::{Path, PathBuf};

use crate::cursor::Cursor;
use crate::files::join;

/// The section `permission`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permission {
    /// `permission.enabled`: whether the policy is asked. Default: false.
    pub enabled: bool,
    /// `permission.rbac`: settings of the community's RBAC plugin.
    pub rbac: Rbac,
}

/// The section `permission.rbac`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rbac {
    /// `admin.users[].name`: references of those who may see and change roles. Default: none.
    pub admins: Vec<String>,
    /// `admin.superUsers[].name`: references of those who may do everything. Default: none.
    pub super_users: Vec<String>,
    /// `policies-csv-file` as written; [`Rbac::csv_candidates`] says where it is. Default: none.
    pub policies_csv_file: Option<PathBuf>,
    /// The folder of the configuration file that names `policies-csv-file`.
    pub policies_csv_folder: PathBuf,
    /// `conditionalPoliciesFile` as written; [`Rbac::conditional_candidates`] says where it is. Default: none.
    pub conditional_policies_file: Option<PathBuf>,
    /// The folder of the configuration file that names `conditionalPoliciesFile`.
    pub conditional_policies_folder: PathBuf,
    /// `policyFileReload`: whether the files are read again when they change. Default: false.
    pub policy_file_reload: bool,
    /// `maxDepth`: how many groups above their own count for people. Default: all.
    pub max_depth: Option<usize>,
    /// `policyDecisionPrecedence` is `basic`: permissions without conditions are looked at first. Default: false.
    pub precedence_basic: bool,
    /// `defaultPermissions.defaultRole`: the role that everybody has. Default: none.
    pub default_role: Option<String>,
    /// `defaultPermissions.basicPermissions`: what that role may do, as a permission and its action; `use` is none.
    pub default_permissions: Vec<(String, Option<String>)>,
}

impl Permission {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        Self {
            enabled: section.get("enabled").boolean().unwrap_or(false),
            rbac: Rbac::read(section.get("rbac")),
        }
    }
}

impl Rbac {
    fn read(section: Cursor<'_>) -> Self {
        let names = |key: &str| -> Vec<String> {
            let subjects = section.get("admin").get(key);
            subjects
                .items()
                .filter_map(|item| item.get("name").text())
                .collect()
        };
        let csv = section.get("policies-csv-file");
        let conditional = section.get("conditionalPoliciesFile");
        let defaults = section.get("defaultPermissions");
        Self {
            admins: names("users"),
            super_users: names("superUsers"),
            policies_csv_file: csv.text().map(PathBuf::from),
            policies_csv_folder: csv.folder(),
            conditional_policies_file: conditional.text().map(PathBuf::from),
            conditional_policies_folder: conditional.folder(),
            policy_file_reload: section.get("policyFileReload").boolean().unwrap_or(false),
            max_depth: section
                .get("maxDepth")
                .whole()
                .map(|depth| usize::try_from(depth).unwrap_or(usize::MAX)),
            precedence_basic: section.get("policyDecisionPrecedence").text().as_deref()
                == Some("basic"),
            default_role: defaults.get("defaultRole").text(),
            default_permissions: defaults
                .get("basicPermissions")
                .items()
                .map(default_permission)
                .collect(),
        }
    }

    /// Returns where `policies-csv-file` may be, the best place first; nothing if there is no such file.
    #[must_use]
    pub fn csv_candidates(&self) -> Vec<PathBuf> {
        candidates(self.policies_csv_file.as_deref(), &self.policies_csv_folder)
    }

    /// Returns where `conditionalPoliciesFile` may be, the best place first; nothing if there is no such file.
    #[must_use]
    pub fn conditional_candidates(&self) -> Vec<PathBuf> {
        candidates(
            self.conditional_policies_file.as_deref(),
            &self.conditional_policies_folder,
        )
    }
}

fn default_permission(item: Cursor<'_>) -> (String, Option<String>) {
    let action = item.get("action").text().filter(|action| action != "use");
    (item.get("permission").text().unwrap_or_default(), action)
}

/// Returns the places of a path: below the folder, then below the current one.
fn candidates(path: Option<&Path>, folder: &Path) -> Vec<PathBuf> {
    let Some(path) = path else {
        return Vec::new();
    };
    let mut places = vec![join(folder, path), join(Path::new(""), path)];
    places.dedup();
    places
}
