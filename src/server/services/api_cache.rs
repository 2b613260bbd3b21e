//! Definitions of APIs that were read, so that the next page of the same one is fast. Bounded in number and bytes.
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use callboard_apidoc::ApiDoc;
use tokio::sync::Semaphore;

use crate::error::AppError;

/// Definitions that are kept.
const MAX_DOCS: usize = 64;
/// Bytes that they may take together.
const MAX_BYTES: usize = 96 * 1024 * 1024;
/// Definitions that are read at the same time; reading a large one takes much memory.
const AT_ONCE: usize = 2;

/// What tells one text from another: two sums with keys that nobody knows, and the length.
type Key = (u64, u64, usize);

/// The definitions that were asked for last.
#[derive(Debug)]
pub(super) struct ApiDocs {
    kept: Mutex<Kept>,
    reading: Arc<Semaphore>,
    hashers: [RandomState; 2],
}

#[derive(Debug, Default)]
struct Kept {
    docs: HashMap<Key, (Arc<ApiDoc>, u64)>,
    bytes: usize,
    uses: u64,
}

impl Default for ApiDocs {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            reading: Arc::new(Semaphore::new(AT_ONCE)),
            hashers: [RandomState::new(), RandomState::new()],
        }
    }
}

impl ApiDocs {
    /// Returns a definition, read now if it is not known.
    ///
    /// # Errors
    /// `Internal` when the portal stops.
    pub(super) async fn get(&self, text: String, kind: &str) -> Result<Arc<ApiDoc>, AppError> {
        let sum = |hasher: &RandomState| hasher.hash_one((&text, kind));
        let [first, second] = &self.hashers;
        let key = (sum(first), sum(second), text.len());
        if let Some(doc) = self.known(key) {
            return Ok(doc);
        }
        let permit = Arc::clone(&self.reading)
            .acquire_owned()
            .await
            .map_err(|_| AppError::Internal)?;
        // Somebody else may have read it meanwhile.
        if let Some(doc) = self.known(key) {
            return Ok(doc);
        }
        let kind = kind.to_owned();
        // The permit goes with the work: a request that is given up does not end it.
        let read = tokio::task::spawn_blocking(move || {
            let doc = callboard_apidoc::read(&text, &kind);
            drop(permit);
            doc
        });
        let doc = read.await.map_err(|error| {
            tracing::error!(%error, "a definition of an API could not be read");
            AppError::Internal
        })?;
        let doc = Arc::new(doc);
        self.keep(key, &doc);
        Ok(doc)
    }

    fn known(&self, key: Key) -> Option<Arc<ApiDoc>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let now = kept.uses;
        let (doc, used) = kept.docs.get_mut(&key)?;
        *used = now;
        Some(Arc::clone(doc))
    }

    fn keep(&self, key: Key, doc: &Arc<ApiDoc>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = kept.uses;
        kept.bytes += doc.weight();
        kept.docs.insert(key, (Arc::clone(doc), now));
        while kept.docs.len() > MAX_DOCS || (kept.bytes > MAX_BYTES && kept.docs.len() > 1) {
            let oldest = kept.docs.iter().min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(key, _)| *key) else {
                break;
            };
            if let Some((doc, _)) = kept.docs.remove(&oldest) {
                kept.bytes = kept.bytes.saturating_sub(doc.weight());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(number: usize) -> String {
        format!("openapi: 3.0.0\ninfo: {{title: number {number}}}")
    }

    #[tokio::test]
    async fn what_was_read_is_known_and_the_oldest_goes() {
        let docs = ApiDocs::default();
        let first = docs.get(text(0), "openapi").await.expect("read");
        let again = docs.get(text(0), "openapi").await.expect("read");
        assert!(Arc::ptr_eq(&first, &again));
        let other = docs.get(text(0), "trpc").await.expect("read");
        assert!(!other.rendered, "the type is part of what is known");
        for number in 1..MAX_DOCS + 5 {
            docs.get(text(number), "openapi").await.expect("read");
        }
        let kept = docs.kept.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(kept.docs.len(), MAX_DOCS);
        let bytes: usize = kept.docs.values().map(|(doc, _)| doc.weight()).sum();
        assert_eq!(kept.bytes, bytes);
    }
}
