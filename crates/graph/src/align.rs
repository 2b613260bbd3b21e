//! Chains of vertices that are to stand in line, by the method of Brandes and Köpf.
use std::collections::HashSet;

use crate::layers::Layers;

/// From which corner of the drawing the chains are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Corner {
    /// Ranks are passed from the last to the first.
    pub(crate) from_below: bool,
    /// Vertices are passed from the last to the first.
    pub(crate) from_right: bool,
}

impl Corner {
    /// All four.
    pub(crate) const ALL: [Self; 4] = [
        Self::new(false, false),
        Self::new(false, true),
        Self::new(true, false),
        Self::new(true, true),
    ];

    const fn new(from_below: bool, from_right: bool) -> Self {
        Self {
            from_below,
            from_right,
        }
    }
}

/// Edges between neighbouring ranks that give way to others, from the upper end to the lower.
pub(crate) type Yielding = HashSet<(usize, usize)>;

/// Returns the edges that cross the middle of a long edge: those stay straight.
pub(crate) fn yielding(layers: &Layers, places: &[usize]) -> Yielding {
    let mut found = Yielding::new();
    for (upper, lower) in layers.ranks.iter().zip(layers.ranks.iter().skip(1)) {
        let mut first = 0;
        let mut scanned = 0;
        for (at, vertex) in lower.iter().enumerate() {
            let inner = inner(layers, *vertex);
            if inner.is_none() && at + 1 < lower.len() {
                continue;
            }
            let last = inner.map_or(upper.len(), |above| places[above]);
            for other in &lower[scanned..=at] {
                for above in &layers.above[*other] {
                    let crosses = places[*above] < first || places[*above] > last;
                    let is_inner = inner_of(layers, *above, *other);
                    if crosses && !is_inner {
                        found.insert((*above, *other));
                    }
                }
            }
            scanned = at + 1;
            first = last;
        }
    }
    found
}

/// Returns the waypoint above a waypoint.
fn inner(layers: &Layers, vertex: usize) -> Option<usize> {
    let above = layers.above[vertex].first().copied()?;
    inner_of(layers, above, vertex).then_some(above)
}

fn inner_of(layers: &Layers, upper: usize, lower: usize) -> bool {
    let is_waypoint = |vertex: usize| layers.vertices[vertex].node.is_none();
    is_waypoint(upper) && is_waypoint(lower)
}

/// Returns for each vertex the one that its chain begins with.
pub(crate) fn roots(
    layers: &Layers,
    places: &[usize],
    yielding: &Yielding,
    corner: Corner,
) -> Vec<usize> {
    let count = layers.vertices.len();
    let mut root: Vec<usize> = (0..count).collect();
    let mut taken = vec![false; count];
    let place = |vertex: usize| {
        let width = layers.ranks[layers.vertices[vertex].rank].len();
        if corner.from_right {
            width - 1 - places[vertex]
        } else {
            places[vertex]
        }
    };
    for step in 0..layers.ranks.len() {
        let row = if corner.from_below {
            &layers.ranks[layers.ranks.len() - 1 - step]
        } else {
            &layers.ranks[step]
        };
        // One more than the place up to which chains have reached.
        let mut reached = 0;
        for at in 0..row.len() {
            let vertex = if corner.from_right {
                row[row.len() - 1 - at]
            } else {
                row[at]
            };
            let mut ends = if corner.from_below {
                layers.below[vertex].clone()
            } else {
                layers.above[vertex].clone()
            };
            ends.sort_by_key(|end| place(*end));
            let half = ends.len().saturating_sub(1);
            for end in ends.iter().take(half.div_ceil(2) + 1).skip(half / 2) {
                let edge = if corner.from_below {
                    (vertex, *end)
                } else {
                    (*end, vertex)
                };
                let is_free = !taken[*end] && place(*end) >= reached && !yielding.contains(&edge);
                if is_free {
                    taken[*end] = true;
                    root[vertex] = root[*end];
                    reached = place(*end) + 1;
                    break;
                }
            }
        }
    }
    root
}
