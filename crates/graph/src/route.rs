//! The curves of edges, from the border of one node to the border of another.
use crate::{layers::Layers, order::as_f64, place::Places};

/// Ends of edges at one side of a node are so far apart at most.
const STEP: f64 = 10.0;

/// They take so much of the side.
const SHARE: f64 = 0.6;

/// Room beside a node for an edge that leads back to it.
pub(crate) const LOOP: f64 = 28.0;

/// A place: along the ranks' axis, and across it.
pub(crate) type Spot = (f64, f64);

/// The curves of an edge, and the middle of the room for its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Curve {
    pub(crate) points: Vec<Spot>,
    pub(crate) label: Spot,
}

/// Returns the curve of each edge from the lower rank to the higher one.
pub(crate) fn curves(layers: &Layers, places: &Places, loops: &[bool]) -> Vec<Curve> {
    let ends = ends(layers, places, loops);
    let chains = layers.chains.iter().zip(ends);
    chains
        .map(|(chain, ends)| curve(layers, places, chain, ends))
        .collect()
}

/// Returns the number of the gap, counted from the first rank of an edge, in whose middle its text is.
pub(crate) fn label_gap(ranks: usize) -> usize {
    (ranks - 1) / 2
}

fn curve(layers: &Layers, places: &Places, chain: &[usize], ends: (f64, f64)) -> Curve {
    let [first, .., last] = chain else {
        return Curve::default();
    };
    let mut points = vec![(side(layers, places, *first, true), ends.0)];
    let mut label = (0.0, 0.0);
    let wanted = label_gap(chain.len() - 1);
    for (gap, vertex) in chain.iter().skip(1).enumerate() {
        let from = points.last().copied().unwrap_or_default();
        let to = if vertex == last {
            (side(layers, places, *last, false), ends.1)
        } else {
            (rank(layers, places, *vertex).0, places.across[*vertex])
        };
        bend(&mut points, from, to);
        if gap == wanted {
            label = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        }
        if vertex != last {
            // Straight past the nodes of the rank.
            straight(&mut points, to, (rank(layers, places, *vertex).1, to.1));
        }
    }
    Curve { points, label }
}

/// Returns the curve of an edge that leads back to its node, whose room includes that of the curve.
pub(crate) fn looped(layers: &Layers, places: &Places, node: usize) -> Curve {
    let (begin, end) = rank(layers, places, node);
    let vertex = &layers.vertices[node];
    let middle = f64::midpoint(begin, end);
    let far = places.across[node] + vertex.breadth / 2.0;
    let near = far - LOOP;
    let reach = vertex.depth / 4.0;
    let (first, last) = (middle + reach, middle - reach);
    Curve {
        points: vec![(first, near), (first, far), (last, far), (last, near)],
        label: (middle, far - LOOP / 4.0),
    }
}

fn rank(layers: &Layers, places: &Places, vertex: usize) -> (f64, f64) {
    places.ranks[layers.vertices[vertex].rank]
}

/// Returns the border of a node towards the next rank, or towards the one before.
fn side(layers: &Layers, places: &Places, node: usize, next: bool) -> f64 {
    let (begin, end) = rank(layers, places, node);
    let half = layers.vertices[node].depth / 2.0;
    f64::midpoint(begin, end) + if next { half } else { -half }
}

/// Adds a curve that leaves and arrives along the axis of the ranks.
fn bend(points: &mut Vec<Spot>, from: Spot, to: Spot) {
    let half = f64::midpoint(from.0, to.0);
    points.extend([(half, from.1), (half, to.1), to]);
}

fn straight(points: &mut Vec<Spot>, from: Spot, to: Spot) {
    let third = (to.0 - from.0) / 3.0;
    points.extend([(from.0 + third, from.1), (to.0 - third, to.1), to]);
}

/// Returns for each edge where, across, it leaves its first node and reaches its last.
fn ends(layers: &Layers, places: &Places, loops: &[bool]) -> Vec<(f64, f64)> {
    let count = loops.len();
    let mut leaving = vec![Vec::new(); count];
    let mut arriving = vec![Vec::new(); count];
    for (edge, chain) in layers.chains.iter().enumerate() {
        if let [first, .., last] = chain.as_slice() {
            leaving[*first].push((places.across[chain[1]], edge));
            arriving[*last].push((places.across[chain[chain.len() - 2]], edge));
        }
    }
    let mut ends = vec![(0.0, 0.0); layers.chains.len()];
    for node in 0..count {
        let room = if loops[node] { LOOP } else { 0.0 };
        let breadth = layers.vertices[node].breadth - room;
        let middle = places.across[node] - room / 2.0;
        for (edge, across) in spread(&mut leaving[node], middle, breadth) {
            ends[edge].0 = across;
        }
        for (edge, across) in spread(&mut arriving[node], middle, breadth) {
            ends[edge].1 = across;
        }
    }
    ends
}

/// Distributes edges over the side of a node in the order of where they come from.
fn spread(edges: &mut [(f64, usize)], middle: f64, breadth: f64) -> Vec<(usize, f64)> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let step = STEP.min(breadth * SHARE / as_f64(edges.len().max(1)));
    let first = middle - step * (as_f64(edges.len()) - 1.0) / 2.0;
    let edges = edges.iter().enumerate();
    edges
        .map(|(at, (_, edge))| (*edge, first + step * as_f64(at)))
        .collect()
}
