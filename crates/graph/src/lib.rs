//! Layered drawings of directed graphs: sizes and edges go in, places and curves come out.
//!
//! The steps are those of Sugiyama's method: turn edges round until there is no cycle, give every node a rank, put a
//! waypoint on every rank that an edge passes, order the ranks so that few edges cross, and align (Brandes and Köpf).
//! Parts that are not connected are drawn on their own and packed. The same input always gives the same drawing, and
//! the work is bounded by the number of nodes and edges that the caller admits.
mod acyclic;
mod align;
mod compact;
mod crossing;
mod draw;
mod layers;
mod order;
mod pack;
mod place;
mod rank;
mod route;

use thiserror::Error;

/// Where edges lead to, on the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    LeftRight,
    /// From right to left.
    RightLeft,
    /// From top to bottom.
    TopBottom,
    /// From bottom to top.
    BottomTop,
}

/// Width and height of something.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Size {
    /// Along the lines of a text.
    pub width: f64,
    /// Across the lines of a text.
    pub height: f64,
}

/// An arrow between two nodes, which are named by their numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Room for a text beside its middle; nothing where there is none.
    pub label: Size,
}

impl Edge {
    /// Makes an arrow without a text.
    #[must_use]
    pub fn new(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            label: Size::default(),
        }
    }
}

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Where edges lead to.
    pub direction: Direction,
    /// Distance between neighbours of the same rank.
    pub node_gap: f64,
    /// Distance between ranks; where a text is longer, it is more.
    pub rank_gap: f64,
    /// Nodes that are admitted.
    pub max_nodes: usize,
    /// Edges that are admitted.
    pub max_edges: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            direction: Direction::default(),
            node_gap: 16.0,
            rank_gap: 64.0,
            max_nodes: 500,
            max_edges: 2000,
        }
    }
}

/// A place in the drawing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A node where it was put.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Placed {
    /// Its upper left corner.
    pub corner: Point,
    /// As it was given.
    pub size: Size,
    /// Counted from 0 within its part of the drawing; edges lead from a lower to a higher one.
    pub rank: usize,
}

/// The way of an edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Way {
    /// Cubic curves from its beginning to its end: the start, then for each curve two handles and an end.
    pub points: Vec<Point>,
    /// Middle of the room for its text.
    pub label: Point,
    /// Whether it leads back to a lower rank, as one edge of every cycle must.
    pub reversed: bool,
}

/// A finished drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Everything lies between 0 and this.
    pub size: Size,
    /// In the order in which nodes were given.
    pub nodes: Vec<Placed>,
    /// In the order in which edges were given.
    pub edges: Vec<Way>,
    /// How often edges cross between ranks.
    pub crossings: usize,
}

/// Why there is no drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LayoutError {
    /// There are more nodes than the caller admits.
    #[error(
        "the graph has {count} nodes, and {limit} is the limit; leave some out before it is drawn"
    )]
    TooManyNodes {
        /// How many there are.
        count: usize,
        /// How many may be.
        limit: usize,
    },
    /// There are more edges than the caller admits.
    #[error(
        "the graph has {count} edges, and {limit} is the limit; leave some out before it is drawn"
    )]
    TooManyEdges {
        /// How many there are.
        count: usize,
        /// How many may be.
        limit: usize,
    },
    /// An edge names a node that was not given.
    #[error(
        "edge {edge} names node {node}, and there is no such node; give every node that an edge names"
    )]
    NoSuchNode {
        /// Number of the edge.
        edge: usize,
        /// The number that it names.
        node: usize,
    },
}

/// Draws a graph.
///
/// # Errors
/// When there is more of it than the options admit, or an edge names a node that is not there.
pub fn layout(nodes: &[Size], edges: &[Edge], options: &Options) -> Result<Layout, LayoutError> {
    if nodes.len() > options.max_nodes {
        return Err(LayoutError::TooManyNodes {
            count: nodes.len(),
            limit: options.max_nodes,
        });
    }
    if edges.len() > options.max_edges {
        return Err(LayoutError::TooManyEdges {
            count: edges.len(),
            limit: options.max_edges,
        });
    }
    for (number, edge) in edges.iter().enumerate() {
        let wrong = [edge.from, edge.to]
            .into_iter()
            .find(|node| *node >= nodes.len());
        if let Some(node) = wrong {
            return Err(LayoutError::NoSuchNode { edge: number, node });
        }
    }
    Ok(draw::draw(nodes, edges, options))
}
