//! The order within every rank, so that few edges cross.
use std::collections::VecDeque;

use crate::{crossing, layers::Layers};

/// How hard to try: a small graph is looked at from many sides, a large one must not take long.
struct Effort {
    /// From so many first orders.
    starts: usize,
    /// So often are all ranks put in order anew, down and up in turn.
    sweeps: usize,
    /// So often may neighbours change places after one sweep.
    rounds: usize,
}

impl Effort {
    fn of(vertices: usize) -> Self {
        let (starts, sweeps, rounds) = match vertices {
            0..1000 => (4, 24, 12),
            1000..3000 => (3, 12, 6),
            _ => (2, 8, 2),
        };
        Self {
            starts,
            sweeps,
            rounds,
        }
    }
}

/// Puts every rank in the best order that was found, and returns how often edges cross then.
pub(crate) fn order(layers: &mut Layers) -> usize {
    let effort = Effort::of(layers.vertices.len());
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    let starts = [(true, false), (false, true), (true, true), (false, false)]
        .map(|(deep, from_below)| searched(layers, deep, from_below));
    for start in starts.into_iter().take(effort.starts) {
        layers.ranks = start;
        let mut places = layers.places();
        for sweep in 0..=effort.sweeps {
            if sweep > 0 {
                sort_all(layers, &mut places, sweep);
            }
            let equals = sweep % 4 >= 2;
            change_places(layers, &mut places, equals, effort.rounds);
            let crossings = crossing::total(layers, &places);
            if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
                best = Some((crossings, layers.ranks.clone()));
            }
            if crossings == 0 {
                break;
            }
        }
        if matches!(best, Some((0, _))) {
            break;
        }
    }
    let (crossings, ranks) = best.unwrap_or_default();
    layers.ranks = ranks;
    crossings
}

/// Orders every rank as a search finds its vertices: in breadth or in depth, from the first ranks or from the last.
fn searched(layers: &Layers, deep: bool, from_below: bool) -> Vec<Vec<usize>> {
    let mut starts: Vec<usize> = layers.ranks.concat();
    if from_below {
        starts.reverse();
    }
    let mut seen = vec![false; layers.vertices.len()];
    let mut ranks = vec![Vec::new(); layers.ranks.len()];
    let mut open = VecDeque::new();
    for start in starts {
        open.push_back(start);
        while let Some(vertex) = if deep {
            open.pop_back()
        } else {
            open.pop_front()
        } {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            ranks[layers.vertices[vertex].rank].push(vertex);
            if deep {
                open.extend(layers.above[vertex].iter().rev());
                open.extend(layers.below[vertex].iter().rev());
            } else {
                open.extend(&layers.below[vertex]);
                open.extend(&layers.above[vertex]);
            }
        }
    }
    ranks
}

/// Sorts every rank but the first by where the neighbours on the one before are, or every one but the last by the one
/// after.
fn sort_all(layers: &mut Layers, places: &mut [usize], sweep: usize) {
    let down = sweep % 2 == 1;
    // Every other pair of sweeps lets equals change places, or some crossings would never go.
    let turn_equals = sweep % 4 >= 2;
    let by_median = sweep % 8 >= 4;
    let count = layers.ranks.len();
    for step in 1..count {
        let rank = if down { step } else { count - 1 - step };
        let neighbours = if down { &layers.above } else { &layers.below };
        let mut row = std::mem::take(&mut layers.ranks[rank]);
        let mut keyed: Vec<(f64, usize)> = row
            .iter()
            .filter_map(|vertex| {
                let key = middle(&neighbours[*vertex], places, by_median)?;
                Some((key, *vertex))
            })
            .collect();
        if turn_equals {
            keyed.reverse();
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        // What has no neighbour on the other rank keeps its place.
        let mut next = keyed.into_iter();
        for vertex in &mut row {
            if !neighbours[*vertex].is_empty()
                && let Some((_, sorted)) = next.next()
            {
                *vertex = sorted;
            }
        }
        for (place, vertex) in row.iter().enumerate() {
            places[*vertex] = place;
        }
        layers.ranks[rank] = row;
    }
}

/// Returns the mean or the median of the places of some vertices.
fn middle(vertices: &[usize], places: &[usize], by_median: bool) -> Option<f64> {
    if vertices.is_empty() {
        return None;
    }
    if !by_median {
        let sum: usize = vertices.iter().map(|vertex| places[*vertex]).sum();
        return Some(as_f64(sum) / as_f64(vertices.len()));
    }
    let mut all: Vec<usize> = vertices.iter().map(|vertex| places[*vertex]).collect();
    all.sort_unstable();
    let half = all.len() / 2;
    Some(if all.len() % 2 == 1 {
        as_f64(all[half])
    } else {
        as_f64(all[half - 1] + all[half]) / 2.0
    })
}

/// Lets neighbours change places where fewer edges cross then, or also where as many do.
fn change_places(layers: &mut Layers, places: &mut [usize], equals: bool, rounds: usize) {
    for _ in 0..rounds {
        let mut changed = false;
        for rank in 0..layers.ranks.len() {
            changed |= change_places_in(layers, rank, places, equals);
        }
        if !changed {
            break;
        }
    }
}

fn change_places_in(layers: &mut Layers, rank: usize, places: &mut [usize], equals: bool) -> bool {
    let mut row = std::mem::take(&mut layers.ranks[rank]);
    // The ranks beside do not change meanwhile.
    let sorted = |all: &[usize]| {
        let mut ends: Vec<usize> = all.iter().map(|vertex| places[*vertex]).collect();
        ends.sort_unstable();
        ends
    };
    let mut ends: Vec<_> = row
        .iter()
        .map(|vertex| {
            (
                sorted(&layers.above[*vertex]),
                sorted(&layers.below[*vertex]),
            )
        })
        .collect();
    let mut changed = false;
    for left in 0..row.len().saturating_sub(1) {
        let above = crossing::of_two(&ends[left].0, &ends[left + 1].0);
        let below = crossing::of_two(&ends[left].1, &ends[left + 1].1);
        let (now, then) = (above.0 + below.0, above.1 + below.1);
        if then < now || equals && then == now && now > 0 {
            row.swap(left, left + 1);
            ends.swap(left, left + 1);
            changed |= then < now;
        }
    }
    for (place, vertex) in row.iter().enumerate() {
        places[*vertex] = place;
    }
    layers.ranks[rank] = row;
    changed
}

#[expect(clippy::cast_precision_loss, reason = "a place is far below 2^52")]
pub(crate) fn as_f64(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_drawn_without_crossings_is() {
        // A tree whose leaves were given in a bad order.
        let edges = [(0, 1), (0, 2), (1, 5), (1, 3), (2, 4), (2, 6)];
        let mut layers = Layers::of(&[0, 1, 1, 2, 2, 2, 2], &[(1.0, 1.0); 7], &edges);
        assert_eq!(order(&mut layers), 0);
        let places = layers.places();
        assert_eq!(crossing::total(&layers, &places), 0);
    }

    #[test]
    fn every_vertex_keeps_its_rank() {
        let edges = [(0, 2), (1, 2), (0, 3), (1, 3)];
        let mut layers = Layers::of(&[0, 0, 1, 1], &[(1.0, 1.0); 4], &edges);
        assert_eq!(order(&mut layers), 1);
        let mut all: Vec<_> = layers.ranks.concat();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3]);
    }
}
