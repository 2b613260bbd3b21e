//! Keeping the in-memory index in step with the change log.
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use callboard_db::{Change, Db, StoredEntity, Wake};

use crate::{CatalogError, Index, index::Entry, parallel::in_parallel};

/// Entities or changes read at a time.
const PAGE: i64 = 1_000;

/// The index as readers see it. Reading never waits for a database, only for a batch of changes to be put in.
#[derive(Debug, Clone, Default)]
pub struct SharedIndex(Arc<RwLock<Index>>);

impl SharedIndex {
    /// Locks the index for reading. Do not hold the guard across an `.await`.
    pub fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, change: impl FnOnce(&mut Index)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Reads the log and applies it to the index.
#[derive(Debug)]
pub struct Follower {
    db: Db,
    index: SharedIndex,
    wake: Wake,
}

impl Follower {
    /// Loads the current state into a new index.
    ///
    /// # Errors
    /// When the database fails or holds an entity that is not JSON.
    pub async fn load(db: Db) -> Result<(SharedIndex, Self), CatalogError> {
        let wake = db.wake().await;
        let index = SharedIndex::default();
        // Taken before the entities are read: what changes meanwhile is applied once more, which does no harm.
        let seq = db.change_last().await?;
        let mut page = db.entity_page("", PAGE).await?;
        while let Some(last) = page.last() {
            let after = last.entity_ref.clone();
            // The next page is fetched while this one is taken apart on the other cores.
            let prepared = tokio::task::spawn_blocking(move || prepare_page(&page));
            let (prepared, next) = tokio::join!(prepared, db.entity_page(&after, PAGE));
            let prepared = prepared??;
            index.update(|index| prepared.iter().for_each(|entry| index.insert(entry)));
            page = next?;
        }
        index.update(|index| index.set_seq(seq));
        let follower = Self {
            db,
            index: index.clone(),
            wake,
        };
        Ok((index, follower))
    }

    /// Applies what the log has beyond the index.
    ///
    /// # Errors
    /// When the database fails; the index then stays where it was.
    pub async fn catch_up(&self) -> Result<(), CatalogError> {
        loop {
            let seq = self.index.read().seq();
            let changes = self.db.change_since(seq, PAGE).await?;
            let Some(last) = changes.last().map(|change| change.seq) else {
                return Ok(());
            };
            let prepared = tokio::task::spawn_blocking(move || {
                let prepare = |change: &Change| {
                    let entry = change
                        .body
                        .as_ref()
                        .map(|body| prepare(&change.entity_ref, body));
                    Ok((change.entity_ref.clone(), entry.transpose()?))
                };
                in_parallel(&changes, prepare)
                    .into_iter()
                    .collect::<Result<Vec<_>, CatalogError>>()
            });
            let prepared = prepared.await??;
            self.index.update(|index| {
                for (entity_ref, entry) in &prepared {
                    match entry {
                        Some(entry) => index.insert(entry),
                        None => index.remove(entity_ref),
                    }
                }
                index.set_seq(last);
            });
        }
    }

    /// Follows the log for ever; trouble with the database is logged and tried again.
    pub async fn run(mut self) {
        loop {
            if let Err(error) = self.catch_up().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the index cannot follow the change log"
                );
            }
            self.wake.changed().await;
        }
    }
}

fn prepare_page(page: &[StoredEntity]) -> Result<Vec<Entry>, CatalogError> {
    in_parallel(page, |stored| prepare(&stored.entity_ref, &stored.body))
        .into_iter()
        .collect()
}

fn prepare(entity_ref: &str, body: &str) -> Result<Entry, CatalogError> {
    let entity = serde_json::from_str(body).map_err(|source| CatalogError::Stored {
        entity_ref: entity_ref.to_owned(),
        source,
    })?;
    Ok(Entry::of(entity_ref, &entity))
}
