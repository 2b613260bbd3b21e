//! What belongs to one person: saved views.
use serde::{Deserialize, Serialize};

use super::EntityLabel;

/// A catalog query that somebody gave a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Random id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Query string of the catalog page, without the question mark.
    pub query: String,
    /// Whose it is: a user, or a group whose members all see it.
    pub owner: EntityLabel,
    /// Whether the caller may change and remove it.
    pub can_edit: bool,
}
