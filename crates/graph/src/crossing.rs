//! How often edges cross.
use crate::layers::Layers;

/// Returns how often edges between neighbouring ranks cross.
pub(crate) fn total(layers: &Layers, places: &[usize]) -> usize {
    let pairs = layers.ranks.iter().zip(layers.ranks.iter().skip(1));
    pairs
        .map(|(upper, lower)| between(layers, upper, lower.len(), places))
        .sum()
}

/// Counts between two ranks: for each edge, those already seen that end farther on.
fn between(layers: &Layers, upper: &[usize], width: usize, places: &[usize]) -> usize {
    // A tree of sums over the places of the lower rank (Fenwick).
    let mut sums = vec![0_usize; width + 1];
    let mut seen = 0;
    let mut crossings = 0;
    let mut ends = Vec::new();
    for vertex in upper {
        ends.clear();
        ends.extend(layers.below[*vertex].iter().map(|lower| places[*lower]));
        for end in &ends {
            let mut before = 0;
            let mut at = end + 1;
            while at > 0 {
                before += sums[at];
                at -= at & at.wrapping_neg();
            }
            crossings += seen - before;
        }
        for end in &ends {
            let mut at = end + 1;
            while at <= width {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
            seen += 1;
        }
    }
    crossings
}

/// Returns how often the edges of two neighbours on a rank cross as they stand, and if they changed places. Both lists
/// are the places of their neighbours on another rank, sorted.
pub(crate) fn of_two(left: &[usize], right: &[usize]) -> (usize, usize) {
    (pairs_behind(left, right), pairs_behind(right, left))
}

/// Counts the pairs of which the first one's end lies behind the second one's.
fn pairs_behind(first: &[usize], second: &[usize]) -> usize {
    let mut count = 0;
    let mut smaller = 0;
    for end in first {
        while smaller < second.len() && second[smaller] < *end {
            smaller += 1;
        }
        count += smaller;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        // Every node of one rank leads to every one of the other: each pair of pairs crosses once.
        let edges: Vec<_> = (0..3)
            .flat_map(|from| (3..6).map(move |to| (from, to)))
            .collect();
        let layers = Layers::of(&[0, 0, 0, 1, 1, 1], &[(1.0, 1.0); 6], &edges);
        assert_eq!(total(&layers, &layers.places()), 9);
    }

    #[test]
    fn two_neighbours_know_what_changing_places_would_do() {
        assert_eq!(of_two(&[2, 3], &[0, 1]), (4, 0));
        assert_eq!(of_two(&[0, 1], &[1, 2]), (0, 3));
        assert_eq!(of_two(&[], &[1]), (0, 0));
    }
}
