//! What pages show of what is one's own: stars, watches and saved views.
use serde::{Deserialize, Serialize};

use super::EntityLabel;

/// An entity that somebody starred, watches or looked at. It may be gone, which its label says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedRow {
    /// The entity.
    pub label: EntityLabel,
    /// Its owner, if it is known.
    pub owner: Option<EntityLabel>,
    /// When it was starred, watched or looked at last, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Whether it is starred.
    pub starred: bool,
}

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
