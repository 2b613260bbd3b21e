//! The right to read the sources, which one replica at a time has.
use std::time::Duration;

use callboard_db::{Db, new_uid, now_ms};

const NAME: &str = "ingestion";

/// The right ends after this time unless it is renewed.
const TTL: Duration = Duration::from_secs(20);

/// How often it is renewed, and how often others look whether it is free.
const PERIOD: Duration = Duration::from_secs(5);

/// This replica's claim.
pub(super) struct Lease {
    db: Db,
    holder: String,
}

impl Lease {
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            holder: new_uid(),
        }
    }

    /// Waits until this replica has the right.
    pub(super) async fn wait(&self) {
        while !self.take().await.unwrap_or(false) {
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Renews the right for ever; returns when another replica has taken it.
    pub(super) async fn keep(&self) {
        loop {
            tokio::time::sleep(PERIOD).await;
            // A database that does not answer takes nothing away; nothing can be written meanwhile either.
            if self.take().await == Some(false) {
                return;
            }
        }
    }

    async fn take(&self) -> Option<bool> {
        let now = now_ms();
        let until = now.saturating_add(i64::try_from(TTL.as_millis()).unwrap_or(i64::MAX));
        // A SQLite file has one process; what a killed one has left behind does not count.
        let ended = if self.db.engine() == "sqlite" {
            i64::MAX
        } else {
            now
        };
        let taken = self.db.lease_take(NAME, &self.holder, ended, until).await;
        taken
            .inspect_err(|error| {
                tracing::warn!(
                    error = error as &dyn std::error::Error,
                    "cannot renew the lease"
                );
            })
            .ok()
    }

    /// Gives the right back, so that the next process need not wait for it to end.
    pub(super) async fn give_back(&self) {
        // It ends by itself all the same.
        let _ = self.db.lease_drop(NAME, &self.holder).await;
    }
}
