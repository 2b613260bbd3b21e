//! Places for chains, as close together as their vertices allow.
use std::collections::BTreeMap;

use crate::{align::Corner, layers::Layers};

/// Returns where the middle of each vertex stands when its chain, which begins with `root`, goes as far as it can to one
/// side.
pub(crate) fn compacted(layers: &Layers, root: &[usize], gap: f64, corner: Corner) -> Vec<f64> {
    let count = layers.vertices.len();
    let mut apart: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for row in &layers.ranks {
        for pair in row.windows(2) {
            let distance = distance(layers, pair[0], pair[1], gap);
            let (before, after) = if corner.from_right {
                (pair[1], pair[0])
            } else {
                (pair[0], pair[1])
            };
            let most = apart.entry((root[before], root[after])).or_default();
            *most = most.max(distance);
        }
    }
    let mut before = vec![Vec::new(); count];
    let mut after = vec![Vec::new(); count];
    for ((first, second), distance) in apart {
        before[second].push((first, distance));
        after[first].push((second, distance));
    }
    let sorted = sorted(&before, &after);
    let mut at = vec![0.0_f64; count];
    for chain in &sorted {
        let places = before[*chain]
            .iter()
            .map(|(other, distance)| at[*other] + distance);
        at[*chain] = places.fold(0.0, f64::max);
    }
    // Chains that nothing holds on the near side move to what they are beside on the far side.
    for chain in sorted.iter().rev() {
        let places = after[*chain]
            .iter()
            .map(|(other, distance)| at[*other] - distance);
        let least = places.fold(f64::INFINITY, f64::min);
        if least.is_finite() {
            at[*chain] = at[*chain].max(least);
        }
    }
    let sign = if corner.from_right { -1.0 } else { 1.0 };
    root.iter().map(|chain| sign * at[*chain]).collect()
}

/// Returns how far apart the middles of two neighbours are at least.
pub(crate) fn distance(layers: &Layers, left: usize, right: usize, gap: f64) -> f64 {
    let (left, right) = (&layers.vertices[left], &layers.vertices[right]);
    let gap = match (left.node, right.node) {
        (Some(_), Some(_)) => gap,
        (None, None) => gap * 0.75,
        _ => gap * 0.9,
    };
    left.breadth / 2.0 + gap + right.breadth / 2.0
}

/// Returns the chains in an order in which each comes after those before it.
fn sorted(before: &[Vec<(usize, f64)>], after: &[Vec<(usize, f64)>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut sorted: Vec<usize> = (0..before.len()).filter(|at| waiting[*at] == 0).collect();
    let mut next = 0;
    while next < sorted.len() {
        for (other, _) in &after[sorted[next]] {
            waiting[*other] -= 1;
            if waiting[*other] == 0 {
                sorted.push(*other);
            }
        }
        next += 1;
    }
    sorted
}
