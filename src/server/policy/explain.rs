//! The policy page, and why somebody may or may not do something.
use callboard_catalog::Filter;
use callboard_model::{
    EntityRef,
    view::{ExplainView, PolicyQuery, PolicyView, ReasonRow, RoleRow},
};
use callboard_policy::{Asked, Decision, PERMISSIONS, Reason, Role, Who};

use super::condition_filter;
use crate::{error::AppError, server::access::Access};

impl Access {
    /// Answers the policy page.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `policy.entity.read`.
    pub async fn policy_view(&self, query: &PolicyQuery) -> Result<PolicyView, AppError> {
        self.require("policy.entity.read", None).await?;
        let policy = self.policy().now();
        let state = self.policy().state();
        let enabled = self.policy().setup().settings.enabled;
        let explained = if query.user.is_empty() && query.permission.is_empty() {
            Ok(None)
        } else {
            self.explain(query).map(Some)
        };
        let (explanation, mistake) = match explained {
            Ok(explanation) => (explanation, None),
            Err(error) => (None, Some(error.to_string())),
        };
        let permissions = PERMISSIONS.iter();
        Ok(PolicyView {
            enabled,
            state: sentence(enabled, policy.is_allow_all(), &state.files),
            files: state.files,
            loaded_at: state.loaded_at,
            problems: state.problems,
            roles: policy.roles().iter().map(role_row).collect(),
            permissions: permissions
                .map(|one| (one.name.to_owned(), one.what.to_owned()))
                .collect(),
            explanation,
            mistake,
        })
    }

    /// Explains one decision.
    ///
    /// # Errors
    /// `Invalid` when the user, the permission or the entity of the query is none.
    pub(in crate::server) fn explain(&self, query: &PolicyQuery) -> Result<ExplainView, AppError> {
        let user = reference(&query.user, "user")?;
        let known = callboard_policy::find(query.permission.trim()).ok_or_else(|| {
            AppError::Invalid(format!(
                "There is no permission {}; a name looks like catalog.entity.read.",
                query.permission
            ))
        })?;
        let resource = match query.resource.trim() {
            "" => None,
            text => Some(reference(text, "component")?),
        };
        let who = self.who(&user.to_string());
        let asked = Asked::from(known);
        let verdict = self.policy().now().decide(&who, &asked);
        let index = self.index().read();
        let entity = resource.as_ref().map(|one| index.id(&one.to_string()));
        let holds = |filter: &Filter| entity.map(|id| id.is_some_and(|id| index.holds(filter, id)));
        let decision = match &verdict.decision {
            Decision::Conditional(condition) => match holds(&condition_filter(condition)) {
                None => "CONDITIONAL",
                Some(true) => "ALLOW",
                Some(false) => "DENY",
            },
            decision => verdict_word(decision),
        };
        let holds_for = match (&verdict.decision, &entity) {
            (Decision::Conditional(condition), None) => {
                let found = index.matching(&condition_filter(condition));
                Some((found.len(), index.len() as u64))
            }
            _ => None,
        };
        let mut reasons: Vec<ReasonRow> = verdict
            .reasons
            .iter()
            .map(|reason| {
                let condition = reason.condition.as_ref();
                row(
                    reason,
                    condition.and_then(|one| holds(&condition_filter(one))),
                )
            })
            .collect();
        drop(index);
        reasons.sort_by_key(|row| (!row.counts, row.holds == Some(false), row.effect != "deny"));
        Ok(ExplainView {
            user: self.label(&user),
            ownership: who.ownership,
            permission: known.name.to_owned(),
            resource: resource.map(|one| self.label(&one)),
            decision: decision.to_owned(),
            holds_for,
            reasons,
        })
    }

    /// Returns what a policy decides by for a user, who need not be signed in.
    pub(in crate::server) fn who(&self, user_ref: &str) -> Who {
        self.people()
            .user(user_ref, crate::server::caller::Proof::Token)
            .who()
    }
}

/// Returns Backstage's word for a decision.
pub(in crate::server) fn verdict_word(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allow => "ALLOW",
        Decision::Deny => "DENY",
        Decision::Conditional(_) => "CONDITIONAL",
    }
}

fn reference(text: &str, kind: &str) -> Result<EntityRef, AppError> {
    let text = text.trim();
    let full = if text.contains(':') {
        text.to_owned()
    } else {
        format!("{kind}:{text}")
    };
    full.parse().map_err(|error| {
        AppError::Invalid(format!(
            "\"{text}\" is no reference such as {kind}:default/name: {error}"
        ))
    })
}

fn sentence(enabled: bool, is_allow_all: bool, files: &[String]) -> String {
    match (enabled, files.len()) {
        (false, _) => "Permissions are off: whoever is signed in may do everything but administer the portal. Set \
                       permission.enabled to true to have a policy."
            .to_owned(),
        (true, 0) if is_allow_all => "Permissions are on, and no policy file is named: the built-in policy allows \
                                      everything but administration to whoever is signed in."
            .to_owned(),
        (true, 0) => "Permissions are on, and no policy file is named.".to_owned(),
        (true, 1) => "Permissions are on. The policy is read from one file.".to_owned(),
        (true, count) => format!("Permissions are on. The policy is read from {count} files."),
    }
}

fn role_row(role: &Role) -> RoleRow {
    RoleRow {
        name: role.name.clone(),
        description: role.description.clone(),
        members: role.members.clone(),
        rules: role.rules,
        place: place(&role.file, role.line),
    }
}

fn place(file: &str, line: u32) -> String {
    if line == 0 {
        file.to_owned()
    } else {
        format!("{file}:{line}")
    }
}

fn row(reason: &Reason, holds: Option<bool>) -> ReasonRow {
    let condition = reason.condition.as_ref();
    ReasonRow {
        role: reason.role.clone(),
        via: reason.via.clone(),
        effect: reason.effect.as_str().to_owned(),
        permission: reason.permission.clone(),
        condition: condition.and_then(|condition| serde_json::to_string_pretty(condition).ok()),
        holds,
        place: place(&reason.file, reason.line),
        counts: reason.counts,
        note: reason.note.clone(),
    }
}
