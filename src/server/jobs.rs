//! Background loops: following the change log, reading the catalog's sources and the policy, tidying sign-ins.
use std::{path::PathBuf, sync::Arc, time::Duration};

use callboard_catalog::{Follower, Ingester, Report, Watcher};
use callboard_db::Wake;
use tokio::task::JoinHandle;

use super::Services;

mod finish;
mod lease;
mod policy;
mod purge;
mod search;
mod visits;

pub(super) use finish::to_the_end;
use lease::Lease;

/// So many changes at once need much memory.
const MANY: usize = 1_000;

/// Answers within this time are taken in together.
const SETTLE: Duration = Duration::from_millis(300);

/// The loops that run; dropping it does not end them.
pub(super) struct Jobs {
    follow: JoinHandle<()>,
    ingest: JoinHandle<()>,
    policy: JoinHandle<()>,
    purge: JoinHandle<()>,
    search: JoinHandle<()>,
    visits: JoinHandle<()>,
    services: Services,
    lease: Arc<Lease>,
}

/// Starts the loops.
pub(super) fn start(services: &Services, follower: Follower, names_from: PathBuf) -> Jobs {
    let lease = Arc::new(Lease::new(services.db().clone()));
    Jobs {
        follow: tokio::spawn(follower.run()),
        ingest: tokio::spawn(ingest(services.clone(), Arc::clone(&lease))),
        policy: tokio::spawn(policy::follow(services.clone(), names_from)),
        purge: tokio::spawn(purge::run(services.clone())),
        search: tokio::spawn(search::follow(services.clone())),
        visits: tokio::spawn(visits::run(services.clone())),
        services: services.clone(),
        lease,
    }
}

impl Jobs {
    /// Ends the loops. An ingestion that is cut off goes on from where it was at the next start.
    pub(super) async fn stop(self) {
        for job in [
            self.search,
            self.policy,
            self.purge,
            self.visits,
            self.ingest,
            self.follow,
        ] {
            job.abort();
            // An aborted task ends with a cancellation, which is what was asked for.
            let _ = job.await;
        }
        visits::write(&self.services).await;
        self.lease.give_back().await;
    }
}

/// Ingests for ever, whenever it is this replica's turn.
async fn ingest(services: Services, lease: Arc<Lease>) {
    let mut is_first = true;
    loop {
        lease.wait().await;
        tokio::select! {
            () = ingest_in_turn(&services, &mut is_first) => {}
            () = services.sources().ingester.ask_hosts() => {}
            () = lease.keep() => tracing::warn!("another replica reads the sources now"),
        }
    }
}

async fn ingest_in_turn(services: &Services, is_first: &mut bool) {
    let ingester = &services.sources().ingester;
    let mut watcher = Watcher::new();
    let mut wake = services.db().wake().await;
    loop {
        let registered = ingester.registrations().await;
        match ingester.run().await {
            Ok(report) => {
                services.ingested(*is_first || report.applied.total() >= MANY);
                log(&report, std::mem::take(is_first));
                watcher.watch(&report);
            }
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "ingestion failed; it is tried again"
            ),
        }
        tokio::select! {
            () = watcher.changed() => {}
            () = news(ingester) => {}
            () = asked(services, &mut wake, registered.ok()) => {}
        }
    }
}

/// Waits until hosts have answered something new, and a moment longer for others to answer as well.
async fn news(ingester: &Ingester) {
    ingester.news().await;
    tokio::time::sleep(SETTLE).await;
}

/// Waits until somebody asks for something to be read, or registers a location.
async fn asked(services: &Services, wake: &mut Wake, registered: Option<Vec<String>>) {
    loop {
        wake.changed().await;
        let waits = services.db().refresh_waits().await.unwrap_or(false);
        let now = services.sources().ingester.registrations().await;
        if waits || now.is_ok_and(|now| Some(now) != registered) {
            return;
        }
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
