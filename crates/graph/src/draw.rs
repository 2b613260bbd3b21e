//! All steps in their order, for each part of the graph, and the drawing put together from the parts.
use std::collections::BTreeMap;

use crate::{
    Direction, Edge, Layout, Options, Placed, Point, Size, Way, acyclic,
    layers::Layers,
    order, pack,
    place::{self, Places},
    rank,
    route::{self, Curve, Spot},
};

/// Room on both sides of the text of an edge.
const LABEL_MARGIN: f64 = 12.0;

/// Longer sides are taken for this long.
const LONGEST: f64 = 1e5;

/// One part of the graph.
#[derive(Debug, Default)]
struct Part {
    /// The nodes of the graph that are in it.
    nodes: Vec<usize>,
    /// The edges of the graph that are in it.
    edges: Vec<usize>,
}

/// A part as it was drawn; places are those within the part.
struct Drawn {
    size: Size,
    nodes: Vec<Placed>,
    edges: Vec<Way>,
    crossings: usize,
}

/// Draws a graph whose edges name nodes that are there.
pub(crate) fn draw(nodes: &[Size], edges: &[Edge], options: &Options) -> Layout {
    let parts = parts(nodes.len(), edges);
    let drawn: Vec<Drawn> = parts
        .iter()
        .map(|part| draw_part(part, nodes, edges, options))
        .collect();
    let sizes: Vec<Size> = drawn.iter().map(|part| part.size).collect();
    let (corners, size) = pack::packed(&sizes, options.node_gap * 2.0);
    let mut layout = Layout {
        size,
        nodes: vec![Placed::default(); nodes.len()],
        edges: vec![Way::default(); edges.len()],
        crossings: 0,
    };
    for ((part, drawn), corner) in parts.iter().zip(drawn).zip(corners) {
        let shifted = |point: Point| Point {
            x: point.x + corner.x,
            y: point.y + corner.y,
        };
        for (node, mut placed) in part.nodes.iter().zip(drawn.nodes) {
            placed.corner = shifted(placed.corner);
            layout.nodes[*node] = placed;
        }
        for (edge, mut way) in part.edges.iter().zip(drawn.edges) {
            way.points
                .iter_mut()
                .for_each(|point| *point = shifted(*point));
            way.label = shifted(way.label);
            layout.edges[*edge] = way;
        }
        layout.crossings += drawn.crossings;
    }
    layout
}

/// Divides the graph into parts that no edge connects, in the order of their first nodes.
fn parts(nodes: usize, edges: &[Edge]) -> Vec<Part> {
    let mut beside = vec![Vec::new(); nodes];
    for edge in edges {
        beside[edge.from].push(edge.to);
        beside[edge.to].push(edge.from);
    }
    let mut part_of = vec![usize::MAX; nodes];
    let mut parts: Vec<Part> = Vec::new();
    for start in 0..nodes {
        if part_of[start] != usize::MAX {
            continue;
        }
        let number = parts.len();
        let mut found = vec![start];
        part_of[start] = number;
        let mut next = 0;
        while next < found.len() {
            for other in &beside[found[next]] {
                if part_of[*other] == usize::MAX {
                    part_of[*other] = number;
                    found.push(*other);
                }
            }
            next += 1;
        }
        found.sort_unstable();
        parts.push(Part {
            nodes: found,
            edges: Vec::new(),
        });
    }
    for (number, edge) in edges.iter().enumerate() {
        parts[part_of[edge.from]].edges.push(number);
    }
    parts
}

/// The edges of a part with those between the same nodes taken for one.
#[derive(Default)]
struct Merged {
    /// From the lower rank to the higher one.
    forward: Vec<(usize, usize)>,
    turned: Vec<bool>,
    /// How deep the text of each is.
    labels: Vec<f64>,
    /// For each edge of the part its number here; none for one that leads back to its node.
    of: Vec<Option<usize>>,
}

fn merged(part: &Part, edges: &[Edge], local: impl Fn(usize) -> usize, upright: bool) -> Merged {
    let mut merged = Merged::default();
    let mut known = BTreeMap::new();
    for edge in part.edges.iter().map(|edge| &edges[*edge]) {
        if edge.from == edge.to {
            merged.of.push(None);
            continue;
        }
        let ends = (local(edge.from), local(edge.to));
        let number = *known.entry(ends).or_insert_with(|| {
            merged.forward.push(ends);
            merged.labels.push(0.0);
            merged.forward.len() - 1
        });
        let depth = if upright {
            edge.label.height
        } else {
            edge.label.width
        };
        merged.labels[number] = merged.labels[number].max(sane(depth));
        merged.of.push(Some(number));
    }
    merged.turned = acyclic::turned(part.nodes.len(), &merged.forward);
    for (ends, turned) in merged.forward.iter_mut().zip(&merged.turned) {
        if *turned {
            *ends = (ends.1, ends.0);
        }
    }
    merged
}

fn draw_part(part: &Part, sizes: &[Size], edges: &[Edge], options: &Options) -> Drawn {
    let upright = matches!(
        options.direction,
        Direction::TopBottom | Direction::BottomTop
    );
    let local = |node: usize| part.nodes.binary_search(&node).unwrap_or_default();
    let merged = merged(part, edges, local, upright);
    let mut loops = vec![false; part.nodes.len()];
    for edge in part.edges.iter().map(|edge| &edges[*edge]) {
        loops[local(edge.from)] |= edge.from == edge.to;
    }
    let room: Vec<f64> = loops
        .iter()
        .map(|looped| if *looped { route::LOOP } else { 0.0 })
        .collect();
    let turned: Vec<(f64, f64)> = part
        .nodes
        .iter()
        .zip(&room)
        .map(|(node, room)| {
            let Size { width, height } = sizes[*node];
            let (breadth, depth) = if upright {
                (width, height)
            } else {
                (height, width)
            };
            (sane(breadth) + room, sane(depth))
        })
        .collect();
    let ranks = rank::ranks(part.nodes.len(), &merged.forward);
    let mut layers = Layers::of(&ranks, &turned, &merged.forward);
    let crossings = order::order(&mut layers);
    let places = Places {
        across: place::across(&layers, sane(options.node_gap)),
        ranks: place::ranks(&layers, &gaps(&layers, &merged, options)),
    };
    let frame = Frame {
        direction: options.direction,
        depth: places.ranks.last().map_or(0.0, |(_, end)| *end),
    };
    let nodes = part.nodes.iter().enumerate();
    let nodes = nodes.map(|(at, node)| {
        let (begin, end) = places.ranks[ranks[at]];
        let across = places.across[at] - room[at] / 2.0;
        let middle = frame.point((f64::midpoint(begin, end), across));
        placed(middle, sizes[*node], ranks[at])
    });
    let curves = route::curves(&layers, &places, &loops);
    let ways = part.edges.iter().zip(&merged.of).map(|(edge, number)| {
        let node = local(edges[*edge].from);
        match number {
            Some(number) => frame.way(&curves[*number], merged.turned[*number]),
            None => frame.way(&route::looped(&layers, &places, node), false),
        }
    });
    Drawn {
        size: frame.size(breadth(&layers, &places), upright),
        nodes: nodes.collect(),
        edges: ways.collect(),
        crossings,
    }
}

/// Puts a node where its middle is to be.
fn placed(middle: Point, size: Size, rank: usize) -> Placed {
    let size = Size {
        width: sane(size.width),
        height: sane(size.height),
    };
    Placed {
        corner: Point {
            x: middle.x - size.width / 2.0,
            y: middle.y - size.height / 2.0,
        },
        size,
        rank,
    }
}

/// Returns the distance after each rank, with room for the texts of edges.
fn gaps(layers: &Layers, merged: &Merged, options: &Options) -> Vec<f64> {
    let mut gaps = vec![sane(options.rank_gap); layers.ranks.len()];
    for (edge, chain) in layers.chains.iter().enumerate() {
        let label = merged.labels[edge];
        if label > 0.0 && layers.is_whole(edge) {
            let first = layers.vertices[chain[0]].rank;
            let gap = &mut gaps[first + route::label_gap(chain.len() - 1)];
            *gap = gap.max(label + 2.0 * LABEL_MARGIN);
        }
    }
    gaps
}

fn breadth(layers: &Layers, places: &Places) -> f64 {
    let ends = layers.vertices.iter().zip(&places.across);
    ends.map(|(vertex, middle)| middle + vertex.breadth / 2.0)
        .fold(0.0, f64::max)
}

/// Turns places along and across ranks into those of the drawing.
struct Frame {
    direction: Direction,
    depth: f64,
}

impl Frame {
    fn size(&self, breadth: f64, upright: bool) -> Size {
        let (width, height) = if upright {
            (breadth, self.depth)
        } else {
            (self.depth, breadth)
        };
        Size { width, height }
    }

    fn point(&self, (along, across): Spot) -> Point {
        let back = self.depth - along;
        let (x, y) = match self.direction {
            Direction::LeftRight => (along, across),
            Direction::RightLeft => (back, across),
            Direction::TopBottom => (across, along),
            Direction::BottomTop => (across, back),
        };
        Point { x, y }
    }

    fn way(&self, curve: &Curve, reversed: bool) -> Way {
        let mut points: Vec<Point> = curve.points.iter().map(|spot| self.point(*spot)).collect();
        if reversed {
            points.reverse();
        }
        Way {
            points,
            label: self.point(curve.label),
            reversed,
        }
    }
}

/// Returns a length that one can count with.
fn sane(length: f64) -> f64 {
    if length.is_nan() {
        0.0
    } else {
        length.clamp(0.0, LONGEST)
    }
}
