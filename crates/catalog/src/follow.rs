//! Keeping the in-memory index in step with the change log.
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use callboard_db::{Change, Db, Wake};
use tokio::sync::mpsc;

use crate::{
    CatalogError, Index,
    index::{Entry, Room},
    parallel::in_parallel,
};

/// Entities read at a time.
const PAGE: usize = 250;

/// Changes applied at a time.
const CHANGES: i64 = 1_000;

/// Pages that are read ahead while others are put into the index.
const PAGES: usize = 4;

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
        // Taken before the entities are read: what changes meanwhile is applied once more, which does no harm.
        let seq = db.change_last().await?;
        let (sender, receiver) = mpsc::channel(PAGES);
        let built = tokio::task::spawn_blocking(move || build(receiver));
        let read = db.entity_stream(PAGE, sender).await;
        let mut built = built.await??;
        read?;
        built.set_seq(seq);
        let index = SharedIndex::default();
        index.update(|index| *index = built);
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
            let changes = self.db.change_since(seq, CHANGES).await?;
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
                        Some(entry) => index.add(entry),
                        None => index.take(entity_ref),
                    }
                }
                index.settle();
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

/// Puts everything that comes into a new index. The next pages are read meanwhile.
fn build(mut pages: mpsc::Receiver<Vec<(String, String)>>) -> Result<Index, CatalogError> {
    let mut index = Index::default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    // Every thread has memory for its part of a page, which it uses again for the next.
    let mut rooms: Vec<Vec<Room>> = std::iter::repeat_with(Vec::new).take(threads).collect();
    while let Some(page) = pages.blocking_recv() {
        let part = page.len().div_ceil(threads).max(1);
        let parts: Vec<_> = std::thread::scope(|scope| {
            let parts = page.chunks(part).zip(&mut rooms);
            let threads: Vec<_> = parts
                .map(|(page, rooms)| scope.spawn(|| prepare_part(page, rooms)))
                .collect();
            let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined
                .map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for (entries, rooms) in parts.into_iter().zip(&mut rooms) {
            for entry in entries? {
                index.add(&entry);
                rooms.push(entry.into_room());
            }
        }
    }
    index.finish_load();
    Ok(index)
}

fn prepare_part(
    page: &[(String, String)],
    rooms: &mut Vec<Room>,
) -> Result<Vec<Entry>, CatalogError> {
    let prepare = |(entity_ref, body): &(String, String)| {
        let room = rooms.pop().unwrap_or_default();
        Entry::parse_in(entity_ref, body, room).map_err(|source| unreadable(entity_ref, source))
    };
    page.iter().map(prepare).collect()
}

fn prepare(entity_ref: &str, body: &str) -> Result<Entry, CatalogError> {
    Entry::parse(entity_ref, body).map_err(|source| unreadable(entity_ref, source))
}

fn unreadable(entity_ref: &str, source: serde_json::Error) -> CatalogError {
    CatalogError::Stored {
        entity_ref: entity_ref.to_owned(),
        source,
    }
}
