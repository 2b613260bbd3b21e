//! Background loops: following the change log and reading the catalog's files.
use std::path::PathBuf;

use callboard_catalog::{Follower, Ingester, Report, Settings, Watcher};
use tokio::task::JoinHandle;

use super::Services;

/// The loops that run; dropping it does not end them.
pub(super) struct Jobs {
    follow: JoinHandle<()>,
    ingest: JoinHandle<()>,
}

/// Starts the loops.
pub(super) fn start(
    services: &Services,
    follower: Follower,
    settings: Settings,
    names_from: PathBuf,
) -> Jobs {
    let ingester = Ingester::new(services.db().clone(), settings, Some(names_from));
    Jobs {
        follow: tokio::spawn(follower.run()),
        ingest: tokio::spawn(ingest(ingester, services.clone())),
    }
}

impl Jobs {
    /// Ends the loops. An ingestion that is cut off goes on from where it was at the next start.
    pub(super) async fn stop(self) {
        for job in [self.ingest, self.follow] {
            job.abort();
            // An aborted task ends with a cancellation, which is what was asked for.
            let _ = job.await;
        }
    }
}

async fn ingest(ingester: Ingester, services: Services) {
    let mut watcher = Watcher::new();
    let mut is_first = true;
    loop {
        match ingester.run().await {
            Ok(report) => {
                log(&report, std::mem::take(&mut is_first));
                services.ingested();
                watcher.watch(&report);
            }
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "ingestion failed; it is tried again"
            ),
        }
        watcher.changed().await;
    }
}

/// The first ingestion is always worth a line, later ones only when something changed.
fn log(report: &Report, is_first: bool) {
    let Report {
        entities,
        applied,
        problems,
        took_ms,
        ..
    } = report;
    if applied.total() == 0 && !is_first {
        tracing::debug!(entities, problems, took_ms, "ingestion complete");
    } else {
        tracing::info!(
            entities,
            added = applied.added,
            updated = applied.updated,
            removed = applied.removed,
            problems,
            took_ms,
            "ingestion complete"
        );
    }
}
