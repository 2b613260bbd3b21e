//! Keeping the in-memory index in step with the change log.
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use callboard_db::{Db, Wake};

use crate::{CatalogError, Index};

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
        let mut after = String::new();
        loop {
            let page = db.entity_page(&after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.entity_ref);
            let parsed = page
                .iter()
                .map(|stored| {
                    Ok((
                        stored.entity_ref.as_str(),
                        parse(&stored.entity_ref, &stored.body)?,
                    ))
                })
                .collect::<Result<Vec<_>, CatalogError>>()?;
            index.update(|index| {
                for (entity_ref, entity) in &parsed {
                    index.put(entity_ref, entity);
                }
            });
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
            let parsed = changes
                .iter()
                .map(|change| {
                    let entity = change
                        .body
                        .as_ref()
                        .map(|body| parse(&change.entity_ref, body))
                        .transpose()?;
                    Ok((change.entity_ref.as_str(), entity))
                })
                .collect::<Result<Vec<_>, CatalogError>>()?;
            self.index.update(|index| {
                for (entity_ref, entity) in &parsed {
                    match entity {
                        Some(entity) => index.put(entity_ref, entity),
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

fn parse(entity_ref: &str, body: &str) -> Result<serde_json::Value, CatalogError> {
    serde_json::from_str(body).map_err(|source| CatalogError::Stored {
        entity_ref: entity_ref.to_owned(),
        source,
    })
}
