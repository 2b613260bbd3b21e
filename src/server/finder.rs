//! The search engine of this process: filled from the database once, then following the change log.
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use callboard_catalog::SharedIndex;
use callboard_db::{Change, Db, DbError};
use callboard_model::{Entity, EntityRef};
use callboard_search::{Document, Engine, SearchError};
use tokio::{
    sync::{Mutex, mpsc},
    task::{JoinError, spawn_blocking},
};

use crate::paths;

/// Entities read at a time.
const PAGE: usize = 250;

/// Pages that are read ahead while others are put into the engine.
const PAGES: usize = 4;

/// Changes applied at a time.
const CHANGES: i64 = 1_000;

/// The engine was never filled.
const EMPTY: i64 = -1;

/// What the search is behind by, in changes, when it says so.
const MANY: i64 = 100;

/// Why the engine cannot follow.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The database does not answer.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The engine fails.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The entity that is stored is none.
    #[error("{entity_ref} in the database is not an entity: {source}")]
    Stored {
        /// Its reference.
        entity_ref: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The thread that fills the engine ended early.
    #[error("the search engine was not filled: {0}")]
    Join(#[from] JoinError),
}

/// The engine with how far it has come. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Finder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: Engine,
    /// The last change that is in it.
    seq: AtomicI64,
    /// Held by whoever brings it further.
    turn: Mutex<()>,
}

impl Finder {
    pub(super) fn new() -> Self {
        Self(Arc::new(Inner {
            engine: Engine::open().expect("an empty index in memory needs nothing that may fail"),
            seq: AtomicI64::new(EMPTY),
            turn: Mutex::default(),
        }))
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Whether not everything can be found yet that the catalog has.
    pub(super) fn is_behind(&self, index: &SharedIndex) -> bool {
        let seq = self.0.seq.load(Ordering::Acquire);
        seq == EMPTY || index.read().seq() - seq > MANY
    }

    /// Brings the engine to where the index is, and no further: what a caller may read is asked of the index, so a
    /// text must not be found before the index knows of it. Returns whether the log has more than the index.
    ///
    /// # Errors
    /// When the database or the engine fails; it is then tried again from where it was.
    pub(super) async fn catch_up(&self, db: &Db, index: &SharedIndex) -> Result<bool, FollowError> {
        let _turn = self.0.turn.lock().await;
        if self.0.seq.load(Ordering::Acquire) == EMPTY {
            self.fill(db).await?;
        }
        loop {
            let seq = self.0.seq.load(Ordering::Acquire);
            let mut changes = db.change_since(seq, CHANGES).await?;
            let known = index.read().seq();
            let has_more = changes.last().is_some_and(|last| last.seq > known);
            changes.retain(|change| change.seq <= known);
            let Some(last) = changes.last().map(|change| change.seq) else {
                return Ok(has_more);
            };
            let finder = self.clone();
            spawn_blocking(move || finder.apply(&changes)).await??;
            self.0.seq.store(last, Ordering::Release);
        }
    }

    /// Puts all entities in.
    async fn fill(&self, db: &Db) -> Result<(), FollowError> {
        // Taken before the entities are read: what changes meanwhile is applied once more, which does no harm.
        let seq = db.change_last().await?;
        let (sender, mut pages) = mpsc::channel::<Vec<(String, String)>>(PAGES);
        let finder = self.clone();
        let filled = spawn_blocking(move || {
            while let Some(page) = pages.blocking_recv() {
                let documents = page.iter().map(|(entity_ref, body)| read(entity_ref, body));
                let documents = documents.collect::<Result<Vec<_>, _>>()?;
                finder.engine().put(&documents)?;
            }
            Ok::<_, FollowError>(finder.engine().commit()?)
        });
        let read = db.entity_stream(PAGE, sender).await;
        filled.await??;
        read?;
        self.0.seq.store(seq, Ordering::Release);
        Ok(())
    }

    fn apply(&self, changes: &[Change]) -> Result<(), FollowError> {
        for change in changes {
            match &change.body {
                Some(body) => self.engine().put(&[read(&change.entity_ref, body)?])?,
                None => self.engine().remove(&[&change.entity_ref])?,
            }
        }
        Ok(self.engine().commit()?)
    }
}

/// Makes a document of a stored entity.
fn read(entity_ref: &str, body: &str) -> Result<Document, FollowError> {
    let entity: Entity = serde_json::from_str(body).map_err(|source| FollowError::Stored {
        entity_ref: entity_ref.to_owned(),
        source,
    })?;
    let location = paths::entity(&entity.entity_ref());
    Ok(Document {
        id: entity_ref.to_owned(),
        ..Document::of_entity(&entity, location)
    })
}

/// Returns the reference of the entity that a document is, or belongs to.
pub(super) fn entity_of(document: &Document) -> EntityRef {
    EntityRef::new(&document.kind, &document.namespace, &document.name)
}
