//! What stands above every tab of an entity's page.
use serde::{Deserialize, Serialize};

use super::{ChangeRow, EntityLabel};

/// Name, the facts that people look for first, and what there is on each tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityHead {
    /// Name, link and kind.
    pub label: EntityLabel,
    /// All owners.
    pub owners: Vec<EntityLabel>,
    /// Whether its kind has owners and its file names none.
    pub lacks_owner: bool,
    /// Systems it is part of.
    pub systems: Vec<EntityLabel>,
    /// Domains it is part of.
    pub domains: Vec<EntityLabel>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// The file it was read from, as a person would name it.
    pub source: Option<String>,
    /// Page that shows the source file.
    pub view_url: Option<String>,
    /// Page that edits the source file.
    pub edit_url: Option<String>,
    /// Whether the caller starred it.
    pub starred: bool,
    /// Whether the caller watches it.
    pub watched: bool,
    /// Whether the caller may have it read again.
    pub can_refresh: bool,
    /// Whether the caller may remove it.
    pub can_unregister: bool,
    /// The last thing that happened to it.
    pub change: Option<ChangeRow>,
    /// Number of relations.
    pub relations: usize,
    /// Number of APIs to show: its own definition, and those it provides or consumes.
    pub apis: usize,
    /// Number of open problems.
    pub problems: usize,
}
