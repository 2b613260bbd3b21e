//! What can go wrong in the engine itself; problems of files are diagnostics, not errors.
use callboard_db::DbError;

/// Why the engine could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The database failed.
    #[error("the catalog cannot use its database")]
    Db(#[from] DbError),
    /// A stored entity is not JSON.
    #[error("the stored entity {entity_ref} cannot be read")]
    Stored {
        /// Which.
        entity_ref: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A worker thread ended without an answer.
    #[error("reading the catalog files ended early")]
    Worker(#[from] tokio::task::JoinError),
}
