//! What stands above every tab of an entity's page.
use serde::{Deserialize, Serialize};

use super::EntityLabel;

/// Name, the facts that people look for first, and what there is on each tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityHead {
    /// Name, link and kind.
    pub label: EntityLabel,
    /// All owners.
    pub owners: Vec<EntityLabel>,
    /// Systems it is part of.
    pub systems: Vec<EntityLabel>,
    /// Domains it is part of.
    pub domains: Vec<EntityLabel>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// Page that shows the source file.
    pub view_url: Option<String>,
    /// Page that edits the source file.
    pub edit_url: Option<String>,
    /// Whether the caller starred it.
    pub starred: bool,
    /// Whether the caller watches it.
    pub watched: bool,
    /// Number of relations.
    pub relations: usize,
    /// Number of APIs to show: its own definition, and those it provides or consumes.
    pub apis: usize,
    /// Number of open problems.
    pub problems: usize,
}
