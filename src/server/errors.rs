//! Engine errors into the errors that users see; the detail is logged here, once.
use callboard_catalog::CatalogError;
use callboard_db::DbError;

use crate::error::AppError;

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the database failed"
        );
        Self::Internal
    }
}

impl From<CatalogError> for AppError {
    fn from(error: CatalogError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the catalog failed"
        );
        Self::Internal
    }
}
