//! What the pages for administrators show: the audit log and the policy.
use serde::{Deserialize, Serialize};

use super::EntityLabel;
use crate::Diagnostic;

/// What the audit page is asked for; empty texts ask for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    /// Reference of who did it, whole.
    pub actor: String,
    /// Name of the event, whole.
    pub event: String,
    /// `allow` or `deny`.
    pub decision: String,
    /// `ok`, `refused` or `failed`.
    pub result: String,
    /// A text that stands in the actor, resource, event or detail.
    pub q: String,
    /// First day, as `2026-11-26`.
    pub from: String,
    /// Last day, as `2026-11-26`.
    pub to: String,
    /// Number of the entry before which the page begins; absent for the newest.
    pub before: Option<i64>,
}

/// The audit page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// Entries, the newest first.
    pub rows: Vec<AuditRow>,
    /// How many entries match.
    pub total: u64,
    /// What `before` is on the next page.
    pub next: Option<i64>,
    /// Names of events that can be chosen.
    pub events: Vec<String>,
    /// Hash of the newest entry of all, to be kept elsewhere.
    pub head: Option<String>,
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Number of the entry.
    pub seq: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who did it: an entity reference, `external:…`, or `anonymous`.
    pub actor: String,
    /// The event, for example `catalog.location.create`.
    pub event: String,
    /// The permission that was asked for.
    pub permission: Option<String>,
    /// What it was done on.
    pub resource: Option<String>,
    /// `allow` or `deny`.
    pub decision: Option<String>,
    /// `ok`, `refused` or `failed`.
    pub result: String,
    /// Network address of the request.
    pub address: String,
    /// Number of the request, as in the log.
    pub request_id: String,
    /// More about it, as JSON.
    pub detail: String,
    /// Hash over this entry and the one before.
    pub hash: String,
}

/// What the policy page is asked to explain; empty texts ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyQuery {
    /// Reference of a user.
    pub user: String,
    /// Name of a permission.
    pub permission: String,
    /// Reference of an entity, or empty.
    pub resource: String,
}

/// The policy page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// `permission.enabled`.
    pub enabled: bool,
    /// Which policy holds, as a sentence.
    pub state: String,
    /// Files that the policy is made of.
    pub files: Vec<String>,
    /// Milliseconds since 1970 at which the policy was read.
    pub loaded_at: i64,
    /// Problems of the files as they are now; with an error, the policy of before still holds.
    pub problems: Vec<Diagnostic>,
    /// Roles in the order of the files.
    pub roles: Vec<RoleRow>,
    /// Every permission that can be asked about, with what it is for.
    pub permissions: Vec<(String, String)>,
    /// The answer to the query.
    pub explanation: Option<ExplainView>,
    /// Why the query could not be answered.
    pub mistake: Option<String>,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// Its reference, for example `role:default/developer`.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Members as the files name them.
    pub members: Vec<String>,
    /// How many rules it has.
    pub rules: usize,
    /// File and line.
    pub place: String,
}

/// Why somebody may or may not do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainView {
    /// The user.
    pub user: EntityLabel,
    /// Everything that counts as the user's own.
    pub ownership: Vec<String>,
    /// The permission.
    pub permission: String,
    /// The entity, when one was named.
    pub resource: Option<EntityLabel>,
    /// `ALLOW`, `DENY` or, without an entity, `CONDITIONAL`.
    pub decision: String,
    /// For a condition without an entity: of how many entities it holds, and how many there are.
    pub holds_for: Option<(u64, u64)>,
    /// The rules that were looked at, those that decided first.
    pub reasons: Vec<ReasonRow>,
}

/// One rule that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// The role it belongs to.
    pub role: String,
    /// What makes the user a member.
    pub via: String,
    /// `allow` or `deny`.
    pub effect: String,
    /// The permission as the rule names it.
    pub permission: String,
    /// The condition as JSON, when it has one.
    pub condition: Option<String>,
    /// Whether the condition holds for the entity.
    pub holds: Option<bool>,
    /// File and line, or what built-in rule it is.
    pub place: String,
    /// Whether it was counted.
    pub counts: bool,
    /// Why not, or what else there is to say.
    pub note: Option<String>,
}

/// What a changed policy would decide otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulationView {
    /// The text that was tried.
    pub text: String,
    /// Problems of it; with an error nothing was simulated.
    pub problems: Vec<Diagnostic>,
    /// How many entries of the audit log were replayed.
    pub replayed: usize,
    /// Requests that would be answered otherwise, the newest first.
    pub differs: Vec<SimulatedRequest>,
    /// What people could read, for those whose view would change.
    pub reads: Vec<SimulatedRead>,
    /// How many people were looked at.
    pub people: usize,
}

/// One request of the audit log that would be answered otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedRequest {
    /// Milliseconds since 1970 of the newest such request.
    pub at: i64,
    /// How often it was made.
    pub times: usize,
    /// Who made it.
    pub actor: String,
    /// The permission.
    pub permission: String,
    /// The entity, if one was meant.
    pub resource: Option<String>,
    /// `ALLOW` or `DENY` with the policy that holds.
    pub before: String,
    /// `ALLOW` or `DENY` with the changed one.
    pub after: String,
}

/// What somebody could read before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedRead {
    /// The user.
    pub user: String,
    /// Entities that can be read with the policy that holds.
    pub before: u64,
    /// Entities that could be read with the changed one.
    pub after: u64,
    /// Some that would be lost.
    pub lost: Vec<String>,
    /// Some that would be gained.
    pub gained: Vec<String>,
}
