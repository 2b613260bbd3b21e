//! Server functions for administrators: the audit log and the policy.
use callboard_model::view::{AuditQuery, AuditView, PolicyQuery, PolicyView};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Lists entries of the audit log, the newest first.
///
/// # Errors
/// `NotAllowed` without the permission `callboard.audit.read`; `Invalid` when the query cannot be understood.
#[server(prefix = "/fn", endpoint = "admin/audit", input = GetUrl)]
pub async fn list_audit(query: AuditQuery) -> Result<AuditView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().audit_view(&query).await)
}

/// Returns the policy that holds, and explains one decision if the query names a user and a permission.
///
/// # Errors
/// `NotAllowed` without the permission `policy.entity.read`.
#[server(prefix = "/fn", endpoint = "admin/policy", input = GetUrl)]
pub async fn get_policy(query: PolicyQuery) -> Result<PolicyView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().policy_view(&query).await)
}
