//! Which entities have open errors. Every page of the catalog asks, and they change with an ingestion only.
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{error::AppError, server::Services};

/// How long an answer is good for.
const FRESH: Duration = Duration::from_secs(1);

/// References of the entities that have open errors, and when they were asked for.
type Known = (Instant, Arc<Vec<String>>);

/// What was known last.
#[derive(Debug, Default)]
pub(super) struct Erring(Mutex<Option<Known>>);

impl Services {
    /// Returns the references of the entities that have open errors, at most a second old.
    pub(super) async fn erring(&self) -> Result<Arc<Vec<String>>, AppError> {
        let cache = &self.0.erring.0;
        let known = cache.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, refs)) = known
            && since.elapsed() < FRESH
        {
            return Ok(refs);
        }
        let refs = Arc::new(self.db().problem_erring().await?);
        let fresh = Some((Instant::now(), Arc::clone(&refs)));
        *cache.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(refs)
    }
}
