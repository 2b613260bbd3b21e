//! The tabs of an entity's page: overview and problems.
use serde::{Deserialize, Serialize};

use super::{ChangeRow, EntityLabel, EntityRow, ProblemRow};
use crate::Entity;

/// Other ends of relations that belong together, such as the components that something depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationGroup {
    /// For example `dependsOn`.
    pub relation_type: String,
    /// Lower-case kind of the other ends where the group is for one kind alone, or empty.
    pub kind: String,
    /// For people: `Depends on components`.
    pub title: String,
    /// The first of the other ends, by title.
    pub targets: Vec<EntityRow>,
    /// How many other ends there are in all.
    pub total: usize,
}

/// Everything the first tab of an entity's page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntityView {
    /// The entity itself, without its relations.
    pub entity: Entity,
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
    /// Components it is part of.
    pub parents: Vec<EntityLabel>,
    /// Relations in groups, each with its first rows.
    pub relations: Vec<RelationGroup>,
    /// The file it was read from, as a person would name it.
    pub source: Option<String>,
    /// The location whose registration brought it, as a person would name it.
    pub origin: Option<String>,
    /// Last changes, newest first.
    pub changes: Vec<ChangeRow>,
    /// What has to be said before anything else.
    pub warnings: EntityWarnings,
    /// What a location brought.
    pub produced: Option<Produced>,
}

/// What has to be said of an entity before anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityWarnings {
    /// No location leads to it any more.
    pub orphan: bool,
    /// Whether the caller may remove it.
    pub can_remove: bool,
    /// It is shown as it was before its file broke.
    pub stale: bool,
    /// Errors, and relations that lead nowhere: the first few.
    pub problems: Vec<WarningRow>,
    /// How many of them there are.
    pub total: usize,
}

/// A problem that has to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningRow {
    /// The problem.
    pub row: ProblemRow,
    /// What was probably meant, where a relation leads nowhere.
    pub near: Option<EntityLabel>,
}

/// What a location brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Produced {
    /// The first of the entities.
    pub rows: Vec<EntityRow>,
    /// How many there are in all.
    pub total: usize,
    /// Entities by kind, the most frequent first.
    pub kinds: Vec<super::KindCount>,
}

/// Some lines of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLines {
    /// Number of the first line.
    pub first: u32,
    /// The lines, without what ends them.
    pub lines: Vec<String>,
    /// Number of the line that is meant.
    pub meant: u32,
}

/// An open problem with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDetail {
    /// The problem.
    pub row: ProblemRow,
    /// The lines, where the text of the file is at hand.
    pub lines: Option<SourceLines>,
}

/// Everything the problems tab of an entity's page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityProblems {
    /// The problems, the worst first.
    pub problems: Vec<ProblemDetail>,
    /// How many there are in all.
    pub total: usize,
}

/// What is known of an entity that the catalog does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingView {
    /// Entities whose names are nearly the same, the nearest first.
    pub near: Vec<EntityLabel>,
    /// What is wrong with its file.
    pub problems: Vec<ProblemRow>,
    /// Its removal, if it was there once.
    pub removed: Option<ChangeRow>,
}
