//! The audit log: who did what, on what, from where, and what came of it. Written before the answer is sent.
mod export;
mod page;

use callboard_db::{AuditEntry, Db};

use crate::error::AppError;

pub(super) use export::{Form, export};
pub(super) use page::filter_of;

/// Writes entries. They are there to stay when writing returns.
#[derive(Debug, Clone)]
pub struct Audit {
    db: Db,
}

impl Audit {
    pub(super) fn new(db: Db) -> Self {
        Self { db }
    }

    /// Writes one entry.
    ///
    /// # Errors
    /// `Internal` when the database does not take it: what cannot be written down is not done.
    pub(super) async fn write(&self, entry: AuditEntry) -> Result<(), AppError> {
        self.db.audit_append(&[entry]).await?;
        Ok(())
    }

    /// Writes down what the portal itself did.
    pub(super) async fn write_own(&self, event: &str, result: &str, detail: serde_json::Value) {
        let entry = AuditEntry {
            at: callboard_db::now_ms(),
            actor: "portal".to_owned(),
            actor_kind: "portal".to_owned(),
            event: event.to_owned(),
            permission: None,
            resource: None,
            decision: None,
            result: result.to_owned(),
            address: String::new(),
            request_id: String::new(),
            detail: detail.to_string(),
        };
        if let Err(error) = self.write(entry).await {
            tracing::error!(%error, event, "the audit log could not be written");
        }
    }
}
