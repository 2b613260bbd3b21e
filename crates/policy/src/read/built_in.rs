//! What is in force without any file: the roles of the configuration, and those that are always there.
use callboard_diagnostics::codes;

use super::{
    Report, csv,
    names::{self, ANONYMOUS, EVERYONE},
};
use crate::{
    Action, Effect, Settings,
    draft::{Draft, Origin, Rule},
    matcher::Matcher,
    place::Place,
};

/// The file that the settings come from, as messages name it.
pub(super) const CONFIGURATION: &str = "app-config.yaml";

/// Stands for the file of what no file says.
pub(crate) const BUILT_IN: &str = "built-in";

/// The role of those who look after the policies, as the RBAC plugin calls it.
const ADMIN_ROLE: &str = "role:default/rbac_admin";

/// The role of those who may do everything.
pub(crate) const SUPER_ROLE: &str = "role:built-in/super-users";

/// The role of all who may do what is ordinary, where no file says otherwise.
const EVERYONE_ROLE: &str = "role:built-in/everyone";

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Permissions are switched off.
    Open,
    /// They are switched on, and no file says anything.
    BuiltIn,
    /// The files decide.
    Files,
}

/// Reads the default role, and those who have a special one.
pub(super) fn read_settings(settings: &Settings, draft: &mut Draft, report: &mut Report) {
    draft.admins = staff(&settings.admins, report);
    draft.super_users = staff(&settings.super_users, report);
    let Some(role) = &settings.default_role else {
        return;
    };
    let Some(name) = names::role(report, role, None) else {
        return;
    };
    let place = || Place::whole(CONFIGURATION);
    let rules = settings.default_permissions.iter().map(|(of, action)| {
        let matcher = csv::matcher(of, *action);
        csv::check_effect(&matcher, of, *action, None, report);
        let action = action.map_or("use", Action::as_str);
        Rule {
            pattern: format!("{of}, {action}"),
            origin: Origin::Basic,
            place: place(),
            ..allow(matcher, "")
        }
    });
    let rules: Vec<_> = rules.collect();
    let role = draft.role(&name, place);
    role.add_member(EVERYONE.to_owned(), false);
    role.rules.extend(rules);
}

/// Reads the references of users and groups.
fn staff(references: &[String], report: &mut Report) -> Vec<String> {
    let mut read = Vec::new();
    for text in references {
        match names::member(report, text, None) {
            Some(found) if found == EVERYONE || found == ANONYMOUS => {
                let message = format!("\"{found}\" cannot look after the portal");
                let help = "name users and groups";
                report.error(codes::POL_REFERENCE, None, message, help);
            }
            found => read.extend(found),
        }
    }
    read
}

/// Adds the roles that are always there.
pub(crate) fn add(mode: Mode, draft: &mut Draft) {
    let place = || Place::whole(BUILT_IN);
    if mode != Mode::Files {
        let role = draft.role(EVERYONE_ROLE, place);
        let (who, what) = match mode {
            Mode::Open => ("Everybody", "permissions are switched off"),
            _ => ("Everybody who has signed in", "there is no policy file"),
        };
        role.description = Some(format!(
            "{who}, because {what}. What concerns the portal itself is not theirs."
        ));
        role.add_member(EVERYONE.to_owned(), false);
        if mode == Mode::Open {
            role.add_member(ANONYMOUS.to_owned(), false);
        }
        role.rules.push(allow(Matcher::Ordinary, "*"));
    }
    if !draft.admins.is_empty() {
        let admins = draft.admins.clone();
        let role = draft.role(ADMIN_ROLE, place);
        role.description
            .get_or_insert_with(|| "Those who look after the policies.".to_owned());
        for admin in admins {
            role.add_member(admin, true);
        }
        role.rules.extend(rules_of_admins(mode));
    }
    if !draft.super_users.is_empty() {
        let super_users = draft.super_users.clone();
        let role = draft.role(SUPER_ROLE, place);
        role.description = Some("Those who may do everything.".to_owned());
        for user in super_users {
            role.add_member(user, true);
        }
        role.rules.push(allow(Matcher::All, "*"));
    }
}

fn rules_of_admins(mode: Mode) -> Vec<Rule> {
    if mode != Mode::Files {
        return vec![allow(Matcher::Administrative, "*")];
    }
    let patterns = [
        "policy.entity.*",
        "callboard.audit.read",
        "catalog.entity.read",
        "catalog.location.read",
    ];
    patterns.map(|p| allow(Matcher::read(p), p)).into()
}

fn allow(matcher: Matcher, pattern: &str) -> Rule {
    Rule {
        effect: Effect::Allow,
        pattern: pattern.to_owned(),
        matcher,
        condition: None,
        guard: None,
        origin: Origin::Own,
        place: Place::whole(BUILT_IN),
    }
}
