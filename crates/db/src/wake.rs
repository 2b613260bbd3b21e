//! Waking followers of the change log: in this process at once, in other processes through PostgreSQL.
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::watch;

use crate::{Db, DbError, Pool};

/// Channel of PostgreSQL's LISTEN and NOTIFY.
pub(crate) const CHANNEL: &str = "callboard_changes";

/// A follower looks at the log this often even when nobody woke it.
const FALLBACK: Duration = Duration::from_secs(2);

#[derive(Debug, Clone)]
pub(crate) struct Bell {
    sender: watch::Sender<u64>,
}

impl Bell {
    pub(crate) fn new() -> Self {
        Self {
            sender: watch::Sender::new(0),
        }
    }

    pub(crate) fn ring(&self) {
        self.sender.send_modify(|count| *count += 1);
    }
}

/// One follower's way of waiting for the next change.
#[derive(Debug)]
pub struct Wake {
    local: watch::Receiver<u64>,
    remote: Option<PgListener>,
}

impl Db {
    /// Starts listening. Changes committed after this call wake the returned value.
    pub async fn wake(&self) -> Wake {
        let remote = match &self.pool {
            Pool::Sqlite(_) => None,
            Pool::Postgres(pool) => listen(pool).await,
        };
        Wake {
            local: self.wake.sender.subscribe(),
            remote,
        }
    }
}

impl Db {
    /// Wakes everyone who waits, in this process and in others.
    pub(crate) async fn ring(&self) -> Result<(), DbError> {
        if let Pool::Postgres(pool) = &self.pool {
            sqlx::query("SELECT pg_notify($1, '')")
                .bind(CHANNEL)
                .execute(pool)
                .await?;
        }
        self.wake.ring();
        Ok(())
    }
}

async fn listen(pool: &sqlx::PgPool) -> Option<PgListener> {
    let listener = async {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok::<_, sqlx::Error>(listener)
    };
    listener
        .await
        .inspect_err(
            |error| tracing::warn!(%error, "cannot listen for changes; the log is polled instead"),
        )
        .ok()
}

impl Wake {
    /// Waits until something was committed, or for the fallback interval. It may return without a change.
    pub async fn changed(&mut self) {
        let remote = async {
            match &mut self.remote {
                Some(listener) => {
                    // An error here means a lost connection, which the listener restores by itself.
                    if listener.recv().await.is_err() {
                        tokio::time::sleep(FALLBACK).await;
                    }
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.local.changed() => {}
            () = remote => {}
            () = tokio::time::sleep(FALLBACK) => {}
        }
    }
}
