//! What the relations of entities are shown from: as a table, and as a drawing.
use serde::{Deserialize, Serialize};

use super::{EntityLabel, FacetValue};

/// What the relations of entities are asked for; every field is part of the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GraphQuery {
    /// References of the entities to begin with.
    pub root: Vec<String>,
    /// `out`: what they need; `in`: what needs them; `any`: every relation, whichever way; `both`, also when empty: what
    /// they need and what needs them.
    pub direction: String,
    /// How many relations away, at most 5; 0 means 1.
    pub depth: u32,
    /// Only these kinds; empty means every kind.
    pub kind: Vec<String>,
    /// Only these types of relations; empty means every type.
    pub relation: Vec<String>,
    /// Where edges of the drawing lead to: `LR` (also when empty), `RL`, `TB` or `BT`.
    pub layout: String,
    /// `graph` for the drawing; anything else is the table.
    pub view: String,
    /// Whether a relation and its inverse are two edges.
    pub unmerged: bool,
    /// Page of the table, counted from 1; 0 means 1.
    pub page: u32,
}

/// Entities that are related by one type of relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedGroup {
    /// For example `dependsOn`.
    pub relation_type: String,
    /// For people: `Depends on`.
    pub title: String,
    /// Those on this page.
    pub rows: Vec<RelatedRow>,
    /// How many there are on all pages.
    pub total: usize,
}

/// One entity that is related.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedRow {
    /// Who it is.
    pub label: EntityLabel,
    /// How many relations away.
    pub distance: u32,
    /// The entities between, from the nearest.
    pub path: Vec<EntityLabel>,
    /// First owner.
    pub owner: Option<EntityLabel>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
}

/// How many entities were reached, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// All of them, without those it began with.
    pub all: usize,
    /// Those that need what it began with, directly or through others.
    pub dependents: usize,
    /// Those of them that are one relation away.
    pub direct_dependents: usize,
    /// The systems that these are or are part of.
    pub systems: usize,
    /// Those that are needed, directly or through others.
    pub dependencies: usize,
    /// Those of them that are one relation away.
    pub direct_dependencies: usize,
    /// Those that something refers to and that are not there.
    pub missing: usize,
    /// False when there are more than can be counted in good time.
    pub complete: bool,
}

/// Answer to [`GraphQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphView {
    /// The entities it began with.
    pub roots: Vec<EntityLabel>,
    /// What was asked for as a root and is not there.
    pub unknown: Vec<String>,
    /// The depth that was looked at.
    pub depth: u32,
    /// How many entities were reached.
    pub reach: Reach,
    /// The table, by type of relation.
    pub groups: Vec<RelatedGroup>,
    /// Rows on all pages.
    pub total: usize,
    /// This page, counted from 1.
    pub page: u32,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// Kinds to filter by.
    pub kinds: Vec<FacetValue>,
    /// Types of relations to filter by.
    pub relations: Vec<FacetValue>,
    /// The drawing, when it was asked for.
    pub picture: Option<Picture>,
}

/// A drawing, in pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Everything lies between 0 and this.
    pub width: i32,
    /// Everything lies between 0 and this.
    pub height: i32,
    /// The entities, nearest first.
    pub nodes: Vec<PictureNode>,
    /// Their relations.
    pub edges: Vec<PictureEdge>,
    /// How many entities there are in all, those included that are not drawn.
    pub total: usize,
    /// How many relations between drawn entities are not drawn.
    pub left_out: usize,
}

/// An entity in a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureNode {
    /// Who it is.
    pub label: EntityLabel,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// How many relations away.
    pub distance: u32,
    /// Left border.
    pub x: i32,
    /// Upper border.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// All relations from one entity of a drawing to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureEdge {
    /// Number of the node where it begins.
    pub from: u32,
    /// Number of the node where it ends.
    pub to: u32,
    /// Its curve, as the `d` of an SVG path.
    pub path: String,
    /// Types of relations, each with its inverse: `dependsOn / dependencyOf`.
    pub names: Vec<String>,
    /// Text beside it, unless the drawing is too crowded.
    pub text: Option<String>,
    /// Middle of the text.
    pub text_x: i32,
    /// Middle of the text.
    pub text_y: i32,
}

/// The nearest relations of one entity as a small drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MiniGraph {
    /// The drawing; nothing when there are no relations.
    pub picture: Option<Picture>,
    /// How many entities are related.
    pub total: usize,
}
