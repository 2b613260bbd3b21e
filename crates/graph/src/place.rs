//! Coordinates of all vertices: across ranks from four alignments, along them from the depth of what they hold.
use crate::{
    align::{self, Corner},
    compact,
    layers::Layers,
};

/// Where vertices and ranks are. Ranks follow each other along the first axis; vertices of a rank along the second.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Middle of each vertex along its rank.
    pub(crate) across: Vec<f64>,
    /// Begin and end of each rank.
    pub(crate) ranks: Vec<(f64, f64)>,
}

/// Returns the middle of each vertex along its rank.
pub(crate) fn across(layers: &Layers, gap: f64) -> Vec<f64> {
    let places = layers.places();
    let yielding = align::yielding(layers, &places);
    let mut four = Corner::ALL.map(|corner| {
        let root = align::roots(layers, &places, &yielding, corner);
        compact::compacted(layers, &root, gap, corner)
    });
    let extents = four.each_ref().map(|across| extent(layers, across));
    let width = |at: &usize| extents[*at].1 - extents[*at].0;
    let narrowest = (0..4).min_by(|a, b| width(a).total_cmp(&width(b)));
    let (low, high) = extents[narrowest.unwrap_or(0)];
    for ((across, corner), extent) in four.iter_mut().zip(Corner::ALL).zip(extents) {
        let shift = if corner.from_right {
            high - extent.1
        } else {
            low - extent.0
        };
        across.iter_mut().for_each(|place| *place += shift);
    }
    let mut across: Vec<f64> = (0..layers.vertices.len())
        .map(|vertex| {
            let mut all = four.each_ref().map(|across| across[vertex]);
            all.sort_by(f64::total_cmp);
            f64::midpoint(all[1], all[2])
        })
        .collect();
    keep_apart(layers, &mut across, gap);
    let (low, _) = extent(layers, &across);
    across.iter_mut().for_each(|place| *place -= low);
    across
}

/// Makes sure of the distances, whatever the alignments came to.
fn keep_apart(layers: &Layers, across: &mut [f64], gap: f64) {
    for row in &layers.ranks {
        for pair in row.windows(2) {
            let least = across[pair[0]] + compact::distance(layers, pair[0], pair[1], gap);
            across[pair[1]] = across[pair[1]].max(least);
        }
    }
}

/// Returns where vertices begin and end.
fn extent(layers: &Layers, across: &[f64]) -> (f64, f64) {
    let mut low = f64::INFINITY;
    let mut high = f64::NEG_INFINITY;
    for (vertex, middle) in layers.vertices.iter().zip(across) {
        low = low.min(middle - vertex.breadth / 2.0);
        high = high.max(middle + vertex.breadth / 2.0);
    }
    if low > high { (0.0, 0.0) } else { (low, high) }
}

/// Returns begin and end of each rank; `gaps` are the distances between them.
pub(crate) fn ranks(layers: &Layers, gaps: &[f64]) -> Vec<(f64, f64)> {
    let mut at = 0.0;
    let rows = layers.ranks.iter().enumerate();
    rows.map(|(rank, row)| {
        let depths = row.iter().map(|vertex| layers.vertices[*vertex].depth);
        let begin = at;
        let end = begin + depths.fold(0.0, f64::max);
        at = end + gaps.get(rank).copied().unwrap_or_default();
        (begin, end)
    })
    .collect()
}
